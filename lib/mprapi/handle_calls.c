// SPDX-License-Identifier: LGPL-2.1-or-later
/* The Win32 calls on handles as such: close, duplicate, this process. */
#include <unistd.h>

#include "event.h"
#include "fork.h"

static BOOL fail(DWORD error)
{
	SetLastError(error);
	return FALSE;
}

HANDLE WINAPI GetCurrentProcess(VOID)
{
	return (HANDLE)(intptr_t)-1;
}

DWORD WINAPI GetCurrentProcessId(VOID)
{
	return (DWORD)getpid();
}

BOOL WINAPI CloseHandle(HANDLE hObject)
{
	struct mpr_object *object;

	if (hObject == GetCurrentProcess())
		return TRUE;
	mpr_fork_prepare();
	object = mpr_handle_close(hObject, MPR_HANDLE_EVENT);
	if (!object)
		return fail(ERROR_INVALID_HANDLE);
	mpr_object_put(object);
	return TRUE;
}

static DWORD duplicate(HANDLE source, DWORD desired, bool same_access,
		       LPHANDLE target)
{
	struct mpr_object *object;
	DWORD access, rights, error;

	mpr_fork_prepare();
	object = mpr_handle_get(source, MPR_HANDLE_EVENT, &access);
	if (!object)
		return ERROR_INVALID_HANDLE;
	rights = same_access ? access : mpr_event_rights(desired);
	if (!same_access && desired & MAXIMUM_ALLOWED)
		rights = access;
	if (rights & ~access)
		error = ERROR_ACCESS_DENIED;
	else
		error = mpr_handle_alloc(MPR_HANDLE_EVENT, rights, object,
					 target);
	if (error)
		mpr_object_put(object);
	return error;
}

BOOL WINAPI DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle,
			    HANDLE hTargetProcessHandle,
			    LPHANDLE lpTargetHandle, DWORD dwDesiredAccess,
			    BOOL bInheritHandle, DWORD dwOptions)
{
	bool closes = dwOptions & DUPLICATE_CLOSE_SOURCE;
	DWORD error = NO_ERROR;

	UNREFERENCED_PARAMETER(bInheritHandle);
	if (hSourceProcessHandle != GetCurrentProcess())
		return fail(ERROR_INVALID_HANDLE);
	if (dwOptions & ~(DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS))
		error = ERROR_INVALID_PARAMETER;
	else if (lpTargetHandle && hTargetProcessHandle != GetCurrentProcess())
		error = ERROR_INVALID_HANDLE;
	else if (lpTargetHandle)
		error = duplicate(hSourceHandle, dwDesiredAccess,
				  dwOptions & DUPLICATE_SAME_ACCESS,
				  lpTargetHandle);
	else if (!closes)
		error = ERROR_INVALID_PARAMETER;
	if (closes && !CloseHandle(hSourceHandle) && !error)
		error = ERROR_INVALID_HANDLE;
	return error ? fail(error) : TRUE;
}
