// SPDX-License-Identifier: GPL-2.0-only
/* What a restarted ddmd reads is what the one before it wrote. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../tools/ddmd/config.h"
#include "../../../tools/ddmd/record.h"
#include "../../user/ktap.h"

static char folder[] = "/tmp/ddmd-record-XXXXXX";
static struct record found;
static int count;

static void take(const struct record *record)
{
	found = *record;
	count++;
}

static void walk(enum record_kind kind)
{
	memset(&found, 0, sizeof(found));
	count = 0;
	record_walk(kind, take);
}

/* Which pppd is whose hangs on it: blanks count in names. */
static void names_come_back_as_they_were(void)
{
	static const char *const names[] = { "office", " office", "office ",
					     "7 up",   "",	  "a  b" };
	struct record record = { .pid = 4711, .started = 12, .was_up = 1 };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		strcpy(record.name, names[i]);
		record_save(&record);
		walk(RECORD_PPPD);
		EXPECT_EQ(count, 1);
		EXPECT_STR(found.name, names[i]);
		EXPECT_EQ(found.was_up, 1);
	}
	record_remove(4711);
	walk(RECORD_PPPD);
	EXPECT_EQ(count, 0);
}

static void all_members_come_back(void)
{
	const struct record record = { .pid = 4712,
				       .started = UINT64_MAX,
				       .ifindex = 7,
				       .link = UINT32_MAX,
				       .epoch = 1ULL << 40,
				       .kind = RECORD_SCRIPT,
				       .name = "wan" };

	record_save(&record);
	walk(RECORD_SCRIPT);
	EXPECT_EQ(count, 1);
	EXPECT_TRUE(!memcmp(&found, &record, sizeof(record)));
	record_remove(4712);
}

static void what_makes_no_sense_is_removed(void)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/calls/4713", folder);
	file = fopen(path, "we");
	EXPECT_TRUE(file);
	fputs("4713 12 x\n", file);
	fclose(file);
	walk(RECORD_PPPD);
	EXPECT_EQ(count, 0);
	EXPECT_TRUE(access(path, F_OK));
}

static const struct ktap_test tests[] = {
	KTAP_TEST(names_come_back_as_they_were),
	KTAP_TEST(all_members_come_back),
	KTAP_TEST(what_makes_no_sense_is_removed),
};

int main(void)
{
	char path[64];
	int result;

	if (!mkdtemp(folder))
		return 1;
	config.run = folder;
	result = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
	snprintf(path, sizeof(path), "%s/calls", folder);
	rmdir(path);
	rmdir(folder);
	return result;
}
