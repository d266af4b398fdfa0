// SPDX-License-Identifier: GPL-2.0-only
/* Files that name libmpr's providers and notifyees. */
#include "config.h"
#include "fuzz.h"

static char file[320];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	snprintf(file, sizeof(file), "%s/%s", work_folder(), WNET_PROVIDERS);
	make_folder(file);
	strcat(file, "/one.conf");
	setenv("DDM_MPR_CONFDIR", work_folder(), 1);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wnet_plugins plugins;

	write_input(file, data, size);
	PROMISE(!wnet_plugins_read(WNET_PROVIDERS, &plugins));
	PROMISE(plugins.count <= 1);
	if (plugins.count)
		PROMISE(plugins.list[0].path[0] == '/' &&
			plugins.list[0].name &&
			plugins.list[0].time_limit >= 1000);
	wnet_plugins_free(&plugins);
	return 0;
}
