// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everybody may look; only CAP_NET_ADMIN over the network namespace may act,
 * and only he reads settings and the names of peers.
 */
#include <grp.h>
#include <sys/wait.h>

#include "parameter.h"
#include "raw.h"
#include "world.h"

#define NOBODY 65534

/* Every command that can be sent, and whether it is an act */
static const struct command {
	uint8_t command;
	bool act;
	const char *name;
} commands[] = {
#define LOOK(name)                           \
	{                                    \
		DDM_CMD_##name, false, #name \
	}
#define ACT(name)                           \
	{                                   \
		DDM_CMD_##name, true, #name \
	}
	LOOK(SERVICE_GET),	ACT(SERVICE_SET),
	LOOK(INTERFACE_GET),	ACT(INTERFACE_NEW),
	ACT(INTERFACE_SET),	ACT(INTERFACE_DEL),
	ACT(INTERFACE_CONNECT), ACT(INTERFACE_DISCONNECT),
	LOOK(CONNECTION_GET),	ACT(CONNECTION_CLEAR),
	LOOK(LINK_GET),		ACT(LINK_NEW),
	ACT(LINK_SET),		ACT(LINK_DEL),
	ACT(LISTENER_REGISTER), ACT(LISTENER_DEREGISTER),
	LOOK(EVENT_GET),	ACT(DIALER_BIND),
	ACT(DIALER_UNBIND),	ACT(DIAL_RESULT),
	LOOK(RULE_GET),		ACT(RULE_NEW),
	ACT(RULE_DEL),		ACT(LINK_HANGUP),
};

FIXTURE(permission)
{
	struct world w;
	uint32_t id;
};

FIXTURE_SETUP(permission)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_SETTINGS_SET,
		.name = "Filiale",
		.settings = "password=secret",
	};
	int err;

	ASSERT_ERR(0, world_enter(&self->w));
	self->id = make(&self->w, &request, &err);
	ASSERT_ERR(0, err);
}

FIXTURE_TEARDOWN(permission)
{
	world_leave(&self->w);
}

static int become_nobody(void)
{
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		return -errno;
	return 0;
}

/*
 * Send every command without attributes. Who may not act gets EPERM for every
 * act, and for nothing else: who may gets past that to what is missing.
 * Returns how many answers were not as they should be.
 */
static unsigned int try_all(struct raw *raw, bool may_act)
{
	unsigned int i, wrong = 0;
	bool refused;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		refused = raw_do(raw, raw_begin(raw, commands[i].command)) ==
			  -EPERM;
		/* "not the dialer" is a refusal of another sort */
		if (commands[i].command == DDM_CMD_DIAL_RESULT && may_act)
			refused = false;
		if (refused != (commands[i].act && !may_act)) {
			wrong++;
			printf("# %s: %s\n", commands[i].name,
			       err_text(raw->err));
		}
	}
	return wrong;
}

/* Run something in a process of its own; what it returns must be 0. */
#define CHILD(expression)                                             \
	({                                                            \
		pid_t child_ = fork();                                \
		int status_ = -1;                                     \
                                                                      \
		if (!child_)                                          \
			_exit((expression)&0xff);                     \
		waitpid(child_, &status_, 0);                         \
		WIFEXITED(status_) ? WEXITSTATUS(status_) : -status_; \
	})

TEST_F(permission, every_command_is_in_the_table)
{
	unsigned int i, seen = 0;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		seen |= 1u << commands[i].command;
	/* these three are told, not asked */
	seen |= 1u << DDM_CMD_EVENT_NTF | 1u << DDM_CMD_DIAL_NTF |
		1u << DDM_CMD_HANGUP_NTF;
	EXPECT_EQ((1u << (DDM_CMD_MAX + 1)) - 2, seen);
}

TEST_F(permission, administrator_may_act)
{
	struct raw *raw = raw_open(0);

	ASSERT_NE(NULL, raw);
	EXPECT_EQ(0, try_all(raw, true));
	raw_close(raw);
}

static int as_nobody(void)
{
	struct raw *raw;

	if (become_nobody())
		return 100;
	raw = raw_open(0);
	return raw ? (int)try_all(raw, false) : 101;
}

