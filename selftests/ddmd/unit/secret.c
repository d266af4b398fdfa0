// SPDX-License-Identifier: GPL-2.0-only
/*
 * Credentials that somebody left for one attempt come from another program:
 * what is read is what was written, once, and nothing that is not sound.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../tools/ddmd/secret.h"
#include "../../user/ktap.h"

static char folder[] = "/tmp/ddmd-secret-XXXXXX";
static char path[64];
static struct secret secret;

static void put(const void *text, size_t length, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	EXPECT_EQ(write(fd, text, length), (ssize_t)length);
	fchmod(fd, mode);
	close(fd);
}

static bool take(const char *text)
{
	put(text, strlen(text), 0600);
	return secret_take(path, &secret);
}

static bool is_there(void)
{
	struct stat stat;

	return !lstat(path, &stat);
}

static bool is_empty(void)
{
	static const struct secret none;

	return !memcmp(&secret, &none, sizeof(secret));
}

static void both_are_taken_once(void)
{
	EXPECT_TRUE(take("user=me\npassword=open sesame\n"));
	EXPECT_TRUE(secret.has_user && secret.has_password);
	EXPECT_STR(secret.user, "me");
	EXPECT_STR(secret.password, "open sesame");
	EXPECT_TRUE(!is_there());
	EXPECT_TRUE(secret_take(path, &secret));
	EXPECT_TRUE(is_empty());
}

static void what_is_missing_is_not_empty(void)
{
	EXPECT_TRUE(take("user=me\n"));
	EXPECT_TRUE(secret.has_user && !secret.has_password);
	EXPECT_TRUE(take("password=\n"));
	EXPECT_TRUE(!secret.has_user && secret.has_password);
	EXPECT_STR(secret.password, "");
	EXPECT_TRUE(take(""));
	EXPECT_TRUE(is_empty());
}

static void nothing_is_trimmed_and_escapes_are_undone(void)
{
	EXPECT_TRUE(take("user= \"me\" \npassword=a\\\\b\\nc=d;#\xc3\xa4\n"));
	EXPECT_STR(secret.user, " \"me\" ");
	EXPECT_STR(secret.password, "a\\b\nc=d;#\xc3\xa4");
}

static void longest_values_fit(void)
{
	char text[3000] = "user=", *at = text + 5;

	memset(at, 'x', SECRET_MAX);
	strcpy(at + SECRET_MAX, "\npassword=");
	for (at = text + strlen(text); strlen(text) < 1000;)
		at = stpcpy(at, "\\\\");
	EXPECT_TRUE(!take(text));
	*strstr(text, "\\\\") = '\0';
	for (at = text + strlen(text); at < strchr(text, '\n') + 511;)
		at = stpcpy(at, "\\\\");
	EXPECT_TRUE(take(text));
	EXPECT_EQ(strlen(secret.user), (size_t)SECRET_MAX);
	memcpy(text, "user=x", 6);
	memmove(text + 6, text + 5, strlen(text + 5) + 1);
	EXPECT_TRUE(!take(text));
	EXPECT_TRUE(is_empty());
}

static void nonsense_is_refused_removed_and_not_half_taken(void)
{
	static const char *const bad[] = {
		"user=me\npassword\n",	 "user=me\nUser=me\n",
		"user=me\npassword=a\\", "user=me\npassword=\\t\n",
		"user = me\n",
	};
	static char large[10000];
	unsigned int i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		EXPECT_TRUE(!take(bad[i]));
		EXPECT_TRUE(is_empty());
		EXPECT_TRUE(!is_there());
	}
	put("user=m\0e\n", 9, 0600);
	EXPECT_TRUE(!secret_take(path, &secret));
	memset(large, '\n', sizeof(large));
	put(large, sizeof(large), 0600);
	EXPECT_TRUE(!secret_take(path, &secret));
	EXPECT_TRUE(!is_there());
}

static void only_a_file_of_ours_will_do(void)
{
	char other[80];

	put("user=me\n", 8, 0640);
	EXPECT_TRUE(!secret_take(path, &secret));
	EXPECT_TRUE(!is_there());

	snprintf(other, sizeof(other), "%s/other", folder);
	EXPECT_TRUE(take(""));
	put("user=me\n", 8, 0600);
	rename(path, other);
	EXPECT_EQ(symlink(other, path), 0);
	EXPECT_TRUE(!secret_take(path, &secret));
	EXPECT_TRUE(is_empty());
	EXPECT_TRUE(!access(other, F_OK));
	unlink(other);

	/* nobody writes into it: it must not be waited for */
	EXPECT_EQ(mkfifo(path, 0600), 0);
	EXPECT_TRUE(!secret_take(path, &secret));
	EXPECT_TRUE(!is_there());
	if (geteuid())
		return;
	put("user=me\n", 8, 0600);
	EXPECT_EQ(chown(path, 1, 1), 0);
	EXPECT_TRUE(!secret_take(path, &secret));
	EXPECT_TRUE(is_empty());
}

static void folder_that_others_can_use_is_not_trusted(void)
{
	put("user=me\n", 8, 0600);
	chmod(folder, 0711);
	EXPECT_TRUE(!secret_take(path, &secret));
	EXPECT_TRUE(is_empty());
	chmod(folder, 0700);
	EXPECT_TRUE(is_there());
	unlink(path);
	EXPECT_TRUE(secret_take("/nonexistent/1.2", &secret));
}

int main(void)
{
	static const struct ktap_test tests[] = {
		KTAP_TEST(both_are_taken_once),
		KTAP_TEST(what_is_missing_is_not_empty),
		KTAP_TEST(nothing_is_trimmed_and_escapes_are_undone),
		KTAP_TEST(longest_values_fit),
		KTAP_TEST(nonsense_is_refused_removed_and_not_half_taken),
		KTAP_TEST(only_a_file_of_ours_will_do),
		KTAP_TEST(folder_that_others_can_use_is_not_trusted),
	};
	int status;

	if (!mkdtemp(folder))
		return EXIT_FAILURE;
	snprintf(path, sizeof(path), "%s/1.2", folder);
	status = ktap_run(tests, sizeof(tests) / sizeof(*tests));
	unlink(path);
	rmdir(folder);
	return status;
}
