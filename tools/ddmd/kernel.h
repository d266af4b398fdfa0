/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The module: the dialer's place, the events, and a handle for questions. It
 * may go and come; ddmd then begins anew.
 */
#ifndef DDMD_KERNEL_H
#define DDMD_KERNEL_H

#include <ddm.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * struct kernel_calls - what the module tells, never from within a call here
 * @came: the dialer's place is ours; look at everything
 * @went: the module was unloaded, and all that it knew is gone
 * @dial: a request
 * @event: an event; %DDM_EVENT_TYPE_LOST: look at everything
 */
struct kernel_calls {
	void (*came)(void);
	void (*went)(void);
	void (*dial)(const struct ddm_dial *dial);
	void (*event)(const struct ddm_event *event);
};

/* Begin, and try again for as long as it takes. */
void kernel_begin(const struct kernel_calls *calls);
/* Give the dialer's place up: attempts under way fail at once. */
void kernel_end(void);

/* Take the events that have come by now; calls back. */
void kernel_catch_up(void);

/* For questions and acts; NULL while the module is away. Events and requests
 * do not come through it. */
struct ddm *kernel(void);

/* Of the module that there is, or was last: numbers of links are of one. */
uint64_t kernel_epoch(void);

/* Of attempts whose caller names none; the profile's may be shorter. */
void kernel_time_limit(uint32_t milliseconds);

/* What became of a request; false if its attempt has ended already. */
bool kernel_result(uint32_t request, uint32_t error, const char *device);

#endif
