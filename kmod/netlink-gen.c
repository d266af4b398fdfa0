// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	uapi/ddm.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "netlink-gen.h"

#include <uapi/linux/ddm.h>

/* DDM_CMD_SERVICE_GET - do */
const struct nla_policy ddm_service_get_nl_policy[DDM_A_SERVICE_EPOCH + 1] = {
	[DDM_A_SERVICE_EPOCH] = { .type = NLA_U64, },
};

/* DDM_CMD_SERVICE_SET - do */
const struct nla_policy ddm_service_set_nl_policy[DDM_A_SERVICE_MAX_SOCKET_LISTENERS + 1] = {
	[DDM_A_SERVICE_STATE] = NLA_POLICY_MAX(NLA_U32, 2),
	[DDM_A_SERVICE_MAX_INTERFACES] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_SERVICE_MAX_LISTENERS] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_SERVICE_MAX_SOCKET_LISTENERS] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* DDM_CMD_INTERFACE_GET - do */
const struct nla_policy ddm_interface_get_nl_policy[DDM_A_INTERFACE_DETAIL + 1] = {
	[DDM_A_INTERFACE_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_INTERFACE_DETAIL] = { .type = NLA_FLAG, },
};

/* DDM_CMD_INTERFACE_NEW - do */
const struct nla_policy ddm_interface_new_nl_policy[DDM_A_INTERFACE_SETTINGS + 1] = {
	[DDM_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_INTERFACE_TYPE] = NLA_POLICY_MAX(NLA_U32, 7),
	[DDM_A_INTERFACE_DEVICE] = { .type = NLA_NUL_STRING, .len = DDM_DEVICE_MAX, },
	[DDM_A_INTERFACE_METHOD] = NLA_POLICY_MAX(NLA_U32, 3),
	[DDM_A_INTERFACE_ENABLED] = NLA_POLICY_MAX(NLA_U32, 1),
	[DDM_A_INTERFACE_SETTINGS] = { .type = NLA_NUL_STRING, .len = DDM_SETTINGS_MAX, },
};

/* DDM_CMD_INTERFACE_SET - do */
const struct nla_policy ddm_interface_set_nl_policy[DDM_A_INTERFACE_SETTINGS + 1] = {
	[DDM_A_INTERFACE_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_INTERFACE_TYPE] = NLA_POLICY_MAX(NLA_U32, 7),
	[DDM_A_INTERFACE_DEVICE] = { .type = NLA_NUL_STRING, .len = DDM_DEVICE_MAX, },
	[DDM_A_INTERFACE_METHOD] = NLA_POLICY_MAX(NLA_U32, 3),
	[DDM_A_INTERFACE_ENABLED] = NLA_POLICY_MAX(NLA_U32, 1),
	[DDM_A_INTERFACE_SETTINGS] = { .type = NLA_NUL_STRING, .len = DDM_SETTINGS_MAX, },
};

/* DDM_CMD_INTERFACE_DEL - do */
const struct nla_policy ddm_interface_del_nl_policy[DDM_A_INTERFACE_NAME + 1] = {
	[DDM_A_INTERFACE_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
};

/* DDM_CMD_INTERFACE_CONNECT - do */
const struct nla_policy ddm_interface_connect_nl_policy[DDM_A_INTERFACE_EVENT_FD + 1] = {
	[DDM_A_INTERFACE_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_INTERFACE_TIMEOUT] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_INTERFACE_EVENT_FD] = NLA_POLICY_MIN(NLA_S32, 0),
};

