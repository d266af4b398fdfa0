// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench [GROUP...]: count what the groups of figures are about, all of them by
 * default, "quick" for those that take seconds. Tells the name of
 * each group, and one figure a line, as JSON. Needs root, and a machine of its own
 * whose clock counts instructions.
 */
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

#include "bench.h"

/*
 * Those that compare a kernel with itself come first: a thousand of anything
 * changes the allocator's ways. Those that are quick do not make thousands of things first, and vary by less
 * than is asked of them.
 */
static const struct group {
	const char *name;
	figures *run;
	bool quick;
} groups[] = {
	{ "listener", listener_figures, true },
	{ "device", device_figures, true },
	{ "untracked", untracked_figures, true },
	{ "list", list_figures, true },
	{ "enumerate", enumerate_figures, true },
	{ "notification", notification_figures, true },
	{ "told", told_figures, false },
	{ "scale", scale_figures, false },
	{ "find", find_figures, false },
	{ "change", change_figures, false },
	{ "memory", memory_figures, false },
	{ "burst", burst_figures, false },
	{ "storm", storm_figures, false },
};

/* In a process and a namespace of its own: what it made goes with it. */
static bool run(const struct group *group)
{
	pid_t child;
	int status;

	group_begin(group->name);
	module_load("");
	child = fork();
	check(child >= 0, "fork");
	if (!child) {
		check(!unshare(CLONE_NEWNET), "a network namespace");
		/* addresses on devices are no part of any figure */
		setting("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
		group->run();
		_exit(0);
	}
	check(waitpid(child, &status, 0) == child, "wait");
	/* the kernel takes the namespace down by and by; idle time is free */
	settle(60000);
	module_unload();
	if (!status)
		return true;
	fprintf(stderr, "bench: %s failed\n", group->name);
	return false;
}

static bool wanted(const struct group *group, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (!strcmp(argv[i], group->name) ||
		    (group->quick && !strcmp(argv[i], "quick")))
			return true;
	return argc == 1;
}

int main(int argc, char **argv)
{
	bool ok = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(groups); i++)
		if (wanted(&groups[i], argc, argv))
			ok &= run(&groups[i]);
	return !ok;
}
