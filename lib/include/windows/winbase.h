/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Handles, the last error, error texts, and memory that the library hands out
 * (Windows: handleapi.h, errhandlingapi.h, winbase.h).
 */
#ifndef MPRAPI_WINBASE_H
#define MPRAPI_WINBASE_H

#include <windef.h>

#define DUPLICATE_CLOSE_SOURCE		0x1U
#define DUPLICATE_SAME_ACCESS		0x2U

#define HANDLE_FLAG_INHERIT		0x1U
#define HANDLE_FLAG_PROTECT_FROM_CLOSE	0x2U

#define FORMAT_MESSAGE_ALLOCATE_BUFFER	0x0100U
#define FORMAT_MESSAGE_IGNORE_INSERTS	0x0200U
#define FORMAT_MESSAGE_FROM_STRING	0x0400U
#define FORMAT_MESSAGE_FROM_HMODULE	0x0800U
#define FORMAT_MESSAGE_FROM_SYSTEM	0x1000U
#define FORMAT_MESSAGE_ARGUMENT_ARRAY	0x2000U
#define FORMAT_MESSAGE_MAX_WIDTH_MASK	0x00ffU

#define LMEM_FIXED			0x0000U
#define LMEM_ZEROINIT			0x0040U
#define LPTR				(LMEM_FIXED | LMEM_ZEROINIT)

MPRAPI_BEGIN_DECLS

/**
 * CloseHandle - give up a handle
 * @hObject: an event handle of this process
 *
 * The object goes with its last handle, and with the last wait on it. The
 * value of a closed handle is not used again before some million others were,
 * so that using it by mistake is an error and does not hit another object.
 * Server handles (MprAdminServerConnect()) have a call of their own.
 *
 * Context: any thread.
 * Return: TRUE, or FALSE with the last error ERROR_INVALID_HANDLE: NULL,
 * garbage, closed already, or not an event. The pseudo handle of
 * GetCurrentProcess() is taken and nothing happens.
 *
 * Windows: CloseHandle function (handleapi.h)
 */
BOOL WINAPI CloseHandle(HANDLE hObject) MPRAPI_WIN32(CloseHandle);

/**
 * DuplicateHandle - another handle to the same event
 * @hSourceProcessHandle: GetCurrentProcess()
 * @hSourceHandle: the event handle
 * @hTargetProcessHandle: GetCurrentProcess(); to hand an event to another
 *	process, send mpr_event_fd() over a Unix socket
 * @lpTargetHandle: takes the new handle. May be NULL with
 *	DUPLICATE_CLOSE_SOURCE, which then only closes
 * @dwDesiredAccess: the new handle's rights, as in CreateEventEx(). A handle
 *	cannot have rights that the source has not
 * @bInheritHandle: ignored, see CreateEventW()
 * @dwOptions: DUPLICATE_SAME_ACCESS (ignore @dwDesiredAccess),
 *	DUPLICATE_CLOSE_SOURCE (close the source, also when the call fails)
 *
 * Context: any thread.
 * Return: TRUE, or FALSE with the last error
 *   ERROR_INVALID_HANDLE	a process handle other than GetCurrentProcess(),
 *				or the source is NULL, garbage, closed, no event
 *   ERROR_INVALID_PARAMETER	@lpTargetHandle is NULL, or unknown options
 *   ERROR_ACCESS_DENIED	@dwDesiredAccess asks for more than the source has
 *   ERROR_NOT_ENOUGH_MEMORY, ERROR_TOO_MANY_OPEN_FILES
 *				no room for another handle
 *
 * Windows: DuplicateHandle function (handleapi.h)
 */
BOOL WINAPI DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle,
			    HANDLE hTargetProcessHandle,
			    LPHANDLE lpTargetHandle, DWORD dwDesiredAccess,
			    BOOL bInheritHandle, DWORD dwOptions)
	MPRAPI_WIN32(DuplicateHandle);

/**
 * GetLastError - why the last call of this thread failed
 *
 * Each thread has its own, 0 in a new thread. The MprAdmin calls return their
 * error and do not touch this one.
 *
 * Context: any thread.
 *
 * Windows: GetLastError function (errhandlingapi.h)
 */
DWORD WINAPI GetLastError(VOID) MPRAPI_WIN32(GetLastError);

/**
 * SetLastError - set what GetLastError() returns in this thread
 *
 * Windows: SetLastError function (errhandlingapi.h)
 */
VOID WINAPI SetLastError(DWORD dwErrCode) MPRAPI_WIN32(SetLastError);

