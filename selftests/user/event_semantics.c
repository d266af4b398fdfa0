// SPDX-License-Identifier: GPL-2.0-only
/* What Windows' pages promise of one event and of waits for several. */
#include <signal.h>
#include <sys/time.h>
#include <time.h>

#include "ktap.h"
#include "event_threads.h"

#define WAITERS 5

static HANDLE make(BOOL manual, BOOL initial)
{
	return CreateEvent(NULL, manual, initial, NULL);
}

static void start_on(HANDLE event, struct waiter *waiters)
{
	unsigned int i;

	for (i = 0; i < WAITERS; i++) {
		waiters[i].events[0] = event;
		waiters[i].count = 1;
		waiters[i].timeout = PATIENCE;
		EXPECT_TRUE(start_waiter(&waiters[i]));
	}
}

static void initial_state_is_kept(void)
{
	BOOL manual;

	for (manual = FALSE; manual <= TRUE; manual++) {
		HANDLE off = make(manual, FALSE), on = make(manual, TRUE);

		EXPECT_EQ(WaitForSingleObject(off, 0), WAIT_TIMEOUT);
		EXPECT_EQ(WaitForSingleObject(on, 0), WAIT_OBJECT_0);
		EXPECT_EQ(WaitForSingleObject(on, 0),
			  manual ? WAIT_OBJECT_0 : WAIT_TIMEOUT);
		EXPECT_TRUE(CloseHandle(off) && CloseHandle(on));
	}
}

static void alertable_waits_are_waits(void)
{
	HANDLE both[] = { make(FALSE, FALSE), make(FALSE, TRUE) };

	EXPECT_EQ(WaitForSingleObjectEx(both[0], 0, TRUE), WAIT_TIMEOUT);
	EXPECT_EQ(WaitForMultipleObjectsEx(2, both, TRUE, 0, TRUE),
		  WAIT_TIMEOUT);
	EXPECT_EQ(WaitForMultipleObjectsEx(2, both, FALSE, 0, TRUE),
		  WAIT_OBJECT_0 + 1);
	EXPECT_TRUE(SetEvent(both[0]));
	EXPECT_EQ(WaitForSingleObjectEx(both[0], 0, TRUE), WAIT_OBJECT_0);
	EXPECT_TRUE(CloseHandle(both[0]) && CloseHandle(both[1]));
}

static void auto_reset_releases_one_waiter(void)
{
	struct waiter waiters[WAITERS] = { 0 };
	HANDLE event = make(FALSE, FALSE);
	unsigned int i;

	start_on(event, waiters);
	EXPECT_NO_FAILURE();
	for (i = 1; i <= WAITERS; i++) {
		EXPECT_TRUE(SetEvent(event));
		EXPECT_EQ(wait_done(waiters, WAITERS, i), i);
		usleep(MOMENT * 1000);
		EXPECT_EQ(count_done(waiters, WAITERS), i);
		EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	}
	join_waiters(waiters, WAITERS);
	for (i = 0; i < WAITERS; i++)
		EXPECT_EQ(waiters[i].result, WAIT_OBJECT_0);
	CloseHandle(event);
}

