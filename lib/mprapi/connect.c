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

#include "cancel.h"
#include "clock.h"
#include "event.h"
#include "hangup.h"
#include "server.h"

/* How long a disconnect waits for a dialer to hang up, in milliseconds. */
#define HANGUP_LIMIT 30000
/* Meanwhile it looks that often, whatever it is told. Less than 1000. */
#define LOOK_AGAIN 250

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

/**
 * struct nap - a call that sleeps until something happens to an interface
 * @server: the router, not locked
 * @fd: eventfd that tells
 * @listener: the interface that a listener of ours is registered for, or 0
 * @cancel_state: whether the thread may be cancelled while it sleeps
 */
struct nap {
	struct mpr_server *server;
	int fd;
	uint32_t listener;
	int cancel_state;
};

/* From here to close_nap() the thread can be cancelled in its sleep only. */
static DWORD open_nap(struct nap *nap, struct mpr_server *server)
{
	*nap = (struct nap){ .server = server };
	nap->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (nap->fd < 0)
		return ERROR_NOT_ENOUGH_MEMORY;
	nap->cancel_state = mpr_cancel_disable();
	return NO_ERROR;
}

/* The interface's ends, of connections and links, shall end the sleep. */
static void hear_ends(struct nap *nap, uint32_t id)
{
	const uint32_t mask = DDM_EVENT_BIT(DDM_EVENT_TYPE_DISCONNECTED) |
			      DDM_EVENT_BIT(DDM_EVENT_TYPE_LINK_DOWN);

	if (mpr_server_lock(nap->server))
		return;
	if (!ddm_listener_register(nap->server->ddm, nap->fd, mask, id))
		nap->listener = id;
	mpr_server_unlock(nap->server);
}

static void close_nap(struct nap *nap)
{
	if (nap->listener && !mpr_server_lock(nap->server)) {
		ddm_listener_deregister(nap->server->ddm, nap->fd);
		mpr_server_unlock(nap->server);
	}
	close(nap->fd);
	mpr_cancel_restore(nap->cancel_state);
}

/* The thread is cancelled: what it asked for goes on without it. */
static void abandon(void *data)
{
	struct nap *nap = data;

	nap->cancel_state = mpr_cancel_disable();
	close_nap(nap);
	mpr_server_put(nap->server);
}

/* Until there is a signal, which it takes, or @limit is over, if not NULL. */
static void sleep_for(struct nap *nap, const struct timespec *limit)
{
	struct pollfd poll_fd = { .fd = nap->fd, .events = POLLIN };
	uint64_t count;

	pthread_cleanup_push(abandon, nap);
	mpr_cancel_restore(nap->cancel_state);
	ppoll(&poll_fd, 1, limit, NULL);
	mpr_cancel_disable();
	pthread_cleanup_pop(0);
	while (read(nap->fd, &count, sizeof(count)) < 0 && errno == EINTR)
		;
}

static DWORD connect_and_wait(struct mpr_server *server, uint32_t id)
{
	struct attempt attempt = { .id = id };
	struct nap nap;
	DWORD error;

	error = open_nap(&nap, server);
	if (error)
		return error;
	error = lock_and_begin(server, &attempt, nap.fd);
	while (!error && !attempt.ended) {
		sleep_for(&nap, NULL);
		error = ask_outcome(server, &attempt);
	}
	close_nap(&nap);
	return error ? error : attempt.error;
}

static DWORD start_connect(struct mpr_server *server, uint32_t id, int fd)
{
	struct attempt attempt = { .id = id };
	DWORD error;

	error = lock_and_begin(server, &attempt, fd);
	return error ? error : PENDING;
}

static DWORD connect_with_event(struct mpr_server *server, HANDLE hInterface,
				HANDLE handle)
{
	struct mpr_event *event;
	uint32_t id;
	DWORD error;

	event = mpr_event_get(handle, EVENT_MODIFY_STATE, &error);
	if (!event)
		return error == ERROR_INVALID_HANDLE ? ERROR_INVALID_PARAMETER :
						       error;
	error = mpr_interface_id(hInterface, &id);
	if (!error)
		error = start_connect(server, id, event->fd);
	mpr_event_put(event);
	return error;
}

static DWORD connect_without_event(struct mpr_server *server, HANDLE hInterface,
				   BOOL fSynchronous)
{
	uint32_t id;
	DWORD error;

	error = mpr_interface_id(hInterface, &id);
	if (error)
		return error;
	return fSynchronous ? connect_and_wait(server, id) :
			      start_connect(server, id, -1);
}

