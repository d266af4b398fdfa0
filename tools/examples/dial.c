// SPDX-License-Identifier: GPL-2.0-only
/*
 * dial NAME: connect a demand-dial interface by name and wait for the outcome.
 * dial -d NAME hangs it up. The same source compiles for Windows and Linux.
 */
#include <windows.h>
#include <mprapi.h>
#include <raserror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *call, DWORD error)
{
	LPWSTR text = NULL;

	if (MprAdminGetErrorString(error, &text) == NO_ERROR)
		fprintf(stderr, "%s: error %lu: %ls\n", call,
			(unsigned long)error, text);
	else
		fprintf(stderr, "%s: error %lu\n", call, (unsigned long)error);
	LocalFree(text);
	return 1;
}

/* The attempt goes on by itself; the event tells when it has ended. */
static int dial(MPR_SERVER_HANDLE server, HANDLE iface)
{
	HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);
	MPR_INTERFACE_0 *info;
	DWORD error = MprAdminInterfaceConnect(server, iface, event, FALSE);

	if (error != PENDING && error != NO_ERROR)
		return fail("MprAdminInterfaceConnect", error);
	WaitForSingleObject(event, INFINITE);
	CloseHandle(event);

	error = MprAdminInterfaceGetInfo(server, iface, 0, (LPBYTE *)&info);
	if (error != NO_ERROR)
		return fail("MprAdminInterfaceGetInfo", error);
	if (info->dwConnectionState == ROUTER_IF_STATE_CONNECTED)
		printf("%ls: connected\n", info->wszInterfaceName);
	else
		error = info->dwLastError;
	MprAdminBufferFree(info);
	return error == NO_ERROR ? 0 : fail("connecting", error);
}

int main(int argc, char **argv)
{
	int hangup = argc == 3 && !strcmp(argv[1], "-d");
	WCHAR name[MAX_INTERFACE_NAME_LEN + 1] = { 0 };
	MPR_SERVER_HANDLE server;
	HANDLE iface;
	DWORD error;
	int status;

	if (argc != 2 + hangup) {
		fprintf(stderr, "usage: dial [-d] NAME\n");
		return 2;
	}
	mbstowcs(name, argv[1 + hangup], MAX_INTERFACE_NAME_LEN);
	error = MprAdminServerConnect(NULL, &server);
	if (error != NO_ERROR)
		return fail("MprAdminServerConnect", error);
	error = MprAdminInterfaceGetHandle(server, name, &iface, FALSE);
	if (error != NO_ERROR)
		return fail("MprAdminInterfaceGetHandle", error);
	if (!hangup) {
		status = dial(server, iface);
	} else {
		error = MprAdminInterfaceDisconnect(server, iface);
		status = error == NO_ERROR ?
				 0 :
				 fail("MprAdminInterfaceDisconnect", error);
	}
	MprAdminServerDisconnect(server);
	return status;
}
