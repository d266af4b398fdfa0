// SPDX-License-Identifier: LGPL-2.1-or-later
/* The family's words for the values of its enumerations. */
#include "internal.h"

#define WORD(names, value) \
	((value) < DDM_ARRAY_SIZE(names) ? (names)[value] : NULL)

const char *ddm_state_name(uint32_t state)
{
	static const char *const names[] = {
		[DDM_STATE_UNREACHABLE] = "unreachable",
		[DDM_STATE_DISCONNECTED] = "disconnected",
		[DDM_STATE_CONNECTING] = "connecting",
		[DDM_STATE_CONNECTED] = "connected",
	};

	return WORD(names, state);
}

const char *ddm_service_state_name(uint32_t state)
{
	static const char *const names[] = {
		[DDM_SERVICE_STATE_STOPPED] = "stopped",
		[DDM_SERVICE_STATE_RUNNING] = "running",
		[DDM_SERVICE_STATE_PAUSED] = "paused",
	};

	return WORD(names, state);
}

const char *ddm_interface_type_name(uint32_t type)
{
	static const char *const names[] = {
		[DDM_INTERFACE_TYPE_CLIENT] = "client",
		[DDM_INTERFACE_TYPE_HOME_ROUTER] = "home-router",
		[DDM_INTERFACE_TYPE_FULL_ROUTER] = "full-router",
		[DDM_INTERFACE_TYPE_DEDICATED] = "dedicated",
		[DDM_INTERFACE_TYPE_INTERNAL] = "internal",
		[DDM_INTERFACE_TYPE_LOOPBACK] = "loopback",
		[DDM_INTERFACE_TYPE_TUNNEL1] = "tunnel1",
		[DDM_INTERFACE_TYPE_DIALOUT] = "dialout",
	};

	return WORD(names, type);
}

const char *ddm_method_name(uint32_t method)
{
	static const char *const names[] = {
		[DDM_METHOD_AUTO] = "auto",
		[DDM_METHOD_NONE] = "none",
		[DDM_METHOD_LINK] = "link",
		[DDM_METHOD_AGENT] = "agent",
	};

	return WORD(names, method);
}

const char *ddm_event_type_name(uint32_t type)
{
	static const char *const names[] = {
		[DDM_EVENT_TYPE_LOST] = "lost",
		[DDM_EVENT_TYPE_INTERFACE_NEW] = "interface-new",
		[DDM_EVENT_TYPE_INTERFACE_DEL] = "interface-del",
		[DDM_EVENT_TYPE_INTERFACE_CHANGE] = "interface-change",
		[DDM_EVENT_TYPE_CONNECTING] = "connecting",
		[DDM_EVENT_TYPE_CONNECTED] = "connected",
		[DDM_EVENT_TYPE_DISCONNECTED] = "disconnected",
		[DDM_EVENT_TYPE_CONNECT_FAILED] = "connect-failed",
		[DDM_EVENT_TYPE_LINK_UP] = "link-up",
		[DDM_EVENT_TYPE_LINK_DOWN] = "link-down",
		[DDM_EVENT_TYPE_SERVICE] = "service",
	};

	return WORD(names, type);
}

const char *ddm_reason_name(uint32_t reason)
{
	static const char *const names[] = {
		[DDM_REASON_UNKNOWN] = "unknown",
		[DDM_REASON_REQUESTED] = "requested",
		[DDM_REASON_DEVICE_DOWN] = "device-down",
		[DDM_REASON_NO_CARRIER] = "no-carrier",
		[DDM_REASON_DEVICE_GONE] = "device-gone",
		[DDM_REASON_DEVICE_MOVED] = "device-moved",
		[DDM_REASON_DEVICE_RENAMED] = "device-renamed",
		[DDM_REASON_LINK_LOST] = "link-lost",
		[DDM_REASON_DIALER] = "dialer",
		[DDM_REASON_DIALER_GONE] = "dialer-gone",
		[DDM_REASON_TIMEOUT] = "timeout",
		[DDM_REASON_REFUSED] = "refused",
		[DDM_REASON_DELETED] = "deleted",
		[DDM_REASON_STOPPED] = "stopped",
	};

	return WORD(names, reason);
}

const char *ddm_link_state_name(uint32_t state)
{
	static const char *const names[] = {
		[DDM_LINK_STATE_DOWN] = "down",
		[DDM_LINK_STATE_UP] = "up",
	};

	return WORD(names, state);
}

const char *ddm_rule_action_name(uint32_t action)
{
	static const char *const names[] = {
		[DDM_RULE_ACTION_IGNORE] = "ignore",
		[DDM_RULE_ACTION_TRACK] = "track",
	};

	return WORD(names, action);
}

const char *ddm_unreachability_name(unsigned int bit)
{
	static const char *const names[] = {
		"out-of-resources", "admin-disabled", "connection-failure",
		"service-paused",   "dialout-hours",  "no-media-sense",
		"no-device",
	};

	return WORD(names, bit);
}
