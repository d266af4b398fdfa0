// SPDX-License-Identifier: GPL-2.0-only
/*
 * Listeners: eventfds that are signalled when something happens. A signal
 * carries nothing, costs no memory and cannot fail.
 */
#include <linux/eventfd.h>
#include <linux/slab.h>

#include "compat.h"
#include "ddm.h"
#include "trace.h"

/* Events of one change of rules that have a signal each */
#define SIGNALS_AT_ONCE 64

static struct ddm_listener *listener_find(struct ddm_owner *owner,
					  const struct eventfd_ctx *ctx)
{
	struct ddm_listener *listener;

	list_for_each_entry(listener, &owner->listeners, owned)
		if (listener->ctx == ctx)
			return listener;
	return NULL;
}

static struct list_head *list_of(struct ddm_net *dn, u32 interface)
{
	return interface ? &dn->watchers : &dn->listeners;
}

/* Many sockets may register one eventfd, and many may wait for it. */
static bool are_one(const struct ddm_listener *a, const struct ddm_listener *b)
{
	return a->ctx == b->ctx && a->interface == b->interface;
}

/* They stand side by side, and the first is signalled for all of them. */
static void share(struct ddm_net *dn, struct ddm_listener *listener)
{
	struct list_head *list = list_of(dn, listener->interface);
	struct ddm_listener *first = listener, *one;

	while (first->list.prev != list &&
	       are_one(list_prev_entry(first, list), listener))
		first = list_prev_entry(first, list);
	first->wakes = 0;
	one = first;
	list_for_each_entry_from(one, list, list) {
		if (!are_one(one, listener))
			break;
		if (one != first)
			one->wakes = 0;
		first->wakes |= one->mask;
	}
}

static void listener_enlist(struct ddm_net *dn, struct ddm_listener *listener)
{
	struct list_head *list = list_of(dn, listener->interface);
	struct list_head *place = list->prev;
	struct ddm_listener *other;

	list_for_each_entry(other, list, list)
		if (are_one(other, listener)) {
			place = &other->list;
			break;
		}
	list_add(&listener->list, place);
	share(dn, listener);
}

static void listener_delist(struct ddm_net *dn, struct ddm_listener *listener)
{
	struct list_head *list = list_of(dn, listener->interface);
	struct list_head *before = listener->list.prev;
	struct list_head *after = listener->list.next;

	list_del(&listener->list);
	if (after != list)
		share(dn, list_entry(after, struct ddm_listener, list));
	if (before != list)
		share(dn, list_entry(before, struct ddm_listener, list));
}

static int listener_room(struct ddm_net *dn, const struct ddm_owner *owner,
			 struct netlink_ext_ack *extack)
{
	u32 of_net =
		ddm_limit(&dn->max_listeners, READ_ONCE(ddm_max_listeners));
	u32 of_socket = ddm_limit(&dn->max_socket_listeners,
				  READ_ONCE(ddm_max_socket_listeners));

	if (owner->count >= of_socket) {
		NL_SET_ERR_MSG(
			extack,
			"this socket has max_socket_listeners listeners");
		return -ENOSPC;
	}
	if (dn->listener_count >= of_net) {
		NL_SET_ERR_MSG(extack,
			       "the namespace has max_listeners listeners");
		return -ENOSPC;
	}
	return 0;
}

static int listener_insert(struct ddm_net *dn, struct ddm_owner *owner,
			   struct eventfd_ctx *ctx, u32 mask, u32 interface,
			   struct netlink_ext_ack *extack)
{
	struct ddm_listener *listener;
	int err;

	if (listener_find(owner, ctx)) {
		NL_SET_ERR_MSG(
			extack,
			"this eventfd is registered with this socket already");
		return -EEXIST;
	}
	err = listener_room(dn, owner, extack);
	if (err)
		return err;

	listener = kzalloc(sizeof(*listener), GFP_KERNEL_ACCOUNT);
	if (!listener)
		return -ENOMEM;

	listener->owner = owner;
	listener->ctx = ctx;
	listener->mask = mask;
	listener->interface = interface;
	list_add_tail(&listener->owned, &owner->listeners);
	listener_enlist(dn, listener);
	owner->count++;
	dn->listener_count++;
	return 0;
}

/**
 * ddm_listener_add - have an eventfd of the calling task signalled
 * @dn: the namespace
 * @sk: the socket that the listener belongs to
 * @portid: its port id
 * @fd: descriptor of the eventfd
 * @mask: events that signal it, bit N for type N
 * @interface: id of an interface, 0 for all
 * @extack: explains a refusal
 *
 * Context: the sender's, ddm_net.lock held, may sleep.
 * Return: 0, -ESHUTDOWN, -EBADF or -EINVAL for a bad @fd, -EEXIST, -ENOSPC,
 * -ENOMEM.
 */
