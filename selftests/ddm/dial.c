// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attempts to connect and to hang up, by the device itself and by a dialer.
 * Whatever becomes of an attempt: its waiter is woken once, and the journal
 * and the interface say the same about it.
 */
#include <pthread.h>
#include <sys/wait.h>

#include "raw.h"
#include "world.h"

#define NAME_BYTES (DDM_NAME_MAX + 1)

FIXTURE(dial)
{
	struct world w;
	struct ddm *dialer;
	int fd; /* waits for the end of an attempt */
};

FIXTURE_SETUP(dial)
{
	ASSERT_ERR(0, world_enter(&self->w));
	ASSERT_ERR(0, ddm_open(&self->dialer));
	self->fd = event_fd();
	ASSERT_LE(0, self->fd);
}

FIXTURE_TEARDOWN(dial)
{
	close(self->fd);
	ddm_close(self->dialer);
	world_leave(&self->w);
}

static int begin(struct world *w, uint32_t id, uint32_t timeout, int fd)
{
	struct ddm_connect_request request = {
		.size = sizeof(request),
		.timeout = timeout,
		.event_fd = fd,
	};

	return ddm_interface_connect(w->ddm, id, &request, NULL);
}

static bool is_up(const char *name)
{
	return netdev_get_flags(name) & IFF_UP;
}

static uint32_t last_error(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ?
		       UINT32_MAX :
		       interface->last_error;
}

static uint32_t failures(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ? UINT32_MAX :
							   interface->failures;
}

/* A tun device that stays, has no carrier and is somebody's interface */
static uint32_t make_tun(struct world *w, const char *name)
{
	int fd = netdev_tun(name, true);

	if (fd < 0)
		return 0;
	close(fd);
	return make_named(w, name);
}

/* --------------------------------------------------------- method link -- */

TEST_F(dial, link_sets_the_device_up_and_down)
{
	struct ddm_connect_request request = { .size = sizeof(request),
					       .event_fd = self->fd };
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint64_t since;
	uint32_t id;

	ASSERT_LT(0, netdev_add(w->rtnl, "eth7", "dummy"));
	id = make_named(w, "eth7");
	since = head(w);
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, id, &request, &interface));
	EXPECT_STREQ("connected", state_text(interface));
	EXPECT_EQ(since + 2, interface->sequence);
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_TRUE(is_up("eth7"));

	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, id));
	EXPECT_STREQ("disconnected", state_of(w, id));
	EXPECT_FALSE(is_up("eth7"));
	EXPECT_EQ(929, last_error(w, id));
	EXPECT_EQ(0, failures(w, id));
	EXPECT_EQ(0, counted(self->fd));
	EXPECT_STREQ("connecting, connected, disconnected requested 929",
		     story_since(w, since, 0));
	ASSERT_ERR(0, begin(w, id, 0, -1));
	EXPECT_EQ(0, last_error(w, id));
}

/* The one who connects, of two that race */
static void *connect_now(void *data)
{
	struct ddm *ddm;

	if (!ddm_open(&ddm))
		ddm_interface_connect(ddm, *(uint32_t *)data, NULL, NULL);
	ddm_close(ddm);
	return NULL;
}

/* A call under way takes RTNL after the attempt has begun, and after it ended. */
TEST_F_TIMEOUT(dial, attempt_that_was_given_up_leaves_the_device_down, 60)
{
	struct world *w = &self->w;
	pthread_t thread;
	uint32_t id;
	int i, err;

	ASSERT_LT(0, netdev_add(w->rtnl, "eth7", "dummy"));
	id = make_named(w, "eth7");
	for (i = 0; i < 200; i++) {
		ASSERT_EQ(0, pthread_create(&thread, NULL, connect_now, &id));
		while ((err = ddm_interface_disconnect(w->ddm, id)) ==
		       -ENOTCONN)
			;
		pthread_join(thread, NULL);
		ASSERT_ERR(0, err);
		ASSERT_STREQ("disconnected", state_of(w, id));
		ASSERT_FALSE(is_up("eth7"));
	}
}

