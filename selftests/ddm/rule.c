// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules decide which devices have an interface without anybody having made
 * one: tried in order, the first that matches, and at once for what is there.
 */
#include <net/if.h>
#include <net/if_arp.h>
#include <linux/if_tunnel.h>

#include "raw.h"
#include "world.h"

#define RULES_MAX 256
#define ANY_TYPE (-1)
#define IGNORE DDM_RULE_ACTION_IGNORE
#define TRACK DDM_RULE_ACTION_TRACK

#define MANY 300

WORLD_FIXTURE(rule);

/* Add a rule; *err where it is refused. Returns its preference. */
static uint32_t add(struct world *w, const struct ddm_rule *members, int *err)
{
	struct ddm_rule rule = *members;
	uint32_t preference = 0;

	rule.size = sizeof(rule);
	*err = ddm_rule_new(w->ddm, &rule, &preference);
	return preference;
}

static int add_at(struct world *w, uint32_t preference, uint32_t action,
		  const char *device)
{
	struct ddm_rule rule = {
		.preference = preference,
		.action = action,
		.type = ANY_TYPE,
		.device = device,
	};
	int err;

	add(w, &rule, &err);
	return err;
}

/* A rule before all others that tracks what has this name */
static int track(struct world *w, const char *device)
{
	return add_at(w, 0, TRACK, device);
}

/* "32700 ignore type 768 device tunl0": a line for each */
static int spell_rule(const struct ddm_rule *rule, void *data)
{
	struct story *story = data;
	char line[128];
	int used;

	used = snprintf(line, sizeof(line), "%u %s", rule->preference,
			ddm_rule_action_name(rule->action));
	if (rule->type != ANY_TYPE)
		used += snprintf(line + used, sizeof(line) - (size_t)used,
				 " type %d", rule->type);
	if (*rule->kind)
		used += snprintf(line + used, sizeof(line) - (size_t)used,
				 " kind %s", rule->kind);
	if (*rule->device)
		used += snprintf(line + used, sizeof(line) - (size_t)used,
				 " device %s", rule->device);
	used += snprintf(line + used, sizeof(line) - (size_t)used, "\n");
	story->text = realloc(story->text, story->used + (size_t)used + 1);
	if (!story->text)
		return -ENOMEM;
	memcpy(story->text + story->used, line, (size_t)used + 1);
	story->used += (size_t)used;
	return 0;
}

/* Not freed */
static const char *rules(struct world *w)
{
	struct story story = { 0 };
	int err = ddm_rule_list(w->ddm, spell_rule, &story);

	return err ? err_text(err) : story.text ? story.text : "";
}

static int keep_preference(const struct ddm_rule *rule, void *data)
{
	*(uint32_t *)data = rule->preference;
	return 1;
}

static uint32_t first_preference(struct world *w)
{
	uint32_t preference = 0;

	ddm_rule_list(w->ddm, keep_preference, &preference);
	return preference;
}

static int delete_all(struct world *w)
{
	uint32_t preference;
	int err = 0;

	while (!err && (preference = first_preference(w)))
		err = ddm_rule_del(w->ddm, preference);
	return err;
}

static bool tracked(struct world *w, const char *name)
{
	const struct ddm_interface *interface;

	return !ddm_interface_find(w->ddm, name, &interface) &&
	       interface->dynamic;
}

static const char default_rules[] = "32700 ignore type 768 device tunl0\n"
				    "32701 ignore type 768 device ip_vti0\n"
				    "32702 ignore type 769 device ip6tnl0\n"
				    "32703 ignore type 769 device ip6_vti0\n"
				    "32704 ignore type 776 device sit0\n"
				    "32705 ignore type 778 device gre0\n"
				    "32706 ignore type 823 device ip6gre0\n"
				    "32707 track type 512\n"
				    "32708 track kind wwan\n"
				    "32709 track type 519\n"
				    "32710 track type 513\n"
				    "32711 track type 518\n"
				    "32712 track type 271\n"
				    "32713 track type 15\n"
				    "32714 track kind wireguard\n"
				    "32715 track kind l2tpeth\n"
				    "32716 track type 768\n"
				    "32717 track type 769\n"
				    "32718 track type 776\n"
				    "32719 track type 778\n"
				    "32720 track type 823\n"
				    "32721 track kind xfrm\n";

