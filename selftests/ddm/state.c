// SPDX-License-Identifier: GPL-2.0-only
/*
 * When an interface is connected, by kind of device, and what is told when
 * that changes: once for each change, with the reason and the counters.
 */
#include <arpa/inet.h>
#include <net/if_arp.h>
#include <sys/wait.h>

#include "world.h"

#ifndef ARPHRD_RAWIP
#define ARPHRD_RAWIP 519
#endif

WORLD_FIXTURE(state);

/* So that the counters count what the test sends, and nothing else */
static void no_ipv6(void)
{
	int fd = open("/proc/sys/net/ipv6/conf/default/disable_ipv6",
		      O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, "1", 1) != 1)
		perror("disable_ipv6");
	close(fd);
}

static uint32_t type_of(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ? UINT32_MAX :
							   interface->type;
}

static uint32_t method_of(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ? UINT32_MAX :
							   interface->method;
}

/* ------------------------------------------------------ kinds of device -- */

FIXTURE(kind)
{
	struct world w;
};

/**
 * struct variant - a kind that rtnetlink makes
 * @kind: its name
 * @attribute: one that it needs, 0 if none
 * @data: its value
 * @length: of @data
 * @tracked: by the default rules
 */
FIXTURE_VARIANT(kind)
{
	const char *kind;
	uint16_t attribute;
	unsigned char data[16];
	size_t length;
	bool tracked;
};

#define V4 { 192, 0, 2, 1 }, .length = 4
#define V6 \
	{ 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, .length = 16
#define KIND(name, ...)                    \
	FIXTURE_VARIANT_ADD(kind, name)    \
	{                                  \
		.kind = #name, __VA_ARGS__ \
	}

KIND(dummy, .tracked = false);
KIND(gretap, .tracked = false, .attribute = 7, .data = V4);
KIND(wireguard, .tracked = true);
KIND(ipip, .tracked = true, .attribute = 3, .data = V4);
KIND(sit, .tracked = true, .attribute = 3, .data = V4);
KIND(gre, .tracked = true, .attribute = 7, .data = V4);
KIND(vti, .tracked = true, .attribute = 5, .data = V4);
KIND(ip6tnl, .tracked = true, .attribute = 3, .data = V6);
KIND(ip6gre, .tracked = true, .attribute = 7, .data = V6);
KIND(vti6, .tracked = true, .attribute = 5, .data = V6);
KIND(xfrm, .tracked = true, .attribute = 2, .data = { 7 }, .length = 4);

FIXTURE_SETUP(kind)
{
	ASSERT_ERR(0, world_enter(&self->w));
}

FIXTURE_TEARDOWN(kind)
{
	world_leave(&self->w);
}

/* Names and states of all, except the dummy that a test may have */
static int list_one(const struct ddm_interface *interface, void *data)
{
	strcat(data, interface->name);
	strcat(data, " ");
	return 0;
}

TEST_F(kind, is_tracked_and_connected_as_it_should)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	char names[1024] = "";
	uint64_t since;
	uint32_t id;
	int device;

	device = netdev_add_with(w->rtnl, "wan", variant->kind,
				 variant->attribute,
				 variant->attribute ? variant->data : NULL,
				 variant->length);
	if (device == -EOPNOTSUPP)
		SKIP(return, "this kernel has no %s", variant->kind);
	ASSERT_LT(0, device)
	{
		TH_LOG("%s: %s", variant->kind, strerror(-device));
	}
	id = id_of(w, "wan");
	EXPECT_EQ(variant->tracked, id != 0);
	/* the fallback device that came with the first one is no interface */
	ASSERT_ERR(0, ddm_interface_list(w->ddm, 0, list_one, names, NULL));
	EXPECT_STREQ(variant->tracked ? "wan " : "", names);
	if (!id)
		id = make_named(w, "wan");

	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ(variant->kind, interface->kind);
	EXPECT_EQ(variant->tracked, interface->dynamic);
	EXPECT_EQ(DDM_METHOD_LINK, interface->method);
	EXPECT_EQ(DDM_INTERFACE_TYPE_FULL_ROUTER, interface->type);
	EXPECT_STREQ("disconnected", state_text(interface));

	since = head(w);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", state_of(w, id));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_STREQ("disconnected", state_of(w, id));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected, disconnected device-down 628, connected",
		     story_since(w, since, 0));

	since = head(w);
	ASSERT_ERR(0, netdev_del(w->rtnl, device));
	EXPECT_STREQ(variant->tracked ?
			     "disconnected device-gone 608, interface-del" :
			     "disconnected device-gone 608, interface-change",
		     story_since(w, since, 0));
}

