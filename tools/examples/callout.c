// SPDX-License-Identifier: GPL-2.0-only
/*
 * An administration DLL that lets everybody in and tells of each call when it is
 * over. The same source compiles for Windows and Linux; here, ddmd loads it:
 *
 *	[admin]
 *	dll = /usr/local/lib/ddm/callout.so
 */
#include <windows.h>
#include <mprapi.h>
#include <stdio.h>

DWORD APIENTRY MprAdminInitializeDll(VOID)
{
	return NO_ERROR;
}

DWORD APIENTRY MprAdminTerminateDll(VOID)
{
	return NO_ERROR;
}

BOOL APIENTRY MprAdminAcceptNewConnection(RAS_CONNECTION_0 *call,
					  RAS_CONNECTION_1 *traffic)
{
	(void)traffic;
	printf("%ls calls\n", call->wszUserName);
	fflush(stdout);
	return TRUE;
}

/* Once a call, when the last of its links is gone */
VOID APIENTRY MprAdminConnectionHangupNotification(RAS_CONNECTION_0 *call,
						   RAS_CONNECTION_1 *traffic)
{
	printf("%ls on %ls: %lu s, %lu bytes received, %lu sent\n",
	       call->wszUserName, call->wszInterfaceName,
	       (unsigned long)call->dwConnectDuration,
	       (unsigned long)traffic->dwBytesRcved,
	       (unsigned long)traffic->dwBytesXmited);
	fflush(stdout);
}

BOOL APIENTRY MprAdminAcceptNewLink(RAS_PORT_0 *port, RAS_PORT_1 *state)
{
	(void)port, (void)state;
	return TRUE;
}

VOID APIENTRY MprAdminLinkHangupNotification(RAS_PORT_0 *port,
					     RAS_PORT_1 *state)
{
	(void)port, (void)state;
}
