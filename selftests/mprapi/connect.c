// SPDX-License-Identifier: GPL-2.0-only
/*
 * MprAdminInterfaceConnect and Disconnect: every row of the matrix of hEvent
 * and fSynchronous, every refusal, every way for an attempt to end.
 */
#include <linux/genetlink.h>
#include <poll.h>
#include <sys/socket.h>

#include "fixture.h"

/* An Ethernet device that is up but gets a carrier only when its peer does. */
static HANDLE make_veth(HANDLE server)
{
	HANDLE handle = NULL;

	if (run("ip link add line0 type veth peer name line1") ||
	    create_level0(server, L"line0", &handle))
		return NULL;
	return handle;
}

/* An interface with a device name and method that mprapi.h cannot choose. */
static HANDLE make_with_method(const char *name, const char *device,
			       uint32_t method)
{
	const struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_DEVICE_SET |
		       DDM_INTERFACE_METHOD_SET,
		.name = name,
		.device = device,
		.method = method,
	};
	const struct ddm_interface *interface;
	HANDLE handle = NULL;
	struct ddm *ddm;

	if (!ddm_open(&ddm) && !ddm_interface_new(ddm, &request, &interface))
		handle = (HANDLE)(uintptr_t)interface->id;
	ddm_close(ddm);
	return handle;
}

/* A blocking connect on a thread of its own. */
struct call {
	pthread_t thread;
	HANDLE server;
	HANDLE interface;
	atomic_bool done;
	DWORD result;
};

static void *call_main(void *data)
{
	struct call *call = data;

	call->result = MprAdminInterfaceConnect(call->server, call->interface,
						NULL, TRUE);
	call->done = true;
	return NULL;
}

/* Returns when the attempt is under way, or over already. */
static bool start_call(struct call *call, HANDLE server, HANDLE interface)
{
	unsigned int i;

	*call = (struct call){ .server = server, .interface = interface };
	if (pthread_create(&call->thread, NULL, call_main, call))
		return false;
	for (i = 0; i < PATIENCE && !call->done; i++) {
		if (look(server, interface).dwConnectionState ==
		    ROUTER_IF_STATE_CONNECTING)
			break;
		usleep(1000);
	}
	return i < PATIENCE;
}

static DWORD end_call(struct call *call)
{
	pthread_join(call->thread, NULL);
	return call->result;
}

/* A dialer that this test is; it sees the requests and answers them. */
struct dialer {
	struct ddm *ddm;
	uint32_t request;
	bool hangup;
};

static bool bind_dialer(struct dialer *dialer)
{
	*dialer = (struct dialer){ 0 };
	return !ddm_open(&dialer->ddm) && !ddm_dialer_bind(dialer->ddm, 0);
}

static int note_request(const struct ddm_dial *dial, void *data)
{
	struct dialer *dialer = data;

	dialer->request = dial->request;
	dialer->hangup = dial->hangup;
	return 0;
}

static bool await_request(struct dialer *dialer)
{
	struct pollfd fd = { .fd = ddm_dialer_fd(dialer->ddm),
			     .events = POLLIN };

	return poll(&fd, 1, PATIENCE) == 1 &&
	       ddm_dialer_read(dialer->ddm, note_request, dialer) == 1;
}

TEST_F(router, with_an_event_the_call_returns_pending_and_the_event_tells)
{
	EXPECT_EQ(PENDING, MprAdminInterfaceConnect(self->server, self->wg,
						    self->event, FALSE));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  look(self->server, self->wg).dwConnectionState);
	EXPECT_EQ(0, look(self->server, self->wg).dwLastError);
	EXPECT_EQ(0, run("ip link show wg0 up | grep -q wg0"));
}

TEST_F(router, with_an_event_fsynchronous_is_ignored)
{
	HANDLE line = make_veth(self->server);

	ASSERT_NE(NULL, line);
	EXPECT_EQ(PENDING, MprAdminInterfaceConnect(self->server, line,
						    self->event, TRUE));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTING,
		  look(self->server, line).dwConnectionState);
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  look(self->server, line).dwConnectionState);
}

TEST_F(router, without_event_synchronous_returns_when_connected)
{
	HANDLE line = make_veth(self->server);
	struct call call;

	ASSERT_NE(NULL, line);
	ASSERT_TRUE(start_call(&call, self->server, line));
	usleep(MOMENT * 1000);
	EXPECT_FALSE(call.done);
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(NO_ERROR, end_call(&call));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  look(self->server, line).dwConnectionState);
}

