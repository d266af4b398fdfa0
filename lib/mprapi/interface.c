// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interfaces: create, find, delete, read, change and list them. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include <mprapi.h>
#include <mprerror.h>

#include "buffer.h"
#include "page.h"
#include "server.h"
#include "settings.h"
#include "text.h"

/* MPR_INTERFACE_0 ends in padding where the others go on: copy by members. */
static_assert(offsetof(MPR_INTERFACE_0, dwLastError) ==
			      offsetof(MPR_INTERFACE_3, dwLastError) &&
		      offsetof(MPR_INTERFACE_0, dwLastError) ==
			      offsetof(MPR_INTERFACE_1, dwLastError) &&
		      offsetof(MPR_INTERFACE_0, dwLastError) ==
			      offsetof(MPR_INTERFACE_2, dwLastError),
	      "all levels begin alike");
static_assert((int)DDM_STATE_CONNECTED == (int)ROUTER_IF_STATE_CONNECTED &&
		      (int)DDM_INTERFACE_TYPE_DIALOUT ==
			      (int)ROUTER_IF_TYPE_DIALOUT &&
		      (int)DDM_UNREACHABILITY_NO_DEVICE ==
			      MPR_INTERFACE_NO_DEVICE,
	      "the module counts as Windows does");

static const size_t level_sizes[] = {
	sizeof(MPR_INTERFACE_0),
	sizeof(MPR_INTERFACE_1),
	sizeof(MPR_INTERFACE_2),
	sizeof(MPR_INTERFACE_3),
};

static DWORD check_level(DWORD level)
{
	return level < ARRAYSIZE(level_sizes) ? NO_ERROR : ERROR_NOT_SUPPORTED;
}

/* The part that all levels have. */
static void fill_common(MPR_INTERFACE_0 *info,
			const struct ddm_interface *interface)
{
	mpr_wide_show(info->wszInterfaceName, ARRAYSIZE(info->wszInterfaceName),
		      interface->name);
	info->hInterface = mpr_interface_handle(interface->id);
	info->fEnabled = !!interface->enabled;
	info->dwIfType = (ROUTER_INTERFACE_TYPE)interface->type;
	info->dwConnectionState = (ROUTER_CONNECTION_STATE)interface->state;
	info->fUnReachabilityReasons = interface->unreachability;
	info->dwLastError = interface->last_error;
}

/*
 * What the server adds when it reports the options (MS-RRASM): a password that
 * is sent at all is protected unless an operator asked for less.
 */
static DWORD reported_options(DWORD options)
{
	const DWORD chap = MPRIO_RequireCHAP | MPRIO_RequireMsCHAP |
			   MPRIO_RequireMsCHAP2;

	if (!(options & (MPRIO_RequirePAP | MPRIO_RequireEAP)))
		options |= MPRIO_RequireEncryptedPw;
	if (!(options & (chap | MPRIO_RequirePAP | MPRIO_RequireEAP)))
		options |= MPRIO_RequireMsEncryptedPw;
	return options;
}

static bool is_demand_dial(uint32_t type)
{
	return type == DDM_INTERFACE_TYPE_FULL_ROUTER;
}

static DWORD make_info(const struct ddm_interface *interface, DWORD level,
		       LPBYTE *buffer)
{
	size_t size = level_sizes[level];
	unsigned char *block;

	if (level && !is_demand_dial(interface->type))
		return ERROR_INVALID_LEVEL;
	/* What pointers point to starts where any type may. */
	size = (size + _Alignof(max_align_t) - 1) &
	       ~(_Alignof(max_align_t) - 1);
	block = calloc(1, size + mpr_settings_room(interface->settings));
	if (!block)
		return ERROR_NOT_ENOUGH_MEMORY;
	fill_common((MPR_INTERFACE_0 *)block, interface);
	mpr_settings_decode(level, interface->settings, block, block + size);
	if (level >= 2) {
		MPR_INTERFACE_2 *info = (MPR_INTERFACE_2 *)block;

		info->dwfOptions = reported_options(info->dwfOptions);
		info->guidId.Data1 = interface->id;
	}
	return mpr_buffer_hand_out(block, buffer);
}

static DWORD get_info(struct mpr_server *server, HANDLE handle, DWORD level,
		      LPBYTE *buffer)
{
	const struct ddm_interface *interface;
	uint32_t id;
	DWORD error;

	error = mpr_interface_id(handle, &id);
	if (!error)
		error = mpr_server_lock(server);
	if (error)
		return error;
	error = mpr_server_result(server, ddm_interface_get(server->ddm, id,
							    &interface));
	if (!error)
		error = make_info(interface, level, buffer);
	mpr_server_unlock(server);
	return error;
}

