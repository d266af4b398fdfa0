// SPDX-License-Identifier: GPL-2.0-only
/* What handles of libddm do when the module goes, and when it comes back. */
#include <signal.h>
#include <sys/wait.h>

#include "load.h"

/*
 * Room for a message or two in every socket of netlink here: news that nobody
 * takes fill it, and the answer to the next request is lost.
 */
static void small_sockets(void)
{
	int fd, none = 0;

	for (fd = 3; fd < 64; fd++)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &none, sizeof(none));
}

FIXTURE(reload)
{
	struct world w;
	int device;
	uint32_t id;
};

FIXTURE_SETUP(reload)
{
	ASSERT_ERR(0, world_enter(&self->w));
	self->device = netdev_add(self->w.rtnl, "d0", "dummy");
	ASSERT_GT(self->device, 0);
	self->id = make_named(&self->w, "d0");
	ASSERT_NE(0, self->id);
}

FIXTURE_TEARDOWN(reload)
{
	world_leave(&self->w);
	if (!loaded())
		EXPECT_ERR(0, load());
}

TEST_F(reload, unloaded_module_is_told_and_not_loaded_again)
{
	const struct ddm_interface *interface;

	ASSERT_ERR(0, unload());
	EXPECT_ERR(-EUNATCH, ddm_interface_find(self->w.ddm, "d0", &interface));
	EXPECT_STRNE("", ddm_error(self->w.ddm));
	EXPECT_ERR(-EUNATCH, ddm_interface_get(self->w.ddm, 1, &interface));
	EXPECT_FALSE(loaded());
}

TEST_F(reload, asking_whether_it_is_loaded_does_not_load_it)
{
	struct ddm *ddm;

	ASSERT_ERR(0, ddm_open_loaded(&ddm));
	ddm_close(ddm);
	ASSERT_ERR(0, unload());
	EXPECT_ERR(-EUNATCH, ddm_open_loaded(&ddm));
	EXPECT_EQ(NULL, ddm);
	EXPECT_FALSE(loaded());
}

TEST_F(reload, requests_without_numbers_go_to_the_new_module)
{
	const struct ddm_interface *interface;

	ASSERT_ERR(0, unload());
	ASSERT_ERR(0, load());
	EXPECT_EQ(0, head(&self->w));
	EXPECT_ERR(-ENOENT, ddm_interface_find(self->w.ddm, "d0", &interface));
	EXPECT_NE(0, make_named(&self->w, "d0"));
}

TEST_F(reload, pinned_handle_has_no_new_module)
{
	const struct ddm_interface *interface;
	const struct ddm_service *service;

	ASSERT_ERR(0, ddm_pin(self->w.ddm));
	EXPECT_ERR(0, ddm_interface_find(self->w.ddm, "d0", &interface));
	ASSERT_ERR(0, unload());
	EXPECT_ERR(-EUNATCH, ddm_interface_find(self->w.ddm, "d0", &interface));
	ASSERT_ERR(0, load());
	EXPECT_ERR(-ESTALE, ddm_interface_find(self->w.ddm, "d0", &interface));
	EXPECT_ERR(-ESTALE, ddm_service_get(self->w.ddm, &service));
}

TEST_F(reload, pinned_handle_hears_of_a_reload_that_it_slept_through)
{
	const struct ddm_service *service;

	ASSERT_ERR(0, ddm_pin(self->w.ddm));
	EXPECT_ERR(0, ddm_service_get(self->w.ddm, &service));
	small_sockets();
	ASSERT_ERR(0, unload());
	ASSERT_ERR(0, load());
	EXPECT_ERR(-ESTALE, ddm_service_get(self->w.ddm, &service));
	EXPECT_STRNE("", ddm_error(self->w.ddm));
}

TEST_F(reload, ids_and_numbers_from_before_are_void)
{
	const struct ddm_interface *interface;
	struct story story = { 0 };
	struct ddm *fresh;

	ASSERT_ERR(0, unload());
	ASSERT_ERR(0, load());
	ASSERT_ERR(0, ddm_open(&fresh));
	/* the same id, and another interface */
	EXPECT_ERR(-ESTALE,
		   ddm_interface_get(self->w.ddm, self->id, &interface));
	EXPECT_ERR(-ESTALE,
		   ddm_interface_connect(self->w.ddm, self->id, NULL, NULL));
	EXPECT_ERR(-ESTALE,
		   ddm_event_list(self->w.ddm, 1, 0, 0, story_add, &story));
	EXPECT_ERR(0, ddm_event_list(self->w.ddm, 0, 0, 0, story_add, &story));
	ddm_close(fresh);
}

TEST_F(reload, listener_is_woken_and_its_handle_is_stale)
{
	const struct ddm_service *service;
	int fd = event_fd();

	ASSERT_ERR(0, ddm_listener_register(self->w.ddm, fd, 0, 0));
	ASSERT_ERR(0, unload());
	EXPECT_TRUE(readable(fd, PATIENCE));
	EXPECT_ERR(-EUNATCH, ddm_service_get(self->w.ddm, &service));
	ASSERT_ERR(0, load());
	EXPECT_ERR(-ESTALE, ddm_service_get(self->w.ddm, &service));
	EXPECT_STRNE("", ddm_error(self->w.ddm));
	EXPECT_ERR(-ESTALE, ddm_listener_register(self->w.ddm, fd, 0, 0));
	close(fd);
}

