// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Programs name the local router in many ways. What is not found here is taken
 * for another computer; nothing is asked over the network.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "server_name.h"
#include "text.h"

static bool is_loopback(const char *address)
{
	return !strncmp(address, "127.", 4) || !strcmp(address, "::1");
}

/* Is this line about this computer, and has it that name? Cuts it up. */
static bool line_has(char *line, const char *name, const char *host)
{
	static const char blanks[] = " \t\r\n";
	char *at, *word, *address;
	bool found = false, ours;

	line[strcspn(line, "#")] = '\0';
	address = strtok_r(line, blanks, &at);
	ours = address && is_loopback(address);
	while (address && (word = strtok_r(NULL, blanks, &at))) {
		found |= !strcasecmp(word, name);
		ours |= !strcasecmp(word, host);
	}
	return found && ours;
}

bool mpr_hosts_have(FILE *hosts, const char *name, const char *host)
{
	bool found = false;
	char *line = NULL;
	size_t size = 0;

	while (!found && getline(&line, &size, hosts) > 0)
		found = line_has(line, name, host);
	free(line);
	return found;
}

/* A full name of ours, although the host is called by the short one? */
static bool is_full_name(const char *name, const char *host)
{
	FILE *hosts = fopen("/etc/hosts", "re");
	bool found;

	if (!hosts)
		return false;
	found = mpr_hosts_have(hosts, name, host);
	fclose(hosts);
	return found;
}

static bool is_host_name(const char *name)
{
	char host[HOST_NAME_MAX + 1];
	size_t label;

	if (gethostname(host, sizeof(host)))
		return false;
	host[sizeof(host) - 1] = '\0';
	if (!strcasecmp(name, host))
		return true;
	label = strcspn(host, ".");
	if (strcspn(name, ".") != label || strncasecmp(name, host, label))
		return false;
	/* "router" for "router.example.org" */
	if (!name[label])
		return true;
	/* The other way round, the domain may be another computer's. */
	return !host[label] && is_full_name(name, host);
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
