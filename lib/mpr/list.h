/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Resources as lists of them are made. */
#ifndef WNET_LIST_H
#define WNET_LIST_H

#include "provider.h"

/**
 * struct wnet_list - resources, each a copy
 * @list: for wnet_list_free(); members that are not there are NULL or 0
 * @count: how many
 */
struct wnet_list {
	NETRESOURCEW *list;
	size_t count;
};

void wnet_list_free(struct wnet_list *list);

/**
 * wnet_list_connected - what is connected now
 * @type: RESOURCETYPE_ANY, or bits of the types that count
 * @list: takes them, provider after provider, those added to it that it had
 *
 * Return: NO_ERROR, ERROR_NOT_ENOUGH_MEMORY. A provider that fails is left out
 */
DWORD wnet_list_connected(const struct wnet_providers *providers, DWORD type,
			  struct wnet_list *list);

/**
 * wnet_list_remembered - what the user has remembered
 *
 * Return: NO_ERROR, or as wnet_profile_read()
 */
DWORD wnet_list_remembered(DWORD type, struct wnet_list *list);

/**
 * wnet_list_device - the local device of a connection
 * @provider: whose connection it is
 * @remote: the resource
 * @local: takes the device, for wnet_wipe(); NULL if it has none
 *
 * Return: NO_ERROR, ERROR_NOT_ENOUGH_MEMORY
 */
DWORD wnet_list_device(const struct wnet_provider *provider,
		       const wchar_t *remote, wchar_t **local);

#endif
