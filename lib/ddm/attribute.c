// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From attributes to members of public structures, by table. An attribute that
 * is unknown, or is not what its table says, is passed over.
 */
#include <string.h>

#include "internal.h"

/* Attributes of a message, after its first @skip bytes. */
struct ddm_walk ddm_walk(const struct nlmsghdr *nlh, size_t skip)
{
	const void *first = (const char *)nlh + sizeof(*nlh) + skip;

	return ddm_walk_bytes(first, (const char *)nlh + nlh->nlmsg_len);
}

static const void *payload(const struct nlattr *attr)
{
	return attr + 1;
}

static size_t payload_length(const struct nlattr *attr)
{
	return attr->nla_len - sizeof(*attr);
}

/* An integer of 4 or 8 bytes: the family may widen one. */
uint64_t ddm_attribute_number(const struct nlattr *attr)
{
	uint32_t narrow = 0;
	uint64_t wide = 0;

	if (payload_length(attr) == sizeof(narrow)) {
		memcpy(&narrow, payload(attr), sizeof(narrow));
		return narrow;
	}
	if (payload_length(attr) == sizeof(wide))
		memcpy(&wide, payload(attr), sizeof(wide));
	return wide;
}

/*
 * What is neither text nor a number of the size that the member has; apart, so
 * that the loop over all others stays short
 */
static __attribute__((noinline)) void
decode_other(const struct nlattr *attr, const struct ddm_attribute *how,
	     void *member)
{
	switch (how->kind) {
	case DDM_KIND_U32:
		*(uint32_t *)member = (uint32_t)ddm_attribute_number(attr);
		break;
	case DDM_KIND_U64:
		*(uint64_t *)member = ddm_attribute_number(attr);
		break;
	case DDM_KIND_ADDRESS6:
		if (payload_length(attr) == DDM_ADDRESS6_SIZE)
			memcpy(member, payload(attr), DDM_ADDRESS6_SIZE);
		break;
	case DDM_KIND_SET:
		*(int *)member = 1;
		break;
	case DDM_KIND_CLEAR:
		*(int *)member = 0;
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
	const struct ddm_attribute *attributes = layout->attributes, *how;
	size_t count = layout->count, type;
	const struct nlattr *attr;
	char *member;

	while ((attr = ddm_attr_next(&walk))) {
		type = attr->nla_type & (size_t)0x3fff;
		if (type >= count)
			continue;
		how = &attributes[type];
		member = (char *)object + how->offset;
		if (how->kind == DDM_KIND_U32 &&
		    payload_length(attr) == sizeof(uint32_t))
			memcpy(member, payload(attr), sizeof(uint32_t));
		else if (how->kind == DDM_KIND_U64 &&
			 payload_length(attr) == sizeof(uint64_t))
			memcpy(member, payload(attr), sizeof(uint64_t));
		else if (how->kind == DDM_KIND_TEXT)
			*(const char **)(void *)member =
				ddm_attribute_text(attr);
		else
			decode_other(attr, how, member);
	}
}
