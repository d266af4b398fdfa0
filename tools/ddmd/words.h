/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of words, as program arguments are made of. */
#ifndef DDMD_WORDS_H
#define DDMD_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct words - a list that ends with NULL, as execve() takes it
 * @word: NULL, or @count words and NULL
 * @count: how many
 * @failed: memory ran out on the way, the list is not complete
 */
struct words {
	char **word;
	size_t count;
	bool failed;
};

void words_add(struct words *words, const char *word);
void words_add_format(struct words *words, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * words_split - add the words of a text
 *
 * They are parted by blanks and line feeds; quotes of either kind hold blanks
 * together, and a backslash takes away the meaning of the next character.
 * Nothing else is special: no shell is ever asked.
 */
void words_split(struct words *words, const char *text);
/* NULL, or why a text cannot be split. */
const char *words_check(const char *text);
void words_free(struct words *words);

#endif
