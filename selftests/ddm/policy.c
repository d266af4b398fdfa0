// SPDX-License-Identifier: GPL-2.0-only
/*
 * A message that breaks the policy, or asks for what cannot be, gets an errno
 * and a sentence, and the attribute that it is about is named. Nothing else
 * happens.
 */
#include <linux/genetlink.h>

#include "raw.h"
#include "world.h"

/* --------------------------------------------------------- the policies -- */

enum sort { U32, U64, S32, BITS, TEXT, FLAG, BYTES, OTHER };

/**
 * struct field - an attribute that a command takes
 * @command: the command
 * @attribute: its number
 * @sort: what it is
 * @min: smallest value, or length of BYTES
 * @max: largest value, or mask of BITS, or longest TEXT without its NUL
 */
struct field {
	uint8_t command;
	uint16_t attribute;
	enum sort sort;
	uint64_t min;
	uint64_t max;
};

#define SERVICE(a) DDM_A_SERVICE_##a
#define INTERFACE(a) DDM_A_INTERFACE_##a
#define ID32 U32, 1, UINT32_MAX
#define ANY32 U32, 0, UINT32_MAX
#define ANY64 U64, 0, UINT64_MAX
#define FD S32, 0, INT32_MAX
#define NAME TEXT, 0, DDM_NAME_MAX
#define DEVICE TEXT, 0, DDM_DEVICE_MAX
#define KIND TEXT, 0, DDM_KIND_MAX
#define EVENTS BITS, 0, (1u << (DDM_EVENT_TYPE_SERVICE + 1)) - 1
#define PREFERENCE U32, 1, DDM_RULE_PREFERENCE_MAX
#define ERROR U32, 0, DDM_ERROR_MAX
#define ADDRESS6 BYTES, 16, 16

/* clang-format off */
#define BY_ID_OR_NAME(command) \
	{ command, INTERFACE(ID), ID32 }, { command, INTERFACE(NAME), NAME }

#define INTERFACE_MEMBERS(command)                                        \
	{ command, INTERFACE(NAME), NAME },                               \
	{ command, INTERFACE(TYPE), U32, 0, DDM_INTERFACE_TYPE_DIALOUT }, \
	{ command, INTERFACE(DEVICE), DEVICE },                           \
	{ command, INTERFACE(METHOD), U32, 0, DDM_METHOD_AGENT },         \
	{ command, INTERFACE(ENABLED), U32, 0, 1 },                       \
	{ command, INTERFACE(SETTINGS), TEXT, 0, DDM_SETTINGS_MAX }

#define LINK_MEMBERS(command)                                   \
	{ command, DDM_A_LINK_STATE, U32, 0, DDM_LINK_STATE_UP }, \
	{ command, DDM_A_LINK_USER, NAME },                     \
	{ command, DDM_A_LINK_PEER, NAME },                     \
	{ command, DDM_A_LINK_MEDIA, KIND },                    \
	{ command, DDM_A_LINK_INCOMING, U32, 0, 1 },            \
	{ command, DDM_A_LINK_SPEED, ANY32 },                   \
	{ command, DDM_A_LINK_LOCAL4, ANY32 },                  \
	{ command, DDM_A_LINK_REMOTE4, ANY32 },                 \
	{ command, DDM_A_LINK_LOCAL6, ADDRESS6 },               \
	{ command, DDM_A_LINK_REMOTE6, ADDRESS6 }
/* clang-format on */

