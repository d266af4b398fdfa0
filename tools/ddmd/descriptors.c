// SPDX-License-Identifier: GPL-2.0-only
/* The limit of open files, of us and of what we start. */
#include <stdbool.h>
#include <sys/resource.h>

#include "descriptors.h"

static struct rlimit before, now;
static bool raised;

void descriptors_take(void)
{
	if (getrlimit(RLIMIT_NOFILE, &before))
		return;
	now = before;
	now.rlim_cur = now.rlim_max;
	raised = !setrlimit(RLIMIT_NOFILE, &now);
}

/* A soft limit that is lower than what is open closes nothing. */
void descriptors_lend(void)
{
	if (raised)
		setrlimit(RLIMIT_NOFILE, &before);
}

void descriptors_take_back(void)
{
	if (raised)
		setrlimit(RLIMIT_NOFILE, &now);
}