TEST_F(state, ppp_unit_is_tracked_and_connected_while_it_is_up)
{
	struct world *w = &self->w;
	uint64_t since;
	char name[16];
	uint32_t id;
	int fd, unit;

	fd = netdev_ppp(&unit);
	if (fd < 0)
		SKIP(return, "no /dev/ppp: %s", strerror(-fd));
	snprintf(name, sizeof(name), "ppp%d", unit);
	id = id_of(w, name);
	ASSERT_NE(0, id);
	EXPECT_EQ(DDM_METHOD_NONE, method_of(w, id));
	EXPECT_EQ(DDM_INTERFACE_TYPE_FULL_ROUTER, type_of(w, id));
	EXPECT_STREQ("disconnected", state_of(w, id));
	since = head(w);
	ASSERT_ERR(0, netdev_up(w->rtnl, (int)if_nametoindex(name)));
	EXPECT_STREQ("connected", state_of(w, id));
	/* as when pppd is killed */
	close(fd);
	EXPECT_STREQ("connected, disconnected device-gone 608, interface-del",
		     story_since(w, since, 0));
}

TEST_F(state, tun_is_connected_while_somebody_is_attached)
{
	struct world *w = &self->w;
	int fd = netdev_tun("tun7", true), device = (int)if_nametoindex("tun7");
	uint32_t id;

	ASSERT_LE(0, fd);
	EXPECT_EQ(0, id_of(w, "tun7"));
	id = make_named(w, "tun7");
	EXPECT_STREQ("disconnected", state_of(w, id));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", wait_state(w, id, "connected"));
	ASSERT_ERR(0, netdev_tun_carrier(fd, false));
	EXPECT_STREQ("unreachable no-media-sense",
		     wait_state(w, id, "unreachable no-media-sense"));
	ASSERT_ERR(0, netdev_tun_carrier(fd, true));
	EXPECT_STREQ("connected", wait_state(w, id, "connected"));
	close(fd);
	EXPECT_STREQ("unreachable no-media-sense",
		     wait_state(w, id, "unreachable no-media-sense"));
	EXPECT_HAS("disconnected no-carrier 679", story_since(w, 0, id));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_STREQ("disconnected", state_of(w, id));
}

TEST_F(state, ethernet_needs_carrier)
{
	struct world *w = &self->w;
	int a = netdev_add_veth(w->rtnl, "a", "b"),
	    b = (int)if_nametoindex("b");
	uint64_t since;
	uint32_t id;

	ASSERT_LT(0, a);
	EXPECT_EQ(0, id_of(w, "a"));
	id = make_named(w, "a");
	ASSERT_ERR(0, netdev_up(w->rtnl, a));
	EXPECT_STREQ("unreachable no-media-sense", state_of(w, id));
	since = head(w);
	ASSERT_ERR(0, netdev_up(w->rtnl, b));
	EXPECT_STREQ("connected", wait_state(w, id, "connected"));
	EXPECT_STREQ("connected", story_since(w, since, 0));
	since = head(w);
	ASSERT_ERR(0, netdev_down(w->rtnl, b));
	EXPECT_STREQ("unreachable no-media-sense",
		     wait_state(w, id, "unreachable no-media-sense"));
	EXPECT_STREQ("disconnected no-carrier 679", story_since(w, since, 0));
	/* a device that is down says nothing about its carrier */
	ASSERT_ERR(0, netdev_down(w->rtnl, a));
	EXPECT_STREQ("disconnected", state_of(w, id));
}

