// SPDX-License-Identifier: GPL-2.0-only
/* What is remembered, for whom, and how it comes back: without notifications. */
#include <lmcons.h>
#include <sys/wait.h>

#include "fixture.h"

#define FILE_NAME "home/ddm/connections"

static const char entry[] = "\n[X:]\nremote=\\\\one\\share\nprovider=one\n"
			    "type=1\n";

static void disconnect_all(void)
{
	WNetCancelConnection2W(L"X:", 0, TRUE);
	WNetCancelConnection2W(L"own", 0, TRUE);
	WNetCancelConnection2W(L"\\\\one\\share", 0, TRUE);
	WNetCancelConnection2W(L"W:", 0, TRUE);
	drop("log");
}

static void fresh_and_disconnected(void)
{
	disconnect_all();
	fresh();
}

static void expect_remembered(const char *expected)
{
	const char *text = read_file(FILE_NAME), *body = strchr(text, '\n');

	body = body ? body + 1 : text;
	if (strcmp(body, expected))
		KTAP_FAIL("remembered is:\n%s", text);
}

static void flag_remembers_a_redirected_connection(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", 0), NO_ERROR);
	expect_remembered("");
	disconnect_all();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"x:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	expect_remembered(entry);
}

static void passwords_are_not_remembered(void)
{
	NETRESOURCEW resource = { .dwType = RESOURCETYPE_DISK,
				  .lpLocalName = (LPWSTR)L"X:",
				  .lpRemoteName = (LPWSTR)L"\\\\one\\share" };
	char expected[256];

	fresh_and_disconnected();
	EXPECT_EQ(WNetAddConnection2W(&resource, L"secret", L"me",
				      CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	snprintf(expected, sizeof(expected), "%suser=me\n", entry);
	expect_remembered(expected);
}

static DWORD connect_as(const wchar_t *user)
{
	NETRESOURCEW resource = { .dwType = RESOURCETYPE_DISK,
				  .lpLocalName = (LPWSTR)L"X:",
				  .lpRemoteName = (LPWSTR)L"\\\\one\\share" };

	return WNetAddConnection2W(&resource, NULL, user,
				   CONNECT_UPDATE_PROFILE);
}

/* A line feed would make a line of its own. */
static void user_with_control_characters_is_refused(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(connect_as(L"me\nx"), ERROR_BAD_USERNAME);
	EXPECT_EQ(connect_as(L"me\x7f"), ERROR_BAD_USERNAME);
	expect_remembered("");
	EXPECT_NO_FAILURE();
	EXPECT_EQ(WNetRestoreConnectionW(NULL, NULL), NO_ERROR);
}

static void longest_user_is_restored(void)
{
	wchar_t user[DNLEN + 1 + UNLEN + 1];

	fresh_and_disconnected();
	wmemset(user, L'u', ARRAYSIZE(user));
	user[DNLEN] = L'\\';
	user[ARRAYSIZE(user) - 1] = L'\0';
	EXPECT_EQ(connect_as(user), NO_ERROR);
	WNetCancelConnection2W(L"X:", 0, TRUE);
	EXPECT_EQ(WNetRestoreConnectionW(NULL, L"X:"), NO_ERROR);
}

static void full_profile_is_refused_before_anything_is_done(void)
{
	char *text = malloc(4096 * 64), *at = text;
	int i;

	fresh_and_disconnected();
	for (i = 0; i < 4096; i++)
		at += sprintf(at, "[d%d]\nremote=r\nprovider=one\ntype=1\n", i);
	make_folder("home/ddm");
	write_file(FILE_NAME, text);
	free(text);
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  ERROR_CANNOT_OPEN_PROFILE);
	EXPECT_STR(read_file("log"), "");
	/* What is there already, can be remembered once more. */
	EXPECT_EQ(connect_to(L"r", L"d7", CONNECT_UPDATE_PROFILE) ==
			  ERROR_CANNOT_OPEN_PROFILE,
		  0);
	EXPECT_EQ(WNetCancelConnection2W(L"d8", CONNECT_UPDATE_PROFILE, TRUE),
		  NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
}

static void file_is_the_users_alone(void)
{
	char path[PATH_MAX];
	struct stat status;

	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	snprintf(path, sizeof(path), "%s/" FILE_NAME, world);
	EXPECT_EQ(stat(path, &status), 0);
	EXPECT_EQ(status.st_mode & 0777, 0600);
}

static void temporary_wins(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:",
			     CONNECT_UPDATE_PROFILE | CONNECT_TEMPORARY),
		  NO_ERROR);
	expect_remembered("");
}

