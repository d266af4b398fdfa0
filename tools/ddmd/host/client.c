// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which calls there are, what their links have been let in for, and so who has
 * to be asked or told of what. The processes are server.c's.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "client.h"
#include "server.h"

#define MAX_SERVERS 16
/* Numbers that no interface, connection or port of the module ever has */
#define FIRST_NUMBER (UINT64_C(1) << 62)

enum verdict { NOT_ASKED, ASKING, YES, NO };

/**
 * struct call - links that are one connection
 * @legs: how many there are
 * @address_verdict: what became of the question for an address
 * @address: then
 * @release: who wants to know when it is free again, or NULL
 * @known: what its legs said of it, for those that know less
 * @address_facts: as it was asked for
 */
struct call {
	struct call *next;
	unsigned int legs;
	enum verdict verdict;
	enum verdict address_verdict;
	uint32_t address;
	struct server *release;
	struct host_facts known;
	struct host_facts address_facts;
};

/**
 * struct host_leg - one link
 * @accepted: AcceptNewLink said yes everywhere
 * @ended: as soon as its question has its answer, it goes
 */
struct host_leg {
	struct call *call;
	struct question *question;
	uint64_t port;
	bool accepted;
	bool ended;
	struct host_facts facts;
};

/**
 * struct question - what ddmd waits for
 * @next: in a list of those that wait for their turn
 * @callout: what is being asked: the kind of question, or its second part
 * @server: who is being asked
 * @asked: numbers of those who were, for lists come and go meanwhile
 * @asked_count: how many
 */
struct question {
	struct question *next;
	struct hosts *hosts;
	struct host_leg *leg;
	enum host_callout callout;
	struct server *server;
	uint64_t asked[MAX_SERVERS];
	unsigned int asked_count;
	host_verdict_fn *fn;
	void *data;
};

/**
 * struct hosts - all of it
 * @servers: lists in their order; those that leave stay in until they have
 * @questions: that wait for their turn
 * @last_number: of a call or port
 * @epoch: told with them, at random
 * @closing: nobody wants an answer any more
 */
struct hosts {
	const char *program;
	host_log_fn *log;
	int epoll;
	int timer;
	struct server *servers[MAX_SERVERS];
	unsigned int server_count;
	struct call *calls;
	struct question *questions;
	uint64_t last_number;
	uint32_t epoch;
	bool closing;
};

static void finish(struct question *question, bool yes, uint32_t address);
static void ask_next(struct question *question);

static uint64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---------------------------------------------------------------- loop -- */

static void arm(struct hosts *hosts, uint64_t deadline)
{
	struct itimerspec spec = { 0 };

	if (deadline != UINT64_MAX) {
		spec.it_value.tv_sec = (time_t)(deadline / 1000);
		spec.it_value.tv_nsec = (long)(deadline % 1000) * 1000000 + 1;
	}
	timerfd_settime(hosts->timer, TFD_TIMER_ABSTIME, &spec, NULL);
}

/* There is work: the descriptor is readable at once. */
static void wake(struct hosts *hosts)
{
	arm(hosts, 0);
}

struct hosts *hosts_new(const char *program, host_log_fn *log)
{
	struct hosts *hosts = calloc(1, sizeof(*hosts));
	struct epoll_event event = { .events = EPOLLIN };

	if (!hosts)
		return NULL;
	hosts->program = strdup(program);
	hosts->log = log;
	hosts->last_number = FIRST_NUMBER;
	hosts->epoll = epoll_create1(EPOLL_CLOEXEC);
	hosts->timer =
		timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (hosts->program && hosts->epoll >= 0 && hosts->timer >= 0 &&
	    !getentropy(&hosts->epoch, sizeof(hosts->epoch)) &&
	    !epoll_ctl(hosts->epoll, EPOLL_CTL_ADD, hosts->timer, &event))
		return hosts;
	hosts_free(hosts);
	return NULL;
}

int hosts_fd(const struct hosts *hosts)
{
	return hosts->epoll;
}

/* One that is not among the servers any more: its questions have answers now */
static void free_server(struct hosts *hosts, struct server *server)
{
	struct call *call;

	for (call = hosts->calls; call; call = call->next)
		if (call->release == server)
			call->release = NULL;
	server_free(server);
}

