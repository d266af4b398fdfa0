/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Event objects and waits (Windows: synchapi.h). An event is an eventfd, see
 * mprevent.h for the way from one to the other.
 *
 * All calls may be made from any thread at any time, on the same handle too.
 * None may be made from a signal handler. Calls that fail leave the cause for
 * GetLastError(); calls that succeed leave the last error as it was, unless
 * said otherwise below.
 *
 * After fork() the child has the parent's handles: its events are the same
 * eventfds as the parent's, so a signal is seen by both, and an auto-reset
 * event releases a waiter in one of them. Waits that other threads of the
 * parent were in do not exist in the child.
 */
#ifndef MPRAPI_SYNCHAPI_H
#define MPRAPI_SYNCHAPI_H

#include <windef.h>

#define INFINITE			0xffffffffU
#define MAXIMUM_WAIT_OBJECTS		64

#define WAIT_OBJECT_0			0U
#define WAIT_ABANDONED			0x80U
#define WAIT_ABANDONED_0		0x80U
#define WAIT_IO_COMPLETION		0xc0U
#define WAIT_TIMEOUT			0x102U
#define WAIT_FAILED			0xffffffffU

#define READ_CONTROL			0x00020000U
#define WRITE_DAC			0x00040000U
#define WRITE_OWNER			0x00080000U
#define SYNCHRONIZE			0x00100000U
#define STANDARD_RIGHTS_REQUIRED	0x000f0000U
#define EVENT_MODIFY_STATE		0x0002U
#define EVENT_ALL_ACCESS		0x001f0003U
#define MAXIMUM_ALLOWED			0x02000000U
#define GENERIC_ALL			0x10000000U
#define GENERIC_EXECUTE			0x20000000U
#define GENERIC_WRITE			0x40000000U
#define GENERIC_READ			0x80000000U

#define CREATE_EVENT_MANUAL_RESET	0x1U
#define CREATE_EVENT_INITIAL_SET	0x2U

MPRAPI_BEGIN_DECLS

/**
 * CreateEventW - make an event object
 * @lpEventAttributes: NULL, or a SECURITY_ATTRIBUTES of which nothing is used:
 *	there are no security descriptors, and a handle never passes to another
 *	program (the descriptor is close-on-exec)
 * @bManualReset: TRUE: once set it stays signalled until ResetEvent() and
 *	releases every waiter. FALSE: it releases one waiter and is then
 *	non-signalled again
 * @bInitialState: TRUE: signalled from the start
 * @lpName: NULL, or a name of at most MAX_PATH characters, case-sensitive,
 *	optionally behind "Global\" or "Local\" (which mean the same here), else
 *	without a backslash. "" is the same as NULL. Names are known within the
 *	process only: one made here is not seen by another process
 *
 * If an event of that name exists in the process, the result is another handle
 * to it, both flags are ignored, and the last error is ERROR_ALREADY_EXISTS.
 * Otherwise success sets the last error to 0.
 *
 * Return: a handle with EVENT_ALL_ACCESS, to be closed with CloseHandle(), or
 * NULL with the last error
 *   ERROR_PATH_NOT_FOUND	@lpName holds a backslash elsewhere
 *   ERROR_INVALID_NAME		@lpName is only a prefix, or not valid text
 *   ERROR_FILENAME_EXCED_RANGE	@lpName is longer than MAX_PATH characters
 *   ERROR_TOO_MANY_OPEN_FILES	the process or the system has no descriptor, or
 *				the process has no handle left
 *   ERROR_NOT_ENOUGH_MEMORY
 *
 * Windows: CreateEventW function (synchapi.h)
 */
HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES lpEventAttributes,
			   BOOL bManualReset, BOOL bInitialState,
			   LPCWSTR lpName) MPRAPI_WIN32(CreateEventW);

/**
 * CreateEventA - as CreateEventW(), the name in UTF-8
 *
 * Windows: CreateEventA function (synchapi.h)
 */
HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES lpEventAttributes,
			   BOOL bManualReset, BOOL bInitialState,
			   LPCSTR lpName) MPRAPI_WIN32(CreateEventA);

/**
 * CreateEventExW - make an event object, with chosen rights
 * @lpEventAttributes: as in CreateEventW()
 * @lpName: as in CreateEventW()
 * @dwFlags: CREATE_EVENT_MANUAL_RESET, CREATE_EVENT_INITIAL_SET, both or 0
 * @dwDesiredAccess: what the handle may be used for: EVENT_MODIFY_STATE (set,
 *	reset), SYNCHRONIZE (wait), EVENT_ALL_ACCESS; GENERIC_* and
 *	MAXIMUM_ALLOWED are taken as well
 *
 * Return: as CreateEventW(), and NULL with ERROR_INVALID_PARAMETER for flags
 * other than those above.
 *
 * Windows: CreateEventExW function (synchapi.h)
 */
HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES lpEventAttributes,
			     LPCWSTR lpName, DWORD dwFlags,
			     DWORD dwDesiredAccess) MPRAPI_WIN32(CreateEventExW);

/**
 * CreateEventExA - as CreateEventExW(), the name in UTF-8
 *
 * Windows: CreateEventExA function (synchapi.h)
 */
HANDLE WINAPI CreateEventExA(LPSECURITY_ATTRIBUTES lpEventAttributes,
			     LPCSTR lpName, DWORD dwFlags,
			     DWORD dwDesiredAccess) MPRAPI_WIN32(CreateEventExA);

/**
 * OpenEventW - another handle to a named event of this process
 * @dwDesiredAccess: as in CreateEventExW()
 * @bInheritHandle: ignored, see CreateEventW()
 * @lpName: the name, as in CreateEventW()
 *
 * Return: a handle, or NULL with the last error
 *   ERROR_FILE_NOT_FOUND	no event of the process has that name
 *   ERROR_INVALID_PARAMETER	@lpName is NULL or empty
 *   ERROR_PATH_NOT_FOUND, ERROR_INVALID_NAME, ERROR_FILENAME_EXCED_RANGE,
 *   ERROR_NOT_ENOUGH_MEMORY, ERROR_TOO_MANY_OPEN_FILES
 *				as in CreateEventW()
 *
 * Windows: OpenEventW function (synchapi.h)
 */
HANDLE WINAPI OpenEventW(DWORD dwDesiredAccess, BOOL bInheritHandle,
			 LPCWSTR lpName) MPRAPI_WIN32(OpenEventW);

/**
 * OpenEventA - as OpenEventW(), the name in UTF-8
 *
 * Windows: OpenEventA function (synchapi.h)
 */
HANDLE WINAPI OpenEventA(DWORD dwDesiredAccess, BOOL bInheritHandle,
			 LPCSTR lpName) MPRAPI_WIN32(OpenEventA);

/**
 * SetEvent - make an event signalled
 * @hEvent: a handle with EVENT_MODIFY_STATE
 *
 * Releases all waiters of a manual-reset event, one of an auto-reset event.
 * Those of this process that wait now are released for certain, whatever
 * happens to the event next. Setting a signalled event changes nothing: two
 * sets before a wait release one waiter.
 *
 * Return: TRUE, or FALSE with the last error
 *   ERROR_INVALID_HANDLE	NULL, garbage, closed, or not an event
 *   ERROR_ACCESS_DENIED	the handle lacks EVENT_MODIFY_STATE
 *
 * Windows: SetEvent function (synchapi.h)
 */
BOOL WINAPI SetEvent(HANDLE hEvent) MPRAPI_WIN32(SetEvent);

/**
 * ResetEvent - make an event non-signalled
 * @hEvent: a handle with EVENT_MODIFY_STATE
 *
 * Return: as SetEvent()
 *
 * Windows: ResetEvent function (synchapi.h)
 */
BOOL WINAPI ResetEvent(HANDLE hEvent) MPRAPI_WIN32(ResetEvent);