DWORD WINAPI MprAdminInterfaceGetInfo(MPR_SERVER_HANDLE hMprServer,
				      HANDLE hInterface, DWORD dwLevel,
				      LPBYTE *lplpbBuffer)
{
	struct mpr_server *server;
	DWORD error;

	if (lplpbBuffer)
		*lplpbBuffer = NULL;
	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	if (!lplpbBuffer)
		error = ERROR_INVALID_PARAMETER;
	else
		error = check_level(dwLevel);
	if (!error)
		error = get_info(server, hInterface, dwLevel, lplpbBuffer);
	mpr_server_put(server);
	return error;
}

/* Settings for @request from @info, in @settings, where its level has some. */
static DWORD set_settings(struct ddm_interface_request *request, DWORD level,
			  const void *info, const char *old,
			  struct mpr_string *settings)
{
	DWORD error;

	if (!level)
		return NO_ERROR;
	error = mpr_settings_encode(level, info, old, settings);
	request->set |= DDM_INTERFACE_SETTINGS_SET;
	request->settings = settings->text;
	return error;
}

/* With the lock held. */
static DWORD set_locked(struct mpr_server *server, uint32_t id, DWORD level,
			const MPR_INTERFACE_0 *info)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_ENABLED_SET,
		.enabled = !!info->fEnabled,
	};
	const struct ddm_interface *interface;
	struct mpr_string settings = { 0 };
	DWORD error;

	error = mpr_server_result(server, ddm_interface_get(server->ddm, id,
							    &interface));
	if (error)
		return error;
	if (level && !is_demand_dial(interface->type))
		return ERROR_INVALID_LEVEL;
	error = set_settings(&request, level, info, interface->settings,
			     &settings);
	if (!error)
		error = mpr_server_result(
			server, ddm_interface_set(server->ddm, id, &request));
	free(settings.text);
	return error;
}

static DWORD set_info(struct mpr_server *server, HANDLE handle, DWORD level,
		      const void *info)
{
	uint32_t id;
	DWORD error;

	error = mpr_interface_id(handle, &id);
	if (!error)
		error = mpr_server_lock(server);
	if (error)
		return error;
	error = set_locked(server, id, level, info);
	mpr_server_unlock(server);
	return error;
}

DWORD WINAPI MprAdminInterfaceSetInfo(MPR_SERVER_HANDLE hMprServer,
				      HANDLE hInterface, DWORD dwLevel,
				      LPBYTE lpbBuffer)
{
	struct mpr_server *server;
	DWORD error;

	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = lpbBuffer ? check_level(dwLevel) : ERROR_INVALID_PARAMETER;
	if (!error)
		error = set_info(server, hInterface, dwLevel, lpbBuffer);
	mpr_server_put(server);
	return error;
}

/* Local interfaces come from their hardware, clients' from their calls. */
static bool is_creatable(DWORD level, DWORD type)
{
	switch (type) {
	case ROUTER_IF_TYPE_FULL_ROUTER:
		return true;
	case ROUTER_IF_TYPE_HOME_ROUTER:
	case ROUTER_IF_TYPE_TUNNEL1:
	case ROUTER_IF_TYPE_DIALOUT:
		return level == 0;
	default:
		return false;
	}
}

static DWORD create(struct mpr_server *server, DWORD level,
		    const MPR_INTERFACE_0 *info, const char *name,
		    HANDLE *handle)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_TYPE_SET |
		       DDM_INTERFACE_ENABLED_SET,
		.name = name,
		.type = info->dwIfType,
		.enabled = !!info->fEnabled,
	};
	const struct ddm_interface *interface;
	struct mpr_string settings = { 0 };
	DWORD error;

	error = set_settings(&request, level, info, "", &settings);
	if (!error)
		error = mpr_server_lock(server);
	if (!error) {
		error = mpr_server_result(
			server,
			ddm_interface_new(server->ddm, &request, &interface));
		if (!error)
			*handle = mpr_interface_handle(interface->id);
		mpr_server_unlock(server);
	}
	free(settings.text);
	return error;
}

