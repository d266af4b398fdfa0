/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The objects of the Demand-Dial Manager and what its parts offer each other.
 *
 * Locks, outermost first: RTNL, ddm_net.lock, ddm_net.seq. Nothing here is
 * taken under a lock of generic netlink's that a notifier could wait for.
 */
#ifndef DDM_DDM_H
#define DDM_DDM_H

#include <linux/if.h>
#include <linux/in6.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/rhashtable.h>
#include <linux/seqlock.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include <uapi/linux/ddm.h>

struct eventfd_ctx;
struct genl_info;
struct netlink_callback;
struct netlink_ext_ack;
struct nlattr;
struct sk_buff;
struct sock;

/* Windows error codes that the module itself reports (raserror.h, mprerror.h) */
#define DDM_ERROR_DEVICE_DOES_NOT_EXIST 608
#define DDM_ERROR_DISCONNECTION 628
#define DDM_ERROR_REMOTE_DISCONNECTION 629
#define DDM_ERROR_PORT_NOT_AVAILABLE 633
#define DDM_ERROR_UNKNOWN 635
#define DDM_ERROR_NO_CARRIER 679
#define DDM_ERROR_PPP_TIMEOUT 718
#define DDM_ERROR_DDM_NOT_RUNNING 903
#define DDM_ERROR_NO_SUCH_INTERFACE 905
#define DDM_ERROR_INTERFACE_DISCONNECTED 929

/* A connection id holds the interface's slot in its low bits. */
#define DDM_SLOT_BITS 24
#define DDM_SLOT_MASK (BIT_ULL(DDM_SLOT_BITS) - 1)

#define DDM_EVENT_MASK_DEFAULT \
	(BIT(DDM_EVENT_TYPE_CONNECTED) | BIT(DDM_EVENT_TYPE_DISCONNECTED))

/**
 * struct ddm_text - a string that readers see under RCU
 * @rcu: for its end
 * @length: of @text
 * @text: NUL-terminated
 */
struct ddm_text {
	struct rcu_head rcu;
	u16 length;
	char text[];
};

/**
 * struct ddm_name - what an interface is found by
 * @rcu: for its end
 * @node: in ddm_net.by_name or ddm_net.by_device
 * @interface: what is called so, or bound to the device that is
 * @length: of @text
 * @text: NUL-terminated
 *
 * An object of its own: a new name has its place in the table before the old
 * one leaves it, so that a failure takes no name away.
 */
struct ddm_name {
	struct rcu_head rcu;
	struct rhash_head node;
	struct ddm_interface *interface;
	u16 length;
	char text[];
};

/* Counters that a connection has, in the order of DDM_A_CONNECTION_RX_BYTES. */
enum ddm_counter {
	DDM_RX_BYTES,
	DDM_TX_BYTES,
	DDM_RX_PACKETS,
	DDM_TX_PACKETS,
	DDM_RX_ERRORS,
	DDM_TX_ERRORS,
	DDM_RX_CRC_ERRORS,
	DDM_RX_FRAME_ERRORS,
	DDM_RX_OVER_ERRORS,
	DDM_RX_FIFO_ERRORS,
	DDM_COUNTERS,
	/* those that an event has room for */
	DDM_EVENT_COUNTERS = DDM_TX_PACKETS + 1,
};

/* Room for a name in a slot of the journal, with its NUL. */
#define DDM_EVENT_NAME 32

/**
 * struct ddm_event - one slot of the journal, 64 bytes
 * @time: nanoseconds of the real-time clock
 * @connection: id of the connection, or 0
 * @interface: id of the interface, or 0
 * @ifindex: its device, or 0
 * @link: id of the link, of link events
 * @duration: of DISCONNECTED, see ddm_duration_pack()
 * @error: code of raserror.h or mprerror.h, or 0
 * @type: enum ddm_event_type
 * @state: enum ddm_state after the event; of SERVICE, enum ddm_service_state
 * @reason: enum ddm_reason
 * @counters: of DISCONNECTED, what the connection carried
 * @name: of INTERFACE_NEW and INTERFACE_DEL, the name if it is short enough:
 *        when the event is read the interface may be gone
 *
 * The sequence number is not stored, the place in the ring tells it.
 */
