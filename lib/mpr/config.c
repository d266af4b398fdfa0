// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One file a plug-in, so that packages can add and remove theirs, and an
 * operator can order them by name. Read anew by every call: what was changed
 * holds at once, for programs that run already, too.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "log.h"

#ifndef MPR_CONFDIR
#define MPR_CONFDIR "/etc/ddm"
#endif

#define SUFFIX ".conf"
#define TIME_LIMIT_DEFAULT 30
#define TIME_LIMIT_MAX 3600

/* Not strcoll(): the order must not depend on the caller's locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_ours(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > strlen(SUFFIX) &&
	       !strcmp(entry->d_name + length - strlen(SUFFIX), SUFFIX);
}

static char *trim(char *text)
{
	size_t length;

	text += strspn(text, " \t");
	length = strlen(text);
	while (length && strchr(" \t\r\n", text[length - 1]))
		text[--length] = '\0';
	return text;
}

static bool take_text(char **to, const char *value)
{
	free(*to);
	*to = strdup(value);
	return *to;
}

static bool take_time_limit(struct wnet_plugin *plugin, const char *value)
{
	char *end;
	long seconds = strtol(value, &end, 10);

	if (end == value || *end || seconds < 1 || seconds > TIME_LIMIT_MAX)
		return false;
	plugin->time_limit = (int)seconds * 1000;
	return true;
}

/* False: no memory. What is wrong otherwise is logged and has no effect. */
static bool take_line(struct wnet_plugin *plugin, const char *file, char *line)
{
	char *key = trim(line), *value = strchr(key, '=');

	if (!*key || *key == '#')
		return true;
	if (value)
		*value++ = '\0';
	key = trim(key);
	value = value ? trim(value) : NULL;
	if (value && !strcmp(key, "name"))
		return take_text(&plugin->name, value);
	if (value && !strcmp(key, "path"))
		return take_text(&plugin->path, value);
	if (value && !strcmp(key, "time-limit") &&
	    take_time_limit(plugin, value))
		return true;
	wnet_log("%s: what is \"%s\"?", file, key);
	return true;
}

static void release(struct wnet_plugin *plugin)
{
	free(plugin->name);
	free(plugin->path);
}

/* 1: it is one, 0: it is none, -1: no memory */
static int read_plugin(struct wnet_plugin *plugin, FILE *stream,
		       const char *file)
{
	bool memory = true;
	char *line = NULL;
	size_t size = 0;

	*plugin =
		(struct wnet_plugin){ .time_limit = TIME_LIMIT_DEFAULT * 1000 };
	while (memory && getline(&line, &size, stream) >= 0)
		memory = take_line(plugin, file, line);
	free(line);
	if (memory && !plugin->name) {
		plugin->name = strndup(file, strlen(file) - strlen(SUFFIX));
		memory = plugin->name;
	}
	if (memory && plugin->path && *plugin->path == '/')
		return 1;
	if (memory)
		wnet_log("%s is passed over: it has no absolute path=", file);
	release(plugin);
	return memory ? 0 : -1;
}

static DWORD add_file(struct wnet_plugins *plugins, int folder,
		      const char *file)
{
	int fd = openat(folder, file, O_RDONLY | O_CLOEXEC);
	FILE *stream = fd < 0 ? NULL : fdopen(fd, "r");
	int found;

	if (!stream) {
		wnet_log("%s is passed over: %s", file, strerror(errno));
		if (fd >= 0)
			close(fd);
		return NO_ERROR;
	}
	found = read_plugin(&plugins->list[plugins->count], stream, file);
	fclose(stream);
	if (found < 0)
		return ERROR_NOT_ENOUGH_MEMORY;
	plugins->count += (size_t)found;
	return NO_ERROR;
}

static int open_folder(const char *name)
{
	const char *base = secure_getenv("DDM_MPR_CONFDIR");
	char path[4096];
	int length;

	length = snprintf(path, sizeof(path), "%s/%s",
			  base && *base ? base : MPR_CONFDIR, name);
	if (length < 0 || (size_t)length >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

DWORD wnet_plugins_read(const char *folder, struct wnet_plugins *plugins)
{
	DWORD error = NO_ERROR;
	struct dirent **files;
	int fd, count, i;

	*plugins = (struct wnet_plugins){ 0 };
	fd = open_folder(folder);
	if (fd < 0) {
		if (errno != ENOENT)
			wnet_log("%s cannot be read: %s", folder,
				 strerror(errno));
		return NO_ERROR;
	}
	count = scandirat(fd, ".", &files, is_ours, by_name);
	if (count < 0) {
		error = errno == ENOMEM ? ERROR_NOT_ENOUGH_MEMORY : NO_ERROR;
		wnet_log("%s cannot be read: %s", folder, strerror(errno));
		close(fd);
		return error;
	}
	plugins->list = calloc((size_t)count + 1, sizeof(*plugins->list));
	if (!plugins->list)
		error = ERROR_NOT_ENOUGH_MEMORY;
	for (i = 0; i < count; i++) {
		if (!error)
			error = add_file(plugins, fd, files[i]->d_name);
		free(files[i]);
	}
	free(files);
	close(fd);
	if (error)
		wnet_plugins_free(plugins);
	return error;
}

void wnet_plugins_free(struct wnet_plugins *plugins)
{
	size_t i;

	for (i = 0; i < plugins->count; i++)
		release(&plugins->list[i]);
	free(plugins->list);
	*plugins = (struct wnet_plugins){ 0 };
}
