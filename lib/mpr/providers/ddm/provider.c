// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The provider "ddm": \\ddm\NAME is the demand-dial interface NAME. Connecting
 * dials it, cancelling hangs it up. Its local device is the interface itself,
 * so the local name is NAME, too.
 */
#include <mprerror.h>
#include <raserror.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "ddm.h"

#define PREFIX L"\\\\ddm\\"
#define PREFIX_LENGTH (sizeof(PREFIX) / sizeof(wchar_t) - 1)
#define PROVIDER_NAME L"ddm"
#define PROVIDER_VERSION 1

static wchar_t lower(wchar_t c)
{
	return c >= L'A' && c <= L'Z' ? c - L'A' + L'a' : c;
}

/* The interface in a remote name, NULL if it is not ours. */
static wchar_t *interface_in(wchar_t *remote)
{
	size_t i;

	for (i = 0; i < PREFIX_LENGTH; i++)
		if (!remote || lower(remote[i]) != PREFIX[i])
			return NULL;
	return remote[PREFIX_LENGTH] ? remote + PREFIX_LENGTH : NULL;
}

/* ------------------------------------------------------------- errors -- */

static const struct {
	DWORD code;
	DWORD wn;
} codes[] = {
	{ NO_ERROR, WN_SUCCESS },
	{ ERROR_ACCESS_DENIED, WN_ACCESS_DENIED },
	{ ERROR_INVALID_HANDLE, WN_BAD_NETNAME },
	{ ERROR_NOT_ENOUGH_MEMORY, WN_OUT_OF_MEMORY },
	{ ERROR_NO_SUCH_INTERFACE, WN_BAD_NETNAME },
	{ ERROR_DDM_NOT_RUNNING, WN_NO_NETWORK },
	{ ERROR_ALREADY_CONNECTED, WN_ALREADY_CONNECTED },
	{ ERROR_ALREADY_CONNECTING, WN_FUNCTION_BUSY },
	{ ERROR_INTERFACE_NOT_CONNECTED, WN_NOT_CONNECTED },
	{ ERROR_AUTHENTICATION_FAILURE, ERROR_LOGON_FAILURE },
};

/* What has no code among those of networks keeps its own, and its text. */
static DWORD explain(DWORD code)
{
	wchar_t provider[] = PROVIDER_NAME;
	LPWSTR text = NULL;

	if (MprAdminGetErrorString(code, &text))
		text = NULL;
	WNetSetLastErrorW(code, text, provider);
	LocalFree(text);
	return WN_EXTENDED_ERROR;
}

static DWORD wn_code(DWORD code)
{
	size_t i;

	for (i = 0; i < ARRAYSIZE(codes); i++)
		if (codes[i].code == code)
			return codes[i].wn;
	return explain(code);
}

/* ------------------------------------------------------- the manager -- */

/* A handle of each call: it stands for the thread's network namespace. */
static DWORD open_interface(wchar_t *name, MPR_SERVER_HANDLE *server,
			    HANDLE *interface)
{
	DWORD error = MprAdminServerConnect(NULL, server);

	if (error)
		return error;
	error = MprAdminInterfaceGetHandle(*server, name, interface, TRUE);
	if (error)
		MprAdminServerDisconnect(*server);
	return error;
}

static DWORD get_state(MPR_SERVER_HANDLE server, HANDLE interface,
		       ROUTER_CONNECTION_STATE *state)
{
	MPR_INTERFACE_0 *info;
	BYTE *buffer;
	DWORD error;

	error = MprAdminInterfaceGetInfo(server, interface, 0, &buffer);
	if (error)
		return error;
	info = (MPR_INTERFACE_0 *)(void *)buffer;
	*state = info->dwConnectionState;
	MprAdminBufferFree(buffer);
	return NO_ERROR;
}

static bool is_connected(wchar_t *name, DWORD *error)
{
	ROUTER_CONNECTION_STATE state = ROUTER_IF_STATE_DISCONNECTED;
	MPR_SERVER_HANDLE server;
	HANDLE interface;

	*error = open_interface(name, &server, &interface);
	if (*error)
		return false;
	*error = get_state(server, interface, &state);
	MprAdminServerDisconnect(server);
	return !*error && state == ROUTER_IF_STATE_CONNECTED;
}

/* ------------------------------------------------------------ exports -- */