TEST_F(router, synchronous_connect_that_is_quick_returns_no_error)
{
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  look(self->server, self->wg).dwConnectionState);
}

TEST_F(router, without_event_asynchronous_returns_pending)
{
	HANDLE line = make_veth(self->server);

	ASSERT_NE(NULL, line);
	EXPECT_EQ(PENDING,
		  MprAdminInterfaceConnect(self->server, line, NULL, FALSE));
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  await_state(self->server, line, ROUTER_IF_STATE_CONNECTED));
}

TEST_F(router, failed_attempt_signals_and_says_why)
{
	struct dialer dialer;
	MPR_INTERFACE_0 info;
	HANDLE branch;

	ASSERT_TRUE(bind_dialer(&dialer));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"branch", &branch));
	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, branch,
						    self->event, FALSE));
	ASSERT_TRUE(await_request(&dialer));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, 0));
	ASSERT_EQ(0, ddm_dial_result(dialer.ddm, dialer.request,
				     ERROR_AUTHENTICATION_FAILURE, NULL));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	info = look(self->server, branch);
	EXPECT_EQ(ROUTER_IF_STATE_UNREACHABLE, info.dwConnectionState);
	EXPECT_EQ(MPR_INTERFACE_CONNECTION_FAILURE,
		  info.fUnReachabilityReasons);
	EXPECT_EQ(ERROR_AUTHENTICATION_FAILURE, info.dwLastError);
	/* The next attempt may begin, and clears the error. */
	EXPECT_EQ(PENDING,
		  MprAdminInterfaceConnect(self->server, branch, NULL, FALSE));
	EXPECT_EQ(0, look(self->server, branch).dwLastError);
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, 0));
	ddm_close(dialer.ddm);
}

TEST_F(router, synchronous_connect_returns_the_failure)
{
	struct dialer dialer;
	struct call call;
	HANDLE branch;

	ASSERT_TRUE(bind_dialer(&dialer));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"branch", &branch));
	ASSERT_TRUE(start_call(&call, self->server, branch));
	ASSERT_TRUE(await_request(&dialer));
	ASSERT_EQ(0, ddm_dial_result(dialer.ddm, dialer.request,
				     ERROR_LINE_BUSY, NULL));
	EXPECT_EQ(ERROR_LINE_BUSY, end_call(&call));
	EXPECT_EQ(ERROR_LINE_BUSY, look(self->server, branch).dwLastError);
	ddm_close(dialer.ddm);
}

TEST_F(router, death_of_the_dialer_ends_the_attempt)
{
	struct dialer dialer;
	struct call call;
	HANDLE branch;

	ASSERT_TRUE(bind_dialer(&dialer));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"branch", &branch));
	ASSERT_TRUE(start_call(&call, self->server, branch));
	ASSERT_TRUE(await_request(&dialer));
	ddm_close(dialer.ddm);
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, end_call(&call));
}

TEST_F(router, refused_attempt_leaves_the_event_alone)
{
	HANDLE branch;

	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"branch", &branch));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminInterfaceConnect(self->server, branch, self->event,
					   FALSE));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
	SetEvent(self->event);
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminInterfaceConnect(self->server, branch, self->event,
					   FALSE));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, 0));
}

TEST_F(router, connecting_interface_is_already_connecting)
{
	HANDLE line = make_veth(self->server), event;

	ASSERT_NE(NULL, line);
	event = CreateEvent(NULL, FALSE, FALSE, NULL);
	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, line,
						    self->event, FALSE));
	EXPECT_EQ(ERROR_ALREADY_CONNECTING,
		  MprAdminInterfaceConnect(self->server, line, event, FALSE));
	EXPECT_EQ(ERROR_ALREADY_CONNECTING,
		  MprAdminInterfaceConnect(self->server, line, NULL, FALSE));
	EXPECT_EQ(ERROR_ALREADY_CONNECTING,
		  MprAdminInterfaceConnect(self->server, line, NULL, TRUE));
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(event, MOMENT));
	CloseHandle(event);
}

