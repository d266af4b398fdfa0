// SPDX-License-Identifier: GPL-2.0-only
/* A host is a process of its own session: an operator's ^C ends ddmd alone. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../descriptors.h"
#include "process.h"
#include "protocol.h"

extern char **environ;

static char **arguments(const char *program, char *grace, char *memory,
			char *const *dlls)
{
	char **argv;
	int count = 0;
	int i;

	while (dlls[count])
		count++;
	argv = calloc((size_t)count + 4, sizeof(*argv));
	if (!argv)
		return NULL;
	argv[0] = (char *)program;
	argv[1] = grace;
	argv[2] = memory;
	for (i = 0; i < count; i++)
		argv[3 + i] = dlls[i];
	return argv;
}

static int spawn(const char *program, char **argv, int fd, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, HOST_FD);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK |
						      POSIX_SPAWN_SETSIGDEF |
						      POSIX_SPAWN_SETSID);
	descriptors_lend();
	error = posix_spawn(pid, program, &actions, &attributes, argv, environ);
	descriptors_take_back();
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

int host_process_start(struct host_process *process, const char *program,
		       uint32_t grace, uint32_t memory, char *const *dlls)
{
	char text[16], memory_text[16];
	char **argv;
	int pair[2];
	int error;

	snprintf(text, sizeof(text), "%u", grace);
	snprintf(memory_text, sizeof(memory_text), "%u", memory);
	argv = arguments(program, text, memory_text, dlls);
	if (!argv)
		return -ENOMEM;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)) {
		free(argv);
		return -errno;
	}
	error = spawn(program, argv, pair[1], &process->pid);
	free(argv);
	close(pair[1]);
	if (!error) {
		process->fd = pair[0];
		process->pidfd = pidfd_open(process->pid, 0);
		if (process->pidfd >= 0)
			return 0;
		error = -errno;
		host_process_reap(process, 1);
		return error;
	}
	process->pid = 0;
	close(pair[0]);
	return error;
}

void host_process_hang_up(struct host_process *process)
{
	if (process->fd >= 0)
		close(process->fd);
	process->fd = -1;
}

bool host_process_has_ended(const struct host_process *process)
{
	struct pollfd poller = { .fd = process->pidfd, .events = POLLIN };

	return process->pid && poll(&poller, 1, 0) > 0;
}

int host_process_reap(struct host_process *process, int kill_it)
{
	int status = 0;

	if (!process->pid)
		return 0;
	if (kill_it)
		kill(process->pid, SIGKILL);
	while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
		;
	host_process_hang_up(process);
	if (process->pidfd >= 0)
		close(process->pidfd);
	process->pidfd = -1;
	process->pid = 0;
	return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}