static const struct field fields[] = {
	{ DDM_CMD_SERVICE_GET, SERVICE(EPOCH), ANY64 },
	{ DDM_CMD_SERVICE_SET, SERVICE(STATE), U32, 0,
	  DDM_SERVICE_STATE_PAUSED },
	{ DDM_CMD_SERVICE_SET, SERVICE(MAX_INTERFACES), ID32 },
	{ DDM_CMD_SERVICE_SET, SERVICE(MAX_LISTENERS), ID32 },
	{ DDM_CMD_SERVICE_SET, SERVICE(MAX_SOCKET_LISTENERS), ID32 },
	BY_ID_OR_NAME(DDM_CMD_INTERFACE_GET),
	{ DDM_CMD_INTERFACE_GET, INTERFACE(DETAIL), FLAG, 0, 0 },
	INTERFACE_MEMBERS(DDM_CMD_INTERFACE_NEW),
	{ DDM_CMD_INTERFACE_SET, INTERFACE(ID), ID32 },
	INTERFACE_MEMBERS(DDM_CMD_INTERFACE_SET),
	BY_ID_OR_NAME(DDM_CMD_INTERFACE_DEL),
	BY_ID_OR_NAME(DDM_CMD_INTERFACE_CONNECT),
	{ DDM_CMD_INTERFACE_CONNECT, INTERFACE(TIMEOUT), ID32 },
	{ DDM_CMD_INTERFACE_CONNECT, INTERFACE(EVENT_FD), FD },
	BY_ID_OR_NAME(DDM_CMD_INTERFACE_DISCONNECT),
	{ DDM_CMD_CONNECTION_GET, DDM_A_CONNECTION_ID, ANY64 },
	{ DDM_CMD_CONNECTION_CLEAR, DDM_A_CONNECTION_ID, ANY64 },
	{ DDM_CMD_LINK_GET, DDM_A_LINK_ID, ID32 },
	{ DDM_CMD_LINK_GET, DDM_A_LINK_INTERFACE, ID32 },
	{ DDM_CMD_LINK_NEW, DDM_A_LINK_IFINDEX, ID32 },
	{ DDM_CMD_LINK_NEW, DDM_A_LINK_PORT, TEXT, 0, DDM_PORT_MAX },
	LINK_MEMBERS(DDM_CMD_LINK_NEW),
	{ DDM_CMD_LINK_SET, DDM_A_LINK_ID, ID32 },
	LINK_MEMBERS(DDM_CMD_LINK_SET),
	{ DDM_CMD_LINK_SET, DDM_A_LINK_ERROR, ERROR },
	{ DDM_CMD_LINK_DEL, DDM_A_LINK_ID, ID32 },
	{ DDM_CMD_LINK_DEL, DDM_A_LINK_ERROR, ERROR },
	{ DDM_CMD_LINK_HANGUP, DDM_A_LINK_ID, ID32 },
	{ DDM_CMD_LISTENER_REGISTER, DDM_A_LISTENER_EVENT_FD, FD },
	{ DDM_CMD_LISTENER_REGISTER, DDM_A_LISTENER_MASK, EVENTS },
	{ DDM_CMD_LISTENER_REGISTER, DDM_A_LISTENER_INTERFACE, ID32 },
	{ DDM_CMD_LISTENER_DEREGISTER, DDM_A_LISTENER_EVENT_FD, FD },
	{ DDM_CMD_EVENT_GET, DDM_A_EVENT_SINCE, ANY64 },
	{ DDM_CMD_EVENT_GET, DDM_A_EVENT_INTERFACE, ANY32 },
	{ DDM_CMD_EVENT_GET, DDM_A_EVENT_MASK, EVENTS },
	{ DDM_CMD_EVENT_GET, DDM_A_EVENT_RECORDS, FLAG, 0, 0 },
	{ DDM_CMD_DIALER_BIND, DDM_A_DIAL_TIMEOUT, ID32 },
	{ DDM_CMD_DIALER_UNBIND, DDM_A_DIAL_ERROR, ERROR },
	{ DDM_CMD_DIAL_RESULT, DDM_A_DIAL_REQUEST, ID32 },
	{ DDM_CMD_DIAL_RESULT, DDM_A_DIAL_ERROR, ERROR },
	{ DDM_CMD_DIAL_RESULT, DDM_A_DIAL_DEVICE, DEVICE },
	{ DDM_CMD_RULE_GET, DDM_A_RULE_PREFERENCE, PREFERENCE },
	{ DDM_CMD_RULE_NEW, DDM_A_RULE_PREFERENCE, PREFERENCE },
	{ DDM_CMD_RULE_NEW, DDM_A_RULE_ACTION, U32, 0, DDM_RULE_ACTION_TRACK },
	{ DDM_CMD_RULE_NEW, DDM_A_RULE_TYPE, ANY32 },
	{ DDM_CMD_RULE_NEW, DDM_A_RULE_KIND, KIND },
	{ DDM_CMD_RULE_NEW, DDM_A_RULE_DEVICE, DEVICE },
	{ DDM_CMD_RULE_DEL, DDM_A_RULE_PREFERENCE, PREFERENCE },
};

static bool is_told(uint8_t command)
{
	return command == DDM_CMD_EVENT_NTF || command == DDM_CMD_DIAL_NTF ||
	       command == DDM_CMD_HANGUP_NTF;
}

static const struct field *field_of(uint8_t command, uint16_t attribute)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (fields[i].command == command &&
		    fields[i].attribute == attribute)
			return &fields[i];
	return NULL;
}

/* ------------------------------------------------------------- fixture -- */

FIXTURE(policy)
{
	struct world w;
	struct raw *raw;
	char before[512];
};

/* All that a message could have changed, but time */
static const char *service_text(struct world *w)
{
	const struct ddm_service *s;
	static char text[512];
	int err = ddm_service_get(w->ddm, &s);

	if (err)
		return err_text(err);
	snprintf(text, sizeof(text),
		 "state %u, dialer %u, event %llu of %llu, %u interfaces, "
		 "%u connections, %u links, %u listeners, limits %u %u %u",
		 s->state, s->dialer, (unsigned long long)s->sequence,
		 (unsigned long long)s->oldest, s->interfaces, s->connections,
		 s->links, s->listeners, s->max_interfaces, s->max_listeners,
		 s->max_socket_listeners);
	return text;
}

FIXTURE_SETUP(policy)
{
	struct world *w = &self->w;

	ASSERT_ERR(0, world_enter(w));
	self->raw = raw_open(0);
	ASSERT_NE(NULL, self->raw);
	ASSERT_ERR(0, netdev_up(w->rtnl, netdev_add(w->rtnl, "eth7", "dummy")));
	ASSERT_EQ(1, make_named(w, "eth7"));
	ASSERT_EQ(2, make_named(w, "other"));
	strcpy(self->before, service_text(w));
	EXPECT_HAS("1 connections", self->before);
}

FIXTURE_TEARDOWN(policy)
{
	raw_close(self->raw);
	world_leave(&self->w);
}

