/* SPDX-License-Identifier: GPL-2.0-only */
/* What a restarted ddmd has to know of the programs that went on without it. */
#ifndef DDMD_RECORD_H
#define DDMD_RECORD_H

#include <stdint.h>
#include <sys/types.h>

enum record_kind {
	RECORD_PPPD,
	RECORD_SCRIPT, /* one that connects */
};

/**
 * struct record - of a program
 * @pid: of it
 * @started: as process_started() says
 * @ifindex: network device, 0 if not known
 * @link: id in the module, 0 if not known
 * @epoch: of that module
 * @was_up: it has been connected, so somebody was told that it is
 * @kind: enum record_kind
 * @name: of the interface that it was started for, "" if for none
 */
struct record {
	pid_t pid;
	uint64_t started;
	uint32_t ifindex;
	uint32_t link;
	uint64_t epoch;
	uint32_t was_up;
	uint32_t kind;
	char name[1025];
};

/* Failures are logged: ddmd works on, but the next one will not know. */
void record_save(const struct record *record);
void record_remove(pid_t pid);
/* Those of one kind; a file that makes no sense is removed. */
void record_walk(enum record_kind kind,
		 void (*fn)(const struct record *record));

#endif
