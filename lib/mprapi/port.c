// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Ports. Where a link agent tells of links, each link is a port; the device of
 * any other interface is its one port.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>

#include "buffer.h"
#include "hangup.h"
#include "media.h"
#include "page.h"
#include "server.h"
#include "snapshot.h"
#include "text.h"

/*
 * hPort is the number of the link, or, with this bit, that of the interface; a
 * resume handle is the same. A router with a hundred calls a second would need
 * eight months for so many links.
 */
#define OF_DEVICE UINT32_C(0x80000000)

/**
 * struct port - a port
 * @key: its handle
 * @about: its interface
 * @link: itself, NULL if it is the device
 */
struct port {
	uint32_t key;
	const struct mpr_about *about;
	const struct ddm_link *link;
};

static struct port port_of_link(const struct mpr_about *about,
				const struct ddm_link *link)
{
	return (struct port){ link->id, about, link };
}

static struct port port_of_device(const struct mpr_about *about)
{
	return (struct port){ about->interface.id | OF_DEVICE, about, NULL };
}

/* What has no device now, or is in use by the links on it, is no port. */
static bool is_port(const struct mpr_about *about)
{
	return about->interface.ifindex && !about->links;
}

static HANDLE port_handle(const struct port *port)
{
	return (HANDLE)(uintptr_t)port->key;
}

/* A link can be up before its device is: then there is no connection yet. */
static bool in_use(const struct port *port)
{
	if (!port->about->connection.id)
		return false;
	return !port->link || port->link->state == DDM_LINK_STATE_UP;
}

/* Its counters are those of the connection as long as it is the only port. */
static bool is_alone(const struct port *port)
{
	return in_use(port) &&
	       (!port->link || port->about->connection.links == 1);
}

static HANDLE connection_of(const struct port *port)
{
	return in_use(port) ?
		       mpr_connection_handle(port->about->connection.id) :
		       NULL;
}

/* An agent tells of a link before it is up: while it is negotiated. */
static RAS_PORT_CONDITION link_condition(const struct port *port)
{
	if (port->link->state == DDM_LINK_STATE_UP)
		return RAS_PORT_AUTHENTICATED;
	if (port->link->incoming)
		return RAS_PORT_AUTHENTICATING;
	if (port->about->interface.state == DDM_STATE_CONNECTING ||
	    port->about->interface.state == DDM_STATE_CONNECTED)
		return RAS_PORT_INITIALIZING;
	return RAS_PORT_DISCONNECTED;
}

static bool has_failed(const struct port *port)
{
	return port->about->interface.unreachability &
	       DDM_UNREACHABILITY_NO_MEDIA_SENSE;
}

static RAS_PORT_CONDITION condition_of(const struct port *port)
{
	static const RAS_PORT_CONDITION conditions[] = {
		[DDM_STATE_UNREACHABLE] = RAS_PORT_DISCONNECTED,
		[DDM_STATE_DISCONNECTED] = RAS_PORT_DISCONNECTED,
		[DDM_STATE_CONNECTING] = RAS_PORT_INITIALIZING,
		[DDM_STATE_CONNECTED] = RAS_PORT_AUTHENTICATED,
	};
	const uint32_t state = port->about->interface.state;

	if (port->link)
		return link_condition(port);
	/* Read after the interface was: it may have connected meanwhile. */
	if (in_use(port))
		return RAS_PORT_AUTHENTICATED;
	if (has_failed(port))
		return RAS_PORT_NON_OPERATIONAL;
	return state < ARRAYSIZE(conditions) ? conditions[state] :
					       RAS_PORT_DISCONNECTED;
}

/* Milliseconds that the link has been up; a clock that was set may not tell. */
static uint64_t time_up(const struct ddm_link *link)
{
	struct timespec now;
	uint64_t time;

	clock_gettime(CLOCK_REALTIME, &now);
	time = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	return time > link->changed ? (time - link->changed) / 1000000 : 0;
}

static DWORD duration_of(const struct port *port)
{
	uint64_t duration = port->about->connection.duration;
	uint64_t up;

	if (!in_use(port))
		return 0;
	if (!is_alone(port)) {
		up = time_up(port->link);
		duration = up < duration ? up : duration;
	}
	return (DWORD)(duration / 1000);
}

static const char *medium_of(const struct port *port)
{
	return port->link && *port->link->media ? port->link->media :
						  port->about->interface.kind;
}