/* ------------------------------------------------------------- the list -- */

TEST_F(rule, default_ones_track_what_carries_a_wan)
{
	EXPECT_STREQ(default_rules, rules(&self->w));
}

TEST_F(rule, default_ones_see_devices_of_these_kinds_and_no_others)
{
	/* a tunnel needs another end, or it would be the fallback device */
	static const uint32_t end4 = 0x01020304;
	static const uint8_t end6[16] = { 0xfd, 1 };
	static const struct {
		const char *kind;
		bool tracked;
		uint16_t attribute;
		const void *end;
		size_t length;
	} kinds[] = {
		{ "wireguard", true, 0, NULL, 0 },
		{ "ipip", true, IFLA_IPTUN_REMOTE, &end4, sizeof(end4) },
		{ "sit", true, IFLA_IPTUN_REMOTE, &end4, sizeof(end4) },
		{ "gre", true, IFLA_GRE_REMOTE, &end4, sizeof(end4) },
		{ "ip6tnl", true, IFLA_IPTUN_REMOTE, end6, sizeof(end6) },
		{ "dummy", false, 0, NULL, 0 },
		{ "bridge", false, 0, NULL, 0 },
		{ "ifb", false, 0, NULL, 0 },
	};
	struct world *w = &self->w;
	unsigned int i, seen = 0;
	char name[16];
	int device;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		snprintf(name, sizeof(name), "x%u", i);
		device = netdev_add_with(w->rtnl, name, kinds[i].kind,
					 kinds[i].attribute, kinds[i].end,
					 kinds[i].length);
		if (device < 0) {
			TH_LOG("no %s here: %s", kinds[i].kind,
			       strerror(-device));
			continue;
		}
		EXPECT_EQ(kinds[i].tracked, tracked(w, name))
		{
			TH_LOG("%s", kinds[i].kind);
		}
		seen++;
	}
	EXPECT_LE(3, seen);
	/* the fallback devices that came with them are nobody's WAN */
	EXPECT_FALSE(tracked(w, "lo"));
	EXPECT_FALSE(tracked(w, "tunl0"));
	EXPECT_FALSE(tracked(w, "sit0"));
	EXPECT_FALSE(tracked(w, "gre0"));
	EXPECT_FALSE(tracked(w, "ip6tnl0"));
}

TEST_F(rule, one_rule_can_be_asked_for)
{
	struct raw *raw = raw_open(0);
	const struct nlmsghdr *answer;
	struct nlmsghdr *nlh;

	ASSERT_NE(NULL, raw);
	nlh = raw_begin(raw, DDM_CMD_RULE_GET);
	mnl_attr_put_u32(nlh, DDM_A_RULE_PREFERENCE, 32714);
	ASSERT_ERR(0, raw_send(raw, nlh, 0));
	ASSERT_ERR(0, raw_receive(raw, NULL, NULL));
	answer = (const void *)raw->answer;
	EXPECT_EQ(DDM_CMD_RULE_GET, raw_command(answer));
	EXPECT_EQ(32714, raw_number(answer, DDM_A_RULE_PREFERENCE));
	EXPECT_EQ(TRACK, raw_number(answer, DDM_A_RULE_ACTION));
	ASSERT_NE(NULL, raw_attr(answer, DDM_A_RULE_KIND));
	EXPECT_STREQ("wireguard",
		     mnl_attr_get_str(raw_attr(answer, DDM_A_RULE_KIND)));
	EXPECT_EQ(NULL, raw_attr(answer, DDM_A_RULE_TYPE));
	EXPECT_EQ(NULL, raw_attr(answer, DDM_A_RULE_DEVICE));

	nlh = raw_begin(raw, DDM_CMD_RULE_GET);
	mnl_attr_put_u32(nlh, DDM_A_RULE_PREFERENCE, 7);
	EXPECT_ERR(-ENOENT, raw_do(raw, nlh));
	EXPECT_STREQ("there is no such rule", raw->message);
	EXPECT_ERR(-EINVAL, raw_do(raw, raw_begin(raw, DDM_CMD_RULE_GET)));
	EXPECT_EQ(DDM_A_RULE_PREFERENCE, raw->missing);
	raw_close(raw);
}

