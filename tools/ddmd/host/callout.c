// SPDX-License-Identifier: GPL-2.0-only
/* A mark that libmprapi can see, on the thread that is in a callout. */
#include "callout.h"

static _Thread_local int in_callout;

void callout_enter(void)
{
	in_callout = 1;
}

void callout_leave(void)
{
	in_callout = 0;
}

__attribute__((visibility("default"))) int mpr_in_callout(void)
{
	return in_callout;
}
