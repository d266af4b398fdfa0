// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Providers list into a buffer of ours, page by page, in pages that are valid
 * until the next: here they are copied and put together.
 */
#include <stdlib.h>
#include <wchar.h>

#include "list.h"
#include "log.h"
#include "names.h"
#include "profile.h"

#define PAGE_FIRST (16 * 1024)
#define PAGE_LIMIT (1024 * 1024)

static void release(NETRESOURCEW *resource)
{
	wnet_wipe(resource->lpLocalName);
	wnet_wipe(resource->lpRemoteName);
	wnet_wipe(resource->lpComment);
	wnet_wipe(resource->lpProvider);
}

void wnet_list_free(struct wnet_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		release(&list->list[i]);
	free(list->list);
	*list = (struct wnet_list){ 0 };
}

static bool wanted(DWORD type, DWORD wanted_type)
{
	return !wanted_type || !type || type & wanted_type;
}

/* Text of either width: providers speak one, the profile the other. */
struct source {
	enum wnet_width width;
	const void *local;
	const void *remote;
	const void *comment;
	const void *provider;
};

static DWORD copy_texts(NETRESOURCEW *to, const struct source *from)
{
	const struct {
		wchar_t **to;
		const void *from;
	} texts[] = {
		{ &to->lpLocalName, from->local },
		{ &to->lpRemoteName, from->remote },
		{ &to->lpProvider, from->provider },
	};
	DWORD error = NO_ERROR;
	size_t i;

	for (i = 0; i < ARRAYSIZE(texts) && !error; i++)
		error = wnet_copy_name(texts[i].to, texts[i].from, from->width,
				       ERROR_INVALID_NAME);
	/* Nothing hangs on the comment. */
	if (!error &&
	    wnet_copy_name(&to->lpComment, from->comment, from->width,
			   ERROR_INVALID_NAME) == ERROR_NOT_ENOUGH_MEMORY)
		error = ERROR_NOT_ENOUGH_MEMORY;
	return error;
}

/* What is no valid text has no place in a list. */
static DWORD append(struct wnet_list *list, const NETRESOURCEW *numbers,
		    const struct source *from)
{
	NETRESOURCEW *more, resource = {
		.dwScope = numbers->dwScope,
		.dwType = numbers->dwType,
		.dwDisplayType = numbers->dwDisplayType,
		.dwUsage = numbers->dwUsage,
	};
	DWORD error = copy_texts(&resource, from);

	if (error) {
		release(&resource);
		return error == ERROR_INVALID_NAME ? NO_ERROR : error;
	}
	more = reallocarray(list->list, list->count + 1, sizeof(*more));
	if (!more) {
		release(&resource);
		return ERROR_NOT_ENOUGH_MEMORY;
	}
	list->list = more;
	more[list->count++] = resource;
	return NO_ERROR;
}

/* ---------------------------------------------------------- connected -- */

static DWORD take_page(const struct wnet_provider *provider, DWORD type,
		       const NETRESOURCEW *page, DWORD count,
		       struct wnet_list *list)
{
	DWORD error = NO_ERROR, i;

	for (i = 0; i < count && !error; i++) {
		NETRESOURCEW numbers = page[i];
		struct source texts = {
			.width = WNET_WIDE,
			.local = page[i].lpLocalName,
			.remote = page[i].lpRemoteName,
			.comment = page[i].lpComment,
			.provider = page[i].lpProvider ? page[i].lpProvider :
							 provider->name,
		};

		numbers.dwScope = RESOURCE_CONNECTED;
		if (wanted(numbers.dwType, type))
			error = append(list, &numbers, &texts);
	}
	return error;
}

/* A page that is too small for one is made as large as the provider asks. */
static DWORD take_pages(const struct wnet_provider *provider, HANDLE handle,
			DWORD type, struct wnet_list *list)
{
	DWORD room = PAGE_FIRST, size, count, code, error = NO_ERROR;
	void *page = malloc(room), *more;

	while (page && !error) {
		size = room;
		count = (DWORD)-1;
		code = provider->library->enum_resource(handle, &count, page,
							&size);
		if (code == WN_MORE_DATA && size > room && size <= PAGE_LIMIT) {
			more = realloc(page, size);
			if (!more)
				break;
			page = more;
			room = size;
			continue;
		}
		if (code || !count || count > room / sizeof(NETRESOURCEW)) {
			free(page);
			return NO_ERROR;
		}
		error = take_page(provider, type, page, count, list);
	}
	free(page);
	return ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD list_provider(const struct wnet_provider *provider, DWORD type,
			   struct wnet_list *list)
{
	const struct wnet_library *library = provider->library;
	HANDLE handle = NULL;
	DWORD error;

	if (!library->open_enum || !library->enum_resource ||
	    !library->close_enum ||
	    !wnet_provider_can(provider, WNNC_ENUMERATION, WNNC_ENUM_LOCAL))
		return NO_ERROR;
	if (library->open_enum(RESOURCE_CONNECTED, type, 0, NULL, &handle))
		return NO_ERROR;
	error = take_pages(provider, handle, type, list);
	library->close_enum(handle);
	return error;
}

DWORD wnet_list_connected(const struct wnet_providers *providers, DWORD type,
			  struct wnet_list *list)
{
	DWORD error = NO_ERROR;
	size_t i;

	for (i = 0; i < providers->count && !error; i++)
		error = list_provider(&providers->list[i], type, list);
	return error;
}

DWORD wnet_list_device(const struct wnet_provider *provider,
		       const wchar_t *remote, wchar_t **local)
{
	struct wnet_list list = { 0 };
	DWORD error;
	size_t i;

	*local = NULL;
	error = list_provider(provider, RESOURCETYPE_ANY, &list);
	for (i = 0; i < list.count && !error && !*local; i++) {
		NETRESOURCEW *one = &list.list[i];

		if (!one->lpLocalName || !one->lpRemoteName ||
		    !wnet_same_name(one->lpRemoteName, remote))
			continue;
		*local = one->lpLocalName;
		one->lpLocalName = NULL;
	}
	wnet_list_free(&list);
	return error;
}

/* --------------------------------------------------------- remembered -- */

DWORD wnet_list_remembered(DWORD type, struct wnet_list *list)
{
	struct wnet_profile profile;
	DWORD error = wnet_profile_read(&profile);
	size_t i;

	if (error)
		return error;
	for (i = 0; i < profile.count && !error; i++) {
		const struct wnet_remembered *one = &profile.list[i];
		NETRESOURCEW numbers = {
			.dwScope = RESOURCE_REMEMBERED,
			.dwType = one->type,
			.dwUsage = RESOURCEUSAGE_CONNECTABLE,
		};
		struct source texts = {
			.width = WNET_UTF8,
			.local = one->local,
			.remote = one->remote,
			.provider = one->provider,
		};

		if (wanted(one->type, type))
			error = append(list, &numbers, &texts);
	}
	wnet_profile_free(&profile);
	return error;
}
