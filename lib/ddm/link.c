// SPDX-License-Identifier: LGPL-2.1-or-later
/* Links (ports) of PPP devices, as link agents report them. */
#include <errno.h>

#include "internal.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_link, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_LINK_ID] = MEMBER("id", id, U32),
	[DDM_A_LINK_INTERFACE] = MEMBER("interface", interface, U32),
	[DDM_A_LINK_IFINDEX] = MEMBER("ifindex", ifindex, U32),
	[DDM_A_LINK_PORT] = MEMBER("port", port, TEXT),
	[DDM_A_LINK_STATE] = MEMBER("state", state, U32),
	[DDM_A_LINK_CHANGED] = MEMBER("changed", changed, U64),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);
static const struct ddm_link nothing = { .port = "" };

static int begin(struct ddm *ddm, uint8_t command, uint32_t id,
		 struct nlmsghdr **nlh)
{
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!id)
		return ddm_fail(ddm, -ENXIO, "no link has the id 0");
	*nlh = ddm_command(ddm, command, &layout);
	ddm_put_id(ddm, *nlh, DDM_A_LINK_ID, id);
	return 0;
}

static int reply(struct ddm *ddm, struct nlmsghdr *nlh,
		 const struct ddm_link **link)
{
	int err;

	ddm->reply.link = nothing;
	err = ddm_reply(ddm, nlh, &ddm->reply.link);
	if (!err && link)
		*link = &ddm->reply.link;
	return err;
}

int ddm_link_get(struct ddm *ddm, uint32_t id, const struct ddm_link **link)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_LINK_GET, id, &nlh);

	if (link)
		*link = NULL;
	if (err)
		return err;
	if (!link)
		return ddm_fail(ddm, -EINVAL, "link is NULL");
	return reply(ddm, nlh, link);
}

struct list {
	ddm_link_fn *fn;
	void *data;
};

static int list_one(const struct nlmsghdr *nlh, void *data)
{
	const struct list *list = data;
	struct ddm_link link = nothing;

	ddm_decode(nlh, &layout, &link);
	return list->fn(&link, list->data);
}

int ddm_link_list(struct ddm *ddm, ddm_link_fn *fn, void *data)
{
	struct list list = { .fn = fn, .data = data };
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");
	return ddm_dump(ddm, ddm_command(ddm, DDM_CMD_LINK_GET, &layout),
			list_one, &list);
}

int ddm_link_new(struct ddm *ddm, uint32_t ifindex, const char *port,
		 uint32_t state, const struct ddm_link **link)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (link)
		*link = NULL;
	if (!err)
		err = ddm_check_text(ddm, "port", port, 1, DDM_PORT_MAX);
	if (err)
		return err;
	if (!ifindex)
		return ddm_fail(ddm, -ENODEV, "no device has the index 0");
	nlh = ddm_command(ddm, DDM_CMD_LINK_NEW, &layout);
	mnl_attr_put_u32(nlh, DDM_A_LINK_IFINDEX, ifindex);
	mnl_attr_put_strz(nlh, DDM_A_LINK_PORT, port);
	mnl_attr_put_u32(nlh, DDM_A_LINK_STATE, state);
	return reply(ddm, nlh, link);
}

int ddm_link_set(struct ddm *ddm, uint32_t id, uint32_t state)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_LINK_SET, id, &nlh);

	if (err)
		return err;
	mnl_attr_put_u32(nlh, DDM_A_LINK_STATE, state);
	return ddm_ack(ddm, nlh);
}

int ddm_link_del(struct ddm *ddm, uint32_t id)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_LINK_DEL, id, &nlh);

	return err ? err : ddm_ack(ddm, nlh);
}
