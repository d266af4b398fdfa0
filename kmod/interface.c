// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interfaces and their state machine: what was a transition, which connection
 * began or ended with it, and what readers see of both.
 */
#include <linux/jhash.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "compat.h"
#include "ddm.h"

static struct kmem_cache *interface_cache;

/* ------------------------------------------------------------- tables -- */

static u32 key_hash(const void *key, u32 len, u32 seed)
{
	return jhash(key, strlen(key), seed);
}

static u32 name_hash(const void *name, u32 len, u32 seed)
{
	return key_hash(((const struct ddm_name *)name)->text, 0, seed);
}

static int name_compare(struct rhashtable_compare_arg *arg, const void *name)
{
	return strcmp(arg->key, ((const struct ddm_name *)name)->text);
}

static const struct rhashtable_params name_params = {
	.head_offset = offsetof(struct ddm_name, node),
	.hashfn = key_hash,
	.obj_hashfn = name_hash,
	.obj_cmpfn = name_compare,
	.automatic_shrinking = true,
};

static struct ddm_name *name_alloc(struct ddm_interface *iface,
				   const char *text)
{
	size_t length = strlen(text);
	struct ddm_name *name;

	name = kmalloc(struct_size(name, text, length + 1), GFP_KERNEL_ACCOUNT);
	if (name) {
		name->interface = iface;
		name->length = length;
		memcpy(name->text, text, length + 1);
	}
	return name;
}

/* Keys have no fixed place in a name, so this is told the key, too */
static int name_insert(struct rhashtable *table, struct ddm_name *name)
{
	return rhashtable_lookup_insert_key(table, name->text, &name->node,
					    name_params);
}

/* Make a name and have it found; two of one text there are not */
static struct ddm_name *name_add(struct rhashtable *table,
				 struct ddm_interface *iface, const char *text)
{
	struct ddm_name *name = name_alloc(iface, text);
	int err;

	if (!name)
		return ERR_PTR(-ENOMEM);
	err = name_insert(table, name);
	if (err) {
		kfree(name);
		return ERR_PTR(err);
	}
	return name;
}

static void name_remove(struct rhashtable *table, struct ddm_name *name)
{
	if (!name)
		return;
	rhashtable_remove_fast(table, &name->node, name_params);
	kfree_rcu(name, rcu);
}

static struct ddm_interface *name_find(struct rhashtable *table,
				       const char *text)
{
	struct ddm_name *name =
		rhashtable_lookup_fast(table, text, name_params);

	return name ? name->interface : NULL;
}

static const char *interface_name(const struct ddm_interface *iface)
{
	return rcu_dereference_raw(iface->name)->text;
}

int ddm_interface_init(void)
{
	interface_cache =
		ddm_cache_create("ddm_interface", sizeof(struct ddm_interface));
	return interface_cache ? 0 : -ENOMEM;
}

void ddm_interface_exit(void)
{
	/* interfaces that still wait for their readers */
	rcu_barrier();
	kmem_cache_destroy(interface_cache);
}

/**
 * ddm_interfaces_init - set up the tables of a namespace
 * @dn: the namespace
 *
 * Context: process context.
 * Return: 0 or -ENOMEM.
 */
int ddm_interfaces_init(struct ddm_net *dn)
{
	int err;

	xa_init_flags(&dn->interfaces, XA_FLAGS_ACCOUNT);
	xa_init_flags(&dn->slots, XA_FLAGS_ALLOC | XA_FLAGS_ACCOUNT);
	xa_init_flags(&dn->by_ifindex, XA_FLAGS_ACCOUNT);

	err = rhashtable_init(&dn->by_name, &name_params);
	if (err)
		return err;
	err = rhashtable_init(&dn->by_device, &name_params);
	if (err)
		rhashtable_destroy(&dn->by_name);
	return err;
}

static void interface_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(interface_cache,
			container_of(rcu, struct ddm_interface, rcu));
}

static void interface_free(struct ddm_interface *iface)
{
	struct ddm_name *name = rcu_dereference_protected(iface->name, true);
	struct ddm_text *settings =
		rcu_dereference_protected(iface->settings, true);

	kfree_rcu(name, rcu);
	if (iface->bound)
		kfree_rcu(iface->bound, rcu);
	if (settings)
		kfree_rcu(settings, rcu);
	call_rcu(&iface->rcu, interface_free_rcu);
}

/**
 * ddm_interfaces_free - free all interfaces without telling anybody
 * @dn: a namespace whose devices nobody follows any more
 *
 * Context: process context, attempts to connect have ended.
 */
void ddm_interfaces_free(struct ddm_net *dn)
{
	struct ddm_interface *iface;
	unsigned long id;

	rhashtable_destroy(&dn->by_name);
	rhashtable_destroy(&dn->by_device);
	xa_for_each(&dn->interfaces, id, iface) {
		struct ddm_link *link, *next;

		list_for_each_entry_safe(link, next, &iface->links, list)
			ddm_link_free(link);
		interface_free(iface);
	}
	xa_destroy(&dn->interfaces);
	xa_destroy(&dn->slots);
	xa_destroy(&dn->by_ifindex);
}

/**
 * ddm_interface_by_name - find an interface
 * @dn: the namespace
 * @name: friendly name
 *
 * Context: RCU or ddm_net.lock held.
 */
struct ddm_interface *ddm_interface_by_name(struct ddm_net *dn,
					    const char *name)
{
	return name_find(&dn->by_name, name);
}

