// SPDX-License-Identifier: GPL-2.0-only
/*
 * One router handle, many threads, every call: answers must not be mixed up.
 * Built with the thread sanitizer as well.
 */
#include "fixture.h"

#define THREADS 6
#define ROUNDS 60

struct worker {
	pthread_t thread;
	HANDLE server;
	int number;
	/* The line of the first check that failed, 0 if none did. */
	int failed;
};

static void name_of(WCHAR *name, size_t room, int number)
{
	swprintf(name, room, L"interface of thread %d", number);
}

/* This thread's own interface, which no other touches. */
static int work_once(struct worker *worker, HANDLE own, HANDLE event)
{
	WCHAR name[64];
	MPR_INTERFACE_0 *list;
	DWORD read, total, resume = 0, error, i;
	bool seen = false;

	name_of(name, ARRAYSIZE(name), worker->number);
	if (find_interface(worker->server, name) != own)
		return __LINE__;
	if (wcscmp(look(worker->server, own).wszInterfaceName, name))
		return __LINE__;
	set_enabled(worker->server, own, FALSE);
	if (look(worker->server, own).fEnabled)
		return __LINE__;
	if (MprAdminInterfaceConnect(worker->server, own, event, FALSE) !=
	    ERROR_INTERFACE_DISABLED)
		return __LINE__;
	set_enabled(worker->server, own, TRUE);
	if (MprAdminInterfaceConnect(worker->server, own, NULL, TRUE) !=
	    ERROR_DDM_NOT_RUNNING)
		return __LINE__;
	if (MprAdminRegisterConnectionNotification(worker->server, event) ||
	    MprAdminDeregisterConnectionNotification(worker->server, event))
		return __LINE__;
	error = MprAdminInterfaceEnum(worker->server, 0, (LPBYTE *)&list,
				      (DWORD)-1, &read, &total, &resume);
	if (error || read < 2)
		return __LINE__;
	for (i = 0; i < read; i++)
		seen |= list[i].hInterface == own;
	if (MprAdminBufferFree(list) || !seen)
		return __LINE__;
	return 0;
}

static int work(struct worker *worker)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), own;
	WCHAR name[64];
	int i, failed = 0;

	name_of(name, ARRAYSIZE(name), worker->number);
	for (i = 0; i < ROUNDS && !failed; i++) {
		if (create_level0(worker->server, name, &own))
			return __LINE__;
		failed = work_once(worker, own, event);
		if (MprAdminInterfaceDelete(worker->server, own))
			return __LINE__;
	}
	CloseHandle(event);
	return failed;
}

static void *worker_main(void *data)
{
	struct worker *worker = data;

	worker->failed = work(worker);
	return NULL;
}

TEST_F(router, threads_share_one_handle)
{
	struct worker workers[THREADS] = { 0 };
	int i;

	for (i = 0; i < THREADS; i++) {
		workers[i].server = self->server;
		workers[i].number = i;
		ASSERT_EQ(0, pthread_create(&workers[i].thread, NULL,
					    worker_main, &workers[i]));
	}
	for (i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		EXPECT_EQ(0, workers[i].failed)
		TH_LOG("thread %d failed at line %d", i, workers[i].failed);
	}
}

static atomic_bool stop;

/* Uses a handle that another thread gives up at any time. */
static void *use_what_goes(void *data)
{
	_Atomic(HANDLE) *shared = data;
	uintptr_t failed = 0;

	while (!stop && !failed) {
		DWORD read, total, error;
		LPBYTE buffer = NULL;

		error = MprAdminInterfaceEnum(*shared, 0, &buffer, (DWORD)-1,
					      &read, &total, NULL);
		if (error && error != ERROR_INVALID_HANDLE)
			failed = error;
		MprAdminBufferFree(buffer);
	}
	return (void *)failed;
}

TEST_F(router, handles_may_be_given_up_while_others_use_them)
{
	pthread_t threads[THREADS];
	_Atomic(HANDLE) shared = self->server;
	HANDLE server;
	void *failed;
	int i;

	for (i = 0; i < THREADS; i++)
		ASSERT_EQ(0, pthread_create(&threads[i], NULL, use_what_goes,
					    &shared));
	for (i = 0; i < 300; i++) {
		ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &server));
		MprAdminServerDisconnect(atomic_exchange(&shared, server));
	}
	stop = true;
	for (i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &failed);
		EXPECT_EQ(NULL, failed);
	}
	self->server = shared;
}

TEST_HARNESS_MAIN
