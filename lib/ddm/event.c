// SPDX-License-Identifier: LGPL-2.1-or-later
/* The journal. */
#include <errno.h>

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
};

static int list_one(const struct nlmsghdr *nlh, void *data)
{
	const struct list *list = data;
	struct ddm_event event;

	ddm_event_decode(nlh, &event);
	return list->fn(&event, list->data);
}

int ddm_event_list(struct ddm *ddm, uint64_t since, uint32_t interface,
		   uint32_t mask, ddm_event_fn *fn, void *data)
{
	struct list list = { .fn = fn, .data = data };
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");
	nlh = ddm_command(ddm, DDM_CMD_EVENT_GET, &layout);
	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, since);
	if (interface != DDM_ANY_INTERFACE)
		ddm_put_id(ddm, nlh, DDM_A_EVENT_INTERFACE, interface);
	ddm->by_id |= since != 0;
	if (mask != DDM_EVENT_MASK_ALL)
		mnl_attr_put_u32(nlh, DDM_A_EVENT_MASK, mask);
	return ddm_dump(ddm, nlh, list_one, &list);
}