/**
 * ddm_interface_by_device - find the created interface bound to a device name
 * @dn: the namespace
 * @device: device name
 *
 * Context: RCU or ddm_net.lock held.
 */
struct ddm_interface *ddm_interface_by_device(struct ddm_net *dn,
					      const char *device)
{
	return name_find(&dn->by_device, device);
}

/**
 * ddm_interface_by_connection - find the interface that has a connection
 * @dn: the namespace
 * @id: id of the connection
 *
 * Context: RCU or ddm_net.lock held. Under RCU alone, look again at the
 * connection of what is found.
 */
struct ddm_interface *ddm_interface_by_connection(struct ddm_net *dn, u64 id)
{
	struct ddm_interface *iface = xa_load(&dn->slots, id & DDM_SLOT_MASK);

	return id && iface && iface->connection == id ? iface : NULL;
}

/* --------------------------------------------------------------- text -- */

/* Length of the valid UTF-8 sequence at @s, which ends with a NUL; 0 if none */
static size_t utf8_length(const u8 *s, u32 *code)
{
	static const u32 least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len, i;

	if (s[0] < 0x80) {
		*code = s[0];
		return 1;
	}
	len = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	if (s[0] < 0xc0 || s[0] > 0xf7)
		return 0;
	*code = s[0] & (0x7f >> len);
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (s[i] & 0x3f);
	}
	if (*code < least[len] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return len;
}

/**
 * ddm_name_check - may an interface be called so?
 * @name: NUL-terminated
 * @extack: explains a refusal
 *
 * Context: any.
 * Return: 0 or -EINVAL.
 */
int ddm_name_check(const char *name, struct netlink_ext_ack *extack)
{
	const u8 *s = (const u8 *)name;
	unsigned int characters = 0;
	size_t len;
	u32 code;

	if (!*s) {
		NL_SET_ERR_MSG(extack, "name is empty");
		return -EINVAL;
	}
	for (; *s; s += len) {
		len = utf8_length(s, &code);
		if (!len) {
			NL_SET_ERR_MSG(extack, "name is not valid UTF-8");
			return -EINVAL;
		}
		if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) {
			NL_SET_ERR_MSG(extack,
				       "name holds a control character");
			return -EINVAL;
		}
		if (++characters > 256) {
			NL_SET_ERR_MSG(extack,
				       "name is longer than 256 characters");
			return -EINVAL;
		}
	}
	return 0;
}

/**
 * ddm_text_alloc - copy a string for readers under RCU
 * @s: the string
 *
 * Context: may sleep.
 */
struct ddm_text *ddm_text_alloc(const char *s)
{
	size_t length = strlen(s);
	struct ddm_text *text;

	text = kmalloc(struct_size(text, text, length + 1), GFP_KERNEL_ACCOUNT);
	if (!text)
		return NULL;
	text->length = length;
	memcpy(text->text, s, length + 1);
	return text;
}

/* ------------------------------------------------------------- events -- */

static void tell(struct ddm_interface *iface, enum ddm_event_type type)
{
	struct ddm_event event = { .type = type };

	if (type == DDM_EVENT_TYPE_INTERFACE_NEW ||
	    type == DDM_EVENT_TYPE_INTERFACE_DEL) {
		const char *name = interface_name(iface);

		if (strlen(name) < sizeof(event.name))
			strscpy(event.name, name, sizeof(event.name));
	}
	ddm_journal_tell(iface->dn, iface, &event);
}

/**
 * ddm_interface_tell_change - tell that an interface is not what it was
 * @iface: the interface
 *
 * Context: ddm_net.lock held, may sleep.
 */
void ddm_interface_tell_change(struct ddm_interface *iface)
{
	/* a dump that is under way may have shown it as it was */
	iface->dn->generation += 2;
	tell(iface, DDM_EVENT_TYPE_INTERFACE_CHANGE);
}

/* ------------------------------------------------------- state machine -- */

/**
 * ddm_interface_method - how an interface is dialled now
 * @iface: the interface
 *
 * Context: RCU or ddm_net.lock held.
 * Return: enum ddm_method, never auto.
 */
u32 ddm_interface_method(const struct ddm_interface *iface)
{
	const struct ddm_kind *kind = READ_ONCE(iface->kind);

	if (iface->method != DDM_METHOD_AUTO)
		return iface->method;
	if (!kind)
		return DDM_METHOD_AGENT;
	/* an agent that looks after the device can end the call, too */
	return iface->dynamic && !iface->claimed ? kind->dynamic_method :
						   kind->method;
}

/**
 * ddm_interface_state - the state of an interface
 * @iface: the interface
 * @unreachability: receives DDM_UNREACHABILITY_* bits, 0 unless unreachable
 *
 * Context: RCU or ddm_net.lock held.
 * Return: enum ddm_state.
 */
u32 ddm_interface_state(const struct ddm_interface *iface, u32 *unreachability)
{
	u32 why = 0;

	*unreachability = 0;
	if (iface->connection)
		return DDM_STATE_CONNECTED;
	if (iface->dial)
		return DDM_STATE_CONNECTING;

	if (iface->disabled)
		why |= DDM_UNREACHABILITY_ADMIN_DISABLED;
	if (iface->failed)
		why |= DDM_UNREACHABILITY_CONNECTION_FAILURE;
	if (READ_ONCE(iface->dn->state) == DDM_SERVICE_STATE_PAUSED)
		why |= DDM_UNREACHABILITY_SERVICE_PAUSED;
	if (iface->no_carrier)
		why |= DDM_UNREACHABILITY_NO_MEDIA_SENSE;
	if (!iface->ifindex && ddm_interface_method(iface) != DDM_METHOD_AGENT)
		why |= DDM_UNREACHABILITY_NO_DEVICE;

	*unreachability = why;
	return why ? DDM_STATE_UNREACHABLE : DDM_STATE_DISCONNECTED;
}

