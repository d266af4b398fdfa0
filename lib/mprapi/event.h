/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Event objects: an eventfd, and whether a wait takes the signal away. All of
 * an event's state is in the eventfd, because the kernel, another process or
 * the program's own epoll loop may set and read it.
 */
#ifndef MPR_EVENT_H
#define MPR_EVENT_H

#include <stdbool.h>

#include "handle.h"

/**
 * struct mpr_event - an event
 * @object: its references: handles, waits, registrations being made
 * @fd: non-blocking eventfd, closed with the event. Counter 0: non-signalled,
 *	any other: signalled
 * @manual_reset: waits leave the counter alone, else they read it
 * @name: NULL, or its UTF-8 name in the list of named events
 * @next_named: in that list, under its lock
 */
struct mpr_event {
	struct mpr_object object;
	int fd;
	bool manual_reset;
	char *name;
	struct mpr_event *next_named;
};

/**
 * mpr_event_get - the event behind a handle
 * @handle: anything at all
 * @rights: what the caller wants to do
 * @error: takes ERROR_INVALID_HANDLE or ERROR_ACCESS_DENIED
 *
 * Return: a reference for mpr_event_put(), or NULL
 */
struct mpr_event *mpr_event_get(HANDLE handle, DWORD rights, DWORD *error);
void mpr_event_put(struct mpr_event *event);

/* EVENT_* rights that a wish of GENERIC_* or MAXIMUM_ALLOWED comes to. */
DWORD mpr_event_rights(DWORD desired);

/* For fork: nobody makes, opens or ends a named event in between. */
void mpr_event_names_lock(void);
void mpr_event_names_unlock(void);

#endif