TEST_F(router, connected_interface_is_already_connected)
{
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(ERROR_ALREADY_CONNECTED,
		  MprAdminInterfaceConnect(self->server, self->wg, self->event,
					   FALSE));
	EXPECT_EQ(ERROR_ALREADY_CONNECTED,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
}

TEST_F(router, disabled_interface_is_not_connected)
{
	set_enabled(self->server, self->wg, FALSE);
	EXPECT_EQ(ERROR_INTERFACE_DISABLED,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
	set_enabled(self->server, self->wg, TRUE);
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
}

TEST_F(router, paused_service_connects_nothing)
{
	MPR_INTERFACE_0 info;

	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_PAUSED));
	/* Pause comes before what else may be in the way. */
	set_enabled(self->server, self->wg, FALSE);
	EXPECT_EQ(ERROR_SERVICE_IS_PAUSED,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
	info = look(self->server, self->wg);
	EXPECT_EQ(ROUTER_IF_STATE_UNREACHABLE, info.dwConnectionState);
	EXPECT_EQ(MPR_INTERFACE_SERVICE_PAUSED | MPR_INTERFACE_ADMIN_DISABLED,
		  info.fUnReachabilityReasons);
	set_enabled(self->server, self->wg, TRUE);
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
}

TEST_F(router, no_device_no_connection)
{
	HANDLE missing = make_with_method("missing", "gone0", DDM_METHOD_LINK);
	HANDLE tracked = make_with_method("tracked", "gone1", DDM_METHOD_NONE);

	ASSERT_NE(NULL, missing);
	ASSERT_NE(NULL, tracked);
	EXPECT_EQ(ROUTER_IF_STATE_UNREACHABLE,
		  look(self->server, missing).dwConnectionState);
	EXPECT_EQ(MPR_INTERFACE_NO_DEVICE,
		  look(self->server, missing).fUnReachabilityReasons);
	EXPECT_EQ(ERROR_INTERFACE_HAS_NO_DEVICES,
		  MprAdminInterfaceConnect(self->server, missing, NULL, TRUE));
	EXPECT_EQ(ERROR_INTERFACE_HAS_NO_DEVICES,
		  MprAdminInterfaceConnect(self->server, tracked, self->event,
					   FALSE));
}

TEST_F(router, unknown_interface_is_an_invalid_handle)
{
	EXPECT_EQ(ERROR_INVALID_HANDLE,
		  MprAdminInterfaceConnect(self->server, (HANDLE)0x7654321,
					   self->event, FALSE));
	EXPECT_EQ(ERROR_INVALID_HANDLE,
		  MprAdminInterfaceConnect(self->server, (HANDLE)0x7654321,
					   NULL, TRUE));
	EXPECT_EQ(ERROR_INVALID_HANDLE,
		  MprAdminInterfaceDisconnect(self->server, (HANDLE)0x7654321));
}

TEST_F(router, event_may_be_closed_as_soon_as_the_call_has_returned)
{
	HANDLE line = make_veth(self->server);

	ASSERT_NE(NULL, line);
	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, line,
						    self->event, FALSE));
	EXPECT_TRUE(CloseHandle(self->event));
	/* Whoever gets the number of its descriptor is not disturbed. */
	self->event = CreateEvent(NULL, FALSE, FALSE, NULL);
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  await_state(self->server, line, ROUTER_IF_STATE_CONNECTED));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
}

TEST_F(router, one_event_serves_several_attempts)
{
	HANDLE line = make_veth(self->server);

	ASSERT_NE(NULL, line);
	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, line,
						    self->event, FALSE));
	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, self->wg,
						    self->event, FALSE));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceDisconnect(self->server, line));
	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, line,
						    self->event, FALSE));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
}

TEST_F(router, manual_reset_event_is_signalled_until_it_is_reset)
{
	HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);

	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, self->wg,
						    event, FALSE));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(event, PATIENCE));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(event, 0));
	EXPECT_TRUE(ResetEvent(event));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(event, 0));
	CloseHandle(event);
}

TEST_F(router, disconnect_is_over_when_it_returns)
{
	MPR_INTERFACE_0 info;

	ASSERT_EQ(NO_ERROR,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceDisconnect(self->server, self->wg));
	info = look(self->server, self->wg);
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED, info.dwConnectionState);
	EXPECT_EQ(ERROR_INTERFACE_DISCONNECTED, info.dwLastError);
	EXPECT_EQ(ERROR_INTERFACE_NOT_CONNECTED,
		  MprAdminInterfaceDisconnect(self->server, self->wg));
}

