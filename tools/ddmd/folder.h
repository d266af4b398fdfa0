/* SPDX-License-Identifier: GPL-2.0-only */
/* Folders that nobody has made yet, and that one ddmd has to itself. */
#ifndef DDMD_FOLDER_H
#define DDMD_FOLDER_H

#include <sys/types.h>

/* Make it and all above it. Return: 0, also if it is there, or an errno < 0 */
int folder_make(const char *path, mode_t mode);
/* The same of the one that a file is to be in. */
int folder_make_for(const char *path, mode_t mode);

/**
 * folder_lock - keep another ddmd out, for as long as this process lives
 *
 * Return: 0, -EWOULDBLOCK: another one has it, or another negative errno
 */
int folder_lock(const char *path);

#endif