static void failures_and_deviceless_connections_are_not_remembered(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share;one=5", L"X:",
			     CONNECT_UPDATE_PROFILE),
		  ERROR_ACCESS_DENIED);
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=refuse5", L"X:",
			     CONNECT_UPDATE_PROFILE),
		  ERROR_ACCESS_DENIED);
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	expect_remembered("");
}

/* As the provider ddm does, whose interfaces are devices. */
static void device_that_the_provider_chose_is_remembered(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\own-device", NULL,
			     CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	expect_remembered("\n[own]\nremote=\\\\one\\own-device\nprovider=one\n"
			  "type=1\n");
}

static void first_form_remembers_always(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(WNetAddConnectionW(L"\\\\one\\share", NULL, L"X:"), NO_ERROR);
	expect_remembered("\n[X:]\nremote=\\\\one\\share\nprovider=one\n"
			  "type=0\n");
	EXPECT_EQ(WNetCancelConnectionA("X:", FALSE), NO_ERROR);
	expect_remembered("");
	EXPECT_EQ(WNetAddConnectionA("\\\\one\\share", NULL, "X:"), NO_ERROR);
	expect_remembered("\n[X:]\nremote=\\\\one\\share\nprovider=one\n"
			  "type=0\n");
}

static void device_remembered_for_another_resource_is_refused(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), NO_ERROR);
	drop("log");
	EXPECT_EQ(connect_to(L"\\\\one\\other", L"X:", CONNECT_UPDATE_PROFILE),
		  ERROR_DEVICE_ALREADY_REMEMBERED);
	EXPECT_STR(read_file("log"), "");
	EXPECT_EQ(connect_to(L"\\\\one\\other", L"X:", 0), NO_ERROR);
	expect_remembered(entry);
}

static void cancelling_keeps_or_forgets(void)
{
	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), NO_ERROR);
	expect_remembered(entry);
	/* Not connected any more, but remembered. */
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), ERROR_NOT_CONNECTED);
	EXPECT_EQ(WNetCancelConnection2W(L"x:", CONNECT_UPDATE_PROFILE, FALSE),
		  NO_ERROR);
	expect_remembered("");
	EXPECT_EQ(WNetCancelConnection2W(L"X:", CONNECT_UPDATE_PROFILE, FALSE),
		  ERROR_NOT_CONNECTED);
}

static void remote_names_forget_nothing(void)
{
	fresh_and_disconnected();
	write_file("home/x", "");
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"\\\\one\\share",
					 CONNECT_UPDATE_PROFILE, FALSE),
		  NO_ERROR);
	expect_remembered(entry);
	drop("home/x");
}

static void device_that_is_only_remembered_is_unavailable(void)
{
	wchar_t remote[64];
	DWORD length = 64;

	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), NO_ERROR);
	EXPECT_EQ(WNetGetConnectionW(L"X:", remote, &length),
		  ERROR_CONNECTION_UNAVAIL);
	EXPECT_EQ(wcscmp(remote, L"\\\\one\\share"), 0);
}

static void restoring_connects_and_notifies_nobody(void)
{
	wchar_t remote[64];
	DWORD length = 64;

	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\two\\share", L"W:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	disconnect_all();
	EXPECT_EQ(WNetRestoreConnectionW(NULL, NULL), NO_ERROR);
	EXPECT_LOG(" type", "one add3 \\\\one\\share local X:\n"
			    "two add3 \\\\two\\share local W:\n");
	EXPECT_EQ(WNetGetConnectionW(L"W:", remote, &length), NO_ERROR);
	/* Those that are there already are no failure, nor made again. */
	EXPECT_EQ(WNetRestoreConnectionA(NULL, NULL), NO_ERROR);
	EXPECT_EQ(WNetRestoreConnectionA(NULL, "X:"), ERROR_ALREADY_ASSIGNED);
}