#define NOTHING_CHANGED ASSERT_STREQ(self->before, service_text(&self->w))

static uint32_t end_of(const struct nlmsghdr *nlh)
{
	return (uint32_t)NLMSG_ALIGN(nlh->nlmsg_len);
}

/*
 * Send a message that holds one attribute. Returns "" if it was refused as
 * it should be, or what was wrong.
 */
static const char *refuse(struct raw *raw, uint8_t command, uint16_t type,
			  const void *data, size_t length, int err)
{
	struct nlmsghdr *nlh = raw_begin(raw, command);
	uint32_t at = end_of(nlh);
	static char wrong[256];

	mnl_attr_put(nlh, type, length, data);
	raw_do(raw, nlh);
	if (raw->err == err && raw->offset == at && raw->message[0])
		return "";
	snprintf(
		wrong, sizeof(wrong),
		"command %u attribute 0x%x length %zu: %s instead of %s, attribute at %u of %u (%.80s)",
		command, type, length, err_text(raw->err), err_text(err),
		raw->offset, at, raw->message);
	return wrong;
}

#define EXPECT_REFUSED(command, attribute, data, length, err)  \
	EXPECT_STREQ("", refuse(self->raw, (uint8_t)(command), \
				(uint16_t)(attribute), data, length, err))

#define EXPECT_FIELD_REFUSED(field, data, length, err) \
	EXPECT_REFUSED((field)->command, (field)->attribute, data, length, err)

/* ------------------------------------------ the table is the kernel's -- */

struct policies {
	int of_command[256];
	struct field seen[256][64]; /* by policy and attribute */
	bool is_there[256][64];
};

static enum sort sort_of(uint32_t type, bool bits)
{
	switch (type) {
	case NL_ATTR_TYPE_FLAG:
		return FLAG;
	case NL_ATTR_TYPE_U64:
		return U64;
	case NL_ATTR_TYPE_S32:
		return S32;
	case NL_ATTR_TYPE_BINARY:
		return BYTES;
	case NL_ATTR_TYPE_NUL_STRING:
		return TEXT;
	case NL_ATTR_TYPE_U32:
		return bits ? BITS : U32;
	}
	return OTHER;
}

