// SPDX-License-Identifier: GPL-2.0-only
/*
 * The numbers of the family are for ever: a program built today must be able
 * to talk to any later module. Tables only grow at their ends, and what is
 * added has to be written down here too.
 */
#include "raw.h"
#include "world.h"

struct number {
	const char *name;
	int64_t value;
	int64_t frozen;
};

#define N(name, frozen)             \
	{                           \
#name, name, frozen \
	}

static const struct number constants[] = {
	N(DDM_FAMILY_VERSION, 1),
	N(DDM_NAME_MAX, 1024),
	N(DDM_DEVICE_MAX, 15),
	N(DDM_KIND_MAX, 31),
	N(DDM_PORT_MAX, 64),
	N(DDM_SETTINGS_MAX, 8192),
	N(DDM_TIMEOUT_MAX, 86400000),
	N(DDM_ERROR_MAX, 32767),
	N(DDM_RULE_PREFERENCE_MAX, 32767),
};

static const struct number service_states[] = {
	N(DDM_SERVICE_STATE_STOPPED, 0),
	N(DDM_SERVICE_STATE_RUNNING, 1),
	N(DDM_SERVICE_STATE_PAUSED, 2),
};

static const struct number states[] = {
	N(DDM_STATE_UNREACHABLE, 0),
	N(DDM_STATE_DISCONNECTED, 1),
	N(DDM_STATE_CONNECTING, 2),
	N(DDM_STATE_CONNECTED, 3),
};

static const struct number interface_types[] = {
	N(DDM_INTERFACE_TYPE_CLIENT, 0),
	N(DDM_INTERFACE_TYPE_HOME_ROUTER, 1),
	N(DDM_INTERFACE_TYPE_FULL_ROUTER, 2),
	N(DDM_INTERFACE_TYPE_DEDICATED, 3),
	N(DDM_INTERFACE_TYPE_INTERNAL, 4),
	N(DDM_INTERFACE_TYPE_LOOPBACK, 5),
	N(DDM_INTERFACE_TYPE_TUNNEL1, 6),
	N(DDM_INTERFACE_TYPE_DIALOUT, 7),
};

static const struct number unreachabilities[] = {
	N(DDM_UNREACHABILITY_OUT_OF_RESOURCES, 0x1),
	N(DDM_UNREACHABILITY_ADMIN_DISABLED, 0x2),
	N(DDM_UNREACHABILITY_CONNECTION_FAILURE, 0x4),
	N(DDM_UNREACHABILITY_SERVICE_PAUSED, 0x8),
	N(DDM_UNREACHABILITY_DIALOUT_HOURS, 0x10),
	N(DDM_UNREACHABILITY_NO_MEDIA_SENSE, 0x20),
	N(DDM_UNREACHABILITY_NO_DEVICE, 0x40),
};

static const struct number methods[] = {
	N(DDM_METHOD_AUTO, 0),
	N(DDM_METHOD_NONE, 1),
	N(DDM_METHOD_LINK, 2),
	N(DDM_METHOD_AGENT, 3),
};

static const struct number event_types[] = {
	N(DDM_EVENT_TYPE_LOST, 0),
	N(DDM_EVENT_TYPE_INTERFACE_NEW, 1),
	N(DDM_EVENT_TYPE_INTERFACE_DEL, 2),
	N(DDM_EVENT_TYPE_INTERFACE_CHANGE, 3),
	N(DDM_EVENT_TYPE_CONNECTING, 4),
	N(DDM_EVENT_TYPE_CONNECTED, 5),
	N(DDM_EVENT_TYPE_DISCONNECTED, 6),
	N(DDM_EVENT_TYPE_CONNECT_FAILED, 7),
	N(DDM_EVENT_TYPE_LINK_UP, 8),
	N(DDM_EVENT_TYPE_LINK_DOWN, 9),
	N(DDM_EVENT_TYPE_SERVICE, 10),
};

