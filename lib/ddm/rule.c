// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules: which devices get a dynamic interface. */
#include <errno.h>

#include "internal.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_rule, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_RULE_PREFERENCE] = MEMBER("preference", preference, U32),
	[DDM_A_RULE_ACTION] = MEMBER("action", action, U32),
	[DDM_A_RULE_TYPE] = MEMBER("type", type, U32),
	[DDM_A_RULE_KIND] = MEMBER("kind", kind, TEXT),
	[DDM_A_RULE_DEVICE] = MEMBER("device", device, TEXT),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);
static const struct ddm_rule nothing = {
	.size = sizeof(struct ddm_rule),
	.type = -1,
	.kind = "",
	.device = "",
};

struct list {
	ddm_rule_fn *fn;
	void *data;
};

static int list_one(const struct nlmsghdr *nlh, void *data)
{
	const struct list *list = data;
	struct ddm_rule rule = nothing;

	ddm_decode(nlh, &layout, &rule);
	return list->fn(&rule, list->data);
}

int ddm_rule_list(struct ddm *ddm, ddm_rule_fn *fn, void *data)
{
	struct list list = { .fn = fn, .data = data };
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");
	return ddm_dump(ddm, ddm_command(ddm, DDM_CMD_RULE_GET, &layout),
			list_one, &list);
}

static int put_text(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t type,
		    const char *text, size_t max)
{
	int err;

	if (!text || !*text)
		return 0;
	err = ddm_check_text(ddm, attributes[type].name, text, 1, max);
	if (!err)
		mnl_attr_put_strz(nlh, type, text);
	return err;
}

int ddm_rule_new(struct ddm *ddm, const struct ddm_rule *rule,
		 uint32_t *preference)
{
	struct ddm_rule made = nothing;
	struct ddm_rule known;
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (!err)
		err = ddm_take_request(ddm, &known, sizeof(known), rule);
	if (err)
		return err;
	if (known.type < -1)
		return ddm_fail(ddm, -EINVAL, "%d is no device type",
				known.type);

	nlh = ddm_command(ddm, DDM_CMD_RULE_NEW, &layout);
	if (known.preference)
		mnl_attr_put_u32(nlh, DDM_A_RULE_PREFERENCE, known.preference);
	mnl_attr_put_u32(nlh, DDM_A_RULE_ACTION, known.action);
	if (known.type >= 0)
		mnl_attr_put_u32(nlh, DDM_A_RULE_TYPE, (uint32_t)known.type);
	err = put_text(ddm, nlh, DDM_A_RULE_KIND, known.kind, DDM_KIND_MAX);
	if (!err)
		err = put_text(ddm, nlh, DDM_A_RULE_DEVICE, known.device,
			       DDM_DEVICE_MAX);
	if (!err)
		err = ddm_reply(ddm, nlh, &made);
	if (!err && preference)
		*preference = made.preference;
	return err;
}

int ddm_rule_del(struct ddm *ddm, uint32_t preference)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!preference)
		return ddm_fail(ddm, -ENOENT, "no rule has the preference 0");
	nlh = ddm_command(ddm, DDM_CMD_RULE_DEL, &layout);
	mnl_attr_put_u32(nlh, DDM_A_RULE_PREFERENCE, preference);
	return ddm_ack(ddm, nlh);
}