DWORD WINAPI MprAdminInterfaceConnect(MPR_SERVER_HANDLE hMprServer,
				      HANDLE hInterface, HANDLE hEvent,
				      BOOL fSynchronous)
{
	struct mpr_server *server;
	DWORD error;

	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = hEvent ?
			connect_with_event(server, hInterface, hEvent) :
			connect_without_event(server, hInterface, fSynchronous);
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

/*
 * With the lock held. An attempt may have succeeded before the request: then
 * its connection is what was hung up.
 */
static int look_at_interface(struct ddm *ddm, struct hangup *hangup)
{
	const struct ddm_interface *interface;
	int result = ddm_interface_get(ddm, hangup->id, &interface);

	hangup->over = true;
	if (result)
		return result;
	if (!hangup->connection)
		hangup->connection = interface->connection;
	hangup->over = !hangup->connection ||
		       interface->connection != hangup->connection;
	return 0;
}

/* With the lock held. An interface that is gone is not connected. */
static DWORD look_at(struct mpr_server *server, struct hangup *hangup)
{
	int result = hangup->link ? look_at_link(server->ddm, hangup) :
				    look_at_interface(server->ddm, hangup);
	DWORD error = mpr_server_result(server, result);

	return result == -ESTALE && !server->lost ? NO_ERROR : error;
}

/* With the lock held. */
static int begin_hangup(struct ddm *ddm, struct hangup *hangup)
{
	const struct ddm_interface *interface;
	int result = ddm_interface_get(ddm, hangup->id, &interface);

	if (result)
		return result;
	hangup->connection = interface->connection;
	return ddm_interface_disconnect(ddm, hangup->id);
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
	if (!error)
		error = look_at(server, hangup);
	mpr_server_unlock(server);
	return error;
}

static DWORD look_again(struct mpr_server *server, struct hangup *hangup)
{
	DWORD error;

	error = mpr_server_lock(server);
	if (error)
		return error;
	error = look_at(server, hangup);
	mpr_server_unlock(server);
	return error;
}

/* False: there is no time left for it. */
static bool sleep_a_while(struct nap *nap, const struct timespec *deadline)
{
	const struct timespec longest = { .tv_nsec = LOOK_AGAIN * 1000000L };
	struct timespec left;

	if (!mpr_time_left(deadline, &left))
		return false;
	sleep_for(nap, left.tv_sec || left.tv_nsec > longest.tv_nsec ?
			       &longest :
			       &left);
	return true;
}

/*
 * The dialer knows, now the device has to go down. That the kernel tells is a
 * help, not needed: there may be no listener left to have, and one goes without
 * a signal when another thread gives the handle up.
 */
static DWORD await_hangup(struct mpr_server *server, struct hangup *hangup)
{
	struct timespec deadline = mpr_deadline(HANGUP_LIMIT);
	struct nap nap;
	DWORD error;

	error = open_nap(&nap, server);
	if (error)
		return error;
	hear_ends(&nap, hangup->id);
	do {
		error = look_again(server, hangup);
	} while (!error && !hangup->over && sleep_a_while(&nap, &deadline));
	close_nap(&nap);
	return error || hangup->over ? error : ERROR_TIMEOUT;
}

DWORD mpr_link_hang_up(struct mpr_server *server, uint32_t interface,
		       uint32_t link, bool wait)
{
	struct hangup hangup = { .id = interface, .link = link };
	DWORD error = request_hangup(server, &hangup, begin_link_hangup);

	if (!error && wait && !hangup.over)
		error = await_hangup(server, &hangup);
	return error;
}

DWORD mpr_interface_hang_up(struct mpr_server *server, uint32_t interface)
{
	struct hangup hangup = { .id = interface };
	DWORD error = request_hangup(server, &hangup, begin_hangup);

	if (!error && !hangup.over)
		error = await_hangup(server, &hangup);
	return error;
}

DWORD WINAPI MprAdminInterfaceDisconnect(MPR_SERVER_HANDLE hMprServer,
					 HANDLE hInterface)
{
	struct mpr_server *server;
	uint32_t id;
	DWORD error;

	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = mpr_interface_id(hInterface, &id);
	if (!error)
		error = mpr_interface_hang_up(server, id);
	mpr_server_put(server);
	return error;
}
