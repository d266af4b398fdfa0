// SPDX-License-Identifier: GPL-2.0-only
/* Who is asked and told of an attempt, in which order, and what comes of it. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "fixture.h"

static void everybody_is_asked_before_and_told_after_in_order(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	EXPECT_LOG(" type", "a pre add \\\\one\\share local -\n"
			    "b pre add \\\\one\\share local -\n"
			    "c pre add \\\\one\\share local -\n"
			    "one add3 \\\\one\\share local -\n"
			    "a post add \\\\one\\share local -\n"
			    "b post add \\\\one\\share local -\n"
			    "c post add \\\\one\\share local -\n");
}

static void notifyees_get_what_the_documents_promise(void)
{
	NETRESOURCEW resource = { .dwScope = 9,
				  .dwType = RESOURCETYPE_PRINT,
				  .dwUsage = 9,
				  .lpLocalName = (LPWSTR)L"lpt1",
				  .lpRemoteName = (LPWSTR)L"\\\\one\\printer",
				  .lpProvider = (LPWSTR)L"ONE" };

	fresh();
	EXPECT_EQ(WNetAddConnection3W((HWND)77, &resource, L"secret", L"me",
				      CONNECT_TEMPORARY | CONNECT_INTERACTIVE |
					      CONNECT_CURRENT_MEDIA),
		  NO_ERROR);
	EXPECT_EQ(GetLastError(), NO_ERROR);
	EXPECT_LOG(
		"b ",
		"a pre add \\\\one\\printer local LPT1 type 2 flags 0xc owner 77 status 0 none\n"
		"\n"
		"c pre add \\\\one\\printer local LPT1 type 2 flags 0xc owner 77 status 0 none\n"
		"one add3 \\\\one\\printer local LPT1 type 2 password secret user me flags 0x20c owner 77\n"
		"a post add \\\\one\\printer local LPT1 type 2 flags 0xc owner 77 status 0 context\n"
		"\n"
		"c post add \\\\one\\printer local LPT1 type 2 flags 0xc owner 77 status 0 context\n");
}

#ifdef KTAP_CAN_CANCEL
static void *connect_and_be_cancelled(void *data)
{
	DWORD *error = data;

	pthread_cancel(pthread_self());
	*error = connect_to(L"\\\\one\\share", NULL, 0);
	pthread_testcancel();
	return NULL;
}

static void thread_is_cancelled_when_all_is_told(void)
{
	DWORD error = 12345;
	pthread_t thread;
	void *result;

	fresh();
	pthread_create(&thread, NULL, connect_and_be_cancelled, &error);
	pthread_join(thread, &result);
	EXPECT_TRUE(result == PTHREAD_CANCELED);
	EXPECT_EQ(error, NO_ERROR);
	EXPECT_TRUE(strstr(read_file("log"), "c post add"));
	EXPECT_EQ(connect_to(L"\\\\one\\other", NULL, 0), NO_ERROR);
}
#endif

static void cancelling_is_told_too_and_by_whom(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\two\\share", L"x:", 0), NO_ERROR);
	drop("log");
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, TRUE), NO_ERROR);
	EXPECT_LOG(
		"\r",
		"a pre cancel X: flags 0 force 1 by - status 0 none\n"
		"b pre cancel X: flags 0 force 1 by - status 0 none\n"
		"c pre cancel X: flags 0 force 1 by - status 0 none\n"
		"one cancel X: force 1\n"
		"two cancel X: force 1\n"
		"a post cancel X: flags 0 force 1 by two status 0 context\n"
		"b post cancel X: flags 0 force 1 by two status 0 context\n"
		"c post cancel X: flags 0 force 1 by two status 0 context\n");
}

static void refusal_ends_it_and_those_asked_before_are_told(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;b=refuse1223", NULL, 0),
		  ERROR_CANCELLED);
	EXPECT_EQ(GetLastError(), ERROR_CANCELLED);
	EXPECT_LOG(" local - type 1 flags 0 owner 0",
		   "a pre add \\\\one\\share\n"
		   "b pre add \\\\one\\share\n"
		   "a post add \\\\one\\share\n");
	EXPECT_TRUE(strstr(read_file("log"), "a post add \\\\one\\share local "
					     "- type 1 flags 0 owner 0 status "
					     "1223 context"));
}

static void any_code_but_retry_refuses(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=refuse5", NULL, 0),
		  ERROR_ACCESS_DENIED);
	EXPECT_LOG(" local", "a pre add \\\\one\\share\n");
	drop("log");
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=refuse1237", NULL, 0),
		  NO_ERROR);
	EXPECT_TRUE(strstr(read_file("log"), "one add3"));
	EXPECT_TRUE(strstr(read_file("log"), "a post add"));
}

static void refused_end_leaves_the_connection(void)
{
	wchar_t remote[64];
	DWORD length = 64;

	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share", L"X:", 0), NO_ERROR);
	/* The names of the tests' devices say nothing: by remote name, then. */
	EXPECT_EQ(WNetCancelConnection2W(L"\\\\one\\other;c=refuse5", 0, TRUE),
		  ERROR_ACCESS_DENIED);
	EXPECT_EQ(WNetGetConnectionW(L"X:", remote, &length), NO_ERROR);
	EXPECT_TRUE(!strstr(read_file("log"), "one cancel"));
	EXPECT_EQ(WNetCancelConnection2W(L"X:", 0, FALSE), NO_ERROR);
}

