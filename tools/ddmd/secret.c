// SPDX-License-Identifier: GPL-2.0-only
/* The one place that reads passwords. No copy of one stays behind. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "secret.h"

#define FOLDER "/etc/ddm/credentials"
/* Two values of which every byte may be escaped, and their keys */
#define TEXT_MAX 8192

static int open_reference(const char *reference, char *path, size_t size)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	int fd = -1;

	if (*reference == '/') {
		snprintf(path, size, "%s", reference);
		return open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
	}
	if (folder) {
		snprintf(path, size, "%s/%s", folder, reference);
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	}
	if (fd < 0) {
		snprintf(path, size, FOLDER "/%s", reference);
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	}
	return fd;
}

static const char *check_file(int fd)
{
	struct stat stat;

	if (fstat(fd, &stat) || !S_ISREG(stat.st_mode))
		return "not a file";
	if (stat.st_uid != 0 && stat.st_uid != geteuid())
		return "it belongs to somebody else";
	if (stat.st_mode & 077)
		return "others may read it (chmod 600)";
	return NULL;
}

static char *trim(char *text)
{
	char *end;

	text += strspn(text, " \t");
	end = text + strlen(text);
	while (end > text && strchr(" \t\r", end[-1]))
		*--end = '\0';
	if (end - text >= 2 && *text == '"' && end[-1] == '"') {
		end[-1] = '\0';
		text++;
	}
	return text;
}

static const char *take_line(char *line, struct secret *secret)
{
	char *value = strchr(line, '='), *place;

	line += strspn(line, " \t\r");
	if (!*line || *line == '#' || *line == ';')
		return NULL;
	if (!value)
		return "a line is not key = value";
	*value = '\0';
	value = trim(value + 1);
	line = trim(line);
	if (!strcmp(line, "user"))
		place = secret->user;
	else if (!strcmp(line, "password"))
		place = secret->password;
	else
		return "a key is neither user nor password";
	if (strlen(value) > SECRET_MAX)
		return "a value is too long";
	strcpy(place, value);
	return NULL;
}

static const char *take_text(char *text, struct secret *secret)
{
	const char *wrong = NULL;
	char *line;

	while (!wrong && text && (line = strsep(&text, "\n")))
		wrong = take_line(line, secret);
	if (!wrong && !secret->user[0])
		wrong = "there is no user in it";
	/* a profile that has credentials has both */
	secret->has_user = secret->has_password = true;
	return wrong;
}

/* ------------------------------------------------ left for one attempt -- */

/* Undo what was escaped, where it stands. Return: false if it makes no sense */
static bool unescape(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (*text != '\\') {
			*to++ = *text;
			continue;
		}
		text++;
		if (*text != '\\' && *text != 'n')
			return false;
		*to++ = *text == 'n' ? '\n' : '\\';
	}
	*to = '\0';
	return true;
}

static const char *take_left_line(char *line, struct secret *secret)
{
	char *value = strchr(line, '='), *place;
	bool *has;

	if (!*line)
		return NULL;
	if (!value)
		return "a line is not key=value";
	*value++ = '\0';
	if (!strcmp(line, "user")) {
		place = secret->user;
		has = &secret->has_user;
	} else if (!strcmp(line, "password")) {
		place = secret->password;
		has = &secret->has_password;
	} else {
		return "a key is neither user nor password";
	}
	if (!unescape(value))
		return "a backslash is before neither n nor a backslash";
	if (strlen(value) > SECRET_MAX)
		return "a value is too long";
	strcpy(place, value);
	*has = true;
	return NULL;
}

static const char *take_left_text(char *text, struct secret *secret)
{
	const char *wrong = NULL;
	char *line;

	while (!wrong && text && (line = strsep(&text, "\n")))
		wrong = take_left_line(line, secret);
	return wrong;
}

/* ------------------------------------------------------------ the files -- */

/* Return: NULL or what is wrong; the file is closed */
static const char *read_file(int fd, struct secret *secret,
			     const char *(*take)(char *, struct secret *))
{
	char text[TEXT_MAX] = "";
	const char *wrong = check_file(fd);
	ssize_t length;

	if (!wrong) {
		length = read(fd, text, sizeof(text) - 1);
		if (length < 0)
			wrong = strerror(errno);
		else if (length == (ssize_t)sizeof(text) - 1)
			wrong = "the file is too long";
		else if (memchr(text, '\0', (size_t)length))
			wrong = "there is a zero byte in it";
		else
			wrong = take(text, secret);
	}
	close(fd);
	explicit_bzero(text, sizeof(text));
	if (wrong)
		secret_wipe(secret);
	return wrong;
}

bool secret_read(const char *reference, struct secret *secret)
{
	const char *wrong;
	char path[512];
	int fd;

	memset(secret, 0, sizeof(*secret));
	fd = open_reference(reference, path, sizeof(path));
	wrong = fd < 0 ? strerror(errno) : read_file(fd, secret, take_text);
	if (!wrong)
		return true;
	log_error("credentials %s: %s", path, wrong);
	return false;
}

/* Nobody but root may be able to put a file there, or to look for one. */
static int open_left(const char *path)
{
	const char *name = strrchr(path, '/');
	char folder[512];
	struct stat stat;
	int above, fd;

	if (!name || (size_t)(name - path) >= sizeof(folder))
		return -ENAMETOOLONG;
	snprintf(folder, sizeof(folder), "%.*s", (int)(name - path), path);
	above = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (above < 0)
		return -errno;
	if (fstat(above, &stat) || stat.st_mode & 077 ||
	    (stat.st_uid != 0 && stat.st_uid != geteuid())) {
		close(above);
		return -EACCES;
	}
	fd = openat(above, name + 1,
		    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		fd = -errno;
	/* it is ours now, and good for nobody else if it cannot be used */
	if (fd != -ENOENT)
		unlinkat(above, name + 1, 0);
	close(above);
	return fd;
}

bool secret_take(const char *path, struct secret *secret)
{
	const char *wrong;
	int fd;

	memset(secret, 0, sizeof(*secret));
	fd = open_left(path);
	if (fd == -ENOENT)
		return true;
	wrong = fd < 0 ? strerror(-fd) : read_file(fd, secret, take_left_text);
	if (!wrong)
		return true;
	log_error("credentials %s: %s", path, wrong);
	return false;
}

void secret_wipe(struct secret *secret)
{
	explicit_bzero(secret, sizeof(*secret));
}
