// SPDX-License-Identifier: GPL-2.0-only
/*
 * An administration DLL that refuses whom it is ordered to: "refuse refuse
 * connection USER", "refuse refuse link PORT", or "refuse refuse links".
 * Handed over as a table.
 */
#include "note.h"

#define NAME "refuse"

static DWORD APIENTRY terminate(VOID)
{
	NOTE_CALL(NAME, "terminate");
	return NO_ERROR;
}

static BOOL APIENTRY accept_connection(RAS_CONNECTION_EX *info)
{
	char order[256];

	NOTE("%s accept-connection connection=%#llx user=%ls\n", NAME,
	     (unsigned long long)(uintptr_t)info->hConnection,
	     info->wszUserName);
	snprintf(order, sizeof(order), "refuse connection %.50ls",
		 info->wszUserName);
	return !note_ordered(NAME, order);
}

static VOID APIENTRY connection_hangup(RAS_CONNECTION_EX *info)
{
	NOTE("%s connection-hangup connection=%#llx user=%ls sent=%u "
	     "received=%u\n",
	     NAME, (unsigned long long)(uintptr_t)info->hConnection,
	     info->wszUserName, info->dwBytesXmited, info->dwBytesRcved);
}

static BOOL APIENTRY accept_link(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	char order[256];

	NOTE_LINK(NAME, "accept-link", zero, one);
	snprintf(order, sizeof(order), "refuse link %.50ls", zero->wszPortName);
	return !note_ordered(NAME, order) &&
	       !note_ordered(NAME, "refuse links");
}

static VOID APIENTRY link_hangup(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	NOTE_LINK(NAME, "link-hangup", zero, one);
}

DWORD APIENTRY MprAdminInitializeDllEx(PMPRAPI_ADMIN_DLL_CALLBACKS table)
{
	NOTE_CALL(NAME, "initialize");
	table->revision = MPRAPI_ADMIN_DLL_VERSION_2;
	table->lpfnRasAdminTerminateDll = terminate;
	table->lpfnRasAdminAcceptNewConnectionEx = accept_connection;
	table->lpfnRasAdminConnectionHangupNotificationEx = connection_hangup;
	table->lpfnRasAdminAcceptNewLink = accept_link;
	table->lpfnRasAdminLinkHangupNotification = link_hangup;
	return NO_ERROR;
}
