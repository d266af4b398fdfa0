// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each version of pppd has a folder of its own, and ends when it finds no
 * plugin there. Its name is in the program: to read it takes no process, and
 * it is that of the pppd which would be run, also after an upgrade.
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin_folder.h"

/* Where our plugin is installed, as the Makefile says. */
#ifndef PPPDDIR
#define PPPDDIR "/usr/lib/pppd/2.4.9"
#endif

/* The version follows. */
#define MARK "/pppd/"

static struct {
	struct stat of;
	char path[256];
} known = { .path = PPPDDIR };

static bool same_file(const struct stat *one, const struct stat *other)
{
	return one->st_dev == other->st_dev && one->st_ino == other->st_ino &&
	       one->st_size == other->st_size &&
	       one->st_ctim.tv_sec == other->st_ctim.tv_sec &&
	       one->st_ctim.tv_nsec == other->st_ctim.tv_nsec;
}

/* Take the text that has @at in it, if it is the path of a folder. */
static bool take_text(const char *begin, const char *end, const char *at)
{
	const char *from = at;
	size_t length;

	while (from > begin && isgraph((unsigned char)from[-1]))
		from--;
	at += strlen(MARK);
	if (*from != '/' || at >= end || !isdigit((unsigned char)*at))
		return false;
	while (at < end && isgraph((unsigned char)*at) && !strchr("/%", *at))
		at++;
	length = (size_t)(at - from);
	if (at == end || *at || length >= sizeof(known.path))
		return false;
	memcpy(known.path, from, length);
	known.path[length] = '\0';
	return true;
}

static bool search(const char *begin, const char *end)
{
	const char *at = begin;

	while ((at = memmem(at, (size_t)(end - at), MARK, strlen(MARK)))) {
		if (take_text(begin, end, at))
			return true;
		at++;
	}
	return false;
}

static bool search_file(const char *program, size_t size)
{
	int fd = open(program, O_RDONLY | O_CLOEXEC);
	bool found = false;
	char *text;

	if (fd < 0)
		return false;
	text = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (text == MAP_FAILED)
		return false;
	found = search(text, text + size);
	munmap(text, size);
	return found;
}

const char *plugin_folder(const char *program)
{
	struct stat now;

	if (stat(program, &now) || !S_ISREG(now.st_mode))
		return PPPDDIR;
	if (same_file(&now, &known.of))
		return known.path;
	known.of = now;
	if (!search_file(program, (size_t)now.st_size))
		snprintf(known.path, sizeof(known.path), "%s", PPPDDIR);
	return known.path;
}
