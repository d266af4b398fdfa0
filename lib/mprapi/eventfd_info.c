// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The kernel has no call that tells an eventfd from another anonymous file,
 * but names it in /proc/self/fd and describes it in /proc/self/fdinfo.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "eventfd_info.h"

/* The number behind @key in the descriptor's fdinfo, -1 if it is not there. */
static long read_info(int fd, const char *key)
{
	char path[64], text[512];
	const char *at;
	ssize_t size;
	int info;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	info = open(path, O_RDONLY | O_CLOEXEC);
	if (info < 0)
		return -1;
	size = read(info, text, sizeof(text) - 1);
	close(info);
	if (size < 0)
		return -1;
	text[size] = '\0';
	at = strstr(text, key);
	return at ? strtol(at + strlen(key), NULL, 10) : -1;
}

static bool is_eventfd(int fd)
{
	static const char name[] = "anon_inode:[eventfd]";
	char path[64], target[sizeof(name)];
	ssize_t size;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	size = readlink(path, target, sizeof(target));
	return size == sizeof(name) - 1 && !memcmp(target, name, (size_t)size);
}

static uint64_t take(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	uint64_t count;

	if (poll(&poll_fd, 1, 0) != 1 ||
	    read(fd, &count, sizeof(count)) != sizeof(count))
		return 0;
	return count;
}

static void put(int fd, uint64_t count)
{
	if (count && write(fd, &count, sizeof(count)) < 0)
		return; /* full: it stays readable, which is all that counts */
}

/*
 * Kernels before 6.5 do not say in fdinfo whether an eventfd counts down, so
 * see what reading a 2 gives, and put back what was there.
 */
static bool reads_one_by_one(int fd)
{
	uint64_t before = take(fd), probe, rest;

	if (before > 1) {
		put(fd, before);
		return false;
	}
	put(fd, 2);
	probe = take(fd);
	rest = probe == 1 ? take(fd) : 0;
	put(fd, before + (probe - (probe < 2 ? probe : 2)));
	return rest == 1;
}

bool mpr_is_plain_eventfd(int fd)
{
	long semaphore;

	if (!is_eventfd(fd))
		return false;
	semaphore = read_info(fd, "eventfd-semaphore:");
	return semaphore < 0 ? !reads_one_by_one(fd) : !semaphore;
}

bool mpr_is_same_eventfd(int a, int b)
{
	long id = read_info(a, "eventfd-id:");

	return id >= 0 && id == read_info(b, "eventfd-id:");
}
