// SPDX-License-Identifier: GPL-2.0-only
/* Connections through mprapi.h: what they say, and their counters. */
#include "fixture.h"

/* A connection over real traffic: a veth pair with its peer elsewhere. */
static HANDLE make_line(HANDLE server)
{
	HANDLE handle = NULL;

	if (run("ip link add line0 type veth peer name line1 && "
		"ip netns add peer && ip link set line1 netns peer && "
		"ip -n peer link set line1 up && "
		"ip -n peer addr add 192.0.2.2/24 dev line1 && "
		"ip addr add 192.0.2.1/24 dev line0") ||
	    create_level0(server, L"line0", &handle) ||
	    MprAdminInterfaceConnect(server, handle, NULL, TRUE))
		return NULL;
	return handle;
}

static void end_line(void)
{
	run("ip netns del peer");
}

/* The only connection of the router. */
static HANDLE only_connection(HANDLE server)
{
	RAS_CONNECTION_0 *list;
	DWORD read = 0, total = 0;
	HANDLE connection = NULL;

	if (MprAdminConnectionEnum(server, 0, (LPBYTE *)&list, (DWORD)-1, &read,
				   &total, NULL))
		return NULL;
	if (read == 1 && total == 1)
		connection = list[0].hConnection;
	MprAdminBufferFree(list);
	return connection;
}

static RAS_CONNECTION_1 counters(HANDLE server, HANDLE connection)
{
	RAS_CONNECTION_1 info = { 0 }, *buffer;

	if (!MprAdminConnectionGetInfo(server, 1, connection,
				       (LPBYTE *)&buffer)) {
		info = *buffer;
		MprAdminBufferFree(buffer);
	}
	return info;
}

TEST_F(router, no_connection_is_an_empty_list)
{
	DWORD level, read = 9, total = 9, resume = 0;
	LPBYTE buffer;

	for (level = 0; level < 5; level++) {
		buffer = (LPBYTE)1;
		EXPECT_EQ(NO_ERROR, MprAdminConnectionEnum(
					    self->server, level, &buffer,
					    (DWORD)-1, &read, &total, &resume));
		EXPECT_EQ(NULL, buffer);
		EXPECT_EQ(0, read);
		EXPECT_EQ(0, total);
		EXPECT_EQ(0, resume);
	}
}

TEST_F(router, connection_names_its_interface)
{
	RAS_CONNECTION_0 *info;
	HANDLE connection;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	connection = only_connection(self->server);
	ASSERT_NE(NULL, connection);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 0, connection,
					    (LPBYTE *)&info));
	EXPECT_EQ(connection, info->hConnection);
	EXPECT_EQ(self->wg, info->hInterface);
	EXPECT_EQ(0, wcscmp(info->wszInterfaceName, L"wg0"));
	EXPECT_EQ(ROUTER_IF_TYPE_FULL_ROUTER, info->dwInterfaceType);
	EXPECT_LT(info->dwConnectDuration, 20);
	/* WireGuard is not PPP, and tells no user. */
	EXPECT_EQ(0, info->dwConnectionFlags);
	EXPECT_EQ(0, info->wszUserName[0]);
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(info));
}

TEST_F(router, duration_is_in_seconds)
{
	RAS_CONNECTION_0 *info;
	HANDLE connection;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	connection = only_connection(self->server);
	usleep(1100000);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 0, connection,
					    (LPBYTE *)&info));
	EXPECT_GE(info->dwConnectDuration, 1);
	EXPECT_LT(info->dwConnectDuration, 20);
	MprAdminBufferFree(info);
}

TEST_F(router, ended_connection_is_not_connected)
{
	HANDLE first, second;
	DWORD level;
	LPBYTE buffer;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	first = only_connection(self->server);
	ASSERT_EQ(0, run("ip link set wg0 down"));
	for (level = 0; level < 5; level++) {
		buffer = (LPBYTE)1;
		EXPECT_EQ(ERROR_INTERFACE_NOT_CONNECTED,
			  MprAdminConnectionGetInfo(self->server, level, first,
						    &buffer));
		EXPECT_EQ(NULL, buffer);
	}
	EXPECT_EQ(ERROR_INVALID_PARAMETER,
		  MprAdminConnectionClearStats(self->server, first));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	second = only_connection(self->server);
	EXPECT_NE(NULL, second);
	EXPECT_NE(first, second);
	EXPECT_EQ(ERROR_INTERFACE_NOT_CONNECTED,
		  MprAdminConnectionGetInfo(self->server, 0, first, &buffer));
}

