// SPDX-License-Identifier: GPL-2.0-only
/* Lists of all interfaces, read and taken apart. */
#include <unistd.h>

#include "bench.h"

#define SMALL 1000

struct lists {
	struct ddm *ddm;
	struct rtnl *rtnl;
	unsigned int interfaces;
	unsigned int connected;
	struct rtnl_list links;
};

static int take(const struct ddm_interface *interface, void *data)
{
	struct lists *lists = data;

	lists->interfaces++;
	lists->connected += interface->state == DDM_STATE_CONNECTED;
	return !interface->name[0] || !interface->id;
}

static void list_ours(void *data)
{
	struct lists *lists = data;

	lists->interfaces = 0;
	lists->connected = 0;
	done(lists->ddm, ddm_interface_list(lists->ddm, 0, take, lists, NULL),
	     "a list");
}

static void list_links(void *data)
{
	struct lists *lists = data;

	rtnl_list(lists->rtnl, &lists->links);
}

/* Sessions as a concentrator has them: ppp0 and so on, all connected */
void list_figures(void)
{
	struct lists lists = { .ddm = manager(), .rtnl = rtnl_open() };
	struct bare *bare = bare_open();
	struct bare_list bytes;
	double ours, peer;
	int first, i;

	track(lists.ddm, "ppp*");
	first = rtnl_add(lists.rtnl, "ppp", SMALL);
	for (i = 0; i < SMALL; i++)
		rtnl_set(lists.rtnl, first + i, true);
	settle(1000);

	ours = count(list_ours, NULL, &lists, 5) / SMALL;
	peer = count(list_links, NULL, &lists, 5) / SMALL;
	bare_list(bare, &bytes);
	check(lists.connected == SMALL && bytes.interfaces == SMALL &&
		      lists.links.up == SMALL,
	      "the whole list");
	report("list-1000", "instructions an interface", ours, peer, 1000);
	report("list-1000-bytes", "bytes an interface", bytes.size,
	       (double)lists.links.bytes / SMALL, 80);
}

static double cost_of_links(struct lists *lists, unsigned int links)
{
	double cost = count(list_links, NULL, lists, 3) / links;

	check(lists->links.links > links, "the whole list");
	return cost;
}

/*
 * Far more than there could be devices here: interfaces that have none. The
 * peer lists as many links as can be made in a minute; its cost a link does not
 * depend on their number.
 */
void scale_figures(void)
{
	struct lists lists = { .ddm = manager(), .rtnl = rtnl_open() };
	double small, large, larger, peer;

	interfaces_new(lists.ddm, "a", SMALL);
	small = count(list_ours, NULL, &lists, 5) / SMALL;
	interfaces_new(lists.ddm, "b", 9 * SMALL);
	large = count(list_ours, NULL, &lists, 5) / (10 * SMALL);
	interfaces_new(lists.ddm, "c", 54 * SMALL);
	larger = count(list_ours, NULL, &lists, 3) / (64 * SMALL);
	check(lists.interfaces == 64 * SMALL, "the whole list");

	rtnl_add(lists.rtnl, "d", 10 * SMALL);
	peer = cost_of_links(&lists, 10 * SMALL);
	report("list-10000", "instructions an interface", large, peer,
	       1.1 * small);
	rtnl_add(lists.rtnl, "e", 6 * SMALL);
	peer = cost_of_links(&lists, 16 * SMALL);
	report("list-64000", "instructions an interface", larger, peer,
	       1.1 * small);
}
