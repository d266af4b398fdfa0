/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libddm - client of the Demand-Dial Manager's generic netlink family
 *
 * Conventions
 *  - A function returns 0 (or a count) on success and a negative errno
 *    otherwise; ddm_error() then has the kernel's explanation.
 *  - Objects come as pointers to const structures. They and their strings
 *    belong to the handle and are valid until its next call, or in a callback
 *    until the callback returns. A structure may grow at its end in a later
 *    version: never copy one by value across a library update boundary.
 *  - Requests that may grow start with a member size, set by the caller to
 *    sizeof its structure.
 *  - A callback returns 0 to go on; anything else ends the call, which then
 *    returns that value. The rest of a dump is drained first, so the handle
 *    stays usable. A callback must not use the handle that called it.
 *  - A handle may be used by one thread at a time; handles do not know of
 *    each other. There are no threads, no signals and no globals in here.
 *  - Every descriptor is close-on-exec. A handle must not be used on both
 *    sides of a fork.
 *  - Text is UTF-8. Time is in nanoseconds of the real-time clock unless a
 *    member says otherwise.
 *
 * Errors that any call can return
 *  -EUNATCH    the module is not loaded, or was unloaded since
 *  -ESTALE     (also) the module was reloaded since the handle was opened, and
 *              either the call names an id or a sequence number, which are void
 *              now and may be another object's, or the handle held listeners or
 *              the dialer's place, which are gone. It stays so: open a new
 *              handle. Calls that name neither, of a handle that held neither,
 *              simply go to the new module.
 *  -ESHUTDOWN  the service is stopped in this namespace (all calls but those
 *              that get and set the service, and link agents' reports)
 *  -EPERM      the call needs CAP_NET_ADMIN
 *  -ENOMEM     out of memory, here or in the kernel
 *  -EINVAL     a bad argument; ddm_error() names it
 */
#ifndef DDM_H
#define DDM_H

#include <stddef.h>
#include <stdint.h>
#include <linux/ddm.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bit of an event type in an event mask. */
#define DDM_EVENT_BIT(type) (UINT32_C(1) << (type))
/* What MprAdminRegisterConnectionNotification listens to. */
#define DDM_EVENT_MASK_CONNECTION                  \
	(DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECTED) | \
	 DDM_EVENT_BIT(DDM_EVENT_TYPE_DISCONNECTED))
/* Every event, also of types that this version does not know. */
#define DDM_EVENT_MASK_ALL UINT32_MAX
/* Bytes of an IPv6 address */
#define DDM_ADDRESS6_SIZE 16
/* Any interface, where an interface id is asked for. */
#define DDM_ANY_INTERFACE UINT32_C(0)

/* ------------------------------------------------------------- handle -- */

/* A connection to the manager of the network namespace of the opener. */
struct ddm;

/**
 * ddm_open - open a handle
 * @ddm: receives the handle, NULL on failure; close it with ddm_close()
 *
 * Looks the family up, which loads the module if it is installed and may be
 * loaded. Errors: -EUNATCH, -ENOMEM, those of socket(2).
 */
int ddm_open(struct ddm **ddm);

/**
 * ddm_open_loaded - open a handle if the module is loaded
 * @ddm: as ddm_open()
 *
 * As ddm_open(), but never has the module loaded: for who only wants to know
 * whether it is there, which must not undo an administrator's rmmod. Errors:
 * those of ddm_open().
 */
int ddm_open_loaded(struct ddm **ddm);

/**
 * ddm_close - close a handle
 * @ddm: the handle, or NULL
 *
 * Its listeners and its dialer binding end.
 */
void ddm_close(struct ddm *ddm);

/**
 * ddm_pin - keep a handle to the load of the module that is there now
 * @ddm: the handle
 *
 * From now on every call fails with -ESTALE once the module was reloaded, and
 * not only those that name an id. It costs each call that changes something a
 * look at its own socket, where the kernel tells that the family went, rather
 * than a question: to compare epochs before each call would be a request more.
 * A call that only reads sees it with its answer. Errors: those of
 * setsockopt(2).
 */
int ddm_pin(struct ddm *ddm);