static __always_inline void view_interface(const struct ddm_interface *iface,
					   struct ddm_view *view,
					   bool connection)
{
	struct ddm_net *dn = iface->dn;
	struct ddm_text *settings;
	struct ddm_name *name;
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&dn->seq);
		name = rcu_dereference(iface->name);
		view->name = name->text;
		view->name_length = name->length;
		settings = rcu_dereference(iface->settings);
		view->settings = settings ? settings->text : "";
		view->settings_length = settings ? settings->length : 0;
		view->id = iface->id;
		view->state = ddm_interface_state(iface, &view->unreachability);
		view->method = ddm_interface_method(iface);
		view->ifindex = iface->ifindex;
		view->last_error = iface->last_error;
		view->connects = iface->connects;
		view->failures = iface->failures;
		view->links_up = iface->links_up;
		view->connection = iface->connection;
		view->sequence = iface->sequence;
		view->changed = iface->changed;
		if (connection) {
			view->start = iface->start;
			view->start_boot = iface->start_boot;
			memcpy(view->base, iface->base, sizeof(view->base));
		}
		view->type = iface->type;
		view->dynamic = iface->dynamic;
		view->disabled = iface->disabled;
		memcpy(view->device, iface->device, sizeof(view->device));
	} while (read_seqcount_retry(&dn->seq, seq));
}

/**
 * ddm_interface_view - see an interface whole
 * @iface: the interface
 * @view: receives what is seen, all but what is of a connection only
 *
 * Context: RCU held.
 */
void ddm_interface_view(const struct ddm_interface *iface,
			struct ddm_view *view)
{
	view_interface(iface, view, false);
}

/**
 * ddm_connection_view - see an interface and its connection whole
 * @iface: the interface
 * @view: receives what is seen
 *
 * Context: RCU held.
 */
void ddm_connection_view(const struct ddm_interface *iface,
			 struct ddm_view *view)
{
	view_interface(iface, view, true);
}

/* Those that an event has room for */
static void counters_carried(u64 counters[DDM_EVENT_COUNTERS],
			     const struct rtnl_link_stats64 *stats)
{
	counters[DDM_RX_BYTES] = stats->rx_bytes;
	counters[DDM_TX_BYTES] = stats->tx_bytes;
	counters[DDM_RX_PACKETS] = stats->rx_packets;
	counters[DDM_TX_PACKETS] = stats->tx_packets;
}

static void counters_all(u64 counters[DDM_COUNTERS],
			 const struct rtnl_link_stats64 *stats)
{
	counters_carried(counters, stats);
	counters[DDM_RX_ERRORS] = stats->rx_errors;
	counters[DDM_TX_ERRORS] = stats->tx_errors;
	counters[DDM_RX_CRC_ERRORS] = stats->rx_crc_errors;
	counters[DDM_RX_FRAME_ERRORS] = stats->rx_frame_errors;
	counters[DDM_RX_OVER_ERRORS] = stats->rx_over_errors;
	counters[DDM_RX_FIFO_ERRORS] = stats->rx_fifo_errors;
}

/*
 * A driver may have begun anew since @base; what it shows is then all that we
 * know.
 */
static u64 counter_since(u64 counter, u64 base)
{
	return counter >= base ? counter - base : counter;
}

/**
 * ddm_counters_read - read what a device has counted since then
 * @dev: the device
 * @base: counters then
 * @counters: receives the difference
 *
 * Context: RTNL or RCU held.
 */
void ddm_counters_read(struct net_device *dev, const u64 base[DDM_COUNTERS],
		       u64 counters[DDM_COUNTERS])
{
	struct rtnl_link_stats64 stats;
	int i;

	dev_get_stats(dev, &stats);
	counters_all(counters, &stats);
	for (i = 0; i < DDM_COUNTERS; i++)
		counters[i] = counter_since(counters[i], base[i]);
}

static void connection_begin(struct ddm_interface *iface,
			     struct net_device *dev)
{
	struct ddm_event event = { .type = DDM_EVENT_TYPE_CONNECTED };
	struct ddm_net *dn = iface->dn;
	struct rtnl_link_stats64 stats;
	struct ddm_link *link;
	ktime_t now;

	dev_get_stats(dev, &stats);
	/* one look at the hardware tells both clocks */
	now = ktime_get();
	event.time = ktime_to_ns(ktime_mono_to_real(now));
	event.connection = ++dn->connections << DDM_SLOT_BITS | iface->slot;

	ddm_write_begin(dn);
	iface->connection = event.connection;
	iface->start = event.time;
	iface->start_boot = ktime_to_ns(ktime_mono_to_any(now, TK_OFFS_BOOT));
	counters_all(iface->base, &stats);
	iface->connects++;
	iface->last_error = 0;
	iface->failed = false;
	iface->no_carrier = false;
	ddm_write_end(dn);

	iface->hangup = false;
	/* what was asked for was the end of an earlier one */
	list_for_each_entry(link, &iface->links, list)
		link->hangup = false;
	dn->connected++;
	ddm_journal_tell(dn, iface, &event);
	if (iface->dial)
		ddm_dial_done(iface);
}

