// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Connecting and disconnecting. A call that waits for the outcome does not
 * hold the server's lock meanwhile: another thread may need the same handle,
 * for instance to give the attempt up.
 */
#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>

#include "clock.h"
#include "event.h"
#include "hangup.h"
#include "server.h"

/* How long a disconnect waits for a dialer to hang up, in milliseconds. */
#define HANGUP_LIMIT 30000

/**
 * struct attempt - an attempt whose outcome is awaited
 * @id: the interface
 * @since: the outcome is an event after this one
 * @ended: the outcome is known
 * @error: then: NO_ERROR, or why it failed
 */
struct attempt {
	uint32_t id;
	uint64_t since;
	bool ended;
	DWORD error;
};

static void end_attempt(struct attempt *attempt, bool connected, DWORD error)
{
	attempt->ended = true;
	if (connected)
		attempt->error = NO_ERROR;
	else
		attempt->error = error ? error : ERROR_UNKNOWN;
}

/* With the lock held. */
static DWORD begin(struct mpr_server *server, struct attempt *attempt, int fd)
{
	const struct ddm_connect_request request = {
		.size = sizeof(request),
		.event_fd = fd,
	};
	const struct ddm_interface *interface;
	DWORD error;

	error = mpr_server_result(
		server, ddm_interface_connect(server->ddm, attempt->id,
					      &request, &interface));
	if (error)
		return error;
	attempt->since = interface->sequence ? interface->sequence - 1 : 0;
	if (interface->state != DDM_STATE_CONNECTING)
		end_attempt(attempt, interface->state == DDM_STATE_CONNECTED,
			    interface->last_error);
	return NO_ERROR;
}

static DWORD lock_and_begin(struct mpr_server *server, struct attempt *attempt,
			    int fd)
{
	DWORD error;

	error = mpr_server_lock(server);
	if (error)
		return error;
	error = begin(server, attempt, fd);
	mpr_server_unlock(server);
	return error;
}

static int take_outcome(const struct ddm_event *event, void *data)
{
	struct attempt *attempt = data;

	/* What is lost may be the outcome: ask the interface instead. */
	if (event->type == DDM_EVENT_TYPE_LOST)
		return 1;
	end_attempt(attempt, event->type == DDM_EVENT_TYPE_CONNECTED,
		    event->error);
	return 1;
}

/* Without the journal, the present state has to do. With the lock held. */
static DWORD ask_interface(struct mpr_server *server, struct attempt *attempt)
{
	const struct ddm_interface *interface;
	DWORD error;

	error = mpr_server_result(server,
				  ddm_interface_get(server->ddm, attempt->id,
						    &interface));
	if (!error && interface->state != DDM_STATE_CONNECTING)
		end_attempt(attempt, interface->state == DDM_STATE_CONNECTED,
			    interface->last_error);
	return error;
}

static DWORD ask_outcome(struct mpr_server *server, struct attempt *attempt)
{
	const uint32_t mask = DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECTED) |
			      DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECT_FAILED);
	DWORD error;

	error = mpr_server_lock(server);
	if (error)
		return error;
	error = mpr_server_result(
		server, ddm_event_list(server->ddm, attempt->since, attempt->id,
				       mask, take_outcome, attempt));
	if (!error && !attempt->ended)
		error = ask_interface(server, attempt);
	mpr_server_unlock(server);
	return error;
}

/* Waits for a signal, which it takes. False if there was none in time. */
static bool wait_for(int fd, const struct timespec *deadline)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	struct timespec left;
	uint64_t count;
	int ready;

	do {
		if (deadline)
			mpr_time_left(deadline, &left);
		ready = ppoll(&poll_fd, 1, deadline ? &left : NULL, NULL);
	} while (ready < 0 && errno == EINTR);
	while (read(fd, &count, sizeof(count)) < 0 && errno == EINTR)
		;
	return ready > 0;
}

static DWORD connect_and_wait(struct mpr_server *server, uint32_t id)
{
	struct attempt attempt = { .id = id };
	DWORD error;
	int fd;

	fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0)
		return ERROR_NOT_ENOUGH_MEMORY;
	error = lock_and_begin(server, &attempt, fd);
	while (!error && !attempt.ended) {
		wait_for(fd, NULL);
		error = ask_outcome(server, &attempt);
	}
	close(fd);
	return error ? error : attempt.error;
}

static DWORD start_connect(struct mpr_server *server, uint32_t id, int fd)
{
	struct attempt attempt = { .id = id };
	DWORD error;

	error = lock_and_begin(server, &attempt, fd);
	return error ? error : PENDING;
}

static DWORD connect_with_event(struct mpr_server *server, uint32_t id,
				HANDLE handle)
{
	struct mpr_event *event;
	DWORD error;

	event = mpr_event_get(handle, EVENT_MODIFY_STATE, &error);
	if (!event)
		return error == ERROR_INVALID_HANDLE ? ERROR_INVALID_PARAMETER :
						       error;
	error = start_connect(server, id, event->fd);
	mpr_event_put(event);
	return error;
}

