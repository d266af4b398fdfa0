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
	return wrong;
}

bool secret_read(const char *reference, struct secret *secret)
{
	char path[512], text[4096] = "";
	const char *wrong;
	ssize_t length;
	int fd;

	memset(secret, 0, sizeof(*secret));
	fd = open_reference(reference, path, sizeof(path));
	if (fd < 0) {
		log_error("credentials %s: %s", path, strerror(errno));
		return false;
	}
	wrong = check_file(fd);
	if (!wrong) {
		length = read(fd, text, sizeof(text) - 1);
		if (length < 0)
			wrong = strerror(errno);
		else if (length == (ssize_t)sizeof(text) - 1)
			wrong = "the file is too long";
		else
			wrong = take_text(text, secret);
	}
	close(fd);
	explicit_bzero(text, sizeof(text));
	if (!wrong)
		return true;
	secret_wipe(secret);
	log_error("credentials %s: %s", path, wrong);
	return false;
}

void secret_wipe(struct secret *secret)
{
	explicit_bzero(secret, sizeof(*secret));
}
