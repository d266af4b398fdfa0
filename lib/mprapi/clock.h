/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Deadlines on CLOCK_MONOTONIC. */
#ifndef MPR_CLOCK_H
#define MPR_CLOCK_H

#include <stdbool.h>
#include <time.h>
#include <windows.h>

struct timespec mpr_deadline(DWORD milliseconds);

/* Time until @deadline, rounded to nothing; false and 0 if it has passed. */
bool mpr_time_left(const struct timespec *deadline, struct timespec *left);

#endif
