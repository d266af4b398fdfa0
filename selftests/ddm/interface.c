// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an operator may do with interfaces: create, change, delete, read them;
 * and what becomes of the dynamic ones that the module made.
 */
#include <sys/wait.h>

#include "raw.h"
#include "world.h"

WORLD_FIXTURE(interface);

/* The operator's view of one, in a line */
static const char *line_of(struct world *w, uint32_t id)
{
	const struct ddm_interface *i;
	static char line[2048];
	int err = ddm_interface_get(w->ddm, id, &i);

	if (err)
		return err_text(err);
	snprintf(line, sizeof(line),
		 "%s device=%s kind=%s type=%s method=%s%s%s %s", i->name,
		 i->device, i->kind, ddm_interface_type_name(i->type),
		 ddm_method_name(i->method), i->dynamic ? " dynamic" : "",
		 i->enabled ? "" : " disabled", state_text(i));
	return line;
}

static int rename_to(struct world *w, uint32_t id, const char *name)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET,
		.name = name,
	};

	return ddm_interface_set(w->ddm, id, &request);
}

static int rebind(struct world *w, uint32_t id, const char *device)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_DEVICE_SET,
		.device = device,
	};

	return ddm_interface_set(w->ddm, id, &request);
}

static uint32_t make_bound(struct world *w, const char *name,
			   const char *device, int *err)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET,
		.name = name,
		.device = device,
	};

	return make(w, &request, err);
}

/* --------------------------------------------------------------- names -- */

static int try_name(struct world *w, const char *name)
{
	struct ddm_interface_request request = { .name = name };
	int err;

	make(w, &request, &err);
	return err;
}

static const char *repeat(const char *text, int times)
{
	static char buffer[8192];
	int i;

	buffer[0] = '\0';
	for (i = 0; i < times; i++)
		strcat(buffer, text);
	return buffer;
}

TEST_F(interface, names_are_1_to_256_characters_of_utf8)
{
	struct world *w = &self->w;

	EXPECT_ERR(-EINVAL, try_name(w, ""));
	EXPECT_ERR(0, try_name(w, "x"));
	EXPECT_ERR(0, try_name(w, repeat("a", 256)));
	EXPECT_ERR(-EINVAL, try_name(w, repeat("a", 257)));
	EXPECT_ERR(0, try_name(w, repeat("\xc3\xa4", 256)));
	EXPECT_ERR(-EINVAL, try_name(w, repeat("\xc3\xa4", 257)));
	EXPECT_ERR(0, try_name(w, repeat("\xe2\x82\xac", 256)));
	EXPECT_ERR(0, try_name(w, repeat("\xf0\x9f\x98\x80", 256)));
	EXPECT_NE(0, id_of(w, repeat("\xf0\x9f\x98\x80", 256)));
	EXPECT_ERR(0, try_name(w, "a name / with: anything \"in\" it"));
	EXPECT_ERR(0, try_name(w, " "));
}

TEST_F(interface, names_that_are_no_text_are_refused)
{
	static const char *const names[] = {
		"\x80",
		"a\xbf",
		"\xc3",
		"\xc3(",
		"\xe2\x82",
		"\xf0\x9f\x98",
		"\xff",
		"\xfe\xff",
		"\xc0\xaf",
		"\xc1\x81",
		"\xe0\x80\xaf",
		"\xf0\x80\x80\xaf", /* overlong */
		"\xed\xa0\x80",
		"\xed\xbf\xbf", /* surrogates */
		"\xf4\x90\x80\x80",
		"\xf8\x88\x80\x80\x80", /* past the last character */
	};
	struct world *w = &self->w;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		EXPECT_ERR(-EINVAL, try_name(w, names[i]))
		{
			TH_LOG("name %u", i);
		}
	EXPECT_NE(NULL, strstr(ddm_error(w->ddm), "UTF-8"));
	EXPECT_EQ(0, head(w));
}

TEST_F(interface, names_with_control_characters_are_refused)
{
	static const char *const names[] = {
		"\n", "a\tb", "\x01", "\x1f", "a\x7f", "\xc2\x80", "\xc2\x9f",
	};
	struct world *w = &self->w;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		EXPECT_ERR(-EINVAL, try_name(w, names[i]))
		{
			TH_LOG("name %u", i);
		}
	EXPECT_NE(NULL, strstr(ddm_error(w->ddm), "control"));
	EXPECT_ERR(0, try_name(w, "\xc2\xa0"));
	EXPECT_EQ(1, head(w));
}

