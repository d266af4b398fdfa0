// SPDX-License-Identifier: LGPL-2.1-or-later
/* MprAdminGetErrorString: the library's texts, for callers of LocalFree. */
#include <stdlib.h>

#include <mprapi.h>

#include "error_text.h"
#include "text.h"

DWORD WINAPI MprAdminGetErrorString(DWORD dwError, LPWSTR *lpwsErrorString)
{
	const char *text;

	if (!lpwsErrorString)
		return ERROR_INVALID_PARAMETER;
	*lpwsErrorString = NULL;
	text = mpr_error_text(dwError);
	if (!text)
		return ERROR_MR_MID_NOT_FOUND;
	*lpwsErrorString = mpr_wide_dup(text);
	return *lpwsErrorString ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}
