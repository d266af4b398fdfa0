/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	uapi/ddm.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_DDM_H
#define _UAPI_LINUX_DDM_H

#define DDM_FAMILY_NAME		"ddm"
#define DDM_FAMILY_VERSION	1

#define DDM_NAME_MAX		1024
#define DDM_DEVICE_MAX		15
#define DDM_KIND_MAX		31
#define DDM_PORT_MAX		64
#define DDM_SETTINGS_MAX	8192
#define DDM_TIMEOUT_MAX		86400000
#define DDM_ERROR_MAX		32767
#define DDM_RULE_PREFERENCE_MAX	32767

/**
 * enum ddm_service_state - State of the manager in a network namespace.
 * @DDM_SERVICE_STATE_STOPPED: Devices are followed, and so is what agents tell
 *   of links. Every other command but service-get and service-set is refused
 *   (ESHUTDOWN).
 * @DDM_SERVICE_STATE_RUNNING: The normal state.
 * @DDM_SERVICE_STATE_PAUSED: As running, but nothing is dialled (EHOSTDOWN).
 */
enum ddm_service_state {
	DDM_SERVICE_STATE_STOPPED,
	DDM_SERVICE_STATE_RUNNING,
	DDM_SERVICE_STATE_PAUSED,
};

/**
 * enum ddm_state - ROUTER_CONNECTION_STATE, value for value.
 * @DDM_STATE_UNREACHABLE: Cannot be used now, the unreachability attribute
 *   says why.
 * @DDM_STATE_DISCONNECTED: Usable, not connected.
 * @DDM_STATE_CONNECTING: An attempt is under way.
 * @DDM_STATE_CONNECTED: Connected.
 */
enum ddm_state {
	DDM_STATE_UNREACHABLE,
	DDM_STATE_DISCONNECTED,
	DDM_STATE_CONNECTING,
	DDM_STATE_CONNECTED,
};

/**
 * enum ddm_interface_type - ROUTER_INTERFACE_TYPE, value for value.
 */
enum ddm_interface_type {
	DDM_INTERFACE_TYPE_CLIENT,
	DDM_INTERFACE_TYPE_HOME_ROUTER,
	DDM_INTERFACE_TYPE_FULL_ROUTER,
	DDM_INTERFACE_TYPE_DEDICATED,
	DDM_INTERFACE_TYPE_INTERNAL,
	DDM_INTERFACE_TYPE_LOOPBACK,
	DDM_INTERFACE_TYPE_TUNNEL1,
	DDM_INTERFACE_TYPE_DIALOUT,
};

/**
 * enum ddm_unreachability - Why an interface is unreachable, MPR_INTERFACE_*
 *   value for value.
 * @DDM_UNREACHABILITY_OUT_OF_RESOURCES: No free port or device.
 * @DDM_UNREACHABILITY_ADMIN_DISABLED: The interface is disabled.
 * @DDM_UNREACHABILITY_CONNECTION_FAILURE: The last attempt failed, last-error
 *   says how.
 * @DDM_UNREACHABILITY_SERVICE_PAUSED: The service is paused.
 * @DDM_UNREACHABILITY_DIALOUT_HOURS: Dialling out is not allowed at this hour.
 * @DDM_UNREACHABILITY_NO_MEDIA_SENSE: The device is up but has no carrier.
 * @DDM_UNREACHABILITY_NO_DEVICE: The device does not exist.
 */
enum ddm_unreachability {
	DDM_UNREACHABILITY_OUT_OF_RESOURCES = 1,
	DDM_UNREACHABILITY_ADMIN_DISABLED = 2,
	DDM_UNREACHABILITY_CONNECTION_FAILURE = 4,
	DDM_UNREACHABILITY_SERVICE_PAUSED = 8,
	DDM_UNREACHABILITY_DIALOUT_HOURS = 16,
	DDM_UNREACHABILITY_NO_MEDIA_SENSE = 32,
	DDM_UNREACHABILITY_NO_DEVICE = 64,
};

/**
 * enum ddm_method - How an interface is dialled.
 * @DDM_METHOD_AUTO: Link where the device exists by itself (tunnels,
 *   WireGuard, Ethernet, wwan), agent otherwise. Only in requests.
 * @DDM_METHOD_NONE: Not at all, the interface is only tracked.
 * @DDM_METHOD_LINK: By setting the device administratively up and down.
 * @DDM_METHOD_AGENT: By a request to the bound dialer.
 */
enum ddm_method {
	DDM_METHOD_AUTO,
	DDM_METHOD_NONE,
	DDM_METHOD_LINK,
	DDM_METHOD_AGENT,
};

