// SPDX-License-Identifier: GPL-2.0-only
/* The monitor of libddm: every event once, in order, or counted as lost. */
#include <sys/wait.h>

#include "world.h"

FIXTURE(monitor)
{
	struct world w;
	struct ddm_monitor *monitor;
	int device;
	uint64_t began;
};

FIXTURE_SETUP(monitor)
{
	ASSERT_ERR(0, world_enter(&self->w));
	self->device = netdev_add(self->w.rtnl, "d0", "dummy");
	ASSERT_GT(self->device, 0);
	ASSERT_NE(0, make_named(&self->w, "d0"));
	self->began = head(&self->w);
	ASSERT_ERR(0, ddm_monitor_open(&self->monitor, DDM_SINCE_NOW));
}

FIXTURE_TEARDOWN(monitor)
{
	ddm_monitor_close(self->monitor);
	world_leave(&self->w);
}

/* What a monitor told. */
struct tale {
	uint64_t last; /* number that the next has to follow */
	uint64_t events;
	uint64_t lost;
	unsigned int gaps;
	unsigned int anew;
	uint64_t stop_at; /* end the call at every event if 1 */
};

static int heed(const struct ddm_event *event, void *data)
{
	struct tale *tale = data;
	uint64_t step = 1;

	if (event->type == DDM_EVENT_TYPE_LOST) {
		tale->lost += event->lost;
		tale->anew += !event->lost;
		step = event->lost;
	}
	if (event->type == DDM_EVENT_TYPE_LOST && !event->lost)
		tale->last = 0;
	else if (event->sequence != tale->last + step)
		tale->gaps++;
	if (event->type != DDM_EVENT_TYPE_LOST)
		tale->events++;
	tale->last = event->sequence;
	return tale->stop_at ? 4711 : 0;
}

static bool toggle(struct world *w, int device, unsigned int times)
{
	while (times--)
		if (netdev_up(w->rtnl, device) || netdev_down(w->rtnl, device))
			return false;
	return true;
}

TEST_F(monitor, nothing_is_told_when_nothing_happened)
{
	struct tale tale = { 0 };

	EXPECT_FALSE(readable(ddm_monitor_fd(self->monitor), 0));
	EXPECT_EQ(0, ddm_monitor_read(self->monitor, heed, &tale));
	EXPECT_EQ(self->began, ddm_monitor_sequence(self->monitor));
}

TEST_F(monitor, events_are_told_once_and_in_order)
{
	struct tale tale = { .last = self->began };

	ASSERT_TRUE(toggle(&self->w, self->device, 50));
	EXPECT_TRUE(readable(ddm_monitor_fd(self->monitor), PATIENCE));
	EXPECT_EQ(100, ddm_monitor_read(self->monitor, heed, &tale));
	EXPECT_EQ(0, tale.gaps);
	EXPECT_EQ(head(&self->w), tale.last);
	EXPECT_EQ(0, ddm_monitor_read(self->monitor, heed, &tale));
}

/* Events that happened before it was opened, but after a given number. */
TEST_F(monitor, journal_comes_first)
{
	struct tale tale = { 0 };
	struct ddm_monitor *monitor;

	ASSERT_TRUE(toggle(&self->w, self->device, 5));
	ASSERT_ERR(0, ddm_monitor_open(&monitor, 0));
	EXPECT_TRUE(readable(ddm_monitor_fd(monitor), PATIENCE));
	ASSERT_TRUE(toggle(&self->w, self->device, 5));
	EXPECT_EQ(self->began + 20, ddm_monitor_read(monitor, heed, &tale));
	EXPECT_EQ(0, tale.gaps);
	EXPECT_EQ(0, ddm_monitor_read(monitor, heed, &tale));
	EXPECT_FALSE(readable(ddm_monitor_fd(monitor), 0));
	ddm_monitor_close(monitor);
}

TEST_F(monitor, overrun_of_the_socket_is_made_good)
{
	struct tale tale = { .last = self->began };

	ASSERT_ERR(0, ddm_monitor_receive_buffer(self->monitor, 0));
	ASSERT_TRUE(toggle(&self->w, self->device, 200));
	EXPECT_EQ(400, ddm_monitor_read(self->monitor, heed, &tale));
	EXPECT_EQ(0, tale.gaps);
	EXPECT_EQ(0, tale.lost);
	ASSERT_TRUE(toggle(&self->w, self->device, 1));
	EXPECT_EQ(2, ddm_monitor_read(self->monitor, heed, &tale));
	EXPECT_EQ(0, tale.gaps);
}

