// SPDX-License-Identifier: LGPL-2.1-or-later
/* WNetGetConnection: the resource behind a local device, now or remembered. */
#include <errno.h>
#include <stdlib.h>
#include <wchar.h>
#include <winnetwk.h>

#include "call.h"
#include "connection.h"
#include "names.h"
#include "profile.h"
#include "text.h"

/* Names have MAX_PATH characters at most, but providers are free. */
#define FIRST_ROOM (MAX_PATH + 1)

/* The caller's arguments; text is as @width says. */
struct given {
	enum wnet_width width;
	const void *local;
	void *remote;
	DWORD *length;
};

/* Into memory that grows until the provider is content. */
static DWORD get_connected(const struct wnet_providers *providers,
			   const wchar_t *local, wchar_t **remote)
{
	DWORD room = FIRST_ROOM, length, code;

	for (;;) {
		*remote = calloc(room + 1, sizeof(**remote));
		if (!*remote)
			return ERROR_NOT_ENOUGH_MEMORY;
		length = room;
		code = wnet_get(providers, local, *remote, &length);
		if (!code)
			return NO_ERROR;
		free(*remote);
		*remote = NULL;
		if (code != ERROR_MORE_DATA)
			return code;
		if (length <= room || length > UINT16_MAX)
			return ERROR_UNEXP_NET_ERR;
		room = length;
	}
}

static DWORD get_remembered(const wchar_t *local, wchar_t **remote, DWORD code)
{
	const struct wnet_remembered *one = NULL;
	struct wnet_profile profile;
	char *device = mpr_utf8_dup(local);

	if (device && !wnet_profile_read(&profile)) {
		one = wnet_profile_find(&profile, device);
		if (one)
			*remote = mpr_wide_dup(one->remote);
		wnet_profile_free(&profile);
	}
	free(device);
	return *remote ? ERROR_CONNECTION_UNAVAIL : code;
}

/* Characters, or bytes, that a copy needs with its NUL. */
static DWORD needed(const struct given *given, const wchar_t *remote,
		    char **bytes)
{
	if (given->width == WNET_WIDE)
		return (DWORD)wcslen(remote) + 1;
	*bytes = mpr_utf8_dup(remote);
	return *bytes ? (DWORD)strlen(*bytes) + 1 : 0;
}

static DWORD hand_over(const struct given *given, const wchar_t *remote)
{
	char *bytes = NULL;
	DWORD size = needed(given, remote, &bytes), error = NO_ERROR;

	if (!size)
		return errno == EILSEQ ? ERROR_UNEXP_NET_ERR :
					 ERROR_NOT_ENOUGH_MEMORY;
	if (size > *given->length) {
		*given->length = size;
		error = ERROR_MORE_DATA;
	} else if (bytes) {
		memcpy(given->remote, bytes, size);
	} else {
		wmemcpy(given->remote, remote, size);
	}
	free(bytes);
	return error;
}

static DWORD get(const struct given *given, const wchar_t *local)
{
	struct wnet_providers providers;
	wchar_t *remote = NULL;
	DWORD error, code;

	error = wnet_providers_open(&providers);
	if (error)
		return error;
	error = get_connected(&providers, local, &remote);
	if (error == ERROR_NO_NETWORK && providers.count)
		error = ERROR_NO_NET_OR_BAD_PATH;
	wnet_providers_close(&providers);
	if (error == ERROR_NOT_CONNECTED || error == ERROR_NO_NET_OR_BAD_PATH)
		error = get_remembered(local, &remote, error);
	if (remote) {
		code = hand_over(given, remote);
		if (!error)
			error = code;
	}
	free(remote);
	return error;
}

static DWORD run(void *data)
{
	const struct given *given = data;
	wchar_t *local;
	DWORD error;

	if (!given->length || (*given->length && !given->remote))
		return ERROR_INVALID_PARAMETER;
	error = wnet_copy_device(&local, given->local, given->width);
	if (!error && !local)
		error = ERROR_BAD_DEVICE;
	if (!error)
		error = get(given, local);
	wnet_wipe(local);
	return error;
}

DWORD WINAPI WNetGetConnectionW(LPCWSTR lpLocalName, LPWSTR lpRemoteName,
				LPDWORD lpnLength)
{
	struct given given = { WNET_WIDE, lpLocalName, lpRemoteName,
			       lpnLength };

	return wnet_call(run, &given);
}

DWORD WINAPI WNetGetConnectionA(LPCSTR lpLocalName, LPSTR lpRemoteName,
				LPDWORD lpnLength)
{
	struct given given = { WNET_UTF8, lpLocalName, lpRemoteName,
			       lpnLength };

	return wnet_call(run, &given);
}
