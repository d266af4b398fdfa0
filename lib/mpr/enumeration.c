// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * WNetOpenEnum and what follows. The list is whole when the handle is made, so
 * a caller that is slow keeps no provider busy, and the pages fit each other.
 */
#include <pthread.h>
#include <stdlib.h>
#include <wchar.h>
#include <winnetwk.h>

#include "call.h"
#include "handle.h"
#include "list.h"
#include "text.h"

/*
 * The handle table is compiled into libmpr once more, with numbers of its own.
 * A bit that libmprapi never sets keeps them apart: closing the one kind with
 * the call of the other is an error and hits nobody.
 */
#define HANDLE_BIT 1U
#define HANDLE_TYPE ((enum mpr_handle_type)(MPR_HANDLE_SERVER + 1))

/**
 * struct enumeration - a list that is being read
 * @object: for the handle table
 * @lock: guards the rest
 * @list: what it has
 * @next: what comes next
 */
struct enumeration {
	struct mpr_object object;
	pthread_mutex_t lock;
	struct wnet_list list;
	size_t next;
};

static void release(struct mpr_object *object)
{
	struct enumeration *enumeration = (struct enumeration *)object;

	pthread_mutex_destroy(&enumeration->lock);
	wnet_list_free(&enumeration->list);
	free(enumeration);
}

static HANDLE mark(HANDLE handle)
{
	return (HANDLE)((uintptr_t)handle | HANDLE_BIT);
}

/* Anything that is not marked becomes what no table has. */
static HANDLE unmark(HANDLE handle)
{
	uintptr_t value = (uintptr_t)handle;

	return value & HANDLE_BIT ? (HANDLE)(value & ~(uintptr_t)HANDLE_BIT) :
				    NULL;
}

/* The table's lock must not stay locked in a child of fork. */
static pthread_once_t watching_forks = PTHREAD_ONCE_INIT;

static void watch_forks(void)
{
	pthread_atfork(mpr_handle_table_lock, mpr_handle_table_unlock,
		       mpr_handle_table_unlock);
}

/* --------------------------------------------------------------- open -- */

struct open {
	DWORD scope;
	DWORD type;
	const void *resource;
	HANDLE *handle;
};

static DWORD check(const struct open *open)
{
	if (!open->handle || open->resource || !open->scope ||
	    open->scope > RESOURCE_CONTEXT ||
	    open->type & ~(DWORD)(RESOURCETYPE_DISK | RESOURCETYPE_PRINT))
		return ERROR_INVALID_PARAMETER;
	if (open->scope != RESOURCE_CONNECTED &&
	    open->scope != RESOURCE_REMEMBERED)
		return ERROR_NOT_SUPPORTED;
	return NO_ERROR;
}

static DWORD make_list(const struct open *open, struct wnet_list *list)
{
	struct wnet_providers providers;
	DWORD error;

	if (open->scope == RESOURCE_REMEMBERED)
		return wnet_list_remembered(open->type, list);
	error = wnet_providers_open(&providers);
	if (error)
		return error;
	error = providers.count ?
			wnet_list_connected(&providers, open->type, list) :
			ERROR_NO_NETWORK;
	wnet_providers_close(&providers);
	return error;
}

static DWORD run_open(void *data)
{
	const struct open *open = data;
	struct enumeration *enumeration;
	HANDLE handle;
	DWORD error = check(open);

	if (error)
		return error;
	pthread_once(&watching_forks, watch_forks);
	*open->handle = NULL;
	enumeration = calloc(1, sizeof(*enumeration));
	if (!enumeration)
		return ERROR_NOT_ENOUGH_MEMORY;
	mpr_object_init(&enumeration->object, release);
	pthread_mutex_init(&enumeration->lock, NULL);
	error = make_list(open, &enumeration->list);
	if (!error)
		error = mpr_handle_alloc(HANDLE_TYPE, 0, &enumeration->object,
					 &handle);
	if (error)
		mpr_object_put(&enumeration->object);
	else
		*open->handle = mark(handle);
	return error;
}

DWORD WINAPI WNetOpenEnumW(DWORD dwScope, DWORD dwType, DWORD dwUsage,
			   LPNETRESOURCEW lpNetResource, LPHANDLE lphEnum)
{
	struct open open = { dwScope, dwType, lpNetResource, lphEnum };

	(void)dwUsage;
	return wnet_call(run_open, &open);
}

DWORD WINAPI WNetOpenEnumA(DWORD dwScope, DWORD dwType, DWORD dwUsage,
			   LPNETRESOURCEA lpNetResource, LPHANDLE lphEnum)
{
	struct open open = { dwScope, dwType, lpNetResource, lphEnum };

	(void)dwUsage;
	return wnet_call(run_open, &open);
}

/* --------------------------------------------------------------- read -- */

/* Both forms have the same layout; which text a pointer points to differs. */
_Static_assert(sizeof(NETRESOURCEA) == sizeof(NETRESOURCEW),
	       "one packing for both");

