// SPDX-License-Identifier: GPL-2.0-only
/* The file of remembered connections, and what is written of it. */
#include "fuzz.h"
#include "profile.h"

static char folder[300], file[320];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	snprintf(folder, sizeof(folder), "%s/ddm", work_folder());
	snprintf(file, sizeof(file), "%s/connections", folder);
	make_folder(folder);
	setenv("XDG_CONFIG_HOME", work_folder(), 1);
	return 0;
}

static void check_same(const struct wnet_profile *a,
		       const struct wnet_profile *b)
{
	size_t i;

	PROMISE(a->count == b->count);
	for (i = 0; i < a->count; i++) {
		const struct wnet_remembered *one = &a->list[i];
		const struct wnet_remembered *other =
			wnet_profile_find(b, one->local);

		PROMISE(other && !strcmp(one->remote, other->remote) &&
			!strcmp(one->provider, other->provider) &&
			one->type == other->type && !one->user == !other->user);
		PROMISE(!one->user || !strcmp(one->user, other->user));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wnet_profile before, after;

	write_input(file, data, size);
	if (wnet_profile_read(&before))
		return 0;
	/* written anew, with the first of them as it was */
	if (before.count && !wnet_profile_remember(&before.list[0])) {
		PROMISE(!wnet_profile_read(&after));
		check_same(&before, &after);
		wnet_profile_free(&after);
	}
	wnet_profile_free(&before);
	return 0;
}
