// SPDX-License-Identifier: GPL-2.0-only
/* UTF-8 and wchar_t: valid text goes there and back, other text is refused. */
#include <wchar.h>

#include "fuzz.h"
#include "text.h"

static void try_utf8(const char *text)
{
	size_t room = strlen(text) + 1;
	ssize_t length = mpr_utf8_length(text);
	wchar_t *wide = mpr_wide_dup(text), *shown;
	char *back;

	PROMISE(!wide == (length < 0));
	if (wide) {
		PROMISE((ssize_t)wcslen(wide) == length);
		back = mpr_utf8_dup(wide);
		PROMISE(back && !strcmp(back, text));
		free(back);
		free(wide);
	}
	/* what is shown is valid, whatever it was, however small the room */
	for (; room; room /= 2) {
		shown = malloc(room * sizeof(*shown));
		PROMISE(shown);
		mpr_wide_show(shown, room, text);
		back = mpr_utf8_dup(shown);
		PROMISE(back);
		free(back);
		free(shown);
	}
}

static void try_wide(const wchar_t *wide, size_t limit)
{
	size_t size = MPR_UTF8_SIZE(limit);
	char *text = malloc(size);
	wchar_t *back;
	ssize_t length;

	PROMISE(text);
	length = mpr_utf8_from_wide(text, size, wide, limit);
	if (length >= 0) {
		PROMISE((size_t)length == strlen(text));
		PROMISE(wcslen(wide) <= limit);
		back = mpr_wide_dup(text);
		PROMISE(back && !wcscmp(back, wide));
		free(back);
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	size_t limit = take_byte(&input), units;
	wchar_t *wide;
	char *text;

	units = input.left / sizeof(*wide);
	wide = calloc(units + 1, sizeof(*wide));
	PROMISE(wide);
	memcpy(wide, input.at, units * sizeof(*wide));
	try_wide(wide, limit);
	free(wide);
	text = take_text(&input);
	try_utf8(text);
	free(text);
	return 0;
}
