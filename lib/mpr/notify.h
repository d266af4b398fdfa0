/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks and tells the notifyees about one operation. */
#ifndef WNET_NOTIFY_H
#define WNET_NOTIFY_H

#include <npapi.h>
#include <stdbool.h>

#include "config.h"
#include "message.h"

/**
 * struct wnet_notice - what the operation is; text may be NULL
 * @kind: to make or to end a connection
 * @owner: the caller's window
 * @type: of the resource
 * @flags: as the notifyees are to see them
 * @force: of an end
 * @local: the local device
 * @remote: the resource; of an end, whatever name the caller gave
 */
struct wnet_notice {
	enum wnet_notice_kind kind;
	HWND owner;
	DWORD type;
	DWORD flags;
	BOOL force;
	const wchar_t *local;
	const wchar_t *remote;
};

struct wnet_told;

/**
 * struct wnet_notifyees - those of one operation
 * @plugins: the configuration
 * @told: one for each: what it has been told
 * @notice: the operation
 */
struct wnet_notifyees {
	struct wnet_plugins plugins;
	struct wnet_told *told;
	const struct wnet_notice *notice;
};

/**
 * wnet_notifyees_open - begin an operation
 * @notice: what it is; has to stay until wnet_notifyees_close()
 *
 * Return: NO_ERROR, ERROR_NOT_ENOUGH_MEMORY
 */
DWORD wnet_notifyees_open(struct wnet_notifyees *notifyees,
			  const struct wnet_notice *notice);
void wnet_notifyees_close(struct wnet_notifyees *notifyees);

/**
 * wnet_notify - make attempts, and tell of each before and after
 * @attempt: makes one, and returns its code
 * @provider: says, after a successful attempt, who made it; may return NULL
 * @data: passed to both
 *
 * Context: any thread; no lock is held while a notifyee works.
 * Return: the code of the last attempt, or that of a notifyee that refused it
 */
DWORD wnet_notify(struct wnet_notifyees *notifyees,
		  DWORD (*attempt)(void *data),
		  const wchar_t *(*provider)(void *data), void *data);

#endif