static void remove_server(struct hosts *hosts, unsigned int gone)
{
	struct server *server = hosts->servers[gone];

	hosts->server_count--;
	memmove(&hosts->servers[gone], &hosts->servers[gone + 1],
		(hosts->server_count - gone) * sizeof(hosts->servers[0]));
	free_server(hosts, server);
}

static bool take_question(struct hosts *hosts);

static bool work(struct hosts *hosts, uint64_t now)
{
	bool any = take_question(hosts);
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		while (server_work(hosts->servers[i], now))
			any = true;
	for (i = hosts->server_count; i-- > 0;)
		if (server_has_left(hosts->servers[i]))
			remove_server(hosts, i);
	return any;
}

static uint64_t next_deadline(const struct hosts *hosts)
{
	uint64_t deadline = UINT64_MAX;
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		if (server_deadline(hosts->servers[i]) < deadline)
			deadline = server_deadline(hosts->servers[i]);
	return deadline;
}

void hosts_process(struct hosts *hosts)
{
	uint64_t expirations;

	while (read(hosts->timer, &expirations, sizeof(expirations)) > 0)
		;
	while (work(hosts, clock_ms()))
		;
	arm(hosts, next_deadline(hosts));
}

/* --------------------------------------------------------------- lists -- */

static bool is_listed(const struct server *server,
		      const struct host_list *lists, unsigned int count)
{
	while (count-- > 0)
		if (server_is(server, &lists[count]))
			return true;
	return false;
}

static struct server *find_server(struct hosts *hosts,
				  const struct host_list *list)
{
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		if (!server_is_leaving(hosts->servers[i]) &&
		    server_is(hosts->servers[i], list))
			return hosts->servers[i];
	return NULL;
}

/*
 * Their order is the order of asking, so new ones before those that leave. Of
 * these, who finds no room leaves at once.
 */
int hosts_set(struct hosts *hosts, const struct host_list *lists,
	      unsigned int count)
{
	struct server *servers[MAX_SERVERS], *crowded_out[MAX_SERVERS];
	unsigned int filled = 0, out = 0, i;
	struct server *server;
	int result = 0;

	if (count > MAX_SERVERS)
		return -E2BIG;
	for (i = 0; i < hosts->server_count; i++)
		if (!is_listed(hosts->servers[i], lists, count))
			server_leave(hosts->servers[i]);
	for (i = 0; i < count; i++) {
		server = find_server(hosts, &lists[i]);
		if (!server)
			server = server_new(&lists[i], hosts->program,
					    hosts->epoll, hosts->log);
		if (server)
			servers[filled++] = server;
		else
			result = -ENOMEM;
	}
	for (i = 0; i < hosts->server_count; i++) {
		if (!server_is_leaving(hosts->servers[i]))
			continue;
		if (filled < MAX_SERVERS)
			servers[filled++] = hosts->servers[i];
		else
			crowded_out[out++] = hosts->servers[i];
	}
	memcpy(hosts->servers, servers, filled * sizeof(servers[0]));
	hosts->server_count = filled;
	while (out > 0)
		free_server(hosts, crowded_out[--out]);
	wake(hosts);
	return result;
}

static bool may_have(const struct hosts *hosts, enum host_callout callout)
{
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		if (!server_is_leaving(hosts->servers[i]) &&
		    server_may_have(hosts->servers[i], callout))
			return true;
	return false;
}

bool hosts_wanted(const struct hosts *hosts)
{
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		if (!server_is_leaving(hosts->servers[i]))
			return true;
	return false;
}

bool hosts_wants_address(const struct hosts *hosts)
{
	return may_have(hosts, HOST_GET_ADDRESS);
}

bool hosts_wants_reauthentication(const struct hosts *hosts)
{
	return may_have(hosts, HOST_ACCEPT_REAUTHENTICATION);
}

bool hosts_lets_in(const struct hosts *hosts)
{
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		if (!server_is_leaving(hosts->servers[i]) &&
		    !server_lets_in(hosts->servers[i]))
			return false;
	return true;
}

uint32_t hosts_limit(const struct hosts *hosts)
{
	uint32_t limit = 0;
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		limit += server_limit(hosts->servers[i]);
	return limit;
}

/* --------------------------------------------------------------- calls -- */

static struct call *find_call(const struct hosts *hosts, const char *bundle)
{
	struct call *call;

	for (call = hosts->calls; call; call = call->next)
		if (bundle[0] && !strcmp(call->known.bundle, bundle))
			return call;
	return NULL;
}

