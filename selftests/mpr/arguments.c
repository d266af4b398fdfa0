// SPDX-License-Identifier: GPL-2.0-only
/* Garbage in every parameter of every call: refused by its name, hits nobody. */
#include "fixture.h"

/* One each of what can be wrong with a name. */
static const wchar_t surrogate[] = { L'\\', L'\\', 0xd800, 0 };
static const wchar_t too_large[] = { L'\\', L'\\', 0x110000, 0 };
static const wchar_t control[] = L"\\\\one\\a\nb";
static wchar_t too_long[MAX_PATH + 2];
static wchar_t longest[MAX_PATH + 1];

static const wchar_t *const bad_names[] = { surrogate, too_large, control,
					    too_long };
static const char *const bad_utf8[] = { "\\\\one\\\xff", "\\\\one\\\xc3",
					"\\\\one\\\xed\xa0\x80",
					"\\\\one\\a\tb" };

static void make_names(void)
{
	wmemset(too_long, L'x', MAX_PATH + 1);
	wmemset(longest, L'x', MAX_PATH);
	wmemcpy(longest, L"\\\\one\\", 6);
	fresh();
}

static void nothing_was_asked(void)
{
	EXPECT_STR(read_file("log"), "");
}

static void missing_resource_is_an_invalid_parameter(void)
{
	make_names();
	EXPECT_EQ(WNetAddConnection2W(NULL, NULL, NULL, 0),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetAddConnection2A(NULL, NULL, NULL, 0),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetAddConnection3W(NULL, NULL, NULL, NULL, 0),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetAddConnection3A(NULL, NULL, NULL, NULL, 0),
		  ERROR_INVALID_PARAMETER);
	nothing_was_asked();
}

static void bad_remote_names_are_refused(void)
{
	NETRESOURCEA resource = { 0 };
	size_t i;

	make_names();
	EXPECT_EQ(connect_to(NULL, NULL, 0), ERROR_BAD_NET_NAME);
	EXPECT_EQ(connect_to(L"", NULL, 0), ERROR_BAD_NET_NAME);
	EXPECT_EQ(WNetAddConnectionW(NULL, NULL, NULL), ERROR_BAD_NET_NAME);
	EXPECT_EQ(WNetAddConnectionA("", NULL, NULL), ERROR_BAD_NET_NAME);
	for (i = 0; i < ARRAYSIZE(bad_names); i++)
		EXPECT_EQ(connect_to(bad_names[i], NULL, 0),
			  ERROR_BAD_NET_NAME);
	for (i = 0; i < ARRAYSIZE(bad_utf8); i++) {
		resource.lpRemoteName = (LPSTR)bad_utf8[i];
		EXPECT_EQ(WNetAddConnection2A(&resource, NULL, NULL, 0),
			  ERROR_BAD_NET_NAME);
	}
	nothing_was_asked();
	EXPECT_EQ(connect_to(longest, NULL, 0), NO_ERROR);
	EXPECT_EQ(WNetCancelConnectionW(longest, FALSE), NO_ERROR);
}

static void bad_devices_are_refused(void)
{
	size_t i;

	make_names();
	for (i = 0; i < ARRAYSIZE(bad_names); i++)
		EXPECT_EQ(connect_to(L"\\\\one\\share", bad_names[i], 0),
			  ERROR_BAD_DEVICE);
	nothing_was_asked();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"", 0), NO_ERROR);
	EXPECT_TRUE(
		strstr(read_file("log"), "a pre add \\\\one\\share local -"));
}

static void bad_providers_do_not_exist(void)
{
	NETRESOURCEW resource = { .lpRemoteName = (LPWSTR)L"\\\\one\\share" };
	size_t i;

	make_names();
	for (i = 0; i < ARRAYSIZE(bad_names); i++) {
		resource.lpProvider = (LPWSTR)bad_names[i];
		EXPECT_EQ(WNetAddConnection2W(&resource, NULL, NULL, 0),
			  ERROR_BAD_PROVIDER);
	}
	nothing_was_asked();
}

