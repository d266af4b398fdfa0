// SPDX-License-Identifier: GPL-2.0-only
/*
 * watch [SECONDS]: tell in one line which interface of the router connected or
 * disconnected, as it happens. The same source compiles for Windows and Linux.
 */
#include <windows.h>
#include <mprapi.h>
#include <stdio.h>
#include <stdlib.h>

static MPR_INTERFACE_0 *known;
static DWORD known_count;

static int fail(const char *call, DWORD error)
{
	LPWSTR text = NULL;

	if (MprAdminGetErrorString(error, &text) == NO_ERROR)
		fprintf(stderr, "%s: error %lu: %ls\n", call,
			(unsigned long)error, text);
	else
		fprintf(stderr, "%s: error %lu\n", call, (unsigned long)error);
	LocalFree(text);
	return 1;
}

static MPR_INTERFACE_0 *find(MPR_INTERFACE_0 *list, DWORD count, HANDLE handle)
{
	for (DWORD i = 0; i < count; i++)
		if (list[i].hInterface == handle)
			return &list[i];
	return NULL;
}

static int connected(const MPR_INTERFACE_0 *iface)
{
	return iface && iface->dwConnectionState == ROUTER_IF_STATE_CONNECTED;
}

static void tell(const MPR_INTERFACE_0 *iface, const char *what)
{
	printf("%-16ls %s\n", iface->wszInterfaceName, what);
	fflush(stdout);
}

/* An event carries nothing: read the present state, tell what is different. */
static DWORD look(MPR_SERVER_HANDLE server, int silent)
{
	LPBYTE buffer = NULL;
	DWORD count = 0, total = 0, error;
	MPR_INTERFACE_0 *now;

	error = MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1, &count,
				      &total, NULL);
	if (error != NO_ERROR)
		return error;
	now = (MPR_INTERFACE_0 *)buffer;
	for (DWORD i = 0; i < count && !silent; i++)
		if (connected(&now[i]) !=
		    connected(find(known, known_count, now[i].hInterface)))
			tell(&now[i],
			     connected(&now[i]) ? "connected" : "disconnected");
	for (DWORD i = 0; i < known_count; i++)
		if (connected(&known[i]) &&
		    !find(now, count, known[i].hInterface))
			tell(&known[i],
			     "disconnected, and gone with its device");
	MprAdminBufferFree(known);
	known = now;
	known_count = count;
	return NO_ERROR;
}

int main(int argc, char **argv)
{
	DWORD patience = argc > 1 ? (DWORD)atoi(argv[1]) * 1000 : INFINITE;
	MPR_SERVER_HANDLE server;
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);
	DWORD error = MprAdminServerConnect(NULL, &server);

	if (error != NO_ERROR)
		return fail("MprAdminServerConnect", error);
	error = MprAdminRegisterConnectionNotification(server, event);
	if (error != NO_ERROR)
		return fail("MprAdminRegisterConnectionNotification", error);
	error = look(server, TRUE);
	printf("watching %lu interfaces\n", (unsigned long)known_count);
	fflush(stdout);

	while (error == NO_ERROR &&
	       WaitForSingleObject(event, patience) == WAIT_OBJECT_0)
		error = look(server, FALSE);
	if (error != NO_ERROR)
		return fail("MprAdminInterfaceEnum", error);

	MprAdminDeregisterConnectionNotification(server, event);
	MprAdminServerDisconnect(server);
	return !CloseHandle(event);
}