static const struct number reasons[] = {
	N(DDM_REASON_UNKNOWN, 0),	 N(DDM_REASON_REQUESTED, 1),
	N(DDM_REASON_DEVICE_DOWN, 2),	 N(DDM_REASON_NO_CARRIER, 3),
	N(DDM_REASON_DEVICE_GONE, 4),	 N(DDM_REASON_DEVICE_MOVED, 5),
	N(DDM_REASON_DEVICE_RENAMED, 6), N(DDM_REASON_LINK_LOST, 7),
	N(DDM_REASON_DIALER, 8),	 N(DDM_REASON_DIALER_GONE, 9),
	N(DDM_REASON_TIMEOUT, 10),	 N(DDM_REASON_REFUSED, 11),
	N(DDM_REASON_DELETED, 12),	 N(DDM_REASON_STOPPED, 13),
};

static const struct number link_states[] = {
	N(DDM_LINK_STATE_DOWN, 0),
	N(DDM_LINK_STATE_UP, 1),
};

static const struct number rule_actions[] = {
	N(DDM_RULE_ACTION_IGNORE, 0),
	N(DDM_RULE_ACTION_TRACK, 1),
};

static const struct number service_attributes[] = {
	N(DDM_A_SERVICE_PAD, 1),
	N(DDM_A_SERVICE_STATE, 2),
	N(DDM_A_SERVICE_SEQUENCE, 3),
	N(DDM_A_SERVICE_OLDEST, 4),
	N(DDM_A_SERVICE_EPOCH, 5),
	N(DDM_A_SERVICE_UPTIME, 6),
	N(DDM_A_SERVICE_INTERFACES, 7),
	N(DDM_A_SERVICE_CONNECTIONS, 8),
	N(DDM_A_SERVICE_LINKS, 9),
	N(DDM_A_SERVICE_LISTENERS, 10),
	N(DDM_A_SERVICE_DIALER, 11),
	N(DDM_A_SERVICE_JOURNAL_SIZE, 12),
	N(DDM_A_SERVICE_MAX_INTERFACES, 13),
	N(DDM_A_SERVICE_MAX_LISTENERS, 14),
	N(DDM_A_SERVICE_MAX_SOCKET_LISTENERS, 15),
	N(DDM_A_SERVICE_DROPPED, 16),
};

static const struct number interface_attributes[] = {
	N(DDM_A_INTERFACE_PAD, 1),	  N(DDM_A_INTERFACE_ID, 2),
	N(DDM_A_INTERFACE_NAME, 3),	  N(DDM_A_INTERFACE_TYPE, 4),
	N(DDM_A_INTERFACE_STATE, 5),	  N(DDM_A_INTERFACE_UNREACHABILITY, 6),
	N(DDM_A_INTERFACE_LAST_ERROR, 7), N(DDM_A_INTERFACE_IFINDEX, 8),
	N(DDM_A_INTERFACE_SNAPSHOT, 9),	  N(DDM_A_INTERFACE_CONNECTION, 10),
	N(DDM_A_INTERFACE_DISABLED, 11),  N(DDM_A_INTERFACE_DYNAMIC, 12),
	N(DDM_A_INTERFACE_DETAIL, 13),	  N(DDM_A_INTERFACE_DEVICE, 14),
	N(DDM_A_INTERFACE_METHOD, 15),	  N(DDM_A_INTERFACE_KIND, 16),
	N(DDM_A_INTERFACE_SEQUENCE, 17),  N(DDM_A_INTERFACE_CONNECTS, 18),
	N(DDM_A_INTERFACE_FAILURES, 19),  N(DDM_A_INTERFACE_CHANGED, 20),
	N(DDM_A_INTERFACE_ENABLED, 21),	  N(DDM_A_INTERFACE_SETTINGS, 22),
	N(DDM_A_INTERFACE_TIMEOUT, 23),	  N(DDM_A_INTERFACE_EVENT_FD, 24),
};