/* DDM_CMD_INTERFACE_DISCONNECT - do */
const struct nla_policy ddm_interface_disconnect_nl_policy[DDM_A_INTERFACE_NAME + 1] = {
	[DDM_A_INTERFACE_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
};

/* DDM_CMD_CONNECTION_GET - do */
const struct nla_policy ddm_connection_get_nl_policy[DDM_A_CONNECTION_ID + 1] = {
	[DDM_A_CONNECTION_ID] = { .type = NLA_U64, },
};

/* DDM_CMD_CONNECTION_CLEAR - do */
const struct nla_policy ddm_connection_clear_nl_policy[DDM_A_CONNECTION_ID + 1] = {
	[DDM_A_CONNECTION_ID] = { .type = NLA_U64, },
};

/* DDM_CMD_LINK_GET - do */
const struct nla_policy ddm_link_get_nl_policy[DDM_A_LINK_INTERFACE + 1] = {
	[DDM_A_LINK_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_LINK_INTERFACE] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* DDM_CMD_LINK_NEW - do */
const struct nla_policy ddm_link_new_nl_policy[DDM_A_LINK_REMOTE6 + 1] = {
	[DDM_A_LINK_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_LINK_PORT] = { .type = NLA_NUL_STRING, .len = DDM_PORT_MAX, },
	[DDM_A_LINK_STATE] = NLA_POLICY_MAX(NLA_U32, 1),
	[DDM_A_LINK_USER] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_LINK_PEER] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_LINK_MEDIA] = { .type = NLA_NUL_STRING, .len = DDM_KIND_MAX, },
	[DDM_A_LINK_INCOMING] = NLA_POLICY_MAX(NLA_U32, 1),
	[DDM_A_LINK_SPEED] = { .type = NLA_U32, },
	[DDM_A_LINK_LOCAL4] = { .type = NLA_U32, },
	[DDM_A_LINK_REMOTE4] = { .type = NLA_U32, },
	[DDM_A_LINK_LOCAL6] = NLA_POLICY_EXACT_LEN(16),
	[DDM_A_LINK_REMOTE6] = NLA_POLICY_EXACT_LEN(16),
};

/* DDM_CMD_LINK_SET - do */
const struct nla_policy ddm_link_set_nl_policy[DDM_A_LINK_ERROR + 1] = {
	[DDM_A_LINK_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_LINK_STATE] = NLA_POLICY_MAX(NLA_U32, 1),
	[DDM_A_LINK_USER] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_LINK_PEER] = { .type = NLA_NUL_STRING, .len = DDM_NAME_MAX, },
	[DDM_A_LINK_MEDIA] = { .type = NLA_NUL_STRING, .len = DDM_KIND_MAX, },
	[DDM_A_LINK_INCOMING] = NLA_POLICY_MAX(NLA_U32, 1),
	[DDM_A_LINK_SPEED] = { .type = NLA_U32, },
	[DDM_A_LINK_LOCAL4] = { .type = NLA_U32, },
	[DDM_A_LINK_REMOTE4] = { .type = NLA_U32, },
	[DDM_A_LINK_LOCAL6] = NLA_POLICY_EXACT_LEN(16),
	[DDM_A_LINK_REMOTE6] = NLA_POLICY_EXACT_LEN(16),
	[DDM_A_LINK_ERROR] = NLA_POLICY_MAX(NLA_U32, DDM_ERROR_MAX),
};

/* DDM_CMD_LINK_DEL - do */
const struct nla_policy ddm_link_del_nl_policy[DDM_A_LINK_ERROR + 1] = {
	[DDM_A_LINK_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_LINK_ERROR] = NLA_POLICY_MAX(NLA_U32, DDM_ERROR_MAX),
};

