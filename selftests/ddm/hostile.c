// SPDX-License-Identifier: GPL-2.0-only
/*
 * Neighbours that mean no good, or know no better, in one table: who does what,
 * and which errno it gets. Whatever it is, the victim does not notice. Who may
 * send which command at all is in permission.c, and attributes of a wrong size
 * in every place, by the kernel's own policies, are in policy.c.
 */
#include <grp.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>

#include "raw.h"
#include "world.h"

#define NOBODY 65534
#define FEW 3

/**
 * struct stage - where it happens
 * @w: the victim's namespace
 * @raw: socket of the neighbour, in the same
 * @other: what is in another namespace
 * @foreign: interface there
 * @device: dummy of the interface "victim", which is connected
 * @victim: its id
 * @agent: id of an interface that a dialer has to connect
 * @dialer: the bound dialer
 * @fd: eventfd of the agent's attempt
 */
struct stage {
	struct world w;
	struct raw *raw;
	struct world other;
	uint32_t foreign;
	int device;
	uint32_t victim;
	uint32_t agent;
	struct ddm *dialer;
	int fd;
};

typedef int act_fn(struct stage *stage);

FIXTURE(hostile)
{
	struct stage stage;
	uint64_t connection;
};

FIXTURE_VARIANT(hostile)
{
	act_fn *act;
	int expected;
};

static uint64_t connection_of(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(w->ddm, id, &interface) ?
		       0 :
		       interface->connection;
}

static uint32_t make_agent(struct world *w, const char *name)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_METHOD_SET | DDM_INTERFACE_DEVICE_SET,
		.name = name,
		.device = "",
		.method = DDM_METHOD_AGENT,
	};
	int err;

	return make(w, &request, &err);
}

FIXTURE_SETUP(hostile)
{
	struct stage *s = &self->stage;

	/* first the other one: the test stays in the one entered last */
	ASSERT_ERR(0, world_enter(&s->other));
	s->foreign = make_named(&s->other, "foreign");
	ASSERT_NE(0, s->foreign);
	ASSERT_ERR(0, world_enter(&s->w));
	s->device = netdev_add(s->w.rtnl, "eth7", "dummy");
	ASSERT_LT(0, s->device);
	s->victim = make_named(&s->w, "eth7");
	ASSERT_NE(0, s->victim);
	ASSERT_ERR(0, netdev_up(s->w.rtnl, s->device));
	s->agent = make_agent(&s->w, "agent");
	ASSERT_NE(0, s->agent);
	s->raw = raw_open(0);
	ASSERT_NE(NULL, s->raw);
	ASSERT_ERR(0, ddm_open(&s->dialer));
	ASSERT_ERR(0, ddm_dialer_bind(s->dialer, 0));
	s->fd = event_fd();
	self->connection = connection_of(&s->w, s->victim);
	ASSERT_NE(0, self->connection);
}

FIXTURE_TEARDOWN(hostile)
{
	close(self->stage.fd);
	ddm_close(self->stage.dialer);
	raw_close(self->stage.raw);
	world_leave(&self->stage.w);
	world_leave(&self->stage.other);
}

TEST_F(hostile, neighbour_gets_its_errno_and_the_victim_notices_nothing)
{
	struct stage *s = &self->stage;

	EXPECT_ERR(variant->expected, variant->act(s));
	EXPECT_STREQ("connected", state_of(&s->w, s->victim));
	EXPECT_EQ(self->connection, connection_of(&s->w, s->victim));
}

#define ROW(name, error)                         \
	FIXTURE_VARIANT_ADD(hostile, name)       \
	{                                        \
		.act = name, .expected = -error, \
	}

/* ---------------------------------------------------------- descriptors -- */

static int register_fd(struct stage *s, int fd)
{
	struct nlmsghdr *nlh = raw_begin(s->raw, DDM_CMD_LISTENER_REGISTER);

	mnl_attr_put_u32(nlh, DDM_A_LISTENER_EVENT_FD, (uint32_t)fd);
	return raw_do(s->raw, nlh);
}

/* The attempt that it would begin must not begin either. */
static int connect_fd(struct stage *s, int fd)
{
	struct nlmsghdr *nlh = raw_begin(s->raw, DDM_CMD_INTERFACE_CONNECT);
	int err;

	mnl_attr_put_u32(nlh, DDM_A_INTERFACE_ID, s->agent);
	mnl_attr_put_u32(nlh, DDM_A_INTERFACE_EVENT_FD, (uint32_t)fd);
	err = raw_do(s->raw, nlh);
	if (strcmp(state_of(&s->w, s->agent), "disconnected"))
		return -EINPROGRESS;
	return err;
}

