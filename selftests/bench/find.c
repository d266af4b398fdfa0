// SPDX-License-Identifier: GPL-2.0-only
/* One interface of many: to read it, by name and by id, and to connect it. */
#include <unistd.h>

#include "bench.h"

#define FEW 10
#define MANY 64000
#define LINKS 1000

struct one {
	struct ddm *ddm;
	struct ddm *dialer;
	struct rtnl *rtnl;
	const char *name;
	uint32_t id;
};

static void by_name(void *data)
{
	struct one *one = data;
	const struct ddm_interface *interface;

	done(one->ddm, ddm_interface_find(one->ddm, one->name, &interface),
	     "by name");
	one->id = interface->id;
}

static void by_id(void *data)
{
	struct one *one = data;
	const struct ddm_interface *interface;

	done(one->ddm, ddm_interface_get(one->ddm, one->id, &interface),
	     "by id");
}

static void link_by_name(void *data)
{
	struct one *one = data;

	check(rtnl_find(one->rtnl, one->name) > 0, "a link by name");
}

static void connect_it(void *data)
{
	struct one *one = data;

	done(one->ddm, ddm_interface_connect(one->ddm, one->id, NULL, NULL),
	     "to connect");
}

static int take(const struct ddm_dial *dial, void *data)
{
	(void)dial, (void)data;
	return 0;
}

static void disconnect_it(void *data)
{
	struct one *one = data;

	done(one->ddm, ddm_interface_disconnect(one->ddm, one->id),
	     "to disconnect");
	check(ddm_dialer_read(one->dialer, take, NULL) == 2, "two requests");
}

struct costs {
	double name, id, connect;
};

static struct costs costs(struct one *one)
{
	return (struct costs){
		.name = count(by_name, NULL, one, 15),
		.id = count(by_id, NULL, one, 15),
		.connect = count(connect_it, disconnect_it, one, 15),
	};
}

void find_figures(void)
{
	struct one one = { .ddm = manager(),
			   .dialer = manager(),
			   .rtnl = rtnl_open(),
			   .name = "wan7" };
	struct costs few, many;
	double peer;

	done(one.dialer, ddm_dialer_bind(one.dialer, 0), "the dialer");
	interfaces_new(one.ddm, "wan", FEW);
	few = costs(&one);
	interfaces_new(one.ddm, "line", MANY - FEW);
	one.name = "line55555";
	many = costs(&one);

	rtnl_add(one.rtnl, "ppp", LINKS);
	one.name = "ppp777";
	peer = count(link_by_name, NULL, &one, 15);

	report("find-by-name", "instructions", many.name, peer, peer / 2);
	report("find-by-id", "instructions", many.id, peer, peer / 2);
	report("connect", "instructions", many.connect, peer, peer / 2);
	/* here the peer is the same call, with ten interfaces */
	report("find-by-name-scale", "instructions", many.name, few.name,
	       1.2 * few.name);
	report("find-by-id-scale", "instructions", many.id, few.id,
	       1.2 * few.id);
	report("connect-scale", "instructions", many.connect, few.connect,
	       1.2 * few.connect);
}
