// SPDX-License-Identifier: GPL-2.0-only
/* What ddmd is told, and what it finds out of the pppd that it is to run. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../tools/ddmd/config.h"
#include "../../../tools/ddmd/plugin_folder.h"
#include "../../../tools/ddmd/pppd.h"
#include "../../../tools/ddmd/profile.h"
#include "../../../tools/ddmd/words.h"
#include "../../user/ktap.h"

static char folder[] = "/tmp/ddmd-config-XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[2][256];
	static int last;

	last = !last;
	snprintf(path[last], sizeof(path[last]), "%s/%s", folder, name);
	return path[last];
}

static void put(const char *name, const void *text, size_t length)
{
	FILE *file = fopen(in_folder(name), "w");

	EXPECT_TRUE(file);
	if (!file)
		return;
	fwrite(text, 1, length, file);
	fclose(file);
	chmod(in_folder(name), 0755);
}

/* ------------------------------------------------------------ the plugin -- */

/* A program that has the path of its plugins in it, as pppd does */
static void make_pppd(const char *version)
{
	char text[4096];
	int length;

	length = snprintf(
		text, sizeof(text),
		"\177ELF%c/etc/pppd/options%c and /pppd/3 %c%s/pppd/%s%cend", 0,
		0, 0, folder, version, 0);
	unlink(in_folder("a-pppd"));
	put("a-pppd", text, (size_t)length);
}

static void plugins_are_where_this_pppd_looks(void)
{
	char wanted[256];

	make_pppd("7.8.9");
	snprintf(wanted, sizeof(wanted), "%s/pppd/7.8.9", folder);
	EXPECT_STR(plugin_folder(in_folder("a-pppd")), wanted);
	make_pppd("7.9.10/x");
	EXPECT_TRUE(strcmp(plugin_folder(in_folder("a-pppd")), wanted));
	make_pppd("7.9.10");
	snprintf(wanted, sizeof(wanted), "%s/pppd/7.9.10", folder);
	EXPECT_STR(plugin_folder(in_folder("a-pppd")), wanted);
	/* it tells nothing, and there is none */
	put("script", "#!/bin/sh\n", 10);
	EXPECT_TRUE(!strncmp(plugin_folder(in_folder("script")), "/usr/", 5));
	EXPECT_TRUE(!strncmp(plugin_folder(in_folder("none")), "/usr/", 5));
	EXPECT_TRUE(!strncmp(plugin_folder(folder), "/usr/", 5));
}

static void plugin_of_another_version_is_not_used(void)
{
	char text[256];
	int length;

	length = snprintf(text, sizeof(text), "[pppd]\nprogram = %s/a-pppd\n",
			  folder);
	put("ddmd.conf", text, (size_t)length);
	config.file = in_folder("ddmd.conf");
	EXPECT_EQ(config_read(), 0);
	mkdir(in_folder("pppd"), 0755);
	mkdir(in_folder("pppd/7.8.9"), 0755);
	put("pppd/7.8.9/ddm.so", "", 0);
	make_pppd("7.8.9");
	EXPECT_TRUE(pppd_has_plugin());
	make_pppd("7.8.10");
	EXPECT_TRUE(!pppd_has_plugin());
	unlink(in_folder("pppd/7.8.9/ddm.so"));
	make_pppd("7.8.9");
	EXPECT_TRUE(!pppd_has_plugin());
	rmdir(in_folder("pppd/7.8.9"));
	rmdir(in_folder("pppd"));
}

/* Whether pppd is told so for a phone-book entry */
static bool pppd_gets(const char *word, const char *settings)
{
	struct profile *profile = profile_new("x");
	struct words words = { 0 };
	bool told = false;
	size_t i;

	if (!profile)
		return false;
	if (profile_apply_settings(profile,
				   "device-type=PPPoE\ndevice-name=wan0\n") ||
	    profile_apply_settings(profile, settings) ||
	    pppd_arguments(profile, "ppp0", -1, false, &words))
		KTAP_FAIL("no arguments for %s", settings);
	for (i = 0; i < words.count; i++)
		told |= !strcmp(words.word[i], word);
	words_free(&words);
	profile_free(profile);
	return told;
}

static void encryption_that_is_demanded_is_pppds_to_have(void)
{
	EXPECT_TRUE(pppd_gets("require-mppe", "encryption=1\n"));
	EXPECT_TRUE(pppd_gets("require-mppe", "options=0x00001000\n"));
	EXPECT_TRUE(pppd_gets("require-mppe-128", "encryption=2\n"));
	EXPECT_TRUE(!pppd_gets("require-mppe", "encryption=3\n"));
}

/* ---------------------------------------------------------- what it reads -- */

static void put_text(const char *text)
{
	put("ddmd.conf", text, strlen(text));
	config.file = in_folder("ddmd.conf");
}