/* One more interface connects: what a listener hears of unless it asks. */
static int cause_one_event(struct stage *s)
{
	int ifindex = netdev_add(s->w.rtnl, "eth8", "dummy");

	if (ifindex < 0 || !make_named(&s->w, "eth8"))
		return -ENODEV;
	return netdev_up(s->w.rtnl, ifindex);
}

/* Of an eventfd that listens: that event, and nothing else, is added to it. */
static int hears_one(struct stage *s, int fd, uint64_t expected)
{
	int err = cause_one_event(s);
	uint64_t seen = counted(fd);

	if (err || seen == expected)
		return err;
	printf("# it counted %llu, not %llu\n", (unsigned long long)seen,
	       (unsigned long long)expected);
	return -EPROTO;
}

/* Both commands that take one agree on it. */
static int both(struct stage *s, int fd)
{
	int err = register_fd(s, fd), other = connect_fd(s, fd);

	if (fd >= 0)
		close(fd);
	return err == other ? err : -EPROTO;
}

#define NO_EVENTFD(name, expression, error) \
	static int name(struct stage *s)    \
	{                                   \
		return both(s, expression); \
	}                                   \
	ROW(name, error)

static int a_pipe(void)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	close(ends[1]);
	return ends[0];
}

static int a_signalfd(void)
{
	sigset_t set;

	sigemptyset(&set);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

NO_EVENTFD(number_that_is_closed, 4000, EBADF);
NO_EVENTFD(number_below_zero, -1, ERANGE);
NO_EVENTFD(descriptor_of_a_pipe, a_pipe(), EINVAL);
NO_EVENTFD(descriptor_of_a_file, open("/proc/self/stat", O_RDONLY | O_CLOEXEC),
	   EINVAL);
NO_EVENTFD(descriptor_of_a_folder,
	   open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), EINVAL);
NO_EVENTFD(descriptor_of_a_path, open("/", O_PATH | O_CLOEXEC), EBADF);
NO_EVENTFD(descriptor_of_a_device, open("/dev/null", O_RDWR | O_CLOEXEC),
	   EINVAL);
NO_EVENTFD(descriptor_of_a_socket,
	   socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), EINVAL);
NO_EVENTFD(descriptor_of_an_epoll, epoll_create1(EPOLL_CLOEXEC), EINVAL);
NO_EVENTFD(descriptor_of_a_timer, timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC),
	   EINVAL);
NO_EVENTFD(descriptor_of_signals, a_signalfd(), EINVAL);
NO_EVENTFD(descriptor_of_memory, memfd_create("x", MFD_CLOEXEC), EINVAL);
NO_EVENTFD(descriptor_of_a_namespace,
	   open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), EINVAL);

/* The socket was passed over, the descriptor was not: the number is void. */
static int number_of_another_process(struct stage *s)
{
	int fd = event_fd(), status = 0;
	pid_t pid = fork();

	if (!pid) {
		close(fd);
		_exit(-register_fd(s, fd) & 0xff);
	}
	waitpid(pid, &status, 0);
	close(fd);
	return -WEXITSTATUS(status);
}
ROW(number_of_another_process, EBADF);

static int eventfd_passed_over(struct stage *s)
{
	char space[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 'x';
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = { .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = space,
			      .msg_controllen = sizeof(space) };
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	int pair[2], fd = event_fd(), err;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return -errno;
	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
	if (sendmsg(pair[1], &msg, 0) != 1)
		return -errno;
	close(fd);
	if (recvmsg(pair[0], &msg, MSG_CMSG_CLOEXEC) != 1)
		return -errno;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(fd));
	err = register_fd(s, fd);
	return err ? err : hears_one(s, fd, 1);
}
ROW(eventfd_passed_over, 0);

/* Two copies of a descriptor are one eventfd. */
static int eventfd_copied(struct stage *s)
{
	int fd = event_fd(), err = register_fd(s, fd);

	return err ? err : register_fd(s, dup(fd));
}
ROW(eventfd_copied, EEXIST);

static int eventfd_that_is_a_semaphore(struct stage *s)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE | EFD_NONBLOCK);
	int err = register_fd(s, fd);

	return err ? err : hears_one(s, fd, 1);
}
ROW(eventfd_that_is_a_semaphore, 0);

