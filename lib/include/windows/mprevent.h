/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Between event handles and file descriptors: for programs that have an epoll
 * loop of their own, or hand an event to another process. Not in Windows.
 *
 * pthread_cancel(), which Windows does not have either: a wait that sleeps is a
 * cancellation point, and so is a call of mprapi.h that waits for an outcome,
 * while it does. The wait is over then, and what it held is given back; what
 * was asked of the router goes on. Sleep() is one as well, no other call is.
 * Cancellation has to be deferred, as it is unless a thread changes its type.
 */
#ifndef MPRAPI_MPREVENT_H
#define MPRAPI_MPREVENT_H

#include <windef.h>

MPRAPI_BEGIN_DECLS

/**
 * mpr_event_fd - the descriptor behind an event
 * @hEvent: an event handle
 *
 * The descriptor is an eventfd, non-blocking and close-on-exec. It belongs to
 * the event: poll it, read it, write it, dup it, but do not close it. It is
 * valid until the event's last handle is closed.
 *
 * It is readable while the event is signalled. Reading it makes the event
 * non-signalled, which is what a wait on an auto-reset event does too; writing
 * any number makes it signalled. Whoever polls an auto-reset event and is told
 * that it is readable must read it, and be ready for EAGAIN: a wait elsewhere
 * may have been faster.
 *
 * Context: any thread.
 * Return: the descriptor, or -1 with the last error ERROR_INVALID_HANDLE
 */
int mpr_event_fd(HANDLE hEvent) MPRAPI_WIN32(event_fd);

/**
 * mpr_event_from_fd - an event over a descriptor that the caller has
 * @fd: an eventfd (not of the EFD_SEMAPHORE kind). It is duplicated and stays
 *	the caller's. The event is signalled while it is readable. It is made
 *	non-blocking, which holds for every duplicate of it: a flag of the open
 *	file, not of the descriptor
 * @bManualReset: as in CreateEventW()
 *
 * Two events over one eventfd share one state. A wait for all of two of them
 * that are auto-reset could never end: once the eventfd is signalled, it is
 * WAIT_FAILED, with the last error ERROR_INVALID_PARAMETER.
 *
 * Context: any thread.
 * Return: an event handle with EVENT_ALL_ACCESS, or NULL with the last error
 *   ERROR_INVALID_HANDLE	@fd is no open descriptor
 *   ERROR_INVALID_PARAMETER	@fd is not an eventfd, or one that counts
 *   ERROR_NOT_ENOUGH_MEMORY, ERROR_TOO_MANY_OPEN_FILES
 */
HANDLE mpr_event_from_fd(int fd, BOOL bManualReset) MPRAPI_WIN32(event_from_fd);

MPRAPI_END_DECLS

#endif