DWORD WINAPI MprAdminInterfaceConnect(MPR_SERVER_HANDLE hMprServer,
				      HANDLE hInterface, HANDLE hEvent,
				      BOOL fSynchronous)
{
	struct mpr_server *server;
	uint32_t id;
	DWORD error;

	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = mpr_interface_id(hInterface, &id);
	if (!error && hEvent)
		error = connect_with_event(server, id, hEvent);
	else if (!error && fSynchronous)
		error = connect_and_wait(server, id);
	else if (!error)
		error = start_connect(server, id, -1);
	mpr_server_put(server);
	return error;
}

/**
 * struct hangup - a connection, or one link of it, that is being ended
 * @id: its interface
 * @connection: itself, 0 if there was only an attempt
 * @link: the one link, 0 for all
 * @over: it has ended
 */
struct hangup {
	uint32_t id;
	uint64_t connection;
	uint32_t link;
	bool over;
};

/* With the lock held. */
static int look_at_link(struct ddm *ddm, struct hangup *hangup)
{
	const struct ddm_link *link;
	int result = ddm_link_get(ddm, hangup->link, &link);

	hangup->over = result || link->state != DDM_LINK_STATE_UP;
	return result == -ENXIO ? 0 : result;
}

/* With the lock held. An interface that is gone is not connected. */
static int look_at(struct ddm *ddm, struct hangup *hangup)
{
	const struct ddm_interface *interface;
	int result;

	if (hangup->link)
		return look_at_link(ddm, hangup);
	result = ddm_interface_get(ddm, hangup->id, &interface);
	hangup->over = result || interface->connection != hangup->connection;
	return result == -ESTALE ? 0 : result;
}

/* With the lock held. */
static int begin_hangup(struct ddm *ddm, struct hangup *hangup)
{
	const struct ddm_interface *interface;
	int result = ddm_interface_get(ddm, hangup->id, &interface);

	if (result)
		return result;
	hangup->connection = interface->connection;
	result = ddm_interface_disconnect(ddm, hangup->id);
	if (result)
		return result;
	if (hangup->connection)
		return look_at(ddm, hangup);
	hangup->over = true;
	return 0;
}

/* With the lock held. */
static int begin_link_hangup(struct ddm *ddm, struct hangup *hangup)
{
	return ddm_link_hangup(ddm, hangup->link);
}

static DWORD request_hangup(struct mpr_server *server, struct hangup *hangup,
			    int (*request)(struct ddm *, struct hangup *))
{
	DWORD error;

	error = mpr_server_lock(server);
	if (error)
		return error;
	error = mpr_server_result(server, request(server->ddm, hangup));
	mpr_server_unlock(server);
	return error;
}

static DWORD listen_to(struct mpr_server *server, uint32_t id, int fd,
		       bool begin)
{
	const uint32_t mask = DDM_EVENT_BIT(DDM_EVENT_TYPE_DISCONNECTED) |
			      DDM_EVENT_BIT(DDM_EVENT_TYPE_LINK_DOWN);
	DWORD error;
	int result;

	error = mpr_server_lock(server);
	if (error)
		return error;
	result = begin ? ddm_listener_register(server->ddm, fd, mask, id) :
			 ddm_listener_deregister(server->ddm, fd);
	error = mpr_server_result(server, result);
	mpr_server_unlock(server);
	return error;
}

/* The dialer knows, now the device has to go down. */
static DWORD await_hangup(struct mpr_server *server, struct hangup *hangup)
{
	struct timespec deadline = mpr_deadline(HANGUP_LIMIT);
	DWORD error;
	int fd;

	fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0)
		return ERROR_NOT_ENOUGH_MEMORY;
	error = listen_to(server, hangup->id, fd, true);
	if (!error) {
		do {
			error = request_hangup(server, hangup, look_at);
		} while (!error && !hangup->over && wait_for(fd, &deadline));
		listen_to(server, hangup->id, fd, false);
	}
	close(fd);
	/* The interface went with its device before we could listen. */
	if (error == ERROR_INVALID_HANDLE)
		return NO_ERROR;
	return error || hangup->over ? error : ERROR_TIMEOUT;
}

DWORD mpr_link_hang_up(struct mpr_server *server, uint32_t interface,
		       uint32_t link, bool wait)
{
	struct hangup hangup = { .id = interface, .link = link };
	DWORD error = request_hangup(server, &hangup, begin_link_hangup);

	return error || !wait ? error : await_hangup(server, &hangup);
}

static DWORD disconnect(struct mpr_server *server, HANDLE handle)
{
	struct hangup hangup = { 0 };
	DWORD error;

	error = mpr_interface_id(handle, &hangup.id);
	if (!error)
		error = request_hangup(server, &hangup, begin_hangup);
	if (!error && !hangup.over)
		error = await_hangup(server, &hangup);
	return error;
}

DWORD WINAPI MprAdminInterfaceDisconnect(MPR_SERVER_HANDLE hMprServer,
					 HANDLE hInterface)
{
	struct mpr_server *server;
	DWORD error;

	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = disconnect(server, hInterface);
	mpr_server_put(server);
	return error;
}