/* A device on top of another is dormant while that one is. */
TEST_F(state, dormant_device_is_not_connected)
{
	struct world *w = &self->w;
	int below = netdev_add(w->rtnl, "eth7", "dummy"), device;
	uint32_t id;

	ASSERT_ERR(0, netdev_dormant(w->rtnl, below, false));
	ASSERT_ERR(0, netdev_up(w->rtnl, below));
	ASSERT_ERR(0, netdev_dormant(w->rtnl, below, true));
	device = netdev_add_on(w->rtnl, "mv7", "macvlan", below);
	if (device < 0)
		SKIP(return, "no macvlan: %s", strerror(-device));
	id = make_named(w, "mv7");
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("disconnected", wait_state(w, id, "disconnected"));
	ASSERT_ERR(0, netdev_dormant(w->rtnl, below, false));
	EXPECT_STREQ("connected", wait_state(w, id, "connected"));
	ASSERT_ERR(0, netdev_dormant(w->rtnl, below, true));
	EXPECT_STREQ("disconnected", wait_state(w, id, "disconnected"));
}

/* HDLC and modems show themselves by type; a tun device can take any. */
FIXTURE(arp_type)
{
	struct world w;
};

FIXTURE_VARIANT(arp_type)
{
	int type;
	uint32_t interface_type;
};

#define ARP_TYPE(name, its_type)                                 \
	FIXTURE_VARIANT_ADD(arp_type, name)                      \
	{                                                        \
		.type = ARPHRD_##name,                           \
		.interface_type = DDM_INTERFACE_TYPE_##its_type, \
	}

ARP_TYPE(PPP, DEDICATED); /* over HDLC: a leased line, not a PPP unit */
ARP_TYPE(CISCO, DEDICATED);
ARP_TYPE(RAWHDLC, DEDICATED);
ARP_TYPE(X25, DEDICATED);
ARP_TYPE(DLCI, DEDICATED);
ARP_TYPE(RAWIP, FULL_ROUTER);

FIXTURE_SETUP(arp_type)
{
	ASSERT_ERR(0, world_enter(&self->w));
}

FIXTURE_TEARDOWN(arp_type)
{
	world_leave(&self->w);
}

TEST_F(arp_type, makes_a_wan_device_when_it_is_set)
{
	struct world *w = &self->w;
	int fd = netdev_tun("hdlc7", false),
	    device = (int)if_nametoindex("hdlc7");
	uint64_t since;
	uint32_t id;

	ASSERT_LE(0, fd);
	EXPECT_EQ(0, id_of(w, "hdlc7"));
	ASSERT_ERR(0, netdev_tun_type(fd, variant->type));
	id = id_of(w, "hdlc7");
	ASSERT_NE(0, id);
	EXPECT_EQ(variant->interface_type, type_of(w, id));
	EXPECT_EQ(DDM_METHOD_LINK, method_of(w, id));
	since = head(w);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", wait_state(w, id, "connected"));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	ASSERT_ERR(0, netdev_tun_type(fd, ARPHRD_NONE));
	EXPECT_STREQ("connected, disconnected device-down 628, interface-del",
		     story_since(w, since, 0));
	close(fd);
}

