// SPDX-License-Identifier: LGPL-2.1-or-later
/* The Win32 wait calls: from handles and their rights to events. */
#include "dispatch.h"

static bool has_duplicate(struct mpr_event *const *events, DWORD count)
{
	DWORD i, j;

	for (i = 1; i < count; i++)
		for (j = 0; j < i; j++)
			if (events[i] == events[j])
				return true;
	return false;
}

static DWORD fail(DWORD error)
{
	SetLastError(error);
	return WAIT_FAILED;
}

DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE *lpHandles,
				    BOOL bWaitAll, DWORD dwMilliseconds)
{
	struct mpr_event *events[MAXIMUM_WAIT_OBJECTS];
	DWORD error = NO_ERROR, result, got;

	if (!nCount || nCount > MAXIMUM_WAIT_OBJECTS || !lpHandles)
		return fail(ERROR_INVALID_PARAMETER);
	for (got = 0; got < nCount; got++) {
		events[got] =
			mpr_event_get(lpHandles[got], SYNCHRONIZE, &error);
		if (!events[got])
			break;
	}
	if (!error && bWaitAll && has_duplicate(events, nCount))
		error = ERROR_INVALID_PARAMETER;
	if (error)
		result = fail(error);
	else
		result = mpr_dispatch_wait(events, nCount, bWaitAll,
					   dwMilliseconds);
	while (got)
		mpr_event_put(events[--got]);
	return result;
}

DWORD WINAPI WaitForMultipleObjectsEx(DWORD nCount, const HANDLE *lpHandles,
				      BOOL bWaitAll, DWORD dwMilliseconds,
				      BOOL bAlertable)
{
	UNREFERENCED_PARAMETER(bAlertable);
	return WaitForMultipleObjects(nCount, lpHandles, bWaitAll,
				      dwMilliseconds);
}

DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds)
{
	return WaitForMultipleObjects(1, &hHandle, FALSE, dwMilliseconds);
}

DWORD WINAPI WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds,
				   BOOL bAlertable)
{
	UNREFERENCED_PARAMETER(bAlertable);
	return WaitForMultipleObjects(1, &hHandle, FALSE, dwMilliseconds);
}
