// SPDX-License-Identifier: GPL-2.0-only
/*
 * Links (ports) of a PPP device: once an agent has claimed it, the device is
 * connected only while one of its links is up. The units are real, the agent
 * is this test.
 */
#include <arpa/inet.h>

#include "raw.h"
#include "world.h"

FIXTURE(link)
{
	struct world w;
	int ppp; /* owns the unit, as pppd does */
	int device;
	uint32_t id;
	char name[16];
};

FIXTURE_SETUP(link)
{
	int unit;

	ASSERT_ERR(0, world_enter(&self->w));
	self->ppp = netdev_ppp(&unit);
	if (self->ppp < 0)
		SKIP(return, "no /dev/ppp: %s", strerror(-self->ppp));
	snprintf(self->name, sizeof(self->name), "ppp%d", unit);
	self->device = (int)if_nametoindex(self->name);
	self->id = id_of(&self->w, self->name);
	ASSERT_NE(0, self->id);
}

FIXTURE_TEARDOWN(link)
{
	close(self->ppp);
	world_leave(&self->w);
}

static uint32_t link_new(struct world *w, int device, const char *port,
			 uint32_t state, int *err)
{
	const struct ddm_link *link;

	*err = ddm_link_new(w->ddm, (uint32_t)device, port, state, &link);
	return *err ? 0 : link->id;
}

static unsigned int links(struct world *w)
{
	const struct ddm_service *service;

	return ddm_service_get(w->ddm, &service) ? UINT32_MAX : service->links;
}

static uint32_t last_error(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ?
		       UINT32_MAX :
		       interface->last_error;
}

/* pppd's demand: the device is up for ever, the calls come and go. */
TEST_F(link, claimed_device_is_connected_while_a_link_is_up)
{
	struct world *w = &self->w;
	uint64_t since = head(w);
	uint32_t link;
	int err;

	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_DOWN, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_STREQ("disconnected", state_of(w, self->id));
	ASSERT_ERR(0, ddm_link_set(w->ddm, link, DDM_LINK_STATE_UP));
	EXPECT_STREQ("connected", state_of(w, self->id));
	ASSERT_ERR(0, ddm_link_set(w->ddm, link, DDM_LINK_STATE_UP));
	ASSERT_ERR(0, ddm_link_set(w->ddm, link, DDM_LINK_STATE_DOWN));
	EXPECT_STREQ("disconnected", state_of(w, self->id));
	ASSERT_ERR(0, ddm_link_set(w->ddm, link, DDM_LINK_STATE_UP));
	EXPECT_STREQ(
		"link-up, connected, link-down, disconnected link-lost 629, "
		"link-up, connected",
		story_since(w, since, self->id));
}

TEST_F(link, claiming_a_connected_device_ends_what_no_link_carries)
{
	struct world *w = &self->w;
	uint64_t since;
	int err;

	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_STREQ("connected", state_of(w, self->id));
	since = head(w);
	link_new(w, self->device, "ttyS0", DDM_LINK_STATE_DOWN, &err);
	ASSERT_ERR(0, err);
	EXPECT_STREQ("disconnected link-lost 629",
		     story_since(w, since, self->id));
}

TEST_F(link, claiming_with_a_link_that_is_up_keeps_the_connection)
{
	const struct ddm_connection *connection;
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint64_t since;
	int err;

	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	since = head(w);
	link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	EXPECT_STREQ("link-up", story_since(w, since, self->id));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, self->id, &interface));
	ASSERT_ERR(0, ddm_connection_get(w->ddm, interface->connection,
					 &connection));
	EXPECT_EQ(1, connection->links);
}

TEST_F(link, device_that_is_down_is_not_connected_whatever_its_links)
{
	struct world *w = &self->w;
	uint64_t since;
	int err;

	link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	EXPECT_STREQ("disconnected", state_of(w, self->id));
	since = head(w);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_STREQ("connected, disconnected device-down 628",
		     story_since(w, since, self->id));
}