static const struct number connection_attributes[] = {
	N(DDM_A_CONNECTION_PAD, 1),
	N(DDM_A_CONNECTION_ID, 2),
	N(DDM_A_CONNECTION_INTERFACE, 3),
	N(DDM_A_CONNECTION_NAME, 4),
	N(DDM_A_CONNECTION_TYPE, 5),
	N(DDM_A_CONNECTION_IFINDEX, 6),
	N(DDM_A_CONNECTION_DEVICE, 7),
	N(DDM_A_CONNECTION_START, 8),
	N(DDM_A_CONNECTION_DURATION, 9),
	N(DDM_A_CONNECTION_RX_BYTES, 10),
	N(DDM_A_CONNECTION_TX_BYTES, 11),
	N(DDM_A_CONNECTION_RX_PACKETS, 12),
	N(DDM_A_CONNECTION_TX_PACKETS, 13),
	N(DDM_A_CONNECTION_RX_ERRORS, 14),
	N(DDM_A_CONNECTION_TX_ERRORS, 15),
	N(DDM_A_CONNECTION_RX_CRC_ERRORS, 16),
	N(DDM_A_CONNECTION_RX_FRAME_ERRORS, 17),
	N(DDM_A_CONNECTION_RX_OVER_ERRORS, 18),
	N(DDM_A_CONNECTION_RX_FIFO_ERRORS, 19),
	N(DDM_A_CONNECTION_LINKS, 20),
	N(DDM_A_CONNECTION_KIND, 21),
};

static const struct number link_attributes[] = {
	N(DDM_A_LINK_PAD, 1),	    N(DDM_A_LINK_ID, 2),
	N(DDM_A_LINK_INTERFACE, 3), N(DDM_A_LINK_IFINDEX, 4),
	N(DDM_A_LINK_PORT, 5),	    N(DDM_A_LINK_STATE, 6),
	N(DDM_A_LINK_CHANGED, 7),   N(DDM_A_LINK_USER, 8),
	N(DDM_A_LINK_PEER, 9),	    N(DDM_A_LINK_MEDIA, 10),
	N(DDM_A_LINK_INCOMING, 11), N(DDM_A_LINK_SPEED, 12),
	N(DDM_A_LINK_LOCAL4, 13),   N(DDM_A_LINK_REMOTE4, 14),
	N(DDM_A_LINK_LOCAL6, 15),   N(DDM_A_LINK_REMOTE6, 16),
	N(DDM_A_LINK_ERROR, 17),
};

static const struct number listener_attributes[] = {
	N(DDM_A_LISTENER_EVENT_FD, 1),
	N(DDM_A_LISTENER_MASK, 2),
	N(DDM_A_LISTENER_INTERFACE, 3),
};

static const struct number event_attributes[] = {
	N(DDM_A_EVENT_PAD, 1),	       N(DDM_A_EVENT_SEQUENCE, 2),
	N(DDM_A_EVENT_TYPE, 3),	       N(DDM_A_EVENT_TIME, 4),
	N(DDM_A_EVENT_INTERFACE, 5),   N(DDM_A_EVENT_NAME, 6),
	N(DDM_A_EVENT_IFINDEX, 7),     N(DDM_A_EVENT_STATE, 8),
	N(DDM_A_EVENT_CONNECTION, 9),  N(DDM_A_EVENT_REASON, 10),
	N(DDM_A_EVENT_ERROR, 11),      N(DDM_A_EVENT_DURATION, 12),
	N(DDM_A_EVENT_RX_BYTES, 13),   N(DDM_A_EVENT_TX_BYTES, 14),
	N(DDM_A_EVENT_RX_PACKETS, 15), N(DDM_A_EVENT_TX_PACKETS, 16),
	N(DDM_A_EVENT_LINK, 17),       N(DDM_A_EVENT_SERVICE_STATE, 18),
	N(DDM_A_EVENT_LOST, 19),       N(DDM_A_EVENT_SINCE, 20),
	N(DDM_A_EVENT_MASK, 21),       N(DDM_A_EVENT_RECORDS, 22),
	N(DDM_A_EVENT_MORE, 23),       N(DDM_A_EVENT_RECORD, 24),
};

static const struct number record_attributes[] = {
	N(DDM_A_RECORD_VALUES, 1),
	N(DDM_A_RECORD_NAME, 2),
};

static const struct number dial_attributes[] = {
	N(DDM_A_DIAL_REQUEST, 1),  N(DDM_A_DIAL_INTERFACE, 2),
	N(DDM_A_DIAL_NAME, 3),	   N(DDM_A_DIAL_DEVICE, 4),
	N(DDM_A_DIAL_SETTINGS, 5), N(DDM_A_DIAL_TIMEOUT, 6),
	N(DDM_A_DIAL_ERROR, 7),	   N(DDM_A_DIAL_IFINDEX, 8),
	N(DDM_A_DIAL_LINK, 9),
};