static void parse_attribute(const struct nlattr *nest, struct field *field)
{
	const struct nlattr *attr;
	uint32_t type = 0;
	bool bits = false;

	mnl_attr_for_each_nested(attr, nest)
	{
		switch (mnl_attr_get_type(attr)) {
		case NL_POLICY_TYPE_ATTR_TYPE:
			type = mnl_attr_get_u32(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_S:
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
			field->min = mnl_attr_get_u64(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_S:
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
			field->max = mnl_attr_get_u64(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MIN_LENGTH:
			field->min = mnl_attr_get_u32(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MAX_LENGTH:
			field->max = mnl_attr_get_u32(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MASK:
			field->max = mnl_attr_get_u64(attr);
			bits = true;
			break;
		}
	}
	field->sort = sort_of(type, bits);
}

static void parse_command(const struct nlattr *nest, int *policy)
{
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
	{
		if (mnl_attr_get_type(attr) == CTRL_ATTR_POLICY_DO)
			*policy = (int)mnl_attr_get_u32(attr);
	}
}

static void parse_policy(const struct nlattr *nest, struct policies *policies)
{
	unsigned int policy = mnl_attr_get_type(nest) & 255, type;
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
	{
		type = mnl_attr_get_type(attr) & 63;
		policies->is_there[policy][type] = true;
		parse_attribute(attr, &policies->seen[policy][type]);
	}
}

static int parse_message(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *nest;
	struct policies *policies = data;
	uint16_t type;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		type = mnl_attr_get_type(attr);
		if (type != CTRL_ATTR_OP_POLICY && type != CTRL_ATTR_POLICY)
			continue;
		mnl_attr_for_each_nested(nest, attr)
		{
			if (type == CTRL_ATTR_POLICY)
				parse_policy(nest, policies);
			else
				parse_command(
					nest,
					&policies->of_command[mnl_attr_get_type(
								      nest) &
							      255]);
		}
	}
	return 0;
}

TEST_F(policy, kernel_shows_the_policies_of_the_table)
{
	static struct policies policies;
	struct nlmsghdr *nlh = raw_begin(self->raw, CTRL_CMD_GETPOLICY);
	unsigned int command, type;
	int policy;

	memset(policies.of_command, 0xff, sizeof(policies.of_command));
	nlh->nlmsg_type = GENL_ID_CTRL;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, DDM_FAMILY_NAME);
	ASSERT_ERR(0, raw_dump(self->raw, nlh, parse_message, &policies));

	for (command = 1; command <= DDM_CMD_MAX; command++) {
		policy = policies.of_command[command];
		ASSERT_EQ(!is_told((uint8_t)command), policy >= 0)
		{
			TH_LOG("command %u", command);
		}
		for (type = 0; policy >= 0 && type < 64; type++) {
			const struct field *mine =
				field_of((uint8_t)command, (uint16_t)type);
			const struct field *its = &policies.seen[policy][type];

			EXPECT_EQ(mine != NULL, policies.is_there[policy][type])
			{
				TH_LOG("command %u attribute %u", command,
				       type);
			}
			if (!mine || !policies.is_there[policy][type])
				continue;
			EXPECT_EQ(mine->sort, its->sort);
			EXPECT_EQ(mine->min, its->min);
			EXPECT_EQ(mine->max, its->max)
			{
				TH_LOG("command %u attribute %u", command,
				       type);
			}
		}
	}
}

TEST_F(policy, wrong_length_is_refused)
{
	static const char zeros[DDM_SETTINGS_MAX + 8];
	const struct field *field;
	size_t right;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		field = &fields[i];
		switch (field->sort) {
		case FLAG:
			EXPECT_FIELD_REFUSED(field, zeros, 1, -ERANGE);
			EXPECT_FIELD_REFUSED(field, zeros, 4, -ERANGE);
			continue;
		case TEXT:
			continue;
		case BYTES:
			EXPECT_FIELD_REFUSED(field, zeros, 0, -ERANGE);
			EXPECT_FIELD_REFUSED(field, zeros, field->min - 1,
					     -ERANGE);
			EXPECT_FIELD_REFUSED(field, zeros, field->min + 1,
					     -ERANGE);
			continue;
		default:
			right = field->sort == U64 ? 8 : 4;
			EXPECT_FIELD_REFUSED(field, zeros, 0, -EINVAL);
			EXPECT_FIELD_REFUSED(field, zeros, 1, -EINVAL);
			EXPECT_FIELD_REFUSED(field, zeros, right - 1, -EINVAL);
			EXPECT_FIELD_REFUSED(field, zeros, right + 1, -EINVAL);
			EXPECT_FIELD_REFUSED(field, zeros, 100, -EINVAL);
		}
	}
	NOTHING_CHANGED;
}

TEST_F(policy, value_out_of_range_is_refused)
{
	const struct field *field;
	uint32_t value;
	unsigned int i, bit;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		field = &fields[i];
		if (field->sort == BITS) {
			for (bit = 0; bit < 32; bit++) {
				value = 1u << bit;
				if (!(field->max & value))
					EXPECT_FIELD_REFUSED(field, &value,
							     sizeof(value),
							     -EINVAL);
			}
			value = UINT32_MAX;
			EXPECT_FIELD_REFUSED(field, &value, sizeof(value),
					     -EINVAL);
		}
		if (field->sort != U32 && field->sort != S32)
			continue;
		if (field->min) {
			value = (uint32_t)field->min - 1;
			EXPECT_FIELD_REFUSED(field, &value, sizeof(value),
					     -ERANGE);
		}
		if (field->max < UINT32_MAX) {
			value = (uint32_t)field->max + 1;
			EXPECT_FIELD_REFUSED(field, &value, sizeof(value),
					     -ERANGE);
			value = UINT32_MAX;
			EXPECT_FIELD_REFUSED(field, &value, sizeof(value),
					     -ERANGE);
		}
	}
	NOTHING_CHANGED;
}

TEST_F(policy, text_without_end_or_too_long_is_refused)
{
	static char text[DDM_SETTINGS_MAX + 100];
	const struct field *field;
	unsigned int i;

	memset(text, 'a', sizeof(text));
	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		field = &fields[i];
		if (field->sort != TEXT)
			continue;
		EXPECT_FIELD_REFUSED(field, text, 0, -EINVAL);
		EXPECT_FIELD_REFUSED(field, text, 1, -EINVAL);
		EXPECT_FIELD_REFUSED(field, text, field->max, -EINVAL);
		EXPECT_FIELD_REFUSED(field, text, field->max + 1, -EINVAL);
		text[field->max + 1] = '\0';
		EXPECT_FIELD_REFUSED(field, text, field->max + 2, -EINVAL);
		text[field->max + 1] = 'a';
	}
	NOTHING_CHANGED;
}

/* Also those of the same set that other commands take */
TEST_F(policy, attribute_that_a_command_does_not_take_is_refused)
{
	static const char bytes[] = "\1\0\0\0\0\0\0\0";
	unsigned int command, type;

	for (command = 1; command <= DDM_CMD_MAX; command++) {
		if (is_told((uint8_t)command))
			continue;
		for (type = 0; type < 48; type++) {
			if (field_of((uint8_t)command, (uint16_t)type))
				continue;
			EXPECT_REFUSED(command, type, bytes, 4, -EINVAL);
		}
		EXPECT_REFUSED(command, 0x3fff, bytes, 4, -EINVAL);
	}
	NOTHING_CHANGED;
}

TEST_F(policy, attribute_that_claims_to_be_nested_is_refused)
{
	static const size_t lengths[] = {
		[U32] = 4,  [U64] = 8,	[S32] = 4,    [BITS] = 4,
		[TEXT] = 4, [FLAG] = 0, [BYTES] = 16,
	};
	static const char bytes[16] = "\1";
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		EXPECT_REFUSED(fields[i].command,
			       fields[i].attribute | NLA_F_NESTED, bytes,
			       lengths[fields[i].sort], -EINVAL);
	NOTHING_CHANGED;
}

