// SPDX-License-Identifier: GPL-2.0-only
/*
 * A DLL may do anything to its process. Whatever it does, each request ends in
 * limited time, with the DLL's word or with what its list has for a missing one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server.h"

/* Milliseconds after which a list that could not be loaded is tried again */
#define RETRY_MS 10000
/* A process that dies by itself that soon would only do so again. */
#define SOON_MS 1000

enum server_state {
	SERVER_DOWN, /* there is no process */
	SERVER_STARTING, /* it loads its DLLs */
	SERVER_IDLE,
	SERVER_BUSY, /* with the first job */
	SERVER_ENDING, /* it has terminated its DLLs */
};

struct job {
	struct job *next;
	job_fn *fn;
	void *data;
	struct host_request request;
};

/**
 * struct server - see the top of the header
 * @state: of the process
 * @deadline: when the process is killed, or started, whichever is next
 * @dll: which DLL is being called
 * @provides: bits of callouts, if @known
 * @since: when the process was ready
 * @failed: the last start failed, verdicts are missing until the next
 * @mute: that was logged
 */
struct server {
	uint64_t number;
	char *name;
	char **dlls;
	uint32_t dll_count;
	uint32_t limit;
	uint32_t memory;
	bool let_in;
	const char *program;
	int epoll;
	host_log_fn *log;
	enum server_state state;
	struct host_process process;
	uint64_t deadline;
	uint32_t dll;
	bool known;
	uint32_t provides;
	uint64_t since;
	bool failed;
	bool mute;
	bool leaving;
	bool terminating;
	struct job *jobs;
	struct job **tail;
};

static const char *const names[HOST_CALLOUTS] = {
	[HOST_INITIALIZE] = "MprAdminInitializeDll",
	[HOST_TERMINATE] = "MprAdminTerminateDll",
	[HOST_ACCEPT_CONNECTION] = "MprAdminAcceptNewConnection",
	[HOST_ACCEPT_LINK] = "MprAdminAcceptNewLink",
	[HOST_ACCEPT_REAUTHENTICATION] = "MprAdminAcceptReauthentication",
	[HOST_LINK_HANGUP] = "MprAdminLinkHangupNotification",
	[HOST_CONNECTION_HANGUP] = "MprAdminConnectionHangupNotification",
	[HOST_GET_ADDRESS] = "MprAdminGetIpAddressForUser",
	[HOST_RELEASE_ADDRESS] = "MprAdminReleaseIpAddress",
};

/* ------------------------------------------------------- begin and end -- */

static char **copy_texts(const char *const *texts, uint32_t *count)
{
	char **copies;
	uint32_t i;

	for (*count = 0; texts[*count]; ++*count)
		;
	copies = calloc((size_t)*count + 1, sizeof(*copies));
	for (i = 0; copies && i < *count; i++) {
		copies[i] = strdup(texts[i]);
		if (copies[i])
			continue;
		while (i > 0)
			free(copies[--i]);
		free(copies);
		return NULL;
	}
	return copies;
}

struct server *server_new(const struct host_list *list, const char *program,
			  int epoll, host_log_fn *log)
{
	static uint64_t last_number;
	struct server *server = calloc(1, sizeof(*server));

	if (!server)
		return NULL;
	server->number = ++last_number;
	server->name = strdup(list->name);
	server->dlls = copy_texts(list->dlls, &server->dll_count);
	server->limit = list->limit;
	server->memory = list->memory;
	server->let_in = list->let_in;
	server->program = program;
	server->epoll = epoll;
	server->log = log;
	server->process = (struct host_process)HOST_PROCESS_NONE;
	server->tail = &server->jobs;
	if (server->name && server->dlls)
		return server;
	server_free(server);
	return NULL;
}

/* The first job is done. @outcome belongs to the caller. */
static void finish_job(struct server *server, const struct job_outcome *outcome)
{
	struct job *job = server->jobs;

	server->jobs = job->next;
	if (!server->jobs)
		server->tail = &server->jobs;
	if (job->fn)
		job->fn(outcome, job->data);
	free(job);
}

void server_free(struct server *server)
{
	const struct job_outcome no = { .called = false };
	uint32_t i;

	host_process_reap(&server->process, 1);
	while (server->jobs)
		finish_job(server, &no);
	for (i = 0; server->dlls && i < server->dll_count; i++)
		free(server->dlls[i]);
	free(server->dlls);
	free(server->name);
	free(server);
}

bool server_is(const struct server *server, const struct host_list *list)
{
	uint32_t i;

	if (strcmp(server->name, list->name) || server->limit != list->limit ||
	    server->memory != list->memory || server->let_in != list->let_in)
		return false;
	for (i = 0; i < server->dll_count && list->dlls[i]; i++)
		if (strcmp(server->dlls[i], list->dlls[i]))
			return false;
	return i == server->dll_count && !list->dlls[i];
}

