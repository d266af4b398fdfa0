// SPDX-License-Identifier: GPL-2.0-only
/* Connections that are up, and their counters. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "output.h"

enum {
	ID,
	NAME,
	DEVICE,
	START,
	DURATION,
	RX_BYTES,
	TX_BYTES,
	RX_PACKETS,
	TX_PACKETS,
	INTERFACE,
	TYPE,
	IFINDEX,
	LINKS,
	RX_ERRORS,
	TX_ERRORS,
	RX_CRC_ERRORS,
	RX_FRAME_ERRORS,
	RX_OVER_ERRORS,
	RX_FIFO_ERRORS,
};

#define DETAIL (COLUMN_NUMBER | COLUMN_DETAIL)

static const struct column columns[] = {
	[ID] = { "id", COLUMN_NUMBER, 0 },
	[NAME] = { "name", 0, 0 },
	[DEVICE] = { "device", 0, 0 },
	[START] = { "start", 0, 0 },
	[DURATION] = { "duration", COLUMN_NUMBER, 0 },
	[RX_BYTES] = { "rx_bytes", COLUMN_NUMBER, 0 },
	[TX_BYTES] = { "tx_bytes", COLUMN_NUMBER, 0 },
	[RX_PACKETS] = { "rx_packets", DETAIL, 0 },
	[TX_PACKETS] = { "tx_packets", DETAIL, 0 },
	[INTERFACE] = { "interface", DETAIL, 0 },
	[TYPE] = { "type", COLUMN_DETAIL, 0 },
	[IFINDEX] = { "ifindex", DETAIL, 0 },
	[LINKS] = { "links", DETAIL, 0 },
	[RX_ERRORS] = { "rx_errors", DETAIL, 0 },
	[TX_ERRORS] = { "tx_errors", DETAIL, 0 },
	[RX_CRC_ERRORS] = { "rx_crc_errors", DETAIL, 0 },
	[RX_FRAME_ERRORS] = { "rx_frame_errors", DETAIL, 0 },
	[RX_OVER_ERRORS] = { "rx_over_errors", DETAIL, 0 },
	[RX_FIFO_ERRORS] = { "rx_fifo_errors", DETAIL, 0 },
};

static int show_connection(const struct ddm_connection *connection, void *data)
{
	const struct {
		unsigned int column;
		uint64_t number;
	} numbers[] = {
		{ RX_PACKETS, connection->rx_packets },
		{ TX_PACKETS, connection->tx_packets },
		{ INTERFACE, connection->interface },
		{ IFINDEX, connection->ifindex },
		{ RX_ERRORS, connection->rx_errors },
		{ TX_ERRORS, connection->tx_errors },
		{ RX_CRC_ERRORS, connection->rx_crc_errors },
		{ RX_FRAME_ERRORS, connection->rx_frame_errors },
		{ RX_OVER_ERRORS, connection->rx_over_errors },
		{ RX_FIFO_ERRORS, connection->rx_fifo_errors },
	};
	struct output *output = data;
	size_t i;

	output_line(output);
	output_number(output, ID, connection->id);
	output_text(output, NAME, connection->name);
	output_text(output, DEVICE, connection->device);
	output_time(output, START, connection->start);
	output_duration(output, DURATION, connection->duration);
	output_bytes(output, RX_BYTES, connection->rx_bytes);
	output_bytes(output, TX_BYTES, connection->tx_bytes);
	output_text(output, TYPE, ddm_interface_type_name(connection->type));
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		output_number(output, numbers[i].column, numbers[i].number);
	if (connection->links)
		output_number(output, LINKS, connection->links);
	return 0;
}

/* The connection of an interface, or "id NUMBER": that connection. */
struct connection_name {
	bool by_id;
	uint64_t id;
	struct interface_name interface;
};

static int read_connection(struct control *control,
			   struct connection_name *name)
{
	const char *word;

	name->by_id = control->words_left > 1 &&
		      !strcmp(control->words[0], "id");
	if (!name->by_id)
		return read_interface(control, &name->interface);
	next_word(control);
	word = next_word(control);
	return read_number(control, "id", word, UINT64_MAX, &name->id);
}

static int find_connection(struct control *control,
			   struct connection_name *name)
{
	const struct ddm_interface *interface;
	int status;

	if (name->by_id)
		return STATUS_OK;
	status = find_interface(control, &name->interface, &interface);
	if (status)
		return status;
	name->id = interface->connection;
	if (name->id)
		return STATUS_OK;
	fprintf(stderr, "ddmctl: %s is not connected\n",
		interface_text(&name->interface));
	return STATUS_REFUSED;
}

static int show_one(struct control *control, struct output *output,
		    struct connection_name *name)
{
	const struct ddm_connection *connection;
	int err, status = find_connection(control, name);

	if (status)
		return status;
	err = ddm_connection_get(control->ddm, name->id, &connection);
	if (err)
		return refused(control, err, "connection %" PRIu64, name->id);
	show_connection(connection, output);
	return STATUS_OK;
}

static int show_all(struct control *control, struct output *output)
{
	int err = ddm_connection_list(control->ddm, show_connection, output);

	return err ? refused(control, err, "connections") : STATUS_OK;
}

static int show(struct control *control)
{
	bool one = control->words_left;
	bool list = one && control->options & OPTION_DETAILS;
	struct connection_name name;
	struct output *output;
	int status = STATUS_OK;

	if (one)
		status = read_connection(control, &name);
	if (!status)
		status = no_more_words(control);
	if (!status)
		status = output_open(control, &output, "connections", columns,
				     ARRAY_SIZE(columns),
				     list ? OUTPUT_LIST : OUTPUT_TABLE);
	if (status)
		return status;
	status = open_manager(control);
	if (!status)
		status = one ? show_one(control, output, &name) :
			       show_all(control, output);
	return output_close(output, status);
}

static int clear(struct control *control)
{
	struct connection_name name;
	int err, status = read_connection(control, &name);

	if (!status)
		status = no_more_words(control);
	if (!status)
		status = open_manager(control);
	if (!status)
		status = find_connection(control, &name);
	if (status)
		return status;
	err = ddm_connection_clear(control->ddm, name.id);
	if (err)
		return refused(control, err, "connection %" PRIu64, name.id);
	return STATUS_OK;
}

const struct command connection_commands[] = {
	{ "show", "list", "[INTERFACE | id ID]",
	  "one connection, or all of them", OPTIONS_SHOW, show },
	{ "clear", NULL, "{INTERFACE | id ID}", "set its counters to zero", 0,
	  clear },
	{ 0 },
};