/* One that a rule tracks whatever its type is goes on, as what it is now. */
TEST_F(state, change_of_the_type_is_told)
{
	struct ddm_rule rule = {
		.size = sizeof(rule),
		.action = DDM_RULE_ACTION_TRACK,
		.type = -1,
		.device = "line7",
	};
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_TYPE_SET,
		.type = DDM_INTERFACE_TYPE_HOME_ROUTER,
	};
	struct world *w = &self->w;
	uint64_t since;
	uint32_t id;
	int fd;

	ASSERT_ERR(0, ddm_rule_new(w->ddm, &rule, NULL));
	fd = netdev_tun("line7", false);
	ASSERT_LE(0, fd);
	id = id_of(w, "line7");
	EXPECT_EQ(DDM_INTERFACE_TYPE_FULL_ROUTER, type_of(w, id));
	since = head(w);
	ASSERT_ERR(0, netdev_tun_type(fd, ARPHRD_RAWHDLC));
	EXPECT_EQ(DDM_INTERFACE_TYPE_DEDICATED, type_of(w, id));
	EXPECT_STREQ("interface-change", story_since(w, since, 0));
	/* to one that means the same */
	since = head(w);
	ASSERT_ERR(0, netdev_tun_type(fd, ARPHRD_X25));
	EXPECT_STREQ("", story_since(w, since, 0));

	/* what somebody has set stays */
	ASSERT_ERR(0, ddm_interface_set(w->ddm, id, &request));
	since = head(w);
	ASSERT_ERR(0, netdev_tun_type(fd, ARPHRD_NONE));
	EXPECT_EQ(DDM_INTERFACE_TYPE_HOME_ROUTER, type_of(w, id));
	EXPECT_STREQ("", story_since(w, since, 0));
	close(fd);
}

static int run(const char *command)
{
	int status = system(command);

	return WIFEXITED(status) ? WEXITSTATUS(status) : -EINTR;
}

TEST_F(state, l2tp_ethernet_is_tracked)
{
	struct world *w = &self->w;
	uint32_t id;

	ASSERT_ERR(0, netdev_up(w->rtnl, (int)if_nametoindex("lo")));
	if (run("modprobe -q l2tp_eth && modprobe -q l2tp_netlink && "
		"ip l2tp add tunnel tunnel_id 7 peer_tunnel_id 8 encap udp "
		"local 127.0.0.1 remote 127.0.0.1 udp_sport 5007 udp_dport 5008 && "
		"ip l2tp add session name l2tp7 tunnel_id 7 session_id 1 peer_session_id 2"))
		SKIP(return, "no L2TP here");
	id = id_of(w, "l2tp7");
	ASSERT_NE(0, id);
	EXPECT_EQ(DDM_METHOD_LINK, method_of(w, id));
	ASSERT_ERR(0, netdev_up(w->rtnl, (int)if_nametoindex("l2tp7")));
	EXPECT_STREQ("connected", state_of(w, id));
}

TEST_F(state, wwan_link_is_tracked)
{
	struct world *w = &self->w;
	uint32_t id;
	int device;

	if (run("modprobe -q wwan_hwsim devices=1"))
		SKIP(return,
			   "this kernel has no wwan_hwsim, and there is no modem");
	device = netdev_add_wwan(w->rtnl, "wwan7", "wwan0", 7);
	ASSERT_LT(0, device);
	id = id_of(w, "wwan7");
	ASSERT_NE(0, id);
	EXPECT_EQ(DDM_METHOD_LINK, method_of(w, id));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", state_of(w, id));
}

TEST_F(state, fallback_device_can_be_an_interface_if_one_wants_it)
{
	const unsigned char remote[] = { 192, 0, 2, 1 };
	struct world *w = &self->w;
	uint32_t id;

	if (netdev_add_with(w->rtnl, "t", "ipip", 3, remote, sizeof(remote)) <
		    0 ||
	    !if_nametoindex("tunl0"))
		SKIP(return, "no tunl0");
	EXPECT_EQ(0, id_of(w, "tunl0"));
	id = make_named(w, "tunl0");
	ASSERT_ERR(0, netdev_up(w->rtnl, (int)if_nametoindex("tunl0")));
	EXPECT_STREQ("connected", state_of(w, id));
}

static uint32_t ifindex_of(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ? UINT32_MAX :
							   interface->ifindex;
}