TEST_F(router, disconnect_gives_up_an_attempt)
{
	HANDLE line = make_veth(self->server);
	MPR_INTERFACE_0 info;
	struct call call;

	ASSERT_NE(NULL, line);
	/* From another thread, by the same handle, while the call waits. */
	ASSERT_TRUE(start_call(&call, self->server, line));
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceDisconnect(self->server, line));
	EXPECT_EQ(ERROR_INTERFACE_DISCONNECTED, end_call(&call));
	info = look(self->server, line);
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED, info.dwConnectionState);
	EXPECT_EQ(ERROR_INTERFACE_DISCONNECTED, info.dwLastError);
}

/* A connection over dial0 that ends when the test says so. */
static HANDLE make_dialled(HANDLE server, struct dialer *dialer)
{
	HANDLE dialled;

	if (!bind_dialer(dialer) || run("ip link add dial0 type dummy"))
		return NULL;
	dialled = make_with_method("dialled", "dial0", DDM_METHOD_AGENT);
	if (!dialled || run("ip link set dial0 up") ||
	    await_state(server, dialled, ROUTER_IF_STATE_CONNECTED) !=
		    ROUTER_IF_STATE_CONNECTED)
		return NULL;
	return dialled;
}

static void *disconnect_main(void *data)
{
	struct call *call = data;

	call->result =
		MprAdminInterfaceDisconnect(call->server, call->interface);
	call->done = true;
	return NULL;
}

/* Returns when the dialer was told, so the call waits, or is about to. */
static bool start_disconnect(struct call *call, struct dialer *dialer,
			     HANDLE server, HANDLE interface)
{
	*call = (struct call){ .server = server, .interface = interface };
	return !pthread_create(&call->thread, NULL, disconnect_main, call) &&
	       await_request(dialer) && dialer->hangup;
}

/* The device goes down a while after the dialer was told. */
TEST_F(router, dialer_hangs_up_before_disconnect_returns)
{
	struct dialer dialer;
	struct call call;
	HANDLE dialled = make_dialled(self->server, &dialer);

	ASSERT_NE(NULL, dialled);
	ASSERT_TRUE(start_disconnect(&call, &dialer, self->server, dialled));
	usleep(MOMENT * 1000);
	EXPECT_FALSE(call.done);
	ASSERT_EQ(0, run("ip link set dial0 down"));
	EXPECT_EQ(NO_ERROR, end_call(&call));
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED,
		  look(self->server, dialled).dwConnectionState);
	ddm_close(dialer.ddm);
}

/* What happens between two requests: what ddm_main's send() calls first. */
static void (*before_hangup)(void);

ssize_t send(int fd, const void *data, size_t size, int flags)
{
	const struct nlmsghdr *nlh = data;
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	void (*hook)(void) = before_hangup;

	if (hook && nlh->nlmsg_type > GENL_ID_CTRL &&
	    genl->cmd == DDM_CMD_INTERFACE_DISCONNECT) {
		before_hangup = NULL;
		hook();
	}
	return sendto(fd, data, size, flags, NULL, 0);
}

static HANDLE hooked_server, hooked_line;

static void let_it_connect(void)
{
	run("ip link set dial0 up");
	await_state(hooked_server, hooked_line, ROUTER_IF_STATE_CONNECTED);
}

/* Its dialer hangs up what was an attempt when the call looked. */
TEST_F(router, attempt_that_succeeds_in_time_is_hung_up_all_the_same)
{
	struct dialer dialer;
	struct call call;

	ASSERT_TRUE(bind_dialer(&dialer));
	ASSERT_EQ(0, run("ip link add dial0 type dummy"));
	hooked_line = make_with_method("dialled", "dial0", DDM_METHOD_AGENT);
	ASSERT_NE(NULL, hooked_line);
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &hooked_server));
	ASSERT_EQ(PENDING, MprAdminInterfaceConnect(self->server, hooked_line,
						    NULL, FALSE));
	ASSERT_TRUE(await_request(&dialer));
	ASSERT_FALSE(dialer.hangup);
	before_hangup = let_it_connect;
	ASSERT_TRUE(
		start_disconnect(&call, &dialer, self->server, hooked_line));
	ASSERT_EQ(0, run("ip link set dial0 down"));
	EXPECT_EQ(NO_ERROR, end_call(&call));
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED,
		  look(self->server, hooked_line).dwConnectionState);
	MprAdminServerDisconnect(hooked_server);
	ddm_close(dialer.ddm);
}

