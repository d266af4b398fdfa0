/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The wire to ddmd. Knows packets and time limits, and nothing of pppd or of
 * what the packets mean.
 */
#ifndef DDM_PLUGIN_TALK_H
#define DDM_PLUGIN_TALK_H

#include "../ddmd/plugin-protocol.h"

/**
 * talk_open - connect to ddmd
 * @path: its socket
 * @milliseconds: longest wait for a ddmd that has too many to take in
 * @stop: as with talk_ask()
 *
 * Takes no time where nobody listens. Return: 0, or a negative errno; -EPERM:
 * who listens there is not root; -ETIMEDOUT, -EINTR: somebody does.
 */
int talk_open(const char *path, unsigned int milliseconds,
	      const volatile int *stop);

/* talk_close - and everything that was not yet read is lost; always works */
void talk_close(void);

enum talk_state {
	TALK_GONE, /* no connection, or nobody at its other end */
	TALK_SILENT,
	TALK_HEARD, /* answers have come that nobody waited for any more */
};

/* talk_alive - enum talk_state; late answers are taken off the wire */
int talk_alive(void);

/**
 * talk_tell - send a message that wants no answer
 * @message: version and serial are filled in here
 *
 * Never waits. Return: 0, or a negative errno, and the connection is closed.
 */
int talk_tell(struct ddm_plugin_message *message);

/**
 * talk_ask - send a message, wait for its answer
 * @message: version and serial are filled in here
 * @milliseconds: longest wait
 * @answer: receives the answer
 * @stop: a wait ends when this is not 0, looked at a few times a second; or
 *	NULL
 *
 * Return: 0; -ETIMEDOUT; -EINTR because of @stop; or another negative errno, and
 * the connection is closed: -EPIPE, ddmd has gone.
 */
int talk_ask(struct ddm_plugin_message *message, unsigned int milliseconds,
	     struct ddm_plugin_answer *answer, const volatile int *stop);

#endif