int ddm_listener_add(struct ddm_net *dn, struct sock *sk, u32 portid, int fd,
		     u32 mask, u32 interface, struct netlink_ext_ack *extack)
{
	struct eventfd_ctx *ctx;
	struct ddm_owner *owner;
	int err;

	lockdep_assert_held(&dn->lock);

	err = ddm_service_check(dn, extack);
	if (err)
		return err;
	ctx = eventfd_ctx_fdget(fd);
	if (IS_ERR(ctx)) {
		NL_SET_ERR_MSG(extack, "event-fd is not an eventfd");
		return PTR_ERR(ctx);
	}
	owner = ddm_owner_get(dn, sk, portid);
	if (!owner) {
		eventfd_ctx_put(ctx);
		return -ENOMEM;
	}
	err = listener_insert(dn, owner, ctx, mask, interface, extack);
	if (err) {
		eventfd_ctx_put(ctx);
		ddm_owner_put(dn, owner);
	}
	return err;
}

/**
 * ddm_listener_del - signal an eventfd no longer
 * @dn: the namespace
 * @sk: the socket that registered it
 * @fd: descriptor of the eventfd
 *
 * Context: the sender's, ddm_net.lock held.
 * Return: 0, -EBADF or -EINVAL for a bad @fd, -ENOENT if not registered.
 */
int ddm_listener_del(struct ddm_net *dn, struct sock *sk, int fd)
{
	struct ddm_listener *listener = NULL;
	struct eventfd_ctx *ctx;
	struct ddm_owner *owner;

	lockdep_assert_held(&dn->lock);

	ctx = eventfd_ctx_fdget(fd);
	if (IS_ERR(ctx))
		return PTR_ERR(ctx);

	owner = ddm_owner_find(dn, sk);
	if (owner)
		listener = listener_find(owner, ctx);
	eventfd_ctx_put(ctx);
	if (!listener)
		return -ENOENT;

	ddm_listener_free(dn, listener);
	ddm_owner_put(dn, owner);
	return 0;
}

/**
 * ddm_listener_free - end a listener; its owner stays
 * @dn: the namespace
 * @listener: the listener
 *
 * Context: ddm_net.lock held.
 */
void ddm_listener_free(struct ddm_net *dn, struct ddm_listener *listener)
{
	lockdep_assert_held(&dn->lock);

	listener_delist(dn, listener);
	list_del(&listener->owned);
	listener->owner->count--;
	dn->listener_count--;
	eventfd_ctx_put(listener->ctx);
	kfree(listener);
}

static __always_inline void
wake(struct ddm_net *dn, struct ddm_listener *listener, u32 type, u32 interface)
{
	ddm_eventfd_signal(listener->ctx);
	trace_ddm_wake(dn, listener, type, interface);
}

static void signal_listeners(struct ddm_net *dn, u32 type, u32 interface)
{
	struct ddm_listener *listener;

	list_for_each_entry(listener, &dn->listeners, list)
		if (likely(listener->wakes & BIT(type)))
			wake(dn, listener, type, interface);
}

/**
 * ddm_listeners_signal - signal those that wait for this
 * @dn: the namespace
 * @type: enum ddm_event_type
 * @interface: id of the interface, 0 if the event is about none
 *
 * Context: ddm_net.lock held.
 */
void ddm_listeners_signal(struct ddm_net *dn, u32 type, u32 interface)
{
	struct ddm_listener *listener;

	lockdep_assert_held(&dn->lock);

	if (dn->holding && ++dn->holding > SIGNALS_AT_ONCE)
		dn->held |= BIT(type);
	else
		signal_listeners(dn, type, interface);
	list_for_each_entry(listener, &dn->watchers, list)
		if (listener->interface == interface &&
		    (listener->wakes & BIT(type)))
			wake(dn, listener, type, interface);
}

/**
 * ddm_listeners_hold - many events may follow, with RTNL held
 * @dn: the namespace
 *
 * Of the first ones each is signalled, and of all further ones together, once.
 * For who waits for one interface, they are not many.
 *
 * Context: ddm_net.lock held, until after ddm_listeners_let_go().
 */
void ddm_listeners_hold(struct ddm_net *dn)
{
	lockdep_assert_held(&dn->lock);

	dn->holding = 1;
	dn->held = 0;
}

/**
 * ddm_listeners_let_go - signal those that waited for any of them
 * @dn: the namespace
 *
 * And then who waits for attempts that have ended meanwhile.
 *
 * Context: ddm_net.lock held.
 */
void ddm_listeners_let_go(struct ddm_net *dn)
{
	struct ddm_listener *listener;

	lockdep_assert_held(&dn->lock);

	dn->holding = 0;
	if (dn->held)
		list_for_each_entry(listener, &dn->listeners, list)
			if (listener->wakes & dn->held)
				wake(dn, listener, __fls(dn->held), 0);
	ddm_dials_wake(dn);
}

static void signal_each(struct list_head *list)
{
	const struct eventfd_ctx *last = NULL;
	struct ddm_listener *listener;

	list_for_each_entry(listener, list, list) {
		if (listener->ctx != last)
			ddm_eventfd_signal(listener->ctx);
		last = listener->ctx;
	}
}

/**
 * ddm_listeners_signal_all - wake everybody, because nothing more will come
 * @dn: the namespace
 *
 * Context: ddm_net.lock held.
 */
void ddm_listeners_signal_all(struct ddm_net *dn)
{
	lockdep_assert_held(&dn->lock);

	signal_each(&dn->listeners);
	signal_each(&dn->watchers);
}
