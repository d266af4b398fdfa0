// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What goes wrong with one plug-in is not the caller's error, but somebody has
 * to be able to find it.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>
#include <sys/un.h>
#include <unistd.h>

#include "log.h"

/* Not by syslog(), which keeps a descriptor and belongs to the program. */
static void send_to_log(const char *text)
{
	static const struct sockaddr_un log = { .sun_family = AF_UNIX,
						.sun_path = _PATH_LOG };
	char line[640];
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	snprintf(line, sizeof(line), "<%d>libmpr[%d]: %s",
		 LOG_DAEMON | LOG_WARNING, getpid(), text);
	sendto(fd, line, strlen(line), MSG_DONTWAIT | MSG_NOSIGNAL,
	       (const struct sockaddr *)&log, sizeof(log));
	close(fd);
}

void wnet_log(const char *format, ...)
{
	int saved = errno;
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	send_to_log(text);
	if (secure_getenv("DDM_MPR_DEBUG"))
		dprintf(STDERR_FILENO, "libmpr: %s\n", text);
	errno = saved;
}
