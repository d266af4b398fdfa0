// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module is removed and loaded while a program uses it. Nobody else may
 * use it meanwhile: not for running beside other tests.
 */
#include "fixture.h"

static bool remove_module(void)
{
	return !run("rmmod ddm");
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

	ASSERT_EQ(NO_ERROR,
		  MprAdminRegisterConnectionNotification(self->server,
							 self->event));
	ASSERT_TRUE(remove_module());
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, PATIENCE));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
	ASSERT_TRUE(load_module());
	/* The registration is lost, and a program that slept must learn it. */
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminRegisterConnectionNotification(self->server,
							 self->event));
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
	ASSERT_EQ(NO_ERROR,
		  MprAdminRegisterConnectionNotification(self->server,
							 self->event));
	ASSERT_TRUE(remove_module());
	ASSERT_TRUE(load_module());
	EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(self->event, 0));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(self->server));
}

TEST_F(router, handle_without_registrations_survives_a_reload)
{
	LPBYTE buffer;

	ASSERT_TRUE(remove_module());
	EXPECT_FALSE(run("test -d /sys/module/ddm") == 0);
	ASSERT_TRUE(load_module());
	EXPECT_EQ(NO_ERROR, enumerate(self->server));
	/* Interfaces have new handles. */
	EXPECT_EQ(ERROR_INVALID_HANDLE,
		  MprAdminInterfaceGetInfo(self->server, (HANDLE)0x7654321, 0,
					   &buffer));
	EXPECT_NE(NULL, find_interface(self->server, L"wg0"));
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

TEST_F(router, handle_made_before_the_module_was_loaded_works_after)
{
	HANDLE server;

	/* Not by name, which would have the kernel load it at once. */
	ASSERT_EQ(0, run("rmmod ddm && mkdir -p /run/no-ddm && "
			 "echo 'install ddm /bin/false' > /run/no-ddm/x.conf"));
	ASSERT_EQ(0, run("test ! -e /run/modprobe.d || exit 0; "
			 "mv /run/no-ddm /run/modprobe.d"));
	EXPECT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &server));
	EXPECT_FALSE(MprAdminIsServiceRunning(NULL));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, enumerate(server));
	ASSERT_EQ(0, run("rm -rf /run/modprobe.d"));
	ASSERT_TRUE(load_module());
	EXPECT_EQ(NO_ERROR, enumerate(server));
	MprAdminServerDisconnect(server);
}

TEST_HARNESS_MAIN
