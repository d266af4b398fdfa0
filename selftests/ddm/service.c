// SPDX-License-Identifier: GPL-2.0-only
/*
 * The manager as a whole: it can be paused and stopped, it says so to everybody
 * whom it concerns, and what it says of itself is true.
 */
#include "parameter.h"
#include "raw.h"
#include "world.h"

FIXTURE(service)
{
	struct world w;
	struct raw *raw;
	unsigned int journal_size;
};

FIXTURE_SETUP(service)
{
	self->journal_size = parameter_get("journal_size");
	ASSERT_NE(0, self->journal_size);
	ASSERT_ERR(0, world_enter(&self->w));
	self->raw = raw_open(0);
	ASSERT_NE(NULL, self->raw);
}

FIXTURE_TEARDOWN(service)
{
	EXPECT_NE(0, parameter_set("journal_size", self->journal_size));
	raw_close(self->raw);
	world_leave(&self->w);
}

/* A copy: the handle's own is gone with its next call. */
static struct ddm_service service_of(struct world *w)
{
	static const struct ddm_service none = { .state = UINT32_MAX };
	const struct ddm_service *service;

	return ddm_service_get(w->ddm, &service) ? none : *service;
}

static int begin(struct world *w, uint32_t id, int fd)
{
	struct ddm_connect_request request = { .size = sizeof(request),
					       .event_fd = fd };

	return ddm_interface_connect(w->ddm, id, &request, NULL);
}

/* An attempt at it lasts: it has no carrier. */
static uint32_t make_tun(struct world *w, const char *name)
{
	int fd = netdev_tun(name, true);

	if (fd < 0)
		return 0;
	close(fd);
	return make_named(w, name);
}

static uint32_t last_error(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ?
		       UINT32_MAX :
		       interface->last_error;
}

/* Told by the states alone: "paused, running" and so on */
static int spell_state(const struct ddm_event *event, void *data)
{
	struct story *story = data;
	const char *name = ddm_service_state_name(event->service_state);
	char line[64];

	if (event->type != DDM_EVENT_TYPE_SERVICE)
		return 0;
	snprintf(line, sizeof(line), "%s%s", story->used ? ", " : "",
		 name ? name : "?");
	story->text = realloc(story->text, story->used + strlen(line) + 1);
	if (!story->text)
		return -ENOMEM;
	strcpy(story->text + story->used, line);
	story->used += strlen(line);
	return 0;
}

/* Not freed */
static const char *states_since(struct world *w, uint64_t since)
{
	struct story story = { 0 };
	int err = ddm_event_list(w->ddm, since, 0, DDM_EVENT_MASK_ALL,
				 spell_state, &story);

	return err ? err_text(err) : story.text ? story.text : "";
}

/* -------------------------------------------------------------- states -- */

TEST_F(service, every_change_of_state_is_one_event)
{
	struct world *w = &self->w;

	EXPECT_EQ(DDM_SERVICE_STATE_RUNNING, service_of(w).state);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(0, head(w));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_PAUSED));
	EXPECT_EQ(DDM_SERVICE_STATE_PAUSED, service_of(w).state);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_PAUSED));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(DDM_SERVICE_STATE_STOPPED, service_of(w).state);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_PAUSED));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_STREQ("paused, running, stopped, paused, running",
		     states_since(w, 0));
	EXPECT_EQ(5, head(w));
}

