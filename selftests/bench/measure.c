// SPDX-License-Identifier: GPL-2.0-only
/*
 * The clock ticks once an instruction (selftests/vm/run --count-instructions),
 * so nanoseconds are instructions, of the kernel and of us together.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

double work(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

void settle(unsigned int milliseconds)
{
	usleep(milliseconds * 1000);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), compare);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* What it costs to look at the clock. */
static double clock_cost(void)
{
	double costs[15];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(costs); i++) {
		uint64_t start = now();

		costs[i] = (double)(now() - start);
	}
	return median(costs, ARRAY_SIZE(costs));
}

double count(action *act, action *undo, void *data, unsigned int times)
{
	static double clock;
	double *costs = calloc(times, sizeof(*costs));
	double result;
	unsigned int i;

	check(costs, "memory");
	if (clock == 0)
		clock = clock_cost();
	/* the first is a rehearsal */
	for (i = 0; i <= times; i++) {
		uint64_t start = now(), end;

		act(data);
		end = now();
		if (i)
			costs[i - 1] = (double)(end - start) - clock;
		if (undo)
			undo(data);
	}
	result = median(costs, times);
	free(costs);
	return result;
}

static void number(const char *name, double value)
{
	if (isnan(value))
		printf(", \"%s\": null", name);
	else if (fabs(value) < 100)
		printf(", \"%s\": %.2f", name, value);
	else
		printf(", \"%s\": %.0f", name, value);
}

/* Of the figures to come. */
static const char *group = "";

void group_begin(const char *name)
{
	group = name;
	printf("group %s\n", name);
	fflush(stdout);
}

void report(const char *figure, const char *unit, double ours, double peer,
	    double limit)
{
	printf("{\"figure\": \"%s\", \"group\": \"%s\", \"unit\": \"%s\"",
	       figure, group, unit);
	number("ours", ours);
	number("peer", peer);
	number("limit", limit);
	puts("}");
	fflush(stdout);
}

void check(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench: %s: %m\n", what);
	exit(1);
}

void done(struct ddm *ddm, int err, const char *what)
{
	if (!err)
		return;
	fprintf(stderr, "bench: %s: %s (%s)\n", what, strerror(-err),
		ddm_error(ddm));
	exit(1);
}
