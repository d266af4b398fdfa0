// SPDX-License-Identifier: LGPL-2.1-or-later
/* Grows a text, and remembers a failure so that callers check once, at the end. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpr_string.h"

static bool make_room(struct mpr_string *buffer, size_t count)
{
	size_t needed = buffer->length + count + 1;
	char *text;

	if (needed <= buffer->size)
		return true;
	text = realloc(buffer->text, 2 * needed);
	if (!text) {
		buffer->failed = true;
		return false;
	}
	buffer->text = text;
	buffer->size = 2 * needed;
	return true;
}

void mpr_string_add_bytes(struct mpr_string *buffer, const char *bytes,
			  size_t count)
{
	if (!make_room(buffer, count))
		return;
	memcpy(buffer->text + buffer->length, bytes, count);
	buffer->length += count;
	buffer->text[buffer->length] = '\0';
}

void mpr_string_add(struct mpr_string *buffer, const char *text)
{
	mpr_string_add_bytes(buffer, text, strlen(text));
}

void mpr_string_add_format(struct mpr_string *buffer, const char *format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (count < 0 || !make_room(buffer, (size_t)count)) {
		buffer->failed = true;
		return;
	}
	va_start(arguments, format);
	vsnprintf(buffer->text + buffer->length, (size_t)count + 1, format,
		  arguments);
	va_end(arguments);
	buffer->length += (size_t)count;
}