TEST_F(link, last_of_several_links_ends_the_connection)
{
	struct world *w = &self->w;
	uint32_t a, b;
	uint64_t since;
	int err;

	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	a = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	b = link_new(w, self->device, "ttyS1", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	EXPECT_NE(a, b);
	EXPECT_EQ(2, links(w));
	since = head(w);
	ASSERT_ERR(0, ddm_link_set(w->ddm, a, DDM_LINK_STATE_DOWN));
	EXPECT_STREQ("connected", state_of(w, self->id));
	ASSERT_ERR(0, ddm_link_del(w->ddm, b));
	EXPECT_STREQ("disconnected", state_of(w, self->id));
	EXPECT_STREQ("link-down, link-down, disconnected link-lost 629",
		     story_since(w, since, self->id));
	EXPECT_EQ(1, links(w));
	ASSERT_ERR(0, ddm_link_set(w->ddm, a, DDM_LINK_STATE_UP));
	EXPECT_STREQ("connected", state_of(w, self->id));
	/* without a link it stays the agent's: it is not connected by itself */
	ASSERT_ERR(0, ddm_link_del(w->ddm, a));
	EXPECT_STREQ("disconnected", state_of(w, self->id));
	EXPECT_EQ(0, links(w));
}

TEST_F(link, error_of_the_agent_is_the_error_of_the_connection)
{
	struct world *w = &self->w;
	struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_STATE_SET | DDM_LINK_ERROR_SET,
		.state = DDM_LINK_STATE_DOWN,
		.error = 619,
	};
	uint32_t link;
	uint64_t since;
	int err;

	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	since = head(w);
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, link, &request));
	EXPECT_STREQ("link-down 619, disconnected link-lost 619",
		     story_since(w, since, self->id));
	EXPECT_EQ(619, last_error(w, self->id));
	ASSERT_ERR(0, ddm_link_set(w->ddm, link, DDM_LINK_STATE_UP));
	EXPECT_EQ(0, last_error(w, self->id));
	since = head(w);
	ASSERT_ERR(0, ddm_link_report_del(w->ddm, link, 676));
	EXPECT_STREQ("link-down 676, disconnected link-lost 676",
		     story_since(w, since, self->id));
	/* what was said once counts once */
	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	since = head(w);
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_STREQ("disconnected device-down 628",
		     story_since(w, since, self->id));
}

TEST_F(link, what_cannot_have_a_link_is_refused)
{
	struct world *w = &self->w;
	int dummy = netdev_add(w->rtnl, "eth7", "dummy"), err;
	char port[DDM_PORT_MAX + 2];

	link_new(w, dummy, "ttyS0", DDM_LINK_STATE_UP, &err);
	EXPECT_ERR(-ENODEV, err); /* nobody's interface */
	ASSERT_NE(0, make_named(w, "eth7"));
	link_new(w, dummy, "ttyS0", DDM_LINK_STATE_UP, &err);
	EXPECT_ERR(-EOPNOTSUPP, err);
	link_new(w, 4711, "ttyS0", DDM_LINK_STATE_UP, &err);
	EXPECT_ERR(-ENODEV, err);
	link_new(w, self->device, "", DDM_LINK_STATE_UP, &err);
	EXPECT_ERR(-EINVAL, err);
	memset(port, 'p', sizeof(port));
	port[DDM_PORT_MAX + 1] = '\0';
	link_new(w, self->device, port, DDM_LINK_STATE_UP, &err);
	EXPECT_ERR(-EINVAL, err);
	port[DDM_PORT_MAX] = '\0';
	link_new(w, self->device, port, DDM_LINK_STATE_UP, &err);
	EXPECT_ERR(0, err);
	link_new(w, self->device, port, DDM_LINK_STATE_DOWN, &err);
	EXPECT_ERR(-EEXIST, err);
	EXPECT_EQ(1, links(w));
}

TEST_F(link, device_may_have_256)
{
	struct world *w = &self->w;
	uint32_t ids[256];
	unsigned int i;
	char port[8];
	int err;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		snprintf(port, sizeof(port), "p%u", i);
		ids[i] = link_new(w, self->device, port, DDM_LINK_STATE_DOWN,
				  &err);
		ASSERT_ERR(0, err);
	}
	link_new(w, self->device, "one more", DDM_LINK_STATE_DOWN, &err);
	EXPECT_ERR(-ENOSPC, err);
	EXPECT_HAS("256 links", ddm_error(w->ddm));
	EXPECT_EQ(ARRAY_SIZE(ids), links(w));
	ASSERT_ERR(0, ddm_link_del(w->ddm, ids[7]));
	link_new(w, self->device, "one more", DDM_LINK_STATE_DOWN, &err);
	EXPECT_ERR(0, err);
}

