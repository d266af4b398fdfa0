// SPDX-License-Identifier: GPL-2.0-only
/*
 * An eventfd that is registered is signalled by what it asked for, by nothing
 * else, and as long as the socket that registered it is open.
 */
#include <pthread.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "raw.h"
#include "world.h"

#define CONNECTED DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECTED)
#define DISCONNECTED DDM_EVENT_BIT(DDM_EVENT_TYPE_DISCONNECTED)

FIXTURE(listener)
{
	struct world w;
	int device;
	uint32_t id;
	int fd;
};

FIXTURE_SETUP(listener)
{
	ASSERT_ERR(0, world_enter(&self->w));
	self->device = netdev_add(self->w.rtnl, "wan", "dummy");
	ASSERT_LT(0, self->device);
	self->id = make_named(&self->w, "wan");
	ASSERT_NE(0, self->id);
	self->fd = event_fd();
	ASSERT_LE(0, self->fd);
}

FIXTURE_TEARDOWN(listener)
{
	close(self->fd);
	world_leave(&self->w);
}

static unsigned int listeners(struct world *w)
{
	const struct ddm_service *service;

	return ddm_service_get(w->ddm, &service) ? UINT32_MAX :
						   service->listeners;
}

static int raw_register(struct raw *raw, int fd)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_LISTENER_REGISTER);

	mnl_attr_put_u32(nlh, DDM_A_LISTENER_EVENT_FD, (uint32_t)fd);
	return raw_do(raw, nlh);
}

TEST_F(listener, one_up_is_one_signal)
{
	struct world *w = &self->w;

	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
	EXPECT_EQ(0, counted(self->fd));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(0, counted(self->fd));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
}

TEST_F(listener, connected_and_disconnected_are_the_default)
{
	struct world *w = &self->w;

	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
	ASSERT_ERR(0, set_enabled(w, self->id, 0));
	ASSERT_NE(0, make_named(w, "another"));
	EXPECT_EQ(0, counted(self->fd));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(2, counted(self->fd));
}

TEST_F(listener, mask_selects_events)
{
	struct world *w = &self->w;
	int down = event_fd(), change = event_fd(), all = event_fd();

	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, CONNECTED, 0));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, down, DISCONNECTED, 0));
	ASSERT_ERR(0,
		   ddm_listener_register(
			   w->ddm, change,
			   DDM_EVENT_BIT(DDM_EVENT_TYPE_INTERFACE_CHANGE), 0));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, all, 0x7fe, 0));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_EQ(0, counted(down));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(0, counted(self->fd));
	EXPECT_EQ(1, counted(down));
	EXPECT_EQ(0, counted(change));
	ASSERT_ERR(0, set_enabled(w, self->id, 0));
	EXPECT_EQ(1, counted(change));
	EXPECT_EQ(0, counted(down));
	EXPECT_EQ(3, counted(all));
}

TEST_F(listener, interface_filter_selects_events)
{
	struct world *w = &self->w;
	int device = netdev_add(w->rtnl, "other", "dummy");
	uint32_t other = make_named(w, "other");
	int fd = event_fd();

	ASSERT_NE(0, other);
	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, self->id));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fd, 0, other));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_EQ(0, counted(fd));
	ASSERT_ERR(0, netdev_up(w->rtnl, device));
	EXPECT_EQ(0, counted(self->fd));
	EXPECT_EQ(1, counted(fd));
}

TEST_F(listener, unknown_interface_is_refused)
{
	EXPECT_ERR(-ESTALE, ddm_listener_register(self->w.ddm, self->fd, 0,
						  self->id + 1));
	EXPECT_EQ(0, listeners(&self->w));
}

TEST_F(listener, end_of_its_interface_signals_and_leaves_it)
{
	struct world *w = &self->w;

	ASSERT_ERR(0, ddm_listener_register(
			      w->ddm, self->fd,
			      DDM_EVENT_BIT(DDM_EVENT_TYPE_INTERFACE_DEL),
			      self->id));
	ASSERT_ERR(0, ddm_interface_del(w->ddm, self->id));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_EQ(1, listeners(w));
	ASSERT_NE(0, make_named(w, "wan"));
	EXPECT_EQ(0, counted(self->fd));
	EXPECT_ERR(0, ddm_listener_deregister(w->ddm, self->fd));
}

TEST_F(listener, same_eventfd_twice_is_refused)
{
	struct world *w = &self->w;
	int copy = fcntl(self->fd, F_DUPFD_CLOEXEC, 0);

	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
	EXPECT_ERR(-EEXIST, ddm_listener_register(w->ddm, self->fd, 0, 0));
	EXPECT_ERR(-EEXIST, ddm_listener_register(w->ddm, self->fd, CONNECTED,
						  self->id));
	/* it is the eventfd that counts, not the number of the descriptor */
	EXPECT_ERR(-EEXIST, ddm_listener_register(w->ddm, copy, 0, 0));
	EXPECT_EQ(1, listeners(w));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	EXPECT_ERR(0, ddm_listener_deregister(w->ddm, copy));
	EXPECT_ERR(-ENOENT, ddm_listener_deregister(w->ddm, self->fd));
}

