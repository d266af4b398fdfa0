// SPDX-License-Identifier: GPL-2.0-only
/* Handles: garbage, closed ones, rights, duplicates, names. */
#include <stdint.h>
#include <sys/resource.h>

#include "ktap.h"
#include "event_threads.h"

/* A wait on it must fail with that error, and so must set and reset. */
static void expect_useless(HANDLE handle, DWORD error)
{
	SetLastError(0);
	EXPECT_EQ(WaitForSingleObject(handle, 0), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), error);
	SetLastError(0);
	EXPECT_TRUE(!SetEvent(handle));
	EXPECT_EQ(GetLastError(), error);
	SetLastError(0);
	EXPECT_TRUE(!ResetEvent(handle));
	EXPECT_EQ(GetLastError(), error);
}

static void closed_handle_is_invalid(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, TRUE, NULL);

	EXPECT_TRUE(CloseHandle(event));
	expect_useless(event, ERROR_INVALID_HANDLE);
	SetLastError(0);
	EXPECT_TRUE(!CloseHandle(event));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

static void null_and_minus_one_are_invalid(void)
{
	expect_useless(NULL, ERROR_INVALID_HANDLE);
	expect_useless(INVALID_HANDLE_VALUE, ERROR_INVALID_HANDLE);
	EXPECT_NO_FAILURE();
	EXPECT_TRUE(!CloseHandle(NULL));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	/* The pseudo handle of the process has the same value. */
	EXPECT_TRUE(CloseHandle(GetCurrentProcess()));
}

static uint64_t random_state = 88172645463325252ULL;

static uint64_t random_number(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

static void garbage_handles_never_crash(void)
{
	HANDLE real = CreateEvent(NULL, FALSE, FALSE, NULL);
	unsigned int i;

	for (i = 0; i < 3000000; i++) {
		uint64_t value = random_number() >> (random_number() % 64);
		HANDLE handle = (HANDLE)(uintptr_t)value;

		/* Near the real one too: other slots, other generations. */
		if (i % 4 == 0)
			handle = (HANDLE)((uintptr_t)real ^
					  (uintptr_t)1 << value % 32);
		if (handle == real)
			continue;
		if (SetEvent(handle) ||
		    GetLastError() != ERROR_INVALID_HANDLE) {
			KTAP_FAIL("SetEvent(%p), error %u", handle,
				  GetLastError());
			return;
		}
	}
	EXPECT_EQ(WaitForSingleObject(real, 0), WAIT_TIMEOUT);
	CloseHandle(real);
}

static void handles_look_like_windows_handles(void)
{
	unsigned int i;

	for (i = 0; i < 5000; i++) {
		HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);

		EXPECT_TRUE(event && event != INVALID_HANDLE_VALUE);
		EXPECT_EQ((uintptr_t)event % 4, 0);
		EXPECT_TRUE((uintptr_t)event <= UINT32_MAX);
		CloseHandle(event);
	}
}

static void stale_handle_is_not_revived_by_reuse(void)
{
	HANDLE stale = CreateEvent(NULL, TRUE, FALSE, NULL);
	unsigned int i;

	CloseHandle(stale);
	for (i = 0; i < 1000000; i++) {
		HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);

		EXPECT_TRUE(event && event != stale);
		CloseHandle(event);
	}
	expect_useless(stale, ERROR_INVALID_HANDLE);
}

static int count_descriptors(void)
{
	int count = 0, fd;

	for (fd = 0; fd < 1024; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void closing_gives_everything_back(void)
{
	int before = count_descriptors();
	HANDLE events[100];
	unsigned int i;

	for (i = 0; i < ARRAYSIZE(events); i++) {
		events[i] = CreateEvent(NULL, FALSE, FALSE, NULL);
		EXPECT_TRUE(events[i]);
	}
	EXPECT_EQ(count_descriptors(), before + (int)ARRAYSIZE(events));
	for (i = 0; i < ARRAYSIZE(events); i++)
		EXPECT_TRUE(CloseHandle(events[i]));
	EXPECT_EQ(count_descriptors(), before);
}

static void exhausted_descriptors_are_an_error(void)
{
	struct rlimit old, low;
	HANDLE event, late;

	EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
	event = CreateEvent(NULL, FALSE, FALSE, NULL);
	low = (struct rlimit){ .rlim_cur = 3, .rlim_max = old.rlim_max };
	EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
	SetLastError(0);
	late = CreateEvent(NULL, FALSE, FALSE, NULL);
	/* A wait does without a descriptor of its own. */
	EXPECT_EQ(WaitForSingleObject(event, 20), WAIT_TIMEOUT);
	EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &old), 0);
	EXPECT_TRUE(!late);
	EXPECT_EQ(GetLastError(), ERROR_TOO_MANY_OPEN_FILES);
	CloseHandle(event);
}

