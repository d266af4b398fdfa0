// SPDX-License-Identifier: GPL-2.0-only
/*
 * connect NAME ROW...: MprAdminInterfaceConnect by each row of its matrix, as
 * any program calls it; the outcome is read by MprAdminInterfaceGetInfo. Prints
 * "ROW CODE connected", or "ROW CODE failed ERROR"; a connection is hung up.
 *
 *	event-wait, event	with an event, fSynchronous TRUE and FALSE
 *	wait, start		without one, likewise
 *	stay			as wait, but prints "stay CODE connected", waits
 *				until the connection ends, and prints "ended ERROR"
 */
#include <locale.h>
#include <mprapi.h>
#include <raserror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* No attempt here takes that long, so a wait that does is a failure. */
#define LIMIT 300000
#define LOOK 200

static MPR_SERVER_HANDLE server;
static HANDLE interface, changed;

static void fail(const char *what, DWORD code)
{
	printf("%s: %lu\n", what, (unsigned long)code);
	exit(EXIT_FAILURE);
}

static void check(const char *what, DWORD code)
{
	if (code)
		fail(what, code);
}

static DWORD state(DWORD *error)
{
	MPR_INTERFACE_0 *info;
	DWORD now;

	check("MprAdminInterfaceGetInfo",
	      MprAdminInterfaceGetInfo(server, interface, 0, (LPBYTE *)&info));
	now = info->dwConnectionState;
	*error = info->dwLastError;
	MprAdminBufferFree(info);
	return now;
}

/*
 * A connection that begins or ends is told by the registered event, which wakes
 * early; an attempt that fails is neither.
 */
static DWORD leave(DWORD from)
{
	DWORD error, waited;

	for (waited = 0; state(&error) == from; waited += LOOK)
		if (waited > LIMIT)
			fail("still", from);
		else
			WaitForSingleObject(changed, LOOK);
	return error;
}

static const struct row {
	const char *name;
	BOOL event;
	BOOL synchronous;
} rows[] = {
	{ "event-wait", TRUE, TRUE }, { "event", TRUE, FALSE },
	{ "wait", FALSE, TRUE },      { "start", FALSE, FALSE },
	{ "stay", FALSE, TRUE },
};

static void await(const struct row *row, DWORD code, HANDLE event)
{
	DWORD error;

	if (code == PENDING && row->event)
		check("the event", WaitForSingleObject(event, LIMIT));
	else if (code == PENDING)
		leave(ROUTER_IF_STATE_CONNECTING);
	if (state(&error) == ROUTER_IF_STATE_CONNECTED)
		printf("%s %lu connected\n", row->name, (unsigned long)code);
	else
		printf("%s %lu failed %lu\n", row->name, (unsigned long)code,
		       (unsigned long)error);
	fflush(stdout);
}

static void end(const struct row *row)
{
	DWORD error;

	if (state(&error) != ROUTER_IF_STATE_CONNECTED)
		return;
	if (strcmp(row->name, "stay"))
		check("MprAdminInterfaceDisconnect",
		      MprAdminInterfaceDisconnect(server, interface));
	else
		printf("ended %lu\n",
		       (unsigned long)leave(ROUTER_IF_STATE_CONNECTED));
}

static void run(const struct row *row)
{
	HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);
	DWORD code;

	code = MprAdminInterfaceConnect(
		server, interface, row->event ? event : NULL, row->synchronous);
	/* it is not signalled by a call that has only begun */
	if (row->event && code != PENDING)
		check("an event after a refusal",
		      WaitForSingleObject(event, 0) != WAIT_TIMEOUT);
	await(row, code, event);
	end(row);
	CloseHandle(event);
}

int main(int argc, char **argv)
{
	WCHAR name[MAX_INTERFACE_NAME_LEN + 1] = { 0 };
	size_t i;

	setlocale(LC_ALL, "");
	if (argc < 3)
		return 2;
	mbstowcs(name, argv[1], MAX_INTERFACE_NAME_LEN);
	changed = CreateEvent(NULL, FALSE, FALSE, NULL);
	check("MprAdminServerConnect", MprAdminServerConnect(NULL, &server));
	check("MprAdminInterfaceGetHandle",
	      MprAdminInterfaceGetHandle(server, name, &interface, FALSE));
	check("MprAdminRegisterConnectionNotification",
	      MprAdminRegisterConnectionNotification(server, changed));
	for (argv += 2; *argv; argv++)
		for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			if (!strcmp(rows[i].name, *argv))
				run(&rows[i]);
	MprAdminDeregisterConnectionNotification(server, changed);
	MprAdminServerDisconnect(server);
	return EXIT_SUCCESS;
}
