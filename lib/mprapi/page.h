/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The paging that all enumerations share. A page is filled while libddm lists
 * the objects in rising order of their keys; the resume handle is the key of
 * the last object of a page, so nothing is told twice or left out because of
 * what came or went between two pages.
 */
#ifndef MPR_PAGE_H
#define MPR_PAGE_H

#include <stdint.h>
#include <windows.h>

/**
 * struct mpr_page - a page being filled
 * @size: bytes of an element
 * @limit: most elements that the caller wants at once, at least 1
 * @after: only objects with a greater key
 * @last: key of the last element
 * @count: elements in @elements
 * @total: objects with a key after @after, in the page or not
 * @room: elements that @elements has memory for
 * @elements: the page
 * @failed: memory ran out
 */
struct mpr_page {
	size_t size;
	DWORD limit;
	uint32_t after;
	uint32_t last;
	DWORD count;
	DWORD total;
	DWORD room;
	unsigned char *elements;
	int failed;
};

/**
 * struct mpr_page_request - what the caller of an enumeration passed
 *
 * The names are those of the Windows pages. @resume may be NULL, the other
 * pointers may not be used before mpr_page_begin() took them.
 */
struct mpr_page_request {
	LPBYTE *buffer;
	DWORD preferred;
	LPDWORD read;
	LPDWORD total;
	LPDWORD resume;
};

/* Sets the results that the caller gave room for to nothing. */
void mpr_page_clear(const struct mpr_page_request *request);

/* ERROR_INVALID_PARAMETER if a pointer is missing. */
DWORD mpr_page_begin(struct mpr_page *page,
		     const struct mpr_page_request *request, size_t size);

/*
 * Counts an object. Returns zeroed memory for it if it belongs into this page,
 * else NULL.
 */
void *mpr_page_add(struct mpr_page *page, uint32_t key);

/*
 * Hands the page out if @error is NO_ERROR, else frees it. Returns NO_ERROR,
 * ERROR_MORE_DATA, ERROR_NOT_ENOUGH_MEMORY or @error.
 */
DWORD mpr_page_end(struct mpr_page *page,
		   const struct mpr_page_request *request, DWORD error);

#endif
