/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every WNet call that goes out to others begins and ends with. */
#ifndef WNET_CALL_H
#define WNET_CALL_H

#include <windows.h>

/* How deep calls may be nested, from one process to the next. */
#define WNET_DEPTH_MAX 4

/**
 * wnet_call - carry out a call
 * @run: does it, and returns its error code
 * @data: passed to @run
 *
 * Context: any thread, also within another call of the same thread. The thread
 * is not cancelled before it is over.
 * Return: what @run returned, which is the thread's last error too;
 * ERROR_EXTENDED_ERROR, with a text, if the call is nested too deep
 */
DWORD wnet_call(DWORD (*run)(void *data), void *data);

/* The same for calls that go out to nobody: they may be nested. */
DWORD wnet_result(DWORD error);

/* How many calls this thread is in; a notifyee's thread starts at its call's. */
unsigned int wnet_depth(void);

/*
 * For the host of notifyees, which takes the depth over from the process that
 * it works for. Exported, but no part of the interface.
 */
void mpr_set_depth(unsigned int depth) __attribute__((visibility("default")));

#endif
