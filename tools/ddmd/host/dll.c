// SPDX-License-Identifier: GPL-2.0-only
/*
 * A DLL has its callouts as exports, or hands them over in a table, and has
 * most of them in one of several versions. Behind this file there is one kind.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "callout.h"
#include "dll.h"
#include "records.h"

/* Versions of the connection callouts, by what they are given */
enum version { LEVELS_01, LEVELS_012, LEVELS_0123, EX, VERSIONS };

struct callout {
	void *function;
	enum version version;
};

struct dll {
	char *path;
	struct callout callouts[HOST_CALLOUTS];
};

/* Windows: RAS administration DLL functions. The newest is looked for first. */
static const char *const exports[HOST_CALLOUTS][VERSIONS] = {
	[HOST_TERMINATE] = { "MprAdminTerminateDll" },
	[HOST_ACCEPT_CONNECTION] = { "MprAdminAcceptNewConnection",
				     "MprAdminAcceptNewConnection2",
				     "MprAdminAcceptNewConnection3",
				     "MprAdminAcceptNewConnectionEx" },
	[HOST_ACCEPT_LINK] = { "MprAdminAcceptNewLink" },
	[HOST_ACCEPT_REAUTHENTICATION] = { [LEVELS_0123] =
						   "MprAdminAcceptReauthentication",
					   [EX] = "MprAdminAcceptReauthenticationEx" },
	[HOST_LINK_HANGUP] = { "MprAdminLinkHangupNotification" },
	[HOST_CONNECTION_HANGUP] = { "MprAdminConnectionHangupNotification",
				     "MprAdminConnectionHangupNotification2",
				     "MprAdminConnectionHangupNotification3",
				     "MprAdminConnectionHangupNotificationEx" },
	[HOST_GET_ADDRESS] = { "MprAdminGetIpAddressForUser" },
	[HOST_RELEASE_ADDRESS] = { "MprAdminReleaseIpAddress" },
};

/* Of which group a DLL must have all, or where it has a table, one. */
static const enum host_callout required[][2] = {
	{ HOST_ACCEPT_LINK, HOST_LINK_HANGUP },
	{ HOST_ACCEPT_CONNECTION, HOST_CONNECTION_HANGUP },
};

static void set(struct dll *dll, enum host_callout which, void *function,
		enum version version)
{
	if (function)
		dll->callouts[which] = (struct callout){ function, version };
}

static void find_exports(struct dll *dll, void *handle)
{
	enum host_callout which;
	enum version version;

	for (which = 0; which < HOST_CALLOUTS; which++)
		for (version = 0; version < VERSIONS; version++)
			if (exports[which][version])
				set(dll, which,
				    dlsym(handle, exports[which][version]),
				    version);
}

static void find_table(struct dll *dll, const MPRAPI_ADMIN_DLL_CALLBACKS *table)
{
	set(dll, HOST_TERMINATE, table->lpfnRasAdminTerminateDll, 0);
	set(dll, HOST_ACCEPT_LINK, table->lpfnRasAdminAcceptNewLink, 0);
	set(dll, HOST_LINK_HANGUP, table->lpfnRasAdminLinkHangupNotification,
	    0);
	set(dll, HOST_GET_ADDRESS, table->lpfnMprAdminGetIpAddressForUser, 0);
	set(dll, HOST_RELEASE_ADDRESS, table->lpfnMprAdminReleaseIpAddress, 0);
	/* revision 1 has no callouts with RAS_CONNECTION_EX */
	if (table->revision < MPRAPI_ADMIN_DLL_VERSION_2)
		return;
	set(dll, HOST_ACCEPT_CONNECTION,
	    table->lpfnRasAdminAcceptNewConnectionEx, EX);
	set(dll, HOST_ACCEPT_REAUTHENTICATION,
	    table->lpfnRasAdminAcceptReauthenticationEx, EX);
	set(dll, HOST_CONNECTION_HANGUP,
	    table->lpfnRasAdminConnectionHangupNotificationEx, EX);
}

bool dll_has(const struct dll *dll, enum host_callout callout)
{
	return dll->callouts[callout].function;
}

