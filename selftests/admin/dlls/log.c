// SPDX-License-Identifier: GPL-2.0-only
/*
 * An administration DLL that notes each callout and says yes; it gives
 * addresses, too, when it is built to. NAME is what its notes begin with.
 */
#include <arpa/inet.h>

#include "note.h"

DWORD APIENTRY MprAdminInitializeDll(VOID)
{
	NOTE_CALL(NAME, "initialize");
	return NO_ERROR;
}

DWORD APIENTRY MprAdminTerminateDll(VOID)
{
	NOTE_CALL(NAME, "terminate");
	return NO_ERROR;
}

BOOL APIENTRY MprAdminAcceptNewConnection(RAS_CONNECTION_0 *zero,
					  RAS_CONNECTION_1 *one)
{
	NOTE_CONNECTION(NAME, "accept-connection", zero, one);
	return TRUE;
}

VOID APIENTRY MprAdminConnectionHangupNotification(RAS_CONNECTION_0 *zero,
						   RAS_CONNECTION_1 *one)
{
	NOTE_CONNECTION(NAME, "connection-hangup", zero, one);
}

BOOL APIENTRY MprAdminAcceptNewLink(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	NOTE_LINK(NAME, "accept-link", zero, one);
	return TRUE;
}

VOID APIENTRY MprAdminLinkHangupNotification(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	NOTE_LINK(NAME, "link-hangup", zero, one);
}

#ifdef GIVES_ADDRESSES
/* The address is the environment's, so that a test can choose it. */
DWORD APIENTRY MprAdminGetIpAddressForUser(WCHAR *user, WCHAR *port,
					   DWORD *address, BOOL *release)
{
	const char *wanted = getenv("DDM_TEST_ADDRESS");
	struct in_addr was = { .s_addr = *address };

	NOTE("%s get-address user=%ls port=%ls address=%s\n", NAME, user, port,
	     inet_ntoa(was));
	if (note_ordered(NAME, "no-address"))
		return ERROR_NO_SUCH_USER;
	if (wanted)
		*address = inet_addr(wanted);
	*release = TRUE;
	return NO_ERROR;
}

VOID APIENTRY MprAdminReleaseIpAddress(WCHAR *user, WCHAR *port, DWORD *address)
{
	struct in_addr was = { .s_addr = *address };

	NOTE("%s release-address user=%ls port=%ls address=%s\n", NAME, user,
	     port, inet_ntoa(was));
}
#endif

BOOL APIENTRY MprAdminAcceptReauthentication(RAS_CONNECTION_0 *zero,
					     RAS_CONNECTION_1 *one,
					     RAS_CONNECTION_2 *two,
					     RAS_CONNECTION_3 *three)
{
	NOTE("%s reauthentication user=%ls,%ls,%ls seconds=%u received=%u "
	     "guid=%08x-%04x-%04x\n",
	     NAME, zero->wszUserName, two->wszUserName, three->wszUserName,
	     zero->dwConnectDuration, one->dwBytesRcved, two->guid.Data1,
	     two->guid.Data2, two->guid.Data3);
	return !note_ordered(NAME, "refuse reauthentication");
}
