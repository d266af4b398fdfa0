/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Callers' text: checked, and copied for the time of a call. */
#ifndef WNET_NAMES_H
#define WNET_NAMES_H

#include <stdbool.h>
#include <windows.h>

/* The two forms of each call. */
enum wnet_width {
	WNET_UTF8,
	WNET_WIDE,
};

/**
 * wnet_copy - copy a text
 * @to: takes the copy, NULL for NULL; for wnet_wipe()
 * @from: the text, as @width says
 * @limit: most characters that it may have
 * @wrong: what to return if it is longer or no valid text
 *
 * Return: NO_ERROR, @wrong, ERROR_NOT_ENOUGH_MEMORY
 */
DWORD wnet_copy(wchar_t **to, const void *from, enum wnet_width width,
		size_t limit, DWORD wrong);

/* The same for a name: no control characters, "" becomes NULL. */
DWORD wnet_copy_name(wchar_t **to, const void *from, enum wnet_width width,
		     DWORD wrong);

/* The same for a user with or without domain: no control characters. */
DWORD wnet_copy_user(wchar_t **to, const void *from, enum wnet_width width,
		     DWORD wrong);

/* The same for a local device, f: and lpt1 in upper case. */
DWORD wnet_copy_device(wchar_t **to, const void *from, enum wnet_width width);

/* Overwrite a copy and free it; NULL is ignored. */
void wnet_wipe(wchar_t *text);

/* As far as ASCII goes, without regard to case. */
bool wnet_same_name(const wchar_t *a, const wchar_t *b);

#endif