TEST_F(dial, link_without_carrier_times_out)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint32_t id = make_tun(w, "tun7");
	uint64_t since = head(w);
	int fd;

	ASSERT_NE(0, id);
	ASSERT_ERR(0, begin(w, id, 200, self->fd));
	EXPECT_STREQ("connecting", state_of(w, id));
	EXPECT_EQ(0, counted(self->fd));
	ASSERT_TRUE(readable(self->fd, PATIENCE));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_STREQ("unreachable connection-failure no-media-sense",
		     state_of(w, id));
	EXPECT_EQ(718, last_error(w, id));
	EXPECT_EQ(1, failures(w, id));
	EXPECT_HAS("connecting", story_since(w, since, id));
	EXPECT_HAS("connect-failed timeout 718", story_since(w, since, id));

	/* the line may be tried again, and comes when there is a carrier */
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	EXPECT_EQ(0, last_error(w, id));
	fd = netdev_tun("tun7", true);
	ASSERT_LE(0, fd);
	ASSERT_TRUE(readable(self->fd, PATIENCE));
	EXPECT_EQ(1, counted(self->fd));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ("connected", state_text(interface));
	EXPECT_EQ(1, interface->connects);
	close(fd);
}

TEST_F(dial, every_attempt_has_its_own_time_limit)
{
	struct world *w = &self->w;
	int fds[3] = { event_fd(), event_fd(), event_fd() };
	uint32_t a = make_tun(w, "tun1"), b = make_tun(w, "tun2"),
		 c = make_tun(w, "tun3");
	int64_t start = now_ms();

	ASSERT_ERR(0, begin(w, a, 60000, fds[0]));
	ASSERT_ERR(0, begin(w, b, 700, fds[1]));
	ASSERT_ERR(0, begin(w, c, 100, fds[2]));
	ASSERT_TRUE(readable(fds[2], PATIENCE));
	EXPECT_LE(100, now_ms() - start);
	EXPECT_EQ(0, counted(fds[0]));
	ASSERT_TRUE(readable(fds[1], PATIENCE));
	EXPECT_LE(700, now_ms() - start);
	EXPECT_EQ(0, counted(fds[0]));
	EXPECT_STREQ("connecting", state_of(w, a));
	EXPECT_EQ(718, last_error(w, b));
	EXPECT_EQ(718, last_error(w, c));
}

TEST_F(dial, attempt_can_be_given_up)
{
	struct world *w = &self->w;
	uint32_t id = make_tun(w, "tun7");

	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, id));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_STREQ("disconnected", state_of(w, id));
	EXPECT_EQ(929, last_error(w, id));
	EXPECT_FALSE(is_up("tun7"));
	EXPECT_HAS("connect-failed requested 929", story_since(w, 0, id));
	EXPECT_ERR(-ENOTCONN, ddm_interface_disconnect(w->ddm, id));
}

TEST_F(dial, deleting_the_interface_ends_the_attempt)
{
	struct world *w = &self->w;
	uint32_t id = make_tun(w, "tun7");

	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_HAS("connect-failed deleted 905, ", story_since(w, 0, id));
	EXPECT_HAS(", interface-del", story_since(w, 0, id));
}

TEST_F(dial, destroyed_device_ends_the_attempt)
{
	struct world *w = &self->w;
	uint32_t id = make_tun(w, "tun7");

	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_ERR(0, netdev_del(w->rtnl, (int)if_nametoindex("tun7")));
	EXPECT_TRUE(readable(self->fd, 1000));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_HAS("connect-failed device-gone 608", story_since(w, 0, id));
	EXPECT_EQ(608, last_error(w, id));
}

TEST_F(dial, driver_that_refuses_ends_the_attempt)
{
	struct world *w = &self->w;
	int below = netdev_add(w->rtnl, "eth7", "dummy");
	uint64_t since;
	uint32_t id;

	/* it cannot be set up while the device below is down */
	if (netdev_add_vlan(w->rtnl, "eth7.7", below, 7) < 0)
		SKIP(return, "no vlan");
	id = make_named(w, "eth7.7");
	since = head(w);
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_STREQ("connecting, connect-failed refused 633",
		     story_since(w, since, 0));
	EXPECT_EQ(633, last_error(w, id));
	EXPECT_STREQ("unreachable connection-failure", state_of(w, id));
	/* a vlan comes up with the device below */
	ASSERT_ERR(0, netdev_up(w->rtnl, below));
	EXPECT_STREQ("connected", wait_state(w, id, "connected"));
	EXPECT_EQ(0, last_error(w, id));
}