TEST_F(link, unknown_link_is_refused)
{
	const struct ddm_link *link;
	struct world *w = &self->w;

	EXPECT_ERR(-ENXIO, ddm_link_get(w->ddm, 1, &link));
	EXPECT_ERR(-ENXIO, ddm_link_set(w->ddm, 1, DDM_LINK_STATE_UP));
	EXPECT_ERR(-ENXIO, ddm_link_del(w->ddm, 1));
	EXPECT_ERR(-ENXIO, ddm_link_get(w->ddm, UINT32_MAX, &link));
}

static int list_one(const struct ddm_link *link, void *data)
{
	char *text = data;

	sprintf(text + strlen(text), "%s %s %s, ", link->port,
		ddm_link_state_name(link->state), link->user);
	return 0;
}

TEST_F(link, links_can_be_read_one_by_one_and_all)
{
	struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_STATE_SET | DDM_LINK_USER_SET |
		       DDM_LINK_PEER_SET | DDM_LINK_MEDIA_SET |
		       DDM_LINK_INCOMING_SET | DDM_LINK_SPEED_SET |
		       DDM_LINK_LOCAL4_SET | DDM_LINK_REMOTE6_SET,
		.state = DDM_LINK_STATE_UP,
		.user = "erika",
		.peer = "lns.example",
		.media = "PPPoE",
		.incoming = 1,
		.speed = 100000000,
		.local4 = htonl(0xc0000201),
		.remote6 = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 },
	};
	struct ddm_link_request change = {
		.size = sizeof(change),
		.set = DDM_LINK_USER_SET | DDM_LINK_SPEED_SET,
		.user = "max",
		.speed = 64000,
	};
	const struct ddm_link *link;
	struct world *w = &self->w;
	char text[512] = "";
	uint64_t since;
	uint32_t id;
	int err;

	ASSERT_ERR(0, ddm_link_report_new(w->ddm, (uint32_t)self->device,
					  "eth0:17", &request, &link));
	id = link->id;
	EXPECT_EQ(self->id, link->interface);
	EXPECT_EQ((uint32_t)self->device, link->ifindex);
	ASSERT_ERR(0, ddm_link_get(w->ddm, id, &link));
	EXPECT_STREQ("eth0:17", link->port);
	EXPECT_STREQ("erika", link->user);
	EXPECT_STREQ("lns.example", link->peer);
	EXPECT_STREQ("PPPoE", link->media);
	EXPECT_EQ(1, link->incoming);
	EXPECT_EQ(100000000, link->speed);
	EXPECT_EQ(htonl(0xc0000201), link->local4);
	EXPECT_EQ(0, link->remote4);
	EXPECT_EQ(0, memcmp(link->remote6, request.remote6,
			    sizeof(link->remote6)));
	EXPECT_EQ(DDM_LINK_STATE_UP, link->state);
	EXPECT_NE(0, link->changed);

	/* what is known may change without an event: the state did not */
	since = head(w);
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, id, &change));
	EXPECT_STREQ("", story_since(w, since, 0));
	ASSERT_ERR(0, ddm_link_get(w->ddm, id, &link));
	EXPECT_STREQ("max", link->user);
	EXPECT_EQ(64000, link->speed);
	EXPECT_STREQ("lns.example", link->peer);

	link_new(w, self->device, "eth0:18", DDM_LINK_STATE_DOWN, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, ddm_link_list(w->ddm, list_one, text));
	EXPECT_STREQ("eth0:17 up max, eth0:18 down , ", text);
}

TEST_F(link, links_end_with_their_device)
{
	struct world *w = &self->w;
	uint64_t since;
	int err;

	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	link_new(w, self->device, "ttyS1", DDM_LINK_STATE_DOWN, &err);
	ASSERT_ERR(0, err);
	since = head(w);
	close(self->ppp);
	EXPECT_EQ(0, links(w));
	EXPECT_STREQ("disconnected device-gone 608, link-down, interface-del",
		     story_since(w, since, self->id));
}

TEST_F(link, links_outlive_their_agent)
{
	struct world *w = &self->w;
	struct ddm *agent;

	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	ASSERT_ERR(0, ddm_open(&agent));
	ASSERT_ERR(0, ddm_link_new(agent, (uint32_t)self->device, "ttyS0",
				   DDM_LINK_STATE_UP, NULL));
	ddm_close(agent);
	EXPECT_EQ(1, links(w));
	EXPECT_STREQ("connected", state_of(w, self->id));
}

