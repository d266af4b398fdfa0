// SPDX-License-Identifier: GPL-2.0-only
/*
 * list: the router's interfaces and its connections, page by page. The same
 * source compiles for Windows and Linux.
 */
#include <windows.h>
#include <mprapi.h>
#include <stdio.h>

static const char *const states[] = { "unreachable", "disconnected",
				      "connecting", "connected" };

static void interfaces(const MPR_INTERFACE_0 *list, DWORD count)
{
	for (DWORD i = 0; i < count; i++)
		printf("%-24ls %-13s last error %lu\n",
		       list[i].wszInterfaceName,
		       states[list[i].dwConnectionState & 3],
		       (unsigned long)list[i].dwLastError);
}

static void connections(const RAS_CONNECTION_0 *list, DWORD count)
{
	for (DWORD i = 0; i < count; i++)
		printf("%-24ls connected for %lu s\n", list[i].wszInterfaceName,
		       (unsigned long)list[i].dwConnectDuration);
}

int main(void)
{
	MPR_SERVER_HANDLE server;
	DWORD count, total, resume = 0, error;
	LPBYTE page;

	error = MprAdminServerConnect(NULL, &server);
	if (error != NO_ERROR) {
		fprintf(stderr, "MprAdminServerConnect: error %lu\n",
			(unsigned long)error);
		return 1;
	}
	do {
		error = MprAdminInterfaceEnum(server, 0, &page, 8192, &count,
					      &total, &resume);
		if (error != NO_ERROR && error != ERROR_MORE_DATA)
			break;
		interfaces((const MPR_INTERFACE_0 *)page, count);
		MprAdminBufferFree(page);
	} while (error == ERROR_MORE_DATA);

	resume = 0;
	while (error == NO_ERROR || error == ERROR_MORE_DATA) {
		error = MprAdminConnectionEnum(server, 0, &page, 8192, &count,
					       &total, &resume);
		if (error != NO_ERROR && error != ERROR_MORE_DATA)
			break;
		connections((const RAS_CONNECTION_0 *)page, count);
		MprAdminBufferFree(page);
		if (error == NO_ERROR)
			break;
	}
	MprAdminServerDisconnect(server);
	if (error != NO_ERROR)
		fprintf(stderr, "enumerating: error %lu\n",
			(unsigned long)error);
	return error != NO_ERROR;
}
