/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel traces, in a buffer of this test's own. */
#ifndef SELFTESTS_TRACE_TRACE_H
#define SELFTESTS_TRACE_TRACE_H

#include <stdarg.h>
#include <sys/stat.h>

#include "world.h"

#define TRACING "/sys/kernel/tracing"
#define INSTANCE TRACING "/instances/ddm-selftest"

/* Return: 0, or what to end with, when why was said */
static inline int trace_skip(const char *file)
{
	int skip = world_possible();

	if (skip || !access(file, F_OK))
		return skip;
	printf("TAP version 13\n1..0 # SKIP needs %s\n", file);
	return KSFT_SKIP;
}

static inline bool trace_write(const char *file, const char *value)
{
	char path[128];
	FILE *stream;

	snprintf(path, sizeof(path), INSTANCE "/%s", file);
	stream = fopen(path, "we");
	if (!stream)
		return false;
	fputs(value, stream);
	return !fclose(stream);
}

static inline bool trace_begin(void)
{
	rmdir(INSTANCE); /* of one that was ended before its time */
	return !mkdir(INSTANCE, 0700);
}

static inline void trace_end(void)
{
	trace_write("events/enable", "0");
	trace_write("current_tracer", "nop");
	rmdir(INSTANCE);
}

/* Up to now, without its heading. Not freed. */
static inline char *trace_text(void)
{
	FILE *stream = fopen(INSTANCE "/trace", "re");
	char line[512], *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	while (stream && out && fgets(line, sizeof(line), stream))
		if (*line != '#')
			fputs(line, out);
	if (stream)
		fclose(stream);
	if (out)
		fclose(out);
	return text;
}

/* How many of the lines of a trace have this in them */
static inline unsigned int trace_count(const char *text, const char *part)
{
	unsigned int n = 0;

	while ((text = strstr(text, part))) {
		text += strlen(part);
		n++;
	}
	return n;
}

#endif
