// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attempts to connect and to hang up: by the device itself (link), or by
 * requests to the dialer (agent). Success is seeing the device come up.
 */
#include <linux/eventfd.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "compat.h"
#include "ddm.h"
#include "trace.h"

#define TIMEOUT_DEFAULT (60 * MSEC_PER_SEC)

/* Attempts that end before others get the lock; each end may wake thousands. */
#define ENDS_AT_ONCE 16

/* Jiffies that the ends of attempts take at most of who asked for them */
#define ENDS_FOR (5 * HZ)

/* The work may be long: it must not keep a processor's other work waiting. */
static struct workqueue_struct *workqueue;

/* ------------------------------------------------------------- attempts -- */

/* Wake who waits for attempts that have ended: once for each, for they count. */
static void wake_waiters(struct list_head *ended)
{
	struct ddm_dial *dial, *next;

	list_for_each_entry_safe(dial, next, ended, list) {
		list_del(&dial->list);
		if (dial->waiter) {
			ddm_eventfd_signal(dial->waiter);
			eventfd_ctx_put(dial->waiter);
		}
		kfree(dial);
	}
}

/**
 * ddm_dials_wake - wake who waits for attempts that have ended
 * @dn: the namespace
 *
 * Context: ddm_net.lock held, after the listeners were signalled.
 */
void ddm_dials_wake(struct ddm_net *dn)
{
	lockdep_assert_held(&dn->lock);

	wake_waiters(&dn->ended);
}

static void dial_end(struct ddm_net *dn, struct ddm_dial *dial)
{
	list_move_tail(&dial->list, &dn->ended);
	if (!dn->holding)
		ddm_dials_wake(dn);
}

/**
 * ddm_dial_done - the interface is connected, whoever did it
 * @iface: the interface
 *
 * Context: ddm_net.lock held, after the CONNECTED event.
 */
void ddm_dial_done(struct ddm_interface *iface)
{
	struct ddm_dial *dial = iface->dial;

	lockdep_assert_held(&iface->dn->lock);

	if (!dial)
		return;
	trace_ddm_dial(iface->dn->net, iface->id, dial->request, 0, false, 0);
	WRITE_ONCE(iface->dial, NULL);
	dial_end(iface->dn, dial);
}

/**
 * ddm_dial_fail - the attempt has failed
 * @iface: an interface that is connecting
 * @reason: why
 * @error: code of raserror.h or mprerror.h for the same
 *
 * One that was given up before has failed for that reason.
 *
 * Context: ddm_net.lock held, may sleep.
 */
void ddm_dial_fail(struct ddm_interface *iface, enum ddm_reason reason,
		   u32 error)
{
	struct ddm_event event = { .type = DDM_EVENT_TYPE_CONNECT_FAILED };
	struct ddm_dial *dial = iface->dial;
	struct ddm_net *dn = iface->dn;

	lockdep_assert_held(&dn->lock);

	if (dial->reason) {
		reason = dial->reason;
		error = dial->error;
	}
	event.reason = reason;
	event.error = error;
	trace_ddm_dial(dn->net, iface->id, dial->request, 0, false, error);
	ddm_write_begin(dn);
	WRITE_ONCE(iface->dial, NULL);
	iface->last_error = error;
	/* giving an attempt up is no failure of the line */
	iface->failed = reason != DDM_REASON_REQUESTED;
	iface->failures++;
	ddm_write_end(dn);

	ddm_journal_tell(dn, iface, &event);
	dial_end(dn, dial);
	ddm_interface_return(iface);
}

/**
 * ddm_dial_cancel - the dialer is to give the attempt up
 * @iface: an interface that is connecting
 * @reason: what to tell of the attempt
 * @error: code of raserror.h or mprerror.h for the same
 *
 * Context: ddm_net.lock held, may sleep.
 */
void ddm_dial_cancel(struct ddm_interface *iface, enum ddm_reason reason,
		     u32 error)
{
	const struct ddm_dial *dial = iface->dial;

	/* if it does not hear, its result will be refused: all the same */
	if (dial->asked && iface->dn->dialer)
		ddm_netlink_hangup(iface->dn, iface, dial->request, 0);
	ddm_dial_fail(iface, reason, error);
}

