// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows net devices. A device that is not tracked costs one look-up; what a
 * tracked one does is handed to the state machine.
 */
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "ddm.h"

/* Taking the notifier away replays every device's end, which is none. */
static bool unloading;

/*
 * How many devices belong to interfaces, by their index: it stays the same for
 * as long as they do, when a driver may change all else without a word.
 */
#define BOUND_SLOTS 1024
static atomic_t bound[BOUND_SLOTS];

static atomic_t *bound_slot(u32 ifindex)
{
	return &bound[ifindex % BOUND_SLOTS];
}

static struct ddm_interface *interface_of(struct ddm_net *dn,
					  const struct net_device *dev)
{
	return xa_load(&dn->by_ifindex, dev->ifindex);
}

/**
 * ddm_netdev_await - have devices looked at that come from now on
 * @dn: their namespace
 * @hint: which
 *
 * Context: any; before anybody relies on it.
 */
void ddm_netdev_await(struct ddm_net *dn, const struct ddm_hint *hint)
{
	struct ddm_awaited *awaited = &dn->awaited;

	atomic64_or(hint->types, &awaited->types);
	atomic_or(hint->kinds, &awaited->kinds);
	atomic_or(hint->devices, &awaited->devices);
}

static bool is_awaited(const struct net_device *dev)
{
	const struct ddm_awaited *awaited = &ddm_net(dev_net(dev))->awaited;

	return (atomic64_read(&awaited->types) & ddm_type_bit(dev->type)) ||
	       (atomic_read(&awaited->devices) & ddm_letter_bit(dev->name)) ||
	       (atomic_read(&awaited->kinds) &
		ddm_letter_bit(ddm_kind_name(dev)));
}

/**
 * ddm_netdev_bound - follow a device, it belongs to an interface
 * @ifindex: its index
 *
 * Context: RTNL held.
 */
void ddm_netdev_bound(u32 ifindex)
{
	atomic_inc(bound_slot(ifindex));
}

/**
 * ddm_netdev_unbound - a device does not belong to its interface any more
 * @ifindex: its index
 *
 * Context: RTNL held.
 */
void ddm_netdev_unbound(u32 ifindex)
{
	atomic_dec(bound_slot(ifindex));
}

/* End what binds a device to an interface that it does not belong to. */
static void release(struct ddm_interface *iface, struct net_device *dev,
		    enum ddm_reason reason)
{
	ddm_interface_unbind(iface, dev, reason);
	if (iface->dynamic)
		ddm_interface_remove(iface, reason);
}

static struct ddm_interface *bind_created(struct ddm_interface *iface,
					  struct net_device *dev)
{
	struct ddm_event event = { .type = DDM_EVENT_TYPE_INTERFACE_CHANGE };

	if (ddm_interface_bind(iface, dev)) {
		iface->dn->dropped++;
		return NULL;
	}
	ddm_journal_tell(iface->dn, iface, &event);
	return iface;
}

/* The interface that a device belongs to, as its name and the rules are now */
static struct ddm_interface *settle(struct ddm_net *dn, struct net_device *dev)
{
	struct ddm_interface *now = interface_of(dn, dev);
	struct ddm_interface *created = ddm_interface_by_device(dn, dev->name);
	bool tracked;

	if (created) {
		if (now == created)
			return now;
		if (now)
			release(now, dev, DDM_REASON_DEVICE_RENAMED);
		return bind_created(created, dev);
	}
	if (now && !now->dynamic) {
		release(now, dev, DDM_REASON_DEVICE_RENAMED);
		now = NULL;
	}

	tracked = ddm_rule_tracks(dn, dev);
	if (!tracked) {
		if (now)
			release(now, dev, DDM_REASON_DELETED);
		return NULL;
	}
	if (!now)
		return ddm_interface_add_dynamic(dn, dev);
	ddm_interface_follow_rename(now, dev);
	return now;
}