static const struct number rule_attributes[] = {
	N(DDM_A_RULE_PREFERENCE, 1), N(DDM_A_RULE_ACTION, 2),
	N(DDM_A_RULE_TYPE, 3),	     N(DDM_A_RULE_KIND, 4),
	N(DDM_A_RULE_DEVICE, 5),
};

static const struct number commands[] = {
	N(DDM_CMD_SERVICE_GET, 1),	  N(DDM_CMD_SERVICE_SET, 2),
	N(DDM_CMD_INTERFACE_GET, 3),	  N(DDM_CMD_INTERFACE_NEW, 4),
	N(DDM_CMD_INTERFACE_SET, 5),	  N(DDM_CMD_INTERFACE_DEL, 6),
	N(DDM_CMD_INTERFACE_CONNECT, 7),  N(DDM_CMD_INTERFACE_DISCONNECT, 8),
	N(DDM_CMD_CONNECTION_GET, 9),	  N(DDM_CMD_CONNECTION_CLEAR, 10),
	N(DDM_CMD_LINK_GET, 11),	  N(DDM_CMD_LINK_NEW, 12),
	N(DDM_CMD_LINK_SET, 13),	  N(DDM_CMD_LINK_DEL, 14),
	N(DDM_CMD_LISTENER_REGISTER, 15), N(DDM_CMD_LISTENER_DEREGISTER, 16),
	N(DDM_CMD_EVENT_GET, 17),	  N(DDM_CMD_EVENT_NTF, 18),
	N(DDM_CMD_DIALER_BIND, 19),	  N(DDM_CMD_DIALER_UNBIND, 20),
	N(DDM_CMD_DIAL_NTF, 21),	  N(DDM_CMD_HANGUP_NTF, 22),
	N(DDM_CMD_DIAL_RESULT, 23),	  N(DDM_CMD_RULE_GET, 24),
	N(DDM_CMD_RULE_NEW, 25),	  N(DDM_CMD_RULE_DEL, 26),
	N(DDM_CMD_LINK_HANGUP, 27),
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define LAST(table) ((table)[COUNT(table) - 1].frozen)

/* Nothing to set up: what is looked at is the same everywhere. */
FIXTURE(uapi)
{
	struct raw *raw;
};

FIXTURE_SETUP(uapi)
{
	self->raw = raw_open(0);
	ASSERT_NE(NULL, self->raw);
}

FIXTURE_TEARDOWN(uapi)
{
	raw_close(self->raw);
}

static void check_numbers(struct __test_metadata *_metadata,
			  const struct number *table, size_t count)
{
	for (; count--; table++) {
		EXPECT_EQ(table->frozen, table->value)
		{
			TH_LOG("%s was %lld", table->name,
			       (long long)table->frozen);
		}
	}
}

#define CHECK(table) check_numbers(_metadata, table, COUNT(table))

TEST_F(uapi, constants_have_their_values)
{
	CHECK(constants);
	EXPECT_STREQ("ddm", DDM_FAMILY_NAME);
	EXPECT_STREQ("events", DDM_MCGRP_EVENTS);
}

TEST_F(uapi, enumerations_have_their_values)
{
	CHECK(service_states);
	CHECK(states);
	CHECK(interface_types);
	CHECK(unreachabilities);
	CHECK(methods);
	CHECK(event_types);
	CHECK(reasons);
	CHECK(link_states);
	CHECK(rule_actions);
}

/* libddm has a name for each, and none for the value after the last. */
static void check_names(struct __test_metadata *_metadata,
			const struct number *table, size_t count,
			const char *(*name_of)(uint32_t value))
{
	uint32_t last = (uint32_t)table[count - 1].frozen;

	for (; count--; table++) {
		EXPECT_NE(NULL, name_of((uint32_t)table->frozen))
		{
			TH_LOG("%s has no name", table->name);
		}
	}
	EXPECT_EQ(NULL, name_of(last + 1));
}

#define CHECK_NAMES(table, name_of) \
	check_names(_metadata, table, COUNT(table), name_of)

TEST_F(uapi, tables_of_enumerations_are_whole)
{
	CHECK_NAMES(service_states, ddm_service_state_name);
	CHECK_NAMES(states, ddm_state_name);
	CHECK_NAMES(interface_types, ddm_interface_type_name);
	CHECK_NAMES(methods, ddm_method_name);
	CHECK_NAMES(event_types, ddm_event_type_name);
	CHECK_NAMES(reasons, ddm_reason_name);
	CHECK_NAMES(link_states, ddm_link_state_name);
	CHECK_NAMES(rule_actions, ddm_rule_action_name);
	EXPECT_NE(NULL, ddm_unreachability_name(COUNT(unreachabilities) - 1));
	EXPECT_EQ(NULL, ddm_unreachability_name(COUNT(unreachabilities)));
}

TEST_F(uapi, attributes_have_their_numbers)
{
	CHECK(service_attributes);
	CHECK(interface_attributes);
	CHECK(connection_attributes);
	CHECK(link_attributes);
	CHECK(listener_attributes);
	CHECK(event_attributes);
	CHECK(record_attributes);
	CHECK(dial_attributes);
	CHECK(rule_attributes);
}

TEST_F(uapi, commands_have_their_numbers)
{
	CHECK(commands);
}

TEST_F(uapi, tables_of_numbers_are_whole)
{
	EXPECT_EQ(LAST(service_attributes), DDM_A_SERVICE_MAX);
	EXPECT_EQ(LAST(interface_attributes), DDM_A_INTERFACE_MAX);
	EXPECT_EQ(LAST(connection_attributes), DDM_A_CONNECTION_MAX);
	EXPECT_EQ(LAST(link_attributes), DDM_A_LINK_MAX);
	EXPECT_EQ(LAST(listener_attributes), DDM_A_LISTENER_MAX);
	EXPECT_EQ(LAST(event_attributes), DDM_A_EVENT_MAX);
	EXPECT_EQ(LAST(record_attributes), DDM_A_RECORD_MAX);
	EXPECT_EQ(LAST(dial_attributes), DDM_A_DIAL_MAX);
	EXPECT_EQ(LAST(rule_attributes), DDM_A_RULE_MAX);
	EXPECT_EQ(LAST(commands), DDM_CMD_MAX);
}

/* ------------------------------------------- what the module itself says -- */

#define DO GENL_CMD_CAP_DO
#define DUMP GENL_CMD_CAP_DUMP
#define POLICY GENL_CMD_CAP_HASPOL
#define ADMIN GENL_UNS_ADMIN_PERM
#define ANY (DO | POLICY)
#define ACT (DO | POLICY | ADMIN)

/* How each command can be sent, and whether everybody may; 0: by nobody. */
static const uint32_t operations[] = {
	[DDM_CMD_SERVICE_GET] = ANY,
	[DDM_CMD_SERVICE_SET] = ACT,
	[DDM_CMD_INTERFACE_GET] = ANY | DUMP,
	[DDM_CMD_INTERFACE_NEW] = ACT,
	[DDM_CMD_INTERFACE_SET] = ACT,
	[DDM_CMD_INTERFACE_DEL] = ACT,
	[DDM_CMD_INTERFACE_CONNECT] = ACT,
	[DDM_CMD_INTERFACE_DISCONNECT] = ACT,
	[DDM_CMD_CONNECTION_GET] = ANY | DUMP,
	[DDM_CMD_CONNECTION_CLEAR] = ACT,
	[DDM_CMD_LINK_GET] = ANY | DUMP,
	[DDM_CMD_LINK_NEW] = ACT,
	[DDM_CMD_LINK_SET] = ACT,
	[DDM_CMD_LINK_DEL] = ACT,
	[DDM_CMD_LISTENER_REGISTER] = ACT,
	[DDM_CMD_LISTENER_DEREGISTER] = ACT,
	[DDM_CMD_EVENT_GET] = ANY | DUMP,
	[DDM_CMD_DIALER_BIND] = ACT,
	[DDM_CMD_DIALER_UNBIND] = ACT,
	[DDM_CMD_DIAL_RESULT] = ACT,
	[DDM_CMD_RULE_GET] = ANY | DUMP,
	[DDM_CMD_RULE_NEW] = ACT,
	[DDM_CMD_RULE_DEL] = ACT,
	[DDM_CMD_LINK_HANGUP] = ACT,
};

struct family {
	char name[32];
	uint32_t version;
	uint32_t header_size;
	uint32_t operations[256];
	unsigned int groups;
	char group[32];
};

static int parse_operation(const struct nlattr *attr, void *data)
{
	struct family *family = data;
	const struct nlattr *inner;
	uint32_t id = 0, flags = 0;

	mnl_attr_for_each_nested(inner, attr)
	{
		if (mnl_attr_get_type(inner) == CTRL_ATTR_OP_ID)
			id = mnl_attr_get_u32(inner);
		else if (mnl_attr_get_type(inner) == CTRL_ATTR_OP_FLAGS)
			flags = mnl_attr_get_u32(inner);
	}
	family->operations[id & 0xff] = flags;
	return MNL_CB_OK;
}

static int parse_group(const struct nlattr *attr, void *data)
{
	struct family *family = data;
	const struct nlattr *inner;

	family->groups++;
	mnl_attr_for_each_nested(inner, attr) if (mnl_attr_get_type(inner) ==
						  CTRL_ATTR_MCAST_GRP_NAME)
		snprintf(family->group, sizeof(family->group), "%s",
			 mnl_attr_get_str(inner));
	return MNL_CB_OK;
}

static int parse_family(const struct nlmsghdr *nlh, void *data)
{
	struct family *family = data;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		switch (mnl_attr_get_type(attr)) {
		case CTRL_ATTR_FAMILY_NAME:
			snprintf(family->name, sizeof(family->name), "%s",
				 mnl_attr_get_str(attr));
			break;
		case CTRL_ATTR_VERSION:
			family->version = mnl_attr_get_u32(attr);
			break;
		case CTRL_ATTR_HDRSIZE:
			family->header_size = mnl_attr_get_u32(attr);
			break;
		case CTRL_ATTR_OPS:
			mnl_attr_parse_nested(attr, parse_operation, family);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			mnl_attr_parse_nested(attr, parse_group, family);
			break;
		}
	}
	return 0;
}

