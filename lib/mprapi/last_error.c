// SPDX-License-Identifier: LGPL-2.1-or-later
/* The calling thread's last error: the Win32 base calls return only a flag. */
#include <windows.h>

static __thread DWORD last_error;

DWORD WINAPI GetLastError(VOID)
{
	return last_error;
}

VOID WINAPI SetLastError(DWORD dwErrCode)
{
	last_error = dwErrCode;
}