/**
 * ddm_error - explain the last failure of a handle
 * @ddm: the handle
 *
 * Returns a sentence (the kernel's, where it gave one), "" if the last call
 * succeeded; never NULL. Valid until the next call.
 */
const char *ddm_error(const struct ddm *ddm);

/* ------------------------------------------------------------ service -- */

/**
 * struct ddm_service - the manager in this namespace
 * @state: enum ddm_service_state
 * @dialer: netlink port id of the bound dialer, 0 if none
 * @sequence: number of the newest event, 0 before the first
 * @oldest: number of the oldest event that can still be read
 * @epoch: changes with every load of the module; numbers and ids of
 *         different epochs do not compare
 * @uptime: milliseconds
 * @interfaces: how many interfaces there are
 * @connections: how many of them are connected
 * @links: how many links (ports) there are
 * @listeners: how many listeners are registered
 * @journal_size: events that the journal holds before it overwrites
 * @max_interfaces: limit
 * @max_listeners: limit for the namespace
 * @max_socket_listeners: limit for one handle
 * @dropped: tracked devices that got no interface (limit, memory)
 */
struct ddm_service {
	uint32_t state;
	uint32_t dialer;
	uint64_t sequence;
	uint64_t oldest;
	uint64_t epoch;
	uint64_t uptime;
	uint32_t interfaces;
	uint32_t connections;
	uint32_t links;
	uint32_t listeners;
	uint32_t journal_size;
	uint32_t max_interfaces;
	uint32_t max_listeners;
	uint32_t max_socket_listeners;
	uint32_t dropped;
};

/** ddm_service_get - read the state of the manager */
int ddm_service_get(struct ddm *ddm, const struct ddm_service **service);

/* Members of struct ddm_service_request that ddm_service_set() applies. */
#define DDM_SERVICE_STATE_SET 0x1
#define DDM_SERVICE_MAX_INTERFACES_SET 0x2
#define DDM_SERVICE_MAX_LISTENERS_SET 0x4
#define DDM_SERVICE_MAX_SOCKET_LISTENERS_SET 0x8

/**
 * struct ddm_service_request - what ddm_service_set() changes
 * @size: sizeof(struct ddm_service_request)
 * @set: DDM_SERVICE_*_SET bits of the members that count
 * @state: enum ddm_service_state
 * @max_interfaces: at least 1; below the present number, only new ones are
 *                  refused
 * @max_listeners: likewise
 * @max_socket_listeners: likewise
 */
struct ddm_service_request {
	size_t size;
	uint32_t set;
	uint32_t state;
	uint32_t max_interfaces;
	uint32_t max_listeners;
	uint32_t max_socket_listeners;
};

/**
 * ddm_service_set - pause, resume, stop, start, set limits
 * @ddm: a handle
 * @request: what to change; all of it or nothing
 *
 * -EPERM: (also) a limit above the module's parameter takes CAP_NET_ADMIN in the
 * initial user namespace.
 */
int ddm_service_set(struct ddm *ddm, const struct ddm_service_request *request);

/* ---------------------------------------------------------- interface -- */

/**
 * struct ddm_interface - an interface
 * @id: never used again while the module is loaded
 * @name: friendly name
 * @type: enum ddm_interface_type; client while it is dynamic and a call on it
 *        was taken
 * @state: enum ddm_state
 * @unreachability: DDM_UNREACHABILITY_* bits, 0 unless unreachable
 * @last_error: code of raserror.h or mprerror.h, of the last attempt if it
 *              failed, or of the last end if somebody said why; else 0
 * @ifindex: bound device, 0 if it does not exist now
 * @connection: present connection, 0 when not connected
 * @enabled: 0 or 1
 * @dynamic: 1 if it was made for a tracked device and goes with it
 *
 * With detail only (ddm_interface_get(), ddm_interface_list() with detail),
 * NULL or 0 otherwise:
 * @device: name of the bound device, "" if none
 * @kind: kind of the device, "" if it does not exist now
 * @method: enum ddm_method
 * @connects: times connected
 * @failures: attempts failed
 * @sequence: number of the last event about it
 * @changed: when the event @sequence was, nanoseconds of the real-time clock
 * @settings: text kept with it; "" if none or without CAP_NET_ADMIN
 */
