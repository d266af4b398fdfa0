// SPDX-License-Identifier: LGPL-2.1-or-later
/* One page of an enumeration, see page.h. */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "page.h"

void mpr_page_clear(const struct mpr_page_request *request)
{
	if (request->buffer)
		*request->buffer = NULL;
	if (request->read)
		*request->read = 0;
	if (request->total)
		*request->total = 0;
}

DWORD mpr_page_begin(struct mpr_page *page,
		     const struct mpr_page_request *request, size_t size)
{
	DWORD limit = (DWORD)(request->preferred / size);

	if (!request->buffer || !request->read || !request->total)
		return ERROR_INVALID_PARAMETER;
	*page = (struct mpr_page){ .size = size };
	/*
	 * A page without an element would have callers that go on while there
	 * is more to read go on for ever.
	 */
	page->limit = limit ? limit : 1;
	if (request->preferred == (DWORD)-1)
		page->limit = UINT32_MAX;
	if (request->resume)
		page->after = *request->resume;
	return NO_ERROR;
}

/* Returns 0 when there is no place for another element. */
static int grow(struct mpr_page *page)
{
	DWORD room = page->room ? 2 * page->room : 8;
	void *elements;

	if (page->room == page->limit || page->failed)
		return 0;
	if (room > page->limit)
		room = page->limit;
	elements = realloc(page->elements, room * page->size);
	if (!elements) {
		page->failed = 1;
		return 0;
	}
	page->elements = elements;
	page->room = room;
	return 1;
}

void *mpr_page_add(struct mpr_page *page, uint32_t key)
{
	void *element;

	if (key <= page->after)
		return NULL;
	page->total++;
	if (page->count == page->room && !grow(page))
		return NULL;
	element = page->elements + page->count * page->size;
	memset(element, 0, page->size);
	page->count++;
	page->last = key;
	return element;
}

DWORD mpr_page_end(struct mpr_page *page,
		   const struct mpr_page_request *request, DWORD error)
{
	int more = page->count < page->total;

	if (!error && page->failed)
		error = ERROR_NOT_ENOUGH_MEMORY;
	if (error) {
		free(page->elements);
		return error;
	}
	if (page->elements)
		error = mpr_buffer_hand_out(page->elements, request->buffer);
	if (error)
		return error;
	*request->read = page->count;
	*request->total = page->total;
	if (request->resume)
		*request->resume = more ? page->last : 0;
	return more ? ERROR_MORE_DATA : NO_ERROR;
}
