// SPDX-License-Identifier: GPL-2.0-only
/* Registered events: what signals them, how often, and until when. */
#include "fixture.h"

static bool signalled(HANDLE event)
{
	return WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
}

static DWORD await(HANDLE event)
{
	return WaitForSingleObject(event, PATIENCE);
}

#define REGISTER(event) \
	MprAdminRegisterConnectionNotification(self->server, (event))
#define DEREGISTER(event) \
	MprAdminDeregisterConnectionNotification(self->server, (event))

TEST_F(router, connect_and_disconnect_signal)
{
	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	EXPECT_FALSE(signalled(self->event));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
	EXPECT_FALSE(signalled(self->event));
	ASSERT_EQ(0, run("ip link set wg0 down"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
	ASSERT_EQ(NO_ERROR,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
	EXPECT_TRUE(signalled(self->event));
	ASSERT_EQ(0, run("ip link del wg0"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
}

TEST_F(router, other_changes_do_not_signal)
{
	HANDLE handle;

	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"other", &handle));
	set_enabled(self->server, handle, FALSE);
	set_enabled(self->server, handle, TRUE);
	/* An attempt that begins, and one that fails. */
	ASSERT_EQ(0, run("ip link add line0 type veth peer name line1"));
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceDelete(self->server, handle));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"line0", &handle));
	ASSERT_EQ(PENDING,
		  MprAdminInterfaceConnect(self->server, handle, NULL, FALSE));
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceDisconnect(self->server, handle));
	ASSERT_EQ(0, run("ip link add wg1 type wireguard"));
	ASSERT_EQ(0, run("ip link del wg1"));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
	ASSERT_EQ(0, run("ip link set line1 up; ip link set line0 up"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
}

TEST_F(router, many_changes_are_one_signal)
{
	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	ASSERT_EQ(0, run("for i in 1 2 3 4 5; do "
			 "ip link set wg0 up; ip link set wg0 down; done"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
	EXPECT_FALSE(signalled(self->event));
}

TEST_F(router, signal_comes_after_the_change_can_be_seen)
{
	int i;

	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	for (i = 0; i < 50; i++) {
		ASSERT_EQ(PENDING,
			  MprAdminInterfaceConnect(self->server, self->wg, NULL,
						   FALSE));
		ASSERT_EQ(WAIT_OBJECT_0, await(self->event));
		ASSERT_EQ(ROUTER_IF_STATE_CONNECTED,
			  look(self->server, self->wg).dwConnectionState);
		ASSERT_EQ(NO_ERROR,
			  MprAdminInterfaceDisconnect(self->server, self->wg));
		ASSERT_EQ(WAIT_OBJECT_0, await(self->event));
		ASSERT_EQ(ROUTER_IF_STATE_DISCONNECTED,
			  look(self->server, self->wg).dwConnectionState);
	}
}

TEST_F(router, manual_reset_event_stays_signalled)
{
	HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);

	ASSERT_EQ(NO_ERROR, REGISTER(event));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_OBJECT_0, await(event));
	EXPECT_TRUE(signalled(event));
	EXPECT_TRUE(ResetEvent(event));
	EXPECT_FALSE(signalled(event));
	ASSERT_EQ(0, run("ip link set wg0 down"));
	EXPECT_EQ(WAIT_OBJECT_0, await(event));
	CloseHandle(event);
}

TEST_F(router, several_events_are_all_signalled)
{
	HANDLE events[5];
	int i;

	for (i = 0; i < 5; i++) {
		events[i] = CreateEvent(NULL, i % 2, FALSE, NULL);
		ASSERT_EQ(NO_ERROR, REGISTER(events[i]));
	}
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_OBJECT_0,
		  WaitForMultipleObjects(5, events, TRUE, PATIENCE));
	for (i = 0; i < 5; i++)
		CloseHandle(events[i]);
}

TEST_F(router, second_registration_changes_nothing)
{
	HANDLE copy;

	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	EXPECT_EQ(NO_ERROR, REGISTER(self->event));
	/* Another handle to it is the same event. */
	ASSERT_TRUE(DuplicateHandle(GetCurrentProcess(), self->event,
				    GetCurrentProcess(), &copy, 0, FALSE,
				    DUPLICATE_SAME_ACCESS));
	EXPECT_EQ(NO_ERROR, REGISTER(copy));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
	EXPECT_FALSE(signalled(self->event));
	/* One deregistration ends it. */
	EXPECT_EQ(NO_ERROR, DEREGISTER(self->event));
	ASSERT_EQ(0, run("ip link set wg0 down"));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
	EXPECT_EQ(ERROR_INVALID_PARAMETER, DEREGISTER(copy));
	CloseHandle(copy);
}

