// SPDX-License-Identifier: GPL-2.0-only
/* One small file a program, written anew as a whole, in a folder of root's. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "log.h"
#include "record.h"

static void path_of(char *path, size_t size, pid_t pid, const char *suffix)
{
	snprintf(path, size, "%s/calls/%d%s", config.run, (int)pid, suffix);
}

static bool write_to(const char *path, const struct record *record)
{
	FILE *file = fopen(path, "we");
	bool ok;

	if (!file)
		return false;
	fchmod(fileno(file), 0600);
	fprintf(file,
		"%d %" PRIu64 " %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu64
		" %" PRIu32 " %s\n",
		(int)record->pid, record->started, record->ifindex,
		record->link, record->was_up, record->epoch, record->kind,
		record->name);
	ok = !ferror(file);
	return !fclose(file) && ok;
}

void record_save(const struct record *record)
{
	char path[512], temporary[512];

	snprintf(path, sizeof(path), "%s/calls", config.run);
	mkdir(config.run, 0755);
	mkdir(path, 0700);
	path_of(path, sizeof(path), record->pid, "");
	path_of(temporary, sizeof(temporary), record->pid, ".new");
	if (!write_to(temporary, record) || rename(temporary, path))
		log_warning("%s: %s", path, strerror(errno));
}

void record_remove(pid_t pid)
{
	char path[512];

	path_of(path, sizeof(path), pid, "");
	unlink(path);
}

static bool read_from(const char *path, struct record *record)
{
	FILE *file = fopen(path, "re");
	int fields = 0, pid = 0;

	memset(record, 0, sizeof(*record));
	if (!file)
		return false;
	fields = fscanf(file,
			"%d %" SCNu64 " %" SCNu32 " %" SCNu32 " %" SCNu32
			" %" SCNu64 " %" SCNu32 "%*1[ ]%1024[^\n]",
			&pid, &record->started, &record->ifindex, &record->link,
			&record->was_up, &record->epoch, &record->kind,
			record->name);
	record->pid = pid;
	fclose(file);
	return fields >= 7 && pid > 0;
}

void record_walk(enum record_kind kind, void (*fn)(const struct record *record))
{
	struct record record;
	struct dirent *entry;
	char path[512];
	DIR *folder;

	snprintf(path, sizeof(path), "%s/calls", config.run);
	folder = opendir(path);
	while (folder && (entry = readdir(folder))) {
		if (entry->d_name[strspn(entry->d_name, "0123456789")])
			continue;
		path_of(path, sizeof(path), (pid_t)atoi(entry->d_name), "");
		if (!read_from(path, &record))
			unlink(path);
		else if (record.kind == kind)
			fn(&record);
	}
	if (folder)
		closedir(folder);
}