TEST_F(rule, new_one_is_told_as_it_was_asked_for)
{
	struct ddm_rule members = {
		.preference = 100,
		.action = TRACK,
		.type = ARPHRD_ETHER,
		.kind = "dummy",
		.device = "wan*",
	};
	struct world *w = &self->w;
	int err;

	ASSERT_ERR(0, delete_all(w));
	EXPECT_STREQ("", rules(w));
	EXPECT_EQ(100, add(w, &members, &err));
	EXPECT_ERR(0, err);
	/* type 0 is a type, and not any */
	members = (struct ddm_rule){ .preference = 99,
				     .action = IGNORE,
				     .type = 0 };
	EXPECT_EQ(99, add(w, &members, &err));
	EXPECT_ERR(0, err);
	members = (struct ddm_rule){ .preference = 101,
				     .action = IGNORE,
				     .type = ANY_TYPE };
	EXPECT_EQ(101, add(w, &members, &err));
	EXPECT_ERR(0, err);
	EXPECT_STREQ("99 ignore type 0\n"
		     "100 track type 1 kind dummy device wan*\n"
		     "101 ignore\n",
		     rules(w));
	ASSERT_ERR(0, ddm_rule_del(w->ddm, 100));
	EXPECT_STREQ("99 ignore type 0\n101 ignore\n", rules(w));
	EXPECT_ERR(-ENOENT, ddm_rule_del(w->ddm, 100));
}

/* --------------------------------------------------------- preferences -- */

TEST_F(rule, without_a_preference_a_rule_goes_before_all_others)
{
	struct ddm_rule members = { .action = TRACK,
				    .type = ANY_TYPE,
				    .device = "a" };
	struct world *w = &self->w;
	int err;

	EXPECT_EQ(32699, add(w, &members, &err));
	EXPECT_EQ(32698, add(w, &members, &err));
	EXPECT_EQ(32698, first_preference(w));
	ASSERT_ERR(0, add_at(w, 2, TRACK, "a"));
	EXPECT_EQ(1, add(w, &members, &err));
	EXPECT_EQ(1, first_preference(w));
	EXPECT_EQ(0, add(w, &members, &err));
	EXPECT_ERR(-ENOSPC, err);
	EXPECT_STREQ("no preference is left before the first rule",
		     ddm_error(w->ddm));
	ASSERT_ERR(0, delete_all(w));
	EXPECT_EQ(32700, add(w, &members, &err));
	EXPECT_ERR(0, err);
}

TEST_F(rule, preference_that_is_taken_is_refused)
{
	struct world *w = &self->w;

	EXPECT_ERR(-EEXIST, add_at(w, 32707, IGNORE, "a"));
	EXPECT_STREQ("there is a rule with this preference", ddm_error(w->ddm));
	EXPECT_STREQ(default_rules, rules(w));
	/* what was deleted is free again */
	ASSERT_ERR(0, ddm_rule_del(w->ddm, 32707));
	EXPECT_ERR(0, add_at(w, 32707, IGNORE, "a"));
}

