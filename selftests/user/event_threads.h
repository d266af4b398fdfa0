/* SPDX-License-Identifier: GPL-2.0-only */
/* Threads that wait, and ways to know that they do, for the event tests. */
#ifndef SELFTESTS_USER_EVENT_THREADS_H
#define SELFTESTS_USER_EVENT_THREADS_H

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <windows.h>

/* Longest time that a test gives to something that should happen. */
#define PATIENCE 10000
/* Time in which something that should not happen gets its chance. */
#define MOMENT 50

struct waiter {
	pthread_t thread;
	HANDLE events[8];
	DWORD count;
	BOOL all;
	DWORD timeout;
	atomic_int tid;
	atomic_bool done;
	DWORD result;
};

static void *waiter_main(void *data)
{
	struct waiter *waiter = data;

	waiter->tid = (int)syscall(SYS_gettid);
	waiter->result = WaitForMultipleObjects(waiter->count, waiter->events,
						waiter->all, waiter->timeout);
	waiter->done = true;
	return NULL;
}

/* Whether the thread is asleep in poll: /proc tells the system call. */
static inline bool sleeps_in_poll(int tid)
{
	char path[64], text[64];
	ssize_t size;
	int file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", tid);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	size = read(file, text, sizeof(text) - 1);
	close(file);
	text[size > 0 ? size : 0] = '\0';
	return size > 0 && strtol(text, NULL, 10) == SYS_ppoll &&
	       strncmp(text, "running", 7);
}

/* Starts the wait and returns when the thread is asleep in it. */
static inline bool start_waiter(struct waiter *waiter)
{
	unsigned int i;

	if (pthread_create(&waiter->thread, NULL, waiter_main, waiter))
		return false;
	for (i = 0; i < PATIENCE; i++) {
		if (waiter->done ||
		    (waiter->tid && sleeps_in_poll(waiter->tid)))
			return true;
		usleep(1000);
	}
	return false;
}

static inline unsigned int count_done(struct waiter *waiters,
				      unsigned int count)
{
	unsigned int done = 0, i;

	for (i = 0; i < count; i++)
		done += waiters[i].done;
	return done;
}

/* Waits until at least @wanted are done; returns how many are. */
static inline unsigned int wait_done(struct waiter *waiters, unsigned int count,
				     unsigned int wanted)
{
	unsigned int i;

	for (i = 0; i < PATIENCE && count_done(waiters, count) < wanted; i++)
		usleep(1000);
	return count_done(waiters, count);
}

static inline void join_waiters(struct waiter *waiters, unsigned int count)
{
	while (count--)
		pthread_join(waiters[count].thread, NULL);
}

#endif
