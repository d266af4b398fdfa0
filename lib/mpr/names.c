// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Callers' text goes to code that somebody else wrote, which may change what it
 * is given: each call works on copies. Some are passwords, so all are wiped.
 */
#include <lmcons.h>
#include <npapi.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "names.h"
#include "text.h"

static DWORD copy_utf8(wchar_t *to, size_t limit, const char *from, DWORD wrong)
{
	return mpr_wide_from_utf8(to, limit + 1, from) < 0 ? wrong : NO_ERROR;
}

/* Only one way of converting checks wide text: there and back again. */
static DWORD copy_wide(wchar_t *to, size_t limit, const wchar_t *from,
		       DWORD wrong)
{
	size_t size = MPR_UTF8_SIZE(limit);
	char *bytes = malloc(size);
	DWORD error;

	if (!bytes)
		return ERROR_NOT_ENOUGH_MEMORY;
	if (mpr_utf8_from_wide(bytes, size, from, limit) < 0)
		error = wrong;
	else
		error = copy_utf8(to, limit, bytes, wrong);
	explicit_bzero(bytes, size);
	free(bytes);
	return error;
}

/* How many of the units of @text count, if it ends before @limit + 1. */
static size_t room_for(const void *text, enum wnet_width width, size_t limit)
{
	return width == WNET_WIDE ? wcsnlen(text, limit) :
				    strnlen(text, limit * 4);
}

DWORD wnet_copy(wchar_t **to, const void *from, enum wnet_width width,
		size_t limit, DWORD wrong)
{
	size_t room;
	DWORD error;

	*to = NULL;
	if (!from)
		return NO_ERROR;
	room = room_for(from, width, limit);
	if (room > limit)
		room = limit;
	*to = calloc(room + 1, sizeof(**to));
	if (!*to)
		return ERROR_NOT_ENOUGH_MEMORY;
	error = width == WNET_WIDE ? copy_wide(*to, room, from, wrong) :
				     copy_utf8(*to, room, from, wrong);
	if (error) {
		wnet_wipe(*to);
		*to = NULL;
	}
	return error;
}

static bool has_control_characters(const wchar_t *text)
{
	for (; *text; text++)
		if (*text < 0x20 || (*text >= 0x7f && *text < 0xa0))
			return true;
	return false;
}

DWORD wnet_copy_name(wchar_t **to, const void *from, enum wnet_width width,
		     DWORD wrong)
{
	DWORD error = wnet_copy(to, from, width, MAX_PATH, wrong);

	if (error || !*to)
		return error;
	if (has_control_characters(*to))
		error = wrong;
	if (error || !**to) {
		wnet_wipe(*to);
		*to = NULL;
	}
	return error;
}

DWORD wnet_copy_user(wchar_t **to, const void *from, enum wnet_width width,
		     DWORD wrong)
{
	/* "DOMAIN\user" */
	DWORD error = wnet_copy(to, from, width, DNLEN + 1 + UNLEN, wrong);

	if (error || !*to || !has_control_characters(*to))
		return error;
	wnet_wipe(*to);
	*to = NULL;
	return wrong;
}

static wchar_t upper(wchar_t c)
{
	return c >= L'a' && c <= L'z' ? c - L'a' + L'A' : c;
}

bool wnet_same_name(const wchar_t *a, const wchar_t *b)
{
	while (*a && upper(*a) == upper(*b)) {
		a++;
		b++;
	}
	return *a == *b;
}

/* A letter and a colon, or LPT or COM and a digit, a colon allowed. */
static bool is_dos_device(const wchar_t *name)
{
	wchar_t kind[] = { name[0], name[0] ? name[1] : 0,
			   name[0] && name[1] ? name[2] : 0, 0 };

	if (wcslen(name) == 2)
		return upper(name[0]) >= L'A' && upper(name[0]) <= L'Z' &&
		       name[1] == L':';
	if (wcslen(name) != 4 && !(wcslen(name) == 5 && name[4] == L':'))
		return false;
	return name[3] >= L'1' && name[3] <= L'9' &&
	       (wnet_same_name(kind, L"LPT") || wnet_same_name(kind, L"COM"));
}

DWORD wnet_copy_device(wchar_t **to, const void *from, enum wnet_width width)
{
	DWORD error = wnet_copy_name(to, from, width, ERROR_BAD_DEVICE);
	wchar_t *c;

	if (!error && *to && is_dos_device(*to))
		for (c = *to; *c; c++)
			*c = upper(*c);
	return error;
}

void wnet_wipe(wchar_t *text)
{
	if (!text)
		return;
	explicit_bzero(text, wcslen(text) * sizeof(*text));
	free(text);
}
