// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Where the family is. Its id and the id of its group are given out anew
 * whenever the module is loaded.
 */
#include <errno.h>
#include <string.h>

#include "internal.h"

struct family {
	bool found;
	uint16_t id;
	uint32_t group;
};

static void parse_group(const struct nlattr *nest, struct family *family)
{
	struct ddm_walk walk = ddm_walk_nested(nest);
	const struct nlattr *attr;
	const char *name = "";
	uint32_t id = 0;

	while ((attr = ddm_attr_next(&walk))) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME)
			name = ddm_attribute_text(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
			id = (uint32_t)ddm_attribute_number(attr);
	}
	if (!strcmp(name, DDM_MCGRP_EVENTS))
		family->group = id;
}

static void parse_groups(const struct nlattr *nest, struct family *family)
{
	struct ddm_walk walk = ddm_walk_nested(nest);
	const struct nlattr *group;

	while ((group = ddm_attr_next(&walk)))
		parse_group(group, family);
}

static int parse_family(const struct nlmsghdr *nlh, void *data)
{
	struct family found = { 0 };
	struct family *family = data;
	struct ddm_walk walk = ddm_walk(nlh, sizeof(struct genlmsghdr));
	const struct nlattr *attr;

	while ((attr = ddm_attr_next(&walk))) {
		switch (mnl_attr_get_type(attr)) {
		case CTRL_ATTR_FAMILY_NAME:
			found.found = !strcmp(ddm_attribute_text(attr),
					      DDM_FAMILY_NAME);
			break;
		case CTRL_ATTR_FAMILY_ID:
			if (mnl_attr_get_payload_len(attr) == sizeof(found.id))
				found.id = mnl_attr_get_u16(attr);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			parse_groups(attr, &found);
			break;
		}
	}
	if (found.found && found.id)
		*family = found;
	return 0;
}

/*
 * Ask the controller. By name it loads the module if it can; a list does not,
 * so that a reader never undoes an administrator's rmmod.
 */
static int look_up(struct ddm *ddm, bool load, struct family *family)
{
	char buffer[128];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	struct genlmsghdr *genl;
	int err;

	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = CTRL_CMD_GETFAMILY;
	genl->version = 1;
	nlh->nlmsg_type = GENL_ID_CTRL;
	if (load)
		mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, DDM_FAMILY_NAME);

	memset(family, 0, sizeof(*family));
	err = ddm_exchange(ddm, nlh, load ? 0 : NLM_F_DUMP, parse_family,
			   family);
	if (err && err != -ENOENT)
		return err;
	if (!family->found)
		return ddm_fail(ddm, -EUNATCH, "the module ddm is not loaded");
	return 0;
}

int ddm_family_open(struct ddm *ddm, bool load)
{
	struct family family;
	int err = look_up(ddm, load, &family);

	if (err)
		return err;
	ddm->family = family.id;
	ddm->group = family.group;
	return 0;
}

/*
 * Somebody said that the family is gone. Returns 0 when it is there under a
 * new id, which is noted; -ENOENT when it never went; -EUNATCH or -ESTALE when
 * the handle can do no more.
 */
int ddm_family_again(struct ddm *ddm)
{
	struct family family;
	int err;

	err = look_up(ddm, false, &family);
	if (err == -EUNATCH)
		ddm->stale |= ddm_holds(ddm);
	if (err)
		return err;

	if (family.id != ddm->family || ddm->unloaded) {
		ddm->family = family.id;
		ddm->group = family.group;
		ddm->unloaded = false;
		ddm->reloaded = true;
		ddm->stale |= ddm_holds(ddm);
	} else if (!ddm->stale) {
		return ddm_fail(ddm, -ENOENT, "there is no such object");
	}
	if (ddm->stale)
		return ddm_fail(
			ddm, -ESTALE,
			"the module was reloaded: the handle's listeners and dialer are gone, open a new one");
	ddm->error[0] = '\0';
	return 0;
}

/*
 * Hear of families that come and go: a handle that is about to get something
 * in the kernel that dies with the module must not miss it. The controller's only group has the
 * controller's own id as its number, on all kernels.
 */
int ddm_family_watch(struct ddm *ddm)
{
	int group = GENL_ID_CTRL;

	if (ddm->watching)
		return 0;
	if (mnl_socket_setsockopt(ddm->socket, NETLINK_ADD_MEMBERSHIP, &group,
				  sizeof(group)) < 0)
		return ddm_fail(
			ddm, -errno,
			"cannot subscribe to the families' comings and goings");
	ddm->watching = true;
	return 0;
}

/* Whether a message tells that ours came or went, and which id it has or had. */
enum ddm_family_news ddm_family_news(const struct nlmsghdr *nlh, uint16_t *id)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	struct family family = { 0 };

	if (nlh->nlmsg_type != GENL_ID_CTRL ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(*genl))
		return DDM_FAMILY_OTHER;
	parse_family(nlh, &family);
	*id = family.id;
	if (family.found && genl->cmd == CTRL_CMD_NEWFAMILY)
		return DDM_FAMILY_CAME;
	if (family.found && genl->cmd == CTRL_CMD_DELFAMILY)
		return DDM_FAMILY_WENT;
	return DDM_FAMILY_OTHER;
}
