// SPDX-License-Identifier: GPL-2.0-only
/*
 * The phone-book entry: what libmprapi writes and a program may set as it likes
 * is read by libmprapi and by ddmd, and kept by ddmd in a file.
 */
#include <errno.h>
#include <linux/ddm.h>

#include <mprapi.h>

#include "fuzz.h"
#include "settings.h"
#include "../../../tools/ddmd/profile.h"

int settings_next(const char **cursor, char **key, char **value);
int settings_add(char **settings, const char *key, const char *value);

/* As they stand there, one line after the other: in their one proper form */
static char *normalize(const char *settings)
{
	char *out = NULL, *key, *value;

	while (settings_next(&settings, &key, &value) > 0) {
		PROMISE(settings_add(&out, key, value) != -ENOMEM);
		free(key);
		free(value);
	}
	return out;
}

static void try_ddmd(const char *settings)
{
	struct profile *profile = profile_new("a"), *again;
	int wrong = 0;

	PROMISE(profile);
	PROMISE(!profile_apply_settings(profile, settings));
	profile_free(profile);

	profile = profile_new("a");
	PROMISE(profile);
	profile->settings = normalize(settings);
	profile->saved = 1;
	PROMISE(!profile_save(profile, work_folder()));
	again = profile_read(profile->file, &wrong);
	PROMISE(again && !wrong);
	PROMISE(profile_same(profile, again));
	/* or the next would have to find another name */
	unlink(profile->file);
	profile_free(profile);
	profile_free(again);
}

union structure {
	MPR_INTERFACE_0 level0;
	MPR_INTERFACE_1 level1;
	MPR_INTERFACE_2 level2;
	MPR_INTERFACE_3 level3;
};

/* What was read of them writes the same as what is read of that. */
static void try_library(DWORD level, const char *settings)
{
	struct mpr_string first = { 0 }, second = { 0 };
	union structure one = { 0 }, other = { 0 };
	void *room = calloc(1, mpr_settings_room(settings)), *more;
	DWORD error;

	PROMISE(room);
	mpr_settings_decode(level, settings, &one, room);
	error = mpr_settings_encode(level, &one, "", &first);
	if (!error) {
		more = calloc(1, mpr_settings_room(first.text));
		PROMISE(more);
		mpr_settings_decode(level, first.text, &other, more);
		PROMISE(!mpr_settings_encode(level, &other, "", &second));
		PROMISE(!strcmp(first.text, second.text));
		free(more);
	}
	free(first.text);
	free(second.text);
	free(room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	uint8_t level = take_byte(&input) & 3;
	char *settings = take_text(&input);

	if (strlen(settings) <= DDM_SETTINGS_MAX) {
		try_library(level, settings);
		try_ddmd(settings);
	}
	free(settings);
	return 0;
}
