// SPDX-License-Identifier: GPL-2.0-only
/* How the provider ddm leaves a password for the dialer, and takes it away. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../user/ktap.h"

/* What happens before the next lock is tried. */
static void (*before_flock)(void);

static int flock_after_all(int fd, int operation)
{
	void (*hook)(void) = before_flock;

	before_flock = NULL;
	if (hook)
		hook();
	return flock(fd, operation);
}

#define flock flock_after_all

static char rundir[64];
#define DDM_RUNDIR rundir
#include "../../lib/mpr/providers/ddm/credentials.c"

#define INTERFACE ((HANDLE)(uintptr_t)42)

static const char *path_of(const char *folder)
{
	static char path[192];
	struct stat status;

	stat("/proc/self/ns/net", &status);
	snprintf(path, sizeof(path), "%s/%s/%lu.42", rundir, folder,
		 (unsigned long)status.st_ino);
	return path;
}

static const char *content(int fd)
{
	static char text[CONTENT_MAX + 1];
	ssize_t size = pread(fd, text, CONTENT_MAX, 0);

	text[size < 0 ? 0 : size] = '\0';
	return text;
}

static bool is_there(void)
{
	return !access(path_of(FOLDER), F_OK);
}

#define NEED_ROOT()                                                    \
	do {                                                           \
		if (geteuid())                                         \
			KTAP_SKIP("needs root, as the provider does"); \
	} while (0)

static void they_are_lines_that_only_root_can_read(void)
{
	struct stat status;
	int fd, reader;

	NEED_ROOT();
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"me", L"a\\b\nc\u20ac",
					&fd),
		  WN_SUCCESS);
	EXPECT_EQ(stat(path_of(FOLDER), &status), 0);
	EXPECT_EQ(status.st_mode & 07777, 0600);
	reader = open(path_of(FOLDER), O_RDONLY | O_CLOEXEC);
	EXPECT_STR(content(reader),
		   "user=me\npassword=a\\\\b\\nc\xe2\x82\xac\n");
	ddm_credentials_wipe(INTERFACE, fd);
	EXPECT_TRUE(!is_there());
	/* Whoever has it open still finds nothing in it. */
	EXPECT_STR(content(reader), "");
	close(reader);
}

static void what_is_not_given_is_not_said(void)
{
	int fd;

	NEED_ROOT();
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, NULL, NULL, &fd),
		  WN_SUCCESS);
	EXPECT_EQ(fd, -1);
	EXPECT_TRUE(!is_there());
	ddm_credentials_wipe(INTERFACE, fd);
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, NULL, L"", &fd), WN_SUCCESS);
	EXPECT_STR(content(fd), "password=\n");
	ddm_credentials_wipe(INTERFACE, fd);
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"you", NULL, &fd),
		  WN_SUCCESS);
	EXPECT_STR(content(fd), "user=you\n");
	ddm_credentials_wipe(INTERFACE, fd);
}

static void longest_of_both_fit(void)
{
	wchar_t user[UNLEN + DNLEN + 2], password[PWLEN + 1];
	int fd;

	NEED_ROOT();
	wmemset(user, L'\n', UNLEN + DNLEN + 1);
	user[UNLEN + DNLEN + 1] = L'\0';
	wmemset(password, 0x10ffff, PWLEN);
	password[PWLEN] = L'\0';
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, user, password, &fd),
		  WN_SUCCESS);
	EXPECT_EQ(strlen(content(fd)),
		  5 + 2 * (UNLEN + DNLEN + 1) + 1 + 9 + 4 * PWLEN + 1);
	ddm_credentials_wipe(INTERFACE, fd);
}

static void second_attempt_at_the_same_time_is_busy(void)
{
	int first, second, status;
	pid_t child;

	NEED_ROOT();
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"a", NULL, &first),
		  WN_SUCCESS);
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"b", NULL, &second),
		  WN_FUNCTION_BUSY);
	child = fork();
	if (!child)
		_exit(ddm_credentials_leave(INTERFACE, L"c", NULL, &second) !=
		      WN_FUNCTION_BUSY);
	waitpid(child, &status, 0);
	EXPECT_EQ(status, 0);
	EXPECT_STR(content(first), "user=a\n");
	ddm_credentials_wipe(INTERFACE, first);
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"b", NULL, &second),
		  WN_SUCCESS);
	ddm_credentials_wipe(INTERFACE, second);
}