TEST_F(interface, names_are_unique_and_case_counts)
{
	struct world *w = &self->w;
	uint32_t id;

	ASSERT_ERR(0, try_name(w, "Berlin"));
	EXPECT_ERR(-EEXIST, try_name(w, "Berlin"));
	EXPECT_NE(NULL, strstr(ddm_error(w->ddm), "name"));
	EXPECT_ERR(0, try_name(w, "berlin"));
	id = id_of(w, "berlin");
	EXPECT_ERR(-EEXIST, rename_to(w, id, "Berlin"));
	EXPECT_EQ(id, id_of(w, "berlin"));
	EXPECT_ERR(0, rename_to(w, id, "berlin"));
	ASSERT_ERR(0, rename_to(w, id, "Bonn"));
	EXPECT_EQ(id, id_of(w, "Bonn"));
	EXPECT_EQ(0, id_of(w, "berlin"));
	EXPECT_ERR(0, try_name(w, "berlin"));
}

TEST_F(interface, unknown_is_told_apart_by_id_and_by_name)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;

	EXPECT_ERR(-ENOENT, ddm_interface_find(w->ddm, "nobody", &interface));
	EXPECT_ERR(-ESTALE, ddm_interface_get(w->ddm, 1, &interface));
	EXPECT_ERR(-ESTALE, ddm_interface_get(w->ddm, UINT32_MAX, &interface));
	EXPECT_ERR(-EINVAL, ddm_interface_find(w->ddm, "\xff", &interface));
	EXPECT_ERR(-ESTALE, ddm_interface_del(w->ddm, 1));
	EXPECT_ERR(-ESTALE, rename_to(w, 1, "x"));
	EXPECT_ERR(-ESTALE, ddm_interface_connect(w->ddm, 1, NULL, NULL));
	EXPECT_ERR(-ESTALE, ddm_interface_disconnect(w->ddm, 1));
}

/* ------------------------------------------------------------ creation -- */

TEST_F(interface, new_one_is_as_asked_for)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_TYPE_SET | DDM_INTERFACE_DEVICE_SET |
		       DDM_INTERFACE_METHOD_SET | DDM_INTERFACE_ENABLED_SET |
		       DDM_INTERFACE_SETTINGS_SET,
		.name = "Filiale",
		.type = DDM_INTERFACE_TYPE_HOME_ROUTER,
		.device = "ppp7",
		.method = DDM_METHOD_AGENT,
		.enabled = 0,
		.settings = "script=/bin/true",
	};
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint32_t id;
	int err;

	id = make(w, &request, &err);
	ASSERT_ERR(0, err);
	EXPECT_STREQ(
		"Filiale device=ppp7 kind= type=home-router method=agent disabled "
		"unreachable admin-disabled",
		line_of(w, id));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ("script=/bin/true", interface->settings);
	EXPECT_EQ(0, interface->ifindex);
	EXPECT_EQ(0, interface->connects);
	EXPECT_EQ(0, interface->failures);
	EXPECT_EQ(head(w), interface->sequence);
}

TEST_F(interface, defaults_bind_to_the_device_of_the_same_name)
{
	struct world *w = &self->w;

	ASSERT_LT(0, netdev_add(w->rtnl, "eth7", "dummy"));
	EXPECT_STREQ(
		"eth7 device=eth7 kind=dummy type=full-router method=link disconnected",
		line_of(w, make_named(w, "eth7")));
	EXPECT_STREQ(
		"ppp9 device=ppp9 kind= type=full-router method=agent disconnected",
		line_of(w, make_named(w, "ppp9")));
	EXPECT_STREQ(
		"Zweigstelle Nord device= kind= type=full-router method=agent disconnected",
		line_of(w, make_named(w, "Zweigstelle Nord")));
	EXPECT_STREQ(
		"more_than_15_chars device= kind= type=full-router method=agent disconnected",
		line_of(w, make_named(w, "more_than_15_chars")));
}

TEST_F(interface, new_on_a_device_that_is_up_is_connected_at_once)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id;

	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	id = make_named(w, "eth7");
	EXPECT_STREQ("connected", state_of(w, id));
}