static void restoring_one_leaves_the_others(void)
{
	wchar_t remote[64];
	DWORD length = 64;

	fresh_and_disconnected();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\two\\share", L"W:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	disconnect_all();
	EXPECT_EQ(WNetRestoreConnectionA(NULL, "w:"), NO_ERROR);
	EXPECT_EQ(WNetGetConnectionW(L"X:", remote, &length),
		  ERROR_CONNECTION_UNAVAIL);
	EXPECT_EQ(WNetRestoreConnectionW(NULL, L"V:"), ERROR_BAD_DEVICE);
	EXPECT_EQ(WNetRestoreConnectionW(NULL, L""), ERROR_BAD_DEVICE);
}

static void failure_does_not_keep_the_next_from_being_restored(void)
{
	wchar_t remote[64];
	DWORD length = 64;

	fresh_and_disconnected();
	make_folder("home/ddm");
	write_file(FILE_NAME, "[V:]\nremote=\\\\one\\x;one=5\nprovider=one\n"
			      "[U:]\nremote=\\\\one\\x;one=6\nprovider=one\n"
			      "[T:]\nremote=\\\\one\\x\nprovider=nobody\n"
			      "[X:]\nremote=\\\\one\\share\nprovider=one\n");
	EXPECT_EQ(WNetRestoreConnectionW(NULL, NULL), ERROR_ACCESS_DENIED);
	EXPECT_EQ(WNetGetConnectionW(L"X:", remote, &length), NO_ERROR);
	EXPECT_EQ(WNetRestoreConnectionW(NULL, L"T:"), ERROR_BAD_PROVIDER);
}

static const char *const bad_files[] = {
	"x\n",
	"[X:]\n",
	"[X:\nremote=\\\\one\\share\nprovider=one\n",
	"[]\nremote=\\\\one\\share\nprovider=one\n",
	"remote=\\\\one\\share\nprovider=one\n",
	"[X:]\nremote=\\\\one\\share\n",
	"[X:]\nremote=\\\\one\\share\nprovider=one\ntype=9\n",
	"[X:]\nremote=\\\\one\\share\nprovider=one\nunknown=9\n",
	"[X:]\nremote=\\\\one\\share\nremote=x\nprovider=one\n",
	"[X:]\nremote=\\\\one\\share\nprovider=one\n[X:]\nremote=x\nprovider=y\n",
	"[X:]\nremote=\\\\one\\share\nprovider=one",
	"[X:]\nremote=\\\\one\\\xff\nprovider=one\n",
};

static void what_makes_no_sense_is_a_bad_profile_and_stays(void)
{
	wchar_t remote[64];
	DWORD length = 64;
	HANDLE list;
	size_t i;

	for (i = 0; i < ARRAYSIZE(bad_files); i++) {
		fresh_and_disconnected();
		make_folder("home/ddm");
		write_file(FILE_NAME, bad_files[i]);
		printf("# file %zu\n", i);
		EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:",
				     CONNECT_UPDATE_PROFILE),
			  ERROR_BAD_PROFILE);
		EXPECT_EQ(WNetCancelConnection2W(L"X:", CONNECT_UPDATE_PROFILE,
						 FALSE),
			  ERROR_BAD_PROFILE);
		EXPECT_EQ(WNetRestoreConnectionW(NULL, NULL),
			  ERROR_BAD_PROFILE);
		EXPECT_EQ(WNetOpenEnumW(RESOURCE_REMEMBERED, 0, 0, NULL, &list),
			  ERROR_BAD_PROFILE);
		EXPECT_STR(read_file("log"), "");
		EXPECT_STR(read_file(FILE_NAME), bad_files[i]);
		EXPECT_EQ(WNetGetConnectionW(L"X:", remote, &length),
			  ERROR_NOT_CONNECTED);
	}
}