/* DDM_CMD_LISTENER_REGISTER - do */
const struct nla_policy ddm_listener_register_nl_policy[DDM_A_LISTENER_INTERFACE + 1] = {
	[DDM_A_LISTENER_EVENT_FD] = NLA_POLICY_MIN(NLA_S32, 0),
	[DDM_A_LISTENER_MASK] = NLA_POLICY_MASK(NLA_U32, 0x7ff),
	[DDM_A_LISTENER_INTERFACE] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* DDM_CMD_LISTENER_DEREGISTER - do */
const struct nla_policy ddm_listener_deregister_nl_policy[DDM_A_LISTENER_EVENT_FD + 1] = {
	[DDM_A_LISTENER_EVENT_FD] = NLA_POLICY_MIN(NLA_S32, 0),
};

/* DDM_CMD_EVENT_GET - do */
const struct nla_policy ddm_event_get_nl_policy[DDM_A_EVENT_RECORDS + 1] = {
	[DDM_A_EVENT_SINCE] = { .type = NLA_U64, },
	[DDM_A_EVENT_INTERFACE] = { .type = NLA_U32, },
	[DDM_A_EVENT_MASK] = NLA_POLICY_MASK(NLA_U32, 0x7ff),
	[DDM_A_EVENT_RECORDS] = { .type = NLA_FLAG, },
};

/* DDM_CMD_DIALER_BIND - do */
const struct nla_policy ddm_dialer_bind_nl_policy[DDM_A_DIAL_TIMEOUT + 1] = {
	[DDM_A_DIAL_TIMEOUT] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* DDM_CMD_DIALER_UNBIND - do */
const struct nla_policy ddm_dialer_unbind_nl_policy[DDM_A_DIAL_ERROR + 1] = {
	[DDM_A_DIAL_ERROR] = NLA_POLICY_MAX(NLA_U32, DDM_ERROR_MAX),
};

/* DDM_CMD_DIAL_RESULT - do */
const struct nla_policy ddm_dial_result_nl_policy[DDM_A_DIAL_ERROR + 1] = {
	[DDM_A_DIAL_REQUEST] = NLA_POLICY_MIN(NLA_U32, 1),
	[DDM_A_DIAL_ERROR] = NLA_POLICY_MAX(NLA_U32, DDM_ERROR_MAX),
	[DDM_A_DIAL_DEVICE] = { .type = NLA_NUL_STRING, .len = DDM_DEVICE_MAX, },
};

/* DDM_CMD_RULE_GET - do */
const struct nla_policy ddm_rule_get_nl_policy[DDM_A_RULE_PREFERENCE + 1] = {
	[DDM_A_RULE_PREFERENCE] = NLA_POLICY_RANGE(NLA_U32, 1, DDM_RULE_PREFERENCE_MAX),
};

/* DDM_CMD_RULE_NEW - do */
const struct nla_policy ddm_rule_new_nl_policy[DDM_A_RULE_DEVICE + 1] = {
	[DDM_A_RULE_PREFERENCE] = NLA_POLICY_RANGE(NLA_U32, 1, DDM_RULE_PREFERENCE_MAX),
	[DDM_A_RULE_ACTION] = NLA_POLICY_MAX(NLA_U32, 1),
	[DDM_A_RULE_TYPE] = { .type = NLA_U32, },
	[DDM_A_RULE_KIND] = { .type = NLA_NUL_STRING, .len = DDM_KIND_MAX, },
	[DDM_A_RULE_DEVICE] = { .type = NLA_NUL_STRING, .len = DDM_DEVICE_MAX, },
};

/* DDM_CMD_RULE_DEL - do */
const struct nla_policy ddm_rule_del_nl_policy[DDM_A_RULE_PREFERENCE + 1] = {
	[DDM_A_RULE_PREFERENCE] = NLA_POLICY_RANGE(NLA_U32, 1, DDM_RULE_PREFERENCE_MAX),
};

/* DDM_CMD_LINK_HANGUP - do */
const struct nla_policy ddm_link_hangup_nl_policy[DDM_A_LINK_ID + 1] = {
	[DDM_A_LINK_ID] = NLA_POLICY_MIN(NLA_U32, 1),
};

/* Ops table for ddm */
const struct genl_ops ddm_nl_ops[24] = {
	{
		.cmd		= DDM_CMD_SERVICE_GET,
		.doit		= ddm_nl_service_get_doit,
		.policy		= ddm_service_get_nl_policy,
		.maxattr	= DDM_A_SERVICE_EPOCH,
	},
	{
		.cmd		= DDM_CMD_SERVICE_SET,
		.doit		= ddm_nl_service_set_doit,
		.policy		= ddm_service_set_nl_policy,
		.maxattr	= DDM_A_SERVICE_MAX_SOCKET_LISTENERS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_INTERFACE_GET,
		.doit		= ddm_nl_interface_get_doit,
		.start		= ddm_nl_interface_get_start,
		.dumpit		= ddm_nl_interface_get_dumpit,
		.policy		= ddm_interface_get_nl_policy,
		.maxattr	= DDM_A_INTERFACE_DETAIL,
	},
	{
		.cmd		= DDM_CMD_INTERFACE_NEW,
		.doit		= ddm_nl_interface_new_doit,
		.policy		= ddm_interface_new_nl_policy,
		.maxattr	= DDM_A_INTERFACE_SETTINGS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_INTERFACE_SET,
		.doit		= ddm_nl_interface_set_doit,
		.policy		= ddm_interface_set_nl_policy,
		.maxattr	= DDM_A_INTERFACE_SETTINGS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_INTERFACE_DEL,
		.doit		= ddm_nl_interface_del_doit,
		.policy		= ddm_interface_del_nl_policy,
		.maxattr	= DDM_A_INTERFACE_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_INTERFACE_CONNECT,
		.doit		= ddm_nl_interface_connect_doit,
		.policy		= ddm_interface_connect_nl_policy,
		.maxattr	= DDM_A_INTERFACE_EVENT_FD,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_INTERFACE_DISCONNECT,
		.doit		= ddm_nl_interface_disconnect_doit,
		.policy		= ddm_interface_disconnect_nl_policy,
		.maxattr	= DDM_A_INTERFACE_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_CONNECTION_GET,
		.doit		= ddm_nl_connection_get_doit,
		.dumpit		= ddm_nl_connection_get_dumpit,
		.policy		= ddm_connection_get_nl_policy,
		.maxattr	= DDM_A_CONNECTION_ID,
	},
	{
		.cmd		= DDM_CMD_CONNECTION_CLEAR,
		.doit		= ddm_nl_connection_clear_doit,
		.policy		= ddm_connection_clear_nl_policy,
		.maxattr	= DDM_A_CONNECTION_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_LINK_GET,
		.doit		= ddm_nl_link_get_doit,
		.dumpit		= ddm_nl_link_get_dumpit,
		.policy		= ddm_link_get_nl_policy,
		.maxattr	= DDM_A_LINK_INTERFACE,
	},
	{
		.cmd		= DDM_CMD_LINK_NEW,
		.doit		= ddm_nl_link_new_doit,
		.policy		= ddm_link_new_nl_policy,
		.maxattr	= DDM_A_LINK_REMOTE6,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_LINK_SET,
		.doit		= ddm_nl_link_set_doit,
		.policy		= ddm_link_set_nl_policy,
		.maxattr	= DDM_A_LINK_ERROR,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_LINK_DEL,
		.doit		= ddm_nl_link_del_doit,
		.policy		= ddm_link_del_nl_policy,
		.maxattr	= DDM_A_LINK_ERROR,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_LISTENER_REGISTER,
		.doit		= ddm_nl_listener_register_doit,
		.policy		= ddm_listener_register_nl_policy,
		.maxattr	= DDM_A_LISTENER_INTERFACE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_LISTENER_DEREGISTER,
		.doit		= ddm_nl_listener_deregister_doit,
		.policy		= ddm_listener_deregister_nl_policy,
		.maxattr	= DDM_A_LISTENER_EVENT_FD,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_EVENT_GET,
		.doit		= ddm_nl_event_get_doit,
		.dumpit		= ddm_nl_event_get_dumpit,
		.policy		= ddm_event_get_nl_policy,
		.maxattr	= DDM_A_EVENT_RECORDS,
	},
	{
		.cmd		= DDM_CMD_DIALER_BIND,
		.doit		= ddm_nl_dialer_bind_doit,
		.policy		= ddm_dialer_bind_nl_policy,
		.maxattr	= DDM_A_DIAL_TIMEOUT,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_DIALER_UNBIND,
		.doit		= ddm_nl_dialer_unbind_doit,
		.policy		= ddm_dialer_unbind_nl_policy,
		.maxattr	= DDM_A_DIAL_ERROR,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_DIAL_RESULT,
		.doit		= ddm_nl_dial_result_doit,
		.policy		= ddm_dial_result_nl_policy,
		.maxattr	= DDM_A_DIAL_ERROR,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_RULE_GET,
		.doit		= ddm_nl_rule_get_doit,
		.dumpit		= ddm_nl_rule_get_dumpit,
		.policy		= ddm_rule_get_nl_policy,
		.maxattr	= DDM_A_RULE_PREFERENCE,
	},
	{
		.cmd		= DDM_CMD_RULE_NEW,
		.doit		= ddm_nl_rule_new_doit,
		.policy		= ddm_rule_new_nl_policy,
		.maxattr	= DDM_A_RULE_DEVICE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_RULE_DEL,
		.doit		= ddm_nl_rule_del_doit,
		.policy		= ddm_rule_del_nl_policy,
		.maxattr	= DDM_A_RULE_PREFERENCE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= DDM_CMD_LINK_HANGUP,
		.doit		= ddm_nl_link_hangup_doit,
		.policy		= ddm_link_hangup_nl_policy,
		.maxattr	= DDM_A_LINK_ID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
};

static const struct genl_multicast_group ddm_nl_mcgrps[] = {
	[DDM_NLGRP_EVENTS] = { "events", },
};
