// SPDX-License-Identifier: GPL-2.0-only
/* Which provider is asked, which answer ends the search, and what comes back. */
#include <fcntl.h>

#include "fixture.h"

static DWORD connect_by(const wchar_t *remote, const wchar_t *provider)
{
	NETRESOURCEW resource = { .lpRemoteName = (LPWSTR)remote,
				  .lpProvider = (LPWSTR)provider };

	return WNetAddConnection2W(&resource, NULL, NULL, 0);
}

/* The notifyees have tests of their own. */
static void fresh_without_notifyees(void)
{
	fresh();
	empty_folder("conf/notify.d");
}

static void first_that_takes_the_name_ends_the_search(void)
{
	fresh_without_notifyees();
	EXPECT_EQ(connect_by(L"\\\\one\\share", NULL), NO_ERROR);
	EXPECT_EQ(connect_by(L"\\\\two\\share", L""), NO_ERROR);
	EXPECT_LOG(" local", "one add3 \\\\one\\share\n"
			     "one add3 \\\\two\\share\n"
			     "two add3 \\\\two\\share\n");
}

static void order_is_that_of_the_files(void)
{
	fresh_without_notifyees();
	empty_folder("conf/providers.d");
	use("providers.d", "a", "two", "provider-two", "");
	use("providers.d", "b", "one", "provider-one", "");
	EXPECT_EQ(connect_by(L"\\\\one\\share", NULL), NO_ERROR);
	EXPECT_LOG(" local", "two add3 \\\\one\\share\n"
			     "one add3 \\\\one\\share\n");
}

static void named_provider_is_the_only_one_asked(void)
{
	fresh_without_notifyees();
	EXPECT_EQ(connect_by(L"\\\\two\\share", L"two"), NO_ERROR);
	EXPECT_EQ(connect_by(L"\\\\two\\share", L"TWO"), NO_ERROR);
	EXPECT_EQ(connect_by(L"\\\\one\\share", L"two"), ERROR_BAD_NET_NAME);
	EXPECT_LOG(" local", "two add3 \\\\two\\share\n"
			     "two add3 \\\\two\\share\n"
			     "two add3 \\\\one\\share\n");
	EXPECT_EQ(connect_by(L"\\\\one\\share", L"three"), ERROR_BAD_PROVIDER);
	EXPECT_EQ(GetLastError(), ERROR_BAD_PROVIDER);
}

static const struct {
	DWORD code;
	bool ends;
	DWORD result;
} answers[] = {
	/* not mine */
	{ ERROR_BAD_NETPATH, false, ERROR_NO_NET_OR_BAD_PATH },
	{ ERROR_BAD_NET_NAME, false, ERROR_NO_NET_OR_BAD_PATH },
	{ ERROR_INVALID_PARAMETER, false, ERROR_NO_NET_OR_BAD_PATH },
	{ ERROR_INVALID_LEVEL, false, ERROR_NO_NET_OR_BAD_PATH },
	/* cannot tell */
	{ ERROR_NO_NETWORK, false, ERROR_NO_NETWORK },
	{ ERROR_NOT_SUPPORTED, false, ERROR_NOT_SUPPORTED },
	{ ERROR_BUSY, false, ERROR_BUSY },
	/* mine */
	{ ERROR_ACCESS_DENIED, true, ERROR_ACCESS_DENIED },
	{ ERROR_ALREADY_ASSIGNED, true, ERROR_ALREADY_ASSIGNED },
	{ ERROR_INVALID_PASSWORD, true, ERROR_INVALID_PASSWORD },
	{ ERROR_BAD_DEVICE, true, ERROR_BAD_DEVICE },
	{ ERROR_BAD_DEV_TYPE, true, ERROR_BAD_DEV_TYPE },
	{ ERROR_CANCELLED, true, ERROR_CANCELLED },
	{ ERROR_LOGON_FAILURE, true, ERROR_LOGON_FAILURE },
	{ ERROR_NOT_CONNECTED, true, ERROR_NOT_CONNECTED },
	{ 628, true, 628 },
};

static void answers_end_the_search_or_do_not(void)
{
	wchar_t remote[64];
	size_t i;

	for (i = 0; i < ARRAYSIZE(answers); i++) {
		fresh_without_notifyees();
		/* The second one knows the name, if it is asked. */
		swprintf(remote, 64, L"\\\\two\\share;one=%u", answers[i].code);
		printf("# %u\n", answers[i].code);
		EXPECT_EQ(connect_by(remote, NULL),
			  answers[i].ends ? answers[i].result : NO_ERROR);
		EXPECT_EQ(!strstr(read_file("log"), "two add3"),
			  answers[i].ends);
		/* And here nobody does. */
		swprintf(remote, 64, L"\\\\x\\share;one=%u", answers[i].code);
		EXPECT_EQ(connect_by(remote, NULL), answers[i].result);
	}
}