TEST_F(router, garbage_connections_are_not_connected)
{
	const HANDLE garbage[] = { (HANDLE)1, (HANDLE)0xdeadbeefcafe,
				   INVALID_HANDLE_VALUE, self->wg };
	LPBYTE buffer;
	size_t i;

	for (i = 0; i < ARRAYSIZE(garbage); i++) {
		EXPECT_EQ(ERROR_INTERFACE_NOT_CONNECTED,
			  MprAdminConnectionGetInfo(self->server, 0, garbage[i],
						    &buffer));
		EXPECT_EQ(ERROR_INVALID_PARAMETER,
			  MprAdminConnectionClearStats(self->server,
						       garbage[i]));
	}
}

TEST_F(router, counters_count_and_are_cleared)
{
	HANDLE line = make_line(self->server), connection;
	RAS_CONNECTION_1 info;

	ASSERT_NE(NULL, line);
	connection = only_connection(self->server);
	ASSERT_NE(NULL, connection);
	ASSERT_EQ(0, run("ping -q -c 5 -i 0.01 192.0.2.2 > /dev/null"));
	info = counters(self->server, connection);
	EXPECT_EQ(line, info.hInterface);
	EXPECT_GE(info.dwFramesXmited, 5);
	EXPECT_GE(info.dwFramesRcved, 5);
	EXPECT_GE(info.dwBytesXmited, 5 * 84);
	EXPECT_GE(info.dwBytesRcved, 5 * 84);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionClearStats(self->server, connection));
	/* Neighbour discovery may send a few in between. */
	EXPECT_LT(counters(self->server, connection).dwBytesXmited,
		  info.dwBytesXmited);
	ASSERT_EQ(0, run("ping -q -c 5 -i 0.01 192.0.2.2 > /dev/null"));
	EXPECT_GE(counters(self->server, connection).dwFramesRcved, 5);
	end_line();
}

TEST_F(router, addresses_are_those_of_the_device)
{
	HANDLE line = make_line(self->server), connection;
	RAS_CONNECTION_1 *one;
	RAS_CONNECTION_2 *two;
	RAS_CONNECTION_3 *three;

	ASSERT_NE(NULL, line);
	connection = only_connection(self->server);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 1, connection,
					    (LPBYTE *)&one));
	EXPECT_EQ(0, one->PppInfo.ip.dwError);
	EXPECT_EQ(0, wcscmp(one->PppInfo.ip.wszAddress, L"192.0.2.1"));
	EXPECT_EQ(ERROR_PPP_NO_PROTOCOLS_CONFIGURED, one->PppInfo.ipx.dwError);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 2, connection,
					    (LPBYTE *)&two));
	EXPECT_EQ(connection, two->hConnection);
	EXPECT_EQ(0, wcscmp(two->PppInfo2.ip.wszAddress, L"192.0.2.1"));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 3, connection,
					    (LPBYTE *)&three));
	EXPECT_EQ(sizeof(*three), three->dwSize);
	EXPECT_EQ(connection, three->hConnection);
	EXPECT_EQ(0, wcscmp(three->PppInfo3.ip.wszAddress, L"192.0.2.1"));
	EXPECT_EQ(RAS_QUAR_STATE_NORMAL, three->rasQuarState);
	/* One connection, one GUID. */
	EXPECT_EQ(0, memcmp(&two->guid, &three->guid, sizeof(GUID)));
	EXPECT_NE(0, two->guid.Data1);
	MprAdminBufferFree(one);
	MprAdminBufferFree(two);
	MprAdminBufferFree(three);
	end_line();
}

/* The thread may be anywhere when it calls. */
TEST_F(router, addresses_are_those_of_the_handles_namespace)
{
	HANDLE line = make_line(self->server), connection;
	RAS_CONNECTION_2 *two;
	DWORD read, total;

	ASSERT_NE(NULL, line);
	connection = only_connection(self->server);
	ASSERT_TRUE(new_namespace());
	/* a device of the same name and index, as it may be */
	ASSERT_EQ(0, run("ip link add line0 type dummy && "
			 "ip addr add 198.51.100.1/24 dev line0"));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionGetInfo(self->server, 2, connection,
					    (LPBYTE *)&two));
	EXPECT_EQ(0, wcscmp(two->PppInfo2.ip.wszAddress, L"192.0.2.1"));
	MprAdminBufferFree(two);
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionEnum(self->server, 2, (LPBYTE *)&two,
					 (DWORD)-1, &read, &total, NULL));
	ASSERT_EQ(1, read);
	EXPECT_EQ(0, wcscmp(two->PppInfo2.ip.wszAddress, L"192.0.2.1"));
	MprAdminBufferFree(two);
	end_line();
}

/* Two PPP daemons with a pseudo-terminal between them: ppp10 and ppp11. */
static pid_t start_ppp(void)
{
	pid_t child = fork();

	if (child)
		return child;
	if (!freopen("/dev/null", "w", stdout))
		_exit(1);
	execlp("pppd", "pppd", "nodetach", "local", "noauth", "nodefaultroute",
	       "unit", "10", "192.0.2.1:192.0.2.2", "pty",
	       "pppd notty local noauth nodefaultroute unit 11 "
	       "192.0.2.2:192.0.2.1",
	       (char *)NULL);
	_exit(1);
}

