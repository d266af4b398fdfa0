// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports, and what connections tell of their users: devices, and real PPP units
 * with links that this program reports, as the plugin of the PPP daemon does.
 */
#include <arpa/inet.h>
#include <linux/ppp-ioctl.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "fixture.h"

#define UNIT 10

/**
 * struct agent - a link agent and dialer with one PPP unit
 * @ddm: its handle
 * @unit: descriptor of the unit
 * @ifindex: the unit's
 * @links: the links reported
 * @count: how many
 * @hangup: it was told to hang up
 * @link: the one link, 0 for all
 */
struct agent {
	struct ddm *ddm;
	int unit;
	uint32_t ifindex;
	uint32_t links[4];
	unsigned int count;
	bool hangup;
	uint32_t link;
};

static bool make_unit_number(struct agent *agent, int number)
{
	char name[IFNAMSIZ];

	*agent = (struct agent){ 0 };
	run("modprobe -q ppp_generic");
	agent->unit = open("/dev/ppp", O_RDWR | O_CLOEXEC);
	if (agent->unit < 0 || ioctl(agent->unit, PPPIOCNEWUNIT, &number) ||
	    run("ip link set ppp%d up", number))
		return false;
	snprintf(name, sizeof(name), "ppp%d", number);
	agent->ifindex = if_nametoindex(name);
	return !ddm_open(&agent->ddm);
}

static bool make_unit(struct agent *agent)
{
	return make_unit_number(agent, UNIT) &&
	       !run("ip addr add 192.0.2.1 peer 192.0.2.2 dev ppp%d", UNIT);
}

/* Returns the handle of its port. */
static HANDLE add_link(struct agent *agent, const char *port,
		       const struct ddm_link_request *what)
{
	const struct ddm_link *link;

	if (ddm_link_report_new(agent->ddm, agent->ifindex, port, what, &link))
		return NULL;
	agent->links[agent->count++] = link->id;
	return (HANDLE)(uintptr_t)link->id;
}

static HANDLE add_plain_link(struct agent *agent, const char *port,
			     uint32_t state)
{
	const struct ddm_link_request what = {
		.size = sizeof(what),
		.set = DDM_LINK_STATE_SET,
		.state = state,
	};

	return add_link(agent, port, &what);
}

static int take_hangup(const struct ddm_dial *dial, void *data)
{
	struct agent *agent = data;

	agent->hangup = dial->hangup;
	agent->link = dial->link;
	return 0;
}

static void hang_up(struct agent *agent)
{
	unsigned int i = agent->count;

	while (i--) {
		if (agent->link && agent->link != agent->links[i])
			continue;
		ddm_link_report_del(agent->ddm, agent->links[i], 0);
		agent->links[i] = agent->links[--agent->count];
	}
	agent->hangup = false;
}

/* The dialer: what it is told to hang up goes, until there is nothing left. */
static void *agent_main(void *data)
{
	struct agent *agent = data;
	struct pollfd poll_fd = { .fd = ddm_dialer_fd(agent->ddm),
				  .events = POLLIN };

	/* a report may have received the next order: then there is no poll */
	while (agent->count &&
	       ddm_dialer_read(agent->ddm, take_hangup, agent) >= 0) {
		if (agent->hangup)
			hang_up(agent);
		else if (poll(&poll_fd, 1, PATIENCE) <= 0)
			break;
	}
	return NULL;
}

/* Each is a packet of 100 bytes. */
static void send_datagrams(unsigned int count)
{
	static const char payload[100 - 28];
	const struct sockaddr_in to = { .sin_family = AF_INET,
					.sin_port = htons(9),
					.sin_addr.s_addr =
						inet_addr("192.0.2.2") };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	while (count--)
		sendto(fd, payload, sizeof(payload), 0,
		       (const struct sockaddr *)&to, sizeof(to));
	close(fd);
}

/* The connection of an interface; hConnection is NULL if it has none. */
static RAS_CONNECTION_0 connection_of(HANDLE server, HANDLE interface)
{
	RAS_CONNECTION_0 found = { 0 }, *list;
	DWORD read = 0, total, i;

	if (MprAdminConnectionEnum(server, 0, (LPBYTE *)&list, (DWORD)-1, &read,
				   &total, NULL))
		return found;
	for (i = 0; i < read; i++)
		if (list[i].hInterface == interface)
			found = list[i];
	MprAdminBufferFree(list);
	return found;
}

static HANDLE connected(HANDLE server, HANDLE interface)
{
	return connection_of(server, interface).hConnection;
}

/* All ports of a connection, or of the router: their number, at most 8. */
static DWORD list_ports(HANDLE server, HANDLE connection, RAS_PORT_0 *ports)
{
	DWORD read = 0, total = 0;
	RAS_PORT_0 *list;

	memset(ports, 0, 8 * sizeof(*ports));
	if (MprAdminPortEnum(server, 0, connection, (LPBYTE *)&list, (DWORD)-1,
			     &read, &total, NULL) ||
	    read > 8 || read != total)
		return (DWORD)-1;
	if (read)
		memcpy(ports, list, read * sizeof(*ports));
	MprAdminBufferFree(list);
	return read;
}

/* The port of that name; hPort is NULL if there is none. */
static RAS_PORT_0 port_named(HANDLE server, const wchar_t *name)
{
	RAS_PORT_0 ports[8], none = { 0 };
	DWORD count = list_ports(server, INVALID_HANDLE_VALUE, ports), i;

	for (i = 0; i < count && i < 8; i++)
		if (!wcscmp(ports[i].wszPortName, name))
			return ports[i];
	return none;
}

static RAS_PORT_1 counters(HANDLE server, HANDLE port)
{
	RAS_PORT_1 info = { .dwBytesXmited = (DWORD)-1 }, *buffer;

	if (!MprAdminPortGetInfo(server, 1, port, (LPBYTE *)&buffer)) {
		info = *buffer;
		MprAdminBufferFree(buffer);
	}
	return info;
}