static bool is_question(uint32_t callout)
{
	return callout == HOST_ACCEPT_CONNECTION ||
	       callout == HOST_ACCEPT_LINK ||
	       callout == HOST_ACCEPT_REAUTHENTICATION ||
	       callout == HOST_GET_ADDRESS;
}

int server_queue(struct server *server, enum host_callout callout,
		 const struct host_facts *facts, job_fn *fn, void *data)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		return -ENOMEM;
	job->fn = fn;
	job->data = data;
	job->request.callout = callout;
	if (facts)
		job->request.facts = *facts;
	*server->tail = job;
	server->tail = &job->next;
	return 0;
}

void server_leave(struct server *server)
{
	server->leaving = true;
}

bool server_is_leaving(const struct server *server)
{
	return server->leaving;
}

bool server_takes_jobs(const struct server *server)
{
	return !server->terminating;
}

bool server_has_left(const struct server *server)
{
	return server->leaving && server->state == SERVER_DOWN && !server->jobs;
}

bool server_may_have(const struct server *server, enum host_callout callout)
{
	return !server->known || (server->provides & 1U << callout);
}

bool server_lets_in(const struct server *server)
{
	return server->let_in;
}

uint32_t server_limit(const struct server *server)
{
	return server->limit * server->dll_count;
}

uint64_t server_number(const struct server *server)
{
	return server->number;
}

/* ----------------------------------------------------------------- log -- */

static void say(const struct server *server, enum host_priority priority,
		const char *what)
{
	char text[1024];

	snprintf(text, sizeof(text), "%s: %s", server->name, what);
	server->log(priority, text);
}

/* What happened in the callout that the process did not survive */
static void say_trouble(const struct server *server, const char *what)
{
	uint32_t callout = server->state == SERVER_BUSY ?
				   server->jobs->request.callout :
				   HOST_INITIALIZE;
	char text[900];

	snprintf(text, sizeof(text), "%s: %s %s",
		 server->dll < server->dll_count ? server->dlls[server->dll] :
						   "?",
		 names[callout], what);
	/* of a start that fails again and again, the first is told of */
	if (!server->mute)
		say(server, HOST_ERROR, text);
}

/* ---------------------------------------------------------------- jobs -- */

static void finish_without_verdict(struct server *server)
{
	const struct job_outcome outcome = {
		.called = true,
		.yes = server->let_in ||
		       !is_question(server->jobs->request.callout),
	};

	finish_job(server, &outcome);
}

/*
 * A DLL did not answer the first job. Where that means no, it is decided; and
 * otherwise the DLLs after it have their say when the process is there again.
 */
static void skip_dll(struct server *server)
{
	struct job *job = server->jobs;
	uint32_t callout = job->request.callout;

	job->request.first = server->dll + 1;
	if (callout == HOST_TERMINATE || callout == HOST_GET_ADDRESS ||
	    callout == HOST_RELEASE_ADDRESS ||
	    (is_question(callout) && !server->let_in) ||
	    job->request.first >= server->dll_count)
		finish_without_verdict(server);
}

/* ------------------------------------------------------------- process -- */

static void watch(const struct server *server, int fd)
{
	struct epoll_event event = { .events = EPOLLIN };

	epoll_ctl(server->epoll, EPOLL_CTL_ADD, fd, &event);
}

static void failed_to_start(struct server *server, uint64_t now,
			    const char *why)
{
	/* a start that fails again and again is told of once */
	if (!server->mute)
		say(server, HOST_ERROR, why);
	server->mute = true;
	server->failed = true;
	server->deadline = now + RETRY_MS;
}

static void transmit(struct server *server, const struct host_request *request,
		     uint64_t now)
{
	server->dll = request->first;
	server->deadline = now + server->limit;
	/* if it is dead, its descriptor says so */
	while (send(server->process.fd, request, sizeof(*request),
		    MSG_NOSIGNAL) < 0 &&
	       errno == EINTR)
		;
}

static void start(struct server *server, uint64_t now)
{
	static const struct host_request request = { .callout =
							     HOST_INITIALIZE };
	char text[512];
	int error;

	server->deadline = 0;
	error = host_process_start(&server->process, server->program,
				   server->limit, server->memory, server->dlls);
	if (error) {
		snprintf(text, sizeof(text), "cannot start %s: %s",
			 server->program, strerror(-error));
		failed_to_start(server, now, text);
		return;
	}
	server->failed = false;
	server->state = SERVER_STARTING;
	watch(server, server->process.fd);
	watch(server, server->process.pidfd);
	transmit(server, &request, now);
}