static void first_that_cannot_tell_is_reported(void)
{
	fresh_without_notifyees();
	EXPECT_EQ(connect_by(L"\\\\x\\share;one=170;two=1222", NULL),
		  ERROR_BUSY);
	EXPECT_EQ(connect_by(L"\\\\x\\share;one=1222;two=170", NULL),
		  ERROR_NO_NETWORK);
	EXPECT_EQ(connect_by(L"\\\\x\\share;one=1222;two=5", NULL),
		  ERROR_ACCESS_DENIED);
}

static void extended_errors_reach_the_caller(void)
{
	wchar_t text[256], name[256];
	char bytes[256], who[256];
	DWORD code;

	fresh();
	EXPECT_EQ(connect_by(L"\\\\one\\share;one=extended", NULL),
		  ERROR_EXTENDED_ERROR);
	EXPECT_EQ(WNetGetLastErrorW(&code, text, 256, name, 256), NO_ERROR);
	EXPECT_EQ(code, 4711);
	EXPECT_EQ(wcscmp(text, L"the line is dead"), 0);
	EXPECT_EQ(wcscmp(name, L"provider of the tests"), 0);
	EXPECT_EQ(GetLastError(), ERROR_EXTENDED_ERROR);
	EXPECT_EQ(WNetGetLastErrorA(&code, bytes, 9, who, 1), NO_ERROR);
	EXPECT_STR(bytes, "the line");
	EXPECT_STR(who, "");
	EXPECT_EQ(WNetGetLastErrorW(NULL, text, 256, name, 256),
		  ERROR_INVALID_ADDRESS);
	EXPECT_EQ(WNetGetLastErrorW(&code, NULL, 256, name, 256),
		  ERROR_INVALID_ADDRESS);
	EXPECT_EQ(WNetGetLastErrorW(&code, text, 0, name, 256),
		  ERROR_INVALID_ADDRESS);
	EXPECT_EQ(WNetGetLastErrorA(&code, bytes, 9, NULL, 1),
		  ERROR_INVALID_ADDRESS);
	EXPECT_EQ(WNetGetLastErrorA(&code, bytes, 9, who, 0),
		  ERROR_INVALID_ADDRESS);
}

static void extended_errors_are_cut_between_characters(void)
{
	wchar_t wide[300], text[256], name[256];
	char bytes[5], who[256], long_text[600], none[] = "";
	DWORD code;

	WNetSetLastErrorA(1, (LPSTR) "a\xc3\xa4\xe2\x82\xac", NULL);
	EXPECT_EQ(WNetGetLastErrorA(&code, bytes, 5, who, 256), NO_ERROR);
	EXPECT_STR(bytes, "a\xc3\xa4");
	EXPECT_STR(who, "");
	wmemset(wide, L'x', 299);
	wide[299] = L'\0';
	WNetSetLastErrorW(2, wide, NULL);
	EXPECT_EQ(WNetGetLastErrorW(&code, text, 256, name, 256), NO_ERROR);
	EXPECT_EQ(wcslen(text), 255);
	wide[1] = (wchar_t)0x7fffffff;
	wide[2] = L'\0';
	WNetSetLastErrorW(3, wide, wide);
	EXPECT_EQ(WNetGetLastErrorA(&code, long_text, 600, who, 256), NO_ERROR);
	EXPECT_STR(long_text, "x?");
	WNetSetLastErrorA(0, none, none);
}

static void provider_with_the_old_call_gets_that(void)
{
	fresh_without_notifyees();
	use("providers.d", "05", "old", "provider-old", "");
	EXPECT_EQ(connect_by(L"\\\\old\\share", NULL), NO_ERROR);
	EXPECT_LOG(" local", "old add \\\\old\\share\n");
	EXPECT_EQ(WNetCancelConnection2W(L"\\\\old\\share", 0, FALSE),
		  NO_ERROR);
}

static void provider_that_cannot_be_loaded_stops_nobody(void)
{
	fresh_without_notifyees();
	use("providers.d", "00", "gone", "no-such-file", "");
	use("providers.d", "01", "none", "none", "");
	use("providers.d", "02", "a\001b", "provider-old", "");
	write_file("conf/providers.d/03.conf", "name=x\npath=relative.so\n");
	EXPECT_EQ(connect_by(L"\\\\one\\share", NULL), NO_ERROR);
	EXPECT_EQ(connect_by(L"\\\\one\\share", L"none"), ERROR_BAD_PROVIDER);
	EXPECT_LOG(" local", "one add3 \\\\one\\share\n");
}

static void without_providers_there_is_no_network(void)
{
	wchar_t remote[16];
	DWORD length = 16;
	HANDLE list;

	fresh_without_notifyees();
	empty_folder("conf/providers.d");
	EXPECT_EQ(connect_by(L"\\\\one\\share", NULL), ERROR_NO_NETWORK);
	EXPECT_EQ(connect_by(L"\\\\one\\share", L"one"), ERROR_NO_NETWORK);
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), ERROR_NO_NETWORK);
	EXPECT_EQ(WNetGetConnectionW(L"X:", remote, &length), ERROR_NO_NETWORK);
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, NULL, &list),
		  ERROR_NO_NETWORK);
}

