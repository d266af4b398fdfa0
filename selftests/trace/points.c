// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module's tracepoints tell what the journal and the listeners are told:
 * every event, every wake-up, and what became of attempts and hang-ups.
 */
#include "raw.h"
#include "trace.h"

/* Every type of event that is in the journal */
#define EVERY_EVENT ((2u << DDM_EVENT_TYPE_SERVICE) - 2)

FIXTURE(points)
{
	struct world w;
	struct ddm *dialer;
	struct raw *listener; /* to everything */
	unsigned int netns; /* as the trace names it */
	int fd;
};

static int listen_to_all(struct raw *raw, int fd)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_LISTENER_REGISTER);

	mnl_attr_put_u32(nlh, DDM_A_LISTENER_EVENT_FD, (uint32_t)fd);
	mnl_attr_put_u32(nlh, DDM_A_LISTENER_MASK, EVERY_EVENT);
	return raw_do(raw, nlh);
}

FIXTURE_SETUP(points)
{
	struct stat netns;

	ASSERT_ERR(0, world_enter(&self->w));
	ASSERT_EQ(0, stat("/proc/self/ns/net", &netns));
	self->netns = (unsigned int)netns.st_ino;
	ASSERT_ERR(0, ddm_open(&self->dialer));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	self->listener = raw_open(0);
	ASSERT_NE(NULL, self->listener);
	self->fd = event_fd();
	ASSERT_ERR(0, listen_to_all(self->listener, self->fd));
	ASSERT_TRUE(trace_begin());
	ASSERT_TRUE(trace_write("events/ddm/enable", "1"));
}

FIXTURE_TEARDOWN(points)
{
	trace_end();
	close(self->fd);
	raw_close(self->listener);
	ddm_close(self->dialer);
	world_leave(&self->w);
}

/**
 * struct expected - what a trace is compared with
 * @trace: its text
 * @netns: number of the namespace
 * @portid: of the listener
 * @events: how many were compared
 * @missing: how many lines were not there
 */
struct expected {
	const char *trace;
	unsigned int netns;
	unsigned int portid;
	unsigned int events;
	unsigned int missing;
};

static void __attribute__((format(printf, 2, 3)))
expect_line(struct expected *expected, const char *format, ...)
{
	char line[256];
	va_list list;

	va_start(list, format);
	vsnprintf(line, sizeof(line), format, list);
	va_end(list);
	if (strstr(expected->trace, line))
		return;
	printf("# it is not traced: %s", line);
	expected->missing++;
}

/* One of the journal: a line for it, and one for the listener that it woke */
static int expect_event(const struct ddm_event *event, void *data)
{
	struct expected *expected = data;

	expected->events++;
	expect_line(
		expected,
		" ddm_event: netns=%u seq=%llu type=%u interface=%u ifindex=%u state=%u connection=%llu reason=%u error=%u\n",
		expected->netns, (unsigned long long)event->sequence,
		event->type, event->interface, event->ifindex, event->state,
		(unsigned long long)event->connection, event->reason,
		event->error);
	expect_line(expected,
		    " ddm_wake: netns=%u portid=%u type=%u interface=%u\n",
		    expected->netns, expected->portid, event->type,
		    event->interface);
	return 0;
}

TEST_F(points, every_event_and_every_wake_up_is_traced)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "eth7", "dummy");
	struct expected expected = { .netns = self->netns,
				     .portid = self->listener->portid };
	uint64_t since = head(w);
	char *trace;

	ASSERT_LT(0, device);
	ASSERT_NE(0, make_named(w, "eth7"));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	ASSERT_ERR(0, netdev_down(w->rtnl, device));
	ASSERT_STREQ("interface-new, connected, disconnected device-down 628",
		     story_since(w, since, 0));
	trace = trace_text();
	ASSERT_NE(NULL, trace);
	expected.trace = trace;
	ASSERT_ERR(0, ddm_event_list(w->ddm, since, 0, DDM_EVENT_MASK_ALL,
				     expect_event, &expected));
	EXPECT_EQ(0, expected.missing);
	EXPECT_EQ(3, expected.events);
	EXPECT_EQ(3, trace_count(trace, " ddm_event: "));
	EXPECT_EQ(3, trace_count(trace, " ddm_wake: "));
	EXPECT_EQ(3, counted(self->fd));
	if (expected.missing)
		printf("# traced was:\n%s", trace);
	free(trace);
}

static int take_request(const struct ddm_dial *dial, void *data)
{
	if (!dial->hangup)
		*(uint32_t *)data = dial->request;
	return 0;
}

/* An attempt of an agent's that the dialer says to have failed */
static int try_in_vain(struct ddm *ddm, struct ddm *dialer, uint32_t id,
		       uint32_t *request)
{
	int err = ddm_interface_connect(ddm, id, NULL, NULL);

	if (!err && !readable(ddm_dialer_fd(dialer), PATIENCE))
		return -ETIMEDOUT;
	if (!err && ddm_dialer_read(dialer, take_request, request) < 0)
		return -EPROTO;
	return err ?: ddm_dial_result(dialer, *request, 691, NULL);
}

TEST_F(points, attempts_and_hang_ups_are_traced)
{
	struct ddm_interface_request agent = {
		.name = "agent",
		.set = DDM_INTERFACE_METHOD_SET | DDM_INTERFACE_DEVICE_SET,
		.device = "",
		.method = DDM_METHOD_AGENT,
	};
	struct expected expected = { .netns = self->netns };
	struct world *w = &self->w;
	uint32_t id, request = 0;
	char *trace;
	int err;

	id = make(w, &agent, &err);
	ASSERT_ERR(0, err);
	ASSERT_ERR(0, try_in_vain(w->ddm, self->dialer, id, &request));
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, id, NULL, NULL));
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, id));
	trace = trace_text();
	ASSERT_NE(NULL, trace);
	expected.trace = trace;
	expect_line(
		&expected,
		" ddm_dial: netns=%u interface=%u request=%u link=0 hangup=0 result=691\n",
		self->netns, id, request);
	expect_line(
		&expected,
		" ddm_dial: netns=%u interface=%u request=0 link=0 hangup=1 result=0\n",
		self->netns, id);
	EXPECT_EQ(0, expected.missing);
	if (expected.missing)
		printf("# traced was:\n%s", trace);
	free(trace);
}

int main(int argc, char **argv)
{
	int skip = trace_skip(TRACING "/events/ddm");

	setvbuf(stdout, NULL, _IOLBF, 0);
	return skip ? skip : test_harness_run(argc, argv);
}
