// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the MprAdmin calls say to arguments that no router needs to be asked
 * about, and to a router that is not there. The module is not needed; the test
 * that needs its absence is left out where it is loaded.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>

#include "ktap.h"
#include "server_name.h"

#define SOME_INTERFACE ((HANDLE)(uintptr_t)7)
#define SOME_PORT ((HANDLE)(uintptr_t)9)

static MPR_SERVER_HANDLE connect_local(void)
{
	MPR_SERVER_HANDLE server = NULL;
	DWORD error = MprAdminServerConnect(NULL, &server);

	if (error || !server)
		KTAP_FAIL("MprAdminServerConnect: %u, handle %p", error,
			  server);
	return server;
}

static void serverconnect_checks_its_arguments(void)
{
	static WCHAR other[] = L"\\\\router.invalid";
	static WCHAR broken[] = { 'a', (WCHAR)0xd800, 0 };
	WCHAR longest[600];
	HANDLE server = (HANDLE)1;

	EXPECT_EQ(MprAdminServerConnect(NULL, NULL), RPC_S_INVALID_BINDING);
	EXPECT_EQ(MprAdminServerConnect(other, &server), RPC_S_UNKNOWN_IF);
	EXPECT_TRUE(!server);
	EXPECT_EQ(MprAdminServerConnect(broken, &server), RPC_S_UNKNOWN_IF);
	wmemset(longest, L'x', ARRAYSIZE(longest));
	longest[ARRAYSIZE(longest) - 1] = 0;
	EXPECT_EQ(MprAdminServerConnect(longest, &server), RPC_S_UNKNOWN_IF);
	EXPECT_TRUE(!MprAdminIsServiceRunning(other));
}

static void many_names_mean_this_computer(void)
{
	static const wchar_t *const fixed[] = { L"",	      L".",
						L"localhost", L"LOCALHOST",
						L"\\\\.",     L"\\\\localhost",
						L"127.0.0.1", L"::1" };
	char host[256];
	WCHAR name[300];
	HANDLE server;
	size_t i;

	for (i = 0; i < ARRAYSIZE(fixed); i++) {
		wcscpy(name, fixed[i]);
		EXPECT_EQ(MprAdminServerConnect(name, &server), NO_ERROR);
		MprAdminServerDisconnect(server);
	}
	EXPECT_EQ(gethostname(host, sizeof(host)), 0);
	swprintf(name, ARRAYSIZE(name), L"\\\\%s", host);
	EXPECT_EQ(MprAdminServerConnect(name, &server), NO_ERROR);
	MprAdminServerDisconnect(server);
	swprintf(name, ARRAYSIZE(name), L"%sx", host);
	EXPECT_EQ(MprAdminServerConnect(name, &server), RPC_S_UNKNOWN_IF);
}

/* The host's name says nothing of another domain's host of that name. */
static void full_name_is_ours_if_the_hosts_file_says_so(void)
{
	static const struct {
		const char *text, *name;
		bool ours;
	} hosts[] = {
		{ "127.0.1.1 gw.site1.example gw\n", "gw.site1.example", true },
		{ "127.0.1.1 gw.site1.example gw\n", "gw.site2.example",
		  false },
		{ "::1\tlocalhost GW.site1.example", "gw.SITE1.example", true },
		{ "192.0.2.1  gw.site1.example gw\n", "gw.site1.example",
		  true },
		{ "192.0.2.2 gw.site2.example\n", "gw.site2.example", false },
		{ "192.0.2.2 gw.site2.example # gw\n", "gw.site2.example",
		  false },
		{ "#127.0.1.1 gw.site1.example gw\n", "gw.site1.example",
		  false },
		{ "\n\n127.0.0.1 localhost\n127.0.1.1 gw.a gw gw.b\n", "gw.b",
		  true },
		{ "gw.site1.example gw\n", "gw.site1.example", false },
	};
	size_t i;

	for (i = 0; i < ARRAYSIZE(hosts); i++) {
		FILE *file = fmemopen((char *)hosts[i].text,
				      strlen(hosts[i].text), "r");
		bool ours = mpr_hosts_have(file, hosts[i].name, "gw");

		fclose(file);
		if (ours != hosts[i].ours) {
			KTAP_FAIL("%s is%s ours, by %s", hosts[i].name,
				  ours ? "" : " not", hosts[i].text);
			return;
		}
	}
}