static void a_wait_survives_the_close_of_its_handle(void)
{
	struct waiter waiter = { .count = 1, .timeout = PATIENCE };
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), copy;
	HANDLE others[20];
	unsigned int i;

	EXPECT_TRUE(DuplicateHandle(GetCurrentProcess(), event,
				    GetCurrentProcess(), &copy, 0, FALSE,
				    DUPLICATE_SAME_ACCESS));
	waiter.events[0] = event;
	EXPECT_TRUE(start_waiter(&waiter));
	EXPECT_TRUE(CloseHandle(event));
	for (i = 0; i < ARRAYSIZE(others); i++)
		others[i] = CreateEvent(NULL, TRUE, TRUE, NULL);
	usleep(MOMENT * 1000);
	EXPECT_TRUE(!waiter.done);
	EXPECT_TRUE(SetEvent(copy));
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0);
	CloseHandle(copy);
	for (i = 0; i < ARRAYSIZE(others); i++)
		CloseHandle(others[i]);
}

static void last_handle_closed_in_a_wait_times_out(void)
{
	struct waiter waiter = { .count = 1, .timeout = 200 };
	int before = count_descriptors();
	HANDLE others[20];
	unsigned int i;

	waiter.events[0] = CreateEvent(NULL, FALSE, FALSE, NULL);
	EXPECT_TRUE(start_waiter(&waiter));
	EXPECT_TRUE(CloseHandle(waiter.events[0]));
	/* Their descriptors must not be mistaken for the closed one's. */
	for (i = 0; i < ARRAYSIZE(others); i++)
		others[i] = CreateEvent(NULL, TRUE, TRUE, NULL);
	pthread_join(waiter.thread, NULL);
	EXPECT_EQ(waiter.result, WAIT_TIMEOUT);
	for (i = 0; i < ARRAYSIZE(others); i++)
		CloseHandle(others[i]);
	EXPECT_EQ(count_descriptors(), before);
}

#ifdef KTAP_CAN_CANCEL
/* What another thread's wait that was cancelled leaves behind. */
static void cancelled_wait_is_over(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);
	HANDLE other = CreateEvent(NULL, TRUE, FALSE, NULL);
	struct waiter waiter = { .events = { event, other },
				 .count = 2,
				 .timeout = INFINITE };
	int before = count_descriptors();
	void *result;

	EXPECT_TRUE(start_waiter(&waiter));
	EXPECT_EQ(pthread_cancel(waiter.thread), 0);
	EXPECT_EQ(pthread_join(waiter.thread, &result), 0);
	EXPECT_TRUE(result == PTHREAD_CANCELED);
	EXPECT_EQ(count_descriptors(), before);
	/* The signal is for who still waits. */
	EXPECT_TRUE(SetEvent(event));
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_TRUE(CloseHandle(event));
	EXPECT_TRUE(CloseHandle(other));
	EXPECT_EQ(count_descriptors(), before - 2);
}

static void *cancelled_setter(void *data)
{
	pthread_cancel(pthread_self());
	SetEvent(data);
	ResetEvent(data);
	WaitForSingleObject(data, 0);
	SetEvent(data);
	pthread_testcancel();
	return NULL;
}

/* Only in its sleep: not with the lock, and not with half of a call done. */
static void calls_that_do_not_sleep_are_not_cancelled(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);
	struct waiter waiter = { .events = { event },
				 .count = 1,
				 .timeout = 0 };
	pthread_t thread;
	void *result;

	EXPECT_EQ(pthread_create(&thread, NULL, cancelled_setter, event), 0);
	EXPECT_EQ(pthread_join(thread, &result), 0);
	EXPECT_TRUE(result == PTHREAD_CANCELED);
	EXPECT_EQ(pthread_create(&waiter.thread, NULL, waiter_main, &waiter),
		  0);
	EXPECT_EQ(wait_done(&waiter, 1, 1), 1);
	join_waiters(&waiter, 1);
	EXPECT_EQ(waiter.result, WAIT_OBJECT_0);
	CloseHandle(event);
}
#endif

