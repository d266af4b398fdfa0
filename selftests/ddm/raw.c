// SPDX-License-Identifier: GPL-2.0-only
/* Messages of the family as they are on the wire, see raw.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "raw.h"

#define ATTR_MISS_TYPE 5

static int parse_group(const struct nlattr *attr, void *data)
{
	const struct nlattr *inner;
	struct raw *raw = data;

	mnl_attr_for_each_nested(inner, attr)
	{
		if (mnl_attr_get_type(inner) == CTRL_ATTR_MCAST_GRP_ID)
			raw->group = mnl_attr_get_u32(inner);
	}
	return MNL_CB_OK;
}

static int parse_family(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;
	struct raw *raw = data;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			raw->family = mnl_attr_get_u16(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
			mnl_attr_parse_nested(attr, parse_group, raw);
	}
	return 0;
}

static int find_family(struct raw *raw)
{
	struct nlmsghdr *nlh = raw_begin(raw, CTRL_CMD_GETFAMILY);
	int ret;

	nlh->nlmsg_type = GENL_ID_CTRL;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, DDM_FAMILY_NAME);
	ret = raw_send(raw, nlh, NLM_F_ACK);
	while (!ret)
		ret = raw_receive(raw, parse_family, raw);
	return ret < 0 ? ret : raw->err;
}

struct raw *raw_open(uint32_t portid)
{
	struct raw *raw = calloc(1, sizeof(*raw));
	int on = 1, err;

	if (!raw)
		return NULL;
	raw->socket = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!raw->socket || mnl_socket_bind(raw->socket, 0, (pid_t)portid) < 0)
		goto failed;
	raw->portid = mnl_socket_get_portid(raw->socket);
	mnl_socket_setsockopt(raw->socket, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(raw->socket, NETLINK_CAP_ACK, &on, sizeof(on));
	err = find_family(raw);
	if (!err)
		return raw;
	errno = -err;
failed:
	err = errno;
	raw_close(raw);
	errno = err;
	return NULL;
}

void raw_close(struct raw *raw)
{
	if (!raw)
		return;
	if (raw->socket)
		mnl_socket_close(raw->socket);
	free(raw);
}

int raw_fd(const struct raw *raw)
{
	return mnl_socket_get_fd(raw->socket);
}

struct nlmsghdr *raw_begin(struct raw *raw, uint8_t command)
{
	struct nlmsghdr *nlh;
	struct genlmsghdr *genl;

	memset(raw->request, 0, 4096);
	nlh = mnl_nlmsg_put_header(raw->request);
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = command;
	genl->version = DDM_FAMILY_VERSION;
	nlh->nlmsg_type = raw->family;
	return nlh;
}

int raw_send(struct raw *raw, struct nlmsghdr *nlh, uint16_t flags)
{
	nlh->nlmsg_flags |= NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++raw->seq;
	raw->err = 0;
	raw->message[0] = '\0';
	raw->offset = 0;
	raw->missing = 0;
	raw->messages = 0;
	raw->parts = 0;
	raw->interrupted = 0;
	if (raw->unaddressed)
		return send(raw_fd(raw), nlh, nlh->nlmsg_len, 0) < 0 ? -errno :
								       0;
	return mnl_socket_sendto(raw->socket, nlh, nlh->nlmsg_len) < 0 ?
		       -errno :
		       0;
}

static void parse_end(struct raw *raw, const struct nlmsghdr *nlh)
{
	unsigned int skip = nlh->nlmsg_type == NLMSG_DONE ?
				    sizeof(int) :
				    sizeof(struct nlmsgerr);
	const struct nlattr *attr;

	if (mnl_nlmsg_get_payload_len(nlh) >= sizeof(int))
		raw->err = *(const int *)mnl_nlmsg_get_payload(nlh);
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	mnl_attr_for_each(attr, nlh, skip)
	{
		if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
			snprintf(raw->message, sizeof(raw->message), "%s",
				 mnl_attr_get_str(attr));
		else if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_OFFS)
			raw->offset = mnl_attr_get_u32(attr);
		else if (mnl_attr_get_type(attr) == ATTR_MISS_TYPE)
			raw->missing = mnl_attr_get_u32(attr);
	}
}

int raw_receive(struct raw *raw, raw_fn *fn, void *data)
{
	const struct nlmsghdr *nlh = (const void *)raw->answer;
	ssize_t n = recv(raw_fd(raw), raw->answer, sizeof(raw->answer), 0);
	int left = (int)n, ret;

	if (n < 0)
		return -errno;
	raw->parts++;
	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
		if (nlh->nlmsg_seq != raw->seq)
			continue;
		raw->interrupted |= nlh->nlmsg_flags & NLM_F_DUMP_INTR;
		if (nlh->nlmsg_type == NLMSG_ERROR ||
		    nlh->nlmsg_type == NLMSG_DONE) {
			parse_end(raw, nlh);
			return 1;
		}
		raw->messages++;
		ret = fn ? fn(nlh, data) : 0;
		if (ret)
			return ret;
	}
	return 0;
}

static int answer(struct raw *raw, struct nlmsghdr *nlh, uint16_t flags,
		  raw_fn *fn, void *data)
{
	int ret = raw_send(raw, nlh, flags);

	while (!ret)
		ret = raw_receive(raw, fn, data);
	return ret < 0 ? ret : raw->err;
}

int raw_do(struct raw *raw, struct nlmsghdr *nlh)
{
	return answer(raw, nlh, NLM_F_ACK, NULL, NULL);
}

int raw_dump(struct raw *raw, struct nlmsghdr *nlh, raw_fn *fn, void *data)
{
	return answer(raw, nlh, NLM_F_DUMP, fn, data);
}

const struct nlattr *raw_attr(const struct nlmsghdr *nlh, uint16_t type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(attr) == type)
			return attr;
	}
	return NULL;
}

uint64_t raw_number(const struct nlmsghdr *nlh, uint16_t type)
{
	const struct nlattr *attr = raw_attr(nlh, type);
	uint64_t number;

	if (!attr)
		return 0;
	if (mnl_attr_get_payload_len(attr) == sizeof(uint32_t))
		return mnl_attr_get_u32(attr);
	memcpy(&number, mnl_attr_get_payload(attr), sizeof(number));
	return number;
}

uint8_t raw_command(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	return genl->cmd;
}
