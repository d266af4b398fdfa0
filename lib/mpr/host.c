// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Code of somebody else that is asked before every connection must not be able
 * to stop them all: each notifyee has a process of its own, which may crash or
 * hang. It lives on from call to call, since the notifyee's contexts do.
 */
#include <errno.h>
#include <npapi.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "host.h"
#include "log.h"
#include "spawn.h"

#ifndef MPR_HOST
#define MPR_HOST "/usr/local/libexec/ddm/ddm-notify-host"
#endif

/**
 * struct wnet_host - a process with a notifyee
 * @next: of the list of those that may be called
 * @references: the list, and calls
 * @path: the notifyee's file
 * @control: socket to it
 * @pidfd: the process, or -1
 * @dead: it was given up: its contexts mean nothing to anybody
 */
struct wnet_host {
	struct wnet_host *next;
	atomic_uint references;
	char *path;
	int control;
	int pidfd;
	atomic_bool dead;
};

/* Guards the list. Held while a process is started, never while one works. */
static pthread_mutex_t hosts_lock = PTHREAD_MUTEX_INITIALIZER;
static struct wnet_host *hosts;
static pthread_once_t watching_forks = PTHREAD_ONCE_INIT;

void wnet_host_put(struct wnet_host *host)
{
	if (!host || atomic_fetch_sub_explicit(&host->references, 1,
					       memory_order_acq_rel) != 1)
		return;
	close(host->control);
	if (host->pidfd >= 0)
		close(host->pidfd);
	free(host->path);
	free(host);
}

static void before_fork(void)
{
	pthread_mutex_lock(&hosts_lock);
}

static void after_fork(void)
{
	pthread_mutex_unlock(&hosts_lock);
}

/* The hosts are the parent's; a child that connects starts its own. */
static void after_fork_in_child(void)
{
	struct wnet_host *host = hosts, *next;

	hosts = NULL;
	pthread_mutex_unlock(&hosts_lock);
	for (; host; host = next) {
		next = host->next;
		atomic_store(&host->dead, true);
		wnet_host_put(host);
	}
}

static void watch_forks(void)
{
	pthread_atfork(before_fork, after_fork, after_fork_in_child);
}

static const char *program(void)
{
	const char *named = secure_getenv("DDM_MPR_HOST");

	return named && *named ? named : MPR_HOST;
}

/* With the lock held. */
static struct wnet_host *start_host(const char *path)
{
	struct wnet_host *host = calloc(1, sizeof(*host));
	int err = -ENOMEM;

	if (host)
		host->path = strdup(path);
	if (host && host->path) {
		/* One reference is the list's, one the caller's. */
		atomic_init(&host->references, 2);
		atomic_init(&host->dead, false);
		err = access(program(), X_OK) ?
			      -errno :
			      wnet_spawn(program(), path, &host->control,
					 &host->pidfd);
	}
	if (err) {
		wnet_log("notifyee %s is passed over: no host %s: %s", path,
			 program(), strerror(-err));
		if (host)
			free(host->path);
		free(host);
		return NULL;
	}
	host->next = hosts;
	hosts = host;
	return host;
}

struct wnet_host *wnet_host_get(const char *path)
{
	struct wnet_host *host;

	pthread_once(&watching_forks, watch_forks);
	pthread_mutex_lock(&hosts_lock);
	for (host = hosts; host; host = host->next)
		if (!strcmp(host->path, path))
			break;
	if (host)
		atomic_fetch_add_explicit(&host->references, 1,
					  memory_order_relaxed);
	else
		host = start_host(path);
	pthread_mutex_unlock(&hosts_lock);
	return host;
}

