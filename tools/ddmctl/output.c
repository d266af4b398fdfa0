// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything shown goes through a libsmartcols table, so that JSON and tables
 * never differ. A stream is a table of one line, over and over.
 */
#include <ctype.h>
#include <inttypes.h>
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "output.h"

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"

struct output {
	struct control *control;
	const struct column *columns;
	unsigned int count;
	enum output_form form;
	bool json;
	bool failed; /* out of memory */
	struct libscols_table *table;
	struct libscols_line *line; /* the present one */
	struct libscols_line **list; /* of OUTPUT_LIST, by column */
	int *places; /* where a column went, -1 if it is not shown */
};

/* Whether @key is in a list separated by commas. */
static bool listed(const char *list, const char *key, size_t length)
{
	while (*list) {
		size_t n = strcspn(list, ",");

		if (n == length && !strncmp(list, key, n))
			return true;
		list += n;
		list += *list == ',';
	}
	return false;
}

static int check_columns(struct control *control, const struct output *output)
{
	const char *list = control->columns;
	unsigned int i;

	if (list && !*list)
		return usage_error(control, "the list of columns is empty");
	while (list && *list) {
		size_t n = strcspn(list, ",");

		for (i = 0; i < output->count; i++)
			if (listed(output->columns[i].key, list, n))
				break;
		if (i == output->count)
			return usage_error(control,
					   "there is no column \"%.*s\"",
					   (int)n, list);
		list += n;
		list += *list == ',';
	}
	return STATUS_OK;
}

static bool is_wanted(const struct output *output, const struct column *column)
{
	const struct control *control = output->control;

	if (control->columns)
		return listed(control->columns, column->key,
			      strlen(column->key));
	if (output->json || output->form == OUTPUT_LIST)
		return !(column->flags & COLUMN_TEXT_ONLY);
	return !(column->flags & COLUMN_DETAIL) ||
	       control->options & OPTION_DETAILS;
}

/* The heading of "rx_bytes" is "RX BYTES". */
static void make_heading(char *heading, size_t size, const char *key)
{
	size_t i;

	for (i = 0; key[i] && i + 1 < size; i++)
		heading[i] = key[i] == '_' ?
				     ' ' :
				     (char)toupper((unsigned char)key[i]);
	heading[i] = '\0';
}

static int add_column(struct output *output, const struct column *column)
{
	bool last = column == &output->columns[output->count - 1];
	unsigned int flags = column->flags;
	struct libscols_column *made;
	char heading[32];
	int place;

	make_heading(heading, sizeof(heading), column->key);
	place = (int)scols_table_get_ncols(output->table);
	made = scols_table_new_column(output->table,
				      output->json ? column->key : heading, 0,
				      flags & COLUMN_NUMBER ? SCOLS_FL_RIGHT :
				      last		    ? SCOLS_FL_WRAP :
							      0);
	if (!made) {
		output->failed = true;
		return -1;
	}
	if (flags & COLUMN_NUMBER)
		scols_column_set_json_type(made, SCOLS_JSON_NUMBER);
	if (flags & COLUMN_FLAG)
		scols_column_set_json_type(made, SCOLS_JSON_BOOLEAN);
	return place;
}

/* Of a list, the columns become lines: key and value. */
static void add_list_columns(struct output *output)
{
	scols_table_enable_noheadings(output->table, 1);
	if (!scols_table_new_column(output->table, "KEY", 0, 0) ||
	    !scols_table_new_column(output->table, "VALUE", 0, SCOLS_FL_WRAP))
		output->failed = true;
}

static void set_up_table(struct output *output, const char *name)
{
	struct control *control = output->control;
	unsigned int i;

	scols_table_set_name(output->table, name);
	scols_table_enable_json(output->table, output->json);
	scols_table_enable_colors(output->table, control->color);
	scols_table_enable_noheadings(
		output->table, output->form == OUTPUT_STREAM ||
				       control->options & OPTION_NO_HEADINGS);
	if (output->list)
		add_list_columns(output);
	for (i = 0; i < output->count; i++) {
		bool wanted = is_wanted(output, &output->columns[i]);

		if (!wanted)
			output->places[i] = -1;
		else if (output->list)
			output->places[i] = 1;
		else
			output->places[i] =
				add_column(output, &output->columns[i]);
	}
}

static void free_output(struct output *output)
{
	scols_unref_table(output->table);
	free(output->places);
	free(output->list);
	free(output);
}

