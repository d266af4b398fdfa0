/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Allocations that fail to order: the Nth one that the module makes in the
 * calling thread. Needs a kernel with fault injection, as the debug kernel is.
 */
#ifndef SELFTESTS_FAULT_FAULT_H
#define SELFTESTS_FAULT_FAULT_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const fault_kinds[] = {
	"failslab",
	"fail_page_alloc",
	"fail_usercopy",
};

static inline bool fault_possible(void)
{
	return !access("/proc/thread-self/fail-nth", W_OK) &&
	       !access("/sys/kernel/debug/failslab/require-start", W_OK);
}

static inline bool fault_write(const char *kind, const char *file,
			       const char *value)
{
	char path[128];
	FILE *stream;

	snprintf(path, sizeof(path), "/sys/kernel/debug/%s/%s", kind, file);
	stream = fopen(path, "we");
	if (!stream)
		return access(path, F_OK) != 0; /* not every kind has it */
	fputs(value, stream);
	return !fclose(stream);
}

/* Where the module's code begins, and where that of the kernel does not yet */
static inline bool fault_module(char start[32], char end[32])
{
	FILE *stream = fopen("/sys/module/ddm/sections/.text", "re");
	unsigned long address = 0, size = 0;

	if (!stream || fscanf(stream, "%lx", &address) != 1)
		address = 0;
	if (stream)
		fclose(stream);
	stream = fopen("/sys/module/ddm/coresize", "re");
	if (!stream || fscanf(stream, "%lu", &size) != 1)
		size = 0;
	if (stream)
		fclose(stream);
	snprintf(start, 32, "0x%lx", address);
	snprintf(end, 32, "0x%lx", address + size);
	return address && size;
}

/* Count what any code asks for, or with @ours only what the module does. */
static inline bool fault_set_up(bool ours)
{
	char start[32] = "0", end[32] = "0xffffffffffffffff";
	bool ok = !ours || fault_module(start, end);
	unsigned int i;

	for (i = 0; i < sizeof(fault_kinds) / sizeof(fault_kinds[0]); i++) {
		const char *kind = fault_kinds[i];

		ok = ok && fault_write(kind, "require-start", start) &&
		     fault_write(kind, "require-end", end) &&
		     fault_write(kind, "ignore-gfp-wait", "N") &&
		     fault_write(kind, "min-order", "0") &&
		     /* a trace of each would look like trouble */
		     fault_write(kind, "verbose", "0");
	}
	return ok;
}

/* The @nth from now on is to fail; 0 for none */
static inline bool fault_arm(unsigned int nth)
{
	char text[16];
	int fd = open("/proc/thread-self/fail-nth", O_WRONLY | O_CLOEXEC);
	int n = snprintf(text, sizeof(text), "%u", nth);
	bool ok = fd >= 0 && write(fd, text, (size_t)n) == n;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Ends it. Returns whether something was made to fail. */
static inline bool fault_disarm(void)
{
	char text[16] = "";
	int fd = open("/proc/thread-self/fail-nth", O_RDONLY | O_CLOEXEC);
	bool hit = fd >= 0 && read(fd, text, sizeof(text) - 1) > 0 &&
		   text[0] == '0';

	if (fd >= 0)
		close(fd);
	fault_arm(0);
	return hit;
}

#endif
