/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Administration DLLs: what is asked of them about a call that pppd takes, and
 * told them of its end. They run in processes of their own.
 */
#ifndef DDMD_ADMIN_H
#define DDMD_ADMIN_H

#include <stdbool.h>
#include <stdint.h>

#include "plugin-protocol.h"

struct call;

/* Start and end hosts, so that they are those of the configuration. */
void admin_configure(void);
/* End them all; waits for them, within their limits. */
void admin_end(void);

/* flags and limit of HELLO's answer for this call */
uint32_t admin_flags(const struct ddm_plugin_link *link);
uint32_t admin_limit(void);

/**
 * admin_ask - have a message ASK or ADDRESS answered
 *
 * Return: true if @answer is complete, false if admin_answered() follows
 */
bool admin_ask(struct call *call, const struct ddm_plugin_message *message,
	       struct ddm_plugin_answer *answer);
/* Is the call over if it gets no verdict now? */
bool admin_will_refuse(const struct call *call);
/* A link that had been let in came up, went down; in order. */
void admin_link_up(struct call *call);
void admin_link_down(struct call *call);
/* The link has gone for good, or pppd has: whatever was not yet told is. */
void admin_forget(struct call *call);

#endif
