// SPDX-License-Identifier: GPL-2.0-only
/* Calls within calls, and calls of many threads. */
#include <pthread.h>

#include "fixture.h"

static int count_of(const char *text)
{
	const char *at;
	int count = 0;

	for (at = read_file("log"); (at = strstr(at, text)); at++)
		count++;
	return count;
}

/* a calls and is called, each time in another process, until it is too deep. */
static void notifyee_may_call_up_to_the_limit(void)
{
	fresh();
	empty_folder("conf/notify.d");
	use("notify.d", "10-a", "a", "notifyee-a", "time-limit=60\n");
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=call", NULL, 0), NO_ERROR);
	EXPECT_EQ(count_of("one add3"), 4);
	EXPECT_EQ(count_of("a pre"), 4);
	EXPECT_EQ(count_of("a post"), 4);
	EXPECT_EQ(count_of("a got 1208"), 1);
	EXPECT_EQ(count_of("a got 0"), 3);
}

static void provider_may_call_up_to_the_limit(void)
{
	wchar_t text[256], name[256];
	DWORD code;

	fresh();
	empty_folder("conf/notify.d");
	EXPECT_EQ(connect_to(L"\\\\one\\share;one=call", NULL, 0), NO_ERROR);
	EXPECT_EQ(count_of("one add3"), 4);
	EXPECT_EQ(count_of("one got 1208"), 1);
	EXPECT_EQ(count_of("one got 0"), 3);
	EXPECT_EQ(WNetGetLastErrorW(&code, text, 256, name, 256), NO_ERROR);
	EXPECT_EQ(code, ERROR_BUSY);
	EXPECT_TRUE(wcsstr(text, L"too deep"));
	/* And then the thread may call again. */
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
}

static void both_may_call_each_other(void)
{
	fresh();
	empty_folder("conf/notify.d");
	use("notify.d", "10-a", "a", "notifyee-a", "time-limit=60\n");
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=call;one=call", NULL, 0),
		  NO_ERROR);
	/* Two calls within each one, four deep: 1 + 2 + 4 + 8. */
	EXPECT_EQ(count_of("one add3"), 15);
	EXPECT_EQ(count_of("got 1208"), 16);
}

#define THREADS 6
#define ROUNDS 12

static void *connect_and_list(void *data)
{
	wchar_t local[16], remote[64], got[64];
	long self = (long)data;
	DWORD length, size, count;
	char memory[4096] __attribute__((aligned(8)));
	HANDLE list;
	int i;

	for (i = 0; i < ROUNDS && !ktap_failed; i++) {
		swprintf(local, 16, L"thread%ld", self);
		swprintf(remote, 64, L"\\\\%s\\%ld", self % 2 ? "one" : "two",
			 self);
		if (connect_to(remote, local,
			       i % 4 ? 0 : CONNECT_UPDATE_PROFILE))
			KTAP_FAIL("thread %ld: not connected", self);
		length = 64;
		if (WNetGetConnectionW(local, got, &length) ||
		    wcscmp(got, remote))
			KTAP_FAIL("thread %ld: not found", self);
		if (WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, NULL, &list))
			KTAP_FAIL("thread %ld: not listed", self);
		size = sizeof(memory);
		count = (DWORD)-1;
		WNetEnumResourceW(list, &count, memory, &size);
		WNetCloseEnum(list);
		if (WNetCancelConnection2W(
			    local, i % 3 ? 0 : CONNECT_UPDATE_PROFILE, FALSE))
			KTAP_FAIL("thread %ld: not cancelled", self);
	}
	return NULL;
}

static void run_threads(void *(*run)(void *data))
{
	pthread_t threads[THREADS];
	long i;

	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, run, (void *)i);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static void threads_do_not_disturb_each_other(void)
{
	fresh();
	run_threads(connect_and_list);
	EXPECT_NO_FAILURE();
	EXPECT_EQ(count_of("a pre add"), THREADS * ROUNDS);
	EXPECT_EQ(count_of("c post add"), THREADS * ROUNDS);
	EXPECT_EQ(count_of("b post cancel"), THREADS * ROUNDS);
	EXPECT_EQ(count_of(" none\n"), 3 * 2 * THREADS * ROUNDS);
}

/* While notifyees crash under them. */
static void *connect_with_crashes(void *data)
{
	static const wchar_t *const remotes[] = {
		L"\\\\one\\share;a=crash-pre",
		L"\\\\one\\share;b=exit-post",
		L"\\\\one\\share",
		L"\\\\one\\share;c=exit-pre",
	};
	wchar_t local[16];
	long self = (long)data;
	int i;

	for (i = 0; i < ROUNDS && !ktap_failed; i++) {
		swprintf(local, 16, L"crash%ld", self);
		if (connect_to(remotes[(i + self) % 4], local, 0))
			KTAP_FAIL("thread %ld: not connected", self);
		if (WNetCancelConnection2W(local, 0, FALSE))
			KTAP_FAIL("thread %ld: not cancelled", self);
	}
	return NULL;
}

static void crashes_do_not_disturb_other_threads(void)
{
	fresh();
	run_threads(connect_with_crashes);
	EXPECT_NO_FAILURE();
	EXPECT_EQ(count_of("one add3"), THREADS * ROUNDS);
}

/* One list, read by all: every entry comes to one of them. */
static HANDLE shared;
static atomic_int read_entries;

static void *read_shared(void *data)
{
	char memory[512] __attribute__((aligned(8)));
	DWORD count, size;

	(void)data;
	for (;;) {
		count = 1;
		size = sizeof(memory);
		if (WNetEnumResourceW(shared, &count, memory, &size))
			return NULL;
		read_entries += (int)count;
	}
}

static void threads_share_a_list(void)
{
	wchar_t local[16];
	int i;

	fresh();
	empty_folder("conf/notify.d");
	for (i = 0; i < 40; i++) {
		swprintf(local, 16, L"shared%d", i);
		EXPECT_EQ(connect_to(L"\\\\two\\share", local, 0), NO_ERROR);
	}
	read_entries = 0;
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_REMEMBERED, 0, 0, NULL, &shared),
		  NO_ERROR);
	EXPECT_EQ(WNetCloseEnum(shared), NO_ERROR);
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, NULL, &shared),
		  NO_ERROR);
	run_threads(read_shared);
	EXPECT_EQ(WNetCloseEnum(shared), NO_ERROR);
	for (i = 0; i < 40; i++) {
		swprintf(local, 16, L"shared%d", i);
		WNetCancelConnection2W(local, 0, FALSE);
	}
	/* Those that earlier tests left without a device count, too. */
	EXPECT_TRUE(read_entries >= 40);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(notifyee_may_call_up_to_the_limit),
	KTAP_TEST(provider_may_call_up_to_the_limit),
	KTAP_TEST(both_may_call_each_other),
	KTAP_TEST(threads_do_not_disturb_each_other),
	KTAP_TEST(crashes_do_not_disturb_other_threads),
	KTAP_TEST(threads_share_a_list),
};

MPR_MAIN(tests)