/* Return: what is missing, NULL if nothing is */
static const char *missing(const struct dll *dll, bool table)
{
	size_t i;

	if (!dll_has(dll, HOST_TERMINATE))
		return exports[HOST_TERMINATE][0];
	for (i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
		bool first = dll_has(dll, required[i][0]);
		bool second = dll_has(dll, required[i][1]);

		if (table ? first || second : first && second)
			continue;
		return exports[required[i][first ? 1 : 0]][0];
	}
	if (dll_has(dll, HOST_GET_ADDRESS) &&
	    !dll_has(dll, HOST_RELEASE_ADDRESS))
		return exports[HOST_RELEASE_ADDRESS][0];
	if (dll_has(dll, HOST_RELEASE_ADDRESS) &&
	    !dll_has(dll, HOST_GET_ADDRESS))
		return exports[HOST_GET_ADDRESS][0];
	return NULL;
}

static bool complete(const struct dll *dll, bool table, char *why, size_t size)
{
	const char *name = missing(dll, table);

	if (name)
		snprintf(why, size, "%s: required function %s is missing",
			 dll->path, name);
	return !name;
}

static bool succeeded(const struct dll *dll, const char *name, DWORD error,
		      char *why, size_t size)
{
	if (error)
		snprintf(why, size, "%s: %s failed with error %u", dll->path,
			 name, (unsigned int)error);
	return !error;
}

/* The table counts where it and an export have the same callout. */
static bool initialize_with_table(struct dll *dll, void *function, char *why,
				  size_t size)
{
	DWORD(APIENTRY * initialize)(PMPRAPI_ADMIN_DLL_CALLBACKS) = function;
	MPRAPI_ADMIN_DLL_CALLBACKS table = { 0 };
	DWORD error;

	callout_enter();
	error = initialize(&table);
	callout_leave();
	if (!succeeded(dll, "MprAdminInitializeDllEx", error, why, size))
		return false;
	find_table(dll, &table);
	if (complete(dll, true, why, size))
		return true;
	if (dll_has(dll, HOST_TERMINATE))
		dll_terminate(dll);
	return false;
}

static bool initialize_plainly(struct dll *dll, void *function, char *why,
			       size_t size)
{
	DWORD(APIENTRY * initialize)(VOID) = function;
	DWORD error;

	if (!complete(dll, false, why, size))
		return false;
	callout_enter();
	error = initialize();
	callout_leave();
	return succeeded(dll, "MprAdminInitializeDll", error, why, size);
}

static bool load(struct dll *dll, char *why, size_t size)
{
	void *handle;
	void *function;

	/* dlopen() would look in the system's folders */
	if (dll->path[0] != '/') {
		snprintf(why, size, "%s: cannot be loaded: no absolute path",
			 dll->path);
		return false;
	}
	handle = dlopen(dll->path, RTLD_NOW | RTLD_LOCAL);
	if (!handle) {
		snprintf(why, size, "%s: cannot be loaded: %s", dll->path,
			 dlerror());
		return false;
	}
	find_exports(dll, handle);
	function = dlsym(handle, "MprAdminInitializeDllEx");
	if (function)
		return initialize_with_table(dll, function, why, size);
	function = dlsym(handle, "MprAdminInitializeDll");
	if (function)
		return initialize_plainly(dll, function, why, size);
	snprintf(why, size,
		 "%s: required function MprAdminInitializeDll is missing",
		 dll->path);
	return false;
}

struct dll *dll_load(const char *path, char *why, size_t size)
{
	struct dll *dll = calloc(1, sizeof(*dll));

	if (dll)
		dll->path = strdup(path);
	if (!dll || !dll->path) {
		snprintf(why, size, "out of memory");
		free(dll);
		return NULL;
	}
	if (load(dll, why, size))
		return dll;
	free(dll->path);
	free(dll);
	return NULL;
}

void dll_terminate(struct dll *dll)
{
	PMPRADMINTERMINATEDLL terminate =
		dll->callouts[HOST_TERMINATE].function;

	callout_enter();
	terminate();
	callout_leave();
}