TEST_F(listener, another_socket_may_register_the_same)
{
	struct world *w = &self->w;
	struct ddm *other;

	ASSERT_ERR(0, ddm_open(&other));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
	ASSERT_ERR(0, ddm_listener_register(other, self->fd, 0, 0));
	EXPECT_EQ(2, listeners(w));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	/* a thousand would be as many signals to the same programs */
	EXPECT_EQ(1, counted(self->fd));
	ddm_close(other);
	EXPECT_EQ(1, listeners(w));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
}

/* What counts is what any of them asked for, whoever of them goes. */
TEST_F(listener, sockets_that_share_an_eventfd_may_want_different_events)
{
	const uint32_t masks[] = { DDM_EVENT_BIT(DDM_EVENT_TYPE_SERVICE),
				   DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECTED),
				   DDM_EVENT_BIT(DDM_EVENT_TYPE_DISCONNECTED) };
	struct world *w = &self->w;
	struct ddm *ddm[ARRAY_SIZE(masks)];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(masks); i++) {
		ASSERT_ERR(0, ddm_open(&ddm[i]));
		ASSERT_ERR(0, ddm_listener_register(ddm[i], self->fd, masks[i],
						    0));
	}
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	/* the first, then the last */
	ddm_close(ddm[0]);
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	ddm_close(ddm[2]);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(0, counted(self->fd));
	ddm_close(ddm[1]);
}

TEST_F(listener, another_socket_cannot_deregister_it)
{
	struct world *w = &self->w;
	struct ddm *other;

	ASSERT_ERR(0, ddm_open(&other));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
	EXPECT_ERR(-ENOENT, ddm_listener_deregister(other, self->fd));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	ddm_close(other);
}

TEST_F(listener, deregistered_is_signalled_no_longer)
{
	struct world *w = &self->w;

	EXPECT_ERR(-ENOENT, ddm_listener_deregister(w->ddm, self->fd));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
	EXPECT_EQ(1, listeners(w));
	EXPECT_ERR(0, ddm_listener_deregister(w->ddm, self->fd));
	EXPECT_EQ(0, listeners(w));
	EXPECT_ERR(-ENOENT, ddm_listener_deregister(w->ddm, self->fd));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(0, counted(self->fd));
	EXPECT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
}

TEST_F(listener, what_is_no_eventfd_is_refused)
{
	struct world *w = &self->w;
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int pipes[2];

	ASSERT_EQ(0, pipe(pipes));
	EXPECT_ERR(-EINVAL, ddm_listener_register(w->ddm, null, 0, 0));
	EXPECT_ERR(-EINVAL, ddm_listener_register(w->ddm, pipes[1], 0, 0));
	EXPECT_ERR(-EBADF, ddm_listener_register(w->ddm, 9999, 0, 0));
	EXPECT_ERR(-EBADF, ddm_listener_register(w->ddm, -1, 0, 0));
	EXPECT_ERR(-EINVAL, ddm_listener_deregister(w->ddm, null));
	EXPECT_ERR(-EBADF, ddm_listener_deregister(w->ddm, 9999));
	EXPECT_EQ(0, listeners(w));
}

TEST_F(listener, semaphore_counts_every_event)
{
	struct world *w = &self->w;
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);

	ASSERT_ERR(0, ddm_listener_register(w->ddm, fd, 0, 0));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(1, counted(fd));
	EXPECT_EQ(1, counted(fd));
	EXPECT_EQ(0, counted(fd));
}

TEST_F(listener, full_counter_does_not_stop_anything)
{
	uint64_t nearly = UINT64_MAX - 2;
	struct world *w = &self->w;
	uint64_t since = head(w);

	ASSERT_EQ(sizeof(nearly), write(self->fd, &nearly, sizeof(nearly)));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, self->fd, 0, 0));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	EXPECT_EQ(UINT64_MAX, counted(self->fd));
	EXPECT_EQ(since + 4, head(w));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
}

TEST_F(listener, eventfd_may_be_closed_while_it_is_registered)
{
	struct world *w = &self->w;
	int fd = event_fd();
	struct ddm *other;

	ASSERT_ERR(0, ddm_open(&other));
	ASSERT_ERR(0, ddm_listener_register(other, fd, 0, 0));
	close(fd);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_ERR(-EBADF, ddm_listener_deregister(other, fd));
	EXPECT_EQ(1, listeners(w));
	ddm_close(other);
	EXPECT_EQ(0, listeners(w));
}

