// SPDX-License-Identifier: GPL-2.0-only
/* The Windows calls: what they add to what lies under them. */
#include <stdio.h>
#include <sys/eventfd.h>

#include <mprapi.h>

#include "bench.h"

#define INTERFACES 10000

struct calls {
	struct ddm *ddm;
	struct rtnl *rtnl;
	int ifindex;
	int eventfd;
	MPR_SERVER_HANDLE server;
	HANDLE event;
	struct bare *bare;
	struct bare_list list;
	bool up;
};

/* Windows calls return what they fail with. */
static void won(DWORD error, const char *what)
{
	if (error)
		fprintf(stderr, "bench: error %u\n", error);
	check(!error, what);
}

static void enumerate(void *data)
{
	struct calls *calls = data;
	DWORD read, total, resume = 0;
	LPBYTE buffer;

	won(MprAdminInterfaceEnum(calls->server, 0, &buffer, (DWORD)-1, &read,
				  &total, &resume),
	    "MprAdminInterfaceEnum");
	check(read == INTERFACES, "all interfaces");
	MprAdminBufferFree(buffer);
}

static void list_bare(void *data)
{
	struct calls *calls = data;

	bare_list(calls->bare, &calls->list);
}

static void bare_event(void *data)
{
	struct calls *calls = data;
	eventfd_t counter;

	check(!eventfd_write(calls->eventfd, 1) &&
		      !eventfd_read(calls->eventfd, &counter),
	      "eventfd");
}

static void enumerate_figure(struct calls *calls)
{
	double ours, peer;

	interfaces_new(calls->ddm, "line", INTERFACES);
	ours = count(enumerate, NULL, calls, 5) / INTERFACES;
	peer = count(list_bare, NULL, calls, 5) / INTERFACES;
	report("mpr-interface-enum", "instructions an interface", ours, peer,
	       2 * peer);
}

static void up(void *data)
{
	struct calls *calls = data;

	rtnl_set(calls->rtnl, calls->ifindex, true);
}

/* A connection came: the event tells so, the list says which one it is. */
static void learn(void *data)
{
	struct calls *calls = data;
	DWORD read, total, resume = 0;
	LPBYTE buffer;

	check(WaitForSingleObject(calls->event, 0) == WAIT_OBJECT_0,
	      "the event");
	won(MprAdminConnectionEnum(calls->server, 0, &buffer, (DWORD)-1, &read,
				   &total, &resume),
	    "MprAdminConnectionEnum");
	check(read == 1, "the connection");
	MprAdminBufferFree(buffer);
}

static void enlist(void *data)
{
	struct calls *calls = data;

	won(MprAdminRegisterConnectionNotification(calls->server, calls->event),
	    "MprAdminRegisterConnectionNotification");
}

static void delist(void *data)
{
	struct calls *calls = data;

	won(MprAdminDeregisterConnectionNotification(calls->server,
						     calls->event),
	    "MprAdminDeregisterConnectionNotification");
}

static void round_trip(void *data)
{
	enlist(data);
	up(data);
	learn(data);
	delist(data);
}

/* As programs do that go on listening */
static void come_and_learn(void *data)
{
	up(data);
	learn(data);
}

static void down(void *data)
{
	struct calls *calls = data;

	rtnl_set(calls->rtnl, calls->ifindex, false);
	settle(20);
	ResetEvent(calls->event);
}

/* All of it, but for what it costs to set a device up that nobody waits for. */
static void notification_figure(struct calls *calls)
{
	double ours, kept, peer, bare;

	track(calls->ddm, "ppp*");
	calls->ifindex = rtnl_add(calls->rtnl, "ppp", 1);
	calls->event = CreateEvent(NULL, FALSE, FALSE, NULL);
	check(calls->event, "CreateEvent");
	bare = count(up, down, calls, 15);
	ours = count(round_trip, down, calls, 15) - bare;
	enlist(calls);
	kept = count(come_and_learn, down, calls, 15) - bare;
	delist(calls);
	peer = count(bare_event, NULL, calls, 15);
	report("mpr-notification", "instructions", ours, peer, 6 * peer);
	report("mpr-notification-kept", "instructions", kept, peer, 6 * peer);
}

void notification_figures(void)
{
	struct calls calls = { .ddm = manager(),
			       .rtnl = rtnl_open(),
			       .bare = bare_open(),
			       .eventfd = eventfd(0, EFD_CLOEXEC) };

	won(MprAdminServerConnect(NULL, &calls.server),
	    "MprAdminServerConnect");
	notification_figure(&calls);
	MprAdminServerDisconnect(calls.server);
}

void enumerate_figures(void)
{
	struct calls calls = { .ddm = manager(), .bare = bare_open() };

	won(MprAdminServerConnect(NULL, &calls.server),
	    "MprAdminServerConnect");
	enumerate_figure(&calls);
}