struct ddm_interface {
	uint32_t id;
	const char *name;
	uint32_t type;
	uint32_t state;
	uint32_t unreachability;
	uint32_t last_error;
	uint32_t ifindex;
	uint64_t connection;
	int enabled;
	int dynamic;
	const char *device;
	const char *kind;
	uint32_t method;
	uint32_t connects;
	uint32_t failures;
	uint64_t sequence;
	uint64_t changed;
	const char *settings;
};

typedef int ddm_interface_fn(const struct ddm_interface *interface, void *data);

/**
 * ddm_interface_get - read one interface by id
 *
 * -ESTALE: no such id. Always with detail.
 */
int ddm_interface_get(struct ddm *ddm, uint32_t id,
		      const struct ddm_interface **interface);

/**
 * ddm_interface_find - read one interface by name
 *
 * -ENOENT: no such name. -EINVAL: not a name.
 */
int ddm_interface_find(struct ddm *ddm, const char *name,
		       const struct ddm_interface **interface);

/**
 * ddm_interface_list - read all interfaces, in rising order of id
 * @detail: 0 for the cheap form
 * @fn: called for each
 * @data: passed to @fn
 * @sequence: receives the sequence number that the snapshot is true for (go
 *            on with the events after it), may be NULL
 *
 * Each interface is consistent in itself. One that changed while the list was
 * read may appear as it was before or after; the events after @sequence tell.
 */
int ddm_interface_list(struct ddm *ddm, int detail, ddm_interface_fn *fn,
		       void *data, uint64_t *sequence);

/* Members of struct ddm_interface_request that count. */
#define DDM_INTERFACE_NAME_SET 0x1
#define DDM_INTERFACE_TYPE_SET 0x2
#define DDM_INTERFACE_DEVICE_SET 0x4
#define DDM_INTERFACE_METHOD_SET 0x8
#define DDM_INTERFACE_ENABLED_SET 0x10
#define DDM_INTERFACE_SETTINGS_SET 0x20

/**
 * struct ddm_interface_request - for ddm_interface_new() and _set()
 * @size: sizeof(struct ddm_interface_request)
 * @set: DDM_INTERFACE_*_SET bits of the members that count
 * @name: 1 to 256 characters of UTF-8 without control characters; a new
 *        interface needs one
 * @type: enum ddm_interface_type, full-router by default
 * @device: device to bind to; "" for none. By default a new interface is
 *          bound to the device of its own name where that can be a device name
 * @method: enum ddm_method, auto by default
 * @enabled: 0 or 1 (default)
 * @settings: text kept with it, at most DDM_SETTINGS_MAX bytes; "" for none
 */
struct ddm_interface_request {
	size_t size;
	uint32_t set;
	const char *name;
	uint32_t type;
	const char *device;
	uint32_t method;
	int enabled;
	const char *settings;
};

/**
 * ddm_interface_new - create an interface
 * @interface: receives it, may be NULL
 *
 * A dynamic interface of that name, or of that device, becomes a lasting one
 * and keeps its id and its connection.
 * -EEXIST: name taken. -EADDRINUSE: another interface is bound to the device.
 * -EUSERS: max_interfaces reached.
 */
int ddm_interface_new(struct ddm *ddm,
		      const struct ddm_interface_request *request,
		      const struct ddm_interface **interface);

/**
 * ddm_interface_set - change an interface
 *
 * Disabling does not end a connection; it forbids the next.
 * -ESTALE: no such id. -EEXIST, -EADDRINUSE: as ddm_interface_new(). -EBUSY:
 * device or method of an interface that is connected or connecting.
 */
int ddm_interface_set(struct ddm *ddm, uint32_t id,
		      const struct ddm_interface_request *request);

/**
 * ddm_interface_del - delete an interface
 *
 * An attempt under way fails. -ESTALE: no such id. -EBUSY: connected.
 * -EOPNOTSUPP: dynamic, it goes with its device.
 */
int ddm_interface_del(struct ddm *ddm, uint32_t id);

