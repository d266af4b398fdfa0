/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel has to say while a test runs. */
#ifndef SELFTESTS_DDM_LOG_H
#define SELFTESTS_DDM_LOG_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* At its end; what comes later can be read. */
static inline int log_open(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0)
		lseek(fd, 0, SEEK_END);
	return fd;
}

static inline bool is_trouble(const char *line)
{
	static const char *const words[] = {
		"WARNING:",
		"BUG",
		"Oops",
		"Call Trace",
		"KASAN",
		"UBSAN",
		"general protection",
		"refcount_t",
		"list_add corr",
		"list_del corr",
		"Objects remaining",
		"leaked",
		"ODEBUG",
		"use-after-free",
		"still has objects",
		"possible circular",
		"sleeping function",
		"blocked for more than",
		"unregister_netdevice: waiting",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(line, words[i]))
			return true;
	return false;
}

/* The next line of trouble since log_open(), "" if there was none */
static inline const char *log_trouble(int fd)
{
	static char line[8192];
	ssize_t n;

	for (;;) {
		n = read(fd, line, sizeof(line) - 1);
		if (n < 0 && errno == EPIPE)
			continue; /* overtaken; goes on with what there is */
		if (n <= 0)
			return "";
		line[n] = '\0';
		if (is_trouble(line))
			return line;
	}
}

#endif
