// SPDX-License-Identifier: LGPL-2.1-or-later
/* Time as the Win32 base calls count it: milliseconds, 0xffffffff for ever. */
#include <errno.h>
#include <sched.h>
#include <time.h>

#include "clock.h"

struct timespec mpr_deadline(DWORD milliseconds)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += milliseconds / 1000;
	time.tv_nsec += (long)(milliseconds % 1000) * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_sec++;
		time.tv_nsec -= 1000000000;
	}
	return time;
}

bool mpr_time_left(const struct timespec *deadline, struct timespec *left)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	left->tv_sec = deadline->tv_sec - now.tv_sec;
	left->tv_nsec = deadline->tv_nsec - now.tv_nsec;
	if (left->tv_nsec < 0) {
		left->tv_sec--;
		left->tv_nsec += 1000000000;
	}
	if (left->tv_sec >= 0)
		return left->tv_sec || left->tv_nsec;
	*left = (struct timespec){ 0 };
	return false;
}

static void sleep_until(const struct timespec *deadline)
{
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, deadline,
			       NULL) == EINTR)
		;
}

VOID WINAPI Sleep(DWORD dwMilliseconds)
{
	struct timespec deadline;

	if (!dwMilliseconds) {
		sched_yield();
		return;
	}
	do {
		deadline = mpr_deadline(dwMilliseconds);
		sleep_until(&deadline);
	} while (dwMilliseconds == INFINITE);
}

ULONGLONG WINAPI GetTickCount64(VOID)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (ULONGLONG)now.tv_sec * 1000 + (ULONGLONG)now.tv_nsec / 1000000;
}