static void host_of_another_domain_is_another_computer(void)
{
	char host[256];
	WCHAR name[300];
	HANDLE server;

	EXPECT_EQ(gethostname(host, sizeof(host)), 0);
	swprintf(name, ARRAYSIZE(name), L"%s.elsewhere.invalid", host);
	EXPECT_EQ(MprAdminServerConnect(name, &server), RPC_S_UNKNOWN_IF);
	EXPECT_TRUE(!MprAdminIsServiceRunning(name));
	if (!strchr(host, '.'))
		return;
	host[strcspn(host, ".")] = '\0';
	swprintf(name, ARRAYSIZE(name), L"%s", host);
	EXPECT_EQ(MprAdminServerConnect(name, &server), NO_ERROR);
	MprAdminServerDisconnect(server);
}

/* Every call, each with arguments that are otherwise fine. */
static void expect_bad_server(HANDLE server, DWORD usual, DWORD binding,
			      DWORD parameter)
{
	static WCHAR name[] = L"wan0";
	MPR_INTERFACE_0 info = { .wszInterfaceName = L"wan0",
				 .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER };
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), handle;
	DWORD read = 9, total = 9, resume = 0;
	LPBYTE buffer = (LPBYTE)1;

	EXPECT_EQ(MprAdminInterfaceCreate(server, 0, (LPBYTE)&info, &handle),
		  usual);
	EXPECT_EQ(MprAdminInterfaceGetHandle(server, name, &handle, FALSE),
		  binding);
	EXPECT_TRUE(!handle);
	EXPECT_EQ(MprAdminInterfaceDelete(server, SOME_INTERFACE), usual);
	EXPECT_EQ(MprAdminInterfaceGetInfo(server, SOME_INTERFACE, 0, &buffer),
		  usual);
	EXPECT_TRUE(!buffer);
	EXPECT_EQ(MprAdminInterfaceSetInfo(server, SOME_INTERFACE, 0,
					   (LPBYTE)&info),
		  usual);
	buffer = (LPBYTE)1;
	EXPECT_EQ(MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1, &read,
					&total, &resume),
		  usual);
	EXPECT_TRUE(!buffer && !read && !total);
	EXPECT_EQ(MprAdminInterfaceConnect(server, SOME_INTERFACE, event, TRUE),
		  usual);
	EXPECT_EQ(MprAdminInterfaceConnect(server, SOME_INTERFACE, NULL, TRUE),
		  usual);
	EXPECT_EQ(MprAdminInterfaceDisconnect(server, SOME_INTERFACE), usual);
	EXPECT_EQ(MprAdminConnectionEnum(server, 0, &buffer, (DWORD)-1, &read,
					 &total, &resume),
		  binding);
	EXPECT_EQ(MprAdminConnectionGetInfo(server, 0, SOME_INTERFACE, &buffer),
		  binding);
	EXPECT_EQ(MprAdminConnectionClearStats(server, SOME_INTERFACE),
		  binding);
	buffer = (LPBYTE)1;
	read = total = 9;
	EXPECT_EQ(MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, &buffer,
				   (DWORD)-1, &read, &total, &resume),
		  usual);
	EXPECT_TRUE(!buffer && !read && !total);
	buffer = (LPBYTE)1;
	EXPECT_EQ(MprAdminPortGetInfo(server, 0, SOME_PORT, &buffer), usual);
	EXPECT_TRUE(!buffer);
	EXPECT_EQ(MprAdminPortClearStats(server, SOME_PORT), binding);
	EXPECT_EQ(MprAdminPortReset(server, SOME_PORT), parameter);
	EXPECT_EQ(MprAdminPortDisconnect(server, SOME_PORT), parameter);
	EXPECT_EQ(MprAdminRegisterConnectionNotification(server, event), usual);
	EXPECT_EQ(MprAdminDeregisterConnectionNotification(server, event),
		  usual);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	CloseHandle(event);
}

