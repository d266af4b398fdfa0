// SPDX-License-Identifier: GPL-2.0-only
/* Names and credentials that callers of libmpr pass. */
#include <wchar.h>

#include "fuzz.h"
#include "names.h"

#define LIMIT 15

static void try_one(const void *text, enum wnet_width width)
{
	wchar_t *copy;

	if (!wnet_copy(&copy, text, width, LIMIT, 1)) {
		PROMISE(wcslen(copy) <= LIMIT);
		wnet_wipe(copy);
	}
	if (!wnet_copy_name(&copy, text, width, 1))
		wnet_wipe(copy);
	if (!wnet_copy_device(&copy, text, width)) {
		PROMISE(!copy || wnet_same_name(copy, copy));
		wnet_wipe(copy);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	size_t units = size / sizeof(wchar_t);
	wchar_t *wide = calloc(units + 1, sizeof(*wide));
	char *text;

	PROMISE(wide);
	memcpy(wide, data, units * sizeof(*wide));
	try_one(wide, WNET_WIDE);
	free(wide);
	text = take_text(&input);
	try_one(text, WNET_UTF8);
	free(text);
	return 0;
}
