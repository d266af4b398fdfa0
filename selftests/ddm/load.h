/* SPDX-License-Identifier: GPL-2.0-only */
/* The module goes and comes. */
#ifndef SELFTESTS_DDM_LOAD_H
#define SELFTESTS_DDM_LOAD_H

#include <sys/syscall.h>

#include "world.h"

#define MODULE "/sys/module/ddm"

/* As rmmod does. EAGAIN: it is in use. EBUSY: it is just coming, or going. */
static inline int take_away(void)
{
	return syscall(SYS_delete_module, "ddm", O_NONBLOCK) ? -errno : 0;
}

/* Requests under way, such as the kernel's own, hold it for a moment. */
static inline int unload(void)
{
	int64_t end = now_ms() + PATIENCE;
	int err;

	while (((err = take_away()) == -EAGAIN || err == -EBUSY) &&
	       now_ms() < end)
		usleep(10000);
	return err;
}

/* From where it was built, or from where modprobe finds it */
static inline int load(void)
{
	const char *path = getenv("DDM_KO");
	int fd, err;

	if (!path)
		return system("modprobe ddm") ? -ENOENT : 0;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = syscall(SYS_finit_module, fd, "", 0) ? -errno : 0;
	close(fd);
	return err;
}

static inline bool loaded(void)
{
	return !access(MODULE, F_OK);
}

#endif
