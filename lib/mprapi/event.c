// SPDX-License-Identifier: LGPL-2.1-or-later
/* Event objects and the Win32 calls that make, name, set and end them. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <mprevent.h>

#include "cancel.h"
#include "dispatch.h"
#include "eventfd_info.h"
#include "fork.h"
#include "text.h"

static_assert(offsetof(struct mpr_event, object) == 0,
	      "an object is cast to its event");

/* names_lock protects the list and every next_named. */
static pthread_mutex_t names_lock = PTHREAD_MUTEX_INITIALIZER;
static struct mpr_event *named_events;

void mpr_event_names_lock(void)
{
	pthread_mutex_lock(&names_lock);
}

void mpr_event_names_unlock(void)
{
	pthread_mutex_unlock(&names_lock);
}

static void forget_name(struct mpr_event *event)
{
	struct mpr_event **at;

	pthread_mutex_lock(&names_lock);
	for (at = &named_events; *at; at = &(*at)->next_named) {
		if (*at == event) {
			*at = event->next_named;
			break;
		}
	}
	pthread_mutex_unlock(&names_lock);
}

static void release_event(struct mpr_object *object)
{
	struct mpr_event *event = (struct mpr_event *)object;

	if (event->name)
		forget_name(event);
	close(event->fd);
	free(event->name);
	free(event);
}

/* An event over @fd, which it owns from now on, even if this fails. */
static struct mpr_event *new_event(int fd, bool manual_reset)
{
	struct mpr_event *event = malloc(sizeof(*event));

	if (!event) {
		close(fd);
		return NULL;
	}
	mpr_fork_prepare();
	mpr_object_init(&event->object, release_event);
	event->fd = fd;
	event->manual_reset = manual_reset;
	event->name = NULL;
	event->next_named = NULL;
	return event;
}

struct mpr_event *mpr_event_get(HANDLE handle, DWORD rights, DWORD *error)
{
	struct mpr_object *object;
	DWORD access;

	mpr_fork_prepare();
	object = mpr_handle_get(handle, MPR_HANDLE_EVENT, &access);
	if (!object) {
		*error = ERROR_INVALID_HANDLE;
		return NULL;
	}
	if (rights & ~access) {
		mpr_object_put(object);
		*error = ERROR_ACCESS_DENIED;
		return NULL;
	}
	return (struct mpr_event *)object;
}

void mpr_event_put(struct mpr_event *event)
{
	mpr_object_put(&event->object);
}

DWORD mpr_event_rights(DWORD desired)
{
	static const struct {
		DWORD generic, means;
	} map[] = {
		{ MAXIMUM_ALLOWED, EVENT_ALL_ACCESS },
		{ GENERIC_ALL, EVENT_ALL_ACCESS },
		{ GENERIC_READ, READ_CONTROL },
		{ GENERIC_WRITE, READ_CONTROL | EVENT_MODIFY_STATE },
		{ GENERIC_EXECUTE, READ_CONTROL | SYNCHRONIZE },
	};
	DWORD rights = desired & EVENT_ALL_ACCESS;
	size_t i;

	for (i = 0; i < ARRAYSIZE(map); i++)
		if (desired & map[i].generic)
			rights |= map[i].means;
	return rights;
}

static DWORD error_of_errno(int number)
{
	switch (number) {
	case EMFILE:
	case ENFILE:
		return ERROR_TOO_MANY_OPEN_FILES;
	case EBADF:
		return ERROR_INVALID_HANDLE;
	default:
		return ERROR_NOT_ENOUGH_MEMORY;
	}
}

/* A handle to @event, whose reference it takes over; NULL with last error. */
static HANDLE handle_to(struct mpr_event *event, DWORD rights)
{
	HANDLE handle;
	DWORD error;

	error = mpr_handle_alloc(MPR_HANDLE_EVENT, rights, &event->object,
				 &handle);
	if (!error)
		return handle;
	mpr_event_put(event);
	SetLastError(error);
	return NULL;
}

/*
 * A name as it is looked up: without the prefix, which tells sessions apart
 * that do not exist here. @name becomes NULL for an unnamed event.
 */
