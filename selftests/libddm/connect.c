// SPDX-License-Identifier: GPL-2.0-only
/* Connecting and waiting, and the dialer's side of it. */
#include <signal.h>
#include <sys/wait.h>

#include "world.h"

#define PPP_TIMEOUT 718
#define DDM_NOT_RUNNING 903
#define BUSY 676

FIXTURE(connect)
{
	struct world w;
	struct ddm *dialer;
	uint32_t id; /* of an interface that the dialer connects */
	pid_t child;
};

FIXTURE_SETUP(connect)
{
	ASSERT_ERR(0, world_enter(&self->w));
	ASSERT_ERR(0, ddm_open(&self->dialer));
	self->id = make_named(&self->w, "office");
	ASSERT_NE(0, self->id);
}

FIXTURE_TEARDOWN(connect)
{
	if (self->child > 0) {
		kill(self->child, SIGKILL);
		waitpid(self->child, NULL, 0);
	}
	ddm_close(self->dialer);
	world_leave(&self->w);
}

TEST_F(connect, waiting_ends_with_the_connection)
{
	uint32_t error = 4711;

	ASSERT_GT(netdev_add(self->w.rtnl, "d0", "dummy"), 0);
	ASSERT_NE(0, make_named(&self->w, "d0"));
	EXPECT_ERR(0, ddm_interface_connect_wait(
			      self->w.ddm, id_of(&self->w, "d0"), 0, &error));
	EXPECT_EQ(0, error);
	EXPECT_STREQ("connected", state_named(&self->w, "d0"));
}

TEST_F(connect, refusal_is_no_failed_attempt)
{
	uint32_t error = 4711;

	EXPECT_ERR(-ENOLINK, ddm_interface_connect_wait(self->w.ddm, self->id,
							0, &error));
	EXPECT_EQ(0, error);
	EXPECT_STRNE("", ddm_error(self->w.ddm));
}

TEST_F(connect, waiting_ends_with_the_time_limit)
{
	uint32_t error = 0;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	EXPECT_ERR(-ECONNREFUSED, ddm_interface_connect_wait(
					  self->w.ddm, self->id, 200, &error));
	EXPECT_EQ(PPP_TIMEOUT, error);
}

/* Take one request, and say that it failed, after so many other events. */
struct answering {
	struct ddm *dialer;
	struct rtnl *rtnl;
	int noisy; /* a device to make noise with */
	unsigned int noise;
	uint32_t request;
};

static int take_request(const struct ddm_dial *dial, void *data)
{
	struct answering *answering = data;

	if (!dial->hangup)
		answering->request = dial->request;
	return 0;
}

static void answer_one(struct answering *answering, uint32_t error)
{
	while (!answering->request) {
		if (!readable(ddm_dialer_fd(answering->dialer), PATIENCE))
			_exit(1);
		if (ddm_dialer_read(answering->dialer, take_request,
				    answering) < 0)
			_exit(2);
	}
	while (answering->noise--) {
		netdev_up(answering->rtnl, answering->noisy);
		netdev_down(answering->rtnl, answering->noisy);
	}
	_exit(ddm_dial_result(answering->dialer, answering->request, error,
			      NULL) ?
		      3 :
		      0);
}

