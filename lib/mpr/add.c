// SPDX-License-Identifier: LGPL-2.1-or-later
/* WNetAddConnection in its six forms: check, ask, connect, tell, remember. */
#include <lmcons.h>
#include <stdlib.h>
#include <wchar.h>
#include <winnetwk.h>

#include "call.h"
#include "connection.h"
#include "list.h"
#include "names.h"
#include "notify.h"
#include "profile.h"
#include "text.h"

#define KNOWN_FLAGS                                                           \
	(CONNECT_UPDATE_PROFILE | CONNECT_UPDATE_RECENT | CONNECT_TEMPORARY | \
	 CONNECT_INTERACTIVE | CONNECT_PROMPT | CONNECT_NEED_DRIVE |          \
	 CONNECT_REFCOUNT | CONNECT_REDIRECT | CONNECT_LOCALDRIVE |           \
	 CONNECT_CURRENT_MEDIA | CONNECT_DEFERRED | CONNECT_COMMANDLINE |     \
	 CONNECT_CMD_SAVECRED | CONNECT_CRED_RESET)

/* What notifyees get to see of them. */
#define NOTICE_FLAGS                                                \
	(CONNECT_TEMPORARY | CONNECT_INTERACTIVE | CONNECT_PROMPT | \
	 CONNECT_UPDATE_PROFILE | CONNECT_UPDATE_RECENT)

/* The caller's arguments; text is as @width says. */
struct given {
	enum wnet_width width;
	HWND owner;
	DWORD type;
	DWORD flags;
	const void *remote;
	const void *local;
	const void *provider;
	const void *password;
	const void *user;
};

static DWORD copy_texts(struct wnet_connection *to, const struct given *given)
{
	DWORD error;

	error = wnet_copy_name(&to->remote, given->remote, given->width,
			       ERROR_BAD_NET_NAME);
	if (!error && !to->remote)
		error = ERROR_BAD_NET_NAME;
	if (!error)
		error = wnet_copy_device(&to->local, given->local,
					 given->width);
	if (!error)
		error = wnet_copy_name(&to->provider, given->provider,
				       given->width, ERROR_BAD_PROVIDER);
	if (!error)
		error = wnet_copy(&to->password, given->password, given->width,
				  PWLEN, ERROR_INVALID_PASSWORD);
	if (!error)
		error = wnet_copy_user(&to->user, given->user, given->width,
				       ERROR_BAD_USERNAME);
	return error;
}

static DWORD check(const struct given *given)
{
	if (given->flags & ~(DWORD)KNOWN_FLAGS ||
	    given->type > RESOURCETYPE_PRINT)
		return ERROR_INVALID_PARAMETER;
	return NO_ERROR;
}

/* ----------------------------------------------------------- remember -- */

static bool is_to_be_remembered(const struct wnet_connection *connection)
{
	return (connection->flags &
		(CONNECT_UPDATE_PROFILE | CONNECT_TEMPORARY)) ==
	       CONNECT_UPDATE_PROFILE;
}

/* Before anything is done that could not be remembered. */
static DWORD check_profile(const struct wnet_connection *connection)
{
	const struct wnet_remembered *one = NULL;
	struct wnet_profile profile;
	char *local, *remote;
	DWORD error;

	if (!is_to_be_remembered(connection))
		return NO_ERROR;
	error = wnet_profile_read(&profile);
	if (error || !connection->local) {
		wnet_profile_free(&profile);
		return error;
	}
	local = mpr_utf8_dup(connection->local);
	remote = mpr_utf8_dup(connection->remote);
	if (local && remote)
		one = wnet_profile_find(&profile, local);
	else
		error = ERROR_NOT_ENOUGH_MEMORY;
	if (one && strcmp(one->remote, remote))
		error = ERROR_DEVICE_ALREADY_REMEMBERED;
	else if (!error && !one && wnet_profile_is_full(&profile))
		error = ERROR_CANNOT_OPEN_PROFILE;
	free(local);
	free(remote);
	wnet_profile_free(&profile);
	return error;
}

static DWORD write_profile(const struct wnet_connection *connection,
			   const wchar_t *local)
{
	struct wnet_remembered one = {
		.local = mpr_utf8_dup(local),
		.remote = mpr_utf8_dup(connection->remote),
		.provider = mpr_utf8_dup(connection->found->name),
		.user = connection->user && *connection->user ?
				mpr_utf8_dup(connection->user) :
				NULL,
		.type = connection->type,
	};
	DWORD error = ERROR_NOT_ENOUGH_MEMORY;

	if (one.local && one.remote && one.provider &&
	    (one.user || !connection->user || !*connection->user))
		error = wnet_profile_remember(&one);
	free(one.local);
	free(one.remote);
	free(one.provider);
	free(one.user);
	return error;
}

/*
 * Only connections of local devices are remembered. A provider may have chosen
 * one where the caller named none: then it lists it with the connection.
 */
static DWORD remember(const struct wnet_connection *connection)
{
	wchar_t *local;
	DWORD error;

	if (!is_to_be_remembered(connection))
		return NO_ERROR;
	if (connection->local)
		return write_profile(connection, connection->local);
	error = wnet_list_device(connection->found, connection->remote, &local);
	if (!error && local)
		error = write_profile(connection, local);
	wnet_wipe(local);
	return error;
}