TEST_F(dial, connect_that_cannot_begin_says_why)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_named(w, "eth7"), away = make_named(w, "eth8");
	uint32_t tun = make_tun(w, "tun7");
	uint64_t since;

	ASSERT_ERR(0, begin(w, tun, 0, -1));
	ASSERT_ERR(0, set_method(w, away, DDM_METHOD_LINK));
	since = head(w);

	EXPECT_ERR(-ESTALE, begin(w, 4711, 0, self->fd));
	EXPECT_ERR(-EALREADY, begin(w, tun, 0, self->fd));
	EXPECT_ERR(-ENODEV, begin(w, away, 0, self->fd));
	EXPECT_ERR(-EBADF, begin(w, id, 0, 9999));
	EXPECT_ERR(-EINVAL, begin(w, id, 0, open("/dev/null", O_RDONLY)));
	EXPECT_STREQ("", story_since(w, since, 0));

	ASSERT_ERR(0, set_method(w, away, DDM_METHOD_AGENT));
	EXPECT_ERR(-ENOLINK, begin(w, away, 0, self->fd));
	ASSERT_ERR(0, set_method(w, away, DDM_METHOD_NONE));
	EXPECT_ERR(-ENODEV, begin(w, away, 0, self->fd));
	ASSERT_ERR(0, set_enabled(w, id, 0));
	EXPECT_ERR(-ENETDOWN, begin(w, id, 0, self->fd));
	ASSERT_ERR(0, set_enabled(w, id, 1));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_PAUSED));
	EXPECT_ERR(-EHOSTDOWN, begin(w, id, 0, self->fd));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	EXPECT_ERR(-ESHUTDOWN, begin(w, id, 0, self->fd));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_ERR(-EISCONN, begin(w, id, 0, self->fd));
	EXPECT_EQ(0, counted(self->fd));
	EXPECT_EQ(0, failures(w, id));
}

TEST_F(dial, disconnect_that_cannot_begin_says_why)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_named(w, "eth7");

	EXPECT_ERR(-ESTALE, ddm_interface_disconnect(w->ddm, 4711));
	EXPECT_ERR(-ENOTCONN, ddm_interface_disconnect(w->ddm, id));
	ASSERT_ERR(0, set_method(w, id, DDM_METHOD_NONE));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_ERR(-ENODEV, ddm_interface_disconnect(w->ddm, id));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	ASSERT_ERR(0, set_method(w, id, DDM_METHOD_AGENT));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_ERR(-ENOLINK, ddm_interface_disconnect(w->ddm, id));
	EXPECT_STREQ("connected", state_of(w, id));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_HAS("disconnected device-down 628", story_since(w, 0, id));
}

TEST_F(dial, device_that_came_up_by_itself_ends_the_attempt_well)
{
	struct world *w = &self->w;
	uint32_t id = make_tun(w, "tun7");
	uint64_t since;
	int fd;

	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	since = head(w);
	fd = netdev_tun("tun7", true);
	ASSERT_TRUE(readable(self->fd, PATIENCE));
	EXPECT_STREQ("connected", state_of(w, id));
	EXPECT_HAS("connected", story_since(w, since, id));
	EXPECT_EQ(NULL, strstr(story_since(w, since, id), "failed"));
	close(fd);
}

TEST_F(dial, waiting_call_tells_the_outcome)
{
	struct world *w = &self->w;
	uint32_t id, tun = make_tun(w, "tun7"), error = 4711;

	ASSERT_LT(0, netdev_add(w->rtnl, "eth7", "dummy"));
	id = make_named(w, "eth7");
	EXPECT_ERR(0, ddm_interface_connect_wait(w->ddm, id, 0, &error));
	EXPECT_ERR(-EISCONN, ddm_interface_connect_wait(w->ddm, id, 0, &error));
	EXPECT_ERR(-ECONNREFUSED,
		   ddm_interface_connect_wait(w->ddm, tun, 100, &error));
	EXPECT_EQ(718, error);
}

/* -------------------------------------------------------------- dialer -- */

/* A request as the dialer got it, with its texts */
struct request {
	struct ddm_dial dial;
	char name[NAME_BYTES];
	char device[16];
	char settings[256];
};

static int take_one(const struct ddm_dial *dial, void *data)
{
	struct request *request = data;

	request->dial = *dial;
	snprintf(request->name, sizeof(request->name), "%s", dial->name);
	snprintf(request->device, sizeof(request->device), "%s", dial->device);
	snprintf(request->settings, sizeof(request->settings), "%s",
		 dial->settings);
	return 0;
}

/* Wait for a request. Returns how many came; the last is kept. */
static int take(struct ddm *dialer, struct request *request, int patience)
{
	memset(request, 0, sizeof(*request));
	if (!readable(ddm_dialer_fd(dialer), patience))
		return 0;
	return ddm_dialer_read(dialer, take_one, request);
}

