// SPDX-License-Identifier: GPL-2.0-only
/*
 * Profiles come from operators' editors and from ddmd itself: what is written
 * is read again the same, and what makes no sense is told and left out.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../tools/ddmd/profile.h"
#include "../../../tools/ddmd/settings.h"
#include "../../user/ktap.h"

static char folder[] = "/tmp/ddmd-profile-XXXXXX";
static char path[64];

static void put(const char *name, const void *text, size_t length)
{
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	fwrite(text, 1, length, file);
	fclose(file);
}

static struct profile *parse(const char *text, int *wrong)
{
	put("a profile.ini", text, strlen(text));
	*wrong = -1;
	return profile_read(path, wrong);
}

static void everything_that_is_documented_is_read(void)
{
	static const char text[] =
		"# a comment\n; another\n[interface]\nname = \"  Branch \\\"7\\\"\"\n"
		"type = home-router\nenabled = no\ndevice = ppp7\n"
		"[dial]\nmethod = script\ntimeout = 2 min\nredial = 9\n"
		"redial-pause = 250ms\nredial-pause-max = 1h\n"
		"hours = Mon-Fri 08:00-18:00\nhours = 6 10:00-12:00\n"
		"persistent = yes\ncredentials = branch\nidle = 5min\n"
		"[pppd]\npeer = isp\nethernet = wan0\nservice = gold\n"
		"concentrator = ac\ntty = /dev/ttyS0\nspeed = 115200\n"
		"demand = yes\noptions = mtu 1400\noptions = debug\n"
		"[script]\nconnect = /bin/up \"a b\"\ndisconnect = /bin/down\n"
		"[phone-book]\nphone = 123\nalternate = a\\nb\nalternate = c\n";
	struct profile *profile;
	int wrong;

	profile = parse(text, &wrong);
	EXPECT_TRUE(profile);
	EXPECT_EQ(wrong, 0);
	EXPECT_STR(profile->name, "  Branch \"7\"");
	EXPECT_EQ(profile->type, 1);
	EXPECT_EQ(profile->enabled, 0);
	EXPECT_STR(profile->device, "ppp7");
	EXPECT_EQ(profile->method, PROFILE_SCRIPT);
	EXPECT_EQ(profile->timeout, 120000);
	EXPECT_EQ(profile->redial, 9);
	EXPECT_EQ(profile->redial_pause, 250);
	EXPECT_EQ(profile->redial_pause_max, 3600000);
	EXPECT_STR(profile->hours, "Mon-Fri 08:00-18:00\n6 10:00-12:00");
	EXPECT_EQ(profile->persistent, 1);
	EXPECT_STR(profile->credentials, "branch");
	EXPECT_EQ(profile->idle, 300);
	EXPECT_STR(profile->peer, "isp");
	EXPECT_STR(profile->ethernet, "wan0");
	EXPECT_STR(profile->service, "gold");
	EXPECT_STR(profile->concentrator, "ac");
	EXPECT_STR(profile->tty, "/dev/ttyS0");
	EXPECT_EQ(profile->speed, 115200);
	EXPECT_EQ(profile->demand, 1);
	EXPECT_STR(profile->options, "mtu 1400\ndebug");
	EXPECT_STR(profile->connect_script, "/bin/up \"a b\"");
	EXPECT_STR(profile->disconnect_script, "/bin/down");
	EXPECT_STR(profile->settings,
		   "phone=123\nalternate=a\\\\nb\nalternate=c\n");
	profile_free(profile);
}

static void file_without_a_name_gives_its_own(void)
{
	struct profile *profile;
	int wrong;

	profile = parse("[pppd]\npeer = isp\n", &wrong);
	EXPECT_TRUE(profile);
	EXPECT_STR(profile->name, "a profile");
	EXPECT_EQ(profile->enabled, 1);
	EXPECT_EQ(profile->method, PROFILE_PPPD);
	profile_free(profile);
}

static void indented_lines_are_lines(void)
{
	struct profile *profile;
	int wrong;

	profile = parse("[dial]\n  credentials = /dsl\n\tpersistent = yes\n"
			"  # a comment\n  [pppd]\n  options = one \\\n"
			"    two\n  peer = dsl\n",
			&wrong);
	EXPECT_EQ(wrong, 0);
	EXPECT_TRUE(profile);
	EXPECT_STR(profile->credentials, "/dsl");
	EXPECT_EQ(profile->persistent, 1);
	EXPECT_STR(profile->options, "one two");
	EXPECT_STR(profile->peer, "dsl");
	profile_free(profile);
}

static void lines_that_are_wrong_are_counted_and_left_out(void)
{
	static const char *const lines[] = {
		"[interface]\nname =\n",
		"[interface]\ntype = router\n",
		"[interface]\nenabled = maybe\n",
		"[interface]\ndevice = a/b\n",
		"[interface]\ndevice = sixteen-letters-\n",
		"[interface]\ncolour = red\n",
		"[dial]\nname = elsewhere\n",
		"[nowhere]\nname = x\n",
		"[dial]\nmethod = pigeon\n",
		"[dial]\ntimeout = soon\n",
		"[dial]\ntimeout = -1\n",
		"[dial]\ntimeout = 25h\n",
		"[dial]\ntimeout = 99999999999999999999\n",
		"[dial]\nredial = 4294967296\n",
		"[dial]\nredial = 1x\n",
		"[dial]\nhours = Someday\n",
		"[dial]\nhours = Mon 25:00-26:00\n",
		"[pppd]\npeer = ../../shadow\n",
		"[pppd]\npeer = /etc/shadow\n",
		"[pppd]\noptions = \"not closed\n",
		"[pppd]\nservice = \"open\n",
		"[script]\nconnect = relative\n",
		"just words\n",
	};
	struct profile *profile;
	size_t i;
	int wrong;

	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		profile = parse(lines[i], &wrong);
		if (!profile || wrong != 1)
			KTAP_FAIL("%d wrong in: %s", wrong, lines[i]);
		profile_free(profile);
	}
}

static void script_without_a_program_is_no_profile(void)
{
	struct profile *profile;
	int wrong;

	profile = parse("[interface]\nname = x\n[dial]\nmethod = script\n",
			&wrong);
	EXPECT_TRUE(profile && profile->broken);
	EXPECT_STR(profile->name, "x");
	EXPECT_EQ(wrong, 1);
	profile_free(profile);
}

static void file_that_cannot_be_read_is_no_profile(void)
{
	struct profile *profile;
	int wrong;

	snprintf(path, sizeof(path), "%s/not there.ini", folder);
	profile = profile_read(path, &wrong);
	EXPECT_TRUE(profile && profile->broken);
	EXPECT_STR(profile->name, "not there");
	EXPECT_EQ(wrong, 1);
	profile_free(profile);
}

static void line_that_is_too_long_is_told(void)
{
	char text[600];
	struct profile *profile;
	int wrong;

	memset(text, 'x', sizeof(text));
	memcpy(text, "[pppd]\nservice = ", 17);
	strcpy(text + 590, "\n");
	profile = parse(text, &wrong);
	EXPECT_TRUE(profile);
	EXPECT_EQ(wrong, 1);
	EXPECT_TRUE(!profile->service);
	profile_free(profile);
}

/* A number that any run draws alike */
static uint32_t draw(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

static void garbage_is_survived(void)
{
	static const char pieces[][12] = {
		"[dial]\n",	"[",	       "]",	   "=",
		"\\\n ",	"\"",	       "\n",	   " ",
		"hours",	"name",	       "[pppd]\n", "options = ",
		"\xff\xfe",	"\\",	       ";",	   "redial",
		"[phone-book]", "12:00-13:00",
	};
	unsigned char text[2000];
	uint32_t state = 1;
	int round, wrong;

	for (round = 0; round < 3000; round++) {
		size_t length = 0, room = draw(&state) % 1900;

		while (length < room) {
			if (draw(&state) % 3) {
				const char *piece =
					pieces[draw(&state) %
					       (sizeof(pieces) / 12)];

				memcpy(text + length, piece, strlen(piece));
				length += strlen(piece);
			} else {
				text[length++] = (unsigned char)draw(&state);
			}
		}
		put("garbage.ini", text, length);
		profile_free(profile_read(path, &wrong));
	}
}

static void what_is_saved_is_read_the_same(void)
{
	static const char *const values[] = {
		"plain",
		"a # b ; c",
		"; begins",
		"# begins",
		" blanks ",
		"\"quoted\"",
		"back\\slash\\",
		"line\nfeed\ttab\r",
		"\\n",
		"",
		"[section]",
		"a = b",
		"\xc3\xa4\xe2\x82\xac",
	};
	struct profile *profile, *again;
	char name[900], value[7000];
	uint32_t state = 7;
	int round, wrong;
	size_t i;

	for (round = 0; round < 200; round++) {
		for (i = 0; i < 200 + draw(&state) % 600; i++)
			name[i] = " ab;#\\\"[]=%/."[draw(&state) % 13];
		name[0] = 'n';
		name[i] = '\0';
		profile = profile_new(name);
		EXPECT_TRUE(profile);
		profile->saved = 1;
		profile->idle = draw(&state) % 1000;
		profile->timeout = draw(&state) % 100000;
		for (i = 0; i < sizeof(values) / sizeof(*values); i++)
			settings_add(&profile->settings, "key", values[i]);
		for (i = 0; i < draw(&state) % 6000; i++)
			value[i] = " ;#\\\"\nxyz"[draw(&state) % 9];
		value[i] = '\0';
		settings_add(&profile->settings, "long", value);

		EXPECT_EQ(profile_save(profile, folder), 0);
		again = profile_read(profile->file, &wrong);
		EXPECT_TRUE(again);
		EXPECT_EQ(wrong, 0);
		EXPECT_STR(again->name, profile->name);
		EXPECT_STR(again->settings, profile->settings);
		EXPECT_TRUE(profile_same(profile, again));
		unlink(profile->file);
		profile_free(again);
		profile_free(profile);
	}
}

/* It would be another section, or another key, when ddmd reads its file again. */
static void programs_key_stays_a_key(void)
{
	static const char *const lines[] = {
		"[pppd]=x\noptions=plugin /tmp/evil.so\n",
		"[script]\\=x\nconnect=/tmp/evil\n",
		"a:b=c\n",
		";a=b\n#c=d\n",
		" a=b\n\tc =d\n",
		"line=a=b\n",
		"line=\n",
		"\"a\"=b\n",
		"a\\=b\n\v=\v\n",
		"a-key-that-is-longer-than-libinih-has-room-for-in-its-buffer=1\n",
		"x=\vbegins\n",
	};
	struct profile *profile, *again;
	int wrong = 0;
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		const char *cursor = lines[i];
		char *key, *value;

		profile = profile_new("x");
		EXPECT_TRUE(profile);
		profile->saved = 1;
		while (settings_next(&cursor, &key, &value) > 0) {
			settings_add(&profile->settings, key, value);
			free(key);
			free(value);
		}
		EXPECT_EQ(profile_save(profile, folder), 0);
		again = profile_read(profile->file, &wrong);
		EXPECT_TRUE(again);
		EXPECT_EQ(wrong, 0);
		EXPECT_STR(again->settings, profile->settings);
		EXPECT_TRUE(!again->options && !again->connect_script);
		EXPECT_TRUE(profile_same(profile, again));
		unlink(profile->file);
		profile_free(again);
		profile_free(profile);
	}
}