/* A dialer in a process of its own, with handles of its own. */
static pid_t start_dialer(int noisy, unsigned int noise)
{
	struct answering answering = { .noisy = noisy, .noise = noise };
	int ready[2];
	pid_t child;
	char byte;

	if (pipe(ready))
		return -1;
	child = fork();
	if (!child) {
		answering.rtnl = rtnl_open();
		if (ddm_open(&answering.dialer) ||
		    ddm_dialer_bind(answering.dialer, 0))
			_exit(4);
		if (write(ready[1], "", 1) != 1)
			_exit(5);
		answer_one(&answering, BUSY);
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		child = -1;
	close(ready[0]);
	return child;
}

TEST_F(connect, waiting_tells_what_the_dialer_said)
{
	uint32_t error = 0;

	self->child = start_dialer(0, 0);
	ASSERT_GT(self->child, 0);
	EXPECT_ERR(-ECONNREFUSED,
		   ddm_interface_connect_wait(self->w.ddm, self->id, PATIENCE,
					      &error));
	EXPECT_EQ(BUSY, error);
}

/* The journal of a new namespace holds a thousand events. */
TEST_F(connect, waiting_ends_even_if_the_journal_was_overrun)
{
	int noisy = netdev_add(self->w.rtnl, "d0", "dummy");
	const struct ddm_service *service;
	uint32_t error = 0;

	ASSERT_GT(noisy, 0);
	ASSERT_NE(0, make_named(&self->w, "d0"));
	ASSERT_ERR(0, ddm_service_get(self->w.ddm, &service));
	self->child = start_dialer(noisy, service->journal_size / 2 + 10);
	ASSERT_GT(self->child, 0);
	EXPECT_ERR(-ECONNREFUSED,
		   ddm_interface_connect_wait(self->w.ddm, self->id,
					      3 * PATIENCE, &error));
	EXPECT_EQ(BUSY, error);
}

/* For who is to act once the attempt is under way, in a process of its own */
static bool is_connecting(uint32_t id)
{
	struct world w = { 0 };
	bool is = !ddm_open(&w.ddm) &&
		  !strcmp("connecting", wait_state(&w, id, "connecting"));

	ddm_close(w.ddm);
	return is;
}

TEST_F(connect, waiting_ends_when_the_dialer_dies)
{
	uint32_t error = 0;
	pid_t killer;
	int status;

	self->child = start_dialer(0, UINT32_MAX);
	ASSERT_GT(self->child, 0);
	killer = fork();
	ASSERT_GE(killer, 0);
	if (!killer) {
		bool was = is_connecting(self->id);

		kill(self->child, SIGKILL);
		_exit(!was);
	}
	EXPECT_ERR(-ECONNREFUSED,
		   ddm_interface_connect_wait(self->w.ddm, self->id,
					      3 * PATIENCE, &error));
	EXPECT_EQ(DDM_NOT_RUNNING, error);
	ASSERT_EQ(killer, waitpid(killer, &status, 0));
	EXPECT_EQ(0, status);
}

/* The attempt goes on until its time limit, but nobody may ask about it. */
TEST_F(connect, waiting_ends_although_the_service_was_stopped)
{
	const struct ddm_service_request stop = {
		.size = sizeof(stop),
		.set = DDM_SERVICE_STATE_SET,
		.state = DDM_SERVICE_STATE_STOPPED,
	};
	struct ddm *ddm;
	pid_t stopper;
	int err, status;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	stopper = fork();
	ASSERT_GE(stopper, 0);
	if (!stopper) {
		_exit(!is_connecting(self->id) || ddm_open(&ddm) ||
		      ddm_service_set(ddm, &stop));
	}
	err = ddm_interface_connect_wait(self->w.ddm, self->id, 2000, NULL);
	EXPECT_TRUE(err == -ESHUTDOWN || err == -ECONNREFUSED)
	TH_LOG("it said %s", err_text(err));
	ASSERT_EQ(stopper, waitpid(stopper, &status, 0));
	EXPECT_EQ(0, status);
}

struct dialled {
	unsigned int count;
	struct ddm_dial dials[8];
	char names[8][32];
};

static int keep(const struct ddm_dial *dial, void *data)
{
	struct dialled *dialled = data;

	snprintf(dialled->names[dialled->count], sizeof(dialled->names[0]),
		 "%s", dial->name);
	dialled->dials[dialled->count++] = *dial;
	return 0;
}

/* The kernel's requests come between the answers to the dialer's own. */
TEST_F(connect, requests_that_come_between_answers_are_kept)
{
	const struct ddm_service *service;
	struct dialled dialled = { 0 };

	ASSERT_NE(0, make_named(&self->w, "home"));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, ddm_interface_connect(self->w.ddm, self->id, NULL, NULL));
	EXPECT_TRUE(readable(ddm_dialer_fd(self->dialer), PATIENCE));
	EXPECT_ERR(0, ddm_service_get(self->dialer, &service));
	ASSERT_ERR(0,
		   ddm_interface_connect(self->w.ddm, id_of(&self->w, "home"),
					 NULL, NULL));
	EXPECT_ERR(0, ddm_service_get(self->dialer, &service));
	ASSERT_ERR(0, ddm_interface_disconnect(self->w.ddm, self->id));

	ASSERT_EQ(3, ddm_dialer_read(self->dialer, keep, &dialled));
	EXPECT_STREQ("office", dialled.names[0]);
	EXPECT_STREQ("home", dialled.names[1]);
	EXPECT_STREQ("office", dialled.names[2]);
	EXPECT_EQ(0, dialled.dials[0].hangup);
	EXPECT_EQ(1, dialled.dials[2].hangup);
	EXPECT_EQ(dialled.dials[0].request, dialled.dials[2].request);
	EXPECT_NE(dialled.dials[0].request, dialled.dials[1].request);
	EXPECT_ERR(-ENOENT, ddm_dial_result(self->dialer,
					    dialled.dials[0].request, 0, NULL));
	EXPECT_ERR(0, ddm_dial_result(self->dialer, dialled.dials[1].request,
				      BUSY, NULL));
	EXPECT_EQ(0, ddm_dialer_read(self->dialer, keep, &dialled));
	EXPECT_FALSE(readable(ddm_dialer_fd(self->dialer), 0));
}

static int stop_at_once(const struct ddm_dial *dial, void *data)
{
	keep(dial, data);
	return 4711;
}

TEST_F(connect, requests_left_over_are_told_by_the_next_call)
{
	struct dialled dialled = { 0 };

	ASSERT_NE(0, make_named(&self->w, "home"));
	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	ASSERT_ERR(0, ddm_interface_connect(self->w.ddm, self->id, NULL, NULL));
	ASSERT_ERR(0,
		   ddm_interface_connect(self->w.ddm, id_of(&self->w, "home"),
					 NULL, NULL));
	EXPECT_EQ(4711, ddm_dialer_read(self->dialer, stop_at_once, &dialled));
	EXPECT_EQ(1, dialled.count);
	EXPECT_EQ(1, ddm_dialer_read(self->dialer, keep, &dialled));
	EXPECT_STREQ("home", dialled.names[1]);
}

/* No room for what the kernel sends to it */
static void small_dialer(struct ddm *dialer)
{
	int none = 0;

	setsockopt(ddm_dialer_fd(dialer), SOL_SOCKET, SO_RCVBUF, &none,
		   sizeof(none));
}

TEST_F(connect, refused_request_leaves_the_handle_in_its_namespace)
{
	const struct ddm_interface *interface;
	char name[16];
	int err = 0, i;

	ASSERT_ERR(0, ddm_dialer_bind(self->dialer, 0));
	small_dialer(self->dialer);
	for (i = 0; i < 200 && !err; i++) {
		snprintf(name, sizeof(name), "line%d", i);
		err = ddm_interface_connect(
			self->w.ddm, make_named(&self->w, name), NULL, NULL);
	}
	EXPECT_ERR(-ENOBUFS, err);
	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	ASSERT_ERR(0, ddm_interface_find(self->w.ddm, name, &interface));
	EXPECT_STREQ("disconnected", state_text(interface));
	EXPECT_ERR(0, ddm_interface_del(self->w.ddm, interface->id));
}

WORLD_MAIN