TEST_F(router, what_was_not_registered_cannot_be_deregistered)
{
	HANDLE other;

	EXPECT_EQ(ERROR_INVALID_PARAMETER, DEREGISTER(self->event));
	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	/* Nor through another handle to the router. */
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &other));
	EXPECT_EQ(ERROR_INVALID_PARAMETER,
		  MprAdminDeregisterConnectionNotification(other, self->event));
	MprAdminServerDisconnect(other);
	EXPECT_EQ(NO_ERROR, DEREGISTER(self->event));
}

TEST_F(router, deregistration_keeps_a_signal_that_came_before)
{
	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	ASSERT_EQ(NO_ERROR, DEREGISTER(self->event));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, 0));
}

TEST_F(router, giving_up_the_handle_deregisters)
{
	HANDLE other;

	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &other));
	ASSERT_EQ(NO_ERROR,
		  MprAdminRegisterConnectionNotification(other, self->event));
	MprAdminServerDisconnect(other);
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
}

TEST_F(router, closing_a_registered_event_is_harmless)
{
	int i;

	/* More often than listeners are allowed: closed ones must not stay. */
	for (i = 0; i < 3; i++) {
		HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);

		ASSERT_EQ(NO_ERROR, REGISTER(event));
		EXPECT_TRUE(CloseHandle(event));
	}
	/* A new event has the descriptor of the closed one, not its signals. */
	self->event = CreateEvent(NULL, FALSE, FALSE, NULL);
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
	EXPECT_EQ(NO_ERROR, REGISTER(self->event));
	ASSERT_EQ(0, run("ip link set wg0 down"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
}

TEST_F(router, end_of_the_process_deregisters)
{
	const struct ddm_service *service;
	struct ddm *ddm;
	int status;
	pid_t child;

	child = fork();
	if (!child) {
		HANDLE server;

		if (MprAdminServerConnect(NULL, &server))
			_exit(1);
		_exit(!!MprAdminRegisterConnectionNotification(server,
							       self->event));
	}
	ASSERT_EQ(child, waitpid(child, &status, 0));
	ASSERT_EQ(0, status);
	ASSERT_EQ(0, ddm_open(&ddm));
	ASSERT_EQ(0, ddm_service_get(ddm, &service));
	EXPECT_EQ(0, service->listeners);
	ddm_close(ddm);
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(self->event, MOMENT));
}

/* Nothing that the parent had lives on because a child has a copy of it. */
TEST_F(router, child_of_fork_keeps_no_registration)
{
	const struct ddm_service *service;
	HANDLE other;
	struct ddm *ddm;
	pid_t child;
	int ends[2];
	char one;

	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &other));
	ASSERT_EQ(NO_ERROR,
		  MprAdminRegisterConnectionNotification(other, self->event));
	ASSERT_EQ(0, pipe(ends));
	child = fork();
	if (!child) {
		/* fork() returns here when it has let go of them */
		write(ends[1], "x", 1);
		pause();
		_exit(0);
	}
	ASSERT_EQ(1, read(ends[0], &one, 1));
	close(ends[0]);
	close(ends[1]);
	MprAdminServerDisconnect(other);
	ASSERT_EQ(0, ddm_open(&ddm));
	ASSERT_EQ(0, ddm_service_get(ddm, &service));
	EXPECT_EQ(0, service->listeners);
	ddm_close(ddm);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

TEST_F(router, stop_of_the_service_wakes_who_waits)
{
	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, DEREGISTER(self->event));
	/* The registration outlasts it. */
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_RUNNING));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_OBJECT_0, await(self->event));
	EXPECT_EQ(NO_ERROR, DEREGISTER(self->event));
}

TEST_F(router, event_of_an_epoll_loop_may_be_registered)
{
	int fd = mpr_event_fd(self->event);
	uint64_t count = 0;

	ASSERT_EQ(NO_ERROR, REGISTER(self->event));
	ASSERT_EQ(0, run("ip link set wg0 up; ip link set wg0 down"));
	EXPECT_EQ(sizeof(count), read(fd, &count, sizeof(count)));
	EXPECT_EQ(2, count);
}

TEST_F(router, too_many_listeners_are_refused)
{
	const struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_LISTENERS_SET,
		.max_listeners = 1,
	};
	HANDLE other = CreateEvent(NULL, FALSE, FALSE, NULL);
	struct ddm *ddm;

	ASSERT_EQ(0, ddm_open(&ddm));
	ASSERT_EQ(0, ddm_service_set(ddm, &request));
	EXPECT_EQ(NO_ERROR, REGISTER(self->event));
	EXPECT_EQ(ERROR_NOT_ENOUGH_MEMORY, REGISTER(other));
	EXPECT_EQ(NO_ERROR, DEREGISTER(self->event));
	EXPECT_EQ(NO_ERROR, REGISTER(other));
	ddm_close(ddm);
	CloseHandle(other);
}

TEST_HARNESS_MAIN
