// SPDX-License-Identifier: LGPL-2.1-or-later
/* Connections: list them, read one, clear its counters. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <mprapi.h>
#include <mprerror.h>

#include "address.h"
#include "buffer.h"
#include "media.h"
#include "page.h"
#include "projection.h"
#include "server.h"
#include "snapshot.h"
#include "text.h"

/* 1601 to 1970 in units of FILETIME, 100 ns */
#define FILETIME_OF_1970 UINT64_C(116444736000000000)

/**
 * struct view - what is known when structures are filled
 * @epoch: which load of the module, for GUIDs
 * @snapshot: the connections
 * @addresses: the net devices' addresses
 */
struct view {
	uint64_t epoch;
	struct mpr_snapshot snapshot;
	struct mpr_addresses addresses;
};

/*
 * With the server's lock held. Of one interface, or of all if @only is 0. Level
 * 0 has no addresses.
 */
static int open_view(struct view *view, struct mpr_server *server, DWORD level,
		     uint32_t only)
{
	uint32_t ifindex = 0;
	int result;

	*view = (struct view){ .epoch = server->epoch };
	result = only ? mpr_snapshot_read(&view->snapshot, server->ddm, only) :
			mpr_snapshot_read_connections(&view->snapshot,
						      server->ddm);
	if (result || !level)
		return result;
	if (only)
		ifindex = view->snapshot.interfaces[0].interface.ifindex;
	return mpr_addresses_read(&view->addresses, &server->addresses,
				  ifindex);
}

static void close_view(struct view *view)
{
	mpr_addresses_free(&view->addresses);
	mpr_snapshot_free(&view->snapshot);
}

static GUID connection_guid(const struct view *view,
			    const struct mpr_about *about)
{
	const uint64_t id = about->connection.id;
	GUID guid = {
		.Data1 = (ULONG)id,
		.Data2 = (USHORT)(id >> 32),
		.Data3 = (USHORT)(id >> 48),
	};

	memcpy(guid.Data4, &view->epoch, sizeof(guid.Data4));
	return guid;
}

static ROUTER_INTERFACE_TYPE type_of(const struct mpr_about *about)
{
	return (ROUTER_INTERFACE_TYPE)about->connection.type;
}

static DWORD flags_of(const struct mpr_about *about)
{
	return mpr_is_ppp(about) ? RAS_FLAGS_PPP_CONNECTION : 0;
}

/* All links of a bundle are one user's; the first that says so counts. */
static const char *user_of(const struct mpr_about *about)
{
	const struct mpr_link *link = mpr_first_up(about->links);

	while (link && !*link->link.user)
		link = mpr_first_up(link->next);
	return link ? link->link.user : "";
}

static const char *peer_of(const struct mpr_about *about)
{
	const struct mpr_link *link = mpr_first_up(about->links);

	while (link && !*link->link.peer)
		link = mpr_first_up(link->next);
	return link ? link->link.peer : "";
}

/* Bytes of "DOMAIN\" before the name, if that can be a domain. */
static size_t domain_length(const char *user)
{
	const char *end = strchr(user, '\\');
	size_t length = end ? (size_t)(end - user) : 0;

	return length <= DNLEN ? length : 0;
}

static void show_user(WCHAR *to, const struct mpr_about *about)
{
	const char *user = user_of(about);
	size_t domain = domain_length(user);

	mpr_wide_show(to, UNLEN + 1, domain ? user + domain + 1 : user);
}

static void show_domain(WCHAR *to, const struct mpr_about *about)
{
	const char *user = user_of(about);
	char domain[DNLEN + 1] = { 0 };

	memcpy(domain, user, domain_length(user));
	mpr_wide_show(to, DNLEN + 1, domain);
}

static void show_computer(WCHAR *to, const struct mpr_about *about)
{
	mpr_wide_show(to, NETBIOS_NAME_LEN + 1, peer_of(about));
}

static void fill0(const struct view *view, const struct mpr_about *about,
		  void *to)
{
	const struct ddm_connection *from = &about->connection;
	RAS_CONNECTION_0 *info = to;

	(void)view;
	info->hConnection = mpr_connection_handle(from->id);
	info->hInterface = mpr_interface_handle(from->interface);
	info->dwConnectDuration = (DWORD)(from->duration / 1000);
	info->dwInterfaceType = type_of(about);
	info->dwConnectionFlags = flags_of(about);
	mpr_wide_show(info->wszInterfaceName, ARRAYSIZE(info->wszInterfaceName),
		      from->name);
	show_user(info->wszUserName, about);
	show_domain(info->wszLogonDomain, about);
	show_computer(info->wszRemoteComputer, about);
}

