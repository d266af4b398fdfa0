// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What open files are to a share, sockets are to a line: hanging up without
 * force must not cut a conversation off. Sockets are told by their address,
 * since nothing else ties one to a device.
 */
#include <ddm.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ddm.h"
#include "text.h"

/* An address as /proc/net prints it: words of 32 bits, as they lie in memory. */
#define ADDRESS_SIZE (32 + 1)
#define MAPPED_PREFIX "0000000000000000FFFF0000"

/* Values of "st" in these files that mean: a process talks to a peer. */
enum {
	ESTABLISHED = 1,
	SYN_SENT = 2,
	CLOSE_WAIT = 8,
};

static void print_words(char *to, const void *address, size_t words)
{
	uint32_t word;
	size_t i;

	for (i = 0; i < words; i++) {
		memcpy(&word, (const char *)address + i * sizeof(word),
		       sizeof(word));
		snprintf(to + i * 8, 9, "%08X", word);
	}
}

static bool print_address(char *to, const struct sockaddr *address)
{
	const struct sockaddr_in *in = (const void *)address;
	const struct sockaddr_in6 *in6 = (const void *)address;

	if (address && address->sa_family == AF_INET)
		print_words(to, &in->sin_addr, 1);
	else if (address && address->sa_family == AF_INET6)
		print_words(to, &in6->sin6_addr, 4);
	else
		return false;
	return true;
}

static bool is_conversation(unsigned int state)
{
	return state == ESTABLISHED || state == SYN_SENT || state == CLOSE_WAIT;
}

/* Lines are "N: ADDRESS:PORT ADDRESS:PORT STATE ..." below a heading. */
static bool has_socket(const char *file, const char *address)
{
	FILE *stream = fopen(file, "re");
	char line[512], local[ADDRESS_SIZE], mapped[ADDRESS_SIZE];
	bool found = false;
	unsigned int state;

	if (!stream)
		return false;
	snprintf(mapped, sizeof(mapped), MAPPED_PREFIX "%.8s", address);
	while (!found && fgets(line, sizeof(line), stream))
		if (sscanf(line, "%*d: %32[0-9A-F]:%*x %*[0-9A-F]:%*x %x",
			   local, &state) == 2)
			found = is_conversation(state) &&
				(!strcmp(local, address) ||
				 (strlen(address) == 8 &&
				  !strcmp(local, mapped)));
	fclose(stream);
	return found;
}

static bool address_is_used(const char *address)
{
	static const char *const files[] = {
		"/proc/thread-self/net/tcp",
		"/proc/thread-self/net/tcp6",
		"/proc/thread-self/net/udp",
		"/proc/thread-self/net/udp6",
	};
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (has_socket(files[i], address))
			return true;
	return false;
}

/* PPP lines may borrow the address of a card: then nothing can be told. */
static bool is_borrowed(const struct ifaddrs *all, const struct ifaddrs *one,
			const char *text)
{
	char other[ADDRESS_SIZE];

	for (; all; all = all->ifa_next)
		if (strcmp(all->ifa_name, one->ifa_name) &&
		    print_address(other, all->ifa_addr) && !strcmp(other, text))
			return true;
	return false;
}

static bool device_is_used(const char *device)
{
	struct ifaddrs *all, *one;
	char text[ADDRESS_SIZE];
	bool used = false;

	if (getifaddrs(&all))
		return false;
	for (one = all; one && !used; one = one->ifa_next)
		used = !strcmp(one->ifa_name, device) &&
		       print_address(text, one->ifa_addr) &&
		       !is_borrowed(all, one, text) && address_is_used(text);
	freeifaddrs(all);
	return used;
}

bool ddm_in_use(const wchar_t *interface_name)
{
	const struct ddm_interface *interface;
	char device[IF_NAMESIZE] = "";
	struct ddm *ddm = NULL;
	char *name = mpr_utf8_dup(interface_name);

	if (name && !ddm_open(&ddm) &&
	    !ddm_interface_find(ddm, name, &interface) && interface->ifindex)
		if_indextoname(interface->ifindex, device);
	ddm_close(ddm);
	free(name);
	return *device && device_is_used(device);
}
