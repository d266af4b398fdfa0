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

enum kind { TEXT, YES_NO, SECONDS, COUNT };

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
	KEY("ddmd", "grace", SECONDS, grace, "10"),
	KEY("ddmd", "calls-at-once", COUNT, calls_at_once, "16"),
	KEY("ddmd", "turn", SECONDS, turn, "10"),
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

static const char *set_seconds(uint32_t *place, const char *value)
{
	char *end;
	unsigned long seconds = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || seconds > 86400)
		return "not a number of seconds";
	*place = (uint32_t)seconds * 1000;
	return NULL;
}

static const char *set_count(uint32_t *place, const char *value)
{
	char *end;
	unsigned long count = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || count > 1000000)
		return "not a number from 0 to 1000000";
	*place = (uint32_t)count;
	return NULL;
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
	void *place = (char *)&config + key->offset;
	char *copy;

	switch (key->kind) {
	case YES_NO:
		return set_yes_no(place, value);
	case SECONDS:
		return set_seconds(place, value);
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

	for (i = 0; i < config.list_count; i++)
		if (!strcmp(config.lists[i].name, section))
			return &config.lists[i];
	if (i == CONFIG_LISTS_MAX)
		return NULL;
	list = &config.lists[i];
	*list = (struct config_list){ .name = strdup(section),
				      .limit = 10000,
				      .memory = 256 };
	if (!list->name)
		return NULL;
	config.list_count++;
	return list;
}

static const char *take_list(const char *section, const char *name,
			     const char *value)
{
	struct config_list *list = list_of(section);

	if (!list)
		return "too many lists of administration DLLs";
	if (!strcmp(name, "time-limit"))
		return set_seconds(&list->limit, value);
	if (!strcmp(name, "memory-limit"))
		return set_memory(&list->memory, value);
	if (!strcmp(name, "without-verdict")) {
		if (strcmp(value, "refuse") && strcmp(value, "accept"))
			return "neither refuse nor accept";
		list->let_in = *value == 'a';
		return NULL;
	}
	if (strcmp(name, "dll"))
		return "no such key in this section";
	if (*value != '/')
		return "not an absolute path";
	words_add(&list->dlls, value);
	return NULL;
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

static void forget_lists(void)
{
	while (config.list_count) {
		struct config_list *list = &config.lists[--config.list_count];

		free(list->name);
		words_free(&list->dlls);
	}
}

int config_read(void)
{
	size_t i;
	int wrong;

	forget_lists();
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (set_key(&keys[i], keys[i].standard))
			return -ENOMEM;
	wrong = ini_read(config.file, take, NULL);
	return wrong == -ENOENT ? 0 : wrong;
}
