// SPDX-License-Identifier: GPL-2.0-only
/*
 * A list takes no RTNL, so nobody who asks for one waits for a device, nor a
 * device for him. The kernel's own tracer tells who calls rtnl_lock().
 */
#include "raw.h"
#include "trace.h"

FIXTURE(dumps)
{
	struct world w;
	struct raw *raw;
	uint32_t id;
	int ppp; /* what owns a PPP device, which has a link */
};

static int make_link(struct world *w, int *ppp)
{
	char name[IFNAMSIZ];
	int unit;

	*ppp = netdev_ppp(&unit);
	if (*ppp < 0)
		return *ppp;
	snprintf(name, sizeof(name), "ppp%d", unit);
	return ddm_link_new(w->ddm, if_nametoindex(name), "ttyS0",
			    DDM_LINK_STATE_UP, NULL);
}

/* Calls of this process, and of no other */
static bool trace_locks(void)
{
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", getpid());
	return trace_begin() &&
	       trace_write("set_ftrace_filter", "rtnl_lock*") &&
	       trace_write("set_ftrace_pid", pid) &&
	       trace_write("current_tracer", "function");
}

FIXTURE_SETUP(dumps)
{
	int device;

	ASSERT_ERR(0, world_enter(&self->w));
	self->raw = raw_open(0);
	ASSERT_NE(NULL, self->raw);
	device = netdev_add(self->w.rtnl, "eth7", "dummy");
	ASSERT_LT(0, device);
	self->id = make_named(&self->w, "eth7");
	ASSERT_NE(0, self->id);
	ASSERT_ERR(0, netdev_up(self->w.rtnl, device));
	ASSERT_ERR(0, make_link(&self->w, &self->ppp));
	ASSERT_TRUE(trace_locks());
}

FIXTURE_TEARDOWN(dumps)
{
	trace_end();
	close(self->ppp);
	raw_close(self->raw);
	world_leave(&self->w);
}

/* Calls of rtnl_lock() since this was asked before */
static unsigned int locks(void)
{
	char *text = trace_text();
	unsigned int n = trace_count(text, ": rtnl_lock");

	free(text);
	trace_write("trace", "");
	return n;
}

FIXTURE_VARIANT(dumps)
{
	uint8_t command;
};

#define LIST(name, number)               \
	FIXTURE_VARIANT_ADD(dumps, name) \
	{                                \
		.command = number,       \
	}

LIST(of_interfaces, DDM_CMD_INTERFACE_GET);
LIST(of_connections, DDM_CMD_CONNECTION_GET);
LIST(of_links, DDM_CMD_LINK_GET);
LIST(of_events, DDM_CMD_EVENT_GET);
LIST(of_rules, DDM_CMD_RULE_GET);

static int count_message(const struct nlmsghdr *nlh, void *data)
{
	(void)nlh;
	++*(unsigned int *)data;
	return 0;
}

TEST_F(dumps, list_takes_no_rtnl)
{
	struct raw *raw = self->raw;
	unsigned int told = 0;
	uint64_t last = head(&self->w);

	locks();
	ASSERT_ERR(0, raw_dump(raw, raw_begin(raw, variant->command),
			       count_message, &told));
	EXPECT_EQ(0, locks());
	EXPECT_LT(0, told);
	/* as libddm asks for events: many in a message */
	EXPECT_STRNE("", story_since(&self->w, last - 1, 0));
	EXPECT_EQ(0, locks());
	/* the module's calls are seen: this is one that takes it */
	ASSERT_ERR(0, set_enabled(&self->w, self->id, 0));
	EXPECT_LT(0, locks());
}

int main(int argc, char **argv)
{
	int skip = trace_skip(TRACING "/set_ftrace_filter");

	setvbuf(stdout, NULL, _IOLBF, 0);
	return skip ? skip : test_harness_run(argc, argv);
}