TEST_F(service, state_of_a_namespace_is_its_own)
{
	struct world other = { 0 };

	ASSERT_ERR(0, world_enter(&other));
	ASSERT_ERR(0, set_service(&other, DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(DDM_SERVICE_STATE_STOPPED, service_of(&other).state);
	EXPECT_EQ(DDM_SERVICE_STATE_RUNNING, service_of(&self->w).state);
	EXPECT_NE(0, make_named(&self->w, "a"));
	EXPECT_EQ(0, make_named(&other, "a"));
	world_leave(&other);
}

TEST_F(service, paused_dials_nothing_and_ends_nothing)
{
	struct world *w = &self->w;
	uint32_t up, down;
	uint64_t since;

	ASSERT_LT(0, netdev_add(w->rtnl, "up", "dummy"));
	ASSERT_LT(0, netdev_add(w->rtnl, "down", "dummy"));
	up = make_named(w, "up");
	down = make_named(w, "down");
	ASSERT_ERR(0, begin(w, up, -1));
	since = head(w);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_PAUSED));
	EXPECT_STREQ("connected", state_of(w, up));
	EXPECT_STREQ("unreachable service-paused", state_of(w, down));
	EXPECT_ERR(-EHOSTDOWN, begin(w, down, -1));
	EXPECT_STREQ("the service is paused", ddm_error(w->ddm));
	EXPECT_STREQ("service", story_since(w, since, 0));
	/* hanging up is not dialling, and neither is making one */
	EXPECT_ERR(0, ddm_interface_disconnect(w->ddm, up));
	EXPECT_STREQ("unreachable service-paused", state_of(w, up));
	EXPECT_NE(0, make_named(w, "new"));

	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_STREQ("disconnected", state_of(w, down));
	EXPECT_ERR(0, begin(w, down, -1));
	EXPECT_STREQ("connected", state_of(w, down));
}

/* ------------------------------------------------------------- stopped -- */

/* A command as its sender would send it, were the service running */
struct command {
	uint8_t id;
	uint16_t number; /* attribute that is a u32, 0 if none */
	uint16_t number64;
	uint16_t text;
	bool dump;
};

static const struct command commands[] = {
	{ DDM_CMD_INTERFACE_GET, .number = DDM_A_INTERFACE_ID },
	{ DDM_CMD_INTERFACE_GET, .text = DDM_A_INTERFACE_NAME },
	{ DDM_CMD_INTERFACE_GET, .dump = true },
	{ DDM_CMD_INTERFACE_NEW, .text = DDM_A_INTERFACE_NAME },
	{ DDM_CMD_INTERFACE_SET, .number = DDM_A_INTERFACE_ID },
	{ DDM_CMD_INTERFACE_DEL, .number = DDM_A_INTERFACE_ID },
	{ DDM_CMD_INTERFACE_CONNECT, .number = DDM_A_INTERFACE_ID },
	{ DDM_CMD_INTERFACE_DISCONNECT, .number = DDM_A_INTERFACE_ID },
	{ DDM_CMD_CONNECTION_GET, .number64 = DDM_A_CONNECTION_ID },
	{ DDM_CMD_CONNECTION_GET, .dump = true },
	{ DDM_CMD_CONNECTION_CLEAR, .number64 = DDM_A_CONNECTION_ID },
	{ DDM_CMD_LINK_GET, .number = DDM_A_LINK_ID },
	{ DDM_CMD_LINK_GET, .dump = true },
	{ DDM_CMD_LINK_NEW, .number = DDM_A_LINK_IFINDEX,
	  .text = DDM_A_LINK_PORT },
	{ DDM_CMD_LINK_SET, .number = DDM_A_LINK_ID },
	{ DDM_CMD_LINK_DEL, .number = DDM_A_LINK_ID },
	{ DDM_CMD_LINK_HANGUP, .number = DDM_A_LINK_ID },
	{ DDM_CMD_LISTENER_REGISTER, .number = DDM_A_LISTENER_EVENT_FD },
	{ DDM_CMD_LISTENER_DEREGISTER, .number = DDM_A_LISTENER_EVENT_FD },
	{ DDM_CMD_EVENT_GET, .dump = false },
	{ DDM_CMD_EVENT_GET, .dump = true },
	{ DDM_CMD_DIALER_BIND, .dump = false },
	{ DDM_CMD_DIALER_UNBIND, .dump = false },
	{ DDM_CMD_DIAL_RESULT, .number = DDM_A_DIAL_REQUEST },
	{ DDM_CMD_RULE_GET, .number = DDM_A_RULE_PREFERENCE },
	{ DDM_CMD_RULE_GET, .dump = true },
	{ DDM_CMD_RULE_NEW, .number = DDM_A_RULE_ACTION },
	{ DDM_CMD_RULE_DEL, .number = DDM_A_RULE_PREFERENCE },
};

