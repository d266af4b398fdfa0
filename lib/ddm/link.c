// SPDX-License-Identifier: LGPL-2.1-or-later
/* Links (ports) of PPP devices, as link agents report them. */
#include <errno.h>
#include <string.h>

#include "internal.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_link, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_LINK_ID] = MEMBER("id", id, U32),
	[DDM_A_LINK_INTERFACE] = MEMBER("interface", interface, U32),
	[DDM_A_LINK_IFINDEX] = MEMBER("ifindex", ifindex, U32),
	[DDM_A_LINK_PORT] = MEMBER("port", port, TEXT),
	[DDM_A_LINK_STATE] = MEMBER("state", state, U32),
	[DDM_A_LINK_CHANGED] = MEMBER("changed", changed, U64),
	[DDM_A_LINK_USER] = MEMBER("user", user, TEXT),
	[DDM_A_LINK_PEER] = MEMBER("peer", peer, TEXT),
	[DDM_A_LINK_MEDIA] = MEMBER("media", media, TEXT),
	[DDM_A_LINK_INCOMING] = MEMBER("incoming", incoming, U32),
	[DDM_A_LINK_SPEED] = MEMBER("speed", speed, U32),
	[DDM_A_LINK_LOCAL4] = MEMBER("local4", local4, U32),
	[DDM_A_LINK_REMOTE4] = MEMBER("remote4", remote4, U32),
	[DDM_A_LINK_LOCAL6] = MEMBER("local6", local6, ADDRESS6),
	[DDM_A_LINK_REMOTE6] = MEMBER("remote6", remote6, ADDRESS6),
	[DDM_A_LINK_ERROR] = DDM_NAMED("error"),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);
static const struct ddm_link nothing = {
	.port = "",
	.user = "",
	.peer = "",
	.media = "",
};

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

int ddm_link_list_of(struct ddm *ddm, uint32_t interface, ddm_link_fn *fn,
		     void *data)
{
	struct list list = { .fn = fn, .data = data };
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");
	nlh = ddm_command(ddm, DDM_CMD_LINK_GET, &layout);
	if (interface != DDM_ANY_INTERFACE)
		ddm_put_id(ddm, nlh, DDM_A_LINK_INTERFACE, interface);
	return ddm_dump(ddm, nlh, list_one, &list);
}

int ddm_link_list(struct ddm *ddm, ddm_link_fn *fn, void *data)
{
	return ddm_link_list_of(ddm, DDM_ANY_INTERFACE, fn, data);
}

/* A member of struct ddm_link_request, and the attribute that it becomes. */
static const struct member {
	uint32_t bit;
	uint16_t type;
	enum ddm_kind kind;
	size_t offset;
	size_t max; /* of a text */
	const char *name;
} members[] = {
#define REQUEST(word, member, how, max)                                   \
	{                                                                 \
		DDM_LINK_##word##_SET, DDM_A_LINK_##word, DDM_KIND_##how, \
			offsetof(struct ddm_link_request, member), (max), \
			#member                                           \
	}
	REQUEST(STATE, state, U32, 0),
	REQUEST(USER, user, TEXT, DDM_NAME_MAX),
	REQUEST(PEER, peer, TEXT, DDM_NAME_MAX),
	REQUEST(MEDIA, media, TEXT, DDM_KIND_MAX),
	REQUEST(INCOMING, incoming, U32, 0),
	REQUEST(SPEED, speed, U32, 0),
	REQUEST(LOCAL4, local4, U32, 0),
	REQUEST(REMOTE4, remote4, U32, 0),
	REQUEST(LOCAL6, local6, ADDRESS6, 0),
	REQUEST(REMOTE6, remote6, ADDRESS6, 0),
	REQUEST(ERROR, error, U32, 0),
#undef REQUEST
};

static int put_member(struct ddm *ddm, struct nlmsghdr *nlh,
		      const struct member *member,
		      const struct ddm_link_request *request)
{
	const void *place = (const char *)request + member->offset;
	const char *text;
	uint32_t number;
	int err;

	switch (member->kind) {
	case DDM_KIND_TEXT:
		memcpy(&text, place, sizeof(text));
		err = ddm_check_text(ddm, member->name, text, 0, member->max);
		if (err)
			return err;
		mnl_attr_put_strz(nlh, member->type, text);
		return 0;
	case DDM_KIND_ADDRESS6:
		mnl_attr_put(nlh, member->type, DDM_ADDRESS6_SIZE, place);
		return 0;
	default:
		memcpy(&number, place, sizeof(number));
		mnl_attr_put_u32(nlh, member->type, number);
		return 0;
	}
}

static int put_request(struct ddm *ddm, struct nlmsghdr *nlh,
		       const struct ddm_link_request *request)
{
	struct ddm_link_request known;
	uint32_t left;
	int err = ddm_take_request(ddm, &known, sizeof(known), request);
	size_t i;

	if (err)
		return err;
	left = known.set;
	for (i = 0; !err && i < DDM_ARRAY_SIZE(members); i++) {
		if (!(known.set & members[i].bit))
			continue;
		left &= ~members[i].bit;
		err = put_member(ddm, nlh, &members[i], &known);
	}
	if (!err && left)
		err = ddm_fail(ddm, -EINVAL, "set has unknown bits (0x%x)",
			       left);
	return err;
}

int ddm_link_report_new(struct ddm *ddm, uint32_t ifindex, const char *port,
			const struct ddm_link_request *request,
			const struct ddm_link **link)
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
	err = put_request(ddm, nlh, request);
	return err ? err : reply(ddm, nlh, link);
}

int ddm_link_report_set(struct ddm *ddm, uint32_t id,
			const struct ddm_link_request *request)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_LINK_SET, id, &nlh);

	if (!err)
		err = put_request(ddm, nlh, request);
	return err ? err : ddm_ack(ddm, nlh);
}

int ddm_link_report_del(struct ddm *ddm, uint32_t id, uint32_t error)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_LINK_DEL, id, &nlh);

	if (err)
		return err;
	if (error)
		mnl_attr_put_u32(nlh, DDM_A_LINK_ERROR, error);
	return ddm_ack(ddm, nlh);
}

int ddm_link_hangup(struct ddm *ddm, uint32_t id)
{
	struct nlmsghdr *nlh = NULL;
	int err = begin(ddm, DDM_CMD_LINK_HANGUP, id, &nlh);

	return err ? err : ddm_ack(ddm, nlh);
}

int ddm_link_new(struct ddm *ddm, uint32_t ifindex, const char *port,
		 uint32_t state, const struct ddm_link **link)
{
	const struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_STATE_SET,
		.state = state,
	};

	return ddm_link_report_new(ddm, ifindex, port, &request, link);
}

int ddm_link_set(struct ddm *ddm, uint32_t id, uint32_t state)
{
	const struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_STATE_SET,
		.state = state,
	};

	return ddm_link_report_set(ddm, id, &request);
}

int ddm_link_del(struct ddm *ddm, uint32_t id)
{
	return ddm_link_report_del(ddm, id, 0);
}