struct ddm_event {
	u64 time;
	u64 connection;
	u32 interface;
	u32 ifindex;
	union {
		u32 link;
		u32 duration;
	};
	u16 error;
	u8 type : 5;
	u8 state : 3;
	u8 reason;
	union {
		u64 counters[DDM_EVENT_COUNTERS];
		char name[DDM_EVENT_NAME];
	};
};

/**
 * struct ddm_journal - a ring of events
 * @rcu: for its end, when a larger one takes its place
 * @first: number of the oldest event that was ever put into this ring
 * @size: number of slots, a power of two
 * @slots: event N is in slot N modulo @size; apart, because a few bytes more
 *         than a power of two may take half as much again
 */
struct ddm_journal {
	struct rcu_head rcu;
	u64 first;
	u32 size;
	struct ddm_event *slots;
};

/**
 * struct ddm_kind - what a kind of device needs to count as connected
 * @type: ARPHRD_*, or -1 for any
 * @kind: rtnl kind or DEVTYPE, or NULL for any
 * @needs: DDM_NEEDS_* bits
 * @if_type: enum ddm_interface_type of a dynamic interface
 * @method: enum ddm_method of an interface created with method auto
 * @dynamic_method: enum ddm_method of a dynamic interface
 */
struct ddm_kind {
	s32 type;
	const char *kind;
	u8 needs;
	u8 if_type;
	u8 method;
	u8 dynamic_method;
};

#define DDM_NEEDS_CARRIER BIT(0)
#define DDM_NEEDS_AWAKE BIT(1) /* not dormant */
#define DDM_NEEDS_LINKS BIT(2) /* a link that is up, once an agent claimed it */

/**
 * struct ddm_rule - which devices get a dynamic interface
 * @preference: rules are tried in rising order
 * @type: ARPHRD_*, or -1 for any
 * @action: enum ddm_rule_action
 * @kind: rtnl kind or DEVTYPE, "" for any
 * @device: device name, or its beginning and an asterisk, "" for any
 */
struct ddm_rule {
	u32 preference;
	s32 type;
	u8 action;
	char kind[DDM_KIND_MAX + 1];
	char device[IFNAMSIZ];
};

/**
 * struct ddm_rules - the rules of a namespace, replaced as a whole
 * @rcu: for its end
 * @count: number of rules
 * @rule: in rising order of preference
 */
struct ddm_rules {
	struct rcu_head rcu;
	u32 count;
	struct ddm_rule rule[];
};

/**
 * struct ddm_hint - what tells most devices from those that are waited for
 * @types: bits of types, see ddm_type_slot()
 * @kinds: bits of first letters of kinds, where the type does not matter
 * @devices: bits of first letters of names, where neither matters
 */
struct ddm_hint {
	u64 types;
	u32 kinds;
	u32 devices;
};

/**
 * struct ddm_awaited - what rules and created interfaces ever waited for
 *
 * Hints of a namespace, put together: of a device that comes little is looked
 * at if nobody waits for it.
 */
struct ddm_awaited {
	atomic64_t types;
	atomic_t kinds;
	atomic_t devices;
};

/**
 * struct ddm_limit - how much a namespace may have of something
 * @value: 0 for the module's parameter
 * @beyond: the machine's own administrator set it above the parameter
 */
struct ddm_limit {
	u32 value;
	bool beyond;
};

static inline u32 ddm_limit(const struct ddm_limit *limit, u32 parameter)
{
	if (limit->value && (limit->beyond || limit->value < parameter))
		return limit->value;
	return parameter;
}

/**
 * struct ddm_dial - an attempt to connect
 * @list: in ddm_net.dials, once it was given up in ddm_net.ending, and while
 *        signals are held back in ddm_net.ended
 * @interface: what is to be connected
 * @waiter: eventfd that is signalled at the end, or NULL
 * @deadline: jiffies at which the attempt is given up
 * @request: number that the dialer answers with
 * @error: code of raserror.h or mprerror.h for @reason
 * @reason: why it was given up, DDM_REASON_UNKNOWN while it was not
 * @method: enum ddm_method it was begun with
 * @asked: the dialer of now was asked, and waits to hear of its end
 */