/* Whoever is first takes it off the list; others find it gone. */
static void give_up(struct wnet_host *host)
{
	struct wnet_host **link;

	pthread_mutex_lock(&hosts_lock);
	for (link = &hosts; *link; link = &(*link)->next)
		if (*link == host)
			break;
	if (*link)
		*link = host->next;
	else
		host = NULL;
	pthread_mutex_unlock(&hosts_lock);
	if (!host)
		return;
	atomic_store(&host->dead, true);
	shutdown(host->control, SHUT_RDWR);
	if (host->pidfd >= 0)
		syscall(SYS_pidfd_send_signal, host->pidfd, SIGKILL, NULL, 0);
	wnet_host_put(host);
}

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Until @events, or the end of the other side, or the time limit. */
static int wait_for(int fd, short events, int64_t deadline)
{
	struct pollfd one = { .fd = fd, .events = events };

	for (;;) {
		int64_t left = deadline - now();
		int count = poll(&one, 1, left > 0 ? (int)left : 0);

		if (count > 0)
			return 0;
		if (!count)
			return -ETIMEDOUT;
		if (errno != EINTR)
			return -errno;
	}
}

/* The packet carries the host's end of the call's own socket. */
static int send_message(int control, const struct wnet_message *message,
			int socket, int64_t deadline)
{
	struct iovec data = { (void *)message, sizeof(*message) };
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr header;
	} rights = { 0 };
	struct msghdr packet = { .msg_iov = &data,
				 .msg_iovlen = 1,
				 .msg_control = rights.bytes,
				 .msg_controllen = sizeof(rights.bytes) };
	int err;

	rights.header.cmsg_level = SOL_SOCKET;
	rights.header.cmsg_type = SCM_RIGHTS;
	rights.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&rights.header), &socket, sizeof(socket));
	for (;;) {
		if (sendmsg(control, &packet, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
			return 0;
		if (errno != EAGAIN && errno != EINTR)
			return -ECONNRESET;
		err = wait_for(control, POLLOUT, deadline);
		if (err)
			return err;
	}
}

static int receive_answer(int socket, struct wnet_answer *answer,
			  int64_t deadline)
{
	ssize_t size;
	int err;

	for (;;) {
		err = wait_for(socket, POLLIN, deadline);
		if (err)
			return err;
		size = recv(socket, answer, sizeof(*answer), MSG_DONTWAIT);
		if (size < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (size != sizeof(*answer) ||
		    answer->version != WNET_MESSAGE_VERSION)
			return -EPIPE;
		answer->problem[sizeof(answer->problem) - 1] = '\0';
		return answer->loaded ? 0 : -ENOENT;
	}
}

static int exchange(struct wnet_host *host, const struct wnet_message *message,
		    struct wnet_answer *answer, int time_limit)
{
	int64_t deadline = now() + time_limit;
	int ends[2], err;

	if (atomic_load(&host->dead))
		return -ECONNRESET;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return -errno;
	err = send_message(host->control, message, ends[1], deadline);
	close(ends[1]);
	if (!err)
		err = receive_answer(ends[0], answer, deadline);
	close(ends[0]);
	return err;
}

static const char *moment(const struct wnet_message *message)
{
	return message->status == NOTIFY_PRE ? "before" : "after";
}

int wnet_host_call(struct wnet_host *host, const struct wnet_plugin *notifyee,
		   const struct wnet_message *message,
		   struct wnet_answer *answer)
{
	int err = exchange(host, message, answer, notifyee->time_limit);

	switch (err) {
	case 0:
		return 0;
	case -ECONNRESET:
		break;
	case -ENOENT:
		wnet_log("notifyee %s is passed over: %s", notifyee->name,
			 answer->problem);
		break;
	case -ETIMEDOUT:
		wnet_log(
			"notifyee %s did not answer for %d seconds when called %s an attempt, and was ended",
			notifyee->name, notifyee->time_limit / 1000,
			moment(message));
		break;
	case -EPIPE:
		wnet_log("notifyee %s has ended when called %s an attempt",
			 notifyee->name, moment(message));
		break;
	default:
		wnet_log("notifyee %s could not be called: %s", notifyee->name,
			 strerror(-err));
		return err;
	}
	give_up(host);
	return err;
}