static struct call *new_call(struct hosts *hosts,
			     const struct host_facts *facts)
{
	struct call *call = calloc(1, sizeof(*call));

	if (!call)
		return NULL;
	call->known.connection = facts->connection ? facts->connection :
						     ++hosts->last_number;
	call->known.epoch = hosts->epoch;
	memcpy(call->known.bundle, facts->bundle, sizeof(facts->bundle));
	call->next = hosts->calls;
	hosts->calls = call;
	return call;
}

static void free_call(struct hosts *hosts, struct call *call)
{
	struct call **at = &hosts->calls;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	free(call);
}

static struct host_leg *new_leg(struct hosts *hosts,
				const struct host_facts *facts)
{
	struct host_leg *leg = calloc(1, sizeof(*leg));

	if (!leg)
		return NULL;
	leg->call = find_call(hosts, facts->bundle);
	if (!leg->call)
		leg->call = new_call(hosts, facts);
	if (!leg->call) {
		free(leg);
		return NULL;
	}
	leg->call->legs++;
	leg->port = facts->port ? facts->port : ++hosts->last_number;
	return leg;
}

/* Of a bundle one link negotiates for all, so the others know less. */
#define KEEP(member)                                        \
	do {                                                \
		if (facts->member)                          \
			call->known.member = facts->member; \
		leg->facts.member = call->known.member;     \
	} while (0)
#define KEEP_TEXT(member)                                         \
	do {                                                      \
		if (facts->member[0])                             \
			memcpy(call->known.member, facts->member, \
			       sizeof(facts->member));            \
		memcpy(leg->facts.member, call->known.member,     \
		       sizeof(facts->member));                    \
	} while (0)

static void learn(struct host_leg *leg, const struct host_facts *facts)
{
	struct call *call = leg->call;

	leg->facts = *facts;
	leg->facts.connection = call->known.connection;
	leg->facts.epoch = call->known.epoch;
	leg->facts.port = leg->port;
	KEEP(interface);
	KEEP(interface_type);
	KEEP(calls);
	KEEP(local4);
	KEEP(remote4);
	KEEP_TEXT(local6);
	KEEP_TEXT(remote6);
	KEEP_TEXT(interface_name);
	KEEP_TEXT(device);
	KEEP_TEXT(user);
	KEEP_TEXT(peer);
}

/* Everybody who could have been asked before is told. */
static void tell(struct hosts *hosts, enum host_callout callout,
		 const struct host_facts *facts)
{
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		if (server_takes_jobs(hosts->servers[i]))
			server_queue(hosts->servers[i], callout, facts, NULL,
				     NULL);
	wake(hosts);
}

static void end_call(struct hosts *hosts, struct call *call,
		     const struct host_facts *facts)
{
	if (call->verdict == YES)
		tell(hosts, HOST_CONNECTION_HANGUP, facts);
	if (call->release && server_takes_jobs(call->release)) {
		call->address_facts.remote4 = call->address;
		server_queue(call->release, HOST_RELEASE_ADDRESS,
			     &call->address_facts, NULL, NULL);
		wake(hosts);
	}
	free_call(hosts, call);
}

/* Of the last link is what the device counted, which links do not. */
static void account_to_last(struct host_facts *facts)
{
	uint32_t seconds = facts->link.seconds;

	facts->link = facts->total;
	facts->link.seconds = seconds;
}

static void end_leg(struct hosts *hosts, struct host_leg *leg)
{
	struct call *call = leg->call;

	if (call->legs == 1)
		account_to_last(&leg->facts);
	if (leg->accepted)
		tell(hosts, HOST_LINK_HANGUP, &leg->facts);
	if (!--call->legs)
		end_call(hosts, call, &leg->facts);
	free(leg);
}

/* ----------------------------------------------------------- questions -- */

/* The verdict that a question asks for, where links of a call share one */
static enum verdict *shared_verdict(const struct question *question)
{
	switch (question->callout) {
	case HOST_GET_ADDRESS:
		return &question->leg->call->address_verdict;
	case HOST_ACCEPT_CONNECTION:
		return &question->leg->call->verdict;
	default:
		return NULL;
	}
}

