/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Administration DLLs as ddmd sees them: it asks whether a call may be, tells
 * when a link or a call is over, and need not care in which process the DLLs
 * are, whether it lives, and who has to be told of what.
 *
 * No thread, no signal handler, no loop of its own: one descriptor to watch.
 * Not one call waits, except hosts_free().
 */
#ifndef DDMD_HOST_CLIENT_H
#define DDMD_HOST_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "facts.h"

struct hosts;
struct host_leg;

enum host_priority { HOST_ERROR, HOST_WARNING, HOST_INFO };

/**
 * host_log_fn - something for the operator: a DLL that crashed, for instance
 * @text: one line, without its end
 */
typedef void host_log_fn(enum host_priority priority, const char *text);

/**
 * struct host_list - DLLs that share a process
 * @name: for the log
 * @dlls: paths, NULL at the end, in the order in which they are asked
 * @limit: milliseconds that one callout of one DLL may take
 * @memory: MiB that the process may take, 0 for no limit
 * @let_in: what a verdict that a DLL did not give means: true lets in
 */
struct host_list {
	const char *name;
	const char *const *dlls;
	uint32_t limit;
	uint32_t memory;
	bool let_in;
};

/**
 * hosts_new - begin
 * @program: path of ddm-admin-host
 * @log: called from all functions of this header
 *
 * Return: NULL if there is no memory or no descriptor left
 */
struct hosts *hosts_new(const char *program, host_log_fn *log);

/**
 * hosts_set - which lists there are from now on
 * @lists: copied
 * @count: how many, 16 at most
 *
 * Hosts of lists that are as before go on; of others, TerminateDll is called
 * when nothing is under way in them, or a new host is started. Where lists come
 * faster than others leave, those beyond 16 are ended at once. A list that
 * cannot be loaded is logged, and its verdicts are missing ones. Return: 0,
 * -E2BIG (nothing changed) or -ENOMEM (some of them are missing)
 */
int hosts_set(struct hosts *hosts, const struct host_list *lists,
	      unsigned int count);

/**
 * hosts_free - TerminateDll of all, and forget all
 *
 * Waits for the hosts, as long as their limits at most; what was still to be
 * told is told first. Callbacks under way are not called any more; of a leg
 * that is left, host_leg_end(NULL, ...) frees the memory. NULL is ignored.
 */
void hosts_free(struct hosts *hosts);

/* hosts_fd - readable when hosts_process() has something to do */
int hosts_fd(const struct hosts *hosts);
/* hosts_process - do it; calls callbacks */
void hosts_process(struct hosts *hosts);

/*
 * Does any list have DLLs, does any of them give addresses, or judge
 * reauthentications? Hosts that have not started yet count as if they did.
 */
bool hosts_wanted(const struct hosts *hosts);
bool hosts_wants_address(const struct hosts *hosts);
bool hosts_wants_reauthentication(const struct hosts *hosts);
/* What a verdict that is missing altogether means: true if all let in */
bool hosts_lets_in(const struct hosts *hosts);
/* Milliseconds that one question to all DLLs may take, if no other is before it */
uint32_t hosts_limit(const struct hosts *hosts);

/**
 * host_verdict_fn - all DLLs have said yes, or one has said no
 * @accepted: what was asked may be
 * @remote4: of host_leg_address(), the address, 0 for as one likes
 */
typedef void host_verdict_fn(bool accepted, uint32_t remote4, void *data);

/*
 * A leg is one link of a call, from the first question until it is gone. Legs
 * with the same bundle, if it has a name, are one call; so AcceptNewConnection
 * and ConnectionHangupNotification are called once for all of them.
 *
 * Who has accepted is told of the end: LinkHangupNotification for a link that
 * AcceptNewLink let in, ConnectionHangupNotification for a call that
 * AcceptNewConnection let in, after its last link. Who was refused is not
 * mentioned again.
 */

/**
 * host_leg_address - ask the address for a user (GetIpAddressForUser)
 * @leg: NULL at first; made here if need be
 * @facts: as known now; copied
 * @fn: called once, later, unless the leg is ended before
 *
 * Of links of one call only the first is asked for; the others get its address.
 * Return: 0, and @fn will be called, or -ENOMEM
 */
int host_leg_address(struct hosts *hosts, struct host_leg **leg,
		     const struct host_facts *facts, host_verdict_fn *fn,
		     void *data);

/**
 * host_leg_ask - AcceptNewConnection for a new call, then AcceptNewLink
 *
 * As host_leg_address(). After a refusal only host_leg_end() is due. Again for a
 * link that was let in: yes at once if the user is the same, and otherwise this
 * is the end of one call and the beginning of another.
 */
int host_leg_ask(struct hosts *hosts, struct host_leg **leg,
		 const struct host_facts *facts, host_verdict_fn *fn,
		 void *data);

/*
 * host_leg_reauthenticate - AcceptReauthentication; as host_leg_ask(), but it is
 * the same call whatever name is given now
 */
int host_leg_reauthenticate(struct hosts *hosts, struct host_leg *leg,
			    const struct host_facts *facts, host_verdict_fn *fn,
			    void *data);

/* host_leg_learn - for callouts to come, what was found out meanwhile; copied */
void host_leg_learn(struct host_leg *leg, const struct host_facts *facts);

/**
 * host_leg_adopt - the leg of a call that an earlier ddmd let in
 *
 * Nobody is asked: the DLLs of that time said yes. They are told of the end.
 * Return: 0 or -ENOMEM
 */
int host_leg_adopt(struct hosts *hosts, struct host_leg **leg,
		   const struct host_facts *facts);

/**
 * host_leg_end - the link is gone, and the call if it was the last
 * @leg: set to NULL; NULL is ignored
 * @facts: the last that is known, counters included; NULL for what the leg was
 *	last told
 *
 * Also for legs that were refused, and while a question is under way.
 */
void host_leg_end(struct hosts *hosts, struct host_leg **leg,
		  const struct host_facts *facts);

#endif