/**
 * enum ddm_event_type - What an event tells. Bit N of an event mask stands for
 *   type N.
 * @DDM_EVENT_TYPE_LOST: Never in the journal: a reader that fell behind gets
 *   it in place of the events that are gone. Lost says how many, sequence is
 *   the number of the last of them.
 * @DDM_EVENT_TYPE_INTERFACE_NEW: An interface came into being.
 * @DDM_EVENT_TYPE_INTERFACE_DEL: An interface is gone.
 * @DDM_EVENT_TYPE_INTERFACE_CHANGE: Name, type, device, method, enabling or
 *   carrier of an interface changed.
 * @DDM_EVENT_TYPE_CONNECTING: An attempt to connect began.
 * @DDM_EVENT_TYPE_CONNECTED: The interface is connected, a connection begins.
 * @DDM_EVENT_TYPE_DISCONNECTED: The connection ended. Carries reason, error,
 *   duration and counters.
 * @DDM_EVENT_TYPE_CONNECT_FAILED: The attempt ended without a connection,
 *   error says how.
 * @DDM_EVENT_TYPE_LINK_UP: A link (port) of the interface came up.
 * @DDM_EVENT_TYPE_LINK_DOWN: A link (port) of the interface went down.
 * @DDM_EVENT_TYPE_SERVICE: The service state changed.
 */
enum ddm_event_type {
	DDM_EVENT_TYPE_LOST,
	DDM_EVENT_TYPE_INTERFACE_NEW,
	DDM_EVENT_TYPE_INTERFACE_DEL,
	DDM_EVENT_TYPE_INTERFACE_CHANGE,
	DDM_EVENT_TYPE_CONNECTING,
	DDM_EVENT_TYPE_CONNECTED,
	DDM_EVENT_TYPE_DISCONNECTED,
	DDM_EVENT_TYPE_CONNECT_FAILED,
	DDM_EVENT_TYPE_LINK_UP,
	DDM_EVENT_TYPE_LINK_DOWN,
	DDM_EVENT_TYPE_SERVICE,
};

/**
 * enum ddm_reason - Why a connection or an attempt ended. The error attribute
 *   of the event holds the code of raserror.h or mprerror.h for the same
 *   cause.
 * @DDM_REASON_REQUESTED: By a disconnect command.
 * @DDM_REASON_DEVICE_DOWN: The device was set down or closed.
 * @DDM_REASON_NO_CARRIER: The device lost its carrier.
 * @DDM_REASON_DEVICE_GONE: The device was destroyed.
 * @DDM_REASON_DEVICE_MOVED: The device was moved to another network namespace.
 * @DDM_REASON_DEVICE_RENAMED: The device no longer bears the name that the
 *   interface is bound to.
 * @DDM_REASON_LINK_LOST: The last link (port) of the device went down.
 * @DDM_REASON_DIALER: The dialer said so.
 * @DDM_REASON_DIALER_GONE: The dialer's socket was closed or unbound.
 * @DDM_REASON_TIMEOUT: The attempt took longer than its time limit.
 * @DDM_REASON_REFUSED: The kernel refused to set the device up.
 * @DDM_REASON_DELETED: The interface was deleted or bound to another device.
 * @DDM_REASON_STOPPED: The service was stopped.
 */
enum ddm_reason {
	DDM_REASON_UNKNOWN,
	DDM_REASON_REQUESTED,
	DDM_REASON_DEVICE_DOWN,
	DDM_REASON_NO_CARRIER,
	DDM_REASON_DEVICE_GONE,
	DDM_REASON_DEVICE_MOVED,
	DDM_REASON_DEVICE_RENAMED,
	DDM_REASON_LINK_LOST,
	DDM_REASON_DIALER,
	DDM_REASON_DIALER_GONE,
	DDM_REASON_TIMEOUT,
	DDM_REASON_REFUSED,
	DDM_REASON_DELETED,
	DDM_REASON_STOPPED,
};

/**
 * enum ddm_link_state - State of one link (port) of an interface.
 * @DDM_LINK_STATE_DOWN: Not up, for instance still negotiating.
 * @DDM_LINK_STATE_UP: The network phase is up.
 */
enum ddm_link_state {
	DDM_LINK_STATE_DOWN,
	DDM_LINK_STATE_UP,
};

/**
 * enum ddm_rule_action - What becomes of a device that a rule matches.
 * @DDM_RULE_ACTION_IGNORE: It is not tracked, unless an interface was created
 *   for it.
 * @DDM_RULE_ACTION_TRACK: It gets a dynamic interface.
 */
enum ddm_rule_action {
	DDM_RULE_ACTION_IGNORE,
	DDM_RULE_ACTION_TRACK,
};

