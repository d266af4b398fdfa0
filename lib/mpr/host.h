/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The process that a notifyee runs in. */
#ifndef WNET_HOST_H
#define WNET_HOST_H

#include "config.h"
#include "message.h"

struct wnet_host;

/**
 * wnet_host_get - the host of a notifyee, started if need be
 * @path: the notifyee's file
 *
 * Context: any thread; the notifyee itself is loaded later, by the host.
 * Return: a reference, NULL if it cannot be started (that is logged)
 */
struct wnet_host *wnet_host_get(const char *path);
void wnet_host_put(struct wnet_host *host);

/**
 * wnet_host_call - call a notifyee
 * @host: its host
 * @notifyee: for its time limit, and its name in the log
 * @message: the call
 * @answer: takes what it said
 *
 * A host that ends or does not answer in time is killed, and so is whatever
 * else the notifyee was doing: the next wnet_host_get() starts another. All
 * that is logged.
 *
 * Context: any thread, several at a time with one host.
 * Return: 0; -ENOENT: the file cannot be loaded, or lacks an export; -EPIPE:
 * the host has ended; -ECONNRESET: it had ended before, the notifyee does not
 * know of the call; -ETIMEDOUT: it was killed; -EMFILE and the like
 */
int wnet_host_call(struct wnet_host *host, const struct wnet_plugin *notifyee,
		   const struct wnet_message *message,
		   struct wnet_answer *answer);

#endif
