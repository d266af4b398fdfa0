// SPDX-License-Identifier: LGPL-2.1-or-later
/* Memory that callers give back with LocalFree, whichever call made it. */
#include <stdlib.h>
#include <windows.h>

HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes)
{
	void *memory;

	if (uFlags & ~LPTR) {
		SetLastError(ERROR_INVALID_PARAMETER);
		return NULL;
	}
	if (!uBytes)
		uBytes = 1;
	memory = uFlags & LMEM_ZEROINIT ? calloc(1, uBytes) : malloc(uBytes);
	if (!memory)
		SetLastError(ERROR_NOT_ENOUGH_MEMORY);
	return memory;
}

HLOCAL WINAPI LocalFree(HLOCAL hMem)
{
	free(hMem);
	return NULL;
}