TEST_F(permission, everybody_may_look_and_nobody_else_act)
{
	uint64_t since = head(&self->w);

	EXPECT_EQ(0, CHILD(as_nobody()));
	EXPECT_EQ(since, head(&self->w));
}

/* A socket that root opened makes nobody an administrator. */
static int as_nobody_with(struct raw *raw)
{
	return become_nobody() ? 100 : (int)try_all(raw, false);
}

TEST_F(permission, socket_of_an_administrator_gives_no_rights)
{
	struct raw *raw = raw_open(0);

	ASSERT_NE(NULL, raw);
	EXPECT_EQ(0, CHILD(as_nobody_with(raw)));
	raw_close(raw);
}

/* Nor does a program with rights act for whoever has it write into a socket. */
static int as_root_with_nobodys(void)
{
	struct raw *raw;

	if (setresuid(-1, NOBODY, -1))
		return 100;
	raw = raw_open(0);
	if (!raw || setresuid(-1, 0, -1))
		return 101;
	raw->unaddressed = 1;
	return (int)try_all(raw, false);
}

TEST_F(permission, socket_of_nobody_takes_the_rights_away)
{
	EXPECT_EQ(0, CHILD(as_root_with_nobodys()));
}

static int in_own_namespaces(void)
{
	struct raw *raw;

	if (become_nobody())
		return 100;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return 102;
	raw = raw_open(0);
	return raw ? (int)try_all(raw, true) : 101;
}

TEST_F(permission, owner_of_a_user_namespace_may_act_in_it)
{
	uint64_t since = head(&self->w);
	int ret = CHILD(in_own_namespaces());

	if (ret == 102)
		SKIP(return, "user namespaces are not for everybody here");
	EXPECT_EQ(0, ret);
	EXPECT_EQ(since, head(&self->w));
}

static int from_own_user_namespace(void)
{
	struct raw *raw;

	if (become_nobody())
		return 100;
	if (unshare(CLONE_NEWUSER))
		return 102;
	raw = raw_open(0);
	return raw ? (int)try_all(raw, false) : 101;
}

TEST_F(permission, owner_of_a_user_namespace_may_not_act_outside)
{
	int ret = CHILD(from_own_user_namespace());

	if (ret == 102)
		SKIP(return, "user namespaces are not for everybody here");
	EXPECT_EQ(0, ret);
}

/* -------------------------------------------------------------- limits -- */

static const struct {
	uint16_t attribute;
	const char *parameter;
} limits[] = {
	{ DDM_A_SERVICE_MAX_INTERFACES, "max_interfaces" },
	{ DDM_A_SERVICE_MAX_LISTENERS, "max_listeners" },
	{ DDM_A_SERVICE_MAX_SOCKET_LISTENERS, "max_socket_listeners" },
};

/* Set a limit, and before it in the same message a state and another limit. */
static int set_limit(struct raw *raw, unsigned int which, uint32_t limit)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_SERVICE_SET);

	mnl_attr_put_u32(nlh, limits[(which + 1) % 3].attribute, 5);
	mnl_attr_put_u32(nlh, DDM_A_SERVICE_STATE, DDM_SERVICE_STATE_PAUSED);
	mnl_attr_put_u32(nlh, limits[which].attribute, limit);
	return raw_do(raw, nlh);
}

static int keep_service(const struct nlmsghdr *nlh, void *data)
{
	struct ddm_service *seen = data;

	seen->state = (uint32_t)raw_number(nlh, DDM_A_SERVICE_STATE);
	seen->max_interfaces =
		(uint32_t)raw_number(nlh, DDM_A_SERVICE_MAX_INTERFACES);
	seen->max_listeners =
		(uint32_t)raw_number(nlh, DDM_A_SERVICE_MAX_LISTENERS);
	seen->max_socket_listeners =
		(uint32_t)raw_number(nlh, DDM_A_SERVICE_MAX_SOCKET_LISTENERS);
	return 0;
}

static struct ddm_service service_seen(struct raw *raw)
{
	struct ddm_service seen = { 0 };
	int ret;

	raw_send(raw, raw_begin(raw, DDM_CMD_SERVICE_GET), NLM_F_ACK);
	do {
		ret = raw_receive(raw, keep_service, &seen);
	} while (!ret);
	return seen;
}