/* Nobody is told before ddm_dials_end() */
static void give_up(struct ddm_dial *dial, enum ddm_reason reason, u32 error)
{
	dial->reason = reason;
	dial->error = error;
	list_move_tail(&dial->list, &dial->interface->dn->ending);
}

/**
 * ddm_dials_stop - give all attempts up, because the service stops
 * @dn: the namespace
 *
 * Context: ddm_net.lock held. Follow with ddm_dials_end().
 */
void ddm_dials_stop(struct ddm_net *dn)
{
	struct ddm_dial *dial, *next;

	lockdep_assert_held(&dn->lock);

	list_for_each_entry_safe(dial, next, &dn->dials, list)
		give_up(dial, DDM_REASON_STOPPED, DDM_ERROR_DDM_NOT_RUNNING);
}

static void end_some(struct ddm_net *dn)
{
	struct ddm_dial *dial;
	unsigned int n;

	for (n = 0; n < ENDS_AT_ONCE && !list_empty(&dn->ending); n++) {
		dial = list_first_entry(&dn->ending, struct ddm_dial, list);
		ddm_dial_cancel(dial->interface, dial->reason, dial->error);
	}
}

static void expiry_schedule(struct ddm_net *dn)
{
	unsigned long now = jiffies, soonest = 0;
	struct ddm_dial *dial;
	/* this work ends those that were too many to end at once, too */
	bool any = !list_empty(&dn->ending);

	list_for_each_entry(dial, &dn->dials, list) {
		unsigned long left = time_after(dial->deadline, now) ?
					     dial->deadline - now :
					     0;

		soonest = any ? min(soonest, left) : left;
		any = true;
	}
	cancel_delayed_work(&dn->expiry);
	if (any) {
		dn->expires = now + soonest;
		queue_delayed_work(workqueue, &dn->expiry, soonest);
	}
}

/**
 * ddm_dials_end - end the attempts that were given up
 * @dn: the namespace
 *
 * A notifier may wait for the lock with RTNL held, and with it the whole
 * machine: it gets its turn after every few. Who asked for this may hold what
 * others wait for, too: what has not ended in time is left to the work.
 * What begins meanwhile was not given up, and what has ended meanwhile is not in
 * the list any more.
 *
 * Context: ddm_net.lock held, let go of and taken again, may sleep.
 */
void ddm_dials_end(struct ddm_net *dn)
{
	unsigned long limit = jiffies + ENDS_FOR;

	lockdep_assert_held(&dn->lock);

	end_some(dn);
	while (!list_empty(&dn->ending)) {
		if (time_after(jiffies, limit)) {
			expiry_schedule(dn);
			return;
		}
		mutex_unlock(&dn->lock);
		cond_resched();
		mutex_lock(&dn->lock);
		end_some(dn);
	}
}

/* A timer that is set ends soon enough for most: it is set again then. */
static void expiry_begin(struct ddm_net *dn, const struct ddm_dial *dial)
{
	if (!delayed_work_pending(&dn->expiry) ||
	    time_before(dial->deadline, dn->expires))
		expiry_schedule(dn);
}

static void expiry_work(struct work_struct *work)
{
	struct ddm_net *dn = container_of(work, struct ddm_net, expiry.work);
	struct ddm_dial *dial, *next;

	mutex_lock(&dn->lock);
	list_for_each_entry_safe(dial, next, &dn->dials, list) {
		if (time_before(jiffies, dial->deadline))
			continue;
		give_up(dial, DDM_REASON_TIMEOUT, DDM_ERROR_PPP_TIMEOUT);
	}
	ddm_dials_end(dn);
	expiry_schedule(dn);
	mutex_unlock(&dn->lock);
}

int ddm_dial_init(void)
{
	workqueue = alloc_workqueue("ddm", WQ_UNBOUND, 0);
	return workqueue ? 0 : -ENOMEM;
}