struct ddm_dial {
	struct list_head list;
	struct ddm_interface *interface;
	struct eventfd_ctx *waiter;
	unsigned long deadline;
	u32 request;
	u32 error;
	u8 reason;
	u8 method;
	bool asked;
};

/**
 * struct ddm_interface - a demand-dial or WAN interface
 * @rcu: for its end
 * @dn: its namespace
 * @name: friendly name, in ddm_net.by_name
 * @bound: @device as it is in ddm_net.by_device, NULL while @device is empty and
 *         of a dynamic interface
 * @settings: text that user space keeps here, or NULL
 * @kind: row of the table of kinds, NULL while there is no device
 * @dial: the attempt under way, or NULL; the pointer is read under RCU as a
 *        mere flag
 * @links: its links (ports)
 * @id: key in ddm_net.interfaces
 * @slot: key in ddm_net.slots
 * @ifindex: the bound device, 0 while there is none
 * @last_error: code of the last attempt that failed or was given up, or 0
 * @connects: how often it was connected
 * @failures: how many attempts failed
 * @links_up: how many links are up
 * @connection: id of the present connection, 0 while not connected
 * @sequence: number of the last event about it
 * @changed: when its state last changed, real-time clock
 * @start: when the connection began, real-time clock
 * @start_boot: the same, clock that counts suspend
 * @base: counters of the device when the connection began or was cleared
 * @type: enum ddm_interface_type; of a dynamic interface see link_type()
 * @method: enum ddm_method as asked for
 * @dynamic: made for a tracked device
 * @misnamed: dynamic, and its name could not follow that of its device
 * @disabled: may not be dialled
 * @failed: the last attempt failed
 * @no_carrier: the device is up and has no carrier
 * @claimed: a link agent looks after the device
 * @hangup: a disconnect command is being carried out
 * @end_error: what the link agent said of the end that is being carried out
 * @borrowed: @device was named by the dialer for this connection alone
 * @device: name of the bound device, "" when bound to none
 *
 * Changed under ddm_net.lock; what readers see is changed between
 * ddm_write_begin() and ddm_write_end().
 */
struct ddm_interface {
	struct rcu_head rcu;
	struct ddm_net *dn;
	struct ddm_name __rcu *name;
	struct ddm_name *bound;
	struct ddm_text __rcu *settings;
	const struct ddm_kind *kind;
	struct ddm_dial *dial;
	struct list_head links;
	u32 id;
	u32 slot;
	u32 ifindex;
	u32 last_error;
	u32 connects;
	u32 failures;
	u32 links_up;
	u16 end_error;
	u64 connection;
	u64 sequence;
	u64 changed;
	u64 start;
	u64 start_boot;
	u64 base[DDM_COUNTERS];
	u8 type;
	u8 method;
	bool dynamic;
	bool misnamed;
	bool disabled;
	bool failed;
	bool no_carrier;
	bool claimed;
	bool hangup;
	bool borrowed;
	char device[IFNAMSIZ];
};

/**
 * struct ddm_link_facts - what a link agent knows of a link
 * @incoming: the call was taken, not made
 * @speed: bits per second, or 0
 * @local4: own IPv4 address, or 0
 * @remote4: the other side's
 * @local6: own IPv6 address, or 0
 * @remote6: the other side's
 * @media: what the link runs over, or ""
 */
struct ddm_link_facts {
	bool incoming;
	u32 speed;
	__be32 local4;
	__be32 remote4;
	struct in6_addr local6;
	struct in6_addr remote6;
	char media[DDM_KIND_MAX + 1];
};

/**
 * struct ddm_link - one link (port) of a PPP device
 * @rcu: for its end
 * @list: in ddm_interface.links
 * @interface: whose link it is
 * @user: who was authenticated on it, or NULL
 * @peer: name of the other side, or NULL
 * @id: key in ddm_net.links
 * @interface_id: id of @interface, for readers
 * @ifindex: the device
 * @state: enum ddm_link_state
 * @hangup: it is up, and a hang-up command for it is being carried out
 * @changed: when @state last changed, real-time clock
 * @facts: what else is known; changed like an interface, see ddm_write_begin()
 * @port: port name
 */