static DWORD port_error(HANDLE server, HANDLE port)
{
	LPBYTE buffer = (LPBYTE)1;
	DWORD error = MprAdminPortGetInfo(server, 0, port, &buffer);

	if (!error)
		MprAdminBufferFree(buffer);
	else if (buffer)
		return 0xbad;
	return error;
}

TEST_F(router, device_without_links_is_one_port)
{
	RAS_PORT_0 ports[8], *info;
	RAS_PORT_1 *more;
	HANDLE connection;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	connection = connected(self->server, self->wg);
	ASSERT_NE(NULL, connection);
	ASSERT_EQ(1, list_ports(self->server, connection, ports));
	EXPECT_NE(NULL, ports[0].hPort);
	EXPECT_EQ(connection, ports[0].hConnection);
	EXPECT_EQ(RAS_PORT_AUTHENTICATED, ports[0].dwPortCondition);
	EXPECT_EQ(1, ports[0].dwTotalNumberOfCalls);
	EXPECT_LT(ports[0].dwConnectDuration, 20);
	EXPECT_EQ(0, wcscmp(ports[0].wszPortName, L"wg0"));
	EXPECT_EQ(0, wcscmp(ports[0].wszDeviceName, L"wg0"));
	EXPECT_EQ(0, wcscmp(ports[0].wszMediaName, L"wireguard"));
	EXPECT_EQ(0, wcscmp(ports[0].wszDeviceType, MPRDT_Vpn));
	ASSERT_EQ(NO_ERROR, MprAdminPortGetInfo(self->server, 0, ports[0].hPort,
						(LPBYTE *)&info));
	info->dwConnectDuration = ports[0].dwConnectDuration;
	EXPECT_EQ(0, memcmp(info, &ports[0], sizeof(*info)));
	ASSERT_EQ(NO_ERROR, MprAdminPortGetInfo(self->server, 1, ports[0].hPort,
						(LPBYTE *)&more));
	EXPECT_EQ(ports[0].hPort, more->hPort);
	EXPECT_EQ(connection, more->hConnection);
	EXPECT_EQ(RAS_HARDWARE_OPERATIONAL, more->dwHardwareCondition);
	MprAdminBufferFree(info);
	MprAdminBufferFree(more);
}

TEST_F(router, port_that_is_not_in_use_has_no_connection)
{
	RAS_PORT_0 ports[8];
	HANDLE port;

	ASSERT_EQ(1, list_ports(self->server, INVALID_HANDLE_VALUE, ports));
	port = ports[0].hPort;
	EXPECT_EQ(NULL, ports[0].hConnection);
	EXPECT_EQ(RAS_PORT_DISCONNECTED, ports[0].dwPortCondition);
	EXPECT_EQ(0, ports[0].dwTotalNumberOfCalls);
	EXPECT_EQ(0, ports[0].dwConnectDuration);
	EXPECT_EQ(0, counters(self->server, port).dwBytesXmited);
	/* It keeps its handle whatever becomes of it, as long as it exists. */
	ASSERT_EQ(0, run("ip link set wg0 up && ip link set wg0 down && "
			 "ip link set wg0 up"));
	ASSERT_EQ(1, list_ports(self->server, INVALID_HANDLE_VALUE, ports));
	EXPECT_EQ(port, ports[0].hPort);
	EXPECT_EQ(2, ports[0].dwTotalNumberOfCalls);
	EXPECT_NE(NULL, ports[0].hConnection);
	ASSERT_EQ(0, run("ip link del wg0"));
	EXPECT_EQ(0, list_ports(self->server, INVALID_HANDLE_VALUE, ports));
	EXPECT_EQ(ERROR_INVALID_PORT_HANDLE, port_error(self->server, port));
}

TEST_F(router, interface_without_a_device_has_no_port)
{
	RAS_PORT_0 ports[8];
	HANDLE handle;

	ASSERT_EQ(NO_ERROR,
		  create_level0(self->server, L"head office", &handle));
	EXPECT_EQ(1, list_ports(self->server, INVALID_HANDLE_VALUE, ports));
	EXPECT_EQ(0, wcscmp(ports[0].wszPortName, L"wg0"));
}

TEST_F(router, device_without_carrier_is_not_operational)
{
	RAS_PORT_0 port;
	HANDLE handle;

	ASSERT_EQ(0, run("ip link add line0 type veth peer name line1"));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"line0", &handle));
	EXPECT_EQ(RAS_PORT_DISCONNECTED,
		  port_named(self->server, L"line0").dwPortCondition);
	ASSERT_EQ(0, run("ip link set line0 up"));
	port = port_named(self->server, L"line0");
	EXPECT_EQ(RAS_PORT_NON_OPERATIONAL, port.dwPortCondition);
	EXPECT_EQ(RAS_HARDWARE_FAILURE,
		  counters(self->server, port.hPort).dwHardwareCondition);
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  await_state(self->server, handle, ROUTER_IF_STATE_CONNECTED));
	port = port_named(self->server, L"line0");
	EXPECT_EQ(RAS_PORT_AUTHENTICATED, port.dwPortCondition);
	EXPECT_EQ(RAS_HARDWARE_OPERATIONAL,
		  counters(self->server, port.hPort).dwHardwareCondition);
}

