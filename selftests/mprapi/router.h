/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A router for each test: a network namespace of its own, real devices in it,
 * and a handle to its manager. Needs root and the module.
 */
#ifndef SELFTESTS_MPRAPI_ROUTER_H
#define SELFTESTS_MPRAPI_ROUTER_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <ddm.h>
#include <mprapi.h>
#include <mprerror.h>
#include <mprevent.h>
#include <raserror.h>

#include "../slow.h"

/* Longest time for what should happen, in milliseconds. */
#define PATIENCE (15000 * slow())
/* Time in which what should not happen gets its chance. */
#define MOMENT 100

static inline int __attribute__((format(printf, 1, 2)))
run(const char *format, ...)
{
	char command[512];
	va_list list;

	va_start(list, format);
	vsnprintf(command, sizeof(command), format, list);
	va_end(list);
	return system(command);
}

static inline bool new_namespace(void)
{
	return !unshare(CLONE_NEWNET) && !run("ip link set lo up");
}

/* No root, no module: nothing of this can be tried. */
static inline const char *why_not(void)
{
	if (geteuid())
		return "needs root";
	if (!MprAdminIsServiceRunning(NULL))
		return "needs the module ddm";
	if (run("ip -V > /dev/null 2>&1"))
		return "needs iproute2";
	return NULL;
}

static inline DWORD create_level0(HANDLE server, const wchar_t *name,
				  HANDLE *handle)
{
	MPR_INTERFACE_0 info = { .fEnabled = TRUE,
				 .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER };

	wcsncpy(info.wszInterfaceName, name, MAX_INTERFACE_NAME_LEN);
	return MprAdminInterfaceCreate(server, 0, (LPBYTE)&info, handle);
}

/* Of whatever type */
static inline HANDLE find_interface(HANDLE server, const wchar_t *name)
{
	WCHAR copy[MAX_INTERFACE_NAME_LEN + 1] = { 0 };
	HANDLE handle = NULL;

	wcsncpy(copy, name, MAX_INTERFACE_NAME_LEN);
	MprAdminInterfaceGetHandle(server, copy, &handle, TRUE);
	return handle;
}

/* The interface now; all zero with a last error of -1 if it cannot be read. */
static inline MPR_INTERFACE_0 look(HANDLE server, HANDLE interface)
{
	MPR_INTERFACE_0 info = { .dwLastError = (DWORD)-1 }, *buffer;

	if (!MprAdminInterfaceGetInfo(server, interface, 0,
				      (LPBYTE *)&buffer)) {
		info = *buffer;
		MprAdminBufferFree(buffer);
	}
	return info;
}

/* Waits until the interface is in @state; returns the state it is in. */
static inline DWORD await_state(HANDLE server, HANDLE interface, DWORD state)
{
	DWORD seen = 0, tries;

	for (tries = 0; tries < PATIENCE; tries++) {
		seen = look(server, interface).dwConnectionState;
		if (seen == state)
			break;
		usleep(1000);
	}
	return seen;
}

static inline void set_enabled(HANDLE server, HANDLE interface, BOOL enabled)
{
	MPR_INTERFACE_0 info = look(server, interface);

	info.fEnabled = enabled;
	MprAdminInterfaceSetInfo(server, interface, 0, (LPBYTE)&info);
}

static inline int set_service(uint32_t state)
{
	const struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_STATE_SET,
		.state = state,
	};
	struct ddm *ddm;
	int result = ddm_open(&ddm);

	if (!result)
		result = ddm_service_set(ddm, &request);
	ddm_close(ddm);
	return result;
}

/* For good, so only in a test's own process. */
static inline bool give_up_privileges(void)
{
	return !setgid(65534) && !setuid(65534);
}

static inline double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