struct ddm_link {
	struct rcu_head rcu;
	struct list_head list;
	struct ddm_interface *interface;
	struct ddm_text __rcu *user;
	struct ddm_text __rcu *peer;
	u32 id;
	u32 interface_id;
	u32 ifindex;
	u32 state;
	bool hangup;
	u64 changed;
	struct ddm_link_facts facts;
	char port[DDM_PORT_MAX + 1];
};

/**
 * struct ddm_owner - a netlink socket that owns something here
 * @list: in ddm_net.owners
 * @sk: the socket, with a reference, so that its address is not used again
 * @listeners: its listeners
 * @portid: its port id
 * @count: number of @listeners
 */
struct ddm_owner {
	struct list_head list;
	struct sock *sk;
	struct list_head listeners;
	u32 portid;
	u32 count;
};

/**
 * struct ddm_listener - an eventfd that is signalled by events
 * @list: in ddm_net.listeners or ddm_net.watchers
 * @owned: in ddm_owner.listeners
 * @owner: the socket that registered it
 * @ctx: the eventfd, with a reference
 * @wakes: events of which it is signalled, for all that have its eventfd
 * @mask: events that were asked for, bit N for type N
 * @interface: only events of this interface, 0 for all
 */
struct ddm_listener {
	struct list_head list;
	struct list_head owned;
	struct ddm_owner *owner;
	struct eventfd_ctx *ctx;
	u32 wakes;
	u32 mask;
	u32 interface;
};

/**
 * struct ddm_net - the manager of one network namespace
 * @lock: serialises every change below, and listeners' signals
 * @seq: lets readers see an interface whole, see ddm_write_begin()
 * @net: the namespace; valid as long as this is
 * @interfaces: id to interface, in the order of dumps
 * @slots: slot to interface, for connection ids
 * @by_ifindex: device index to interface; changed under RTNL too, so that a
 *              notifier may look without @lock
 * @links: id to link
 * @ghosts: id of an interface that is gone to the number (a value entry) of
 *          the event that told so and has its name, while the journal holds it
 * @by_name: names of interfaces
 * @by_device: names of devices that created interfaces are bound to
 * @rules: rules, NULL for the default ones
 * @journal: the events, NULL until there is something to tell
 * @head: number of the newest event
 * @listeners: eventfds that hear of all interfaces
 * @watchers: those that hear of one; apart, so that the others, who are the
 *            most, are signalled without a look at that
 * @owners: sockets that own something
 * @dialer: the one that dials, or NULL
 * @dials: attempts under way
 * @ending: those that were given up, of which nobody was told yet
 * @ended: those whose end was told, and who waits for it not yet woken
 * @expiry: gives up attempts whose time is over
 * @expires: when that runs next, in jiffies, if it is pending
 * @epoch: random, tells this life of the namespace from another
 * @connections: how many connections began, high part of their ids
 * @started: when the namespace was first followed, boot clock
 * @generation: counts changes of the set of interfaces, never 0
 * @next_id: id of the next interface, 0 when all are used up
 * @next_link: id of the next link, 0 when all are used up
 * @next_request: number of the next dial request
 * @count: number of interfaces
 * @connected: how many of them are connected
 * @link_count: number of links
 * @listener_count: number of listeners
 * @held: bits of the types of events that are to be signalled together
 * @holding: while many may come, 1 and how many there were; else 0
 * @dropped: tracked devices that got no interface
 * @awaited: which devices are looked at when they come
 * @max_interfaces: limit
 * @max_listeners: limit
 * @max_socket_listeners: limit
 * @dialer_timeout: time limit that the dialer set, ms, 0 for the default
 * @state: enum ddm_service_state
 */
struct ddm_net {
	struct mutex lock; /* every change, and signals */
	seqcount_t seq;
	struct net *net;
	struct xarray interfaces;
	struct xarray slots;
	struct xarray by_ifindex;
	struct xarray links;
	struct xarray ghosts;
	struct rhashtable by_name;
	struct rhashtable by_device;
	struct ddm_rules __rcu *rules;
	struct ddm_journal __rcu *journal;
	atomic64_t head;
	struct list_head listeners;
	struct list_head watchers;
	struct list_head owners;
	struct ddm_owner *dialer;
	struct list_head dials;
	struct list_head ending;
	struct list_head ended;
	struct delayed_work expiry;
	unsigned long expires;
	u64 epoch;
	u64 connections;
	u64 started;
	u32 generation;
	u32 next_id;
	u32 next_link;
	u32 next_request;
	u32 count;
	u32 connected;
	u32 link_count;
	u32 listener_count;
	u32 held;
	u32 holding;
	u32 dropped;
	struct ddm_awaited awaited;
	struct ddm_limit max_interfaces;
	struct ddm_limit max_listeners;
	struct ddm_limit max_socket_listeners;
	u32 dialer_timeout;
	u32 state;
};

