/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts a process that the program need not know of. */
#ifndef WNET_SPAWN_H
#define WNET_SPAWN_H

/**
 * wnet_spawn - start a program
 * @program: its file
 * @argument: its only argument
 * @control: takes a socket (SOCK_SEQPACKET) to it; the program has the other
 *	end as WNET_HOST_FD, and no descriptor of ours beyond it
 * @pidfd: takes a descriptor of the process, or -1
 *
 * The process is no child of ours: the program gets no SIGCHLD, and its waits
 * do not find it.
 *
 * Context: any thread. Does not wait for the program to start.
 * Return: 0, or a negative errno. A program that cannot be executed is seen at
 * the socket: it is at its end at once.
 */
int wnet_spawn(const char *program, const char *argument, int *control,
	       int *pidfd);

#endif
