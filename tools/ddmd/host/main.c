// SPDX-License-Identifier: GPL-2.0-only
/*
 * ddm-admin-host: administration DLLs run here rather than in ddmd, so that
 * one that crashes or hangs takes nothing with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dll.h"
#include "protocol.h"

static struct dll **dlls;
static int dll_count;
static char **paths;
/* Milliseconds that a DLL may go on when ddmd is gone */
static int grace = 10000;

/* Where ddmd is gone, the DLLs are to be terminated all the same. */
static void send_reply(struct host_reply *reply, enum host_what what)
{
	reply->what = what;
	while (send(HOST_FD, reply, sizeof(*reply), MSG_NOSIGNAL) < 0 &&
	       errno == EINTR)
		;
}

static void begin(int dll)
{
	struct host_reply reply = { .dll = (uint32_t)dll };

	send_reply(&reply, HOST_BEGIN);
}

/* The last that was initialized goes first. */
static void terminate(void)
{
	while (dll_count > 0) {
		begin(--dll_count);
		dll_terminate(dlls[dll_count]);
	}
}

static uint32_t provided(void)
{
	uint32_t bits = 0;
	enum host_callout which;
	int i;

	for (i = 0; i < dll_count; i++)
		for (which = 0; which < HOST_CALLOUTS; which++)
			if (dll_has(dlls[i], which))
				bits |= 1U << which;
	return bits;
}

static void initialize(struct host_reply *reply)
{
	for (; paths[dll_count]; dll_count++) {
		begin(dll_count);
		dlls[dll_count] = dll_load(paths[dll_count], reply->text,
					   sizeof(reply->text));
		if (!dlls[dll_count]) {
			terminate();
			return;
		}
	}
	reply->value = 1;
	reply->provides = provided();
}

/* Only one gives addresses: the first that has the callout. */
static bool is_for_one(uint32_t callout)
{
	return callout == HOST_GET_ADDRESS || callout == HOST_RELEASE_ADDRESS;
}

static void call_all(const struct host_request *request,
		     struct host_reply *reply)
{
	int i;

	reply->value = 1;
	reply->address = request->facts.remote4;
	for (i = (int)request->first; i < dll_count; i++) {
		if (!dll_has(dlls[i], request->callout))
			continue;
		begin(i);
		dll_call(dlls[i], request, reply);
		/* who comes after one that refused is not asked */
		if (!reply->value || is_for_one(request->callout))
			return;
	}
}

static void serve(const struct host_request *request)
{
	struct host_reply reply = { 0 };

	switch (request->callout) {
	case HOST_INITIALIZE:
		initialize(&reply);
		break;
	case HOST_TERMINATE:
		terminate();
		break;
	default:
		call_all(request, &reply);
		break;
	}
	send_reply(&reply, HOST_DONE);
}

/*
 * When ddmd is gone nobody limits the time of a callout any more. Never
 * returns in a host that ends as it should.
 */
static void *wait_for_the_end(void *arg)
{
	struct pollfd poller = { .fd = HOST_FD, .events = POLLRDHUP };

	(void)arg;
	while (poll(&poller, 1, -1) < 0 && errno == EINTR)
		;
	poll(NULL, 0, grace);
	_exit(1);
}

static int guard(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&thread, &attributes, wait_for_the_end, NULL);
	pthread_attr_destroy(&attributes);
	return error;
}

/* A DLL that leaks is to end this process, before the router's memory ends. */
static int limit_memory(const char *mib)
{
	struct rlimit limit;

	limit.rlim_cur = strtoul(mib, NULL, 10) << 20;
	limit.rlim_max = limit.rlim_cur;
	return limit.rlim_cur ? setrlimit(RLIMIT_DATA, &limit) : 0;
}

static void loop(void)
{
	static struct host_request request;
	ssize_t got;

	for (;;) {
		got = recv(HOST_FD, &request, sizeof(request), 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got != sizeof(request) || request.callout >= HOST_CALLOUTS)
			return;
		serve(&request);
	}
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr,
			"usage: %s GRACE MEMORY DLL...\n"
			"Started by ddmd, which talks to it over descriptor %d.\n",
			argv[0], HOST_FD);
		return 2;
	}
	grace = atoi(argv[1]);
	paths = argv + 3;
	dlls = calloc((size_t)argc, sizeof(*dlls));
	if (!dlls || fcntl(HOST_FD, F_SETFD, FD_CLOEXEC) ||
	    limit_memory(argv[2]) || guard()) {
		perror(argv[0]);
		return 1;
	}
	loop();
	/* ddmd has gone, or does not need the DLLs any more */
	terminate();
	return 0;
}
