// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything at once: whatever devices, operators, dialers, readers and
 * listeners do to each other, what is told in the end is consistent. What only
 * the kernel's log shows is for the machine that this runs in to find.
 */
#include <pthread.h>

#include "raw.h"
#include "world.h"

#define SECONDS 4
#define NAMES 6

WORLD_FIXTURE(race);

/**
 * struct actor - one thread
 * @act: does one thing; errors are part of the play
 * @stop: shared by all
 * @seed: of its chances
 * @w: its own sockets
 * @done: how often it acted
 */
struct actor {
	void (*act)(struct actor *actor);
	bool *stop;
	uint32_t seed;
	struct world w;
	unsigned int done;
};

static uint32_t chance(struct actor *actor, uint32_t below)
{
	actor->seed ^= actor->seed << 13;
	actor->seed ^= actor->seed >> 17;
	actor->seed ^= actor->seed << 5;
	return actor->seed % below;
}

static const char *some_name(struct actor *actor)
{
	static const char *const names[NAMES] = { "d0",	 "d1", "wg0",
						  "wg1", "t0", "Filiale" };

	return names[chance(actor, NAMES)];
}

static uint32_t some_id(struct actor *actor)
{
	return id_of(&actor->w, some_name(actor));
}

static void device(struct actor *actor)
{
	struct rtnl *rtnl = actor->w.rtnl;
	const char *name = some_name(actor);
	int ifindex = (int)if_nametoindex(name);

	if (!ifindex) {
		netdev_add(rtnl, name, name[0] == 'w' ? "wireguard" : "dummy");
		return;
	}
	switch (chance(actor, 6)) {
	case 0:
		netdev_del(rtnl, ifindex);
		break;
	case 1:
		netdev_rename(rtnl, ifindex, some_name(actor));
		break;
	case 2:
		netdev_carrier(rtnl, ifindex, chance(actor, 2));
		break;
	case 3:
		netdev_down(rtnl, ifindex);
		break;
	default:
		netdev_up(rtnl, ifindex);
	}
}

static void operator(struct actor *actor)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_METHOD_SET,
		.name = some_name(actor),
		.method = chance(actor, DDM_METHOD_AGENT + 1),
		.device = some_name(actor),
		.enabled = (int)chance(actor, 4) > 0,
	};
	struct ddm *ddm = actor->w.ddm;

	switch (chance(actor, 5)) {
	case 0:
		ddm_interface_del(ddm, some_id(actor));
		break;
	case 1:
		request.set = DDM_INTERFACE_DEVICE_SET |
			      DDM_INTERFACE_ENABLED_SET;
		ddm_interface_set(ddm, some_id(actor), &request);
		break;
	case 2:
		request.set = DDM_INTERFACE_NAME_SET;
		ddm_interface_set(ddm, some_id(actor), &request);
		break;
	default:
		ddm_interface_new(ddm, &request, NULL);
	}
}

static void caller(struct actor *actor)
{
	struct ddm_connect_request request = {
		.size = sizeof(request),
		.timeout = 1 + chance(actor, 20),
		.event_fd = event_fd(),
	};

	if (chance(actor, 3))
		ddm_interface_connect(actor->w.ddm, some_id(actor), &request,
				      NULL);
	else
		ddm_interface_disconnect(actor->w.ddm, some_id(actor));
	close(request.event_fd);
}

static int answer(const struct ddm_dial *dial, void *data)
{
	*(struct ddm_dial *)data = *dial;
	return 0;
}

static void dialer(struct actor *actor)
{
	struct ddm_dial dial = { 0 };
	struct ddm *ddm = actor->w.ddm;

	if (ddm_dialer_bind(ddm, 5))
		return;
	readable(ddm_dialer_fd(ddm), 2);
	if (ddm_dialer_read(ddm, answer, &dial) > 0 && dial.request)
		ddm_dial_result(ddm, dial.request, chance(actor, 2) * 691,
				chance(actor, 2) ? some_name(actor) : NULL);
	if (!chance(actor, 4))
		ddm_dialer_unbind(ddm, 0);
}

static void listener(struct actor *unused)
{
	int fd = event_fd();
	struct ddm *ddm;

	(void)unused; /* a handle of its own is what this is about */
	if (!ddm_open(&ddm)) {
		ddm_listener_register(ddm, fd, 0x7fe, 0);
		readable(fd, 2);
		ddm_close(ddm);
	}
	close(fd);
}

static int read_interface(const struct ddm_interface *interface, void *data)
{
	*(size_t *)data += strlen(interface->name) + strlen(interface->device);
	return 0;
}

