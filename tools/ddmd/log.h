/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines on standard error, with a priority that the journal understands. */
#ifndef DDMD_LOG_H
#define DDMD_LOG_H

#include <stdbool.h>

#define LOG_FORMAT __attribute__((format(printf, 1, 2)))

/* The manager's own life, and what an operator should know of */
void log_error(const char *format, ...) LOG_FORMAT;
void log_warning(const char *format, ...) LOG_FORMAT;
void log_info(const char *format, ...) LOG_FORMAT;
/* Each step, with --verbose */
void log_debug(const char *format, ...) LOG_FORMAT;

void log_verbose(bool verbose);

#endif
