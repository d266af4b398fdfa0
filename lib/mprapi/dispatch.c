// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Waits with Windows' guarantees over eventfds, which alone cannot give them:
 * SetEvent must release who is waiting now, even if ResetEvent follows at
 * once, and a wait for all must take nothing until it can take everything.
 *
 * One lock covers every look at an event that may take its signal. A thread
 * that has to block puts itself on the list of waiters, drops the lock and
 * polls its eventfds and a wake descriptor of its own. SetEvent and ResetEvent
 * satisfy the waiters on the list before they return. A signal from elsewhere
 * (the kernel, another process) ends the poll, and the waiter looks for itself.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/queue.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cancel.h"
#include "clock.h"
#include "dispatch.h"
#include "eventfd_info.h"

/**
 * struct waiter - a wait in progress, on its thread's stack
 * @link: in the list of waiters
 * @listed: is in that list
 * @events: what it waits for
 * @count: how many
 * @all: all of them or any
 * @done: it is over, by whichever thread
 * @result: then: what the wait returns
 * @error: then, for WAIT_FAILED: the last error
 * @missing: with @all: an event that was not signalled at the last look
 * @wake_fd: eventfd that tells the thread that it is done, or -1
 * @cancel_state: whether the thread may be cancelled while it sleeps
 */
struct waiter {
	TAILQ_ENTRY(waiter) link;
	bool listed;
	struct mpr_event *const *events;
	unsigned int count;
	bool all;
	bool done;
	DWORD result;
	DWORD error;
	unsigned int missing;
	int wake_fd;
	int cancel_state;
};

/*
 * dispatch_lock protects the list, every waiter's members, and within this
 * process every read of an event's eventfd. Nobody blocks while holding it.
 */
static pthread_mutex_t dispatch_lock = PTHREAD_MUTEX_INITIALIZER;
static TAILQ_HEAD(, waiter) waiters = TAILQ_HEAD_INITIALIZER(waiters);

/* What is done under the lock has cancellation points: poll, read, write. */
static int lock(void)
{
	int state = mpr_cancel_disable();

	pthread_mutex_lock(&dispatch_lock);
	return state;
}

static void unlock(int state)
{
	pthread_mutex_unlock(&dispatch_lock);
	mpr_cancel_restore(state);
}

