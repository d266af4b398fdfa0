/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Net devices for the tests, by rtnetlink and ioctl. To start ip(8) for each
 * would take a tenth of a second every time in an emulated machine.
 *
 * A function returns 0 (or what it says) or a negative errno. Devices are made
 * in the network namespace of the caller, named ones in that of the socket.
 */
#ifndef SELFTESTS_DDM_NETDEV_H
#define SELFTESTS_DDM_NETDEV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rtnl;

/*
 * Take the calling thread into a new network namespace. Returns a descriptor
 * of it, or a negative errno; the thread may be in it all the same then.
 */
int netns_new(void);

/* A socket of the present network namespace; NULL on failure. */
struct rtnl *rtnl_open(void);
void rtnl_close(struct rtnl *rtnl);

/* Make a device of an rtnl kind. Returns its index. */
int netdev_add(struct rtnl *rtnl, const char *name, const char *kind);
/* The same with an index that is free */
int netdev_add_at(struct rtnl *rtnl, const char *name, const char *kind,
		  int ifindex);
/* The same with one attribute in IFLA_INFO_DATA */
int netdev_add_with(struct rtnl *rtnl, const char *name, const char *kind,
		    uint16_t type, const void *data, size_t length);
/* A device on top of another one, such as a macvlan */
int netdev_add_on(struct rtnl *rtnl, const char *name, const char *kind,
		  int below);
int netdev_add_vlan(struct rtnl *rtnl, const char *name, int below,
		    uint16_t vlan);
/* A pair. Returns the index of the first. */
int netdev_add_veth(struct rtnl *rtnl, const char *name, const char *peer);
/* A further link of a WWAN device. Returns its index. */
int netdev_add_wwan(struct rtnl *rtnl, const char *name, const char *parent,
		    uint32_t link);

int netdev_del(struct rtnl *rtnl, int ifindex);
int netdev_up(struct rtnl *rtnl, int ifindex);
int netdev_down(struct rtnl *rtnl, int ifindex);
int netdev_rename(struct rtnl *rtnl, int ifindex, const char *name);
/* Give it an alternative name */
int netdev_altname(struct rtnl *rtnl, int ifindex, const char *name);
/* Flags other than IFF_UP */
int netdev_flags(struct rtnl *rtnl, int ifindex, unsigned int mask,
		 unsigned int flags);
/* Of a device that lets itself be told, such as dummy */
int netdev_carrier(struct rtnl *rtnl, int ifindex, bool carrier);
/* The same, told before it returns rather than by a worker, some time later */
int netdev_carrier_now(struct rtnl *rtnl, int ifindex, bool carrier);
/* IF_LINK_MODE_DORMANT and IF_OPER_*, as a supplicant sets them */
int netdev_dormant(struct rtnl *rtnl, int ifindex, bool dormant);
int netdev_move(struct rtnl *rtnl, int ifindex, int netns);

/* Attach to a tun device, made if need be. Returns a descriptor. */
int netdev_tun(const char *name, bool persist);
/* Change the ARPHRD_* type of a tun device that is down. */
int netdev_tun_type(int fd, int type);
/* Let it have a carrier or not. */
int netdev_tun_carrier(int fd, bool carrier);

/* Make a PPP unit as pppd does. Returns a descriptor that owns it. */
int netdev_ppp(int *unit);

/* IFF_* of a device, 0 if there is none */
unsigned int netdev_get_flags(const char *name);

/*
 * Send frames of 100 bytes out of a device. One whose carrier the kernel's worker
 * has not seen yet, which is not IFF_RUNNING, loses them without a word.
 */
int netdev_send(int ifindex, unsigned int frames);

#endif
