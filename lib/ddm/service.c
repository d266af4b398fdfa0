// SPDX-License-Identifier: LGPL-2.1-or-later
/* The manager itself: its state, its limits, its present sequence number. */
#include <errno.h>
#include <string.h>

#include "internal.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_service, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_SERVICE_STATE] = MEMBER("state", state, U32),
	[DDM_A_SERVICE_SEQUENCE] = MEMBER("sequence", sequence, U64),
	[DDM_A_SERVICE_OLDEST] = MEMBER("oldest", oldest, U64),
	[DDM_A_SERVICE_EPOCH] = MEMBER("epoch", epoch, U64),
	[DDM_A_SERVICE_UPTIME] = MEMBER("uptime", uptime, U64),
	[DDM_A_SERVICE_INTERFACES] = MEMBER("interfaces", interfaces, U32),
	[DDM_A_SERVICE_CONNECTIONS] = MEMBER("connections", connections, U32),
	[DDM_A_SERVICE_LINKS] = MEMBER("links", links, U32),
	[DDM_A_SERVICE_LISTENERS] = MEMBER("listeners", listeners, U32),
	[DDM_A_SERVICE_DIALER] = MEMBER("dialer", dialer, U32),
	[DDM_A_SERVICE_JOURNAL_SIZE] =
		MEMBER("journal-size", journal_size, U32),
	[DDM_A_SERVICE_MAX_INTERFACES] =
		MEMBER("max-interfaces", max_interfaces, U32),
	[DDM_A_SERVICE_MAX_LISTENERS] =
		MEMBER("max-listeners", max_listeners, U32),
	[DDM_A_SERVICE_MAX_SOCKET_LISTENERS] =
		MEMBER("max-socket-listeners", max_socket_listeners, U32),
	[DDM_A_SERVICE_DROPPED] = MEMBER("dropped", dropped, U32),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);

int ddm_service_get(struct ddm *ddm, const struct ddm_service **service)
{
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!service)
		return ddm_fail(ddm, -EINVAL, "service is NULL");
	*service = NULL;
	memset(&ddm->reply.service, 0, sizeof(ddm->reply.service));
	err = ddm_reply(ddm, ddm_command(ddm, DDM_CMD_SERVICE_GET, &layout),
			&ddm->reply.service);
	if (!err)
		*service = &ddm->reply.service;
	return err;
}

int ddm_service_set(struct ddm *ddm, const struct ddm_service_request *request)
{
	static const struct {
		uint32_t bit;
		uint16_t type;
		size_t offset;
	} members[] = {
		{ DDM_SERVICE_STATE_SET, DDM_A_SERVICE_STATE,
		  offsetof(struct ddm_service_request, state) },
		{ DDM_SERVICE_MAX_INTERFACES_SET, DDM_A_SERVICE_MAX_INTERFACES,
		  offsetof(struct ddm_service_request, max_interfaces) },
		{ DDM_SERVICE_MAX_LISTENERS_SET, DDM_A_SERVICE_MAX_LISTENERS,
		  offsetof(struct ddm_service_request, max_listeners) },
		{ DDM_SERVICE_MAX_SOCKET_LISTENERS_SET,
		  DDM_A_SERVICE_MAX_SOCKET_LISTENERS,
		  offsetof(struct ddm_service_request, max_socket_listeners) },
	};
	struct ddm_service_request known;
	struct nlmsghdr *nlh;
	uint32_t rest, value;
	size_t i;
	int err = ddm_enter(ddm);

	if (!err)
		err = ddm_take_request(ddm, &known, sizeof(known), request);
	if (err)
		return err;

	rest = known.set;
	nlh = ddm_command(ddm, DDM_CMD_SERVICE_SET, &layout);
	for (i = 0; i < DDM_ARRAY_SIZE(members); i++) {
		if (!(known.set & members[i].bit))
			continue;
		memcpy(&value, (const char *)&known + members[i].offset,
		       sizeof(value));
		mnl_attr_put_u32(nlh, members[i].type, value);
		rest &= ~members[i].bit;
	}
	if (rest)
		return ddm_fail(ddm, -EINVAL, "set has unknown bits (0x%x)",
				rest);
	return ddm_ack(ddm, nlh);
}