/**
 * struct ddm_connect_request - for ddm_interface_connect()
 * @size: sizeof(struct ddm_connect_request)
 * @timeout: time limit in milliseconds, 0 for the default
 * @event_fd: eventfd that is signalled once when the attempt has ended, or -1
 */
struct ddm_connect_request {
	size_t size;
	uint32_t timeout;
	int event_fd;
};

/**
 * ddm_interface_connect - begin to connect
 * @request: may be NULL
 * @interface: receives the interface after the beginning, may be NULL: its
 *             state is CONNECTING, or CONNECTED if that was quick, or
 *             UNREACHABLE with last_error if it failed at once; sequence
 *             numbers the event of the beginning or a later one
 *
 * When 0 is returned the attempt has begun and event_fd will be signalled.
 * Otherwise nothing has begun, and event_fd will not be signalled, but with
 * -ESTALE and -ENOBUFS, where the interface may have gone, or the answer been
 * lost, while the attempt was under way: then it is signalled all the same.
 * -ESTALE no such id (any more); -ESHUTDOWN service stopped;
 * -EHOSTDOWN service paused; -ENETDOWN interface disabled;
 * -ENODEV no device and no way to make one;
 * -ENOLINK method agent and no dialer bound; -EALREADY connecting already;
 * -EISCONN connected already; -EBADF, -EINVAL event_fd is no eventfd.
 */
int ddm_interface_connect(struct ddm *ddm, uint32_t id,
			  const struct ddm_connect_request *request,
			  const struct ddm_interface **interface);

/**
 * ddm_interface_connect_wait - connect and wait for the outcome
 * @timeout: time limit in milliseconds, 0 for the default
 * @error: receives the code of raserror.h or mprerror.h when the attempt
 *         failed (-ECONNREFUSED is returned then), may be NULL
 *
 * Errors as ddm_interface_connect(), and -ECONNREFUSED: the attempt failed,
 * @error says how; -EUNATCH: the module went away while waiting.
 */
int ddm_interface_connect_wait(struct ddm *ddm, uint32_t id, uint32_t timeout,
			       uint32_t *error);

/**
 * ddm_interface_disconnect - hang up, or give up an attempt
 *
 * -ESTALE: no such id. -ENOTCONN: neither connected nor connecting. -ENOLINK:
 * no dialer bound that could. -ENODEV: method none, nothing can.
 */
int ddm_interface_disconnect(struct ddm *ddm, uint32_t id);

/* --------------------------------------------------------- connection -- */

/**
 * struct ddm_connection - a connection that is up
 * @id: monotonic, never used again
 * @interface: id of its interface
 * @name: name of the interface
 * @type: enum ddm_interface_type
 * @ifindex: its device
 * @device: name of the device
 * @start: when it began
 * @duration: milliseconds since then
 * @rx_bytes: and so on, since it began or since the counters were cleared
 * @links: links (ports) that are up, 0 without a link agent
 * @kind: as of the interface, "" where the device has none
 */
struct ddm_connection {
	uint64_t id;
	uint32_t interface;
	const char *name;
	uint32_t type;
	uint32_t ifindex;
	const char *device;
	uint64_t start;
	uint64_t duration;
	uint64_t rx_bytes;
	uint64_t tx_bytes;
	uint64_t rx_packets;
	uint64_t tx_packets;
	uint64_t rx_errors;
	uint64_t tx_errors;
	uint64_t rx_crc_errors;
	uint64_t rx_frame_errors;
	uint64_t rx_over_errors;
	uint64_t rx_fifo_errors;
	uint32_t links;
	const char *kind;
};

typedef int ddm_connection_fn(const struct ddm_connection *connection,
			      void *data);

/** ddm_connection_get - read one connection; -ENOTCONN: no such connection */
int ddm_connection_get(struct ddm *ddm, uint64_t id,
		       const struct ddm_connection **connection);

/** ddm_connection_list - read all connections, in the order of interfaces */
int ddm_connection_list(struct ddm *ddm, ddm_connection_fn *fn, void *data);

/** ddm_connection_clear - set the counters to zero; -ENOTCONN */
int ddm_connection_clear(struct ddm *ddm, uint64_t id);

