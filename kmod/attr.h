/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Attributes for messages that are made by the thousand: whoever writes them
 * has seen to it that there is room for all, so that nobody asks at each.
 *
 * Each function writes at @at and returns where the next one goes.
 */
#ifndef DDM_ATTR_H
#define DDM_ATTR_H

#include <net/netlink.h>

static inline void *ddm_attr_begin(void *at, u16 type, u16 length)
{
	struct nlattr *attr = at;

	attr->nla_type = type;
	attr->nla_len = NLA_HDRLEN + length;
	return attr + 1;
}

static inline void *ddm_attr_flag(void *at, u16 type, bool value)
{
	return value ? ddm_attr_begin(at, type, 0) : at;
}

static inline void *ddm_attr_u32(void *at, u16 type, u32 value)
{
	u32 *payload = ddm_attr_begin(at, type, sizeof(value));

	*payload = value;
	return payload + 1;
}

/* Nothing if it is 0, as is the habit of this family */
static inline void *ddm_attr_u32_set(void *at, u16 type, u32 value)
{
	return value ? ddm_attr_u32(at, type, value) : at;
}

/* nla_total_size_64bit(sizeof(u64)) bytes at most */
static inline void *ddm_attr_u64(void *at, u16 type, u64 value, u16 pad)
{
	u8 *payload;

#ifndef CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS
	if (IS_ALIGNED((unsigned long)at, sizeof(u64)))
		at = ddm_attr_begin(at, pad, 0);
#endif
	payload = ddm_attr_begin(at, type, sizeof(value));
	memcpy(payload, &value, sizeof(value));
	return payload + sizeof(value);
}

/* @length without the NUL; nla_total_size(length + 1) bytes */
static inline void *ddm_attr_text(void *at, u16 type, const char *text,
				  size_t length)
{
	u8 *payload = ddm_attr_begin(at, type, length + 1);
	u8 *end = payload + NLA_ALIGN(length + 1);

	/* the last word, before the text that it may hold the end of */
	*((u32 *)end - 1) = 0;
	memcpy(payload, text, length);
	return end;
}

/* Nothing if it is empty */
static inline void *ddm_attr_text_set(void *at, u16 type, const char *text,
				      size_t length)
{
	return length ? ddm_attr_text(at, type, text, length) : at;
}

#endif /* DDM_ATTR_H */
