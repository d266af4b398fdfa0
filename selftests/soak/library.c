// SPDX-License-Identifier: GPL-2.0-only
/*
 * library SECONDS: 64 threads use libmprapi, some of them the same handle,
 * whatever becomes of the module meanwhile. soak runs it again and again; also
 * built with the thread sanitizer, which an emulated machine bears for seconds.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <mprapi.h>
#include <windows.h>

#define THREADS 64

static atomic_bool stop;
static _Atomic(HANDLE) everybodys;

static void look_around(HANDLE router, HANDLE event)
{
	DWORD read, total, resume = 0;
	MPR_INTERFACE_0 *interfaces;
	LPBYTE list = NULL;

	if (!MprAdminInterfaceEnum(router, 0, &list, (DWORD)-1, &read, &total,
				   &resume) &&
	    read) {
		interfaces = (MPR_INTERFACE_0 *)list;
		MprAdminInterfaceConnect(router, interfaces[0].hInterface,
					 event, FALSE);
	}
	MprAdminBufferFree(list);
	list = NULL;
	MprAdminConnectionEnum(router, 0, &list, (DWORD)-1, &read, &total,
			       NULL);
	MprAdminBufferFree(list);
	list = NULL;
	MprAdminPortEnum(router, 0, INVALID_HANDLE_VALUE, &list, (DWORD)-1,
			 &read, &total, NULL);
	MprAdminBufferFree(list);
}

static void *use(void *data)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), own;
	unsigned int turn = 0;

	(void)data;
	for (; !atomic_load(&stop); turn++) {
		if (turn & 1) {
			look_around(atomic_load(&everybodys), event);
			continue;
		}
		if (MprAdminServerConnect(NULL, &own)) {
			usleep(1000);
			continue;
		}
		MprAdminRegisterConnectionNotification(own, event);
		look_around(own, event);
		WaitForSingleObject(event, 1);
		if (turn & 2)
			MprAdminDeregisterConnectionNotification(own, event);
		/* now and then the shared one is another */
		if (turn % 16 == 0)
			own = atomic_exchange(&everybodys, own);
		MprAdminServerDisconnect(own);
	}
	CloseHandle(event);
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned int seconds = argc > 1 ? (unsigned int)atoi(argv[1]) : 10;
	pthread_t threads[THREADS];
	HANDLE first = NULL;
	int i, n;

	if (!MprAdminServerConnect(NULL, &first))
		atomic_store(&everybodys, first);
	for (n = 0; n < THREADS; n++)
		if (pthread_create(&threads[n], NULL, use, NULL))
			break;
	sleep(seconds);
	atomic_store(&stop, 1);
	for (i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	MprAdminServerDisconnect(atomic_load(&everybodys));
	return n == THREADS ? 0 : 1;
}