/* --------------------------------------------------------------- link -- */

/**
 * struct ddm_link - one link (port) of a PPP device
 * @id: never used again while the namespace lives
 * @interface: id of the interface of the device
 * @ifindex: the device
 * @port: port name
 * @state: enum ddm_link_state
 * @changed: when the state last changed
 *
 * What the link agent knows, 0 or "" where it knows nothing:
 * @user: who was authenticated on the link; "" without CAP_NET_ADMIN
 * @peer: name of the other side; "" without CAP_NET_ADMIN
 * @media: what the link runs over, for instance PPPoE
 * @incoming: 1 if the call was taken rather than made
 * @speed: bits per second
 * @local4: own IPv4 address, in network byte order
 * @remote4: the other side's
 * @local6: own IPv6 address
 * @remote6: the other side's
 */
struct ddm_link {
	uint32_t id;
	uint32_t interface;
	uint32_t ifindex;
	const char *port;
	uint32_t state;
	uint64_t changed;
	const char *user;
	const char *peer;
	const char *media;
	uint32_t incoming;
	uint32_t speed;
	uint32_t local4;
	uint32_t remote4;
	uint8_t local6[DDM_ADDRESS6_SIZE];
	uint8_t remote6[DDM_ADDRESS6_SIZE];
};

typedef int ddm_link_fn(const struct ddm_link *link, void *data);

/** ddm_link_get - read one link; -ENXIO: no such link */
int ddm_link_get(struct ddm *ddm, uint32_t id, const struct ddm_link **link);
/** ddm_link_list - read all links */
int ddm_link_list(struct ddm *ddm, ddm_link_fn *fn, void *data);
/**
 * ddm_link_list_of - read the links of one interface, in rising order of id
 * @interface: id, or DDM_ANY_INTERFACE for all links
 *
 * -ESTALE: no such interface.
 */
int ddm_link_list_of(struct ddm *ddm, uint32_t interface, ddm_link_fn *fn,
		     void *data);
/**
 * ddm_link_hangup - hang one link up
 * @id: the link, up or on its way
 *
 * The dialer has been told when this returns; DDM_EVENT_TYPE_LINK_DOWN tells
 * when it is done, with DDM_REASON_REQUESTED if the link was up. The other
 * links go on. With the last of them the connection ends, and its end is one
 * that was requested. While the interface is connecting, the attempt is given
 * up, as by ddm_interface_disconnect(), which needs no dialer.
 *
 * -ENXIO: no such link. -EOPNOTSUPP: the interface's method is not agent.
 * -ENOLINK: no dialer bound. -ENOBUFS: the dialer does not read its requests.
 */
int ddm_link_hangup(struct ddm *ddm, uint32_t id);
/**
 * ddm_link_new - a link agent reports a link
 * @state: enum ddm_link_state
 * @link: receives it, may be NULL
 *
 * From now on the device counts as connected only while a link of it is up.
 * -ENODEV: no such device, or it has no interface. -EOPNOTSUPP: it is no PPP
 * device. -EEXIST: the device has a link on that port. -ENOSPC: it has 256.
 */
int ddm_link_new(struct ddm *ddm, uint32_t ifindex, const char *port,
		 uint32_t state, const struct ddm_link **link);
/** ddm_link_set - change the state of a link; -ENXIO */
int ddm_link_set(struct ddm *ddm, uint32_t id, uint32_t state);
/** ddm_link_del - a link is gone; -ENXIO */
int ddm_link_del(struct ddm *ddm, uint32_t id);

/* Members of struct ddm_link_request that count. */
#define DDM_LINK_STATE_SET 0x1
#define DDM_LINK_USER_SET 0x2
#define DDM_LINK_PEER_SET 0x4
#define DDM_LINK_MEDIA_SET 0x8
#define DDM_LINK_INCOMING_SET 0x10
#define DDM_LINK_SPEED_SET 0x20
#define DDM_LINK_LOCAL4_SET 0x40
#define DDM_LINK_REMOTE4_SET 0x80
#define DDM_LINK_LOCAL6_SET 0x100
#define DDM_LINK_REMOTE6_SET 0x200
#define DDM_LINK_ERROR_SET 0x400

