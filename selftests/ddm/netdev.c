// SPDX-License-Identifier: GPL-2.0-only
/* Net devices for the tests, see netdev.h. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/ppp-ioctl.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

#include "netdev.h"

/* UAPI headers of libc's age lack them. */
#define OPERSTATE_DORMANT 5
#define OPERSTATE_UP 6
#define LINKMODE_DORMANT 1
#define WWAN_LINK_ID 1
#define PARENT_DEV_NAME 56

struct rtnl {
	struct mnl_socket *socket;
	unsigned int seq;
	char request[1024];
	char answer[16384];
};

int netns_new(void)
{
	int fd;

	if (unshare(CLONE_NEWNET))
		return -errno;
	fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

struct rtnl *rtnl_open(void)
{
	struct rtnl *rtnl = calloc(1, sizeof(*rtnl));

	if (!rtnl)
		return NULL;
	rtnl->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (rtnl->socket &&
	    !mnl_socket_bind(rtnl->socket, 0, MNL_SOCKET_AUTOPID))
		return rtnl;
	rtnl_close(rtnl);
	return NULL;
}

void rtnl_close(struct rtnl *rtnl)
{
	if (!rtnl)
		return;
	if (rtnl->socket)
		mnl_socket_close(rtnl->socket);
	free(rtnl);
}

static struct nlmsghdr *begin(struct rtnl *rtnl, uint16_t type, uint16_t flags,
			      int ifindex)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(rtnl->request);
	struct ifinfomsg *ifm = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifm));

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	nlh->nlmsg_seq = ++rtnl->seq;
	ifm->ifi_index = ifindex;
	return nlh;
}

static int finish(struct rtnl *rtnl, struct nlmsghdr *nlh)
{
	const struct nlmsghdr *answer = (const void *)rtnl->answer;
	const struct nlmsgerr *error;
	ssize_t n;

	if (mnl_socket_sendto(rtnl->socket, nlh, nlh->nlmsg_len) < 0)
		return -errno;
	do {
		n = mnl_socket_recvfrom(rtnl->socket, rtnl->answer,
					sizeof(rtnl->answer));
		if (n < 0)
			return -errno;
	} while (answer->nlmsg_seq != rtnl->seq ||
		 answer->nlmsg_type != NLMSG_ERROR);
	error = mnl_nlmsg_get_payload(answer);
	return error->error;
}

static int index_of(const char *name)
{
	int ifindex = (int)if_nametoindex(name);

	return ifindex ? ifindex : -errno;
}

static struct nlattr *begin_kind(struct nlmsghdr *nlh, const char *name,
				 const char *kind)
{
	struct nlattr *info;

	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_str(nlh, IFLA_INFO_KIND, kind);
	return info;
}

static int add(struct rtnl *rtnl, const char *name, const char *kind, int below,
	       uint16_t type, const void *data, size_t length)
{
	struct nlmsghdr *nlh =
		begin(rtnl, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	struct nlattr *info, *nest;
	int err;

	if (below)
		mnl_attr_put_u32(nlh, IFLA_LINK, (uint32_t)below);
	info = begin_kind(nlh, name, kind);
	if (data) {
		nest = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
		mnl_attr_put(nlh, type, length, data);
		mnl_attr_nest_end(nlh, nest);
	}
	mnl_attr_nest_end(nlh, info);
	err = finish(rtnl, nlh);
	return err ? err : index_of(name);
}

int netdev_add(struct rtnl *rtnl, const char *name, const char *kind)
{
	return add(rtnl, name, kind, 0, 0, NULL, 0);
}

int netdev_add_at(struct rtnl *rtnl, const char *name, const char *kind,
		  int ifindex)
{
	struct nlmsghdr *nlh =
		begin(rtnl, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, ifindex);
	int err;

	mnl_attr_nest_end(nlh, begin_kind(nlh, name, kind));
	err = finish(rtnl, nlh);
	return err ? err : index_of(name);
}

int netdev_add_with(struct rtnl *rtnl, const char *name, const char *kind,
		    uint16_t type, const void *data, size_t length)
{
	return add(rtnl, name, kind, 0, type, data, length);
}

int netdev_add_on(struct rtnl *rtnl, const char *name, const char *kind,
		  int below)
{
	return add(rtnl, name, kind, below, 0, NULL, 0);
}

int netdev_add_vlan(struct rtnl *rtnl, const char *name, int below,
		    uint16_t vlan)
{
	return add(rtnl, name, "vlan", below, IFLA_VLAN_ID, &vlan,
		   sizeof(vlan));
}

int netdev_add_veth(struct rtnl *rtnl, const char *name, const char *peer)
{
	struct nlmsghdr *nlh =
		begin(rtnl, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	struct nlattr *info = begin_kind(nlh, name, "veth");
	struct nlattr *data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
	struct nlattr *nest = mnl_attr_nest_start(nlh, VETH_INFO_PEER);
	int err;

	mnl_nlmsg_put_extra_header(nlh, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(nlh, IFLA_IFNAME, peer);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
	err = finish(rtnl, nlh);
	return err ? err : index_of(name);
}

int netdev_add_wwan(struct rtnl *rtnl, const char *name, const char *parent,
		    uint32_t link)
{
	struct nlmsghdr *nlh =
		begin(rtnl, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	struct nlattr *info, *data;
	int err;

	mnl_attr_put_strz(nlh, PARENT_DEV_NAME, parent);
	info = begin_kind(nlh, name, "wwan");
	data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
	mnl_attr_put_u32(nlh, WWAN_LINK_ID, link);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
	err = finish(rtnl, nlh);
	return err ? err : index_of(name);
}

int netdev_del(struct rtnl *rtnl, int ifindex)
{
	return finish(rtnl, begin(rtnl, RTM_DELLINK, 0, ifindex));
}

int netdev_flags(struct rtnl *rtnl, int ifindex, unsigned int mask,
		 unsigned int flags)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, 0, ifindex);
	struct ifinfomsg *ifm = mnl_nlmsg_get_payload(nlh);

	ifm->ifi_flags = flags;
	ifm->ifi_change = mask;
	return finish(rtnl, nlh);
}

int netdev_up(struct rtnl *rtnl, int ifindex)
{
	return netdev_flags(rtnl, ifindex, IFF_UP, IFF_UP);
}

int netdev_down(struct rtnl *rtnl, int ifindex)
{
	return netdev_flags(rtnl, ifindex, IFF_UP, 0);
}

int netdev_rename(struct rtnl *rtnl, int ifindex, const char *name)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, 0, ifindex);

	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	return finish(rtnl, nlh);
}