static void folder_that_cannot_be_made_is_reported(void)
{
	fresh_and_disconnected();
	setenv("XDG_CONFIG_HOME", "/proc/nonexistent", 1);
	/* Reading finds nothing, and is content; writing is not. */
	EXPECT_EQ(WNetRestoreConnectionW(NULL, NULL), NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  ERROR_CANNOT_OPEN_PROFILE);
	set_path("XDG_CONFIG_HOME", "home");
	/* The connection is there, as the page says. */
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), NO_ERROR);
	rmdir("home/ddm");
}

static void home_is_used_without_a_config_folder(void)
{
	char path[PATH_MAX], *home = getenv("HOME");

	home = home ? strdup(home) : NULL;
	fresh_and_disconnected();
	unsetenv("XDG_CONFIG_HOME");
	set_path("HOME", "home");
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", CONNECT_UPDATE_PROFILE),
		  NO_ERROR);
	EXPECT_TRUE(strstr(read_file("home/.config/ddm/connections"), entry));
	empty_folder("home/.config/ddm");
	snprintf(path, sizeof(path), "%s/home/.config/ddm", world);
	EXPECT_EQ(rmdir(path), 0);
	snprintf(path, sizeof(path), "%s/home/.config", world);
	EXPECT_EQ(rmdir(path), 0);
	set_path("XDG_CONFIG_HOME", "home");
	if (home)
		setenv("HOME", home, 1);
	free(home);
}

/* Two processes that remember at the same time lose nothing. */
static void processes_remember_beside_each_other(void)
{
	enum { EACH = 20 };
	wchar_t remote[64], local[16];
	int side, i, status, found = 0;
	const char *at;
	pid_t child[2];

	fresh_and_disconnected();
	empty_folder("conf/notify.d");
	for (side = 0; side < 2; side++) {
		child[side] = fork();
		for (i = 0; !child[side] && i < EACH; i++) {
			swprintf(local, 16, L"dev%d-%d", side, i);
			swprintf(remote, 64, L"\\\\one\\%ls", local);
			if (connect_to(remote, local, CONNECT_UPDATE_PROFILE))
				_exit(1);
		}
		if (!child[side])
			_exit(0);
	}
	for (side = 0; side < 2; side++) {
		waitpid(child[side], &status, 0);
		EXPECT_EQ(status, 0);
	}
	for (at = read_file(FILE_NAME); (at = strstr(at, "\n[dev")); at++)
		found++;
	EXPECT_EQ(found, 2 * EACH);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(flag_remembers_a_redirected_connection),
	KTAP_TEST(passwords_are_not_remembered),
	KTAP_TEST(user_with_control_characters_is_refused),
	KTAP_TEST(longest_user_is_restored),
	KTAP_TEST(full_profile_is_refused_before_anything_is_done),
	KTAP_TEST(file_is_the_users_alone),
	KTAP_TEST(temporary_wins),
	KTAP_TEST(failures_and_deviceless_connections_are_not_remembered),
	KTAP_TEST(device_that_the_provider_chose_is_remembered),
	KTAP_TEST(first_form_remembers_always),
	KTAP_TEST(device_remembered_for_another_resource_is_refused),
	KTAP_TEST(cancelling_keeps_or_forgets),
	KTAP_TEST(remote_names_forget_nothing),
	KTAP_TEST(device_that_is_only_remembered_is_unavailable),
	KTAP_TEST(restoring_connects_and_notifies_nobody),
	KTAP_TEST(restoring_one_leaves_the_others),
	KTAP_TEST(failure_does_not_keep_the_next_from_being_restored),
	KTAP_TEST(what_makes_no_sense_is_a_bad_profile_and_stays),
	KTAP_TEST(folder_that_cannot_be_made_is_reported),
	KTAP_TEST(home_is_used_without_a_config_folder),
	KTAP_TEST(processes_remember_beside_each_other),
};

MPR_MAIN(tests)
