/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A connection to be made, as the calls that make one see it. */
#ifndef WNET_CONNECTION_H
#define WNET_CONNECTION_H

#include "provider.h"

/**
 * struct wnet_connection - what is asked of the providers
 * @owner: the caller's window
 * @type: RESOURCETYPE_...
 * @flags: CONNECT_...
 * @remote: the resource
 * @local: the local device, NULL for none
 * @provider: the only one to be asked, or NULL
 * @password: NULL for the default
 * @user: NULL for the default
 * @found: the provider that it belongs to, set by wnet_connect()
 */
struct wnet_connection {
	HWND owner;
	DWORD type;
	DWORD flags;
	wchar_t *remote;
	wchar_t *local;
	wchar_t *provider;
	wchar_t *password;
	wchar_t *user;
	const struct wnet_provider *found;
};

/* All of its text is wiped. */
void wnet_connection_wipe(struct wnet_connection *connection);

/**
 * wnet_connect - have a provider make a connection
 *
 * With CONNECT_REDIRECT and without a device, it gets the first free one.
 *
 * Return: as WNetAddConnection3W()
 */
DWORD wnet_connect(const struct wnet_providers *providers,
		   struct wnet_connection *connection);

/**
 * wnet_get - what a local device is connected to, of all providers
 * @remote: takes the name; may be NULL if *@length is 0
 * @length: characters there; takes how many are needed with ERROR_MORE_DATA
 *
 * Return: NO_ERROR, ERROR_MORE_DATA, ERROR_NOT_CONNECTED, ERROR_NO_NETWORK, a
 * provider's own error
 */
DWORD wnet_get(const struct wnet_providers *providers, const wchar_t *local,
	       wchar_t *remote, DWORD *length);

#endif
