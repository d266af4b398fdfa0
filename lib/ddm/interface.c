// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interfaces: reading, making, changing them. */
#include <errno.h>
#include <string.h>

#include "interface.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_interface, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_INTERFACE_ID] = MEMBER("id", id, U32),
	[DDM_A_INTERFACE_NAME] = MEMBER("name", name, TEXT),
	[DDM_A_INTERFACE_TYPE] = MEMBER("type", type, U32),
	[DDM_A_INTERFACE_STATE] = MEMBER("state", state, U32),
	[DDM_A_INTERFACE_UNREACHABILITY] =
		MEMBER("unreachability", unreachability, U32),
	[DDM_A_INTERFACE_LAST_ERROR] = MEMBER("last-error", last_error, U32),
	[DDM_A_INTERFACE_IFINDEX] = MEMBER("ifindex", ifindex, U32),
	[DDM_A_INTERFACE_SNAPSHOT] = DDM_NAMED("snapshot"),
	[DDM_A_INTERFACE_CONNECTION] = MEMBER("connection", connection, U64),
	[DDM_A_INTERFACE_DISABLED] = MEMBER("disabled", enabled, CLEAR),
	[DDM_A_INTERFACE_DYNAMIC] = MEMBER("dynamic", dynamic, SET),
	[DDM_A_INTERFACE_DETAIL] = DDM_NAMED("detail"),
	[DDM_A_INTERFACE_DEVICE] = MEMBER("device", device, TEXT),
	[DDM_A_INTERFACE_METHOD] = MEMBER("method", method, U32),
	[DDM_A_INTERFACE_KIND] = MEMBER("kind", kind, TEXT),
	[DDM_A_INTERFACE_SEQUENCE] = MEMBER("sequence", sequence, U64),
	[DDM_A_INTERFACE_CONNECTS] = MEMBER("connects", connects, U32),
	[DDM_A_INTERFACE_FAILURES] = MEMBER("failures", failures, U32),
	[DDM_A_INTERFACE_CHANGED] = MEMBER("changed", changed, U64),
	[DDM_A_INTERFACE_ENABLED] = DDM_NAMED("enabled"),
	[DDM_A_INTERFACE_SETTINGS] = MEMBER("settings", settings, TEXT),
	[DDM_A_INTERFACE_TIMEOUT] = DDM_NAMED("timeout"),
	[DDM_A_INTERFACE_EVENT_FD] = DDM_NAMED("event-fd"),
};

const struct ddm_layout ddm_interface_layout = DDM_LAYOUT(attributes);

/* What is true where the kernel sends no attribute. */
static void set_defaults(struct ddm_interface *interface, bool detail)
{
	*interface = (struct ddm_interface){
		.name = "",
		.enabled = 1,
		.device = detail ? "" : NULL,
		.kind = detail ? "" : NULL,
		.settings = detail ? "" : NULL,
	};
}

/* Send a request that is answered by an interface; @out may be NULL. */
int ddm_interface_reply(struct ddm *ddm, struct nlmsghdr *nlh,
			const struct ddm_interface **out)
{
	int err;

	set_defaults(&ddm->reply.interface, true);
	err = ddm_reply(ddm, nlh, &ddm->reply.interface);
	if (!err && out)
		*out = &ddm->reply.interface;
	return err;
}

/* Begin a request about the interface @id. */
int ddm_interface_command(struct ddm *ddm, uint8_t command, uint32_t id,
			  struct nlmsghdr **nlh)
{
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (id == DDM_ANY_INTERFACE)
		return ddm_fail(ddm, -ESTALE, "no interface has the id 0");
	*nlh = ddm_command(ddm, command, &ddm_interface_layout);
	ddm_put_id(ddm, *nlh, DDM_A_INTERFACE_ID, id);
	return 0;
}

int ddm_interface_get(struct ddm *ddm, uint32_t id,
		      const struct ddm_interface **interface)
{
	struct nlmsghdr *nlh = NULL;
	int err;

	if (interface)
		*interface = NULL;
	err = ddm_interface_command(ddm, DDM_CMD_INTERFACE_GET, id, &nlh);
	if (err)
		return err;
	if (!interface)
		return ddm_fail(ddm, -EINVAL, "interface is NULL");
	return ddm_interface_reply(ddm, nlh, interface);
}

static int check_name(struct ddm *ddm, const char *name)
{
	return ddm_check_text(ddm, "name", name, 1, DDM_NAME_MAX);
}

int ddm_interface_find(struct ddm *ddm, const char *name,
		       const struct ddm_interface **interface)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (interface)
		*interface = NULL;
	if (!err)
		err = check_name(ddm, name);
	if (err)
		return err;
	if (!interface)
		return ddm_fail(ddm, -EINVAL, "interface is NULL");
	nlh = ddm_command(ddm, DDM_CMD_INTERFACE_GET, &ddm_interface_layout);
	mnl_attr_put_strz(nlh, DDM_A_INTERFACE_NAME, name);
	return ddm_interface_reply(ddm, nlh, interface);
}

struct list {
	bool detail;
	ddm_interface_fn *fn;
	void *data;
	bool begun; /* a message came, so sequence is known */
	uint64_t sequence;
};

static uint64_t find_snapshot(const struct nlmsghdr *nlh)
{
	struct ddm_walk walk = ddm_walk(nlh, sizeof(struct genlmsghdr));
	const struct nlattr *attr;

	while ((attr = ddm_attr_next(&walk)))
		if (mnl_attr_get_type(attr) == DDM_A_INTERFACE_SNAPSHOT)
			return ddm_attribute_number(attr);
	return 0;
}