static void saved_file_is_the_owners_alone(void)
{
	struct profile *profile = profile_new("../etc/passwd");
	struct stat stat_of;

	EXPECT_TRUE(profile);
	EXPECT_EQ(profile_save(profile, folder), 0);
	EXPECT_TRUE(!strncmp(profile->file, folder, strlen(folder)));
	EXPECT_TRUE(!strchr(profile->file + strlen(folder) + 1, '/'));
	EXPECT_EQ(stat(profile->file, &stat_of), 0);
	EXPECT_EQ(stat_of.st_mode & 0777, 0600);
	unlink(profile->file);
	profile_free(profile);
}

static bool holds(const char *name, const char *text)
{
	char found[256] = "";
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "r");
	if (!file)
		return false;
	found[fread(found, 1, sizeof(found) - 1, file)] = '\0';
	fclose(file);
	return !strcmp(found, text);
}

static void operators_file_is_never_written_or_removed(void)
{
	static const char theirs[] = "[interface]\nname = Branch office\n";
	struct profile *profile = profile_new("branch");
	char saved[64];

	EXPECT_TRUE(profile);
	profile->saved = 1;
	put("branch.ini", theirs, strlen(theirs));
	EXPECT_EQ(profile_save(profile, folder), 0);
	EXPECT_TRUE(holds("branch.ini", theirs));
	snprintf(saved, sizeof(saved), "%s/branch-1.ini", folder);
	EXPECT_STR(profile->file, saved);
	/* again: our own */
	profile->idle = 7;
	EXPECT_EQ(profile_save(profile, folder), 0);
	EXPECT_STR(profile->file, saved);

	put("branch-1.ini", theirs, strlen(theirs));
	EXPECT_EQ(profile_save(profile, folder), -EEXIST);
	EXPECT_EQ(profile_remove(profile->file), -EEXIST);
	EXPECT_TRUE(holds("branch-1.ini", theirs));

	unlink(saved);
	EXPECT_EQ(profile_save(profile, folder), 0);
	EXPECT_EQ(profile_remove(profile->file), 0);
	EXPECT_EQ(profile_remove(profile->file), 0);
	EXPECT_TRUE(holds("branch.ini", theirs));
	EXPECT_EQ(unlink(path), 0);
	profile_free(profile);
}

