// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Programs name the local router in many ways. What is not found here is taken
 * for another computer; nothing is asked over the network.
 */
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "server_name.h"
#include "text.h"

static bool is_host_name(const char *name)
{
	char host[HOST_NAME_MAX + 1];
	size_t label;

	if (gethostname(host, sizeof(host)))
		return false;
	host[sizeof(host) - 1] = '\0';
	if (!strcasecmp(name, host))
		return true;
	/* "router" for "router.example.org", and the other way round. */
	label = strcspn(host, ".");
	return strcspn(name, ".") == label && !strncasecmp(name, host, label) &&
	       (!host[label] || !name[label]);
}

bool mpr_is_this_computer(LPCWSTR name)
{
	static const char *const names[] = { "", ".", "localhost", "127.0.0.1",
					     "::1" };
	char text[MPR_UTF8_SIZE(HOST_NAME_MAX)];
	size_t i;

	if (!name)
		return true;
	if (name[0] == L'\\' && name[1] == L'\\')
		name += 2;
	if (mpr_utf8_from_wide(text, sizeof(text), name, HOST_NAME_MAX) < 0)
		return false;
	for (i = 0; i < ARRAYSIZE(names); i++)
		if (!strcasecmp(text, names[i]))
			return true;
	return is_host_name(text);
}
