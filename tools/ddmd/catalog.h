/* SPDX-License-Identifier: GPL-2.0-only */
/* Profiles on the disk and interfaces in the module: two lists made one. */
#ifndef DDMD_CATALOG_H
#define DDMD_CATALOG_H

#include <stdint.h>

struct line;

/* Read the profiles, anew: lines get theirs, or lose it. */
void catalog_read(void);
/* Read them and say what is wrong. Return: how much is */
int catalog_check(void);
/* Make interfaces of profiles and, where they are saved, the other way. */
void catalog_sync(void);
/* An interface came, changed or went. */
void catalog_changed(uint32_t id);
void catalog_removed(uint32_t id);
/* What it could not change, or drop, while it was connected, it can now. */
void catalog_ended(const struct line *line);

#endif
