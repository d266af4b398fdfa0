// SPDX-License-Identifier: GPL-2.0-only
/* Interfaces that a program made are dialled by what it said of them here. */
#include <errno.h>
#include <linux/ddm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings.h"

static char *unescape(const char *from, size_t length)
{
	char *value = malloc(length + 1), *to = value;
	const char *end = from + length;

	if (!value)
		return NULL;
	for (; from < end; from++) {
		if (*from == '\\' && from + 1 < end) {
			from++;
			*to++ = *from == 'n' ? '\n' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return value;
}

int settings_next(const char **cursor, char **key, char **value)
{
	const char *line, *equals;
	size_t length;

	do {
		line = *cursor;
		if (!*line)
			return 0;
		length = strcspn(line, "\n");
		*cursor = line + length + (line[length] == '\n');
		equals = memchr(line, '=', length);
	} while (!equals || equals == line);

	*key = strndup(line, (size_t)(equals - line));
	*value = unescape(equals + 1, (size_t)(line + length - equals - 1));
	if (*key && *value)
		return 1;
	free(*key);
	free(*value);
	return -ENOMEM;
}

int settings_add(char **settings, const char *key, const char *value)
{
	size_t used = *settings ? strlen(*settings) : 0;
	char *text, *to;

	text = realloc(*settings, used + strlen(key) + 2 * strlen(value) + 3);
	if (!text)
		return -ENOMEM;
	*settings = text;
	to = text + used;
	to += sprintf(to, "%s=", key);
	for (; *value; value++) {
		if (*value == '\\' || *value == '\n')
			*to++ = '\\';
		*to++ = *value == '\n' ? 'n' : *value;
	}
	strcpy(to, "\n");
	if (strlen(text) <= DDM_SETTINGS_MAX)
		return 0;
	text[used] = '\0';
	return -E2BIG;
}
