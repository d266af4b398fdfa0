// SPDX-License-Identifier: GPL-2.0-only
/* ddmd.conf, again and again as after a reload. */
#include "fuzz.h"
#include "../../../tools/ddmd/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char path[300];
	unsigned int i;

	snprintf(path, sizeof(path), "%s/ddmd.conf", work_folder());
	config.file = path;
	write_input(path, data, size);
	config_read();
	PROMISE(config.pppd && config.plugin && config.host);
	PROMISE(config.list_count <= CONFIG_LISTS_MAX);
	for (i = 0; i < config.list_count; i++)
		PROMISE(config.lists[i].name);
	return 0;
}