/* The code of raserror.h or mprerror.h that tells a Windows program the same */
static u16 reason_error(enum ddm_reason reason)
{
	static const u16 errors[] = {
		[DDM_REASON_REQUESTED] = DDM_ERROR_INTERFACE_DISCONNECTED,
		[DDM_REASON_DEVICE_DOWN] = DDM_ERROR_DISCONNECTION,
		[DDM_REASON_NO_CARRIER] = DDM_ERROR_NO_CARRIER,
		[DDM_REASON_DEVICE_GONE] = DDM_ERROR_DEVICE_DOES_NOT_EXIST,
		[DDM_REASON_DEVICE_MOVED] = DDM_ERROR_DEVICE_DOES_NOT_EXIST,
		[DDM_REASON_DEVICE_RENAMED] = DDM_ERROR_DEVICE_DOES_NOT_EXIST,
		[DDM_REASON_LINK_LOST] = DDM_ERROR_REMOTE_DISCONNECTION,
		[DDM_REASON_DELETED] = DDM_ERROR_NO_SUCH_INTERFACE,
	};

	return reason < ARRAY_SIZE(errors) && errors[reason] ?
		       errors[reason] :
		       DDM_ERROR_UNKNOWN;
}

/* Was each link that carries it hung up by itself? */
static bool links_hung_up(const struct ddm_interface *iface)
{
	const struct ddm_link *link;

	list_for_each_entry(link, &iface->links, list)
		if (link->state == DDM_LINK_STATE_UP && !link->hangup)
			return false;
	return iface->links_up;
}

static void connection_end(struct ddm_interface *iface, struct net_device *dev,
			   enum ddm_reason reason)
{
	struct ddm_event event = { .type = DDM_EVENT_TYPE_DISCONNECTED };
	struct rtnl_link_stats64 stats;
	struct ddm_net *dn = iface->dn;
	u16 error = iface->end_error;
	ktime_t now;
	u64 lasted;
	int i;

	if (iface->hangup || links_hung_up(iface)) {
		reason = DDM_REASON_REQUESTED;
		error = 0;
	}
	dev_get_stats(dev, &stats);
	counters_carried(event.counters, &stats);
	for (i = 0; i < DDM_EVENT_COUNTERS; i++)
		event.counters[i] =
			counter_since(event.counters[i], iface->base[i]);
	event.connection = iface->connection;
	event.ifindex = dev->ifindex;
	event.reason = reason;
	event.error = error ?: reason_error(reason);
	now = ktime_get();
	event.time = ktime_to_ns(ktime_mono_to_real(now));
	lasted = ktime_to_ns(ktime_mono_to_any(now, TK_OFFS_BOOT)) -
		 iface->start_boot;
	event.duration = ddm_duration_pack(div_u64(lasted, NSEC_PER_MSEC));

	ddm_write_begin(dn);
	iface->connection = 0;
	/* what nobody here asked for and nobody explains is no news of it */
	if (error || reason == DDM_REASON_REQUESTED)
		iface->last_error = event.error;
	ddm_write_end(dn);

	iface->hangup = false;
	dn->connected--;
	ddm_journal_tell(dn, iface, &event);
}

/**
 * ddm_connection_clear - set the counters of the present connection to zero
 * @iface: the interface
 * @dev: its device
 *
 * Context: RTNL or RCU, and ddm_net.lock held.
 */
void ddm_connection_clear(struct ddm_interface *iface, struct net_device *dev)
{
	struct rtnl_link_stats64 stats;

	dev_get_stats(dev, &stats);
	ddm_write_begin(iface->dn);
	counters_all(iface->base, &stats);
	ddm_write_end(iface->dn);
}

static bool carrier_missing(const struct ddm_interface *iface,
			    const struct net_device *dev)
{
	return (dev->flags & IFF_UP) &&
	       (iface->kind->needs & DDM_NEEDS_CARRIER) &&
	       !netif_carrier_ok(dev);
}

static bool device_connected(const struct ddm_interface *iface,
			     const struct net_device *dev)
{
	u8 needs = iface->kind->needs;

	if (!(dev->flags & IFF_UP))
		return false;
	if ((needs & DDM_NEEDS_CARRIER) && !netif_carrier_ok(dev))
		return false;
	if ((needs & DDM_NEEDS_AWAKE) && netif_dormant(dev))
		return false;
	return !(needs & DDM_NEEDS_LINKS) || !iface->claimed || iface->links_up;
}

/**
 * ddm_interface_update - look at the device again: was that a transition?
 * @iface: an interface that is bound to @dev
 * @dev: the device
 * @reason: why it ended, in case it did
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_interface_update(struct ddm_interface *iface, struct net_device *dev,
			  enum ddm_reason reason)
{
	bool up = device_connected(iface, dev);
	bool no_carrier = carrier_missing(iface, dev);

	lockdep_assert_held(&iface->dn->lock);

	if (up && !iface->connection) {
		connection_begin(iface, dev);
		return;
	}
	if (no_carrier != iface->no_carrier) {
		ddm_write_begin(iface->dn);
		iface->no_carrier = no_carrier;
		ddm_write_end(iface->dn);
		/* otherwise the end of the connection tells it */
		if (!iface->connection)
			tell(iface, DDM_EVENT_TYPE_INTERFACE_CHANGE);
	}
	if (!up && iface->connection)
		connection_end(iface, dev, reason);
}

/**
 * ddm_interface_set_type - an interface turns out to be of another type
 * @iface: the interface
 * @type: enum ddm_interface_type, not the one that it has
 *
 * Context: ddm_net.lock held, may sleep.
 */
