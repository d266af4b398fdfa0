/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Calls from inside a callout of an administration DLL are banned: on Windows
 * they never return. Here they fail at once.
 */
#ifndef MPR_CALLOUT_H
#define MPR_CALLOUT_H

#include <windef.h>

/* ERROR_POSSIBLE_DEADLOCK if this thread is in a callout, else NO_ERROR */
DWORD mpr_check_callout(void);

#endif
