// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A library must not give its program children: their SIGCHLD and their status
 * would reach code that has never heard of them. So the process is a child's
 * child, and that child, which lives only for a moment, ends without a signal.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "message.h"
#include "spawn.h"

/* How many the kernel has, in a set of 64 bits. */
#define SIGNALS 64

extern char **environ;

/* What CLONE_CLEAR_SIGHAND does: signals are blocked until it is done. */
static void clear_handlers(void)
{
	/* The kernel's struct sigaction, larger than any; 0 is SIG_DFL. */
	static const unsigned long none[16];
	unsigned long action[16];
	int signal;

	for (signal = 1; signal <= SIGNALS; signal++) {
		if (syscall(SYS_rt_sigaction, signal, NULL, action,
			    sizeof(uint64_t)) ||
		    action[0] == (unsigned long)SIG_IGN)
			continue;
		syscall(SYS_rt_sigaction, signal, none, NULL, sizeof(uint64_t));
	}
}

/*
 * As fork(), but the program's handlers are not run in the child, nor those of
 * pthread_atfork(). What follows in the child are system calls only, made
 * without the C library, whose locks may have been held by another thread.
 */
static long fork_quietly(unsigned int exit_signal)
{
	struct clone_args args = { .flags = CLONE_CLEAR_SIGHAND,
				   .exit_signal = exit_signal };
	long pid = syscall(SYS_clone3, &args, sizeof(args));

	/* A filter of system calls may not know it. */
	if (pid >= 0 || (errno != ENOSYS && errno != EPERM))
		return pid;
	pid = syscall(SYS_clone, (unsigned long)exit_signal, NULL, NULL, NULL,
		      NULL);
	if (!pid)
		clear_handlers();
	return pid;
}

static void become(const char *program, char *const *arguments, int socket)
{
	static const uint64_t no_signals;

	if (socket == WNET_HOST_FD)
		syscall(SYS_fcntl, socket, F_SETFD, 0);
	else
		syscall(SYS_dup3, socket, WNET_HOST_FD, 0);
	syscall(SYS_close_range, WNET_HOST_FD + 1, ~0U, 0);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, NULL,
		sizeof(no_signals));
	syscall(SYS_execve, program, arguments, environ);
	syscall(SYS_exit_group, 127);
}

/* In the child: tell the parent who its grandchild is, and be gone. */
static void step_aside(const char *program, char *const *arguments, int socket)
{
	long pid = fork_quietly(SIGCHLD);

	if (!pid)
		become(program, arguments, socket);
	if (pid > 0)
		syscall(SYS_write, socket, &pid, sizeof(pid));
	syscall(SYS_exit_group, pid > 0 ? 0 : 1);
}

/* The number may be another process's by now, unless ours is still there. */
static int open_process(long pid, int control)
{
	struct pollfd gone = { .fd = control };
	int pidfd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);

	if (pidfd >= 0 && poll(&gone, 1, 0)) {
		close(pidfd);
		pidfd = -1;
	}
	return pidfd;
}

static int start(const char *program, char *const *arguments, int control,
		 int theirs, int *pidfd)
{
	sigset_t all, before;
	long child, pid = 0;
	int err = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	child = fork_quietly(0);
	if (!child)
		step_aside(program, arguments, theirs);
	if (child < 0)
		err = -errno;
	else
		waitpid((pid_t)child, NULL, __WALL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (err)
		return err;
	if (recv(control, &pid, sizeof(pid), MSG_DONTWAIT) != sizeof(pid))
		return -EAGAIN;
	close(theirs);
	*pidfd = open_process(pid, control);
	return 0;
}

int wnet_spawn(const char *program, const char *argument, int *control,
	       int *pidfd)
{
	char *arguments[] = { (char *)program, (char *)argument, NULL };
	int ends[2], err;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return -errno;
	err = start(program, arguments, ends[0], ends[1], pidfd);
	if (err) {
		close(ends[0]);
		close(ends[1]);
		return err;
	}
	*control = ends[0];
	return 0;
}
