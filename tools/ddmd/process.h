/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs that ddmd starts, and processes of an earlier ddmd that it takes
 * over. They live in sessions of their own and outlive ddmd.
 */
#ifndef DDMD_PROCESS_H
#define DDMD_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "words.h"

struct process;

/* Exit status of a process that was not our child */
#define PROCESS_STATUS_UNKNOWN (-1)
/* Added to the number of the signal that killed it */
#define PROCESS_KILLED 256

/**
 * process_fn - the process has ended
 * @status: 0 to 255, PROCESS_KILLED plus a signal, or PROCESS_STATUS_UNKNOWN
 *
 * The callback forgets the process, or leaves that to whom it tells.
 */
typedef void process_fn(int status, void *data);

/**
 * process_start - start a program; no shell is involved
 * @argv: program and arguments
 * @environment: added to ours
 * @fd3: becomes descriptor 3 of the program, or -1; not closed here
 * @quiet: its output goes nowhere, otherwise where ours goes
 * @process: receives it
 *
 * Return: 0 or a negative errno
 */
int process_start(const struct words *argv, const struct words *environment,
		  int fd3, bool quiet, process_fn *fn, void *data,
		  struct process **process);

/**
 * process_adopt - watch a process that we did not start
 * @started: as process_started() told of it once, or 0 for whatever it is now
 *
 * Return: 0, or -ESRCH: there is no such process any more
 */
int process_adopt(pid_t pid, uint64_t started, process_fn *fn, void *data,
		  struct process **process);

pid_t process_pid(const struct process *process);
/* A number that tells it from another with the same pid; 0 if it is gone. */
uint64_t process_started(pid_t pid);
/* To the process alone, not to a reused number. */
void process_signal(const struct process *process, int signal);
/* To all that it started, too, as far as they are in its session's group. */
void process_signal_group(const struct process *process, int signal);
/* It has ended and this is known: do not call again. */
void process_quiet(struct process *process);
/* Watch it no longer. Sets *@process to NULL. */
void process_forget(struct process **process);

#endif
