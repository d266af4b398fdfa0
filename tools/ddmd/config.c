// SPDX-License-Identifier: GPL-2.0-only
/* ddmd.conf, by one table. */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "ini_file.h"

/* Where it is installed, as the Makefile says. */
#ifndef LIBEXEC
#define LIBEXEC "/usr/local/libexec/ddm"
#endif

struct config config = {
	.file = "/etc/ddm/ddmd.conf",
	.profiles = "/etc/ddm/interfaces.d",
	.socket = "/run/ddm/plugin.sock",
	.run = "/run/ddm",
};

enum kind { TEXT, YES_NO, TIME, COUNT };

static const struct key {
	const char *section;
	const char *name;
	enum kind kind;
	size_t offset;
	const char *standard;
} keys[] = {
#define KEY(section, name, kind, member, standard)                             \
	{                                                                      \
		section, name, kind, offsetof(struct config, member), standard \
	}
	KEY("ddmd", "hang-up-at-end", YES_NO, hang_up, "no"),
	KEY("ddmd", "save-interfaces", YES_NO, save, "yes"),
	KEY("ddmd", "grace", TIME, grace, "10"),
	KEY("ddmd", "calls-at-once", COUNT, calls_at_once, "16"),
	KEY("ddmd", "turn", TIME, turn, "10"),
	KEY("pppd", "program", TEXT, pppd, "/usr/sbin/pppd"),
	KEY("pppd", "plugin", TEXT, plugin, "auto"),
	KEY("pppd", "pppoe-plugin", TEXT, pppoe_plugin, "pppoe.so"),
	KEY("pppd", "output", YES_NO, pppd_output, "no"),
	KEY("admin", "host", TEXT, host, LIBEXEC "/ddm-admin-host"),
#undef KEY
};

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const char *set_yes_no(uint32_t *place, const char *value)
{
	if (strcmp(value, "yes") && strcmp(value, "no"))
		return "neither yes nor no";
	*place = *value == 'y';
	return NULL;
}

/* What is being read, until all of it is */
static struct config next;
/* The last time there was a file. */
static bool was_there;

static const char *set_count(uint32_t *place, const char *value)
{
	char *end;
	unsigned long count = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || count > 1000000)
		return "not a number from 0 to 1000000";
	*place = (uint32_t)count;
	return NULL;
}

static const char *set_limit(uint32_t *place, const char *value)
{
	uint32_t limit = 0;
	const char *wrong = ini_time(&limit, value, 1);

	if (!wrong && !limit)
		wrong = "no time at all";
	if (!wrong)
		*place = limit;
	return wrong;
}

static const char *set_memory(uint32_t *place, const char *value)
{
	char *end;
	unsigned long mib = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || mib > 1 << 20)
		return "not a number of MiB";
	*place = (uint32_t)mib;
	return NULL;
}

static const char *set_key(const struct key *key, const char *value)
{
	void *place = (char *)&next + key->offset;
	char *copy;

	switch (key->kind) {
	case YES_NO:
		return set_yes_no(place, value);
	case TIME:
		return ini_time(place, value, 1);
	case COUNT:
		return set_count(place, value);
	case TEXT:
		copy = strdup(value);
		if (!copy)
			return "out of memory";
		free(*(char **)place);
		*(char **)place = copy;
	}
	return NULL;
}

/* A list begins with the first key of a section "admin" or "admin NAME". */
static struct config_list *list_of(const char *section)
{
	struct config_list *list;
	unsigned int i;

	for (i = 0; i < next.list_count; i++)
		if (!strcmp(next.lists[i].name, section))
			return &next.lists[i];
	if (i == CONFIG_LISTS_MAX)
		return NULL;
	list = &next.lists[i];
	*list = (struct config_list){ .name = strdup(section),
				      .limit = 10000,
				      .memory = 256 };
	if (!list->name)
		return NULL;
	next.list_count++;
	return list;
}

static const char *take_list(const char *section, const char *name,
			     const char *value)
{
	struct config_list *list = list_of(section);

	if (!list) {
		/* see below */
		words_add(&next.lists[CONFIG_LISTS_MAX - 1].dlls, section);
		return "too many lists of administration DLLs";
	}
	if (!strcmp(name, "time-limit"))
		return set_limit(&list->limit, value);
	if (!strcmp(name, "memory-limit"))
		return set_memory(&list->memory, value);
	if (!strcmp(name, "without-verdict")) {
		if (strcmp(value, "refuse") && strcmp(value, "accept"))
			return "neither refuse nor accept";
		list->let_in = *value == 'a';
		return NULL;
	}
	/*
	 * What is wrong stays in the list, as a DLL that cannot be loaded: who
	 * wanted one to be asked does not want all to be let in.
	 */
	if (strcmp(name, "dll")) {
		words_add(&list->dlls, name);
		return "no such key in this section";
	}
	words_add(&list->dlls, value);
	return *value == '/' ? NULL : "not an absolute path";
}

static const char *take(const char *section, const char *name,
			const char *value, void *data)
{
	size_t i;

	(void)data;
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strcmp(section, keys[i].section) &&
		    !strcmp(name, keys[i].name))
			return set_key(&keys[i], value);
	if (!strcmp(section, "admin") || !strncmp(section, "admin ", 6))
		return take_list(section, name, value);
	return "no such key in this section";
}

static void forget(struct config *of)
{
	size_t i;

	while (of->list_count) {
		struct config_list *list = &of->lists[--of->list_count];

		free(list->name);
		words_free(&list->dlls);
	}
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].kind == TEXT)
			free(*(char **)((char *)of + keys[i].offset));
}

/* Into @next, from nothing. */
static int read_next(void)
{
	size_t i;

	next = (struct config){ .file = config.file,
				.profiles = config.profiles,
				.socket = config.socket,
				.run = config.run };
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (set_key(&keys[i], keys[i].standard))
			return -ENOMEM;
	return ini_read(config.file, take, NULL);
}

int config_read(void)
{
	int wrong = read_next();
	bool there = wrong != -ENOENT;

	/* a file that went is more likely a mistake than a wish */
	if (!there && !was_there)
		wrong = 0;
	if (wrong < 0) {
		forget(&next);
		return wrong;
	}
	was_there = there;
	forget(&config);
	config = next;
	return wrong;
}