/*
 * A counter at its top blocks whoever writes; the kernel does not write, and
 * has one number more than they.
 */
static int eventfd_that_is_full(struct stage *s)
{
	uint64_t top = UINT64_MAX - 1;
	int fd = event_fd(), err = register_fd(s, fd);

	if (write(fd, &top, sizeof(top)) != sizeof(top))
		return -errno;
	return err ? err : hears_one(s, fd, UINT64_MAX);
}
ROW(eventfd_that_is_full, 0);

/* ---------------------------------------------------------------- floods -- */

static int set_limits(struct stage *s)
{
	struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_LISTENERS_SET |
		       DDM_SERVICE_MAX_SOCKET_LISTENERS_SET |
		       DDM_SERVICE_MAX_INTERFACES_SET,
		.max_interfaces = FEW,
		.max_listeners = 2 * FEW,
		.max_socket_listeners = FEW,
	};

	return ddm_service_set(s->w.ddm, &request);
}

/* Register until it is refused, which has to come after so many. */
static int flood(struct stage *s, unsigned int expected)
{
	unsigned int count = 0;
	int err;

	do
		err = register_fd(s, event_fd());
	while (!err && ++count < 100);
	return count == expected ? err : -EPROTO;
}

static int flood_of_listeners_on_a_socket(struct stage *s)
{
	return set_limits(s) ?: flood(s, FEW);
}
ROW(flood_of_listeners_on_a_socket, ENOSPC);

static int flood_of_listeners_on_many_sockets(struct stage *s)
{
	struct raw *first = s->raw, *second = raw_open(0);
	int err = set_limits(s) ?: flood(s, FEW);

	if (err != -ENOSPC || !second)
		return -EPROTO;
	s->raw = second;
	flood(s, FEW);
	s->raw = raw_open(0);
	err = flood(s, 0);
	raw_close(s->raw);
	raw_close(second);
	s->raw = first;
	return err;
}
ROW(flood_of_listeners_on_many_sockets, ENOSPC);

static int flood_of_interfaces(struct stage *s)
{
	struct ddm_interface_request request = { .name = "third" };
	int err = set_limits(s);

	make(&s->w, &request, &err);
	request.name = "fourth";
	make(&s->w, &request, &err);
	return err;
}
ROW(flood_of_interfaces, EUSERS);

static int flood_of_rules(struct stage *s)
{
	const struct ddm_rule rule = { .size = sizeof(rule), .type = 1 };
	unsigned int count = 0;
	int err;

	do
		err = ddm_rule_new(s->w.ddm, &rule, NULL);
	while (!err && ++count < 1000);
	return err;
}
ROW(flood_of_rules, ENOSPC);

/* --------------------------------------------------------------- dialers -- */

static int take_request(const struct ddm_dial *dial, void *data)
{
	if (!dial->hangup)
		*(uint32_t *)data = dial->request;
	return 0;
}

/* Begin an attempt, and have the dialer asked. Returns its number. */
static uint32_t begin(struct stage *s, uint32_t timeout)
{
	const struct ddm_connect_request request = {
		.size = sizeof(request),
		.timeout = timeout,
		.event_fd = s->fd,
	};
	int64_t end = now_ms() + PATIENCE;
	uint32_t number = 0;

	if (ddm_interface_connect(s->w.ddm, s->agent, &request, NULL))
		return 0;
	while (!number && now_ms() < end) {
		readable(ddm_dialer_fd(s->dialer), 100);
		if (ddm_dialer_read(s->dialer, take_request, &number) < 0)
			break;
	}
	return number;
}

/* What the dialer says must not have ended the attempt, or connected it. */
static int report(struct stage *s, uint32_t request, uint32_t error,
		  const char *device)
{
	int err = ddm_dial_result(s->dialer, request, error, device);

	if (err && strcmp(state_of(&s->w, s->agent), "connecting"))
		return -EPROTO;
	return err;
}

#define LIE(name, request, error_told, device, error)                    \
	static int name(struct stage *s)                                 \
	{                                                                \
		uint32_t number = begin(s, 0);                           \
                                                                         \
		return number ? report(s, request, error_told, device) : \
				-EPROTO;                                 \
	}                                                                \
	ROW(name, error)

