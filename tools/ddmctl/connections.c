// SPDX-License-Identifier: GPL-2.0-only
/*
 * The user's remembered connections (\\ddm\NAME and others), as libmpr keeps
 * them. That library is loaded when it is needed: the rest of ddmctl has to
 * work without it and without the providers that it brings in.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winnetwk.h>

#include "output.h"

#define LIBMPR "libmpr.so.0"

#define CALL(name) __typeof__(name) *name##_

static struct {
	CALL(WNetOpenEnumA);
	CALL(WNetEnumResourceA);
	CALL(WNetCloseEnum);
	CALL(WNetGetConnectionA);
	CALL(WNetRestoreConnectionA);
	CALL(WNetCancelConnection2A);
	CALL(WNetGetLastErrorA);
} mpr;

#define ENTRY(name)                                       \
	{                                                 \
#name, offsetof(__typeof__(mpr), name##_) \
	}

static const struct {
	const char *name;
	size_t offset;
} calls[] = {
	ENTRY(WNetOpenEnumA),	       ENTRY(WNetEnumResourceA),
	ENTRY(WNetCloseEnum),	       ENTRY(WNetGetConnectionA),
	ENTRY(WNetRestoreConnectionA), ENTRY(WNetCancelConnection2A),
	ENTRY(WNetGetLastErrorA),
};

static int load_library(void)
{
	void *library = dlopen(LIBMPR, RTLD_NOW), *address;
	size_t i;

	for (i = 0; library && i < ARRAY_SIZE(calls); i++) {
		address = dlsym(library, calls[i].name);
		if (!address)
			library = NULL;
		memcpy((char *)&mpr + calls[i].offset, &address,
		       sizeof(address));
	}
	if (library)
		return STATUS_OK;
	fprintf(stderr, "ddmctl: %s\n", dlerror());
	return STATUS_REFUSED;
}

/* Also what a provider has to say beyond the code. */
static int failed(const char *what, DWORD code)
{
	char text[256] = "", name[256];
	DWORD inner;

	if (code == ERROR_EXTENDED_ERROR &&
	    !mpr.WNetGetLastErrorA_(&inner, text, sizeof(text), name,
				    sizeof(name))) {
		code = inner;
		text[strcspn(text, "\r\n")] = '\0';
	}
	fprintf(stderr, "ddmctl: %s: %s (error %u)\n", what,
		*text ? text : error_text(code), code);
	return STATUS_REFUSED;
}

typedef int connection_fn(const NETRESOURCEA *connection, void *data);

/* All that are remembered; goes on whatever becomes of one. */
static int for_each(connection_fn *run, void *data)
{
	/* Room for one at least: each text has 1040 bytes at most. */
	NETRESOURCEA buffer[16384 / sizeof(NETRESOURCEA)];
	int status = STATUS_OK, one;
	DWORD code, count, size, i;
	HANDLE list;

	code = mpr.WNetOpenEnumA_(RESOURCE_REMEMBERED, RESOURCETYPE_ANY, 0,
				  NULL, &list);
	if (code)
		return failed("remembered connections", code);
	for (;;) {
		count = (DWORD)-1;
		size = sizeof(buffer);
		code = mpr.WNetEnumResourceA_(list, &count, buffer, &size);
		if (code)
			break;
		for (i = 0; i < count; i++) {
			one = run(&buffer[i], data);
			status = status ? status : one;
		}
	}
	mpr.WNetCloseEnum_(list);
	return code == ERROR_NO_MORE_ITEMS ?
		       status :
		       failed("remembered connections", code);
}

/* --------------------------------------------------------------- show -- */

enum {
	DEVICE,
	REMOTE,
	PROVIDER,
	STATE,
};

static const struct column columns[] = {
	[DEVICE] = { "device", 0, 0 },
	[REMOTE] = { "remote", 0, 0 },
	[PROVIDER] = { "provider", 0, 0 },
	[STATE] = { "state", 0, 0 },
};

static int show_one(const NETRESOURCEA *connection, void *data)
{
	struct output *output = data;
	char remote[2048];
	DWORD length = sizeof(remote), code;

	code = mpr.WNetGetConnectionA_(connection->lpLocalName, remote,
				       &length);
	output_line(output);
	output_text(output, DEVICE, connection->lpLocalName);
	output_text(output, REMOTE, connection->lpRemoteName);
	output_text(output, PROVIDER, connection->lpProvider);
	output_state(output, STATE,
		     ddm_state_name(code ? DDM_STATE_DISCONNECTED :
					   DDM_STATE_CONNECTED));
	return STATUS_OK;
}

static int show(struct control *control)
{
	struct output *output;
	int status = no_more_words(control);

	if (!status)
		status = load_library();
	if (!status)
		status = output_open(control, &output, "connections", columns,
				     ARRAY_SIZE(columns), OUTPUT_TABLE);
	if (status)
		return status;
	return output_close(output, for_each(show_one, output));
}

/* ------------------------------------------------------------ restore -- */

/* One that is there is as good as restored. */
static int restore_device(const char *device)
{
	DWORD code = mpr.WNetRestoreConnectionA_(NULL, device);

	return code && code != ERROR_ALREADY_ASSIGNED ? failed(device, code) :
							STATUS_OK;
}

static int restore_one(const NETRESOURCEA *connection, void *data)
{
	(void)data;
	return restore_device(connection->lpLocalName);
}

static int restore(struct control *control)
{
	int status = load_library(), one;
	const char *device;

	if (status)
		return status;
	if (!control->words_left)
		return for_each(restore_one, NULL);
	while ((device = next_word(control))) {
		one = restore_device(device);
		status = status ? status : one;
	}
	return status;
}

static int forget(struct control *control)
{
	const char *device;
	int status = need_word(control, "device", &device);
	DWORD code;

	if (!status)
		status = no_more_words(control);
	if (!status)
		status = load_library();
	if (status)
		return status;
	code = mpr.WNetCancelConnection2A_(device, CONNECT_UPDATE_PROFILE,
					   FALSE);
	return code ? failed(device, code) : STATUS_OK;
}

const struct command connections_commands[] = {
	{ "show", "list", "", "the user's remembered connections", OPTIONS_SHOW,
	  show },
	{ "restore", NULL, "[DEVICE ...]",
	  "connect them, all or these; notifyees are not told", 0, restore },
	{ "forget", NULL, "DEVICE", "end a connection, and remember it no more",
	  0, forget },
	{ 0 },
};
