// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The host of administration DLLs knows which thread is in a callout, and
 * exports that; no other program has such a function.
 */
#include <winerror.h>

#include "callout.h"

extern int mpr_in_callout(void) __attribute__((weak, visibility("default")));

DWORD mpr_check_callout(void)
{
	if (mpr_in_callout && mpr_in_callout())
		return ERROR_POSSIBLE_DEADLOCK;
	return NO_ERROR;
}
