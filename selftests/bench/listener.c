// SPDX-License-Identifier: GPL-2.0-only
/* What one more listener costs him who sets a link up. */
#include <unistd.h>
#include <sys/eventfd.h>

#include "bench.h"

#define LISTENERS 100

struct link {
	struct rtnl *rtnl;
	int ifindex;
	struct rtnl *readers[1 + LISTENERS];
	unsigned int reader_count;
};

static void up(void *data)
{
	struct link *link = data;

	rtnl_set(link->rtnl, link->ifindex, true);
}

static void down(void *data)
{
	struct link *link = data;
	unsigned int i;

	rtnl_set(link->rtnl, link->ifindex, false);
	settle(20);
	for (i = 0; i < link->reader_count; i++)
		rtnl_read(link->readers[i]);
}

static double cost_of_up(struct link *link)
{
	return count(up, down, link, 15);
}

static void listen_by_eventfd(struct ddm *ddm, unsigned int n)
{
	while (n--) {
		int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

		check(fd >= 0, "eventfd");
		done(ddm,
		     ddm_listener_register(ddm, fd, DDM_EVENT_MASK_CONNECTION,
					   DDM_ANY_INTERFACE),
		     "a listener");
	}
}

static void listen_by_rtnetlink(struct link *link, unsigned int n)
{
	while (n--)
		link->readers[link->reader_count++] = rtnl_listen(0);
}

void listener_figures(void)
{
	struct link link = { .rtnl = rtnl_open() };
	struct ddm *ddm = manager();
	double one, many, ours, peer;

	track(ddm, "ppp*");
	link.ifindex = rtnl_add(link.rtnl, "ppp", 1);

	/* from the first on, so that what only the first costs is left out */
	listen_by_eventfd(ddm, 1);
	one = cost_of_up(&link);
	listen_by_eventfd(ddm, LISTENERS);
	many = cost_of_up(&link);
	ours = (many - one) / LISTENERS;
	ddm_close(ddm);

	listen_by_rtnetlink(&link, 1);
	one = cost_of_up(&link);
	listen_by_rtnetlink(&link, LISTENERS);
	many = cost_of_up(&link);
	peer = (many - one) / LISTENERS;

	report("listener-added", "instructions", ours, peer, 80);
}
