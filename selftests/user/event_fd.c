// SPDX-License-Identifier: GPL-2.0-only
/* Events as descriptors: what an epoll loop and the kernel see, and fork. */
#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>

#include <mprevent.h>

#include "ktap.h"
#include "event_threads.h"

static bool readable(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0) == 1;
}

static void handle_and_fd_share_state(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);
	struct epoll_event told = { .events = EPOLLIN };
	int fd = mpr_event_fd(event);
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	eventfd_t value;

	EXPECT_TRUE(fd >= 0);
	EXPECT_EQ(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &told), 0);
	EXPECT_EQ(epoll_wait(epoll, &told, 1, 0), 0);
	EXPECT_TRUE(SetEvent(event));
	EXPECT_EQ(epoll_wait(epoll, &told, 1, 0), 1);
	EXPECT_EQ(eventfd_read(fd, &value), 0);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	EXPECT_EQ(eventfd_write(fd, 3), 0);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	EXPECT_TRUE(SetEvent(event) && ResetEvent(event));
	EXPECT_EQ(epoll_wait(epoll, &told, 1, 0), 0);
	close(epoll);
	EXPECT_TRUE(CloseHandle(event));
	EXPECT_EQ(mpr_event_fd(event), -1);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

static void manual_reset_event_stays_readable(void)
{
	HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);
	int fd = mpr_event_fd(event);

	eventfd_write(fd, 1);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_TRUE(readable(fd));
	EXPECT_TRUE(ResetEvent(event));
	EXPECT_TRUE(!readable(fd));
	CloseHandle(event);
}

static void full_counter_is_one_signal(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);

	EXPECT_EQ(eventfd_write(mpr_event_fd(event), UINT64_MAX - 1), 0);
	EXPECT_TRUE(SetEvent(event));
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	CloseHandle(event);
}

/* The kernel writes to the eventfd without passing through SetEvent. */
static void write_from_elsewhere_wakes_a_wait(void)
{
	struct waiter waiter = { .count = 2, .timeout = PATIENCE };

	waiter.events[0] = CreateEvent(NULL, FALSE, FALSE, NULL);
	waiter.events[1] = CreateEvent(NULL, FALSE, FALSE, NULL);
	EXPECT_TRUE(start_waiter(&waiter));
	EXPECT_EQ(eventfd_write(mpr_event_fd(waiter.events[1]), 1), 0);
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0 + 1);
	CloseHandle(waiter.events[0]);
	CloseHandle(waiter.events[1]);
}

static void write_from_elsewhere_meets_a_wait_for_all(void)
{
	struct waiter waiter = { .count = 3, .all = TRUE, .timeout = PATIENCE };
	int i;

	for (i = 0; i < 3; i++)
		waiter.events[i] = CreateEvent(NULL, FALSE, FALSE, NULL);
	EXPECT_TRUE(start_waiter(&waiter));
	for (i = 0; i < 3; i++) {
		usleep(MOMENT * 1000);
		EXPECT_TRUE(!waiter.done);
		EXPECT_EQ(eventfd_write(mpr_event_fd(waiter.events[i]), 1), 0);
	}
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0);
	for (i = 0; i < 3; i++) {
		EXPECT_TRUE(!readable(mpr_event_fd(waiter.events[i])));
		CloseHandle(waiter.events[i]);
	}
}

static void descriptors_are_cloexec(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), imported;
	struct waiter waiter = { .count = 1, .timeout = PATIENCE };
	bool inherited[256];
	int plain, fd;

	/* A shell or make may have left some open for us. */
	for (fd = 0; fd < 256; fd++)
		inherited[fd] = fcntl(fd, F_GETFD) >= 0;
	plain = eventfd(0, 0);
	imported = mpr_event_from_fd(plain, TRUE);
	close(plain);
	EXPECT_TRUE(imported);
	waiter.events[0] = event;
	EXPECT_TRUE(start_waiter(&waiter));
	for (fd = 0; fd < 256; fd++) {
		int flags = fcntl(fd, F_GETFD);

		if (flags >= 0 && !(flags & FD_CLOEXEC) && !inherited[fd])
			KTAP_FAIL("descriptor %d is passed on to programs", fd);
	}
	SetEvent(event);
	pthread_join(waiter.thread, NULL);
	CloseHandle(event);
	CloseHandle(imported);
}

