// SPDX-License-Identifier: GPL-2.0-only
/*
 * The peer: rtnetlink, driven as well as it can be. Strict requests that leave
 * the statistics out, buffers that take the largest part of a dump, and of a
 * message only what is needed is looked at.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <net/if.h>
#include <sys/socket.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "bench.h"

#define BUFFER_SIZE 65536

struct rtnl {
	struct mnl_socket *socket;
	unsigned int seq;
	char request[512];
	char buffer[BUFFER_SIZE];
};

struct rtnl *rtnl_open(void)
{
	struct rtnl *rtnl = calloc(1, sizeof(*rtnl));
	int on = 1;

	check(rtnl, "memory");
	rtnl->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	check(rtnl->socket, "rtnetlink");
	check(!mnl_socket_bind(rtnl->socket, 0, MNL_SOCKET_AUTOPID),
	      "rtnetlink");
	check(!mnl_socket_setsockopt(rtnl->socket, NETLINK_GET_STRICT_CHK, &on,
				     sizeof(on)),
	      "strict checks");
	check(!mnl_socket_setsockopt(rtnl->socket, NETLINK_CAP_ACK, &on,
				     sizeof(on)),
	      "short acknowledgements");
	return rtnl;
}

void rtnl_close(struct rtnl *rtnl)
{
	mnl_socket_close(rtnl->socket);
	free(rtnl);
}

static struct nlmsghdr *begin(struct rtnl *rtnl, uint16_t type, uint16_t flags,
			      int ifindex)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(rtnl->request);
	struct ifinfomsg *link;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++rtnl->seq;
	link = mnl_nlmsg_put_extra_header(nlh, sizeof(*link));
	link->ifi_index = ifindex;
	return nlh;
}

static size_t receive(struct rtnl *rtnl)
{
	ssize_t n = recv(mnl_socket_get_fd(rtnl->socket), rtnl->buffer,
			 sizeof(rtnl->buffer), 0);

	check(n > 0, "an answer of rtnetlink");
	return (size_t)n;
}

static void transact(struct rtnl *rtnl, const struct nlmsghdr *nlh)
{
	const struct nlmsghdr *answer = (void *)rtnl->buffer;

	check(mnl_socket_sendto(rtnl->socket, nlh, nlh->nlmsg_len) > 0,
	      "rtnetlink");
	receive(rtnl);
	if (answer->nlmsg_type != NLMSG_ERROR)
		return;
	errno = -((struct nlmsgerr *)mnl_nlmsg_get_payload(answer))->error;
	check(!errno, "rtnetlink");
}

int rtnl_add(struct rtnl *rtnl, const char *name, unsigned int n)
{
	struct nlattr *info;
	struct nlmsghdr *nlh;
	char text[IFNAMSIZ];
	unsigned int i;

	for (i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%s%u", name, i);
		nlh = begin(rtnl, RTM_NEWLINK,
			    NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, 0);
		mnl_attr_put_strz(nlh, IFLA_IFNAME, text);
		info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
		mnl_attr_put_str(nlh, IFLA_INFO_KIND, "dummy");
		mnl_attr_nest_end(nlh, info);
		transact(rtnl, nlh);
	}
	snprintf(text, sizeof(text), "%s0", name);
	return (int)if_nametoindex(text);
}

void rtnl_del(struct rtnl *rtnl, int ifindex)
{
	transact(rtnl, begin(rtnl, RTM_DELLINK, NLM_F_ACK, ifindex));
}

void rtnl_mode(struct rtnl *rtnl, int ifindex, uint8_t mode)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, NLM_F_ACK, ifindex);

	mnl_attr_put_u8(nlh, IFLA_LINKMODE, mode);
	transact(rtnl, nlh);
}

void rtnl_set(struct rtnl *rtnl, int ifindex, bool up)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, NLM_F_ACK, ifindex);
	struct ifinfomsg *link = mnl_nlmsg_get_payload(nlh);

	link->ifi_change = IFF_UP;
	link->ifi_flags = up ? IFF_UP : 0;
	transact(rtnl, nlh);
}

int rtnl_find(struct rtnl *rtnl, const char *name)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_GETLINK, 0, 0);
	const struct ifinfomsg *link;

	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	mnl_attr_put_u32(nlh, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	transact(rtnl, nlh);
	link = mnl_nlmsg_get_payload((void *)rtnl->buffer);
	return link->ifi_index;
}

/* Name, index and flags; the name comes first of all attributes */
static bool look(const struct nlmsghdr *nlh, struct rtnl_list *list)
{
	const struct ifinfomsg *link = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr =
		mnl_nlmsg_get_payload_offset(nlh, sizeof(*link));

	if (mnl_attr_get_type(attr) != IFLA_IFNAME || !link->ifi_index)
		return false;
	list->links++;
	list->up += !!(link->ifi_flags & IFF_UP);
	return *mnl_attr_get_str(attr);
}

void rtnl_list(struct rtnl *rtnl, struct rtnl_list *list)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_GETLINK, NLM_F_DUMP, 0);
	int left;

	mnl_attr_put_u32(nlh, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	check(mnl_socket_sendto(rtnl->socket, nlh, nlh->nlmsg_len) > 0,
	      "rtnetlink");
	memset(list, 0, sizeof(*list));
	for (;;) {
		left = (int)receive(rtnl);
		list->bytes += (size_t)left;
		for (nlh = (void *)rtnl->buffer; mnl_nlmsg_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left)) {
			if (nlh->nlmsg_type == NLMSG_DONE)
				return;
			check(nlh->nlmsg_type == RTM_NEWLINK && look(nlh, list),
			      "a list of links");
		}
	}
}

struct rtnl *rtnl_listen(int buffer)
{
	struct rtnl *rtnl = rtnl_open();
	int group = RTNLGRP_LINK;

	check(!mnl_socket_setsockopt(rtnl->socket, NETLINK_ADD_MEMBERSHIP,
				     &group, sizeof(group)),
	      "RTNLGRP_LINK");
	if (buffer)
		check(!setsockopt(mnl_socket_get_fd(rtnl->socket), SOL_SOCKET,
				  SO_RCVBUFFORCE, &buffer, sizeof(buffer)),
		      "a receive buffer");
	return rtnl;
}

int rtnl_fd(const struct rtnl *rtnl)
{
	return mnl_socket_get_fd(rtnl->socket);
}

int rtnl_wait(struct rtnl *rtnl)
{
	struct rtnl_list list = { 0 };

	receive(rtnl);
	check(look((void *)rtnl->buffer, &list), "a message of RTNLGRP_LINK");
	return 1;
}

/* One at a time: with recvmmsg() it is 3 to 5 % more instructions. */
int rtnl_read(struct rtnl *rtnl)
{
	int fd = mnl_socket_get_fd(rtnl->socket);
	struct rtnl_list list = { 0 };
	ssize_t n;

	for (;;) {
		n = recv(fd, rtnl->buffer, sizeof(rtnl->buffer), MSG_DONTWAIT);
		if (n < 0 && errno == EAGAIN)
			return (int)list.links;
		if (n < 0 && errno == ENOBUFS)
			return -1;
		check(n > 0 && look((void *)rtnl->buffer, &list),
		      "a message of RTNLGRP_LINK");
	}
}
