// SPDX-License-Identifier: GPL-2.0-only
/* Links (ports) of PPP devices. */
#include <net/if.h>

#include "output.h"

enum {
	ID,
	INTERFACE,
	DEVICE,
	PORT,
	STATE,
	CHANGED,
	IFINDEX,
};

static const struct column columns[] = {
	[ID] = { "id", COLUMN_NUMBER, 0 },
	[INTERFACE] = { "interface", COLUMN_NUMBER, 0 },
	[DEVICE] = { "device", 0, 0 },
	[PORT] = { "port", 0, 0 },
	[STATE] = { "state", 0, 0 },
	[CHANGED] = { "changed", 0, 0 },
	[IFINDEX] = { "ifindex", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
};

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
	output_time(output, CHANGED, link->changed);
	output_number(output, IFINDEX, link->ifindex);
	return 0;
}

static int show(struct control *control)
{
	struct output *output;
	int err, status = no_more_words(control);

	if (!status)
		status = output_open(control, &output, "links", columns,
				     ARRAY_SIZE(columns), OUTPUT_TABLE);
	if (status)
		return status;
	status = open_manager(control);
	if (!status) {
		err = ddm_link_list(control->ddm, show_link, output);
		if (err)
			status = refused(control, err, "links");
	}
	return output_close(output, status);
}

const struct command link_commands[] = {
	{ "show", "list", "", "all links", OPTIONS_SHOW, show },
	{ 0 },
};