/**
 * struct page - the caller's buffer
 * @start: where the structures go
 * @bottom: bytes that they use
 * @top: bytes below the texts, which fill the buffer from its end
 * @utf8: texts are UTF-8
 */
struct page {
	char *start;
	size_t bottom;
	size_t top;
	bool utf8;
};

/* With its NUL. What a provider could list can be converted. */
static size_t text_size(const struct page *page, const wchar_t *text)
{
	size_t size = sizeof(wchar_t) * (wcslen(text) + 1);
	char *bytes;

	if (!page->utf8)
		return size;
	bytes = mpr_utf8_dup(text);
	size = bytes ? strlen(bytes) + 1 : size;
	free(bytes);
	return size;
}

static size_t texts_size(const struct page *page, const NETRESOURCEW *resource)
{
	const wchar_t *texts[] = { resource->lpLocalName,
				   resource->lpRemoteName, resource->lpComment,
				   resource->lpProvider };
	size_t size = 0, i;

	for (i = 0; i < ARRAYSIZE(texts); i++)
		size += texts[i] ? text_size(page, texts[i]) : 0;
	return size;
}

static wchar_t *put_text(struct page *page, const wchar_t *text)
{
	size_t size;

	if (!text)
		return NULL;
	size = text_size(page, text);
	page->top -= size;
	if (page->utf8)
		mpr_utf8_from_wide(page->start + page->top, size, text, size);
	else
		memcpy(page->start + page->top, text, size);
	return (wchar_t *)(void *)(page->start + page->top);
}

/* Room for it was there. */
static void put(struct page *page, const NETRESOURCEW *from)
{
	NETRESOURCEW *to = (void *)(page->start + page->bottom);

	page->bottom += sizeof(*to);
	*to = *from;
	to->lpLocalName = put_text(page, from->lpLocalName);
	to->lpRemoteName = put_text(page, from->lpRemoteName);
	to->lpComment = put_text(page, from->lpComment);
	to->lpProvider = put_text(page, from->lpProvider);
}

static DWORD read_page(struct enumeration *enumeration, struct page *page,
		       DWORD *count, DWORD *needed)
{
	const struct wnet_list *list = &enumeration->list;
	DWORD most = *count, read = 0;
	size_t size;

	if (enumeration->next == list->count)
		return ERROR_NO_MORE_ITEMS;
	while (read < most && enumeration->next < list->count) {
		const NETRESOURCEW *one = &list->list[enumeration->next];

		size = sizeof(*one) + texts_size(page, one);
		if (size > page->top - page->bottom) {
			*needed = (DWORD)(size + sizeof(wchar_t));
			break;
		}
		put(page, one);
		enumeration->next++;
		read++;
	}
	if (!read)
		return ERROR_MORE_DATA;
	*count = read;
	return NO_ERROR;
}

static DWORD read_enumeration(HANDLE handle, DWORD *count, void *buffer,
			      DWORD *size, bool utf8)
{
	struct enumeration *enumeration;
	struct mpr_object *object;
	struct page page = { .start = buffer, .utf8 = utf8 };
	DWORD error, needed = 0;

	object = mpr_handle_get(unmark(handle), HANDLE_TYPE, NULL);
	if (!object)
		return ERROR_INVALID_HANDLE;
	enumeration = (struct enumeration *)object;
	if (!count || !*count || !buffer || !size ||
	    (uintptr_t)buffer % _Alignof(NETRESOURCEW)) {
		mpr_object_put(object);
		return ERROR_INVALID_PARAMETER;
	}
	/* Texts begin where one that is wide may. */
	page.top = *size - *size % sizeof(wchar_t);
	pthread_mutex_lock(&enumeration->lock);
	error = read_page(enumeration, &page, count, &needed);
	pthread_mutex_unlock(&enumeration->lock);
	if (error == ERROR_MORE_DATA)
		*size = needed;
	mpr_object_put(object);
	return error;
}

DWORD WINAPI WNetEnumResourceW(HANDLE hEnum, LPDWORD lpcCount, LPVOID lpBuffer,
			       LPDWORD lpBufferSize)
{
	return wnet_result(read_enumeration(hEnum, lpcCount, lpBuffer,
					    lpBufferSize, false));
}

DWORD WINAPI WNetEnumResourceA(HANDLE hEnum, LPDWORD lpcCount, LPVOID lpBuffer,
			       LPDWORD lpBufferSize)
{
	return wnet_result(read_enumeration(hEnum, lpcCount, lpBuffer,
					    lpBufferSize, true));
}

DWORD WINAPI WNetCloseEnum(HANDLE hEnum)
{
	struct mpr_object *object =
		mpr_handle_close(unmark(hEnum), HANDLE_TYPE);

	if (object)
		mpr_object_put(object);
	return wnet_result(object ? NO_ERROR : ERROR_INVALID_HANDLE);
}
