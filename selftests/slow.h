/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time limits on a kernel that checks itself: DDM_SLOW says how many times
 * slower it is. Include it before the kernel's harness, whose limits of a test
 * it stretches, too.
 */
#ifndef SELFTESTS_SLOW_H
#define SELFTESTS_SLOW_H

#include <stdlib.h>
#include <unistd.h>

static inline unsigned int slow(void)
{
	const char *text = getenv("DDM_SLOW");
	int times = text ? atoi(text) : 1;

	return times > 1 ? (unsigned int)times : 1;
}

static inline unsigned int slow_alarm(unsigned int seconds)
{
	return alarm(seconds * slow());
}

#define alarm(seconds) slow_alarm(seconds)

#endif
