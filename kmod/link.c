// SPDX-License-Identifier: GPL-2.0-only
/*
 * Links (ports): the legs of a PPP connection. The kernel tells nobody of
 * them, so a link agent (the pppd plugin) reports them.
 */
#include <linux/slab.h>

#include "compat.h"
#include "ddm.h"

static void tell_link(const struct ddm_link *link, enum ddm_event_type type)
{
	struct ddm_event event = {
		.type = type,
		.link = link->id,
		.connection = link->interface->connection,
	};

	ddm_journal_tell(link->interface->dn, link->interface, &event);
}

static void link_account(struct ddm_link *link, u32 state)
{
	struct ddm_interface *iface = link->interface;

	ddm_write_begin(iface->dn);
	iface->links_up += (state == DDM_LINK_STATE_UP) -
			   (link->state == DDM_LINK_STATE_UP);
	WRITE_ONCE(link->state, state);
	WRITE_ONCE(link->changed, ktime_get_real_ns());
	ddm_write_end(iface->dn);
}

static bool port_taken(const struct ddm_interface *iface, const char *port)
{
	const struct ddm_link *link;

	list_for_each_entry(link, &iface->links, list)
		if (!strcmp(link->port, port))
			return true;
	return false;
}

/**
 * ddm_link_add - a link agent reports a link
 * @iface: the interface that is bound to @dev
 * @dev: a PPP device
 * @port: port name
 * @state: enum ddm_link_state
 * @extack: explains a refusal
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: the link or an error pointer: -EOPNOTSUPP, -EEXIST, -ENOMEM.
 */
struct ddm_link *ddm_link_add(struct ddm_interface *iface,
			      struct net_device *dev, const char *port,
			      u32 state, struct netlink_ext_ack *extack)
{
	struct ddm_net *dn = iface->dn;
	struct ddm_link *link;
	int err;

	lockdep_assert_held(&dn->lock);

	if (!(iface->kind->needs & DDM_NEEDS_LINKS)) {
		NL_SET_ERR_MSG(extack, "only PPP devices have links");
		return ERR_PTR(-EOPNOTSUPP);
	}
	if (port_taken(iface, port)) {
		NL_SET_ERR_MSG(extack, "the device has a link on this port");
		return ERR_PTR(-EEXIST);
	}

	link = kzalloc(sizeof(*link), GFP_KERNEL_ACCOUNT);
	if (!link)
		return ERR_PTR(-ENOMEM);
	link->id = dn->next_link;
	link->interface = iface;
	link->interface_id = iface->id;
	link->ifindex = dev->ifindex;
	link->changed = ktime_get_real_ns();
	strscpy(link->port, port, sizeof(link->port));

	err = xa_insert(&dn->links, link->id, link, GFP_KERNEL_ACCOUNT);
	if (err) {
		kfree(link);
		return ERR_PTR(err);
	}
	/* 0 stands for no link */
	dn->next_link = dn->next_link + 1 ?: 1;
	dn->link_count++;
	list_add_tail(&link->list, &iface->links);
	ddm_write_begin(dn);
	iface->claimed = true;
	ddm_write_end(dn);

	if (state == DDM_LINK_STATE_UP)
		ddm_link_set(link, dev, state);
	else
		ddm_interface_update(iface, dev, DDM_REASON_LINK_LOST);
	return link;
}

/**
 * ddm_link_set - change the state of a link
 * @link: the link
 * @dev: its device
 * @state: enum ddm_link_state
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_link_set(struct ddm_link *link, struct net_device *dev, u32 state)
{
	lockdep_assert_held(&link->interface->dn->lock);

	if (link->state == state)
		return;

	link_account(link, state);
	tell_link(link, state == DDM_LINK_STATE_UP ? DDM_EVENT_TYPE_LINK_UP :
						     DDM_EVENT_TYPE_LINK_DOWN);
	ddm_interface_update(link->interface, dev, DDM_REASON_LINK_LOST);
}

static void link_forget(struct ddm_link *link)
{
	struct ddm_net *dn = link->interface->dn;

	if (link->state == DDM_LINK_STATE_UP) {
		link_account(link, DDM_LINK_STATE_DOWN);
		tell_link(link, DDM_EVENT_TYPE_LINK_DOWN);
	}
	list_del(&link->list);
	xa_erase(&dn->links, link->id);
	dn->link_count--;
	kfree_rcu(link, rcu);
}

/**
 * ddm_link_remove - a link is gone
 * @link: the link; freed
 * @dev: its device
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_link_remove(struct ddm_link *link, struct net_device *dev)
{
	struct ddm_interface *iface = link->interface;

	lockdep_assert_held(&iface->dn->lock);

	link_forget(link);
	ddm_interface_update(iface, dev, DDM_REASON_LINK_LOST);
}

/**
 * ddm_links_remove - the device is gone and its links with it
 * @iface: an interface that is not connected any more
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_links_remove(struct ddm_interface *iface)
{
	struct ddm_link *link, *next;

	lockdep_assert_held(&iface->dn->lock);

	list_for_each_entry_safe(link, next, &iface->links, list)
		link_forget(link);
}
