// SPDX-License-Identifier: GPL-2.0-only
/*
 * Links (ports): the legs of a PPP connection. The kernel tells nobody of
 * them, so a link agent (the pppd plugin) reports them.
 */
#include <linux/slab.h>

#include "compat.h"
#include "ddm.h"

/*
 * More than any bundle has. They are looked through with RTNL held, and all of
 * them end at once with their device.
 */
#define LINKS_MAX 256

static void tell_up(const struct ddm_link *link)
{
	struct ddm_event event = {
		.type = DDM_EVENT_TYPE_LINK_UP,
		.link = link->id,
		.connection = link->interface->connection,
	};

	ddm_journal_tell(link->interface->dn, link->interface, &event);
}

static void tell_down(const struct ddm_link *link, u16 error)
{
	struct ddm_event event = {
		.type = DDM_EVENT_TYPE_LINK_DOWN,
		.link = link->id,
		.error = error,
		.connection = link->interface->connection,
	};

	if (link->hangup) {
		event.reason = DDM_REASON_REQUESTED;
		event.error = DDM_ERROR_INTERFACE_DISCONNECTED;
	}
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

static int port_check(const struct ddm_interface *iface, const char *port,
		      struct netlink_ext_ack *extack)
{
	const struct ddm_link *link;
	unsigned int n = 0;

	list_for_each_entry(link, &iface->links, list) {
		if (!strcmp(link->port, port)) {
			NL_SET_ERR_MSG(extack,
				       "the device has a link on this port");
			return -EEXIST;
		}
		n++;
	}
	if (n >= LINKS_MAX) {
		NL_SET_ERR_MSG(extack, "the device has 256 links already");
		return -ENOSPC;
	}
	return 0;
}

static void text_replace(struct ddm_net *dn, struct ddm_text __rcu **place,
			 struct ddm_text *new)
{
	struct ddm_text *old;

	old = rcu_replace_pointer(*place, new, lockdep_is_held(&dn->lock));
	if (old)
		kfree_rcu(old, rcu);
}

static void facts_apply(struct ddm_link_facts *facts,
			const struct ddm_link_spec *spec)
{
	if (spec->set & DDM_LINK_INCOMING)
		facts->incoming = spec->facts.incoming;
	if (spec->set & DDM_LINK_SPEED)
		facts->speed = spec->facts.speed;
	if (spec->set & DDM_LINK_LOCAL4)
		facts->local4 = spec->facts.local4;
	if (spec->set & DDM_LINK_REMOTE4)
		facts->remote4 = spec->facts.remote4;
	if (spec->set & DDM_LINK_LOCAL6)
		facts->local6 = spec->facts.local6;
	if (spec->set & DDM_LINK_REMOTE6)
		facts->remote6 = spec->facts.remote6;
	if (spec->set & DDM_LINK_MEDIA)
		memcpy(facts->media, spec->facts.media, sizeof(facts->media));
}

/*
 * A device that came with a call that was taken is its caller's, unless
 * somebody has said otherwise.
 */
static void link_type(struct ddm_interface *iface)
{
	u8 own = iface->kind->if_type, type = own;
	const struct ddm_link *link;

	list_for_each_entry(link, &iface->links, list)
		if (link->facts.incoming)
			type = DDM_INTERFACE_TYPE_CLIENT;
	if (iface->dynamic && iface->type != type &&
	    (iface->type == own || iface->type == DDM_INTERFACE_TYPE_CLIENT))
		ddm_interface_set_type(iface, type);
}

static int describe(struct ddm_link *link, const struct ddm_link_spec *spec)
{
	struct ddm_net *dn = link->interface->dn;
	struct ddm_text *user = NULL, *peer = NULL;

	if (spec->user)
		user = ddm_text_alloc(spec->user);
	if (spec->peer)
		peer = ddm_text_alloc(spec->peer);
	if ((spec->user && !user) || (spec->peer && !peer)) {
		kfree(user);
		kfree(peer);
		return -ENOMEM;
	}

	if (user)
		text_replace(dn, &link->user, user);
	if (peer)
		text_replace(dn, &link->peer, peer);
	ddm_write_begin(dn);
	facts_apply(&link->facts, spec);
	ddm_write_end(dn);
	return 0;
}

/**
 * ddm_link_describe - a link agent says what it knows of a link
 * @link: the link
 * @spec: what it knows
 *
 * Context: ddm_net.lock held, may sleep.
 * Return: 0, or -ENOMEM and nothing is changed.
 */
int ddm_link_describe(struct ddm_link *link, const struct ddm_link_spec *spec)
{
	int err;

	lockdep_assert_held(&link->interface->dn->lock);

	err = describe(link, spec);
	if (!err)
		link_type(link->interface);
	return err;
}

/**
 * ddm_link_free - free a link that is in no list and no table
 * @link: the link
 *
 * Context: process context; readers may still see it.
 */
void ddm_link_free(struct ddm_link *link)
{
	struct ddm_text *user = rcu_dereference_protected(link->user, true);
	struct ddm_text *peer = rcu_dereference_protected(link->peer, true);

	if (user)
		kfree_rcu(user, rcu);
	if (peer)
		kfree_rcu(peer, rcu);
	kfree_rcu(link, rcu);
}

/**
 * ddm_link_add - a link agent reports a link
 * @iface: the interface that is bound to @dev
 * @dev: a PPP device
 * @port: port name
 * @state: enum ddm_link_state
 * @spec: what the agent knows of it
 * @extack: explains a refusal
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: the link or an error pointer: -EOPNOTSUPP, -EEXIST, -ENOSPC,
 * -ENOMEM.
 */
struct ddm_link *ddm_link_add(struct ddm_interface *iface,
			      struct net_device *dev, const char *port,
			      u32 state, const struct ddm_link_spec *spec,
			      struct netlink_ext_ack *extack)
{
	struct ddm_net *dn = iface->dn;
	struct ddm_link *link;
	int err;

	lockdep_assert_held(&dn->lock);

	if (!(iface->kind->needs & DDM_NEEDS_LINKS)) {
		NL_SET_ERR_MSG(extack, "only PPP devices have links");
		return ERR_PTR(-EOPNOTSUPP);
	}
	err = port_check(iface, port, extack);
	if (err)
		return ERR_PTR(err);
	if (!dn->next_link) {
		NL_SET_ERR_MSG(extack, "all numbers of links are used up");
		return ERR_PTR(-ENOSPC);
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

	err = describe(link, spec);
	if (!err)
		err = xa_insert(&dn->links, link->id, link, GFP_KERNEL_ACCOUNT);
	if (err) {
		ddm_link_free(link);
		return ERR_PTR(err);
	}
	dn->next_link++;
	dn->link_count++;
	list_add_tail(&link->list, &iface->links);
	ddm_write_begin(dn);
	iface->claimed = true;
	ddm_write_end(dn);
	link_type(iface);

	if (state == DDM_LINK_STATE_UP)
		ddm_link_set(link, dev, state, 0);
	else
		ddm_interface_update(iface, dev, DDM_REASON_LINK_LOST);
	return link;
}

/*
 * Look at the device again. In case it is an end, the agent has said why, or
 * somebody here has asked for it.
 */
static void link_update(struct ddm_interface *iface, struct net_device *dev,
			u16 error, bool requested)
{
	bool hangup = iface->hangup;

	iface->end_error = error;
	iface->hangup |= requested;
	ddm_interface_update(iface, dev, DDM_REASON_LINK_LOST);
	iface->end_error = 0;
	/* of others that go on, nobody has asked for the end */
	iface->hangup = iface->connection && hangup;
}

/**
 * ddm_link_set - change the state of a link
 * @link: the link
 * @dev: its device
 * @state: enum ddm_link_state
 * @error: why it goes down, a code of raserror.h or mprerror.h, or 0
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_link_set(struct ddm_link *link, struct net_device *dev, u32 state,
		  u16 error)
{
	bool requested;

	lockdep_assert_held(&link->interface->dn->lock);

	if (link->state == state)
		return;

	requested = link->hangup;
	link_account(link, state);
	if (state == DDM_LINK_STATE_UP)
		tell_up(link);
	else
		tell_down(link, error);
	link->hangup = false;
	link_update(link->interface, dev, error, requested);
}

static void link_forget(struct ddm_link *link, u16 error)
{
	struct ddm_net *dn = link->interface->dn;

	if (link->state == DDM_LINK_STATE_UP) {
		link_account(link, DDM_LINK_STATE_DOWN);
		tell_down(link, error);
	}
	list_del(&link->list);
	xa_erase(&dn->links, link->id);
	dn->link_count--;
	ddm_link_free(link);
}

/**
 * ddm_link_remove - a link is gone
 * @link: the link; freed
 * @dev: its device
 * @error: why, a code of raserror.h or mprerror.h, or 0
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_link_remove(struct ddm_link *link, struct net_device *dev, u16 error)
{
	struct ddm_interface *iface = link->interface;
	bool requested = link->hangup;

	lockdep_assert_held(&iface->dn->lock);

	link_forget(link, error);
	link_update(iface, dev, error, requested);
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
		link_forget(link, 0);
}