static void bad_server_handles_are_refused(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);
	HANDLE stale = connect_local();

	MprAdminServerDisconnect(stale);
	expect_bad_server(NULL, ERROR_INVALID_HANDLE, RPC_S_INVALID_BINDING,
			  ERROR_INVALID_PARAMETER);
	expect_bad_server(INVALID_HANDLE_VALUE, ERROR_INVALID_HANDLE,
			  ERROR_INVALID_HANDLE, ERROR_INVALID_HANDLE);
	expect_bad_server((HANDLE)0xdeadbeef, ERROR_INVALID_HANDLE,
			  ERROR_INVALID_HANDLE, ERROR_INVALID_HANDLE);
	expect_bad_server(stale, ERROR_INVALID_HANDLE, ERROR_INVALID_HANDLE,
			  ERROR_INVALID_HANDLE);
	expect_bad_server(event, ERROR_INVALID_HANDLE, ERROR_INVALID_HANDLE,
			  ERROR_INVALID_HANDLE);
	CloseHandle(event);
}

static void disconnecting_garbage_is_harmless(void)
{
	HANDLE server = connect_local();
	HANDLE event = CreateEvent(NULL, FALSE, TRUE, NULL);

	MprAdminServerDisconnect(NULL);
	MprAdminServerDisconnect(INVALID_HANDLE_VALUE);
	MprAdminServerDisconnect((HANDLE)0x12345678);
	MprAdminServerDisconnect(event);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	MprAdminServerDisconnect(server);
	MprAdminServerDisconnect(server);
	CloseHandle(event);
}

static void server_handle_is_no_event(void)
{
	HANDLE server = connect_local(), copy;

	EXPECT_EQ(WaitForSingleObject(server, 0), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	EXPECT_TRUE(!SetEvent(server));
	EXPECT_TRUE(!CloseHandle(server));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	EXPECT_TRUE(!DuplicateHandle(GetCurrentProcess(), server,
				     GetCurrentProcess(), &copy, 0, FALSE,
				     DUPLICATE_SAME_ACCESS));
	EXPECT_EQ(MprAdminRegisterConnectionNotification(server, server),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminInterfaceConnect(server, SOME_INTERFACE, server,
					   FALSE),
		  ERROR_INVALID_PARAMETER);
	MprAdminServerDisconnect(server);
}

static void server_handle_of_the_parent_is_refused_in_a_child(void)
{
	HANDLE server = connect_local();
	DWORD read, total, error;
	LPBYTE buffer;
	int status;
	pid_t child;

	child = fork();
	if (!child) {
		error = MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1,
					      &read, &total, NULL);
		if (error != ERROR_INVALID_HANDLE)
			_exit(1);
		MprAdminServerDisconnect(server);
		_exit(MprAdminServerConnect(NULL, &server) ? 2 : 0);
	}
	EXPECT_EQ(waitpid(child, &status, 0), child);
	EXPECT_EQ(status, 0);
	MprAdminServerDisconnect(server);
}

/* Threads that are nearly always inside a call, by one handle. */
struct busy {
	HANDLE server;
	atomic_bool stop;
	pthread_t threads[2];
};

static void *use_the_server(void *data)
{
	struct busy *busy = data;
	DWORD read, total;
	LPBYTE buffer;

	while (!busy->stop) {
		pthread_testcancel();
		MprAdminInterfaceEnum(busy->server, 0, &buffer, (DWORD)-1,
				      &read, &total, NULL);
		MprAdminBufferFree(buffer);
	}
	return NULL;
}

static void *free_what_is_not(void *data)
{
	struct busy *busy = data;

	while (!busy->stop)
		MprAdminBufferFree(&busy);
	return NULL;
}

static int be_the_child(HANDLE server)
{
	HANDLE event;

	alarm(20);
	MprAdminBufferFree(&server);
	MprAdminServerDisconnect(server);
	event = CreateEvent(NULL, FALSE, TRUE, NULL);
	if (WaitForSingleObject(event, 0) != WAIT_OBJECT_0)
		return 1;
	if (MprAdminServerConnect(NULL, &server))
		return 2;
	MprAdminServerDisconnect(server);
	return 0;
}