void ddm_interface_set_type(struct ddm_interface *iface, u8 type)
{
	ddm_write_begin(iface->dn);
	iface->type = type;
	ddm_write_end(iface->dn);
	ddm_interface_tell_change(iface);
}

/**
 * ddm_interface_follow_type - the device of an interface is of another type
 * @iface: an interface that is bound to @dev
 * @dev: the device
 *
 * Tells nobody and does not look at the state of the device. The type of a
 * dynamic interface follows, unless somebody has set it.
 *
 * Context: RTNL and ddm_net.lock held.
 * Return: is anything different of it that readers see?
 */
bool ddm_interface_follow_type(struct ddm_interface *iface,
			       const struct net_device *dev)
{
	bool own = iface->dynamic && iface->type == iface->kind->if_type;
	u32 method = ddm_interface_method(iface);
	u8 type = iface->type;

	ddm_write_begin(iface->dn);
	WRITE_ONCE(iface->kind, ddm_kind_find(dev));
	if (own)
		iface->type = iface->kind->if_type;
	ddm_write_end(iface->dn);
	return iface->type != type || ddm_interface_method(iface) != method;
}

/* ------------------------------------------------------- coming, going -- */

static int interface_publish(struct ddm_net *dn, struct ddm_interface *iface,
			     struct ddm_name *name)
{
	int err;

	err = xa_alloc(&dn->slots, &iface->slot, iface,
		       XA_LIMIT(0, DDM_SLOT_MASK), GFP_KERNEL);
	if (err)
		return err;
	err = name_insert(&dn->by_name, name);
	if (err)
		goto err_slot;
	err = xa_insert(&dn->interfaces, iface->id, iface, GFP_KERNEL);
	if (err)
		goto err_name;
	return 0;

err_name:
	rhashtable_remove_fast(&dn->by_name, &name->node, name_params);
err_slot:
	xa_erase(&dn->slots, iface->slot);
	return err;
}

static int interface_room(struct ddm_net *dn, struct netlink_ext_ack *extack)
{
	u32 limit =
		ddm_limit(&dn->max_interfaces, READ_ONCE(ddm_max_interfaces));

	if (dn->count >= limit || !dn->next_id) {
		NL_SET_ERR_MSG(extack,
			       "the namespace has max_interfaces interfaces");
		return -EUSERS;
	}
	return ddm_journal_reserve(dn, dn->count + 1);
}

/* A new interface that is in the tables and of which nobody was told yet */
static struct ddm_interface *interface_new(struct ddm_net *dn, const char *text,
					   bool dynamic,
					   struct netlink_ext_ack *extack)
{
	struct ddm_interface *iface;
	struct ddm_name *name;
	int err;

	lockdep_assert_held(&dn->lock);

	err = interface_room(dn, extack);
	if (err)
		return ERR_PTR(err);

	/* a dynamic one is on the account of whoever makes the device, too */
	iface = kmem_cache_zalloc(interface_cache, GFP_KERNEL_ACCOUNT);
	if (!iface)
		return ERR_PTR(-ENOMEM);
	name = name_alloc(iface, text);
	if (!name) {
		kmem_cache_free(interface_cache, iface);
		return ERR_PTR(-ENOMEM);
	}

	iface->dn = dn;
	iface->id = dn->next_id;
	iface->dynamic = dynamic;
	iface->type = DDM_INTERFACE_TYPE_FULL_ROUTER;
	INIT_LIST_HEAD(&iface->links);
	RCU_INIT_POINTER(iface->name, name);

	err = interface_publish(dn, iface, name);
	if (err) {
		/* a reader may have found it in the tables it was in */
		interface_free(iface);
		return ERR_PTR(err);
	}

	dn->next_id++;
	dn->count++;
	dn->generation += 2;
	return iface;
}

/* The name of a device that a lasting interface is bound to */
static struct ddm_name *bound_add(struct ddm_interface *iface,
				  const char *device)
{
	struct ddm_hint hint = { .devices = ddm_letter_bit(device) };

	ddm_netdev_await(iface->dn, &hint);
	return name_add(&iface->dn->by_device, iface, device);
}

/* Bind a lasting interface to the device of that name; NULL stands for none */
static void device_set(struct ddm_interface *iface, struct ddm_name *device)
{
	struct ddm_net *dn = iface->dn;

	name_remove(&dn->by_device, iface->bound);
	iface->bound = device;
	ddm_write_begin(dn);
	strscpy_pad(iface->device, device ? device->text : "",
		    sizeof(iface->device));
	iface->borrowed = false;
	ddm_write_end(dn);
}

/* The same of a name that may be "". Nothing is changed on failure. */
static int device_remember(struct ddm_interface *iface, const char *text)
{
	struct ddm_name *device = NULL;

	if (text[0]) {
		device = bound_add(iface, text);
		if (IS_ERR(device))
			return PTR_ERR(device);
	}
	device_set(iface, device);
	return 0;
}

/* Take an unbound interface out of the tables; nobody is told */
static void interface_hide(struct ddm_interface *iface)
{
	struct ddm_net *dn = iface->dn;
	struct ddm_name *name = rcu_dereference_protected(
		iface->name, lockdep_is_held(&dn->lock));

	device_set(iface, NULL);
	rhashtable_remove_fast(&dn->by_name, &name->node, name_params);
	xa_erase(&dn->interfaces, iface->id);
	xa_erase(&dn->slots, iface->slot);
	dn->count--;
	dn->generation += 2;
}