TEST_F(interface, device_of_another_interface_is_refused)
{
	struct world *w = &self->w;
	int err;

	ASSERT_LT(0, netdev_add(w->rtnl, "eth7", "dummy"));
	ASSERT_NE(0, make_named(w, "eth7"));
	make_bound(w, "second", "eth7", &err);
	EXPECT_ERR(-EADDRINUSE, err);
	ASSERT_NE(0, make_bound(w, "absent", "eth8", &err));
	make_bound(w, "third", "eth8", &err);
	EXPECT_ERR(-EADDRINUSE, err);
	EXPECT_ERR(-EADDRINUSE, rebind(w, id_of(w, "absent"), "eth7"));
	EXPECT_ERR(0, rebind(w, id_of(w, "absent"), "eth8"));
	/* by default it goes without rather than be refused */
	EXPECT_STREQ(
		"eth8 device= kind= type=full-router method=agent disconnected",
		line_of(w, make_named(w, "eth8")));
}

TEST_F(interface, what_cannot_name_a_device_is_refused)
{
	static const char *const names[] = { ".", "..", "a/b", "a b", "a:b" };
	struct world *w = &self->w;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		make_bound(w, "x", names[i], &err);
		EXPECT_ERR(-EINVAL, err)
		{
			TH_LOG("device \"%s\"", names[i]);
		}
	}
	EXPECT_EQ(0, head(w));
}

/* udev gives devices such names by itself */
TEST_F(interface, alternative_name_is_no_name_of_a_device)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy"), err;
	uint32_t id, other;

	ASSERT_LT(0, device);
	ASSERT_ERR(0, netdev_altname(w->rtnl, device, "alt7"));
	id = make_named(w, "eth7");
	ASSERT_NE(0, id);
	make_bound(w, "x", "alt7", &err);
	EXPECT_ERR(-EINVAL, err);
	EXPECT_ERR(-EINVAL, rebind(w, id, "alt7"));
	other = make_named(w, "alt7");
	EXPECT_NE(0, other);
	EXPECT_NE(id, other);
	EXPECT_STREQ(
		"alt7 device= kind= type=full-router method=agent disconnected",
		line_of(w, other));
	EXPECT_STREQ(
		"eth7 device=eth7 kind=dummy type=full-router method=link disconnected",
		line_of(w, id));
	EXPECT_ERR(0, ddm_interface_del(w->ddm, other));
	EXPECT_ERR(0, ddm_interface_del(w->ddm, id));
	EXPECT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_ERR(0, netdev_down(w->rtnl, device));
}

TEST_F(interface, device_with_letters_beyond_ascii_is_bound)
{
	static const char name[] = "\xc3\xa4\x30";
	struct world *w = &self->w;
	uint32_t id = make_named(w, name);

	ASSERT_ERR(0, set_method(w, id, DDM_METHOD_LINK));
	ASSERT_LT(0, netdev_add(w->rtnl, name, "dummy"));
	EXPECT_STREQ("disconnected", state_of(w, id));
}

TEST_F(interface, device_that_comes_later_is_bound)
{
	struct world *w = &self->w;
	uint32_t id = make_named(w, "eth7");
	const struct ddm_interface *interface;
	int device;

	ASSERT_ERR(0, set_method(w, id, DDM_METHOD_LINK));
	EXPECT_STREQ("unreachable no-device", state_of(w, id));
	device = netdev_add(w->rtnl, "eth7", "dummy");
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_EQ((uint32_t)device, interface->ifindex);
	EXPECT_STREQ("disconnected", state_of(w, id));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", state_of(w, id));
	ASSERT_ERR(0, netdev_del(w->rtnl, device));
	EXPECT_STREQ("unreachable no-device", state_of(w, id));
}

TEST_F(interface, settings_are_kept_and_can_be_cleared)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_SETTINGS_SET,
	};
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint32_t id = make_named(w, "a");

	request.settings = repeat("0123456789abcdef", DDM_SETTINGS_MAX / 16);
	ASSERT_ERR(0, ddm_interface_set(w->ddm, id, &request));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_EQ(DDM_SETTINGS_MAX, strlen(interface->settings));
	EXPECT_EQ(0, strcmp(request.settings, interface->settings));
	request.settings = "";
	ASSERT_ERR(0, ddm_interface_set(w->ddm, id, &request));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ("", interface->settings);
}