static DWORD check_name(const char **name)
{
	static const char *const prefixes[] = { "Global\\", "Local\\" };
	const char *given = *name;
	ssize_t length;
	size_t i;

	*name = NULL;
	if (!given || !*given)
		return NO_ERROR;
	length = mpr_utf8_length(given);
	if (length < 0)
		return ERROR_INVALID_NAME;
	if (length > MAX_PATH)
		return ERROR_FILENAME_EXCED_RANGE;
	for (i = 0; i < ARRAYSIZE(prefixes); i++) {
		if (!strncmp(given, prefixes[i], strlen(prefixes[i]))) {
			given += strlen(prefixes[i]);
			break;
		}
	}
	if (!*given)
		return ERROR_INVALID_NAME;
	if (strchr(given, '\\'))
		return ERROR_PATH_NOT_FOUND;
	*name = given;
	return NO_ERROR;
}

/* A reference to the event of that name. With names_lock held. */
static struct mpr_event *find_named(const char *name)
{
	struct mpr_event *event;

	for (event = named_events; event; event = event->next_named)
		if (!strcmp(event->name, name) &&
		    mpr_object_get_unless_zero(&event->object))
			return event;
	return NULL;
}

static struct mpr_event *create_unnamed(DWORD flags, DWORD *error)
{
	unsigned int initial = !!(flags & CREATE_EVENT_INITIAL_SET);
	struct mpr_event *event;
	int fd;

	fd = eventfd(initial, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0) {
		*error = error_of_errno(errno);
		return NULL;
	}
	event = new_event(fd, flags & CREATE_EVENT_MANUAL_RESET);
	if (!event)
		*error = ERROR_NOT_ENOUGH_MEMORY;
	return event;
}

/*
 * The event is made before the lock is taken, so that giving it up, which
 * takes the lock, can happen after it.
 */
static struct mpr_event *create_named(const char *name, DWORD flags,
				      DWORD *error)
{
	struct mpr_event *fresh, *found;
	char *copy;

	fresh = create_unnamed(flags, error);
	if (!fresh)
		return NULL;
	copy = strdup(name);
	if (!copy) {
		mpr_event_put(fresh);
		*error = ERROR_NOT_ENOUGH_MEMORY;
		return NULL;
	}
	pthread_mutex_lock(&names_lock);
	found = find_named(name);
	if (!found) {
		fresh->name = copy;
		fresh->next_named = named_events;
		named_events = fresh;
	}
	pthread_mutex_unlock(&names_lock);
	if (!found)
		return fresh;
	free(copy);
	mpr_event_put(fresh);
	*error = ERROR_ALREADY_EXISTS;
	return found;
}

static HANDLE create_event(const char *name, DWORD flags, DWORD rights)
{
	struct mpr_event *event;
	HANDLE handle;
	DWORD error;

	error = check_name(&name);
	if (error) {
		SetLastError(error);
		return NULL;
	}
	if (flags & ~(CREATE_EVENT_MANUAL_RESET | CREATE_EVENT_INITIAL_SET)) {
		SetLastError(ERROR_INVALID_PARAMETER);
		return NULL;
	}
	event = name ? create_named(name, flags, &error) :
		       create_unnamed(flags, &error);
	if (!event) {
		SetLastError(error);
		return NULL;
	}
	handle = handle_to(event, mpr_event_rights(rights));
	if (handle)
		SetLastError(error);
	return handle;
}

static HANDLE open_event(const char *name, DWORD rights)
{
	struct mpr_event *event;
	DWORD error;

	error = check_name(&name);
	if (!error && !name)
		error = ERROR_INVALID_PARAMETER;
	if (error) {
		SetLastError(error);
		return NULL;
	}
	mpr_fork_prepare();
	pthread_mutex_lock(&names_lock);
	event = find_named(name);
	pthread_mutex_unlock(&names_lock);
	if (!event) {
		SetLastError(ERROR_FILE_NOT_FOUND);
		return NULL;
	}
	return handle_to(event, mpr_event_rights(rights));
}

/* The wide forms: UTF-8 of the name into @text, @name to it or to NULL. */
static bool narrow_name(char *text, size_t size, LPCWSTR wide,
			const char **name)
{
	ssize_t length;

	*name = NULL;
	if (!wide)
		return true;
	length = mpr_utf8_from_wide(text, size, wide, MAX_PATH);
	if (length < 0) {
		SetLastError(length == -E2BIG ? ERROR_FILENAME_EXCED_RANGE :
						ERROR_INVALID_NAME);
		return false;
	}
	*name = text;
	return true;
}

