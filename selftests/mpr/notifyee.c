// SPDX-License-Identifier: GPL-2.0-only
/* A notifyee that does as it is told; LETTER is its name. */
#include <signal.h>
#include <stdatomic.h>

#include "plugin.h"

static atomic_uint retries;

static void crash_or_hang(const wchar_t *name, const char *moment)
{
	char what[32];

	if (action(name, LETTER, "pid", NULL))
		record(LETTER " is %d", getpid());
	snprintf(what, sizeof(what), "crash-%s", moment);
	if (action(name, LETTER, what, NULL)) {
		/* For good, whatever handles it. */
		signal(SIGSEGV, SIG_DFL);
		*(volatile int *)16 = 1;
	}
	snprintf(what, sizeof(what), "exit-%s", moment);
	if (action(name, LETTER, what, NULL))
		_exit(0);
	snprintf(what, sizeof(what), "hang-%s", moment);
	if (action(name, LETTER, what, NULL))
		for (;;)
			pause();
}

static DWORD before(LPNOTIFYINFO info, const wchar_t *name)
{
	static atomic_uint contexts;
	unsigned long code;

	crash_or_hang(name, "pre");
	if (!action(name, LETTER, "silent", NULL))
		info->lpContext =
			(void *)(uintptr_t)(100 +
					    atomic_fetch_add(&contexts, 1));
	if (action(name, LETTER, "call", NULL))
		record(LETTER " got %u", connect_again(name));
	if (action(name, LETTER, "refuse", &code))
		return (DWORD)code;
	return WN_SUCCESS;
}

static DWORD after(LPNOTIFYINFO info, const wchar_t *name)
{
	unsigned long most;

	(void)info;
	crash_or_hang(name, "post");
	if (action(name, LETTER, "retry", &most) &&
	    atomic_fetch_add(&retries, 1) < most)
		return WN_RETRY;
	return action(name, LETTER, "fail-post", NULL) ? WN_CANCEL : WN_SUCCESS;
}

/* Contexts are numbers that nobody can foresee, but which have to come back. */
static const char *context(LPNOTIFYINFO info)
{
	if (info->dwNotifyStatus == NOTIFY_PRE)
		return info->lpContext ? "context" : "none";
	return (uintptr_t)info->lpContext >= 100 ? "context" : "none";
}

static DWORD act(LPNOTIFYINFO info, const wchar_t *name)
{
	return info->dwNotifyStatus == NOTIFY_PRE ? before(info, name) :
						    after(info, name);
}

static const char *moment(LPNOTIFYINFO info)
{
	return info->dwNotifyStatus == NOTIFY_PRE  ? "pre" :
	       info->dwNotifyStatus == NOTIFY_POST ? "post" :
						     "?";
}

DWORD WINAPI AddConnectNotify(LPNOTIFYINFO lpNotifyInfo, LPNOTIFYADD lpAddInfo)
{
	const NETRESOURCEW *resource = &lpAddInfo->NetResource;

	record(LETTER
	       " %s add %s local %s type %u flags %#x owner %lu status %u %s",
	       moment(lpNotifyInfo), plain(resource->lpRemoteName),
	       plain(resource->lpLocalName), resource->dwType,
	       lpAddInfo->dwAddFlags,
	       (unsigned long)(uintptr_t)lpAddInfo->hwndOwner,
	       lpNotifyInfo->dwOperationStatus, context(lpNotifyInfo));
	return act(lpNotifyInfo, resource->lpRemoteName);
}

#ifndef LACKS_CANCEL
DWORD WINAPI CancelConnectNotify(LPNOTIFYINFO lpNotifyInfo,
				 LPNOTIFYCANCEL lpCancelInfo)
{
	record(LETTER " %s cancel %s flags %#x force %d by %s status %u %s",
	       moment(lpNotifyInfo), plain(lpCancelInfo->lpName),
	       lpCancelInfo->dwFlags, lpCancelInfo->fForce,
	       plain(lpCancelInfo->lpProvider), lpNotifyInfo->dwOperationStatus,
	       context(lpNotifyInfo));
	return act(lpNotifyInfo, lpCancelInfo->lpName);
}
#endif
