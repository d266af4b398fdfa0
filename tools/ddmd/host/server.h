/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One list of DLLs and its host process: takes requests one after the other,
 * keeps the time, and starts the process again when it has died of a callout.
 */
#ifndef DDMD_HOST_SERVER_H
#define DDMD_HOST_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "client.h"
#include "process.h"
#include "protocol.h"

struct server;

/**
 * struct job_outcome - what came of a request
 * @called: some DLL was
 * @yes: all that were asked said yes, or the list lets in without verdict
 * @address: of HOST_GET_ADDRESS
 * @release: likewise
 */
struct job_outcome {
	bool called;
	bool yes;
	uint32_t address;
	bool release;
};

typedef void job_fn(const struct job_outcome *outcome, void *data);

/* server_new - NULL if there is no memory. Starts nothing yet. */
struct server *server_new(const struct host_list *list, const char *program,
			  int epoll, host_log_fn *log);
/* server_free - kills the process if there is one; the answer to what is
 * queued is no */
void server_free(struct server *server);

/* server_number - unlike that of any other server that ever was */
uint64_t server_number(const struct server *server);
/* server_is - is it of such a list? */
bool server_is(const struct server *server, const struct host_list *list);

/**
 * server_queue - have something called
 * @facts: copied
 * @fn: called by server_work() when it is done, may be NULL
 *
 * Return: 0 or -ENOMEM
 */
int server_queue(struct server *server, enum host_callout callout,
		 const struct host_facts *facts, job_fn *fn, void *data);

/* server_leave - when all that is queued is done, terminate and end */
void server_leave(struct server *server);
bool server_is_leaving(const struct server *server);
/* server_takes_jobs - it has not yet begun to terminate its DLLs */
bool server_takes_jobs(const struct server *server);
/* server_has_left - and may be freed */
bool server_has_left(const struct server *server);

/**
 * server_work - do what can be done now
 * @now: milliseconds of the monotonic clock
 *
 * Return: whether anything was; call again until nothing is
 */
bool server_work(struct server *server, uint64_t now);
/* When server_work() has something to do even if no descriptor is readable;
 * UINT64_MAX: never */
uint64_t server_deadline(const struct server *server);

/* server_may_have - a DLL has that callout, or that is not known yet */
bool server_may_have(const struct server *server, enum host_callout callout);
bool server_lets_in(const struct server *server);
/* Milliseconds that all DLLs together may take for one callout */
uint32_t server_limit(const struct server *server);

#endif
