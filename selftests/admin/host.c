// SPDX-License-Identifier: GPL-2.0-only
/*
 * ddmd's client of administration DLLs, the real host program and real DLLs:
 * all of it but pppd and ddmd, so that each order of events can be had at will.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <mprerror.h>
#include <winerror.h>

#include "../../tools/ddmd/host/client.h"
#include "ktap.h"

/*
 * Milliseconds that a callout of these tests may take, on a machine that does
 * much else, too; where one is to hang; and that a test waits
 */
#define LIMIT 20000
#define SHORT_LIMIT 3000
#define PATIENCE 60000
/* MiB of a host */
#define MEMORY 64

static char folder[] = "/tmp/ddm-admin-XXXXXX";
static char notes[64], orders[64];
static char program[4096], dll_folder[4096];
static char logged[16384];
static struct hosts *hosts;
static unsigned int limit = LIMIT; /* until the next end() */

/* ------------------------------------------------------------- helpers -- */

static void log_line(enum host_priority priority, const char *text)
{
	size_t used = strlen(logged);

	snprintf(logged + used, sizeof(logged) - used, "%d %s\n", priority,
		 text);
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static void process_for(int milliseconds)
{
	struct pollfd poller = { .fd = hosts_fd(hosts), .events = POLLIN };

	if (poll(&poller, 1, milliseconds) > 0)
		hosts_process(hosts);
}

/* All notes so far, in memory that the next call uses again */
static const char *noted(void)
{
	static char text[1 << 20];
	int fd = open(notes, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);

	text[got > 0 ? got : 0] = 0;
	if (fd >= 0)
		close(fd);
	return text;
}

/* "first accept-connection,refuse accept-connection": without the fields */
static const char *calls(void)
{
	static char text[1 << 16];
	char *copy = strdup(noted()), *line, *rest = copy;
	size_t used = 0;

	text[0] = 0;
	while ((line = strsep(&rest, "\n"))) {
		char *end = strchr(line, ' ');

		end = end ? strchr(end + 1, ' ') : NULL;
		if (end)
			*end = 0;
		if (*line)
			used += (size_t)snprintf(text + used,
						 sizeof(text) - used, "%s%s",
						 used ? "," : "", line);
	}
	free(copy);
	return text;
}

static int count(const char *text, const char *part)
{
	int found = 0;

	while ((text = strstr(text, part))) {
		found++;
		text++;
	}
	return found;
}

static bool wait_for_note(const char *part, int times)
{
	long long end = now() + PATIENCE;

	while (count(noted(), part) < times) {
		if (now() > end) {
			KTAP_FAIL("no %d x \"%s\" in notes:\n%s# log:\n%s",
				  times, part, noted(), logged);
			return false;
		}
		process_for(20);
	}
	return true;
}

static bool wait_for_log(const char *part)
{
	long long end = now() + PATIENCE;

	while (!strstr(logged, part)) {
		if (now() > end) {
			KTAP_FAIL("no \"%s\" in log:\n%s", part, logged);
			return false;
		}
		process_for(20);
	}
	return true;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	fputs(text, file);
	fclose(file);
}

/* Up to four DLLs, by name */
static struct host_list list(const char *const *names, bool let_in)
{
	static char paths[4][4200];
	static const char *dlls[5];
	int i;

	for (i = 0; names[i]; i++) {
		snprintf(paths[i], sizeof(paths[i]), "%s/%s.so", dll_folder,
			 names[i]);
		dlls[i] = paths[i];
	}
	dlls[i] = NULL;
	return (struct host_list){ .name = "admin",
				   .dlls = dlls,
				   .limit = limit,
				   .memory = MEMORY,
				   .let_in = let_in };
}

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void begin(const char *const *names, bool let_in, const char *order)
{
	struct host_list wanted = list(names, let_in);

	logged[0] = 0;
	write_file(notes, "");
	write_file(orders, order);
	hosts = hosts_new(program, log_line);
	if (!hosts || hosts_set(hosts, &wanted, 1))
		KTAP_FAIL("no hosts");
}

static void end(void)
{
	hosts_free(hosts);
	hosts = NULL;
	limit = LIMIT;
}

static struct host_facts facts(const char *port)
{
	struct host_facts made = {
		.interface = 7,
		.is = HOST_IS_PPP,
		.protocols = 1,
		.auth = 0xc223,
		.digest = 5,
		.local4 = inet_addr("10.0.0.1"),
		.remote4 = inet_addr("10.0.0.2"),
		.interface_name = "ppp0",
		.device = "ppp0",
		.user = "OFFICE\\alice",
		.peer = "laptop",
		.media = "PPPoE",
	};

	snprintf(made.port_name, sizeof(made.port_name), "%s", port);
	return made;
}

struct answer {
	int times;
	bool accepted;
	uint32_t remote4;
};

static void answered(bool accepted, uint32_t remote4, void *data)
{
	struct answer *answer = data;

	answer->times++;
	answer->accepted = accepted;
	answer->remote4 = remote4;
}

static bool wait_for_answer(const struct answer *answer)
{
	long long limit = now() + PATIENCE;

	while (!answer->times) {
		if (now() > limit) {
			KTAP_FAIL("no answer; log:\n%s", logged);
			return false;
		}
		process_for(20);
	}
	return true;
}

/* Asks for a link and waits; -1 if there was no answer */
static int ask(struct host_leg **leg, const struct host_facts *about)
{
	struct answer answer = { 0 };

	if (host_leg_ask(hosts, leg, about, answered, &answer)) {
		KTAP_FAIL("host_leg_ask failed");
		return -1;
	}
	return wait_for_answer(&answer) ? answer.accepted : -1;
}

static struct host_leg *accepted_leg(const struct host_facts *about)
{
	struct host_leg *leg = NULL;

	if (ask(&leg, about) != 1)
		KTAP_FAIL("not accepted; log:\n%s", logged);
	return leg;
}

/* --------------------------------------------------------------- tests -- */

static void dlls_are_called_in_the_order_of_the_list(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg;

	begin(NAMES("first", "refuse", "third"), false, "");
	leg = accepted_leg(&about);
	EXPECT_NO_FAILURE();
	host_leg_end(hosts, &leg, NULL);
	if (!wait_for_note("third connection-hangup", 1))
		return;
	end();
	EXPECT_STR(calls(),
		   "first initialize,refuse initialize,third initialize,"
		   "first accept-connection,refuse accept-connection,"
		   "third accept-connection,"
		   "first accept-link,refuse accept-link,third accept-link,"
		   "first link-hangup,refuse link-hangup,third link-hangup,"
		   "first connection-hangup,refuse connection-hangup,"
		   "third connection-hangup,"
		   "third terminate,refuse terminate,first terminate");
}

static void refused_connection_gets_no_hangup(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg = NULL;

	begin(NAMES("first", "refuse", "third"), false,
	      "refuse refuse connection alice\n");
	EXPECT_EQ(ask(&leg, &about), 0);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_STR(calls(), "first initialize,refuse initialize,"
			    "third initialize,first accept-connection,"
			    "refuse accept-connection,third terminate,"
			    "refuse terminate,first terminate");
}

static void refused_link_of_an_accepted_connection_ends_it(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg = NULL;

	begin(NAMES("first", "refuse"), false, "refuse refuse link eth0:1\n");
	EXPECT_EQ(ask(&leg, &about), 0);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_EQ(count(noted(), "link-hangup"), 0);
	EXPECT_EQ(count(noted(), "first connection-hangup"), 1);
	EXPECT_EQ(count(noted(), "refuse connection-hangup"), 1);
}

static void link_that_is_negotiated_anew_is_not_asked_for_again(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg;

	begin(NAMES("first", "third"), false, "");
	leg = accepted_leg(&about);
	EXPECT_EQ(ask(&leg, &about), 1);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_EQ(count(noted(), "third accept-connection"), 1);
	EXPECT_EQ(count(noted(), "third accept-link"), 1);
	EXPECT_EQ(count(noted(), "third link-hangup"), 1);
	EXPECT_EQ(count(noted(), "third connection-hangup"), 1);
}

static void other_user_on_the_same_line_is_another_call(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg;

	begin(NAMES("first", "refuse"), false,
	      "refuse refuse connection bob\n");
	leg = accepted_leg(&about);
	strcpy(about.user, "bob");
	EXPECT_EQ(ask(&leg, &about), 0);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_EQ(count(noted(), "first accept-connection"), 2);
	EXPECT_EQ(count(noted(), "first connection-hangup"), 1);
	EXPECT_EQ(count(noted(), "refuse connection-hangup"), 1);
	EXPECT_EQ(count(noted(), "first link-hangup"), 1);
}

static void hangup_tells_the_call_truly(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg;

	begin(NAMES("first"), false, "");
	leg = accepted_leg(&about);
	EXPECT_NO_FAILURE();
	about.calls = 3;
	about.total = (struct host_traffic){ .tx_bytes = 0x100000007ULL,
					     .rx_bytes = 1234,
					     .tx_packets = 5,
					     .rx_packets = 6,
					     .seconds = 42 };
	host_leg_end(hosts, &leg, &about);
	end();
	EXPECT_TRUE(strstr(noted(),
			   " user=alice domain=OFFICE peer=laptop "
			   "interface=ppp0 handle=7 seconds=42 flags=1 sent=7 "
			   "received=1234 out=5 in=6 local=10.0.0.1 "
			   "remote=10.0.0.2\n"));
	EXPECT_EQ(count(noted(), "connection=0x4000000000000001"), 4);
	/* of the last link is what the device counted */
	EXPECT_TRUE(strstr(strstr(noted(), "first link-hangup"),
			   " calls=3 received=1234\n"));
}

static void bundle_is_one_connection(void)
{
	struct host_facts one = facts("pts/1"), two = facts("pts/2");
	struct host_leg *first, *second;

	strcpy(one.bundle, "laptop/one");
	strcpy(two.bundle, "laptop/one");
	two.local4 = two.remote4 = 0;
	begin(NAMES("first"), false, "");
	first = accepted_leg(&one);
	EXPECT_NO_FAILURE();
	second = accepted_leg(&two);
	EXPECT_NO_FAILURE();
	EXPECT_STR(calls(), "first initialize,first accept-connection,"
			    "first accept-link,first accept-link");
	host_leg_end(hosts, &first, NULL);
	if (!wait_for_note("first link-hangup", 1))
		return;
	EXPECT_EQ(count(noted(), "connection-hangup"), 0);
	host_leg_end(hosts, &second, NULL);
	end();
	EXPECT_EQ(count(noted(), "link-hangup"), 2);
	EXPECT_EQ(count(noted(), "connection-hangup"), 1);
	/* the first link's addresses were the bundle's */
	EXPECT_TRUE(strstr(strstr(noted(), "connection-hangup"),
			   "remote=10.0.0.2"));
}

/* Both ask before the first has its answer. */
static void bundle_is_asked_for_once_at_the_same_time_too(void)
{
	struct host_facts one = facts("pts/1"), two = facts("pts/2");
	struct host_leg *first = NULL, *second = NULL;
	struct answer answers[2] = { 0 };

	strcpy(one.bundle, "laptop/one");
	strcpy(two.bundle, "laptop/one");
	begin(NAMES("first"), false, "");
	EXPECT_EQ(host_leg_ask(hosts, &first, &one, answered, &answers[0]), 0);
	EXPECT_EQ(host_leg_ask(hosts, &second, &two, answered, &answers[1]), 0);
	if (!wait_for_answer(&answers[0]) || !wait_for_answer(&answers[1]))
		return;
	EXPECT_TRUE(answers[0].accepted && answers[1].accepted);
	host_leg_end(hosts, &first, NULL);
	host_leg_end(hosts, &second, NULL);
	end();
	EXPECT_EQ(count(noted(), "accept-connection"), 1);
	EXPECT_EQ(count(noted(), "accept-link"), 2);
	EXPECT_EQ(count(noted(), "connection-hangup"), 1);
}

static void call_that_ends_while_asked_for_is_told_if_it_was_let_in(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg = NULL;
	struct answer answer = { 0 };

	begin(NAMES("first"), false, "");
	EXPECT_EQ(host_leg_ask(hosts, &leg, &about, answered, &answer), 0);
	host_leg_end(hosts, &leg, NULL);
	if (!wait_for_note("connection-hangup", 1))
		return;
	EXPECT_EQ(answer.times, 0);
	end();
	EXPECT_EQ(count(noted(), "first link-hangup"), 1);
	EXPECT_EQ(count(noted(), "connection-hangup"), 1);
}

static void first_dll_that_has_addresses_gives_them(void)
{
	struct host_facts about = facts("eth0:1");
	struct answer answer = { 0 };
	struct host_leg *leg = NULL;

	setenv("DDM_TEST_ADDRESS", "10.77.0.9", 1);
	begin(NAMES("first", "third"), false, "");
	EXPECT_EQ(host_leg_address(hosts, &leg, &about, answered, &answer), 0);
	if (!wait_for_answer(&answer))
		return;
	EXPECT_TRUE(answer.accepted);
	EXPECT_EQ(answer.remote4, inet_addr("10.77.0.9"));
	about.remote4 = 0;
	EXPECT_EQ(ask(&leg, &about), 1);
	host_leg_end(hosts, &leg, NULL);
	end();
	unsetenv("DDM_TEST_ADDRESS");
	EXPECT_TRUE(strstr(noted(), "third get-address user=OFFICE\\alice "
				    "port=eth0:1 address=10.0.0.2\n"));
	EXPECT_TRUE(strstr(noted(), "remote=10.77.0.9"));
	/* after the hang-up, by the same names */
	EXPECT_TRUE(strstr(strstr(noted(), "third connection-hangup"),
			   "third release-address user=OFFICE\\alice "
			   "port=eth0:1 address=10.77.0.9\n"));
}

static void user_without_address_is_refused(void)
{
	struct host_facts about = facts("eth0:1");
	struct answer answer = { 0 };
	struct host_leg *leg = NULL;

	begin(NAMES("third"), false, "third no-address\n");
	EXPECT_EQ(host_leg_address(hosts, &leg, &about, answered, &answer), 0);
	if (!wait_for_answer(&answer))
		return;
	EXPECT_TRUE(!answer.accepted);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_EQ(count(noted(), "release-address"), 0);
	EXPECT_EQ(count(noted(), "hangup"), 0);
}

static void without_a_dll_for_addresses_pppd_chooses(void)
{
	struct host_facts about = facts("eth0:1");
	struct answer answer = { 0 };
	struct host_leg *leg = NULL;

	begin(NAMES("first"), false, "");
	EXPECT_EQ(host_leg_address(hosts, &leg, &about, answered, &answer), 0);
	if (!wait_for_answer(&answer))
		return;
	EXPECT_TRUE(answer.accepted);
	EXPECT_EQ(answer.remote4, 0);
	host_leg_end(hosts, &leg, NULL);
	end();
}

/* Ask, and wait for the answer. */
static bool reauthenticate(struct host_leg *leg, const struct host_facts *about,
			   struct answer *answer)
{
	if (host_leg_reauthenticate(hosts, leg, about, answered, answer)) {
		KTAP_FAIL("it cannot be asked for");
		return false;
	}
	return wait_for_answer(answer);
}

static void reauthentication_is_asked_for(void)
{
	struct host_facts about = facts("eth0:1");
	struct answer answer = { 0 };
	struct host_leg *leg;

	begin(NAMES("first"), false, "first refuse reauthentication\n");
	leg = accepted_leg(&about);
	EXPECT_NO_FAILURE();
	EXPECT_TRUE(hosts_wants_reauthentication(hosts));
	if (!reauthenticate(leg, &about, &answer))
		return;
	EXPECT_TRUE(!answer.accepted);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_TRUE(strstr(noted(), "reauthentication user=alice,"));
	EXPECT_EQ(count(noted(), "connection-hangup"), 1);
}

static void another_name_then_is_still_the_same_call(void)
{
	struct host_facts about = facts("eth0:1");
	struct answer answer = { 0 };
	struct host_leg *leg;

	begin(NAMES("first"), false, "");
	leg = accepted_leg(&about);
	EXPECT_NO_FAILURE();
	strcpy(about.user, "ali\tce");
	if (!reauthenticate(leg, &about, &answer))
		return;
	EXPECT_TRUE(answer.accepted);
	EXPECT_EQ(count(noted(), "connection-hangup"), 0);
	host_leg_end(hosts, &leg, &about);
	end();
	EXPECT_EQ(count(noted(), "connection-hangup"), 1);
}

/* The GUID of a call that is reauthenticated */
static bool guid_of_a_call(char *guid, size_t size)
{
	struct host_facts about = facts("eth0:1");
	struct answer answer = { 0 };
	struct host_leg *leg;
	const char *found;

	begin(NAMES("first"), false, "");
	leg = accepted_leg(&about);
	if (!leg)
		return false;
	if (!reauthenticate(leg, &about, &answer))
		return false;
	host_leg_end(hosts, &leg, &about);
	end();
	found = strstr(noted(), "guid=");
	if (!found) {
		KTAP_FAIL("no guid in notes:\n%s", noted());
		return false;
	}
	snprintf(guid, size, "%s", found);
	return true;
}

static void call_of_another_ddmd_has_another_guid(void)
{
	char one[64], other[64];

	if (!guid_of_a_call(one, sizeof(one)) ||
	    !guid_of_a_call(other, sizeof(other)))
		return;
	/* both are call 1 */
	EXPECT_EQ(strncmp(one, "guid=00000001-", 14), 0);
	EXPECT_EQ(strncmp(other, "guid=00000001-", 14), 0);
	EXPECT_TRUE(strcmp(one, other));
}

static const struct {
	const char *dll;
	const char *notes;
} variants[] = {
	{ "plain", "variant accept-1 alice 0\nvariant accept-link 1 1\n"
		   "variant link-hangup 1 1\nvariant hangup-1 alice 99\n" },
	{ "two", "variant accept-2 alice 1 0xc223\nvariant accept-link 1 1\n"
		 "variant link-hangup 1 1\nvariant hangup-2 alice 99\n" },
	{ "three", "variant accept-3 alice 1 5\nvariant accept-link 1 1\n"
		   "variant link-hangup 1 1\nvariant hangup-3 alice 99\n" },
	{ "ex", "variant accept-ex alice 1 10.0.0.2\nvariant accept-link 1 1\n"
		"variant link-hangup 1 1\nvariant hangup-ex alice 99\n" },
	{ "mixed", "variant initialize-ex\nvariant accept-1 alice 0\n" },
};

static void newest_version_is_the_one_called(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg;
	size_t i;

	for (i = 0; i < sizeof(variants) / sizeof(variants[0]); i++) {
		begin(NAMES(variants[i].dll), false, "");
		leg = accepted_leg(&about);
		EXPECT_NO_FAILURE();
		about.total.tx_bytes = 99;
		host_leg_end(hosts, &leg, &about);
		end();
		if (strstr(noted(), variants[i].notes))
			continue;
		KTAP_FAIL("%s: noted\n%s", variants[i].dll, noted());
		return;
	}
}

static const struct {
	const char *dll;
	const char *said;
} incomplete[] = {
	{ "no-terminate", "required function MprAdminTerminateDll is missing" },
	{ "no-links", "required function MprAdminAcceptNewLink is missing" },
	{ "no-connections",
	  "required function MprAdminAcceptNewConnection is missing" },
	{ "no-initialize",
	  "required function MprAdminInitializeDll is missing" },
	{ "half-address",
	  "required function MprAdminReleaseIpAddress is missing" },
	{ "is-not-there", "cannot be loaded" },
};

static void missing_required_export_is_reported(void)
{
	struct host_facts about = facts("eth0:1");
	size_t i;

	for (i = 0; i < sizeof(incomplete) / sizeof(incomplete[0]); i++) {
		struct host_leg *leg = NULL;

		begin(NAMES("first", incomplete[i].dll), false, "");
		EXPECT_EQ(ask(&leg, &about), 0);
		host_leg_end(hosts, &leg, NULL);
		if (!wait_for_log(incomplete[i].said))
			return;
		end();
		/* who was initialized before it is terminated */
		EXPECT_STR(calls(), "first initialize,first terminate");
	}
}

static void failed_initialization_is_reported(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg = NULL;

	begin(NAMES("first", "trouble"), true, "trouble fail initialize\n");
	if (!wait_for_log("MprAdminInitializeDll failed with error 50"))
		return;
	/* what a missing verdict means is a setting */
	EXPECT_EQ(ask(&leg, &about), 1);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_STR(calls(), "first initialize,trouble initialize,"
			    "first terminate");
}

/* What happens in AcceptNewConnection, what is logged */
static const struct {
	const char *order;
	const char *said;
} troubles[] = {
	{ "trouble crash accept-connection\n",
	  "trouble.so: MprAdminAcceptNewConnection crashed (Segmentation "
	  "fault)" },
	{ "trouble leak accept-connection\n",
	  "trouble.so: MprAdminAcceptNewConnection crashed (Segmentation "
	  "fault)" },
	{ "trouble exit accept-connection\n",
	  "trouble.so: MprAdminAcceptNewConnection ended its process with "
	  "status 3" },
	{ "trouble sleep accept-connection\n",
	  "trouble.so: MprAdminAcceptNewConnection has not returned within "
	  "3000 ms" },
};

static void trouble_refuses_and_the_host_comes_back(void)
{
	struct host_facts about = facts("eth0:1");
	size_t i;

	for (i = 0; i < sizeof(troubles) / sizeof(troubles[0]); i++) {
		struct host_leg *other, *leg = NULL;

		if (strstr(troubles[i].order, "sleep"))
			limit = SHORT_LIMIT;
		begin(NAMES("first", "trouble", "third"), false, "");
		other = accepted_leg(&about);
		EXPECT_NO_FAILURE();
		write_file(orders, troubles[i].order);
		EXPECT_EQ(ask(&leg, &about), 0);
		EXPECT_TRUE(strstr(logged, troubles[i].said));
		host_leg_end(hosts, &leg, NULL);
		write_file(orders, "");
		EXPECT_EQ(ask(&leg, &about), 1);
		/* the call that was there before is none the worse */
		host_leg_end(hosts, &other, NULL);
		host_leg_end(hosts, &leg, NULL);
		end();
		EXPECT_EQ(count(noted(), "first initialize"), 2);
		EXPECT_EQ(count(noted(), "third accept-connection"), 2);
		EXPECT_EQ(count(noted(), "third connection-hangup"), 2);
		EXPECT_EQ(count(noted(), "trouble terminate"), 1);
	}
}

static void where_missing_verdicts_let_in_the_others_are_asked(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg = NULL;

	begin(NAMES("first", "trouble", "refuse"), true,
	      "trouble crash accept-connection\n");
	EXPECT_EQ(ask(&leg, &about), 1);
	host_leg_end(hosts, &leg, NULL);
	write_file(orders, "trouble crash accept-connection\n"
			   "refuse refuse connection alice\n");
	EXPECT_EQ(ask(&leg, &about), 0);
	host_leg_end(hosts, &leg, NULL);
	end();
	/* nobody is asked twice about one call */
	EXPECT_EQ(count(noted(), "first accept-connection"), 2);
	EXPECT_EQ(count(noted(), "refuse accept-connection"), 2);
}

static void hangup_reaches_the_dlls_after_one_that_crashes(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg;

	begin(NAMES("first", "trouble", "third"), false,
	      "trouble crash connection-hangup\n");
	leg = accepted_leg(&about);
	EXPECT_NO_FAILURE();
	host_leg_end(hosts, &leg, NULL);
	if (!wait_for_note("third connection-hangup", 1))
		return;
	end();
	EXPECT_EQ(count(noted(), "first connection-hangup"), 1);
	EXPECT_EQ(count(noted(), "trouble connection-hangup"), 1);
}

static void dll_that_hangs_at_the_end_holds_nobody_up(void)
{
	long long start;

	limit = SHORT_LIMIT;
	begin(NAMES("first", "trouble", "third"), false, "");
	if (!wait_for_note("third initialize", 1))
		return;
	write_file(orders, "trouble sleep terminate\n");
	start = now();
	end();
	EXPECT_TRUE(now() - start < LIMIT);
	EXPECT_EQ(count(noted(), "third terminate"), 1);
}

static void callout_that_calls_back_gets_an_error_at_once(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg;
	char wanted[128];

	begin(NAMES("trouble"), false, "trouble call accept-connection\n");
	leg = accepted_leg(&about);
	EXPECT_NO_FAILURE();
	host_leg_end(hosts, &leg, NULL);
	end();
	snprintf(wanted, sizeof(wanted),
		 "called-back in=accept-connection connect=%u enum=%u "
		 "at-once=1\n",
		 ERROR_POSSIBLE_DEADLOCK, ERROR_POSSIBLE_DEADLOCK);
	EXPECT_TRUE(strstr(noted(), wanted));
}

static void thread_of_a_dll_may_call(void)
{
	begin(NAMES("trouble"), false, "trouble thread initialize\n");
	if (!wait_for_note("called-from-thread connect=0", 1))
		return;
	end();
}

static void lists_are_asked_one_after_the_other(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_list both[2];
	static const char *second_dlls[2];
	char path[4200];
	struct host_leg *leg = NULL;

	begin(NAMES("first"), false, "");
	both[0] = list(NAMES("first"), false);
	both[1] = both[0];
	snprintf(path, sizeof(path), "%s/refuse.so", dll_folder);
	second_dlls[0] = path;
	both[1].name = "admin more";
	both[1].dlls = second_dlls;
	EXPECT_EQ(hosts_set(hosts, both, 2), 0);
	write_file(orders, "refuse refuse connection alice\n");
	EXPECT_EQ(ask(&leg, &about), 0);
	host_leg_end(hosts, &leg, NULL);
	write_file(orders, "");
	EXPECT_EQ(ask(&leg, &about), 1);
	host_leg_end(hosts, &leg, NULL);
	if (!wait_for_note("connection-hangup", 2))
		return;
	end();
	EXPECT_EQ(count(noted(), "first accept-connection"), 2);
	EXPECT_EQ(count(noted(), "first connection-hangup"), 1);
	EXPECT_EQ(count(noted(), "refuse connection-hangup"), 1);
}

static void new_configuration_keeps_calls(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_list wanted;
	struct host_leg *leg;

	begin(NAMES("first"), false, "");
	leg = accepted_leg(&about);
	EXPECT_NO_FAILURE();
	wanted = list(NAMES("third"), false);
	EXPECT_EQ(hosts_set(hosts, &wanted, 1), 0);
	if (!wait_for_note("third initialize", 1) ||
	    !wait_for_note("first terminate", 1))
		return;
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_EQ(count(noted(), "third connection-hangup"), 1);
	EXPECT_EQ(count(noted(), "first connection-hangup"), 0);
}

/* Sixteen new ones at once leave no room for one that is still being asked. */
static void lists_that_come_faster_than_others_leave_crowd_them_out(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_list crowd[17];
	char names[17][16];
	struct answer answer = { 0 };
	struct host_leg *leg = NULL;
	unsigned int i;

	setenv("DDM_TEST_ADDRESS", "10.77.0.9", 1);
	begin(NAMES("third", "trouble"), false,
	      "trouble sleep accept-connection\n");
	EXPECT_EQ(host_leg_address(hosts, &leg, &about, answered, &answer), 0);
	unsetenv("DDM_TEST_ADDRESS");
	if (!wait_for_answer(&answer))
		return;
	EXPECT_TRUE(answer.accepted);
	answer.times = 0;
	EXPECT_EQ(host_leg_ask(hosts, &leg, &about, answered, &answer), 0);
	if (!wait_for_note("third accept-connection", 1))
		return;
	for (i = 0; i < 17; i++) {
		snprintf(names[i], sizeof(names[i]), "crowd %u", i);
		crowd[i] = list(NAMES("first"), false);
		crowd[i].name = names[i];
	}
	EXPECT_EQ(hosts_set(hosts, crowd, 17), -E2BIG);
	EXPECT_EQ(answer.times, 0);
	EXPECT_EQ(hosts_set(hosts, crowd, 16), 0);
	EXPECT_EQ(answer.times, 1);
	EXPECT_TRUE(!answer.accepted);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_EQ(count(noted(), "release-address"), 0);
	EXPECT_EQ(count(noted(), "connection-hangup"), 0);
}

static void adopted_call_is_told_of_its_end(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg = NULL;

	begin(NAMES("first"), false, "");
	EXPECT_EQ(host_leg_adopt(hosts, &leg, &about), 0);
	host_leg_end(hosts, &leg, NULL);
	end();
	EXPECT_STR(calls(), "first initialize,first link-hangup,"
			    "first connection-hangup,first terminate");
}

static int open_descriptors(void)
{
	int fd, found = 0;

	for (fd = 0; fd < 256; fd++)
		found += fcntl(fd, F_GETFD) >= 0;
	return found;
}

static void many_calls_leave_nothing_behind(void)
{
	struct host_facts about = facts("eth0:1");
	struct host_leg *leg = NULL;
	int before, i;

	begin(NAMES("first", "trouble"), false, "");
	EXPECT_EQ(ask(&leg, &about), 1);
	host_leg_end(hosts, &leg, NULL);
	before = open_descriptors();
	for (i = 0; i < 200; i++) {
		write_file(orders,
			   i % 50 == 49 ? "trouble crash accept-link\n" : "");
		EXPECT_EQ(ask(&leg, &about), i % 50 != 49);
		host_leg_end(hosts, &leg, NULL);
	}
	write_file(orders, "");
	EXPECT_EQ(ask(&leg, &about), 1);
	host_leg_end(hosts, &leg, NULL);
	EXPECT_EQ(open_descriptors(), before);
	end();
	EXPECT_EQ(count(noted(), "first accept-connection"), 202);
	/* each connection was let in; in four a link was not */
	EXPECT_EQ(count(noted(), "first connection-hangup"), 202);
	EXPECT_EQ(count(noted(), "first link-hangup"), 198);
	/* no child was left */
	EXPECT_EQ(waitpid(-1, NULL, WNOHANG), -1);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(dlls_are_called_in_the_order_of_the_list),
	KTAP_TEST(refused_connection_gets_no_hangup),
	KTAP_TEST(refused_link_of_an_accepted_connection_ends_it),
	KTAP_TEST(link_that_is_negotiated_anew_is_not_asked_for_again),
	KTAP_TEST(other_user_on_the_same_line_is_another_call),
	KTAP_TEST(hangup_tells_the_call_truly),
	KTAP_TEST(bundle_is_one_connection),
	KTAP_TEST(bundle_is_asked_for_once_at_the_same_time_too),
	KTAP_TEST(call_that_ends_while_asked_for_is_told_if_it_was_let_in),
	KTAP_TEST(first_dll_that_has_addresses_gives_them),
	KTAP_TEST(user_without_address_is_refused),
	KTAP_TEST(without_a_dll_for_addresses_pppd_chooses),
	KTAP_TEST(reauthentication_is_asked_for),
	KTAP_TEST(call_of_another_ddmd_has_another_guid),
	KTAP_TEST(another_name_then_is_still_the_same_call),
	KTAP_TEST(newest_version_is_the_one_called),
	KTAP_TEST(missing_required_export_is_reported),
	KTAP_TEST(failed_initialization_is_reported),
	KTAP_TEST(trouble_refuses_and_the_host_comes_back),
	KTAP_TEST(where_missing_verdicts_let_in_the_others_are_asked),
	KTAP_TEST(hangup_reaches_the_dlls_after_one_that_crashes),
	KTAP_TEST(dll_that_hangs_at_the_end_holds_nobody_up),
	KTAP_TEST(callout_that_calls_back_gets_an_error_at_once),
	KTAP_TEST(thread_of_a_dll_may_call),
	KTAP_TEST(lists_are_asked_one_after_the_other),
	KTAP_TEST(new_configuration_keeps_calls),
	KTAP_TEST(lists_that_come_faster_than_others_leave_crowd_them_out),
	KTAP_TEST(adopted_call_is_told_of_its_end),
	KTAP_TEST(many_calls_leave_nothing_behind),
};

/* A failed test has left its hosts: the next one begins without them. */
static void clean_up(void)
{
	if (hosts)
		end();
	unlink(notes);
	unlink(orders);
	rmdir(folder);
}

int main(int argc, char **argv)
{
	char *self = realpath(argv[0], NULL);
	char *at = self ? strstr(self, "/selftests/") : NULL;
	int status;

	(void)argc;
	if (!at || !mkdtemp(folder)) {
		puts("1..0 # SKIP not in the build folder");
		return 4;
	}
	*at = 0;
	snprintf(program, sizeof(program), "%s/ddm-admin-host", self);
	snprintf(dll_folder, sizeof(dll_folder), "%s/selftests/admin-dlls",
		 self);
	snprintf(notes, sizeof(notes), "%s/notes", folder);
	snprintf(orders, sizeof(orders), "%s/orders", folder);
	setenv("DDM_TEST_NOTES", notes, 1);
	setenv("DDM_TEST_ORDERS", orders, 1);
	free(self);
	status = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
	clean_up();
	return status;
}