static int hardware_type(const char *name)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq ifr = { 0 };
	int err;

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	err = ioctl(fd, SIOCGIFHWADDR, &ifr) ? -errno : 0;
	close(fd);
	return err ? err : ifr.ifr_hwaddr.sa_family;
}

#define GRE "type gre local 10.0.0.1 remote 10.0.0."

/*
 * A bond takes the type of its first device, and where that cannot be taken
 * after all, becomes Ethernet again without a word. On a machine where no
 * Ethernet has belonged to an interface yet, its end was missed.
 */
TEST_F(state, end_of_a_device_is_seen_whatever_its_type_has_become)
{
	struct world *w = &self->w;
	uint32_t id;

	if (run("modprobe -q bonding max_bonds=0"))
		SKIP(return, "no module bonding");
	if (run("modprobe -q ip_gre"))
		SKIP(return, "no module ip_gre");
	ASSERT_EQ(0, run("ip link add g1 " GRE "2"));
	ASSERT_EQ(0, run("ip link add b0 index 500 type bond"));
	EXPECT_LT(0, run("ip link set g1 master b0 2> /dev/null"));
	EXPECT_EQ(ARPHRD_ETHER, hardware_type("b0"));
	id = id_of(w, "b0");
	ASSERT_NE(0, id);
	EXPECT_EQ(id, make_named(w, "b0"));
	EXPECT_EQ(500, ifindex_of(w, id));
	ASSERT_EQ(0, run("ip link del b0"));
	EXPECT_EQ(0, ifindex_of(w, id));

	/* what was left of it would be found by the index later */
	ASSERT_EQ(0, run("ip link add b0 index 501 " GRE "3"));
	EXPECT_EQ(501, ifindex_of(w, id));
	ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	ASSERT_EQ(0, run("ip link add b1 index 500 " GRE "4"));
	EXPECT_EQ(500, ifindex_of(w, id_of(w, "b1")));
	EXPECT_EQ(501, ifindex_of(w, id_of(w, "b0")));
}

/* ---------------------------------------------------------- told once -- */

TEST_F(state, change_that_is_none_tells_nothing)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy"), i;
	uint64_t since;

	ASSERT_NE(0, make_named(w, "eth7"));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	since = head(w);
	for (i = 0; i < 10; i++) {
		/* NETDEV_CHANGE each time */
		ASSERT_ERR(0, netdev_flags(w->rtnl, device, IFF_NOARP,
					   i & 1 ? IFF_NOARP : 0));
		ASSERT_ERR(0, netdev_up(w->rtnl, device));
	}
	EXPECT_STREQ("", story_since(w, since, 0));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_STREQ("disconnected device-down 628", story_since(w, since, 0));
}

TEST_F(state, device_of_nobody_tells_nothing)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");

	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "eth8"));
	ASSERT_ERR(0, netdev_del(w->rtnl, device));
	EXPECT_EQ(0, head(w));
}

TEST_F(state, disabled_interface_keeps_its_connection)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_named(w, "eth7");

	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, set_enabled(w, id, 0));
	EXPECT_STREQ("connected", state_of(w, id));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_STREQ("unreachable admin-disabled", state_of(w, id));
	/* it forbids dialling; what comes up by itself is up all the same */
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", state_of(w, id));
}

/* ---------------------------------------------------------- connection -- */

static int connection_one(const struct ddm_connection *connection, void *data)
{
	struct ddm_connection *copy = data;

	*copy = *connection;
	copy->links++; /* counts them, there are no links here */
	return 0;
}