TEST_F(policy, flags_that_mean_nothing_here_are_refused)
{
	static const uint16_t flags[] = {
		NLM_F_CREATE,
		NLM_F_EXCL,
		NLM_F_REPLACE,
		NLM_F_APPEND,
		NLM_F_ATOMIC,
		NLM_F_DUMP_INTR,
		NLM_F_CREATE | NLM_F_EXCL,
	};
	struct nlmsghdr *nlh;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		nlh = raw_begin(self->raw, DDM_CMD_INTERFACE_NEW);
		mnl_attr_put_strz(nlh, DDM_A_INTERFACE_NAME, "new");
		nlh->nlmsg_flags |= flags[i];
		EXPECT_ERR(-EINVAL, raw_do(self->raw, nlh))
		{
			TH_LOG("flags 0x%x", flags[i]);
		}
		EXPECT_STRNE("", self->raw->message);
	}
	NOTHING_CHANGED;
}

TEST_F(policy, reserved_bits_of_the_header_are_refused)
{
	struct nlmsghdr *nlh = raw_begin(self->raw, DDM_CMD_INTERFACE_NEW);
	struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	mnl_attr_put_strz(nlh, DDM_A_INTERFACE_NAME, "new");
	genl->reserved = 1;
	EXPECT_ERR(-EINVAL, raw_do(self->raw, nlh));
	EXPECT_STRNE("", self->raw->message);
	NOTHING_CHANGED;
}

TEST_F(policy, message_that_does_not_add_up_is_refused)
{
	struct nlmsghdr *nlh;
	struct nlattr *attr;

	/* bytes after the last attribute */
	nlh = raw_begin(self->raw, DDM_CMD_INTERFACE_NEW);
	mnl_attr_put_strz(nlh, DDM_A_INTERFACE_NAME, "abc");
	nlh->nlmsg_len += 3;
	EXPECT_ERR(-EINVAL, raw_do(self->raw, nlh));
	EXPECT_STRNE("", self->raw->message);
	/* an attribute that is longer than the message */
	nlh = raw_begin(self->raw, DDM_CMD_INTERFACE_NEW);
	attr = mnl_nlmsg_get_payload_tail(nlh);
	mnl_attr_put_strz(nlh, DDM_A_INTERFACE_NAME, "abc");
	attr->nla_len = 100;
	EXPECT_ERR(-EINVAL, raw_do(self->raw, nlh));
	EXPECT_STRNE("", self->raw->message);
	/* one that is shorter than its own header */
	attr->nla_len = 3;
	EXPECT_ERR(-EINVAL, raw_do(self->raw, nlh));
	EXPECT_STRNE("", self->raw->message);
	attr->nla_len = 0;
	EXPECT_ERR(-EINVAL, raw_do(self->raw, nlh));
	/* no room for the header of generic netlink */
	nlh = raw_begin(self->raw, DDM_CMD_SERVICE_GET);
	nlh->nlmsg_len = NLMSG_HDRLEN + 2;
	EXPECT_ERR(-EINVAL, raw_do(self->raw, nlh));
	NOTHING_CHANGED;
}

TEST_F(policy, command_that_is_none_is_refused)
{
	unsigned int command;

	EXPECT_ERR(-EOPNOTSUPP, raw_do(self->raw, raw_begin(self->raw, 0)));
	for (command = 1; command <= 255; command++)
		if (command > DDM_CMD_MAX || is_told((uint8_t)command))
			EXPECT_ERR(
				-EOPNOTSUPP,
				raw_do(self->raw,
				       raw_begin(self->raw, (uint8_t)command)))
			{
				TH_LOG("command %u", command);
			}
	NOTHING_CHANGED;
}

TEST_F(policy, only_what_is_a_list_can_be_dumped)
{
	static const uint8_t lists[] = {
		DDM_CMD_INTERFACE_GET, DDM_CMD_CONNECTION_GET, DDM_CMD_LINK_GET,
		DDM_CMD_EVENT_GET,     DDM_CMD_RULE_GET,
	};
	unsigned int command;

	for (command = 1; command <= DDM_CMD_MAX; command++)
		EXPECT_ERR(memchr(lists, (int)command, sizeof(lists)) ?
				   0 :
				   -EOPNOTSUPP,
			   raw_dump(self->raw,
				    raw_begin(self->raw, (uint8_t)command),
				    NULL, NULL))
		{
			TH_LOG("command %u", command);
		}
	NOTHING_CHANGED;
}

TEST_F(policy, dump_of_one_object_is_refused)
{
	static const struct {
		uint8_t command;
		uint16_t type;
		size_t length;
		const char *data;
	} dumps[] = {
		{ DDM_CMD_INTERFACE_GET, DDM_A_INTERFACE_ID, 4, "\1\0\0\0" },
		{ DDM_CMD_INTERFACE_GET, DDM_A_INTERFACE_NAME, 5, "eth7" },
		{ DDM_CMD_CONNECTION_GET, DDM_A_CONNECTION_ID, 8,
		  "\1\0\0\0\0\0\0\0" },
		{ DDM_CMD_LINK_GET, DDM_A_LINK_ID, 4, "\1\0\0\0" },
		{ DDM_CMD_RULE_GET, DDM_A_RULE_PREFERENCE, 4, "\1\0\0\0" },
		{ DDM_CMD_EVENT_GET, DDM_A_EVENT_RECORDS, 0, "" },
	};
	struct nlmsghdr *nlh;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dumps); i++) {
		nlh = raw_begin(self->raw, dumps[i].command);
		mnl_attr_put(nlh, dumps[i].type, dumps[i].length,
			     dumps[i].data);
		EXPECT_ERR(-EINVAL, raw_dump(self->raw, nlh, NULL, NULL))
		{
			TH_LOG("dump %u", i);
		}
		/* the kernel has no place for the attribute at the end of a dump */
		EXPECT_HAS("a dump takes no", self->raw->message);
	}
	/* and what breaks the policy is refused before it begins */
	nlh = raw_begin(self->raw, DDM_CMD_EVENT_GET);
	mnl_attr_put_u32(nlh, DDM_A_EVENT_MASK, UINT32_MAX);
	EXPECT_ERR(-EINVAL, raw_dump(self->raw, nlh, NULL, NULL));
	EXPECT_NE(0, self->raw->offset);
	NOTHING_CHANGED;
}