static void manual_reset_releases_all(void)
{
	struct waiter waiters[WAITERS] = { 0 };
	HANDLE event = make(TRUE, FALSE);
	unsigned int i;

	start_on(event, waiters);
	EXPECT_NO_FAILURE();
	EXPECT_TRUE(SetEvent(event));
	join_waiters(waiters, WAITERS);
	for (i = 0; i < WAITERS; i++)
		EXPECT_EQ(waiters[i].result, WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_TRUE(ResetEvent(event));
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	CloseHandle(event);
}

static void set_releases_all_although_reset_follows(void)
{
	struct waiter waiters[WAITERS] = { 0 };
	HANDLE event = make(TRUE, FALSE);
	unsigned int i;

	start_on(event, waiters);
	EXPECT_NO_FAILURE();
	EXPECT_TRUE(SetEvent(event) && ResetEvent(event));
	EXPECT_EQ(wait_done(waiters, WAITERS, WAITERS), WAITERS);
	join_waiters(waiters, WAITERS);
	for (i = 0; i < WAITERS; i++)
		EXPECT_EQ(waiters[i].result, WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	CloseHandle(event);
}

static void two_sets_before_a_wait_wake_once(void)
{
	HANDLE event = make(FALSE, FALSE);

	EXPECT_TRUE(SetEvent(event) && SetEvent(event));
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	CloseHandle(event);
}

static void wait_any_returns_lowest_index(void)
{
	HANDLE events[4];
	unsigned int i;

	for (i = 0; i < 4; i++)
		events[i] = make(FALSE, i >= 2);
	EXPECT_EQ(WaitForMultipleObjects(4, events, FALSE, 0),
		  WAIT_OBJECT_0 + 2);
	EXPECT_TRUE(SetEvent(events[1]));
	EXPECT_EQ(WaitForMultipleObjects(4, events, FALSE, 0),
		  WAIT_OBJECT_0 + 1);
	/* Only the event that ended a wait was changed. */
	EXPECT_EQ(WaitForMultipleObjects(4, events, FALSE, 0),
		  WAIT_OBJECT_0 + 3);
	EXPECT_EQ(WaitForMultipleObjects(4, events, FALSE, 0), WAIT_TIMEOUT);
	for (i = 0; i < 4; i++)
		CloseHandle(events[i]);
}

static void sixty_four_events_can_be_waited_for(void)
{
	HANDLE events[MAXIMUM_WAIT_OBJECTS + 1];
	unsigned int i;

	for (i = 0; i <= MAXIMUM_WAIT_OBJECTS; i++) {
		events[i] = make(FALSE, FALSE);
		EXPECT_TRUE(events[i]);
	}
	SetEvent(events[MAXIMUM_WAIT_OBJECTS - 1]);
	EXPECT_EQ(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS, events, FALSE,
					 0),
		  WAIT_OBJECT_0 + MAXIMUM_WAIT_OBJECTS - 1);
	for (i = 0; i < MAXIMUM_WAIT_OBJECTS; i++)
		SetEvent(events[i]);
	EXPECT_EQ(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS, events, TRUE, 0),
		  WAIT_OBJECT_0);
	SetLastError(0);
	EXPECT_EQ(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS + 1, events,
					 FALSE, 0),
		  WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	for (i = 0; i <= MAXIMUM_WAIT_OBJECTS; i++)
		CloseHandle(events[i]);
}

