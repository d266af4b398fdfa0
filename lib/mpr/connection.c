// SPDX-License-Identifier: LGPL-2.1-or-later
/* Where a connection is asked for, and which device it gets. */
#include <stdlib.h>
#include <wchar.h>

#include "connection.h"
#include "names.h"
#include "profile.h"
#include "text.h"

void wnet_connection_wipe(struct wnet_connection *connection)
{
	wnet_wipe(connection->remote);
	wnet_wipe(connection->local);
	wnet_wipe(connection->provider);
	wnet_wipe(connection->password);
	wnet_wipe(connection->user);
	*connection = (struct wnet_connection){ 0 };
}

/* Copies for one provider: it may write into them, and the next must not see. */
struct copies {
	NETRESOURCEW resource;
	wchar_t *password;
	wchar_t *user;
};

static void wipe_copies(struct copies *copies)
{
	wnet_wipe(copies->resource.lpLocalName);
	wnet_wipe(copies->resource.lpRemoteName);
	wnet_wipe(copies->password);
	wnet_wipe(copies->user);
}

static bool make_copies(struct copies *copies,
			const struct wnet_connection *from)
{
	const struct {
		wchar_t **to;
		const wchar_t *from;
	} texts[] = {
		{ &copies->resource.lpLocalName, from->local },
		{ &copies->resource.lpRemoteName, from->remote },
		{ &copies->password, from->password },
		{ &copies->user, from->user },
	};
	bool failed = false;
	size_t i;

	*copies = (struct copies){ .resource.dwType = from->type };
	for (i = 0; i < ARRAYSIZE(texts); i++) {
		if (texts[i].from)
			*texts[i].to = wcsdup(texts[i].from);
		failed |= texts[i].from && !*texts[i].to;
	}
	if (failed)
		wipe_copies(copies);
	return !failed;
}

static DWORD try_connect(const struct wnet_provider *provider, void *data)
{
	const struct wnet_connection *connection = data;
	const struct wnet_library *library = provider->library;
	bool interactive = connection->flags & CONNECT_INTERACTIVE;
	struct copies copies;
	bool add3, add;
	DWORD code;

	add3 = library->add3 && wnet_provider_can(provider, WNNC_CONNECTION,
						  WNNC_CON_ADDCONNECTION3);
	add = !add3 && library->add &&
	      wnet_provider_can(provider, WNNC_CONNECTION,
				WNNC_CON_ADDCONNECTION);
	if (!add3 && !add)
		return WNET_LACKING;
	if (!make_copies(&copies, connection))
		return ERROR_NOT_ENOUGH_MEMORY;
	if (add3)
		code = library->add3(interactive ? connection->owner : NULL,
				     &copies.resource, copies.password,
				     copies.user, connection->flags);
	else
		code = library->add(&copies.resource, copies.password,
				    copies.user);
	wipe_copies(&copies);
	return code;
}

static DWORD connect_once(const struct wnet_providers *providers,
			  struct wnet_connection *connection)
{
	struct wnet_search search = {
		.only = connection->provider,
		.try = try_connect,
		.data = connection,
		.nobody = ERROR_NO_NET_OR_BAD_PATH,
	};
	DWORD code = wnet_search(providers, &search);

	connection->found = search.found;
	return code;
}

static bool is_free(const struct wnet_providers *providers,
		    const wchar_t *local, const struct wnet_profile *remembered)
{
	char device[MPR_UTF8_SIZE(2)];
	DWORD length = 0, code;

	mpr_utf8_from_wide(device, sizeof(device), local, 2);
	if (wnet_profile_find(remembered, device))
		return false;
	code = wnet_get(providers, local, NULL, &length);
	return code && code != ERROR_MORE_DATA;
}

/* From the end of the alphabet, as Windows does. */
static DWORD connect_somewhere(const struct wnet_providers *providers,
			       struct wnet_connection *connection)
{
	struct wnet_profile remembered;
	wchar_t local[] = L"Z:";
	DWORD code = ERROR_INVALID_ADDRESS;

	if (wnet_profile_read(&remembered))
		remembered = (struct wnet_profile){ 0 };
	for (; local[0] >= L'C'; local[0]--) {
		if (!is_free(providers, local, &remembered))
			continue;
		connection->local = wcsdup(local);
		code = connection->local ? connect_once(providers, connection) :
					   ERROR_NOT_ENOUGH_MEMORY;
		if (!code)
			break;
		/* Another attempt may have to choose another. */
		wnet_wipe(connection->local);
		connection->local = NULL;
		if (code != WN_BAD_LOCALNAME && code != WN_ALREADY_CONNECTED)
			break;
		code = ERROR_INVALID_ADDRESS;
	}
	wnet_profile_free(&remembered);
	return code;
}

DWORD wnet_connect(const struct wnet_providers *providers,
		   struct wnet_connection *connection)
{
	if (connection->flags & CONNECT_REDIRECT && !connection->local)
		return connect_somewhere(providers, connection);
	return connect_once(providers, connection);
}

struct get {
	const wchar_t *local;
	wchar_t *remote;
	DWORD *length;
};

static DWORD try_get(const struct wnet_provider *provider, void *data)
{
	const struct get *get = data;
	const struct wnet_library *library = provider->library;
	wchar_t nothing, *local;
	DWORD code, length = *get->length;

	if (!library->get || !wnet_provider_can(provider, WNNC_CONNECTION,
						WNNC_CON_GETCONNECTIONS))
		return WNET_LACKING;
	local = wcsdup(get->local);
	if (!local)
		return ERROR_NOT_ENOUGH_MEMORY;
	code = library->get(local, get->remote ? get->remote : &nothing,
			    &length);
	wnet_wipe(local);
	if (code == WN_MORE_DATA)
		*get->length = length;
	return code;
}

DWORD wnet_get(const struct wnet_providers *providers, const wchar_t *local,
	       wchar_t *remote, DWORD *length)
{
	struct get get = { local, remote, length };
	struct wnet_search search = {
		.try = try_get,
		.data = &get,
		.device = true,
		.nobody = ERROR_NOT_CONNECTED,
	};

	return wnet_search(providers, &search);
}