TEST_F(state, connection_has_a_record_while_it_lasts)
{
	const struct ddm_connection *connection;
	const struct ddm_interface *interface;
	const struct ddm_service *service;
	struct ddm_connection listed = { 0 };
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_named(w, "eth7");
	uint64_t first;

	ASSERT_ERR(0, ddm_connection_list(w->ddm, connection_one, &listed));
	EXPECT_EQ(0, listed.links);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	first = interface->connection;
	ASSERT_NE(0, first);
	ASSERT_ERR(0, ddm_connection_get(w->ddm, first, &connection));
	EXPECT_EQ(first, connection->id);
	EXPECT_EQ(id, connection->interface);
	EXPECT_STREQ("eth7", connection->name);
	EXPECT_STREQ("eth7", connection->device);
	EXPECT_EQ((uint32_t)device, connection->ifindex);
	EXPECT_EQ(0, connection->links);
	ASSERT_ERR(0, ddm_connection_list(w->ddm, connection_one, &listed));
	EXPECT_EQ(1, listed.links);
	EXPECT_EQ(first, listed.id);
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(1, service->connections);

	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_ERR(-ENOTCONN, ddm_connection_get(w->ddm, first, &connection));
	EXPECT_ERR(-ENOTCONN, ddm_connection_clear(w->ddm, first));
	EXPECT_ERR(-ENOTCONN, ddm_connection_get(w->ddm, 0, &connection));
	EXPECT_ERR(-ENOTCONN,
		   ddm_connection_get(w->ddm, UINT64_MAX, &connection));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(0, service->connections);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_LT(first, interface->connection);
	EXPECT_EQ(2, interface->connects);
}

#define FRAME 100

/* Of a device that is up: until it can send */
static bool wait_running(struct world *w, const char *name, int ifindex)
{
	int64_t end = now_ms() + PATIENCE;
	bool running;

	do {
		running = netdev_get_flags(name) & IFF_RUNNING;
		/* the worker that sets the flag has RTNL until all is done */
		netdev_up(w->rtnl, ifindex);
	} while (!running && now_ms() < end);
	return running;
}

/* Connect a veth pair; "a" is the interface. */
static uint32_t make_pair(struct world *w, int *a, int *b)
{
	uint32_t id;

	no_ipv6();
	*a = netdev_add_veth(w->rtnl, "a", "b");
	*b = (int)if_nametoindex("b");
	id = make_named(w, "a");
	if (netdev_up(w->rtnl, *b) || netdev_up(w->rtnl, *a) ||
	    strcmp(wait_state(w, id, "connected"), "connected"))
		return 0;
	return id;
}

TEST_F(state, counters_and_duration_are_those_of_the_connection)
{
	const struct ddm_connection *connection;
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	struct ddm_event event;
	uint64_t connected;
	int64_t start, end;
	uint32_t id;
	unsigned int i;
	int a, b;

	id = make_pair(w, &a, &b);
	ASSERT_NE(0, id);
	for (i = 1; i <= 2; i++) {
		start = now_ms();
		ASSERT_TRUE(wait_running(w, "b", b));
		ASSERT_ERR(0, netdev_send(a, 10 * i));
		ASSERT_ERR(0, netdev_send(b, 5 * i));
		ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
		connected = interface->connection;
		/* what is sent is received a little later, in a softirq */
		do {
			ASSERT_ERR(0, ddm_connection_get(w->ddm, connected,
							 &connection));
		} while (connection->rx_packets < 5 * i &&
			 now_ms() < start + PATIENCE);
		EXPECT_EQ(10 * i, connection->tx_packets);
		EXPECT_EQ(10 * i * FRAME, connection->tx_bytes);
		EXPECT_EQ(5 * i, connection->rx_packets);
		EXPECT_LT(0, connection->rx_bytes);
		usleep(50000); /* a duration to be measured */
		end = now_ms();
		ASSERT_ERR(0, netdev_down(w->rtnl, a));
		ASSERT_TRUE(
			last_event(w, id, DDM_EVENT_TYPE_DISCONNECTED, &event));
		EXPECT_EQ(10 * i, event.tx_packets);
		EXPECT_EQ(10 * i * FRAME, event.tx_bytes);
		EXPECT_EQ(5 * i, event.rx_packets);
		EXPECT_LE(end - start, (int64_t)event.duration);
		EXPECT_GE(end - start + 5000, (int64_t)event.duration);
		EXPECT_EQ(connected, event.connection);
		EXPECT_EQ((uint32_t)a, event.ifindex);
		ASSERT_ERR(0, netdev_up(w->rtnl, a));
		EXPECT_STREQ("connected", wait_state(w, id, "connected"));
	}
}