static int send_command(struct raw *raw, const struct command *command)
{
	struct nlmsghdr *nlh = raw_begin(raw, command->id);

	if (command->number)
		mnl_attr_put_u32(nlh, command->number, 1);
	if (command->number64)
		mnl_attr_put_u64(nlh, command->number64, 1);
	if (command->text)
		mnl_attr_put_strz(nlh, command->text, "a");
	return command->dump ? raw_dump(raw, nlh, NULL, NULL) :
			       raw_do(raw, nlh);
}

static bool in_table(uint8_t id)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (commands[i].id == id)
			return true;
	return false;
}

/* How PPP is followed, which goes on */
static bool reports_links(uint8_t id)
{
	return id == DDM_CMD_LINK_NEW || id == DDM_CMD_LINK_SET ||
	       id == DDM_CMD_LINK_DEL;
}

TEST_F(service, stopped_refuses_everything_but_service_and_reports_of_links)
{
	struct world *w = &self->w;
	size_t i;
	int id;

	ASSERT_NE(0, make_named(w, "a"));
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		/* so that it would be another refusal, or none */
		ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
		EXPECT_STRNE("ESHUTDOWN",
			     err_text(send_command(self->raw, &commands[i])))
		{
			TH_LOG("command %u, running", commands[i].id);
		}
		ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
		if (reports_links(commands[i].id)) {
			EXPECT_STRNE("ESHUTDOWN",
				     err_text(send_command(self->raw,
							   &commands[i])));
			continue;
		}
		EXPECT_ERR(-ESHUTDOWN, send_command(self->raw, &commands[i]))
		{
			TH_LOG("command %u, stopped", commands[i].id);
		}
		EXPECT_STREQ("the service is stopped in this namespace",
			     self->raw->message)
		{
			TH_LOG("command %u, dump %d", commands[i].id,
			       commands[i].dump);
		}
	}
	/* all are in the table, but the two, and messages that nobody sends */
	for (id = DDM_CMD_SERVICE_GET; id <= DDM_CMD_MAX; id++) {
		EXPECT_EQ(id != DDM_CMD_SERVICE_GET &&
				  id != DDM_CMD_SERVICE_SET &&
				  id != DDM_CMD_EVENT_NTF &&
				  id != DDM_CMD_DIAL_NTF &&
				  id != DDM_CMD_HANGUP_NTF,
			  in_table((uint8_t)id))
		{
			TH_LOG("command %d", id);
		}
	}
	EXPECT_ERR(0, raw_do(self->raw,
			     raw_begin(self->raw, DDM_CMD_SERVICE_GET)));
	EXPECT_ERR(0, raw_do(self->raw,
			     raw_begin(self->raw, DDM_CMD_SERVICE_SET)));
}

TEST_F(service, stopping_wakes_every_listener_once_and_keeps_it)
{
	struct world *w = &self->w;
	int connection = event_fd(), news = event_fd(), device;
	uint32_t id;

	device = netdev_add(w->rtnl, "wan", "dummy");
	id = make_named(w, "wan");
	ASSERT_NE(0, id);
	/* neither waits for events of the service */
	ASSERT_ERR(0, ddm_listener_register(w->ddm, connection, 0, id));
	ASSERT_ERR(0, ddm_listener_register(
			      w->ddm, news,
			      DDM_EVENT_BIT(DDM_EVENT_TYPE_INTERFACE_NEW), 0));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_PAUSED));
	EXPECT_EQ(0, counted(connection));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(1, counted(connection));
	EXPECT_EQ(1, counted(news));
	EXPECT_EQ(2, service_of(w).listeners);

	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(0, counted(connection));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_EQ(1, counted(connection));
	EXPECT_EQ(0, counted(news));
}

TEST_F(service, stopping_ends_attempts_and_wakes_who_waits)
{
	struct world *w = &self->w;
	uint32_t id = make_tun(w, "tun7"), second = make_tun(w, "tun8");
	int fd = event_fd(), second_fd = event_fd();
	uint64_t since;

	ASSERT_NE(0, id);
	ASSERT_NE(0, second);
	ASSERT_ERR(0, begin(w, id, fd));
	ASSERT_ERR(0, begin(w, second, second_fd));
	EXPECT_STREQ("connecting", state_of(w, id));
	since = head(w);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(1, counted(fd));
	EXPECT_EQ(1, counted(second_fd));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_STREQ(
		"service, connect-failed stopped 903, connect-failed stopped 903, service",
		story_since(w, since, 0));
	EXPECT_STREQ("connect-failed stopped 903", story_since(w, since, id));
	EXPECT_STREQ("unreachable connection-failure no-media-sense",
		     state_of(w, id));
	EXPECT_EQ(903, last_error(w, id));
	/* and it may be tried again */
	EXPECT_ERR(0, begin(w, id, fd));
	EXPECT_EQ(0, counted(fd));
}

