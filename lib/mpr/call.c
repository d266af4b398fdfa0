// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Providers and notifyees may make WNet calls, which reach providers and
 * notifyees. Without a limit, one that answers each call with another would
 * use up the stack, or the machine's processes.
 */
#include "call.h"
#include "cancel.h"
#include "extended_error.h"

static __thread unsigned int depth;

unsigned int wnet_depth(void)
{
	return depth;
}

void mpr_set_depth(unsigned int outer)
{
	depth = outer;
}

DWORD wnet_result(DWORD error)
{
	SetLastError(error);
	return error;
}

DWORD wnet_call(DWORD (*run)(void *data), void *data)
{
	DWORD error;
	int state;

	if (depth >= WNET_DEPTH_MAX) {
		wnet_extended_error(ERROR_BUSY, L"WNet calls are nested too "
						L"deep in each other.");
		return wnet_result(ERROR_EXTENDED_ERROR);
	}
	/* who was asked is told, locks are given back, passwords wiped */
	state = mpr_cancel_disable();
	depth++;
	error = run(data);
	depth--;
	mpr_cancel_restore(state);
	return wnet_result(error);
}