static void fill0(const struct port *port, void *to)
{
	const struct ddm_interface *interface = &port->about->interface;
	RAS_PORT_0 *info = to;

	info->hPort = port_handle(port);
	info->hConnection = connection_of(port);
	info->dwPortCondition = condition_of(port);
	info->dwTotalNumberOfCalls = interface->connects;
	info->dwConnectDuration = duration_of(port);
	mpr_wide_show(info->wszPortName, ARRAYSIZE(info->wszPortName),
		      port->link ? port->link->port : interface->device);
	mpr_wide_show(info->wszMediaName, ARRAYSIZE(info->wszMediaName),
		      medium_of(port));
	mpr_wide_show(info->wszDeviceName, ARRAYSIZE(info->wszDeviceName),
		      interface->device);
	wcsncpy(info->wszDeviceType, mpr_media_find(medium_of(port))->type,
		ARRAYSIZE(info->wszDeviceType) - 1);
}

/* Nobody counts what goes over one link of several. */
static void fill_counters(RAS_PORT_1 *info, const struct ddm_connection *from)
{
	info->dwBytesXmited = (DWORD)from->tx_bytes;
	info->dwBytesRcved = (DWORD)from->rx_bytes;
	info->dwFramesXmited = (DWORD)from->tx_packets;
	info->dwFramesRcved = (DWORD)from->rx_packets;
	info->dwCrcErr = (DWORD)from->rx_crc_errors;
	info->dwAlignmentErr = (DWORD)from->rx_frame_errors;
	info->dwHardwareOverrunErr = (DWORD)from->rx_fifo_errors;
	info->dwBufferOverrunErr = (DWORD)from->rx_over_errors;
}

static void fill1(const struct port *port, void *to)
{
	RAS_PORT_1 *info = to;

	info->hPort = port_handle(port);
	info->hConnection = connection_of(port);
	info->dwHardwareCondition = has_failed(port) ? RAS_HARDWARE_FAILURE :
						       RAS_HARDWARE_OPERATIONAL;
	info->dwLineSpeed = port->link ? port->link->speed : 0;
	if (is_alone(port))
		fill_counters(info, &port->about->connection);
}

static const struct {
	size_t size;
	void (*fill)(const struct port *port, void *to);
} levels[] = {
	{ sizeof(RAS_PORT_0), fill0 },
	{ sizeof(RAS_PORT_1), fill1 },
};

/**
 * struct listing - an enumeration
 * @page: where the ports go
 * @connection: only the ports that it uses, 0 for all ports
 */
struct listing {
	struct mpr_page *page;
	uint64_t connection;
};

static void add_port(const struct listing *listing, struct port port)
{
	void *to;

	if (listing->connection &&
	    (!in_use(&port) ||
	     port.about->connection.id != listing->connection))
		return;
	to = mpr_page_add(listing->page, port.key);
	if (to)
		fill0(&port, to);
}

/* By rising handle, as a page wants them. */
static void add_ports(const struct listing *listing,
		      const struct mpr_snapshot *snapshot)
{
	const struct mpr_about *about;
	const struct ddm_link *link;
	size_t i;

	for (i = 0; i < snapshot->link_count; i++) {
		link = &snapshot->links[i].link;
		about = mpr_snapshot_find(snapshot, link->interface);
		if (about)
			add_port(listing, port_of_link(about, link));
	}
	for (i = 0; i < snapshot->interface_count; i++) {
		about = &snapshot->interfaces[i];
		if (is_port(about))
			add_port(listing, port_of_device(about));
	}
}

/* With the lock held. -ENOTCONN: no such connection. */
static int list(struct ddm *ddm, const struct listing *listing)
{
	const struct ddm_connection *connection;
	struct mpr_snapshot snapshot;
	uint32_t only = 0;
	int result;

	if (listing->connection) {
		result = ddm_connection_get(ddm, listing->connection,
					    &connection);
		if (result)
			return result;
		only = connection->interface;
	}
	result = mpr_snapshot_read(&snapshot, ddm, only);
	if (only && result == -ESTALE)
		result = -ENOTCONN; /* it has just ended */
	if (!result)
		add_ports(listing, &snapshot);
	mpr_snapshot_free(&snapshot);
	return result;
}

static DWORD enumerate(struct mpr_server *server, HANDLE connection,
		       const struct mpr_page_request *request)
{
	struct mpr_page page;
	const struct listing listing = {
		.page = &page,
		.connection = connection == INVALID_HANDLE_VALUE ?
				      0 :
				      (uintptr_t)connection,
	};
	DWORD error;

	error = mpr_page_begin(&page, request, sizeof(RAS_PORT_0));
	if (!error && !connection)
		error = ERROR_INVALID_HANDLE;
	if (error)
		return error;
	error = mpr_server_lock(server);
	if (!error) {
		error = mpr_server_result(server, list(server->ddm, &listing));
		mpr_server_unlock(server);
	}
	/* The page has this word for what is no connection. */
	if (error == ERROR_INTERFACE_NOT_CONNECTED)
		error = ERROR_INVALID_HANDLE;
	return mpr_page_end(&page, request, error);
}