TEST_F(link, ids_are_not_used_again)
{
	struct world *w = &self->w;
	uint32_t id, last = 0;
	int i, err;

	for (i = 0; i < 20; i++) {
		id = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_DOWN,
			      &err);
		ASSERT_ERR(0, err);
		ASSERT_LT(last, id);
		last = id;
		ASSERT_ERR(0, ddm_link_del(w->ddm, id));
	}
}

TEST_F(link, created_interface_has_links_too)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET,
		.name = "Zentrale",
		.device = self->name,
	};
	struct world *w = &self->w;
	uint32_t link;
	int err;

	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	/* made lasting while it is connected, it keeps all it has */
	EXPECT_EQ(self->id, make(w, &request, &err));
	EXPECT_EQ(1, links(w));
	EXPECT_STREQ("connected", state_named(w, "Zentrale"));
	ASSERT_ERR(0, ddm_link_set(w->ddm, link, DDM_LINK_STATE_DOWN));
	EXPECT_STREQ("disconnected", state_named(w, "Zentrale"));
}

static int take_one(const struct ddm_dial *dial, void *data)
{
	*(struct ddm_dial *)data = *dial;
	return 0;
}

/* Who looks after the device can end the call, though nobody can dial it. */
TEST_F(link, claimed_dynamic_device_is_hung_up_by_the_dialer)
{
	struct ddm_dial dial = { 0 };
	struct world *w = &self->w;
	struct ddm *dialer;
	uint32_t link;
	int err;

	ASSERT_ERR(0, ddm_open(&dialer));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_ERR(-ENODEV, ddm_interface_disconnect(w->ddm, self->id));
	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	EXPECT_ERR(-ENOLINK, ddm_interface_disconnect(w->ddm, self->id));
	ASSERT_ERR(0, ddm_dialer_bind(dialer, 0));
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, self->id));
	ASSERT_TRUE(readable(ddm_dialer_fd(dialer), PATIENCE));
	ASSERT_EQ(1, ddm_dialer_read(dialer, take_one, &dial));
	EXPECT_EQ(1, dial.hangup);
	EXPECT_EQ(self->id, dial.interface);
	EXPECT_EQ((uint32_t)self->device, dial.ifindex);
	ASSERT_ERR(0, ddm_link_del(w->ddm, link));
	EXPECT_HAS("disconnected requested 929", story_since(w, 0, self->id));
	ddm_close(dialer);
}

/* -------------------------------------------------- hang-up of one link -- */

/* A request as the dialer got it, with its texts */
struct order {
	struct ddm_dial dial;
	char name[32];
	char device[16];
};

static int take_order(const struct ddm_dial *dial, void *data)
{
	struct order *order = data;

	order->dial = *dial;
	snprintf(order->name, sizeof(order->name), "%s", dial->name);
	snprintf(order->device, sizeof(order->device), "%s", dial->device);
	return 0;
}

/* Wait for requests. Returns how many came; the last is kept. */
static int take(struct ddm *dialer, struct order *order)
{
	memset(order, 0, sizeof(*order));
	if (!readable(ddm_dialer_fd(dialer), PATIENCE))
		return 0;
	return ddm_dialer_read(dialer, take_order, order);
}

static struct ddm *bind_dialer(void)
{
	struct ddm *dialer;

	if (ddm_open(&dialer) || ddm_dialer_bind(dialer, 0))
		return NULL;
	return dialer;
}