/**
 * ddm_netdev_evaluate - look at a device as if it were new
 * @dn: its namespace
 * @dev: the device
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_netdev_evaluate(struct ddm_net *dn, struct net_device *dev)
{
	struct ddm_interface *iface;

	ASSERT_RTNL();
	lockdep_assert_held(&dn->lock);

	iface = settle(dn, dev);
	if (iface)
		ddm_interface_update(iface, dev, DDM_REASON_UNKNOWN);
}

/**
 * ddm_netdev_evaluate_all - look at all devices, because rules changed
 * @dn: the namespace
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_netdev_evaluate_all(struct ddm_net *dn)
{
	struct net_device *dev;

	ASSERT_RTNL();

	ddm_listeners_hold(dn);
	for_each_netdev(dn->net, dev)
		ddm_netdev_evaluate(dn, dev);
	ddm_listeners_let_go(dn);
}

static void device_came(struct ddm_net *dn, struct net_device *dev)
{
	mutex_lock(&dn->lock);
	ddm_netdev_evaluate(dn, dev);
	mutex_unlock(&dn->lock);
}

/* The type of an HDLC device is set after it was registered. */
static void device_retyped(struct ddm_net *dn, struct net_device *dev)
{
	struct ddm_interface *iface;
	bool changed = false;
	u32 id = 0;

	mutex_lock(&dn->lock);
	iface = interface_of(dn, dev);
	if (iface) {
		id = iface->id;
		changed = ddm_interface_follow_type(iface, dev);
	}
	ddm_netdev_evaluate(dn, dev);
	/* the rules may see no interface in it any more, or another */
	iface = interface_of(dn, dev);
	if (changed && iface && iface->id == id)
		ddm_interface_tell_change(iface);
	mutex_unlock(&dn->lock);
}

static void device_went(struct ddm_net *dn, struct net_device *dev)
{
	struct ddm_interface *iface = interface_of(dn, dev);

	if (!iface)
		return;
	mutex_lock(&dn->lock);
	release(iface, dev,
		dev->reg_state == NETREG_REGISTERED ? DDM_REASON_DEVICE_MOVED :
						      DDM_REASON_DEVICE_GONE);
	mutex_unlock(&dn->lock);
}

static void device_changed(struct ddm_net *dn, struct net_device *dev,
			   enum ddm_reason reason)
{
	struct ddm_interface *iface = interface_of(dn, dev);

	if (!iface)
		return;
	mutex_lock(&dn->lock);
	if (iface->misnamed)
		ddm_interface_follow_rename(iface, dev);
	ddm_interface_update(iface, dev, reason);
	mutex_unlock(&dn->lock);
}

static void device_event(struct ddm_net *dn, struct net_device *dev,
			 unsigned long event)
{
	switch (event) {
	case NETDEV_UP:
	case NETDEV_CHANGE:
		device_changed(dn, dev, DDM_REASON_NO_CARRIER);
		break;
	case NETDEV_DOWN:
		/* a device that is being destroyed is closed first */
		device_changed(dn, dev,
			       dev->dismantle ? DDM_REASON_DEVICE_GONE :
						DDM_REASON_DEVICE_DOWN);
		break;
	case NETDEV_REGISTER:
	case NETDEV_CHANGENAME:
		device_came(dn, dev);
		break;
	case NETDEV_UNREGISTER:
		/*
		 * While somebody holds a dead device this comes again and again,
		 * when its index is free for another and its counters are gone.
		 */
		if (dev->reg_state != NETREG_UNREGISTERED)
			device_went(dn, dev);
		break;
	case NETDEV_POST_TYPE_CHANGE:
		device_retyped(dn, dev);
		break;
	}
}

/*
 * What is of interest of a device that somebody waits for, of one that may
 * belong to an interface, and of any
 */
#define EVENTS_AWAITED (BIT_ULL(NETDEV_REGISTER) | BIT_ULL(NETDEV_CHANGENAME))
#define EVENTS_BOUND                                                          \
	(BIT_ULL(NETDEV_UP) | BIT_ULL(NETDEV_CHANGE) | BIT_ULL(NETDEV_DOWN) | \
	 BIT_ULL(NETDEV_UNREGISTER) | BIT_ULL(NETDEV_CHANGENAME))
#define EVENTS_ANY BIT_ULL(NETDEV_POST_TYPE_CHANGE)

static bool is_of_interest(unsigned long event, const struct net_device *dev)
{
	if ((BIT_ULL(event) & EVENTS_BOUND) &&
	    atomic_read(bound_slot(dev->ifindex)))
		return true;
	if ((BIT_ULL(event) & EVENTS_AWAITED) && is_awaited(dev))
		return true;
	return BIT_ULL(event) & EVENTS_ANY;
}

/* Every device of the machine comes through here: look at little at first. */
static int netdev_event(struct notifier_block *nb, unsigned long event,
			void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (is_of_interest(event, dev) && !unloading)
		device_event(ddm_net(dev_net(dev)), dev, event);
	return NOTIFY_DONE;
}

static struct notifier_block netdev_notifier = {
	.notifier_call = netdev_event,
};

/* Replays the devices that are there, so they are found too. */
int ddm_netdev_init(void)
{
	return register_netdevice_notifier(&netdev_notifier);
}

void ddm_netdev_exit(void)
{
	rtnl_lock();
	unloading = true;
	rtnl_unlock();
	unregister_netdevice_notifier(&netdev_notifier);
}