/* ---------------------------------------- requests that cannot be done -- */

/* An attribute of a request: a text, or a number */
struct part {
	uint16_t type;
	const char *text;
	uint64_t number;
	bool wide;
};

#define NUMBER(a, n)                             \
	{                                        \
		.type = DDM_A_##a, .number = (n) \
	}
#define NUMBER64(a, n)                                         \
	{                                                      \
		.type = DDM_A_##a, .number = (n), .wide = true \
	}
#define STRING(a, s)                           \
	{                                      \
		.type = DDM_A_##a, .text = (s) \
	}

/**
 * struct request - a request that is refused
 * @command: the command
 * @err: the errno that it gets
 * @missing: the attribute that is named as missing, or 0
 * @bad: the attribute that is named as bad, or 0
 * @parts: what it holds
 */
struct request {
	uint8_t command;
	int err;
	uint16_t missing;
	uint16_t bad;
	struct part parts[3];
};

/* clang-format off */
#define MISSES(c, a, ...) { DDM_CMD_##c, -EINVAL, DDM_A_##a, 0, { __VA_ARGS__ } }
#define BAD(c, e, a, ...) { DDM_CMD_##c, -(e), 0, DDM_A_##a, { __VA_ARGS__ } }
#define PLAIN(c, e, ...) { DDM_CMD_##c, -(e), 0, 0, { __VA_ARGS__ } }
/* clang-format on */

