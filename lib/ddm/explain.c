// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Makes the sentence of ddm_error() from what the kernel says about a refused
 * request: its own words, and the attribute that they are about.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

/* Newer than the headers of some systems that this is built on. */
#define ATTR_MISS_TYPE 5

struct extack {
	const char *text;
	uint32_t offset;
	uint32_t missing;
};

/* For refusals without words: generic netlink's own, mostly. */
static const struct {
	int err;
	const char *text;
} plain[] = {
	{ EPERM, "CAP_NET_ADMIN is needed" },
	{ ENOMEM, "the kernel is out of memory" },
	{ ENOBUFS, "the kernel is out of memory for messages" },
	{ EINVAL, "the kernel takes the request to be malformed" },
	{ ERANGE, "a value is out of range" },
	{ EOPNOTSUPP, "the loaded module does not know this command" },
	{ ESHUTDOWN, "the service is stopped" },
	{ EBUSY, "busy" },
};

static void parse_extack(const struct nlmsghdr *answer, struct extack *extack)
{
	const struct nlattr *attr;
	struct ddm_walk walk;
	unsigned int skip;

	if (!(answer->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (answer->nlmsg_type == NLMSG_DONE) {
		skip = sizeof(int);
	} else {
		const struct nlmsgerr *error = mnl_nlmsg_get_payload(answer);

		skip = sizeof(*error);
		if (skip > mnl_nlmsg_get_payload_len(answer))
			return;
		/* Without NETLINK_CAP_ACK the whole request comes back. */
		if (!(answer->nlmsg_flags & NLM_F_CAPPED))
			skip += error->msg.nlmsg_len -
				(unsigned int)NLMSG_HDRLEN;
		if (skip > mnl_nlmsg_get_payload_len(answer))
			return;
	}

	walk = ddm_walk(answer, skip);
	while ((attr = ddm_attr_next(&walk))) {
		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			extack->text = ddm_attribute_text(attr);
			break;
		case NLMSGERR_ATTR_OFFS:
			extack->offset = (uint32_t)ddm_attribute_number(attr);
			break;
		case ATTR_MISS_TYPE:
			extack->missing = (uint32_t)ddm_attribute_number(attr);
			break;
		}
	}
}

/* The type of the attribute at an offset of a request, 0 if there is none. */
static unsigned int type_at(const struct nlmsghdr *request, uint32_t offset)
{
	struct nlattr attr;

	if (!offset || request->nlmsg_len < sizeof(attr) ||
	    offset > request->nlmsg_len - sizeof(attr))
		return 0;
	memcpy(&attr, (const char *)request + offset, sizeof(attr));
	return mnl_attr_get_type(&attr);
}

static void name_attribute(struct ddm *ddm, unsigned int type, const char *what)
{
	const struct ddm_layout *layout = ddm->layout;
	size_t used = strlen(ddm->error);
	char name[64];

	if (layout && type < layout->count && layout->attributes[type].name)
		snprintf(name, sizeof(name), "%s",
			 layout->attributes[type].name);
	else
		snprintf(name, sizeof(name), "%u", type);
	snprintf(ddm->error + used, sizeof(ddm->error) - used,
		 "%s(attribute %s%s)", used ? " " : "", name, what);
}

/*
 * Read the outcome of @request from a message of type NLMSG_ERROR or
 * NLMSG_DONE. Returns it, and notes the explanation if there is one.
 */
int ddm_explain(struct ddm *ddm, const struct nlmsghdr *request,
		const struct nlmsghdr *answer)
{
	struct extack extack = { 0 };
	unsigned int type;
	size_t i;
	int err = 0;

	if (mnl_nlmsg_get_payload_len(answer) >= sizeof(err))
		memcpy(&err, mnl_nlmsg_get_payload(answer), sizeof(err));
	else if (answer->nlmsg_type == NLMSG_ERROR)
		return ddm_fail(ddm, -EPROTO, "the kernel's answer is cut off");
	if (err >= 0)
		return 0;

	parse_extack(answer, &extack);
	ddm_fail(ddm, err, "%s", extack.text ? extack.text : "");
	type = type_at(request, extack.offset);
	/* Other words of the module say themselves what they are about. */
	if (type && (err == -EINVAL || err == -ERANGE || !extack.text))
		name_attribute(ddm, type, "");
	if (extack.missing)
		name_attribute(ddm, extack.missing, " is missing");
	for (i = 0; !ddm->error[0] && i < DDM_ARRAY_SIZE(plain); i++)
		if (plain[i].err == -err)
			ddm_fail(ddm, err, "%s", plain[i].text);
	return err;
}
