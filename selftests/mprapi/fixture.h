/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What all of these programs have: a WireGuard device (wg0), which is a tunnel
 * that needs no peer to come up, and a handle to the router.
 */
#ifndef SELFTESTS_MPRAPI_FIXTURE_H
#define SELFTESTS_MPRAPI_FIXTURE_H

#include "router.h"

#include "../slow.h"
#include "kselftest_harness.h"

FIXTURE(router)
{
	HANDLE server;
	HANDLE wg;
	HANDLE event;
};

FIXTURE_SETUP(router)
{
	const char *reason = why_not();

	if (reason)
		SKIP(return, "%s", reason);
	ASSERT_TRUE(new_namespace());
	ASSERT_EQ(0, run("ip link add wg0 type wireguard"));
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &self->server));
	self->wg = find_interface(self->server, L"wg0");
	ASSERT_NE(NULL, self->wg);
	self->event = CreateEvent(NULL, FALSE, FALSE, NULL);
	ASSERT_NE(NULL, self->event);
}

FIXTURE_TEARDOWN(router)
{
	if (self->event)
		CloseHandle(self->event);
	MprAdminServerDisconnect(self->server);
}

#endif