/* This many keep Ethernet apart from the types that are tracked by default. */
#define DDM_TYPE_SLOTS 61

static inline u32 ddm_type_slot(u32 type)
{
	return type % DDM_TYPE_SLOTS;
}

static inline u64 ddm_type_bit(u32 type)
{
	return BIT_ULL(ddm_type_slot(type));
}

static inline u32 ddm_letter_bit(const char *text)
{
	/* char is signed on some machines */
	return BIT((u8)text[0] % 32);
}

extern unsigned int ddm_net_id;

static inline struct ddm_net *ddm_net(const struct net *net)
{
	return net_generic(net, ddm_net_id);
}

/**
 * ddm_write_begin - begin to change what readers see of an interface
 * @dn: the namespace
 *
 * Context: ddm_net.lock held; no sleeping until ddm_write_end().
 */
static inline void ddm_write_begin(struct ddm_net *dn)
{
	lockdep_assert_held(&dn->lock);
	preempt_disable();
	write_seqcount_begin(&dn->seq);
}

static inline void ddm_write_end(struct ddm_net *dn)
{
	write_seqcount_end(&dn->seq);
	preempt_enable();
}

/* main.c: module parameters */
extern unsigned int ddm_journal_size;
extern unsigned int ddm_max_interfaces;
extern unsigned int ddm_max_listeners;
extern unsigned int ddm_max_socket_listeners;

/* netns.c */
int ddm_netns_init(void);
void ddm_netns_exit(void);
int ddm_service_check(struct ddm_net *dn, struct netlink_ext_ack *extack);
void ddm_service_set_state(struct ddm_net *dn, u32 state);

/* netdev.c */
int ddm_netdev_init(void);
void ddm_netdev_exit(void);
void ddm_netdev_await(struct ddm_net *dn, const struct ddm_hint *hint);
void ddm_netdev_bound(u32 ifindex);
void ddm_netdev_unbound(u32 ifindex);
void ddm_netdev_evaluate(struct ddm_net *dn, struct net_device *dev);
void ddm_netdev_evaluate_all(struct ddm_net *dn);

/* kind.c */
const struct ddm_kind *ddm_kind_find(const struct net_device *dev);
const char *ddm_kind_name(const struct net_device *dev);

/* rule.c */
const struct ddm_rules *ddm_rules_get(struct ddm_net *dn);
void ddm_rules_init(struct ddm_net *dn);
bool ddm_rule_tracks(struct ddm_net *dn, const struct net_device *dev);
int ddm_rule_add(struct ddm_net *dn, struct ddm_rule *rule,
		 struct netlink_ext_ack *extack);
int ddm_rule_del(struct ddm_net *dn, u32 preference);
void ddm_rules_free(struct ddm_net *dn);

/* interface.c */

/**
 * struct ddm_view - an interface as a reader saw it, whole
 * @name: valid while RCU is held, like @settings
 * @state: enum ddm_state
 * @unreachability: DDM_UNREACHABILITY_* bits
 * @name_length: of @name
 * @settings_length: of @settings
 *
 * The others are as in struct ddm_interface; @method is the effective one.
 * @start, @start_boot and @base are for ddm_connection_view() alone.
 */
struct ddm_view {
	const char *name;
	const char *settings;
	u16 name_length;
	u16 settings_length;
	u32 id;
	u32 state;
	u32 unreachability;
	u32 ifindex;
	u32 last_error;
	u32 connects;
	u32 failures;
	u32 links_up;
	u64 connection;
	u64 sequence;
	u64 changed;
	u64 start;
	u64 start_boot;
	u64 base[DDM_COUNTERS];
	u8 type;
	u8 method;
	bool dynamic;
	bool disabled;
	char device[IFNAMSIZ];
};