void ddm_dial_exit(void)
{
	destroy_workqueue(workqueue);
}

void ddm_dials_init(struct ddm_net *dn)
{
	INIT_LIST_HEAD(&dn->dials);
	INIT_LIST_HEAD(&dn->ending);
	INIT_LIST_HEAD(&dn->ended);
	INIT_DELAYED_WORK(&dn->expiry, expiry_work);
}

/**
 * ddm_dials_free - end all attempts without telling anybody but who waits
 * @dn: a namespace that takes no requests any more
 *
 * Context: process context, ddm_net.lock not held.
 */
void ddm_dials_free(struct ddm_net *dn)
{
	struct ddm_dial *dial;

	cancel_delayed_work_sync(&dn->expiry);
	list_splice_init(&dn->ending, &dn->dials);
	list_for_each_entry(dial, &dn->dials, list)
		WRITE_ONCE(dial->interface->dial, NULL);
	wake_waiters(&dn->dials);
}

/* -------------------------------------------------------------- connect -- */

static int connect_check(struct ddm_net *dn, const struct ddm_interface *iface,
			 u32 method, struct netlink_ext_ack *extack)
{
	int err = ddm_service_check(dn, extack);

	if (err)
		return err;
	if (dn->state == DDM_SERVICE_STATE_PAUSED) {
		NL_SET_ERR_MSG(extack, "the service is paused");
		return -EHOSTDOWN;
	}
	if (iface->disabled) {
		NL_SET_ERR_MSG(extack, "the interface is disabled");
		return -ENETDOWN;
	}
	if (iface->connection) {
		NL_SET_ERR_MSG(extack, "the interface is connected already");
		return -EISCONN;
	}
	if (iface->dial) {
		NL_SET_ERR_MSG(extack, "the interface is connecting already");
		return -EALREADY;
	}
	if (method == DDM_METHOD_NONE) {
		NL_SET_ERR_MSG(
			extack,
			"the interface is only tracked, nothing can dial it");
		return -ENODEV;
	}
	if (method == DDM_METHOD_LINK && !iface->ifindex) {
		NL_SET_ERR_MSG(extack,
			       "the device of the interface does not exist");
		return -ENODEV;
	}
	if (method == DDM_METHOD_AGENT && !dn->dialer) {
		NL_SET_ERR_MSG(extack, "no dialer is bound in this namespace");
		return -ENOLINK;
	}
	return 0;
}

/* Begin an attempt. The dialer is asked first: it may be unable to listen. */
static int dial_begin(struct ddm_interface *iface, u32 method, u32 timeout,
		      struct eventfd_ctx *waiter,
		      struct netlink_ext_ack *extack)
{
	struct ddm_event event = { .type = DDM_EVENT_TYPE_CONNECTING };
	struct ddm_net *dn = iface->dn;
	struct ddm_dial *dial;
	int err;

	dial = kzalloc(sizeof(*dial), GFP_KERNEL_ACCOUNT);
	if (!dial)
		return -ENOMEM;
	if (!timeout)
		timeout = dn->dialer_timeout ?: TIMEOUT_DEFAULT;
	dial->interface = iface;
	dial->method = method;
	/* the jiffy that is under way is not a whole one */
	dial->deadline = jiffies + msecs_to_jiffies(timeout) + 1;
	dial->request = dn->next_request;
	/* 0 stands for no request */
	dn->next_request = dn->next_request + 1 ?: 1;

	if (method == DDM_METHOD_AGENT) {
		err = ddm_netlink_dial(dn, iface, dial->request, timeout);
		if (err) {
			NL_SET_ERR_MSG(extack,
				       "the dialer does not take requests");
			kfree(dial);
			return err;
		}
		dial->asked = true;
	}

	dial->waiter = waiter;
	list_add_tail(&dial->list, &dn->dials);
	ddm_write_begin(dn);
	WRITE_ONCE(iface->dial, dial);
	iface->last_error = 0;
	iface->failed = false;
	ddm_write_end(dn);
	iface->hangup = false;
	ddm_journal_tell(dn, iface, &event);
	expiry_begin(dn, dial);
	return 0;
}