static uint32_t make_agent(struct world *w, const char *name,
			   const char *device)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET | DDM_INTERFACE_METHOD_SET |
		       DDM_INTERFACE_SETTINGS_SET,
		.name = name,
		.device = device,
		.method = DDM_METHOD_AGENT,
		.settings = "number=0891234",
	};
	int err;

	return make(w, &request, &err);
}

TEST_F(dial, there_is_one_dialer)
{
	const struct ddm_service *service;
	struct world *w = &self->w;

	EXPECT_ERR(-ENOENT, ddm_dialer_unbind(self->dialer, 0));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_NE(0, service->dialer);
	EXPECT_ERR(-EBUSY, ddm_dialer_bind(w->ddm, 0));
	EXPECT_ERR(0, ddm_dialer_bind(self->dialer, 1000));
	EXPECT_ERR(-ENOENT, ddm_dialer_unbind(w->ddm, 0));
	EXPECT_ERR(0, ddm_dialer_unbind(self->dialer, 0));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(0, service->dialer);
	EXPECT_ERR(0, ddm_dialer_bind(w->ddm, 0));
	EXPECT_ERR(-EBUSY, ddm_dialer_bind(self->dialer, 0));
	EXPECT_ERR(0, ddm_dialer_unbind(w->ddm, 0));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ddm_close(self->dialer);
	self->dialer = NULL;
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(0, service->dialer);
}

TEST_F(dial, dialer_is_told_all_it_needs)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "eth7");
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 12345));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_EQ(0, request.dial.hangup);
	EXPECT_NE(0, request.dial.request);
	EXPECT_EQ(id, request.dial.interface);
	EXPECT_EQ(12345, request.dial.timeout);
	EXPECT_STREQ("Filiale", request.name);
	EXPECT_STREQ("eth7", request.device);
	EXPECT_STREQ("number=0891234", request.settings);
	EXPECT_STREQ("connecting", state_of(w, id));

	/* what the call itself says goes first, and there is a default */
	id = make_agent(w, "second", "");
	ASSERT_ERR(0, begin(w, id, 777, -1));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_EQ(777, request.dial.timeout);
	EXPECT_STREQ("", request.device);
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	id = make_agent(w, "third", "");
	ASSERT_ERR(0, begin(w, id, 0, -1));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_EQ(60000, request.dial.timeout);
}

TEST_F(dial, device_that_comes_up_is_the_success)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "eth7");
	struct request request;
	uint64_t since = head(w);
	int device;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_ERR(0, ddm_dial_result(self->dialer, request.dial.request, 0,
				      NULL));
	EXPECT_STREQ("connecting", state_of(w, id));
	EXPECT_EQ(0, counted(self->fd));
	device = netdev_add(w->rtnl, "eth7", "dummy");
	EXPECT_STREQ("connecting", state_of(w, id));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_STREQ("connected", state_of(w, id));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_ERR(-ENOENT, ddm_dial_result(self->dialer, request.dial.request,
					    0, NULL));

	/* the dialer is asked to hang up; the device tells when it is done */
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, id));
	EXPECT_STREQ("connected", state_of(w, id));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_EQ(1, request.dial.hangup);
	EXPECT_EQ(0, request.dial.request);
	EXPECT_EQ(id, request.dial.interface);
	EXPECT_EQ((uint32_t)device, request.dial.ifindex);
	EXPECT_STREQ("eth7", request.device);
	ASSERT_ERR(0, netdev_del(w->rtnl, device));
	EXPECT_STREQ("disconnected", state_of(w, id));
	EXPECT_EQ(929, last_error(w, id));
	EXPECT_HAS("disconnected requested 929", story_since(w, since, id));
}

TEST_F(dial, hangup_that_the_dialer_left_undone_is_no_reason_of_a_later_end)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "eth7");
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint64_t since;

	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_STREQ("connected", state_of(w, id));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, id));
	ddm_close(self->dialer);
	self->dialer = NULL;
	since = head(w);
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	EXPECT_HAS("disconnected device-down", story_since(w, since, id));
	EXPECT_NE(929, last_error(w, id));
}

