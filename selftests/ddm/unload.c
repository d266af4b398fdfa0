// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module is taken away from programs that use it, and comes back. Nothing
 * of it may stay, and who waited must learn of it. Started by unload.sh alone.
 */
#include <pthread.h>
#include <sys/wait.h>

#include "load.h"
#include "log.h"
#include "raw.h"
#include "world.h"

#define ROUNDS 20
#define DEVICES 8
#define INTERFACES 2000 /* more than a dump tells in two pieces */

/* ------------------------------------------------------------- the tests -- */

FIXTURE(unload)
{
	struct world w;
	int device;
	int log;
};

FIXTURE_SETUP(unload)
{
	if (!loaded()) {
		ASSERT_ERR(0, load());
	}
	self->log = log_open();
	ASSERT_LE(0, self->log);
	ASSERT_ERR(0, world_enter(&self->w));
	self->device = netdev_add(self->w.rtnl, "wan", "dummy");
	ASSERT_LT(0, self->device);
}

FIXTURE_TEARDOWN(unload)
{
	world_leave(&self->w);
	if (!loaded()) {
		EXPECT_ERR(0, load());
	}
	EXPECT_STREQ("", log_trouble(self->log));
	close(self->log);
}

TEST_F(unload, listeners_are_woken_and_the_next_call_says_why)
{
	int all = event_fd(), one = event_fd(), foreign = event_fd();
	const struct ddm_service *service;
	struct world *w = &self->w;
	struct ddm *second;
	uint32_t id = make_named(w, "wan");

	ASSERT_NE(0, id);
	ASSERT_ERR(0, ddm_open(&second));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, all, 0, 0));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, one, 0, id));
	ASSERT_ERR(0, ddm_listener_register(second, foreign, 0, 0));
	ASSERT_ERR(0, unload());
	EXPECT_EQ(1, counted(all));
	EXPECT_EQ(1, counted(one));
	EXPECT_EQ(1, counted(foreign));
	EXPECT_ERR(-EUNATCH, ddm_service_get(w->ddm, &service));
	EXPECT_ERR(-EUNATCH, ddm_service_get(second, &service));
	/* to ask a module that is gone does not load it */
	EXPECT_FALSE(loaded());
	/* its eventfds are nobody's now, and devices have nobody to tell */
	ASSERT_ERR(0, netdev_up(w->rtnl, self->device));
	EXPECT_EQ(0, counted(all));
	ddm_close(second);
}

TEST_F(unload, device_is_left_as_it_is)
{
	const struct ddm_interface *interface;
	struct world *w = &self->w;
	struct ddm *fresh;

	ASSERT_NE(0, make_named(w, "wan"));
	ASSERT_ERR(0,
		   ddm_interface_connect(w->ddm, id_of(w, "wan"), NULL, NULL));
	ASSERT_ERR(0, unload());
	ASSERT_ERR(0, load());
	/* what was made is forgotten, but the device is still up */
	ASSERT_ERR(0, ddm_open(&fresh));
	EXPECT_ERR(-ENOENT, ddm_interface_find(fresh, "wan", &interface));
	ddm_close(w->ddm);
	w->ddm = fresh;
	ASSERT_NE(0, make_named(w, "wan"));
	EXPECT_STREQ("connected", state_named(w, "wan"));
}

static int count_one(const struct nlmsghdr *nlh, void *data)
{
	(void)nlh;
	++*(unsigned int *)data;
	return 0;
}

TEST_F(unload, half_read_dump_keeps_the_module_until_its_socket_is_closed)
{
	struct raw *raw = raw_open(0);
	unsigned int messages = 0;
	struct nlmsghdr *nlh;
	char name[16];
	int i;

	ASSERT_NE(NULL, raw);
	for (i = 0; i < INTERFACES; i++) {
		snprintf(name, sizeof(name), "Zweig %d", i);
		ASSERT_NE(0, make_named(&self->w, name));
	}
	nlh = raw_begin(raw, DDM_CMD_INTERFACE_GET);
	ASSERT_ERR(0, raw_send(raw, nlh, NLM_F_DUMP));
	ASSERT_EQ(0, raw_receive(raw, count_one, &messages));
	EXPECT_LT(0, messages);
	EXPECT_GT(INTERFACES, messages);

	for (i = 0; i < 3; i++) {
		EXPECT_ERR(-EAGAIN, take_away());
		usleep(10000);
	}
	EXPECT_TRUE(loaded());
	/* refused, and nothing else: it works on */
	EXPECT_STREQ("disconnected", state_named(&self->w, "Zweig 7"));
	raw_close(raw);
	EXPECT_ERR(0, unload());
	EXPECT_FALSE(loaded());
}