/**
 * struct ddm_link_request - for ddm_link_report_new() and _set()
 * @size: sizeof(struct ddm_link_request)
 * @set: DDM_LINK_*_SET bits of the members that count
 * @state: enum ddm_link_state; a new link is down by default
 * @user: at most DDM_NAME_MAX bytes; so is @peer
 * @peer: as in struct ddm_link, and so the others
 * @media: at most DDM_KIND_MAX bytes
 * @incoming: 0 or 1
 * @speed: bits per second
 * @local4: in network byte order
 * @remote4: likewise
 * @local6: likewise
 * @remote6: likewise
 * @error: why the link goes down, a code of raserror.h or mprerror.h; not of
 *         a new link
 */
struct ddm_link_request {
	size_t size;
	uint32_t set;
	uint32_t state;
	const char *user;
	const char *peer;
	const char *media;
	uint32_t incoming;
	uint32_t speed;
	uint32_t local4;
	uint32_t remote4;
	uint8_t local6[DDM_ADDRESS6_SIZE];
	uint8_t remote6[DDM_ADDRESS6_SIZE];
	uint32_t error;
};

/** ddm_link_report_new - as ddm_link_new(), with what is known of the link */
int ddm_link_report_new(struct ddm *ddm, uint32_t ifindex, const char *port,
			const struct ddm_link_request *request,
			const struct ddm_link **link);
/** ddm_link_report_set - change the state, or what is known; -ENXIO */
int ddm_link_report_set(struct ddm *ddm, uint32_t id,
			const struct ddm_link_request *request);
/**
 * ddm_link_report_del - a link is gone
 * @error: why, a code of raserror.h or mprerror.h, or 0; it becomes the error
 *         of the connection that ends with the link
 *
 * -ENXIO: no such link.
 */
int ddm_link_report_del(struct ddm *ddm, uint32_t id, uint32_t error);

/* ----------------------------------------------------------- listener -- */

/**
 * ddm_listener_register - have an eventfd signalled
 * @fd: eventfd; the kernel keeps a reference to it, not the descriptor
 * @mask: events that signal it, or DDM_EVENT_MASK_ALL (of those that this
 *        version knows); 0 for DDM_EVENT_MASK_CONNECTION
 * @interface: only events of this interface, DDM_ANY_INTERFACE for all
 *
 * Lasts until it is deregistered or the handle is closed. Events that happen
 * together, and several registrations of one eventfd, may have one signal: read
 * all that there is after it. It is signalled
 * once more when the service is stopped or the module unloaded, so a waiter
 * always learns of it. -EBADF, -EINVAL: no eventfd. -EEXIST: registered with
 * this handle already. -ENOSPC: a limit is reached. -ESTALE: no such
 * interface.
 */
int ddm_listener_register(struct ddm *ddm, int fd, uint32_t mask,
			  uint32_t interface);

/** ddm_listener_deregister - -EBADF: no descriptor, -ENOENT: not registered */
int ddm_listener_deregister(struct ddm *ddm, int fd);

/* -------------------------------------------------------------- event -- */

/**
 * struct ddm_event - an event
 * @sequence: its number; of a DDM_EVENT_TYPE_LOST the last one lost
 * @type: enum ddm_event_type, maybe one that this version does not know
 * @time: when
 * @interface: id, 0 if the event is about none
 * @name: name of the interface, "" if no longer known
 * @ifindex: device, 0 if none
 * @state: state of the interface after the event, enum ddm_state
 * @connection: id of the connection, 0 if none
 * @reason: enum ddm_reason
 * @error: code of raserror.h or mprerror.h, 0 if none
 * @link: id of the link, 0 if none
 * @service_state: enum ddm_service_state, of DDM_EVENT_TYPE_SERVICE
 * @lost: how many events are gone, of DDM_EVENT_TYPE_LOST
 * @duration: milliseconds, of DDM_EVENT_TYPE_DISCONNECTED; so the counters:
 * @rx_bytes: and so on
 */
