// SPDX-License-Identifier: GPL-2.0-only
/*
 * A session is up and a program is told: by its eventfd and the journal, or by
 * the script ip-up, for which pppd makes a process. The sessions of pppd are
 * real ones, with a second pppd at the other end of a pty.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/eventfd.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/wait.h>

#include "bench.h"

#define IP_UP "/etc/ppp/ip-up"
#define LINKS 100
#define CALLS 7

struct call {
	struct ddm *ddm;
	int event;
};

/* In a child, for good. */
static void be_pppd(const char *device, const char *addresses)
{
	execl("/usr/sbin/pppd", "pppd", device, addresses, "nodetach", "local",
	      "noauth", "nodefaultroute", "noipv6", "noccp", "novj", "nomagic",
	      NULL);
	_exit(127);
}

/* Nobody waits for what is at the other end, and it has no script. */
static void be_peer(int terminal)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	check(!unshare(CLONE_NEWNET | CLONE_NEWNS) &&
		      !mount("none", "/etc/ppp", "tmpfs", 0, NULL),
	      "namespaces");
	check(dup2(terminal, STDIN_FILENO) >= 0 &&
		      dup2(terminal, STDOUT_FILENO) >= 0 &&
		      dup2(null, STDERR_FILENO) >= 0,
	      "the peer's terminal");
	be_pppd("notty", "10.9.0.2:10.9.0.1");
}

static void be_caller(const char *device)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	check(dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0,
	      "/dev/null");
	be_pppd(device, "10.9.0.1:10.9.0.2");
}

/* Instructions of a process that ends, and of those that it waited for. */
static double work_of(pid_t pid)
{
	struct timeval *user, *system;
	struct rusage usage;

	check(wait4(pid, NULL, 0, &usage) == pid, "pppd");
	user = &usage.ru_utime;
	system = &usage.ru_stime;
	return 1e9 * (double)(user->tv_sec + system->tv_sec) +
	       1e3 * (double)(user->tv_usec + system->tv_usec);
}

static void await_connections(const struct call *call, unsigned int wanted)
{
	const struct ddm_service *service;
	eventfd_t counter;

	do {
		check(!eventfd_read(call->event, &counter), "a signal");
		done(call->ddm, ddm_service_get(call->ddm, &service),
		     "service");
	} while (service->connections != wanted);
}

/* From the beginning of a call to its end: what pppd and its script cost */
static double cost_of_call(const struct call *call)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	pid_t peer, caller;
	char device[64];

	check(terminal >= 0 && !grantpt(terminal) && !unlockpt(terminal) &&
		      !ptsname_r(terminal, device, sizeof(device)),
	      "a pty");
	peer = fork();
	if (!peer)
		be_peer(terminal);
	caller = fork();
	if (!caller)
		be_caller(device);
	check(peer > 0 && caller > 0, "fork");
	await_connections(call, 1);
	settle(5000); /* for the script */
	kill(caller, SIGTERM);
	await_connections(call, 0);
	kill(peer, SIGTERM);
	waitpid(peer, NULL, 0);
	close(terminal);
	return work_of(caller);
}

static int create_script(void)
{
	int fd = open(IP_UP, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0755);

	check(fd >= 0, IP_UP);
	return fd;
}

/* The static program that does nothing, from beside this one */
static void write_program(void)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 8);
	int out = create_script(), in;

	check(length > 0, "/proc/self/exe");
	path[length] = '\0';
	strcpy(strrchr(path, '/') + 1, "noop");
	in = open(path, O_RDONLY | O_CLOEXEC);
	check(in >= 0, path);
	while ((length = sendfile(out, in, NULL, 1 << 20)) > 0)
		;
	check(!length, path);
	close(in);
	close(out);
}

static void write_script(void)
{
	static const char text[] = "#!/bin/sh\nexit 0\n";
	int out = create_script();

	check(write(out, text, sizeof(text) - 1) == sizeof(text) - 1, IP_UP);
	close(out);
}

static double cost_with(const struct call *call, void (*write_it)(void))
{
	double cost;

	write_it();
	cost = cost_of_call(call);
	unlink(IP_UP);
	return cost;
}

/* What the two scripts add to a call, side by side: calls vary, too */
struct scripts {
	double program, shell;
};

static struct scripts cost_of_scripts(const struct call *call)
{
	double program[CALLS], shell[CALLS], none;
	size_t i;

	cost_of_call(call); /* a rehearsal */
	for (i = 0; i < CALLS; i++) {
		none = cost_of_call(call);
		program[i] = cost_with(call, write_program) - none;
		shell[i] = cost_with(call, write_script) - none;
	}
	return (struct scripts){ median(program, CALLS), median(shell, CALLS) };
}

/* Sessions that come one by one, and one program that acts at once */
static double told_by_eventfd(struct ddm *ddm)
{
	struct storm storm = { .rtnl = rtnl_open(),
			       .sessions = LINKS,
			       .rate = 400,
			       .followers = 1,
			       .way = BY_EVENTFD };

	track(ddm, "ppp*");
	storm.first = rtnl_add(storm.rtnl, "ppp", LINKS);
	return follow(&storm) / LINKS;
}

static void prepare(void)
{
	check(!unshare(CLONE_NEWNS) &&
		      !mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) &&
		      !mount("none", "/etc/ppp", "tmpfs", 0, NULL),
	      "/etc/ppp");
	check(!system("modprobe -a ppp_generic ppp_async"), "PPP");
}

void told_figures(void)
{
	struct call call = { .ddm = manager(),
			     .event = eventfd(0, EFD_CLOEXEC) };
	struct scripts scripts;
	double ours;

	prepare();
	done(call.ddm,
	     ddm_listener_register(call.ddm, call.event,
				   DDM_EVENT_MASK_CONNECTION,
				   DDM_ANY_INTERFACE),
	     "a listener");
	scripts = cost_of_scripts(&call);
	ddm_listener_deregister(call.ddm, call.event);

	ours = told_by_eventfd(call.ddm);
	report("told-program", "instructions", ours, scripts.program,
	       scripts.program / 50);
	report("told-shell", "instructions", ours, scripts.shell,
	       scripts.shell / 50);
}