TEST_F(rule, there_may_be_256)
{
	struct world *w = &self->w;
	uint32_t preference;

	ASSERT_ERR(0, delete_all(w));
	for (preference = 1; preference <= RULES_MAX; preference++) {
		ASSERT_ERR(0, add_at(w, preference, TRACK, "nobody"));
	}
	EXPECT_ERR(-ENOSPC, add_at(w, preference, TRACK, "nobody"));
	EXPECT_STREQ("there are 256 rules already", ddm_error(w->ddm));
	/* a dump of that many comes in pieces, and whole */
	EXPECT_NE(NULL, strstr(rules(w), "\n256 track device nobody\n"));
	ASSERT_ERR(0, ddm_rule_del(w->ddm, 77));
	EXPECT_ERR(0, add_at(w, DDM_RULE_PREFERENCE_MAX, TRACK, "nobody"));
}

/* -------------------------------------------------------- what matches -- */

TEST_F(rule, first_that_matches_decides)
{
	struct world *w = &self->w;

	ASSERT_LT(0, netdev_add(w->rtnl, "wan7", "dummy"));
	ASSERT_LT(0, netdev_add(w->rtnl, "wan8", "dummy"));
	ASSERT_ERR(0, add_at(w, 20, TRACK, "wan*"));
	EXPECT_TRUE(tracked(w, "wan7"));
	EXPECT_TRUE(tracked(w, "wan8"));
	ASSERT_ERR(0, add_at(w, 10, IGNORE, "wan7"));
	EXPECT_FALSE(tracked(w, "wan7"));
	EXPECT_TRUE(tracked(w, "wan8"));
	/* after the one that ignores, it comes too late */
	ASSERT_ERR(0, add_at(w, 15, TRACK, "wan7"));
	EXPECT_FALSE(tracked(w, "wan7"));
	ASSERT_ERR(0, add_at(w, 5, TRACK, "wan7"));
	EXPECT_TRUE(tracked(w, "wan7"));
	ASSERT_ERR(0, ddm_rule_del(w->ddm, 5));
	EXPECT_FALSE(tracked(w, "wan7"));
	ASSERT_ERR(0, ddm_rule_del(w->ddm, 10));
	EXPECT_TRUE(tracked(w, "wan7"));
}

TEST_F(rule, trailing_asterisk_stands_for_any_rest)
{
	static const struct {
		const char *pattern;
		const char *device;
		bool match;
	} cases[] = {
		{ "wan*", "wan0", true },
		{ "wan*", "wan12345", true },
		{ "wan*", "wan", true },
		{ "wan*", "wa", false },
		{ "wan*", "lan0", false },
		{ "wan*", "xwan0", false },
		{ "wan0", "wan0", true },
		{ "wan0", "wan01", false },
		{ "wan0", "wan", false },
		{ "*", "anything", true },
		{ "w*n", "wan", false },
		{ "w*n", "w*n", true },
		{ "*an", "wan", false },
		{ "wan?", "wan0", false },
		{ "Wan*", "wan0", false },
		{ "a2345678901234*", "a23456789012345", true },
	};
	struct world *w = &self->w;
	unsigned int i;
	int device;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		device = netdev_add(w->rtnl, cases[i].device, "dummy");
		ASSERT_LT(0, device);
		ASSERT_ERR(0, add_at(w, 1, TRACK, cases[i].pattern));
		EXPECT_EQ(cases[i].match, tracked(w, cases[i].device))
		{
			TH_LOG("\"%s\" and device %s", cases[i].pattern,
			       cases[i].device);
		}
		ASSERT_ERR(0, ddm_rule_del(w->ddm, 1));
		ASSERT_ERR(0, netdev_del(w->rtnl, device));
	}
}