static DWORD flags_of(BOOL manual_reset, BOOL initial_state)
{
	return (manual_reset ? CREATE_EVENT_MANUAL_RESET : 0) |
	       (initial_state ? CREATE_EVENT_INITIAL_SET : 0);
}

HANDLE WINAPI CreateEventExA(LPSECURITY_ATTRIBUTES lpEventAttributes,
			     LPCSTR lpName, DWORD dwFlags,
			     DWORD dwDesiredAccess)
{
	UNREFERENCED_PARAMETER(lpEventAttributes);
	return create_event(lpName, dwFlags, dwDesiredAccess);
}

HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES lpEventAttributes,
			     LPCWSTR lpName, DWORD dwFlags,
			     DWORD dwDesiredAccess)
{
	char text[MPR_UTF8_SIZE(MAX_PATH)];
	const char *name;

	UNREFERENCED_PARAMETER(lpEventAttributes);
	if (!narrow_name(text, sizeof(text), lpName, &name))
		return NULL;
	return create_event(name, dwFlags, dwDesiredAccess);
}

HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES lpEventAttributes,
			   BOOL bManualReset, BOOL bInitialState, LPCSTR lpName)
{
	return CreateEventExA(lpEventAttributes, lpName,
			      flags_of(bManualReset, bInitialState),
			      EVENT_ALL_ACCESS);
}

HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES lpEventAttributes,
			   BOOL bManualReset, BOOL bInitialState,
			   LPCWSTR lpName)
{
	return CreateEventExW(lpEventAttributes, lpName,
			      flags_of(bManualReset, bInitialState),
			      EVENT_ALL_ACCESS);
}

HANDLE WINAPI OpenEventA(DWORD dwDesiredAccess, BOOL bInheritHandle,
			 LPCSTR lpName)
{
	UNREFERENCED_PARAMETER(bInheritHandle);
	return open_event(lpName, dwDesiredAccess);
}

HANDLE WINAPI OpenEventW(DWORD dwDesiredAccess, BOOL bInheritHandle,
			 LPCWSTR lpName)
{
	char text[MPR_UTF8_SIZE(MAX_PATH)];
	const char *name;

	UNREFERENCED_PARAMETER(bInheritHandle);
	if (!narrow_name(text, sizeof(text), lpName, &name))
		return NULL;
	return open_event(name, dwDesiredAccess);
}

static BOOL change_state(HANDLE handle, void (*change)(struct mpr_event *))
{
	struct mpr_event *event;
	DWORD error;

	event = mpr_event_get(handle, EVENT_MODIFY_STATE, &error);
	if (!event) {
		SetLastError(error);
		return FALSE;
	}
	change(event);
	mpr_event_put(event);
	return TRUE;
}

BOOL WINAPI SetEvent(HANDLE hEvent)
{
	return change_state(hEvent, mpr_dispatch_set);
}

BOOL WINAPI ResetEvent(HANDLE hEvent)
{
	return change_state(hEvent, mpr_dispatch_reset);
}

int mpr_event_fd(HANDLE hEvent)
{
	struct mpr_event *event;
	DWORD error;
	int fd;

	event = mpr_event_get(hEvent, 0, &error);
	if (!event) {
		SetLastError(error);
		return -1;
	}
	fd = event->fd;
	mpr_event_put(event);
	return fd;
}

/* A duplicate of the caller's eventfd, or -1 and the error. */
static int import_fd(int fd, DWORD *error)
{
	int copy, flags;

	copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (copy < 0) {
		*error = error_of_errno(errno);
		return -1;
	}
	flags = fcntl(copy, F_GETFL);
	if (mpr_is_plain_eventfd(copy) &&
	    !fcntl(copy, F_SETFL, flags | O_NONBLOCK))
		return copy;
	close(copy);
	*error = ERROR_INVALID_PARAMETER;
	return -1;
}

HANDLE mpr_event_from_fd(int fd, BOOL bManualReset)
{
	struct mpr_event *event;
	DWORD error;
	int copy, state;

	state = mpr_cancel_disable();
	copy = import_fd(fd, &error);
	mpr_cancel_restore(state);
	if (copy < 0) {
		SetLastError(error);
		return NULL;
	}
	event = new_event(copy, bManualReset);
	if (!event) {
		SetLastError(ERROR_NOT_ENOUGH_MEMORY);
		return NULL;
	}
	return handle_to(event, EVENT_ALL_ACCESS);
}