static void interface_unpublish(struct ddm_interface *iface)
{
	interface_hide(iface);
	interface_free(iface);
}

/**
 * ddm_interface_remove - an interface comes to its end
 * @iface: an interface that is bound to no device; freed
 * @reason: what to tell of an attempt under way
 *
 * Context: ddm_net.lock held, may sleep.
 */
void ddm_interface_remove(struct ddm_interface *iface, enum ddm_reason reason)
{
	if (iface->dial)
		ddm_dial_cancel(iface, reason, reason_error(reason));
	/* a list that is true for this event must not have it any more */
	interface_hide(iface);
	tell(iface, DDM_EVENT_TYPE_INTERFACE_DEL);
	interface_free(iface);
}

static void index_forget(const struct ddm_interface *iface)
{
	xa_erase(&iface->dn->by_ifindex, iface->ifindex);
	ddm_netdev_unbound(iface->ifindex);
}

/**
 * ddm_interface_bind - bind an interface to a device that is there
 * @iface: an interface that is bound to none
 * @dev: a device that no interface is bound to
 *
 * Tells nobody and does not look at the state of the device.
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: 0 or -ENOMEM.
 */
int ddm_interface_bind(struct ddm_interface *iface, struct net_device *dev)
{
	struct ddm_net *dn = iface->dn;
	int err;

	ASSERT_RTNL();
	lockdep_assert_held(&dn->lock);

	err = xa_insert(&dn->by_ifindex, dev->ifindex, iface, GFP_KERNEL);
	if (err)
		return err;
	ddm_netdev_bound(dev->ifindex);
	/* the end of the last one was missed: its entry must not stay behind */
	if (WARN_ON_ONCE(iface->ifindex))
		index_forget(iface);

	ddm_write_begin(dn);
	iface->ifindex = dev->ifindex;
	WRITE_ONCE(iface->kind, ddm_kind_find(dev));
	ddm_write_end(dn);
	return 0;
}

/**
 * ddm_interface_unbind - the device of an interface is gone, or no longer its
 * @iface: an interface that is bound to @dev
 * @dev: the device; it need not be listed any more
 * @reason: why
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_interface_unbind(struct ddm_interface *iface, struct net_device *dev,
			  enum ddm_reason reason)
{
	struct ddm_net *dn = iface->dn;

	ASSERT_RTNL();
	lockdep_assert_held(&dn->lock);

	if (iface->connection)
		connection_end(iface, dev, reason);
	ddm_links_remove(iface);
	index_forget(iface);

	ddm_write_begin(dn);
	iface->ifindex = 0;
	WRITE_ONCE(iface->kind, NULL);
	iface->no_carrier = false;
	iface->claimed = false;
	ddm_write_end(dn);

	/* an attempt through the device itself has nothing to wait for */
	if (iface->dial && iface->dial->method == DDM_METHOD_LINK)
		ddm_dial_fail(iface, reason, reason_error(reason));
	if (iface->borrowed)
		device_set(iface, NULL);
	if (!iface->dynamic)
		ddm_interface_tell_change(iface);
}

/* The kernel finds devices by their alternative names, too */
static bool is_alternative(struct ddm_net *dn, const char *device)
{
	struct net_device *dev = __dev_get_by_name(dn->net, device);

	return dev && strcmp(dev->name, device);
}

static int device_check(struct ddm_net *dn, const char *device,
			struct netlink_ext_ack *extack)
{
	if (!device[0])
		return 0;
	if (!dev_valid_name(device)) {
		NL_SET_ERR_MSG(extack, "device is not a device name");
		return -EINVAL;
	}
	if (is_alternative(dn, device)) {
		NL_SET_ERR_MSG(
			extack,
			"device is an alternative name, the device's own is wanted");
		return -EINVAL;
	}
	if (ddm_interface_by_device(dn, device)) {
		NL_SET_ERR_MSG(extack,
			       "another interface is bound to this device");
		return -EADDRINUSE;
	}
	return 0;
}

/**
 * ddm_interface_borrow - the dialer made a device for this connection
 * @iface: the interface
 * @device: name of the device, a valid one
 * @extack: explains a refusal
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: 0, -EINVAL when another name was wanted, -EADDRINUSE, -ENOMEM.
 */
int ddm_interface_borrow(struct ddm_interface *iface, const char *device,
			 struct netlink_ext_ack *extack)
{
	int err;

	if (!strcmp(iface->device, device))
		return 0;
	if (iface->device[0]) {
		NL_SET_ERR_MSG(extack,
			       "the interface is bound to another device name");
		return -EINVAL;
	}
	err = device_check(iface->dn, device, extack);
	if (err)
		return err;
	err = device_remember(iface, device);
	if (!err)
		iface->borrowed = true;
	return err;
}

/**
 * ddm_interface_return - a device that the dialer named did not come
 * @iface: the interface, whose attempt to connect is over
 *
 * Context: ddm_net.lock held.
 */
void ddm_interface_return(struct ddm_interface *iface)
{
	if (iface->borrowed && !iface->ifindex)
		device_set(iface, NULL);
}

static bool name_free(struct ddm_net *dn, const struct ddm_interface *self,
		      const char *name)
{
	struct ddm_interface *other = ddm_interface_by_name(dn, name);

	return !other || other == self;
}

/*
 * The device's name, or where another interface is called so, "NAME@IFINDEX", or
 * where even that is taken, "NAME@IFINDEX.N"
 */
