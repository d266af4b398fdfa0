/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text at the API boundary: wchar_t outside, UTF-8 inside. Both ways are
 * strict: surrogates, values over 0x10ffff, overlong or cut sequences are
 * refused, never replaced.
 */
#ifndef MPR_TEXT_H
#define MPR_TEXT_H

#include <stddef.h>
#include <sys/types.h>
#include <wchar.h>

/* Bytes that @chars characters and the NUL may need in UTF-8. */
#define MPR_UTF8_SIZE(chars) ((chars)*4 + 1)

/**
 * mpr_utf8_from_wide - convert to UTF-8
 * @to: the result, NUL-terminated; undefined after an error
 * @size: bytes at @to
 * @from: the text; no more than @limit + 1 units of it are read
 * @limit: most characters that the text may have
 *
 * Return: bytes without the NUL, -EILSEQ if it is not valid text, -E2BIG if it
 * is longer than @limit or @size allows
 */
ssize_t mpr_utf8_from_wide(char *to, size_t size, const wchar_t *from,
			   size_t limit);

/**
 * mpr_wide_from_utf8 - convert to wchar_t
 * @to: the result, NUL-terminated; undefined after an error
 * @room: characters at @to, the NUL included
 * @from: the text
 *
 * Return: characters without the NUL, -EILSEQ if it is not valid text, -E2BIG
 * if @room is too small
 */
ssize_t mpr_wide_from_utf8(wchar_t *to, size_t room, const char *from);

/**
 * mpr_wide_show - convert to wchar_t what may not be valid text
 * @to: the result, NUL-terminated, cut off if @room is too small
 * @room: characters at @to, the NUL included
 * @from: the text; each byte that does not belong there becomes U+FFFD. A
 *	device may be named in any bytes, and an interface after it
 */
void mpr_wide_show(wchar_t *to, size_t room, const char *from);

/**
 * mpr_utf8_length - characters in a text
 *
 * Return: their number, -EILSEQ if it is not valid text
 */
ssize_t mpr_utf8_length(const char *text);

/* The same into memory for free(); NULL with errno ENOMEM or EILSEQ. */
char *mpr_utf8_dup(const wchar_t *from);
wchar_t *mpr_wide_dup(const char *from);

#endif
