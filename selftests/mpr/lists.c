// SPDX-License-Identifier: GPL-2.0-only
/* Lists of connections: whole, in pages of any size, in both kinds of text. */
#include "fixture.h"

#define CONNECTIONS 7

static void connect_some(void)
{
	wchar_t remote[64], local[8];
	int i;

	fresh();
	empty_folder("conf/notify.d");
	for (i = 0; i < CONNECTIONS; i++) {
		swprintf(local, 8, L"%lc:", L'M' + i);
		swprintf(remote, 64, L"\\\\%s\\share%d-\u00e4\u20ac",
			 i % 2 ? "one" : "two", i);
		connect_to(remote, local, i < 3 ? CONNECT_UPDATE_PROFILE : 0);
	}
	connect_to(L"\\\\one\\deviceless", NULL, 0);
}

static void disconnect_all(void)
{
	char local[8];
	int i;

	for (i = 0; i < CONNECTIONS; i++) {
		snprintf(local, sizeof(local), "%c:", 'M' + i);
		WNetCancelConnection2A(local, 0, TRUE);
	}
	WNetCancelConnection2A("\\\\one\\deviceless", 0, TRUE);
}

/* Reads all, @at_once at a time, in a buffer of @room bytes. Adds names up. */
static int read_all(DWORD scope, DWORD type, DWORD at_once, DWORD room,
		    char *names, size_t size)
{
	NETRESOURCEA *buffer = malloc(room);
	DWORD count, bytes, code, i;
	int total = 0;
	HANDLE list;

	*names = '\0';
	if (WNetOpenEnumA(scope, type, 0, NULL, &list)) {
		free(buffer);
		return -1;
	}
	for (;;) {
		count = at_once;
		bytes = room;
		code = WNetEnumResourceA(list, &count, buffer, &bytes);
		if (code)
			break;
		if (!count || (at_once != (DWORD)-1 && count > at_once))
			KTAP_FAIL("%u of %u", count, at_once);
		for (i = 0; i < count; i++) {
			const NETRESOURCEA *one = &buffer[i];
			size_t used = strlen(names);

			snprintf(names + used, size - used, "%s %s %s %u %u\n",
				 one->lpLocalName ? one->lpLocalName : "-",
				 one->lpRemoteName, one->lpProvider,
				 one->dwScope, one->dwType);
		}
		total += (int)count;
	}
	if (code != ERROR_NO_MORE_ITEMS)
		total = -(int)code;
	WNetCloseEnum(list);
	free(buffer);
	return total;
}

static void connected_resources_are_listed(void)
{
	char names[4096];

	connect_some();
	EXPECT_EQ(read_all(RESOURCE_CONNECTED, RESOURCETYPE_ANY, (DWORD)-1,
			   16384, names, sizeof(names)),
		  CONNECTIONS + 1);
	EXPECT_TRUE(strstr(names, "N: \\\\one\\share1-\u00e4\u20ac one 1 1\n"));
	EXPECT_TRUE(strstr(names, "M: \\\\two\\share0-\u00e4\u20ac two 1 1\n"));
	EXPECT_TRUE(strstr(names, "- \\\\one\\deviceless one 1 1\n"));
	disconnect_all();
}

static void pages_of_any_size_add_up(void)
{
	char all[4096], names[4096];
	DWORD at_once, room;

	connect_some();
	read_all(RESOURCE_CONNECTED, 0, (DWORD)-1, 16384, all, sizeof(all));
	for (at_once = 1; at_once < 10; at_once++) {
		EXPECT_EQ(read_all(RESOURCE_CONNECTED, 0, at_once, 16384, names,
				   sizeof(names)),
			  CONNECTIONS + 1);
		EXPECT_STR(names, all);
	}
	for (room = 120; room < 1000; room++) {
		EXPECT_EQ(read_all(RESOURCE_CONNECTED, 0, (DWORD)-1, room,
				   names, sizeof(names)),
			  CONNECTIONS + 1);
		EXPECT_STR(names, all);
	}
	disconnect_all();
}

