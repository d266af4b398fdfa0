// SPDX-License-Identifier: GPL-2.0-only
/*
 * The family with nothing between it and us: what a list is in bytes, and what
 * it costs at least to fetch it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "bench.h"

struct bare {
	struct mnl_socket *socket;
	uint16_t family;
	char buffer[65536];
};

static struct nlmsghdr *begin(struct bare *bare, uint16_t type, uint16_t flags,
			      uint8_t command)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(bare->buffer);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = command;
	genl->version = 1;
	return nlh;
}

static int transact(struct bare *bare, const struct nlmsghdr *nlh)
{
	ssize_t n;

	check(mnl_socket_sendto(bare->socket, nlh, nlh->nlmsg_len) > 0,
	      "generic netlink");
	n = mnl_socket_recvfrom(bare->socket, bare->buffer,
				sizeof(bare->buffer));
	check(n > 0, "generic netlink");
	return (int)n;
}

static uint16_t find_family(struct bare *bare)
{
	struct nlmsghdr *nlh = begin(bare, GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);
	const struct nlattr *attr;

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, DDM_FAMILY_NAME);
	transact(bare, nlh);
	nlh = (void *)bare->buffer;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) if (
		mnl_attr_get_type(attr) ==
		CTRL_ATTR_FAMILY_ID) return mnl_attr_get_u16(attr);
	check(false, "the family");
	return 0;
}

struct bare *bare_open(void)
{
	struct bare *bare = calloc(1, sizeof(*bare));

	check(bare, "memory");
	bare->socket = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	check(bare->socket &&
		      !mnl_socket_bind(bare->socket, 0, MNL_SOCKET_AUTOPID),
	      "generic netlink");
	bare->family = find_family(bare);
	return bare;
}

void bare_list(struct bare *bare, struct bare_list *list)
{
	struct nlmsghdr *nlh =
		begin(bare, bare->family, NLM_F_DUMP, DDM_CMD_INTERFACE_GET);
	int left = transact(bare, nlh);

	memset(list, 0, sizeof(*list));
	for (;;) {
		list->bytes += (size_t)left;
		for (nlh = (void *)bare->buffer; mnl_nlmsg_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left)) {
			if (nlh->nlmsg_type == NLMSG_DONE)
				return;
			list->interfaces++;
			list->size = nlh->nlmsg_len;
		}
		left = (int)mnl_socket_recvfrom(bare->socket, bare->buffer,
						sizeof(bare->buffer));
		check(left > 0, "generic netlink");
	}
}