static int ask_family(struct raw *raw, struct family *family)
{
	struct nlmsghdr *nlh = raw_begin(raw, CTRL_CMD_GETFAMILY);
	int ret;

	memset(family, 0, sizeof(*family));
	nlh->nlmsg_type = GENL_ID_CTRL;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, "ddm");
	ret = raw_send(raw, nlh, NLM_F_ACK);
	while (!ret)
		ret = raw_receive(raw, parse_family, family);
	return ret < 0 ? ret : raw->err;
}

TEST_F(uapi, family_is_called_ddm_has_version_1_and_the_group_events)
{
	struct family family;

	ASSERT_ERR(0, ask_family(self->raw, &family));
	EXPECT_STREQ("ddm", family.name);
	EXPECT_EQ(1, family.version);
	EXPECT_EQ(0, family.header_size);
	EXPECT_EQ(1, family.groups);
	EXPECT_STREQ("events", family.group);
}

TEST_F(uapi, module_has_these_commands_and_no_others)
{
	struct family family;
	uint32_t id, expected;

	ASSERT_ERR(0, ask_family(self->raw, &family));
	for (id = 0; id < COUNT(family.operations); id++) {
		expected = id < COUNT(operations) ? operations[id] : 0;
		EXPECT_EQ(expected, family.operations[id])
		{
			TH_LOG("command %u", id);
		}
	}
}

