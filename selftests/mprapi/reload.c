// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module is removed and loaded while a program uses it. Nobody else may
 * use it meanwhile: not for running beside other tests.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>

#include "fixture.h"

/* Requests under way, such as the kernel's own, hold it for a moment. */
static bool remove_module(void)
{
	unsigned int tries;

	for (tries = 0; tries < PATIENCE / 10; tries++) {
		if (!syscall(SYS_delete_module, "ddm", O_NONBLOCK))
			return true;
		if (errno != EAGAIN && errno != EBUSY)
			break;
		usleep(10000);
	}
	return false;
}

/* From where modprobe finds it, or from where it was built. */
static bool load_module(void)
{
	return !run("modprobe ddm 2> /dev/null || insmod \"$DDM_KO\"");
}

static DWORD enumerate(HANDLE server)
{
	DWORD read, total, error;
	LPBYTE buffer = NULL;

	error = MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1, &read,
				      &total, NULL);
	MprAdminBufferFree(buffer);
	return error;
}

TEST_F(router, removal_ends_the_wait_and_the_next_call_says_so)
{
	HANDLE server;

	ASSERT_EQ(NO_ERROR, MprAdminRegisterConnectionNotification(
				    self->server, self->event));
	ASSERT_TRUE(remove_module());
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
	ASSERT_TRUE(load_module());
	/* The registration is lost, and a program that slept must learn it. */
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, MprAdminRegisterConnectionNotification(
						 self->server, self->event));
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &server));
	EXPECT_EQ(NO_ERROR, enumerate(server));
	EXPECT_EQ(NO_ERROR,
		  MprAdminRegisterConnectionNotification(server, self->event));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	MprAdminServerDisconnect(server);
}

TEST_F(router, reload_behind_a_sleepers_back_is_told)
{
	ASSERT_EQ(NO_ERROR, MprAdminRegisterConnectionNotification(
				    self->server, self->event));
	ASSERT_TRUE(remove_module());
	ASSERT_TRUE(load_module());
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, 0));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
}

TEST_F(router, handle_is_good_for_one_load_of_the_module)
{
	HANDLE server, first;
	LPBYTE buffer;

	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"first", &first));
	ASSERT_TRUE(remove_module());
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
	ASSERT_TRUE(load_module());
	/* Its numbers mean other interfaces now, so it must not take them. */
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminInterfaceGetInfo(self->server, first, 0, &buffer));
	EXPECT_EQ(NULL, find_interface(self->server, L"wg0"));
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &server));
	EXPECT_NE(NULL, find_interface(server, L"wg0"));
	EXPECT_EQ(NULL, find_interface(server, L"first"));
	MprAdminServerDisconnect(server);
}

TEST_F(router, reload_between_two_calls_is_noticed)
{
	LPBYTE buffer;

	ASSERT_TRUE(remove_module());
	ASSERT_TRUE(load_module());
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminInterfaceGetInfo(self->server, self->wg, 0, &buffer));
}

struct call {
	pthread_t thread;
	HANDLE server;
	HANDLE interface;
	DWORD result;
};

static void *call_main(void *data)
{
	struct call *call = data;

	call->result = MprAdminInterfaceConnect(call->server, call->interface,
						NULL, TRUE);
	return NULL;
}

TEST_F(router, removal_ends_a_call_that_waits_for_its_attempt)
{
	struct call call = { .server = self->server };

	ASSERT_EQ(0, run("ip link add line0 type veth peer name line1"));
	ASSERT_EQ(NO_ERROR,
		  create_level0(self->server, L"line0", &call.interface));
	ASSERT_EQ(0, pthread_create(&call.thread, NULL, call_main, &call));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTING,
		  await_state(self->server, call.interface,
			      ROUTER_IF_STATE_CONNECTING));
	ASSERT_TRUE(remove_module());
	pthread_join(call.thread, NULL);
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, call.result);
	ASSERT_TRUE(load_module());
}

TEST_F(router, asking_whether_it_runs_does_not_load_the_module)
{
	HANDLE server;

	ASSERT_TRUE(remove_module());
	EXPECT_FALSE(MprAdminIsServiceRunning(NULL));
	EXPECT_NE(0, access("/sys/module/ddm", F_OK));
	/* To connect is to use it, which loads it where modprobe finds it. */
	EXPECT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &server));
	EXPECT_EQ(MprAdminIsServiceRunning(NULL),
		  !access("/sys/module/ddm", F_OK));
	MprAdminServerDisconnect(server);
	if (access("/sys/module/ddm", F_OK))
		ASSERT_TRUE(load_module());
}

TEST_F(router, handle_made_before_the_module_was_loaded_works_after)
{
	HANDLE server;

	/* The first question after it would have the kernel load it again. */
	ASSERT_EQ(0, run("mkdir -p /run/modprobe.d && echo install ddm "
			 "/bin/false > /run/modprobe.d/ddm-selftest.conf"));
	ASSERT_TRUE(remove_module());
	EXPECT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &server));
	EXPECT_FALSE(MprAdminIsServiceRunning(NULL));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(server));
	ASSERT_EQ(0, run("rm /run/modprobe.d/ddm-selftest.conf"));
	ASSERT_TRUE(load_module());
	EXPECT_EQ(NO_ERROR, enumerate(server));
	MprAdminServerDisconnect(server);
}

TEST_HARNESS_MAIN