static void duplicates_share_one_state(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), copy = NULL;
	HANDLE self = GetCurrentProcess();

	EXPECT_TRUE(DuplicateHandle(self, event, self, &copy, 0, TRUE,
				    DUPLICATE_SAME_ACCESS));
	EXPECT_TRUE(copy && copy != event);
	EXPECT_TRUE(SetEvent(copy));
	EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	EXPECT_EQ(WaitForSingleObject(copy, 0), WAIT_TIMEOUT);
	EXPECT_TRUE(CloseHandle(event));
	EXPECT_TRUE(SetEvent(copy));
	EXPECT_EQ(WaitForSingleObject(copy, 0), WAIT_OBJECT_0);
	/* DUPLICATE_CLOSE_SOURCE moves a handle, or only closes it. */
	EXPECT_TRUE(DuplicateHandle(self, copy, self, &event, 0, FALSE,
				    DUPLICATE_SAME_ACCESS |
					    DUPLICATE_CLOSE_SOURCE));
	expect_useless(copy, ERROR_INVALID_HANDLE);
	EXPECT_NO_FAILURE();
	EXPECT_TRUE(DuplicateHandle(self, event, NULL, NULL, 0, FALSE,
				    DUPLICATE_CLOSE_SOURCE));
	expect_useless(event, ERROR_INVALID_HANDLE);
}

static void bad_duplications_are_refused(void)
{
	HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), copy;
	HANDLE self = GetCurrentProcess();

	EXPECT_TRUE(!DuplicateHandle(event, event, self, &copy, 0, FALSE,
				     DUPLICATE_SAME_ACCESS));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	EXPECT_TRUE(!DuplicateHandle(self, event, event, &copy, 0, FALSE,
				     DUPLICATE_SAME_ACCESS));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	EXPECT_TRUE(!DuplicateHandle(self, NULL, self, &copy, 0, FALSE,
				     DUPLICATE_SAME_ACCESS));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	EXPECT_TRUE(!DuplicateHandle(self, event, self, NULL, 0, FALSE,
				     DUPLICATE_SAME_ACCESS));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	EXPECT_TRUE(!DuplicateHandle(self, event, self, &copy, 0, FALSE, 0x80));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	/* The source is closed although the call fails. */
	EXPECT_TRUE(!DuplicateHandle(self, event, event, &copy, 0, FALSE,
				     DUPLICATE_CLOSE_SOURCE));
	expect_useless(event, ERROR_INVALID_HANDLE);
}

static void rights_are_checked(void)
{
	HANDLE waits, sets, more, self = GetCurrentProcess();

	waits = CreateEventEx(NULL, NULL, CREATE_EVENT_INITIAL_SET,
			      SYNCHRONIZE);
	EXPECT_TRUE(waits);
	EXPECT_TRUE(!SetEvent(waits));
	EXPECT_EQ(GetLastError(), ERROR_ACCESS_DENIED);
	EXPECT_TRUE(!ResetEvent(waits));
	EXPECT_EQ(GetLastError(), ERROR_ACCESS_DENIED);
	EXPECT_EQ(WaitForSingleObject(waits, 0), WAIT_OBJECT_0);
	EXPECT_TRUE(!DuplicateHandle(self, waits, self, &more, EVENT_ALL_ACCESS,
				     FALSE, 0));
	EXPECT_EQ(GetLastError(), ERROR_ACCESS_DENIED);
	sets = CreateEventEx(NULL, NULL, 0, EVENT_MODIFY_STATE);
	EXPECT_TRUE(SetEvent(sets));
	EXPECT_EQ(WaitForSingleObject(sets, 0), WAIT_FAILED);
	EXPECT_EQ(GetLastError(), ERROR_ACCESS_DENIED);
	EXPECT_TRUE(!CreateEventEx(NULL, NULL, 4, EVENT_ALL_ACCESS));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	EXPECT_TRUE(CloseHandle(waits) && CloseHandle(sets));
}

