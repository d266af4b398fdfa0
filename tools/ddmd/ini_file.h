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
#include <stdint.h>
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
 * Return: 0, a negative errno, also if what follows could not be read, or the
 * number of lines that are wrong (each was logged and left out)
 */
int ini_read(const char *path, ini_fn *fn, void *data);

/**
 * ini_time - read a time of at most a day, such as 500ms, 30s, 5min, 2h, 1d
 * @place: receives it, in milliseconds divided by @divisor
 * @value: without a unit it is seconds
 *
 * Return: NULL, or what is wrong with it
 */
const char *ini_time(uint32_t *place, const char *value, uint32_t divisor);

/* Write "key = value" so that ini_read() reads the same. */
void ini_write(FILE *file, const char *key, const char *value);

#endif
