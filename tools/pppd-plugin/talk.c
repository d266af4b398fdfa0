// SPDX-License-Identifier: GPL-2.0-only
/* pppd has one thread and must not hang in it: every wait has a limit here. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "talk.h"

/* How long a wait goes on after pppd was told to stop, in milliseconds. */
#define SLICE 200
/* Between two tries at a socket whose queue is full. */
#define RETRY 20

static int talk_fd = -1;
static uint32_t last_serial;

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Whoever gets at the socket could let callers in, and hand out secrets. */
static int check_root(int fd)
{
	struct ucred credentials;
	socklen_t size = sizeof(credentials);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size))
		return -errno;
	return credentials.uid == 0 ? 0 : -EPERM;
}

/* Many calls at a time fill the queue of a ddmd that has just been started. */
static int connect_patiently(int fd, const struct sockaddr_un *address,
			     long long limit, const volatile int *stop)
{
	for (;;) {
		if (!connect(fd, (const struct sockaddr *)address,
			     sizeof(*address)))
			return 0;
		if (errno != EAGAIN && errno != EINTR)
			return -errno;
		if (stop && *stop)
			return -EINTR;
		if (now() >= limit)
			return -ETIMEDOUT;
		poll(NULL, 0, RETRY);
	}
}

int talk_open(const char *path, unsigned int milliseconds,
	      const volatile int *stop)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int result;
	int fd;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	result = connect_patiently(fd, &address, now() + milliseconds, stop);
	if (!result)
		result = check_root(fd);
	if (result) {
		close(fd);
		return result;
	}
	talk_close();
	talk_fd = fd;
	return 0;
}

void talk_close(void)
{
	if (talk_fd >= 0)
		close(talk_fd);
	talk_fd = -1;
}

static int fail(int error)
{
	talk_close();
	return error;
}

int talk_alive(void)
{
	struct ddm_plugin_answer late;
	int result = TALK_SILENT;
	ssize_t got;

	if (talk_fd < 0)
		return TALK_GONE;
	while ((got = recv(talk_fd, &late, sizeof(late), MSG_DONTWAIT)) > 0)
		result = TALK_HEARD;
	if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
		explicit_bzero(&late, sizeof(late));
		return result;
	}
	talk_close();
	return TALK_GONE;
}

static int transmit(struct ddm_plugin_message *message, uint32_t serial)
{
	if (talk_fd < 0)
		return -ENOTCONN;
	message->version = DDM_PLUGIN_VERSION;
	message->serial = serial;
	if (send(talk_fd, message, sizeof(*message),
		 MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		return -errno;
	return 0;
}

/* A ddmd that does not read misses this one; the next has all of it again. */
int talk_tell(struct ddm_plugin_message *message)
{
	int result = transmit(message, 0);

	return !result || result == -EAGAIN ? 0 : fail(result);
}

/* Return: 1 when something can be done with the socket, 0 after the limit */
static int wait_for(short events, long long limit, const volatile int *stop)
{
	struct pollfd poller = { .fd = talk_fd, .events = events };
	long long left;

	while (!stop || !*stop) {
		left = limit - now();
		if (left <= 0)
			return 0;
		if (poll(&poller, 1, left < SLICE ? (int)left : SLICE) > 0)
			return 1;
	}
	return -EINTR;
}

static int transmit_until(struct ddm_plugin_message *message, uint32_t serial,
			  long long limit, const volatile int *stop)
{
	int result;

	for (;;) {
		result = transmit(message, serial);
		if (result != -EAGAIN)
			return result;
		result = wait_for(POLLOUT, limit, stop);
		if (result <= 0)
			return result ? result : -ETIMEDOUT;
	}
}

static int receive_until(uint32_t serial, struct ddm_plugin_answer *answer,
			 long long limit, const volatile int *stop)
{
	ssize_t got;
	int result;

	for (;;) {
		result = wait_for(POLLIN, limit, stop);
		if (result <= 0)
			return result ? result : -ETIMEDOUT;
		got = recv(talk_fd, answer, sizeof(*answer), MSG_DONTWAIT);
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got <= 0)
			return -EPIPE;
		if (got == sizeof(*answer) &&
		    answer->version == DDM_PLUGIN_VERSION &&
		    answer->serial == serial)
			return 0;
	}
}

int talk_ask(struct ddm_plugin_message *message, unsigned int milliseconds,
	     struct ddm_plugin_answer *answer, const volatile int *stop)
{
	long long limit = now() + milliseconds;
	int result;

	last_serial = last_serial + 1 ?: 1;
	result = transmit_until(message, last_serial, limit, stop);
	if (!result)
		result = receive_until(last_serial, answer, limit, stop);
	/* late is not gone: what was sent is heard, and the rest can be told */
	if (!result || result == -ETIMEDOUT || result == -EINTR)
		return result;
	return fail(result);
}