TEST_F(dial, error_of_the_dialer_is_the_error_of_the_attempt)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "");
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	ASSERT_ERR(0, ddm_dial_result(self->dialer, request.dial.request, 691,
				      NULL));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_STREQ("unreachable connection-failure", state_of(w, id));
	EXPECT_EQ(691, last_error(w, id));
	EXPECT_STREQ("interface-new, connecting, connect-failed dialer 691",
		     story_since(w, 0, id));
	EXPECT_ERR(-ENOENT, ddm_dial_result(self->dialer, request.dial.request,
					    691, NULL));
	/* unreachable, but it may be tried again */
	EXPECT_ERR(0, begin(w, id, 0, self->fd));
}

TEST_F(dial, device_named_by_the_dialer_is_the_interfaces_for_one_connection)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "");
	struct request request;
	int device;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	ASSERT_ERR(0, ddm_dial_result(self->dialer, request.dial.request, 0,
				      "eth9"));
	EXPECT_ERR(-EINVAL, ddm_dial_result(self->dialer, request.dial.request,
					    0, "eth8"));
	EXPECT_ERR(-EINVAL, ddm_dial_result(self->dialer, request.dial.request,
					    0, "a/b"));
	device = netdev_add(w->rtnl, "eth9", "dummy");
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ("connected", state_text(interface));
	EXPECT_STREQ("eth9", interface->device);
	EXPECT_EQ((uint32_t)device, interface->ifindex);
	ASSERT_ERR(0, netdev_del(w->rtnl, device));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ("disconnected", state_text(interface));
	EXPECT_STREQ("", interface->device);
	/* nor is it bound to a later one of that name */
	ASSERT_ERR(0, netdev_up(w->rtnl, netdev_add(w->rtnl, "eth9", "dummy")));
	EXPECT_STREQ("disconnected", state_of(w, id));
}

TEST_F(dial, name_lent_for_an_attempt_that_fails_is_given_back)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "");
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	ASSERT_ERR(0, ddm_dial_result(self->dialer, request.dial.request, 0,
				      "eth9"));
	ASSERT_ERR(0, ddm_dial_result(self->dialer, request.dial.request, 678,
				      NULL));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ("", interface->device);
	ASSERT_ERR(0, netdev_up(w->rtnl, netdev_add(w->rtnl, "eth9", "dummy")));
	EXPECT_STREQ("unreachable connection-failure", state_of(w, id));
}

/* As pppd does: the unit is there and tracked before its name is told. */
TEST_F(dial, ppp_unit_made_by_the_dialer_becomes_the_interfaces)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", ""), dynamic;
	struct request request;
	char name[16];
	int fd, unit;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	fd = netdev_ppp(&unit);
	if (fd < 0)
		SKIP(return, "no /dev/ppp: %s", strerror(-fd));
	snprintf(name, sizeof(name), "ppp%d", unit);
	dynamic = id_of(w, name);
	EXPECT_NE(0, dynamic);
	ASSERT_ERR(0, ddm_dial_result(self->dialer, request.dial.request, 0,
				      name));
	EXPECT_STREQ("ESTALE", state_of(w, dynamic));
	ASSERT_ERR(0, netdev_up(w->rtnl, (int)if_nametoindex(name)));
	EXPECT_EQ(1, counted(self->fd));
	ASSERT_ERR(0, ddm_interface_get(w->ddm, id, &interface));
	EXPECT_STREQ("connected", state_text(interface));
	EXPECT_STREQ(name, interface->device);
	EXPECT_STREQ("ppp", interface->kind);
	close(fd);
	EXPECT_STREQ("disconnected", state_of(w, id));
	EXPECT_HAS("disconnected device-", story_since(w, 0, id));
}

TEST_F(dial, device_of_another_interface_cannot_be_lent)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", ""),
		 other = make_agent(w, "other", "eth7");
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_ERR(-EADDRINUSE,
		   ddm_dial_result(self->dialer, request.dial.request, 0,
				   "eth7"));
	EXPECT_STREQ("connecting", state_of(w, id));
	EXPECT_STREQ("disconnected", state_of(w, other));
}

/* The kernel finds the device by it, and then has another name for it. */
TEST_F(dial, alternative_name_of_a_device_cannot_be_lent)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	uint32_t id = make_agent(w, "Filiale", "");
	struct request request;

	ASSERT_ERR(0, netdev_altname(w->rtnl, device, "alt7"));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_ERR(-EINVAL, ddm_dial_result(self->dialer, request.dial.request,
					    0, "alt7"));
	EXPECT_HAS("alternative name", ddm_error(self->dialer));
	EXPECT_STREQ("connecting", state_of(w, id));
	EXPECT_ERR(0, ddm_dial_result(self->dialer, request.dial.request, 0,
				      "eth7"));
}