/* ------------------------------------------------------------ connect -- */

struct attempt {
	const struct wnet_providers *providers;
	struct wnet_connection *connection;
};

static DWORD attempt(void *data)
{
	struct attempt *attempt = data;

	return wnet_connect(attempt->providers, attempt->connection);
}

static const wchar_t *made_by(void *data)
{
	const struct attempt *attempt = data;

	return attempt->connection->found->name;
}

static DWORD connect_and_tell(const struct wnet_providers *providers,
			      struct wnet_connection *connection)
{
	struct wnet_notice notice = {
		.kind = WNET_NOTICE_ADD,
		.owner = connection->owner,
		.type = connection->type,
		.flags = connection->flags & NOTICE_FLAGS,
		.local = connection->local,
		.remote = connection->remote,
	};
	struct attempt data = { providers, connection };
	struct wnet_notifyees notifyees;
	DWORD error;

	error = wnet_notifyees_open(&notifyees, &notice);
	if (error)
		return error;
	error = wnet_notify(&notifyees, attempt, made_by, &data);
	wnet_notifyees_close(&notifyees);
	return error;
}

static DWORD add(struct wnet_connection *connection)
{
	struct wnet_providers providers;
	DWORD error;

	error = check_profile(connection);
	if (error)
		return error;
	error = wnet_providers_open(&providers);
	if (error)
		return error;
	error = connect_and_tell(&providers, connection);
	if (!error)
		error = remember(connection);
	wnet_providers_close(&providers);
	return error;
}

static DWORD run(void *data)
{
	const struct given *given = data;
	struct wnet_connection connection = { .owner = given->owner,
					      .type = given->type,
					      .flags = given->flags };
	DWORD error;

	error = check(given);
	if (!error)
		error = copy_texts(&connection, given);
	if (!error && connection.flags & CONNECT_REDIRECT &&
	    !connection.local && connection.type == RESOURCETYPE_ANY)
		error = ERROR_BAD_DEV_TYPE;
	if (!error)
		error = add(&connection);
	wnet_connection_wipe(&connection);
	return error;
}

/* -------------------------------------------------------------- calls -- */

DWORD WINAPI WNetAddConnection3W(HWND hwndOwner, LPNETRESOURCEW lpNetResource,
				 LPCWSTR lpPassword, LPCWSTR lpUserName,
				 DWORD dwFlags)
{
	struct given given = { .width = WNET_WIDE, .owner = hwndOwner };

	if (!lpNetResource)
		return wnet_result(ERROR_INVALID_PARAMETER);
	given.type = lpNetResource->dwType;
	given.flags = dwFlags;
	given.remote = lpNetResource->lpRemoteName;
	given.local = lpNetResource->lpLocalName;
	given.provider = lpNetResource->lpProvider;
	given.password = lpPassword;
	given.user = lpUserName;
	return wnet_call(run, &given);
}

DWORD WINAPI WNetAddConnection3A(HWND hwndOwner, LPNETRESOURCEA lpNetResource,
				 LPCSTR lpPassword, LPCSTR lpUserName,
				 DWORD dwFlags)
{
	struct given given = { .width = WNET_UTF8, .owner = hwndOwner };

	if (!lpNetResource)
		return wnet_result(ERROR_INVALID_PARAMETER);
	given.type = lpNetResource->dwType;
	given.flags = dwFlags;
	given.remote = lpNetResource->lpRemoteName;
	given.local = lpNetResource->lpLocalName;
	given.provider = lpNetResource->lpProvider;
	given.password = lpPassword;
	given.user = lpUserName;
	return wnet_call(run, &given);
}

DWORD WINAPI WNetAddConnection2W(LPNETRESOURCEW lpNetResource,
				 LPCWSTR lpPassword, LPCWSTR lpUserName,
				 DWORD dwFlags)
{
	return WNetAddConnection3W(NULL, lpNetResource, lpPassword, lpUserName,
				   dwFlags);
}

DWORD WINAPI WNetAddConnection2A(LPNETRESOURCEA lpNetResource,
				 LPCSTR lpPassword, LPCSTR lpUserName,
				 DWORD dwFlags)
{
	return WNetAddConnection3A(NULL, lpNetResource, lpPassword, lpUserName,
				   dwFlags);
}

DWORD WINAPI WNetAddConnectionW(LPCWSTR lpRemoteName, LPCWSTR lpPassword,
				LPCWSTR lpLocalName)
{
	struct given given = { .width = WNET_WIDE,
			       .flags = CONNECT_UPDATE_PROFILE,
			       .remote = lpRemoteName,
			       .local = lpLocalName,
			       .password = lpPassword };

	return wnet_call(run, &given);
}

DWORD WINAPI WNetAddConnectionA(LPCSTR lpRemoteName, LPCSTR lpPassword,
				LPCSTR lpLocalName)
{
	struct given given = { .width = WNET_UTF8,
			       .flags = CONNECT_UPDATE_PROFILE,
			       .remote = lpRemoteName,
			       .local = lpLocalName,
			       .password = lpPassword };

	return wnet_call(run, &given);
}