static void bad_credentials_are_refused(void)
{
	NETRESOURCEW resource = { .lpRemoteName = (LPWSTR)L"\\\\one\\share" };
	wchar_t text[300];

	make_names();
	wmemset(text, L'p', 300);
	text[257] = L'\0';
	EXPECT_EQ(WNetAddConnection2W(&resource, text, NULL, 0),
		  ERROR_INVALID_PASSWORD);
	EXPECT_EQ(WNetAddConnection2W(&resource, surrogate, NULL, 0),
		  ERROR_INVALID_PASSWORD);
	text[257] = L'p';
	text[273] = L'\0';
	EXPECT_EQ(WNetAddConnection2W(&resource, NULL, text, 0),
		  ERROR_BAD_USERNAME);
	EXPECT_EQ(WNetAddConnection2W(&resource, NULL, too_large, 0),
		  ERROR_BAD_USERNAME);
	nothing_was_asked();
	text[256] = L'\0';
	/* A password may have any characters. */
	text[1] = L'\n';
	EXPECT_EQ(WNetAddConnection2W(&resource, text, L"", 0), NO_ERROR);
	EXPECT_TRUE(strstr(read_file("log"), "password p\np"));
	EXPECT_TRUE(strstr(read_file("log"), "user  flags"));
}

static void bad_types_and_flags_are_refused(void)
{
	static const DWORD types[] = { 3, 4, 8, 0x80000000U, 0xffffffffU };
	NETRESOURCEW resource = { .lpRemoteName = (LPWSTR)L"\\\\one\\share" };
	unsigned int bit;
	size_t i;

	make_names();
	for (i = 0; i < ARRAYSIZE(types); i++) {
		resource.dwType = types[i];
		EXPECT_EQ(WNetAddConnection2W(&resource, NULL, NULL, 0),
			  ERROR_INVALID_PARAMETER);
	}
	resource.dwType = RESOURCETYPE_ANY;
	for (bit = 14; bit < 32; bit++)
		EXPECT_EQ(WNetAddConnection2W(&resource, NULL, NULL, 1U << bit),
			  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetAddConnection2W(&resource, NULL, NULL, CONNECT_REDIRECT),
		  ERROR_BAD_DEV_TYPE);
	nothing_was_asked();
}

static void bad_names_are_not_connected(void)
{
	size_t i;

	make_names();
	EXPECT_EQ(WNetCancelConnection2W(NULL, 0, FALSE),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetCancelConnectionA(NULL, FALSE), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 2, FALSE),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetCancelConnection2A("X:", 0x80000001U, FALSE),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetCancelConnection2W(L"", 0, FALSE), ERROR_NOT_CONNECTED);
	for (i = 0; i < ARRAYSIZE(bad_names); i++)
		EXPECT_EQ(WNetCancelConnection2W(bad_names[i], 0, FALSE),
			  ERROR_NOT_CONNECTED);
	for (i = 0; i < ARRAYSIZE(bad_utf8); i++)
		EXPECT_EQ(WNetCancelConnection2A(bad_utf8[i], 0, FALSE),
			  ERROR_NOT_CONNECTED);
	nothing_was_asked();
}

static void getting_a_connection_checks_its_arguments(void)
{
	wchar_t remote[8];
	DWORD length = 8;
	size_t i;

	make_names();
	EXPECT_EQ(WNetGetConnectionW(L"X:", remote, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetGetConnectionW(L"X:", NULL, &length),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetGetConnectionW(NULL, remote, &length), ERROR_BAD_DEVICE);
	EXPECT_EQ(WNetGetConnectionA("", NULL, &length),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetGetConnectionW(L"", remote, &length), ERROR_BAD_DEVICE);
	for (i = 0; i < ARRAYSIZE(bad_names); i++)
		EXPECT_EQ(WNetGetConnectionW(bad_names[i], remote, &length),
			  ERROR_BAD_DEVICE);
	EXPECT_EQ(length, 8);
	EXPECT_EQ(GetLastError(), ERROR_BAD_DEVICE);
}

static void restoring_checks_its_arguments(void)
{
	size_t i;

	make_names();
	for (i = 0; i < ARRAYSIZE(bad_names); i++)
		EXPECT_EQ(WNetRestoreConnectionW(NULL, bad_names[i]),
			  ERROR_BAD_DEVICE);
	EXPECT_EQ(WNetRestoreConnectionA((HWND)1, bad_utf8[0]),
		  ERROR_BAD_DEVICE);
	nothing_was_asked();
}

static void lists_check_their_arguments(void)
{
	NETRESOURCEW resource = { 0 };
	HANDLE list = (HANDLE)1;

	make_names();
	EXPECT_EQ(WNetOpenEnumW(0, 0, 0, NULL, &list), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetOpenEnumW(6, 0, 0, NULL, &list), ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 4, 0, NULL, &list),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, NULL, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, &resource, &list),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_GLOBALNET, 0, 0, NULL, &list),
		  ERROR_NOT_SUPPORTED);
	EXPECT_EQ(WNetOpenEnumA(RESOURCE_RECENT, 0, 0, NULL, &list),
		  ERROR_NOT_SUPPORTED);
	EXPECT_TRUE(list == (HANDLE)1);
}