/* The longest name and the longest settings in one answer, alone and in a list */
static int count_one(const struct ddm_interface *interface, void *data)
{
	*(size_t *)data +=
		strlen(interface->name) + strlen(interface->settings);
	return 0;
}

TEST_F(interface, largest_one_can_be_read)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_SETTINGS_SET,
		.settings = strdup(
			repeat("0123456789abcdef", DDM_SETTINGS_MAX / 16)),
	};
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	char name[DDM_NAME_MAX + 1];
	size_t total = 0;
	uint32_t id;
	int i, err;

	strcpy(name, repeat("\xf0\x9f\x98\x80", 256));
	request.name = name;
	for (i = 0; i < 5; i++) {
		name[DDM_NAME_MAX - 1] = (char)(0x80 + i);
		id = make(w, &request, &err);
		ASSERT_ERR(0, err);
		ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
		EXPECT_EQ(DDM_SETTINGS_MAX, strlen(interface->settings));
		EXPECT_STREQ(name, interface->name);
	}
	ASSERT_ERR(0, ddm_interface_list(w->ddm, 1, count_one, &total, NULL));
	EXPECT_EQ(5 * (DDM_NAME_MAX + DDM_SETTINGS_MAX), total);
}

/* The kernel makes the first part of a list as large as the last read was. */
TEST_F(interface, largest_one_can_be_listed_by_who_read_nothing_before)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_SETTINGS_SET,
		.name = "long",
		.settings = repeat("0123456789abcdef", DDM_SETTINGS_MAX / 16),
	};
	char part[4096] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct raw *raw = raw_open(0);
	struct nlmsghdr *nlh;
	struct mnl_socket *fresh = mnl_socket_open(NETLINK_GENERIC);
	int err;

	ASSERT_NE(NULL, raw);
	ASSERT_NE(NULL, fresh);
	ASSERT_NE(0, make(&self->w, &request, &err));
	nlh = raw_begin(raw, DDM_CMD_INTERFACE_GET);
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	mnl_attr_put(nlh, DDM_A_INTERFACE_DETAIL, 0, NULL);
	ASSERT_LT(0, mnl_socket_sendto(fresh, nlh, nlh->nlmsg_len));
	/* longer than the buffer, which is told, and no error */
	EXPECT_LT(DDM_SETTINGS_MAX, recv(mnl_socket_get_fd(fresh), part,
					 sizeof(part), MSG_TRUNC));
	nlh = (struct nlmsghdr *)part;
	EXPECT_EQ(raw->family, nlh->nlmsg_type);
	mnl_socket_close(fresh);
	raw_close(raw);
}

/* -------------------------------------------------------------- change -- */

TEST_F(interface, change_is_whole_or_not_at_all)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_DEVICE_SET |
		       DDM_INTERFACE_ENABLED_SET | DDM_INTERFACE_TYPE_SET,
		.name = "new name",
		.type = DDM_INTERFACE_TYPE_CLIENT,
		.device = "eth8",
		.enabled = 0,
	};
	struct world *w = &self->w;
	uint32_t id = make_named(w, "eth7");
	char before[2048];
	uint64_t since;

	ASSERT_NE(0, make_named(w, "eth8"));
	strcpy(before, line_of(w, id));
	since = head(w);
	EXPECT_ERR(-EADDRINUSE, ddm_interface_set(w->ddm, id, &request));
	request.device = "eth9";
	request.name = "eth8";
	EXPECT_ERR(-EEXIST, ddm_interface_set(w->ddm, id, &request));
	EXPECT_STREQ(before, line_of(w, id));
	EXPECT_STREQ("", story_since(w, since, 0));
	request.name = "new name";
	EXPECT_ERR(0, ddm_interface_set(w->ddm, id, &request));
	EXPECT_STREQ(
		"new name device=eth9 kind= type=client method=agent disabled "
		"unreachable admin-disabled",
		line_of(w, id));
	EXPECT_STREQ("interface-change", story_since(w, since, id));
}