TEST_F(listener, closing_the_socket_ends_it)
{
	struct world *w = &self->w;
	struct ddm *other;

	ASSERT_ERR(0, ddm_open(&other));
	ASSERT_ERR(0, ddm_listener_register(other, self->fd, 0, 0));
	EXPECT_EQ(1, listeners(w));
	ddm_close(other);
	EXPECT_EQ(0, listeners(w));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(0, counted(self->fd));
}

TEST_F(listener, copy_of_the_descriptor_keeps_the_socket)
{
	struct world *w = &self->w;
	struct raw *raw = raw_open(0);
	int copy;

	ASSERT_NE(NULL, raw);
	ASSERT_ERR(0, raw_register(raw, self->fd));
	copy = fcntl(raw_fd(raw), F_DUPFD_CLOEXEC, 0);
	raw_close(raw);
	EXPECT_EQ(1, listeners(w));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(self->fd));
	close(copy);
	EXPECT_EQ(0, listeners(w));
}

TEST_F(listener, killed_process_leaves_none)
{
	struct world *w = &self->w;
	int status;
	pid_t pid;

	pid = fork();
	if (!pid) {
		struct raw *raw = raw_open(0);

		if (!raw || raw_register(raw, self->fd))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_TRUE(WIFSIGNALED(status));
	EXPECT_EQ(0, listeners(w));
}

TEST_F(listener, new_socket_with_the_old_port_inherits_nothing)
{
	const uint32_t port = 0x0dd0dd00;
	struct world *w = &self->w;
	int second = event_fd();
	struct raw *raw;
	int i;

	for (i = 0; i < 20; i++) {
		raw = raw_open(port);
		ASSERT_NE(NULL, raw);
		ASSERT_ERR(0, raw_register(raw, self->fd));
		raw_close(raw);
		raw = raw_open(port);
		ASSERT_NE(NULL, raw);
		ASSERT_ERR(0, raw_register(raw, second));
		ASSERT_EQ(1, listeners(w));
		ASSERT_ERR(0, i & 1 ? netdev_down(w->rtnl, self->device) :
				      netdev_up(w->rtnl, self->device));
		ASSERT_EQ(0, counted(self->fd));
		ASSERT_EQ(1, counted(second));
		raw_close(raw);
	}
}

static void *close_it(void *data)
{
	raw_close(data);
	return NULL;
}

/* The notice of the old one's end comes when the new one has the port already. */
TEST_F_TIMEOUT(listener, late_notice_of_an_old_socket_does_not_hit_the_new_one,
	       60)
{
	const uint32_t port = 0x0dd0dd01;
	struct world *w = &self->w;
	struct raw *old, *new;
	pthread_t thread;
	int i;

	for (i = 0; i < 200; i++) {
		old = raw_open(port);
		ASSERT_NE(NULL, old);
		ASSERT_ERR(0, raw_register(old, self->fd));
		ASSERT_EQ(0, pthread_create(&thread, NULL, close_it, old));
		do {
			new = raw_open(port);
		} while (!new &&errno == EADDRINUSE);
		ASSERT_NE(NULL, new);
		ASSERT_ERR(0, raw_register(new, self->fd));
		pthread_join(thread, NULL);
		ASSERT_EQ(1, listeners(w));
		raw_close(new);
		ASSERT_EQ(0, listeners(w));
	}
}

static int set_limits(struct world *w, uint32_t of_socket,
		      uint32_t of_namespace)
{
	struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_SOCKET_LISTENERS_SET |
		       DDM_SERVICE_MAX_LISTENERS_SET,
		.max_socket_listeners = of_socket,
		.max_listeners = of_namespace,
	};

	return ddm_service_set(w->ddm, &request);
}

TEST_F(listener, limit_of_a_socket_is_kept)
{
	struct world *w = &self->w;
	int fds[3] = { event_fd(), event_fd(), event_fd() };
	struct ddm *other;

	ASSERT_ERR(0, set_limits(w, 2, 100));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[0], 0, 0));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[1], 0, 0));
	EXPECT_ERR(-ENOSPC, ddm_listener_register(w->ddm, fds[2], 0, 0));
	EXPECT_NE(NULL, strstr(ddm_error(w->ddm), "max_socket_listeners"));
	ASSERT_ERR(0, ddm_open(&other));
	EXPECT_ERR(0, ddm_listener_register(other, fds[2], 0, 0));
	ddm_close(other);
	ASSERT_ERR(0, ddm_listener_deregister(w->ddm, fds[0]));
	EXPECT_ERR(0, ddm_listener_register(w->ddm, fds[2], 0, 0));
	EXPECT_EQ(2, listeners(w));
}

