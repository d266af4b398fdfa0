// SPDX-License-Identifier: GPL-2.0-only
/* Command lines and dial-out hours: what is checked can be used. */
#include <time.h>

#include "fuzz.h"
#include "../../../tools/ddmd/hours.h"
#include "../../../tools/ddmd/words.h"

static void try_words(const char *text)
{
	struct words words = { 0 };
	size_t i;

	words_split(&words, text);
	PROMISE(!words.failed);
	PROMISE(!words.count || !words.word[words.count]);
	for (i = 0; i < words.count; i++)
		PROMISE(strlen(words.word[i]) <= strlen(text));
	if (words_check(text) == NULL && text[strspn(text, " \t\n")])
		PROMISE(words.count);
	words_free(&words);
}

/* A line that is right allows some minute of the week, one that is not none. */
static void try_hours(const char *text)
{
	bool wrong = hours_check(text);
	struct tm when = { 0 };
	unsigned int minute, allowed = 0;

	if (!*text || strchr(text, '\n'))
		return;
	for (minute = 0; minute < 7 * 1440; minute += wrong ? 1009 : 1) {
		when.tm_wday = (int)(minute / 1440);
		when.tm_hour = (int)(minute % 1440 / 60);
		when.tm_min = (int)(minute % 60);
		allowed += hours_allow(text, &when);
		if (allowed)
			break;
	}
	PROMISE(!allowed == wrong);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	char *text = take_text(&input);

	try_words(text);
	try_hours(text);
	free(text);
	return 0;
}