static void started(struct server *server, const struct host_reply *reply,
		    uint64_t now)
{
	if (reply->value) {
		server->state = SERVER_IDLE;
		server->deadline = 0;
		server->known = true;
		server->provides = reply->provides;
		server->since = now;
		server->mute = false;
		say(server, HOST_INFO, "administration DLLs are ready");
		return;
	}
	server->state = SERVER_DOWN;
	host_process_reap(&server->process, 1);
	failed_to_start(server, now, reply->text);
}

/* After the process has gone, for whatever reason */
static void died(struct server *server, uint64_t now)
{
	enum server_state before = server->state;

	server->state = SERVER_DOWN;
	server->deadline = 0;
	if (before == SERVER_STARTING) {
		server->mute = true;
		failed_to_start(server, now, "");
	} else if (before == SERVER_IDLE && now - server->since < SOON_MS) {
		server->failed = true;
		server->deadline = now + RETRY_MS;
	}
	if (before == SERVER_BUSY)
		skip_dll(server);
}

static void collect(struct server *server, uint64_t now)
{
	int end = host_process_reap(&server->process, 0);
	char text[128];

	if (end > 0)
		snprintf(text, sizeof(text), "crashed (%s): host restarted",
			 strsignal(end));
	else
		snprintf(text, sizeof(text),
			 "ended its process with status %d: host restarted",
			 -end);
	if (server->state == SERVER_BUSY || server->state == SERVER_STARTING)
		say_trouble(server, text);
	else if (server->state == SERVER_IDLE)
		say(server, HOST_ERROR,
		    "a DLL ended the host outside of any callout: restarted");
	died(server, now);
}

static void out_of_time(struct server *server, uint64_t now)
{
	char text[128];

	snprintf(text, sizeof(text),
		 "has not returned within %u ms: host killed and restarted",
		 server->limit);
	if (server->state != SERVER_ENDING)
		say_trouble(server, text);
	host_process_reap(&server->process, 1);
	died(server, now);
}

static void done(struct server *server, const struct host_reply *reply,
		 uint64_t now)
{
	const struct job_outcome outcome = {
		.called = true,
		.yes = reply->value,
		.address = reply->address,
		.release = reply->release,
	};

	if (server->state == SERVER_STARTING) {
		started(server, reply, now);
		return;
	}
	if (server->state != SERVER_BUSY)
		return;
	server->state = SERVER_IDLE;
	server->deadline = 0;
	if (server->jobs->request.callout == HOST_TERMINATE) {
		server->state = SERVER_ENDING;
		server->deadline = now + server->limit;
		host_process_hang_up(&server->process);
	}
	finish_job(server, &outcome);
}

static bool receive(struct server *server, uint64_t now)
{
	struct host_reply reply;
	ssize_t got;

	if (server->process.fd < 0)
		return false;
	got = recv(server->process.fd, &reply, sizeof(reply), MSG_DONTWAIT);
	if (!got) {
		/* it ended; or a DLL closed what was not its own: a hang */
		host_process_hang_up(&server->process);
		if (server->state != SERVER_ENDING)
			server->deadline = now + SOON_MS;
		return true;
	}
	if (got != sizeof(reply))
		return false;
	reply.text[sizeof(reply.text) - 1] = 0;
	if (reply.what == HOST_DONE) {
		done(server, &reply, now);
	} else {
		server->dll = reply.dll;
		server->deadline = now + server->limit;
	}
	return true;
}

/* ---------------------------------------------------------------- work -- */

static void begin_job(struct server *server, uint64_t now)
{
	const struct job_outcome not_called = { .yes = true };
	struct job *job = server->jobs;
	uint32_t callout = job->request.callout;

	if (callout != HOST_TERMINATE && !(server->provides & 1U << callout)) {
		finish_job(server, &not_called);
		return;
	}
	server->state = SERVER_BUSY;
	transmit(server, &job->request, now);
}

/* Return: whether something was done for the first job, or instead of one */
static bool proceed(struct server *server, uint64_t now)
{
	switch (server->state) {
	case SERVER_DOWN:
		if (server->failed && now < server->deadline) {
			if (!server->jobs)
				return false;
			finish_without_verdict(server);
			return true;
		}
		if (server->leaving && !server->jobs)
			return false;
		start(server, now);
		return true;
	case SERVER_IDLE:
		if (!server->jobs && server->leaving) {
			server->terminating = true;
			server_queue(server, HOST_TERMINATE, NULL, NULL, NULL);
		}
		if (!server->jobs)
			return false;
		begin_job(server, now);
		return true;
	default:
		return false;
	}
}

bool server_work(struct server *server, uint64_t now)
{
	if (receive(server, now))
		return true;
	if (server->process.pid) {
		if (host_process_has_ended(&server->process)) {
			collect(server, now);
			return true;
		}
		if (server->deadline && now >= server->deadline) {
			out_of_time(server, now);
			return true;
		}
	}
	return proceed(server, now);
}

uint64_t server_deadline(const struct server *server)
{
	return server->deadline ? server->deadline : UINT64_MAX;
}
