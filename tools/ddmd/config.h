/* SPDX-License-Identifier: GPL-2.0-only */
/* What ddmd itself is told: ddmd.conf and the command line. */
#ifndef DDMD_CONFIG_H
#define DDMD_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "words.h"

#define CONFIG_LISTS_MAX 8

/**
 * struct config_list - administration DLLs that share a host process
 * @name: of the section
 * @dlls: paths, in the order in which they are asked
 * @limit: milliseconds that a callout may take
 * @memory: MiB that their process may take, 0 for no limit
 * @let_in: what a verdict that does not come in time means
 */
struct config_list {
	char *name;
	struct words dlls;
	uint32_t limit;
	uint32_t memory;
	uint32_t let_in;
};

/**
 * struct config - all of it
 * @file: ddmd.conf
 * @profiles: folder of the profiles
 * @socket: where pppd's plugin finds us
 * @run: folder of what a restarted ddmd needs to know
 * @pppd: the program
 * @plugin: ours, for pppd; NULL for none, "auto" if it is there
 * @pppoe_plugin: pppd's own
 * @pppd_output: pppd's messages go to our standard error, too
 * @hang_up: end all calls when ddmd ends
 * @save: keep interfaces that programs make as profiles
 * @grace: milliseconds from SIGTERM to SIGKILL
 * @calls_at_once: how many calls are dialled at a time, 0 for any number
 * @turn: milliseconds after which one that is not connected counts no more
 * @host: program that runs administration DLLs
 * @lists: lists of them
 * @list_count: how many
 */
struct config {
	const char *file;
	const char *profiles;
	const char *socket;
	const char *run;
	char *pppd;
	char *plugin;
	char *pppoe_plugin;
	uint32_t pppd_output;
	uint32_t hang_up;
	uint32_t save;
	uint32_t grace;
	uint32_t calls_at_once;
	uint32_t turn;
	char *host;
	struct config_list lists[CONFIG_LISTS_MAX];
	unsigned int list_count;
};

/* The one there is, for everybody to read. */
extern struct config config;

/**
 * config_read - read @config.file
 *
 * A file that is not there, and was not the last time, counts as empty.
 * Return: 0, a negative errno, with all as it was, or the number of lines that
 * were wrong and left out.
 */
int config_read(void);

#endif