static int list_one(const struct nlmsghdr *nlh, void *data)
{
	struct ddm_interface interface;
	struct list *list = data;

	/* Every part of a dump has one: what it began with covers them all. */
	if (!list->begun) {
		list->begun = true;
		list->sequence = find_snapshot(nlh);
	}
	set_defaults(&interface, list->detail);
	ddm_decode(nlh, &ddm_interface_layout, &interface);
	return list->fn(&interface, list->data);
}

static int list_all(struct ddm *ddm, struct list *list)
{
	struct nlmsghdr *nlh;

	nlh = ddm_command(ddm, DDM_CMD_INTERFACE_GET, &ddm_interface_layout);
	if (list->detail)
		mnl_attr_put(nlh, DDM_A_INTERFACE_DETAIL, 0, NULL);
	return ddm_dump(ddm, nlh, list_one, list);
}

int ddm_interface_list(struct ddm *ddm, int detail, ddm_interface_fn *fn,
		       void *data, uint64_t *sequence)
{
	struct list list = { .detail = detail, .fn = fn, .data = data };
	const struct ddm_service *service;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");

	err = list_all(ddm, &list);
	/*
	 * An empty dump has no message, and so no sequence number. One at which
	 * there was no interface will do; otherwise some came meanwhile.
	 */
	while (!err && !list.begun && sequence) {
		err = ddm_service_get(ddm, &service);
		if (err)
			return err;
		list.sequence = service->sequence;
		if (!service->interfaces)
			break;
		err = list_all(ddm, &list);
	}
	if (sequence)
		*sequence = list.sequence;
	return err;
}

/* Put the members of @request that are set; @known has none left over. */
static int put_request(struct ddm *ddm, struct nlmsghdr *nlh,
		       const struct ddm_interface_request *known)
{
	uint32_t set = known->set;
	int err = 0;

	if (set & DDM_INTERFACE_NAME_SET)
		err = check_name(ddm, known->name);
	if (!err && set & DDM_INTERFACE_DEVICE_SET)
		err = ddm_check_text(ddm, "device", known->device, 0,
				     DDM_DEVICE_MAX);
	if (!err && set & DDM_INTERFACE_SETTINGS_SET)
		err = ddm_check_text(ddm, "settings", known->settings, 0,
				     DDM_SETTINGS_MAX);
	if (err)
		return err;

	if (set & DDM_INTERFACE_NAME_SET)
		mnl_attr_put_strz(nlh, DDM_A_INTERFACE_NAME, known->name);
	if (set & DDM_INTERFACE_TYPE_SET)
		mnl_attr_put_u32(nlh, DDM_A_INTERFACE_TYPE, known->type);
	if (set & DDM_INTERFACE_DEVICE_SET)
		mnl_attr_put_strz(nlh, DDM_A_INTERFACE_DEVICE, known->device);
	if (set & DDM_INTERFACE_METHOD_SET)
		mnl_attr_put_u32(nlh, DDM_A_INTERFACE_METHOD, known->method);
	if (set & DDM_INTERFACE_ENABLED_SET)
		mnl_attr_put_u32(nlh, DDM_A_INTERFACE_ENABLED,
				 (uint32_t)known->enabled);
	if (set & DDM_INTERFACE_SETTINGS_SET)
		mnl_attr_put_strz(nlh, DDM_A_INTERFACE_SETTINGS,
				  known->settings);
	return 0;
}

static int take_interface_request(struct ddm *ddm,
				  struct ddm_interface_request *known,
				  const struct ddm_interface_request *request)
{
	const uint32_t all =
		DDM_INTERFACE_NAME_SET | DDM_INTERFACE_TYPE_SET |
		DDM_INTERFACE_DEVICE_SET | DDM_INTERFACE_METHOD_SET |
		DDM_INTERFACE_ENABLED_SET | DDM_INTERFACE_SETTINGS_SET;
	int err = ddm_take_request(ddm, known, sizeof(*known), request);

	if (!err && known->set & ~all)
		err = ddm_fail(ddm, -EINVAL, "set has unknown bits (0x%x)",
			       known->set & ~all);
	return err;
}

int ddm_interface_new(struct ddm *ddm,
		      const struct ddm_interface_request *request,
		      const struct ddm_interface **interface)
{
	struct ddm_interface_request known;
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (interface)
		*interface = NULL;
	if (!err)
		err = take_interface_request(ddm, &known, request);
	if (err)
		return err;
	if (!(known.set & DDM_INTERFACE_NAME_SET))
		return ddm_fail(ddm, -EINVAL, "a new interface needs a name");
	nlh = ddm_command(ddm, DDM_CMD_INTERFACE_NEW, &ddm_interface_layout);
	err = put_request(ddm, nlh, &known);
	return err ? err : ddm_interface_reply(ddm, nlh, interface);
}

int ddm_interface_set(struct ddm *ddm, uint32_t id,
		      const struct ddm_interface_request *request)
{
	struct ddm_interface_request known;
	struct nlmsghdr *nlh = NULL;
	int err = ddm_interface_command(ddm, DDM_CMD_INTERFACE_SET, id, &nlh);

	if (!err)
		err = take_interface_request(ddm, &known, request);
	if (!err)
		err = put_request(ddm, nlh, &known);
	return err ? err : ddm_ack(ddm, nlh);
}

int ddm_interface_del(struct ddm *ddm, uint32_t id)
{
	struct nlmsghdr *nlh = NULL;
	int err = ddm_interface_command(ddm, DDM_CMD_INTERFACE_DEL, id, &nlh);

	return err ? err : ddm_ack(ddm, nlh);
}