DWORD WINAPI NPGetCaps(DWORD ndex)
{
	switch (ndex) {
	case WNNC_SPEC_VERSION:
		return WNNC_SPEC_VERSION51;
	case WNNC_DRIVER_VERSION:
		return PROVIDER_VERSION;
	case WNNC_CONNECTION:
		return WNNC_CON_ADDCONNECTION | WNNC_CON_ADDCONNECTION3 |
		       WNNC_CON_CANCELCONNECTION | WNNC_CON_GETCONNECTIONS;
	case WNNC_ENUMERATION:
		return WNNC_ENUM_LOCAL;
	default:
		return 0;
	}
}

static DWORD dial(MPR_SERVER_HANDLE server, HANDLE interface,
		  const wchar_t *user, const wchar_t *password)
{
	DWORD error;
	int fd;

	error = ddm_credentials_leave(interface, user, password, &fd);
	if (error)
		return error;
	error = MprAdminInterfaceConnect(server, interface, NULL, TRUE);
	ddm_credentials_wipe(interface, fd);
	return wn_code(error);
}

/* CONNECT_CURRENT_MEDIA: whatever needs no dialling. */
static DWORD connect_interface(wchar_t *name, const wchar_t *user,
			       const wchar_t *password, bool may_dial)
{
	ROUTER_CONNECTION_STATE state;
	MPR_SERVER_HANDLE server;
	HANDLE interface;
	DWORD error;

	error = open_interface(name, &server, &interface);
	if (error)
		return wn_code(error);
	error = get_state(server, interface, &state);
	if (error)
		error = wn_code(error);
	else if (state == ROUTER_IF_STATE_CONNECTED)
		error = WN_ALREADY_CONNECTED;
	else if (may_dial)
		error = dial(server, interface, user, password);
	else
		error = WN_CONNECTION_CLOSED;
	MprAdminServerDisconnect(server);
	return error;
}

DWORD WINAPI NPAddConnection3(HWND hwndOwner, LPNETRESOURCEW lpNetResource,
			      LPWSTR lpPassword, LPWSTR lpUserName,
			      DWORD dwFlags)
{
	wchar_t *name = interface_in(lpNetResource->lpRemoteName);
	const wchar_t *local = lpNetResource->lpLocalName;
	bool has_device = local && *local;
	DWORD code;

	(void)hwndOwner;
	if (!name)
		return WN_BAD_NETNAME;
	if (has_device && wcscmp(local, name))
		return WN_BAD_LOCALNAME;
	code = connect_interface(name, lpUserName, lpPassword,
				 !(dwFlags & CONNECT_CURRENT_MEDIA));
	/* Without a device, who wants the connection may share it. */
	return code == WN_ALREADY_CONNECTED && !has_device ? WN_SUCCESS : code;
}

DWORD WINAPI NPAddConnection(LPNETRESOURCEW lpNetResource, LPWSTR lpPassword,
			     LPWSTR lpUserName)
{
	return NPAddConnection3(NULL, lpNetResource, lpPassword, lpUserName, 0);
}

/* By the remote name, or by that of the device, which is the interface's. */
static DWORD cancel(wchar_t *name, bool force)
{
	ROUTER_CONNECTION_STATE state;
	MPR_SERVER_HANDLE server;
	HANDLE interface;
	DWORD error;

	error = open_interface(name, &server, &interface);
	if (error)
		return error;
	error = get_state(server, interface, &state);
	if (!error && !force && state == ROUTER_IF_STATE_CONNECTED &&
	    ddm_in_use(name))
		error = WN_OPEN_FILES;
	if (!error)
		error = MprAdminInterfaceDisconnect(server, interface);
	MprAdminServerDisconnect(server);
	return error;
}

DWORD WINAPI NPCancelConnection(LPWSTR lpName, BOOL fForce)
{
	wchar_t *name = interface_in(lpName);
	DWORD error;

	if (!lpName)
		return WN_BAD_VALUE;
	if (!name && !wcsncmp(lpName, L"\\\\", 2))
		return WN_NOT_CONNECTED;
	error = cancel(name ? name : lpName, fForce);
	switch (error) {
	case WN_OPEN_FILES:
		return error;
	case ERROR_NO_SUCH_INTERFACE:
	case ERROR_INVALID_HANDLE:
		return WN_NOT_CONNECTED;
	case ERROR_DDM_NOT_RUNNING:
		/* If it is ours at all, it is not connected. */
		return name ? WN_NO_NETWORK : WN_NOT_CONNECTED;
	default:
		return wn_code(error);
	}
}

