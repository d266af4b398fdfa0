// SPDX-License-Identifier: GPL-2.0-only
/*
 * Many threads at once, counted so that a lost or doubled signal shows. Built
 * a second and a third time with the thread and the address sanitizer.
 */
#include <stdint.h>
#include <sys/eventfd.h>

#include <mprevent.h>

#include "ktap.h"
#include "event_threads.h"

#define THREADS 6
#define ROUNDS 3000

static HANDLE ball[2], stop;
static atomic_uint taken, given;
/* Guarded by the events alone: a race here is a fault of theirs. */
static unsigned int unguarded;

/* Each signal lets one thread in, which lets the next one in. */
static void *pass_the_ball(void *data)
{
	HANDLE either[2] = { stop, ball[0] };

	(void)data;
	for (;;) {
		DWORD result =
			WaitForMultipleObjects(2, either, FALSE, PATIENCE);

		if (result != WAIT_OBJECT_0 + 1)
			return (void *)(uintptr_t)result;
		unguarded++;
		if (unguarded == ROUNDS)
			SetEvent(stop);
		else
			SetEvent(ball[0]);
	}
}

static void join_all(pthread_t *threads, unsigned int count)
{
	void *result;

	while (count--) {
		pthread_join(threads[count], &result);
		if (result)
			KTAP_FAIL("a thread ended with %zu",
				  (size_t)(uintptr_t)result);
	}
}

static void one_signal_lets_one_thread_in(void)
{
	pthread_t threads[THREADS];
	unsigned int i;

	unguarded = 0;
	stop = CreateEvent(NULL, TRUE, FALSE, NULL);
	ball[0] = CreateEvent(NULL, FALSE, TRUE, NULL);
	for (i = 0; i < THREADS; i++)
		EXPECT_EQ(pthread_create(&threads[i], NULL, pass_the_ball,
					 NULL),
			  0);
	join_all(threads, THREADS);
	EXPECT_EQ(unguarded, ROUNDS);
	CloseHandle(stop);
	CloseHandle(ball[0]);
}

/* Takes both balls or none; half the threads name them the other way round. */
static void *take_both(void *data)
{
	HANDLE pair[2] = { ball[!!data], ball[!data] };
	DWORD result;

	for (;;) {
		result = WaitForMultipleObjects(2, pair, TRUE, 20);
		if (result == WAIT_TIMEOUT) {
			if (taken >= ROUNDS / 10)
				return NULL;
			continue;
		}
		if (result != WAIT_OBJECT_0)
			return (void *)(uintptr_t)result;
		unguarded++;
		taken++;
		SetEvent(ball[0]);
		SetEvent(ball[1]);
		if (taken >= ROUNDS / 10)
			return NULL;
	}
}

static void waits_for_all_neither_lose_nor_deadlock(void)
{
	pthread_t threads[THREADS];
	uintptr_t i;

	taken = 0;
	unguarded = 0;
	ball[0] = CreateEvent(NULL, FALSE, TRUE, NULL);
	ball[1] = CreateEvent(NULL, FALSE, TRUE, NULL);
	for (i = 0; i < THREADS; i++)
		EXPECT_EQ(pthread_create(&threads[i], NULL, take_both,
					 (void *)(i % 2)),
			  0);
	join_all(threads, THREADS);
	EXPECT_TRUE(taken >= ROUNDS / 10);
	EXPECT_EQ(unguarded, taken);
	/* Both are back. */
	EXPECT_EQ(WaitForMultipleObjects(2, ball, TRUE, 0), WAIT_OBJECT_0);
	CloseHandle(ball[0]);
	CloseHandle(ball[1]);
}

/* As the kernel does: signals by the descriptor, one at a time. */
static void *give_by_descriptor(void *data)
{
	int fd = mpr_event_fd(ball[0]);
	unsigned int i;

	(void)data;
	for (i = 0; i < ROUNDS; i++) {
		given++;
		eventfd_write(fd, 1);
		if (WaitForSingleObject(ball[1], PATIENCE) != WAIT_OBJECT_0)
			return (void *)1;
	}
	SetEvent(stop);
	return NULL;
}