TEST_F(dial, timeout_is_told_to_the_dialer_and_a_late_result_refused)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", ""), number;
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 200));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	number = request.dial.request;
	ASSERT_TRUE(readable(self->fd, PATIENCE));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_EQ(718, last_error(w, id));
	EXPECT_STREQ("interface-new, connecting, connect-failed timeout 718",
		     story_since(w, 0, id));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_EQ(1, request.dial.hangup);
	EXPECT_EQ(number, request.dial.request);
	EXPECT_ERR(-ENOENT, ddm_dial_result(self->dialer, number, 0, NULL));
	EXPECT_ERR(-ENOENT, ddm_dial_result(self->dialer, number, 691, "eth7"));
	EXPECT_EQ(718, last_error(w, id));
}

TEST_F(dial, dialer_is_told_that_an_attempt_was_given_up)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", ""), number;
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	number = request.dial.request;
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, id));
	EXPECT_EQ(1, counted(self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_EQ(1, request.dial.hangup);
	EXPECT_EQ(number, request.dial.request);
	EXPECT_STREQ("disconnected", state_of(w, id));
	EXPECT_ERR(-ENOENT, ddm_dial_result(self->dialer, number, 0, NULL));
}

TEST_F(dial, dialer_is_told_that_the_interface_was_deleted)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", ""), number;
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	number = request.dial.request;
	ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	EXPECT_EQ(1, counted(self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_EQ(1, request.dial.hangup);
	EXPECT_EQ(number, request.dial.request);
	EXPECT_EQ(id, request.dial.interface);
}

TEST_F(dial, only_the_dialer_reports)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "");
	struct request request;

	EXPECT_ERR(-EPERM, ddm_dial_result(w->ddm, 1, 0, NULL));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	EXPECT_ERR(-EPERM,
		   ddm_dial_result(w->ddm, request.dial.request, 691, NULL));
	EXPECT_STREQ("connecting", state_of(w, id));
	EXPECT_ERR(-ENOENT, ddm_dial_result(self->dialer,
					    request.dial.request + 1, 0, NULL));
}

TEST_F(dial, unbinding_fails_the_attempts_with_the_code_it_names)
{
	struct world *w = &self->w;
	uint32_t a = make_agent(w, "a", ""), b = make_agent(w, "b", "");
	uint32_t tun = make_tun(w, "tun7");

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, a, 0, self->fd));
	ASSERT_ERR(0, begin(w, b, 0, self->fd));
	ASSERT_ERR(0, begin(w, tun, 0, -1));
	ASSERT_ERR(0, ddm_dialer_unbind(self->dialer, 651));
	EXPECT_EQ(2, counted(self->fd));
	EXPECT_EQ(651, last_error(w, a));
	EXPECT_EQ(651, last_error(w, b));
	EXPECT_HAS("connect-failed dialer-gone 651", story_since(w, 0, a));
	/* what needs no dialer goes on */
	EXPECT_STREQ("connecting", state_of(w, tun));
	EXPECT_ERR(-ENOLINK, begin(w, a, 0, self->fd));
}

TEST_F(dial, death_of_the_dialer_fails_the_attempts_at_once)
{
	const struct ddm_service *service;
	struct world *w = &self->w;
	uint32_t a = make_agent(w, "a", ""), b = make_agent(w, "b", "");
	int pipes[2], status;
	char byte;
	pid_t pid;

	ASSERT_EQ(0, pipe2(pipes, O_CLOEXEC));
	pid = fork();
	if (!pid) {
		struct ddm *ddm;

		if (ddm_open(&ddm) || ddm_dialer_bind(ddm, 0) ||
		    write(pipes[1], "x", 1) != 1)
			_exit(1);
		pause();
	}
	ASSERT_EQ(1, read(pipes[0], &byte, 1));
	ASSERT_ERR(0, begin(w, a, 0, self->fd));
	ASSERT_ERR(0, begin(w, b, 0, self->fd));
	ASSERT_EQ(0, kill(pid, SIGKILL));
	ASSERT_TRUE(readable(self->fd, PATIENCE));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(2, counted(self->fd));
	EXPECT_STREQ(
		"interface-new, connecting, connect-failed dialer-gone 903",
		story_since(w, 0, a));
	EXPECT_EQ(903, last_error(w, b));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(0, service->dialer);
	EXPECT_ERR(0, ddm_dialer_bind(self->dialer, 0));
}