int output_open(struct control *control, struct output **out, const char *name,
		const struct column *columns, unsigned int count,
		enum output_form form)
{
	struct output *output = calloc(1, sizeof(*output));

	if (!output)
		goto no_memory;
	output->control = control;
	output->columns = columns;
	output->count = count;
	output->form = form;
	output->json = control->options & OPTION_JSON;
	if (check_columns(control, output)) {
		free(output);
		return STATUS_USAGE;
	}
	output->table = scols_new_table();
	output->places = calloc(count, sizeof(*output->places));
	if (form == OUTPUT_LIST && !output->json)
		output->list = calloc(count, sizeof(struct libscols_line *));
	if (!output->table || !output->places ||
	    (form == OUTPUT_LIST && !output->json && !output->list)) {
		free_output(output);
		goto no_memory;
	}
	set_up_table(output, name);
	*out = output;
	return STATUS_OK;

no_memory:
	fputs("ddmctl: out of memory\n", stderr);
	return STATUS_REFUSED;
}

/* The line that holds a column: of a list, made with its first value. */
static struct libscols_line *line_of(struct output *output, unsigned int column)
{
	struct libscols_line **line;
	char heading[32];

	if (!output->list)
		return output->line;
	line = &output->list[column];
	if (*line)
		return *line;
	*line = scols_table_new_line(output->table, NULL);
	make_heading(heading, sizeof(heading), output->columns[column].key);
	if (*line && scols_line_set_data(*line, 0, heading))
		*line = NULL;
	return *line;
}

static void set_cell(struct output *output, unsigned int column,
		     const char *text)
{
	struct libscols_line *line = line_of(output, column);

	if (!line ||
	    scols_line_set_data(line, (size_t)output->places[column], text))
		output->failed = true;
}

/* Spaces that are missing to the width of the column. */
static int missing(const struct output *output, unsigned int column,
		   const char *text)
{
	int width = (int)output->columns[column].width;
	wchar_t wide[64];
	size_t length = mbstowcs(wide, text, ARRAY_SIZE(wide));

	if (length >= ARRAY_SIZE(wide))
		return 0;
	width -= wcswidth(wide, length);
	return width > 0 ? width : 0;
}

/*
 * In a stream, columns stand under one another only if they are padded here:
 * a table of one line is as wide as that line.
 */
static void set_padded(struct output *output, unsigned int column,
		       const char *text)
{
	int spaces = missing(output, column, text);
	bool right = output->columns[column].flags & COLUMN_NUMBER;
	char *padded;

	if (asprintf(&padded, "%*s%s%*s", right ? spaces : 0, "", text,
		     right ? 0 : spaces, "") < 0) {
		output->failed = true;
		return;
	}
	set_cell(output, column, padded);
	free(padded);
}

/* Begin a line: cells go into it from now on. */
void output_line(struct output *output)
{
	unsigned int i;

	if (output->list) {
		memset(output->list, 0, output->count * sizeof(*output->list));
		return;
	}
	output->line = scols_table_new_line(output->table, NULL);
	if (!output->line) {
		output->failed = true;
		return;
	}
	for (i = 0; output->form == OUTPUT_STREAM && !output->json &&
		    i < output->count;
	     i++)
		if (output->places[i] >= 0)
			set_padded(output, i, "");
}

void output_text(struct output *output, unsigned int column, const char *text)
{
	if (output->places[column] < 0 || !text || !*text)
		return;
	if (output->form == OUTPUT_STREAM && !output->json)
		set_padded(output, column, text);
	else
		set_cell(output, column, text);
}

void output_number(struct output *output, unsigned int column, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, number);
	output_text(output, column, text);
}

void output_flag(struct output *output, unsigned int column, bool flag)
{
	if (output->json)
		output_text(output, column, flag ? "1" : "0");
	else
		output_text(output, column, flag ? "yes" : "no");
}

void format_bytes(char *text, size_t size, uint64_t bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB",
					     "TiB", "PiB", "EiB" };
	double value = (double)bytes / 1024;
	size_t i = 0;

	if (bytes < 1024) {
		snprintf(text, size, "%" PRIu64 " B", bytes);
		return;
	}
	while (value >= 1023.95 && i + 1 < ARRAY_SIZE(units)) {
		value /= 1024;
		i++;
	}
	snprintf(text, size, "%.1f %s", value, units[i]);
}