TEST_F(router, links_of_a_connection_are_its_ports)
{
	const struct ddm_link_request what = {
		.size = sizeof(what),
		.set = DDM_LINK_STATE_SET | DDM_LINK_MEDIA_SET |
		       DDM_LINK_SPEED_SET,
		.state = DDM_LINK_STATE_UP,
		.media = "PPPoE",
		.speed = 100000000,
	};
	HANDLE first, second, device, ppp, connection;
	RAS_PORT_0 ports[8];
	struct agent agent;

	ASSERT_TRUE(make_unit(&agent));
	device = port_named(self->server, L"ppp10").hPort;
	ASSERT_NE(NULL, device);
	first = add_link(&agent, "eth0:17", &what);
	ASSERT_NE(NULL, first);
	/* Now the link is the port. */
	EXPECT_EQ(ERROR_INVALID_PORT_HANDLE, port_error(self->server, device));
	usleep(1100000);
	second = add_plain_link(&agent, "ttyS0", DDM_LINK_STATE_UP);
	ASSERT_NE(NULL, second);
	ppp = find_interface(self->server, L"ppp10");
	connection = connected(self->server, ppp);
	ASSERT_NE(NULL, connection);
	ASSERT_EQ(2, list_ports(self->server, connection, ports));
	EXPECT_EQ(first, ports[0].hPort);
	EXPECT_EQ(connection, ports[0].hConnection);
	EXPECT_EQ(RAS_PORT_AUTHENTICATED, ports[0].dwPortCondition);
	EXPECT_EQ(0, wcscmp(ports[0].wszPortName, L"eth0:17"));
	EXPECT_EQ(0, wcscmp(ports[0].wszMediaName, L"PPPoE"));
	EXPECT_EQ(0, wcscmp(ports[0].wszDeviceType, RASDT_PPPoE));
	EXPECT_EQ(0, wcscmp(ports[0].wszDeviceName, L"ppp10"));
	EXPECT_GE(ports[0].dwConnectDuration, 1);
	EXPECT_EQ(second, ports[1].hPort);
	EXPECT_EQ(connection, ports[1].hConnection);
	EXPECT_EQ(0, wcscmp(ports[1].wszPortName, L"ttyS0"));
	EXPECT_EQ(0, wcscmp(ports[1].wszMediaName, L"ppp"));
	EXPECT_EQ(0, wcscmp(ports[1].wszDeviceType, MPRDT_Generic));
	EXPECT_LE(ports[1].dwConnectDuration, ports[0].dwConnectDuration);
	EXPECT_EQ(100000000, counters(self->server, first).dwLineSpeed);
	EXPECT_EQ(0, counters(self->server, second).dwLineSpeed);
	/* And wg0. */
	EXPECT_EQ(3, list_ports(self->server, INVALID_HANDLE_VALUE, ports));
	ASSERT_EQ(0, ddm_link_report_del(agent.ddm, agent.links[0], 0));
	EXPECT_EQ(ERROR_INVALID_PORT_HANDLE, port_error(self->server, first));
	ASSERT_EQ(1, list_ports(self->server, connection, ports));
	EXPECT_EQ(second, ports[0].hPort);
}

TEST_F(router, link_that_is_not_up_is_not_in_use)
{
	struct ddm_link_request what = {
		.size = sizeof(what),
		.set = DDM_LINK_STATE_SET | DDM_LINK_INCOMING_SET,
		.incoming = 1,
	};
	HANDLE taken, other, connection;
	RAS_PORT_0 ports[8], port;
	struct agent agent;

	ASSERT_TRUE(make_unit(&agent));
	other = add_plain_link(&agent, "ttyS1", DDM_LINK_STATE_DOWN);
	taken = add_link(&agent, "ttyS0", &what);
	ASSERT_NE(NULL, taken);
	port = port_named(self->server, L"ttyS1");
	EXPECT_EQ(other, port.hPort);
	EXPECT_EQ(RAS_PORT_DISCONNECTED, port.dwPortCondition);
	port = port_named(self->server, L"ttyS0");
	EXPECT_EQ(RAS_PORT_AUTHENTICATING, port.dwPortCondition);
	EXPECT_EQ(NULL, port.hConnection);
	what.set = DDM_LINK_STATE_SET;
	what.state = DDM_LINK_STATE_UP;
	ASSERT_EQ(0, ddm_link_report_set(agent.ddm, agent.links[1], &what));
	port = port_named(self->server, L"ttyS0");
	EXPECT_EQ(RAS_PORT_AUTHENTICATED, port.dwPortCondition);
	connection =
		connected(self->server, find_interface(self->server, L"ppp10"));
	EXPECT_EQ(connection, port.hConnection);
	ASSERT_EQ(1, list_ports(self->server, connection, ports));
	EXPECT_EQ(taken, ports[0].hPort);
	/* The other one joins, by all that is known. */
	port = port_named(self->server, L"ttyS1");
	EXPECT_EQ(RAS_PORT_INITIALIZING, port.dwPortCondition);
	EXPECT_EQ(NULL, port.hConnection);
}

TEST_F(router, counters_of_the_only_port_are_those_of_the_connection)
{
	HANDLE first, second, connection;
	RAS_CONNECTION_1 *whole;
	struct agent agent;
	RAS_PORT_1 info;

	ASSERT_TRUE(make_unit(&agent));
	first = add_plain_link(&agent, "ttyS0", DDM_LINK_STATE_UP);
	ASSERT_NE(NULL, first);
	connection =
		connected(self->server, find_interface(self->server, L"ppp10"));
	send_datagrams(5);
	info = counters(self->server, first);
	EXPECT_EQ(connection, info.hConnection);
	EXPECT_GE(info.dwFramesXmited, 5);
	EXPECT_GE(info.dwBytesXmited, 5 * 100);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 1, connection,
					    (LPBYTE *)&whole));
	EXPECT_EQ(info.dwFramesXmited, whole->dwFramesXmited);
	EXPECT_EQ(info.dwBytesXmited, whole->dwBytesXmited);
	MprAdminBufferFree(whole);
	EXPECT_EQ(NO_ERROR, MprAdminPortClearStats(self->server, first));
	EXPECT_LT(counters(self->server, first).dwBytesXmited, 5 * 100);
	send_datagrams(5);
	/* Nobody knows which link they went over. */
	second = add_plain_link(&agent, "ttyS1", DDM_LINK_STATE_UP);
	EXPECT_EQ(0, counters(self->server, first).dwBytesXmited);
	EXPECT_EQ(0, counters(self->server, second).dwBytesXmited);
	EXPECT_EQ(ERROR_NOT_SUPPORTED,
		  MprAdminPortClearStats(self->server, first));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 1, connection,
					    (LPBYTE *)&whole));
	EXPECT_GE(whole->dwBytesXmited, 5 * 100);
	MprAdminBufferFree(whole);
}