/**
 * struct ddm_spec - what a request wants of an interface
 * @name: new name, or NULL
 * @device: new device name ("" for none), or NULL
 * @settings: new settings ("" for none), or NULL
 * @type: enum ddm_interface_type, or -1
 * @method: enum ddm_method, or -1
 * @enabled: 0 or 1, or -1
 */
struct ddm_spec {
	const char *name;
	const char *device;
	const char *settings;
	int type;
	int method;
	int enabled;
};

int ddm_interface_init(void);
void ddm_interface_exit(void);
int ddm_interfaces_init(struct ddm_net *dn);
void ddm_interfaces_free(struct ddm_net *dn);
int ddm_name_check(const char *name, struct netlink_ext_ack *extack);
struct ddm_text *ddm_text_alloc(const char *s);
struct ddm_interface *ddm_interface_by_name(struct ddm_net *dn,
					    const char *name);
struct ddm_interface *ddm_interface_by_device(struct ddm_net *dn,
					      const char *device);
struct ddm_interface *ddm_interface_by_connection(struct ddm_net *dn, u64 id);
struct ddm_interface *ddm_interface_add_dynamic(struct ddm_net *dn,
						struct net_device *dev);
int ddm_interface_create(struct ddm_net *dn, const struct ddm_spec *spec,
			 struct ddm_interface **result,
			 struct netlink_ext_ack *extack);
int ddm_interface_change(struct ddm_interface *iface,
			 const struct ddm_spec *spec,
			 struct netlink_ext_ack *extack);
void ddm_interface_remove(struct ddm_interface *iface, enum ddm_reason reason);
int ddm_interface_bind(struct ddm_interface *iface, struct net_device *dev);
int ddm_interface_borrow(struct ddm_interface *iface, const char *device,
			 struct netlink_ext_ack *extack);
void ddm_interface_return(struct ddm_interface *iface);
void ddm_interface_unbind(struct ddm_interface *iface, struct net_device *dev,
			  enum ddm_reason reason);
void ddm_interface_follow_rename(struct ddm_interface *iface,
				 const struct net_device *dev);
void ddm_interface_update(struct ddm_interface *iface, struct net_device *dev,
			  enum ddm_reason reason);
void ddm_interface_set_type(struct ddm_interface *iface, u8 type);
bool ddm_interface_follow_type(struct ddm_interface *iface,
			       const struct net_device *dev);
void ddm_interface_tell_change(struct ddm_interface *iface);
u32 ddm_interface_state(const struct ddm_interface *iface, u32 *unreachability);
u32 ddm_interface_method(const struct ddm_interface *iface);
void ddm_interface_view(const struct ddm_interface *iface,
			struct ddm_view *view);
void ddm_connection_view(const struct ddm_interface *iface,
			 struct ddm_view *view);
void ddm_counters_read(struct net_device *dev, const u64 base[DDM_COUNTERS],
		       u64 counters[DDM_COUNTERS]);
void ddm_connection_clear(struct ddm_interface *iface, struct net_device *dev);

/* link.c */

/**
 * struct ddm_link_spec - what a link agent says of a link
 * @user: who was authenticated, or NULL
 * @peer: name of the other side, or NULL
 * @set: DDM_LINK_* bits of the members of @facts that count
 * @facts: what else is known
 */
struct ddm_link_spec {
	const char *user;
	const char *peer;
	u32 set;
	struct ddm_link_facts facts;
};

#define DDM_LINK_INCOMING BIT(0)
#define DDM_LINK_SPEED BIT(1)
#define DDM_LINK_LOCAL4 BIT(2)
#define DDM_LINK_REMOTE4 BIT(3)
#define DDM_LINK_LOCAL6 BIT(4)
#define DDM_LINK_REMOTE6 BIT(5)
#define DDM_LINK_MEDIA BIT(6)

struct ddm_link *ddm_link_add(struct ddm_interface *iface,
			      struct net_device *dev, const char *port,
			      u32 state, const struct ddm_link_spec *spec,
			      struct netlink_ext_ack *extack);
int ddm_link_describe(struct ddm_link *link, const struct ddm_link_spec *spec);
void ddm_link_set(struct ddm_link *link, struct net_device *dev, u32 state,
		  u16 error);