static void copies_are_the_same_until_changed(void)
{
	struct profile *profile, *copy;
	int wrong;

	profile = parse("[pppd]\npeer = isp\noptions = debug\n", &wrong);
	copy = profile_copy(profile);
	EXPECT_TRUE(copy && profile_same(profile, copy));
	copy->options[0] = 'x';
	EXPECT_TRUE(!profile_same(profile, copy));
	profile_free(copy);
	profile_free(profile);
}

static void phone_book_entry_fills_what_is_open(void)
{
	struct profile *profile = profile_new("x");

	EXPECT_TRUE(profile);
	EXPECT_EQ(profile_apply_settings(profile,
					 "device-type=PPPoE\n"
					 "device-name=wan0\nphone=gold\n"
					 "idle-disconnect-seconds=60\n"
					 "hours=1 08:00-12:00\nhours=2\n"),
		  0);
	EXPECT_STR(profile->ethernet, "wan0");
	EXPECT_STR(profile->service, "gold");
	EXPECT_EQ(profile->idle, 60);
	EXPECT_STR(profile->hours, "1 08:00-12:00\n2");
	EXPECT_EQ(profile_apply_settings(profile,
					 "device-name=other\n"
					 "idle-disconnect-seconds=5\n"),
		  0);
	EXPECT_STR(profile->ethernet, "wan0");
	EXPECT_EQ(profile->idle, 60);
	profile_free(profile);
}

