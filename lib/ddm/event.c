// SPDX-License-Identifier: LGPL-2.1-or-later
/* The journal. */
#include <errno.h>
#include <string.h>

#include "internal.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_event, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_EVENT_SEQUENCE] = MEMBER("sequence", sequence, U64),
	[DDM_A_EVENT_TYPE] = MEMBER("type", type, U32),
	[DDM_A_EVENT_TIME] = MEMBER("time", time, U64),
	[DDM_A_EVENT_INTERFACE] = MEMBER("interface", interface, U32),
	[DDM_A_EVENT_NAME] = MEMBER("name", name, TEXT),
	[DDM_A_EVENT_IFINDEX] = MEMBER("ifindex", ifindex, U32),
	[DDM_A_EVENT_STATE] = MEMBER("state", state, U32),
	[DDM_A_EVENT_CONNECTION] = MEMBER("connection", connection, U64),
	[DDM_A_EVENT_REASON] = MEMBER("reason", reason, U32),
	[DDM_A_EVENT_ERROR] = MEMBER("error", error, U32),
	[DDM_A_EVENT_DURATION] = MEMBER("duration", duration, U64),
	[DDM_A_EVENT_RX_BYTES] = MEMBER("rx-bytes", rx_bytes, U64),
	[DDM_A_EVENT_TX_BYTES] = MEMBER("tx-bytes", tx_bytes, U64),
	[DDM_A_EVENT_RX_PACKETS] = MEMBER("rx-packets", rx_packets, U64),
	[DDM_A_EVENT_TX_PACKETS] = MEMBER("tx-packets", tx_packets, U64),
	[DDM_A_EVENT_LINK] = MEMBER("link", link, U32),
	[DDM_A_EVENT_SERVICE_STATE] =
		MEMBER("service-state", service_state, U32),
	[DDM_A_EVENT_LOST] = MEMBER("lost", lost, U64),
	[DDM_A_EVENT_SINCE] = DDM_NAMED("since"),
	[DDM_A_EVENT_MASK] = DDM_NAMED("mask"),
	[DDM_A_EVENT_RECORDS] = DDM_NAMED("records"),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);

void ddm_event_decode(const struct nlmsghdr *nlh, struct ddm_event *event)
{
	*event = (struct ddm_event){ .name = "" };
	ddm_decode(nlh, &layout, event);
}

struct list {
	ddm_event_fn *fn;
	void *data;
	uint64_t since; /* number to go on after */
	bool more;
};

/* What an attribute would tell; the array begins with the sequence number. */
static inline uint64_t value(const char *values, size_t attribute)
{
	uint64_t number;

	memcpy(&number,
	       values + (attribute - DDM_A_EVENT_SEQUENCE) * sizeof(number),
	       sizeof(number));
	return number;
}

static inline uint32_t value32(const char *values, size_t attribute)
{
	return (uint32_t)value(values, attribute);
}

/* What few events have. An array may end anywhere from the error on. */
static void decode_rest(const char *v, size_t last, struct ddm_event *event)
{
	if (last >= DDM_A_EVENT_LINK)
		event->link = value32(v, DDM_A_EVENT_LINK);
	if (last >= DDM_A_EVENT_SERVICE_STATE)
		event->service_state = value32(v, DDM_A_EVENT_SERVICE_STATE);
	if (last >= DDM_A_EVENT_LOST)
		event->lost = value(v, DDM_A_EVENT_LOST);
}

static void decode_values(const char *v, size_t last, struct ddm_event *event)
{
	event->sequence = value(v, DDM_A_EVENT_SEQUENCE);
	event->type = value32(v, DDM_A_EVENT_TYPE);
	event->time = value(v, DDM_A_EVENT_TIME);
	event->interface = value32(v, DDM_A_EVENT_INTERFACE);
	event->ifindex = value32(v, DDM_A_EVENT_IFINDEX);
	event->state = value32(v, DDM_A_EVENT_STATE);
	event->connection = value(v, DDM_A_EVENT_CONNECTION);
	event->reason = value32(v, DDM_A_EVENT_REASON);
	event->error = value32(v, DDM_A_EVENT_ERROR);
	event->link = 0;
	event->service_state = 0;
	event->lost = 0;
	if (last >= DDM_A_EVENT_TX_PACKETS) {
		event->duration = value(v, DDM_A_EVENT_DURATION);
		event->rx_bytes = value(v, DDM_A_EVENT_RX_BYTES);
		event->tx_bytes = value(v, DDM_A_EVENT_TX_BYTES);
		event->rx_packets = value(v, DDM_A_EVENT_RX_PACKETS);
		event->tx_packets = value(v, DDM_A_EVENT_TX_PACKETS);
	} else {
		event->duration = 0;
		event->rx_bytes = 0;
		event->tx_bytes = 0;
		event->rx_packets = 0;
		event->tx_packets = 0;
	}
	if (last > DDM_A_EVENT_TX_PACKETS)
		decode_rest(v, last, event);
}

static int list_record(const struct nlattr *record, const struct list *list)
{
	struct ddm_walk walk = ddm_walk_nested(record);
	const struct nlattr *attr;
	struct ddm_event event; /* all of it is set: lists are long */
	size_t last = 0; /* of the array's elements, by its attribute */

	event.name = "";
	while ((attr = ddm_attr_next(&walk))) {
		if (attr->nla_type == DDM_A_RECORD_VALUES) {
			last = attr->nla_len / sizeof(uint64_t) +
			       DDM_A_EVENT_SEQUENCE - 1;
			if (last < DDM_A_EVENT_ERROR)
				return 0;
			decode_values((const char *)(attr + 1), last, &event);
		} else if (attr->nla_type == DDM_A_RECORD_NAME) {
			event.name = ddm_attribute_text(attr);
		}
	}
	return last ? list->fn(&event, list->data) : 0;
}

static int list_records(const struct nlmsghdr *nlh, void *data)
{
	struct ddm_walk walk = ddm_walk(nlh, sizeof(struct genlmsghdr));
	const struct nlattr *attr;
	struct list *list = data;
	int stop = 0;

	while (!stop && (attr = ddm_attr_next(&walk))) {
		int type = attr->nla_type & NLA_TYPE_MASK;

		if (type == DDM_A_EVENT_RECORD)
			stop = list_record(attr, list);
		else if (type == DDM_A_EVENT_SINCE)
			list->since = ddm_attribute_number(attr);
		else if (type == DDM_A_EVENT_MORE)
			list->more = true;
	}
	return stop;
}

int ddm_event_list(struct ddm *ddm, uint64_t since, uint32_t interface,
		   uint32_t mask, ddm_event_fn *fn, void *data)
{
	struct list list = { .fn = fn, .data = data, .since = since };
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");
	do {
		since = list.since;
		list.more = false;
		nlh = ddm_command(ddm, DDM_CMD_EVENT_GET, &layout);
		mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, since);
		if (interface != DDM_ANY_INTERFACE)
			ddm_put_id(ddm, nlh, DDM_A_EVENT_INTERFACE, interface);
		ddm->by_id |= since != 0;
		if (mask && mask != DDM_EVENT_MASK_ALL)
			mnl_attr_put_u32(nlh, DDM_A_EVENT_MASK, mask);
		mnl_attr_put(nlh, DDM_A_EVENT_RECORDS, 0, NULL);
		err = ddm_request(ddm, nlh, list_records, &list);
		if (!err && list.more && list.since <= since)
			err = ddm_fail(
				ddm, -EPROTO,
				"the kernel says that there is more, and tells nothing");
	} while (!err && list.more);
	return err;
}
