// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Demand-Dial Manager as a module: starts its parts and stops them in the
 * opposite order.
 */
#include <linux/module.h>
#include <net/genetlink.h>

#include "ddm.h"

unsigned int ddm_journal_size = 65536;
module_param_named(journal_size, ddm_journal_size, uint, 0644);
MODULE_PARM_DESC(
	journal_size,
	"Most events that the journal of a namespace holds, rounded up to a power of two, 16 to 16777216 (default 65536). It begins with 1024 and grows by 4 for each interface.");

unsigned int ddm_max_interfaces = 131072;
module_param_named(max_interfaces, ddm_max_interfaces, uint, 0644);
MODULE_PARM_DESC(
	max_interfaces,
	"Most interfaces in a namespace (default 131072). Creating another gives EUSERS, a device that comes then gets none and is counted.");

unsigned int ddm_max_listeners = 4096;
module_param_named(max_listeners, ddm_max_listeners, uint, 0644);
MODULE_PARM_DESC(
	max_listeners,
	"Most listeners in a namespace (default 4096). Registering another gives ENOSPC.");

unsigned int ddm_max_socket_listeners = 1024;
module_param_named(max_socket_listeners, ddm_max_socket_listeners, uint, 0644);
MODULE_PARM_DESC(
	max_socket_listeners,
	"Most listeners of one socket (default 1024). Registering another gives ENOSPC.");

static const struct {
	int (*init)(void);
	void (*exit)(void);
} parts[] = {
	{ ddm_interface_init, ddm_interface_exit },
	{ ddm_dial_init, ddm_dial_exit },
	{ ddm_netns_init, ddm_netns_exit },
	{ ddm_netdev_init, ddm_netdev_exit },
	{ ddm_owner_init, ddm_owner_exit },
	{ ddm_netlink_init, ddm_netlink_exit },
};

static void stop(int part)
{
	while (part--)
		parts[part].exit();
}

static int __init ddm_init(void)
{
	int part, err;

	BUILD_BUG_ON(sizeof(struct ddm_event) != 64);

	for (part = 0; part < ARRAY_SIZE(parts); part++) {
		err = parts[part].init();
		if (err) {
			stop(part);
			return err;
		}
	}
	return 0;
}

static void __exit ddm_exit(void)
{
	stop(ARRAY_SIZE(parts));
}

module_init(ddm_init);
module_exit(ddm_exit);

MODULE_AUTHOR("The DDM project");
MODULE_DESCRIPTION("Demand-Dial Manager");
MODULE_LICENSE("GPL");
MODULE_ALIAS_GENL_FAMILY(DDM_FAMILY_NAME);