/* Only a full counter refuses, and then the event is signalled already. */
static void signal_fd(int fd)
{
	uint64_t one = 1;

	while (write(fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

static bool take_signal(int fd)
{
	uint64_t count;
	ssize_t size;

	do {
		size = read(fd, &count, sizeof(count));
	} while (size < 0 && errno == EINTR);
	return size == sizeof(count);
}

/*
 * The most frequent wait by far ends with its first look: try without poll().
 * Others may have made the descriptor a blocking one, which read() would heed.
 */
static bool take_at_sight(const struct mpr_event *event)
{
	uint64_t count;
	struct iovec vector = { .iov_base = &count, .iov_len = sizeof(count) };

	return !event->manual_reset &&
	       preadv2(event->fd, &vector, 1, -1, RWF_NOWAIT) == sizeof(count);
}

static void finish(struct waiter *waiter, DWORD result, DWORD error)
{
	waiter->done = true;
	waiter->result = result;
	waiter->error = error;
}

static void satisfy_any(struct waiter *waiter, const struct pollfd *fds)
{
	unsigned int i;

	for (i = 0; i < waiter->count; i++) {
		if (!(fds[i].revents & POLLIN))
			continue;
		if (waiter->events[i]->manual_reset || take_signal(fds[i].fd)) {
			finish(waiter, WAIT_OBJECT_0 + i, NO_ERROR);
			return;
		}
	}
}

/*
 * Somebody outside this process, or a reader of the bare descriptor, took the
 * signal of event @failed after we saw it: put back what we took before.
 * If it was we who took it, by another name, the wait can never end.
 */
static void put_back(struct waiter *waiter, unsigned int failed)
{
	unsigned int i;

	for (i = 0; i < failed; i++) {
		if (waiter->events[i]->manual_reset)
			continue;
		signal_fd(waiter->events[i]->fd);
		if (mpr_is_same_eventfd(waiter->events[i]->fd,
					waiter->events[failed]->fd))
			finish(waiter, WAIT_FAILED, ERROR_INVALID_PARAMETER);
	}
}

static void satisfy_all(struct waiter *waiter, const struct pollfd *fds)
{
	unsigned int i;

	for (i = 0; i < waiter->count; i++) {
		waiter->missing = i;
		if (!(fds[i].revents & POLLIN))
			return;
	}
	for (i = 0; i < waiter->count; i++) {
		if (waiter->events[i]->manual_reset || take_signal(fds[i].fd))
			continue;
		waiter->missing = i;
		put_back(waiter, i);
		return;
	}
	finish(waiter, WAIT_OBJECT_0, NO_ERROR);
}

/* Looks once, and finishes the wait if it can. With the lock held. */
static bool satisfy(struct waiter *waiter)
{
	struct pollfd fds[MAXIMUM_WAIT_OBJECTS];
	unsigned int i;
	int ready;

	if (waiter->done)
		return true;
	if (waiter->count == 1 && take_at_sight(waiter->events[0])) {
		finish(waiter, WAIT_OBJECT_0, NO_ERROR);
		return true;
	}
	for (i = 0; i < waiter->count; i++)
		fds[i] = (struct pollfd){ .fd = waiter->events[i]->fd,
					  .events = POLLIN };
	do {
		ready = poll(fds, waiter->count, 0);
	} while (ready < 0 && errno == EINTR);
	if (ready < 0)
		finish(waiter, WAIT_FAILED, ERROR_NOT_ENOUGH_MEMORY);
	else if (waiter->all)
		satisfy_all(waiter, fds);
	else
		satisfy_any(waiter, fds);
	return waiter->done;
}

static void enlist(struct waiter *waiter)
{
	TAILQ_INSERT_TAIL(&waiters, waiter, link);
	waiter->listed = true;
}

static void delist(struct waiter *waiter)
{
	if (waiter->listed)
		TAILQ_REMOVE(&waiters, waiter, link);
	waiter->listed = false;
}

static bool waits_for(const struct waiter *waiter,
		      const struct mpr_event *event)
{
	unsigned int i;

	for (i = 0; i < waiter->count; i++)
		if (waiter->events[i] == event)
			return true;
	return false;
}

static bool is_signalled(const struct mpr_event *event)
{
	struct pollfd fd = { .fd = event->fd, .events = POLLIN };

	return poll(&fd, 1, 0) == 1 && fd.revents & POLLIN;
}

/* Releases who is entitled to an event's signal, longest wait first. */
static void release_waiters(struct mpr_event *event)
{
	struct waiter *waiter, *next;

	for (waiter = TAILQ_FIRST(&waiters); waiter; waiter = next) {
		next = TAILQ_NEXT(waiter, link);
		if (!waits_for(waiter, event) || !satisfy(waiter))
			continue;
		delist(waiter);
		signal_fd(waiter->wake_fd);
		if (!event->manual_reset && !is_signalled(event))
			break;
	}
}

void mpr_dispatch_set(struct mpr_event *event)
{
	int state = lock();

	signal_fd(event->fd);
	release_waiters(event);
	unlock(state);
}

void mpr_dispatch_reset(struct mpr_event *event)
{
	int state = lock();

	/* The signal may be the kernel's, and waiters still on their way. */
	release_waiters(event);
	take_signal(event->fd);
	unlock(state);
}

/*
 * What the thread sleeps on. A wait for all sleeps on one event that is not
 * signalled: polling the signalled ones as well would return at once.
 */
static unsigned int sleep_set(const struct waiter *waiter, struct pollfd *fds)
{
	unsigned int first = waiter->all ? waiter->missing : 0;
	unsigned int count = waiter->all ? 1 : waiter->count;
	unsigned int i;

	for (i = 0; i < count; i++)
		fds[i] = (struct pollfd){ .fd = waiter->events[first + i]->fd,
					  .events = POLLIN };
	fds[count] = (struct pollfd){ .fd = waiter->wake_fd, .events = POLLIN };
	return count + 1;
}

/* Sleeps once. Returns false when the time is up or poll is broken. */
static bool sleep_once(const struct pollfd *wanted, unsigned int count,
		       const struct timespec *deadline, DWORD *error)
{
	struct pollfd fds[MAXIMUM_WAIT_OBJECTS + 1];
	struct timespec left;
	unsigned int i;
	int ready;

	for (i = 0; i < count; i++)
		fds[i] = wanted[i];
	if (deadline && !mpr_time_left(deadline, &left))
		return false;
	ready = ppoll(fds, count, deadline ? &left : NULL, NULL);
	if (ready < 0 && errno != EINTR)
		*error = ERROR_NOT_ENOUGH_MEMORY;
	for (i = 0; ready > 0 && i < count; i++)
		if (fds[i].revents & POLLNVAL)
			*error = ERROR_INVALID_HANDLE;
	return !*error;
}

/* Others may still be entitled to what a wait took that nobody will return. */
static void give_back(struct waiter *waiter)
{
	DWORD i;

	for (i = 0; i < waiter->count; i++) {
		if (waiter->events[i]->manual_reset ||
		    (!waiter->all && waiter->result != WAIT_OBJECT_0 + i))
			continue;
		signal_fd(waiter->events[i]->fd);
		release_waiters(waiter->events[i]);
	}
}

/* The thread is cancelled: end its wait, and let go of all that it holds. */
static void abandon(void *data)
{
	struct waiter *waiter = data;
	unsigned int i;
	int state = lock();

	delist(waiter);
	if (waiter->done && waiter->result != WAIT_FAILED)
		give_back(waiter);
	unlock(state);
	if (waiter->wake_fd >= 0)
		close(waiter->wake_fd);
	for (i = 0; i < waiter->count; i++)
		mpr_event_put(waiter->events[i]);
}

/* The only place in a wait where the thread may be cancelled. */
static bool sleep_as_told(struct waiter *waiter, const struct pollfd *fds,
			  unsigned int count, const struct timespec *deadline,
			  DWORD *error)
{
	bool more;

	pthread_cleanup_push(abandon, waiter);
	mpr_cancel_restore(waiter->cancel_state);
	more = sleep_once(fds, count, deadline, error);
	mpr_cancel_disable();
	pthread_cleanup_pop(0);
	return more;
}

static void block(struct waiter *waiter, const struct timespec *deadline)
{
	struct pollfd fds[MAXIMUM_WAIT_OBJECTS + 1];
	DWORD error = NO_ERROR;
	bool more = true;
	unsigned int count;

	while (!waiter->done && more) {
		count = sleep_set(waiter, fds);
		pthread_mutex_unlock(&dispatch_lock);
		more = sleep_as_told(waiter, fds, count, deadline, &error);
		pthread_mutex_lock(&dispatch_lock);
		satisfy(waiter);
	}
	if (!waiter->done && error)
		finish(waiter, WAIT_FAILED, error);
}

DWORD mpr_dispatch_wait(struct mpr_event *const *events, unsigned int count,
			bool all, DWORD milliseconds)
{
	struct waiter waiter = { .events = events,
				 .count = count,
				 .all = all,
				 .result = WAIT_TIMEOUT,
				 .wake_fd = -1 };
	struct timespec deadline = mpr_deadline(milliseconds);

	waiter.cancel_state = lock();
	if (!satisfy(&waiter) && milliseconds) {
		/*
		 * Without a descriptor to be woken by, the wait still sees
		 * every signal that stays, but must not be given one that it
		 * would not hear of.
		 */
		waiter.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
		if (waiter.wake_fd >= 0)
			enlist(&waiter);
		block(&waiter, milliseconds == INFINITE ? NULL : &deadline);
		delist(&waiter);
	}
	pthread_mutex_unlock(&dispatch_lock);
	if (waiter.wake_fd >= 0)
		close(waiter.wake_fd);
	mpr_cancel_restore(waiter.cancel_state);
	if (waiter.result == WAIT_FAILED)
		SetLastError(waiter.error);
	return waiter.result;
}

void mpr_dispatch_lock(void)
{
	pthread_mutex_lock(&dispatch_lock);
}

void mpr_dispatch_unlock(void)
{
	pthread_mutex_unlock(&dispatch_lock);
}

void mpr_dispatch_forget_waiters(void)
{
	struct waiter *waiter = TAILQ_FIRST(&waiters);

	for (; waiter; waiter = TAILQ_NEXT(waiter, link))
		close(waiter->wake_fd);
	TAILQ_INIT(&waiters);
}
