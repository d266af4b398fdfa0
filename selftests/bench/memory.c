// SPDX-License-Identifier: GPL-2.0-only
/* What the module's objects take of the kernel's memory. */
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/eventfd.h>
#include <sys/resource.h>

#include "bench.h"

#define INTERFACES 64000
#define LISTENERS 1000
#define NAMESPACES 100

/* A number of a file like /proc/meminfo. */
static double number_in(const char *path, const char *name)
{
	FILE *file = fopen(path, "re");
	char word[64];
	double value;

	check(file, path);
	while (fscanf(file, "%63s %lf%*[^\n]", word, &value) == 2)
		if (!strcmp(word, name)) {
			fclose(file);
			return value;
		}
	check(false, name);
	return 0;
}

static double free_memory(void)
{
	setting("/proc/sys/vm/drop_caches", "3");
	settle(1000);
	return number_in("/proc/vmstat", "nr_free_pages") * 4096;
}

/* All objects of all caches; exact where pages are not */
static double slab_memory(void)
{
	FILE *file = fopen("/proc/slabinfo", "re");
	double sum = 0, objects, size;
	char line[512];

	settle(1000);
	check(file, "/proc/slabinfo");
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%*s %lf %*f %lf", &objects, &size) == 2)
			sum += objects * size;
	fclose(file);
	return sum;
}

static double of_listener(struct ddm *ddm)
{
	int fds[LISTENERS], i;
	double before;

	for (i = 0; i < LISTENERS; i++)
		fds[i] = eventfd(0, EFD_CLOEXEC);
	before = slab_memory();
	for (i = 0; i < LISTENERS; i++)
		done(ddm,
		     ddm_listener_register(ddm, fds[i],
					   DDM_EVENT_MASK_CONNECTION,
					   DDM_ANY_INTERFACE),
		     "a listener");
	return (slab_memory() - before) / LISTENERS;
}

static double of_load(void)
{
	double before;

	module_unload();
	before = slab_memory();
	module_load("");
	return slab_memory() - before;
}

/* The module looks after all namespaces that it finds */
static double of_namespaces(void)
{
	double few = of_load();
	int i;

	for (i = 0; i < NAMESPACES; i++) {
		check(!unshare(CLONE_NEWNET), "a network namespace");
		check(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC) >= 0,
		      "a network namespace");
	}
	return (of_load() - few) / NAMESPACES;
}

void memory_figures(void)
{
	const struct rlimit descriptors = { 4096, 4096 };
	double before, interface, event, listener, net;
	const struct ddm_service *service;
	struct ddm *ddm;

	check(!setrlimit(RLIMIT_NOFILE, &descriptors), "descriptors");
	net = of_namespaces();
	ddm = manager();
	listener = of_listener(ddm);

	before = free_memory();
	interfaces_new(ddm, "line", INTERFACES);
	interface = (before - free_memory()) / INTERFACES;

	/* the journal grows with the next interface */
	before = number_in("/proc/meminfo", "VmallocUsed:");
	setting("/sys/module/ddm/parameters/journal_size", "1048576");
	interfaces_new(ddm, "more", 1);
	settle(1000);
	done(ddm, ddm_service_get(ddm, &service), "service");
	event = 1024 * (number_in("/proc/meminfo", "VmallocUsed:") - before) /
		(service->journal_size + 1);

	report("memory-interface", "bytes", round(interface), NONE, 512);
	report("memory-listener", "bytes", round(listener), NONE, 128);
	report("memory-event", "bytes", round(event), NONE, 64);
	report("memory-namespace", "bytes", round(net), NONE, 4096);
}