TEST_F(rule, kind_and_type_must_match_where_they_are_given)
{
	struct ddm_rule members = { .preference = 1,
				    .action = TRACK,
				    .type = ANY_TYPE };
	static const struct {
		int32_t type;
		const char *kind;
		bool dummy;
		bool bridge;
		bool lo;
	} cases[] = {
		{ ANY_TYPE, NULL, true, true, true },
		{ ANY_TYPE, "dummy", true, false, false },
		{ ANY_TYPE, "bridge", false, true, false },
		{ ANY_TYPE, "dumm", false, false, false },
		{ ANY_TYPE, "dummy*", false, false, false },
		{ ARPHRD_ETHER, NULL, true, true, false },
		{ ARPHRD_LOOPBACK, NULL, false, false, true },
		{ ARPHRD_ETHER, "dummy", true, false, false },
		{ ARPHRD_LOOPBACK, "dummy", false, false, false },
		{ ARPHRD_NETROM, NULL, false, false, false },
	};
	struct world *w = &self->w;
	unsigned int i;
	int err;

	ASSERT_LT(0, netdev_add(w->rtnl, "d", "dummy"));
	if (netdev_add(w->rtnl, "b", "bridge") < 0)
		SKIP(return, "no bridge");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		members.type = cases[i].type;
		members.kind = cases[i].kind;
		add(w, &members, &err);
		ASSERT_ERR(0, err);
		EXPECT_EQ(cases[i].dummy, tracked(w, "d"))
		{
			TH_LOG("case %u", i);
		}
		EXPECT_EQ(cases[i].bridge, tracked(w, "b"))
		{
			TH_LOG("case %u", i);
		}
		EXPECT_EQ(cases[i].lo, tracked(w, "lo"))
		{
			TH_LOG("case %u", i);
		}
		ASSERT_ERR(0, ddm_rule_del(w->ddm, 1));
	}
}

TEST_F(rule, without_any_no_device_is_tracked)
{
	const struct ddm_service *service;
	struct world *w = &self->w;
	int wg = netdev_add(w->rtnl, "wg7", "wireguard");
	uint32_t id;

	if (wg < 0)
		SKIP(return, "no wireguard");
	id = id_of(w, "wg7");
	EXPECT_TRUE(tracked(w, "wg7"));
	ASSERT_ERR(0, delete_all(w));
	EXPECT_STREQ("ESTALE", state_of(w, id));
	EXPECT_STREQ("interface-new, interface-del", story_since(w, 0, id));
	/* nor are those that the first rules ignored any more */
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(0, service->interfaces);
	ASSERT_LT(0, netdev_add(w->rtnl, "wg8", "wireguard"));
	EXPECT_FALSE(tracked(w, "wg8"));
	EXPECT_STREQ("", rules(w));
}

/* ---------------------------------------------- devices that are there -- */

TEST_F(rule, new_rule_finds_devices_that_are_there)
{
	struct world *w = &self->w;
	int down = netdev_add(w->rtnl, "wan0", "dummy");
	int up = netdev_add(w->rtnl, "wan1", "dummy");

	ASSERT_LT(0, down);
	ASSERT_ERR(0, netdev_up(w->rtnl, up));
	EXPECT_EQ(0, head(w));
	ASSERT_ERR(0, track(w, "wan*"));
	EXPECT_STREQ("disconnected", state_named(w, "wan0"));
	EXPECT_STREQ("connected", state_named(w, "wan1"));
	EXPECT_STREQ("interface-new", story_since(w, 0, id_of(w, "wan0")));
	EXPECT_STREQ("interface-new, connected",
		     story_since(w, 0, id_of(w, "wan1")));
	EXPECT_EQ(3, head(w));
	/* once more changes nothing for them */
	ASSERT_ERR(0, track(w, "*1"));
	ASSERT_ERR(0, track(w, "wan1"));
	EXPECT_EQ(3, head(w));
}

