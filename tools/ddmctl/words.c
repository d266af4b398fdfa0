// SPDX-License-Identifier: GPL-2.0-only
/* Reads the words of the command line, and says which one is wrong. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ddmctl.h"

int usage_error(const struct control *control, const char *format, ...)
{
	va_list args;

	fputs("ddmctl: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	if (control->object)
		fprintf(stderr, "\nTry \"ddmctl %s help\".\n",
			control->object->name);
	else
		fputs("\nTry \"ddmctl help\".\n", stderr);
	return STATUS_USAGE;
}

const char *next_word(struct control *control)
{
	if (!control->words_left)
		return NULL;
	control->words_left--;
	return *control->words++;
}

int no_more_words(struct control *control)
{
	const char *word = next_word(control);

	if (!word)
		return STATUS_OK;
	return usage_error(control, "what is \"%s\"?", word);
}

int need_word(struct control *control, const char *what, const char **word)
{
	*word = next_word(control);
	if (*word)
		return STATUS_OK;
	return usage_error(control, "%s is missing", what);
}

int read_number(const struct control *control, const char *what,
		const char *text, uint64_t max, uint64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoull(text, &end, 0);
	if (*text < '0' || *text > '9' || *end)
		return usage_error(control, "%s \"%s\" is not a number", what,
				   text);
	if (errno || *number > max)
		return usage_error(control,
				   "%s %s is too large, the limit is %llu",
				   what, text, (unsigned long long)max);
	return STATUS_OK;
}

int read_seconds(const struct control *control, const char *text,
		 uint32_t *milliseconds)
{
	char *end;
	double seconds = strtod(text, &end);

	if (end == text || *end || !(seconds >= 0.001) ||
	    seconds * 1000 > DDM_TIMEOUT_MAX)
		return usage_error(
			control,
			"timeout \"%s\" is not a number of seconds from 0.001 to %u",
			text, DDM_TIMEOUT_MAX / 1000);
	*milliseconds = (uint32_t)(seconds * 1000 + 0.5);
	return STATUS_OK;
}

static void list_names(const char *(*name)(uint32_t), uint32_t first)
{
	uint32_t value;

	fputs("ddmctl: one of", stderr);
	for (value = first; name(value); value++)
		fprintf(stderr, "%s %s", value == first ? "" : ",",
			name(value));
	fputs(" is wanted\n", stderr);
}

/* A value of an enumeration, by its name or the beginning of it. */
int read_name(const struct control *control, const char *what, const char *text,
	      const char *(*name)(uint32_t), uint32_t first, uint32_t *value)
{
	size_t length = strlen(text);
	unsigned int matches = 0;
	uint32_t i;

	for (i = first; name(i); i++) {
		if (strncmp(name(i), text, length))
			continue;
		*value = i;
		if (!name(i)[length])
			return STATUS_OK;
		matches++;
	}
	if (length && matches == 1)
		return STATUS_OK;
	list_names(name, first);
	return usage_error(control, "%s \"%s\" is %s", what, text,
			   length && matches ? "ambiguous" : "unknown");
}

/* A list of event types, separated by commas. */
int read_events(const struct control *control, const char *text, uint32_t *mask)
{
	char *list = strdup(text);
	char *rest = list;
	int status = STATUS_OK;
	uint32_t type;
	char *word;

	if (!list)
		return usage_error(control, "out of memory");
	*mask = 0;
	while (!status && (word = strsep(&rest, ","))) {
		status = read_name(control, "event", word, ddm_event_type_name,
				   DDM_EVENT_TYPE_LOST + 1, &type);
		if (!status)
			*mask |= DDM_EVENT_BIT(type);
	}
	free(list);
	return status;
}

/*
 * The next keyword. @found is NULL at the end of the line. One that was seen
 * already, or excludes one that was, is refused: those share a bit.
 */
int read_keyword(struct control *control, const struct keyword *keywords,
		 uint32_t *seen, const struct keyword **found)
{
	const char *word = next_word(control);
	const struct keyword *keyword;
	unsigned int matches = 0;
	size_t length;

	*found = NULL;
	if (!word)
		return STATUS_OK;
	length = strlen(word);
	for (keyword = keywords; keyword->name; keyword++) {
		if (strncmp(keyword->name, word, length))
			continue;
		*found = keyword;
		matches++;
		if (!keyword->name[length]) {
			matches = 1;
			break;
		}
	}
	if (!length || !matches)
		return usage_error(control, "what is \"%s\"?", word);
	if (matches > 1)
		return usage_error(control, "\"%s\" is ambiguous", word);
	if (*seen & (*found)->bit)
		return usage_error(
			control,
			"\"%s\" repeats or contradicts a word before it", word);
	*seen |= (*found)->bit;
	return STATUS_OK;
}
