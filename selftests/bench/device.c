// SPDX-License-Identifier: GPL-2.0-only
/* What the module adds to the life of a device: with it, and without. */
#include <stdio.h>
#include <unistd.h>
#include <sys/eventfd.h>

#include "bench.h"

#define TIMES 51

struct device {
	struct rtnl *rtnl;
	int ifindex;
	uint8_t mode;
};

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
	settle(20);
}

static void up_and_settle(void *data)
{
	up(data);
	settle(20);
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

static struct life live(struct device *device)
{
	struct life life;

	add(device);
	life.up = count(up, down_and_settle, device, TIMES);
	up_and_settle(device);
	life.down = count(down, up_and_settle, device, TIMES);
	del(device);
	return life;
}

static double up_and_down(struct device *device)
{
	double result;

	add(device);
	result = count(up, down_and_settle, device, TIMES);
	up_and_settle(device);
	result += count(down, up_and_settle, device, TIMES);
	del(device);
	return result;
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

static int ignore(const struct ddm_event *event, void *data)
{
	(void)event, (void)data;
	return 0;
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
	struct rtnl *reader = rtnl_listen(16 << 20);
	double result;

	add(device);
	up_and_settle(device);
	result = count(mode_changes, NULL, device, TIMES) -
		 count(mode_stays, NULL, device, TIMES);
	del(device);
	rtnl_close(reader);
	return result;
}

void device_figures(void)
{
	struct device device = { .rtnl = rtnl_open() };
	struct life without, with;
	double tracked, heard, member, message, bare;
	struct ddm_monitor *monitor;
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
	monitor = watch();
	member = up_and_down(&device) - bare;
	ddm_monitor_read(monitor, ignore, NULL);

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