/* ------------------------------------------------- lengths on the wire -- */

enum width {
	ABSENT,
	FLAG,
	U32,
	U64,
	TEXT,
};

static const char *const widths[] = { "absent", "flag", "u32", "u64", "text" };

static const char *width_of(const struct nlmsghdr *nlh, uint16_t type)
{
	const struct nlattr *attr = raw_attr(nlh, type);

	if (!attr)
		return widths[ABSENT];
	/* a text of 3 or 7 characters would look like a number: see the names */
	switch (mnl_attr_get_payload_len(attr)) {
	case 0:
		return widths[FLAG];
	case sizeof(uint32_t):
		return widths[U32];
	case sizeof(uint64_t):
		return widths[U64];
	default:
		return widths[TEXT];
	}
}

static void check_widths(struct __test_metadata *_metadata,
			 const struct nlmsghdr *nlh, const enum width *expected,
			 uint16_t max)
{
	uint16_t type;

	/* 1 is padding, which no value depends on */
	for (type = 2; type <= max; type++) {
		EXPECT_STREQ(widths[expected[type]], width_of(nlh, type))
		{
			TH_LOG("attribute %u of the answer to command %u", type,
			       raw_command(nlh));
		}
	}
}

/* Ask, and leave the first message of the answer in raw->answer. */
static const struct nlmsghdr *ask(struct raw *raw, struct nlmsghdr *nlh)
{
	int err = raw_send(raw, nlh, 0);

	if (!err)
		err = raw_receive(raw, NULL, NULL);
	return err || raw->messages != 1 ? NULL : (const void *)raw->answer;
}

