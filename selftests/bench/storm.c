// SPDX-License-Identifier: GPL-2.0-only
/* The reconnect storm of a concentrator: 400 of 16,000 sessions each second. */
#include "bench.h"

#define SESSIONS 16000
#define RATE 400
#define LISTENERS 10

static void storm_figure(struct storm *storm, const char *figure)
{
	double ours, peer;

	storm->way = BY_EVENTFD;
	ours = follow(storm);
	storm->way = BY_RTNETLINK;
	peer = follow(storm);
	report(figure, "instructions a second", ours, peer, peer / 10);
}

void storm_figures(void)
{
	struct ddm *ddm = manager();
	struct storm storm = { .rtnl = rtnl_open(),
			       .sessions = RATE, /* those of one second */
			       .rate = RATE,
			       .followers = LISTENERS };
	int i;

	track(ddm, "ppp*");
	storm.first = rtnl_add(storm.rtnl, "ppp", SESSIONS);
	for (i = 0; i < SESSIONS; i++)
		rtnl_set(storm.rtnl, storm.first + i, true);
	settle(5000);

	storm_figure(&storm, "storm-at-once");
	storm.pause = 100;
	storm_figure(&storm, "storm-tenths");
	storm.pause = 1000;
	storm_figure(&storm, "storm-seconds");
}