TEST_F(state, counters_can_be_cleared)
{
	const struct ddm_connection *connection;
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	struct ddm_event event;
	uint64_t id;
	int a, b;

	ASSERT_NE(0, make_pair(w, &a, &b));
	ASSERT_ERR(0, ddm_interface_find(w->ddm, "a", &interface));
	id = interface->connection;
	ASSERT_ERR(0, netdev_send(a, 7));
	ASSERT_ERR(0, ddm_connection_clear(w->ddm, id));
	ASSERT_ERR(0, ddm_connection_get(w->ddm, id, &connection));
	EXPECT_EQ(0, connection->tx_packets);
	EXPECT_EQ(0, connection->tx_bytes);
	ASSERT_ERR(0, netdev_send(a, 3));
	ASSERT_ERR(0, ddm_connection_get(w->ddm, id, &connection));
	EXPECT_EQ(3, connection->tx_packets);
	ASSERT_ERR(0, netdev_down(w->rtnl, a));
	ASSERT_TRUE(last_event(w, 0, DDM_EVENT_TYPE_DISCONNECTED, &event));
	EXPECT_EQ(3, event.tx_packets);
}

TEST_F(state, counters_of_a_destroyed_device_are_kept)
{
	struct world *w = &self->w;
	struct ddm_event event;
	int a, b;

	ASSERT_NE(0, make_pair(w, &a, &b));
	ASSERT_ERR(0, netdev_send(a, 9));
	ASSERT_ERR(0, netdev_del(w->rtnl, a));
	ASSERT_TRUE(last_event(w, 0, DDM_EVENT_TYPE_DISCONNECTED, &event));
	EXPECT_EQ(9, event.tx_packets);
	EXPECT_EQ(DDM_REASON_DEVICE_GONE, event.reason);
	EXPECT_EQ(608, event.error);
}

/* --------------------------------------------------- rename, move, end -- */

TEST_F(state, renamed_device_leaves_a_created_interface)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_named(w, "eth7");
	uint64_t since = head(w);

	ASSERT_ERR(0, set_method(w, id, DDM_METHOD_LINK));
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "eth8"));
	EXPECT_STREQ("unreachable no-device", state_of(w, id));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("unreachable no-device", state_of(w, id));
	EXPECT_STREQ("interface-change, interface-change",
		     story_since(w, since, 0));
	/* and whoever gets the name is bound */
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "eth7"));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", state_of(w, id));
}

TEST_F(state, renamed_while_up_is_an_end)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy"), err;
	uint32_t id = make_named(w, "eth7");
	uint64_t since;

	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	since = head(w);
	err = netdev_rename(w->rtnl, device, "eth8");
	if (err == -EBUSY) {
		/* kernels before 6.2 refuse it: then nothing has happened */
		EXPECT_STREQ("", story_since(w, since, id));
		EXPECT_STREQ("connected", state_of(w, id));
		return;
	}
	ASSERT_ERR(0, err);
	EXPECT_STREQ("disconnected device-renamed 608, interface-change",
		     story_since(w, since, id));
}

TEST_F(state, dynamic_interface_follows_a_rename)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "wg7", "wireguard");
	uint32_t id = id_of(w, "wg7");
	uint64_t since;

	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	since = head(w);
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "wg8"));
	EXPECT_EQ(id, id_of(w, "wg8"));
	EXPECT_EQ(0, id_of(w, "wg7"));
	EXPECT_STREQ("interface-change", story_since(w, since, 0));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", state_of(w, id));
}

/* A second network namespace, with a handle in it */
struct other {
	struct ddm *ddm;
	int netns;
};