static void those_of_a_killed_process_are_replaced(void)
{
	int fd, old;
	pid_t child = geteuid() ? 0 : fork();

	NEED_ROOT();
	if (!child)
		_exit((int)ddm_credentials_leave(INTERFACE, L"old", NULL, &fd));
	waitpid(child, NULL, 0);
	old = open(path_of(FOLDER), O_RDONLY | O_CLOEXEC);
	EXPECT_STR(content(old), "user=old\n");
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"new", NULL, &fd),
		  WN_SUCCESS);
	EXPECT_STR(content(fd), "user=new\n");
	EXPECT_STR(content(old), "");
	ddm_credentials_wipe(INTERFACE, fd);
	close(old);
}

/* The dialer removes what it has taken; another attempt may leave its own. */
static void another_attempts_are_not_wiped(void)
{
	int first, second;

	NEED_ROOT();
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"a", NULL, &first),
		  WN_SUCCESS);
	EXPECT_EQ(unlink(path_of(FOLDER)), 0);
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"b", NULL, &second),
		  WN_SUCCESS);
	ddm_credentials_wipe(INTERFACE, first);
	EXPECT_TRUE(is_there());
	EXPECT_STR(content(second), "user=b\n");
	ddm_credentials_wipe(INTERFACE, second);
	EXPECT_TRUE(!is_there());
}

static void be_taken_for_stale(void)
{
	unlink(path_of(FOLDER));
}

/* Another attempt saw the file before the lock was on it, and removed it. */
static void file_removed_before_it_was_locked_is_made_again(void)
{
	int fd;

	NEED_ROOT();
	before_flock = be_taken_for_stale;
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"a", NULL, &fd),
		  WN_SUCCESS);
	EXPECT_TRUE(is_there());
	ddm_credentials_wipe(INTERFACE, fd);
}

static int replacement;

static void be_replaced(void)
{
	unlink(path_of(FOLDER));
	ddm_credentials_leave(INTERFACE, L"new", NULL, &replacement);
}

/* What was seen to be stale is gone, and another attempt's is there instead. */
static void file_that_replaced_a_stale_one_stays(void)
{
	int fd;

	NEED_ROOT();
	fd = open(path_of(FOLDER), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	EXPECT_TRUE(fd >= 0);
	close(fd);
	before_flock = be_replaced;
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"a", NULL, &fd),
		  WN_FUNCTION_BUSY);
	EXPECT_TRUE(is_there());
	EXPECT_STR(content(replacement), "user=new\n");
	ddm_credentials_wipe(INTERFACE, replacement);
	EXPECT_TRUE(!is_there());
}

static void folder_of_somebody_else_is_not_trusted(void)
{
	char folder[128];
	int fd;

	NEED_ROOT();
	snprintf(folder, sizeof(folder), "%s/" FOLDER, rundir);
	EXPECT_EQ(chmod(folder, 0755), 0);
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"a", NULL, &fd),
		  WN_ACCESS_DENIED);
	EXPECT_EQ(chmod(folder, 0700), 0);
	EXPECT_EQ(chown(folder, 1, 1), 0);
	EXPECT_EQ(ddm_credentials_leave(INTERFACE, L"a", NULL, &fd),
		  WN_ACCESS_DENIED);
	EXPECT_EQ(rmdir(folder), 0);
	EXPECT_EQ(symlink("/tmp", folder), 0);
	EXPECT_TRUE(ddm_credentials_leave(INTERFACE, L"a", NULL, &fd) !=
		    WN_SUCCESS);
	EXPECT_EQ(unlink(folder), 0);
}

static void others_are_refused(void)
{
	int fd, status;
	pid_t child;

	NEED_ROOT();
	child = fork();
	if (!child) {
		if (setuid(65534))
			_exit(2);
		_exit(ddm_credentials_leave(INTERFACE, L"a", NULL, &fd) !=
		      WN_ACCESS_DENIED);
	}
	waitpid(child, &status, 0);
	EXPECT_EQ(status, 0);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(they_are_lines_that_only_root_can_read),
	KTAP_TEST(what_is_not_given_is_not_said),
	KTAP_TEST(longest_of_both_fit),
	KTAP_TEST(second_attempt_at_the_same_time_is_busy),
	KTAP_TEST(those_of_a_killed_process_are_replaced),
	KTAP_TEST(another_attempts_are_not_wiped),
	KTAP_TEST(file_removed_before_it_was_locked_is_made_again),
	KTAP_TEST(file_that_replaced_a_stale_one_stays),
	KTAP_TEST(folder_of_somebody_else_is_not_trusted),
	KTAP_TEST(others_are_refused),
};

int main(void)
{
	int status;

	strcpy(rundir, "/tmp/ddm-run-XXXXXX");
	if (!mkdtemp(rundir))
		return 1;
	status = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
	if (!chdir(rundir)) {
		rmdir(FOLDER);
		rmdir(rundir);
	}
	return status;
}