/**
 * WaitForSingleObject - wait until an event is signalled
 * @hHandle: an event handle with SYNCHRONIZE
 * @dwMilliseconds: the longest wait; 0 only looks, INFINITE has no limit. Time
 *	that the machine spends asleep does not count
 *
 * An auto-reset event is non-signalled when the call returns WAIT_OBJECT_0.
 * Signals delivered to the thread do not end the wait. If another thread
 * closes the handle meanwhile, the wait goes on on the event, which lives
 * until the wait is over (Windows leaves that undefined).
 *
 * Return: WAIT_OBJECT_0, WAIT_TIMEOUT, or WAIT_FAILED with the last error
 *   ERROR_INVALID_HANDLE	NULL, garbage, closed, or not an event
 *   ERROR_ACCESS_DENIED	the handle lacks SYNCHRONIZE
 *   ERROR_NOT_ENOUGH_MEMORY	the kernel had none for the wait
 *
 * Windows: WaitForSingleObject function (synchapi.h)
 */
DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds)
	MPRAPI_WIN32(WaitForSingleObject);

/**
 * WaitForSingleObjectEx - as WaitForSingleObject()
 * @bAlertable: has no effect: there are no asynchronous procedure calls
 *
 * Windows: WaitForSingleObjectEx function (synchapi.h)
 */
DWORD WINAPI WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds,
				   BOOL bAlertable)
	MPRAPI_WIN32(WaitForSingleObjectEx);

/**
 * WaitForMultipleObjects - wait for one or for all of several events
 * @nCount: 1 ... MAXIMUM_WAIT_OBJECTS
 * @lpHandles: that many event handles with SYNCHRONIZE
 * @bWaitAll: FALSE: until one is signalled; only that one is changed (an
 *	auto-reset event becomes non-signalled). TRUE: until all are signalled
 *	at once; none is changed before
 * @dwMilliseconds: as in WaitForSingleObject()
 *
 * Return: WAIT_OBJECT_0 + the lowest index of a signalled event (@bWaitAll:
 * WAIT_OBJECT_0), WAIT_TIMEOUT, or WAIT_FAILED with the last error
 *   ERROR_INVALID_PARAMETER	@nCount is 0 or too large, @lpHandles is NULL,
 *				or @bWaitAll and an event is there twice (also
 *				by two handles)
 *   ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED, ERROR_NOT_ENOUGH_MEMORY
 *				as in WaitForSingleObject()
 *
 * Windows: WaitForMultipleObjects function (synchapi.h)
 */
DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE *lpHandles,
				    BOOL bWaitAll, DWORD dwMilliseconds)
	MPRAPI_WIN32(WaitForMultipleObjects);

/**
 * WaitForMultipleObjectsEx - as WaitForMultipleObjects()
 * @bAlertable: has no effect: there are no asynchronous procedure calls
 *
 * Windows: WaitForMultipleObjectsEx function (synchapi.h)
 */
DWORD WINAPI WaitForMultipleObjectsEx(DWORD nCount, const HANDLE *lpHandles,
				      BOOL bWaitAll, DWORD dwMilliseconds,
				      BOOL bAlertable)
	MPRAPI_WIN32(WaitForMultipleObjectsEx);

/**
 * Sleep - let time pass
 * @dwMilliseconds: how long; 0 gives up the processor once, INFINITE is for ever
 *
 * Signals delivered to the thread do not shorten it.
 *
 * Windows: Sleep function (synchapi.h)
 */
VOID WINAPI Sleep(DWORD dwMilliseconds) MPRAPI_WIN32(Sleep);

MPRAPI_END_DECLS

#ifdef UNICODE
#define CreateEvent	CreateEventW
#define CreateEventEx	CreateEventExW
#define OpenEvent	OpenEventW
#else
#define CreateEvent	CreateEventA
#define CreateEventEx	CreateEventExA
#define OpenEvent	OpenEventA
#endif

#endif