static void failure_of_the_provider_is_told(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;one=1326", NULL, 0),
		  ERROR_LOGON_FAILURE);
	EXPECT_LOG("add",
		   "a pre \nb pre \nc pre \none \na post \nb post \nc post \n");
	EXPECT_TRUE(strstr(read_file("log"), "status 1326 context"));
}

static void nobody_knowing_the_name_is_told(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\three\\share", NULL, 0),
		  ERROR_NO_NET_OR_BAD_PATH);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \ntwo \n"
			  "a post \nb post \nc post \n");
	EXPECT_TRUE(strstr(read_file("log"), "status 1203 context"));
}

static void no_context_no_call_afterwards(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;b=silent", NULL, 0), NO_ERROR);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \na post \nc post \n");
}

static void codes_after_the_attempt_have_no_effect(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=fail-post", NULL, 0), NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\one\\share;one=67;a=fail-post", NULL, 0),
		  ERROR_NO_NET_OR_BAD_PATH);
}

/* Each test's notifyees count for themselves: their processes live on. */
static void retry_after_a_failure_makes_another_attempt(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;one=5;b=retry2", NULL, 0),
		  ERROR_ACCESS_DENIED);
	/* b, who asked for it, is not asked again, but told; the others are. */
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \n"
			  "a post \nb post \nc post \n"
			  "a pre \nc pre \none \na post \nb post \nc post \n"
			  "a pre \nc pre \none \na post \nb post \nc post \n");
}

static void retry_after_a_success_has_no_effect(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;c=retry9", NULL, 0), NO_ERROR);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \n"
			  "a post \nb post \nc post \n");
}

static void retries_come_to_an_end(void)
{
	const char *at;
	int attempts = 0;

	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;one=5;c=retry1000", NULL, 0),
		  ERROR_ACCESS_DENIED);
	for (at = read_file("log"); (at = strstr(at, "one add3")); at++)
		attempts++;
	EXPECT_EQ(attempts, 6);
}

static void crash_before_stops_nobody(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;b=crash-pre", NULL, 0), NO_ERROR);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \na post \nc post \n");
}

static void crash_after_stops_nobody(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=crash-post", NULL, 0),
		  NO_ERROR);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \n"
			  "a post \nb post \nc post \n");
}

static void exit_counts_as_a_crash(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=exit-pre;c=exit-post", NULL, 0),
		  NO_ERROR);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \nb post \nc post \n");
}

static void notifyee_is_asked_again_after_its_crash(void)
{
	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share;b=crash-pre", NULL, 0), NO_ERROR);
	drop("log");
	EXPECT_EQ(connect_to(L"\\\\one\\share;b=refuse5", NULL, 0),
		  ERROR_ACCESS_DENIED);
}

/* Of those that hang: seconds. The start of their host is in it, too. */
#define LIMIT 4
#define LIMITED "time-limit=4\n"

static void hang_ends_at_the_time_limit(const wchar_t *remote, const char *log)
{
	long begin = milliseconds(), took;

	use("notify.d", "20-b", "b", "notifyee-b", LIMITED);
	EXPECT_EQ(connect_to(remote, NULL, 0), NO_ERROR);
	took = milliseconds() - begin;
	if (took < LIMIT * 1000 || took > 30000)
		KTAP_FAIL("it took %ld ms", took);
	EXPECT_LOG("add", log);
}

static void hang_before_stops_nobody(void)
{
	fresh();
	hang_ends_at_the_time_limit(L"\\\\one\\share;b=hang-pre",
				    "a pre \nb pre \nc pre \none \n"
				    "a post \nc post \n");
}

static void hang_after_stops_nobody(void)
{
	fresh();
	hang_ends_at_the_time_limit(L"\\\\one\\share;b=hang-post",
				    "a pre \nb pre \nc pre \none \n"
				    "a post \nb post \nc post \n");
}