struct ddm_event {
	uint64_t sequence;
	uint32_t type;
	uint64_t time;
	uint32_t interface;
	const char *name;
	uint32_t ifindex;
	uint32_t state;
	uint64_t connection;
	uint32_t reason;
	uint32_t error;
	uint32_t link;
	uint32_t service_state;
	uint64_t lost;
	uint64_t duration;
	uint64_t rx_bytes;
	uint64_t tx_bytes;
	uint64_t rx_packets;
	uint64_t tx_packets;
};

typedef int ddm_event_fn(const struct ddm_event *event, void *data);

/**
 * ddm_event_list - read the journal
 * @since: only events after this number, 0 for all that the journal holds
 * @interface: only of this one, or DDM_ANY_INTERFACE
 * @mask: only of these types; DDM_EVENT_MASK_ALL or 0 for all
 * @fn: called for each, oldest first; first with a DDM_EVENT_TYPE_LOST if
 *      events after @since are gone (and again if the journal overtakes the
 *      reader)
 */
int ddm_event_list(struct ddm *ddm, uint64_t since, uint32_t interface,
		   uint32_t mask, ddm_event_fn *fn, void *data);

/* ------------------------------------------------------------ monitor -- */

/* Reads events as they happen and loses none silently. Needs no privilege. */
struct ddm_monitor;

/* Start with the next event. */
#define DDM_SINCE_NOW UINT64_MAX

/**
 * ddm_monitor_open - subscribe
 * @monitor: receives it, NULL on failure
 * @since: tell events after this number first, or DDM_SINCE_NOW
 *
 * A number that the journal has not reached yet must be of an earlier load of
 * the module: a LOST event with lost 0 tells so, then all of the journal
 * follows. Errors as ddm_open().
 */
int ddm_monitor_open(struct ddm_monitor **monitor, uint64_t since);
/** ddm_monitor_close - unsubscribe; NULL is ignored */
void ddm_monitor_close(struct ddm_monitor *monitor);
/** ddm_monitor_fd - readable when ddm_monitor_read() has something to do */
int ddm_monitor_fd(const struct ddm_monitor *monitor);
/** ddm_monitor_sequence - number of the last event told */
uint64_t ddm_monitor_sequence(const struct ddm_monitor *monitor);
/**
 * ddm_monitor_receive_buffer - set the size of the socket's buffer
 * @bytes: as SO_RCVBUF takes it
 *
 * A small one costs journal reads, never events.
 */
int ddm_monitor_receive_buffer(struct ddm_monitor *monitor, int bytes);
/** ddm_monitor_error - as ddm_error() */
const char *ddm_monitor_error(const struct ddm_monitor *monitor);
/**
 * ddm_monitor_read - tell what has happened
 * @fn: called for each event, in order, each once, without gaps: what the
 *      socket lost is read from the journal, and what the journal no longer
 *      holds is told as one DDM_EVENT_TYPE_LOST
 *
 * Never blocks. Returns the number of events told, or the value that @fn ended
 * the call with; that event counts as told, and the descriptor is readable at
 * once if there are more. After an error too, go on: call again when the
 * descriptor is readable.
 *
 * -EUNATCH: the module is not loaded now; a LOST event with lost 0 will tell
 * when it is, and that numbers begin anew, and its journal follows.
 * -ESHUTDOWN: some events must be read from the journal, which a stopped
 * service does not give; they are told when it has been started.
 */
int ddm_monitor_read(struct ddm_monitor *monitor, ddm_event_fn *fn, void *data);

/* ------------------------------------------------------------- dialer -- */

/**
 * struct ddm_dial - a request to the dialer
 * @hangup: 0 to connect, 1 to hang up
 * @request: number, to be named in ddm_dial_result(); 0 in a hang-up of a
 *           connection (rather than of an attempt)
 * @interface: id
 * @name: name of the interface
 * @device: name that the device is to have, "" if the dialer may choose; of a
 *          hang-up, name of the device, "" if there is none
 * @ifindex: of a hang-up, the device, 0 if there is none
 * @settings: settings of the interface, "" if none
 * @timeout: milliseconds until the module gives up
 * @link: of a hang-up of one link, its id: the others of the interface go on;
 *        0 otherwise
 */
