// SPDX-License-Identifier: GPL-2.0-only
/* Goes to another network namespace, named as ip-netns(8) names them. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ddmctl.h"

int enter_netns(const char *name)
{
	char path[PATH_MAX];
	int fd, err = 0;

	/* As ip does: a name, or a path such as /proc/PID/ns/net. */
	if (snprintf(path, sizeof(path), "%s%s",
		     strchr(name, '/') ? "" : "/run/netns/",
		     name) >= (int)sizeof(path)) {
		fputs("ddmctl: the name of the network namespace is too long\n",
		      stderr);
		return STATUS_USAGE;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET) < 0)
		err = errno;
	if (fd >= 0)
		close(fd);
	if (!err)
		return STATUS_OK;
	fprintf(stderr,
		"ddmctl: cannot enter the network namespace \"%s\": %s\n", name,
		strerror(err));
	return STATUS_REFUSED;
}
