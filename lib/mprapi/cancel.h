/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A thread that is cancelled while it holds a lock or makes a request would
 * leave both to nobody. So calls are made with cancellation disabled, and only
 * where one sleeps, with a handler in place, is it as the program has it.
 */
#ifndef MPR_CANCEL_H
#define MPR_CANCEL_H

#include <pthread.h>

/* Returns what the state was, for mpr_cancel_restore(). These nest. */
static inline int mpr_cancel_disable(void)
{
	int state;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	return state;
}

static inline void mpr_cancel_restore(int state)
{
	pthread_setcancelstate(state, NULL);
}

#endif
