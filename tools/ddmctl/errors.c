// SPDX-License-Identifier: GPL-2.0-only
/*
 * Error codes of events and interfaces, in words. Apart from the rest, for the
 * Windows headers define more than is wanted there.
 */
#include <error_text.h>

#include "ddmctl.h"

const char *error_text(uint32_t code)
{
	const char *text = mpr_error_text(code);

	return text ? text : "unknown error";
}
