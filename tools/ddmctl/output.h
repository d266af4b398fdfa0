/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The printer of everything that is shown: a table, one object under the
 * other, or JSON.
 */
#ifndef DDMCTL_OUTPUT_H
#define DDMCTL_OUTPUT_H

#include "ddmctl.h"

enum {
	COLUMN_NUMBER = 0x1, /* a number in JSON, to the right in a table */
	COLUMN_FLAG = 0x2, /* a boolean in JSON */
	COLUMN_DETAIL = 0x4, /* in a table only with --details */
	COLUMN_TEXT_ONLY = 0x8, /* in tables alone: others say the same */
};

struct column {
	const char *key; /* in JSON and for --columns; in capitals, the heading */
	unsigned int flags;
	unsigned int width; /* of a stream, whose later lines are not known */
};

enum output_form {
	OUTPUT_TABLE,
	OUTPUT_STREAM, /* each line is printed when the next begins */
	OUTPUT_LIST, /* one object, a line for each column */
};

struct output;

int output_open(struct control *control, struct output **output,
		const char *name, const struct column *columns,
		unsigned int count, enum output_form form);
void output_line(struct output *output);
void output_text(struct output *output, unsigned int column, const char *text);
void output_number(struct output *output, unsigned int column, uint64_t number);
void output_flag(struct output *output, unsigned int column, bool flag);
/* Readable for people, raw in JSON. */
void output_bytes(struct output *output, unsigned int column, uint64_t bytes);
void output_duration(struct output *output, unsigned int column,
		     uint64_t milliseconds);
/* ISO 8601, local time. */
void output_time(struct output *output, unsigned int column,
		 uint64_t nanoseconds);
/* A state, in the colour that becomes it. */
void output_state(struct output *output, unsigned int column,
		  const char *state);
/* Print what is complete, at once. */
int output_flush(struct output *output);
/* Print the rest if @status is STATUS_OK; returns @status or an error's. */
int output_close(struct output *output, int status);

void format_bytes(char *text, size_t size, uint64_t bytes);
void format_duration(char *text, size_t size, uint64_t milliseconds);

#endif