TEST_F(monitor, what_the_journal_lost_is_counted)
{
	struct tale tale = { .last = self->began };
	const struct ddm_service *service;
	unsigned int times;

	ASSERT_ERR(0, ddm_service_get(self->w.ddm, &service));
	times = service->journal_size;
	ASSERT_TRUE(toggle(&self->w, self->device, times));
	EXPECT_GT(ddm_monitor_read(self->monitor, heed, &tale), 0);
	EXPECT_EQ(0, tale.gaps);
	EXPECT_GT(tale.lost, 0);
	EXPECT_EQ(2 * times, tale.events + tale.lost);
	EXPECT_EQ(head(&self->w), tale.last);
}

TEST_F(monitor, call_that_was_ended_goes_on_with_the_next_event)
{
	struct tale tale = { .stop_at = 1 };
	struct ddm_monitor *monitor;
	unsigned int calls = 0;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, 0));
	ASSERT_TRUE(toggle(&self->w, self->device, 10));
	while (readable(ddm_monitor_fd(monitor), 0) && calls < 1000) {
		int ret = ddm_monitor_read(monitor, heed, &tale);

		EXPECT_TRUE(ret == 4711 || ret == 0)
		TH_LOG("it returned %d", ret);
		calls++;
	}
	EXPECT_EQ(self->began + 20, tale.events);
	EXPECT_EQ(0, tale.gaps);
	ddm_monitor_close(monitor);
}

TEST_F(monitor, number_not_reached_yet_begins_anew)
{
	struct tale tale = { 0 };
	struct ddm_monitor *monitor;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, self->began + 1000));
	EXPECT_TRUE(readable(ddm_monitor_fd(monitor), PATIENCE));
	EXPECT_EQ(self->began + 1, ddm_monitor_read(monitor, heed, &tale));
	EXPECT_EQ(1, tale.anew);
	EXPECT_EQ(self->began, tale.events);
	EXPECT_EQ(0, tale.gaps);
	ddm_monitor_close(monitor);
}

TEST_F(monitor, stopped_service_delays_what_the_journal_has)
{
	struct tale tale = { .last = self->began };

	ASSERT_ERR(0, ddm_monitor_receive_buffer(self->monitor, 0));
	ASSERT_TRUE(toggle(&self->w, self->device, 100));
	ASSERT_ERR(0, set_service(&self->w, DDM_SERVICE_STATE_STOPPED));
	EXPECT_ERR(-ESHUTDOWN, ddm_monitor_read(self->monitor, heed, &tale));
	EXPECT_FALSE(readable(ddm_monitor_fd(self->monitor), 0));
	ASSERT_ERR(0, set_service(&self->w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_TRUE(readable(ddm_monitor_fd(self->monitor), PATIENCE));
	EXPECT_GT(ddm_monitor_read(self->monitor, heed, &tale), 0);
	EXPECT_EQ(202, tale.events);
	EXPECT_EQ(0, tale.gaps);
}

/* The events are multicast, whatever the service is doing. */
TEST_F(monitor, stop_and_start_of_the_service_are_events)
{
	struct tale tale = { .last = self->began };

	ASSERT_ERR(0, set_service(&self->w, DDM_SERVICE_STATE_STOPPED));
	ASSERT_TRUE(toggle(&self->w, self->device, 1));
	EXPECT_EQ(3, ddm_monitor_read(self->monitor, heed, &tale));
	ASSERT_ERR(0, set_service(&self->w, DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(1, ddm_monitor_read(self->monitor, heed, &tale));
	EXPECT_EQ(0, tale.gaps);
}

TEST_F(monitor, needs_no_privilege)
{
	struct tale tale = { .last = self->began };
	struct ddm_monitor *monitor;
	pid_t child = fork();
	int status;

	ASSERT_GE(child, 0);
	if (!child) {
		if (setgid(65534) || setuid(65534))
			_exit(1);
		if (ddm_monitor_open(&monitor, 0))
			_exit(2);
		tale.last = 0;
		if (ddm_monitor_read(monitor, heed, &tale) <= 0)
			_exit(3);
		_exit(tale.gaps ? 4 : 0);
	}
	ASSERT_EQ(child, waitpid(child, &status, 0));
	EXPECT_EQ(0, status);
}

WORLD_MAIN