static int count_hangup(const struct ddm_dial *dial, void *data)
{
	unsigned int *requests = data;

	requests[!!dial->hangup] = dial->request;
	return 0;
}

TEST_F(service, stopping_tells_the_dialer_to_give_up)
{
	unsigned int requests[2] = { 0, 0 };
	struct world *w = &self->w;
	struct ddm *dialer;
	int fd = event_fd();
	uint32_t id;

	ASSERT_ERR(0, ddm_open(&dialer));
	ASSERT_ERR(0, ddm_dialer_bind(dialer, 0));
	id = make_named(w, "office");
	ASSERT_ERR(0, begin(w, id, fd));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	EXPECT_EQ(1, counted(fd));
	EXPECT_EQ(2, ddm_dialer_read(dialer, count_hangup, requests));
	EXPECT_NE(0, requests[0]);
	EXPECT_EQ(requests[0], requests[1]);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(903, last_error(w, id));
	ddm_close(dialer);
}

TEST_F(service, devices_are_followed_while_it_is_stopped)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "wan", "dummy"), kept;
	uint32_t id = make_named(w, "wan"), kept_id;
	uint64_t since;

	ASSERT_NE(0, id);
	kept = netdev_add(w->rtnl, "kept", "dummy");
	ASSERT_ERR(0, netdev_up(w->rtnl, kept));
	kept_id = make_named(w, "kept");
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	since = head(w);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_EQ(since + 3, head(w));
	EXPECT_EQ(2, service_of(w).connections);

	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_STREQ("connected, disconnected device-down 628, connected",
		     story_since(w, since, id));
	EXPECT_STREQ("connected", state_of(w, id));
	/* stopping hung nothing up */
	EXPECT_STREQ("connected", state_of(w, kept_id));
	EXPECT_STREQ("", story_since(w, since, kept_id));
}

/* A member of the group hears the end although it may no longer ask. */
TEST_F(service, stop_and_start_are_told_to_monitors)
{
	struct ddm_monitor *monitor;
	struct world *w = &self->w;
	struct story story = { 0 };

	ASSERT_ERR(0, ddm_monitor_open(&monitor, DDM_SINCE_NOW));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	ASSERT_TRUE(readable(ddm_monitor_fd(monitor), 0));
	EXPECT_EQ(1, ddm_monitor_read(monitor, spell_state, &story));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(1, ddm_monitor_read(monitor, spell_state, &story));
	EXPECT_STREQ("stopped, running", story.text);
	ddm_monitor_close(monitor);
}

/* -------------------------------------------------------------- limits -- */

TEST_F(service, limits_are_the_modules_until_they_are_set)
{
	struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_INTERFACES_SET |
		       DDM_SERVICE_MAX_SOCKET_LISTENERS_SET,
		.max_interfaces = 7,
		.max_socket_listeners = 9,
	};
	struct world *w = &self->w;
	struct world other = { 0 };
	unsigned int interfaces = parameter_get("max_interfaces");
	unsigned int listeners = parameter_get("max_listeners");
	unsigned int of_socket = parameter_get("max_socket_listeners");

	ASSERT_NE(0, interfaces);
	EXPECT_EQ(interfaces, service_of(w).max_interfaces);
	EXPECT_EQ(listeners, service_of(w).max_listeners);
	EXPECT_EQ(of_socket, service_of(w).max_socket_listeners);
	ASSERT_ERR(0, ddm_service_set(w->ddm, &request));
	EXPECT_EQ(7, service_of(w).max_interfaces);
	EXPECT_EQ(listeners, service_of(w).max_listeners);
	EXPECT_EQ(9, service_of(w).max_socket_listeners);
	/* limits say nothing of the state, and are told nobody */
	EXPECT_EQ(DDM_SERVICE_STATE_RUNNING, service_of(w).state);
	EXPECT_EQ(0, head(w));

	ASSERT_ERR(0, world_enter(&other));
	EXPECT_EQ(interfaces, service_of(&other).max_interfaces);
	EXPECT_EQ(of_socket, service_of(&other).max_socket_listeners);
	world_leave(&other);
}