enum {
	DDM_A_SERVICE_PAD = 1,
	DDM_A_SERVICE_STATE,
	DDM_A_SERVICE_SEQUENCE,
	DDM_A_SERVICE_OLDEST,
	DDM_A_SERVICE_EPOCH,
	DDM_A_SERVICE_UPTIME,
	DDM_A_SERVICE_INTERFACES,
	DDM_A_SERVICE_CONNECTIONS,
	DDM_A_SERVICE_LINKS,
	DDM_A_SERVICE_LISTENERS,
	DDM_A_SERVICE_DIALER,
	DDM_A_SERVICE_JOURNAL_SIZE,
	DDM_A_SERVICE_MAX_INTERFACES,
	DDM_A_SERVICE_MAX_LISTENERS,
	DDM_A_SERVICE_MAX_SOCKET_LISTENERS,
	DDM_A_SERVICE_DROPPED,

	__DDM_A_SERVICE_MAX,
	DDM_A_SERVICE_MAX = (__DDM_A_SERVICE_MAX - 1)
};

enum {
	DDM_A_INTERFACE_PAD = 1,
	DDM_A_INTERFACE_ID,
	DDM_A_INTERFACE_NAME,
	DDM_A_INTERFACE_TYPE,
	DDM_A_INTERFACE_STATE,
	DDM_A_INTERFACE_UNREACHABILITY,
	DDM_A_INTERFACE_LAST_ERROR,
	DDM_A_INTERFACE_IFINDEX,
	DDM_A_INTERFACE_SNAPSHOT,
	DDM_A_INTERFACE_CONNECTION,
	DDM_A_INTERFACE_DISABLED,
	DDM_A_INTERFACE_DYNAMIC,
	DDM_A_INTERFACE_DETAIL,
	DDM_A_INTERFACE_DEVICE,
	DDM_A_INTERFACE_METHOD,
	DDM_A_INTERFACE_KIND,
	DDM_A_INTERFACE_SEQUENCE,
	DDM_A_INTERFACE_CONNECTS,
	DDM_A_INTERFACE_FAILURES,
	DDM_A_INTERFACE_CHANGED,
	DDM_A_INTERFACE_ENABLED,
	DDM_A_INTERFACE_SETTINGS,
	DDM_A_INTERFACE_TIMEOUT,
	DDM_A_INTERFACE_EVENT_FD,

	__DDM_A_INTERFACE_MAX,
	DDM_A_INTERFACE_MAX = (__DDM_A_INTERFACE_MAX - 1)
};

enum {
	DDM_A_CONNECTION_PAD = 1,
	DDM_A_CONNECTION_ID,
	DDM_A_CONNECTION_INTERFACE,
	DDM_A_CONNECTION_NAME,
	DDM_A_CONNECTION_TYPE,
	DDM_A_CONNECTION_IFINDEX,
	DDM_A_CONNECTION_DEVICE,
	DDM_A_CONNECTION_START,
	DDM_A_CONNECTION_DURATION,
	DDM_A_CONNECTION_RX_BYTES,
	DDM_A_CONNECTION_TX_BYTES,
	DDM_A_CONNECTION_RX_PACKETS,
	DDM_A_CONNECTION_TX_PACKETS,
	DDM_A_CONNECTION_RX_ERRORS,
	DDM_A_CONNECTION_TX_ERRORS,
	DDM_A_CONNECTION_RX_CRC_ERRORS,
	DDM_A_CONNECTION_RX_FRAME_ERRORS,
	DDM_A_CONNECTION_RX_OVER_ERRORS,
	DDM_A_CONNECTION_RX_FIFO_ERRORS,
	DDM_A_CONNECTION_LINKS,
	DDM_A_CONNECTION_KIND,

	__DDM_A_CONNECTION_MAX,
	DDM_A_CONNECTION_MAX = (__DDM_A_CONNECTION_MAX - 1)
};

enum {
	DDM_A_LINK_PAD = 1,
	DDM_A_LINK_ID,
	DDM_A_LINK_INTERFACE,
	DDM_A_LINK_IFINDEX,
	DDM_A_LINK_PORT,
	DDM_A_LINK_STATE,
	DDM_A_LINK_CHANGED,
	DDM_A_LINK_USER,
	DDM_A_LINK_PEER,
	DDM_A_LINK_MEDIA,
	DDM_A_LINK_INCOMING,
	DDM_A_LINK_SPEED,
	DDM_A_LINK_LOCAL4,
	DDM_A_LINK_REMOTE4,
	DDM_A_LINK_LOCAL6,
	DDM_A_LINK_REMOTE6,
	DDM_A_LINK_ERROR,