void ddm_link_remove(struct ddm_link *link, struct net_device *dev, u16 error);
void ddm_links_remove(struct ddm_interface *iface);
void ddm_link_free(struct ddm_link *link);

/* journal.c */

/**
 * struct ddm_cursor - where a reader of the journal is
 * @next: number of the next event to read
 * @lost: how many events before @next are gone
 */
struct ddm_cursor {
	u64 next;
	u64 lost;
};

int ddm_journal_reserve(struct ddm_net *dn, u32 interfaces);
void ddm_journal_free(struct ddm_net *dn);
void ddm_journal_tell(struct ddm_net *dn, struct ddm_interface *iface,
		      struct ddm_event *event);
bool ddm_journal_read(struct ddm_net *dn, struct ddm_cursor *cursor,
		      struct ddm_event *event);
void ddm_journal_name(struct ddm_net *dn, u32 id, char *name, size_t size);
u64 ddm_journal_oldest(struct ddm_net *dn, u32 *size);
u32 ddm_duration_pack(u64 ms);
u64 ddm_duration_unpack(u32 packed);

/* listener.c */
int ddm_listener_add(struct ddm_net *dn, struct sock *sk, u32 portid, int fd,
		     u32 mask, u32 interface, struct netlink_ext_ack *extack);
int ddm_listener_del(struct ddm_net *dn, struct sock *sk, int fd);
void ddm_listener_free(struct ddm_net *dn, struct ddm_listener *listener);
void ddm_listeners_signal(struct ddm_net *dn, u32 type, u32 interface);
void ddm_listeners_signal_all(struct ddm_net *dn);
void ddm_listeners_hold(struct ddm_net *dn);
void ddm_listeners_let_go(struct ddm_net *dn);

/* owner.c */
int ddm_owner_init(void);
void ddm_owner_exit(void);
struct ddm_owner *ddm_owner_find(struct ddm_net *dn, const struct sock *sk);
struct ddm_owner *ddm_owner_get(struct ddm_net *dn, struct sock *sk,
				u32 portid);
void ddm_owner_put(struct ddm_net *dn, struct ddm_owner *owner);
void ddm_owners_free(struct ddm_net *dn);

/* dial.c */
int ddm_dial_connect(struct ddm_net *dn, u32 id, u32 timeout,
		     struct eventfd_ctx *waiter,
		     struct netlink_ext_ack *extack);
int ddm_dial_disconnect(struct ddm_net *dn, u32 id,
			struct netlink_ext_ack *extack);
int ddm_dial_hangup_link(struct ddm_link *link, struct netlink_ext_ack *extack);
void ddm_dial_done(struct ddm_interface *iface);
void ddm_dial_cancel(struct ddm_interface *iface, enum ddm_reason reason,
		     u32 error);
void ddm_dial_fail(struct ddm_interface *iface, enum ddm_reason reason,
		   u32 error);
int ddm_dial_result(struct ddm_net *dn, const struct sock *sk, u32 request,
		    u32 error, const char *device,
		    struct netlink_ext_ack *extack);
int ddm_dialer_bind(struct ddm_net *dn, struct sock *sk, u32 portid,
		    u32 timeout, struct netlink_ext_ack *extack);
void ddm_dialer_release(struct ddm_net *dn, u32 error);
void ddm_dials_stop(struct ddm_net *dn);
void ddm_dials_end(struct ddm_net *dn);
void ddm_dials_wake(struct ddm_net *dn);
int ddm_dial_init(void);
void ddm_dial_exit(void);
void ddm_dials_init(struct ddm_net *dn);
void ddm_dials_free(struct ddm_net *dn);

/* netlink.c */
int ddm_netlink_init(void);
void ddm_netlink_exit(void);
void ddm_netlink_event(struct ddm_net *dn, const struct ddm_interface *iface,
		       const struct ddm_event *event, u64 sequence);
int ddm_netlink_dial(struct ddm_net *dn, const struct ddm_interface *iface,
		     u32 request, u32 timeout);
int ddm_netlink_hangup(struct ddm_net *dn, const struct ddm_interface *iface,
		       u32 request, u32 link);

#endif /* DDM_DDM_H */