/* It asked for nothing while the module was away. */
TEST_F(reload, handle_that_slept_through_it_knows)
{
	const struct ddm_service *service;
	int fd = event_fd();

	ASSERT_ERR(0, ddm_listener_register(self->w.ddm, fd, 0, 0));
	ASSERT_ERR(0, unload());
	ASSERT_ERR(0, load());
	EXPECT_ERR(-ESTALE, ddm_service_get(self->w.ddm, &service));
	close(fd);
}

TEST_F(reload, handle_that_gave_its_listener_back_is_not_stale)
{
	const struct ddm_service *service;
	int fd = event_fd();

	ASSERT_ERR(0, ddm_listener_register(self->w.ddm, fd, 0, 0));
	ASSERT_ERR(0, ddm_listener_deregister(self->w.ddm, fd));
	ASSERT_ERR(0, unload());
	ASSERT_ERR(0, load());
	EXPECT_ERR(0, ddm_service_get(self->w.ddm, &service));
	EXPECT_ERR(0, ddm_listener_register(self->w.ddm, fd, 0, 0));
	EXPECT_ERR(0, ddm_service_get(self->w.ddm, &service));
	close(fd);
}

static int no_dial(const struct ddm_dial *dial, void *data)
{
	(void)dial;
	(void)data;
	return 0;
}

TEST_F(reload, dialer_learns_it_by_its_descriptor)
{
	ASSERT_ERR(0, ddm_dialer_bind(self->w.ddm, 0));
	EXPECT_EQ(0, ddm_dialer_read(self->w.ddm, no_dial, NULL));
	ASSERT_ERR(0, unload());
	EXPECT_TRUE(readable(ddm_dialer_fd(self->w.ddm), PATIENCE));
	EXPECT_ERR(-EUNATCH, ddm_dialer_read(self->w.ddm, no_dial, NULL));
	ASSERT_ERR(0, load());
	EXPECT_ERR(-ESTALE, ddm_dialer_read(self->w.ddm, no_dial, NULL));
}

TEST_F(reload, waiter_is_told_that_the_module_went)
{
	struct ddm *dialer;
	pid_t child;

	ASSERT_ERR(0, ddm_open(&dialer));
	ASSERT_ERR(0, ddm_dialer_bind(dialer, 0));
	ASSERT_NE(0, make_named(&self->w, "office"));
	child = fork();
	ASSERT_GE(child, 0);
	if (!child) {
		usleep(200000);
		_exit(unload() || load());
	}
	EXPECT_ERR(-EUNATCH, ddm_interface_connect_wait(
				     self->w.ddm, id_of(&self->w, "office"),
				     3 * PATIENCE, NULL));
	waitpid(child, NULL, 0);
	ddm_close(dialer);
}

/* What a monitor told, in words. */
static void hear(struct ddm_monitor *monitor, struct story *story, int *last)
{
	*last = ddm_monitor_read(monitor, story_add, story);
}

TEST_F(reload, monitor_goes_on_with_the_new_module)
{
	struct ddm_monitor *monitor;
	struct story story = { 0 };
	int ret;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, DDM_SINCE_NOW));
	ASSERT_ERR(0, netdev_up(self->w.rtnl, self->device));
	ASSERT_ERR(0, unload());
	EXPECT_TRUE(readable(ddm_monitor_fd(monitor), PATIENCE));
	hear(monitor, &story, &ret);
	EXPECT_ERR(-EUNATCH, ret);
	EXPECT_STREQ("connected", story.text);
	EXPECT_FALSE(readable(ddm_monitor_fd(monitor), 0));

	ASSERT_ERR(0, load());
	EXPECT_TRUE(readable(ddm_monitor_fd(monitor), PATIENCE));
	/* the first event of this module may come before or after the call */
	EXPECT_NE(0, make_named(&self->w, "new"));
	hear(monitor, &story, &ret);
	EXPECT_EQ(2, ret);
	EXPECT_STREQ("connected, lost 0, interface-new", story.text);
	ASSERT_NE(0, make_named(&self->w, "newer"));
	hear(monitor, &story, &ret);
	EXPECT_EQ(1, ret);
	EXPECT_EQ(2, ddm_monitor_sequence(monitor));
	ddm_monitor_close(monitor);
}

/* No notice of it fits into the socket. */
TEST_F(reload, monitor_that_lost_the_news_goes_on_too)
{
	struct ddm_monitor *monitor;
	struct story story = { 0 };
	int i, ret;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, DDM_SINCE_NOW));
	ASSERT_ERR(0, ddm_monitor_receive_buffer(monitor, 0));
	for (i = 0; i < 20; i++) {
		ASSERT_ERR(0, netdev_up(self->w.rtnl, self->device));
		ASSERT_ERR(0, netdev_down(self->w.rtnl, self->device));
	}
	ASSERT_ERR(0, unload());
	ASSERT_ERR(0, load());
	EXPECT_NE(0, make_named(&self->w, "new"));
	hear(monitor, &story, &ret);
	EXPECT_GT(ret, 0);
	EXPECT_NE(NULL, strstr(story.text, "lost 0, interface-new"))
	TH_LOG("it told \"%s\"", story.text);
	EXPECT_EQ(1, ddm_monitor_sequence(monitor));
	ASSERT_NE(0, make_named(&self->w, "newer"));
	hear(monitor, &story, &ret);
	EXPECT_EQ(1, ret);
	ddm_monitor_close(monitor);
}

WORLD_MAIN