/* Counters are the low 32 bits, and wrap as they do on Windows. */
static void fill1(const struct view *view, const struct mpr_about *about,
		  void *to)
{
	const struct ddm_connection *from = &about->connection;
	RAS_CONNECTION_1 *info = to;

	info->hConnection = mpr_connection_handle(from->id);
	info->hInterface = mpr_interface_handle(from->interface);
	mpr_project(&info->PppInfo, about, &view->addresses);
	info->dwBytesXmited = (DWORD)from->tx_bytes;
	info->dwBytesRcved = (DWORD)from->rx_bytes;
	info->dwFramesXmited = (DWORD)from->tx_packets;
	info->dwFramesRcved = (DWORD)from->rx_packets;
	info->dwCrcErr = (DWORD)from->rx_crc_errors;
	info->dwAlignmentErr = (DWORD)from->rx_frame_errors;
	info->dwHardwareOverrunErr = (DWORD)from->rx_fifo_errors;
	info->dwBufferOverrunErr = (DWORD)from->rx_over_errors;
}

static void fill2(const struct view *view, const struct mpr_about *about,
		  void *to)
{
	RAS_CONNECTION_2 *info = to;

	info->hConnection = mpr_connection_handle(about->connection.id);
	show_user(info->wszUserName, about);
	info->dwInterfaceType = type_of(about);
	info->guid = connection_guid(view, about);
	mpr_project2(&info->PppInfo2, about, &view->addresses);
}

static void fill3(const struct view *view, const struct mpr_about *about,
		  void *to)
{
	RAS_CONNECTION_3 *info = to;

	info->dwVersion = 1;
	info->dwSize = sizeof(*info);
	info->hConnection = mpr_connection_handle(about->connection.id);
	show_user(info->wszUserName, about);
	info->dwInterfaceType = type_of(about);
	info->guid = connection_guid(view, about);
	mpr_project3(&info->PppInfo3, about, &view->addresses);
	info->rasQuarState = RAS_QUAR_STATE_NORMAL;
}

static FILETIME filetime(uint64_t nanoseconds)
{
	const uint64_t time = nanoseconds / 100 + FILETIME_OF_1970;

	return (FILETIME){ .dwLowDateTime = (DWORD)time,
			   .dwHighDateTime = (DWORD)(time >> 32) };
}

static DWORD device_number(const struct mpr_about *about)
{
	const struct mpr_link *link = mpr_first_up(about->links);

	return (DWORD)mpr_media_find(link ? link->link.media :
					    about->interface.kind)
		->number;
}

static void fill4(const struct view *view, const struct mpr_about *about,
		  void *to)
{
	const struct ddm_connection *from = &about->connection;
	RAS_CONNECTION_4 *info = to;

	info->dwConnectDuration = (DWORD)(from->duration / 1000);
	info->dwInterfaceType = type_of(about);
	info->dwConnectionFlags = flags_of(about);
	mpr_wide_show(info->wszInterfaceName, ARRAYSIZE(info->wszInterfaceName),
		      from->name);
	show_user(info->wszUserName, about);
	show_domain(info->wszLogonDomain, about);
	show_computer(info->wszRemoteComputer, about);
	info->guid = connection_guid(view, about);
	info->rasQuarState = RAS_QUAR_STATE_NORMAL;
	info->connectionStartTime = filetime(from->start);
	info->ullBytesXmited = from->tx_bytes;
	info->ullBytesRcved = from->rx_bytes;
	info->dwFramesXmited = (DWORD)from->tx_packets;
	info->dwFramesRcved = (DWORD)from->rx_packets;
	info->dwCrcErr = (DWORD)from->rx_crc_errors;
	info->dwAlignmentErr = (DWORD)from->rx_frame_errors;
	info->dwHardwareOverrunErr = (DWORD)from->rx_fifo_errors;
	info->dwBufferOverrunErr = (DWORD)from->rx_over_errors;
	mpr_project4(&info->ProjectionInfo, about, &view->addresses);
	info->hConnection = mpr_connection_handle(from->id);
	info->hInterface = mpr_interface_handle(from->interface);
	info->dwDeviceType = device_number(about);
}

static const struct {
	size_t size;
	void (*fill)(const struct view *view, const struct mpr_about *about,
		     void *to);
} levels[] = {
	{ sizeof(RAS_CONNECTION_0), fill0 },
	{ sizeof(RAS_CONNECTION_1), fill1 },
	{ sizeof(RAS_CONNECTION_2), fill2 },
	{ sizeof(RAS_CONNECTION_3), fill3 },
	{ sizeof(RAS_CONNECTION_4), fill4 },
};