TEST_F(dial, connection_outlives_the_dialer)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "eth7");
	struct request request;
	int device;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_EQ(1, take(self->dialer, &request, PATIENCE));
	device = netdev_add(w->rtnl, "eth7", "dummy");
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ddm_close(self->dialer);
	self->dialer = NULL;
	EXPECT_STREQ("connected", state_of(w, id));
	EXPECT_ERR(-ENOLINK, ddm_interface_disconnect(w->ddm, id));
	EXPECT_STREQ("connected", state_of(w, id));
}

TEST_F(dial, dialer_that_does_not_listen_makes_connect_fail)
{
	struct raw *raw = raw_open(0);
	struct world *w = &self->w;
	int size = 1, i, err = 0;
	char name[16];
	uint64_t since;
	uint32_t id = 0;

	ASSERT_NE(NULL, raw);
	ASSERT_EQ(0, setsockopt(raw_fd(raw), SOL_SOCKET, SO_RCVBUF, &size,
				sizeof(size)));
	ASSERT_ERR(0, raw_do(raw, raw_begin(raw, DDM_CMD_DIALER_BIND)));
	for (i = 0; i < 200 && !err; i++) {
		snprintf(name, sizeof(name), "a%d", i);
		id = make_agent(w, name, "");
		since = head(w);
		err = begin(w, id, 0, self->fd);
	}
	EXPECT_ERR(-ENOBUFS, err);
	EXPECT_LT(1, i);
	EXPECT_STREQ("disconnected", state_of(w, id));
	EXPECT_STREQ("", story_since(w, since, 0));
	EXPECT_EQ(0, counted(self->fd));
	raw_close(raw);
	EXPECT_EQ((uint64_t)i - 1, counted(self->fd));
}

/* ------------------------------------------------------ many at once -- */

/* More than the module ends before it lets others have its lock */
#define MANY 100

static int count_one(const struct ddm_dial *dial, void *data)
{
	unsigned int *hangups = data;

	*hangups += dial->hangup;
	return 0;
}

static void make_many(struct world *w, uint32_t *ids)
{
	char name[16];
	unsigned int i;

	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "a%u", i);
		ids[i] = make_agent(w, name, "");
	}
}

static int begin_many(struct world *w, const uint32_t *ids, uint32_t timeout,
		      int fd)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < MANY && !err; i++)
		err = begin(w, ids[i], timeout, fd);
	return err;
}

/* How many ended for this reason and no other; it tells of the first that did not */
static unsigned int ended(struct world *w, const uint32_t *ids, uint64_t since,
			  const char *story)
{
	unsigned int i;

	for (i = 0; i < MANY; i++)
		if (strcmp(story, story_since(w, since, ids[i]))) {
			printf("# attempt %u: %s\n", i,
			       story_since(w, since, ids[i]));
			break;
		}
	return i;
}

TEST_F_TIMEOUT(dial, many_attempts_end_together_each_for_its_reason, 60)
{
	struct world *w = &self->w;
	uint32_t ids[MANY] = { 0 };
	unsigned int hangups = 0;
	uint64_t since, woken;
	int64_t end;

	make_many(w, ids);
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	since = head(w);
	ASSERT_ERR(0, begin_many(w, ids, 0, self->fd));
	ddm_dialer_read(self->dialer, count_one, &hangups);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
	/* all of them have when the call returns */
	EXPECT_EQ(MANY, counted(self->fd));
	ddm_dialer_read(self->dialer, count_one, &hangups);
	EXPECT_EQ(MANY, hangups);
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(MANY, ended(w, ids, since,
			      "connecting, connect-failed stopped 903"));

	since = head(w);
	ASSERT_ERR(0, begin_many(w, ids, 200, self->fd));
	end = now_ms() + PATIENCE;
	for (woken = 0; woken < MANY && now_ms() < end;) {
		readable(self->fd, 1000);
		woken += counted(self->fd);
	}
	EXPECT_EQ(MANY, woken);
	EXPECT_EQ(MANY, ended(w, ids, since,
			      "connecting, connect-failed timeout 718"));
	/* so that there is room for the next */
	ddm_dialer_read(self->dialer, count_one, &hangups);

	since = head(w);
	ASSERT_ERR(0, begin_many(w, ids, 0, self->fd));
	ASSERT_ERR(0, ddm_dialer_unbind(self->dialer, 692));
	EXPECT_EQ(MANY, counted(self->fd));
	EXPECT_EQ(MANY, ended(w, ids, since,
			      "connecting, connect-failed dialer-gone 692"));
}

struct toggle {
	int device;
	bool stop;
};

