// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * FormatMessage: every RRAS program turns its error codes into text with it.
 * The work is done in UTF-8; the wide form converts at both ends.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "error_text.h"
#include "mpr_string.h"
#include "text.h"

#define MAX_CHARACTERS (64 * 1024)
#define MAX_WIDTH 4096

/**
 * struct message - a text being formatted
 * @at: next byte of the message definition
 * @out: the text so far
 * @flags: FORMAT_MESSAGE_*
 * @wide: strings among the arguments are LPWSTR, else LPSTR
 * @array: arguments as an array, or
 * @list: as a va_list; NULL both: there are none
 * @fetched: arguments taken from @list, in order
 * @values: those
 */
struct message {
	const char *at;
	struct mpr_string out;
	DWORD flags;
	bool wide;
	const uintptr_t *array;
	va_list *list;
	unsigned int fetched;
	uintptr_t values[99 + 2];
};

/* A %n!format! taken apart. */
struct insert {
	char flags[8];
	int width;
	int precision;
	bool wide_size, narrow_size, long_size;
	char conversion;
};

static DWORD get_argument(struct message *message, unsigned int index,
			  uintptr_t *value)
{
	if (index >= ARRAYSIZE(message->values))
		return ERROR_INVALID_PARAMETER;
	if (message->array) {
		*value = message->array[index];
		return NO_ERROR;
	}
	if (!message->list)
		return ERROR_INVALID_PARAMETER;
	while (message->fetched <= index)
		message->values[message->fetched++] =
			va_arg(*message->list, uintptr_t);
	*value = message->values[index];
	return NO_ERROR;
}

/* Digits, or a "*" that takes the argument at @index. */
static DWORD take_number(struct message *message, unsigned int *index,
			 int *number)
{
	uintptr_t value = 0;

	if (*message->at == '*') {
		message->at++;
		if (get_argument(message, (*index)++, &value))
			return ERROR_INVALID_PARAMETER;
	} else {
		while (*message->at >= '0' && *message->at <= '9' &&
		       value <= MAX_WIDTH)
			value = 10 * value + (uintptr_t)(*message->at++ - '0');
	}
	if ((value & UINT32_MAX) > MAX_WIDTH)
		return ERROR_INVALID_PARAMETER;
	*number = (int)value;
	return NO_ERROR;
}

static bool take_word(struct message *message, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(message->at, word, length))
		return false;
	message->at += length;
	return true;
}

static void take_size(struct message *message, struct insert *insert)
{
	if (take_word(message, "I64") || take_word(message, "ll"))
		insert->long_size = true;
	else if (take_word(message, "I32"))
		insert->long_size = false;
	else if (take_word(message, "I"))
		insert->long_size = sizeof(void *) == 8;
	else if (take_word(message, "l") || take_word(message, "w"))
		insert->wide_size = true;
	else if (take_word(message, "h"))
		insert->narrow_size = true;
}

/* From behind the "!" to behind the second. */
static DWORD parse_format(struct message *message, unsigned int *index,
			  struct insert *insert)
{
	size_t flags = strspn(message->at, "-+ #0");

