// SPDX-License-Identifier: GPL-2.0-only
/* ddmd's profiles: any file, and what is written of it reads the same. */
#include <time.h>
#include <unistd.h>

#include "fuzz.h"
#include "../../../tools/ddmd/hours.h"
#include "../../../tools/ddmd/profile.h"

static void use_hours(const struct profile *profile)
{
	const struct tm when = { .tm_wday = 3, .tm_hour = 13, .tm_min = 7 };

	hours_allow(profile->hours, &when);
}

/* Its file is another's, and so no part of the comparison */
static void name_file(struct profile *profile, const char *path)
{
	free(profile->file);
	profile->file = strdup(path);
	PROMISE(profile->file);
}

static void check_round_trip(const struct profile *profile)
{
	struct profile *copy = profile_copy(profile), *again;
	char path[300];
	int wrong = 0;

	snprintf(path, sizeof(path), "%s/saved.ini", work_folder());
	PROMISE(copy && profile_same(copy, profile));
	name_file(copy, path);
	/* a file that does not say that it was saved is never written over */
	unlink(path);
	PROMISE(!profile_save(copy, work_folder()));
	again = profile_read(path, &wrong);
	PROMISE(again && !wrong);
	PROMISE(profile_same(copy, again));
	profile_free(copy);
	profile_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile *profile;
	char path[300];
	int wrong;

	snprintf(path, sizeof(path), "%s/one.ini", work_folder());
	write_input(path, data, size);
	profile = profile_read(path, &wrong);
	if (profile && !profile->broken) {
		use_hours(profile);
		check_round_trip(profile);
	}
	profile_free(profile);
	return 0;
}