static void *toggle(void *data)
{
	struct toggle *toggle = data;
	struct rtnl *rtnl = rtnl_open();

	while (rtnl && !__atomic_load_n(&toggle->stop, __ATOMIC_ACQUIRE)) {
		netdev_up(rtnl, toggle->device);
		netdev_down(rtnl, toggle->device);
	}
	rtnl_close(rtnl);
	return NULL;
}

/**
 * struct ends - events of attempts that end, and what comes between
 * @ended: how many attempts have ended
 * @waiting: events of other interfaces since the last of them
 * @between: events of other interfaces between two of them
 */
struct ends {
	unsigned int ended;
	unsigned int waiting;
	unsigned int between;
};

static int ends_add(const struct ddm_event *event, void *data)
{
	struct ends *ends = data;

	if (event->type == DDM_EVENT_TYPE_CONNECT_FAILED) {
		ends->between += ends->waiting;
		ends->waiting = 0;
		ends->ended++;
	} else if (ends->ended) {
		ends->waiting++;
	}
	return 0;
}

#define LISTENERS 100
/* Every type of event that is in the journal */
#define EVERY_EVENT ((2u << DDM_EVENT_TYPE_SERVICE) - 2)

TEST_F_TIMEOUT(dial, devices_are_followed_while_many_attempts_end, 120)
{
	struct world *w = &self->w;
	struct toggle other = { .stop = false };
	struct ends ends = { 0 };
	uint32_t ids[MANY] = { 0 };
	int64_t deadline;
	pthread_t thread;
	uint64_t since;
	unsigned int i, hangups = 0;

	make_many(w, ids);
	for (i = 0; i < LISTENERS; i++)
		ASSERT_ERR(0, ddm_listener_register(w->ddm, event_fd(),
						    EVERY_EVENT, 0));
	other.device = netdev_add(w->rtnl, "eth7", "dummy");
	ASSERT_NE(0, make_named(w, "eth7"));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_EQ(0, pthread_create(&thread, NULL, toggle, &other));

	deadline = now_ms() + PATIENCE;
	do {
		ASSERT_ERR(0, begin_many(w, ids, 0, self->fd));
		since = head(w);
		ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_STOPPED));
		EXPECT_EQ(MANY, counted(self->fd));
		ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
		memset(&ends, 0, sizeof(ends));
		ASSERT_ERR(0,
			   ddm_event_list(w->ddm, since, 0, DDM_EVENT_MASK_ALL,
					  ends_add, &ends));
		ddm_dialer_read(self->dialer, count_one, &hangups);
		/* a fast neighbour may have pushed events out of the ring */
	} while ((!ends.between || ends.ended != MANY) && now_ms() < deadline);
	EXPECT_LT(0, ends.between);
	EXPECT_EQ(MANY, ends.ended);
	__atomic_store_n(&other.stop, true, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);
}

TEST_F(dial, dialer_may_be_the_one_who_connects)
{
	struct world *w = &self->w;
	uint32_t id = make_agent(w, "Filiale", "");
	struct request request;

	ASSERT_ERR(0, ddm_dialer_bind(w->ddm, 0));
	ASSERT_ERR(0, begin(w, id, 0, self->fd));
	ASSERT_LE(0, ddm_dialer_read(w->ddm, take_one, &request));
	EXPECT_EQ(id, request.dial.interface);
	ASSERT_ERR(0, ddm_dial_result(w->ddm, request.dial.request, 676, NULL));
	EXPECT_EQ(676, last_error(w, id));
}

TEST_F(dial, waiter_may_close_its_eventfd)
{
	struct world *w = &self->w;
	uint32_t id = make_tun(w, "tun7");
	int fd = event_fd();

	ASSERT_ERR(0, begin(w, id, 100, fd));
	close(fd);
	EXPECT_STREQ(
		"unreachable connection-failure no-media-sense",
		wait_state(w, id,
			   "unreachable connection-failure no-media-sense"));
}

TEST_F(dial, end_of_the_namespace_wakes_the_waiter)
{
	int status;
	pid_t pid;

	pid = fork();
	if (!pid) {
		struct world w = { 0 };

		if (world_enter(&w) ||
		    begin(&w, make_tun(&w, "tun7"), 0, self->fd))
			_exit(1);
		_exit(0);
	}
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_EQ(0, status);
	EXPECT_TRUE(readable(self->fd, PATIENCE));
	EXPECT_EQ(1, counted(self->fd));
}

WORLD_MAIN