TEST_F(router, port_that_is_not_in_use_has_nothing_to_clear)
{
	HANDLE port = port_named(self->server, L"wg0").hPort;

	EXPECT_EQ(NO_ERROR, MprAdminPortClearStats(self->server, port));
	ASSERT_TRUE(give_up_privileges());
	EXPECT_EQ(ERROR_ACCESS_DENIED,
		  MprAdminPortClearStats(self->server, port));
}

static const struct ddm_link_request caller = {
	.size = sizeof(caller),
	.set = DDM_LINK_STATE_SET | DDM_LINK_USER_SET | DDM_LINK_PEER_SET |
	       DDM_LINK_MEDIA_SET | DDM_LINK_INCOMING_SET |
	       DDM_LINK_LOCAL4_SET | DDM_LINK_REMOTE4_SET |
	       DDM_LINK_LOCAL6_SET | DDM_LINK_REMOTE6_SET,
	.state = DDM_LINK_STATE_UP,
	.user = "HQ\\anna",
	.peer = "annas-laptop.example.net",
	.media = "PPTP",
	.incoming = 1,
	.local4 = 0,
	.remote4 = 0,
	.local6 = { 0xfe, 0x80, [8] = 1, 2, 3, 4, 5, 6, 7, 8 },
	.remote6 = { 0xfe, 0x80, [8] = 8, 7, 6, 5, 4, 3, 2, 1 },
};

static HANDLE add_caller(struct agent *agent, const char *port)
{
	struct ddm_link_request what = caller;

	what.local4 = inet_addr("198.51.100.1");
	what.remote4 = inet_addr("198.51.100.2");
	return add_link(agent, port, &what);
}

TEST_F(router, ppp_connection_among_many_is_told_apart)
{
	RAS_CONNECTION_0 *list;
	struct agent agent;
	DWORD read, total, i;
	HANDLE ppp;

	ASSERT_TRUE(make_unit(&agent));
	for (i = 0; i < 12; i++)
		ASSERT_EQ(0, run("ip link add dev w%u up type wireguard", i));
	ppp = find_interface(self->server, L"ppp10");
	ASSERT_NE(NULL, add_caller(&agent, "192.0.2.77"));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionEnum(self->server, 0, (LPBYTE *)&list,
					 (DWORD)-1, &read, &total, NULL));
	EXPECT_EQ(13, read);
	for (i = 0; i < read; i++) {
		bool is_ppp = list[i].hInterface == ppp;

		EXPECT_EQ(is_ppp ? RAS_FLAGS_PPP_CONNECTION : 0,
			  list[i].dwConnectionFlags);
		EXPECT_EQ(0,
			  wcscmp(list[i].wszUserName, is_ppp ? L"anna" : L""));
	}
	MprAdminBufferFree(list);
}

TEST_F(router, connection_tells_who_called)
{
	RAS_CONNECTION_0 info, *zero;
	RAS_CONNECTION_2 *two;
	RAS_CONNECTION_3 *three;
	struct agent agent;
	HANDLE ppp;

	ASSERT_TRUE(make_unit(&agent));
	ppp = find_interface(self->server, L"ppp10");
	ASSERT_NE(NULL, add_caller(&agent, "192.0.2.77"));
	/* A link that knows nothing takes nothing away. */
	ASSERT_NE(NULL, add_plain_link(&agent, "later", DDM_LINK_STATE_UP));
	info = connection_of(self->server, ppp);
	ASSERT_NE(NULL, info.hConnection);
	EXPECT_EQ(ROUTER_IF_TYPE_CLIENT, info.dwInterfaceType);
	EXPECT_EQ(RAS_FLAGS_PPP_CONNECTION, info.dwConnectionFlags);
	EXPECT_EQ(0, wcscmp(info.wszUserName, L"anna"));
	EXPECT_EQ(0, wcscmp(info.wszLogonDomain, L"HQ"));
	/* As much of it as there is room for. */
	EXPECT_EQ(0, wcscmp(info.wszRemoteComputer, L"annas-laptop.exa"));
	EXPECT_EQ(0, wcscmp(info.wszInterfaceName, L"ppp10"));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 0, info.hConnection,
					    (LPBYTE *)&zero));
	zero->dwConnectDuration = info.dwConnectDuration;
	EXPECT_EQ(0, memcmp(zero, &info, sizeof(info)));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 2, info.hConnection,
					    (LPBYTE *)&two));
	EXPECT_EQ(0, wcscmp(two->wszUserName, L"anna"));
	EXPECT_EQ(ROUTER_IF_TYPE_CLIENT, two->dwInterfaceType);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 3, info.hConnection,
					    (LPBYTE *)&three));
	EXPECT_EQ(0, wcscmp(three->wszUserName, L"anna"));
	EXPECT_EQ(ROUTER_IF_TYPE_CLIENT, three->dwInterfaceType);
	MprAdminBufferFree(zero);
	MprAdminBufferFree(two);
	MprAdminBufferFree(three);
}

TEST_F(router, two_units_keep_their_links_and_users_apart)
{
	static const struct ddm_link_request what = {
		.size = sizeof(what),
		.set = DDM_LINK_STATE_SET | DDM_LINK_USER_SET,
		.state = DDM_LINK_STATE_UP,
		.user = "berta",
	};
	HANDLE ports[3], first, second, handle;
	RAS_CONNECTION_0 info, *buffer;
	RAS_PORT_0 listed[8], port;
	struct agent one, two;

	ASSERT_TRUE(make_unit(&one));
	ASSERT_TRUE(make_unit_number(&two, UNIT + 1));
	ports[0] = add_link(&two, "first", &what);
	ports[1] = add_caller(&one, "second");
	ports[2] = add_plain_link(&two, "third", DDM_LINK_STATE_UP);
	first = find_interface(self->server, L"ppp10");
	second = find_interface(self->server, L"ppp11");
	info = connection_of(self->server, first);
	EXPECT_EQ(0, wcscmp(info.wszUserName, L"anna"));
	ASSERT_EQ(1, list_ports(self->server, info.hConnection, listed));
	EXPECT_EQ(ports[1], listed[0].hPort);
	handle = info.hConnection;
	ASSERT_EQ(NO_ERROR, MprAdminConnectionGetInfo(self->server, 0, handle,
						      (LPBYTE *)&buffer));
	EXPECT_EQ(0, wcscmp(buffer->wszUserName, L"anna"));
	MprAdminBufferFree(buffer);
	info = connection_of(self->server, second);
	EXPECT_EQ(0, wcscmp(info.wszUserName, L"berta"));
	ASSERT_EQ(2, list_ports(self->server, info.hConnection, listed));
	EXPECT_EQ(ports[0], listed[0].hPort);
	EXPECT_EQ(ports[2], listed[1].hPort);
	port = port_named(self->server, L"third");
	EXPECT_EQ(info.hConnection, port.hConnection);
	EXPECT_EQ(0, wcscmp(port.wszDeviceName, L"ppp11"));
	/* Each by itself as in the list. */
	for (size_t i = 0; i < ARRAYSIZE(ports); i++)
		EXPECT_EQ(i == 1 ? handle : info.hConnection,
			  counters(self->server, ports[i]).hConnection);
}

