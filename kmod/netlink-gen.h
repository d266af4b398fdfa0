/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	uapi/ddm.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_DDM_GEN_H
#define _LINUX_DDM_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/ddm.h>

extern const struct nla_policy ddm_service_get_nl_policy[DDM_A_SERVICE_EPOCH + 1];

extern const struct nla_policy ddm_service_set_nl_policy[DDM_A_SERVICE_MAX_SOCKET_LISTENERS + 1];

extern const struct nla_policy ddm_interface_get_nl_policy[DDM_A_INTERFACE_DETAIL + 1];

extern const struct nla_policy ddm_interface_new_nl_policy[DDM_A_INTERFACE_SETTINGS + 1];

extern const struct nla_policy ddm_interface_set_nl_policy[DDM_A_INTERFACE_SETTINGS + 1];

extern const struct nla_policy ddm_interface_del_nl_policy[DDM_A_INTERFACE_NAME + 1];

extern const struct nla_policy ddm_interface_connect_nl_policy[DDM_A_INTERFACE_EVENT_FD + 1];

extern const struct nla_policy ddm_interface_disconnect_nl_policy[DDM_A_INTERFACE_NAME + 1];

extern const struct nla_policy ddm_connection_get_nl_policy[DDM_A_CONNECTION_ID + 1];

extern const struct nla_policy ddm_connection_clear_nl_policy[DDM_A_CONNECTION_ID + 1];

extern const struct nla_policy ddm_link_get_nl_policy[DDM_A_LINK_INTERFACE + 1];

extern const struct nla_policy ddm_link_new_nl_policy[DDM_A_LINK_REMOTE6 + 1];

extern const struct nla_policy ddm_link_set_nl_policy[DDM_A_LINK_ERROR + 1];

extern const struct nla_policy ddm_link_del_nl_policy[DDM_A_LINK_ERROR + 1];

extern const struct nla_policy ddm_listener_register_nl_policy[DDM_A_LISTENER_INTERFACE + 1];

extern const struct nla_policy ddm_listener_deregister_nl_policy[DDM_A_LISTENER_EVENT_FD + 1];

extern const struct nla_policy ddm_event_get_nl_policy[DDM_A_EVENT_RECORDS + 1];

extern const struct nla_policy ddm_dialer_bind_nl_policy[DDM_A_DIAL_TIMEOUT + 1];

extern const struct nla_policy ddm_dialer_unbind_nl_policy[DDM_A_DIAL_ERROR + 1];

extern const struct nla_policy ddm_dial_result_nl_policy[DDM_A_DIAL_ERROR + 1];

extern const struct nla_policy ddm_rule_get_nl_policy[DDM_A_RULE_PREFERENCE + 1];

extern const struct nla_policy ddm_rule_new_nl_policy[DDM_A_RULE_DEVICE + 1];

extern const struct nla_policy ddm_rule_del_nl_policy[DDM_A_RULE_PREFERENCE + 1];

extern const struct nla_policy ddm_link_hangup_nl_policy[DDM_A_LINK_ID + 1];

/* Ops table for ddm */
extern const struct genl_ops ddm_nl_ops[24];

int ddm_nl_interface_get_start(struct netlink_callback *cb);

int ddm_nl_service_get_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_service_set_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_interface_get_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_interface_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int ddm_nl_interface_new_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_interface_set_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_interface_del_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_interface_connect_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_interface_disconnect_doit(struct sk_buff *skb,
				     struct genl_info *info);
int ddm_nl_connection_get_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_connection_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb);
int ddm_nl_connection_clear_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_link_get_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_link_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int ddm_nl_link_new_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_link_set_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_link_del_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_listener_register_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_listener_deregister_doit(struct sk_buff *skb,
				    struct genl_info *info);
int ddm_nl_event_get_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_event_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int ddm_nl_dialer_bind_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_dialer_unbind_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_dial_result_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_rule_get_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_rule_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int ddm_nl_rule_new_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_rule_del_doit(struct sk_buff *skb, struct genl_info *info);
int ddm_nl_link_hangup_doit(struct sk_buff *skb, struct genl_info *info);

enum {
	DDM_NLGRP_EVENTS,
};

#endif /* _LINUX_DDM_GEN_H */