TEST_F(service, limit_of_interfaces_refuses_new_ones_alone)
{
	struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_INTERFACES_SET,
		.max_interfaces = 2,
	};
	struct ddm_interface_request fourth = { .name = "d" };
	struct ddm_rule rule = {
		.size = sizeof(rule),
		.action = DDM_RULE_ACTION_TRACK,
		.type = -1,
		.device = "wan*",
	};
	struct world *w = &self->w;
	uint32_t a = make_named(w, "a"), b = make_named(w, "b"),
		 c = make_named(w, "c");
	int err;

	ASSERT_NE(0, c);
	ASSERT_ERR(0, ddm_service_set(w->ddm, &request));
	EXPECT_EQ(3, service_of(w).interfaces);
	EXPECT_STREQ("disconnected", state_of(w, a));
	make(w, &fourth, &err);
	EXPECT_ERR(-EUSERS, err);
	/* a device gets none either, and is counted */
	ASSERT_ERR(0, ddm_rule_new(w->ddm, &rule, NULL));
	EXPECT_EQ(0, service_of(w).dropped);
	ASSERT_LT(0, netdev_add(w->rtnl, "wan0", "dummy"));
	EXPECT_EQ(0, id_of(w, "wan0"));
	EXPECT_EQ(1, service_of(w).dropped);

	ASSERT_ERR(0, ddm_interface_del(w->ddm, a));
	make(w, &fourth, &err);
	EXPECT_ERR(-EUSERS, err);
	ASSERT_ERR(0, ddm_interface_del(w->ddm, b));
	make(w, &fourth, &err);
	EXPECT_ERR(0, err);
	EXPECT_EQ(2, service_of(w).interfaces);
}

TEST_F(service, limits_of_listeners_are_enforced)
{
	struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_LISTENERS_SET |
		       DDM_SERVICE_MAX_SOCKET_LISTENERS_SET,
		.max_listeners = 3,
		.max_socket_listeners = 2,
	};
	int fds[4] = { event_fd(), event_fd(), event_fd(), event_fd() };
	struct world *w = &self->w;
	struct ddm *second;

	ASSERT_ERR(0, ddm_open(&second));
	ASSERT_ERR(0, ddm_service_set(w->ddm, &request));
	EXPECT_EQ(3, service_of(w).max_listeners);
	EXPECT_EQ(2, service_of(w).max_socket_listeners);
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[0], 0, 0));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[1], 0, 0));
	EXPECT_ERR(-ENOSPC, ddm_listener_register(w->ddm, fds[2], 0, 0));
	EXPECT_NE(NULL, strstr(ddm_error(w->ddm), "max_socket_listeners"));
	ASSERT_ERR(0, ddm_listener_register(second, fds[2], 0, 0));
	EXPECT_ERR(-ENOSPC, ddm_listener_register(second, fds[3], 0, 0));
	EXPECT_NE(NULL, strstr(ddm_error(second), "max_listeners"));
	EXPECT_EQ(3, service_of(w).listeners);
	ASSERT_ERR(0, ddm_listener_deregister(w->ddm, fds[0]));
	EXPECT_ERR(0, ddm_listener_register(second, fds[3], 0, 0));
	ddm_close(second);
}

/* ------------------------------------------------------------- refusals -- */

static int set_number(struct raw *raw, uint16_t type, uint32_t number)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_SERVICE_SET);

	/* what comes with a refused one is not done either */
	mnl_attr_put_u32(nlh,
			 type == DDM_A_SERVICE_STATE ?
				 DDM_A_SERVICE_MAX_LISTENERS :
				 DDM_A_SERVICE_STATE,
			 DDM_SERVICE_STATE_PAUSED);
	mnl_attr_put_u32(nlh, type, number);
	return raw_do(raw, nlh);
}

