/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ddmd and a host of administration DLLs, over a SOCK_SEQPACKET pair that is
 * descriptor 3 of the host. ddmd asks one thing at a time; the host answers
 * with any number of BEGIN and one DONE. Both are of one build, so there is no
 * version.
 */
#ifndef DDMD_HOST_PROTOCOL_H
#define DDMD_HOST_PROTOCOL_H

#include "facts.h"

#define HOST_FD 3

enum host_callout {
	HOST_INITIALIZE, /* load all DLLs and initialize them */
	HOST_TERMINATE,
	HOST_ACCEPT_CONNECTION,
	HOST_ACCEPT_LINK,
	HOST_ACCEPT_REAUTHENTICATION,
	HOST_LINK_HANGUP,
	HOST_CONNECTION_HANGUP,
	HOST_GET_ADDRESS,
	HOST_RELEASE_ADDRESS,
	HOST_CALLOUTS
};

/**
 * struct host_request - call something in all DLLs, in order
 * @callout: enum host_callout
 * @first: number of the DLL to begin with
 * @facts: what about; of the addresses, @facts.remote4 is the address
 */
struct host_request {
	uint32_t callout;
	uint32_t first;
	struct host_facts facts;
};

enum host_what {
	HOST_BEGIN, /* @dll is being called now: its time runs */
	HOST_DONE, /* that was all */
};

/**
 * struct host_reply - what came of it
 * @what: enum host_what
 * @dll: of BEGIN, number of the DLL
 * @value: of DONE: 1 all said yes, 0 one said no; of INITIALIZE 1 if all is
 *	well
 * @code: of GET_ADDRESS, the DLL's error
 * @address: of GET_ADDRESS, the address
 * @release: of GET_ADDRESS, the DLL wants to know when it is free again
 * @provides: of INITIALIZE, which callouts some DLL has: bits 1 << host_callout
 * @text: of a failed INITIALIZE, why
 */
struct host_reply {
	uint32_t what;
	uint32_t dll;
	uint32_t value;
	uint32_t code;
	uint32_t address;
	uint32_t release;
	uint32_t provides;
	char text[512];
};

#endif