TEST_F(unload, dump_read_to_its_end_does_not_keep_the_module)
{
	struct raw *raw = raw_open(0);
	unsigned int messages = 0;
	char name[16];
	int i;

	ASSERT_NE(NULL, raw);
	for (i = 0; i < INTERFACES; i++) {
		snprintf(name, sizeof(name), "Zweig %d", i);
		ASSERT_NE(0, make_named(&self->w, name));
	}
	ASSERT_ERR(0, raw_dump(raw, raw_begin(raw, DDM_CMD_INTERFACE_GET),
			       count_one, &messages));
	EXPECT_EQ(INTERFACES, messages);
	EXPECT_ERR(0, unload());
	raw_close(raw);
}

/* The first by the device itself, which has no carrier; the second by a dialer */
TEST_F(unload, attempts_end_and_their_waiters_are_woken)
{
	struct ddm_connect_request request = { .size = sizeof(request) };
	int tun = netdev_tun("tun7", true), by_link = event_fd(),
	    by_agent = event_fd();
	const struct ddm_service *service;
	struct world *w = &self->w;
	struct ddm *dialer;
	uint32_t id, agent;

	ASSERT_LE(0, tun);
	close(tun);
	ASSERT_ERR(0, ddm_open(&dialer));
	ASSERT_ERR(0, ddm_dialer_bind(dialer, 0));
	id = make_named(w, "tun7");
	agent = make_named(w, "office");
	request.event_fd = by_link;
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, id, &request, NULL));
	request.event_fd = by_agent;
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, agent, &request, NULL));
	EXPECT_STREQ("connecting", state_of(w, id));
	EXPECT_STREQ("connecting", state_of(w, agent));
	ASSERT_ERR(0, unload());
	EXPECT_EQ(1, counted(by_link));
	EXPECT_EQ(1, counted(by_agent));
	EXPECT_ERR(-EUNATCH, ddm_service_get(w->ddm, &service));
	ddm_close(dialer);
}

struct call {
	struct ddm *ddm;
	uint32_t id;
	int err;
};

static void *wait_for_it(void *data)
{
	struct call *call = data;

	call->err = ddm_interface_connect_wait(call->ddm, call->id, 0, NULL);
	return NULL;
}

TEST_F(unload, waiting_call_returns)
{
	int tun = netdev_tun("tun7", true);
	struct world *w = &self->w;
	struct call call = { 0 };
	pthread_t thread;

	ASSERT_LE(0, tun);
	close(tun);
	call.id = make_named(w, "tun7");
	ASSERT_ERR(0, ddm_open(&call.ddm));
	ASSERT_EQ(0, pthread_create(&thread, NULL, wait_for_it, &call));
	EXPECT_STREQ("connecting", wait_state(w, call.id, "connecting"));
	ASSERT_ERR(0, unload());
	ASSERT_EQ(0, pthread_join(thread, NULL));
	EXPECT_ERR(-EUNATCH, call.err);
	ddm_close(call.ddm);
}

/* ------------------------------------------- again and again, in traffic -- */

struct flapper {
	int devices[DEVICES];
	unsigned int rounds;
	int err;
	bool stop;
};

/* Devices go up and down, and one comes and goes, by a socket of its own. */
static void *flap(void *data)
{
	struct rtnl *rtnl = rtnl_open();
	struct flapper *flapper = data;
	unsigned int n;
	int device, err = rtnl ? 0 : -ENOMEM;

	for (n = 0; !err && !__atomic_load_n(&flapper->stop, __ATOMIC_ACQUIRE);
	     n++) {
		device = flapper->devices[n % DEVICES];
		err = n / DEVICES & 1 ? netdev_down(rtnl, device) :
					netdev_up(rtnl, device);
		if (err || n % DEVICES)
			continue;
		device = netdev_add(rtnl, "coming", "dummy");
		err = device < 0 ? device : netdev_del(rtnl, device);
		__atomic_add_fetch(&flapper->rounds, 1, __ATOMIC_RELEASE);
	}
	flapper->err = err;
	rtnl_close(rtnl);
	return NULL;
}

static unsigned int rounds(struct flapper *flapper)
{
	return __atomic_load_n(&flapper->rounds, __ATOMIC_ACQUIRE);
}

/* Until all devices have changed, however slow the machine is */
static bool wait_round(struct flapper *flapper)
{
	unsigned int before = rounds(flapper);
	int64_t end = now_ms() + PATIENCE;

	while (rounds(flapper) < before + 2 && now_ms() < end)
		usleep(1000);
	return rounds(flapper) >= before + 2;
}

