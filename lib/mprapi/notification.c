// SPDX-License-Identifier: LGPL-2.1-or-later
/* Events that are signalled when any interface connects or disconnects. */
#include <errno.h>

#include <mprapi.h>

#include "event.h"
#include "server.h"

typedef int change_fn(struct ddm *ddm, int fd);

/* The same event twice counts once, so one deregistration ends it. */
static int add_listener(struct ddm *ddm, int fd)
{
	int result = ddm_listener_register(ddm, fd, DDM_EVENT_MASK_CONNECTION,
					   DDM_ANY_INTERFACE);

	return result == -EEXIST ? 0 : result;
}

static int remove_listener(struct ddm *ddm, int fd)
{
	int result = ddm_listener_deregister(ddm, fd);

	return result == -ENOENT ? -EINVAL : result;
}

static DWORD change_for_event(struct mpr_server *server, HANDLE handle,
			      change_fn *change)
{
	struct mpr_event *event;
	DWORD error;

	event = mpr_event_get(handle, EVENT_MODIFY_STATE, &error);
	if (!event)
		return error == ERROR_INVALID_HANDLE ? ERROR_INVALID_PARAMETER :
						       error;
	error = mpr_server_lock(server);
	if (!error) {
		error = mpr_server_result(server,
					  change(server->ddm, event->fd));
		mpr_server_unlock(server);
	}
	mpr_event_put(event);
	return error;
}

static DWORD change_listener(HANDLE server_handle, HANDLE event_handle,
			     change_fn *change)
{
	struct mpr_server *server;
	DWORD error;

	error = mpr_server_get(server_handle, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = change_for_event(server, event_handle, change);
	mpr_server_put(server);
	return error;
}

DWORD WINAPI MprAdminRegisterConnectionNotification(
	MPR_SERVER_HANDLE hMprServer, HANDLE hEventNotification)
{
	return change_listener(hMprServer, hEventNotification, add_listener);
}

DWORD WINAPI MprAdminDeregisterConnectionNotification(
	MPR_SERVER_HANDLE hMprServer, HANDLE hEventNotification)
{
	return change_listener(hMprServer, hEventNotification, remove_listener);
}
