/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hours in which an interface may be dialled. One line each:
 *
 *	DAYS [HH:MM-HH:MM ...]
 *
 * DAYS is a day, 0 (Sunday) to 6 or Sun to Sat, a range of them (Mon-Fri), a
 * list (Mon,Wed), or * for all; without times the whole day is meant. A time
 * that ends before it begins goes on after midnight. The form with one digit
 * is that of MPR_INTERFACE_1.lpwsDialoutHoursRestriction (mprapi.h).
 */
#ifndef DDMD_HOURS_H
#define DDMD_HOURS_H

#include <stdbool.h>
#include <time.h>

/* NULL, or what is wrong with a line. */
const char *hours_check(const char *line);

/**
 * hours_allow - may it be dialled then?
 * @hours: lines; NULL or none of them allow always, one that is wrong nothing
 * @when: local time
 */
bool hours_allow(const char *hours, const struct tm *when);

#endif
