// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * UTF-8 from and to wchar_t without the C library's locale, which belongs to
 * the program and may be "C".
 */
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static_assert(sizeof(wchar_t) == 4, "one wchar_t holds one character");

static bool is_character(uint32_t c)
{
	return c < 0xd800 || (c > 0xdfff && c <= 0x10ffff);
}

static unsigned int utf8_size(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static void put_utf8(char *to, uint32_t c, unsigned int size)
{
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	unsigned int i;

	for (i = size - 1; i; i--) {
		to[i] = (char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	to[0] = (char)(lead[size] | c);
}

/* One character from @text, or -1. Stops at the first byte that is wrong. */
static int32_t take_utf8(const char **text)
{
	const uint8_t *bytes = (const uint8_t *)*text;
	unsigned int size, i;
	uint32_t c = bytes[0];

	/* nearly all of nearly every name */
	if (c < 0x80) {
		++*text;
		return (int32_t)c;
	}
	if (c >= 0xc2 && c < 0xe0)
		size = 2;
	else if (c >= 0xe0 && c < 0xf0)
		size = 3;
	else if (c >= 0xf0 && c < 0xf5)
		size = 4;
	else
		return -1;
	c &= 0x7fU >> size;
	for (i = 1; i < size; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return -1;
		c = c << 6 | (bytes[i] & 0x3f);
	}
	if (!is_character(c) || utf8_size(c) != size)
		return -1;
	*text += size;
	return (int32_t)c;
}

ssize_t mpr_utf8_from_wide(char *to, size_t size, const wchar_t *from,
			   size_t limit)
{
	size_t used = 0, i;

	for (i = 0; from[i]; i++) {
		uint32_t c = (uint32_t)from[i];

		if (i == limit)
			return -E2BIG;
		if (!is_character(c))
			return -EILSEQ;
		if (used + utf8_size(c) >= size)
			return -E2BIG;
		put_utf8(to + used, c, utf8_size(c));
		used += utf8_size(c);
	}
	if (used >= size)
		return -E2BIG;
	to[used] = '\0';
	return (ssize_t)used;
}

ssize_t mpr_wide_from_utf8(wchar_t *to, size_t room, const char *from)
{
	size_t used = 0;

	while (*from) {
		int32_t c = take_utf8(&from);

		if (c < 0)
			return -EILSEQ;
		if (used + 1 >= room)
			return -E2BIG;
		to[used++] = c;
	}
	if (used >= room)
		return -E2BIG;
	to[used] = L'\0';
	return (ssize_t)used;
}

/* Nearly all of nearly every name, and lists are long. Returns how much. */
static size_t show_ascii(wchar_t *to, size_t room, const char *from)
{
	size_t i;

	for (i = 0; i < room && (signed char)from[i] > 0; i++)
		to[i] = from[i];
	return i;
}

/* Apart, so that text that is all ASCII pays nothing for it. */
static __attribute__((noinline)) size_t show_rest(wchar_t *to, size_t room,
						  const char *from)
{
	size_t used;
	int32_t c;

	for (used = 0; *from && used < room; used++) {
		c = take_utf8(&from);
		if (c < 0) {
			c = 0xfffd;
			from++;
		}
		to[used] = c;
	}
	return used;
}

void mpr_wide_show(wchar_t *to, size_t room, const char *from)
{
	size_t used = show_ascii(to, --room, from);

	if (used < room && from[used])
		used += show_rest(to + used, room - used, from + used);
	to[used] = L'\0';
}

ssize_t mpr_utf8_length(const char *text)
{
	ssize_t length = 0;

	for (; *text; length++)
		if (take_utf8(&text) < 0)
			return -EILSEQ;
	return length;
}

char *mpr_utf8_dup(const wchar_t *from)
{
	size_t size = MPR_UTF8_SIZE(wcslen(from));
	char *to = malloc(size);

	if (to && mpr_utf8_from_wide(to, size, from, size) < 0) {
		free(to);
		errno = EILSEQ;
		return NULL;
	}
	return to;
}

wchar_t *mpr_wide_dup(const char *from)
{
	size_t room = strlen(from) + 1;
	wchar_t *to = calloc(room, sizeof(*to));

	if (to && mpr_wide_from_utf8(to, room, from) < 0) {
		free(to);
		errno = EILSEQ;
		return NULL;
	}
	return to;
}