TEST_F(router, names_without_a_domain_are_left_whole)
{
	static const struct {
		const char *user;
		const wchar_t *name, *domain;
	} users[] = {
		{ "berta", L"berta", L"" },
		{ "berta@hq.example.net", L"berta@hq.example.net", L"" },
		{ "\\berta", L"\\berta", L"" },
		{ "no.domain.so.long\\berta", L"no.domain.so.long\\berta",
		  L"" },
		{ "HQ\\b\\c", L"b\\c", L"HQ" },
		{ "b\xc3\xa4r", L"b\xe4r", L"" },
	};
	struct ddm_link_request what = { .size = sizeof(what),
					 .set = DDM_LINK_USER_SET };
	RAS_CONNECTION_0 info;
	struct agent agent;
	HANDLE ppp;
	size_t i;

	ASSERT_TRUE(make_unit(&agent));
	ppp = find_interface(self->server, L"ppp10");
	ASSERT_NE(NULL, add_plain_link(&agent, "ttyS0", DDM_LINK_STATE_UP));
	for (i = 0; i < ARRAYSIZE(users); i++) {
		what.user = users[i].user;
		ASSERT_EQ(0, ddm_link_report_set(agent.ddm, agent.links[0],
						 &what));
		info = connection_of(self->server, ppp);
		EXPECT_EQ(0, wcscmp(info.wszUserName, users[i].name))
		{
			TH_LOG("%s became %ls", users[i].user,
			       info.wszUserName);
		}
		EXPECT_EQ(0, wcscmp(info.wszLogonDomain, users[i].domain));
	}
	/* This one was made, not taken. */
	EXPECT_EQ(ROUTER_IF_TYPE_FULL_ROUTER, info.dwInterfaceType);
}

TEST_F(router, call_over_a_created_interface_has_its_type)
{
	struct agent agent;
	HANDLE branch;

	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"ppp10", &branch));
	ASSERT_TRUE(make_unit(&agent));
	ASSERT_NE(NULL, add_caller(&agent, "ttyS0"));
	EXPECT_EQ(ROUTER_IF_TYPE_FULL_ROUTER,
		  connection_of(self->server, branch).dwInterfaceType);
}

TEST_F(router, negotiated_addresses_are_told)
{
	static const BYTE own[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	static const BYTE far[8] = { 8, 7, 6, 5, 4, 3, 2, 1 };
	RAS_CONNECTION_1 *one;
	RAS_CONNECTION_2 *two;
	RAS_CONNECTION_3 *three;
	struct agent agent;
	HANDLE connection;

	ASSERT_TRUE(make_unit(&agent));
	/* The link that is first in the list negotiated nothing. */
	ASSERT_NE(NULL, add_plain_link(&agent, "first", DDM_LINK_STATE_UP));
	ASSERT_NE(NULL, add_caller(&agent, "second"));
	connection =
		connected(self->server, find_interface(self->server, L"ppp10"));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 1, connection,
					    (LPBYTE *)&one));
	EXPECT_EQ(NO_ERROR, one->PppInfo.ip.dwError);
	EXPECT_EQ(0, wcscmp(one->PppInfo.ip.wszAddress, L"198.51.100.1"));
	EXPECT_EQ(0, wcscmp(one->PppInfo.ip.wszRemoteAddress, L"198.51.100.2"));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 2, connection,
					    (LPBYTE *)&two));
	EXPECT_EQ(0,
		  wcscmp(two->PppInfo2.ip.wszRemoteAddress, L"198.51.100.2"));
	EXPECT_EQ(NO_ERROR, two->PppInfo2.lcp.dwError);
	EXPECT_EQ(PPP_LCP_MULTILINK_FRAMING, two->PppInfo2.lcp.dwOptions);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 3, connection,
					    (LPBYTE *)&three));
	EXPECT_EQ(0, wcscmp(three->PppInfo3.ip.wszAddress, L"198.51.100.1"));
	EXPECT_EQ(NO_ERROR, three->PppInfo3.ipv6.dwError);
	EXPECT_EQ(0, memcmp(three->PppInfo3.ipv6.bInterfaceIdentifier, own, 8));
	EXPECT_EQ(0, memcmp(three->PppInfo3.ipv6.bRemoteInterfaceIdentifier,
			    far, 8));
	MprAdminBufferFree(one);
	MprAdminBufferFree(two);
	MprAdminBufferFree(three);
	ASSERT_EQ(0, ddm_link_report_del(agent.ddm, agent.links[1], 0));
	/* Then those of the device, and no multilink any more. */
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 2, connection,
					    (LPBYTE *)&two));
	EXPECT_EQ(0, wcscmp(two->PppInfo2.ip.wszAddress, L"192.0.2.1"));
	EXPECT_EQ(0, wcscmp(two->PppInfo2.ip.wszRemoteAddress, L"192.0.2.2"));
	EXPECT_EQ(0, two->PppInfo2.lcp.dwOptions);
	MprAdminBufferFree(two);
}

