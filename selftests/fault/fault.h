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

struct fault_range {
	unsigned long start;
	unsigned long end;
};

static inline bool fault_read(const char *path, const char *format,
			      unsigned long *value)
{
	FILE *stream = fopen(path, "re");
	bool ok = stream && fscanf(stream, format, value) == 1;

	if (stream)
		fclose(stream);
	return ok;
}

/* The code of the module */
static inline bool fault_module(struct fault_range *range)
{
	unsigned long size;

	if (!fault_read("/sys/module/ddm/sections/.text", "%lx",
			&range->start) ||
	    !fault_read("/sys/module/ddm/coresize", "%lu", &size))
		return false;
	range->end = range->start + size;
	return true;
}

/* A function of the kernel: up to the symbol that comes next */
static inline bool fault_function(const char *name, struct fault_range *range)
{
	FILE *stream = fopen("/proc/kallsyms", "re");
	char line[512], symbol[256];
	unsigned long address;
	int pass;

	*range = (struct fault_range){ 0, -1ul };
	for (pass = 0; stream && pass < 2; pass++) {
		rewind(stream);
		while (fgets(line, sizeof(line), stream)) {
			if (sscanf(line, "%lx %*c %255s", &address, symbol) !=
			    2)
				continue;
			if (!pass && !strcmp(symbol, name))
				range->start = address;
			if (pass && address > range->start &&
			    address < range->end)
				range->end = address;
		}
	}
	if (stream)
		fclose(stream);
	return range->start;
}

/* Count what is asked for inside of one range and not inside of another. */
static inline bool fault_set_up(const struct fault_range *in,
				const struct fault_range *out)
{
	char text[4][32];
	bool ok = true;
	unsigned int i;

	snprintf(text[0], sizeof(text[0]), "0x%lx", in->start);
	snprintf(text[1], sizeof(text[1]), "0x%lx", in->end);
	snprintf(text[2], sizeof(text[2]), "0x%lx", out ? out->start : 0);
	snprintf(text[3], sizeof(text[3]), "0x%lx", out ? out->end : 0);
	for (i = 0; i < sizeof(fault_kinds) / sizeof(fault_kinds[0]); i++) {
		const char *kind = fault_kinds[i];

		ok = ok && fault_write(kind, "require-start", text[0]) &&
		     fault_write(kind, "require-end", text[1]) &&
		     fault_write(kind, "reject-start", text[2]) &&
		     fault_write(kind, "reject-end", text[3]) &&
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