	if (flags >= sizeof(insert->flags))
		return ERROR_INVALID_PARAMETER;
	memcpy(insert->flags, message->at, flags);
	message->at += flags;
	if (take_number(message, index, &insert->width))
		return ERROR_INVALID_PARAMETER;
	if (take_word(message, ".") &&
	    take_number(message, index, &insert->precision))
		return ERROR_INVALID_PARAMETER;
	take_size(message, insert);
	insert->conversion = *message->at;
	if (!insert->conversion || !strchr("sScCdiuxXop", *message->at))
		return ERROR_INVALID_PARAMETER;
	message->at++;
	return take_word(message, "!") ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

/* Bytes of the first @count characters of valid UTF-8, and their number. */
static size_t prefix(const char *text, int *count)
{
	size_t bytes = 0;
	int characters = 0;

	while (text[bytes] && (*count < 0 || characters < *count)) {
		do {
			bytes++;
		} while ((text[bytes] & 0xc0) == 0x80);
		characters++;
	}
	*count = characters;
	return bytes;
}

static void pad(struct message *message, int count)
{
	while (count-- > 0)
		mpr_string_add_bytes(&message->out, " ", 1);
}

static void add_padded(struct message *message, const struct insert *insert,
		       const char *text)
{
	bool left = strchr(insert->flags, '-');
	int characters = insert->precision;
	size_t bytes = prefix(text, &characters);

	if (!left)
		pad(message, insert->width - characters);
	mpr_string_add_bytes(&message->out, text, bytes);
	if (left)
		pad(message, insert->width - characters);
}

static DWORD add_string(struct message *message, const struct insert *insert,
			uintptr_t value, bool wide)
{
	DWORD error = NO_ERROR;
	char *text;

	if (!value)
		text = strdup("(null)");
	else if (wide)
		text = mpr_utf8_dup((const wchar_t *)value);
	else
		text = strdup((const char *)value);
	if (!text)
		return errno == EILSEQ ? ERROR_INVALID_PARAMETER :
					 ERROR_NOT_ENOUGH_MEMORY;
	if (mpr_utf8_length(text) < 0)
		error = ERROR_INVALID_PARAMETER;
	else
		add_padded(message, insert, text);
	free(text);
	return error;
}

static DWORD add_character(struct message *message, const struct insert *insert,
			   uintptr_t value)
{
	const wchar_t wide[2] = { (wchar_t)value, 0 };
	char text[MPR_UTF8_SIZE(1)];

	if (mpr_utf8_from_wide(text, sizeof(text), wide, 1) < 0)
		return ERROR_INVALID_PARAMETER;
	add_padded(message, insert, text);
	return NO_ERROR;
}

static void add_number(struct message *message, const struct insert *insert,
		       uintptr_t value)
{
	bool is_signed = strchr("di", insert->conversion);
	unsigned long long number = value;
	char format[32];

	if (!insert->long_size)
		number = is_signed ? (unsigned long long)(int)value :
				     (unsigned int)value;
	if (insert->narrow_size)
		number = is_signed ? (unsigned long long)(short)value :
				     (unsigned short)value;
	if (insert->conversion == 'p') {
		mpr_string_add_format(&message->out, "%0*llX",
				      2 * (int)sizeof(void *),
				      (unsigned long long)value);
		return;
	}
	snprintf(format, sizeof(format), "%%%s*.*ll%c", insert->flags,
		 insert->conversion);
	mpr_string_add_format(&message->out, format, insert->width,
			      insert->precision, number);
}

/* Behind "%": a number, and perhaps !format!. */
static DWORD add_insert(struct message *message)
{
	struct insert insert = { .precision = -1, .conversion = 's' };
	unsigned int index = (unsigned int)(*message->at++ - '0');
	uintptr_t value;
	DWORD error;

	if (*message->at >= '0' && *message->at <= '9')
		index = 10 * index + (unsigned int)(*message->at++ - '0');
	index--;
	if (take_word(message, "!")) {
		error = parse_format(message, &index, &insert);
		if (error)
			return error;
	}
	error = get_argument(message, index, &value);
	if (error)
		return error;
	if (insert.conversion == 's')
		return add_string(message, &insert, value,
				  insert.wide_size || (message->wide &&
						       !insert.narrow_size));
	if (insert.conversion == 'S')
		return add_string(message, &insert, value,
				  insert.wide_size || (!message->wide &&
						       !insert.narrow_size));
	if (strchr("cC", insert.conversion))
		return add_character(message, &insert, value);
	add_number(message, &insert, value);
	return NO_ERROR;
}

/* Behind "%", and no number. False at the end of the text. */
static bool add_escape(struct message *message)
{
	switch (*message->at) {
	case '0':
		return false;
	case 'n':
		mpr_string_add(&message->out, "\r\n");
		break;
	case 'r':
		mpr_string_add(&message->out, "\r");
		break;
	case 't':
		mpr_string_add(&message->out, "\t");
		break;
	default:
		mpr_string_add_bytes(&message->out, message->at, 1);
		break;
	}
	message->at++;
	return true;
}

static void add_line_end(struct message *message)
{
	if (!take_word(message, "\r\n"))
		message->at++;
	if (message->flags & FORMAT_MESSAGE_MAX_WIDTH_MASK)
		mpr_string_add(&message->out, " ");
	else
		mpr_string_add(&message->out, "\r\n");
}

static DWORD expand(struct message *message)
{
	bool keeps_inserts = message->flags & FORMAT_MESSAGE_IGNORE_INSERTS;
	DWORD error = NO_ERROR;

	while (*message->at && !error) {
		size_t plain = strcspn(message->at, "%\r\n");

		mpr_string_add_bytes(&message->out, message->at, plain);
		message->at += plain;
		if (*message->at == '\r' || *message->at == '\n') {
			add_line_end(message);
		} else if (take_word(message, "%")) {
			bool number = *message->at >= '1' &&
				      *message->at <= '9';

			if (!*message->at)
				error = ERROR_INVALID_PARAMETER;
			else if (number && keeps_inserts)
				mpr_string_add(&message->out, "%");
			else if (number)
				error = add_insert(message);
			else if (!add_escape(message))
				break;
		}
	}
	return error;
}

static DWORD check_language(DWORD language)
{
	DWORD primary = PRIMARYLANGID(language);

	return primary == LANG_NEUTRAL || primary == LANG_ENGLISH ?
		       NO_ERROR :
		       ERROR_RESOURCE_LANG_NOT_FOUND;
}

/* The message definition, in memory for free(). */
static DWORD find_source(DWORD flags, LPCVOID source, bool wide, DWORD id,
			 DWORD language, char **definition)
{
	struct mpr_string line = { 0 };
	const char *text;
	DWORD error;

	if (flags & FORMAT_MESSAGE_FROM_STRING) {
		if (!source || flags & (FORMAT_MESSAGE_FROM_SYSTEM |
					FORMAT_MESSAGE_FROM_HMODULE))
			return ERROR_INVALID_PARAMETER;
		*definition = wide ? mpr_utf8_dup(source) : strdup(source);
		if (!*definition)
			return errno == EILSEQ ? ERROR_INVALID_PARAMETER :
						 ERROR_NOT_ENOUGH_MEMORY;
		return NO_ERROR;
	}
	if (!(flags & FORMAT_MESSAGE_FROM_SYSTEM))
		return flags & FORMAT_MESSAGE_FROM_HMODULE ?
			       ERROR_RESOURCE_TYPE_NOT_FOUND :
			       ERROR_INVALID_PARAMETER;
	error = check_language(language);
	if (error)
		return error;
	text = mpr_error_text(id);
	if (!text)
		return ERROR_MR_MID_NOT_FOUND;
	mpr_string_add(&line, text);
	mpr_string_add(&line, "\r\n");
	*definition = line.text;
	if (!line.failed)
		return NO_ERROR;
	free(line.text);
	return ERROR_NOT_ENOUGH_MEMORY;
}

/* The whole text, in memory for free(), and its characters. */
static DWORD format(DWORD flags, LPCVOID source, bool wide, DWORD id,
		    DWORD language, va_list *arguments, char **text,
		    size_t *characters)
{
	struct message message = { .flags = flags, .wide = wide };
	char *definition;
	ssize_t length;
	DWORD error;

	error = find_source(flags, source, wide, id, language, &definition);
	if (error)
		return error;
	if (flags & FORMAT_MESSAGE_ARGUMENT_ARRAY)
		message.array = (const uintptr_t *)arguments;
	else
		message.list = arguments;
	message.at = definition;
	mpr_string_add(&message.out, "");
	error = expand(&message);
	free(definition);
	if (!error && message.out.failed)
		error = ERROR_NOT_ENOUGH_MEMORY;
	length = error ? 0 : mpr_utf8_length(message.out.text);
	if (length < 0)
		error = ERROR_INVALID_PARAMETER;
	else if (length > MAX_CHARACTERS)
		error = ERROR_MORE_DATA;
	if (error) {
		free(message.out.text);
		return error;
	}
	*text = message.out.text;
	*characters = (size_t)length;
	return NO_ERROR;
}

/*
 * Copies @count units of @unit bytes and their NUL to where the caller wants
 * them. An empty text gives no buffer: callers take 0 for a failure.
 */
static DWORD hand_over(DWORD flags, const void *text, size_t count, size_t unit,
		       void *buffer, DWORD size)
{
	size_t room = count + 1 > size ? count + 1 : size;

	if (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) {
		void **to = buffer;

		*to = count ? LocalAlloc(LMEM_FIXED, room * unit) : NULL;
		if (count && !*to)
			return ERROR_NOT_ENOUGH_MEMORY;
		buffer = *to;
	} else if (room > size) {
		return ERROR_INSUFFICIENT_BUFFER;
	}
	if (buffer)
		memcpy(buffer, text, (count + 1) * unit);
	return NO_ERROR;
}

static DWORD finish(DWORD error, size_t count)
{
	if (!error && count)
		return (DWORD)count;
	SetLastError(error);
	return 0;
}

static bool has_room(DWORD flags, void *buffer)
{
	if (!buffer)
		return false;
	if (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER)
		*(void **)buffer = NULL;
	return true;
}

DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId,
			    DWORD dwLanguageId, LPSTR lpBuffer, DWORD nSize,
			    va_list *Arguments)
{
	size_t characters, bytes = 0;
	DWORD error;
	char *text;

	if (!has_room(dwFlags, lpBuffer))
		return finish(ERROR_INVALID_PARAMETER, 0);
	error = format(dwFlags, lpSource, false, dwMessageId, dwLanguageId,
		       Arguments, &text, &characters);
	if (!error) {
		bytes = strlen(text);
		error = hand_over(dwFlags, text, bytes, 1, lpBuffer, nSize);
		free(text);
	}
	return finish(error, bytes);
}

DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId,
			    DWORD dwLanguageId, LPWSTR lpBuffer, DWORD nSize,
			    va_list *Arguments)
{
	size_t characters = 0;
	wchar_t *wide = NULL;
	DWORD error;
	char *text;

	if (!has_room(dwFlags, lpBuffer))
		return finish(ERROR_INVALID_PARAMETER, 0);
	error = format(dwFlags, lpSource, true, dwMessageId, dwLanguageId,
		       Arguments, &text, &characters);
	if (!error) {
		wide = mpr_wide_dup(text);
		free(text);
		error = !wide ? ERROR_NOT_ENOUGH_MEMORY :
				hand_over(dwFlags, wide, characters,
					  sizeof(*wide), lpBuffer, nSize);
		free(wide);
	}
	return finish(error, characters);
}