TEST_F(rule, deleted_rule_takes_its_interfaces_along)
{
	struct world *w = &self->w;
	int down = netdev_add(w->rtnl, "wan0", "dummy");
	int up = netdev_add(w->rtnl, "wan1", "dummy");
	uint32_t id_down, id_up;
	uint64_t since;

	ASSERT_LT(0, down);
	ASSERT_ERR(0, netdev_up(w->rtnl, up));
	ASSERT_ERR(0, add_at(w, 5, TRACK, "wan*"));
	id_down = id_of(w, "wan0");
	id_up = id_of(w, "wan1");
	since = head(w);
	ASSERT_ERR(0, ddm_rule_del(w->ddm, 5));
	EXPECT_STREQ("ESTALE", state_of(w, id_down));
	EXPECT_STREQ("ESTALE", state_of(w, id_up));
	EXPECT_STREQ("interface-del", story_since(w, since, id_down));
	EXPECT_STREQ("disconnected deleted 905, interface-del",
		     story_since(w, since, id_up));
	EXPECT_EQ(since + 3, head(w));
	/* the device itself stays as it was, and comes back as another interface */
	ASSERT_ERR(0, add_at(w, 5, TRACK, "wan*"));
	EXPECT_STREQ("connected", state_named(w, "wan1"));
	EXPECT_NE(id_up, id_of(w, "wan1"));
}

TEST_F(rule, device_that_comes_later_or_is_renamed_is_looked_at)
{
	struct world *w = &self->w;
	uint32_t id;
	int device;

	ASSERT_ERR(0, track(w, "wan*"));
	device = netdev_add(w->rtnl, "wan0", "dummy");
	ASSERT_LT(0, device);
	id = id_of(w, "wan0");
	EXPECT_NE(0, id);
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "wan9"));
	EXPECT_EQ(id, id_of(w, "wan9"));
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "lan9"));
	EXPECT_STREQ("ESTALE", state_of(w, id));
	EXPECT_FALSE(tracked(w, "lan9"));
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "wan9"));
	EXPECT_TRUE(tracked(w, "wan9"));
	EXPECT_NE(id, id_of(w, "wan9"));
}

TEST_F(rule, created_interface_does_not_depend_on_rules)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "wan0", "dummy");
	uint32_t id = make_named(w, "wan0");
	uint64_t since;

	ASSERT_NE(0, id);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	since = head(w);
	ASSERT_ERR(0, add_at(w, 5, IGNORE, "*"));
	ASSERT_ERR(0, add_at(w, 4, TRACK, "*0"));
	ASSERT_ERR(0, ddm_rule_del(w->ddm, 5));
	EXPECT_STREQ("connected", state_of(w, id));
	EXPECT_FALSE(tracked(w, "wan0"));
	EXPECT_EQ(since, head(w));
}

TEST_F(rule, rules_of_a_namespace_are_its_own)
{
	struct world *w = &self->w;
	struct world other = { 0 };

	ASSERT_LT(0, netdev_add(w->rtnl, "wan0", "dummy"));
	ASSERT_ERR(0, world_enter(&other));
	ASSERT_LT(0, netdev_add(other.rtnl, "wan0", "dummy"));
	ASSERT_ERR(0, track(w, "wan*"));
	EXPECT_TRUE(tracked(w, "wan0"));
	EXPECT_FALSE(tracked(&other, "wan0"));
	EXPECT_STREQ(default_rules, rules(&other));
	EXPECT_EQ(0, head(&other));
	ASSERT_ERR(0, delete_all(&other));
	EXPECT_NE(NULL,
		  strstr(rules(w), "32699 track device wan*\n32700 ignore"));
	EXPECT_STREQ("", rules(&other));
	world_leave(&other);
}

/* ----------------------------------------------------------- refusals -- */

/* What a rule with one further attribute is answered */
static int new_with(struct raw *raw, uint16_t type, uint32_t number,
		    const char *text)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_RULE_NEW);

	if (type != DDM_A_RULE_ACTION)
		mnl_attr_put_u32(nlh, DDM_A_RULE_ACTION, TRACK);
	if (text)
		mnl_attr_put_strz(nlh, type, text);
	else
		mnl_attr_put_u32(nlh, type, number);
	return raw_do(raw, nlh);
}

