// SPDX-License-Identifier: LGPL-2.1-or-later
/* Connections: list them, read one, clear its counters. */
#include <errno.h>
#include <ifaddrs.h>
#include <stdlib.h>
#include <string.h>

#include <mprapi.h>
#include <mprerror.h>

#include "buffer.h"
#include "page.h"
#include "projection.h"
#include "server.h"
#include "text.h"

/**
 * struct view - what is needed besides the connection to fill a structure
 * @level: of the structure
 * @epoch: which load of the module, for GUIDs
 * @ppp: ids of the interfaces over PPP devices, rising
 * @ppp_count: how many
 * @ppp_room: how many @ppp has memory for
 * @addresses: the net devices' addresses, or NULL
 * @page: where listed connections go
 */
struct view {
	DWORD level;
	uint64_t epoch;
	uint32_t *ppp;
	size_t ppp_count;
	size_t ppp_room;
	struct ifaddrs *addresses;
	struct mpr_page page;
};

static int note_ppp(const struct ddm_interface *interface, void *data)
{
	struct view *view = data;
	uint32_t *ids;

	if (!interface->connection || strcmp(interface->kind, "ppp"))
		return 0;
	if (view->ppp_count == view->ppp_room) {
		view->ppp_room = 2 * view->ppp_room + 8;
		ids = realloc(view->ppp, view->ppp_room * sizeof(*ids));
		if (!ids)
			return -ENOMEM;
		view->ppp = ids;
	}
	view->ppp[view->ppp_count++] = interface->id;
	return 0;
}

/* With the server's lock held. */
static int open_view(struct view *view, struct ddm *ddm, DWORD level)
{
	const struct ddm_service *service;
	int result;

	*view = (struct view){ .level = level };
	result = ddm_service_get(ddm, &service);
	if (result)
		return result;
	view->epoch = service->epoch;
	if (level == 0)
		return ddm_interface_list(ddm, 1, note_ppp, view, NULL);
	if (getifaddrs(&view->addresses))
		view->addresses = NULL;
	return 0;
}

static void close_view(struct view *view)
{
	if (view->addresses)
		freeifaddrs(view->addresses);
	free(view->ppp);
}

static int compare_ids(const void *a, const void *b)
{
	uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;

	return (first > second) - (first < second);
}

static HANDLE connection_handle(uint64_t id)
{
	return (HANDLE)(uintptr_t)id;
}

static GUID connection_guid(const struct view *view, uint64_t id)
{
	GUID guid = {
		.Data1 = (ULONG)id,
		.Data2 = (USHORT)(id >> 32),
		.Data3 = (USHORT)(id >> 48),
	};

	memcpy(guid.Data4, &view->epoch, sizeof(guid.Data4));
	return guid;
}

static void fill0(const struct view *view, const struct ddm_connection *from,
		  void *to)
{
	RAS_CONNECTION_0 *info = to;

	info->hConnection = connection_handle(from->id);
	info->hInterface = mpr_interface_handle(from->interface);
	info->dwConnectDuration = (DWORD)(from->duration / 1000);
	info->dwInterfaceType = (ROUTER_INTERFACE_TYPE)from->type;
	if (view->ppp && bsearch(&from->interface, view->ppp, view->ppp_count,
				 sizeof(*view->ppp), compare_ids))
		info->dwConnectionFlags = RAS_FLAGS_PPP_CONNECTION;
	mpr_wide_show(info->wszInterfaceName, ARRAYSIZE(info->wszInterfaceName),
		      from->name);
}

/* Counters are the low 32 bits, and wrap as they do on Windows. */
static void fill1(const struct view *view, const struct ddm_connection *from,
		  void *to)
{
	RAS_CONNECTION_1 *info = to;

	info->hConnection = connection_handle(from->id);
	info->hInterface = mpr_interface_handle(from->interface);
	mpr_project(&info->PppInfo, view->addresses, from->device);
	info->dwBytesXmited = (DWORD)from->tx_bytes;
	info->dwBytesRcved = (DWORD)from->rx_bytes;
	info->dwFramesXmited = (DWORD)from->tx_packets;
	info->dwFramesRcved = (DWORD)from->rx_packets;
	info->dwCrcErr = (DWORD)from->rx_crc_errors;
	info->dwAlignmentErr = (DWORD)from->rx_frame_errors;
	info->dwHardwareOverrunErr = (DWORD)from->rx_fifo_errors;
	info->dwBufferOverrunErr = (DWORD)from->rx_over_errors;
}

static void fill2(const struct view *view, const struct ddm_connection *from,
		  void *to)
{
	RAS_CONNECTION_2 *info = to;

	info->hConnection = connection_handle(from->id);
	info->dwInterfaceType = (ROUTER_INTERFACE_TYPE)from->type;
	info->guid = connection_guid(view, from->id);
	mpr_project2(&info->PppInfo2, view->addresses, from->device);
}

static void fill3(const struct view *view, const struct ddm_connection *from,
		  void *to)
{
	RAS_CONNECTION_3 *info = to;

	info->dwVersion = 1;
	info->dwSize = sizeof(*info);
	info->hConnection = connection_handle(from->id);
	info->dwInterfaceType = (ROUTER_INTERFACE_TYPE)from->type;
	info->guid = connection_guid(view, from->id);
	mpr_project3(&info->PppInfo3, view->addresses, from->device);
	info->rasQuarState = RAS_QUAR_STATE_NORMAL;
}

static const struct {
	size_t size;
	void (*fill)(const struct view *view, const struct ddm_connection *from,
		     void *to);
} levels[] = {
	{ sizeof(RAS_CONNECTION_0), fill0 },
	{ sizeof(RAS_CONNECTION_1), fill1 },
	{ sizeof(RAS_CONNECTION_2), fill2 },
	{ sizeof(RAS_CONNECTION_3), fill3 },
};

static int add_to_page(const struct ddm_connection *connection, void *data)
{
	struct view *view = data;
	void *to = mpr_page_add(&view->page, connection->interface);

	if (to)
		levels[view->level].fill(view, connection, to);
	return 0;
}

/* With the lock held. An interface has one connection at most. */
static int list(struct ddm *ddm, DWORD level, struct mpr_page *page)
{
	struct view view;
	int result;

	result = open_view(&view, ddm, level);
	if (!result) {
		view.page = *page;
		result = ddm_connection_list(ddm, add_to_page, &view);
		*page = view.page;
	}
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
		error = mpr_server_result(server,
					  list(server->ddm, level, &page));
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
static int read_one(struct ddm *ddm, DWORD level, uint64_t id, void *to)
{
	const struct ddm_connection *connection;
	struct view view;
	int result;

	result = open_view(&view, ddm, level);
	if (!result)
		result = ddm_connection_get(ddm, id, &connection);
	if (!result)
		levels[level].fill(&view, connection, to);
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
					  read_one(server->ddm, level,
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