TEST_F(router, giving_up_the_handle_ends_a_hangups_wait)
{
	struct dialer dialer;
	struct call call;
	HANDLE other, dialled = make_dialled(self->server, &dialer);
	double begin = seconds();

	ASSERT_NE(NULL, dialled);
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &other));
	ASSERT_TRUE(start_disconnect(&call, &dialer, other, dialled));
	usleep(MOMENT * 1000);
	MprAdminServerDisconnect(other);
	EXPECT_EQ(ERROR_INVALID_HANDLE, end_call(&call));
	EXPECT_LT(seconds() - begin, 20);
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  look(self->server, dialled).dwConnectionState);
	ddm_close(dialer.ddm);
}

TEST_F(router, hangup_needs_no_listener)
{
	const struct ddm_service_request limit = {
		.size = sizeof(limit),
		.set = DDM_SERVICE_MAX_LISTENERS_SET,
		.max_listeners = 1,
	};
	struct dialer dialer;
	struct call call;
	HANDLE dialled = make_dialled(self->server, &dialer);

	ASSERT_NE(NULL, dialled);
	ASSERT_EQ(0, ddm_service_set(dialer.ddm, &limit));
	ASSERT_EQ(NO_ERROR, MprAdminRegisterConnectionNotification(
				    self->server, self->event));
	ASSERT_TRUE(start_disconnect(&call, &dialer, self->server, dialled));
	usleep(MOMENT * 1000);
	EXPECT_FALSE(call.done);
	ASSERT_EQ(0, run("ip link set dial0 down"));
	EXPECT_EQ(NO_ERROR, end_call(&call));
	ddm_close(dialer.ddm);
}

/* The handle, the listener and the thread's descriptors are given back. */
TEST_F(router, cancelled_call_leaves_nothing_behind)
{
	const struct ddm_service *service;
	HANDLE line, dialled;
	struct dialer dialer;
	struct call call;
	void *result;

	dialled = make_dialled(self->server, &dialer);
	ASSERT_NE(NULL, dialled);
	ASSERT_TRUE(start_disconnect(&call, &dialer, self->server, dialled));
	usleep(MOMENT * 1000);
	ASSERT_EQ(0, pthread_cancel(call.thread));
	pthread_join(call.thread, &result);
	EXPECT_EQ(PTHREAD_CANCELED, result);
	ASSERT_EQ(0, ddm_service_get(dialer.ddm, &service));
	EXPECT_EQ(0, service->listeners);
	ddm_close(dialer.ddm);

	line = make_veth(self->server);
	ASSERT_TRUE(start_call(&call, self->server, line));
	ASSERT_EQ(0, pthread_cancel(call.thread));
	pthread_join(call.thread, &result);
	EXPECT_EQ(PTHREAD_CANCELED, result);
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTING,
		  look(self->server, line).dwConnectionState);
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceDisconnect(self->server, line));
}

TEST_F(router, deleting_ends_the_attempt)
{
	HANDLE line = make_veth(self->server);
	struct call call;

	ASSERT_NE(NULL, line);
	ASSERT_TRUE(start_call(&call, self->server, line));
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceDelete(self->server, line));
	EXPECT_EQ(ERROR_NO_SUCH_INTERFACE, end_call(&call));
}

TEST_F(router, destroyed_device_ends_the_attempt)
{
	HANDLE line = make_veth(self->server);
	struct call call;

	ASSERT_NE(NULL, line);
	ASSERT_TRUE(start_call(&call, self->server, line));
	ASSERT_EQ(0, run("ip link del line0"));
	EXPECT_NE(NO_ERROR, end_call(&call));
	EXPECT_EQ(call.result, look(self->server, line).dwLastError);
}

TEST_F(router, stopped_service_ends_the_attempt)
{
	HANDLE line = make_veth(self->server);
	struct call call;

	ASSERT_NE(NULL, line);
	ASSERT_TRUE(start_call(&call, self->server, line));
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, end_call(&call));
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_RUNNING));
}

TEST_F(router, handle_may_be_given_up_while_a_call_waits)
{
	HANDLE line = make_veth(self->server), other;
	struct call call;

	ASSERT_NE(NULL, line);
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &other));
	ASSERT_TRUE(start_call(&call, other, line));
	MprAdminServerDisconnect(other);
	ASSERT_EQ(0, run("ip link set line1 up"));
	EXPECT_EQ(ERROR_INVALID_HANDLE, end_call(&call));
	/* What it had begun went on. */
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  await_state(self->server, line, ROUTER_IF_STATE_CONNECTED));
}

TEST_HARNESS_MAIN
