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

#include "world.h"

#define FAULT_SLAB "failslab"
#define FAULT_PAGES "fail_page_alloc"

static const char *const fault_kinds[] = {
	FAULT_SLAB,
	FAULT_PAGES,
	"fail_usercopy",
};

static inline bool fault_possible(void)
{
	return !access("/proc/thread-self/fail-nth", W_OK) &&
	       !access("/sys/kernel/debug/failslab/require-start", W_OK);
}

/* Return: 0, or what to end with, when why was said */
static inline int fault_skip(void)
{
	int skip = world_possible();

	if (skip || fault_possible())
		return skip;
	puts("TAP version 13\n1..0 # SKIP needs a kernel with fault injection");
	return KSFT_SKIP;
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

static inline bool fault_limit(const char *kind, const char *what,
			       const struct fault_range *range)
{
	char file[32], value[32];
	bool ok;

	snprintf(file, sizeof(file), "%s-start", what);
	snprintf(value, sizeof(value), "0x%lx", range->start);
	ok = fault_write(kind, file, value);
	snprintf(file, sizeof(file), "%s-end", what);
	snprintf(value, sizeof(value), "0x%lx", range->end);
	return ok && fault_write(kind, file, value);
}

/*
 * Count what is asked for inside of one range and not inside of another, which
 * may be NULL. Of one kind at a time: how often a slab asks for pages depends
 * on what was before, and would shift what is counted.
 */
static inline bool fault_set_up(const char *wanted,
				const struct fault_range *in,
				const struct fault_range *out)
{
	static const struct fault_range nowhere = { 1, 2 };
	static const struct fault_range none = { 0, 0 };
	bool ok = true;
	unsigned int i;

	for (i = 0; i < sizeof(fault_kinds) / sizeof(fault_kinds[0]); i++) {
		const char *kind = fault_kinds[i];

		ok = ok &&
		     fault_limit(kind, "require",
				 strcmp(kind, wanted) ? &nowhere : in) &&
		     fault_limit(kind, "reject", out ? out : &none) &&
		     fault_write(kind, "ignore-gfp-wait", "N") &&
		     fault_write(kind, "ignore-gfp-highmem", "N") &&
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

/* All that the calling thread asks for from now on is to fail, or no longer. */
static inline bool fault_always(const char *kind, bool on)
{
	FILE *stream = fopen("/proc/thread-self/make-it-fail", "we");

	if (!stream)
		return false;
	fputs(on ? "1" : "0", stream);
	return !fclose(stream) &&
	       fault_write(kind, "task-filter", on ? "Y" : "N") &&
	       fault_write(kind, "times", "-1") &&
	       fault_write(kind, "probability", on ? "100" : "0");
}

#endif
