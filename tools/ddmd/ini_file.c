// SPDX-License-Identifier: GPL-2.0-only
/*
 * libinih cuts lines silently where its buffer ends, and knows neither quotes
 * nor line numbers: what lies between it and our files.
 */
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <linux/ddm.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ini_file.h"
#include "log.h"

/* Of a written line, well below libinih's 200 */
#define CHUNK 100

struct reader {
	const char *path;
	FILE *file;
	int line;
	int wrong;
	int error;
	bool too_long;

	ini_fn *fn;
	void *data;
	char key[64]; /* whose value goes on */
	char value[INI_VALUE_MAX + 1];
	size_t length;
};

static void complain(struct reader *reader, const char *what)
{
	log_warning("%s:%d: %s", reader->path, reader->line, what);
	reader->wrong++;
}

/*
 * To libinih, a line that begins with a blank belongs to the one before. Here
 * it does so only after a backslash: others are indented for the eye.
 */
static char *without_indent(const struct reader *reader, char *line)
{
	size_t blanks = strspn(line, " \t");

	if (!reader->key[0])
		memmove(line, line + blanks, strlen(line + blanks) + 1);
	return line;
}

/* As fgets(); what does not fit is left out as a whole. */
static char *read_line(char *line, int size, void *stream)
{
	struct reader *reader = stream;
	size_t length;
	int c;

	if (!fgets(line, size, reader->file)) {
		if (ferror(reader->file))
			reader->error = -errno;
		return NULL;
	}
	reader->line++;
	length = strlen(line);
	if (!length) {
		/* it begins with a NUL */
		complain(reader, "not a text file");
		return NULL;
	}
	if (line[length - 1] == '\n' || feof(reader->file))
		return without_indent(reader, line);
	complain(
		reader,
		"the line is too long (end it with a backslash, and go on in the next line after a blank)");
	do {
		c = getc(reader->file);
	} while (c != EOF && c != '\n');
	strcpy(line, "\n");
	return line;
}

static const char escaped[] = "\n\t\r ";
static const char letters[] = "ntrs";

static char unescape(char letter)
{
	const char *at = strchr(letters, letter);

	return at ? escaped[at - letters] : letter;
}

/* In place. Return: NULL, or what is wrong. */
static const char *unquote(char *value)
{
	char *from = value, *to = value;

	if (*from != '"')
		return NULL;
	for (from++; *from && *from != '"'; from++) {
		if (*from == '\\' && from[1])
			*to++ = unescape(*++from);
		else
			*to++ = *from;
	}
	if (*from != '"' || from[1])
		return "a value that begins with a quote has to end with one";
	*to = '\0';
	return NULL;
}

static bool goes_on(struct reader *reader)
{
	size_t backslashes = 0;

	while (backslashes < reader->length &&
	       reader->value[reader->length - 1 - backslashes] == '\\')
		backslashes++;
	if (!(backslashes & 1))
		return false;
	reader->value[--reader->length] = '\0';
	return true;
}

static void take_value(struct reader *reader, const char *section,
		       const char *key)
{
	const char *what = unquote(reader->value);

	if (!what)
		what = reader->fn(section, key, reader->value, reader->data);
	if (what)
		complain(reader, what);
}

static int take_line(void *data, const char *section, const char *key,
		     const char *value)
{
	struct reader *reader = data;
	size_t length = strlen(value);

	if (strcmp(key, reader->key)) {
		if (reader->key[0])
			complain(reader, "the line before has no continuation");
		reader->length = 0;
	}
	reader->key[0] = '\0';
	if (length > INI_VALUE_MAX - reader->length) {
		complain(reader, "the value is too long");
		reader->length = 0;
		return 1;
	}
	memcpy(reader->value + reader->length, value, length + 1);
	reader->length += length;
	if (goes_on(reader)) {
		snprintf(reader->key, sizeof(reader->key), "%s", key);
		return 1;
	}
	take_value(reader, section, key);
	reader->length = 0;
	return 1;
}

int ini_read(const char *path, ini_fn *fn, void *data)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	int line, wrong;

	if (!reader)
		return -ENOMEM;
	reader->path = path;
	reader->fn = fn;
	reader->data = data;
	reader->file = fopen(path, "re");
	if (!reader->file) {
		line = -errno;
		free(reader);
		return line;
	}
	ini_allow_inline_comments = false;
	ini_allow_multiline = true;
	line = ini_parse_stream(read_line, reader, take_line, reader);
	if (line > 0) {
		reader->line = line;
		complain(reader, "this is neither [section] nor key = value");
	}
	if (reader->key[0])
		complain(reader, "the last line has no continuation");
	wrong = reader->error ? reader->error : reader->wrong;
	fclose(reader->file);
	explicit_bzero(reader, sizeof(*reader));
	free(reader);
	return wrong;
}

/* --------------------------------------------------------------- values -- */

#define HOUR_MS 3600000U

static const struct {
	const char *name;
	uint32_t milliseconds;
} units[] = {
	{ "ms", 1 },	  { "s", 1000 },	 { "min", 60000 },
	{ "h", HOUR_MS }, { "d", 24 * HOUR_MS },
};

#define UNITS (sizeof(units) / sizeof(units[0]))

const char *ini_time(uint32_t *place, const char *value, uint32_t divisor)
{
	unsigned long long number;
	uint32_t unit = 1000;
	size_t i = 0;
	char *end;

	errno = 0;
	number = strtoull(value, &end, 10);
	if (!isdigit((unsigned char)*value) || errno)
		return "not a time (as in 500ms, 30s, 5min, 2h, 1d)";
	end += strspn(end, " ");
	if (*end) {
		while (i < UNITS && strcmp(units[i].name, end))
			i++;
		if (i == UNITS)
			return "not a time (as in 500ms, 30s, 5min, 2h, 1d)";
		unit = units[i].milliseconds;
	}
	if (number > DDM_TIMEOUT_MAX / unit)
		return "longer than a day";
	*place = (uint32_t)number * unit / divisor;
	return NULL;
}

/* -------------------------------------------------------------- writing -- */

/* What a line may not begin with, and what never stands for itself */
#define NOT_FIRST " \t\r\v\f;#"
#define NEVER "\"\\\n\r"

static size_t put_character(FILE *file, char c, bool first)
{
	const char *at = strchr(escaped, c);

	if (!strchr(first ? NEVER NOT_FIRST : NEVER, c)) {
		putc(c, file);
		return 1;
	}
	putc('\\', file);
	putc(at ? letters[at - escaped] : c, file);
	return 2;
}

void ini_write(FILE *file, const char *key, const char *value)
{
	size_t used = 0;
	bool first = false;

	fprintf(file, "%s = \"", key);
	for (; *value; value++) {
		if (used >= CHUNK) {
			fputs("\\\n ", file);
			used = 0;
			first = true;
		}
		used += put_character(file, *value, first);
		first = false;
	}
	fputs("\"\n", file);
}
