/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* UTF-8 text of a length that is not known beforehand. */
#ifndef MPR_STRING_H
#define MPR_STRING_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct mpr_string - a text being put together; all zero is an empty one
 * @text: the text, NUL-terminated once anything was added; for free()
 * @length: bytes without the NUL
 * @size: bytes allocated
 * @failed: memory ran out, and something is missing
 */
struct mpr_string {
	char *text;
	size_t length;
	size_t size;
	bool failed;
};

void mpr_string_add_bytes(struct mpr_string *buffer, const char *bytes,
			  size_t count);
void mpr_string_add(struct mpr_string *buffer, const char *text);
void __attribute__((format(printf, 2, 0)))
mpr_string_add_format(struct mpr_string *buffer, const char *format, ...);

#endif
