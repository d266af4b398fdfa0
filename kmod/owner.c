// SPDX-License-Identifier: GPL-2.0-only
/*
 * Netlink sockets that own something here. What a socket owns ends with it:
 * modules cannot use generic netlink's own per-socket data.
 */
#include <linux/netlink.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <net/sock.h>

#include "ddm.h"

/**
 * ddm_owner_find - find a socket among the owners
 * @dn: the namespace
 * @sk: the socket
 *
 * Context: ddm_net.lock held.
 */
struct ddm_owner *ddm_owner_find(struct ddm_net *dn, const struct sock *sk)
{
	struct ddm_owner *owner;

	lockdep_assert_held(&dn->lock);

	list_for_each_entry(owner, &dn->owners, list)
		if (owner->sk == sk)
			return owner;
	return NULL;
}

/**
 * ddm_owner_get - find a socket among the owners, or put it there
 * @dn: the namespace
 * @sk: the socket
 * @portid: its port id
 *
 * Context: ddm_net.lock held, may sleep. Follow with ddm_owner_put().
 * Return: the owner, NULL if out of memory.
 */
struct ddm_owner *ddm_owner_get(struct ddm_net *dn, struct sock *sk, u32 portid)
{
	struct ddm_owner *owner = ddm_owner_find(dn, sk);

	if (owner)
		return owner;

	owner = kzalloc(sizeof(*owner), GFP_KERNEL_ACCOUNT);
	if (!owner)
		return NULL;

	sock_hold(sk);
	owner->sk = sk;
	owner->portid = portid;
	INIT_LIST_HEAD(&owner->listeners);
	list_add(&owner->list, &dn->owners);
	return owner;
}

/**
 * ddm_owner_put - forget an owner that owns nothing (any more)
 * @dn: the namespace
 * @owner: the owner
 *
 * Context: ddm_net.lock held.
 */
void ddm_owner_put(struct ddm_net *dn, struct ddm_owner *owner)
{
	lockdep_assert_held(&dn->lock);

	if (owner->count || dn->dialer == owner)
		return;

	list_del(&owner->list);
	sock_put(owner->sk);
	kfree(owner);
}

static void owner_release(struct ddm_net *dn, struct ddm_owner *owner)
{
	struct ddm_listener *listener, *next;

	/* Keeps the owner until everything of it is gone. */
	owner->count++;
	list_for_each_entry_safe(listener, next, &owner->listeners, owned)
		ddm_listener_free(dn, listener);
	if (dn->dialer == owner)
		ddm_dialer_release(dn, DDM_ERROR_DDM_NOT_RUNNING);
	owner->count--;
	ddm_owner_put(dn, owner);
}

/**
 * ddm_owners_free - end what all sockets own
 * @dn: the namespace
 *
 * Context: ddm_net.lock held, may sleep.
 */
void ddm_owners_free(struct ddm_net *dn)
{
	struct ddm_owner *owner, *next;

	list_for_each_entry_safe(owner, next, &dn->owners, list)
		owner_release(dn, owner);
}

/*
 * The port id may belong to another socket by now: the closed one gave it up
 * before this is called. A closed socket is known by being dead, and it cannot
 * have been freed, because the owner holds it.
 */
static int owner_event(struct notifier_block *nb, unsigned long event,
		       void *ptr)
{
	struct netlink_notify *n = ptr;
	struct ddm_owner *owner, *next;
	struct ddm_net *dn;

	if (event != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC)
		return NOTIFY_DONE;

	dn = ddm_net(n->net);
	if (!dn || list_empty_careful(&dn->owners))
		return NOTIFY_DONE;

	mutex_lock(&dn->lock);
	list_for_each_entry_safe(owner, next, &dn->owners, list)
		if (owner->portid == n->portid &&
		    sock_flag(owner->sk, SOCK_DEAD))
			owner_release(dn, owner);
	ddm_dials_end(dn);
	mutex_unlock(&dn->lock);
	return NOTIFY_DONE;
}

static struct notifier_block owner_notifier = {
	.notifier_call = owner_event,
};

int ddm_owner_init(void)
{
	return netlink_register_notifier(&owner_notifier);
}

void ddm_owner_exit(void)
{
	netlink_unregister_notifier(&owner_notifier);
}