DWORD WINAPI MprAdminPortEnum(RAS_SERVER_HANDLE hRasServer, DWORD dwLevel,
			      HANDLE hConnection, LPBYTE *lplpbBuffer,
			      DWORD dwPrefMaxLen, LPDWORD lpdwEntriesRead,
			      LPDWORD lpdwTotalEntries,
			      LPDWORD lpdwResumeHandle)
{
	const struct mpr_page_request request = { lplpbBuffer, dwPrefMaxLen,
						  lpdwEntriesRead,
						  lpdwTotalEntries,
						  lpdwResumeHandle };
	struct mpr_server *server;
	DWORD error;

	mpr_page_clear(&request);
	error = mpr_server_get(hRasServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = dwLevel ? ERROR_NOT_SUPPORTED :
			  enumerate(server, hConnection, &request);
	mpr_server_put(server);
	return error;
}

static int find_link(struct port *port, struct mpr_snapshot *snapshot,
		     struct ddm *ddm)
{
	const struct mpr_link *link;
	const struct ddm_link *found;
	int result = ddm_link_get(ddm, port->key, &found);

	if (!result && !found->interface)
		result = -ENXIO;
	if (!result)
		result = mpr_snapshot_read(snapshot, ddm, found->interface);
	if (result)
		return result;
	for (link = snapshot->interfaces[0].links; link; link = link->next)
		if (link->link.id == port->key)
			break;
	if (!link)
		return -ENXIO;
	*port = port_of_link(&snapshot->interfaces[0], &link->link);
	return 0;
}

static int find_device(struct port *port, struct mpr_snapshot *snapshot,
		       struct ddm *ddm)
{
	uint32_t id = port->key & ~OF_DEVICE;
	int result = id ? mpr_snapshot_read(snapshot, ddm, id) : -ENXIO;

	if (result)
		return result;
	if (!is_port(&snapshot->interfaces[0]))
		return -ENXIO;
	*port = port_of_device(&snapshot->interfaces[0]);
	return 0;
}

static DWORD find_port(struct mpr_server *server, struct port *port,
		       struct mpr_snapshot *snapshot)
{
	int result;
	DWORD error;

	if (port->key & OF_DEVICE)
		result = find_device(port, snapshot, server->ddm);
	else
		result = find_link(port, snapshot, server->ddm);
	error = mpr_server_result(server, result);
	/* The interface is gone, and its ports with it. */
	return error == ERROR_INVALID_HANDLE ? ERROR_INVALID_PORT_HANDLE :
					       error;
}

static void close_port(struct mpr_server *server, struct mpr_snapshot *snapshot)
{
	mpr_snapshot_free(snapshot);
	mpr_server_unlock(server);
}

/**
 * open_port - look a port up
 * @server: the router; locked on success, for close_port()
 * @handle: anything at all
 * @port: the port, good until close_port()
 * @snapshot: for close_port()
 *
 * Return: NO_ERROR, ERROR_INVALID_PORT_HANDLE, or another error
 */
static DWORD open_port(struct mpr_server *server, HANDLE handle,
		       struct port *port, struct mpr_snapshot *snapshot)
{
	DWORD error;

	*snapshot = (struct mpr_snapshot){ 0 };
	*port = (struct port){ .key = (uint32_t)(uintptr_t)handle };
	if (!handle || (uintptr_t)handle > UINT32_MAX)
		return ERROR_INVALID_PORT_HANDLE;
	error = mpr_server_lock(server);
	if (error)
		return error;
	error = find_port(server, port, snapshot);
	if (error)
		close_port(server, snapshot);
	return error;
}

static DWORD fill(struct mpr_server *server, DWORD level, HANDLE handle,
		  void *to)
{
	struct mpr_snapshot snapshot;
	struct port port;
	DWORD error = open_port(server, handle, &port, &snapshot);

	if (error)
		return error;
	levels[level].fill(&port, to);
	close_port(server, &snapshot);
	return NO_ERROR;
}

static DWORD get_info(struct mpr_server *server, DWORD level, HANDLE handle,
		      LPBYTE *buffer)
{
	void *block;
	DWORD error;

	if (!buffer)
		return ERROR_INVALID_PARAMETER;
	if (level >= ARRAYSIZE(levels))
		return ERROR_NOT_SUPPORTED;
	block = calloc(1, levels[level].size);
	if (!block)
		return ERROR_NOT_ENOUGH_MEMORY;
	error = fill(server, level, handle, block);
	if (!error)
		return mpr_buffer_hand_out(block, buffer);
	free(block);
	return error;
}

DWORD WINAPI MprAdminPortGetInfo(RAS_SERVER_HANDLE hRasServer, DWORD dwLevel,
				 HANDLE hPort, LPBYTE *lplpbBuffer)
{
	struct mpr_server *server;
	DWORD error;

	if (lplpbBuffer)
		*lplpbBuffer = NULL;
	error = mpr_server_get(hRasServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = get_info(server, dwLevel, hPort, lplpbBuffer);
	mpr_server_put(server);
	return error;
}

/*
 * May the caller act at all? Nothing is cleared: there is no connection 0, and
 * the caller's rights are looked at first.
 */
static int check_rights(struct ddm *ddm)
{
	int result = ddm_connection_clear(ddm, 0);

	return result == -ENOTCONN ? 0 : result;
}

/* With the lock held. A port that is not in use has nothing to clear. */
static DWORD clear_port(struct mpr_server *server, const struct port *port)
{
	int result;

	result = is_alone(port) ?
			 ddm_connection_clear(server->ddm,
					      port->about->connection.id) :
			 check_rights(server->ddm);
	if (result && result != -ENOTCONN)
		return mpr_server_result(server, result);
	return in_use(port) && !is_alone(port) ? ERROR_NOT_SUPPORTED : NO_ERROR;
}

static DWORD clear_stats(struct mpr_server *server, HANDLE handle)
{
	struct mpr_snapshot snapshot;
	struct port port;
	DWORD error = open_port(server, handle, &port, &snapshot);

	if (error == ERROR_INVALID_PORT_HANDLE)
		return RPC_S_INVALID_BINDING;
	if (error)
		return error;
	error = clear_port(server, &port);
	close_port(server, &snapshot);
	return error;
}

DWORD WINAPI MprAdminPortClearStats(RAS_SERVER_HANDLE hRasServer, HANDLE hPort)
{
	struct mpr_server *server;
	DWORD error;

	error = mpr_server_get(hRasServer, RPC_S_INVALID_BINDING, &server);
	if (error)
		return error;
	error = clear_stats(server, hPort);
	mpr_server_put(server);
	return error;
}

/*
 * Is it one of several that carry the connection, or about to become one, or a
 * call that is being taken? Then it is hung up by itself.
 */
static bool has_own_hangup(const struct port *port)
{
	return port->link && !is_alone(port) &&
	       condition_of(port) != RAS_PORT_DISCONNECTED;
}

/*
 * An attempt is on all the ports that the interface has, and a connection that
 * has one port alone ends with it: both are the interface's.
 */
static DWORD hang_up(struct mpr_server *server, HANDLE handle)
{
	struct mpr_snapshot snapshot;
	bool own, used;
	struct port port;
	uint32_t interface;
	DWORD error = open_port(server, handle, &port, &snapshot);

	if (error == ERROR_INVALID_PORT_HANDLE)
		return ERROR_INVALID_PARAMETER;
	if (error)
		return error;
	interface = port.about->interface.id;
	own = has_own_hangup(&port);
	used = in_use(&port);
	close_port(server, &snapshot);

	error = own ? mpr_link_hang_up(server, interface, port.key, used) :
		      mpr_interface_hang_up(server, interface);
	if (error == ERROR_INTERFACE_NOT_CONNECTED)
		return ERROR_PORT_NOT_CONNECTED;
	/* It has gone meanwhile, with its interface or alone. */
	return error == ERROR_INVALID_HANDLE ||
			       error == ERROR_INVALID_PORT_HANDLE ?
		       ERROR_INVALID_PARAMETER :
		       error;
}

DWORD WINAPI MprAdminPortDisconnect(RAS_SERVER_HANDLE hRasServer, HANDLE hPort)
{
	struct mpr_server *server;
	DWORD error;

	error = mpr_server_get(hRasServer, ERROR_INVALID_PARAMETER, &server);
	if (error)
		return error;
	error = hang_up(server, hPort);
	mpr_server_put(server);
	return error;
}

/* Hung up, the device is closed, or at the dialer's disposal as at first. */
DWORD WINAPI MprAdminPortReset(RAS_SERVER_HANDLE hRasServer, HANDLE hPort)
{
	DWORD error = MprAdminPortDisconnect(hRasServer, hPort);

	return error == ERROR_PORT_NOT_CONNECTED ? NO_ERROR : error;
}