/* The interface that is still at this attempt, or NULL */
static struct ddm_interface *dialling(struct ddm_net *dn, u32 id, u32 request)
{
	struct ddm_interface *iface = xa_load(&dn->interfaces, id);

	lockdep_assert_held(&dn->lock);

	if (!iface || !iface->dial || iface->dial->reason)
		return NULL;
	return iface->dial->request == request ? iface : NULL;
}

/*
 * Set the device up. The notifier sees it come up, if it does. RTNL was not held
 * when the attempt began: whoever gave it up since must not find the device up.
 */
static void connect_link(struct ddm_net *dn, u32 id, u32 request,
			 struct netlink_ext_ack *extack)
{
	struct ddm_interface *iface;
	struct net_device *dev;
	int ifindex;
	int err;

	rtnl_lock();
	mutex_lock(&dn->lock);
	iface = dialling(dn, id, request);
	ifindex = iface ? iface->ifindex : 0;
	mutex_unlock(&dn->lock);
	if (!iface)
		goto unlock;

	/* RTNL keeps it bound */
	dev = ifindex ? __dev_get_by_index(dn->net, ifindex) : NULL;
	err = dev ? dev_open(dev, extack) : -ENODEV;
	if (err) {
		mutex_lock(&dn->lock);
		iface = dialling(dn, id, request);
		if (iface)
			ddm_dial_fail(iface, DDM_REASON_REFUSED,
				      DDM_ERROR_PORT_NOT_AVAILABLE);
		mutex_unlock(&dn->lock);
	}
unlock:
	rtnl_unlock();
}

/**
 * ddm_dial_connect - begin to connect an interface
 * @dn: the namespace
 * @id: id of the interface
 * @timeout: time limit in milliseconds, 0 for the default
 * @waiter: signalled at the end; taken over on success, or NULL
 * @extack: explains a refusal
 *
 * Context: process context, may sleep, no lock held: takes RTNL for a method
 * that needs it, and never under ddm_net.lock.
 * Return: 0 when the attempt has begun (and maybe ended).
 */
int ddm_dial_connect(struct ddm_net *dn, u32 id, u32 timeout,
		     struct eventfd_ctx *waiter, struct netlink_ext_ack *extack)
{
	struct ddm_interface *iface;
	u32 method = DDM_METHOD_NONE;
	u32 request = 0;
	int err = -ESTALE;

	mutex_lock(&dn->lock);
	iface = xa_load(&dn->interfaces, id);
	if (iface) {
		method = ddm_interface_method(iface);
		err = connect_check(dn, iface, method, extack);
	} else {
		NL_SET_ERR_MSG(extack, "there is no such interface");
	}
	if (!err)
		err = dial_begin(iface, method, timeout, waiter, extack);
	if (!err)
		request = iface->dial->request;
	mutex_unlock(&dn->lock);

	if (!err && method == DDM_METHOD_LINK)
		connect_link(dn, id, request, extack);
	return err;
}

/* ----------------------------------------------------------- disconnect -- */

static int hangup_check(struct ddm_net *dn, const struct ddm_interface *iface,
			u32 method, struct netlink_ext_ack *extack)
{
	if (!iface->connection && !iface->dial) {
		NL_SET_ERR_MSG(extack, "the interface is not connected");
		return -ENOTCONN;
	}
	/* an attempt can always be given up */
	if (iface->dial)
		return 0;
	if (method == DDM_METHOD_NONE) {
		NL_SET_ERR_MSG(
			extack,
			"the interface is only tracked, nothing can hang it up");
		return -ENODEV;
	}
	if (method == DDM_METHOD_AGENT && !dn->dialer) {
		NL_SET_ERR_MSG(extack, "no dialer is bound in this namespace");
		return -ENOLINK;
	}
	return 0;
}

