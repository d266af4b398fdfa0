/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of ddmctl share. */
#ifndef DDMCTL_H
#define DDMCTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ddm.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Exit statuses. */
enum {
	STATUS_OK = 0,
	STATUS_REFUSED = 1, /* by the manager, or the system */
	STATUS_USAGE = 2,
};

/* Options, as a command lists those that go with it. */
enum {
	OPTION_HELP = 0x1,
	OPTION_VERSION = 0x2,
	OPTION_NETNS = 0x4,
	OPTION_COLOR = 0x8,
	OPTION_JSON = 0x10,
	OPTION_DETAILS = 0x20,
	OPTION_COLUMNS = 0x40,
	OPTION_NO_HEADINGS = 0x80,
	OPTION_TIMEOUT = 0x100,
	OPTION_NO_WAIT = 0x200,
	OPTION_SINCE = 0x400,
	OPTION_INTERFACE = 0x800,
	OPTION_EVENTS = 0x1000,
	OPTION_COUNT = 0x2000,
	OPTION_RECEIVE_BUFFER = 0x4000,
};

#define OPTIONS_ALWAYS \
	(OPTION_HELP | OPTION_VERSION | OPTION_NETNS | OPTION_COLOR)
#define OPTIONS_SHOW \
	(OPTION_JSON | OPTION_DETAILS | OPTION_COLUMNS | OPTION_NO_HEADINGS)
#define OPTIONS_EVENT \
	(OPTIONS_SHOW | OPTION_SINCE | OPTION_INTERFACE | OPTION_EVENTS)

/* One run of the program. */
struct control {
	unsigned int options; /* those that were given */
	const char *netns;
	bool color;
	const char *columns;
	uint32_t timeout; /* milliseconds */
	uint64_t since;
	const char *interface;
	uint32_t mask;
	uint64_t count;
	int receive_buffer;

	const struct object *object;
	const struct command *command;
	char **words; /* what is left of the command line */
	int words_left;

	struct ddm *ddm;
};

struct command {
	const char *name;
	const char *alias; /* another name, found but not listed */
	const char *arguments;
	const char *summary;
	unsigned int options;
	int (*run)(struct control *control);
};

/* Its first command is run where none is named. */
struct object {
	const char *name;
	const char *summary;
	const struct command *commands;
	bool alone; /* has no commands, its first one takes all words */
};

extern const struct command service_commands[];
extern const struct command interface_commands[];
extern const struct command connection_commands[];
extern const struct command connections_commands[];
extern const struct command link_commands[];
extern const struct command rule_commands[];
extern const struct command event_commands[];
extern const struct command monitor_commands[];

/* words.c: reading the command line */
int usage_error(const struct control *control, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
const char *next_word(struct control *control);
int no_more_words(struct control *control);
int need_word(struct control *control, const char *what, const char **word);
int read_number(const struct control *control, const char *what,
		const char *text, uint64_t max, uint64_t *number);
int read_seconds(const struct control *control, const char *text,
		 uint32_t *milliseconds);
int read_name(const struct control *control, const char *what, const char *text,
	      const char *(*name)(uint32_t), uint32_t first, uint32_t *value);
int read_events(const struct control *control, const char *text,
		uint32_t *mask);

/* A word such as "device wg0": found in a table, by beginning or whole. */
struct keyword {
	const char *name;
	uint32_t bit;
};

int read_keyword(struct control *control, const struct keyword *keywords,
		 uint32_t *seen, const struct keyword **found);

/* manager.c: talking to the manager */
int open_manager(struct control *control);
int not_loaded(void);
int refused(struct control *control, int err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* An interface as it is named on the command line. */
struct interface_name {
	const char *name;
	uint32_t id; /* where it is named by id, and after find_interface() */
};

int read_interface(struct control *control, struct interface_name *name);
int find_interface(struct control *control, struct interface_name *name,
		   const struct ddm_interface **interface);
const char *interface_text(const struct interface_name *name);

/* netns.c */
int enter_netns(const char *name);

/* errors.c */
const char *error_text(uint32_t code);

#endif