TEST_F(interface, device_and_method_of_a_connected_one_stay)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_named(w, "eth7");

	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_ERR(-EBUSY, rebind(w, id, "eth8"));
	EXPECT_ERR(-EBUSY, rebind(w, id, ""));
	EXPECT_ERR(-EBUSY, set_method(w, id, DDM_METHOD_NONE));
	EXPECT_ERR(-EBUSY, ddm_interface_del(w->ddm, id));
	EXPECT_ERR(0, rebind(w, id, "eth7"));
	EXPECT_ERR(0, rename_to(w, id, "other name"));
	EXPECT_ERR(0, set_enabled(w, id, 0));
	EXPECT_STREQ("connected", state_of(w, id));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_STREQ("unreachable admin-disabled", state_of(w, id));
	EXPECT_ERR(0, rebind(w, id, ""));
	EXPECT_STREQ(
		"other name device= kind= type=full-router method=agent disabled "
		"unreachable admin-disabled",
		line_of(w, id));
}

TEST_F(interface, rebinding_moves_to_the_other_device)
{
	struct world *w = &self->w;
	int b = netdev_add(w->rtnl, "b", "dummy");
	uint32_t id;

	netdev_add(w->rtnl, "a", "dummy");
	id = make_named(w, "a");
	ASSERT_ERR(0, netdev_up(w->rtnl, b));
	ASSERT_ERR(0, rebind(w, id, "b"));
	EXPECT_STREQ(
		"a device=b kind=dummy type=full-router method=link connected",
		line_of(w, id));
}

/* ------------------------------------------------------------- dynamic -- */

TEST_F(interface, dynamic_one_follows_its_device)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "wg7", "wireguard");
	uint32_t id = id_of(w, "wg7");

	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	ASSERT_NE(0, id);
	EXPECT_STREQ(
		"wg7 device=wg7 kind=wireguard type=full-router method=link dynamic "
		"disconnected",
		line_of(w, id));
	EXPECT_ERR(-EOPNOTSUPP, ddm_interface_del(w->ddm, id));
	EXPECT_ERR(-EOPNOTSUPP, rename_to(w, id, "x"));
	EXPECT_ERR(-EOPNOTSUPP, rebind(w, id, "x"));
	EXPECT_ERR(0, set_enabled(w, id, 0));
	EXPECT_STREQ("unreachable admin-disabled", state_of(w, id));
	ASSERT_ERR(0, netdev_del(w->rtnl, device));
	EXPECT_STREQ("ESTALE", state_of(w, id));
	EXPECT_STREQ("interface-new, interface-change, interface-del",
		     story_since(w, 0, id));
}

TEST_F(interface, dynamic_one_made_permanent_keeps_id_and_connection)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "wg7", "wireguard"), err;
	uint32_t id = id_of(w, "wg7");
	uint64_t connection, since;

	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	connection = interface->connection;
	ASSERT_NE(0, connection);
	since = head(w);

	EXPECT_EQ(id, make_bound(w, "Zentrale", "wg7", &err));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_EQ(connection, interface->connection);
	EXPECT_STREQ(
		"Zentrale device=wg7 kind=wireguard type=full-router method=link connected",
		line_of(w, id));
	EXPECT_EQ(0, id_of(w, "wg7"));
	EXPECT_STREQ("interface-change", story_since(w, since, 0));

	ASSERT_ERR(0, netdev_del(w->rtnl, device));
	EXPECT_STREQ(
		"Zentrale device=wg7 kind= type=full-router method=agent disconnected",
		line_of(w, id));
}

TEST_F(interface, dynamic_one_is_made_permanent_by_its_name)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "wg7", "wireguard");
	uint32_t id = id_of(w, "wg7");

	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	EXPECT_EQ(id, make_named(w, "wg7"));
	EXPECT_STREQ(
		"wg7 device=wg7 kind=wireguard type=full-router method=link disconnected",
		line_of(w, id));
	EXPECT_EQ(0, make_named(w, "wg7"));
}

TEST_F(interface, name_of_a_dynamic_one_is_taken_for_other_devices)
{
	struct world *w = &self->w;
	int err;

	if (netdev_add(w->rtnl, "wg7", "wireguard") < 0)
		SKIP(return, "no wireguard");
	make_bound(w, "wg7", "eth7", &err);
	EXPECT_ERR(-EEXIST, err);
}

TEST_F(interface, deleting_leaves_a_new_dynamic_one_where_the_device_is_tracked)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "wg7", "wireguard"), err;
	uint32_t id, again;

	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	id = make_bound(w, "Zentrale", "wg7", &err);
	ASSERT_NE(0, id);
	ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	again = id_of(w, "wg7");
	EXPECT_LT(id, again);
	EXPECT_STREQ(
		"wg7 device=wg7 kind=wireguard type=full-router method=link dynamic "
		"disconnected",
		line_of(w, again));
	EXPECT_STREQ("ESTALE", state_of(w, id));
}

