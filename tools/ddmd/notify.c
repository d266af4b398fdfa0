// SPDX-License-Identifier: GPL-2.0-only
/* The whole protocol is one datagram: not worth a library. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "loop.h"
#include "notify.h"

static struct loop_timer *watchdog;
static uint64_t interval;

void notify(const char *state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *path = getenv("NOTIFY_SOCKET");
	size_t length = path ? strlen(path) : 0;
	int fd;

	if (!length || length >= sizeof(address.sun_path))
		return;
	memcpy(address.sun_path, path, length);
	if (*path == '@')
		address.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	length += offsetof(struct sockaddr_un, sun_path);
	sendto(fd, state, strlen(state), MSG_NOSIGNAL,
	       (struct sockaddr *)&address, (socklen_t)length);
	close(fd);
}

static void still_alive(void *data)
{
	(void)data;
	notify("WATCHDOG=1");
	loop_timer_set(&watchdog, interval, still_alive, NULL);
}

void notify_begin(void)
{
	const char *microseconds = getenv("WATCHDOG_USEC");

	if (!microseconds)
		return;
	interval = strtoull(microseconds, NULL, 10) / 2000;
	if (interval)
		still_alive(NULL);
}
