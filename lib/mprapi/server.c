// SPDX-License-Identifier: LGPL-2.1-or-later
/* Router handles: MprAdminServerConnect and what all other calls do first. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <mprapi.h>
#include <mprerror.h>

#include "callout.h"
#include "cancel.h"
#include "errno_map.h"
#include "fork.h"
#include "server.h"
#include "server_name.h"

static_assert(offsetof(struct mpr_server, object) == 0,
	      "an object is cast to its server");

/* servers_lock protects the list. It is taken before any server's lock. */
static pthread_mutex_t servers_lock = PTHREAD_MUTEX_INITIALIZER;
static LIST_HEAD(, mpr_server) servers = LIST_HEAD_INITIALIZER(servers);

static void close_ddm(struct mpr_server *server)
{
	ddm_close(server->ddm);
	server->ddm = NULL;
	mpr_address_reader_close(&server->addresses);
}

static void release_server(struct mpr_object *object)
{
	struct mpr_server *server = (struct mpr_server *)object;

	/* A fork in between finds it whole, or not at all. */
	pthread_mutex_lock(&servers_lock);
	LIST_REMOVE(server, link);
	close_ddm(server);
	pthread_mutex_unlock(&servers_lock);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

void mpr_servers_lock(void)
{
	struct mpr_server *server;

	pthread_mutex_lock(&servers_lock);
	for (server = LIST_FIRST(&servers); server;
	     server = LIST_NEXT(server, link))
		pthread_mutex_lock(&server->lock);
}

void mpr_servers_unlock(void)
{
	struct mpr_server *server;

	for (server = LIST_FIRST(&servers); server;
	     server = LIST_NEXT(server, link))
		pthread_mutex_unlock(&server->lock);
	pthread_mutex_unlock(&servers_lock);
}

void mpr_servers_give_up(void)
{
	struct mpr_server *server;

	for (server = LIST_FIRST(&servers); server;
	     server = LIST_NEXT(server, link)) {
		server->closed = true;
		close_ddm(server);
	}
}

DWORD mpr_server_get(HANDLE handle, DWORD null_error,
		     struct mpr_server **server)
{
	struct mpr_object *object;
	DWORD error = mpr_check_callout();

	if (error)
		return error;
	if (!handle)
		return null_error;
	mpr_fork_prepare();
	object = mpr_handle_get(handle, MPR_HANDLE_SERVER, NULL);
	if (!object)
		return ERROR_INVALID_HANDLE;
	*server = (struct mpr_server *)object;
	if ((*server)->process == getpid())
		return NO_ERROR;
	mpr_object_put(object);
	return ERROR_INVALID_HANDLE;
}

void mpr_server_put(struct mpr_server *server)
{
	mpr_object_put(&server->object);
}

/* Without the module, that is no error yet: it may be loaded later. */
static int open_ddm(struct mpr_server *server)
{
	const struct ddm_service *service;
	int result;

	result = ddm_open(&server->ddm);
	if (!result)
		result = ddm_pin(server->ddm);
	if (!result)
		result = mpr_address_reader_open(&server->addresses);
	if (!result)
		result = ddm_service_get(server->ddm, &service);
	if (!result) {
		server->epoch = service->epoch;
		return 0;
	}
	close_ddm(server);
	/* It was removed since, or even reloaded: the next call sees. */
	return result == -EUNATCH || result == -ESTALE ? 0 : result;
}

DWORD mpr_server_lock(struct mpr_server *server)
{
	int state = mpr_cancel_disable();
	DWORD error = NO_ERROR;

	pthread_mutex_lock(&server->lock);
	server->cancel_state = state;
	if (server->closed)
		error = ERROR_INVALID_HANDLE;
	else if (server->lost)
		error = ERROR_DDM_NOT_RUNNING;
	else if (!server->ddm)
		error = mpr_error_of(-open_ddm(server));
	if (!error && !server->ddm)
		error = ERROR_DDM_NOT_RUNNING;
	if (error)
		mpr_server_unlock(server);
	return error;
}

void mpr_server_unlock(struct mpr_server *server)
{
	int state = server->cancel_state;

	pthread_mutex_unlock(&server->lock);
	mpr_cancel_restore(state);
}

/* Is the load of the module over that the handle is good for? */
static bool is_over(struct ddm *ddm)
{
	const struct ddm_service *service;
	int result = ddm_service_get(ddm, &service);

	return result == -ESTALE || result == -EUNATCH;
}

/*
 * Whatever failed, without the module that is why: it may have failed before
 * the module was asked, and ESTALE is also said of a number that is nobody's.
 */
DWORD mpr_server_result(struct mpr_server *server, int result)
{
	if (result >= 0)
		return NO_ERROR;
	if (result == -EUNATCH || is_over(server->ddm))
		server->lost = true;
	return server->lost ? ERROR_DDM_NOT_RUNNING : mpr_error_of(-result);
}

DWORD mpr_interface_id(HANDLE handle, uint32_t *id)
{
	uintptr_t value = (uintptr_t)handle;

	if (!value || value > UINT32_MAX)
		return ERROR_INVALID_HANDLE;
	*id = (uint32_t)value;
	return NO_ERROR;
}

static struct mpr_server *new_server(void)
{
	struct mpr_server *server = calloc(1, sizeof(*server));

	if (!server)
		return NULL;
	mpr_fork_prepare();
	mpr_object_init(&server->object, release_server);
	pthread_mutex_init(&server->lock, NULL);
	server->addresses.fd = -1;
	server->process = getpid();
	pthread_mutex_lock(&servers_lock);
	LIST_INSERT_HEAD(&servers, server, link);
	pthread_mutex_unlock(&servers_lock);
	return server;
}

static DWORD connect_to(const WCHAR *name, MPR_SERVER_HANDLE *handle)
{
	struct mpr_server *server;
	DWORD error;

	if (!mpr_is_this_computer(name))
		return RPC_S_UNKNOWN_IF;
	server = new_server();
	if (!server)
		return ERROR_NOT_ENOUGH_MEMORY;
	/* Now, so that it is the namespace that the thread is in now. */
	pthread_mutex_lock(&server->lock);
	error = mpr_error_of(-open_ddm(server));
	pthread_mutex_unlock(&server->lock);
	if (!error)
		error = mpr_handle_alloc(MPR_HANDLE_SERVER, 0, &server->object,
					 handle);
	if (error)
		mpr_server_put(server);
	return error;
}

DWORD WINAPI MprAdminServerConnect(LPWSTR lpwsServerName,
				   MPR_SERVER_HANDLE *phMprServer)
{
	DWORD error;
	int state;

	if (!phMprServer)
		return RPC_S_INVALID_BINDING;
	*phMprServer = NULL;
	error = mpr_check_callout();
	if (error)
		return error;
	state = mpr_cancel_disable();
	error = connect_to(lpwsServerName, phMprServer);
	mpr_cancel_restore(state);
	return error;
}

static void give_up(struct mpr_server *server)
{
	int state = mpr_cancel_disable();

	pthread_mutex_lock(&server->lock);
	server->closed = true;
	close_ddm(server);
	pthread_mutex_unlock(&server->lock);
	mpr_cancel_restore(state);
}

VOID WINAPI MprAdminServerDisconnect(MPR_SERVER_HANDLE hMprServer)
{
	struct mpr_object *object;
	struct mpr_server *server;

	mpr_fork_prepare();
	object = mpr_handle_close(hMprServer, MPR_HANDLE_SERVER);
	if (!object)
		return;
	/*
	 * Calls of other threads may have it in hand; its registrations end now
	 * all the same.
	 */
	server = (struct mpr_server *)object;
	if (server->process == getpid())
		give_up(server);
	mpr_server_put(server);
}

/* To ask is no use of the module that would load it. */
static bool is_running(const WCHAR *name)
{
	const struct ddm_service *service;
	struct ddm *ddm;
	bool running;

	if (!mpr_is_this_computer(name) || ddm_open_loaded(&ddm))
		return false;
	running = !ddm_service_get(ddm, &service) &&
		  service->state != DDM_SERVICE_STATE_STOPPED;
	ddm_close(ddm);
	return running;
}

BOOL WINAPI MprAdminIsServiceRunning(LPWSTR lpwsServerName)
{
	int state = mpr_cancel_disable();
	bool running = is_running(lpwsServerName);

	mpr_cancel_restore(state);
	return running;
}