static void names_find_the_same_event(void)
{
	HANDLE first, second, third;

	SetLastError(1);
	first = CreateEventA(NULL, FALSE, FALSE, "Global\\r\xc3\xb6uter up");
	EXPECT_TRUE(first);
	EXPECT_EQ(GetLastError(), NO_ERROR);
	/* The flags of the second are ignored, and it says so. */
	second = CreateEventW(NULL, TRUE, TRUE, L"Local\\r\u00f6uter up");
	EXPECT_TRUE(second && second != first);
	EXPECT_EQ(GetLastError(), ERROR_ALREADY_EXISTS);
	EXPECT_EQ(WaitForSingleObject(second, 0), WAIT_TIMEOUT);
	third = OpenEventW(SYNCHRONIZE, FALSE, L"r\u00f6uter up");
	EXPECT_TRUE(third);
	EXPECT_TRUE(SetEvent(first));
	EXPECT_EQ(WaitForSingleObject(third, 0), WAIT_OBJECT_0);
	EXPECT_TRUE(!SetEvent(third));
	EXPECT_EQ(GetLastError(), ERROR_ACCESS_DENIED);
	EXPECT_TRUE(!OpenEventA(SYNCHRONIZE, FALSE, "R\xc3\xb6uter up"));
	EXPECT_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
	EXPECT_TRUE(CloseHandle(first) && CloseHandle(second));
	EXPECT_TRUE(CloseHandle(third));
	/* The name goes with the last handle. */
	EXPECT_TRUE(!OpenEventW(SYNCHRONIZE, FALSE, L"r\u00f6uter up"));
	EXPECT_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
}

static void bad_names_are_refused(void)
{
	static const struct {
		const char *name;
		DWORD error;
	} names[] = {
		{ "a\\b", ERROR_PATH_NOT_FOUND },
		{ "Global\\a\\b", ERROR_PATH_NOT_FOUND },
		{ "Session\\a", ERROR_PATH_NOT_FOUND },
		{ "Global\\", ERROR_INVALID_NAME },
		{ "\xff", ERROR_INVALID_NAME },
		{ "\xc3", ERROR_INVALID_NAME },
		{ "\xed\xa0\x80", ERROR_INVALID_NAME },
		{ "\xc0\xaf", ERROR_INVALID_NAME },
		{ "\xf4\x90\x80\x80", ERROR_INVALID_NAME },
	};
	WCHAR wide[] = { 'a', (WCHAR)0xd800, 0 };
	char longest[MAX_PATH + 2];
	HANDLE event;
	size_t i;

	for (i = 0; i < ARRAYSIZE(names); i++) {
		EXPECT_TRUE(!CreateEventA(NULL, FALSE, FALSE, names[i].name));
		EXPECT_EQ(GetLastError(), names[i].error);
		EXPECT_TRUE(!OpenEventA(SYNCHRONIZE, FALSE, names[i].name));
		EXPECT_EQ(GetLastError(), names[i].error);
	}
	EXPECT_TRUE(!CreateEventW(NULL, FALSE, FALSE, wide));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_NAME);
	wide[1] = 0x110000;
	EXPECT_TRUE(!CreateEventW(NULL, FALSE, FALSE, wide));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_NAME);
	memset(longest, 'x', sizeof(longest));
	longest[MAX_PATH + 1] = '\0';
	EXPECT_TRUE(!CreateEventA(NULL, FALSE, FALSE, longest));
	EXPECT_EQ(GetLastError(), ERROR_FILENAME_EXCED_RANGE);
	longest[MAX_PATH] = '\0';
	event = CreateEventA(NULL, FALSE, FALSE, longest);
	EXPECT_TRUE(event);
	CloseHandle(event);
	EXPECT_TRUE(!OpenEventA(SYNCHRONIZE, FALSE, NULL));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(closed_handle_is_invalid),
	KTAP_TEST(null_and_minus_one_are_invalid),
	KTAP_TEST(garbage_handles_never_crash),
	KTAP_TEST(handles_look_like_windows_handles),
	KTAP_TEST(stale_handle_is_not_revived_by_reuse),
	KTAP_TEST(closing_gives_everything_back),
	KTAP_TEST(exhausted_descriptors_are_an_error),
	KTAP_TEST(a_wait_survives_the_close_of_its_handle),
	KTAP_TEST(last_handle_closed_in_a_wait_times_out),
#ifdef KTAP_CAN_CANCEL
	KTAP_TEST(cancelled_wait_is_over),
	KTAP_TEST(calls_that_do_not_sleep_are_not_cancelled),
#endif
	KTAP_TEST(duplicates_share_one_state),
	KTAP_TEST(bad_duplications_are_refused),
	KTAP_TEST(rights_are_checked),
	KTAP_TEST(names_find_the_same_event),
	KTAP_TEST(bad_names_are_refused),
};

KTAP_MAIN(tests)