static const struct request requests[] = {
	MISSES(INTERFACE_GET, INTERFACE_ID),
	MISSES(INTERFACE_NEW, INTERFACE_NAME),
	MISSES(INTERFACE_NEW, INTERFACE_NAME, STRING(INTERFACE_DEVICE, "eth8")),
	MISSES(INTERFACE_SET, INTERFACE_ID),
	MISSES(INTERFACE_SET, INTERFACE_ID, STRING(INTERFACE_NAME, "eth7")),
	MISSES(INTERFACE_DEL, INTERFACE_ID),
	MISSES(INTERFACE_CONNECT, INTERFACE_ID),
	MISSES(INTERFACE_CONNECT, INTERFACE_ID, NUMBER(INTERFACE_TIMEOUT, 100)),
	MISSES(INTERFACE_DISCONNECT, INTERFACE_ID),
	MISSES(CONNECTION_GET, CONNECTION_ID),
	MISSES(CONNECTION_CLEAR, CONNECTION_ID),
	MISSES(LINK_GET, LINK_ID),
	MISSES(LINK_NEW, LINK_IFINDEX, STRING(LINK_PORT, "p")),
	MISSES(LINK_NEW, LINK_PORT, NUMBER(LINK_IFINDEX, 1)),
	MISSES(LINK_SET, LINK_ID, NUMBER(LINK_STATE, 1)),
	MISSES(LINK_DEL, LINK_ID),
	MISSES(LINK_HANGUP, LINK_ID),
	MISSES(LISTENER_REGISTER, LISTENER_EVENT_FD),
	MISSES(LISTENER_REGISTER, LISTENER_EVENT_FD, NUMBER(LISTENER_MASK, 2)),
	MISSES(LISTENER_DEREGISTER, LISTENER_EVENT_FD),
	MISSES(DIAL_RESULT, DIAL_REQUEST),
	MISSES(DIAL_RESULT, DIAL_REQUEST, STRING(DIAL_DEVICE, "ppp0")),
	MISSES(RULE_GET, RULE_PREFERENCE),
	MISSES(RULE_NEW, RULE_ACTION),
	MISSES(RULE_NEW, RULE_ACTION, NUMBER(RULE_PREFERENCE, 7)),
	MISSES(RULE_DEL, RULE_PREFERENCE),

	BAD(SERVICE_GET, ESTALE, SERVICE_EPOCH, NUMBER64(SERVICE_EPOCH, 4711)),
	BAD(INTERFACE_GET, ESTALE, INTERFACE_ID, NUMBER(INTERFACE_ID, 4711)),
	BAD(INTERFACE_GET, ENOENT, INTERFACE_NAME, STRING(INTERFACE_NAME, "x")),
	BAD(INTERFACE_GET, EINVAL, INTERFACE_NAME, STRING(INTERFACE_NAME, "")),
	BAD(INTERFACE_GET, EINVAL, INTERFACE_NAME,
	    STRING(INTERFACE_NAME, "\xff")),
	BAD(INTERFACE_GET, EINVAL, INTERFACE_NAME,
	    STRING(INTERFACE_NAME, "\n")),
	BAD(INTERFACE_GET, EINVAL, INTERFACE_NAME, NUMBER(INTERFACE_ID, 1),
	    STRING(INTERFACE_NAME, "eth7")),
	BAD(INTERFACE_NEW, EINVAL, INTERFACE_NAME, STRING(INTERFACE_NAME, "")),
	BAD(INTERFACE_NEW, EINVAL, INTERFACE_NAME,
	    STRING(INTERFACE_NAME, "\xc3")),
	BAD(INTERFACE_NEW, EEXIST, INTERFACE_NAME,
	    STRING(INTERFACE_NAME, "other")),
	BAD(INTERFACE_NEW, EADDRINUSE, INTERFACE_DEVICE,
	    STRING(INTERFACE_NAME, "n"), STRING(INTERFACE_DEVICE, "eth7")),
	BAD(INTERFACE_NEW, EINVAL, INTERFACE_DEVICE,
	    STRING(INTERFACE_NAME, "n"), STRING(INTERFACE_DEVICE, "a/b")),
	BAD(INTERFACE_SET, ESTALE, INTERFACE_ID, NUMBER(INTERFACE_ID, 4711)),
	BAD(INTERFACE_SET, EEXIST, INTERFACE_NAME, NUMBER(INTERFACE_ID, 1),
	    STRING(INTERFACE_NAME, "other")),
	BAD(INTERFACE_SET, EINVAL, INTERFACE_NAME, NUMBER(INTERFACE_ID, 1),
	    STRING(INTERFACE_NAME, "\x7f")),
	BAD(INTERFACE_SET, EINVAL, INTERFACE_DEVICE, NUMBER(INTERFACE_ID, 2),
	    STRING(INTERFACE_DEVICE, "..")),
	BAD(INTERFACE_SET, EADDRINUSE, INTERFACE_DEVICE,
	    NUMBER(INTERFACE_ID, 2), STRING(INTERFACE_DEVICE, "eth7")),
	PLAIN(INTERFACE_SET, EBUSY, NUMBER(INTERFACE_ID, 1),
	      STRING(INTERFACE_DEVICE, "eth8")),
	PLAIN(INTERFACE_SET, EBUSY, NUMBER(INTERFACE_ID, 1),
	      NUMBER(INTERFACE_METHOD, 1)),
	PLAIN(INTERFACE_DEL, EBUSY, NUMBER(INTERFACE_ID, 1)),
	PLAIN(INTERFACE_DEL, EBUSY, STRING(INTERFACE_NAME, "eth7")),
	BAD(INTERFACE_DEL, ESTALE, INTERFACE_ID, NUMBER(INTERFACE_ID, 4711)),
	BAD(INTERFACE_DEL, ENOENT, INTERFACE_NAME, STRING(INTERFACE_NAME, "x")),
	PLAIN(INTERFACE_CONNECT, EISCONN, NUMBER(INTERFACE_ID, 1)),
	PLAIN(INTERFACE_CONNECT, ENOLINK, NUMBER(INTERFACE_ID, 2)),
	BAD(INTERFACE_CONNECT, EBADF, INTERFACE_EVENT_FD,
	    NUMBER(INTERFACE_ID, 2), NUMBER(INTERFACE_EVENT_FD, 9999)),
	BAD(INTERFACE_CONNECT, EINVAL, INTERFACE_EVENT_FD,
	    NUMBER(INTERFACE_ID, 2), NUMBER(INTERFACE_EVENT_FD, 0)),
	BAD(INTERFACE_CONNECT, ERANGE, INTERFACE_TIMEOUT,
	    NUMBER(INTERFACE_ID, 2),
	    NUMBER(INTERFACE_TIMEOUT, DDM_TIMEOUT_MAX + 1)),
	BAD(DIALER_BIND, ERANGE, DIAL_TIMEOUT,
	    NUMBER(DIAL_TIMEOUT, UINT32_MAX)),
	PLAIN(INTERFACE_DISCONNECT, ENOTCONN, NUMBER(INTERFACE_ID, 2)),
	BAD(CONNECTION_GET, ENOTCONN, CONNECTION_ID,
	    NUMBER64(CONNECTION_ID, 4711)),
	BAD(CONNECTION_CLEAR, ENOTCONN, CONNECTION_ID,
	    NUMBER64(CONNECTION_ID, 0)),
	BAD(LINK_GET, ENXIO, LINK_ID, NUMBER(LINK_ID, 4711)),
	BAD(LINK_GET, EINVAL, LINK_INTERFACE, NUMBER(LINK_ID, 1),
	    NUMBER(LINK_INTERFACE, 1)),
	BAD(LINK_SET, ENXIO, LINK_ID, NUMBER(LINK_ID, 4711),
	    NUMBER(LINK_STATE, 1)),
	BAD(LINK_DEL, ENXIO, LINK_ID, NUMBER(LINK_ID, 4711)),
	BAD(LINK_HANGUP, ENXIO, LINK_ID, NUMBER(LINK_ID, 4711)),
	BAD(LINK_NEW, ENODEV, LINK_IFINDEX, NUMBER(LINK_IFINDEX, 4711),
	    STRING(LINK_PORT, "p")),
	BAD(LISTENER_REGISTER, EBADF, LISTENER_EVENT_FD,
	    NUMBER(LISTENER_EVENT_FD, 9999)),
	BAD(LISTENER_REGISTER, EINVAL, LISTENER_EVENT_FD,
	    NUMBER(LISTENER_EVENT_FD, 0)),
	BAD(LISTENER_REGISTER, ESTALE, LISTENER_INTERFACE,
	    NUMBER(LISTENER_EVENT_FD, 0), NUMBER(LISTENER_INTERFACE, 4711)),
	BAD(LISTENER_DEREGISTER, EBADF, LISTENER_EVENT_FD,
	    NUMBER(LISTENER_EVENT_FD, 9999)),
	BAD(LISTENER_DEREGISTER, EINVAL, LISTENER_EVENT_FD,
	    NUMBER(LISTENER_EVENT_FD, 0)),
	PLAIN(EVENT_GET, ENOENT, NUMBER64(EVENT_SINCE, 4711)),
	PLAIN(DIALER_UNBIND, ENOENT),
	PLAIN(DIAL_RESULT, EPERM, NUMBER(DIAL_REQUEST, 1)),
	BAD(RULE_GET, ENOENT, RULE_PREFERENCE, NUMBER(RULE_PREFERENCE, 7)),
	BAD(RULE_NEW, EEXIST, RULE_PREFERENCE, NUMBER(RULE_PREFERENCE, 32700),
	    NUMBER(RULE_ACTION, 0)),
	BAD(RULE_NEW, ERANGE, RULE_TYPE, NUMBER(RULE_TYPE, 65536),
	    NUMBER(RULE_ACTION, 0)),
	BAD(RULE_DEL, ENOENT, RULE_PREFERENCE, NUMBER(RULE_PREFERENCE, 7)),
};

