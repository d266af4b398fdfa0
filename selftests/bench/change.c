// SPDX-License-Identifier: GPL-2.0-only
/* Woken: what has changed? */
#include <unistd.h>
#include <sys/eventfd.h>

#include "bench.h"

#define LINKS 1000
#define INTERFACES 64000

struct changes {
	struct ddm *ddm;
	struct rtnl *rtnl;
	int event;
	int first;
	unsigned int links; /* how many of them change */
	bool up;
	uint64_t last;
	unsigned int seen;
	struct rtnl_list list;
};

static int take(const struct ddm_event *event, void *data)
{
	struct changes *changes = data;

	changes->seen++;
	changes->last = event->sequence;
	return !event->name[0] || !event->connection;
}

static void learn(void *data)
{
	struct changes *changes = data;
	eventfd_t counter;

	check(!eventfd_read(changes->event, &counter), "a signal");
	changes->seen = 0;
	done(changes->ddm,
	     ddm_event_list(changes->ddm, changes->last, DDM_ANY_INTERFACE,
			    DDM_EVENT_MASK_ALL, take, changes),
	     "the journal");
	check(changes->seen == changes->links, "all that changed");
}

static void list_links(void *data)
{
	struct changes *changes = data;

	rtnl_list(changes->rtnl, &changes->list);
}

static void change(void *data)
{
	struct changes *changes = data;
	unsigned int i;

	changes->up = !changes->up;
	for (i = 0; i < changes->links; i++)
		rtnl_set(changes->rtnl, changes->first + (int)i, changes->up);
	settle(100);
}

static double cost_of(struct changes *changes, unsigned int links)
{
	const struct ddm_service *service;

	changes->links = links;
	done(changes->ddm, ddm_service_get(changes->ddm, &service), "service");
	changes->last = service->sequence;
	change(changes);
	/* an even number: as many ups as downs, the median is between them */
	return count(learn, change, changes, 6);
}

void change_figures(void)
{
	struct changes changes = { .ddm = manager(), .rtnl = rtnl_open() };
	double one, many, peer;

	changes.event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	check(changes.event >= 0, "eventfd");
	done(changes.ddm,
	     ddm_listener_register(changes.ddm, changes.event,
				   DDM_EVENT_MASK_CONNECTION,
				   DDM_ANY_INTERFACE),
	     "a listener");
	interfaces_new(changes.ddm, "line", INTERFACES - LINKS);
	track(changes.ddm, "ppp*");
	changes.first = rtnl_add(changes.rtnl, "ppp", LINKS);

	one = cost_of(&changes, 1);
	many = cost_of(&changes, LINKS) / LINKS;
	/* of the links alone; it has no way to list the rest */
	peer = count(list_links, NULL, &changes, 3);
	report("change-one", "instructions", one, peer, 9000);
	report("change-1000", "instructions a change", many, peer / LINKS, 500);
}
