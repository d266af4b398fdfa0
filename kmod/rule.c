// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules: which devices are tracked without an interface having been created
 * for them. Asked once for each device, when it registers.
 */
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "compat.h"
#include "ddm.h"

#define RULES_MAX 256
#define RULE_DEFAULT 32700

#define IGNORE(n, t, d)                                         \
	{                                                       \
		.preference = RULE_DEFAULT + (n), .type = (t),  \
		.action = DDM_RULE_ACTION_IGNORE, .device = (d) \
	}
#define TRACK_TYPE(n, t)                                       \
	{                                                      \
		.preference = RULE_DEFAULT + (n), .type = (t), \
		.action = DDM_RULE_ACTION_TRACK                \
	}
#define TRACK_KIND(n, k)                                      \
	{                                                     \
		.preference = RULE_DEFAULT + (n), .type = -1, \
		.action = DDM_RULE_ACTION_TRACK, .kind = (k)  \
	}

/* What carries a WAN, but not the tunnels' fallback devices. */
static const struct ddm_rules default_rules = {
	.count = 22,
	.rule = {
		IGNORE(0, ARPHRD_TUNNEL, "tunl0"),
		IGNORE(1, ARPHRD_TUNNEL, "ip_vti0"),
		IGNORE(2, ARPHRD_TUNNEL6, "ip6tnl0"),
		IGNORE(3, ARPHRD_TUNNEL6, "ip6_vti0"),
		IGNORE(4, ARPHRD_SIT, "sit0"),
		IGNORE(5, ARPHRD_IPGRE, "gre0"),
		IGNORE(6, ARPHRD_IP6GRE, "ip6gre0"),
		TRACK_TYPE(7, ARPHRD_PPP),
		TRACK_KIND(8, "wwan"),
		TRACK_TYPE(9, ARPHRD_RAWIP),
		TRACK_TYPE(10, ARPHRD_CISCO),
		TRACK_TYPE(11, ARPHRD_RAWHDLC),
		TRACK_TYPE(12, ARPHRD_X25),
		TRACK_TYPE(13, ARPHRD_DLCI),
		TRACK_KIND(14, "wireguard"),
		TRACK_KIND(15, "l2tpeth"),
		TRACK_TYPE(16, ARPHRD_TUNNEL),
		TRACK_TYPE(17, ARPHRD_TUNNEL6),
		TRACK_TYPE(18, ARPHRD_SIT),
		TRACK_TYPE(19, ARPHRD_IPGRE),
		TRACK_TYPE(20, ARPHRD_IP6GRE),
		TRACK_KIND(21, "xfrm"),
	},
};

/**
 * ddm_rules_get - the rules that are in force
 * @dn: the namespace
 *
 * Context: RCU or ddm_net.lock held.
 */
const struct ddm_rules *ddm_rules_get(struct ddm_net *dn)
{
	return rcu_dereference_check(dn->rules, lockdep_is_held(&dn->lock)) ?:
		       &default_rules;
}

static bool device_matches(const char *pattern, const char *name)
{
	size_t len = strlen(pattern);

	if (len && pattern[len - 1] == '*')
		return !strncmp(pattern, name, len - 1);
	return !strcmp(pattern, name);
}

static bool rule_matches(const struct ddm_rule *rule,
			 const struct net_device *dev)
{
	if (rule->type >= 0 && rule->type != dev->type)
		return false;
	if (rule->kind[0] && strcmp(rule->kind, ddm_kind_name(dev)))
		return false;
	return !rule->device[0] || device_matches(rule->device, dev->name);
}

/**
 * ddm_rule_tracks - does a device get a dynamic interface?
 * @dn: the namespace of the device
 * @dev: the device
 *
 * Context: RTNL and ddm_net.lock held.
 */
bool ddm_rule_tracks(struct ddm_net *dn, const struct net_device *dev)
{
	const struct ddm_rules *rules = ddm_rules_get(dn);
	u32 i;

	for (i = 0; i < rules->count; i++)
		if (rule_matches(&rules->rule[i], dev))
			return rules->rule[i].action == DDM_RULE_ACTION_TRACK;
	return false;
}

