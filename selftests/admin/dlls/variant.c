// SPDX-License-Identifier: GPL-2.0-only
/*
 * An administration DLL with just the exports that it is built with, each of
 * which notes that it was called, and what the newest structure of it says.
 */
#include "note.h"

#ifdef INITIALIZE
DWORD APIENTRY MprAdminInitializeDll(VOID)
{
	NOTE_CALL("variant", "initialize");
	return NO_ERROR;
}
#endif

#ifdef INITIALIZE_EX
/* A table without callouts: exports stand in. */
DWORD APIENTRY MprAdminInitializeDllEx(PMPRAPI_ADMIN_DLL_CALLBACKS table)
{
	NOTE_CALL("variant", "initialize-ex");
	table->revision = MPRAPI_ADMIN_DLL_VERSION_1;
	return NO_ERROR;
}
#endif

#ifdef TERMINATE
DWORD APIENTRY MprAdminTerminateDll(VOID)
{
	NOTE_CALL("variant", "terminate");
	return NO_ERROR;
}
#endif

#ifdef LINKS
BOOL APIENTRY MprAdminAcceptNewLink(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	NOTE("variant accept-link %d %d\n", !!zero, !!one);
	return TRUE;
}

VOID APIENTRY MprAdminLinkHangupNotification(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	NOTE("variant link-hangup %d %d\n", !!zero, !!one);
}
#endif

#ifdef PLAIN
BOOL APIENTRY MprAdminAcceptNewConnection(RAS_CONNECTION_0 *zero,
					  RAS_CONNECTION_1 *one)
{
	NOTE("variant accept-1 %ls %u\n", zero->wszUserName,
	     one->PppInfo.ip.dwError);
	return TRUE;
}

VOID APIENTRY MprAdminConnectionHangupNotification(RAS_CONNECTION_0 *zero,
						   RAS_CONNECTION_1 *one)
{
	NOTE("variant hangup-1 %ls %u\n", zero->wszUserName,
	     one->dwBytesXmited);
}
#endif

#ifdef TWO
BOOL APIENTRY MprAdminAcceptNewConnection2(RAS_CONNECTION_0 *zero,
					   RAS_CONNECTION_1 *one,
					   RAS_CONNECTION_2 *two)
{
	NOTE("variant accept-2 %ls %u %#x\n", two->wszUserName,
	     one->hConnection == zero->hConnection &&
		     two->hConnection == zero->hConnection,
	     two->PppInfo2.lcp.dwRemoteAuthenticationProtocol);
	return TRUE;
}

VOID APIENTRY MprAdminConnectionHangupNotification2(RAS_CONNECTION_0 *zero,
						    RAS_CONNECTION_1 *one,
						    RAS_CONNECTION_2 *two)
{
	(void)zero;
	NOTE("variant hangup-2 %ls %u\n", two->wszUserName, one->dwBytesXmited);
}
#endif

#ifdef THREE
BOOL APIENTRY MprAdminAcceptNewConnection3(RAS_CONNECTION_0 *zero,
					   RAS_CONNECTION_1 *one,
					   RAS_CONNECTION_2 *two,
					   RAS_CONNECTION_3 *three)
{
	(void)zero, (void)one, (void)two;
	NOTE("variant accept-3 %ls %u %u\n", three->wszUserName,
	     three->dwSize == sizeof(*three),
	     three->PppInfo3.lcp.dwRemoteAuthenticationData);
	return TRUE;
}

VOID APIENTRY MprAdminConnectionHangupNotification3(RAS_CONNECTION_0 *zero,
						    RAS_CONNECTION_1 *one,
						    RAS_CONNECTION_2 *two,
						    RAS_CONNECTION_3 *three)
{
	(void)zero, (void)two;
	NOTE("variant hangup-3 %ls %u\n", three->wszUserName,
	     one->dwBytesXmited);
}
#endif

#ifdef EX
BOOL APIENTRY MprAdminAcceptNewConnectionEx(RAS_CONNECTION_EX *info)
{
	NOTE("variant accept-ex %ls %u %ls\n", info->wszUserName,
	     info->Header.size == sizeof(*info),
	     info->ProjectionInfo.PppProjectionInfo.wszRemoteAddress);
	return TRUE;
}

VOID APIENTRY MprAdminConnectionHangupNotificationEx(RAS_CONNECTION_EX *info)
{
	NOTE("variant hangup-ex %ls %u\n", info->wszUserName,
	     info->dwBytesXmited);
}
#endif

#ifdef GET_ADDRESS
DWORD APIENTRY MprAdminGetIpAddressForUser(WCHAR *user, WCHAR *port,
					   DWORD *address, BOOL *release)
{
	(void)user, (void)port, (void)address, (void)release;
	return NO_ERROR;
}
#endif