TEST_F(service, values_out_of_range_are_refused_and_change_nothing)
{
	struct raw *raw = self->raw;
	struct ddm_service before = service_of(&self->w), after;

	EXPECT_ERR(-ERANGE, set_number(raw, DDM_A_SERVICE_STATE, 3));
	EXPECT_NE(0, raw->offset);
	EXPECT_ERR(-ERANGE, set_number(raw, DDM_A_SERVICE_MAX_INTERFACES, 0));
	EXPECT_NE(0, raw->offset);
	EXPECT_ERR(-ERANGE, set_number(raw, DDM_A_SERVICE_MAX_LISTENERS, 0));
	EXPECT_NE(0, raw->offset);
	EXPECT_ERR(-ERANGE,
		   set_number(raw, DDM_A_SERVICE_MAX_SOCKET_LISTENERS, 0));
	EXPECT_NE(0, raw->offset);
	/* it cannot be set, and so it is refused rather than ignored */
	EXPECT_ERR(-EINVAL, set_number(raw, DDM_A_SERVICE_JOURNAL_SIZE, 7));
	EXPECT_NE(0, raw->offset);
	after = service_of(&self->w);
	EXPECT_EQ(before.state, after.state);
	EXPECT_EQ(before.max_interfaces, after.max_interfaces);
	EXPECT_EQ(before.max_listeners, after.max_listeners);
	EXPECT_EQ(before.max_socket_listeners, after.max_socket_listeners);
	EXPECT_EQ(0, after.sequence);
}

/* ------------------------------------------------------ what it tells -- */

static int get_of_epoch(struct raw *raw, uint64_t epoch)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_SERVICE_GET);

	mnl_attr_put_u64(nlh, DDM_A_SERVICE_EPOCH, epoch);
	return raw_do(raw, nlh);
}

TEST_F(service, epoch_tells_namespaces_apart_and_is_checked)
{
	struct world *w = &self->w;
	uint64_t epoch = service_of(w).epoch, other_epoch;
	struct world other = { 0 };

	EXPECT_NE(0, epoch);
	EXPECT_EQ(epoch, service_of(w).epoch);
	EXPECT_ERR(0, get_of_epoch(self->raw, epoch));
	EXPECT_ERR(-ESTALE, get_of_epoch(self->raw, epoch + 1));
	EXPECT_STREQ("the epoch is over", self->raw->message);
	EXPECT_EQ(NLMSG_HDRLEN + GENL_HDRLEN, self->raw->offset);
	EXPECT_ERR(-ESTALE, get_of_epoch(self->raw, 0));

	ASSERT_ERR(0, world_enter(&other));
	other_epoch = service_of(&other).epoch;
	EXPECT_NE(epoch, other_epoch);
	EXPECT_ERR(-ESTALE, get_of_epoch(self->raw, other_epoch));
	world_leave(&other);
	/* a stopped one checks it too */
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	EXPECT_ERR(0, get_of_epoch(self->raw, epoch));
	EXPECT_ERR(-ESTALE, get_of_epoch(self->raw, epoch + 1));
}

#define EXPECT_COUNTS(i, c, l, n)                               \
	do {                                                    \
		struct ddm_service seen = service_of(&self->w); \
                                                                \
		EXPECT_EQ(i, seen.interfaces);                  \
		EXPECT_EQ(c, seen.connections);                 \
		EXPECT_EQ(l, seen.links);                       \
		EXPECT_EQ(n, seen.listeners);                   \
	} while (0)

