// SPDX-License-Identifier: GPL-2.0-only
/* Ten thousand sessions end while the reader sleeps. */
#include <stdio.h>
#include <unistd.h>

#include "bench.h"

#define SESSIONS 10000

struct burst {
	struct ddm *ddm;
	struct rtnl *rtnl;
	uint64_t last;
	unsigned int ended;
	double lost;
	struct rtnl_list list;
};

static int take(const struct ddm_event *event, void *data)
{
	struct burst *burst = data;

	burst->last = event->sequence;
	burst->ended += event->type == DDM_EVENT_TYPE_DISCONNECTED;
	burst->lost += (double)event->lost;
	return 0;
}

static void catch_up(void *data)
{
	struct burst *burst = data;

	done(burst->ddm,
	     ddm_event_list(burst->ddm, burst->last, DDM_ANY_INTERFACE,
			    DDM_EVENT_MASK_ALL, take, burst),
	     "the journal");
}

static void list_links(void *data)
{
	struct burst *burst = data;

	rtnl_list(burst->rtnl, &burst->list);
}

/* Messages that a reader got, who goes on after each time it lost some */
static int read_all(struct rtnl *reader)
{
	int got = 0, n;

	do {
		n = rtnl_read(reader);
		got += n > 0 ? n : 0;
	} while (n < 0);
	return got;
}

static void set_all(struct burst *burst, int first, bool up)
{
	int i;

	for (i = 0; i < SESSIONS; i++)
		rtnl_set(burst->rtnl, first + i, up);
}

void burst_figures(void)
{
	struct burst burst = { .ddm = manager(), .rtnl = rtnl_open() };
	const struct ddm_service *service;
	struct rtnl *sleeper, *all;
	uint64_t start, clock;
	double ours, peer;
	int first, got;

	track(burst.ddm, "ppp*");
	first = rtnl_add(burst.rtnl, "ppp", SESSIONS);
	set_all(&burst, first, true);
	settle(5000);
	done(burst.ddm, ddm_service_get(burst.ddm, &service), "service");
	burst.last = service->sequence;

	sleeper = rtnl_listen(0);
	/* to know how many messages there are */
	all = rtnl_listen(1 << 30);
	start = now();
	set_all(&burst, first, false);
	clock = now() - start;
	check(clock < 1000000000, "within a second");

	start = now();
	catch_up(&burst);
	ours = (double)(now() - start);
	check(burst.ended == SESSIONS, "all ends");
	got = read_all(sleeper);
	peer = count(list_links, NULL, &burst, 1);
	report("burst-lost", "messages", burst.lost, read_all(all) - got, 0);
	report("burst-catch-up", "instructions", ours, peer, peer / 10);
}