int netdev_altname(struct rtnl *rtnl, int ifindex, const char *name)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINKPROP,
				     NLM_F_CREATE | NLM_F_EXCL, ifindex);
	struct nlattr *list = mnl_attr_nest_start(nlh, IFLA_PROP_LIST);

	mnl_attr_put_strz(nlh, IFLA_ALT_IFNAME, name);
	mnl_attr_nest_end(nlh, list);
	return finish(rtnl, nlh);
}

int netdev_carrier(struct rtnl *rtnl, int ifindex, bool carrier)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, 0, ifindex);

	mnl_attr_put_u8(nlh, IFLA_CARRIER, carrier);
	return finish(rtnl, nlh);
}

/* Changing the link's mode, too, makes the kernel tell at once. */
int netdev_carrier_now(struct rtnl *rtnl, int ifindex, bool carrier)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, 0, ifindex);

	mnl_attr_put_u8(nlh, IFLA_CARRIER, carrier);
	mnl_attr_put_u8(nlh, IFLA_LINKMODE, carrier ? 0 : LINKMODE_DORMANT);
	return finish(rtnl, nlh);
}

int netdev_dormant(struct rtnl *rtnl, int ifindex, bool dormant)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, 0, ifindex);

	mnl_attr_put_u8(nlh, IFLA_LINKMODE, LINKMODE_DORMANT);
	mnl_attr_put_u8(nlh, IFLA_OPERSTATE,
			dormant ? OPERSTATE_DORMANT : OPERSTATE_UP);
	return finish(rtnl, nlh);
}

int netdev_move(struct rtnl *rtnl, int ifindex, int netns)
{
	struct nlmsghdr *nlh = begin(rtnl, RTM_NEWLINK, 0, ifindex);

	mnl_attr_put_u32(nlh, IFLA_NET_NS_FD, (uint32_t)netns);
	return finish(rtnl, nlh);
}

int netdev_tun(const char *name, bool persist)
{
	struct ifreq ifr = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	int err;

	if (fd < 0)
		return -errno;
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	if (!ioctl(fd, TUNSETIFF, &ifr) && !ioctl(fd, TUNSETPERSIST, persist))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

int netdev_tun_type(int fd, int type)
{
	return ioctl(fd, TUNSETLINK, type) ? -errno : 0;
}

int netdev_tun_carrier(int fd, bool carrier)
{
	int on = carrier;

	return ioctl(fd, TUNSETCARRIER, &on) ? -errno : 0;
}

int netdev_ppp(int *unit)
{
	int fd = open("/dev/ppp", O_RDWR | O_CLOEXEC);
	int err;

	if (fd < 0)
		return -errno;
	*unit = -1;
	if (!ioctl(fd, PPPIOCNEWUNIT, unit))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

unsigned int netdev_get_flags(const char *name)
{
	struct ifreq ifr = { 0 };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), err;

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	err = ioctl(fd, SIOCGIFFLAGS, &ifr);
	close(fd);
	return err ? 0 : (unsigned short)ifr.ifr_flags;
}

int netdev_send(int ifindex, unsigned int frames)
{
	char frame[100] = "\xff\xff\xff\xff\xff\xff";
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = ifindex,
		.sll_protocol = htons(ETH_P_LOOPBACK),
	};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	int err = 0;

	if (fd < 0)
		return -errno;
	frame[12] = (char)(ETH_P_LOOPBACK >> 8);
	frame[13] = (char)(ETH_P_LOOPBACK & 0xff);
	while (frames-- && !err)
		if (sendto(fd, frame, sizeof(frame), 0, (void *)&to,
			   sizeof(to)) < 0)
			err = -errno;
	close(fd);
	return err;
}
