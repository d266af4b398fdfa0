// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kinds of device: one table that says what each needs to count as
 * connected, what it is in RRAS's terms, and how it is dialled.
 */
#include <linux/if_arp.h>
#include <net/rtnetlink.h>

#include "ddm.h"

#define LINE (DDM_NEEDS_CARRIER | DDM_NEEDS_AWAKE)

/* Searched from the top. Every kind needs the device to be up. */
static const struct ddm_kind kinds[] = {
	/* PPP: the driver never touches carrier, only a link agent knows more */
	{ ARPHRD_PPP, "ppp", DDM_NEEDS_LINKS, DDM_INTERFACE_TYPE_FULL_ROUTER,
	  DDM_METHOD_AGENT, DDM_METHOD_NONE },
	/* Leased lines: carrier is the line's, dormant the protocol's */
	{ ARPHRD_PPP, NULL, LINE, DDM_INTERFACE_TYPE_DEDICATED, DDM_METHOD_LINK,
	  DDM_METHOD_LINK },
	{ ARPHRD_CISCO, NULL, LINE, DDM_INTERFACE_TYPE_DEDICATED,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_RAWHDLC, NULL, LINE, DDM_INTERFACE_TYPE_DEDICATED,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_X25, NULL, LINE, DDM_INTERFACE_TYPE_DEDICATED, DDM_METHOD_LINK,
	  DDM_METHOD_LINK },
	{ ARPHRD_DLCI, NULL, LINE, DDM_INTERFACE_TYPE_DEDICATED,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_FRAD, NULL, LINE, DDM_INTERFACE_TYPE_DEDICATED,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	/* Modems */
	{ -1, "wwan", LINE, DDM_INTERFACE_TYPE_FULL_ROUTER, DDM_METHOD_LINK,
	  DDM_METHOD_LINK },
	{ ARPHRD_RAWIP, NULL, LINE, DDM_INTERFACE_TYPE_FULL_ROUTER,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	/* Tunnels: those that keep carrier (tun, ovpn) need it, others have it */
	{ ARPHRD_NONE, NULL, DDM_NEEDS_CARRIER, DDM_INTERFACE_TYPE_FULL_ROUTER,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_TUNNEL, NULL, DDM_NEEDS_CARRIER,
	  DDM_INTERFACE_TYPE_FULL_ROUTER, DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_TUNNEL6, NULL, DDM_NEEDS_CARRIER,
	  DDM_INTERFACE_TYPE_FULL_ROUTER, DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_SIT, NULL, DDM_NEEDS_CARRIER, DDM_INTERFACE_TYPE_FULL_ROUTER,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_IPGRE, NULL, DDM_NEEDS_CARRIER, DDM_INTERFACE_TYPE_FULL_ROUTER,
	  DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ ARPHRD_IP6GRE, NULL, DDM_NEEDS_CARRIER,
	  DDM_INTERFACE_TYPE_FULL_ROUTER, DDM_METHOD_LINK, DDM_METHOD_LINK },
	{ -1, "l2tpeth", LINE, DDM_INTERFACE_TYPE_FULL_ROUTER, DDM_METHOD_LINK,
	  DDM_METHOD_LINK },
	/* Ethernet and everything else */
	{ -1, NULL, LINE, DDM_INTERFACE_TYPE_DEDICATED, DDM_METHOD_LINK,
	  DDM_METHOD_LINK },
};

/**
 * ddm_kind_name - rtnl kind of a device, or its DEVTYPE where it has none
 * @dev: the device
 *
 * Context: RTNL or RCU held; valid as long as the device is registered.
 * Return: a name, "" for a device that has neither.
 */
const char *ddm_kind_name(const struct net_device *dev)
{
	const struct rtnl_link_ops *ops = READ_ONCE(dev->rtnl_link_ops);

	if (ops)
		return ops->kind;
	if (dev->dev.type && dev->dev.type->name)
		return dev->dev.type->name;
	return "";
}

/**
 * ddm_kind_find - look a device up in the table of kinds
 * @dev: the device
 *
 * Context: RTNL held.
 * Return: a row, never NULL.
 */
const struct ddm_kind *ddm_kind_find(const struct net_device *dev)
{
	const struct ddm_kind *kind = kinds;
	const char *name = ddm_kind_name(dev);

	ASSERT_RTNL();

	/* the last row matches every device */
	while ((kind->type >= 0 && kind->type != dev->type) ||
	       (kind->kind && strcmp(kind->kind, name)))
		kind++;
	return kind;
}