WORLD_FIXTURE(wire);

TEST_F(wire, service_has_these_attributes)
{
	static const enum width expected[DDM_A_SERVICE_MAX + 1] = {
		[DDM_A_SERVICE_STATE] = U32,
		[DDM_A_SERVICE_SEQUENCE] = U64,
		[DDM_A_SERVICE_OLDEST] = U64,
		[DDM_A_SERVICE_EPOCH] = U64,
		[DDM_A_SERVICE_UPTIME] = U64,
		[DDM_A_SERVICE_INTERFACES] = U32,
		[DDM_A_SERVICE_CONNECTIONS] = U32,
		[DDM_A_SERVICE_LINKS] = U32,
		[DDM_A_SERVICE_LISTENERS] = U32,
		[DDM_A_SERVICE_JOURNAL_SIZE] = U32,
		[DDM_A_SERVICE_MAX_INTERFACES] = U32,
		[DDM_A_SERVICE_MAX_LISTENERS] = U32,
		[DDM_A_SERVICE_MAX_SOCKET_LISTENERS] = U32,
	};
	struct raw *raw = raw_open(0);
	const struct nlmsghdr *nlh;

	ASSERT_NE(NULL, raw);
	nlh = ask(raw, raw_begin(raw, DDM_CMD_SERVICE_GET));
	ASSERT_NE(NULL, nlh);
	EXPECT_EQ(DDM_CMD_SERVICE_GET, raw_command(nlh));
	check_widths(_metadata, nlh, expected, DDM_A_SERVICE_MAX);
	raw_close(raw);
}