TEST_F(router, ppp_connection_shows_its_peer)
{
	HANDLE ppp = NULL, connection = NULL;
	RAS_CONNECTION_0 *list;
	RAS_CONNECTION_1 info;
	DWORD read, total, i;
	pid_t daemon;

	if (run("pppd --version > /dev/null 2>&1"))
		SKIP(return, "needs pppd");
	daemon = start_ppp();
	for (i = 0; i < PATIENCE / 10 && !ppp; i++) {
		usleep(10000);
		ppp = find_interface(self->server, L"ppp10");
	}
	ASSERT_NE(NULL, ppp);
	ASSERT_EQ(ROUTER_IF_STATE_CONNECTED,
		  await_state(self->server, ppp, ROUTER_IF_STATE_CONNECTED));
	ASSERT_EQ(NO_ERROR,
		  MprAdminConnectionEnum(self->server, 0, (LPBYTE *)&list,
					 (DWORD)-1, &read, &total, NULL));
	for (i = 0; i < read; i++) {
		if (list[i].hInterface != ppp)
			continue;
		connection = list[i].hConnection;
		EXPECT_EQ(RAS_FLAGS_PPP_CONNECTION, list[i].dwConnectionFlags);
	}
	MprAdminBufferFree(list);
	ASSERT_NE(NULL, connection);
	/* The address comes with the device's coming up, or right after it. */
	for (i = 0; i < PATIENCE / 10; i++) {
		info = counters(self->server, connection);
		if (info.PppInfo.ip.wszAddress[0])
			break;
		usleep(10000);
	}
	EXPECT_EQ(NO_ERROR, info.PppInfo.ip.dwError);
	EXPECT_EQ(0, wcscmp(info.PppInfo.ip.wszAddress, L"192.0.2.1"));
	EXPECT_EQ(0, wcscmp(info.PppInfo.ip.wszRemoteAddress, L"192.0.2.2"));
	kill(daemon, SIGTERM);
	waitpid(daemon, NULL, 0);
	/* It was tracked only: the interface goes with the device. */
	for (i = 0; i < PATIENCE / 10 && find_interface(self->server, L"ppp10");
	     i++)
		usleep(10000);
	EXPECT_EQ(NULL, find_interface(self->server, L"ppp10"));
}

#define MANY 12

TEST_F(router, pages_of_connections_add_up)
{
	DWORD level, resume, read, total, seen, error;
	static const DWORD sizes[] = { sizeof(RAS_CONNECTION_0),
				       sizeof(RAS_CONNECTION_1),
				       sizeof(RAS_CONNECTION_2),
				       sizeof(RAS_CONNECTION_3),
				       sizeof(RAS_CONNECTION_4) };
	LPBYTE buffer;
	int i;

	for (i = 1; i < MANY; i++)
		ASSERT_EQ(0, run("ip link add wg%d type wireguard", i));
	for (i = 0; i < MANY; i++)
		ASSERT_EQ(0, run("ip link set wg%d up", i));
	for (level = 0; level < 5; level++) {
		resume = 0;
		seen = 0;
		do {
			error = MprAdminConnectionEnum(self->server, level,
						       &buffer,
						       5 * sizes[level], &read,
						       &total, &resume);
			ASSERT_TRUE(!error || error == ERROR_MORE_DATA);
			EXPECT_EQ(MANY - seen, total);
			seen += read;
			EXPECT_EQ(NO_ERROR, MprAdminBufferFree(buffer));
		} while (error == ERROR_MORE_DATA);
		EXPECT_EQ(MANY, seen);
		EXPECT_EQ(0, resume);
	}
}

TEST_F(router, clearing_needs_privilege_reading_does_not)
{
	HANDLE connection;
	LPBYTE buffer;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	ASSERT_TRUE(give_up_privileges());
	connection = only_connection(self->server);
	ASSERT_NE(NULL, connection);
	EXPECT_EQ(NO_ERROR, MprAdminConnectionGetInfo(self->server, 0,
						      connection, &buffer));
	MprAdminBufferFree(buffer);
	EXPECT_EQ(ERROR_ACCESS_DENIED,
		  MprAdminConnectionClearStats(self->server, connection));
}

TEST_F(router, stopped_service_tells_of_no_connection)
{
	HANDLE connection;
	DWORD read, total;
	LPBYTE buffer;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	connection = only_connection(self->server);
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminConnectionEnum(self->server, 0, &buffer, (DWORD)-1,
					 &read, &total, NULL));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminConnectionGetInfo(self->server, 0, connection,
					    &buffer));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminConnectionClearStats(self->server, connection));
}

TEST_HARNESS_MAIN