static int track_all(struct ddm *ddm)
{
	struct ddm_rule rule = {
		.size = sizeof(rule),
		.action = DDM_RULE_ACTION_TRACK,
		.type = -1,
	};

	return ddm_rule_new(ddm, &rule, NULL);
}

TEST_F_TIMEOUT(unload, twenty_loads_and_unloads_while_devices_go_up_and_down,
	       240)
{
	struct flapper flapper = { .rounds = 0 };
	const struct ddm_service *service;
	uint64_t before;
	pthread_t thread;
	struct ddm *ddm;
	char name[16];
	int i, fd;

	for (i = 0; i < DEVICES; i++) {
		snprintf(name, sizeof(name), "d%d", i);
		flapper.devices[i] = netdev_add(self->w.rtnl, name, "dummy");
		ASSERT_LT(0, flapper.devices[i]);
	}
	ASSERT_ERR(0, unload());
	ASSERT_EQ(0, pthread_create(&thread, NULL, flap, &flapper));
	for (i = 0; i < ROUNDS; i++) {
		ASSERT_ERR(0, load());
		ASSERT_ERR(0, ddm_open(&ddm));
		fd = event_fd();
		ASSERT_ERR(0, track_all(ddm));
		ASSERT_ERR(0, ddm_listener_register(ddm, fd, 0, 0));
		ASSERT_ERR(0, ddm_service_get(ddm, &service));
		before = service->sequence;
		ASSERT_TRUE(wait_round(&flapper));
		ASSERT_ERR(0, ddm_service_get(ddm, &service));
		EXPECT_LE(before + DEVICES, service->sequence);
		/* without giving anything back */
		ASSERT_ERR(0, unload());
		EXPECT_LT(0, counted(fd));
		ddm_close(ddm);
		close(fd);
	}
	__atomic_store_n(&flapper.stop, true, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);
	EXPECT_ERR(0, flapper.err);
	TH_LOG("%u rounds of %d devices", rounds(&flapper), DEVICES);
}

/* ------------------------------------------------------- what is left -- */

/* "" if no cache of the allocator bears the name, where it was found if so */
static const char *cache_left(const char *name)
{
	static char text[256];
	FILE *file;

	snprintf(text, sizeof(text), "/sys/kernel/slab/%s", name);
	if (!access(text, F_OK))
		return text;
	file = fopen("/proc/slabinfo", "re");
	while (file && fgets(text, sizeof(text), file)) {
		if (strncmp(text, name, strlen(name)))
			continue;
		fclose(file);
		return text;
	}
	if (file)
		fclose(file);
	return "";
}

TEST_F(unload, no_cache_of_the_allocator_is_left)
{
	int64_t end = now_ms() + PATIENCE;
	uint32_t id = make_named(&self->w, "wan");

	ASSERT_NE(0, id);
	/* it would be seen if it were there */
	EXPECT_STRNE("", cache_left("ddm_interface"));
	ASSERT_ERR(0, ddm_interface_del(self->w.ddm, id));
	ASSERT_ERR(0, unload());
	/* the allocator takes its directory away by a worker of its own */
	while (*cache_left("ddm_interface") && now_ms() < end)
		usleep(10000);
	EXPECT_STREQ("", cache_left("ddm_interface"));
}

TEST_F(unload, nothing_with_its_name_is_left)
{
	static const char *const places[] = {
		"/sys/module/ddm",
		"/sys/kernel/tracing/events/ddm",
		"/sys/kernel/debug/tracing/events/ddm",
	};
	size_t i;

	ASSERT_ERR(0, unload());
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		EXPECT_NE(0, access(places[i], F_OK))
		{
			TH_LOG("%s is left", places[i]);
		}
	}
}

TEST_F(unload, asking_for_the_family_loads_the_module)
{
	struct raw *raw;

	/* only where modprobe knows it; it says nothing of which one it is */
	if (system("modprobe -qn net-pf-16-proto-16-family-ddm"))
		SKIP(return, "modprobe does not find the module by its family");
	ASSERT_ERR(0, unload());
	EXPECT_FALSE(loaded());
	raw = raw_open(0);
	EXPECT_NE(NULL, raw);
	EXPECT_TRUE(loaded());
	if (raw) {
		EXPECT_ERR(0, raw_do(raw, raw_begin(raw, DDM_CMD_SERVICE_GET)));
	}
	raw_close(raw);
}

WORLD_MAIN