TEST_F(wire, connected_interface_and_connection_have_these_attributes)
{
	static const enum width interface[DDM_A_INTERFACE_MAX + 1] = {
		[DDM_A_INTERFACE_ID] = U32,
		[DDM_A_INTERFACE_NAME] = TEXT,
		[DDM_A_INTERFACE_TYPE] = U32,
		[DDM_A_INTERFACE_STATE] = U32,
		[DDM_A_INTERFACE_IFINDEX] = U32,
		[DDM_A_INTERFACE_CONNECTION] = U64,
		[DDM_A_INTERFACE_DEVICE] = TEXT,
		[DDM_A_INTERFACE_METHOD] = U32,
		[DDM_A_INTERFACE_KIND] = TEXT,
		[DDM_A_INTERFACE_SEQUENCE] = U64,
		[DDM_A_INTERFACE_CONNECTS] = U32,
		[DDM_A_INTERFACE_FAILURES] = U32,
		[DDM_A_INTERFACE_CHANGED] = U64,
		[DDM_A_INTERFACE_SETTINGS] = TEXT,
	};
	static const enum width connection[DDM_A_CONNECTION_MAX + 1] = {
		[DDM_A_CONNECTION_ID] = U64,
		[DDM_A_CONNECTION_INTERFACE] = U32,
		[DDM_A_CONNECTION_NAME] = TEXT,
		[DDM_A_CONNECTION_TYPE] = U32,
		[DDM_A_CONNECTION_IFINDEX] = U32,
		[DDM_A_CONNECTION_DEVICE] = TEXT,
		[DDM_A_CONNECTION_START] = U64,
		[DDM_A_CONNECTION_DURATION] = U64,
		[DDM_A_CONNECTION_RX_BYTES] = U64,
		[DDM_A_CONNECTION_TX_BYTES] = U64,
		[DDM_A_CONNECTION_RX_PACKETS] = U64,
		[DDM_A_CONNECTION_TX_PACKETS] = U64,
		[DDM_A_CONNECTION_RX_ERRORS] = U64,
		[DDM_A_CONNECTION_TX_ERRORS] = U64,
		[DDM_A_CONNECTION_RX_CRC_ERRORS] = U64,
		[DDM_A_CONNECTION_RX_FRAME_ERRORS] = U64,
		[DDM_A_CONNECTION_RX_OVER_ERRORS] = U64,
		[DDM_A_CONNECTION_RX_FIFO_ERRORS] = U64,
		[DDM_A_CONNECTION_KIND] = TEXT,
	};
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET | DDM_INTERFACE_SETTINGS_SET,
		.name = "Zweigstelle",
		.device = "dummy",
		.settings = "settings of it",
	};
	struct raw *raw = raw_open(0);
	const struct nlmsghdr *answer;
	struct nlmsghdr *nlh;
	int device, err;
	uint64_t number;
	uint32_t id;

	ASSERT_NE(NULL, raw);
	device = netdev_add(self->w.rtnl, "dummy", "dummy");
	ASSERT_LT(0, device);
	id = make(&self->w, &request, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, netdev_up(self->w.rtnl, device));

	nlh = raw_begin(raw, DDM_CMD_INTERFACE_GET);
	mnl_attr_put_u32(nlh, DDM_A_INTERFACE_ID, id);
	answer = ask(raw, nlh);
	ASSERT_NE(NULL, answer);
	check_widths(_metadata, answer, interface, DDM_A_INTERFACE_MAX);
	number = raw_number(answer, DDM_A_INTERFACE_CONNECTION);

	nlh = raw_begin(raw, DDM_CMD_CONNECTION_GET);
	mnl_attr_put_u64(nlh, DDM_A_CONNECTION_ID, number);
	answer = ask(raw, nlh);
	ASSERT_NE(NULL, answer);
	check_widths(_metadata, answer, connection, DDM_A_CONNECTION_MAX);
	raw_close(raw);
}

TEST_F(wire, end_of_a_connection_has_these_attributes)
{
	static const enum width expected[DDM_A_EVENT_MAX + 1] = {
		[DDM_A_EVENT_SEQUENCE] = U64,	[DDM_A_EVENT_TYPE] = U32,
		[DDM_A_EVENT_TIME] = U64,	[DDM_A_EVENT_INTERFACE] = U32,
		[DDM_A_EVENT_NAME] = TEXT,	[DDM_A_EVENT_IFINDEX] = U32,
		[DDM_A_EVENT_STATE] = U32,	[DDM_A_EVENT_CONNECTION] = U64,
		[DDM_A_EVENT_REASON] = U32,	[DDM_A_EVENT_ERROR] = U32,
		[DDM_A_EVENT_DURATION] = U64,	[DDM_A_EVENT_RX_BYTES] = U64,
		[DDM_A_EVENT_TX_BYTES] = U64,	[DDM_A_EVENT_RX_PACKETS] = U64,
		[DDM_A_EVENT_TX_PACKETS] = U64,
	};
	struct raw *raw = raw_open(0);
	const struct nlmsghdr *answer;
	struct nlmsghdr *nlh;
	int device;

	ASSERT_NE(NULL, raw);
	device = netdev_add(self->w.rtnl, "dummy", "dummy");
	ASSERT_NE(0, make_named(&self->w, "dummy"));
	ASSERT_ERR(0, netdev_up(self->w.rtnl, device));
	ASSERT_ERR(0, netdev_down(self->w.rtnl, device));

	nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	mnl_attr_put_u32(nlh, DDM_A_EVENT_MASK,
			 DDM_EVENT_BIT(DDM_EVENT_TYPE_DISCONNECTED));
	answer = ask(raw, nlh);
	ASSERT_NE(NULL, answer);
	check_widths(_metadata, answer, expected, DDM_A_EVENT_MAX);
	raw_close(raw);
}

WORLD_MAIN