static DWORD check_and_create(struct mpr_server *server, DWORD level,
			      const MPR_INTERFACE_0 *info, HANDLE *handle)
{
	char name[MPR_UTF8_SIZE(MAX_INTERFACE_NAME_LEN)];
	ssize_t length;

	if (!info || !handle)
		return ERROR_INVALID_PARAMETER;
	if (check_level(level))
		return ERROR_NOT_SUPPORTED;
	length = mpr_utf8_from_wide(name, sizeof(name), info->wszInterfaceName,
				    MAX_INTERFACE_NAME_LEN);
	if (length <= 0 || !is_creatable(level, (DWORD)info->dwIfType))
		return ERROR_INVALID_PARAMETER;
	return create(server, level, info, name, handle);
}

DWORD WINAPI MprAdminInterfaceCreate(MPR_SERVER_HANDLE hMprServer,
				     DWORD dwLevel, LPBYTE lpbBuffer,
				     HANDLE *phInterface)
{
	struct mpr_server *server;
	DWORD error;

	if (phInterface)
		*phInterface = NULL;
	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = check_and_create(server, dwLevel, (void *)lpbBuffer,
				 phInterface);
	mpr_server_put(server);
	return error;
}

static DWORD find(struct mpr_server *server, const char *name, BOOL clients,
		  HANDLE *handle)
{
	const struct ddm_interface *interface;
	DWORD error;
	int result;

	error = mpr_server_lock(server);
	if (error)
		return error;
	result = ddm_interface_find(server->ddm, name, &interface);
	/* What cannot be a name is no interface's name. */
	error = mpr_server_result(server, result == -EINVAL ? -ENOENT : result);
	if (!error && interface->type == DDM_INTERFACE_TYPE_CLIENT && !clients)
		error = ERROR_NO_SUCH_INTERFACE;
	if (!error)
		*handle = mpr_interface_handle(interface->id);
	mpr_server_unlock(server);
	return error;
}

static DWORD check_and_find(struct mpr_server *server, LPCWSTR wide,
			    BOOL clients, HANDLE *handle)
{
	char name[MPR_UTF8_SIZE(MAX_INTERFACE_NAME_LEN)];

	if (!wide)
		return RPC_X_NULL_REF_POINTER;
	if (!handle)
		return ERROR_INVALID_PARAMETER;
	if (mpr_utf8_from_wide(name, sizeof(name), wide,
			       MAX_INTERFACE_NAME_LEN) < 0)
		name[0] = '\0';
	return find(server, name, clients, handle);
}

DWORD WINAPI MprAdminInterfaceGetHandle(MPR_SERVER_HANDLE hMprServer,
					LPWSTR lpwsInterfaceName,
					HANDLE *phInterface,
					BOOL fIncludeClientInterfaces)
{
	struct mpr_server *server;
	DWORD error;

	if (phInterface)
		*phInterface = NULL;
	error = mpr_server_get(hMprServer, RPC_S_INVALID_BINDING, &server);
	if (error)
		return error;
	error = check_and_find(server, lpwsInterfaceName,
			       fIncludeClientInterfaces, phInterface);
	mpr_server_put(server);
	return error;
}

DWORD WINAPI MprAdminInterfaceDelete(MPR_SERVER_HANDLE hMprServer,
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
		error = mpr_server_lock(server);
	if (!error) {
		error = mpr_server_result(server,
					  ddm_interface_del(server->ddm, id));
		mpr_server_unlock(server);
	}
	mpr_server_put(server);
	return error;
}

static int add_to_page(const struct ddm_interface *interface, void *data)
{
	MPR_INTERFACE_0 *info = mpr_page_add(data, interface->id);

	if (info)
		fill_common(info, interface);
	return 0;
}

static DWORD enumerate(struct mpr_server *server,
		       const struct mpr_page_request *request)
{
	struct mpr_page page;
	DWORD error;

	error = mpr_page_begin(&page, request, sizeof(MPR_INTERFACE_0));
	if (error)
		return error;
	error = mpr_server_lock(server);
	if (!error) {
		error = mpr_server_result(
			server, ddm_interface_list(server->ddm, 0, add_to_page,
						   &page, NULL));
		mpr_server_unlock(server);
	}
	return mpr_page_end(&page, request, error);
}

DWORD WINAPI MprAdminInterfaceEnum(MPR_SERVER_HANDLE hMprServer, DWORD dwLevel,
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
	error = mpr_server_get(hMprServer, ERROR_INVALID_HANDLE, &server);
	if (error)
		return error;
	error = dwLevel ? ERROR_NOT_SUPPORTED : enumerate(server, &request);
	mpr_server_put(server);
	return error;
}
