// SPDX-License-Identifier: GPL-2.0-only
/*
 * What it costs in all that programs follow the sessions: they themselves, and
 * what he who sets links up spends on waking them and on messages for them.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include "bench.h"

struct follower {
	const struct storm *storm;
	struct ddm *ddm;
	int event;
	uint64_t last; /* event that was read last */
	struct rtnl *rtnl;
	unsigned int seen;
	bool over; /* the last session came up */
};

static int take(const struct ddm_event *event, void *data)
{
	struct follower *follower = data;

	follower->last = event->sequence;
	follower->seen += event->type == DDM_EVENT_TYPE_CONNECTED &&
			  event->name[0];
	return 0;
}

/* Sleep until there is something to read, and on, if it is not urgent. */
static void await(int fd, unsigned int pause)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	check(poll(&poll_fd, 1, -1) == 1, "poll");
	settle(pause);
}

static void open_ours(struct follower *follower)
{
	const struct ddm_service *service;

	follower->ddm = manager();
	follower->event = eventfd(0, EFD_CLOEXEC);
	check(follower->event >= 0, "eventfd");
	done(follower->ddm,
	     ddm_listener_register(follower->ddm, follower->event,
				   DDM_EVENT_MASK_CONNECTION,
				   DDM_ANY_INTERFACE),
	     "a listener");
	done(follower->ddm, ddm_service_get(follower->ddm, &service),
	     "service");
	follower->last = service->sequence;
}

/* Read blocks, so whoever acts at once needs no poll. */
static void follow_ours(struct follower *follower)
{
	eventfd_t counter;

	if (follower->storm->pause)
		await(follower->event, follower->storm->pause);
	check(!eventfd_read(follower->event, &counter), "a signal");
	done(follower->ddm,
	     ddm_event_list(follower->ddm, follower->last, DDM_ANY_INTERFACE,
			    DDM_EVENT_MASK_CONNECTION, take, follower),
	     "the journal");
}

static void open_peer(struct follower *follower)
{
	/* so large that nothing is lost: it has no journal */
	follower->rtnl = rtnl_listen(64 << 20);
}

static void follow_peer(struct follower *follower)
{
	int got;

	if (follower->storm->pause) {
		await(rtnl_fd(follower->rtnl), follower->storm->pause);
		got = rtnl_read(follower->rtnl);
	} else {
		got = rtnl_wait(follower->rtnl);
	}
	check(got > 0, "messages of RTNLGRP_LINK");
	follower->seen += (unsigned int)got;
}

static const struct {
	void (*open)(struct follower *follower);
	void (*follow)(struct follower *follower);
} ways[] = {
	[BY_EVENTFD] = { open_ours, follow_ours },
	[BY_RTNETLINK] = { open_peer, follow_peer },
};

/* Tells that it is ready, and when all is over what it did. */
static void be_follower(const struct storm *storm, int out)
{
	struct follower follower = { .storm = storm };
	double cost = 0;

	ways[storm->way].open(&follower);
	check(write(out, &cost, sizeof(cost)) == sizeof(cost), "a pipe");
	cost = work();
	while (follower.seen < storm->sessions)
		ways[storm->way].follow(&follower);
	cost = work() - cost;
	check(write(out, &cost, sizeof(cost)) == sizeof(cost), "a pipe");
	_exit(0);
}

static double read_cost(int in)
{
	double cost = 0;

	check(read(in, &cost, sizeof(cost)) == sizeof(cost), "a follower");
	return cost;
}

static double set_all(const struct storm *storm, bool up)
{
	double start = work();
	unsigned int i;

	for (i = 0; i < storm->sessions; i++) {
		rtnl_set(storm->rtnl, storm->first + (int)i, up);
		usleep(1000000 / storm->rate);
	}
	return work() - start;
}

/* All come up once, with @followers that look on. */
static double come_up(const struct storm *storm, unsigned int followers)
{
	double result;
	int ends[2];
	unsigned int i;

	set_all(storm, false);
	settle(1000);
	check(!pipe(ends), "a pipe");
	for (i = 0; i < followers; i++) {
		pid_t child = fork();

		check(child >= 0, "fork");
		if (!child)
			be_follower(storm, ends[1]);
		read_cost(ends[0]);
	}
	settle(100);
	result = set_all(storm, true);
	for (i = 0; i < followers; i++)
		result += read_cost(ends[0]);
	while (wait(NULL) > 0)
		;
	close(ends[0]);
	close(ends[1]);
	return result;
}

static double median_of(const struct storm *storm, unsigned int followers)
{
	double costs[3];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(costs); i++)
		costs[i] = come_up(storm, followers);
	return median(costs, ARRAY_SIZE(costs));
}

double follow(const struct storm *storm)
{
	double alone;

	come_up(storm, 0); /* a rehearsal */
	alone = median_of(storm, 0);
	return median_of(storm, storm->followers) - alone;
}
