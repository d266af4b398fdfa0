// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From attributes to members of public structures, by table. An attribute that
 * is unknown, or is not what its table says, is passed over.
 */
#include <string.h>

#include "internal.h"

/*
 * Whether a whole message is there. libmnl alone takes a length of 2 GiB and
 * more to be negative, and so to fit.
 */
bool ddm_message_ok(const struct nlmsghdr *nlh, int left)
{
	return mnl_nlmsg_ok(nlh, left) && nlh->nlmsg_len <= (uint32_t)left;
}

/* Attributes of a message, after its first @skip bytes. */
struct ddm_walk ddm_walk(const struct nlmsghdr *nlh, size_t skip)
{
	return (struct ddm_walk){
		.next = mnl_nlmsg_get_payload_offset(nlh, skip),
		.end = mnl_nlmsg_get_payload_tail(nlh),
	};
}

struct ddm_walk ddm_walk_nested(const struct nlattr *nest)
{
	const char *payload = mnl_attr_get_payload(nest);

	return (struct ddm_walk){
		.next = (const void *)payload,
		.end = payload + mnl_attr_get_payload_len(nest),
	};
}

/* The next attribute, or NULL at the end, or where the rest makes no sense. */
const struct nlattr *ddm_attr_next(struct ddm_walk *walk)
{
	const struct nlattr *attr = walk->next;

	if (!mnl_attr_ok(attr, (int)(walk->end - (const char *)attr)))
		return NULL;
	walk->next = mnl_attr_next(attr);
	return attr;
}

/* An integer of 4 or 8 bytes: the family may widen one. */
uint64_t ddm_attribute_number(const struct nlattr *attr)
{
	uint32_t narrow = 0;
	uint64_t wide = 0;

	if (mnl_attr_get_payload_len(attr) == sizeof(narrow)) {
		memcpy(&narrow, mnl_attr_get_payload(attr), sizeof(narrow));
		return narrow;
	}
	if (mnl_attr_get_payload_len(attr) == sizeof(wide))
		memcpy(&wide, mnl_attr_get_payload(attr), sizeof(wide));
	return wide;
}

/* The text of an attribute, "" when it has no end. */
const char *ddm_attribute_text(const struct nlattr *attr)
{
	const char *text = mnl_attr_get_payload(attr);

	return memchr(text, '\0', mnl_attr_get_payload_len(attr)) ? text : "";
}

static void decode_one(const struct nlattr *attr,
		       const struct ddm_attribute *how, void *object)
{
	char *member = (char *)object + how->offset;

	switch (how->kind) {
	case DDM_KIND_U32:
		*(uint32_t *)(void *)member =
			(uint32_t)ddm_attribute_number(attr);
		break;
	case DDM_KIND_U64:
		*(uint64_t *)(void *)member = ddm_attribute_number(attr);
		break;
	case DDM_KIND_TEXT:
		*(const char **)(void *)member = ddm_attribute_text(attr);
		break;
	case DDM_KIND_ADDRESS6:
		if (mnl_attr_get_payload_len(attr) == DDM_ADDRESS6_SIZE)
			memcpy(member, mnl_attr_get_payload(attr),
			       DDM_ADDRESS6_SIZE);
		break;
	case DDM_KIND_SET:
		*(int *)(void *)member = 1;
		break;
	case DDM_KIND_CLEAR:
		*(int *)(void *)member = 0;
		break;
	case DDM_KIND_NONE:
		break;
	}
}

/* Set the members of @object that @nlh has attributes for. */
void ddm_decode(const struct nlmsghdr *nlh, const struct ddm_layout *layout,
		void *object)
{
	struct ddm_walk walk = ddm_walk(nlh, sizeof(struct genlmsghdr));
	const struct nlattr *attr;

	while ((attr = ddm_attr_next(&walk))) {
		uint16_t type = mnl_attr_get_type(attr);

		if (type < layout->count)
			decode_one(attr, &layout->attributes[type], object);
	}
}