/* Have devices that these rules may track come to be looked at. */
static void rules_await(struct ddm_net *dn, const struct ddm_rules *rules)
{
	struct ddm_hint hint = {};
	u32 i;

	for (i = 0; i < rules->count; i++) {
		const struct ddm_rule *rule = &rules->rule[i];

		if (rule->action != DDM_RULE_ACTION_TRACK)
			continue;
		if (rule->type >= 0)
			hint.types |= ddm_type_bit(rule->type);
		else if (rule->kind[0])
			hint.kinds |= ddm_letter_bit(rule->kind);
		else if (rule->device[0] && rule->device[0] != '*')
			hint.devices |= ddm_letter_bit(rule->device);
		else
			hint.types = U64_MAX;
	}
	ddm_netdev_await(dn, &hint);
}

/**
 * ddm_rules_init - the rules that every namespace begins with
 * @dn: the namespace
 *
 * Context: no device is followed yet.
 */
void ddm_rules_init(struct ddm_net *dn)
{
	rules_await(dn, &default_rules);
}

static struct ddm_rules *rules_alloc(u32 count)
{
	struct ddm_rules *rules;

	rules = kvzalloc(struct_size(rules, rule, count), GFP_KERNEL_ACCOUNT);
	if (rules)
		rules->count = count;
	return rules;
}

static void rules_replace(struct ddm_net *dn, struct ddm_rules *new)
{
	struct ddm_rules *old;

	rules_await(dn, new);
	old = rcu_replace_pointer(dn->rules, new, lockdep_is_held(&dn->lock));
	if (old)
		kvfree_rcu(old, rcu);
}

/* Place of the first rule with at least this preference */
static u32 rule_place(const struct ddm_rules *rules, u32 preference)
{
	u32 i = 0;

	while (i < rules->count && rules->rule[i].preference < preference)
		i++;
	return i;
}

/**
 * ddm_rule_add - add a rule
 * @dn: the namespace
 * @rule: the rule; preference 0 is replaced by one before all others
 * @extack: explains a refusal
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: 0, -EEXIST, -ENOSPC or -ENOMEM.
 */
int ddm_rule_add(struct ddm_net *dn, struct ddm_rule *rule,
		 struct netlink_ext_ack *extack)
{
	const struct ddm_rules *old = ddm_rules_get(dn);
	struct ddm_rules *new;
	u32 at;

	lockdep_assert_held(&dn->lock);

	if (old->count >= RULES_MAX) {
		NL_SET_ERR_MSG(extack, "there are 256 rules already");
		return -ENOSPC;
	}
	if (!rule->preference)
		rule->preference = old->count ? old->rule[0].preference - 1 :
						RULE_DEFAULT;
	if (!rule->preference) {
		NL_SET_ERR_MSG(extack,
			       "no preference is left before the first rule");
		return -ENOSPC;
	}
	at = rule_place(old, rule->preference);
	if (at < old->count && old->rule[at].preference == rule->preference) {
		NL_SET_ERR_MSG(extack, "there is a rule with this preference");
		return -EEXIST;
	}

	new = rules_alloc(old->count + 1);
	if (!new)
		return -ENOMEM;
	memcpy(new->rule, old->rule, at * sizeof(*rule));
	new->rule[at] = *rule;
	memcpy(&new->rule[at + 1], &old->rule[at],
	       (old->count - at) * sizeof(*rule));
	rules_replace(dn, new);
	return 0;
}

/**
 * ddm_rule_del - delete a rule
 * @dn: the namespace
 * @preference: its preference
 *
 * Context: RTNL and ddm_net.lock held, may sleep.
 * Return: 0, -ENOENT or -ENOMEM.
 */
int ddm_rule_del(struct ddm_net *dn, u32 preference)
{
	const struct ddm_rules *old = ddm_rules_get(dn);
	u32 at = rule_place(old, preference);
	struct ddm_rules *new;

	lockdep_assert_held(&dn->lock);

	if (at == old->count || old->rule[at].preference != preference)
		return -ENOENT;

	new = rules_alloc(old->count - 1);
	if (!new)
		return -ENOMEM;
	memcpy(new->rule, old->rule, at * sizeof(*old->rule));
	memcpy(&new->rule[at], &old->rule[at + 1],
	       (new->count - at) * sizeof(*old->rule));
	rules_replace(dn, new);
	return 0;
}

/**
 * ddm_rules_free - free the rules of a namespace that has no readers left
 * @dn: the namespace
 *
 * Context: process context.
 */
void ddm_rules_free(struct ddm_net *dn)
{
	kvfree(rcu_dereference_protected(dn->rules, true));
	RCU_INIT_POINTER(dn->rules, NULL);
}