/* An interface has one connection at most. */
static void fill_page(struct mpr_page *page, const struct view *view,
		      DWORD level)
{
	const struct mpr_snapshot *snapshot = &view->snapshot;
	const struct mpr_about *about;
	void *to;
	size_t i;

	for (i = 0; i < snapshot->interface_count; i++) {
		about = &snapshot->interfaces[i];
		if (!about->connection.id)
			continue;
		to = mpr_page_add(page, about->interface.id);
		if (to)
			levels[level].fill(view, about, to);
	}
}

/* With the lock held. */
static int list(struct mpr_server *server, DWORD level, struct mpr_page *page)
{
	struct view view;
	int result = open_view(&view, server, level, 0);

	if (!result)
		fill_page(page, &view, level);
	close_view(&view);
	return result;
}

static DWORD enumerate(struct mpr_server *server, DWORD level,
		       const struct mpr_page_request *request)
{
	struct mpr_page page;
	DWORD error;

	if (level >= ARRAYSIZE(levels))
		return ERROR_INVALID_LEVEL;
	error = mpr_page_begin(&page, request, levels[level].size);
	if (error)
		return error;
	error = mpr_server_lock(server);
	if (!error) {
		error = mpr_server_result(server, list(server, level, &page));
		mpr_server_unlock(server);
	}
	return mpr_page_end(&page, request, error);
}

DWORD WINAPI MprAdminConnectionEnum(RAS_SERVER_HANDLE hRasServer, DWORD dwLevel,
				    LPBYTE *lplpbBuffer, DWORD dwPrefMaxLen,
				    LPDWORD lpdwEntriesRead,
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
	error = mpr_server_get(hRasServer, RPC_S_INVALID_BINDING, &server);
	if (error)
		return error;
	error = enumerate(server, dwLevel, &request);
	mpr_server_put(server);
	return error;
}

/* With the lock held. */
static int read_one(struct mpr_server *server, DWORD level, uint64_t id,
		    void *to)
{
	const struct ddm_connection *connection;
	const struct mpr_about *about = NULL;
	struct view view;
	int result;

	result = ddm_connection_get(server->ddm, id, &connection);
	if (result)
		return result;
	result = open_view(&view, server, level, connection->interface);
	if (!result)
		about = &view.snapshot.interfaces[0];
	if (about && about->connection.id == id)
		levels[level].fill(&view, about, to);
	else if (!result || result == -ESTALE)
		result = -ENOTCONN; /* it has just ended */
	close_view(&view);
	return result;
}

static DWORD get_info(struct mpr_server *server, DWORD level, HANDLE handle,
		      LPBYTE *buffer)
{
	void *block;
	DWORD error;

	if (!handle || !buffer)
		return ERROR_INVALID_PARAMETER;
	if (level >= ARRAYSIZE(levels))
		return ERROR_INVALID_LEVEL;
	block = calloc(1, levels[level].size);
	if (!block)
		return ERROR_NOT_ENOUGH_MEMORY;
	error = mpr_server_lock(server);
	if (!error) {
		error = mpr_server_result(server,
					  read_one(server, level,
						   (uintptr_t)handle, block));
		mpr_server_unlock(server);
	}
	if (!error)
		return mpr_buffer_hand_out(block, buffer);
	free(block);
	return error;
}

DWORD WINAPI MprAdminConnectionGetInfo(RAS_SERVER_HANDLE hRasServer,
				       DWORD dwLevel, HANDLE hConnection,
				       LPBYTE *lplpbBuffer)
{
	struct mpr_server *server;
	DWORD error;

	if (lplpbBuffer)
		*lplpbBuffer = NULL;
	error = mpr_server_get(hRasServer, RPC_S_INVALID_BINDING, &server);
	if (error)
		return error;
	error = get_info(server, dwLevel, hConnection, lplpbBuffer);
	mpr_server_put(server);
	return error;
}

DWORD WINAPI MprAdminConnectionClearStats(RAS_SERVER_HANDLE hRasServer,
					  HANDLE hConnection)
{
	struct mpr_server *server;
	DWORD error;

	error = mpr_server_get(hRasServer, RPC_S_INVALID_BINDING, &server);
	if (error)
		return error;
	error = hConnection ? mpr_server_lock(server) : ERROR_INVALID_PARAMETER;
	if (!error) {
		error = mpr_server_result(
			server, ddm_connection_clear(server->ddm,
						     (uintptr_t)hConnection));
		mpr_server_unlock(server);
	}
	mpr_server_put(server);
	/* The page has the one word for a bad handle and an ended connection */
	return error == ERROR_INTERFACE_NOT_CONNECTED ?
		       ERROR_INVALID_PARAMETER :
		       error;
}
