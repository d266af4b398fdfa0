/* SPDX-License-Identifier: GPL-2.0-only */
/* Module parameters: they count for what is made after they were set. */
#ifndef SELFTESTS_DDM_PARAMETER_H
#define SELFTESTS_DDM_PARAMETER_H

#include <stdio.h>

static inline FILE *parameter_open(const char *name, const char *mode)
{
	char path[128];

	snprintf(path, sizeof(path), "/sys/module/ddm/parameters/%s", name);
	return fopen(path, mode);
}

/* 0 if it cannot be read; no parameter may be 0 */
static inline unsigned int parameter_get(const char *name)
{
	FILE *file = parameter_open(name, "re");
	unsigned int value = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%u", &value) != 1)
		value = 0;
	fclose(file);
	return value;
}

/* Returns the old value, 0 on failure. */
static inline unsigned int parameter_set(const char *name, unsigned int value)
{
	unsigned int old = parameter_get(name);
	FILE *file = parameter_open(name, "we");

	if (!file)
		return 0;
	fprintf(file, "%u\n", value);
	return fclose(file) ? 0 : old;
}

#endif
