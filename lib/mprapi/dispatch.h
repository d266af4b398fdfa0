/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What sets, resets and waits for events, once handles have been looked up. */
#ifndef MPR_DISPATCH_H
#define MPR_DISPATCH_H

#include "event.h"

void mpr_dispatch_set(struct mpr_event *event);
void mpr_dispatch_reset(struct mpr_event *event);

/**
 * mpr_dispatch_wait - wait for events
 * @events: the events; the caller keeps its references during the call, and
 *	loses them if its thread is cancelled in it
 * @count: 1 ... MAXIMUM_WAIT_OBJECTS
 * @all: all at once, or any
 * @milliseconds: the longest wait, or INFINITE
 *
 * Return: as WaitForMultipleObjects(), with the last error set on WAIT_FAILED
 */
DWORD mpr_dispatch_wait(struct mpr_event *const *events, unsigned int count,
			bool all, DWORD milliseconds);

/* For fork: nobody sets or waits while the lock is held. */
void mpr_dispatch_lock(void);
void mpr_dispatch_unlock(void);
/* In the child, with the lock held: the parent's threads wait here no more. */
void mpr_dispatch_forget_waiters(void);

#endif