static int other_open(struct other *other)
{
	int back = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), err;

	other->netns = netns_new();
	err = other->netns < 0 ? other->netns : ddm_open(&other->ddm);
	if (setns(back, CLONE_NEWNET))
		err = -errno;
	close(back);
	return err;
}

TEST_F(state, move_to_another_namespace_is_a_leave_and_an_enter)
{
	struct world *w = &self->w, there = { 0 };
	int device = netdev_add(w->rtnl, "wg7", "wireguard");
	struct other other;
	uint64_t since;

	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	ASSERT_ERR(0, other_open(&other));
	there.ddm = other.ddm;
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	since = head(w);
	ASSERT_ERR(0, netdev_move(w->rtnl, device, other.netns));
	/* the kernel sets it down before it moves it */
	EXPECT_STREQ("disconnected device-down 628, interface-del",
		     story_since(w, since, 0));
	EXPECT_STREQ("interface-new", story_since(&there, 0, 0));
	EXPECT_STREQ("disconnected", state_named(&there, "wg7"));
	EXPECT_STREQ("ENOENT", state_named(w, "wg7"));
	ddm_close(other.ddm);
	close(other.netns);
}

TEST_F(state, moved_device_leaves_a_created_interface_and_meets_another)
{
	struct world *w = &self->w, there = { 0 };
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_named(w, "eth7"), id_there;
	struct other other;

	ASSERT_ERR(0, other_open(&other));
	there.ddm = other.ddm;
	id_there = make_named(&there, "eth7");
	ASSERT_ERR(0, netdev_move(w->rtnl, device, other.netns));
	EXPECT_EQ(DDM_METHOD_AGENT, method_of(w, id));
	EXPECT_EQ(DDM_METHOD_LINK, method_of(&there, id_there));
	ASSERT_ERR(0, ddm_interface_connect(there.ddm, id_there, NULL, NULL));
	EXPECT_STREQ("connected", state_of(&there, id_there));
	EXPECT_STREQ("disconnected", state_of(w, id));
	ddm_close(other.ddm);
	close(other.netns);
}

/* A device whose index is used in both namespaces must not be confused. */
TEST_F(state, namespaces_do_not_see_each_other)
{
	struct world *w = &self->w, there = { 0 };
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	struct other other;
	int fd = event_fd();

	ASSERT_ERR(0, other_open(&other));
	there.ddm = other.ddm;
	ASSERT_ERR(0, ddm_listener_register(there.ddm, fd, 0x7fe, 0));
	ASSERT_NE(0, make_named(w, "eth7"));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_EQ(0, counted(fd));
	EXPECT_EQ(0, head(&there));
	EXPECT_STREQ("ENOENT", state_named(&there, "eth7"));
	EXPECT_NE(0, make_named(&there, "eth7"));
	EXPECT_STREQ("disconnected", state_named(&there, "eth7"));
	ddm_close(other.ddm);
	close(other.netns);
}

/* What is left behind shows when the module is removed at the end. */
TEST_F(state, namespace_may_end_with_everything_in_it)
{
	int status;
	pid_t pid;

	pid = fork();
	if (!pid) {
		struct world w = { 0 };
		int a, b, tun, unit;

		if (world_enter(&w) || !make_pair(&w, &a, &b))
			_exit(1);
		netdev_up(w.rtnl, netdev_add(w.rtnl, "wg7", "wireguard"));
		netdev_add(w.rtnl, "wg8", "wireguard");
		netdev_ppp(&unit);
		tun = netdev_tun("tun7", true);
		close(tun);
		if (ddm_interface_connect(w.ddm, make_named(&w, "tun7"), NULL,
					  NULL) ||
		    ddm_listener_register(w.ddm, event_fd(), 0, 0) ||
		    ddm_dialer_bind(w.ddm, 0))
			_exit(2);
		_exit(0);
	}
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
	EXPECT_EQ(0, head(&self->w));
}

WORLD_MAIN