static void child_finds_no_lock_taken(void)
{
	struct busy busy = { .server = connect_local() };
	int status = 0, i;
	pid_t child;

	EXPECT_EQ(pthread_create(&busy.threads[0], NULL, use_the_server, &busy),
		  0);
	EXPECT_EQ(pthread_create(&busy.threads[1], NULL, free_what_is_not,
				 &busy),
		  0);
	for (i = 0; i < 300 && !status; i++) {
		child = fork();
		if (!child)
			_exit(be_the_child(busy.server));
		waitpid(child, &status, 0);
	}
	busy.stop = true;
	pthread_join(busy.threads[0], NULL);
	pthread_join(busy.threads[1], NULL);
	MprAdminServerDisconnect(busy.server);
	EXPECT_EQ(status, 0);
}

#ifdef KTAP_CAN_CANCEL
static void *count_to_one(void *data)
{
	struct busy *busy = data;
	DWORD read, total;
	LPBYTE buffer;

	MprAdminInterfaceEnum(busy->server, 0, &buffer, (DWORD)-1, &read,
			      &total, NULL);
	MprAdminBufferFree(buffer);
	return NULL;
}

/* Wherever it is cancelled, the handle is still there for the others. */
static void cancelled_call_keeps_nobody_out(void)
{
	struct busy busy = { .server = connect_local() };
	struct timespec limit;
	int i, error = 0;

	for (i = 0; i < 300 && !error; i++) {
		pthread_create(&busy.threads[0], NULL, use_the_server, &busy);
		usleep((useconds_t)i * 3);
		pthread_cancel(busy.threads[0]);
		pthread_join(busy.threads[0], NULL);
		pthread_create(&busy.threads[1], NULL, count_to_one, &busy);
		clock_gettime(CLOCK_REALTIME, &limit);
		limit.tv_sec += 20;
		error = pthread_timedjoin_np(busy.threads[1], NULL, &limit);
	}
	EXPECT_EQ(error, 0);
	MprAdminServerDisconnect(busy.server);
}
#endif