static void event_from_fd_is_that_eventfd(void)
{
	int fd = eventfd(0, EFD_CLOEXEC);
	HANDLE event = mpr_event_from_fd(fd, FALSE);

	EXPECT_TRUE(event);
	eventfd_write(fd, 5);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_TRUE(!readable(fd));
	EXPECT_TRUE(SetEvent(event));
	EXPECT_TRUE(readable(fd));
	/* The caller's descriptor stays the caller's. */
	EXPECT_TRUE(CloseHandle(event));
	EXPECT_TRUE(readable(fd));
	close(fd);
}

static void import_leaves_the_signal_alone(void)
{
	unsigned int value;

	for (value = 0; value < 4; value++) {
		int fd = eventfd(value, EFD_CLOEXEC | EFD_NONBLOCK);
		HANDLE event = mpr_event_from_fd(fd, FALSE);
		eventfd_t seen = 0;

		EXPECT_TRUE(event);
		eventfd_read(fd, &seen);
		EXPECT_EQ(seen, value);
		CloseHandle(event);
		close(fd);
	}
}

static void only_plain_eventfds_are_imported(void)
{
	int semaphore = eventfd(3, EFD_CLOEXEC | EFD_SEMAPHORE | EFD_NONBLOCK);
	int empty = eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE);
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	int file = open("/dev/null", O_RDWR | O_CLOEXEC);
	const int wrong[] = { semaphore, empty, timer, file };
	eventfd_t value = 0;
	size_t i;

	for (i = 0; i < ARRAYSIZE(wrong); i++) {
		SetLastError(0);
		EXPECT_TRUE(!mpr_event_from_fd(wrong[i], FALSE));
		EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	}
	for (i = 0; i < 3; i++)
		EXPECT_EQ(eventfd_read(semaphore, &value), 0);
	EXPECT_TRUE(!readable(semaphore));
	EXPECT_TRUE(!readable(empty));
	for (i = 0; i < ARRAYSIZE(wrong); i++)
		close(wrong[i]);
	EXPECT_TRUE(!mpr_event_from_fd(-1, FALSE));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	EXPECT_TRUE(!mpr_event_from_fd(file, FALSE));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

/* It could never end, as the first of the two takes the other's signal. */
static void wait_for_all_of_one_eventfd_is_refused(void)
{
	HANDLE pair[2];

	pair[0] = CreateEvent(NULL, FALSE, TRUE, NULL);
	pair[1] = mpr_event_from_fd(mpr_event_fd(pair[0]), FALSE);
	EXPECT_EQ(WaitForMultipleObjects(2, pair, TRUE, 100), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WaitForMultipleObjects(2, pair, FALSE, 0), WAIT_OBJECT_0);
	CloseHandle(pair[0]);
	CloseHandle(pair[1]);
}

static void child_has_no_waiters_of_its_parent(void)
{
	struct waiter waiter = { .count = 1, .timeout = PATIENCE };
	int status;
	pid_t child;

	waiter.events[0] = CreateEvent(NULL, FALSE, FALSE, NULL);
	EXPECT_TRUE(start_waiter(&waiter));
	child = fork();
	/*
	 * The signal may go to the parent's thread, which polls the same
	 * eventfd, but not to a copy of that thread which does not exist.
	 */
	if (!child)
		_exit(!SetEvent(waiter.events[0]));
	EXPECT_EQ(waitpid(child, &status, 0), child);
	EXPECT_EQ(status, 0);
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0);
	CloseHandle(waiter.events[0]);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(handle_and_fd_share_state),
	KTAP_TEST(manual_reset_event_stays_readable),
	KTAP_TEST(full_counter_is_one_signal),
	KTAP_TEST(write_from_elsewhere_wakes_a_wait),
	KTAP_TEST(write_from_elsewhere_meets_a_wait_for_all),
	KTAP_TEST(descriptors_are_cloexec),
	KTAP_TEST(event_from_fd_is_that_eventfd),
	KTAP_TEST(import_leaves_the_signal_alone),
	KTAP_TEST(only_plain_eventfds_are_imported),
	KTAP_TEST(wait_for_all_of_one_eventfd_is_refused),
	KTAP_TEST(child_has_no_waiters_of_its_parent),
};

KTAP_MAIN(tests)