LIE(dialer_that_answers_what_was_not_asked, number + 1, 0, NULL, ENOENT);
LIE(dialer_that_answers_the_largest_number, UINT32_MAX, 691, NULL, ENOENT);
LIE(dialer_that_claims_the_victims_device, number, 0, "eth7", EADDRINUSE);
LIE(dialer_that_names_no_name, number, 0, "a/b", EINVAL);
LIE(dialer_that_names_a_code_that_is_none, number, DDM_ERROR_MAX + 1, NULL,
    ERANGE);
/* it may yet come; if it does not, the time limit ends the attempt */
LIE(dialer_that_names_a_device_that_is_not_there, number, 0, "nowhere", 0);

static int dialer_that_answers_twice(struct stage *s)
{
	uint32_t number = begin(s, 0);

	if (ddm_dial_result(s->dialer, number, 691, NULL))
		return -EPROTO;
	return ddm_dial_result(s->dialer, number, 0, NULL);
}
ROW(dialer_that_answers_twice, ENOENT);

static int dialer_that_answers_for_another_namespace(struct stage *s)
{
	uint32_t id = make_agent(&s->other, "agent"), number = begin(s, 0);
	struct ddm *dialer;
	int err;

	if (!id || !number || setns(s->w.netns, CLONE_NEWNET))
		return -EPROTO;
	err = ddm_open(&dialer);
	if (!err)
		err = ddm_dialer_bind(dialer, 0);
	if (!err)
		err = ddm_dial_result(dialer, number, 691, NULL);
	ddm_close(dialer);
	return strcmp(state_of(&s->w, s->agent), "connecting") ? -EPROTO : err;
}
ROW(dialer_that_answers_for_another_namespace, ENOENT);

static int neighbour_that_answers_for_the_dialer(struct stage *s)
{
	return ddm_dial_result(s->w.ddm, begin(s, 0), 691, NULL);
}
ROW(neighbour_that_answers_for_the_dialer, EPERM);

static int neighbour_that_would_be_the_dialer(struct stage *s)
{
	return ddm_dialer_bind(s->w.ddm, 0);
}
ROW(neighbour_that_would_be_the_dialer, EBUSY);

static int neighbour_that_unbinds_the_dialer(struct stage *s)
{
	return ddm_dialer_unbind(s->w.ddm, 0);
}
ROW(neighbour_that_unbinds_the_dialer, ENOENT);

/* Nobody waits for ever for one that never answers. */
static int dialer_that_never_answers(struct stage *s)
{
	struct ddm_event event = { .error = 0 };

	if (!begin(s, 50) || !readable(s->fd, PATIENCE))
		return -EPROTO;
	if (!last_event(&s->w, s->agent, DDM_EVENT_TYPE_CONNECT_FAILED, &event))
		return -EPROTO;
	return event.reason == DDM_REASON_TIMEOUT && event.error == 718 ?
		       -ETIMEDOUT :
		       -EPROTO;
}
ROW(dialer_that_never_answers, ETIMEDOUT);

/* Its socket is full, and it does not care: the caller is told at once. */
static int dialer_that_never_reads(struct stage *s)
{
	struct ddm_connect_request request = { .size = sizeof(request),
					       .event_fd = -1 };
	int i, err = 0, small = 1;

	setsockopt(ddm_dialer_fd(s->dialer), SOL_SOCKET, SO_RCVBUF, &small,
		   sizeof(small));
	for (i = 0; i < 1000 && !err; i++) {
		err = ddm_interface_connect(s->w.ddm, s->agent, &request, NULL);
		if (!err)
			ddm_interface_disconnect(s->w.ddm, s->agent);
	}
	return err;
}
ROW(dialer_that_never_reads, ENOBUFS);

/* ---------------------------------------------------------------- agents -- */

static int link_new(struct stage *s, int ifindex, const char *port)
{
	return ddm_link_new(s->w.ddm, (uint32_t)ifindex, port,
			    DDM_LINK_STATE_UP, NULL);
}

/* It would take the victim's connection over, as claimed devices are. */
static int agent_that_claims_what_is_not_ppp(struct stage *s)
{
	return link_new(s, s->device, "ttyS0");
}
ROW(agent_that_claims_what_is_not_ppp, EOPNOTSUPP);

static int agent_that_claims_what_is_not_there(struct stage *s)
{
	return link_new(s, INT32_MAX, "ttyS0");
}
ROW(agent_that_claims_what_is_not_there, ENODEV);