TEST_F(link, hang_up_of_one_link_leaves_the_others)
{
	struct ddm_link_request down = {
		.size = sizeof(down),
		.set = DDM_LINK_STATE_SET | DDM_LINK_ERROR_SET,
		.state = DDM_LINK_STATE_DOWN,
		.error = 619,
	};
	struct ddm *dialer = bind_dialer();
	struct world *w = &self->w;
	struct order order;
	uint64_t since;
	uint32_t a, b;
	int err;

	ASSERT_NE(NULL, dialer);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	a = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	b = link_new(w, self->device, "ttyS1", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	since = head(w);
	ASSERT_ERR(0, ddm_link_hangup(w->ddm, a));
	ASSERT_EQ(1, take(dialer, &order));
	EXPECT_EQ(1, order.dial.hangup);
	EXPECT_EQ(0, order.dial.request);
	EXPECT_EQ(self->id, order.dial.interface);
	EXPECT_EQ((uint32_t)self->device, order.dial.ifindex);
	EXPECT_EQ(a, order.dial.link);
	EXPECT_STREQ(self->name, order.name);
	EXPECT_STREQ(self->name, order.device);
	/* the dialer knows, nothing has happened yet */
	EXPECT_STREQ("", story_since(w, since, self->id));
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, a, &down));
	EXPECT_STREQ("link-down requested 929",
		     story_since(w, since, self->id));
	EXPECT_STREQ("connected", state_of(w, self->id));
	/* of the other one nobody has asked for the end */
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, b, &down));
	EXPECT_STREQ("link-down requested 929, link-down 619, "
		     "disconnected link-lost 619",
		     story_since(w, since, self->id));
	/* the hang-up of the whole names no link */
	ASSERT_ERR(0, ddm_link_set(w->ddm, b, DDM_LINK_STATE_UP));
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, self->id));
	ASSERT_EQ(1, take(dialer, &order));
	EXPECT_EQ(0, order.dial.link);
	ddm_close(dialer);
}

TEST_F(link, hang_up_of_the_last_link_is_that_of_the_connection)
{
	struct ddm *dialer = bind_dialer();
	struct world *w = &self->w;
	struct order order;
	uint64_t since;
	uint32_t a, b;
	int err;

	ASSERT_NE(NULL, dialer);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	a = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	since = head(w);
	ASSERT_ERR(0, ddm_link_hangup(w->ddm, a));
	ASSERT_EQ(1, take(dialer, &order));
	ASSERT_ERR(0, ddm_link_del(w->ddm, a));
	EXPECT_STREQ("link-down requested 929, disconnected requested 929",
		     story_since(w, since, self->id));
	EXPECT_EQ(929, last_error(w, self->id));

	/* one after the other; the device goes before the agent has said so */
	a = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	b = link_new(w, self->device, "ttyS1", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, ddm_link_hangup(w->ddm, a));
	ASSERT_ERR(0, ddm_link_hangup(w->ddm, b));
	since = head(w);
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_STREQ("disconnected requested 929",
		     story_since(w, since, self->id));
	/* what was asked for was the end of that connection */
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	since = head(w);
	ASSERT_ERR(0, ddm_link_del(w->ddm, a));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_STREQ("link-down, disconnected device-down 628",
		     story_since(w, since, self->id));
	ddm_close(dialer);
}

TEST_F(link, hang_up_of_one_link_does_not_explain_the_loss_of_all)
{
	struct ddm *dialer = bind_dialer();
	struct world *w = &self->w;
	uint64_t since;
	uint32_t a;
	int err;

	ASSERT_NE(NULL, dialer);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	a = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	link_new(w, self->device, "ttyS1", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, ddm_link_hangup(w->ddm, a));
	since = head(w);
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_STREQ("disconnected device-down 628",
		     story_since(w, since, self->id));
	ddm_close(dialer);
}

/* pppd that waits for its peer can be told to give up, too. */
TEST_F(link, hang_up_of_a_link_that_is_not_up_is_told_but_not_remembered)
{
	struct ddm *dialer = bind_dialer();
	struct world *w = &self->w;
	struct order order;
	uint64_t since;
	uint32_t a;
	int err;

	ASSERT_NE(NULL, dialer);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	a = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_DOWN, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, ddm_link_hangup(w->ddm, a));
	ASSERT_EQ(1, take(dialer, &order));
	EXPECT_EQ(a, order.dial.link);
	ASSERT_ERR(0, ddm_link_set(w->ddm, a, DDM_LINK_STATE_UP));
	since = head(w);
	ASSERT_ERR(0, ddm_link_set(w->ddm, a, DDM_LINK_STATE_DOWN));
	EXPECT_STREQ("link-down, disconnected link-lost 629",
		     story_since(w, since, self->id));
	ddm_close(dialer);
}