/* Bits 0 to 4: what was not as it should be */
static int raise_limits(unsigned int which)
{
	unsigned int parameter = parameter_get(limits[which].parameter);
	struct ddm_service before, after;
	struct raw *raw;
	int wrong = 0;

	if (become_nobody())
		return 100;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return 102;
	raw = raw_open(0);
	if (!raw)
		return 101;
	before = service_seen(raw);
	wrong |= set_limit(raw, which, parameter + 1) != -EPERM;
	wrong |= (!raw->offset || !strstr(raw->message, "parameter")) << 1;
	after = service_seen(raw);
	wrong |= !!memcmp(&before, &after, sizeof(before)) << 2;
	wrong |= !!set_limit(raw, which, parameter) << 3;
	wrong |= (set_limit(raw, which, 1) ||
		  set_limit(raw, which, parameter + 1) != -EPERM)
		 << 4;
	return wrong;
}

TEST_F(permission, limits_above_the_parameters_are_for_the_machines_root)
{
	struct raw *raw = raw_open(0);
	unsigned int i;
	int ret;

	ASSERT_NE(NULL, raw);
	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		ret = CHILD(raise_limits(i));
		if (ret == 102)
			SKIP(return,
				   "user namespaces are not for everybody here");
		EXPECT_EQ(0, ret)
		TH_LOG("%s", limits[i].parameter);
		EXPECT_ERR(0,
			   set_limit(raw, i,
				     parameter_get(limits[i].parameter) + 1));
	}
	raw_close(raw);
}

static uint32_t limit_seen(struct raw *raw, unsigned int which)
{
	struct ddm_service seen = service_seen(raw);
	const uint32_t values[] = { seen.max_interfaces, seen.max_listeners,
				    seen.max_socket_listeners };

	return values[which];
}

/* What a namespace may have when the parameter becomes smaller than that */
static uint32_t limit_after(struct raw *raw, unsigned int which, uint32_t limit)
{
	unsigned int parameter = parameter_get(limits[which].parameter);
	uint32_t seen;

	if (set_limit(raw, which, limit) ||
	    !parameter_set(limits[which].parameter, parameter - 1))
		return 0;
	seen = limit_seen(raw, which);
	parameter_set(limits[which].parameter, parameter);
	return seen;
}

TEST_F(permission, limits_follow_a_parameter_that_is_lowered)
{
	struct raw *raw = raw_open(0);
	unsigned int parameter, i;

	ASSERT_NE(NULL, raw);
	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		parameter = parameter_get(limits[i].parameter);
		EXPECT_EQ(parameter - 1, limit_after(raw, i, parameter));
		EXPECT_EQ(2, limit_after(raw, i, 2));
		/* what the machine's root has set beyond it, he has meant */
		EXPECT_EQ(parameter + 1, limit_after(raw, i, parameter + 1));
		EXPECT_EQ(parameter + 1, limit_seen(raw, i));
	}
	raw_close(raw);
}

/* ------------------------------------------------------------- secrets -- */

static int list_one(const struct ddm_interface *interface, void *data)
{
	*(int *)data |= interface->settings[0] != '\0';
	return 0;
}

/* Returns 1 for the settings seen in a get, 2 in a list, 4 if nothing else was. */
static int look(uint32_t id)
{
	const struct ddm_interface *interface;
	struct ddm *ddm;
	int seen = 0, ret = 0;

	if (ddm_open(&ddm) || ddm_interface_get(ddm, id, &interface))
		return 100;
	ret |= strcmp(interface->settings, "password=secret") ? 0 : 1;
	ret |= strcmp(interface->name, "Filiale") ? 4 : 0;
	if (ddm_interface_list(ddm, 1, list_one, &seen, NULL))
		return 101;
	return ret | (seen ? 2 : 0);
}

TEST_F(permission, settings_are_read_by_administrators_only)
{
	EXPECT_EQ(3, CHILD(look(self->id)));
	EXPECT_EQ(0, CHILD(become_nobody() ? 102 : look(self->id)));
}

struct found {
	int user;
	int others;
};

