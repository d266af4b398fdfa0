/* SPDX-License-Identifier: GPL-2.0-only */
/* What the targets share: input taken apart, and files that hold it. */
#ifndef FUZZ_H
#define FUZZ_H

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* A promise that was broken ends the run, as a sanitizer's report does. */
#define PROMISE(condition)                                               \
	do {                                                             \
		if (!(condition)) {                                      \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, \
				__LINE__, #condition);                   \
			abort();                                         \
		}                                                        \
	} while (0)

struct input {
	const uint8_t *at;
	size_t left;
};

static inline uint8_t take_byte(struct input *input)
{
	if (!input->left)
		return 0;
	input->left--;
	return *input->at++;
}

static inline size_t take_bytes(struct input *input, void *to, size_t size)
{
	if (size > input->left)
		size = input->left;
	if (size)
		memcpy(to, input->at, size);
	input->at += size;
	input->left -= size;
	return size;
}

static inline uint64_t take_number(struct input *input, size_t bytes)
{
	uint64_t number = 0;

	take_bytes(input, &number, bytes);
	return number;
}

/* Up to a NUL or the end; in memory of just that size, for free(). */
static inline char *take_text(struct input *input)
{
	size_t length = strnlen((const char *)input->at, input->left);
	char *text = malloc(length + 1);

	PROMISE(text);
	take_bytes(input, text, length);
	take_byte(input);
	text[length] = '\0';
	return text;
}

static inline void make_folder(const char *path)
{
	mkdir(path, 0700);
	PROMISE(!access(path, W_OK));
}

/* A folder of this process's own, in memory; removed by nobody but the run. */
static inline const char *work_folder(void)
{
	static char path[256];

	if (!path[0]) {
		snprintf(path, sizeof(path), "%s/%d",
			 getenv("FUZZ_WORK") ?: "/dev/shm", (int)getpid());
		make_folder(path);
	}
	return path;
}

static inline void write_input(const char *path, const void *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	PROMISE(fd >= 0);
	PROMISE(write(fd, data, size) == (ssize_t)size);
	close(fd);
}

#endif