static uint64_t unix_time(FILETIME time)
{
	uint64_t value = (uint64_t)time.dwHighDateTime << 32 |
			 time.dwLowDateTime;

	return value / 10000000 - UINT64_C(11644473600);
}

TEST_F(router, level_four_is_the_sum_of_the_others)
{
	const uint64_t begin = (uint64_t)time(NULL);
	RAS_CONNECTION_3 *three;
	RAS_CONNECTION_4 *four;
	RAS_CONNECTION_0 info;
	struct agent agent;
	HANDLE ppp;

	ASSERT_TRUE(make_unit(&agent));
	ppp = find_interface(self->server, L"ppp10");
	ASSERT_NE(NULL, add_caller(&agent, "192.0.2.77"));
	send_datagrams(3);
	info = connection_of(self->server, ppp);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 3, info.hConnection,
					    (LPBYTE *)&three));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 4, info.hConnection,
					    (LPBYTE *)&four));
	EXPECT_EQ(info.hConnection, four->hConnection);
	EXPECT_EQ(ppp, four->hInterface);
	EXPECT_EQ(ROUTER_IF_TYPE_CLIENT, four->dwInterfaceType);
	EXPECT_EQ(RAS_FLAGS_PPP_CONNECTION, four->dwConnectionFlags);
	EXPECT_EQ(0, wcscmp(four->wszInterfaceName, L"ppp10"));
	EXPECT_EQ(0, wcscmp(four->wszUserName, L"anna"));
	EXPECT_EQ(0, wcscmp(four->wszLogonDomain, L"HQ"));
	EXPECT_EQ(0, wcscmp(four->wszRemoteComputer, info.wszRemoteComputer));
	EXPECT_EQ(0, memcmp(&four->guid, &three->guid, sizeof(GUID)));
	EXPECT_GE(unix_time(four->connectionStartTime) + 1, begin);
	EXPECT_LE(unix_time(four->connectionStartTime), (uint64_t)time(NULL));
	EXPECT_GE(four->ullBytesXmited, 300);
	EXPECT_GE(four->dwFramesXmited, 3);
	EXPECT_EQ(RDT_Tunnel_Pptp, four->dwDeviceType);
	EXPECT_EQ(MPRAPI_PPP_PROJECTION_INFO_TYPE,
		  four->ProjectionInfo.projectionInfoType);
	EXPECT_EQ(
		0,
		wcscmp(four->ProjectionInfo.PppProjectionInfo.wszRemoteAddress,
		       L"198.51.100.2"));
	EXPECT_EQ(
		NO_ERROR,
		four->ProjectionInfo.PppProjectionInfo.dwIPv6NegotiationError);
	MprAdminBufferFree(three);
	MprAdminBufferFree(four);
}

TEST_F(router, names_are_for_those_who_may_act)
{
	RAS_CONNECTION_0 info;
	RAS_PORT_0 ports[8];
	struct agent agent;
	HANDLE ppp;

	ASSERT_TRUE(make_unit(&agent));
	ppp = find_interface(self->server, L"ppp10");
	ASSERT_NE(NULL, add_caller(&agent, "192.0.2.77"));
	ASSERT_TRUE(give_up_privileges());
	info = connection_of(self->server, ppp);
	ASSERT_NE(NULL, info.hConnection);
	EXPECT_EQ(0, info.wszUserName[0]);
	EXPECT_EQ(0, info.wszLogonDomain[0]);
	EXPECT_EQ(0, info.wszRemoteComputer[0]);
	EXPECT_EQ(ROUTER_IF_TYPE_CLIENT, info.dwInterfaceType);
	EXPECT_EQ(1, list_ports(self->server, info.hConnection, ports));
	EXPECT_EQ(0, port_error(self->server, ports[0].hPort));
}

TEST_F(router, acting_on_ports_needs_privilege)
{
	HANDLE wg, one, two;
	struct agent agent;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	ASSERT_TRUE(make_unit(&agent));
	one = add_plain_link(&agent, "one", DDM_LINK_STATE_UP);
	two = add_plain_link(&agent, "two", DDM_LINK_STATE_DOWN);
	wg = port_named(self->server, L"wg0").hPort;
	ASSERT_TRUE(give_up_privileges());
	const HANDLE ports[] = { wg, one, two };

	for (size_t i = 0; i < ARRAYSIZE(ports); i++) {
		EXPECT_EQ(ERROR_ACCESS_DENIED,
			  MprAdminPortClearStats(self->server, ports[i]));
		EXPECT_EQ(ERROR_ACCESS_DENIED,
			  MprAdminPortReset(self->server, ports[i]));
		EXPECT_EQ(ERROR_ACCESS_DENIED,
			  MprAdminPortDisconnect(self->server, ports[i]));
	}
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  look(self->server, self->wg).dwConnectionState);
}

TEST_F(router, disconnecting_the_only_port_ends_the_connection)
{
	HANDLE port;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	port = port_named(self->server, L"wg0").hPort;
	EXPECT_EQ(NO_ERROR, MprAdminPortDisconnect(self->server, port));
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED,
		  look(self->server, self->wg).dwConnectionState);
	EXPECT_EQ(ERROR_PORT_NOT_CONNECTED,
		  MprAdminPortDisconnect(self->server, port));
	/* Reset asks for no more than that nothing is on the port. */
	EXPECT_EQ(NO_ERROR, MprAdminPortReset(self->server, port));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(NO_ERROR, MprAdminPortReset(self->server, port));
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED,
		  look(self->server, self->wg).dwConnectionState);
}

TEST_F(router, disconnecting_a_port_gives_an_attempt_up)
{
	MPR_INTERFACE_0 info;
	RAS_PORT_0 port;
	HANDLE line;

	ASSERT_EQ(0, run("ip link add line0 type veth peer name line1"));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"line0", &line));
	ASSERT_EQ(PENDING,
		  MprAdminInterfaceConnect(self->server, line, NULL, FALSE));
	port = port_named(self->server, L"line0");
	EXPECT_EQ(RAS_PORT_INITIALIZING, port.dwPortCondition);
	EXPECT_EQ(NULL, port.hConnection);
	EXPECT_EQ(NO_ERROR, MprAdminPortDisconnect(self->server, port.hPort));
	info = look(self->server, line);
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED, info.dwConnectionState);
	EXPECT_EQ(ERROR_INTERFACE_DISCONNECTED, info.dwLastError);
}

