/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the notifyees and providers of the tests share. What one is to do
 * stands in the name that the test passes: "\\one\share;a=refuse1223;one=5".
 * What it was asked goes into one file for all of them, a line each, so that
 * the order of calls can be read whatever process they were made in.
 */
#ifndef SELFTESTS_MPR_PLUGIN_H
#define SELFTESTS_MPR_PLUGIN_H

#include <fcntl.h>
#include <npapi.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

/* A line is written at once: those of several processes do not mix. */
static inline void __attribute__((format(printf, 1, 2)))
record(const char *format, ...)
{
	const char *path = getenv("MPR_TEST_LOG");
	char line[2048];
	va_list arguments;
	int fd, size;

	va_start(arguments, format);
	size = vsnprintf(line, sizeof(line) - 1, format, arguments);
	va_end(arguments);
	line[size++] = '\n';
	fd = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
			 0600) :
		    -1;
	if (fd < 0 || write(fd, line, (size_t)size) != size)
		abort();
	close(fd);
}

/* The name without what is to be done. In rotating buffers. */
static inline const char *plain(const wchar_t *text)
{
	static __thread char buffers[8][512];
	static __thread unsigned int next;
	char *buffer = buffers[next++ % 8];
	size_t i;

	if (!text)
		return "-";
	for (i = 0; text[i] && text[i] != L';' && i < 511; i++)
		buffer[i] = text[i] < 0x80 ? (char)text[i] : '?';
	buffer[i] = '\0';
	return buffer;
}

/**
 * action - what @who is to do
 * @what: of that kind, "" for any
 * @number: takes the number behind it; may be NULL
 */
static inline bool action(const wchar_t *name, const char *who,
			  const char *what, unsigned long *number)
{
	wchar_t key[64];
	const wchar_t *at;

	swprintf(key, 64, L";%s=%s", who, what);
	at = name ? wcsstr(name, key) : NULL;
	if (!at)
		return false;
	if (number)
		*number = wcstoul(at + wcslen(key), NULL, 10);
	return true;
}

static inline DWORD connect_again(const wchar_t *name)
{
	NETRESOURCEW resource = { .dwType = RESOURCETYPE_DISK,
				  .lpRemoteName = (LPWSTR)name };

	return WNetAddConnection2W(&resource, NULL, NULL, 0);
}

#endif