static int read_connection(const struct ddm_connection *connection, void *data)
{
	*(size_t *)data += strlen(connection->name);
	return 0;
}

static int read_event(const struct ddm_event *event, void *data)
{
	*(size_t *)data += strlen(event->name);
	return 0;
}

static void reader(struct actor *actor)
{
	struct ddm *ddm = actor->w.ddm;
	size_t total = 0;

	ddm_interface_list(ddm, 1, read_interface, &total, NULL);
	ddm_connection_list(ddm, read_connection, &total);
	ddm_event_list(ddm, 0, 0, 0, read_event, &total);
}

static void *run(void *data)
{
	struct actor *actor = data;

	actor->w.rtnl = rtnl_open();
	if (!actor->w.rtnl || ddm_open(&actor->w.ddm))
		return NULL;
	while (!__atomic_load_n(actor->stop, __ATOMIC_ACQUIRE)) {
		actor->act(actor);
		actor->done++;
	}
	ddm_close(actor->w.ddm);
	rtnl_close(actor->w.rtnl);
	return NULL;
}

struct sum {
	unsigned int interfaces;
	unsigned int connected;
	unsigned int connecting;
	unsigned int wrong;
};

/* What an interface is said to be must agree with its device. */
static int add_up(const struct ddm_interface *interface, void *data)
{
	int ifindex = (int)if_nametoindex(interface->device);
	struct sum *sum = data;

	sum->interfaces++;
	sum->connected += interface->state == DDM_STATE_CONNECTED;
	sum->connecting += interface->state == DDM_STATE_CONNECTING;
	if ((int)interface->ifindex != ifindex) {
		printf("# %s: device %s is %d, not %u\n", interface->name,
		       interface->device, ifindex, interface->ifindex);
		sum->wrong++;
	}
	return 0;
}

/**
 * struct replay - what the events say
 * @next: number that the next must have
 * @gaps: how often it was another
 * @interfaces: how many came and did not go
 * @connections: likewise
 */
struct replay {
	uint64_t next;
	unsigned int gaps;
	int interfaces;
	int connections;
};

static int replay_one(const struct ddm_event *event, void *data)
{
	struct replay *replay = data;

	replay->gaps += event->sequence != replay->next;
	replay->next = event->sequence + 1;
	replay->interfaces += event->type == DDM_EVENT_TYPE_INTERFACE_NEW;
	replay->interfaces -= event->type == DDM_EVENT_TYPE_INTERFACE_DEL;
	replay->connections += event->type == DDM_EVENT_TYPE_CONNECTED;
	replay->connections -= event->type == DDM_EVENT_TYPE_DISCONNECTED;
	return 0;
}

TEST_F_TIMEOUT(race, everything_at_once_ends_in_a_consistent_state, 120)
{
	void (*const acts[])(struct actor *) = {
		device, device,	  operator, caller, caller,
		dialer, listener, reader,
	};
	struct actor actors[ARRAY_SIZE(acts)] = { 0 };
	pthread_t threads[ARRAY_SIZE(acts)];
	const struct ddm_service *service;
	struct ddm_monitor *monitor;
	struct replay replay = { .next = 1 };
	struct world *w = &self->w;
	struct sum sum = { 0 };
	bool stop = false;
	int64_t end;
	unsigned int i;
	int ret;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, 0));
	for (i = 0; i < ARRAY_SIZE(acts); i++) {
		actors[i] = (struct actor){
			.act = acts[i],
			.stop = &stop,
			.seed = 20261121 + i,
		};
		ASSERT_EQ(0,
			  pthread_create(&threads[i], NULL, run, &actors[i]));
	}
	end = now_ms() + SECONDS * 1000;
	while (now_ms() < end) {
		readable(ddm_monitor_fd(monitor), 100);
		ret = ddm_monitor_read(monitor, replay_one, &replay);
		ASSERT_LE(0, ret);
	}
	__atomic_store_n(&stop, true, __ATOMIC_RELEASE);
	for (i = 0; i < ARRAY_SIZE(acts); i++) {
		pthread_join(threads[i], NULL);
		EXPECT_LT(0, actors[i].done);
	}

	/* attempts are over by their time limits, of 20 ms at the most */
	end = now_ms() + PATIENCE;
	do {
		memset(&sum, 0, sizeof(sum));
		ASSERT_ERR(0,
			   ddm_interface_list(w->ddm, 1, add_up, &sum, NULL));
	} while (sum.connecting && now_ms() < end);
	EXPECT_EQ(0, sum.connecting);
	EXPECT_EQ(0, sum.wrong);
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(sum.interfaces, service->interfaces);
	EXPECT_EQ(sum.connected, service->connections);
	EXPECT_EQ(0, service->listeners);
	EXPECT_EQ(0, service->dialer);

	while (readable(ddm_monitor_fd(monitor), 0)) {
		ret = ddm_monitor_read(monitor, replay_one, &replay);
		ASSERT_LE(0, ret);
	}
	EXPECT_EQ(0, replay.gaps);
	EXPECT_EQ(head(w) + 1, replay.next);
	EXPECT_EQ((int)sum.interfaces, replay.interfaces);
	EXPECT_EQ((int)sum.connected, replay.connections);
	TH_LOG("%llu events", (unsigned long long)replay.next - 1);
	ddm_monitor_close(monitor);
}