static void dynamic_name(struct ddm_net *dn, const struct ddm_interface *self,
			 const struct net_device *dev, char *name, size_t size)
{
	u32 n = 0;

	strscpy(name, dev->name, size);
	if (!name_free(dn, self, name))
		snprintf(name, size, "%s@%d", dev->name, dev->ifindex);
	while (!name_free(dn, self, name))
		snprintf(name, size, "%s@%d.%u", dev->name, dev->ifindex, ++n);
}

#define DYNAMIC_NAME_SIZE (IFNAMSIZ + 23)

/**
 * ddm_interface_add_dynamic - make an interface for a tracked device
 * @dn: the namespace of the device
 * @dev: a device that no interface is bound to
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: the interface, of which everybody was told, or NULL.
 */
struct ddm_interface *ddm_interface_add_dynamic(struct ddm_net *dn,
						struct net_device *dev)
{
	char name[DYNAMIC_NAME_SIZE];
	struct ddm_interface *iface;
	int err;

	dynamic_name(dn, NULL, dev, name, sizeof(name));
	iface = interface_new(dn, name, true, NULL);
	if (IS_ERR(iface)) {
		err = PTR_ERR(iface);
		goto err_dropped;
	}
	strscpy_pad(iface->device, dev->name, sizeof(iface->device));
	err = ddm_interface_bind(iface, dev);
	if (err) {
		interface_unpublish(iface);
		goto err_dropped;
	}
	iface->type = iface->kind->if_type;
	tell(iface, DDM_EVENT_TYPE_INTERFACE_NEW);
	return iface;

err_dropped:
	dn->dropped++;
	net_warn_ratelimited("ddm: no interface for device %s: %d\n", dev->name,
			     err);
	return NULL;
}

/* ------------------------------------------------------------ requests -- */

/* Nothing is changed on failure, nor if it is called so already. */
static int rename(struct ddm_interface *iface, const char *text)
{
	struct ddm_net *dn = iface->dn;
	struct ddm_name *name;

	if (!strcmp(interface_name(iface), text))
		return 0;
	name = name_add(&dn->by_name, iface, text);
	if (IS_ERR(name))
		return PTR_ERR(name);
	name_remove(&dn->by_name,
		    rcu_replace_pointer(iface->name, name,
					lockdep_is_held(&dn->lock)));
	return 0;
}

/**
 * ddm_interface_follow_rename - a dynamic interface follows its device's name
 * @iface: a dynamic interface that is bound to @dev
 * @dev: the device
 *
 * Without memory it keeps its old name, until something happens to the device.
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 */
void ddm_interface_follow_rename(struct ddm_interface *iface,
				 const struct net_device *dev)
{
	bool moved = strcmp(iface->device, dev->name);
	char name[DYNAMIC_NAME_SIZE];
	bool renamed;

	if (!iface->misnamed && !moved)
		return;

	dynamic_name(iface->dn, iface, dev, name, sizeof(name));
	renamed = strcmp(interface_name(iface), name);
	iface->misnamed = rename(iface, name) != 0;
	if (iface->misnamed)
		net_warn_ratelimited(
			"ddm: interface %s could not follow its device to %s\n",
			interface_name(iface), dev->name);
	/* another try has changed nothing */
	if (!moved && (iface->misnamed || !renamed))
		return;
	ddm_write_begin(iface->dn);
	strscpy_pad(iface->device, dev->name, sizeof(iface->device));
	ddm_write_end(iface->dn);
	ddm_interface_tell_change(iface);
}

static void apply(struct ddm_interface *iface, const struct ddm_spec *spec,
		  struct ddm_text *settings)
{
	struct ddm_net *dn = iface->dn;

	ddm_write_begin(dn);
	if (spec->type >= 0)
		iface->type = spec->type;
	if (spec->method >= 0)
		iface->method = spec->method;
	if (spec->enabled >= 0)
		iface->disabled = !spec->enabled;
	if (spec->settings)
		settings = rcu_replace_pointer(iface->settings, settings,
					       lockdep_is_held(&dn->lock));
	ddm_write_end(dn);

	if (settings)
		kfree_rcu(settings, rcu);
}

/* "" stands for no settings at all */
static int settings_alloc(const struct ddm_spec *spec,
			  struct ddm_text **settings)
{
	*settings = NULL;
	if (!spec->settings || !spec->settings[0])
		return 0;
	*settings = ddm_text_alloc(spec->settings);
	return *settings ? 0 : -ENOMEM;
}

static bool default_device_usable(struct ddm_net *dn, const char *name)
{
	return dev_valid_name(name) && !is_alternative(dn, name) &&
	       !ddm_interface_by_device(dn, name);
}

static int create_new(struct ddm_net *dn, const struct ddm_spec *spec,
		      const char *device, struct net_device *dev,
		      struct ddm_interface **result,
		      struct netlink_ext_ack *extack)
{
	struct ddm_interface *iface;
	struct ddm_text *settings;
	int err;

	err = settings_alloc(spec, &settings);
	if (err)
		return err;
	iface = interface_new(dn, spec->name, false, extack);
	if (IS_ERR(iface)) {
		err = PTR_ERR(iface);
		goto err_free;
	}
	err = device_remember(iface, device);
	if (!err && dev)
		err = ddm_interface_bind(iface, dev);
	if (err) {
		interface_unpublish(iface);
		goto err_free;
	}
	apply(iface, spec, settings);
	tell(iface, DDM_EVENT_TYPE_INTERFACE_NEW);
	*result = iface;
	return 0;

err_free:
	kfree(settings);
	return err;
}

