// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Windows keeps these in the registry, below the user's key. Here it is a file
 * of the user's, written whole under a lock of its own: readers need none.
 */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profile.h"
#include "text.h"

#define FOLDER "ddm"
#define NAME "connections"
#define NEW_NAME NAME ".new"
#define LOCK_NAME NAME ".lock"
/* More than anybody remembers; a file beyond it is something else. */
#define LINE_MAX_BYTES 4096
#define ENTRIES_MAX 4096

static DWORD from_errno(int err)
{
	return err == ENOMEM ? ERROR_NOT_ENOUGH_MEMORY :
			       ERROR_CANNOT_OPEN_PROFILE;
}

/* ------------------------------------------------------------- folder -- */

static int home_from_passwd(char *path, size_t size)
{
	char buffer[4096];
	struct passwd entry, *found = NULL;

	if (getpwuid_r(getuid(), &entry, buffer, sizeof(buffer), &found) ||
	    !found || !found->pw_dir || *found->pw_dir != '/' ||
	    strlen(found->pw_dir) >= size)
		return -ENOENT;
	strcpy(path, found->pw_dir);
	return 0;
}

/* Opens a folder below another, and makes it if it is wanted. */
static int open_below(int above, const char *name, bool make)
{
	if (make && mkdirat(above, name, 0700) && errno != EEXIST)
		return -1;
	return openat(above, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int open_config(bool make)
{
	const char *config = secure_getenv("XDG_CONFIG_HOME");
	const char *home = secure_getenv("HOME");
	char path[4096];
	int fd, below;

	if (config && *config == '/')
		return open_below(AT_FDCWD, config, make);
	if (!home || *home != '/') {
		if (home_from_passwd(path, sizeof(path))) {
			errno = ENOTDIR;
			return -1;
		}
		home = path;
	}
	fd = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		/* Reading has nothing to say then, writing has. */
		if (make && errno == ENOENT)
			errno = ENOTDIR;
		return -1;
	}
	below = open_below(fd, ".config", make);
	close(fd);
	return below;
}

/* ENOENT: there is none, and it was not to be made. */
static int open_folder(bool make)
{
	int config = open_config(make), fd;

	if (config < 0)
		return -1;
	fd = open_below(config, FOLDER, make);
	close(config);
	return fd;
}

/* ------------------------------------------------------------ reading -- */

static void release(struct wnet_remembered *one)
{
	free(one->local);
	free(one->remote);
	free(one->provider);
	free(one->user);
	*one = (struct wnet_remembered){ 0 };
}

void wnet_profile_free(struct wnet_profile *profile)
{
	size_t i;

	for (i = 0; i < profile->count; i++)
		release(&profile->list[i]);
	free(profile->list);
	*profile = (struct wnet_profile){ 0 };
}

static struct wnet_remembered *find(const struct wnet_profile *profile,
				    const char *local)
{
	size_t i;

	for (i = 0; i < profile->count; i++)
		if (!strcmp(profile->list[i].local, local))
			return &profile->list[i];
	return NULL;
}

const struct wnet_remembered *
wnet_profile_find(const struct wnet_profile *profile, const char *local)
{
	return find(profile, local);
}

/* A new one, all empty; NULL: no memory. */
static struct wnet_remembered *append(struct wnet_profile *profile)
{
	struct wnet_remembered *more;

	more = reallocarray(profile->list, profile->count + 1, sizeof(*more));
	if (!more)
		return NULL;
	profile->list = more;
	more += profile->count++;
	*more = (struct wnet_remembered){ 0 };
	return more;
}

static DWORD take_text(char **to, const char *value)
{
	if (*to || !*value || mpr_utf8_length(value) < 0)
		return ERROR_BAD_PROFILE;
	*to = strdup(value);
	return *to ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD take_type(DWORD *type, const char *value)
{
	if (*value < '0' || *value > '2' || value[1])
		return ERROR_BAD_PROFILE;
	*type = (DWORD)(*value - '0');
	return NO_ERROR;
}

static DWORD begin_entry(struct wnet_profile *profile, char *line)
{
	size_t length = strlen(line);
	struct wnet_remembered *one;

	if (length < 3 || line[length - 1] != ']' ||
	    profile->count == ENTRIES_MAX)
		return ERROR_BAD_PROFILE;
	line[length - 1] = '\0';
	if (find(profile, line + 1))
		return ERROR_BAD_PROFILE;
	one = append(profile);
	return one ? take_text(&one->local, line + 1) : ERROR_NOT_ENOUGH_MEMORY;
}

/* The lines of one are "[local]" and then "key=value". */
static DWORD take_line(struct wnet_profile *profile, char *line)
{
	struct wnet_remembered *one;
	char *value;

	if (!*line || *line == '#')
		return NO_ERROR;
	if (*line == '[')
		return begin_entry(profile, line);
	value = strchr(line, '=');
	if (!value || !profile->count)
		return ERROR_BAD_PROFILE;
	*value++ = '\0';
	one = &profile->list[profile->count - 1];
	if (!strcmp(line, "remote"))
		return take_text(&one->remote, value);
	if (!strcmp(line, "provider"))
		return take_text(&one->provider, value);
	if (!strcmp(line, "user"))
		return take_text(&one->user, value);
	if (!strcmp(line, "type"))
		return take_type(&one->type, value);
	return ERROR_BAD_PROFILE;
}

static DWORD check(const struct wnet_profile *profile)
{
	size_t i;

	for (i = 0; i < profile->count; i++)
		if (!profile->list[i].local || !profile->list[i].remote ||
		    !profile->list[i].provider)
			return ERROR_BAD_PROFILE;
	return NO_ERROR;
}

static DWORD read_lines(struct wnet_profile *profile, FILE *stream)
{
	char line[LINE_MAX_BYTES];
	DWORD error = NO_ERROR;
	size_t length;

	while (!error && fgets(line, sizeof(line), stream)) {
		length = strlen(line);
		if (!length || line[length - 1] != '\n')
			return ERROR_BAD_PROFILE;
		line[length - 1] = '\0';
		error = take_line(profile, line);
	}
	if (!error && ferror(stream))
		error = ERROR_CANNOT_OPEN_PROFILE;
	return error ? error : check(profile);
}

static DWORD read_folder(struct wnet_profile *profile, int folder)
{
	int fd = openat(folder, NAME, O_RDONLY | O_CLOEXEC);
	struct stat status;
	FILE *stream;
	DWORD error;

	if (fd < 0)
		return errno == ENOENT ? NO_ERROR : from_errno(errno);
	stream = !fstat(fd, &status) && S_ISREG(status.st_mode) ?
			 fdopen(fd, "r") :
			 NULL;
	if (!stream) {
		close(fd);
		return ERROR_CANNOT_OPEN_PROFILE;
	}
	error = read_lines(profile, stream);
	fclose(stream);
	return error;
}

DWORD wnet_profile_read(struct wnet_profile *profile)
{
	int folder = open_folder(false);
	DWORD error;

	*profile = (struct wnet_profile){ 0 };
	if (folder < 0)
		return errno == ENOENT ? NO_ERROR : from_errno(errno);
	error = read_folder(profile, folder);
	close(folder);
	if (error)
		wnet_profile_free(profile);
	return error;
}

/* ------------------------------------------------------------ writing -- */

static void print_one(FILE *stream, const struct wnet_remembered *one)
{
	fprintf(stream, "\n[%s]\nremote=%s\nprovider=%s\ntype=%u\n", one->local,
		one->remote, one->provider, one->type);
	if (one->user)
		fprintf(stream, "user=%s\n", one->user);
}

static int print_all(const struct wnet_profile *profile, FILE *stream)
{
	size_t i;

	fputs("# Remembered connections, written by libmpr.\n", stream);
	for (i = 0; i < profile->count; i++)
		print_one(stream, &profile->list[i]);
	return ferror(stream) || fflush(stream) || fsync(fileno(stream));
}

/* Whole or not at all. */
static DWORD write_folder(const struct wnet_profile *profile, int folder)
{
	int fd = openat(folder, NEW_NAME,
			O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
			0600);
	FILE *stream = fd < 0 ? NULL : fdopen(fd, "w");
	int failed;

	if (!stream) {
		if (fd >= 0)
			close(fd);
		return ERROR_CANNOT_OPEN_PROFILE;
	}
	failed = print_all(profile, stream);
	failed |= fclose(stream);
	if (!failed && !renameat(folder, NEW_NAME, folder, NAME))
		return NO_ERROR;
	unlinkat(folder, NEW_NAME, 0);
	return ERROR_CANNOT_OPEN_PROFILE;
}

typedef DWORD change_fn(struct wnet_profile *profile, const void *data);

/* Read, change, write, with all others kept out that do the same. */
static DWORD change(change_fn *apply, const void *data)
{
	struct wnet_profile profile = { 0 };
	int folder = open_folder(true), lock;
	DWORD error;

	if (folder < 0)
		return from_errno(errno);
	lock = openat(folder, LOCK_NAME,
		      O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (lock < 0) {
		error = from_errno(errno);
		close(folder);
		return error;
	}
	while (flock(lock, LOCK_EX) && errno == EINTR)
		continue;
	error = read_folder(&profile, folder);
	if (!error)
		error = apply(&profile, data);
	if (!error)
		error = write_folder(&profile, folder);
	wnet_profile_free(&profile);
	close(lock);
	close(folder);
	return error;
}

static char *copy(const char *text, bool *failed)
{
	char *result = text ? strdup(text) : NULL;

	*failed |= text && !result;
	return result;
}

bool wnet_profile_is_full(const struct wnet_profile *profile)
{
	return profile->count >= ENTRIES_MAX;
}

static DWORD put(struct wnet_profile *profile, const void *data)
{
	const struct wnet_remembered *from = data;
	struct wnet_remembered *to = find(profile, from->local);
	bool failed = false;

	/* It could be written, but never read again. */
	if (!to && wnet_profile_is_full(profile))
		return ERROR_CANNOT_OPEN_PROFILE;
	if (to)
		release(to);
	else
		to = append(profile);
	if (!to)
		return ERROR_NOT_ENOUGH_MEMORY;
	to->local = copy(from->local, &failed);
	to->remote = copy(from->remote, &failed);
	to->provider = copy(from->provider, &failed);
	to->user = copy(from->user, &failed);
	to->type = from->type;
	return failed ? ERROR_NOT_ENOUGH_MEMORY : NO_ERROR;
}

DWORD wnet_profile_remember(const struct wnet_remembered *one)
{
	return change(put, one);
}

static DWORD drop(struct wnet_profile *profile, const void *data)
{
	struct wnet_remembered *one = find(profile, data);

	if (one) {
		release(one);
		profile->count--;
		memmove(one, one + 1,
			(size_t)(profile->list + profile->count - one) *
				sizeof(*one));
	}
	return NO_ERROR;
}

DWORD wnet_profile_forget(const char *local, bool *forgotten)
{
	struct wnet_profile profile;
	DWORD error = wnet_profile_read(&profile);
	bool there;

	if (error)
		return error;
	there = find(&profile, local);
	wnet_profile_free(&profile);
	if (forgotten)
		*forgotten = there;
	return there ? change(drop, local) : NO_ERROR;
}