/* 0 until b has told the number of its process */
static pid_t process_of_b(void)
{
	const char *line = strstr(read_file("log"), "b is ");

	return line ? atoi(line + strlen("b is ")) : 0;
}

/* Gone, or waiting for whoever adopted it to notice. */
static bool is_gone(pid_t pid)
{
	char path[64], byte;
	bool gone;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	gone = fd < 0 || read(fd, &byte, 1) <= 0;
	if (fd >= 0)
		close(fd);
	return gone;
}

static void b_is_gone_in_time(void)
{
	long end = milliseconds() + 10000;
	pid_t pid = process_of_b();

	EXPECT_TRUE(pid > 1);
	while (!is_gone(pid) && milliseconds() < end)
		usleep(20000);
	EXPECT_TRUE(is_gone(pid));
}

/* Or the machine would fill up. */
static void hung_notifyee_leaves_no_process(void)
{
	fresh();
	use("notify.d", "20-b", "b", "notifyee-b", LIMITED);
	EXPECT_EQ(connect_to(L"\\\\one\\share;b=pid;b=hang-pre", NULL, 0),
		  NO_ERROR);
	b_is_gone_in_time();
}

static void hung_notifyee_does_not_outlive_a_killed_program(void)
{
	long end = milliseconds() + 10000;
	pid_t child;

	fresh();
	use("notify.d", "20-b", "b", "notifyee-b", "time-limit=60\n");
	child = fork();
	if (!child)
		_exit((int)connect_to(L"\\\\one\\share;b=pid;b=hang-pre", NULL,
				      0));
	while (!process_of_b() && milliseconds() < end)
		usleep(20000);
	EXPECT_TRUE(!is_gone(process_of_b()));
	kill(child, SIGKILL);
	EXPECT_EQ(waitpid(child, NULL, 0), child);
	b_is_gone_in_time();
}

static void what_cannot_be_loaded_stops_nobody(void)
{
	fresh();
	use("notify.d", "00-gone", "gone", "no-such-file", "");
	use("notify.d", "11-none", "none", "none", "");
	use("notify.d", "12-lacks", "lacks", "notifyee-lacks", "");
	use("notify.d", "13-short", "short", "notifyee-short", "");
	write_file("conf/notify.d/14-empty.conf", "");
	write_file("conf/notify.d/15-relative.conf", "path=notifyee-a.so\n");
	write_file("conf/notify.d/16-noise.conf", "\1\2\3 what = is\n=\n[x]\n");
	write_file("conf/notify.d/17-other", "path=/bin/false\n");
	write_file("conf/notify.d/.hidden.conf", "path=/bin/false\n");
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \n"
			  "a post \nb post \nc post \n");
}

static void no_host_no_notifyees_but_connections(void)
{
	char *host = strdup(getenv("DDM_MPR_HOST"));

	fresh();
	empty_folder("conf/notify.d");
	/* One whose host does not run yet. */
	use("notify.d", "10-none", "none", "none", "");
	setenv("DDM_MPR_HOST", "/nonexistent", 1);
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	/* One that can be started, but is no host. */
	setenv("DDM_MPR_HOST", "/bin/false", 1);
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	setenv("DDM_MPR_HOST", host, 1);
	free(host);
	EXPECT_LOG(" add3", "one\none\n");
}

static void order_is_that_of_the_files_now(void)
{
	fresh();
	empty_folder("conf/notify.d");
	use("notify.d", "1", "c", "notifyee-c", "");
	use("notify.d", "2", "a", "notifyee-a", "");
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	EXPECT_LOG("add", "c pre \na pre \none \nc post \na post \n");
	drop("log");
	drop("conf/notify.d/1.conf");
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	EXPECT_LOG("add", "a pre \none \na post \n");
}

static volatile sig_atomic_t children;

static void count_child(int signal)
{
	(void)signal;
	children++;
}

/* The hosts are nobody's business but the library's. */
static void program_never_sees_a_child(void)
{
	struct sigaction count = { .sa_handler = count_child }, before;

	fresh();
	sigaction(SIGCHLD, &count, &before);
	EXPECT_EQ(connect_to(L"\\\\one\\share;a=crash-pre;b=exit-post", NULL,
			     0),
		  NO_ERROR);
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	EXPECT_EQ(waitpid(-1, NULL, WNOHANG), (pid_t)-1);
	EXPECT_EQ(errno, ECHILD);
	sigaction(SIGCHLD, &before, NULL);
	EXPECT_EQ(children, 0);
}