TEST_F(interface, clash_of_names_is_resolved_with_the_index)
{
	struct world *w = &self->w;
	char name[32];
	int device, err;

	ASSERT_NE(0, make_bound(w, "wg7", "eth7", &err));
	device = netdev_add(w->rtnl, "wg7", "wireguard");
	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	snprintf(name, sizeof(name), "wg7@%d", device);
	EXPECT_NE(0, id_of(w, name));
	/* a rename resolves it, and one back makes it again */
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "wg8"));
	EXPECT_NE(0, id_of(w, "wg8"));
	EXPECT_EQ(0, id_of(w, name));
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, "wg7"));
	EXPECT_NE(0, id_of(w, name));
}

TEST_F(interface, device_may_take_the_name_that_its_interface_has)
{
	struct world *w = &self->w;
	uint64_t since;
	char name[16];
	int device, err;
	uint32_t id;

	ASSERT_NE(0, make_bound(w, "wg7", "eth7", &err));
	device = netdev_add(w->rtnl, "wg7", "wireguard");
	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	snprintf(name, sizeof(name), "wg7@%d", device);
	id = id_of(w, name);
	ASSERT_NE(0, id);
	since = head(w);
	ASSERT_ERR(0, netdev_rename(w->rtnl, device, name));
	EXPECT_EQ(id, id_of(w, name));
	EXPECT_STREQ("interface-change", story_since(w, since, id));
	/* nor is it tried again with whatever happens to the device */
	since = head(w);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_STREQ("connected, disconnected device-down 628",
		     story_since(w, since, id));
}

TEST_F(interface, clash_with_the_index_too_is_resolved)
{
	struct world *w = &self->w;
	char name[32];
	int device, err;
	uint32_t id;

	device = netdev_add(w->rtnl, "wg6", "wireguard");
	if (device < 0)
		SKIP(return, "no wireguard: %s", strerror(-device));
	/* the next in this namespace */
	snprintf(name, sizeof(name), "wg7@%d", device + 1);
	ASSERT_NE(0, make_bound(w, "wg7", "eth7", &err));
	ASSERT_NE(0, make_bound(w, name, "eth8", &err));
	ASSERT_EQ(device + 1, netdev_add(w->rtnl, "wg7", "wireguard"));
	snprintf(name, sizeof(name), "wg7@%d.1", device + 1);
	id = id_of(w, name);
	EXPECT_NE(0, id);
	/* and it becomes a lasting one by that name */
	EXPECT_EQ(id, make_named(w, name));
	EXPECT_HAS(
		"device=wg7 kind=wireguard type=full-router method=link disconnected",
		line_of(w, id));
}

/* -------------------------------------------------------------- limits -- */

static int set_limit(struct world *w, uint32_t limit)
{
	struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_INTERFACES_SET,
		.max_interfaces = limit,
	};

	return ddm_service_set(w->ddm, &request);
}

TEST_F(interface, limit_is_kept_and_devices_without_one_are_counted)
{
	const struct ddm_service *service;
	struct world *w = &self->w;
	uint32_t a;

	ASSERT_ERR(0, set_limit(w, 2));
	a = make_named(w, "a");
	ASSERT_NE(0, a);
	EXPECT_ERR(0, try_name(w, "b"));
	EXPECT_ERR(-EUSERS, try_name(w, "c"));
	EXPECT_NE(NULL, strstr(ddm_error(w->ddm), "max_interfaces"));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(0, service->dropped);
	if (netdev_add(w->rtnl, "wg7", "wireguard") < 0)
		SKIP(return, "no wireguard");
	EXPECT_EQ(0, id_of(w, "wg7"));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(1, service->dropped);
	EXPECT_EQ(2, service->interfaces);
	EXPECT_EQ(2, service->max_interfaces);

	ASSERT_ERR(0, ddm_interface_del(w->ddm, a));
	EXPECT_ERR(0, try_name(w, "c"));
	ASSERT_ERR(0, set_limit(w, 100));
	EXPECT_ERR(0, try_name(w, "d"));
}