TEST_F(router, only_link_is_hung_up_by_the_dialer)
{
	struct agent agent;
	pthread_t thread;
	HANDLE port, ppp;

	ASSERT_TRUE(make_unit(&agent));
	ppp = find_interface(self->server, L"ppp10");
	port = add_plain_link(&agent, "ttyS0", DDM_LINK_STATE_UP);
	ASSERT_NE(NULL, port);
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminPortDisconnect(self->server, port));
	ASSERT_EQ(0, ddm_dialer_bind(agent.ddm, 0));
	ASSERT_EQ(0, pthread_create(&thread, NULL, agent_main, &agent));
	EXPECT_EQ(NO_ERROR, MprAdminPortDisconnect(self->server, port));
	EXPECT_EQ(NULL, connected(self->server, ppp));
	pthread_join(thread, NULL);
	EXPECT_EQ(0, agent.count);
	EXPECT_EQ(ERROR_INVALID_PARAMETER,
		  MprAdminPortDisconnect(self->server, port));
}

TEST_F(router, one_link_of_several_is_hung_up_alone)
{
	HANDLE one, two, three, joining, ppp, connection;
	RAS_PORT_0 ports[8];
	struct agent agent;
	pthread_t thread;
	unsigned int tries;

	ASSERT_TRUE(make_unit(&agent));
	ppp = find_interface(self->server, L"ppp10");
	one = add_plain_link(&agent, "one", DDM_LINK_STATE_UP);
	two = add_plain_link(&agent, "two", DDM_LINK_STATE_UP);
	three = add_plain_link(&agent, "three", DDM_LINK_STATE_UP);
	joining = add_plain_link(&agent, "joining", DDM_LINK_STATE_DOWN);
	ASSERT_NE(NULL, joining);
	connection = connected(self->server, ppp);
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminPortDisconnect(self->server, one));
	ASSERT_EQ(0, ddm_dialer_bind(agent.ddm, 0));
	ASSERT_EQ(0, pthread_create(&thread, NULL, agent_main, &agent));
	EXPECT_EQ(NO_ERROR, MprAdminPortDisconnect(self->server, one));
	/* It is over when the call returns, the others are as they were. */
	ASSERT_EQ(2, list_ports(self->server, connection, ports));
	EXPECT_EQ(two, ports[0].hPort);
	EXPECT_EQ(three, ports[1].hPort);
	EXPECT_EQ(ERROR_INVALID_PARAMETER,
		  MprAdminPortDisconnect(self->server, one));
	EXPECT_EQ(NO_ERROR, MprAdminPortDisconnect(self->server, joining));
	for (tries = 0; tries < PATIENCE; tries++) {
		if (port_error(self->server, joining))
			break;
		usleep(1000);
	}
	EXPECT_EQ(ERROR_INVALID_PORT_HANDLE, port_error(self->server, joining));
	EXPECT_EQ(NO_ERROR, MprAdminPortReset(self->server, two));
	EXPECT_EQ(connection, connected(self->server, ppp));
	EXPECT_EQ(NO_ERROR, MprAdminPortDisconnect(self->server, three));
	EXPECT_EQ(NULL, connected(self->server, ppp));
	EXPECT_EQ(ERROR_INTERFACE_DISCONNECTED,
		  look(self->server, ppp).dwLastError);
	pthread_join(thread, NULL);
	EXPECT_EQ(0, agent.count);
}

TEST_F(router, call_that_is_being_taken_can_be_refused)
{
	const struct ddm_link_request what = {
		.size = sizeof(what),
		.set = DDM_LINK_STATE_SET | DDM_LINK_INCOMING_SET,
		.incoming = 1,
	};
	struct agent agent;
	pthread_t thread;
	HANDLE port;

	ASSERT_TRUE(make_unit(&agent));
	port = add_link(&agent, "ttyS0", &what);
	ASSERT_NE(NULL, port);
	EXPECT_EQ(RAS_PORT_AUTHENTICATING,
		  port_named(self->server, L"ttyS0").dwPortCondition);
	ASSERT_EQ(0, ddm_dialer_bind(agent.ddm, 0));
	ASSERT_EQ(0, pthread_create(&thread, NULL, agent_main, &agent));
	EXPECT_EQ(NO_ERROR, MprAdminPortDisconnect(self->server, port));
	pthread_join(thread, NULL);
	EXPECT_EQ(0, agent.count);
	EXPECT_EQ(ERROR_INVALID_PORT_HANDLE, port_error(self->server, port));
}

/* Links of PPP that no dialer dials: closing the device would end them all. */
TEST_F(router, one_of_several_needs_a_dialer_that_dials_the_interface)
{
	const struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_METHOD_SET,
		.name = "ppp10",
		.method = DDM_METHOD_LINK,
	};
	RAS_PORT_0 ports[8];
	struct agent agent;
	HANDLE one;

	ASSERT_TRUE(make_unit(&agent));
	ASSERT_EQ(0, ddm_interface_new(agent.ddm, &request, NULL));
	one = add_plain_link(&agent, "one", DDM_LINK_STATE_UP);
	ASSERT_NE(NULL, add_plain_link(&agent, "two", DDM_LINK_STATE_UP));
	ASSERT_EQ(0, ddm_dialer_bind(agent.ddm, 0));
	EXPECT_EQ(ERROR_NOT_SUPPORTED,
		  MprAdminPortDisconnect(self->server, one));
	EXPECT_EQ(2,
		  list_ports(self->server,
			     connected(self->server,
				       find_interface(self->server, L"ppp10")),
			     ports));
}

