// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A child of fork() has one thread and a copy of every lock: one that another
 * thread held would stay locked for ever. So all are taken first, those of the
 * servers before those that are taken under them.
 */
#include <pthread.h>

#include "buffer.h"
#include "dispatch.h"
#include "event.h"
#include "fork.h"
#include "server.h"

static void before_fork(void)
{
	mpr_servers_lock();
	mpr_event_names_lock();
	mpr_dispatch_lock();
	mpr_handle_table_lock();
	mpr_buffers_lock();
}

static void after_fork(void)
{
	mpr_buffers_unlock();
	mpr_handle_table_unlock();
	mpr_dispatch_unlock();
	mpr_event_names_unlock();
	mpr_servers_unlock();
}

static void after_fork_in_child(void)
{
	mpr_dispatch_forget_waiters();
	mpr_servers_give_up();
	after_fork();
}

static void install(void)
{
	pthread_atfork(before_fork, after_fork, after_fork_in_child);
}

void mpr_fork_prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, install);
}
