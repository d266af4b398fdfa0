/* SPDX-License-Identifier: GPL-2.0-only */
/* Starting, ending and waiting for the process of one host. */
#ifndef DDMD_HOST_PROCESS_H
#define DDMD_HOST_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/**
 * struct host_process - a process
 * @pid: 0 if there is none
 * @pidfd: readable when it has ended; -1 if there is none
 * @fd: our end of the socket pair; -1 if there is none
 */
struct host_process {
	pid_t pid;
	int pidfd;
	int fd;
};

#define HOST_PROCESS_NONE                       \
	{                                       \
		.pid = 0, .pidfd = -1, .fd = -1 \
	}

/**
 * host_process_start - start ddm-admin-host
 * @grace: milliseconds that it may go on without us
 * @memory: MiB that it may take, 0 for no limit
 * @dlls: NULL at the end
 *
 * Return: 0 or a negative errno
 */
int host_process_start(struct host_process *process, const char *program,
		       uint32_t grace, uint32_t memory, char *const *dlls);

/* host_process_hang_up - close the socket: it ends by itself */
void host_process_hang_up(struct host_process *process);

bool host_process_has_ended(const struct host_process *process);

/**
 * host_process_reap - after it has ended, or to kill it
 *
 * Return: number of the signal that killed it, or minus its exit status
 */
int host_process_reap(struct host_process *process, int kill);

#endif