static void times_take_units(void)
{
	put_text("[ddmd]\ngrace = 500ms\nturn = 2min\n"
		 "[admin]\ndll = /a.so\ntime-limit = 1h\n"
		 "[admin b]\ndll = /b.so\ntime-limit = 20\n");
	EXPECT_EQ(config_read(), 0);
	EXPECT_EQ(config.grace, 500);
	EXPECT_EQ(config.turn, 120000);
	EXPECT_EQ(config.list_count, 2);
	EXPECT_EQ(config.lists[0].limit, 3600000);
	EXPECT_EQ(config.lists[1].limit, 20000);
	put_text("[ddmd]\ngrace = 5 parsecs\nturn = 2d\n");
	EXPECT_EQ(config_read(), 2);
	EXPECT_EQ(config.grace, 10000);
	EXPECT_EQ(config.turn, 10000);
}

static void callouts_need_some_time(void)
{
	put_text("[admin]\ndll = /a.so\ntime-limit = 0\n");
	EXPECT_EQ(config_read(), 1);
	EXPECT_EQ(config.lists[0].limit, 10000);
}

/* Nothing of it is left out: fewer would be asked than the operator wanted. */
static void list_with_a_mistake_is_not_shorter(void)
{
	char text[512] = "";
	int i;

	put_text("[admin]\ndll = first.so\n");
	EXPECT_EQ(config_read(), 1);
	EXPECT_EQ(config.list_count, 1);
	EXPECT_EQ(config.lists[0].dlls.count, 1);
	EXPECT_STR(config.lists[0].dlls.word[0], "first.so");
	put_text("[admin]\ndlls = /a.so\n");
	EXPECT_EQ(config_read(), 1);
	EXPECT_EQ(config.lists[0].dlls.count, 1);
	EXPECT_STR(config.lists[0].dlls.word[0], "dlls");
	for (i = 0; i <= CONFIG_LISTS_MAX; i++)
		sprintf(text + strlen(text), "[admin %d]\ndll = /a.so\n", i);
	put_text(text);
	EXPECT_EQ(config_read(), 1);
	EXPECT_EQ(config.list_count, CONFIG_LISTS_MAX);
	EXPECT_STR(config.lists[CONFIG_LISTS_MAX - 1].dlls.word[1], "admin 8");
}

static void file_that_cannot_be_read_changes_nothing(void)
{
	char host[] = "/a/host";

	put_text("[admin]\nhost = /a/host\ndll = /a.so\n");
	EXPECT_EQ(config_read(), 0);
	/* a folder can be opened, and not be read */
	config.file = folder;
	EXPECT_EQ(config_read(), -EISDIR);
	EXPECT_EQ(config.list_count, 1);
	config.file = "/dev/null/ddmd.conf";
	EXPECT_EQ(config_read(), -ENOTDIR);
	EXPECT_EQ(config.list_count, 1);
	EXPECT_STR(config.lists[0].dlls.word[0], "/a.so");
	EXPECT_STR(config.host, host);
}

static void file_that_went_changes_nothing(void)
{
	put_text("[admin]\ndll = /a.so\n");
	EXPECT_EQ(config_read(), 0);
	config.file = in_folder("none");
	EXPECT_EQ(config_read(), -ENOENT);
	EXPECT_EQ(config_read(), -ENOENT);
	EXPECT_EQ(config.list_count, 1);
	put_text("");
	EXPECT_EQ(config_read(), 0);
	EXPECT_EQ(config.list_count, 0);
}

static void file_that_never_was_is_empty(void)
{
	config.file = in_folder("none");
	EXPECT_EQ(config_read(), 0);
	EXPECT_EQ(config_read(), 0);
	EXPECT_EQ(config.grace, 10000);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(file_that_never_was_is_empty),
	KTAP_TEST(times_take_units),
	KTAP_TEST(callouts_need_some_time),
	KTAP_TEST(list_with_a_mistake_is_not_shorter),
	KTAP_TEST(file_that_cannot_be_read_changes_nothing),
	KTAP_TEST(file_that_went_changes_nothing),
	KTAP_TEST(plugins_are_where_this_pppd_looks),
	KTAP_TEST(plugin_of_another_version_is_not_used),
	KTAP_TEST(encryption_that_is_demanded_is_pppds_to_have),
};

int main(void)
{
	static const char *const left[] = { "ddmd.conf", "a-pppd", "script" };
	unsigned int i;
	int status;

	if (!mkdtemp(folder))
		return EXIT_FAILURE;
	status = ktap_run(tests, sizeof(tests) / sizeof(*tests));
	for (i = 0; i < sizeof(left) / sizeof(*left); i++)
		unlink(in_folder(left[i]));
	rmdir(folder);
	return status;
}