struct ddm_dial {
	int hangup;
	uint32_t request;
	uint32_t interface;
	const char *name;
	const char *device;
	uint32_t ifindex;
	const char *settings;
	uint32_t timeout;
	uint32_t link;
};

typedef int ddm_dial_fn(const struct ddm_dial *dial, void *data);

/**
 * ddm_dialer_bind - become the dialer of the namespace
 * @timeout: time limit in milliseconds of attempts that name none, 0 for the
 *           default
 *
 * -EBUSY: there is one already.
 */
int ddm_dialer_bind(struct ddm *ddm, uint32_t timeout);
/**
 * ddm_dialer_unbind - be it no longer
 * @error: code with which attempts under way fail, 0 for
 *         ERROR_DDM_NOT_RUNNING
 *
 * -ENOENT: this handle is not the dialer.
 */
int ddm_dialer_unbind(struct ddm *ddm, uint32_t error);
/** ddm_dialer_fd - readable when ddm_dialer_read() may have something */
int ddm_dialer_fd(const struct ddm *ddm);
/**
 * ddm_dialer_read - take requests
 * @fn: called for each; must not use @ddm
 *
 * Never blocks. Returns the number of requests taken. Call it too after any
 * other call on this handle, which may have received some. -ENOBUFS: the
 * socket lost requests; what they asked for fails by its time limit.
 * -EUNATCH, -ESTALE: the module was unloaded (the descriptor becomes readable
 * then), and with it the dialer's place is gone.
 */
int ddm_dialer_read(struct ddm *ddm, ddm_dial_fn *fn, void *data);
/**
 * ddm_dial_result - say what became of a request
 * @error: 0, the device is about to come up; otherwise the attempt failed with
 *         this code of raserror.h or mprerror.h
 * @device: name of the device that was made, may be NULL
 *
 * -ENOENT: the attempt has ended already. -EPERM: not the dialer.
 */
int ddm_dial_result(struct ddm *ddm, uint32_t request, uint32_t error,
		    const char *device);

/* --------------------------------------------------------------- rule -- */

/**
 * struct ddm_rule - which devices get a dynamic interface
 * @size: sizeof(struct ddm_rule), for ddm_rule_new()
 * @preference: tried in rising order, first match decides; 0 in
 *              ddm_rule_new(): before all others
 * @action: enum ddm_rule_action
 * @type: device type (ARPHRD_*), -1 for any
 * @kind: kind of the device, NULL or "" for any
 * @device: device name or the beginning of one followed by an asterisk, NULL
 *          or "" for any
 */
struct ddm_rule {
	size_t size;
	uint32_t preference;
	uint32_t action;
	int32_t type;
	const char *kind;
	const char *device;
};

typedef int ddm_rule_fn(const struct ddm_rule *rule, void *data);

/** ddm_rule_list - read all rules in the order in which they are tried */
int ddm_rule_list(struct ddm *ddm, ddm_rule_fn *fn, void *data);
/**
 * ddm_rule_new - add a rule; devices that exist are looked at again
 * @preference: receives the new rule's, may be NULL
 *
 * -EEXIST: preference taken. -ENOSPC: too many rules, or no preference left.
 */
int ddm_rule_new(struct ddm *ddm, const struct ddm_rule *rule,
		 uint32_t *preference);
/** ddm_rule_del - delete a rule; -ENOENT */
int ddm_rule_del(struct ddm *ddm, uint32_t preference);

/* --------------------------------------------------------------- text -- */

/** ddm_state_name - "connected"; NULL if unknown. So the others. */
const char *ddm_state_name(uint32_t state);
const char *ddm_service_state_name(uint32_t state);
const char *ddm_interface_type_name(uint32_t type);
const char *ddm_method_name(uint32_t method);
const char *ddm_event_type_name(uint32_t type);
const char *ddm_reason_name(uint32_t reason);
const char *ddm_link_state_name(uint32_t state);
const char *ddm_rule_action_name(uint32_t action);
/** ddm_unreachability_name - name of the bit 1 << @bit */
const char *ddm_unreachability_name(unsigned int bit);

#ifdef __cplusplus
}
#endif

#endif /* DDM_H */
