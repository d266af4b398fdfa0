// SPDX-License-Identifier: GPL-2.0-only
/* The module, and what is in the namespace before something is counted. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/syscall.h>

#include "bench.h"

void module_load(const char *parameters)
{
	const char *path = getenv("DDM_KO");
	int fd = open(path ? path : "", O_RDONLY | O_CLOEXEC);

	check(fd >= 0, "DDM_KO names no module");
	check(!syscall(SYS_finit_module, fd, parameters, 0), "insmod");
	close(fd);
}

void module_unload(void)
{
	/* who held it has closed its sockets, but the kernel may be slow */
	while (syscall(SYS_delete_module, "ddm", O_NONBLOCK)) {
		check(errno == EAGAIN || errno == EBUSY, "rmmod");
		settle(10);
	}
	settle(100);
}

struct ddm *manager(void)
{
	struct ddm *ddm;
	int err = ddm_open(&ddm);

	errno = -err;
	check(!err, "ddm_open");
	return ddm;
}

void track(struct ddm *ddm, const char *device)
{
	struct ddm_rule rule = {
		.size = sizeof(rule),
		.action = DDM_RULE_ACTION_TRACK,
		.type = -1,
		.device = device,
	};

	done(ddm, ddm_rule_new(ddm, &rule, NULL), "a rule");
}

void interfaces_new(struct ddm *ddm, const char *name, unsigned int n)
{
	char text[32];
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_DEVICE_SET |
		       DDM_INTERFACE_METHOD_SET,
		.name = text,
		.device = "",
		.method = DDM_METHOD_AGENT,
	};
	unsigned int i;

	for (i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%s%u", name, i);
		done(ddm, ddm_interface_new(ddm, &request, NULL),
		     "an interface");
	}
}

void setting(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	check(fd >= 0, path);
	check(write(fd, value, strlen(value)) > 0, path);
	close(fd);
}
