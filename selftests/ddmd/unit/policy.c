// SPDX-License-Identifier: GPL-2.0-only
/* When to dial, when to dial again, and what an end is called. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../tools/ddmd/hours.h"
#include "../../../tools/ddmd/outcome.h"
#include "../../../tools/ddmd/secret.h"
#include "../../../tools/ddmd/words.h"
#include "../../user/ktap.h"

static bool allows(const char *hours, int day, int hour, int minute)
{
	const struct tm when = { .tm_wday = day,
				 .tm_hour = hour,
				 .tm_min = minute };

	return hours_allow(hours, &when);
}

static void no_hours_are_all_hours(void)
{
	EXPECT_TRUE(allows(NULL, 3, 12, 0));
	EXPECT_TRUE(allows("", 3, 12, 0));
	EXPECT_TRUE(allows("\n\n", 3, 12, 0));
}

static void hours_of_windows_are_kept(void)
{
	const char *hours = "1 08:00-12:00 13:00-17:30\n2\n6 23:00-24:00";

	EXPECT_TRUE(!allows(hours, 1, 7, 59));
	EXPECT_TRUE(allows(hours, 1, 8, 0));
	EXPECT_TRUE(!allows(hours, 1, 12, 0));
	EXPECT_TRUE(allows(hours, 1, 17, 29));
	EXPECT_TRUE(!allows(hours, 1, 17, 30));
	EXPECT_TRUE(allows(hours, 2, 0, 0));
	EXPECT_TRUE(allows(hours, 2, 23, 59));
	EXPECT_TRUE(!allows(hours, 3, 0, 0));
	EXPECT_TRUE(allows(hours, 6, 23, 59));
	EXPECT_TRUE(!allows(hours, 0, 0, 0));
}

static void days_have_names_ranges_and_lists(void)
{
	EXPECT_TRUE(allows("Mon-Fri 08:00-18:00", 5, 8, 0));
	EXPECT_TRUE(!allows("Mon-Fri 08:00-18:00", 6, 8, 0));
	EXPECT_TRUE(allows("fri-mon", 0, 8, 0));
	EXPECT_TRUE(!allows("fri-mon", 2, 8, 0));
	EXPECT_TRUE(allows("Sun,3,Sat", 3, 8, 0));
	EXPECT_TRUE(!allows("Sun,3,Sat", 4, 8, 0));
	EXPECT_TRUE(allows("* 08:00-09:00", 4, 8, 30));
}

static void hours_go_on_after_midnight(void)
{
	EXPECT_TRUE(allows("Sat 22:00-06:00", 6, 23, 0));
	EXPECT_TRUE(allows("Sat 22:00-06:00", 0, 5, 59));
	EXPECT_TRUE(!allows("Sat 22:00-06:00", 0, 6, 0));
	EXPECT_TRUE(!allows("Sat 22:00-06:00", 6, 5, 0));
}

static void hours_that_make_no_sense_are_told_and_allow_nothing(void)
{
	static const char *const lines[] = {
		"x",
		"7",
		"1 8-12",
		"1 08:00",
		"1 08:00-25:00",
		"1 08:60-09:00",
		"1 24:00-06:00",
		"Mon-",
		"Mon,",
		"1 08:00-09:00x",
		"108:00-09:00",
	};
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		if (!hours_check(lines[i]))
			KTAP_FAIL("taken: %s", lines[i]);
		if (allows(lines[i], 1, 8, 30))
			KTAP_FAIL("allowed by: %s", lines[i]);
	}
	EXPECT_TRUE(!hours_check("1 08:00-09:00"));
}

static void pause_doubles_up_to_its_limit(void)
{
	EXPECT_EQ(outcome_pause(CAUSE_LINE, 1, 1000, 60000, 0), 1000);
	EXPECT_EQ(outcome_pause(CAUSE_LINE, 2, 1000, 60000, 0), 2000);
	EXPECT_EQ(outcome_pause(CAUSE_LINE, 5, 1000, 60000, 0), 16000);
	EXPECT_EQ(outcome_pause(CAUSE_LINE, 50, 1000, 60000, 0), 60000);
	EXPECT_EQ(outcome_pause(CAUSE_LINE, 4000000000U, 1000, 60000, 0),
		  60000);
	EXPECT_EQ(outcome_pause(CAUSE_LINE, 9, 86400000, 86400000, 0),
		  86400000);
}

static void pause_is_shortened_by_chance_up_to_a_quarter(void)
{
	int64_t pause, least = INT64_MAX, most = 0;
	uint32_t random;

	for (random = 0; random < 4096; random++) {
		pause = outcome_pause(CAUSE_LINE, 3, 1000, 60000, random);
		least = pause < least ? pause : least;
		most = pause > most ? pause : most;
	}
	EXPECT_EQ(most, 4000);
	EXPECT_TRUE(least >= 3000 && least < 3050);
}

static void peer_that_sends_us_away_is_left_alone_longer(void)
{
	EXPECT_EQ(outcome_pause(CAUSE_PEER, 1, 1000, 60000, 0), 2000);
}

static void refused_password_is_not_tried_again(void)
{
	struct outcome outcome = outcome_of_pppd(19, false, false);

	EXPECT_EQ(outcome.error, 691);
	EXPECT_EQ(outcome.cause, CAUSE_REFUSED);
	EXPECT_EQ(outcome_pause(outcome.cause, 1, 1000, 60000, 0), -1);
	/* nor is what somebody wanted */
	EXPECT_EQ(outcome_pause(outcome_cause(929), 1, 1000, 60000, 0), -1);
	EXPECT_EQ(outcome_pause(outcome_cause(828), 1, 1000, 60000, 0), -1);
}