/* A dynamic interface becomes a lasting one; id and connection stay */
static int create_from_dynamic(struct ddm_interface *iface,
			       const struct ddm_spec *spec)
{
	struct ddm_net *dn = iface->dn;
	struct ddm_text *settings;
	struct ddm_name *device;
	int err;

	err = settings_alloc(spec, &settings);
	if (err)
		return err;
	/* From now on it is in the table of lasting interfaces */
	device = bound_add(iface, iface->device);
	if (IS_ERR(device)) {
		err = PTR_ERR(device);
		goto err_free;
	}
	err = rename(iface, spec->name);
	if (err)
		goto err_device;

	iface->bound = device;
	ddm_write_begin(dn);
	iface->dynamic = false;
	iface->misnamed = false;
	iface->type = DDM_INTERFACE_TYPE_FULL_ROUTER;
	ddm_write_end(dn);
	apply(iface, spec, settings);
	ddm_interface_tell_change(iface);
	return 0;

err_device:
	name_remove(&dn->by_device, device);
err_free:
	kfree(settings);
	return err;
}

/**
 * ddm_interface_create - create an interface, or make a dynamic one last
 * @dn: the namespace
 * @spec: what is wanted; the name was checked
 * @result: receives the interface
 * @extack: explains a refusal
 *
 * The caller looks at the device afterwards.
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: 0, -EEXIST, -EADDRINUSE, -EINVAL, -EUSERS or -ENOMEM.
 */
int ddm_interface_create(struct ddm_net *dn, const struct ddm_spec *spec,
			 struct ddm_interface **result,
			 struct netlink_ext_ack *extack)
{
	struct ddm_interface *named = ddm_interface_by_name(dn, spec->name);
	struct ddm_interface *bound = NULL;
	const char *device = spec->device;
	struct net_device *dev;
	int err;

	ASSERT_RTNL();
	lockdep_assert_held(&dn->lock);

	if (!device && named && named->dynamic)
		device = named->device;
	else if (!device)
		device = default_device_usable(dn, spec->name) ? spec->name :
								 "";
	err = device_check(dn, device, extack);
	if (err)
		return err;

	dev = device[0] ? __dev_get_by_name(dn->net, device) : NULL;
	if (dev)
		bound = xa_load(&dn->by_ifindex, dev->ifindex);
	if (named && named != bound) {
		NL_SET_ERR_MSG(extack, "there is an interface with this name");
		return -EEXIST;
	}
	if (!bound)
		return create_new(dn, spec, device, dev, result, extack);

	/* one whose device was renamed is let go of before anybody gets here */
	if (WARN_ON_ONCE(!bound->dynamic))
		return -EADDRINUSE;
	*result = bound;
	return create_from_dynamic(bound, spec);
}

static int change_check(struct ddm_interface *iface,
			const struct ddm_spec *spec, bool rebind,
			struct netlink_ext_ack *extack)
{
	struct ddm_interface *named;

	if (iface->dynamic && (spec->name || rebind)) {
		NL_SET_ERR_MSG(
			extack,
			"the interface is dynamic, its name is its device's");
		return -EOPNOTSUPP;
	}
	if (iface->connection || iface->dial) {
		if (rebind ||
		    (spec->method >= 0 && spec->method != iface->method)) {
			NL_SET_ERR_MSG(
				extack,
				"the interface is connected or connecting");
			return -EBUSY;
		}
	}
	if (spec->name) {
		named = ddm_interface_by_name(iface->dn, spec->name);
		if (named && named != iface) {
			NL_SET_ERR_MSG(extack,
				       "there is an interface with this name");
			return -EEXIST;
		}
	}
	return rebind ? device_check(iface->dn, spec->device, extack) : 0;
}

/* Nothing is changed on failure. */
static int change_names(struct ddm_interface *iface,
			const struct ddm_spec *spec, bool rebind)
{
	struct ddm_name *device = NULL;
	struct ddm_net *dn = iface->dn;
	int err;

	if (rebind && spec->device[0]) {
		device = bound_add(iface, spec->device);
		if (IS_ERR(device))
			return PTR_ERR(device);
	}
	err = spec->name ? rename(iface, spec->name) : 0;
	if (err) {
		name_remove(&dn->by_device, device);
		return err;
	}
	if (rebind)
		device_set(iface, device);
	return 0;
}

/**
 * ddm_interface_change - change an interface, wholly or not at all
 * @iface: the interface
 * @spec: what is to change; a name was checked
 * @extack: explains a refusal
 *
 * The caller looks at the devices afterwards.
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: 0, -EEXIST, -EADDRINUSE, -EINVAL, -EBUSY, -EOPNOTSUPP or -ENOMEM.
 */
int ddm_interface_change(struct ddm_interface *iface,
			 const struct ddm_spec *spec,
			 struct netlink_ext_ack *extack)
{
	bool rebind = spec->device && strcmp(spec->device, iface->device);
	struct ddm_net *dn = iface->dn;
	struct ddm_text *settings;
	int err;

	ASSERT_RTNL();
	lockdep_assert_held(&dn->lock);

	err = change_check(iface, spec, rebind, extack);
	if (err)
		return err;
	err = settings_alloc(spec, &settings);
	if (err)
		return err;
	err = change_names(iface, spec, rebind);
	if (err) {
		kfree(settings);
		return err;
	}
	if (rebind && iface->ifindex)
		ddm_interface_unbind(
			iface, __dev_get_by_index(dn->net, iface->ifindex),
			DDM_REASON_DELETED);
	apply(iface, spec, settings);
	ddm_interface_tell_change(iface);
	return 0;
}
