/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A world for the tests of libmpr: a folder with a configuration, a home and a
 * log, and the plug-ins that were built beside the programs.
 */
#ifndef SELFTESTS_MPR_FIXTURE_H
#define SELFTESTS_MPR_FIXTURE_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <npapi.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <windows.h>

#include "../user/ktap.h"

static char world[64];
static char plugins[PATH_MAX];

static inline void write_file(const char *path, const char *text)
{
	char full[PATH_MAX];
	FILE *stream;

	snprintf(full, sizeof(full), "%s/%s", world, path);
	stream = fopen(full, "we");
	if (!stream || fputs(text, stream) < 0 || fclose(stream)) {
		perror(full);
		exit(1);
	}
}

/* The whole of a file, "" if there is none. Valid until the next call. */
static inline const char *read_file(const char *path)
{
	static char text[1 << 20];
	char full[PATH_MAX];
	FILE *stream;
	size_t size = 0;

	snprintf(full, sizeof(full), "%s/%s", world, path);
	stream = fopen(full, "re");
	if (stream) {
		size = fread(text, 1, sizeof(text) - 1, stream);
		fclose(stream);
	}
	text[size] = '\0';
	return text;
}

static inline void drop(const char *path)
{
	char full[PATH_MAX];

	snprintf(full, sizeof(full), "%s/%s", world, path);
	unlink(full);
}

/* FOLDER/FILE.conf for a plug-in; @more are further lines. */
static inline void use(const char *folder, const char *file, const char *name,
		       const char *plugin, const char *more)
{
	char path[128], text[PATH_MAX + 256];

	snprintf(path, sizeof(path), "conf/%s/%s.conf", folder, file);
	snprintf(text, sizeof(text), "# a test\nname = %s\npath=%s/%s.so\n%s",
		 name, plugins, plugin, more);
	write_file(path, text);
}

static inline void empty_folder(const char *path)
{
	char full[PATH_MAX];
	struct dirent *entry;
	DIR *folder;

	snprintf(full, sizeof(full), "%s/%s", world, path);
	folder = opendir(full);
	if (!folder)
		return;
	while ((entry = readdir(folder)))
		unlinkat(dirfd(folder), entry->d_name, 0);
	closedir(folder);
}

static inline void make_folder(const char *path)
{
	char full[PATH_MAX];

	snprintf(full, sizeof(full), "%s/%s", world, path);
	if (mkdir(full, 0700) && errno != EEXIST) {
		perror(full);
		exit(1);
	}
}

static inline void set_path(const char *variable, const char *path)
{
	char full[PATH_MAX];

	snprintf(full, sizeof(full), "%s/%s", world, path);
	setenv(variable, full, 1);
}

static inline void end_world(void)
{
	static const char *const folders[] = {
		"conf/notify.d", "conf/providers.d",
		"conf",		 "home/ddm",
		"home",		 "."
	};
	char full[PATH_MAX];
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		empty_folder(folders[i]);
		snprintf(full, sizeof(full), "%s/%s", world, folders[i]);
		rmdir(i < 5 ? full : world);
	}
}

/* Plug-ins and hosts lie in the folder "plugins" beside the programs. */
static inline void find_plugins(void)
{
	char program[PATH_MAX], host[PATH_MAX + 64];
	ssize_t size = readlink("/proc/self/exe", program, sizeof(program) - 1);
	const char *variant = "";
	char *slash;

	program[size < 0 ? 0 : size] = '\0';
	slash = strrchr(program, '/');
	if (slash && strchr(slash, '.'))
		variant = strchr(slash, '.');
	snprintf(plugins, sizeof(plugins), "%.*s-plugins",
		 slash ? (int)(slash - program) : 0, program);
	snprintf(host, sizeof(host), "%s/host%s", plugins, variant);
	setenv("DDM_MPR_HOST", host, 1);
	/* A fault in the host ends it, and so is seen. */
	setenv("TSAN_OPTIONS", "halt_on_error=1", 0);
}

/* Three notifyees, a, b and c, and the providers one and two. */
static inline void usual_plugins(void)
{
	empty_folder("conf/notify.d");
	empty_folder("conf/providers.d");
	use("notify.d", "10-a", "a", "notifyee-a", "time-limit=5\n");
	use("notify.d", "20-b", "b", "notifyee-b", "time-limit=5\n");
	use("notify.d", "30-c", "c", "notifyee-c", "time-limit=5\n");
	use("providers.d", "10-one", "one", "provider-one", "");
	use("providers.d", "20-two", "two", "provider-two", "");
}

static inline void begin_world(void)
{
	strcpy(world, "/tmp/mpr-test-XXXXXX");
	if (!mkdtemp(world)) {
		perror(world);
		exit(1);
	}
	make_folder("conf");
	make_folder("conf/notify.d");
	make_folder("conf/providers.d");
	make_folder("home");
	set_path("DDM_MPR_CONFDIR", "conf");
	set_path("XDG_CONFIG_HOME", "home");
	set_path("MPR_TEST_LOG", "log");
	find_plugins();
	usual_plugins();
	atexit(end_world);
}

/* A test begins with the usual plug-ins, an empty log and nothing remembered. */
static inline void fresh(void)
{
	usual_plugins();
	drop("log");
	empty_folder("home/ddm");
	SetLastError(12345);
}

static inline DWORD connect_to(const wchar_t *remote, const wchar_t *local,
			       DWORD flags)
{
	NETRESOURCEW resource = { .dwType = RESOURCETYPE_DISK,
				  .lpRemoteName = (LPWSTR)remote,
				  .lpLocalName = (LPWSTR)local };

	return WNetAddConnection2W(&resource, NULL, NULL, flags);
}

/* Lines without what is not of interest: from the word @cut on. */
static inline const char *log_until(const char *cut)
{
	static char text[1 << 20];
	const char *from = read_file("log");
	char *to = text;

	while (*from) {
		size_t line = strcspn(from, "\n"), keep = line;
		const char *found = memmem(from, line, cut, strlen(cut));

		if (found)
			keep = (size_t)(found - from);
		memcpy(to, from, keep);
		to += keep;
		*to++ = '\n';
		from += line + 1;
	}
	*to = '\0';
	return text;
}

#define EXPECT_LOG(cut, expected)                                          \
	do {                                                               \
		const char *log_ = log_until(cut);                         \
                                                                           \
		if (strcmp(log_, expected)) {                              \
			KTAP_FAIL("the calls were other ones:\n%s", log_); \
			return;                                            \
		}                                                          \
	} while (0)

static inline long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#define MPR_MAIN(tests)                                                     \
	int main(void)                                                      \
	{                                                                   \
		begin_world();                                              \
		return ktap_run(tests, sizeof(tests) / sizeof((tests)[0])); \
	}

#endif
