// SPDX-License-Identifier: GPL-2.0-only
/* Whoever supervises ddmd reads its standard error; it keeps no log itself. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "log.h"

static bool all;

void log_verbose(bool verbose)
{
	all = verbose;
}

/* One write a line: others may write to the same place. */
static void put(int priority, const char *format, va_list args)
{
	char line[1024];

	vsnprintf(line, sizeof(line), format, args);
	if (getenv("JOURNAL_STREAM"))
		fprintf(stderr, "<%d>%s\n", priority, line);
	else
		fprintf(stderr, "ddmd: %s\n", line);
}

#define DEFINE(name, priority, condition)    \
	void name(const char *format, ...)   \
	{                                    \
		va_list args;                \
                                             \
		if (!(condition))            \
			return;              \
		va_start(args, format);      \
		put(priority, format, args); \
		va_end(args);                \
	}

DEFINE(log_error, 3, true)
DEFINE(log_warning, 4, true)
DEFINE(log_info, 6, true)
DEFINE(log_debug, 7, all)
