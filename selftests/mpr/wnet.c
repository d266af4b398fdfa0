// SPDX-License-Identifier: GPL-2.0-only
/*
 * wnet: WNet calls from a command line, for the tests that are scripts. Linked
 * with libmpr as any program is.
 *
 *	wnet add REMOTE [LOCAL [FLAGS [USER PASSWORD]]]   "" for none
 *	wnet cancel NAME [FLAGS [FORCE]]
 *	wnet get LOCAL
 *	wnet list connected|remembered
 *	wnet restore [LOCAL]
 *
 * Prints the code, and what a provider said if it is an extended one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winnetwk.h>
#include <windows.h>

static int words;
static char **word;

static char *next(void)
{
	char *taken = words ? *word : NULL;

	words -= !!words;
	word += !!taken;
	return taken && *taken ? taken : NULL;
}

static DWORD number(void)
{
	const char *text = next();

	return text ? (DWORD)strtoul(text, NULL, 0) : 0;
}

static DWORD add(void)
{
	NETRESOURCEA resource = { .dwType = RESOURCETYPE_DISK };
	char *user, *password;
	DWORD flags;

	resource.lpRemoteName = next();
	resource.lpLocalName = next();
	flags = number();
	user = next();
	password = next();
	return WNetAddConnection2A(&resource, password, user, flags);
}

static DWORD cancel(void)
{
	char *name = next();
	DWORD flags = number();

	return WNetCancelConnection2A(name, flags, (BOOL)number());
}

static DWORD get(void)
{
	char remote[2048];
	DWORD length = sizeof(remote), code;

	code = WNetGetConnectionA(next(), remote, &length);
	if (!code || code == ERROR_CONNECTION_UNAVAIL)
		printf("%s\n", remote);
	return code;
}

static DWORD list(void)
{
	DWORD scope = strcmp(word[0], "connected") ? RESOURCE_REMEMBERED :
						     RESOURCE_CONNECTED;
	static NETRESOURCEA buffer[512];
	DWORD count, size, code, i;
	HANDLE handle;

	code = WNetOpenEnumA(scope, RESOURCETYPE_ANY, 0, NULL, &handle);
	if (code)
		return code;
	do {
		count = (DWORD)-1;
		size = sizeof(buffer);
		code = WNetEnumResourceA(handle, &count, buffer, &size);
		for (i = 0; !code && i < count; i++)
			printf("%s %s %s\n",
			       buffer[i].lpLocalName ? buffer[i].lpLocalName :
						       "-",
			       buffer[i].lpRemoteName, buffer[i].lpProvider);
	} while (!code);
	WNetCloseEnum(handle);
	return code == ERROR_NO_MORE_ITEMS ? NO_ERROR : code;
}

static DWORD restore(void)
{
	return WNetRestoreConnectionA(NULL, next());
}

static const struct {
	const char *name;
	DWORD (*run)(void);
} calls[] = {
	{ "add", add },	  { "cancel", cancel },	  { "get", get },
	{ "list", list }, { "restore", restore },
};

static void print_extended(void)
{
	char text[256], name[256];
	DWORD code;

	if (!WNetGetLastErrorA(&code, text, sizeof(text), name, sizeof(name)))
		printf("%s: %u: %s\n", name, code, text);
}

int main(int argc, char **argv)
{
	DWORD code;
	size_t i;

	for (i = 0; argc > 1 && i < ARRAYSIZE(calls); i++) {
		if (strcmp(calls[i].name, argv[1]))
			continue;
		words = argc - 2;
		word = argv + 2;
		code = calls[i].run();
		if (code == ERROR_EXTENDED_ERROR)
			print_extended();
		printf("%u\n", code);
		return code != NO_ERROR;
	}
	fprintf(stderr, "usage: wnet add|cancel|get|list|restore ...\n");
	return 2;
}