static void bad_wait_arguments_are_refused(void)
{
	HANDLE event = make(FALSE, TRUE), other, pair[2];

	EXPECT_TRUE(DuplicateHandle(GetCurrentProcess(), event,
				    GetCurrentProcess(), &other, 0, FALSE,
				    DUPLICATE_SAME_ACCESS));
	EXPECT_EQ(WaitForMultipleObjects(0, &event, FALSE, 0), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	SetLastError(0);
	EXPECT_EQ(WaitForMultipleObjects(1, NULL, FALSE, 0), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	pair[0] = event;
	pair[1] = other;
	SetLastError(0);
	EXPECT_EQ(WaitForMultipleObjects(2, pair, TRUE, 0), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	pair[1] = NULL;
	EXPECT_EQ(WaitForMultipleObjects(2, pair, FALSE, 0), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	/* None of these took the signal. */
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	CloseHandle(event);
	CloseHandle(other);
}

static void wait_all_changes_nothing_until_all(void)
{
	struct waiter waiter = { .count = 3, .all = TRUE, .timeout = PATIENCE };
	unsigned int i;

	for (i = 0; i < 3; i++)
		waiter.events[i] = make(i == 1, FALSE);
	EXPECT_TRUE(start_waiter(&waiter));
	SetEvent(waiter.events[0]);
	SetEvent(waiter.events[1]);
	usleep(MOMENT * 1000);
	EXPECT_TRUE(!waiter.done);
	/* The signal is still there for somebody else, who takes it. */
	EXPECT_EQ(WaitForSingleObject(waiter.events[0], 0), WAIT_OBJECT_0);
	SetEvent(waiter.events[2]);
	usleep(MOMENT * 1000);
	EXPECT_TRUE(!waiter.done);
	SetEvent(waiter.events[0]);
	EXPECT_EQ(wait_done(&waiter, 1, 1), 1);
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(waiter.events[0], 0), WAIT_TIMEOUT);
	EXPECT_EQ(WaitForSingleObject(waiter.events[1], 0), WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(waiter.events[2], 0), WAIT_TIMEOUT);
	for (i = 0; i < 3; i++)
		CloseHandle(waiter.events[i]);
}

static void wait_all_is_met_although_reset_follows(void)
{
	struct waiter waiter = { .count = 2, .all = TRUE, .timeout = PATIENCE };
	HANDLE first = make(TRUE, TRUE), second = make(TRUE, FALSE);

	waiter.events[0] = first;
	waiter.events[1] = second;
	EXPECT_TRUE(start_waiter(&waiter));
	EXPECT_TRUE(SetEvent(second) && ResetEvent(first) &&
		    ResetEvent(second));
	EXPECT_EQ(wait_done(&waiter, 1, 1), 1);
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0);
	CloseHandle(first);
	CloseHandle(second);
}

static void wait_all_that_times_out_takes_nothing(void)
{
	HANDLE events[2] = { make(FALSE, TRUE), make(FALSE, FALSE) };

	EXPECT_EQ(WaitForMultipleObjects(2, events, TRUE, 20), WAIT_TIMEOUT);
	EXPECT_EQ(WaitForSingleObject(events[0], 0), WAIT_OBJECT_0);
	CloseHandle(events[0]);
	CloseHandle(events[1]);
}

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* How much later than it is to wake up a busy machine may do so: ms */
#define BUSY 20000

static void check_timeout(DWORD timeout)
{
	HANDLE event = make(FALSE, FALSE);
	double begin = milliseconds(), took;

	EXPECT_EQ(WaitForSingleObject(event, timeout), WAIT_TIMEOUT);
	took = milliseconds() - begin;
	if (took < timeout || took > timeout + BUSY)
		KTAP_FAIL("a wait of %u ms took %.3f ms", timeout, took);
	CloseHandle(event);
}

static void timeouts_are_kept(void)
{
	static const DWORD timeouts[] = { 0, 1, 2, 10, 100, 1100 };
	size_t i;

	for (i = 0; i < ARRAYSIZE(timeouts); i++)
		check_timeout(timeouts[i]);
}

static void ignore_signal(int number)
{
	(void)number;
}

static void interruptions_do_not_end_a_wait(void)
{
	struct sigaction action = { .sa_handler = ignore_signal };
	struct itimerval often = { { 0, 5000 }, { 0, 5000 } };
	double begin;

	EXPECT_EQ(sigaction(SIGALRM, &action, NULL), 0);
	setitimer(ITIMER_REAL, &often, NULL);
	check_timeout(200);
	begin = milliseconds();
	Sleep(200);
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	EXPECT_NO_FAILURE();
	EXPECT_TRUE(milliseconds() - begin >= 200);
}

static void signal_during_a_wait_ends_it_at_once(void)
{
	struct waiter waiter = { .count = 1, .timeout = INFINITE };
	double begin;

	waiter.events[0] = make(FALSE, FALSE);
	EXPECT_TRUE(start_waiter(&waiter));
	begin = milliseconds();
	SetEvent(waiter.events[0]);
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0);
	EXPECT_TRUE(milliseconds() - begin < 2000);
	CloseHandle(waiter.events[0]);
}

static void tick_count_runs_with_sleep(void)
{
	ULONGLONG begin = GetTickCount64();

	Sleep(30);
	EXPECT_TRUE(GetTickCount64() - begin >= 29);
	EXPECT_TRUE(GetTickCount64() - begin < 5000);
	EXPECT_EQ(GetCurrentProcessId(), getpid());
}

static void *read_last_error(void *data)
{
	*(DWORD *)data = GetLastError();
	SetLastError(17);
	return NULL;
}

static void last_error_is_per_thread(void)
{
	DWORD other = 1;
	pthread_t thread;

	SetLastError(ERROR_BUSY);
	EXPECT_EQ(pthread_create(&thread, NULL, read_last_error, &other), 0);
	pthread_join(thread, NULL);
	EXPECT_EQ(other, 0);
	EXPECT_EQ(GetLastError(), ERROR_BUSY);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(initial_state_is_kept),
	KTAP_TEST(alertable_waits_are_waits),
	KTAP_TEST(auto_reset_releases_one_waiter),
	KTAP_TEST(manual_reset_releases_all),
	KTAP_TEST(set_releases_all_although_reset_follows),
	KTAP_TEST(two_sets_before_a_wait_wake_once),
	KTAP_TEST(wait_any_returns_lowest_index),
	KTAP_TEST(sixty_four_events_can_be_waited_for),
	KTAP_TEST(bad_wait_arguments_are_refused),
	KTAP_TEST(wait_all_changes_nothing_until_all),
	KTAP_TEST(wait_all_is_met_although_reset_follows),
	KTAP_TEST(wait_all_that_times_out_takes_nothing),
	KTAP_TEST(timeouts_are_kept),
	KTAP_TEST(interruptions_do_not_end_a_wait),
	KTAP_TEST(signal_during_a_wait_ends_it_at_once),
	KTAP_TEST(tick_count_runs_with_sleep),
	KTAP_TEST(last_error_is_per_thread),
};

KTAP_MAIN(tests)
