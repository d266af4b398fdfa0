/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network providers, and the search for the one that a name belongs to. */
#ifndef WNET_PROVIDER_H
#define WNET_PROVIDER_H

#include <npapi.h>
#include <stdbool.h>

/**
 * struct wnet_library - a provider's shared object, loaded once and for good
 * @next: of all that are loaded
 * @path: its file
 * @get_caps: NPGetCaps, and so on; all others may be NULL
 */
struct wnet_library {
	struct wnet_library *next;
	char *path;
	PF_NPGetCaps get_caps;
	PF_NPAddConnection add;
	PF_NPAddConnection3 add3;
	PF_NPCancelConnection cancel;
	PF_NPGetConnection get;
	PF_NPOpenEnum open_enum;
	PF_NPEnumResource enum_resource;
	PF_NPCloseEnum close_enum;
};

struct wnet_provider {
	wchar_t *name;
	const struct wnet_library *library;
};

/* Those of the configuration that could be loaded, in its order. */
struct wnet_providers {
	struct wnet_provider *list;
	size_t count;
};

/**
 * wnet_providers_open - load what the configuration names
 * @providers: takes the list, for wnet_providers_close(). A provider that
 *	cannot be loaded is passed over, and logged
 *
 * Context: any thread; no lock is held while a provider is loaded.
 * Return: NO_ERROR, ERROR_NOT_ENOUGH_MEMORY
 */
DWORD wnet_providers_open(struct wnet_providers *providers);
void wnet_providers_close(struct wnet_providers *providers);

/* Does it announce this capability (WNNC_...)? */
bool wnet_provider_can(const struct wnet_provider *provider, DWORD index,
		       DWORD bit);

/* What a try returns of a provider that has no such function. */
#define WNET_LACKING 0xffffffffU

typedef DWORD wnet_try_fn(const struct wnet_provider *provider, void *data);

/**
 * struct wnet_search - how to look for the provider that a name belongs to
 * @only: ask this one only, NULL: each in its turn
 * @try: asks one
 * @data: passed to @try
 * @device: the name may be a local device: WN_NOT_CONNECTED and
 *	WN_BAD_LOCALNAME do not end the search
 * @nobody: what to return if none takes it
 * @found: takes the provider that ended the search; NULL: none did
 */
struct wnet_search {
	const wchar_t *only;
	wnet_try_fn *try;
	void *data;
	bool device;
	DWORD nobody;
	const struct wnet_provider *found;
};

/**
 * wnet_search - ask providers
 *
 * Return: what ended the search (NO_ERROR, or an error of the provider whose
 * the name is); of those that could not tell, the first one's code;
 * @search->nobody; ERROR_NO_NETWORK: there is no provider; ERROR_BAD_PROVIDER,
 * ERROR_NOT_SUPPORTED: @search->only is none, or lacks the function
 */
DWORD wnet_search(const struct wnet_providers *providers,
		  struct wnet_search *search);

#endif
