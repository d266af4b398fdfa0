// SPDX-License-Identifier: GPL-2.0-only
/* Operators write command lines; we start programs without a shell. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

static void add_owned(struct words *words, char *word)
{
	char **list;

	list = word ? realloc(words->word,
			      (words->count + 2) * sizeof(*words->word)) :
		      NULL;
	if (!list) {
		free(word);
		words->failed = true;
		return;
	}
	list[words->count++] = word;
	list[words->count] = NULL;
	words->word = list;
}

void words_add(struct words *words, const char *word)
{
	add_owned(words, strdup(word));
}

void words_add_format(struct words *words, const char *format, ...)
{
	va_list args;
	char *word;

	va_start(args, format);
	if (vasprintf(&word, format, args) < 0)
		word = NULL;
	va_end(args);
	add_owned(words, word);
}

/* Copy the word at *@at, which goes behind it. Return: NULL or what is wrong */
static const char *take_word(const char **at, char *word)
{
	char quote = '\0';

	for (; **at && (quote || !strchr(" \t\n", **at)); (*at)++) {
		if (**at == '\\' && (*at)[1])
			*word++ = *++*at;
		else if (**at == quote)
			quote = '\0';
		else if (!quote && (**at == '"' || **at == '\''))
			quote = **at;
		else
			*word++ = **at;
	}
	*word = '\0';
	return quote ? "a quote is not closed" : NULL;
}

static const char *split(struct words *words, const char *text)
{
	char *word = malloc(strlen(text) + 1);
	const char *wrong = NULL;

	if (!word) {
		if (words)
			words->failed = true;
		return "out of memory";
	}
	for (;;) {
		text += strspn(text, " \t\n");
		if (!*text || wrong)
			break;
		wrong = take_word(&text, word);
		if (words && !wrong)
			words_add(words, word);
	}
	free(word);
	return wrong;
}

void words_split(struct words *words, const char *text)
{
	split(words, text);
}

const char *words_check(const char *text)
{
	return split(NULL, text);
}

void words_free(struct words *words)
{
	size_t i;

	for (i = 0; i < words->count; i++)
		free(words->word[i]);
	free(words->word);
	*words = (struct words){ 0 };
}
