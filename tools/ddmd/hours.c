// SPDX-License-Identifier: GPL-2.0-only
/* Dial-out hours, by minutes of the week that begins on Sunday. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "hours.h"

#define DAY 1440
#define WEEK (7 * DAY)
#define ALL_DAYS 0x7f

/* At the beginning of *@at. Return: 0 to 6, or -1. */
static int take_day(const char **at)
{
	static const char names[] = "SunMonTueWedThuFriSat";
	int day;

	if (**at >= '0' && **at <= '6') {
		day = **at - '0';
		(*at)++;
		return day;
	}
	for (day = 0; day < 7; day++)
		if (!strncasecmp(*at, names + 3 * day, 3)) {
			*at += 3;
			return day;
		}
	return -1;
}

/* Return: a bit for each day, 0 if there is none. */
static unsigned int take_days(const char **at)
{
	unsigned int days = 0;
	int first, last;

	if (**at == '*') {
		(*at)++;
		return ALL_DAYS;
	}
	for (;;) {
		first = last = take_day(at);
		if (first < 0)
			return 0;
		if (**at == '-') {
			(*at)++;
			last = take_day(at);
			if (last < 0)
				return 0;
		}
		for (; first != last; first = (first + 1) % 7)
			days |= 1U << first;
		days |= 1U << last;
		if (**at != ',')
			return days;
		(*at)++;
	}
}

static int take_number(const char **at, int max)
{
	int number = 0, digits = 0;

	for (; isdigit((unsigned char)**at) && digits < 2; digits++)
		number = 10 * number + *(*at)++ - '0';
	return digits && number <= max ? number : -1;
}

/* Return: minutes of the day, or -1. */
static int take_time(const char **at)
{
	int hour = take_number(at, 24), minute;

	if (hour < 0 || **at != ':')
		return -1;
	(*at)++;
	minute = take_number(at, 59);
	if (minute < 0 || hour * 60 + minute > DAY)
		return -1;
	return hour * 60 + minute;
}

static bool take_times(const char **at, int *from, int *to)
{
	*from = take_time(at);
	if (*from < 0 || *from == DAY || **at != '-')
		return false;
	(*at)++;
	*to = take_time(at);
	if (*to < 0)
		return false;
	if (*to <= *from)
		*to += DAY;
	return true;
}

static void skip_blanks(const char **at)
{
	*at += strspn(*at, " \t");
}

static bool covers(unsigned int days, int from, int to, int minute)
{
	int day, offset;

	for (day = 0; day < 7; day++) {
		if (!(days & 1U << day))
			continue;
		/* how long ago it began, in a week that is a circle */
		offset = (minute - day * DAY - from + 2 * WEEK) % WEEK;
		if (offset < to - from)
			return true;
	}
	return false;
}

/* Whether a line covers a minute of the week; NULL into @wrong if it is one. */
static bool line_covers(const char *at, int minute, const char **wrong)
{
	unsigned int days;
	bool covered = false;
	int from, to;

	skip_blanks(&at);
	*wrong = "not a day (0 to 6, Sun to Sat, Mon-Fri, Mon,Wed or *)";
	days = take_days(&at);
	if (!days || (*at && *at != '\n' && !isblank((unsigned char)*at)))
		return false;
	*wrong = NULL;
	skip_blanks(&at);
	if (!*at || *at == '\n')
		return covers(days, 0, DAY, minute);
	while (*at && *at != '\n') {
		if (!take_times(&at, &from, &to) ||
		    (*at && *at != '\n' && !isblank((unsigned char)*at))) {
			*wrong = "not a time (HH:MM-HH:MM)";
			return false;
		}
		covered |= covers(days, from, to, minute);
		skip_blanks(&at);
	}
	return covered;
}

const char *hours_check(const char *line)
{
	const char *wrong;

	line_covers(line, 0, &wrong);
	return wrong;
}

bool hours_allow(const char *hours, const struct tm *when)
{
	int minute = when->tm_wday * DAY + when->tm_hour * 60 + when->tm_min;
	bool any = false;
	const char *wrong;

	while (hours && *hours) {
		if (*hours != '\n') {
			any = true;
			if (line_covers(hours, minute, &wrong))
				return true;
		}
		hours += strcspn(hours, "\n");
		hours += *hours == '\n';
	}
	return !any;
}