static uint32_t encryption_of(const char *settings)
{
	struct profile *profile = profile_new("x");
	uint32_t encryption;

	if (!profile || profile_apply_settings(profile, settings))
		return UINT32_MAX;
	encryption = profile->encryption;
	profile_free(profile);
	return encryption;
}

static void entry_may_demand_encryption(void)
{
	EXPECT_EQ(encryption_of("options=0x00001000\n"),
		  PROFILE_REQUIRES_ENCRYPTION);
	EXPECT_EQ(encryption_of("encryption=1\n"), PROFILE_REQUIRES_ENCRYPTION);
	EXPECT_TRUE(encryption_of("encryption=2\noptions=0x00001000\n") &
		    PROFILE_REQUIRES_STRONG);
	EXPECT_EQ(encryption_of("options=0x00000c00\nencryption=3\n"), 0);
	EXPECT_EQ(encryption_of("encryption=0\n"), 0);
}

static void entry_with_a_strange_device_is_harmless(void)
{
	struct profile *profile = profile_new("x");

	EXPECT_TRUE(profile);
	EXPECT_EQ(profile_apply_settings(profile,
					 "=\nx\n\\\ndevice-type=PPPoE\n"
					 "device-name=a b/../c\n"),
		  0);
	EXPECT_TRUE(!profile->ethernet);
	profile_free(profile);
}