/* An index that this namespace has, too, would be a device of its own. */
static int agent_that_claims_a_foreign_device(struct stage *s)
{
	char name[16];
	int there = 0;

	if (setns(s->w.netns, CLONE_NEWNET))
		return -errno;
	while (there >= 0 && there <= s->device) {
		snprintf(name, sizeof(name), "far%d", there);
		there = netdev_add(s->other.rtnl, name, "dummy");
	}
	return there > 0 ? link_new(s, there, "ttyS0") : -EPROTO;
}
ROW(agent_that_claims_a_foreign_device, ENODEV);

static int agent_that_changes_a_link_that_is_none(struct stage *s)
{
	return ddm_link_set(s->w.ddm, 4711, DDM_LINK_STATE_DOWN);
}
ROW(agent_that_changes_a_link_that_is_none, ENXIO);

static int agent_that_ends_a_link_that_is_none(struct stage *s)
{
	return ddm_link_del(s->w.ddm, UINT32_MAX);
}
ROW(agent_that_ends_a_link_that_is_none, ENXIO);

/* --------------------------------------------------------- other people -- */

/* Run by somebody else; what he is refused with is told by the exit status. */
static int as(struct stage *s, int (*become)(void), act_fn *act)
{
	pid_t pid = fork();
	int status = 0;

	if (!pid)
		_exit(become() ? EPROTO : -act(s) & 0xff);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EPROTO;
}

static int nobody(void)
{
	return setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	       setresuid(NOBODY, NOBODY, NOBODY);
}

/* All capabilities, in a user namespace that owns nothing here */
static int lord_of_nothing(void)
{
	return unshare(CLONE_NEWUSER);
}

static int delete_the_victim(struct stage *s)
{
	struct ddm *ddm;
	int err = ddm_open(&ddm);

	if (!err)
		err = ddm_interface_del(ddm, s->victim);
	return err;
}

static int hang_the_victim_up(struct stage *s)
{
	return ddm_interface_disconnect(s->w.ddm, s->victim);
}

static int listen_to_the_victim(struct stage *s)
{
	return register_fd(s, event_fd());
}

static int stop_the_service(struct stage *s)
{
	return set_service(&s->w, DDM_SERVICE_STATE_STOPPED);
}

#define AS(who, what)                                  \
	static int who##_would_##what(struct stage *s) \
	{                                              \
		return as(s, who, what);               \
	}                                              \
	ROW(who##_would_##what, EPERM)

AS(nobody, delete_the_victim);
AS(nobody, hang_the_victim_up); /* by a socket of root's */
AS(nobody, listen_to_the_victim);
AS(nobody, stop_the_service);
AS(lord_of_nothing, delete_the_victim);
AS(lord_of_nothing, hang_the_victim_up);
AS(lord_of_nothing, listen_to_the_victim);
AS(lord_of_nothing, stop_the_service);

/* Numbers of another namespace mean nothing here, or something else. */
static int neighbour_that_uses_a_foreign_id(struct stage *s)
{
	uint32_t id = s->foreign;
	char name[16];
	int err;

	while (id && (id <= s->victim || id <= s->agent)) {
		snprintf(name, sizeof(name), "far%u", id);
		id = make_named(&s->other, name);
	}
	if (!id)
		return -EPROTO;
	err = ddm_interface_del(s->w.ddm, id);
	return strcmp(state_of(&s->other, id), "ESTALE") ? err : -EPROTO;
}
ROW(neighbour_that_uses_a_foreign_id, ESTALE);

static int neighbour_that_uses_a_foreign_name(struct stage *s)
{
	const struct ddm_interface *interface;

	return ddm_interface_find(s->w.ddm, "foreign", &interface);
}
ROW(neighbour_that_uses_a_foreign_name, ENOENT);

static int neighbour_that_takes_the_victims_name(struct stage *s)
{
	struct ddm_interface_request request = { .name = "eth7" };
	int err;

	make(&s->w, &request, &err);
	return err;
}
ROW(neighbour_that_takes_the_victims_name, EEXIST);

static int neighbour_that_takes_the_victims_device(struct stage *s)
{
	struct ddm_interface_request request = {
		.set = DDM_INTERFACE_DEVICE_SET,
		.name = "thief",
		.device = "eth7",
	};
	int err;

	make(&s->w, &request, &err);
	return err;
}
ROW(neighbour_that_takes_the_victims_device, EADDRINUSE);

static int neighbour_that_deletes_what_is_connected(struct stage *s)
{
	return ddm_interface_del(s->w.ddm, s->victim);
}
ROW(neighbour_that_deletes_what_is_connected, EBUSY);

WORLD_MAIN