static void buffer_that_is_too_small_is_told_its_size(void)
{
	char memory[512] __attribute__((aligned(8)));
	NETRESOURCEW *buffer = (void *)memory;
	DWORD size, count, needed, code;
	HANDLE list;

	connect_some();
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, NULL, &list),
		  NO_ERROR);
	for (size = 0; size < sizeof(memory); size++) {
		count = 1;
		needed = size;
		code = WNetEnumResourceW(list, &count, buffer, &needed);
		if (!code)
			break;
		EXPECT_EQ(code, ERROR_MORE_DATA);
		EXPECT_TRUE(needed > size && needed <= sizeof(memory));
	}
	EXPECT_EQ(code, NO_ERROR);
	EXPECT_EQ(count, 1);
	count = (DWORD)-1;
	size = needed = 16;
	EXPECT_EQ(WNetEnumResourceW(list, &count, buffer, &needed),
		  ERROR_MORE_DATA);
	EXPECT_EQ(WNetEnumResourceW(list, &count, buffer, &needed), NO_ERROR);
	EXPECT_EQ(WNetCloseEnum(list), NO_ERROR);
	disconnect_all();
}

static void types_are_told_apart(void)
{
	NETRESOURCEW printer = { .dwType = RESOURCETYPE_PRINT,
				 .lpLocalName = (LPWSTR)L"LPT3",
				 .lpRemoteName = (LPWSTR)L"\\\\one\\printer" };
	char names[4096];

	connect_some();
	EXPECT_EQ(WNetAddConnection2W(&printer, NULL, NULL, 0), NO_ERROR);
	EXPECT_EQ(read_all(RESOURCE_CONNECTED, RESOURCETYPE_PRINT, (DWORD)-1,
			   16384, names, sizeof(names)),
		  1);
	EXPECT_STR(names, "LPT3 \\\\one\\printer one 1 2\n");
	EXPECT_EQ(read_all(RESOURCE_CONNECTED, RESOURCETYPE_DISK, (DWORD)-1,
			   16384, names, sizeof(names)),
		  CONNECTIONS + 1);
	EXPECT_EQ(read_all(RESOURCE_CONNECTED,
			   RESOURCETYPE_DISK | RESOURCETYPE_PRINT, (DWORD)-1,
			   16384, names, sizeof(names)),
		  CONNECTIONS + 2);
	EXPECT_EQ(WNetCancelConnection2A("lpt3", 0, FALSE), NO_ERROR);
	disconnect_all();
}

static void remembered_connections_are_listed(void)
{
	char names[4096];

	connect_some();
	disconnect_all();
	EXPECT_EQ(read_all(RESOURCE_REMEMBERED, 0, (DWORD)-1, 16384, names,
			   sizeof(names)),
		  3);
	EXPECT_STR(names, "M: \\\\two\\share0-\u00e4\u20ac two 3 1\n"
			  "N: \\\\one\\share1-\u00e4\u20ac one 3 1\n"
			  "O: \\\\two\\share2-\u00e4\u20ac two 3 1\n");
	EXPECT_EQ(read_all(RESOURCE_REMEMBERED, RESOURCETYPE_PRINT, (DWORD)-1,
			   16384, names, sizeof(names)),
		  0);
}

static void list_is_that_of_its_beginning(void)
{
	char memory[4096] __attribute__((aligned(8)));
	DWORD count = (DWORD)-1, size = sizeof(memory);
	HANDLE list;

	connect_some();
	EXPECT_EQ(WNetOpenEnumW(RESOURCE_CONNECTED, 0, 0, NULL, &list),
		  NO_ERROR);
	disconnect_all();
	EXPECT_EQ(WNetEnumResourceW(list, &count, memory, &size), NO_ERROR);
	EXPECT_EQ(count, CONNECTIONS + 1);
	EXPECT_EQ(WNetEnumResourceW(list, &count, memory, &size),
		  ERROR_NO_MORE_ITEMS);
	EXPECT_EQ(WNetEnumResourceW(list, &count, memory, &size),
		  ERROR_NO_MORE_ITEMS);
	EXPECT_EQ(WNetCloseEnum(list), NO_ERROR);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(connected_resources_are_listed),
	KTAP_TEST(pages_of_any_size_add_up),
	KTAP_TEST(buffer_that_is_too_small_is_told_its_size),
	KTAP_TEST(types_are_told_apart),
	KTAP_TEST(remembered_connections_are_listed),
	KTAP_TEST(list_is_that_of_its_beginning),
};

MPR_MAIN(tests)