static void *take_and_acknowledge(void *data)
{
	HANDLE either[2] = { ball[0], stop };
	DWORD result;

	(void)data;
	for (;;) {
		result = WaitForMultipleObjects(2, either, FALSE, PATIENCE);
		if (result == WAIT_OBJECT_0 + 1)
			return NULL;
		if (result != WAIT_OBJECT_0)
			return (void *)(uintptr_t)result;
		taken++;
		SetEvent(ball[1]);
	}
}

static void signals_from_elsewhere_are_not_lost(void)
{
	pthread_t threads[THREADS];
	unsigned int i;

	taken = given = 0;
	stop = CreateEvent(NULL, TRUE, FALSE, NULL);
	ball[0] = CreateEvent(NULL, FALSE, FALSE, NULL);
	ball[1] = CreateEvent(NULL, FALSE, FALSE, NULL);
	for (i = 0; i < THREADS; i++)
		EXPECT_EQ(pthread_create(&threads[i], NULL,
					 i ? take_and_acknowledge :
					     give_by_descriptor,
					 NULL),
			  0);
	join_all(threads, THREADS);
	EXPECT_EQ(given, ROUNDS);
	EXPECT_EQ(taken, ROUNDS);
	CloseHandle(stop);
	CloseHandle(ball[0]);
	CloseHandle(ball[1]);
}

static _Atomic(HANDLE) shared[4];

/* Makes, sets, waits for, closes what others are using at the same time. */
static void *misuse(void *data)
{
	unsigned int seed = (unsigned int)(uintptr_t)data, i;
	HANDLE copy, all[4];
	unsigned int j;

	for (i = 0; i < ROUNDS; i++) {
		unsigned int slot = (unsigned int)rand_r(&seed) % 4;
		HANDLE event = shared[slot];

		switch (rand_r(&seed) % 7) {
		case 0:
			event = CreateEventA(NULL, i % 2, i % 3, NULL);
			CloseHandle(atomic_exchange(&shared[slot], event));
			break;
		case 1:
			event = CreateEventA(NULL, i % 2, i % 3, "hammered");
			CloseHandle(atomic_exchange(&shared[slot], event));
			break;
		case 2:
			SetEvent(event);
			break;
		case 3:
			ResetEvent(event);
			break;
		case 4:
			WaitForSingleObject(event, i % 2);
			break;
		case 5:
			for (j = 0; j < 4; j++)
				all[j] = shared[j];
			WaitForMultipleObjects(4, all, i % 2, 1);
			break;
		case 6:
			if (DuplicateHandle(GetCurrentProcess(), event,
					    GetCurrentProcess(), &copy, 0,
					    FALSE, DUPLICATE_SAME_ACCESS))
				CloseHandle(copy);
			break;
		}
	}
	return NULL;
}

static void concurrent_misuse_never_crashes(void)
{
	pthread_t threads[THREADS];
	int before = eventfd(0, EFD_CLOEXEC), after;
	uintptr_t i;

	close(before);
	for (i = 0; i < 4; i++)
		shared[i] = CreateEvent(NULL, FALSE, FALSE, NULL);
	for (i = 0; i < THREADS; i++)
		EXPECT_EQ(pthread_create(&threads[i], NULL, misuse, (void *)i),
			  0);
	join_all(threads, THREADS);
	for (i = 0; i < 4; i++)
		EXPECT_TRUE(CloseHandle(shared[i]));
	after = eventfd(0, EFD_CLOEXEC);
	close(after);
	EXPECT_EQ(after, before);
	EXPECT_TRUE(!OpenEventA(SYNCHRONIZE, FALSE, "hammered"));
	EXPECT_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(one_signal_lets_one_thread_in),
	KTAP_TEST(waits_for_all_neither_lose_nor_deadlock),
	KTAP_TEST(signals_from_elsewhere_are_not_lost),
	KTAP_TEST(concurrent_misuse_never_crashes),
};

KTAP_MAIN(tests)