/* A child of fork asks notifyees of its own; the parent's go on. */
static void both_sides_of_a_fork_may_connect(void)
{
	int status;
	pid_t child;

	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	child = fork();
	if (!child)
		_exit(connect_to(L"\\\\one\\share;c=refuse5", NULL, 0) !=
		      ERROR_ACCESS_DENIED);
	EXPECT_EQ(waitpid(child, &status, 0), child);
	EXPECT_EQ(status, 0);
	drop("log");
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	EXPECT_LOG("add", "a pre \nb pre \nc pre \none \n"
			  "a post \nb post \nc post \n");
}

/* As container runtimes do with what is too new for them. */
static bool forbid_clone3(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { ARRAYSIZE(filter), filter };

	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
	       !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static void without_clone3_they_are_asked_all_the_same(void)
{
	pid_t child;
	int status;

	fresh();
	child = fork();
	if (!child)
		_exit(!forbid_clone3() ||
		      connect_to(L"\\\\one\\share;a=refuse5", NULL, 0) !=
			      ERROR_ACCESS_DENIED);
	EXPECT_EQ(waitpid(child, &status, 0), child);
	EXPECT_EQ(status, 0);
}

static int open_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static void no_descriptor_is_left_or_inherited(void)
{
	char path[64], target[64], flags[256];
	int before, i;
	FILE *stream;

	fresh();
	EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	before = open_descriptors();
	for (i = 0; i < 5; i++) {
		EXPECT_EQ(connect_to(L"\\\\one\\share;a=exit-post", NULL, 0),
			  NO_ERROR);
		EXPECT_EQ(connect_to(L"\\\\two\\x;two=5", NULL, 0),
			  ERROR_ACCESS_DENIED);
		EXPECT_EQ(connect_to(L"\\\\one\\share", NULL, 0), NO_ERROR);
	}
	EXPECT_EQ(open_descriptors(), before);
	for (i = 3; i < 64; i++) {
		unsigned int bits = 0;

		snprintf(path, sizeof(path), "/proc/self/fd/%d", i);
		if (readlink(path, target, sizeof(target)) < 6 ||
		    strncmp(target, "socket", 6))
			continue;
		snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", i);
		stream = fopen(path, "re");
		while (stream && fgets(flags, sizeof(flags), stream))
			sscanf(flags, "flags: %o", &bits);
		if (stream)
			fclose(stream);
		if (!(bits & O_CLOEXEC))
			KTAP_FAIL("descriptor %d would be inherited", i);
	}
}

static const struct ktap_test tests[] = {
	KTAP_TEST(everybody_is_asked_before_and_told_after_in_order),
	KTAP_TEST(notifyees_get_what_the_documents_promise),
	KTAP_TEST(cancelling_is_told_too_and_by_whom),
#ifdef KTAP_CAN_CANCEL
	KTAP_TEST(thread_is_cancelled_when_all_is_told),
#endif
	KTAP_TEST(refusal_ends_it_and_those_asked_before_are_told),
	KTAP_TEST(any_code_but_retry_refuses),
	KTAP_TEST(refused_end_leaves_the_connection),
	KTAP_TEST(failure_of_the_provider_is_told),
	KTAP_TEST(nobody_knowing_the_name_is_told),
	KTAP_TEST(no_context_no_call_afterwards),
	KTAP_TEST(codes_after_the_attempt_have_no_effect),
	KTAP_TEST(retry_after_a_failure_makes_another_attempt),
	KTAP_TEST(retry_after_a_success_has_no_effect),
	KTAP_TEST(retries_come_to_an_end),
	KTAP_TEST(crash_before_stops_nobody),
	KTAP_TEST(crash_after_stops_nobody),
	KTAP_TEST(exit_counts_as_a_crash),
	KTAP_TEST(notifyee_is_asked_again_after_its_crash),
	KTAP_TEST(hang_before_stops_nobody),
	KTAP_TEST(hang_after_stops_nobody),
	KTAP_TEST(hung_notifyee_leaves_no_process),
	KTAP_TEST(hung_notifyee_does_not_outlive_a_killed_program),
	KTAP_TEST(what_cannot_be_loaded_stops_nobody),
	KTAP_TEST(no_host_no_notifyees_but_connections),
	KTAP_TEST(order_is_that_of_the_files_now),
	KTAP_TEST(program_never_sees_a_child),
	KTAP_TEST(both_sides_of_a_fork_may_connect),
	KTAP_TEST(without_clone3_they_are_asked_all_the_same),
	KTAP_TEST(no_descriptor_is_left_or_inherited),
};

MPR_MAIN(tests)
