// SPDX-License-Identifier: GPL-2.0-only
/* Requests and lists of libddm: what a caller may rely on. */
#include <arpa/inet.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <signal.h>
#include <sys/wait.h>

#include "world.h"

WORLD_FIXTURE(client);

/* No request could be wrong in more ways: none of it may reach the kernel. */
TEST_F(client, bad_arguments_are_refused_with_words)
{
	struct ddm_interface_request request = { 0 };
	struct ddm_connect_request connect = { 0 };
	struct ddm_rule rule = { 0 };
	char text[DDM_SETTINGS_MAX + 2];
	struct ddm *ddm = self->w.ddm;
	size_t i;

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	request.size = sizeof(request);
	request.set = DDM_INTERFACE_NAME_SET;
	request.name = text;
	const int refusals[] = {
		ddm_service_get(ddm, NULL),
		ddm_service_set(ddm, NULL),
		ddm_interface_get(ddm, 1, NULL),
		ddm_interface_find(ddm, NULL, NULL),
		ddm_interface_find(ddm, "", NULL),
		ddm_interface_find(ddm, text, NULL),
		ddm_interface_list(ddm, 0, NULL, NULL, NULL),
		ddm_interface_new(ddm, NULL, NULL),
		ddm_interface_new(ddm, &request, NULL),
		ddm_interface_connect(ddm, 1, &connect, NULL),
		ddm_connection_get(ddm, 1, NULL),
		ddm_connection_list(ddm, NULL, NULL),
		ddm_link_list(ddm, NULL, NULL),
		ddm_link_list_of(ddm, 1, NULL, NULL),
		ddm_link_new(ddm, 1, NULL, 0, NULL),
		ddm_link_new(ddm, 1, "", 0, NULL),
		ddm_event_list(ddm, 0, 0, 0, NULL, NULL),
		ddm_dialer_read(ddm, NULL, NULL),
		ddm_dialer_bind(ddm, DDM_TIMEOUT_MAX + 1),
		ddm_rule_list(ddm, NULL, NULL),
		ddm_rule_new(ddm, &rule, NULL),
	};

	for (i = 0; i < ARRAY_SIZE(refusals); i++)
		EXPECT_ERR(-EINVAL, refusals[i])
	TH_LOG("in refusal %zu", i);
	EXPECT_STRNE("", ddm_error(ddm));
	EXPECT_ERR(-EINVAL, ddm_service_get(NULL, NULL));
	EXPECT_ERR(-EINVAL, ddm_open(NULL));
	EXPECT_ERR(-EINVAL, ddm_monitor_open(NULL, 0));
	EXPECT_STREQ("", ddm_error(NULL));
	EXPECT_EQ(0, head(&self->w));
}

TEST_F(client, ids_that_cannot_be_are_unknown)
{
	const struct ddm_interface *interface;
	struct ddm *ddm = self->w.ddm;

	EXPECT_ERR(-ESTALE, ddm_interface_get(ddm, 0, &interface));
	EXPECT_EQ(NULL, interface);
	EXPECT_ERR(-ESTALE, ddm_interface_get(ddm, 4711, &interface));
	EXPECT_ERR(-ESTALE, ddm_interface_connect(ddm, 0, NULL, NULL));
	EXPECT_ERR(-ESTALE, ddm_interface_del(ddm, 0));
	EXPECT_ERR(-ENXIO, ddm_link_del(ddm, 0));
	EXPECT_ERR(-ENXIO, ddm_link_del(ddm, 4711));
	EXPECT_ERR(-ENXIO, ddm_link_hangup(ddm, 0));
	EXPECT_ERR(-ENXIO, ddm_link_hangup(ddm, 4711));
	EXPECT_ERR(-ENOTCONN, ddm_connection_clear(ddm, 0));
	EXPECT_ERR(-ENOENT, ddm_rule_del(ddm, 0));
	EXPECT_ERR(-EBADF, ddm_listener_register(ddm, -1, 0, 0));
	EXPECT_ERR(-EBADF, ddm_listener_deregister(ddm, -1));
}

TEST_F(client, refusal_of_the_kernel_comes_with_its_words)
{
	const struct ddm_interface *interface;
	struct ddm *ddm = self->w.ddm;

	ASSERT_ERR(-ENOENT, ddm_interface_find(ddm, "nobody", &interface));
	EXPECT_STREQ("there is no such interface", ddm_error(ddm));
	ASSERT_ERR(0, ddm_rule_del(ddm, 0) == -ENOENT ? 0 : -EIO);
	EXPECT_STRNE("", ddm_error(ddm));
	EXPECT_EQ(0, head(&self->w));
	EXPECT_STREQ("", ddm_error(ddm));
}

TEST_F(client, refused_attribute_is_named)
{
	const struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_TYPE_SET,
		.name = "odd",
		.type = 99,
	};
	int err = ddm_interface_new(self->w.ddm, &request, NULL);

	EXPECT_TRUE(err == -ERANGE || err == -EINVAL)
	TH_LOG("it said %s", err_text(err));
	EXPECT_NE(NULL, strstr(ddm_error(self->w.ddm), "attribute type"))
	TH_LOG("it said \"%s\"", ddm_error(self->w.ddm));
}