static void reading_lists_checks_its_arguments(void)
{
	char buffer[1024] __attribute__((aligned(8)));
	DWORD count = 1, size = sizeof(buffer), none = 0;
	HANDLE list;

	make_names();
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, ~0U, NULL, &list),
		  NO_ERROR);
	EXPECT_EQ(WNetEnumResourceW(list, NULL, buffer, &size),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetEnumResourceW(list, &count, NULL, &size),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetEnumResourceW(list, &count, buffer, NULL),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetEnumResourceW(list, &none, buffer, &size),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetEnumResourceW(list, &count, buffer + 1, &size),
		  ERROR_INVALID_PARAMETER);
	EXPECT_EQ(WNetCloseEnum(list), NO_ERROR);
}

static void garbage_handles_are_refused(void)
{
	static const uintptr_t values[] = {
		0, 1, 3, 4, 5, 0x1001, 0xffffffff, UINTPTR_MAX, UINTPTR_MAX - 1
	};
	DWORD count = 1, size = 64;
	char buffer[64] __attribute__((aligned(8)));
	HANDLE list;
	size_t i;

	make_names();
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, NULL, &list),
		  NO_ERROR);
	EXPECT_EQ(WNetCloseEnum(list), NO_ERROR);
	EXPECT_EQ(WNetCloseEnum(list), ERROR_INVALID_HANDLE);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
	EXPECT_EQ(WNetEnumResourceW(list, &count, buffer, &size),
		  ERROR_INVALID_HANDLE);
	for (i = 0; i < ARRAYSIZE(values); i++) {
		HANDLE handle = (HANDLE)values[i];

		EXPECT_EQ(WNetCloseEnum(handle), ERROR_INVALID_HANDLE);
		EXPECT_EQ(WNetEnumResourceA(handle, &count, buffer, &size),
			  ERROR_INVALID_HANDLE);
	}
}

/* A caller's own structures are read only. */
static void what_the_caller_passed_is_not_changed(void)
{
	static const wchar_t remote[] = L"\\\\one\\share", password[] = L"pw";
	NETRESOURCEW resource = { .dwType = RESOURCETYPE_DISK,
				  .lpRemoteName = (LPWSTR)remote };
	NETRESOURCEW before = resource;

	make_names();
	EXPECT_EQ(WNetAddConnection2W(&resource, password, NULL, 0), NO_ERROR);
	EXPECT_EQ(memcmp(&resource, &before, sizeof(before)), 0);
	EXPECT_EQ(wcscmp(remote, L"\\\\one\\share"), 0);
	EXPECT_EQ(wcscmp(password, L"pw"), 0);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(missing_resource_is_an_invalid_parameter),
	KTAP_TEST(bad_remote_names_are_refused),
	KTAP_TEST(bad_devices_are_refused),
	KTAP_TEST(bad_providers_do_not_exist),
	KTAP_TEST(bad_credentials_are_refused),
	KTAP_TEST(bad_types_and_flags_are_refused),
	KTAP_TEST(bad_names_are_not_connected),
	KTAP_TEST(getting_a_connection_checks_its_arguments),
	KTAP_TEST(restoring_checks_its_arguments),
	KTAP_TEST(lists_check_their_arguments),
	KTAP_TEST(reading_lists_checks_its_arguments),
	KTAP_TEST(garbage_handles_are_refused),
	KTAP_TEST(what_the_caller_passed_is_not_changed),
};

MPR_MAIN(tests)