TEST_F(service, counts_are_true)
{
	struct world *w = &self->w;
	int unit, ppp, device, second, fd = event_fd();
	const struct ddm_link *link;
	uint32_t link_id, id;
	char name[16];

	EXPECT_COUNTS(0, 0, 0, 0);
	/* only PPP has links */
	ppp = netdev_ppp(&unit);
	if (ppp < 0)
		SKIP(return, "no /dev/ppp: %s", strerror(-ppp));
	snprintf(name, sizeof(name), "ppp%d", unit);
	device = (int)if_nametoindex(name);
	EXPECT_COUNTS(1, 0, 0, 0);
	id = make_named(w, name);
	EXPECT_COUNTS(1, 0, 0, 0);
	second = netdev_add(w->rtnl, "b", "dummy");
	ASSERT_NE(0, id);
	ASSERT_NE(0, make_named(w, "b"));
	ASSERT_NE(0, make_named(w, "c"));
	EXPECT_COUNTS(3, 0, 0, 0);
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, netdev_up(w->rtnl, second));
	EXPECT_COUNTS(3, 2, 0, 0);
	ASSERT_ERR(0, ddm_link_new(w->ddm, (uint32_t)device, "p1",
				   DDM_LINK_STATE_UP, NULL));
	ASSERT_ERR(0, ddm_link_new(w->ddm, (uint32_t)device, "p2",
				   DDM_LINK_STATE_DOWN, &link));
	link_id = link->id;
	EXPECT_COUNTS(3, 2, 2, 0);
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fd, 0, 0));
	EXPECT_COUNTS(3, 2, 2, 1);

	ASSERT_ERR(0, ddm_listener_deregister(w->ddm, fd));
	ASSERT_ERR(0, ddm_link_del(w->ddm, link_id));
	EXPECT_COUNTS(3, 2, 1, 0);
	/* the device takes its connection and its link along */
	close(ppp);
	EXPECT_COUNTS(3, 1, 0, 0);
	ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	EXPECT_COUNTS(2, 1, 0, 0);
	ASSERT_ERR(0, netdev_down(w->rtnl, second));
	EXPECT_COUNTS(2, 0, 0, 0);
}

TEST_F(service, dialer_is_told_by_its_port)
{
	struct raw *raw = self->raw;
	struct world *w = &self->w;

	EXPECT_EQ(0, service_of(w).dialer);
	ASSERT_ERR(0, raw_do(raw, raw_begin(raw, DDM_CMD_DIALER_BIND)));
	EXPECT_EQ(raw->portid, service_of(w).dialer);
	ASSERT_ERR(0, raw_do(raw, raw_begin(raw, DDM_CMD_DIALER_UNBIND)));
	EXPECT_EQ(0, service_of(w).dialer);
	ASSERT_ERR(0, raw_do(raw, raw_begin(raw, DDM_CMD_DIALER_BIND)));
	EXPECT_EQ(raw->portid, service_of(w).dialer);
	raw_close(raw);
	self->raw = NULL;
	EXPECT_EQ(0, service_of(w).dialer);
}

TEST_F(service, journal_size_is_what_can_be_read)
{
	struct world *w = &self->w;
	struct story story = { 0 };
	struct ddm_service seen;
	unsigned int i;
	uint32_t id;

	ASSERT_NE(0, parameter_set("journal_size", 64));
	id = make_named(w, "a");
	ASSERT_NE(0, id);
	for (i = 0; i < 200; i++) {
		ASSERT_ERR(0, set_enabled(w, id, i & 1));
	}
	seen = service_of(w);
	EXPECT_EQ(63, seen.journal_size);
	EXPECT_EQ(201, seen.sequence);
	EXPECT_EQ(seen.sequence - seen.journal_size + 1, seen.oldest);
	ASSERT_ERR(0, ddm_event_list(w->ddm, seen.oldest - 1, 0, 0, story_add,
				     &story));
	EXPECT_EQ(NULL, strstr(story.text, "lost"));
	story.used = 0;
	ASSERT_ERR(0, ddm_event_list(w->ddm, seen.oldest - 2, 0, 0, story_add,
				     &story));
	EXPECT_EQ(story.text, strstr(story.text, "lost 1, "));
}

static uint64_t boot_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

TEST_F(service, uptime_is_the_time_that_the_namespace_was_followed)
{
	uint64_t before = boot_ms(), entered, first, asked, second;
	struct world other = { 0 };

	ASSERT_ERR(0, world_enter(&other));
	entered = boot_ms();
	first = service_of(&other).uptime;
	usleep(50000);
	asked = boot_ms();
	second = service_of(&other).uptime;
	/* each clock is rounded down to a millisecond */
	EXPECT_LE(asked - entered, second + 1);
	EXPECT_GE(boot_ms() - before + 1, second);
	EXPECT_LT(first, second);
	EXPECT_LE(second, service_of(&self->w).uptime);
	world_leave(&other);
}

WORLD_MAIN
