// SPDX-License-Identifier: GPL-2.0-only
/* Processes by pidfd: a number may be another's by the time it is used. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptors.h"
#include "loop.h"
#include "process.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

extern char **environ;

struct process {
	pid_t pid;
	int fd;
	bool child;
	struct loop_watch *watch;
	process_fn *fn;
	void *data;
};

/* Which glibc declares these differs; the numbers are the kernel's. */
static int open_pidfd(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

static int reap(const struct process *process)
{
	siginfo_t info = { 0 };

	if (!process->child)
		return PROCESS_STATUS_UNKNOWN;
	if (waitid(P_PIDFD, (id_t)process->fd, &info, WEXITED) < 0)
		return PROCESS_STATUS_UNKNOWN;
	return info.si_code == CLD_EXITED ? info.si_status :
					    PROCESS_KILLED + info.si_status;
}

static void ended(void *data)
{
	struct process *process = data;
	process_fn *fn = process->fn;
	void *argument = process->data;
	int status = reap(process);

	/* the callback may forget it, or start the next in its place */
	process->child = false;
	fn(status, argument);
}

static int watch(pid_t pid, bool child, process_fn *fn, void *data,
		 struct process **out)
{
	struct process *process = calloc(1, sizeof(*process));
	int err = -ENOMEM;

	*out = NULL;
	if (!process)
		return err;
	process->pid = pid;
	process->child = child;
	process->fn = fn;
	process->data = data;
	process->fd = open_pidfd(pid);
	if (process->fd < 0) {
		err = -errno;
		free(process);
		return err;
	}
	process->watch = loop_watch_add(process->fd, ended, process);
	if (!process->watch) {
		close(process->fd);
		free(process);
		return err;
	}
	*out = process;
	return 0;
}

static int make_attributes(posix_spawnattr_t *attributes,
			   posix_spawn_file_actions_t *actions, int fd3,
			   bool quiet)
{
	sigset_t none, all;
	int err;

	sigemptyset(&none);
	sigfillset(&all);
	err = posix_spawnattr_setflags(
		attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF |
				    POSIX_SPAWN_SETSIGMASK);
	if (!err)
		err = posix_spawnattr_setsigmask(attributes, &none);
	if (!err)
		err = posix_spawnattr_setsigdefault(attributes, &all);
	if (!err)
		err = posix_spawn_file_actions_addopen(actions, 0, "/dev/null",
						       O_RDONLY, 0);
	if (!err && quiet)
		err = posix_spawn_file_actions_addopen(actions, 1, "/dev/null",
						       O_WRONLY, 0);
	if (!err)
		err = posix_spawn_file_actions_adddup2(actions, quiet ? 1 : 2,
						       quiet ? 2 : 1);
	/* onto itself, it takes close-on-exec away */
	if (!err && fd3 >= 0)
		err = posix_spawn_file_actions_adddup2(actions, fd3, 3);
	return err;
}

static int spawn(const struct words *argv, char **environment, int fd3,
		 bool quiet, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int err;

	err = posix_spawnattr_init(&attributes);
	if (err)
		return -err;
	err = posix_spawn_file_actions_init(&actions);
	if (!err)
		err = make_attributes(&attributes, &actions, fd3, quiet);
	/* only now: the limit is one of what could be said before, too */
	descriptors_lend();
	if (!err)
		err = posix_spawn(pid, argv->word[0], &actions, &attributes,
				  argv->word, environment);
	descriptors_take_back();
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return -err;
}

int process_start(const struct words *argv, const struct words *environment,
		  int fd3, bool quiet, process_fn *fn, void *data,
		  struct process **process)
{
	struct words all = { 0 };
	pid_t pid = 0;
	char **at;
	size_t i;
	int err;

	/* the first of two of a name counts; our supervisor is ours alone */
	for (i = 0; i < environment->count; i++)
		words_add(&all, environment->word[i]);
	for (at = environ; *at; at++)
		if (strncmp(*at, "NOTIFY_", 7) && strncmp(*at, "WATCHDOG_", 9))
			words_add(&all, *at);
	*process = NULL;
	err = all.failed || argv->failed || !argv->count ?
		      -ENOMEM :
		      spawn(argv, all.word, fd3, quiet, &pid);
	words_free(&all);
	if (err)
		return err;
	err = watch(pid, true, fn, data, process);
	if (err) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	return err;
}

uint64_t process_started(pid_t pid)
{
	char path[64], text[1024], *at;
	unsigned long long started = 0;
	FILE *file;
	int i;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	if (fgets(text, sizeof(text), file)) {
		/* the name may hold anything; field 3 follows its end */
		at = strrchr(text, ')');
		for (i = 2; at && i < 22; i++)
			at = strchr(at + 1, ' ');
		if (at)
			started = strtoull(at, NULL, 10);
	}
	fclose(file);
	return started;
}

int process_adopt(pid_t pid, uint64_t started, process_fn *fn, void *data,
		  struct process **process)
{
	int err = watch(pid, false, fn, data, process);

	if (err)
		return err;
	/* asked after the descriptor was opened: it is this one's or another's */
	if (!started || process_started(pid) == started)
		return 0;
	process_forget(process);
	return -ESRCH;
}

pid_t process_pid(const struct process *process)
{
	return process->pid;
}

void process_signal(const struct process *process, int signal)
{
	syscall(SYS_pidfd_send_signal, process->fd, signal, NULL, 0);
}

void process_signal_group(const struct process *process, int signal)
{
	/* not reaped, or there: neither its number nor its group's is another's */
	if (process->child ||
	    !syscall(SYS_pidfd_send_signal, process->fd, 0, NULL, 0))
		kill(-process->pid, signal);
}

void process_quiet(struct process *process)
{
	loop_watch_remove(&process->watch);
}

void process_forget(struct process **place)
{
	struct process *process = *place;

	if (!process)
		return;
	loop_watch_remove(&process->watch);
	close(process->fd);
	free(process);
	*place = NULL;
}
