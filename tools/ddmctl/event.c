// SPDX-License-Identifier: GPL-2.0-only
/* The journal, and how an event is shown. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "event.h"

enum {
	TIME,
	SEQUENCE,
	EVENT,
	NAME,
	DETAILS,
	INTERFACE,
	IFINDEX,
	STATE,
	CONNECTION,
	REASON,
	ERROR,
	ERROR_TEXT,
	DURATION,
	RX_BYTES,
	TX_BYTES,
	RX_PACKETS,
	TX_PACKETS,
	LINK,
	SERVICE_STATE,
	LOST,
};

#define DETAIL (COLUMN_NUMBER | COLUMN_DETAIL)

static const struct column columns[] = {
	[TIME] = { "time", 0, 29 },
	[SEQUENCE] = { "sequence", COLUMN_NUMBER, 8 },
	[EVENT] = { "event", 0, 16 },
	[NAME] = { "name", 0, 16 },
	[DETAILS] = { "details", COLUMN_TEXT_ONLY, 0 },
	[INTERFACE] = { "interface", DETAIL, 5 },
	[IFINDEX] = { "ifindex", DETAIL, 5 },
	[STATE] = { "state", COLUMN_DETAIL, 12 },
	[CONNECTION] = { "connection", DETAIL, 5 },
	[REASON] = { "reason", COLUMN_DETAIL, 12 },
	[ERROR] = { "error", DETAIL, 5 },
	[ERROR_TEXT] = { "error_text", COLUMN_DETAIL, 20 },
	[DURATION] = { "duration", DETAIL, 8 },
	[RX_BYTES] = { "rx_bytes", DETAIL, 10 },
	[TX_BYTES] = { "tx_bytes", DETAIL, 10 },
	[RX_PACKETS] = { "rx_packets", DETAIL, 10 },
	[TX_PACKETS] = { "tx_packets", DETAIL, 10 },
	[LINK] = { "link", DETAIL, 5 },
	[SERVICE_STATE] = { "service_state", COLUMN_DETAIL, 8 },
	[LOST] = { "lost", DETAIL, 5 },
};

/* What people want to know of an event, beyond its type and interface. */
static void describe(char *text, size_t size, const struct ddm_event *event)
{
	const char *reason = ddm_reason_name(event->reason);
	char lasted[32], received[24], sent[24];

	text[0] = '\0';
	switch (event->type) {
	case DDM_EVENT_TYPE_LOST:
		if (event->lost)
			snprintf(text, size, "lost %" PRIu64 " events",
				 event->lost);
		else
			snprintf(text, size,
				 "the module was reloaded, numbers begin anew");
		break;
	case DDM_EVENT_TYPE_CONNECTED:
		snprintf(text, size, "connection %" PRIu64, event->connection);
		break;
	case DDM_EVENT_TYPE_DISCONNECTED:
		format_duration(lasted, sizeof(lasted), event->duration);
		format_bytes(received, sizeof(received), event->rx_bytes);
		format_bytes(sent, sizeof(sent), event->tx_bytes);
		snprintf(text, size, "%s after %s, received %s, sent %s",
			 reason ? reason : "unknown", lasted, received, sent);
		break;
	case DDM_EVENT_TYPE_CONNECT_FAILED:
		snprintf(text, size, "%s, %u: %s", reason ? reason : "unknown",
			 event->error, error_text(event->error));
		break;
	case DDM_EVENT_TYPE_LINK_UP:
	case DDM_EVENT_TYPE_LINK_DOWN:
		snprintf(text, size, "link %u%s%s", event->link,
			 event->reason && reason ? ", " : "",
			 event->reason && reason ? reason : "");
		break;
	}
}

static void show_type(struct output *output, uint32_t type)
{
	const char *name = ddm_event_type_name(type);
	char number[16];

	snprintf(number, sizeof(number), "%u", type);
	output_state(output, EVENT, name ? name : number);
}

static void show_counters(struct output *output, const struct ddm_event *event)
{
	output_duration(output, DURATION, event->duration);
	output_bytes(output, RX_BYTES, event->rx_bytes);
	output_bytes(output, TX_BYTES, event->tx_bytes);
	output_number(output, RX_PACKETS, event->rx_packets);
	output_number(output, TX_PACKETS, event->tx_packets);
}

void show_event(struct output *output, const struct ddm_event *event)
{
	const struct {
		unsigned int column;
		uint64_t number;
	} numbers[] = {
		{ INTERFACE, event->interface },
		{ IFINDEX, event->ifindex },
		{ CONNECTION, event->connection },
		{ ERROR, event->error },
		{ LINK, event->link },
	};
	char text[512];
	size_t i;

	output_line(output);
	output_time(output, TIME, event->time);
	output_number(output, SEQUENCE, event->sequence);
	show_type(output, event->type);
	output_text(output, NAME, event->name);
	describe(text, sizeof(text), event);
	output_text(output, DETAILS, text);
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (numbers[i].number)
			output_number(output, numbers[i].column,
				      numbers[i].number);
	if (event->interface)
		output_text(output, STATE, ddm_state_name(event->state));
	if (event->reason)
		output_text(output, REASON, ddm_reason_name(event->reason));
	if (event->error)
		output_text(output, ERROR_TEXT, error_text(event->error));
	if (event->type == DDM_EVENT_TYPE_DISCONNECTED)
		show_counters(output, event);
	if (event->type == DDM_EVENT_TYPE_LOST)
		output_number(output, LOST, event->lost);
	if (event->type == DDM_EVENT_TYPE_SERVICE) {
		const char *state =
			ddm_service_state_name(event->service_state);

		output_text(output, SERVICE_STATE, state);
		output_text(output, DETAILS, state);
	}
}

void show_notice(struct output *output, const char *word, uint64_t sequence,
		 const char *text)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	output_line(output);
	output_time(output, TIME,
		    (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec);
	output_number(output, SEQUENCE, sequence);
	output_text(output, EVENT, word);
	output_text(output, DETAILS, text);
}

int open_events(struct control *control, struct output **output,
		enum output_form form)
{
	return output_open(control, output, "events", columns,
			   ARRAY_SIZE(columns), form);
}

static int show_next(const struct ddm_event *event, void *data)
{
	show_event(data, event);
	return 0;
}

static int list_events(struct control *control, struct output *output)
{
	struct interface_name name = { .name = control->interface };
	const struct ddm_interface *interface;
	uint64_t since = control->since == DDM_SINCE_NOW ? 0 : control->since;
	int err, status = STATUS_OK;

	if (name.name)
		status = find_interface(control, &name, &interface);
	if (status)
		return status;
	err = ddm_event_list(control->ddm, since, name.id, control->mask,
			     show_next, output);
	return err ? refused(control, err, "events") : STATUS_OK;
}

static int show(struct control *control)
{
	struct output *output;
	int status = no_more_words(control);

	if (!status)
		status = open_events(control, &output, OUTPUT_TABLE);
	if (status)
		return status;
	status = open_manager(control);
	if (!status)
		status = list_events(control, output);
	return output_close(output, status);
}

const struct command event_commands[] = {
	{ "show", "list", "",
	  "what has happened, all that the journal holds or since a number",
	  OPTIONS_EVENT, show },
	{ 0 },
};