void format_duration(char *text, size_t size, uint64_t milliseconds)
{
	uint64_t seconds = milliseconds / 1000;
	uint64_t minutes = seconds / 60;
	uint64_t hours = minutes / 60;

	if (!minutes)
		snprintf(text, size, "%" PRIu64 ".%03us", seconds,
			 (unsigned int)(milliseconds % 1000));
	else if (!hours)
		snprintf(text, size, "%" PRIu64 "m %02us", minutes,
			 (unsigned int)(seconds % 60));
	else if (hours < 24)
		snprintf(text, size, "%" PRIu64 "h %02um", hours,
			 (unsigned int)(minutes % 60));
	else
		snprintf(text, size, "%" PRIu64 "d %02uh", hours / 24,
			 (unsigned int)(hours % 24));
}

void output_bytes(struct output *output, unsigned int column, uint64_t bytes)
{
	char text[24];

	format_bytes(text, sizeof(text), bytes);
	if (output->json)
		output_number(output, column, bytes);
	else
		output_text(output, column, text);
}

void output_duration(struct output *output, unsigned int column,
		     uint64_t milliseconds)
{
	char text[32];

	format_duration(text, sizeof(text), milliseconds);
	if (output->json)
		output_number(output, column, milliseconds);
	else
		output_text(output, column, text);
}

void output_time(struct output *output, unsigned int column,
		 uint64_t nanoseconds)
{
	time_t seconds = (time_t)(nanoseconds / 1000000000);
	char date[32], zone[16], text[80];
	struct tm tm;

	if (!nanoseconds || !localtime_r(&seconds, &tm))
		return;
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm);
	strftime(zone, sizeof(zone), "%z", &tm);
	snprintf(text, sizeof(text), "%s.%03u%.3s:%.2s", date,
		 (unsigned int)(nanoseconds / 1000000 % 1000), zone, zone + 3);
	output_text(output, column, text);
}

void output_state(struct output *output, unsigned int column, const char *state)
{
	static const struct {
		const char *state;
		const char *color;
	} colors[] = {
		{ "connected", GREEN },	    { "up", GREEN },
		{ "running", GREEN },	    { "connecting", YELLOW },
		{ "paused", YELLOW },	    { "unreachable", RED },
		{ "connect-failed", RED },  { "stopped", RED },
		{ "disconnected", YELLOW }, { "lost", RED },
	};
	int place = output->places[column];
	struct libscols_line *line;
	size_t i;

	output_text(output, column, state);
	if (place < 0 || !state || output->failed)
		return;
	line = line_of(output, column);
	for (i = 0; i < ARRAY_SIZE(colors); i++)
		if (!strcmp(colors[i].state, state))
			scols_cell_set_color(scols_line_get_cell(line,
								 (size_t)place),
					     colors[i].color);
}

/*
 * Print the one object of a JSON table on one line: what stands between the
 * brackets of the list, without the line breaks, which text never holds, for
 * JSON writes them as escapes.
 */
static void print_one_line(const char *json)
{
	const char *end = strrchr(json, ']');
	const char *c = strchr(json, '[');
	bool quoted = false;

	for (; c && ++c < end;) {
		if (*c == '"')
			quoted = !quoted;
		if (quoted && *c == '\\')
			putchar(*c++);
		if (quoted || !isspace((unsigned char)*c))
			putchar(*c);
	}
	putchar('\n');
}

static void print_text(const struct output *output, const char *text)
{
	size_t length = strlen(text);

	if (output->form == OUTPUT_STREAM && output->json) {
		print_one_line(text);
		return;
	}
	fputs(text, stdout);
	if (length && text[length - 1] != '\n')
		putchar('\n');
}

static int print_table(struct output *output)
{
	char *text = NULL;

	if (output->form == OUTPUT_STREAM &&
	    !scols_table_get_nlines(output->table))
		return STATUS_OK;
	if (output->failed ||
	    scols_print_table_to_string(output->table, &text)) {
		/* libsmartcols leaves what it has printed so far */
		free(text);
		fputs("ddmctl: out of memory\n", stderr);
		return STATUS_REFUSED;
	}
	if (text)
		print_text(output, text);
	free(text);
	scols_table_remove_lines(output->table);
	output->line = NULL;
	if (!fflush(stdout))
		return STATUS_OK;
	perror("ddmctl: standard output");
	return STATUS_REFUSED;
}

int output_flush(struct output *output)
{
	return output->form == OUTPUT_STREAM ? print_table(output) : STATUS_OK;
}

int output_close(struct output *output, int status)
{
	if (!status)
		status = print_table(output);
	free_output(output);
	return status;
}
