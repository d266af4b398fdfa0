// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the module adds when a device that it does not follow comes or goes. To
 * make or to destroy one costs half a million and never twice the same, so the
 * kernel tells when it calls the module's notifier, and when that returns.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

#include "bench.h"

#define TRACING "/sys/kernel/tracing/"
#define DEVICES 15
/* As include/linux/netdevice.h numbers them */
#define REGISTER 5
#define UNREGISTER 6

struct events {
	double costs[DEVICES];
	size_t n;
};

static void begin_tracing(void)
{
	check(!mount("none", TRACING, "tracefs", 0, NULL) || errno == EBUSY,
	      TRACING);
	/* the processor's clock, which ticks once an instruction */
	setting(TRACING "trace_clock", "x86-tsc");
	setting(TRACING "kprobe_events",
		"p:in ddm:netdev_event event=%si\nr:out ddm:netdev_event\n");
	setting(TRACING "events/kprobes/enable", "1");
}

static void end_tracing(void)
{
	setting(TRACING "events/kprobes/enable", "0");
	setting(TRACING "kprobe_events", "\n");
	setting(TRACING "trace_clock", "local");
}

/* The number that stands before @word in a line, 0 if that is not there. */
static uint64_t time_before(const char *line, const char *word)
{
	const char *end = strstr(line, word), *start = end;

	while (end && start > line && start[-1] != ' ')
		start--;
	return end ? strtoull(start, NULL, 10) : 0;
}

static void take(struct events *events, double cost)
{
	check(events->n < DEVICES, "an event a device");
	events->costs[events->n++] = cost;
}

/*
 * Most of each time is the probes' own. So the least is taken away: that of an
 * event that the notifier passes over at its first look.
 */
static void tell(struct events *registered, struct events *unregistered)
{
	FILE *trace = fopen(TRACING "trace", "re");
	uint64_t time, start = 0;
	double cost, least = 1e9;
	unsigned int event = 0;
	const char *value;
	char line[256];

	check(trace, TRACING "trace");
	while (fgets(line, sizeof(line), trace)) {
		time = time_before(line, ": in:");
		value = strstr(line, "event=");
		if (time && value) {
			start = time;
			event = (unsigned int)strtoul(value + 6, NULL, 16);
			continue;
		}
		time = time_before(line, ": out:");
		if (!time)
			continue;
		cost = (double)(time - start);
		least = cost < least ? cost : least;
		if (event == REGISTER)
			take(registered, cost);
		else if (event == UNREGISTER)
			take(unregistered, cost);
	}
	fclose(trace);
	check(registered->n == DEVICES && unregistered->n == DEVICES,
	      "all events");
	report("device-untracked-register", "instructions",
	       median(registered->costs, DEVICES) - least, NONE, 60);
	report("device-untracked-unregister", "instructions",
	       median(unregistered->costs, DEVICES) - least, NONE, 60);
}

void untracked_figures(void)
{
	struct events registered = { .n = 0 }, unregistered = { .n = 0 };
	struct rtnl *rtnl = rtnl_open();
	int i;

	begin_tracing();
	for (i = 0; i < DEVICES; i++)
		rtnl_del(rtnl, rtnl_add(rtnl, "eth", 1));
	tell(&registered, &unregistered);
	end_tracing();
}