static int hangup_begin(struct ddm_net *dn, struct ddm_interface *iface,
			u32 method, struct netlink_ext_ack *extack)
{
	int err = 0;

	trace_ddm_dial(dn->net, iface->id, 0, 0, true, 0);
	if (iface->dial) {
		ddm_dial_cancel(iface, DDM_REASON_REQUESTED,
				DDM_ERROR_INTERFACE_DISCONNECTED);
		return 0;
	}
	if (method == DDM_METHOD_AGENT)
		err = ddm_netlink_hangup(dn, iface, 0, 0);
	if (err) {
		NL_SET_ERR_MSG(extack, "the dialer does not take requests");
		return err;
	}
	iface->hangup = true;
	return 0;
}

static void disconnect_link(struct ddm_net *dn, u32 id, u32 ifindex)
{
	struct ddm_interface *iface;
	struct net_device *dev;

	rtnl_lock();
	dev = __dev_get_by_index(dn->net, ifindex);
	iface = xa_load(&dn->by_ifindex, ifindex);
	if (dev && iface && iface->id == id)
		dev_close(dev);
	rtnl_unlock();
}

/**
 * ddm_dial_disconnect - hang an interface up, or give an attempt up
 * @dn: the namespace
 * @id: id of the interface
 * @extack: explains a refusal
 *
 * Context: process context, may sleep, no lock held: takes RTNL for a method
 * that needs it, and never under ddm_net.lock.
 * Return: 0 or -ESTALE, -ENOTCONN, -ENODEV, -ENOLINK, -ENOBUFS.
 */
int ddm_dial_disconnect(struct ddm_net *dn, u32 id,
			struct netlink_ext_ack *extack)
{
	struct ddm_interface *iface;
	u32 method = DDM_METHOD_NONE;
	u32 ifindex = 0;
	int err = -ESTALE;

	mutex_lock(&dn->lock);
	iface = xa_load(&dn->interfaces, id);
	if (iface) {
		method = ddm_interface_method(iface);
		ifindex = iface->ifindex;
		err = hangup_check(dn, iface, method, extack);
	} else {
		NL_SET_ERR_MSG(extack, "there is no such interface");
	}
	if (!err)
		err = hangup_begin(dn, iface, method, extack);
	mutex_unlock(&dn->lock);

	if (!err && method == DDM_METHOD_LINK && ifindex)
		disconnect_link(dn, id, ifindex);
	return err;
}

/**
 * ddm_dial_hangup_link - hang one link of an interface up
 * @link: the link
 * @extack: explains a refusal
 *
 * Context: ddm_net.lock held, may sleep.
 * Return: 0 or -EOPNOTSUPP, -ENOLINK, -ENOBUFS, -ENOMEM.
 */
int ddm_dial_hangup_link(struct ddm_link *link, struct netlink_ext_ack *extack)
{
	struct ddm_interface *iface = link->interface;
	struct ddm_net *dn = iface->dn;
	int err;

	lockdep_assert_held(&dn->lock);

	trace_ddm_dial(dn->net, iface->id, 0, link->id, true, 0);
	/* then what is on the link is the attempt */
	if (iface->dial) {
		ddm_dial_cancel(iface, DDM_REASON_REQUESTED,
				DDM_ERROR_INTERFACE_DISCONNECTED);
		return 0;
	}
	if (ddm_interface_method(iface) != DDM_METHOD_AGENT) {
		NL_SET_ERR_MSG(
			extack,
			"the interface of the link is not dialled by a dialer");
		return -EOPNOTSUPP;
	}
	if (!dn->dialer) {
		NL_SET_ERR_MSG(extack, "no dialer is bound in this namespace");
		return -ENOLINK;
	}
	err = ddm_netlink_hangup(dn, iface, 0, link->id);
	if (err) {
		NL_SET_ERR_MSG(extack, "the dialer does not take requests");
		return err;
	}
	/* one that is still to come up may come up for another call */
	link->hangup = link->state == DDM_LINK_STATE_UP;
	return 0;
}

/* --------------------------------------------------------------- dialer -- */

/**
 * ddm_dialer_bind - become the dialer
 * @dn: the namespace
 * @sk: the dialer's socket
 * @portid: its port id
 * @timeout: time limit of attempts that name none, milliseconds, or 0
 * @extack: explains a refusal
 *
 * Context: ddm_net.lock held, may sleep.
 * Return: 0, -ESHUTDOWN, -EBUSY or -ENOMEM.
 */
