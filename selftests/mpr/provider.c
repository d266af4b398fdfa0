// SPDX-License-Identifier: GPL-2.0-only
/*
 * A provider with connections that exist in a table only; NAME is its name, and
 * its resources are \\NAME\anything. With OLD it has NPAddConnection alone.
 */
#include <pthread.h>

#include "plugin.h"

#define CONNECTIONS 64

/* Guards the table. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	wchar_t local[MAX_PATH + 1];
	wchar_t remote[MAX_PATH + 1];
	DWORD type;
} connections[CONNECTIONS];

static bool is_mine(const wchar_t *remote)
{
	wchar_t prefix[32];

	swprintf(prefix, 32, L"\\\\%s\\", NAME);
	return !wcsncmp(remote, prefix, wcslen(prefix));
}

/* By device or, if it has none, by remote name; "" finds an empty place. */
static int find(const wchar_t *local, const wchar_t *remote)
{
	int i;

	for (i = 0; i < CONNECTIONS; i++) {
		if (*local ? !wcscmp(connections[i].local, local) :
			     !*connections[i].local &&
				     !wcscmp(connections[i].remote, remote))
			return i;
	}
	return -1;
}

static DWORD put(const wchar_t *local, const wchar_t *remote, DWORD type)
{
	DWORD code = WN_SUCCESS;
	int at;

	pthread_mutex_lock(&lock);
	at = find(L"", L"");
	if (*local && find(local, L"") >= 0) {
		code = WN_ALREADY_CONNECTED;
	} else if (at >= 0) {
		wcsncpy(connections[at].local, local, MAX_PATH);
		wcsncpy(connections[at].remote, remote, MAX_PATH);
		connections[at].type = type;
	} else {
		code = WN_OUT_OF_MEMORY;
	}
	pthread_mutex_unlock(&lock);
	return code;
}

DWORD WINAPI NPGetCaps(DWORD ndex)
{
	switch (ndex) {
	case WNNC_CONNECTION:
#ifdef OLD
		return WNNC_CON_ADDCONNECTION | WNNC_CON_CANCELCONNECTION;
#else
		return WNNC_CON_ADDCONNECTION3 | WNNC_CON_ADDCONNECTION |
		       WNNC_CON_CANCELCONNECTION | WNNC_CON_GETCONNECTIONS;
	case WNNC_ENUMERATION:
		return WNNC_ENUM_LOCAL;
#endif
	default:
		return 0;
	}
}

static DWORD add(LPNETRESOURCEW resource)
{
	const wchar_t *local = resource->lpLocalName;
	unsigned long code;

	if (action(resource->lpRemoteName, NAME, "call", NULL))
		record(NAME " got %u", connect_again(resource->lpRemoteName));
	if (action(resource->lpRemoteName, NAME, "extended", NULL)) {
		wchar_t text[] = L"the line is dead";
		wchar_t name[] = L"provider of the tests";

		WNetSetLastErrorW(4711, text, name);
		return WN_EXTENDED_ERROR;
	}
	if (action(resource->lpRemoteName, NAME, "no-letters", NULL) && local &&
	    local[1] == L':')
		return WN_BAD_LOCALNAME;
	if (action(resource->lpRemoteName, NAME, "", &code) && code)
		return (DWORD)code;
	if (!is_mine(resource->lpRemoteName))
		return WN_BAD_NETNAME;
	/* As if the user had a default device for this one. */
	if (!local && wcsstr(resource->lpRemoteName, L"own-device"))
		local = L"own";
	return put(local ? local : L"", resource->lpRemoteName,
		   resource->dwType);
}

/* What is ours now is not the caller's: it may be overwritten. */
static void scribble(wchar_t *text)
{
	if (text)
		wmemset(text, L'#', wcslen(text));
}

