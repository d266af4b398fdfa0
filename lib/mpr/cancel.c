// SPDX-License-Identifier: LGPL-2.1-or-later
/* WNetCancelConnection in its four forms: ask, cancel, tell, forget. */
#include <stdlib.h>
#include <wchar.h>
#include <winnetwk.h>

#include "call.h"
#include "names.h"
#include "notify.h"
#include "profile.h"
#include "provider.h"
#include "text.h"

/* The caller's arguments; the name is as @width says. */
struct given {
	enum wnet_width width;
	const void *name;
	DWORD flags;
	BOOL force;
};

/**
 * struct cancel - a connection to be ended
 * @providers: those to be asked
 * @name: a local device or a remote name
 * @force: also if it is in use
 * @found: the provider that it belongs to
 */
struct cancel {
	struct wnet_providers providers;
	wchar_t *name;
	BOOL force;
	const struct wnet_provider *found;
};

static DWORD try_cancel(const struct wnet_provider *provider, void *data)
{
	const struct cancel *cancel = data;
	const struct wnet_library *library = provider->library;
	wchar_t *name;
	DWORD code;

	if (!library->cancel || !wnet_provider_can(provider, WNNC_CONNECTION,
						   WNNC_CON_CANCELCONNECTION))
		return WNET_LACKING;
	name = wcsdup(cancel->name);
	if (!name)
		return ERROR_NOT_ENOUGH_MEMORY;
	code = library->cancel(name, cancel->force);
	wnet_wipe(name);
	return code;
}

static DWORD attempt(void *data)
{
	struct cancel *cancel = data;
	struct wnet_search search = {
		.try = try_cancel,
		.data = cancel,
		.device = true,
		.nobody = ERROR_NOT_CONNECTED,
	};
	DWORD code = wnet_search(&cancel->providers, &search);

	cancel->found = search.found;
	return code;
}

static const wchar_t *cancelled_by(void *data)
{
	const struct cancel *cancel = data;

	return cancel->found->name;
}

static DWORD cancel_and_tell(struct cancel *cancel, DWORD flags)
{
	struct wnet_notice notice = {
		.kind = WNET_NOTICE_CANCEL,
		.flags = flags,
		.force = cancel->force,
		.remote = cancel->name,
	};
	struct wnet_notifyees notifyees;
	DWORD error;

	error = wnet_notifyees_open(&notifyees, &notice);
	if (error)
		return error;
	error = wnet_notify(&notifyees, attempt, cancelled_by, cancel);
	wnet_notifyees_close(&notifyees);
	return error;
}

/* What is remembered goes also if it is not connected: the page says so. */
static DWORD forget(const struct cancel *cancel, DWORD result)
{
	char *local = mpr_utf8_dup(cancel->name);
	bool forgotten = false;
	DWORD error = ERROR_NOT_ENOUGH_MEMORY;

	if (local)
		error = wnet_profile_forget(local, &forgotten);
	free(local);
	if (error)
		return error;
	return forgotten ? NO_ERROR : result;
}

static bool not_there(DWORD result)
{
	return result == ERROR_NOT_CONNECTED || result == ERROR_NO_NETWORK;
}

static DWORD check_profile(DWORD flags)
{
	struct wnet_profile profile;
	DWORD error;

	if (!(flags & CONNECT_UPDATE_PROFILE))
		return NO_ERROR;
	error = wnet_profile_read(&profile);
	wnet_profile_free(&profile);
	return error;
}

static DWORD run_cancel(struct cancel *cancel, DWORD flags)
{
	DWORD error;

	error = check_profile(flags);
	if (error)
		return error;
	error = wnet_providers_open(&cancel->providers);
	if (error)
		return error;
	error = cancel_and_tell(cancel, flags);
	if (flags & CONNECT_UPDATE_PROFILE && (!error || not_there(error)))
		error = forget(cancel, error);
	wnet_providers_close(&cancel->providers);
	return error;
}

static DWORD run(void *data)
{
	const struct given *given = data;
	struct cancel cancel = { .force = given->force };
	DWORD error;

	if (!given->name || given->flags & ~(DWORD)CONNECT_UPDATE_PROFILE)
		return ERROR_INVALID_PARAMETER;
	error = wnet_copy_device(&cancel.name, given->name, given->width);
	if (error == ERROR_BAD_DEVICE || (!error && !cancel.name))
		error = ERROR_NOT_CONNECTED;
	if (!error)
		error = run_cancel(&cancel, given->flags);
	wnet_wipe(cancel.name);
	return error;
}

DWORD WINAPI WNetCancelConnection2W(LPCWSTR lpName, DWORD dwFlags, BOOL fForce)
{
	struct given given = { WNET_WIDE, lpName, dwFlags, fForce };

	return wnet_call(run, &given);
}

DWORD WINAPI WNetCancelConnection2A(LPCSTR lpName, DWORD dwFlags, BOOL fForce)
{
	struct given given = { WNET_UTF8, lpName, dwFlags, fForce };

	return wnet_call(run, &given);
}

DWORD WINAPI WNetCancelConnectionW(LPCWSTR lpName, BOOL fForce)
{
	return WNetCancelConnection2W(lpName, CONNECT_UPDATE_PROFILE, fForce);
}

DWORD WINAPI WNetCancelConnectionA(LPCSTR lpName, BOOL fForce)
{
	return WNetCancelConnection2A(lpName, CONNECT_UPDATE_PROFILE, fForce);
}