/* -------------------------------------------------- two delete the same -- */

/**
 * struct rival - one of who deletes, and who keeps RTNL busy meanwhile
 * @device: of the latter
 * @stop: end it
 * @pause: how long the former sleep in between: microseconds
 * @late: how many found the interface and then found it deleted
 * @silent: how many of them were not told so
 */
struct rival {
	int device;
	bool *stop;
	unsigned int *pause;
	unsigned int late;
	unsigned int silent;
};

static void *delete_by_name(void *data)
{
	struct raw *raw = raw_open(0);
	struct rival *rival = data;
	struct nlmsghdr *nlh;
	unsigned int pause;

	while (raw && !__atomic_load_n(rival->stop, __ATOMIC_ACQUIRE)) {
		pause = __atomic_load_n(rival->pause, __ATOMIC_RELAXED);
		if (pause)
			usleep(pause);
		nlh = raw_begin(raw, DDM_CMD_INTERFACE_DEL);
		mnl_attr_put_strz(nlh, DDM_A_INTERFACE_NAME, "both");
		if (raw_do(raw, nlh) != -ESTALE)
			continue;
		rival->silent +=
			!!strcmp("there is no such interface", raw->message);
		__atomic_add_fetch(&rival->late, 1, __ATOMIC_RELEASE);
	}
	raw_close(raw);
	return NULL;
}

static void *hold_rtnl(void *data)
{
	struct rtnl *rtnl = rtnl_open();
	struct rival *rival = data;

	while (rtnl && !__atomic_load_n(rival->stop, __ATOMIC_ACQUIRE)) {
		netdev_up(rtnl, rival->device);
		netdev_down(rtnl, rival->device);
	}
	rtnl_close(rtnl);
	return NULL;
}

static unsigned int late(const struct rival *rivals)
{
	return __atomic_load_n(&rivals[0].late, __ATOMIC_ACQUIRE) +
	       __atomic_load_n(&rivals[1].late, __ATOMIC_ACQUIRE);
}

/* Where they are never late at one pace they are made to try another. */
static void make_until_late(struct world *w, const struct rival *rivals,
			    unsigned int *pause)
{
	static const unsigned int pauses[] = { 0, 100, 1000, 10000 };
	int64_t end;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pauses) && !late(rivals); i++) {
		__atomic_store_n(pause, pauses[i], __ATOMIC_RELAXED);
		end = now_ms() + PATIENCE / 2;
		do {
			make_named(w, "both");
		} while (!late(rivals) && now_ms() < end);
	}
}

TEST_F_TIMEOUT(race, who_deletes_too_late_is_told_why, 60)
{
	struct world *w = &self->w;
	bool stop = false;
	unsigned int pause = 0;
	struct rival rivals[3] = { { .stop = &stop, .pause = &pause },
				   { .stop = &stop, .pause = &pause },
				   { .stop = &stop } };
	pthread_t threads[3];
	unsigned int i;

	rivals[2].device = netdev_add(w->rtnl, "eth7", "dummy");
	ASSERT_LT(0, rivals[2].device);
	for (i = 0; i < 3; i++)
		ASSERT_EQ(0, pthread_create(&threads[i], NULL,
					    i < 2 ? delete_by_name : hold_rtnl,
					    &rivals[i]));
	make_until_late(w, rivals, &pause);
	__atomic_store_n(&stop, true, __ATOMIC_RELEASE);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	if (late(rivals))
		TH_LOG("%u were late at a pause of %u us", late(rivals), pause);
	else
		TH_LOG("nobody was ever late, so nobody had to be told");
	EXPECT_EQ(0, rivals[0].silent + rivals[1].silent);
}

WORLD_MAIN
