/* SPDX-License-Identifier: GPL-2.0-only */
/* What an end is called in raserror.h, and whether to try again. */
#ifndef DDMD_OUTCOME_H
#define DDMD_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

/* Whether another attempt is worth it. */
enum cause {
	CAUSE_FINAL, /* only an operator can help: configuration */
	CAUSE_REFUSED, /* credentials; who checks them may be out of order */
	CAUSE_WANTED, /* somebody wanted the end: hung up, idle, time limit */
	CAUSE_LINE, /* no answer, no carrier, lost */
	CAUSE_PEER, /* it answered and went away: be slow to try again */
};

#define OUTCOME_ERROR_DEVICE_DOES_NOT_EXIST 608
#define OUTCOME_ERROR_DISCONNECTION 628
#define OUTCOME_ERROR_REMOTE_DISCONNECTION 629
#define OUTCOME_ERROR_USER_DISCONNECTION 631
#define OUTCOME_ERROR_PORT_NOT_AVAILABLE 633
#define OUTCOME_ERROR_UNKNOWN 635
#define OUTCOME_ERROR_NO_ANSWER 678
#define OUTCOME_ERROR_NO_CARRIER 679
#define OUTCOME_ERROR_AUTHENTICATION_FAILURE 691
#define OUTCOME_ERROR_PPP_TIMEOUT 718
#define OUTCOME_ERROR_DDM_NOT_RUNNING 903
#define OUTCOME_ERROR_NO_CREDENTIALS 909
#define OUTCOME_ERROR_INTERFACE_CONFIGURATION 912
#define OUTCOME_ERROR_INTERFACE_DISABLED 916
#define OUTCOME_ERROR_SERVICE_IS_PAUSED 928
#define OUTCOME_ERROR_INTERFACE_DISCONNECTED 929
#define OUTCOME_ERROR_DIALOUT_HOURS 944

/**
 * struct outcome - how a pppd ended
 * @error: code of raserror.h or mprerror.h
 * @cause: what to do about it
 * @text: for the log
 */
struct outcome {
	uint32_t error;
	enum cause cause;
	const char *text;
};

/**
 * outcome_of_pppd - by exit status (pppd(8), EXIT STATUS)
 * @status: of pppd, 0 to 255
 * @was_up: the network phase had been reached
 * @no_carrier: the Ethernet device below has no carrier now
 */
struct outcome outcome_of_pppd(int status, bool was_up, bool no_carrier);

/* Of an error that somebody else named */
enum cause outcome_cause(uint32_t error);

/**
 * outcome_pause - how long to wait before the next attempt
 * @cause: of the last failure
 * @failures: how many there were, at least 1
 * @first: milliseconds to wait after the first
 * @max: milliseconds to wait at most
 * @random: any number, decides on the jitter
 *
 * Return: milliseconds, or -1: do not try again
 */
int64_t outcome_pause(enum cause cause, unsigned int failures, uint32_t first,
		      uint32_t max, uint32_t random);

#endif