TEST_F(interface, ids_are_never_used_again)
{
	struct world *w = &self->w;
	uint32_t id, last = 0;
	int i;

	for (i = 0; i < 50; i++) {
		id = make_named(w, "a");
		ASSERT_LT(last, id);
		last = id;
		ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	}
	/* nor is the id used up by a request that was refused */
	ASSERT_NE(0, make_named(w, "b"));
	EXPECT_ERR(-EEXIST, try_name(w, "b"));
	EXPECT_EQ(last + 2, make_named(w, "c"));
}

/* ---------------------------------------------------------------- list -- */

#define MANY 5000

struct order {
	uint32_t last;
	unsigned int count;
	unsigned int disorder;
	uint64_t snapshot;
	unsigned int snapshots;
	unsigned int differing;
};

static int order_one(const struct nlmsghdr *nlh, void *data)
{
	uint32_t id = (uint32_t)raw_number(nlh, DDM_A_INTERFACE_ID);
	struct order *order = data;

	order->disorder += id <= order->last;
	order->last = id;
	order->count++;
	if (raw_attr(nlh, DDM_A_INTERFACE_SNAPSHOT)) {
		uint64_t snapshot = raw_number(nlh, DDM_A_INTERFACE_SNAPSHOT);

		order->differing += order->snapshots &&
				    snapshot != order->snapshot;
		order->snapshot = snapshot;
		order->snapshots++;
	}
	return 0;
}

TEST_F_TIMEOUT(interface,
	       list_of_thousands_is_in_order_and_says_when_it_is_true, 60)
{
	struct order order = { 0 };
	struct world *w = &self->w;
	struct raw *raw = raw_open(0);
	unsigned int i;
	uint64_t since;
	char name[24];
	int ret;

	ASSERT_NE(NULL, raw);
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "Zweigstelle %u", i);
		ASSERT_NE(0, make_named(w, name));
	}
	since = head(w);
	ASSERT_ERR(0, raw_dump(raw, raw_begin(raw, DDM_CMD_INTERFACE_GET),
			       order_one, &order));
	EXPECT_EQ(MANY, order.count);
	EXPECT_EQ(0, order.disorder);
	EXPECT_EQ(since, order.snapshot);
	EXPECT_EQ(0, order.differing);
	EXPECT_EQ(0, raw->interrupted);
	/* each part has it, the last one holds only the end */
	EXPECT_LE(raw->parts - 1, order.snapshots);
	EXPECT_LT(1, raw->parts);
	TH_LOG("%u interfaces in %u parts", order.count, raw->parts);

	/* one that comes and one that goes in the middle: nobody else is missed */
	memset(&order, 0, sizeof(order));
	ASSERT_ERR(0, raw_send(raw, raw_begin(raw, DDM_CMD_INTERFACE_GET),
			       NLM_F_DUMP));
	ASSERT_EQ(0, raw_receive(raw, order_one, &order));
	ASSERT_ERR(0, ddm_interface_del(w->ddm, order.last));
	ASSERT_ERR(0, ddm_interface_del(w->ddm, MANY));
	ASSERT_EQ(MANY + 1, make_named(w, "late"));
	do {
		ret = raw_receive(raw, order_one, &order);
	} while (!ret);
	ASSERT_EQ(1, ret);
	EXPECT_ERR(0, raw->err);
	EXPECT_EQ(0, order.disorder);
	EXPECT_EQ(MANY, order.count);
	EXPECT_EQ(since, order.snapshot);
	EXPECT_EQ(0, order.differing);
	EXPECT_NE(0, raw->interrupted);
	raw_close(raw);
}

TEST_F(interface, end_of_the_namespace_takes_them_all)
{
	int status, i;
	pid_t pid;

	pid = fork();
	if (!pid) {
		struct world w = { 0 };
		char name[16];

		if (world_enter(&w))
			_exit(1);
		for (i = 0; i < 200; i++) {
			snprintf(name, sizeof(name), "a%d", i);
			if (!make_named(&w, name))
				_exit(2);
		}
		if (netdev_up(w.rtnl, netdev_add(w.rtnl, "a0", "dummy")))
			_exit(3);
		_exit(head(&w) == 202 || head(&w) == 203 ? 0 : 4);
	}
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
	EXPECT_EQ(0, head(&self->w));
}

WORLD_MAIN