TEST_F(link, hang_up_of_a_link_gives_an_attempt_up)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET | DDM_INTERFACE_METHOD_SET,
		.name = "Zentrale",
		.device = self->name,
		.method = DDM_METHOD_AGENT,
	};
	struct ddm_connect_request connect = {
		.size = sizeof(connect),
		.event_fd = event_fd(),
	};
	struct ddm *dialer = bind_dialer();
	struct world *w = &self->w;
	struct order order;
	uint32_t id, link;
	uint64_t since;
	int err;

	ASSERT_NE(NULL, dialer);
	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_DOWN, &err);
	ASSERT_ERR(0, err);
	id = make(w, &request, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, id, &connect, NULL));
	ASSERT_EQ(1, take(dialer, &order));
	since = head(w);
	ASSERT_ERR(0, ddm_link_hangup(w->ddm, link));
	EXPECT_EQ(1, counted(connect.event_fd));
	EXPECT_STREQ("connect-failed requested 929", story_since(w, since, id));
	err = (int)order.dial.request;
	ASSERT_EQ(1, take(dialer, &order));
	EXPECT_EQ(1, order.dial.hangup);
	EXPECT_EQ((uint32_t)err, order.dial.request);
	EXPECT_EQ(0, order.dial.link);
	ddm_close(dialer);
}

TEST_F(link, hang_up_that_cannot_begin_says_why)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET | DDM_INTERFACE_METHOD_SET,
		.name = "Zentrale",
		.device = self->name,
		.method = DDM_METHOD_LINK,
	};
	struct raw *raw = raw_open(0);
	struct world *w = &self->w;
	struct nlmsghdr *nlh;
	struct ddm *dialer;
	uint32_t link, at;
	uint64_t since;
	int err;

	ASSERT_NE(NULL, raw);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_UP, &err);
	ASSERT_ERR(0, err);
	since = head(w);
	EXPECT_ERR(-ENXIO, ddm_link_hangup(w->ddm, link + 1));
	EXPECT_HAS("there is no such link", ddm_error(w->ddm));
	EXPECT_ERR(-ENXIO, ddm_link_hangup(w->ddm, 0));
	EXPECT_ERR(-ENOLINK, ddm_link_hangup(w->ddm, link));
	EXPECT_HAS("no dialer is bound", ddm_error(w->ddm));
	EXPECT_STREQ("", story_since(w, since, 0));
	dialer = bind_dialer();
	ASSERT_NE(NULL, dialer);
	make(w, &request, &err);
	ASSERT_ERR(0, err);
	EXPECT_ERR(-EOPNOTSUPP, ddm_link_hangup(w->ddm, link));
	EXPECT_HAS("not dialled by a dialer", ddm_error(w->ddm));
	nlh = raw_begin(raw, DDM_CMD_LINK_HANGUP);
	at = nlh->nlmsg_len;
	mnl_attr_put_u32(nlh, DDM_A_LINK_ID, link);
	EXPECT_ERR(-EOPNOTSUPP, raw_do(raw, nlh));
	EXPECT_EQ(at, raw->offset);
	raw_close(raw);
	EXPECT_FALSE(readable(ddm_dialer_fd(dialer), 0));
	ddm_close(dialer);
}

/* ------------------------------------------------------- more than one -- */

#define MANY_LINKS 250 /* of each of two, so that a list has several parts */

struct count {
	uint32_t interface;
	unsigned int own;
	unsigned int others;
	uint32_t last;
};

static int count_one(const struct ddm_link *link, void *data)
{
	struct count *count = data;

	if (link->interface != count->interface || link->id <= count->last)
		count->others++;
	else
		count->own++;
	count->last = link->id;
	return 0;
}

TEST_F(link, links_of_one_interface_can_be_read)
{
	struct count count = { .interface = self->id };
	struct world *w = &self->w;
	char name[16], port[16];
	int other, unit, i, err;
	uint32_t id;

	other = netdev_ppp(&unit);
	ASSERT_LE(0, other);
	snprintf(name, sizeof(name), "ppp%d", unit);
	id = id_of(w, name);
	EXPECT_ERR(0, ddm_link_list_of(w->ddm, id, count_one, &count));
	EXPECT_EQ(0, count.own + count.others);
	for (i = 0; i < MANY_LINKS; i++) {
		snprintf(port, sizeof(port), "line%d", i);
		link_new(w, self->device, port, DDM_LINK_STATE_DOWN, &err);
		ASSERT_ERR(0, err);
		link_new(w, (int)if_nametoindex(name), port,
			 DDM_LINK_STATE_DOWN, &err);
		ASSERT_ERR(0, err);
	}
	EXPECT_ERR(0, ddm_link_list_of(w->ddm, self->id, count_one, &count));
	EXPECT_EQ(MANY_LINKS, count.own);
	EXPECT_EQ(0, count.others);
	count = (struct count){ .interface = id };
	EXPECT_ERR(0, ddm_link_list_of(w->ddm, DDM_ANY_INTERFACE, count_one,
				       &count));
	EXPECT_EQ(MANY_LINKS, count.own);
	EXPECT_EQ(MANY_LINKS, count.others);
	EXPECT_ERR(-ESTALE, ddm_link_list_of(w->ddm, 4711, count_one, &count));
	close(other);
	EXPECT_ERR(-ESTALE, ddm_link_list_of(w->ddm, id, count_one, &count));
}

