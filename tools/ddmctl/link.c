// SPDX-License-Identifier: GPL-2.0-only
/* Links (ports) of PPP devices, and what their agents know of them. */
#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>

#include "output.h"

enum {
	ID,
	INTERFACE,
	DEVICE,
	PORT,
	STATE,
	MEDIA,
	PEER,
	REMOTE4,
	CHANGED,
	USER,
	INCOMING,
	SPEED,
	LOCAL4,
	LOCAL6,
	REMOTE6,
	IFINDEX,
};

static const struct column columns[] = {
	[ID] = { "id", COLUMN_NUMBER, 0 },
	[INTERFACE] = { "interface", COLUMN_NUMBER, 0 },
	[DEVICE] = { "device", 0, 0 },
	[PORT] = { "port", 0, 0 },
	[STATE] = { "state", 0, 0 },
	[MEDIA] = { "media", 0, 0 },
	[PEER] = { "peer", 0, 0 },
	[REMOTE4] = { "remote4", 0, 0 },
	[CHANGED] = { "changed", 0, 0 },
	[USER] = { "user", COLUMN_DETAIL, 0 },
	[INCOMING] = { "incoming", COLUMN_FLAG | COLUMN_DETAIL, 0 },
	[SPEED] = { "speed", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
	[LOCAL4] = { "local4", COLUMN_DETAIL, 0 },
	[LOCAL6] = { "local6", COLUMN_DETAIL, 0 },
	[REMOTE6] = { "remote6", COLUMN_DETAIL, 0 },
	[IFINDEX] = { "ifindex", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
};

/* An address in network byte order; all zero stands for none. */
static void show_address(struct output *output, unsigned int column, int family,
			 const void *address)
{
	static const unsigned char none[sizeof(struct in6_addr)];
	size_t size = family == AF_INET ? sizeof(struct in_addr) :
					  sizeof(struct in6_addr);
	char text[INET6_ADDRSTRLEN];

	if (memcmp(address, none, size))
		output_text(output, column,
			    inet_ntop(family, address, text, sizeof(text)));
}

static void show_facts(struct output *output, const struct ddm_link *link)
{
	output_text(output, MEDIA, link->media);
	output_text(output, PEER, link->peer);
	output_text(output, USER, link->user);
	output_flag(output, INCOMING, link->incoming);
	if (link->speed)
		output_number(output, SPEED, link->speed);
	show_address(output, LOCAL4, AF_INET, &link->local4);
	show_address(output, REMOTE4, AF_INET, &link->remote4);
	show_address(output, LOCAL6, AF_INET6, link->local6);
	show_address(output, REMOTE6, AF_INET6, link->remote6);
}

static int show_link(const struct ddm_link *link, void *data)
{
	struct output *output = data;
	char device[IF_NAMESIZE];

	output_line(output);
	output_number(output, ID, link->id);
	if (link->interface)
		output_number(output, INTERFACE, link->interface);
	output_text(output, DEVICE, if_indextoname(link->ifindex, device));
	output_text(output, PORT, link->port);
	output_state(output, STATE, ddm_link_state_name(link->state));
	show_facts(output, link);
	output_time(output, CHANGED, link->changed);
	output_number(output, IFINDEX, link->ifindex);
	return 0;
}

static int show_links(struct control *control, struct output *output,
		      struct interface_name *name)
{
	const struct ddm_interface *interface;
	int err, status = STATUS_OK;

	if (name)
		status = find_interface(control, name, &interface);
	if (status)
		return status;
	err = ddm_link_list_of(control->ddm,
			       name ? name->id : DDM_ANY_INTERFACE, show_link,
			       output);
	return err ? refused(control, err, "links") : STATUS_OK;
}

static int show(struct control *control)
{
	bool one = control->words_left;
	struct interface_name name;
	struct output *output;
	int status = STATUS_OK;

	if (one)
		status = read_interface(control, &name);
	if (!status)
		status = no_more_words(control);
	if (!status)
		status = output_open(control, &output, "links", columns,
				     ARRAY_SIZE(columns), OUTPUT_TABLE);
	if (status)
		return status;
	status = open_manager(control);
	if (!status)
		status = show_links(control, output, one ? &name : NULL);
	return output_close(output, status);
}

static int hangup(struct control *control)
{
	const char *word;
	uint64_t id;
	int err, status = need_word(control, "id of a link", &word);

	if (!status)
		status = read_number(control, "id", word, UINT32_MAX, &id);
	if (!status)
		status = no_more_words(control);
	if (!status)
		status = open_manager(control);
	if (status)
		return status;
	err = ddm_link_hangup(control->ddm, (uint32_t)id);
	return err ? refused(control, err, "link %s", word) : STATUS_OK;
}

const struct command link_commands[] = {
	{ "show", "list", "[INTERFACE]",
	  "links of an interface, or all of them", OPTIONS_SHOW, show },
	{ "hangup", NULL, "ID", "hang up one link, leave the others", 0,
	  hangup },
	{ 0 },
};
