// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Connecting what is remembered: the user is not there to be asked, and no
 * notifyee hears of it, as the page of AddConnectNotify says.
 */
#include <stdlib.h>
#include <winnetwk.h>

#include "call.h"
#include "connection.h"
#include "names.h"
#include "profile.h"
#include "text.h"

/* The caller's arguments; text is as @width says. */
struct given {
	enum wnet_width width;
	HWND owner;
	const void *device;
};

static DWORD restore_one(const struct wnet_providers *providers,
			 const struct wnet_remembered *one, HWND owner)
{
	struct wnet_connection connection = { .owner = owner,
					      .type = one->type };
	DWORD error;

	error = wnet_copy_name(&connection.local, one->local, WNET_UTF8,
			       ERROR_BAD_PROFILE);
	if (!error)
		error = wnet_copy_name(&connection.remote, one->remote,
				       WNET_UTF8, ERROR_BAD_PROFILE);
	if (!error)
		error = wnet_copy_name(&connection.provider, one->provider,
				       WNET_UTF8, ERROR_BAD_PROFILE);
	if (!error)
		error = wnet_copy_user(&connection.user, one->user, WNET_UTF8,
				       ERROR_BAD_PROFILE);
	if (!error)
		error = wnet_connect(providers, &connection);
	wnet_connection_wipe(&connection);
	return error;
}

static DWORD restore_all(const struct wnet_providers *providers,
			 const struct wnet_profile *profile, HWND owner)
{
	DWORD first = NO_ERROR, error;
	size_t i;

	for (i = 0; i < profile->count; i++) {
		error = restore_one(providers, &profile->list[i], owner);
		if (!first && error != ERROR_ALREADY_ASSIGNED)
			first = error;
	}
	return first;
}

static DWORD restore(const struct wnet_profile *profile,
		     const struct given *given)
{
	const struct wnet_remembered *one = NULL;
	struct wnet_providers providers;
	wchar_t *device = NULL;
	char *local = NULL;
	DWORD error;

	error = wnet_copy_device(&device, given->device, given->width);
	if (!error && device) {
		local = mpr_utf8_dup(device);
		one = local ? wnet_profile_find(profile, local) : NULL;
		if (!one)
			error = local ? ERROR_BAD_DEVICE :
					ERROR_NOT_ENOUGH_MEMORY;
	} else if (!error && given->device) {
		error = ERROR_BAD_DEVICE;
	}
	free(local);
	wnet_wipe(device);
	if (!error)
		error = wnet_providers_open(&providers);
	if (error)
		return error;
	error = one ? restore_one(&providers, one, given->owner) :
		      restore_all(&providers, profile, given->owner);
	wnet_providers_close(&providers);
	return error;
}

static DWORD run(void *data)
{
	struct wnet_profile profile;
	DWORD error = wnet_profile_read(&profile);

	if (error)
		return error;
	error = restore(&profile, data);
	wnet_profile_free(&profile);
	return error;
}

DWORD WINAPI WNetRestoreConnectionW(HWND hwndParent, LPCWSTR lpDevice)
{
	struct given given = { WNET_WIDE, hwndParent, lpDevice };

	return wnet_call(run, &given);
}

DWORD WINAPI WNetRestoreConnectionA(HWND hwndParent, LPCSTR lpDevice)
{
	struct given given = { WNET_UTF8, hwndParent, lpDevice };

	return wnet_call(run, &given);
}