static int new_question(struct hosts *hosts, struct host_leg *leg,
			enum host_callout callout, host_verdict_fn *fn,
			void *data)
{
	struct question *question = calloc(1, sizeof(*question));
	struct question **at = &hosts->questions;

	if (!question)
		return -ENOMEM;
	*question = (struct question){ .hosts = hosts,
				       .leg = leg,
				       .callout = callout,
				       .fn = fn,
				       .data = data };
	leg->question = question;
	while (*at)
		at = &(*at)->next;
	*at = question;
	wake(hosts);
	return 0;
}

/* Another link of the same call has asked that, and waits for the answer. */
static bool must_wait(const struct question *question)
{
	const enum verdict *shared = shared_verdict(question);

	return shared && *shared == ASKING;
}

static void begin(struct question *question)
{
	enum verdict *shared = shared_verdict(question);

	/* LCP was negotiated anew, which is no other link */
	if (question->callout == HOST_ACCEPT_CONNECTION &&
	    question->leg->accepted) {
		finish(question, true, 0);
		return;
	}
	if (shared && *shared == NO) {
		finish(question, false, 0);
		return;
	}
	if (shared && *shared == YES) {
		if (question->callout == HOST_GET_ADDRESS) {
			finish(question, true, question->leg->call->address);
			return;
		}
		question->callout = HOST_ACCEPT_LINK;
		shared = NULL;
	}
	if (shared)
		*shared = ASKING;
	ask_next(question);
}

static bool take_question(struct hosts *hosts)
{
	struct question **at = &hosts->questions;
	struct question *question;

	while (*at && must_wait(*at))
		at = &(*at)->next;
	question = *at;
	if (!question)
		return false;
	*at = question->next;
	begin(question);
	return true;
}

static void answered(const struct job_outcome *outcome, void *data);

/* All lists have said yes to what is being asked. */
static void all_agree(struct question *question)
{
	struct host_leg *leg = question->leg;

	switch (question->callout) {
	case HOST_ACCEPT_CONNECTION:
		leg->call->verdict = YES;
		question->callout = HOST_ACCEPT_LINK;
		question->asked_count = 0;
		ask_next(question);
		return;
	case HOST_ACCEPT_LINK:
		leg->accepted = true;
		finish(question, true, 0);
		return;
	case HOST_GET_ADDRESS:
		/* nobody gives addresses: whatever pppd thinks */
		leg->call->address_verdict = YES;
		finish(question, true, 0);
		return;
	default:
		finish(question, true, 0);
		return;
	}
}

static bool was_asked(const struct question *question,
		      const struct server *server)
{
	unsigned int i;

	for (i = 0; i < question->asked_count; i++)
		if (question->asked[i] == server_number(server))
			return true;
	return question->asked_count == MAX_SERVERS;
}

static struct server *who_is_next(const struct question *question)
{
	const struct hosts *hosts = question->hosts;
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		if (!server_is_leaving(hosts->servers[i]) &&
		    !was_asked(question, hosts->servers[i]))
			return hosts->servers[i];
	return NULL;
}

static void ask_next(struct question *question)
{
	struct server *server = who_is_next(question);
	struct host_leg *leg = question->leg;

	if (!server) {
		all_agree(question);
		return;
	}
	question->server = server;
	question->asked[question->asked_count++] = server_number(server);
	if (question->callout == HOST_GET_ADDRESS)
		leg->call->address_facts = leg->facts;
	if (server_queue(server, question->callout, &leg->facts, answered,
			 question))
		finish(question, server_lets_in(server), 0);
}

static void address_given(struct question *question,
			  const struct job_outcome *outcome)
{
	struct call *call = question->leg->call;

	call->address = outcome->address;
	call->address_verdict = YES;
	if (outcome->release)
		call->release = question->server;
	if (outcome->address) {
		call->known.remote4 = outcome->address;
		question->leg->facts.remote4 = outcome->address;
	}
	finish(question, true, outcome->address);
}

static void answered(const struct job_outcome *outcome, void *data)
{
	struct question *question = data;
	enum verdict *shared = shared_verdict(question);

	if (!outcome->yes) {
		if (shared)
			*shared = NO;
		finish(question, false, 0);
	} else if (question->callout == HOST_GET_ADDRESS && outcome->called) {
		address_given(question, outcome);
	} else {
		ask_next(question);
	}
}