TEST_F(router, interface_of_a_caller_is_a_clients)
{
	WCHAR name[] = L"ppp10";
	MPR_INTERFACE_0 *list;
	HANDLE ppp, found;
	DWORD read, total, i;
	struct agent agent;
	LPBYTE buffer;

	ASSERT_TRUE(make_unit(&agent));
	ppp = find_interface(self->server, name);
	EXPECT_EQ(ROUTER_IF_TYPE_FULL_ROUTER, look(self->server, ppp).dwIfType);
	ASSERT_NE(NULL, add_caller(&agent, "192.0.2.77"));
	EXPECT_EQ(ROUTER_IF_TYPE_CLIENT, look(self->server, ppp).dwIfType);
	ASSERT_EQ(NO_ERROR,
		  MprAdminInterfaceEnum(self->server, 0, (LPBYTE *)&list,
					(DWORD)-1, &read, &total, NULL));
	ASSERT_EQ(2, read);
	for (i = 0; i < read; i++)
		EXPECT_EQ(list[i].hInterface == ppp ?
				  ROUTER_IF_TYPE_CLIENT :
				  ROUTER_IF_TYPE_FULL_ROUTER,
			  list[i].dwIfType);
	MprAdminBufferFree(list);
	EXPECT_EQ(ERROR_NO_SUCH_INTERFACE,
		  MprAdminInterfaceGetHandle(self->server, name, &found,
					     FALSE));
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceGetHandle(self->server, name, &found, TRUE));
	EXPECT_EQ(ppp, found);
	/* a client is not dialled, so there is nothing to tell of how */
	EXPECT_EQ(ERROR_INVALID_LEVEL,
		  MprAdminInterfaceGetInfo(self->server, ppp, 2, &buffer));
}

TEST_F(router, device_that_is_only_followed_cannot_be_hung_up)
{
	struct agent agent;
	HANDLE port;

	ASSERT_TRUE(make_unit(&agent));
	port = port_named(self->server, L"ppp10").hPort;
	EXPECT_EQ(ERROR_INTERFACE_HAS_NO_DEVICES,
		  MprAdminPortDisconnect(self->server, port));
}

TEST_F(router, ports_of_what_is_no_connection_are_not_listed)
{
	DWORD read = 9, total = 9, resume = 0;
	LPBYTE buffer = (LPBYTE)1;
	HANDLE ended;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	ended = connected(self->server, self->wg);
	ASSERT_NE(NULL, ended);
	ASSERT_EQ(0, run("ip link set wg0 down"));
	const HANDLE bad[] = { ended, self->wg, (HANDLE)0xdeadbeefcafe };

	for (size_t i = 0; i < ARRAYSIZE(bad); i++) {
		EXPECT_EQ(ERROR_INVALID_HANDLE,
			  MprAdminPortEnum(self->server, 0, bad[i], &buffer,
					   (DWORD)-1, &read, &total, &resume));
		EXPECT_EQ(NULL, buffer);
		EXPECT_EQ(0, read);
		EXPECT_EQ(0, total);
	}
}

TEST_F(router, garbage_is_no_port)
{
	const HANDLE garbage[] = { (HANDLE)0x7fffffff, (HANDLE)0x80000000,
				   (HANDLE)0xffffffff, (HANDLE)0xdeadbeefcafe,
				   self->wg,	       self->server };
	size_t i;

	for (i = 0; i < ARRAYSIZE(garbage); i++) {
		EXPECT_EQ(ERROR_INVALID_PORT_HANDLE,
			  port_error(self->server, garbage[i]));
		EXPECT_EQ(RPC_S_INVALID_BINDING,
			  MprAdminPortClearStats(self->server, garbage[i]));
		EXPECT_EQ(ERROR_INVALID_PARAMETER,
			  MprAdminPortReset(self->server, garbage[i]));
		EXPECT_EQ(ERROR_INVALID_PARAMETER,
			  MprAdminPortDisconnect(self->server, garbage[i]));
	}
}

#define MANY 7 /* links, and as many devices */

TEST_F(router, pages_of_ports_add_up)
{
	DWORD size, resume, read, total, seen, error, i;
	RAS_PORT_0 *page;
	uintptr_t last;
	struct agent agent;
	char name[16];

	ASSERT_TRUE(make_unit(&agent));
	for (i = 0; i < MANY; i++) {
		agent.count = 0;
		snprintf(name, sizeof(name), "line%u", i);
		ASSERT_NE(NULL,
			  add_plain_link(&agent, name, DDM_LINK_STATE_UP));
		if (i)
			ASSERT_EQ(0, run("ip link add wg%u type wireguard", i));
	}
	for (size = 0; size <= 15; size++) {
		resume = 0;
		seen = 0;
		last = 0;
		do {
			error = MprAdminPortEnum(self->server, 0,
						 INVALID_HANDLE_VALUE,
						 (LPBYTE *)&page,
						 size * sizeof(*page), &read,
						 &total, &resume);
			ASSERT_TRUE(!error || error == ERROR_MORE_DATA);
			ASSERT_NE(0, read);
			EXPECT_EQ(2 * MANY - seen, total);
			seen += read;
			for (i = 0; i < read; i++) {
				EXPECT_LT(last, (uintptr_t)page[i].hPort);
				last = (uintptr_t)page[i].hPort;
			}
			EXPECT_EQ(NO_ERROR, MprAdminBufferFree(page));
		} while (error == ERROR_MORE_DATA);
		EXPECT_EQ(2 * MANY, seen);
		EXPECT_EQ(0, resume);
	}
}

TEST_F(router, stopped_service_tells_of_no_port)
{
	HANDLE port = port_named(self->server, L"wg0").hPort;
	DWORD read, total, not_running = ERROR_DDM_NOT_RUNNING;
	LPBYTE buffer;

	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(not_running,
		  MprAdminPortEnum(self->server, 0, INVALID_HANDLE_VALUE,
				   &buffer, (DWORD)-1, &read, &total, NULL));
	EXPECT_EQ(not_running, port_error(self->server, port));
	EXPECT_EQ(not_running, MprAdminPortClearStats(self->server, port));
	EXPECT_EQ(not_running, MprAdminPortReset(self->server, port));
	EXPECT_EQ(not_running, MprAdminPortDisconnect(self->server, port));
}

TEST_HARNESS_MAIN
