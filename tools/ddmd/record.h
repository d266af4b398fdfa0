/* SPDX-License-Identifier: GPL-2.0-only */
/* What a restarted ddmd has to know of the pppds that went on without it. */
#ifndef DDMD_RECORD_H
#define DDMD_RECORD_H

#include <stdint.h>
#include <sys/types.h>

/**
 * struct record - of a call
 * @pid: of pppd
 * @started: as process_started() says
 * @ifindex: network device, 0 if not known
 * @link: id in the module, 0 if not known
 * @epoch: of that module
 * @was_up: its call has been up, so somebody was told that it is
 * @name: of the interface that it was started for, "" if for none
 */
struct record {
	pid_t pid;
	uint64_t started;
	uint32_t ifindex;
	uint32_t link;
	uint64_t epoch;
	uint32_t was_up;
	char name[1025];
};

/* Failures are logged: ddmd works on, but the next one will not know. */
void record_save(const struct record *record);
void record_remove(pid_t pid);
void record_walk(void (*fn)(const struct record *record));

#endif
