// SPDX-License-Identifier: GPL-2.0-only
/* Two that take over the same calls would end each other's. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

static int make_above(char *path, mode_t mode)
{
	char *slash = path;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(path, mode) && errno != EEXIST)
			return -errno;
		*slash = '/';
	}
	return 0;
}

int folder_make_for(const char *path, mode_t mode)
{
	char *copy = *path ? strdup(path) : NULL;
	int err;

	if (!copy)
		return *path ? -ENOMEM : -ENOENT;
	err = make_above(copy, mode);
	free(copy);
	return err;
}

int folder_make(const char *path, mode_t mode)
{
	int err = folder_make_for(path, mode);

	if (!err && mkdir(path, mode) && errno != EEXIST)
		err = -errno;
	return err;
}

int folder_lock(const char *path)
{
	char file[512];
	int fd, err = 0;

	snprintf(file, sizeof(file), "%s/lock", path);
	/* programs that outlive us must not have it */
	fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return 0;
	err = -errno;
	close(fd);
	return err;
}