static void connections_are_found_by_device(void)
{
	wchar_t remote[32];
	char bytes[32];
	DWORD length = 5;

	fresh_without_notifyees();
	EXPECT_EQ(connect_to(L"\\\\two\\share", L"q:", 0), NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\two\\share", L"Q:", 0),
		  ERROR_ALREADY_ASSIGNED);
	EXPECT_EQ(WNetGetConnectionW(L"q:", remote, &length), ERROR_MORE_DATA);
	EXPECT_EQ(length, wcslen(L"\\\\two\\share") + 1);
	EXPECT_EQ(WNetGetConnectionW(L"Q:", remote, &length), NO_ERROR);
	EXPECT_EQ(wcscmp(remote, L"\\\\two\\share"), 0);
	length = 0;
	EXPECT_EQ(WNetGetConnectionA("Q:", NULL, &length), ERROR_MORE_DATA);
	EXPECT_EQ(length, strlen("\\\\two\\share") + 1);
	EXPECT_EQ(WNetGetConnectionA("Q:", bytes, &length), NO_ERROR);
	EXPECT_STR(bytes, "\\\\two\\share");
	EXPECT_EQ(WNetCancelConnection2A("q:", 0, FALSE), NO_ERROR);
	EXPECT_EQ(WNetGetConnectionA("Q:", bytes, &length),
		  ERROR_NOT_CONNECTED);
	EXPECT_EQ(WNetCancelConnection2A("q:", 0, FALSE), ERROR_NOT_CONNECTED);
}

static void cancelling_asks_until_one_has_it(void)
{
	fresh_without_notifyees();
	EXPECT_EQ(connect_to(L"\\\\two\\once", NULL, 0), NO_ERROR);
	drop("log");
	EXPECT_EQ(WNetCancelConnection2W(L"\\\\two\\once", 0, FALSE), NO_ERROR);
	EXPECT_LOG("\r", "one cancel \\\\two\\once force 0\n"
			 "two cancel \\\\two\\once force 0\n");
	EXPECT_EQ(WNetCancelConnection2W(L"\\\\two\\once", 0, FALSE),
		  ERROR_NOT_CONNECTED);
	EXPECT_EQ(WNetCancelConnection2W(L"\\\\two\\x;one=cancel5", 0, FALSE),
		  ERROR_ACCESS_DENIED);
}

static void open_files_need_force(void)
{
	const wchar_t *remote = L"\\\\one\\share;one=open-files";

	fresh_without_notifyees();
	EXPECT_EQ(connect_to(remote, NULL, 0), NO_ERROR);
	EXPECT_EQ(WNetCancelConnectionW(remote, FALSE), ERROR_OPEN_FILES);
	EXPECT_EQ(WNetCancelConnectionW(remote, TRUE), NO_ERROR);
}

/* Of the devices, Z: is taken, Y: is remembered. */
static void redirect_finds_a_device(void)
{
	wchar_t remote[64];
	DWORD length = 64;

	fresh_without_notifyees();
	EXPECT_EQ(connect_to(L"\\\\two\\z", L"Z:", 0), NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\two\\y", L"Y:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"Y:", 0, FALSE), NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, CONNECT_REDIRECT),
		  NO_ERROR);
	EXPECT_EQ(WNetGetConnectionW(L"X:", remote, &length), NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\one\\n;one=no-letters", NULL,
			     CONNECT_REDIRECT),
		  ERROR_INVALID_ADDRESS);
	EXPECT_EQ(connect_to(L"\\\\one\\named", L"D:", CONNECT_REDIRECT),
		  NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"D:", 0, FALSE), NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"Z:", 0, FALSE), NO_ERROR);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(first_that_takes_the_name_ends_the_search),
	KTAP_TEST(order_is_that_of_the_files),
	KTAP_TEST(named_provider_is_the_only_one_asked),
	KTAP_TEST(answers_end_the_search_or_do_not),
	KTAP_TEST(first_that_cannot_tell_is_reported),
	KTAP_TEST(extended_errors_reach_the_caller),
	KTAP_TEST(extended_errors_are_cut_between_characters),
	KTAP_TEST(provider_with_the_old_call_gets_that),
	KTAP_TEST(provider_that_cannot_be_loaded_stops_nobody),
	KTAP_TEST(without_providers_there_is_no_network),
	KTAP_TEST(connections_are_found_by_device),
	KTAP_TEST(cancelling_asks_until_one_has_it),
	KTAP_TEST(open_files_need_force),
	KTAP_TEST(redirect_finds_a_device),
};

MPR_MAIN(tests)
