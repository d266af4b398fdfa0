/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The user's remembered connections. */
#ifndef WNET_PROFILE_H
#define WNET_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <windows.h>

/**
 * struct wnet_remembered - one of them; text is UTF-8
 * @local: its local device, by which it is known
 * @remote: what that is connected to
 * @provider: by which provider
 * @user: as whom, NULL for the default. Passwords are never kept
 * @type: RESOURCETYPE_...
 */
struct wnet_remembered {
	char *local;
	char *remote;
	char *provider;
	char *user;
	DWORD type;
};

struct wnet_profile {
	struct wnet_remembered *list;
	size_t count;
};

/**
 * wnet_profile_read - read them all
 * @profile: takes them, for wnet_profile_free(); empty if there is no file
 *
 * Return: NO_ERROR, ERROR_CANNOT_OPEN_PROFILE, ERROR_BAD_PROFILE,
 * ERROR_NOT_ENOUGH_MEMORY
 */
DWORD wnet_profile_read(struct wnet_profile *profile);
void wnet_profile_free(struct wnet_profile *profile);

/* The one of a local device, or NULL. */
const struct wnet_remembered *
wnet_profile_find(const struct wnet_profile *profile, const char *local);

/* Whether there is no room for one more. */
bool wnet_profile_is_full(const struct wnet_profile *profile);

/**
 * wnet_profile_remember - add one, or replace the one of the same device
 *
 * Context: any thread and process; others may do it at the same time.
 * Return: as wnet_profile_read()
 */
DWORD wnet_profile_remember(const struct wnet_remembered *one);

/**
 * wnet_profile_forget - remove one
 * @forgotten: takes whether there was one; may be NULL
 *
 * Return: as wnet_profile_read()
 */
DWORD wnet_profile_forget(const char *local, bool *forgotten);

#endif
