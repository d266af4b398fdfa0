/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the router and the host of a notifyee say to each other. Each call is
 * one packet to the host's control socket, which carries one end of a socket
 * of the call's own; the answer comes through that. So calls of many threads
 * need no numbers and no lock, and the death of the host is the end of file
 * for each of them.
 */
#ifndef WNET_MESSAGE_H
#define WNET_MESSAGE_H

#include <stdint.h>
#include <windows.h>

#define WNET_MESSAGE_VERSION 1

/* The host's control socket. */
#define WNET_HOST_FD 3

enum wnet_notice_kind {
	WNET_NOTICE_ADD,
	WNET_NOTICE_CANCEL,
};

enum wnet_notice_text {
	WNET_TEXT_LOCAL,
	WNET_TEXT_REMOTE, /* or whatever lpName is */
	WNET_TEXT_PROVIDER,
	WNET_TEXTS,
};

/**
 * struct wnet_message - call the notifyee
 * @version: WNET_MESSAGE_VERSION
 * @kind: enum wnet_notice_kind
 * @status: NOTIFYINFO.dwNotifyStatus
 * @result: NOTIFYINFO.dwOperationStatus
 * @context: NOTIFYINFO.lpContext
 * @owner: NOTIFYADD.hwndOwner
 * @type: NOTIFYADD.NetResource.dwType
 * @flags: dwAddFlags or dwFlags
 * @force: NOTIFYCANCEL.fForce
 * @depth: how deep the WNet call is nested that this is about
 * @given: bit 1 << enum wnet_notice_text: the text is not NULL
 * @text: the texts
 */
struct wnet_message {
	uint32_t version;
	uint32_t kind;
	uint32_t status;
	uint32_t result;
	uint64_t context;
	uint64_t owner;
	uint32_t type;
	uint32_t flags;
	uint32_t force;
	uint32_t depth;
	uint32_t given;
	wchar_t text[WNET_TEXTS][MAX_PATH + 1];
};

/**
 * struct wnet_answer - what the notifyee said
 * @version: WNET_MESSAGE_VERSION
 * @loaded: 0: there is no notifyee, @problem says why
 * @result: what it returned
 * @context: what NOTIFYINFO.lpContext is now
 */
struct wnet_answer {
	uint32_t version;
	uint32_t loaded;
	uint32_t result;
	uint64_t context;
	char problem[232];
};

#endif