/**
 * FormatMessageW - the text of an error code, or a text with inserts
 * @dwFlags: where the text comes from, one of
 *	FORMAT_MESSAGE_FROM_SYSTEM: the library's texts for the codes of
 *	winerror.h, raserror.h and mprerror.h. English; each ends in CR LF
 *	FORMAT_MESSAGE_FROM_STRING: @lpSource
 *	with any of
 *	FORMAT_MESSAGE_FROM_HMODULE: there are no modules with texts. Together
 *	with FROM_SYSTEM it is passed over
 *	FORMAT_MESSAGE_ALLOCATE_BUFFER: @lpBuffer points to a pointer, which
 *	takes a buffer to be freed with LocalFree()
 *	FORMAT_MESSAGE_IGNORE_INSERTS: leave %1 and the like as they are
 *	FORMAT_MESSAGE_ARGUMENT_ARRAY: @Arguments is an array of DWORD_PTR
 *	FORMAT_MESSAGE_MAX_WIDTH_MASK (all bits): line ends become spaces. A
 *	smaller width is not kept, lines are never broken
 * @lpSource: FROM_STRING: the text; else ignored
 * @dwMessageId: the code; ignored with FROM_STRING
 * @dwLanguageId: 0, a neutral language or English (any country)
 * @lpBuffer: room for @nSize characters, or see ALLOCATE_BUFFER
 * @nSize: that; with ALLOCATE_BUFFER the least size of the buffer
 * @Arguments: for %1 ... %99: text of the function's kind, or %n!format! with
 *	the formats s, S, c, C, d, i, u, x, X, o, p and their l, h, w, I64 forms.
 *	Without ARGUMENT_ARRAY a pointer to a va_list, of which every argument
 *	is taken as wide as a pointer, as the array's are; arguments that hold
 *	less must be cast to DWORD_PTR. May be NULL if nothing is inserted
 *
 * %0 ends the text without a line end, %n is a line end, %% % . and ! after %
 * stand for themselves.
 *
 * Context: any thread.
 * Return: characters stored without the NUL (bytes in FormatMessageA(), which
 * is UTF-8), or 0 with the last error
 *   NO_ERROR			the text is empty; nothing to free
 *   ERROR_MR_MID_NOT_FOUND	there is no text for @dwMessageId
 *   ERROR_INVALID_PARAMETER	@lpBuffer is NULL, no source or two sources, an
 *				insert without @Arguments, a bad %n!format!, or
 *				@lpSource is NULL or not valid text
 *   ERROR_INSUFFICIENT_BUFFER	@nSize is too small. The buffer is untouched
 *   ERROR_MORE_DATA		the text has more than 64 Ki characters
 *   ERROR_RESOURCE_TYPE_NOT_FOUND	FROM_HMODULE alone
 *   ERROR_RESOURCE_LANG_NOT_FOUND	@dwLanguageId is another language
 *   ERROR_NOT_ENOUGH_MEMORY
 *
 * Windows: FormatMessageW function (winbase.h)
 */
DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource,
			    DWORD dwMessageId, DWORD dwLanguageId,
			    LPWSTR lpBuffer, DWORD nSize, va_list *Arguments)
	MPRAPI_WIN32(FormatMessageW);

/**
 * FormatMessageA - as FormatMessageW(), all text in UTF-8
 *
 * Windows: FormatMessageA function (winbase.h)
 */
DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID lpSource,
			    DWORD dwMessageId, DWORD dwLanguageId,
			    LPSTR lpBuffer, DWORD nSize, va_list *Arguments)
	MPRAPI_WIN32(FormatMessageA);

/**
 * LocalAlloc - memory to be freed with LocalFree()
 * @uFlags: LMEM_FIXED or LPTR (filled with zeros)
 * @uBytes: how much; 0 gives an address that may only be freed
 *
 * Return: the memory, or NULL with the last error
 *   ERROR_NOT_ENOUGH_MEMORY
 *   ERROR_INVALID_PARAMETER	a flag other than the two: movable memory does
 *				not exist here
 *
 * Windows: LocalAlloc function (winbase.h)
 */
HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes) MPRAPI_WIN32(LocalAlloc);

/**
 * LocalFree - free memory of LocalAlloc(), FormatMessage() or
 *	MprAdminGetErrorString()
 * @hMem: that memory, or NULL. Any other pointer is undefined, as with free()
 *
 * Return: NULL
 *
 * Windows: LocalFree function (winbase.h)
 */
HLOCAL WINAPI LocalFree(HLOCAL hMem) MPRAPI_WIN32(LocalFree);

/**
 * GetTickCount64 - milliseconds since the machine started
 *
 * From CLOCK_BOOTTIME: time asleep counts, setting the clock does not.
 *
 * Windows: GetTickCount64 function (sysinfoapi.h)
 */
ULONGLONG WINAPI GetTickCount64(VOID) MPRAPI_WIN32(GetTickCount64);

/**
 * GetCurrentProcess - the pseudo handle that DuplicateHandle() wants
 *
 * Windows: GetCurrentProcess function (processthreadsapi.h)
 */
HANDLE WINAPI GetCurrentProcess(VOID) MPRAPI_WIN32(GetCurrentProcess);

/**
 * GetCurrentProcessId - this process's id (getpid)
 *
 * Windows: GetCurrentProcessId function (processthreadsapi.h)
 */
DWORD WINAPI GetCurrentProcessId(VOID) MPRAPI_WIN32(GetCurrentProcessId);

MPRAPI_END_DECLS

#ifdef UNICODE
#define FormatMessage	FormatMessageW
#else
#define FormatMessage	FormatMessageA
#endif

#endif
