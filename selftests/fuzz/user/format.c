// SPDX-License-Identifier: GPL-2.0-only
/* FormatMessage, with arguments that are texts of either width. */
#include <windows.h>

#include "fuzz.h"
#include "text.h"

/* Ends for whoever reads bytes, and for whoever reads wide characters. */
static const wchar_t argument[] = L"abc\x20ac";
#define TEXT_AND_WIDE ((uintptr_t)argument)

static void try_wide(DWORD flags, const char *text, uintptr_t *arguments,
		     DWORD size)
{
	wchar_t *definition = mpr_wide_dup(text), *out = NULL;
	wchar_t buffer[64];
	DWORD length;

	if (!definition)
		return;
	if (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER)
		length = FormatMessageW(flags, definition, 0, 0, (LPWSTR)&out,
					size, (va_list *)arguments);
	else
		length = FormatMessageW(flags, definition, 0, 0, buffer,
					size < 64 ? size : 64,
					(va_list *)arguments);
	PROMISE(!length || wcslen(out ? out : buffer) == length);
	LocalFree(out);
	free(definition);
}

static void try_bytes(DWORD flags, const char *text, uintptr_t *arguments,
		      DWORD size)
{
	char buffer[64], *out = NULL;
	DWORD length;

	if (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER)
		length = FormatMessageA(flags, text, 0, 0, (LPSTR)&out, size,
					(va_list *)arguments);
	else
		length = FormatMessageA(flags, text, 0, 0, buffer,
					size < 64 ? size : 64,
					(va_list *)arguments);
	PROMISE(!length || strlen(out ? out : buffer) == length);
	LocalFree(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	DWORD flags = FORMAT_MESSAGE_FROM_STRING |
		      FORMAT_MESSAGE_ARGUMENT_ARRAY;
	uint8_t how = take_byte(&input);
	uintptr_t arguments[128];
	char *text;
	size_t i;

	for (i = 0; i < 128; i++)
		arguments[i] = TEXT_AND_WIDE;
	if (how & 1)
		flags |= FORMAT_MESSAGE_ALLOCATE_BUFFER;
	if (how & 2)
		flags |= FORMAT_MESSAGE_IGNORE_INSERTS;
	if (how & 4)
		flags |= FORMAT_MESSAGE_MAX_WIDTH_MASK;
	text = take_text(&input);
	try_bytes(flags, text, arguments, how >> 3);
	try_wide(flags, text, arguments, how >> 3);
	free(text);
	return 0;
}
