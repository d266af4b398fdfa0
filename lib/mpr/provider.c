// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Providers run in the caller's process, as on Windows: most of them change
 * something for it (a mount, a device), and get its passwords.
 */
#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "log.h"
#include "names.h"
#include "provider.h"

static const struct {
	const char *name;
	size_t offset;
} exports[] = {
	{ "NPGetCaps", offsetof(struct wnet_library, get_caps) },
	{ "NPAddConnection", offsetof(struct wnet_library, add) },
	{ "NPAddConnection3", offsetof(struct wnet_library, add3) },
	{ "NPCancelConnection", offsetof(struct wnet_library, cancel) },
	{ "NPGetConnection", offsetof(struct wnet_library, get) },
	{ "NPOpenEnum", offsetof(struct wnet_library, open_enum) },
	{ "NPEnumResource", offsetof(struct wnet_library, enum_resource) },
	{ "NPCloseEnum", offsetof(struct wnet_library, close_enum) },
};

/*
 * Only ever grows, at its head, and what is in it never changes: so it needs no
 * lock, which a fork in another thread could leave locked in the child.
 */
static _Atomic(struct wnet_library *) libraries;

static struct wnet_library *find_in(struct wnet_library *list, const char *path)
{
	while (list && strcmp(list->path, path))
		list = list->next;
	return list;
}

static const struct wnet_library *find_library(const char *path)
{
	return find_in(atomic_load(&libraries), path);
}

/* Another thread may have been faster: then that one's is taken. */
static const struct wnet_library *keep_library(struct wnet_library *ours)
{
	struct wnet_library *head = atomic_load(&libraries), *theirs;

	do {
		theirs = find_in(head, ours->path);
		ours->next = head;
	} while (!theirs &&
		 !atomic_compare_exchange_weak(&libraries, &head, ours));
	if (!theirs)
		return ours;
	free(ours->path);
	free(ours);
	return theirs;
}

static void find_exports(struct wnet_library *library, void *object)
{
	size_t i;

	for (i = 0; i < ARRAYSIZE(exports); i++) {
		void *address = dlsym(object, exports[i].name);

		memcpy((char *)library + exports[i].offset, &address,
		       sizeof(address));
	}
}

/*
 * The provider's constructors run in here: they may make WNet calls. It is
 * never unloaded, not even if another thread loaded it at the same time.
 */
static const struct wnet_library *load_library(const char *path)
{
	struct wnet_library *library;
	void *object;

	object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!object) {
		wnet_log("provider %s is passed over: %s", path, dlerror());
		return NULL;
	}
	library = calloc(1, sizeof(*library));
	if (library)
		library->path = strdup(path);
	if (!library || !library->path) {
		free(library);
		dlclose(object);
		return NULL;
	}
	find_exports(library, object);
	if (!library->get_caps) {
		wnet_log(
			"provider %s is passed over: it does not export NPGetCaps",
			path);
		free(library->path);
		free(library);
		dlclose(object);
		return NULL;
	}
	return keep_library(library);
}

static DWORD add_provider(struct wnet_providers *providers,
			  const struct wnet_plugin *plugin)
{
	struct wnet_provider *provider = &providers->list[providers->count];
	DWORD error;

	error = wnet_copy_name(&provider->name, plugin->name, WNET_UTF8,
			       ERROR_INVALID_NAME);
	if (error == ERROR_NOT_ENOUGH_MEMORY)
		return error;
	if (error || !provider->name) {
		wnet_log("provider %s is passed over: its name is no name",
			 plugin->path);
		return NO_ERROR;
	}
	provider->library = find_library(plugin->path);
	if (!provider->library)
		provider->library = load_library(plugin->path);
	if (!provider->library)
		wnet_wipe(provider->name);
	else
		providers->count++;
	return NO_ERROR;
}

DWORD wnet_providers_open(struct wnet_providers *providers)
{
	struct wnet_plugins plugins;
	DWORD error;
	size_t i;

	*providers = (struct wnet_providers){ 0 };
	error = wnet_plugins_read(WNET_PROVIDERS, &plugins);
	if (error)
		return error;
	providers->list = calloc(plugins.count + 1, sizeof(*providers->list));
	if (!providers->list)
		error = ERROR_NOT_ENOUGH_MEMORY;
	for (i = 0; i < plugins.count && !error; i++)
		error = add_provider(providers, &plugins.list[i]);
	wnet_plugins_free(&plugins);
	if (error)
		wnet_providers_close(providers);
	return error;
}

void wnet_providers_close(struct wnet_providers *providers)
{
	size_t i;

	for (i = 0; i < providers->count; i++)
		wnet_wipe(providers->list[i].name);
	free(providers->list);
	*providers = (struct wnet_providers){ 0 };
}

bool wnet_provider_can(const struct wnet_provider *provider, DWORD index,
		       DWORD bit)
{
	return provider->library->get_caps(index) & bit;
}

enum verdict {
	MINE, /* the search ends */
	NOT_MINE,
	NOT_NOW, /* it may be the provider's: it cannot tell */
};

static const struct {
	DWORD code;
	enum verdict verdict;
	bool device_only;
} verdicts[] = {
	{ WN_BAD_NETNAME, NOT_MINE, false },
	{ ERROR_BAD_NETPATH, NOT_MINE, false },
	{ WN_BAD_VALUE, NOT_MINE, false },
	{ WN_BAD_LEVEL, NOT_MINE, false },
	{ WN_NOT_CONNECTED, NOT_MINE, true },
	{ WN_BAD_LOCALNAME, NOT_MINE, true },
	{ WN_NO_NETWORK, NOT_NOW, false },
	{ WN_NOT_SUPPORTED, NOT_NOW, false },
	{ WN_FUNCTION_BUSY, NOT_NOW, false },
	{ WNET_LACKING, NOT_MINE, false },
};

static enum verdict judge(DWORD code, bool device)
{
	size_t i;

	for (i = 0; i < ARRAYSIZE(verdicts); i++)
		if (verdicts[i].code == code &&
		    (device || !verdicts[i].device_only))
			return verdicts[i].verdict;
	return MINE;
}

static DWORD ask_one(const struct wnet_providers *providers,
		     struct wnet_search *search)
{
	DWORD code;
	size_t i;

	for (i = 0; i < providers->count; i++) {
		if (!wnet_same_name(providers->list[i].name, search->only))
			continue;
		search->found = &providers->list[i];
		code = search->try(search->found, search->data);
		return code == WNET_LACKING ? ERROR_NOT_SUPPORTED : code;
	}
	return ERROR_BAD_PROVIDER;
}

DWORD wnet_search(const struct wnet_providers *providers,
		  struct wnet_search *search)
{
	DWORD result = search->nobody, code;
	bool doubt = false;
	size_t i;

	search->found = NULL;
	if (!providers->count)
		return ERROR_NO_NETWORK;
	if (search->only)
		return ask_one(providers, search);
	for (i = 0; i < providers->count; i++) {
		code = search->try(&providers->list[i], search->data);
		switch (judge(code, search->device)) {
		case MINE:
			search->found = &providers->list[i];
			return code;
		case NOT_NOW:
			if (!doubt)
				result = code;
			doubt = true;
			break;
		case NOT_MINE:
			break;
		}
	}
	return result;
}