/* ------------------------------------------------------------- callouts -- */

/* AcceptReauthentication takes what the versions 3 and Ex of Accept... take. */
static bool ask_connection(const struct callout *callout,
			   const struct host_facts *facts)
{
	struct connection_records r;

	connection_records_fill(&r, facts);
	switch (callout->version) {
	case LEVELS_01:
		return ((PMPRADMINACCEPTNEWCONNECTION)callout->function)(
			&r.level0, &r.level1);
	case LEVELS_012:
		return ((PMPRADMINACCEPTNEWCONNECTION2)callout->function)(
			&r.level0, &r.level1, &r.level2);
	case LEVELS_0123:
		return ((PMPRADMINACCEPTNEWCONNECTION3)callout->function)(
			&r.level0, &r.level1, &r.level2, &r.level3);
	default:
		return ((PMPRADMINACCEPTNEWCONNECTIONEX)callout->function)(
			&r.ex);
	}
}

static void tell_connection(const struct callout *callout,
			    const struct host_facts *facts)
{
	struct connection_records r;

	connection_records_fill(&r, facts);
	switch (callout->version) {
	case LEVELS_01:
		((PMPRADMINCONNECTIONHANGUPNOTIFICATION)callout->function)(
			&r.level0, &r.level1);
		return;
	case LEVELS_012:
		((PMPRADMINCONNECTIONHANGUPNOTIFICATION2)callout->function)(
			&r.level0, &r.level1, &r.level2);
		return;
	case LEVELS_0123:
		((PMPRADMINCONNECTIONHANGUPNOTIFICATION3)callout->function)(
			&r.level0, &r.level1, &r.level2, &r.level3);
		return;
	default:
		((PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX)callout->function)(
			&r.ex);
	}
}

static bool ask_link(const struct callout *callout,
		     const struct host_facts *facts)
{
	PMPRADMINACCEPTNEWLINK accept = callout->function;
	struct port_records r;

	port_records_fill(&r, facts, true);
	return accept(&r.level0, &r.level1);
}

static void tell_link(const struct callout *callout,
		      const struct host_facts *facts)
{
	PMPRADMINLINKHANGUPNOTIFICATION tell = callout->function;
	struct port_records r;

	port_records_fill(&r, facts, false);
	tell(&r.level0, &r.level1);
}

static void get_address(const struct callout *callout,
			const struct host_facts *facts,
			struct host_reply *reply)
{
	PMPRADMINGETIPADDRESSFORUSER get = callout->function;
	struct address_records r;
	BOOL release = FALSE;

	address_records_fill(&r, facts);
	reply->code = get(r.user, r.port, &r.address, &release);
	/* no address from anybody: nobody can be let in with that */
	reply->value = !reply->code && r.address;
	reply->address = r.address;
	reply->release = !!release;
}

static void release_address(const struct callout *callout,
			    const struct host_facts *facts)
{
	PMPRADMINRELEASEIPADRESS release = callout->function;
	struct address_records r;

	address_records_fill(&r, facts);
	release(r.user, r.port, &r.address);
}

void dll_call(const struct dll *dll, const struct host_request *request,
	      struct host_reply *reply)
{
	const struct callout *callout = &dll->callouts[request->callout];
	const struct host_facts *facts = &request->facts;

	reply->value = 1;
	if (!callout->function)
		return;
	callout_enter();
	switch (request->callout) {
	case HOST_ACCEPT_CONNECTION:
	case HOST_ACCEPT_REAUTHENTICATION:
		reply->value = ask_connection(callout, facts);
		break;
	case HOST_ACCEPT_LINK:
		reply->value = ask_link(callout, facts);
		break;
	case HOST_LINK_HANGUP:
		tell_link(callout, facts);
		break;
	case HOST_CONNECTION_HANGUP:
		tell_connection(callout, facts);
		break;
	case HOST_GET_ADDRESS:
		get_address(callout, facts, reply);
		break;
	case HOST_RELEASE_ADDRESS:
		release_address(callout, facts);
		break;
	}
	callout_leave();
}
