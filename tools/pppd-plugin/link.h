/* SPDX-License-Identifier: GPL-2.0-only */
/* What pppd knows of its link at this moment, in the words of the protocol. */
#ifndef DDM_PLUGIN_LINK_H
#define DDM_PLUGIN_LINK_H

#include "../ddmd/plugin-protocol.h"

/* Who made the call; GUESS: from the options, see incoming() */
enum link_direction { DIRECTION_GUESS, DIRECTION_INCOMING, DIRECTION_OUTGOING };
extern int link_direction;

/*
 * link_begin - the environment says whether ddmd wanted this call; it is taken
 * out of there, for what pppd starts is not this call
 */
void link_begin(void);
/* link_socket - the environment's, or NULL */
const char *link_socket(void);

/**
 * link_established - the channel of the link can be asked what it is
 * @fd: the tty, or the PPPoX socket, with a PPP channel on it
 */
void link_established(int fd);
/* link_gone - there is no channel any more */
void link_gone(void);

void link_set_phase(int phase);
/* link_keep_status - of the call that ends now, for while pppd waits */
void link_keep_status(void);
void link_set_protocol(uint32_t protocol, int up);
/* link_set_up - from now on, or not any more, the link is in use */
void link_set_up(int up);
/* link_set_authenticated - until it is gone: both are who they say they are */
void link_set_authenticated(void);
/* link_set_unanswered - ddmd did not say in time who this call is of */
void link_set_unanswered(int unanswered);
/* pid: of the process that goes on as pppd */
void link_set_pid(int pid);
/* link_set_remote4 - which address pppd means the peer to have, 0 if none */
void link_set_remote4(uint32_t address);

int link_is_up(void);
/* link_is_ddmds - ddmd started this pppd */
int link_is_ddmds(void);
uint32_t link_protocols(void);
int link_is_incoming(void);

/* link_describe - fill in all of it */
void link_describe(struct ddm_plugin_link *link);

#endif