TEST_F(listener, limit_of_the_namespace_is_kept)
{
	struct world *w = &self->w;
	int fds[3] = { event_fd(), event_fd(), event_fd() };
	struct ddm *other;

	ASSERT_ERR(0, set_limits(w, 100, 2));
	ASSERT_ERR(0, ddm_open(&other));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[0], 0, 0));
	ASSERT_ERR(0, ddm_listener_register(other, fds[1], 0, 0));
	EXPECT_ERR(-ENOSPC, ddm_listener_register(w->ddm, fds[2], 0, 0));
	EXPECT_NE(NULL, strstr(ddm_error(w->ddm), "max_listeners"));
	ddm_close(other);
	EXPECT_ERR(0, ddm_listener_register(w->ddm, fds[2], 0, 0));
}

TEST_F(listener, lower_limit_ends_nobody)
{
	struct world *w = &self->w;
	int fds[2] = { event_fd(), event_fd() };

	ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[0], 0, 0));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[1], 0, 0));
	ASSERT_ERR(0, set_limits(w, 1, 1));
	EXPECT_EQ(2, listeners(w));
	EXPECT_ERR(-ENOSPC, ddm_listener_register(w->ddm, self->fd, 0, 0));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(1, counted(fds[0]));
	EXPECT_EQ(1, counted(fds[1]));
}

#define MANY 1000

TEST_F(listener, thousand_listeners_are_all_signalled)
{
	struct rlimit limit = { MANY + 100, MANY + 100 };
	struct world *w = &self->w;
	int fds[MANY], i, signalled = 0;

	ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &limit));
	for (i = 0; i < MANY; i++) {
		fds[i] = event_fd();
		ASSERT_LE(0, fds[i]);
		ASSERT_ERR(0, ddm_listener_register(w->ddm, fds[i], 0, 0));
	}
	EXPECT_EQ(MANY, listeners(w));
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	for (i = 0; i < MANY; i++)
		signalled += counted(fds[i]) == 1;
	EXPECT_EQ(MANY, signalled);
	for (i = 0; i < MANY; i += 2)
		ASSERT_ERR(0, ddm_listener_deregister(w->ddm, fds[i]));
	ASSERT_ERR(0, netdev_down(w->rtnl, self->device));
	for (i = 0; i < MANY; i++)
		signalled += counted(fds[i]) == 1;
	EXPECT_EQ(MANY + MANY / 2, signalled);
}

/* The descriptor is looked up where the message comes from. */
TEST_F(listener, eventfd_of_another_process_can_be_registered)
{
	char space[CMSG_SPACE(sizeof(int))] = { 0 };
	char byte = 'x';
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = space,
		.msg_controllen = sizeof(space),
	};
	struct world *w = &self->w;
	struct cmsghdr *cmsg;
	int pair[2], fd, status;
	pid_t pid;

	ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
	pid = fork();
	if (!pid) {
		fd = event_fd();
		cmsg = CMSG_FIRSTHDR(&msg);
		cmsg->cmsg_level = SOL_SOCKET;
		cmsg->cmsg_type = SCM_RIGHTS;
		cmsg->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
		if (sendmsg(pair[1], &msg, 0) != 1)
			_exit(1);
		_exit(readable(fd, PATIENCE) && counted(fd) == 1 ? 0 : 2);
	}
	ASSERT_EQ(1, recvmsg(pair[0], &msg, MSG_CMSG_CLOEXEC));
	cmsg = CMSG_FIRSTHDR(&msg);
	ASSERT_NE(NULL, cmsg);
	memcpy(&fd, CMSG_DATA(cmsg), sizeof(fd));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fd, 0, 0));
	close(fd);
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EQ(0, status);
}

static void *race_register(void *data)
{
	struct world own = { 0 };
	bool *stop = data;
	int fd = event_fd();

	while (!__atomic_load_n(stop, __ATOMIC_ACQUIRE)) {
		if (ddm_open(&own.ddm))
			break;
		ddm_listener_register(own.ddm, fd, 0, 0);
		if (counted(fd) & 1)
			ddm_listener_deregister(own.ddm, fd);
		ddm_close(own.ddm);
	}
	close(fd);
	return NULL;
}

TEST_F(listener, registering_and_closing_while_events_happen_is_safe)
{
	struct world *w = &self->w;
	uint64_t since = head(w);
	pthread_t threads[3];
	bool stop = false;
	int i;

	for (i = 0; i < 3; i++)
		ASSERT_EQ(0, pthread_create(&threads[i], NULL, race_register,
					    &stop));
	for (i = 0; i < 300; i++)
		ASSERT_ERR(0, i & 1 ? netdev_down(w->rtnl, self->device) :
				      netdev_up(w->rtnl, self->device));
	__atomic_store_n(&stop, true, __ATOMIC_RELEASE);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	EXPECT_EQ(0, listeners(w));
	EXPECT_EQ(since + 300, head(w));
}

WORLD_MAIN