/* A caller of tomorrow, whose request has a member more. */
TEST_F(client, larger_request_is_taken_if_the_rest_is_zero)
{
	struct {
		struct ddm_interface_request request;
		uint64_t more;
	} larger = {
		.request = { .size = sizeof(larger),
			     .set = DDM_INTERFACE_NAME_SET,
			     .name = "larger" },
	};

	EXPECT_ERR(0, ddm_interface_new(self->w.ddm, &larger.request, NULL));
	larger.more = 1;
	larger.request.name = "largest";
	EXPECT_ERR(-EINVAL,
		   ddm_interface_new(self->w.ddm, &larger.request, NULL));
}

struct counting {
	unsigned int told;
	unsigned int stop_at;
	uint32_t last_id;
	bool rising;
	unsigned int lasting;
};

static int count_one(const struct ddm_interface *interface, void *data)
{
	struct counting *counting = data;

	if (counting->told && interface->id <= counting->last_id)
		counting->rising = false;
	counting->last_id = interface->id;
	if (!strncmp(interface->name, "lasting", 7))
		counting->lasting++;
	return ++counting->told == counting->stop_at ? 4711 : 0;
}

TEST_F(client, empty_list_tells_its_sequence_number)
{
	struct counting counting = { .rising = true };
	uint64_t sequence = 4711;

	ASSERT_NE(0, make_named(&self->w, "brief"));
	ASSERT_ERR(0, ddm_interface_del(self->w.ddm, id_of(&self->w, "brief")));
	ASSERT_EQ(2, head(&self->w));
	EXPECT_ERR(0, ddm_interface_list(self->w.ddm, 0, count_one, &counting,
					 &sequence));
	EXPECT_EQ(0, counting.told);
	EXPECT_EQ(2, sequence);
}

static bool make_many(struct world *w, unsigned int count)
{
	char name[32];
	unsigned int i;

	for (i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "lasting %u", i);
		if (!make_named(w, name))
			return false;
	}
	return true;
}

#define MANY 1500

TEST_F(client, list_ended_early_leaves_the_handle_usable)
{
	struct counting counting = { .stop_at = 3, .rising = true };
	struct ddm *ddm = self->w.ddm;
	uint64_t sequence;

	ASSERT_TRUE(make_many(&self->w, MANY));
	EXPECT_EQ(4711, ddm_interface_list(ddm, 1, count_one, &counting, NULL));
	EXPECT_EQ(3, counting.told);
	EXPECT_EQ(MANY, head(&self->w));

	counting = (struct counting){ .rising = true };
	EXPECT_ERR(0,
		   ddm_interface_list(ddm, 1, count_one, &counting, &sequence));
	EXPECT_EQ(MANY, counting.told);
	EXPECT_TRUE(counting.rising);
	EXPECT_EQ(MANY, sequence);
}

static void come_and_go(void)
{
	struct world w = { 0 };

	if (ddm_open(&w.ddm))
		_exit(1);
	for (;;) {
		make_named(&w, "passing a");
		make_named(&w, "passing b");
		ddm_interface_del(w.ddm, id_of(&w, "passing a"));
		ddm_interface_del(w.ddm, id_of(&w, "passing b"));
	}
}

/* The kernel marks such lists as interrupted. */
TEST_F(client, list_during_changes_tells_each_lasting_interface_once)
{
	struct counting counting;
	unsigned int i;
	pid_t child;

	ASSERT_TRUE(make_many(&self->w, MANY));
	child = fork();
	ASSERT_GE(child, 0);
	if (!child)
		come_and_go();
	for (i = 0; i < 20; i++) {
		counting = (struct counting){ .rising = true };
		EXPECT_ERR(0, ddm_interface_list(self->w.ddm, 1, count_one,
						 &counting, NULL));
		EXPECT_EQ(MANY, counting.lasting);
		EXPECT_TRUE(counting.rising);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

TEST_F(client, text_arrives_as_it_was_sent)
{
	char name[DDM_NAME_MAX + 1] = "", settings[DDM_SETTINGS_MAX + 1];
	const struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_SETTINGS_SET |
		       DDM_INTERFACE_DEVICE_SET,
		.name = name,
		.settings = settings,
		.device = "",
	};
	const struct ddm_interface *interface;
	unsigned int i;

	/* 256 characters of four bytes are the longest name there is */
	for (i = 0; i < 256; i++)
		strcat(name, "\U0001F4DE");
	memset(settings, 's', DDM_SETTINGS_MAX);
	settings[DDM_SETTINGS_MAX] = '\0';
	ASSERT_ERR(0, ddm_interface_new(self->w.ddm, &request, &interface))
	TH_LOG("it said \"%s\"", ddm_error(self->w.ddm));
	EXPECT_STREQ(name, interface->name);
	EXPECT_STREQ(settings, interface->settings);
	ASSERT_ERR(0, ddm_interface_find(self->w.ddm, name, &interface));
	EXPECT_STREQ(settings, interface->settings);
	EXPECT_STREQ("", interface->device);
	EXPECT_STREQ("", interface->kind);
}

TEST_F(client, link_tells_what_its_agent_said)
{
	const struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_STATE_SET | DDM_LINK_USER_SET |
		       DDM_LINK_MEDIA_SET | DDM_LINK_REMOTE4_SET |
		       DDM_LINK_LOCAL6_SET | DDM_LINK_INCOMING_SET,
		.state = DDM_LINK_STATE_DOWN,
		.user = "alice",
		.media = "PPPoE",
		.incoming = 1,
		.remote4 = htonl(0xc0000201),
		.local6 = { 0xfe, 0x80, [15] = 1 },
	};
	const struct ddm_link *link;
	char device[IF_NAMESIZE];
	int unit, fd = netdev_ppp(&unit);

	if (fd < 0)
		SKIP(return, "there is no PPP here");
	snprintf(device, sizeof(device), "ppp%d", unit);
	ASSERT_ERR(0, ddm_link_report_new(self->w.ddm, if_nametoindex(device),
					  "ttyS0", &request, &link))
	TH_LOG("it said \"%s\"", ddm_error(self->w.ddm));
	ASSERT_ERR(0, ddm_link_get(self->w.ddm, link->id, &link));
	EXPECT_STREQ("ttyS0", link->port);
	EXPECT_STREQ("alice", link->user);
	EXPECT_STREQ("PPPoE", link->media);
	EXPECT_STREQ("", link->peer);
	EXPECT_EQ(1, link->incoming);
	EXPECT_EQ(request.remote4, link->remote4);
	EXPECT_EQ(0, link->local4);
	EXPECT_EQ(0, memcmp(request.local6, link->local6, 16));
	close(fd);
}