int ddm_dialer_bind(struct ddm_net *dn, struct sock *sk, u32 portid,
		    u32 timeout, struct netlink_ext_ack *extack)
{
	struct ddm_owner *owner;
	int err;

	lockdep_assert_held(&dn->lock);

	err = ddm_service_check(dn, extack);
	if (err)
		return err;
	if (dn->dialer && dn->dialer->sk != sk) {
		NL_SET_ERR_MSG(extack,
			       "another dialer is bound in this namespace");
		return -EBUSY;
	}
	owner = ddm_owner_get(dn, sk, portid);
	if (!owner)
		return -ENOMEM;
	dn->dialer = owner;
	dn->dialer_timeout = timeout;
	return 0;
}

/* What the dialer was told to hang up, and did not, may end by itself later. */
static void forget_hangups(struct ddm_net *dn)
{
	struct ddm_interface *iface;
	struct ddm_link *link;
	unsigned long id;

	xa_for_each(&dn->interfaces, id, iface)
		if (ddm_interface_method(iface) == DDM_METHOD_AGENT)
			iface->hangup = false;
	xa_for_each(&dn->links, id, link)
		link->hangup = false;
}

/**
 * ddm_dialer_release - there is no dialer any more
 * @dn: the namespace
 * @error: what attempts under way fail with
 *
 * The owner of the socket stays.
 *
 * Context: ddm_net.lock held, may sleep. Follow with ddm_dials_end().
 */
void ddm_dialer_release(struct ddm_net *dn, u32 error)
{
	struct ddm_dial *dial, *next;

	lockdep_assert_held(&dn->lock);

	dn->dialer = NULL;
	dn->dialer_timeout = 0;
	list_for_each_entry_safe(dial, next, &dn->dials, list)
		if (dial->method == DDM_METHOD_AGENT)
			give_up(dial, DDM_REASON_DIALER_GONE, error);
	/* the next dialer knows nothing of these */
	list_for_each_entry(dial, &dn->ending, list)
		dial->asked = false;
	forget_hangups(dn);
}

static struct ddm_dial *dial_find(struct ddm_net *dn, u32 request)
{
	struct ddm_dial *dial;

	list_for_each_entry(dial, &dn->dials, list)
		if (dial->request == request &&
		    dial->method == DDM_METHOD_AGENT)
			return dial;
	return NULL;
}

static int result_device(struct ddm_interface *iface, const char *device,
			 struct netlink_ext_ack *extack)
{
	if (!dev_valid_name(device)) {
		NL_SET_ERR_MSG(extack, "device is not a device name");
		return -EINVAL;
	}
	return ddm_interface_borrow(iface, device, extack);
}

/**
 * ddm_dial_result - what the dialer says became of a request
 * @dn: the namespace
 * @sk: the sender
 * @request: number of the request
 * @error: 0, or the code that the attempt failed with
 * @device: name of the device that was made, or NULL
 * @extack: explains a refusal
 *
 * The caller looks at the device afterwards.
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: 0, -EPERM, -ENOENT, -EINVAL, -EADDRINUSE or -ENOMEM.
 */
int ddm_dial_result(struct ddm_net *dn, const struct sock *sk, u32 request,
		    u32 error, const char *device,
		    struct netlink_ext_ack *extack)
{
	struct ddm_dial *dial;

	lockdep_assert_held(&dn->lock);

	if (!dn->dialer || dn->dialer->sk != sk) {
		NL_SET_ERR_MSG(extack, "this socket is not the dialer");
		return -EPERM;
	}
	dial = dial_find(dn, request);
	if (!dial) {
		NL_SET_ERR_MSG(extack, "the attempt has ended");
		return -ENOENT;
	}
	if (error) {
		ddm_dial_fail(dial->interface, DDM_REASON_DIALER, error);
		return 0;
	}
	return device ? result_device(dial->interface, device, extack) : 0;
}