TEST_F(policy, refusal_says_why_and_names_the_attribute)
{
	struct raw *raw = self->raw;
	struct nlmsghdr *nlh;
	unsigned int i, j;
	uint32_t bad;

	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		const struct request *request = &requests[i];

		bad = 0;
		nlh = raw_begin(raw, request->command);
		for (j = 0;
		     j < ARRAY_SIZE(request->parts) && request->parts[j].type;
		     j++) {
			const struct part *part = &request->parts[j];

			if (part->type == request->bad)
				bad = end_of(nlh);
			if (part->text)
				mnl_attr_put_strz(nlh, part->type, part->text);
			else if (part->wide)
				mnl_attr_put_u64(nlh, part->type, part->number);
			else
				mnl_attr_put_u32(nlh, part->type,
						 (uint32_t)part->number);
		}
		EXPECT_ERR(request->err, raw_do(raw, nlh))
		{
			TH_LOG("request %u (command %u): %s", i,
			       request->command, raw->message);
		}
		EXPECT_STRNE("", raw->message)
		{
			TH_LOG("request %u (command %u)", i, request->command);
		}
		EXPECT_EQ(request->missing, raw->missing)
		{
			TH_LOG("request %u (command %u): %s", i,
			       request->command, raw->message);
		}
		EXPECT_EQ(bad, raw->offset)
		{
			TH_LOG("request %u (command %u): %s", i,
			       request->command, raw->message);
		}
	}
	NOTHING_CHANGED;
}

/* --------------------------------------------------------------- chance -- */

static uint32_t chance(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/*
 * Bytes that make no sense in attributes that do. Nothing is promised of the
 * answers but that there is one each time, and that the kernel survives; its
 * log is looked at when all is over.
 */
TEST_F_TIMEOUT(policy, whatever_is_sent_is_answered, 60)
{
	uint32_t seed = 20261121;
	struct raw *raw = self->raw;
	unsigned char bytes[64];
	struct nlmsghdr *nlh;
	unsigned int i, j, n;
	int ret;

	for (i = 0; i < 20000; i++) {
		uint8_t command = (uint8_t)(chance(&seed) % (DDM_CMD_MAX + 2));

		/* the service must not be stopped, nor its limits be set to nothing */
		if (command == DDM_CMD_SERVICE_SET)
			continue;
		nlh = raw_begin(raw, command);
		for (n = chance(&seed) % 5; n; n--) {
			uint16_t type = (uint16_t)(chance(&seed) % 24);
			size_t length = chance(&seed) % 3 ?
						4 :
						chance(&seed) % sizeof(bytes);

			for (j = 0; j < sizeof(bytes); j++)
				bytes[j] =
					chance(&seed) & 1 ?
						(unsigned char)chance(&seed) :
						0;
			if (length == 4 && chance(&seed) & 1)
				memset(bytes + 1, 0, 3);
			mnl_attr_put(nlh, type, length, bytes);
		}
		ret = raw_send(raw, nlh,
			       chance(&seed) % 8 ? NLM_F_ACK : NLM_F_DUMP);
		while (!ret && readable(raw_fd(raw), PATIENCE))
			ret = raw_receive(raw, NULL, NULL);
		ASSERT_EQ(1, ret);
	}
	EXPECT_NE(UINT64_MAX, head(&self->w));
}

WORLD_MAIN
