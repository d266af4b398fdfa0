// SPDX-License-Identifier: GPL-2.0-only
/*
 * A script makes the device come up, by whatever means; the module sees when it
 * has. On descriptor 3 it may name the error that it failed with.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/ddm.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "line.h"
#include "log.h"
#include "loop.h"
#include "outcome.h"
#include "process.h"
#include "profile.h"
#include "record.h"
#include "script.h"

/* Return: what it wrote on descriptor 3, or 0 */
static uint32_t take_report(struct line *line)
{
	char text[16] = "";
	unsigned long error = 0;

	if (line->script_report < 0)
		return 0;
	if (read(line->script_report, text, sizeof(text) - 1) > 0)
		error = strtoul(text, NULL, 10);
	close(line->script_report);
	line->script_report = -1;
	return error <= DDM_ERROR_MAX ? (uint32_t)error : 0;
}

void script_save(const struct line *line, bool was_up)
{
	struct record record = { .kind = RECORD_SCRIPT, .was_up = was_up };

	record.pid = process_pid(line->script);
	record.started = process_started(record.pid);
	snprintf(record.name, sizeof(record.name), "%s", line->name);
	if (record.started)
		record_save(&record);
}

static void ended(int status, void *data)
{
	struct line *line = data;
	uint32_t error = take_report(line);

	loop_timer_remove(&line->script_patience);
	record_remove(process_pid(line->script));
	process_forget(&line->script);
	if (!error && status && status != PROCESS_STATUS_UNKNOWN)
		error = OUTCOME_ERROR_UNKNOWN;
	if (error)
		log_warning(
			"%s: the script that %s failed (status %d, error %u)",
			line->name,
			line->script_ends ? "disconnects" : "connects", status,
			error);
	line_script_ended(line, error);
}

static int start(struct line *line, const struct words *arguments)
{
	struct words environment = { 0 };
	int ends[2], err;

	words_add_format(&environment, "DDM_ACTION=%s",
			 line->script_ends ? "disconnect" : "connect");
	words_add_format(&environment, "DDM_NAME=%s", line->name);
	words_add_format(&environment, "DDM_DEVICE=%s", line->device);
	words_add_format(&environment, "DDM_INTERFACE=%u", line->id);
	words_add_format(&environment, "DDM_REQUEST=%u", line->request);
	if (environment.failed || pipe2(ends, O_CLOEXEC | O_NONBLOCK)) {
		words_free(&environment);
		return -ENOMEM;
	}
	err = process_start(arguments, &environment, ends[1], false, ended,
			    line, &line->script);
	words_free(&environment);
	close(ends[1]);
	if (err)
		close(ends[0]);
	else
		line->script_report = ends[0];
	return err;
}

static void patience_over(void *data)
{
	const struct line *line = data;

	process_signal_group(line->script, SIGKILL);
}

void script_stop(struct line *line)
{
	process_signal_group(line->script, SIGTERM);
	loop_timer_set(&line->script_patience, config.grace, patience_over,
		       line);
}

/* An attempt has its own limit, and a program that connects may stay. */
static void overdue(void *data)
{
	struct line *line = data;

	log_warning("%s: the script that disconnects does not end", line->name);
	script_stop(line);
}

uint32_t script_start(struct line *line, bool ends)
{
	struct words arguments = { 0 };
	int err;

	/* nobody would ever hear of the end of the other one */
	if (line->script) {
		log_error("%s: a script runs already", line->name);
		return OUTCOME_ERROR_PORT_NOT_AVAILABLE;
	}
	words_split(&arguments, ends ? line->plan->disconnect_script :
				       line->plan->connect_script);
	line->script_ends = ends;
	err = start(line, &arguments);
	words_free(&arguments);
	if (err) {
		log_error("%s: cannot start the script: %s", line->name,
			  strerror(-err));
		return OUTCOME_ERROR_INTERFACE_CONFIGURATION;
	}
	if (ends)
		loop_timer_set(&line->script_patience, line->plan->timeout,
			       overdue, line);
	else
		script_save(line, false);
	return 0;
}

static void adopt(const struct record *record)
{
	struct line *line = line_get(record->name);

	if (!line || line->script)
		return;
	if (process_adopt(record->pid, record->started, ended, line,
			  &line->script)) {
		record_remove(record->pid);
		return;
	}
	line->script_ends = false;
	line_adopt_script(line, record->was_up);
	log_info("%s: took over its script %d", line->name, (int)record->pid);
}

void script_adopt_all(void)
{
	record_walk(RECORD_SCRIPT, adopt);
}