static void bad_event_handles_are_refused(void)
{
	HANDLE server = connect_local();
	HANDLE closed = CreateEvent(NULL, FALSE, FALSE, NULL);
	HANDLE bad[] = { closed, INVALID_HANDLE_VALUE, (HANDLE)0xdeadbeef,
			 SOME_INTERFACE };
	HANDLE waits = CreateEventEx(NULL, NULL, 0, SYNCHRONIZE);
	size_t i;

	CloseHandle(closed);
	for (i = 0; i < ARRAYSIZE(bad); i++) {
		EXPECT_EQ(MprAdminRegisterConnectionNotification(server,
								 bad[i]),
			  ERROR_INVALID_PARAMETER);
		EXPECT_EQ(MprAdminDeregisterConnectionNotification(server,
								   bad[i]),
			  ERROR_INVALID_PARAMETER);
		EXPECT_EQ(MprAdminInterfaceConnect(server, SOME_INTERFACE,
						   bad[i], FALSE),
			  ERROR_INVALID_PARAMETER);
	}
	EXPECT_EQ(MprAdminRegisterConnectionNotification(server, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminDeregisterConnectionNotification(server, NULL),
		  ERROR_INVALID_PARAMETER);
	/* The router would set it, which this handle may not. */
	EXPECT_EQ(MprAdminRegisterConnectionNotification(server, waits),
		  ERROR_ACCESS_DENIED);
	CloseHandle(waits);
	MprAdminServerDisconnect(server);
}

static void impossible_interface_handles_are_refused(void)
{
	const HANDLE bad[] = { NULL, INVALID_HANDLE_VALUE,
			       (HANDLE)(uintptr_t)0x100000001 };
	HANDLE server = connect_local();
	MPR_INTERFACE_0 info = { 0 };
	LPBYTE buffer;
	size_t i;

	for (i = 0; i < ARRAYSIZE(bad); i++) {
		EXPECT_EQ(MprAdminInterfaceDelete(server, bad[i]),
			  ERROR_INVALID_HANDLE);
		EXPECT_EQ(MprAdminInterfaceGetInfo(server, bad[i], 0, &buffer),
			  ERROR_INVALID_HANDLE);
		EXPECT_EQ(MprAdminInterfaceSetInfo(server, bad[i], 0,
						   (LPBYTE)&info),
			  ERROR_INVALID_HANDLE);
		EXPECT_EQ(MprAdminInterfaceConnect(server, bad[i], NULL, TRUE),
			  ERROR_INVALID_HANDLE);
		EXPECT_EQ(MprAdminInterfaceDisconnect(server, bad[i]),
			  ERROR_INVALID_HANDLE);
	}
	EXPECT_EQ(MprAdminConnectionGetInfo(server, 0, NULL, &buffer),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminConnectionClearStats(server, NULL),
		  ERROR_INVALID_PARAMETER);
	MprAdminServerDisconnect(server);
}

static void impossible_port_handles_are_refused(void)
{
	const HANDLE bad[] = { NULL, INVALID_HANDLE_VALUE,
			       (HANDLE)0xdeadbeefcafe };
	HANDLE server = connect_local();
	DWORD read, total;
	LPBYTE buffer;
	size_t i;

	for (i = 0; i < ARRAYSIZE(bad); i++) {
		buffer = (LPBYTE)1;
		EXPECT_EQ(MprAdminPortGetInfo(server, 0, bad[i], &buffer),
			  ERROR_INVALID_PORT_HANDLE);
		EXPECT_TRUE(!buffer);
		EXPECT_EQ(MprAdminPortClearStats(server, bad[i]),
			  RPC_S_INVALID_BINDING);
		EXPECT_EQ(MprAdminPortReset(server, bad[i]),
			  ERROR_INVALID_PARAMETER);
		EXPECT_EQ(MprAdminPortDisconnect(server, bad[i]),
			  ERROR_INVALID_PARAMETER);
	}
	EXPECT_EQ(MprAdminPortEnum(server, 0, NULL, &buffer, (DWORD)-1, &read,
				   &total, NULL),
		  ERROR_INVALID_HANDLE);
	MprAdminServerDisconnect(server);
}

static void missing_pointers_are_refused(void)
{
	HANDLE server = connect_local(), handle;
	MPR_INTERFACE_0 info = { .wszInterfaceName = L"wan0",
				 .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER };
	DWORD number, missing;
	LPBYTE buffer;

	for (missing = 0; missing < 3; missing++) {
		LPBYTE *to = missing == 0 ? NULL : &buffer;
		DWORD *read = missing == 1 ? NULL : &number;
		DWORD *total = missing == 2 ? NULL : &number;

		EXPECT_EQ(MprAdminInterfaceEnum(server, 0, to, (DWORD)-1, read,
						total, NULL),
			  ERROR_INVALID_PARAMETER);
		EXPECT_EQ(MprAdminConnectionEnum(server, 0, to, (DWORD)-1, read,
						 total, NULL),
			  ERROR_INVALID_PARAMETER);
		EXPECT_EQ(MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, to,
					   (DWORD)-1, read, total, NULL),
			  ERROR_INVALID_PARAMETER);
	}
	EXPECT_EQ(MprAdminInterfaceGetInfo(server, SOME_INTERFACE, 0, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminInterfaceSetInfo(server, SOME_INTERFACE, 0, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminInterfaceCreate(server, 0, NULL, &handle),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminInterfaceCreate(server, 0, (LPBYTE)&info, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminInterfaceGetHandle(server, NULL, &handle, FALSE),
		  RPC_X_NULL_REF_POINTER);
	EXPECT_EQ(MprAdminInterfaceGetHandle(server, info.wszInterfaceName,
					     NULL, FALSE),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminConnectionGetInfo(server, 0, SOME_INTERFACE, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminPortGetInfo(server, 0, SOME_PORT, NULL),
		  ERROR_INVALID_PARAMETER);
	MprAdminServerDisconnect(server);
}

static void unknown_levels_are_refused(void)
{
	static const DWORD levels[] = { 4, 5, 100, (DWORD)-1 };
	HANDLE server = connect_local(), handle;
	MPR_INTERFACE_3 info = { .wszInterfaceName = L"wan0",
				 .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER };
	DWORD read, total;
	LPBYTE buffer;
	size_t i;

	for (i = 0; i < ARRAYSIZE(levels); i++) {
		EXPECT_EQ(MprAdminInterfaceGetInfo(server, SOME_INTERFACE,
						   levels[i], &buffer),
			  ERROR_NOT_SUPPORTED);
		EXPECT_EQ(MprAdminInterfaceSetInfo(server, SOME_INTERFACE,
						   levels[i], (LPBYTE)&info),
			  ERROR_NOT_SUPPORTED);
		EXPECT_EQ(MprAdminInterfaceCreate(server, levels[i],
						  (LPBYTE)&info, &handle),
			  ERROR_NOT_SUPPORTED);
		EXPECT_EQ(MprAdminInterfaceEnum(server, levels[i], &buffer, 0,
						&read, &total, NULL),
			  ERROR_NOT_SUPPORTED);
		EXPECT_EQ(MprAdminPortEnum(server, levels[i],
					   INVALID_HANDLE_VALUE, &buffer, 0,
					   &read, &total, NULL),
			  ERROR_NOT_SUPPORTED);
		EXPECT_EQ(MprAdminPortGetInfo(server, levels[i], SOME_PORT,
					      &buffer),
			  ERROR_NOT_SUPPORTED);
		if (levels[i] == 4)
			continue; /* RAS_CONNECTION_4 */
		EXPECT_EQ(MprAdminConnectionEnum(server, levels[i], &buffer, 0,
						 &read, &total, NULL),
			  ERROR_INVALID_LEVEL);
		EXPECT_EQ(MprAdminConnectionGetInfo(server, levels[i],
						    SOME_INTERFACE, &buffer),
			  ERROR_INVALID_LEVEL);
	}
	EXPECT_EQ(MprAdminInterfaceEnum(server, 1, &buffer, 0, &read, &total,
					NULL),
		  ERROR_NOT_SUPPORTED);
	EXPECT_EQ(MprAdminPortEnum(server, 1, INVALID_HANDLE_VALUE, &buffer, 0,
				   &read, &total, NULL),
		  ERROR_NOT_SUPPORTED);
	EXPECT_EQ(MprAdminPortGetInfo(server, 2, SOME_PORT, &buffer),
		  ERROR_NOT_SUPPORTED);
	MprAdminServerDisconnect(server);
}

static void what_cannot_be_an_interface_is_not_created(void)
{
	static const struct {
		const wchar_t *name;
		DWORD type, level;
	} bad[] = {
		{ L"", ROUTER_IF_TYPE_FULL_ROUTER, 0 },
		{ L"\xd800", ROUTER_IF_TYPE_FULL_ROUTER, 0 },
		{ L"\x110000", ROUTER_IF_TYPE_FULL_ROUTER, 0 },
		{ L"wan0", ROUTER_IF_TYPE_CLIENT, 0 },
		{ L"wan0", ROUTER_IF_TYPE_DEDICATED, 0 },
		{ L"wan0", ROUTER_IF_TYPE_INTERNAL, 0 },
		{ L"wan0", ROUTER_IF_TYPE_LOOPBACK, 0 },
		{ L"wan0", 8, 0 },
		{ L"wan0", (DWORD)-1, 0 },
		{ L"wan0", ROUTER_IF_TYPE_DIALOUT, 2 },
	};
	MPR_INTERFACE_3 info = { 0 };
	HANDLE server = connect_local(), handle;
	size_t i;

	for (i = 0; i < ARRAYSIZE(bad); i++) {
		wcscpy(info.wszInterfaceName, bad[i].name);
		info.dwIfType = (ROUTER_INTERFACE_TYPE)bad[i].type;
		handle = SOME_INTERFACE;
		EXPECT_EQ(MprAdminInterfaceCreate(server, bad[i].level,
						  (LPBYTE)&info, &handle),
			  ERROR_INVALID_PARAMETER);
		EXPECT_TRUE(!handle);
	}
	/* All 257 places taken, so none for the NUL. */
	wmemset(info.wszInterfaceName, L'x', ARRAYSIZE(info.wszInterfaceName));
	info.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER;
	EXPECT_EQ(MprAdminInterfaceCreate(server, 0, (LPBYTE)&info, &handle),
		  ERROR_INVALID_PARAMETER);
	MprAdminServerDisconnect(server);
}

static void settings_that_make_no_sense_are_refused(void)
{
	MPR_INTERFACE_3 info = { .wszInterfaceName = L"wan0",
				 .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER };
	HANDLE server = connect_local(), handle;

	wmemset(info.szLocalPhoneNumber, L'1',
		ARRAYSIZE(info.szLocalPhoneNumber));
	EXPECT_EQ(MprAdminInterfaceCreate(server, 2, (LPBYTE)&info, &handle),
		  ERROR_INVALID_PARAMETER);
	wcscpy(info.szLocalPhoneNumber, L"\xdfff");
	EXPECT_EQ(MprAdminInterfaceCreate(server, 2, (LPBYTE)&info, &handle),
		  ERROR_INVALID_PARAMETER);
	info.szLocalPhoneNumber[0] = 0;
	info.dwCustomAuthDataSize = 4;
	EXPECT_EQ(MprAdminInterfaceCreate(server, 2, (LPBYTE)&info, &handle),
		  ERROR_INVALID_PARAMETER);
	info.lpbCustomAuthData = (LPBYTE)&info;
	info.dwCustomAuthDataSize = 100000;
	EXPECT_EQ(MprAdminInterfaceCreate(server, 2, (LPBYTE)&info, &handle),
		  ERROR_INVALID_PARAMETER);
	info.dwCustomAuthDataSize = 0;
	info.AddressCount = 1;
	EXPECT_EQ(MprAdminInterfaceCreate(server, 3, (LPBYTE)&info, &handle),
		  ERROR_INVALID_PARAMETER);
	MprAdminServerDisconnect(server);
}

static void bufferfree_takes_only_its_own(void)
{
	void *foreign = malloc(100);
	int local;

	EXPECT_EQ(MprAdminBufferFree(NULL), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminBufferFree(&local), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminBufferFree(foreign), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(MprAdminBufferFree((LPVOID)0xdeadbeef),
		  ERROR_INVALID_PARAMETER);
	free(foreign);
}

static void error_strings_are_freed_with_localfree(void)
{
	static const DWORD known[] = { ERROR_DDM_NOT_RUNNING,
				       ROUTEBASE,
				       ERROR_INTERFACE_DISABLED,
				       ERROR_AUTHENTICATION_FAILURE,
				       PENDING,
				       ERROR_ACCESS_DENIED,
				       ERROR_REMOTEACCESS_NOT_CONFIGURED };
	LPWSTR text;
	size_t i;

	for (i = 0; i < ARRAYSIZE(known); i++) {
		text = NULL;
		EXPECT_EQ(MprAdminGetErrorString(known[i], &text), NO_ERROR);
		EXPECT_TRUE(text && wcslen(text) > 5);
		EXPECT_TRUE(!wcspbrk(text, L"\r\n"));
		EXPECT_EQ(MprAdminBufferFree(text), ERROR_INVALID_PARAMETER);
		EXPECT_TRUE(!LocalFree(text));
	}
	text = (LPWSTR)1;
	EXPECT_EQ(MprAdminGetErrorString(0xdeadbeef, &text),
		  ERROR_MR_MID_NOT_FOUND);
	EXPECT_TRUE(!text);
	EXPECT_EQ(MprAdminGetErrorString(947, &text), ERROR_MR_MID_NOT_FOUND);
	EXPECT_EQ(MprAdminGetErrorString(903, NULL), ERROR_INVALID_PARAMETER);
}

static void calls_leave_the_last_error_alone(void)
{
	HANDLE server;

	SetLastError(12345);
	EXPECT_EQ(MprAdminServerConnect(NULL, &server), NO_ERROR);
	EXPECT_TRUE(MprAdminInterfaceDelete(server, NULL));
	EXPECT_TRUE(MprAdminRegisterConnectionNotification(server, NULL));
	MprAdminServerDisconnect(server);
	EXPECT_EQ(GetLastError(), 12345);
}

static void without_the_module_all_say_that_ddm_does_not_run(void)
{
	static WCHAR name[] = L"wan0";
	MPR_INTERFACE_0 info = { .wszInterfaceName = L"wan0",
				 .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER };
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), handle;
	HANDLE server = connect_local();
	DWORD read, total, not_running = ERROR_DDM_NOT_RUNNING;
	LPBYTE buffer;

	if (MprAdminIsServiceRunning(NULL))
		KTAP_SKIP("the module is loaded");
	EXPECT_EQ(MprAdminInterfaceCreate(server, 0, (LPBYTE)&info, &handle),
		  not_running);
	EXPECT_EQ(MprAdminInterfaceGetHandle(server, name, &handle, FALSE),
		  not_running);
	EXPECT_EQ(MprAdminInterfaceDelete(server, SOME_INTERFACE), not_running);
	EXPECT_EQ(MprAdminInterfaceGetInfo(server, SOME_INTERFACE, 0, &buffer),
		  not_running);
	EXPECT_EQ(MprAdminInterfaceSetInfo(server, SOME_INTERFACE, 0,
					   (LPBYTE)&info),
		  not_running);
	EXPECT_EQ(MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1, &read,
					&total, NULL),
		  not_running);
	EXPECT_EQ(MprAdminInterfaceConnect(server, SOME_INTERFACE, event, TRUE),
		  not_running);
	EXPECT_EQ(MprAdminInterfaceConnect(server, SOME_INTERFACE, NULL, TRUE),
		  not_running);
	EXPECT_EQ(MprAdminInterfaceDisconnect(server, SOME_INTERFACE),
		  not_running);
	EXPECT_EQ(MprAdminConnectionEnum(server, 0, &buffer, (DWORD)-1, &read,
					 &total, NULL),
		  not_running);
	EXPECT_EQ(MprAdminConnectionGetInfo(server, 0, SOME_INTERFACE, &buffer),
		  not_running);
	EXPECT_EQ(MprAdminConnectionClearStats(server, SOME_INTERFACE),
		  not_running);
	EXPECT_EQ(MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, &buffer,
				   (DWORD)-1, &read, &total, NULL),
		  not_running);
	EXPECT_EQ(MprAdminPortGetInfo(server, 1, SOME_PORT, &buffer),
		  not_running);
	EXPECT_EQ(MprAdminPortClearStats(server, SOME_PORT), not_running);
	EXPECT_EQ(MprAdminPortReset(server, SOME_PORT), not_running);
	EXPECT_EQ(MprAdminPortDisconnect(server, SOME_PORT), not_running);
	EXPECT_EQ(MprAdminRegisterConnectionNotification(server, event),
		  not_running);
	EXPECT_EQ(MprAdminDeregisterConnectionNotification(server, event),
		  not_running);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	CloseHandle(event);
	MprAdminServerDisconnect(server);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(serverconnect_checks_its_arguments),
	KTAP_TEST(many_names_mean_this_computer),
	KTAP_TEST(full_name_is_ours_if_the_hosts_file_says_so),
	KTAP_TEST(host_of_another_domain_is_another_computer),
	KTAP_TEST(bad_server_handles_are_refused),
	KTAP_TEST(disconnecting_garbage_is_harmless),
	KTAP_TEST(server_handle_is_no_event),
	KTAP_TEST(server_handle_of_the_parent_is_refused_in_a_child),
	KTAP_TEST(child_finds_no_lock_taken),
#ifdef KTAP_CAN_CANCEL
	KTAP_TEST(cancelled_call_keeps_nobody_out),
#endif
	KTAP_TEST(bad_event_handles_are_refused),
	KTAP_TEST(impossible_interface_handles_are_refused),
	KTAP_TEST(impossible_port_handles_are_refused),
	KTAP_TEST(missing_pointers_are_refused),
	KTAP_TEST(unknown_levels_are_refused),
	KTAP_TEST(what_cannot_be_an_interface_is_not_created),
	KTAP_TEST(settings_that_make_no_sense_are_refused),
	KTAP_TEST(bufferfree_takes_only_its_own),
	KTAP_TEST(error_strings_are_freed_with_localfree),
	KTAP_TEST(calls_leave_the_last_error_alone),
	KTAP_TEST(without_the_module_all_say_that_ddm_does_not_run),
};

KTAP_MAIN(tests)