static const char *tty_of(const char *device)
{
	static char found[64];
	char settings[128];
	struct profile *profile = profile_new("x");

	if (!profile)
		return "out of memory";
	snprintf(settings, sizeof(settings),
		 "device-type=modem\ndevice-name=%s\n", device);
	profile_apply_settings(profile, settings);
	snprintf(found, sizeof(found), "%s", profile->tty ? profile->tty : "");
	profile_free(profile);
	return found;
}

/* It becomes a word of pppd's command line. */
static void entry_names_a_serial_device_and_no_option(void)
{
	static const char *const good[] = {
		"ttyS0",	   "/dev/ttyUSB0",
		"/dev/modem",	   "/dev/serial/by-id/usb-Acme_1.0-if00-port0",
		"/dev/ttyS4.1-A:",
	};
	static const char *const bad[] = {
		"",
		"pty",
		"nodetach",
		"115200",
		"tty",
		"tty1",
		"/dev/tty1",
		"/dev/tty",
		"/dev/sda",
		"/dev/ttyS0/../sda",
		"/dev/serial/../sda",
		"/dev/serial/a b",
		"ttyS0 debug",
		"ttyS0/x",
		"/etc/ppp/options",
		"modem",
		"serial/x",
	};
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		EXPECT_STR(tty_of(good[i]), good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (*tty_of(bad[i]))
			KTAP_FAIL("taken: %s", bad[i]);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(everything_that_is_documented_is_read),
	KTAP_TEST(file_without_a_name_gives_its_own),
	KTAP_TEST(indented_lines_are_lines),
	KTAP_TEST(lines_that_are_wrong_are_counted_and_left_out),
	KTAP_TEST(script_without_a_program_is_no_profile),
	KTAP_TEST(file_that_cannot_be_read_is_no_profile),
	KTAP_TEST(line_that_is_too_long_is_told),
	KTAP_TEST(garbage_is_survived),
	KTAP_TEST(what_is_saved_is_read_the_same),
	KTAP_TEST(programs_key_stays_a_key),
	KTAP_TEST(saved_file_is_the_owners_alone),
	KTAP_TEST(operators_file_is_never_written_or_removed),
	KTAP_TEST(copies_are_the_same_until_changed),
	KTAP_TEST(phone_book_entry_fills_what_is_open),
	KTAP_TEST(entry_may_demand_encryption),
	KTAP_TEST(entry_with_a_strange_device_is_harmless),
	KTAP_TEST(entry_names_a_serial_device_and_no_option),
};

int main(void)
{
	int status;

	if (!mkdtemp(folder))
		return EXIT_FAILURE;
	status = ktap_run(tests, sizeof(tests) / sizeof(*tests));
	snprintf(path, sizeof(path), "%s/a profile.ini", folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/garbage.ini", folder);
	unlink(path);
	rmdir(folder);
	return status;
}