TEST_F(client, descriptors_are_closed_on_exec)
{
	struct ddm_monitor *monitor;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, 0));
	EXPECT_EQ(FD_CLOEXEC, fcntl(ddm_dialer_fd(self->w.ddm), F_GETFD));
	EXPECT_EQ(FD_CLOEXEC, fcntl(ddm_monitor_fd(monitor), F_GETFD));
	ddm_monitor_close(monitor);
}

/*
 * Anybody may write to a netlink socket, unless it is connected to the kernel;
 * and to a group, whoever has the privilege. Returns how many were taken.
 */
static int forge(const struct sockaddr_nl *to, uint32_t portid)
{
	struct nlmsghdr forged = { .nlmsg_len = NLMSG_HDRLEN,
				   .nlmsg_type = NLMSG_DONE,
				   .nlmsg_pid = portid };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	int taken = 0;

	for (; forged.nlmsg_seq < 16; forged.nlmsg_seq++)
		taken += sendto(fd, &forged, sizeof(forged), 0, (void *)to,
				sizeof(*to)) == sizeof(forged);
	close(fd);
	return taken;
}

TEST_F(client, messages_of_other_processes_are_refused)
{
	struct sockaddr_nl to = { .nl_family = AF_NETLINK };
	const struct ddm_service *service;
	socklen_t length = sizeof(to);

	ASSERT_EQ(0, getsockname(ddm_dialer_fd(self->w.ddm),
				 (struct sockaddr *)&to, &length));
	to.nl_groups = 0;
	EXPECT_EQ(0, forge(&to, to.nl_pid));
	EXPECT_ERR(0, ddm_service_get(self->w.ddm, &service));
	EXPECT_EQ(DDM_SERVICE_STATE_RUNNING, service->state);
}

TEST_F(client, messages_of_other_processes_to_a_group_are_ignored)
{
	struct sockaddr_nl self_name = { .nl_family = AF_NETLINK };
	struct sockaddr_nl to = { .nl_family = AF_NETLINK,
				  .nl_groups = 1U << (GENL_ID_CTRL - 1) };
	const struct ddm_service *service;
	socklen_t length = sizeof(self_name);
	int fd = event_fd();

	/* who listens is a member of the controller's group */
	ASSERT_ERR(0, ddm_listener_register(self->w.ddm, fd, 0, 0));
	ASSERT_EQ(0, getsockname(ddm_dialer_fd(self->w.ddm),
				 (struct sockaddr *)&self_name, &length));
	ASSERT_NE(0, self_name.nl_groups);
	EXPECT_EQ(16, forge(&to, self_name.nl_pid));
	EXPECT_ERR(0, ddm_service_get(self->w.ddm, &service));
	EXPECT_EQ(DDM_SERVICE_STATE_RUNNING, service->state);
	close(fd);
}

TEST_F(client, calls_without_privilege_say_which_is_needed)
{
	const struct ddm_service *service;

	ASSERT_EQ(0, setgid(65534));
	ASSERT_EQ(0, setuid(65534));
	EXPECT_ERR(0, ddm_service_get(self->w.ddm, &service));
	EXPECT_ERR(-EPERM, ddm_interface_del(self->w.ddm, 1));
	EXPECT_NE(NULL, strstr(ddm_error(self->w.ddm), "CAP_NET_ADMIN"))
	TH_LOG("it said \"%s\"", ddm_error(self->w.ddm));
}

WORLD_MAIN
