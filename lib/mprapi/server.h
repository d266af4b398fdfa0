/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A router handle: one connection to the manager, shared by the threads that
 * use the handle. A call does mpr_server_get, checks its arguments, and then
 * does each request between mpr_server_lock and mpr_server_unlock.
 */
#ifndef MPR_SERVER_H
#define MPR_SERVER_H

#include <ddm.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/queue.h>
#include <sys/types.h>

#include "address.h"
#include "handle.h"

/**
 * struct mpr_server - a router
 * @object: its references: the handle and the calls under way
 * @link: in the list of all servers, under that list's lock
 * @lock: held during a request; protects all below
 * @ddm: the connection, NULL as long as the module was never there
 * @addresses: open as long as there is @ddm, and in the same namespace
 * @epoch: the load of the module that the handle is good for, if there is @ddm
 * @lost: that load is over
 * @closed: the handle was given up
 * @cancel_state: what cancellation is for the thread outside its request
 * @process: who connected. A child of fork has the handle too, but must not
 *	use it: both would read each other's answers from the one socket
 */
struct mpr_server {
	struct mpr_object object;
	LIST_ENTRY(mpr_server) link;
	pthread_mutex_t lock;
	struct ddm *ddm;
	struct mpr_address_reader addresses;
	uint64_t epoch;
	bool lost;
	bool closed;
	int cancel_state;
	pid_t process;
};

/**
 * mpr_server_get - look a handle up
 * @handle: anything at all
 * @null_error: what a NULL handle is: ERROR_INVALID_HANDLE, or what else the
 *	page of the call says
 * @server: takes a reference for mpr_server_put()
 *
 * Return: NO_ERROR, @null_error, or ERROR_INVALID_HANDLE for garbage, a handle
 * that was given up, an event's, or one of the process that forked this one
 */
DWORD mpr_server_get(HANDLE handle, DWORD null_error,
		     struct mpr_server **server);
void mpr_server_put(struct mpr_server *server);

/* For fork: no request is made, no server comes or goes in between. */
void mpr_servers_lock(void);
void mpr_servers_unlock(void);
/*
 * In the child, with these held: close what was inherited. While a copy of its
 * socket is open, a registration outlives the parent's handle.
 */
void mpr_servers_give_up(void);

/**
 * mpr_server_lock - get ready for a request over @server->ddm
 * @server: the router
 *
 * The thread cannot be cancelled until it unlocks.
 *
 * A handle is good for one load of the module: numbers of interfaces begin
 * anew with the next, so an old one could mean another interface, and
 * registrations are lost, which a program that slept has to be told. That is
 * seen by the request itself, whose result is for mpr_server_result().
 *
 * Context: may block while another thread's request is being answered.
 * Return: NO_ERROR, with the lock held; or an error, without:
 * ERROR_DDM_NOT_RUNNING, ERROR_NOT_ENOUGH_MEMORY, or ERROR_INVALID_HANDLE if
 * the handle was given up meanwhile
 */
DWORD mpr_server_lock(struct mpr_server *server);
void mpr_server_unlock(struct mpr_server *server);

/**
 * mpr_server_result - what libddm's return value means for the caller
 * @server: the router, locked
 * @result: that value
 *
 * Return: NO_ERROR for 0 or more, else a Win32 error, see errno_map.c
 */
DWORD mpr_server_result(struct mpr_server *server, int result);

/* hInterface: the interface's id. ERROR_INVALID_HANDLE if it can be none. */
DWORD mpr_interface_id(HANDLE handle, uint32_t *id);

static inline HANDLE mpr_interface_handle(uint32_t id)
{
	return (HANDLE)(uintptr_t)id;
}

/* hConnection: the connection's id */
static inline HANDLE mpr_connection_handle(uint64_t id)
{
	return (HANDLE)(uintptr_t)id;
}

#endif