#ifdef OLD
DWORD WINAPI NPAddConnection(LPNETRESOURCEW lpNetResource, LPWSTR lpPassword,
			     LPWSTR lpUserName)
{
	DWORD code;

	record(NAME " add %s local %s type %u password %s user %s",
	       plain(lpNetResource->lpRemoteName),
	       plain(lpNetResource->lpLocalName), lpNetResource->dwType,
	       plain(lpPassword), plain(lpUserName));
	code = add(lpNetResource);
	scribble(lpNetResource->lpRemoteName);
	scribble(lpPassword);
	return code;
}
#else
DWORD WINAPI NPAddConnection3(HWND hwndOwner, LPNETRESOURCEW lpNetResource,
			      LPWSTR lpPassword, LPWSTR lpUserName,
			      DWORD dwFlags)
{
	DWORD code;

	record(NAME
	       " add3 %s local %s type %u password %s user %s flags %#x owner %lu",
	       plain(lpNetResource->lpRemoteName),
	       plain(lpNetResource->lpLocalName), lpNetResource->dwType,
	       plain(lpPassword), plain(lpUserName), dwFlags,
	       (unsigned long)(uintptr_t)hwndOwner);
	code = add(lpNetResource);
	scribble(lpNetResource->lpRemoteName);
	scribble(lpPassword);
	return code;
}

DWORD WINAPI NPGetConnection(LPWSTR lpLocalName, LPWSTR lpRemoteName,
			     LPDWORD lpnBufferLen)
{
	DWORD code = WN_NOT_CONNECTED, needed;
	int at;

	pthread_mutex_lock(&lock);
	at = find(lpLocalName, L"");
	if (at >= 0) {
		needed = (DWORD)wcslen(connections[at].remote) + 1;
		code = needed > *lpnBufferLen ? WN_MORE_DATA : WN_SUCCESS;
		if (code)
			*lpnBufferLen = needed;
		else
			wcscpy(lpRemoteName, connections[at].remote);
	}
	pthread_mutex_unlock(&lock);
	return code;
}

/* The handle is the number of the next connection, plus one. */
DWORD WINAPI NPOpenEnum(DWORD dwScope, DWORD dwType, DWORD dwUsage,
			LPNETRESOURCEW lpNetResource, LPHANDLE lphEnum)
{
	int *next = malloc(sizeof(*next));

	(void)dwType;
	if (dwScope != RESOURCE_CONNECTED || dwUsage || lpNetResource || !next)
		abort();
	*next = 0;
	*lphEnum = next;
	return WN_SUCCESS;
}

/* One at a time, which is allowed, and a page that is hardly large enough. */
DWORD WINAPI NPEnumResource(HANDLE hEnum, LPDWORD lpcCount, LPVOID lpBuffer,
			    LPDWORD lpBufferSize)
{
	NETRESOURCEW *resource = lpBuffer;
	DWORD needed = sizeof(*resource) + 80 * 1024, code;
	wchar_t *text = (wchar_t *)(resource + 1);
	int *next = hEnum;

	if (*lpBufferSize < needed) {
		*lpBufferSize = needed;
		return WN_MORE_DATA;
	}
	pthread_mutex_lock(&lock);
	while (*next < CONNECTIONS && !*connections[*next].remote)
		++*next;
	code = *next == CONNECTIONS ? WN_NO_MORE_ENTRIES : WN_SUCCESS;
	if (!code) {
		memset(resource, 0, sizeof(*resource));
		resource->dwType = connections[*next].type;
		resource->lpRemoteName =
			wcscpy(text, connections[*next].remote);
		text += wcslen(text) + 1;
		resource->lpLocalName = wcscpy(text, connections[*next].local);
		++*next;
		*lpcCount = 1;
	}
	pthread_mutex_unlock(&lock);
	return code;
}

DWORD WINAPI NPCloseEnum(HANDLE hEnum)
{
	free(hEnum);
	return WN_SUCCESS;
}
#endif

DWORD WINAPI NPCancelConnection(LPWSTR lpName, BOOL fForce)
{
	DWORD result = WN_NOT_CONNECTED;
	unsigned long code;
	int at;

	record(NAME " cancel %s force %d", plain(lpName), fForce);
	if (action(lpName, NAME, "open-files", NULL) && !fForce)
		return WN_OPEN_FILES;
	if (action(lpName, NAME, "cancel", &code) && code)
		return (DWORD)code;
	pthread_mutex_lock(&lock);
	at = find(lpName, L"");
	if (at < 0 && *lpName)
		at = find(L"", lpName);
	if (at >= 0) {
		memset(&connections[at], 0, sizeof(connections[at]));
		result = WN_SUCCESS;
	}
	pthread_mutex_unlock(&lock);
	return result;
}