static int list_link(const struct ddm_link *link, void *data)
{
	struct found *found = data;

	found->user |= link->user[0] || link->peer[0];
	found->others |= !strcmp(link->port, "eth0:17") &&
			 !strcmp(link->media, "PPPoE");
	return 0;
}

static int look_at_link(uint32_t id)
{
	const struct ddm_link *link;
	struct found found = { 0 };
	struct ddm *ddm;

	if (ddm_open(&ddm) || ddm_link_list(ddm, list_link, &found))
		return 100;
	if (ddm_link_get(ddm, id, &link))
		return 101;
	found.user |= link->user[0] || link->peer[0];
	return found.user | found.others << 1;
}

TEST_F(permission, peers_are_read_by_administrators_only)
{
	struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_USER_SET | DDM_LINK_PEER_SET |
		       DDM_LINK_MEDIA_SET,
		.user = "erika",
		.peer = "lns",
		.media = "PPPoE",
	};
	const struct ddm_link *link;
	struct world *w = &self->w;
	int ppp, unit, device;
	char name[16];
	uint32_t id;

	ppp = netdev_ppp(&unit);
	if (ppp < 0)
		SKIP(return, "no /dev/ppp");
	snprintf(name, sizeof(name), "ppp%d", unit);
	device = (int)if_nametoindex(name);
	ASSERT_ERR(0, ddm_link_report_new(w->ddm, (uint32_t)device, "eth0:17",
					  &request, &link));
	id = link->id;
	EXPECT_EQ(3, CHILD(look_at_link(id)));
	EXPECT_EQ(2, CHILD(become_nobody() ? 102 : look_at_link(id)));
	close(ppp);
}

/* ------------------------------------------------------------ watching -- */

static int watch(struct world *w, int ready)
{
	struct story story = { 0 };
	struct ddm_monitor *monitor;

	(void)w;
	if (become_nobody() || ddm_monitor_open(&monitor, DDM_SINCE_NOW))
		return 100;
	if (write(ready, "x", 1) != 1 ||
	    !readable(ddm_monitor_fd(monitor), PATIENCE))
		return 101;
	if (ddm_monitor_read(monitor, story_add, &story) < 1)
		return 102;
	return strncmp(story.text, "interface-change", 16) ? 103 : 0;
}

TEST_F(permission, everybody_may_watch)
{
	struct world *w = &self->w;
	int pipes[2], status;
	char byte;
	pid_t pid;

	ASSERT_EQ(0, pipe2(pipes, O_CLOEXEC));
	pid = fork();
	if (!pid)
		_exit(watch(w, pipes[1]));
	close(pipes[1]);
	ASSERT_EQ(1, read(pipes[0], &byte, 1));
	ASSERT_ERR(0, set_enabled(w, self->id, 0));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
}

/* The whole of what is multicast, looked at for what must not be in it */
TEST_F(permission, no_secret_is_multicast)
{
	struct raw *raw = raw_open(0);
	struct world *w = &self->w;
	int ppp, unit, messages = 0;
	ssize_t n;

	ASSERT_NE(NULL, raw);
	ASSERT_EQ(0, mnl_socket_setsockopt(raw->socket, NETLINK_ADD_MEMBERSHIP,
					   &raw->group, sizeof(raw->group)));
	ASSERT_ERR(0, set_enabled(w, self->id, 0));
	ppp = netdev_ppp(&unit);
	if (ppp >= 0) {
		struct ddm_link_request request = {
			.size = sizeof(request),
			.set = DDM_LINK_STATE_SET | DDM_LINK_USER_SET |
			       DDM_LINK_PEER_SET,
			.state = DDM_LINK_STATE_UP,
			.user = "secret user",
			.peer = "secret peer",
		};
		char name[16];

		snprintf(name, sizeof(name), "ppp%d", unit);
		ASSERT_ERR(0, ddm_link_report_new(w->ddm, if_nametoindex(name),
						  "p", &request, NULL));
		close(ppp);
	}
	while ((n = recv(raw_fd(raw), raw->answer, sizeof(raw->answer),
			 MSG_DONTWAIT)) > 0) {
		messages++;
		EXPECT_EQ(NULL, memmem(raw->answer, (size_t)n, "secret", 6));
	}
	EXPECT_LE(1, messages);
	raw_close(raw);
}

WORLD_MAIN
