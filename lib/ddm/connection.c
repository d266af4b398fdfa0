// SPDX-License-Identifier: LGPL-2.1-or-later
/* Connections: periods of being connected that have not ended. */
#include <errno.h>

#include "internal.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_connection, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_CONNECTION_ID] = MEMBER("id", id, U64),
	[DDM_A_CONNECTION_INTERFACE] = MEMBER("interface", interface, U32),
	[DDM_A_CONNECTION_NAME] = MEMBER("name", name, TEXT),
	[DDM_A_CONNECTION_TYPE] = MEMBER("type", type, U32),
	[DDM_A_CONNECTION_IFINDEX] = MEMBER("ifindex", ifindex, U32),
	[DDM_A_CONNECTION_DEVICE] = MEMBER("device", device, TEXT),
	[DDM_A_CONNECTION_START] = MEMBER("start", start, U64),
	[DDM_A_CONNECTION_DURATION] = MEMBER("duration", duration, U64),
	[DDM_A_CONNECTION_RX_BYTES] = MEMBER("rx-bytes", rx_bytes, U64),
	[DDM_A_CONNECTION_TX_BYTES] = MEMBER("tx-bytes", tx_bytes, U64),
	[DDM_A_CONNECTION_RX_PACKETS] = MEMBER("rx-packets", rx_packets, U64),
	[DDM_A_CONNECTION_TX_PACKETS] = MEMBER("tx-packets", tx_packets, U64),
	[DDM_A_CONNECTION_RX_ERRORS] = MEMBER("rx-errors", rx_errors, U64),
	[DDM_A_CONNECTION_TX_ERRORS] = MEMBER("tx-errors", tx_errors, U64),
	[DDM_A_CONNECTION_RX_CRC_ERRORS] =
		MEMBER("rx-crc-errors", rx_crc_errors, U64),
	[DDM_A_CONNECTION_RX_FRAME_ERRORS] =
		MEMBER("rx-frame-errors", rx_frame_errors, U64),
	[DDM_A_CONNECTION_RX_OVER_ERRORS] =
		MEMBER("rx-over-errors", rx_over_errors, U64),
	[DDM_A_CONNECTION_RX_FIFO_ERRORS] =
		MEMBER("rx-fifo-errors", rx_fifo_errors, U64),
	[DDM_A_CONNECTION_LINKS] = MEMBER("links", links, U32),
	[DDM_A_CONNECTION_KIND] = MEMBER("kind", kind, TEXT),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);
static const struct ddm_connection nothing = {
	.name = "",
	.device = "",
	.kind = "",
};

static int begin(struct ddm *ddm, uint8_t command, uint64_t id,
		 struct nlmsghdr **nlh)
{
	int err = ddm_enter(ddm);

	if (err)
		return err;
	*nlh = ddm_command(ddm, command, &layout);
	mnl_attr_put_u64(*nlh, DDM_A_CONNECTION_ID, id);
	ddm->by_id = true;
	return 0;
}

int ddm_connection_get(struct ddm *ddm, uint64_t id,
		       const struct ddm_connection **connection)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_CONNECTION_GET, id, &nlh);

	if (connection)
		*connection = NULL;
	if (err)
		return err;
	if (!connection)
		return ddm_fail(ddm, -EINVAL, "connection is NULL");
	ddm->reply.connection = nothing;
	err = ddm_reply(ddm, nlh, &ddm->reply.connection);
	if (!err)
		*connection = &ddm->reply.connection;
	return err;
}

struct list {
	ddm_connection_fn *fn;
	void *data;
};

static int list_one(const struct nlmsghdr *nlh, void *data)
{
	struct ddm_connection connection = nothing;
	const struct list *list = data;

	ddm_decode(nlh, &layout, &connection);
	return list->fn(&connection, list->data);
}

int ddm_connection_list(struct ddm *ddm, ddm_connection_fn *fn, void *data)
{
	struct list list = { .fn = fn, .data = data };
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");
	return ddm_dump(ddm, ddm_command(ddm, DDM_CMD_CONNECTION_GET, &layout),
			list_one, &list);
}

int ddm_connection_clear(struct ddm *ddm, uint64_t id)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_CONNECTION_CLEAR, id, &nlh);

	return err ? err : ddm_ack(ddm, nlh);
}
