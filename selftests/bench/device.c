// SPDX-License-Identifier: GPL-2.0-only
/* What the module adds to the life of a device: with it, and without. */
#include <stdio.h>
#include <unistd.h>
#include <sys/eventfd.h>

#include "bench.h"

#define TIMES 51
#define LIVES 4

/**
 * struct device - a device that goes up and down
 * @rtnl: acts on it
 * @monitor: a member of the module's group, or NULL; reads while nobody counts
 * @links: the same of rtnetlink's
 * @ifindex: its index
 * @mode: its link mode
 */
struct device {
	struct rtnl *rtnl;
	struct ddm_monitor *monitor;
	struct rtnl *links;
	int ifindex;
	uint8_t mode;
};

static int ignore(const struct ddm_event *event, void *data)
{
	(void)event, (void)data;
	return 0;
}

static void read_all(void *data)
{
	struct device *device = data;

	if (device->monitor)
		ddm_monitor_read(device->monitor, ignore, NULL);
	if (device->links)
		rtnl_read(device->links);
}

static void settle_device(struct device *device)
{
	settle(20);
	read_all(device);
}

static void up(void *data)
{
	struct device *device = data;

	rtnl_set(device->rtnl, device->ifindex, true);
}

static void down(void *data)
{
	struct device *device = data;

	rtnl_set(device->rtnl, device->ifindex, false);
}

static void down_and_settle(void *data)
{
	down(data);
	settle_device(data);
}

static void up_and_settle(void *data)
{
	up(data);
	settle_device(data);
}

static void add(void *data)
{
	struct device *device = data;

	device->ifindex = rtnl_add(device->rtnl, "ppp", 1);
	settle(100);
}

static void del(void *data)
{
	struct device *device = data;

	rtnl_del(device->rtnl, device->ifindex);
	settle(100);
}

struct life {
	double up, down;
};

static struct life live_once(struct device *device)
{
	struct life life;

	add(device);
	life.up = count(up, down_and_settle, device, TIMES);
	up_and_settle(device);
	life.down = count(down, up_and_settle, device, TIMES);
	del(device);
	return life;
}

/*
 * The allocator may take some 280 instructions more for a message for as long as
 * a device lives, and no more for the next: of several, the least counts.
 */
static struct life live(struct device *device)
{
	struct life least = live_once(device), life;
	int i;

	for (i = 1; i < LIVES; i++) {
		life = live_once(device);
		least.up = fmin(least.up, life.up);
		least.down = fmin(least.down, life.down);
	}
	return least;
}

static double up_and_down(struct device *device)
{
	struct life life = live(device);

	return life.up + life.down;
}

static void listen(struct ddm *ddm)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	check(fd >= 0, "eventfd");
	done(ddm,
	     ddm_listener_register(ddm, fd, DDM_EVENT_MASK_CONNECTION,
				   DDM_ANY_INTERFACE),
	     "a listener");
}

static struct ddm_monitor *watch(void)
{
	struct ddm_monitor *monitor;

	check(!ddm_monitor_open(&monitor, DDM_SINCE_NOW), "the group");
	return monitor;
}

static void mode_changes(void *data)
{
	struct device *device = data;

	device->mode = !device->mode;
	rtnl_mode(device->rtnl, device->ifindex, device->mode);
}

static void mode_stays(void *data)
{
	struct device *device = data;

	rtnl_mode(device->rtnl, device->ifindex, device->mode);
}

/*
 * What rtnetlink's own message costs: a request that changes something of
 * which only a message is made, against the same that changes nothing.
 */
static double one_message(struct device *device)
{
	double result;

	device->links = rtnl_listen(0);
	add(device);
	up_and_settle(device);
	result = count(mode_changes, read_all, device, TIMES) -
		 count(mode_stays, read_all, device, TIMES);
	del(device);
	rtnl_close(device->links);
	device->links = NULL;
	return result;
}

void device_figures(void)
{
	struct device device = { .rtnl = rtnl_open() };
	struct life without, with;
	double tracked, heard, member, message, bare;
	struct ddm *ddm;

	module_unload();
	/* what only the first has to do is no part of it */
	live(&device);
	message = one_message(&device);
	without = live(&device);
	bare = without.up + without.down;
	module_load("");
	with = live(&device);

	ddm = manager();
	track(ddm, "ppp*");
	tracked = up_and_down(&device) - bare;
	listen(ddm);
	heard = up_and_down(&device) - bare;
	ddm_close(ddm);
	ddm = manager();
	device.monitor = watch();
	member = up_and_down(&device) - bare;

	report("device-tracked", "instructions for up and down", tracked,
	       message, 1000);
	report("device-tracked-listener", "instructions for up and down", heard,
	       message, 1150);
	report("device-tracked-group", "instructions for up and down", member,
	       message, message);
	/*
	 * The kernel tells of each in two events. To make or destroy a device
	 * costs a thousand times as much, and never twice the same.
	 */
	report("device-untracked-up", "instructions for two events",
	       with.up - without.up, NONE, 120);
	report("device-untracked-down", "instructions for two events",
	       with.down - without.down, NONE, 120);
}
