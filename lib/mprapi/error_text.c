// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Turns error codes into sentences, for MprAdminGetErrorString and
 * FormatMessage alike. The sentences are in errors.def.
 */
#include "error_text.h"

#include <stdlib.h>

#include <mprerror.h>
#include <raserror.h>

struct error_text {
	DWORD code;
	const char *text;
};

#define MPR_ERROR(code, text) { code, text },
static const struct error_text texts[] = {
#include "errors.def"
};
#undef MPR_ERROR

static int compare(const void *key, const void *element)
{
	const struct error_text *a = key, *b = element;

	return (a->code > b->code) - (a->code < b->code);
}

const char *mpr_error_text(DWORD code)
{
	const struct error_text key = { .code = code };
	const struct error_text *found;

	found = bsearch(&key, texts, sizeof(texts) / sizeof(texts[0]),
			sizeof(texts[0]), compare);
	return found ? found->text : NULL;
}