TEST_F(rule, bad_one_is_refused_with_a_reason_and_changes_nothing)
{
	const char *long_device = "a234567890123456";
	const char *long_kind = "a2345678901234567890123456789012";
	struct raw *raw = raw_open(0);

	ASSERT_NE(NULL, raw);
	EXPECT_ERR(-EINVAL, raw_do(raw, raw_begin(raw, DDM_CMD_RULE_NEW)));
	EXPECT_EQ(DDM_A_RULE_ACTION, raw->missing);
	EXPECT_STREQ("action is missing", raw->message);
	EXPECT_ERR(-EINVAL, raw_do(raw, raw_begin(raw, DDM_CMD_RULE_DEL)));
	EXPECT_EQ(DDM_A_RULE_PREFERENCE, raw->missing);
	EXPECT_STREQ("preference is missing", raw->message);

	EXPECT_ERR(-ERANGE, new_with(raw, DDM_A_RULE_ACTION, 2, NULL));
	EXPECT_NE(0, raw->offset);
	EXPECT_ERR(-ERANGE, new_with(raw, DDM_A_RULE_TYPE, 65536, NULL));
	EXPECT_NE(0, raw->offset);
	EXPECT_STREQ("type is larger than 65535", raw->message);
	EXPECT_ERR(-ERANGE, new_with(raw, DDM_A_RULE_TYPE, UINT32_MAX, NULL));
	EXPECT_ERR(-ERANGE, new_with(raw, DDM_A_RULE_PREFERENCE, 0, NULL));
	EXPECT_NE(0, raw->offset);
	EXPECT_ERR(-ERANGE, new_with(raw, DDM_A_RULE_PREFERENCE,
				     DDM_RULE_PREFERENCE_MAX + 1, NULL));
	EXPECT_NE(0, raw->offset);
	EXPECT_ERR(-EINVAL, new_with(raw, DDM_A_RULE_DEVICE, 0, long_device));
	EXPECT_NE(0, raw->offset);
	EXPECT_ERR(-EINVAL, new_with(raw, DDM_A_RULE_KIND, 0, long_kind));
	EXPECT_NE(0, raw->offset);
	EXPECT_STREQ(default_rules, rules(&self->w));

	EXPECT_ERR(0, new_with(raw, DDM_A_RULE_TYPE, 65535, NULL));
	EXPECT_ERR(0, new_with(raw, DDM_A_RULE_DEVICE, 0, long_device + 1));
	EXPECT_ERR(0, new_with(raw, DDM_A_RULE_KIND, 0, long_kind + 1));
	EXPECT_ERR(0, new_with(raw, DDM_A_RULE_PREFERENCE,
			       DDM_RULE_PREFERENCE_MAX, NULL));
	raw_close(raw);
}

/* Thousands of listeners times thousands of devices would hold RTNL for long. */
TEST_F_TIMEOUT(rule, many_devices_of_a_rule_are_not_as_many_signals, 120)
{
	const struct ddm_service *service;
	struct world *w = &self->w;
	int fd = event_fd(), ifindex;
	uint64_t signals;
	char name[16];
	unsigned int i;

	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "many%u", i);
		ifindex = netdev_add(w->rtnl, name, "dummy");
		ASSERT_LT(0, ifindex);
		ASSERT_ERR(0, netdev_up(w->rtnl, ifindex));
	}
	ASSERT_ERR(0, ddm_listener_register(
			      w->ddm, fd,
			      DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECTED), 0));
	ASSERT_ERR(0, track(w, "many*"));
	signals = counted(fd);
	EXPECT_LT(0, signals);
	EXPECT_GT(MANY / 2, signals);
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(MANY, service->connections);
	close(fd);
}

WORLD_MAIN