static const char *type_of(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;
	int err = ddm_interface_get(w->ddm, id, &interface);

	return err ? err_text(err) : ddm_interface_type_name(interface->type);
}

static int set_type(struct world *w, uint32_t id, uint32_t type)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_TYPE_SET,
		.type = type,
	};

	return ddm_interface_set(w->ddm, id, &request);
}

TEST_F(link, interface_of_a_call_that_was_taken_is_a_clients)
{
	struct ddm_link_request taken = {
		.size = sizeof(taken),
		.set = DDM_LINK_INCOMING_SET,
		.incoming = 1,
	};
	struct ddm_link_request made = {
		.size = sizeof(made),
		.set = DDM_LINK_INCOMING_SET,
	};
	struct ddm_interface_request lasting = {
		.set = DDM_INTERFACE_DEVICE_SET,
		.name = "Zentrale",
		.device = self->name,
	};
	const struct ddm_link *link;
	struct world *w = &self->w;
	uint64_t since = head(w);
	uint32_t id;
	int err;

	EXPECT_STREQ("full-router", type_of(w, self->id));
	ASSERT_ERR(0, ddm_link_report_new(w->ddm, (uint32_t)self->device,
					  "ttyS0", &taken, &link));
	id = link->id;
	EXPECT_STREQ("client", type_of(w, self->id));
	EXPECT_STREQ("interface-change", story_since(w, since, 0));
	/* the next link of the bundle changes nothing */
	ASSERT_ERR(0, ddm_link_report_new(w->ddm, (uint32_t)self->device,
					  "ttyS1", &taken, NULL));
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, id, &taken));
	EXPECT_STREQ("interface-change", story_since(w, since, 0));
	/* it is not taken any more when none is */
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, id, &made));
	EXPECT_STREQ("client", type_of(w, self->id));
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, id + 1, &made));
	EXPECT_STREQ("full-router", type_of(w, self->id));
	/* what an operator says goes first */
	ASSERT_ERR(0, set_type(w, self->id, DDM_INTERFACE_TYPE_DIALOUT));
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, id, &taken));
	EXPECT_STREQ("dialout", type_of(w, self->id));
	ASSERT_ERR(0, set_type(w, self->id, DDM_INTERFACE_TYPE_CLIENT));
	/* a router that calls in, of which there is a lasting interface */
	EXPECT_EQ(self->id, make(w, &lasting, &err));
	EXPECT_STREQ("full-router", type_of(w, self->id));
	ASSERT_ERR(0, ddm_link_report_set(w->ddm, id, &taken));
	EXPECT_STREQ("full-router", type_of(w, self->id));
}

/* With a demand device, a connect is an order to the dialer that takes effect by a link. */
TEST_F(link, attempt_succeeds_when_a_link_comes_up)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET | DDM_INTERFACE_METHOD_SET,
		.name = "Zentrale",
		.device = self->name,
		.method = DDM_METHOD_AGENT,
	};
	struct ddm_connect_request connect = {
		.size = sizeof(connect),
		.event_fd = event_fd(),
	};
	struct world *w = &self->w;
	struct ddm *dialer;
	uint32_t id, link;
	int err;

	ASSERT_ERR(0, ddm_open(&dialer));
	ASSERT_ERR(0, ddm_dialer_bind(dialer, 0));
	link = link_new(w, self->device, "ttyS0", DDM_LINK_STATE_DOWN, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	id = make(w, &request, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, id, &connect, NULL));
	EXPECT_STREQ("connecting", state_of(w, id));
	EXPECT_EQ(0, counted(connect.event_fd));
	ASSERT_ERR(0, ddm_link_set(w->ddm, link, DDM_LINK_STATE_UP));
	EXPECT_STREQ("connected", state_of(w, id));
	EXPECT_EQ(1, counted(connect.event_fd));
	ddm_close(dialer);
}

WORLD_MAIN
