// SPDX-License-Identifier: GPL-2.0-only
/*
 * The credentials of an attempt are those that its caller left for it, and for
 * what he left out those of the profile. They go to pppd by its plugin, which
 * asks when the peer does, or as options from a pipe; never by an argument or a
 * file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "credentials.h"
#include "line.h"
#include "log.h"
#include "pppd.h"
#include "profile.h"

/* Of libmpr, see Documentation/network-providers.md */
#define LEFT_FOLDER "/run/ddm/credentials"

bool credentials_begin(struct line *line)
{
	struct stat netns;
	char path[128];

	secret_wipe(&line->once);
	if (stat("/proc/self/ns/net", &netns))
		return true;
	snprintf(path, sizeof(path), LEFT_FOLDER "/%lu.%u",
		 (unsigned long)netns.st_ino, line->id);
	return secret_take(path, &line->once);
}

void credentials_end(struct line *line)
{
	secret_wipe(&line->once);
}

bool credentials_are_given(const struct line *line)
{
	return line->once.has_user || line->once.has_password;
}

bool credentials_find(const struct line *line, struct secret *secret)
{
	const struct profile *plan = line_plan(line);
	const struct secret *once = &line->once;
	bool whole = once->has_user && once->has_password;

	memset(secret, 0, sizeof(*secret));
	if (plan && plan->credentials && !whole &&
	    !secret_read(plan->credentials, secret))
		return false;
	if (once->has_user) {
		memcpy(secret->user, once->user, sizeof(secret->user));
		secret->has_user = true;
	}
	if (once->has_password) {
		memcpy(secret->password, once->password,
		       sizeof(secret->password));
		secret->has_password = true;
	}
	return true;
}

static void put_quoted(FILE *file, const char *option, const char *value)
{
	fprintf(file, "%s \"", option);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			putc('\\', file);
		putc(*value, file);
	}
	fputs("\"\n", file);
}

/* A pipe holds it all, so nobody has to wait for the reader. */
static int fill_pipe(const char *text)
{
	int ends[2];
	bool ok;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	ok = write(ends[1], text, strlen(text)) == (ssize_t)strlen(text);
	close(ends[1]);
	if (ok)
		return ends[0];
	close(ends[0]);
	return -1;
}

static int write_options(const struct secret *secret)
{
	char text[4 * SECRET_MAX + 64] = "";
	FILE *file = fmemopen(text, sizeof(text), "w");
	int fd;

	if (!file)
		return -1;
	/* its buffer would keep a copy */
	setvbuf(file, NULL, _IONBF, 0);
	if (secret->has_user)
		put_quoted(file, "user", secret->user);
	if (secret->has_password)
		put_quoted(file, "password", secret->password);
	fclose(file);
	fd = fill_pipe(text);
	explicit_bzero(text, sizeof(text));
	return fd;
}

bool credentials_pipe(const struct line *line, int *fd)
{
	struct secret secret;
	bool needed;

	*fd = -1;
	/* also where the plugin asks for it later: fail at once, not then */
	if (!credentials_find(line, &secret))
		return false;
	/* pppd asks no plugin where its options have a password already */
	needed = credentials_are_given(line) ||
		 (!pppd_has_plugin() && secret.has_user);
	if (needed)
		*fd = write_options(&secret);
	secret_wipe(&secret);
	if (!needed || *fd >= 0)
		return true;
	log_error("%s: its credentials cannot be passed on", line->name);
	return false;
}