DWORD WINAPI NPGetConnection(LPWSTR lpLocalName, LPWSTR lpRemoteName,
			     LPDWORD lpnBufferLen)
{
	DWORD needed = (DWORD)(PREFIX_LENGTH + wcslen(lpLocalName) + 1), error;

	if (!is_connected(lpLocalName, &error))
		return error && error != ERROR_NO_SUCH_INTERFACE &&
				       error != ERROR_INVALID_HANDLE ?
			       wn_code(error) :
			       WN_NOT_CONNECTED;
	if (*lpnBufferLen < needed) {
		*lpnBufferLen = needed;
		return WN_MORE_DATA;
	}
	wcscpy(lpRemoteName, PREFIX);
	wcscat(lpRemoteName, lpLocalName);
	return WN_SUCCESS;
}

/* -------------------------------------------------------- enumeration -- */

/* One list of interfaces is one enumeration, which belongs to the router. */
struct enumeration {
	BYTE *buffer;
	DWORD count;
	DWORD next;
};

DWORD WINAPI NPOpenEnum(DWORD dwScope, DWORD dwType, DWORD dwUsage,
			LPNETRESOURCEW lpNetResource, LPHANDLE lphEnum)
{
	struct enumeration *enumeration;
	MPR_SERVER_HANDLE server;
	DWORD error, total;

	(void)dwType;
	(void)dwUsage;
	if (dwScope != RESOURCE_CONNECTED || lpNetResource)
		return WN_NOT_SUPPORTED;
	error = MprAdminServerConnect(NULL, &server);
	if (error)
		return wn_code(error);
	enumeration = calloc(1, sizeof(*enumeration));
	error = !enumeration ?
			ERROR_NOT_ENOUGH_MEMORY :
			MprAdminInterfaceEnum(server, 0, &enumeration->buffer,
					      (DWORD)-1, &enumeration->count,
					      &total, NULL);
	MprAdminServerDisconnect(server);
	if (error) {
		free(enumeration);
		return wn_code(error);
	}
	*lphEnum = enumeration;
	return WN_SUCCESS;
}

/* A structure, the remote name and, as its end, the local name. */
static void put(const wchar_t *name, NETRESOURCEW *to, wchar_t *text)
{
	static wchar_t provider[] = PROVIDER_NAME;

	*to = (NETRESOURCEW){
		.dwScope = RESOURCE_CONNECTED,
		.dwType = RESOURCETYPE_ANY,
		.dwDisplayType = RESOURCEDISPLAYTYPE_GENERIC,
		.dwUsage = RESOURCEUSAGE_CONNECTABLE,
		.lpRemoteName = text,
		.lpLocalName = text + PREFIX_LENGTH,
		.lpProvider = provider,
	};
	wcscpy(text, PREFIX);
	wcscat(text, name);
}

DWORD WINAPI NPEnumResource(HANDLE hEnum, LPDWORD lpcCount, LPVOID lpBuffer,
			    LPDWORD lpBufferSize)
{
	struct enumeration *enumeration = hEnum;
	const MPR_INTERFACE_0 *interfaces =
		(const MPR_INTERFACE_0 *)(void *)enumeration->buffer;
	size_t bottom = 0, top = *lpBufferSize / sizeof(wchar_t);
	wchar_t *texts = lpBuffer;
	NETRESOURCEW *resources = lpBuffer;
	DWORD read = 0;

	for (; enumeration->next < enumeration->count && read < *lpcCount;
	     enumeration->next++) {
		const MPR_INTERFACE_0 *one = &interfaces[enumeration->next];
		size_t room = PREFIX_LENGTH + wcslen(one->wszInterfaceName) + 1;
		size_t structure = sizeof(*resources) / sizeof(wchar_t);

		if (one->dwConnectionState != ROUTER_IF_STATE_CONNECTED)
			continue;
		if (top - bottom < room + structure) {
			if (read)
				break;
			*lpBufferSize =
				(DWORD)((room + structure) * sizeof(wchar_t));
			return WN_MORE_DATA;
		}
		top -= room;
		bottom += structure;
		put(one->wszInterfaceName, &resources[read++], texts + top);
	}
	*lpcCount = read;
	return read ? WN_SUCCESS : WN_NO_MORE_ENTRIES;
}

DWORD WINAPI NPCloseEnum(HANDLE hEnum)
{
	struct enumeration *enumeration = hEnum;

	if (enumeration->buffer)
		MprAdminBufferFree(enumeration->buffer);
	free(enumeration);
	return WN_SUCCESS;
}
