/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which notifyees and providers there are. */
#ifndef WNET_CONFIG_H
#define WNET_CONFIG_H

#include <stddef.h>
#include <windows.h>

/**
 * struct wnet_plugin - a file of a configuration folder
 * @name: name= of the file; the file's own without it
 * @path: path=, absolute
 * @time_limit: time-limit=, in milliseconds
 */
struct wnet_plugin {
	char *name;
	char *path;
	int time_limit;
};

/* In the order of their files' names. */
struct wnet_plugins {
	struct wnet_plugin *list;
	size_t count;
};

#define WNET_NOTIFYEES "notify.d"
#define WNET_PROVIDERS "providers.d"

/**
 * wnet_plugins_read - read a folder
 * @folder: WNET_NOTIFYEES or WNET_PROVIDERS
 * @plugins: takes the list, for wnet_plugins_free(); empty if there is no such
 *	folder. Files that make no sense are passed over, and logged
 *
 * Return: NO_ERROR, ERROR_NOT_ENOUGH_MEMORY
 */
DWORD wnet_plugins_read(const char *folder, struct wnet_plugins *plugins);
void wnet_plugins_free(struct wnet_plugins *plugins);

#endif