static void finish(struct question *question, bool yes, uint32_t address)
{
	struct hosts *hosts = question->hosts;
	struct host_leg *leg = question->leg;
	host_verdict_fn *fn = question->fn;
	void *data = question->data;

	free(question);
	leg->question = NULL;
	if (leg->ended)
		end_leg(hosts, leg);
	else if (!hosts->closing)
		fn(yes, address, data);
}

/* ---------------------------------------------------------------- legs -- */

static bool is_of_other_user(const struct host_leg *leg,
			     const struct host_facts *facts)
{
	return leg->facts.user[0] && facts->user[0] &&
	       strcmp(leg->facts.user, facts->user);
}

/* Who proves to be somebody else on a line that was let in is another call. */
static int ask(struct hosts *hosts, struct host_leg **leg,
	       enum host_callout callout, const struct host_facts *facts,
	       host_verdict_fn *fn, void *data)
{
	if (*leg && is_of_other_user(*leg, facts))
		host_leg_end(hosts, leg, NULL);
	if (!*leg)
		*leg = new_leg(hosts, facts);
	if (!*leg || (*leg)->question)
		return -ENOMEM;
	learn(*leg, facts);
	return new_question(hosts, *leg, callout, fn, data);
}

int host_leg_address(struct hosts *hosts, struct host_leg **leg,
		     const struct host_facts *facts, host_verdict_fn *fn,
		     void *data)
{
	return ask(hosts, leg, HOST_GET_ADDRESS, facts, fn, data);
}

int host_leg_ask(struct hosts *hosts, struct host_leg **leg,
		 const struct host_facts *facts, host_verdict_fn *fn,
		 void *data)
{
	return ask(hosts, leg, HOST_ACCEPT_CONNECTION, facts, fn, data);
}

int host_leg_reauthenticate(struct hosts *hosts, struct host_leg *leg,
			    const struct host_facts *facts, host_verdict_fn *fn,
			    void *data)
{
	if (leg->question)
		return -ENOMEM;
	learn(leg, facts);
	return new_question(hosts, leg, HOST_ACCEPT_REAUTHENTICATION, fn, data);
}

void host_leg_learn(struct host_leg *leg, const struct host_facts *facts)
{
	learn(leg, facts);
}

int host_leg_adopt(struct hosts *hosts, struct host_leg **leg,
		   const struct host_facts *facts)
{
	if (!*leg)
		*leg = new_leg(hosts, facts);
	if (!*leg)
		return -ENOMEM;
	learn(*leg, facts);
	(*leg)->accepted = true;
	(*leg)->call->verdict = YES;
	return 0;
}

void host_leg_end(struct hosts *hosts, struct host_leg **leg,
		  const struct host_facts *facts)
{
	struct host_leg *ending = *leg;

	*leg = NULL;
	if (!ending)
		return;
	if (facts && hosts)
		learn(ending, facts);
	ending->ended = true;
	if (!hosts) {
		free(ending);
		return;
	}
	/* who is being asked may say yes, and then has to be told */
	if (!ending->question)
		end_leg(hosts, ending);
}

/* ----------------------------------------------------------------- end -- */

static void wait_for_servers(struct hosts *hosts)
{
	uint64_t end = clock_ms() + 2 * hosts_limit(hosts) + 1000;
	struct epoll_event event;
	unsigned int i;

	for (i = 0; i < hosts->server_count; i++)
		server_leave(hosts->servers[i]);
	hosts_process(hosts);
	while (hosts->server_count && clock_ms() < end) {
		epoll_wait(hosts->epoll, &event, 1, 100);
		hosts_process(hosts);
	}
}

static void free_rest(struct hosts *hosts)
{
	struct question *question;
	struct call *call;

	while (hosts->server_count)
		server_free(hosts->servers[--hosts->server_count]);
	while ((question = hosts->questions)) {
		hosts->questions = question->next;
		/* its owner does not know it any more */
		if (question->leg->ended)
			free(question->leg);
		free(question);
	}
	while ((call = hosts->calls)) {
		hosts->calls = call->next;
		free(call);
	}
}

void hosts_free(struct hosts *hosts)
{
	if (!hosts)
		return;
	hosts->closing = true;
	if (hosts->epoll >= 0 && hosts->timer >= 0)
		wait_for_servers(hosts);
	free_rest(hosts);
	if (hosts->timer >= 0)
		close(hosts->timer);
	if (hosts->epoll >= 0)
		close(hosts->epoll);
	free((char *)hosts->program);
	free(hosts);
}
