/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * INI files as systemd writes them: sections, key = value, a line that ends
 * with a backslash goes on in the next one, which begins with a blank. Values
 * may be in double quotes, where \n \t \r are what they are in C, \s is a blank,
 * and a backslash before any other character is that one. No comments behind
 * values.
 */
#ifndef DDMD_INI_FILE_H
#define DDMD_INI_FILE_H

#include <stddef.h>
#include <stdio.h>

/* Longest value, continuation lines and all */
#define INI_VALUE_MAX 16384

/**
 * ini_fn - takes a value
 *
 * Return: NULL, or what is wrong with it, to be logged with file and line.
 */
typedef const char *ini_fn(const char *section, const char *key,
			   const char *value, void *data);

/**
 * ini_read - read a file
 * @path: for messages
 *
 * Return: 0, a negative errno, or the number of lines that are wrong (each was
 * logged and left out)
 */
int ini_read(const char *path, ini_fn *fn, void *data);

/* Write "key = value" so that ini_read() reads the same. */
void ini_write(FILE *file, const char *key, const char *value);

#endif
