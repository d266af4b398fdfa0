// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * How a user name and a password get from the caller to the dialer, which is
 * another process: in a file that only root can read, for as long as the
 * attempt takes. The kernel has no part in it. Documentation/network-providers.md
 * describes the file for dialers.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ddm.h"
#include "text.h"

#ifndef DDM_RUNDIR
#define DDM_RUNDIR "/run/ddm"
#endif
#define FOLDER "credentials"

/* Two texts of which every character may be escaped, and their keys. */
#define CONTENT_MAX 8192

static int folder_below(int above, const char *name, mode_t mode)
{
	int fd;

	if (mkdirat(above, name, mode) && errno != EEXIST)
		return -1;
	fd = openat(above, name,
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd;
}

/* Nobody but root may have made the folder, or be able to look into it. */
static int open_folder(void)
{
	struct stat status;
	int run = folder_below(AT_FDCWD, DDM_RUNDIR, 0755), fd;

	if (run < 0)
		return -1;
	fd = folder_below(run, FOLDER, 0700);
	close(run);
	if (fd >= 0 &&
	    (fstat(fd, &status) || status.st_uid || status.st_mode & 077)) {
		close(fd);
		errno = EACCES;
		fd = -1;
	}
	return fd;
}

/* Numbers of interfaces are those of a network namespace. */
static int file_name(char *name, size_t size, HANDLE interface)
{
	struct stat status;

	if (stat("/proc/thread-self/ns/net", &status))
		return -1;
	snprintf(name, size, "%lu.%lu", (unsigned long)status.st_ino,
		 (unsigned long)(uintptr_t)interface);
	return 0;
}

static void wipe_file(int fd)
{
	static const char zeros[CONTENT_MAX];
	struct stat status;

	if (fstat(fd, &status) || status.st_size > CONTENT_MAX)
		return;
	if (pwrite(fd, zeros, (size_t)status.st_size, 0) == status.st_size)
		fdatasync(fd);
	if (ftruncate(fd, 0))
		return;
}

/* Others remove it, the dialer for one, and the next attempt makes its own. */
static bool is_still(int folder, const char *name, int fd)
{
	struct stat there, ours;

	return !fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) &&
	       !fstat(fd, &ours) && there.st_ino == ours.st_ino;
}

/*
 * A file that is there belongs to an attempt under way, whose lock is on it, or
 * was left by one that was killed. 0: it is gone, try again.
 */
static int remove_stale(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		err = -EBUSY;
	} else if (is_still(folder, name, fd)) {
		wipe_file(fd);
		unlinkat(folder, name, 0);
	}
	close(fd);
	return err;
}

/*
 * The lock ends with the process, whatever becomes of it. Until it is taken,
 * the new file looks like one that was left, and another may remove it.
 */
static int create(int folder, const char *name)
{
	int attempts, fd, err;

	for (attempts = 0; attempts < 3; attempts++) {
		fd = openat(folder, name,
			    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			    0600);
		if (fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB) &&
		    is_still(folder, name, fd))
			return fd;
		if (fd >= 0) {
			close(fd);
			continue;
		}
		err = errno == EEXIST ? remove_stale(folder, name) : -errno;
		if (err)
			return err;
	}
	return -EBUSY;
}

/* "key=value\n", as in an interface's settings: \ is \\, a line feed is \n. */
static bool put_line(char **at, const char *end, const char *key,
		     const wchar_t *value)
{
	char text[MPR_UTF8_SIZE(PWLEN + DNLEN + 1)];
	const char *c = text;
	bool fits;

	if (!value)
		return true;
	fits = mpr_utf8_from_wide(text, sizeof(text), value,
				  PWLEN + DNLEN + 1) >= 0;
	if (fits)
		*at += snprintf(*at, (size_t)(end - *at), "%s=", key);
	for (; fits && *c; c++) {
		if (*c == '\\' || *c == '\n')
			*(*at)++ = '\\';
		*(*at)++ = *c == '\n' ? 'n' : *c;
	}
	if (fits)
		*(*at)++ = '\n';
	explicit_bzero(text, sizeof(text));
	return fits;
}

static DWORD write_file(int fd, const wchar_t *user, const wchar_t *password)
{
	char content[CONTENT_MAX], *at = content;
	const char *end = content + sizeof(content);
	DWORD code = WN_SUCCESS;
	size_t size;

	if (!put_line(&at, end, "user", user))
		code = WN_BAD_USER;
	else if (!put_line(&at, end, "password", password))
		code = WN_BAD_PASSWORD;
	size = (size_t)(at - content);
	if (!code && write(fd, content, size) != (ssize_t)size)
		code = WN_WINDOWS_ERROR;
	explicit_bzero(content, sizeof(content));
	return code;
}

static DWORD wn_of_errno(int err)
{
	switch (err) {
	case EACCES:
	case EPERM:
	case EROFS:
		return WN_ACCESS_DENIED;
	case EBUSY:
		return WN_FUNCTION_BUSY;
	default:
		return WN_WINDOWS_ERROR;
	}
}

DWORD ddm_credentials_leave(HANDLE interface, const wchar_t *user,
			    const wchar_t *password, int *fd)
{
	char name[64];
	int folder;
	DWORD code;

	*fd = -1;
	if (!user && !password)
		return WN_SUCCESS;
	if (file_name(name, sizeof(name), interface))
		return WN_WINDOWS_ERROR;
	folder = open_folder();
	if (folder < 0)
		return wn_of_errno(errno);
	*fd = create(folder, name);
	close(folder);
	if (*fd < 0) {
		code = wn_of_errno(-*fd);
		*fd = -1;
		return code;
	}
	code = write_file(*fd, user, password);
	if (code) {
		ddm_credentials_wipe(interface, *fd);
		*fd = -1;
	}
	return code;
}

void ddm_credentials_wipe(HANDLE interface, int fd)
{
	char name[64];
	int folder;

	if (fd < 0)
		return;
	wipe_file(fd);
	folder = open_folder();
	if (folder >= 0 && !file_name(name, sizeof(name), interface) &&
	    is_still(folder, name, fd))
		unlinkat(folder, name, 0);
	if (folder >= 0)
		close(folder);
	close(fd);
}