	__DDM_A_LINK_MAX,
	DDM_A_LINK_MAX = (__DDM_A_LINK_MAX - 1)
};

enum {
	DDM_A_LISTENER_EVENT_FD = 1,
	DDM_A_LISTENER_MASK,
	DDM_A_LISTENER_INTERFACE,

	__DDM_A_LISTENER_MAX,
	DDM_A_LISTENER_MAX = (__DDM_A_LISTENER_MAX - 1)
};

enum {
	DDM_A_EVENT_PAD = 1,
	DDM_A_EVENT_SEQUENCE,
	DDM_A_EVENT_TYPE,
	DDM_A_EVENT_TIME,
	DDM_A_EVENT_INTERFACE,
	DDM_A_EVENT_NAME,
	DDM_A_EVENT_IFINDEX,
	DDM_A_EVENT_STATE,
	DDM_A_EVENT_CONNECTION,
	DDM_A_EVENT_REASON,
	DDM_A_EVENT_ERROR,
	DDM_A_EVENT_DURATION,
	DDM_A_EVENT_RX_BYTES,
	DDM_A_EVENT_TX_BYTES,
	DDM_A_EVENT_RX_PACKETS,
	DDM_A_EVENT_TX_PACKETS,
	DDM_A_EVENT_LINK,
	DDM_A_EVENT_SERVICE_STATE,
	DDM_A_EVENT_LOST,
	DDM_A_EVENT_SINCE,
	DDM_A_EVENT_MASK,
	DDM_A_EVENT_RECORDS,
	DDM_A_EVENT_MORE,
	DDM_A_EVENT_RECORD,

	__DDM_A_EVENT_MAX,
	DDM_A_EVENT_MAX = (__DDM_A_EVENT_MAX - 1)
};

enum {
	DDM_A_RECORD_VALUES = 1,
	DDM_A_RECORD_NAME,

	__DDM_A_RECORD_MAX,
	DDM_A_RECORD_MAX = (__DDM_A_RECORD_MAX - 1)
};

enum {
	DDM_A_DIAL_REQUEST = 1,
	DDM_A_DIAL_INTERFACE,
	DDM_A_DIAL_NAME,
	DDM_A_DIAL_DEVICE,
	DDM_A_DIAL_SETTINGS,
	DDM_A_DIAL_TIMEOUT,
	DDM_A_DIAL_ERROR,
	DDM_A_DIAL_IFINDEX,
	DDM_A_DIAL_LINK,

	__DDM_A_DIAL_MAX,
	DDM_A_DIAL_MAX = (__DDM_A_DIAL_MAX - 1)
};

enum {
	DDM_A_RULE_PREFERENCE = 1,
	DDM_A_RULE_ACTION,
	DDM_A_RULE_TYPE,
	DDM_A_RULE_KIND,
	DDM_A_RULE_DEVICE,

	__DDM_A_RULE_MAX,
	DDM_A_RULE_MAX = (__DDM_A_RULE_MAX - 1)
};

enum {
	DDM_CMD_SERVICE_GET = 1,
	DDM_CMD_SERVICE_SET,
	DDM_CMD_INTERFACE_GET,
	DDM_CMD_INTERFACE_NEW,
	DDM_CMD_INTERFACE_SET,
	DDM_CMD_INTERFACE_DEL,
	DDM_CMD_INTERFACE_CONNECT,
	DDM_CMD_INTERFACE_DISCONNECT,
	DDM_CMD_CONNECTION_GET,
	DDM_CMD_CONNECTION_CLEAR,
	DDM_CMD_LINK_GET,
	DDM_CMD_LINK_NEW,
	DDM_CMD_LINK_SET,
	DDM_CMD_LINK_DEL,
	DDM_CMD_LISTENER_REGISTER,
	DDM_CMD_LISTENER_DEREGISTER,
	DDM_CMD_EVENT_GET,
	DDM_CMD_EVENT_NTF,
	DDM_CMD_DIALER_BIND,
	DDM_CMD_DIALER_UNBIND,
	DDM_CMD_DIAL_NTF,
	DDM_CMD_HANGUP_NTF,
	DDM_CMD_DIAL_RESULT,
	DDM_CMD_RULE_GET,
	DDM_CMD_RULE_NEW,
	DDM_CMD_RULE_DEL,
	DDM_CMD_LINK_HANGUP,

	__DDM_CMD_MAX,
	DDM_CMD_MAX = (__DDM_CMD_MAX - 1)
};

#define DDM_MCGRP_EVENTS	"events"

#endif /* _UAPI_LINUX_DDM_H */