static void every_exit_of_pppd_has_an_error(void)
{
	static const struct {
		int status;
		uint32_t error;
		uint32_t up;
	} exits[] = {
		{ 0, 629, 629 },  { 1, 635, 635 },  { 2, 912, 912 },
		{ 3, 5, 5 },	  { 4, 711, 711 },  { 5, 631, 631 },
		{ 6, 633, 633 },  { 7, 797, 797 },  { 8, 678, 678 },
		{ 9, 651, 651 },  { 10, 732, 732 }, { 11, 919, 919 },
		{ 12, 828, 828 }, { 13, 932, 932 }, { 14, 619, 619 },
		{ 15, 721, 829 }, { 16, 628, 629 }, { 17, 737, 737 },
		{ 18, 651, 651 }, { 19, 691, 691 }, { 20, 932, 932 },
		{ 21, 649, 649 }, { 22, 635, 635 }, { 255, 635, 635 },
		{ -1, 635, 635 },
	};
	size_t i;

	for (i = 0; i < sizeof(exits) / sizeof(*exits); i++) {
		EXPECT_EQ(outcome_of_pppd(exits[i].status, false, false).error,
			  exits[i].error);
		EXPECT_EQ(outcome_of_pppd(exits[i].status, true, false).error,
			  exits[i].up);
	}
	EXPECT_EQ(outcome_of_pppd(16, true, true).error, 679);
	EXPECT_EQ(outcome_of_pppd(19, false, true).error, 691);
}

static void words_are_split_without_a_shell(void)
{
	struct words words = { 0 };

	words_split(&words, " a  'b c'\t\"d \\\" e\" f\\ g\n$(reboot) `x` ''");
	EXPECT_EQ(words.count, 7);
	EXPECT_STR(words.word[1], "b c");
	EXPECT_STR(words.word[2], "d \" e");
	EXPECT_STR(words.word[3], "f g");
	EXPECT_STR(words.word[4], "$(reboot)");
	EXPECT_STR(words.word[6], "");
	EXPECT_TRUE(!words.word[7]);
	words_free(&words);
	EXPECT_TRUE(words_check("'open"));
	EXPECT_TRUE(!words_check("'closed'"));
}

static char file[] = "/tmp/ddmd-secret-XXXXXX";

static bool secret_of(const char *text, mode_t mode, struct secret *secret)
{
	FILE *out = fopen(file, "w");

	fputs(text, out);
	fclose(out);
	chmod(file, mode);
	return secret_read(file, secret);
}

static void credentials_are_read_exactly(void)
{
	struct secret secret;

	EXPECT_TRUE(secret_of("# c\nuser = demo\r\npassword =  a=b \"c\" #\n",
			      0600, &secret));
	EXPECT_STR(secret.user, "demo");
	EXPECT_STR(secret.password, "a=b \"c\" #");
	EXPECT_TRUE(
		secret_of("user=x\npassword=\" blanks \"\n", 0400, &secret));
	EXPECT_STR(secret.password, " blanks ");
	EXPECT_TRUE(secret_of("user=x", 0600, &secret));
	EXPECT_STR(secret.password, "");
}

static void credentials_that_others_can_read_are_refused(void)
{
	struct secret secret;

	EXPECT_TRUE(!secret_of("user=x\npassword=y\n", 0640, &secret));
	EXPECT_TRUE(!secret_of("user=x\npassword=y\n", 0604, &secret));
	EXPECT_STR(secret.password, "");
	EXPECT_TRUE(!secret_read("/dev/null", &secret));
	EXPECT_TRUE(!secret_read("/nonexistent", &secret));
}

static void credentials_that_make_no_sense_are_refused(void)
{
	char text[5000];
	struct secret secret;

	EXPECT_TRUE(!secret_of("", 0600, &secret));
	EXPECT_TRUE(!secret_of("password=y\n", 0600, &secret));
	EXPECT_TRUE(!secret_of("user=x\nother=y\n", 0600, &secret));
	EXPECT_TRUE(!secret_of("user=x\nwords\n", 0600, &secret));
	memset(text, 'x', sizeof(text));
	memcpy(text, "user=", 5);
	text[300] = '\0';
	EXPECT_TRUE(!secret_of(text, 0600, &secret));
	text[300] = 'x';
	text[4999] = '\0';
	EXPECT_TRUE(!secret_of(text, 0600, &secret));
	EXPECT_STR(secret.user, "");
}

static const struct ktap_test tests[] = {
	KTAP_TEST(no_hours_are_all_hours),
	KTAP_TEST(hours_of_windows_are_kept),
	KTAP_TEST(days_have_names_ranges_and_lists),
	KTAP_TEST(hours_go_on_after_midnight),
	KTAP_TEST(hours_that_make_no_sense_are_told_and_allow_nothing),
	KTAP_TEST(pause_doubles_up_to_its_limit),
	KTAP_TEST(pause_is_shortened_by_chance_up_to_a_quarter),
	KTAP_TEST(peer_that_sends_us_away_is_left_alone_longer),
	KTAP_TEST(refused_password_is_not_tried_again),
	KTAP_TEST(every_exit_of_pppd_has_an_error),
	KTAP_TEST(words_are_split_without_a_shell),
	KTAP_TEST(credentials_are_read_exactly),
	KTAP_TEST(credentials_that_others_can_read_are_refused),
	KTAP_TEST(credentials_that_make_no_sense_are_refused),
};

int main(void)
{
	int status, fd = mkstemp(file);

	if (fd < 0)
		return EXIT_FAILURE;
	close(fd);
	status = ktap_run(tests, sizeof(tests) / sizeof(*tests));
	unlink(file);
	return status;
}
