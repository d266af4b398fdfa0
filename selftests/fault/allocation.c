// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every allocation fails once: for each request and each thing that devices do,
 * the first allocation that the module makes, then the second, and so on until
 * nothing is left to fail. A request that fails says so and has changed nothing.
 */
#include <net/if_arp.h>
#include <sys/syscall.h>

#include "fault.h"
#include "raw.h"
#include "world.h"

#define TRIES 500 /* no step allocates as often */

/*
 * What the tables come to is 156 and 45, and more where the modules of other
 * tests give every namespace devices. Much less would mean that what the module
 * asks for is not counted any more. With kmemleak it is twice as much, which
 * takes note of each allocation in one of its own.
 */
#define LEAST_OF_REQUESTS 125
#define LEAST_OF_EVENTS 35

#define LINES 100

/* What there is, line by line in alphabetical order, and how much was told */
struct picture {
	char lines[LINES][160];
	size_t count;
	uint64_t head;
	uint32_t dropped;
};

struct scene {
	struct world w;
	struct ddm_monitor *monitor; /* makes the module allocate for events */
	struct raw *raw; /* for what libddm asks otherwise */
	int home; /* this namespace */
	int away; /* another one, for moves */
	int ppp;
	int tun; /* what owns a device that may be of any type */
	int fd; /* an eventfd */
	int tunnel; /* device indices */
	int cable;
	int modem;
	uint32_t line; /* interfaces: bound to the cable, */
	uint32_t call; /* dialled by an agent */
	uint32_t wg; /* dynamic */
	uint32_t link;
	uint64_t connection; /* of the line, while it has one */
	uint32_t made; /* by the step */
	uint32_t request;
};

/**
 * struct step - something that is tried with each of its allocations failing
 * @name: what it is
 * @prepare: what must have happened before, or NULL
 * @act: the step; 0 or a negative errno
 * @undo: brings back what was before @prepare
 * @later: what makes up for a name that could not follow its device's
 * @least: how many allocations it makes at the least
 */
struct step {
	const char *name;
	int (*prepare)(struct scene *scene);
	int (*act)(struct scene *scene);
	int (*undo)(struct scene *scene);
	int (*later)(struct scene *scene);
	unsigned int least;
};

/* ------------------------------------------------------------- pictures -- */

static void __attribute__((format(printf, 2, 3)))
draw(struct picture *picture, const char *format, ...)
{
	va_list list;

	if (picture->count == LINES)
		return;
	va_start(list, format);
	vsnprintf(picture->lines[picture->count++], sizeof(picture->lines[0]),
		  format, list);
	va_end(list);
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int draw_interface(const struct ddm_interface *interface, void *data)
{
	draw(data, "%s: %s type %u method %u device %s%s %s%s%s error %u",
	     interface->name, state_text(interface), interface->type,
	     interface->method, interface->device,
	     interface->ifindex ? " there" : "",
	     interface->enabled ? "" : "disabled ",
	     interface->dynamic ? "dynamic " : "", interface->settings,
	     interface->last_error);
	return 0;
}

static int draw_connection(const struct ddm_connection *connection, void *data)
{
	draw(data, "connection of %s links %u", connection->name,
	     connection->links);
	return 0;
}

static int draw_link(const struct ddm_link *link, void *data)
{
	draw(data, "link %s state %u user %s peer %s speed %u", link->port,
	     link->state, link->user, link->peer, link->speed);
	return 0;
}

static int draw_rule(const struct ddm_rule *rule, void *data)
{
	draw(data, "rule %u %u %d %s %s", rule->preference, rule->action,
	     rule->type, rule->kind, rule->device);
	return 0;
}

static int take_picture(struct scene *scene, struct picture *picture)
{
	const struct ddm_service *service;
	struct ddm *ddm = scene->w.ddm;
	int err;

	memset(picture, 0, sizeof(*picture));
	err = ddm_service_get(ddm, &service);
	if (err)
		return err;
	picture->head = service->sequence;
	picture->dropped = service->dropped;
	draw(picture,
	     "service %u interfaces %u connections %u links %u listeners %u "
	     "dialer %d limits %u %u %u",
	     service->state, service->interfaces, service->connections,
	     service->links, service->listeners, service->dialer != 0,
	     service->max_interfaces, service->max_listeners,
	     service->max_socket_listeners);
	err = ddm_interface_list(ddm, 1, draw_interface, picture, NULL)	 ?:
		      ddm_connection_list(ddm, draw_connection, picture) ?:
		      ddm_link_list(ddm, draw_link, picture)		 ?:
		      ddm_rule_list(ddm, draw_rule, picture);
	qsort(picture->lines, picture->count, sizeof(picture->lines[0]),
	      compare);
	return err;
}

/* ---------------------------------------------------------------- steps -- */

/* Lets the module look at a device anew */
static int mend(struct scene *scene)
{
	return netdev_rename(scene->w.rtnl, scene->tunnel, "mended0") ?:
		       netdev_rename(scene->w.rtnl, scene->tunnel, "wg0");
}

static int nothing(const void *unused, void *data)
{
	(void)unused;
	(void)data;
	return 0;
}

static int get_service(struct scene *scene)
{
	const struct ddm_service *service;

	return ddm_service_get(scene->w.ddm, &service);
}

static int pause_service(struct scene *scene)
{
	return set_service(&scene->w, DDM_SERVICE_STATE_PAUSED);
}

static int run_service(struct scene *scene)
{
	return set_service(&scene->w, DDM_SERVICE_STATE_RUNNING);
}

static int get_interface(struct scene *scene)
{
	const struct ddm_interface *interface;

	return ddm_interface_get(scene->w.ddm, scene->line, &interface);
}

static int list_interfaces(struct scene *scene)
{
	return ddm_interface_list(scene->w.ddm, 1, (ddm_interface_fn *)nothing,
				  NULL, NULL);
}

static int make_lasting(struct scene *scene, const char *name,
			const char *device, const char *settings)
{
	const struct ddm_interface *interface;
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_DEVICE_SET |
		       DDM_INTERFACE_SETTINGS_SET,
		.name = name,
		.device = device,
		.settings = settings,
	};
	int err = ddm_interface_new(scene->w.ddm, &request, &interface);

	if (!err)
		scene->made = interface->id;
	return err;
}

static int new_interface(struct scene *scene)
{
	return make_lasting(scene, "Made", "made0", "number=5550100");
}

static int del_made(struct scene *scene)
{
	return ddm_interface_del(scene->w.ddm, scene->made);
}

static int keep_dynamic(struct scene *scene)
{
	return make_lasting(scene, "Tunnel", "wg0", "kept");
}

static int change_interface(struct scene *scene, const char *name,
			    const char *device, const char *settings,
			    int enabled)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_DEVICE_SET |
		       DDM_INTERFACE_SETTINGS_SET | DDM_INTERFACE_ENABLED_SET,
		.name = name,
		.device = device,
		.settings = settings,
		.enabled = enabled,
	};

	return ddm_interface_set(scene->w.ddm, scene->line, &request);
}

static int set_interface(struct scene *scene)
{
	return change_interface(scene, "Other", "other0", "changed", 0);
}

static int reset_interface(struct scene *scene)
{
	return change_interface(scene, "Line", "cable0", "", 1);
}

/* To a device that is there and has a dynamic interface */
static int set_device(struct scene *scene)
{
	return change_interface(scene, "Line", "wg0", "", 1);
}

static int del_interface(struct scene *scene)
{
	return ddm_interface_del(scene->w.ddm, scene->line);
}

static int new_line(struct scene *scene)
{
	struct ddm_interface_request request = { .name = "Line",
						 .set = DDM_INTERFACE_DEVICE_SET,
						 .device = "cable0" };
	int err;

	scene->line = make(&scene->w, &request, &err);
	return err;
}

static int connect_it(struct scene *scene, uint32_t id)
{
	struct ddm_connect_request request = {
		.size = sizeof(request),
		.timeout = 3600000,
		.event_fd = scene->fd,
	};

	return ddm_interface_connect(scene->w.ddm, id, &request, NULL);
}

static int connect_link(struct scene *scene)
{
	return connect_it(scene, scene->line);
}

static int disconnect_link(struct scene *scene)
{
	return ddm_interface_disconnect(scene->w.ddm, scene->line);
}

static int connect_agent(struct scene *scene)
{
	return connect_it(scene, scene->call);
}

static int disconnect_agent(struct scene *scene)
{
	return ddm_interface_disconnect(scene->w.ddm, scene->call);
}

static int read_request(const struct ddm_dial *dial, void *data)
{
	if (!dial->hangup)
		*(uint32_t *)data = dial->request;
	return 0;
}

/* Takes what the dialer was sent, so that its socket does not fill up */
static int drain(struct scene *scene)
{
	int ret = ddm_dialer_read(scene->w.ddm, read_request, &scene->request);

	return ret < 0 ? ret : 0;
}

static int connect_and_read(struct scene *scene)
{
	int err = drain(scene) ?: connect_agent(scene);

	return err ?: drain(scene);
}

static int say_device(struct scene *scene)
{
	return ddm_dial_result(scene->w.ddm, scene->request, 0, "wg0");
}

static int say_other_device(struct scene *scene)
{
	return ddm_dial_result(scene->w.ddm, scene->request, 0, "later0");
}

static int say_error(struct scene *scene)
{
	return ddm_dial_result(scene->w.ddm, scene->request, 691, NULL);
}

/* The attempt has ended or not: both are as before, but for the last error. */
static int forget_attempt(struct scene *scene)
{
	int err = ddm_interface_disconnect(scene->w.ddm, scene->call);

	drain(scene);
	return err == -ENOTCONN ? 0 : err;
}

/* What the dialer lent stays as long as the device has its name. */
static int forget_device(struct scene *scene)
{
	return forget_attempt(scene) ?: mend(scene);
}

static int connect_and_look(struct scene *scene)
{
	const struct ddm_interface *interface;
	int err = connect_link(scene);

	err = err ?: ddm_interface_get(scene->w.ddm, scene->line, &interface);
	if (!err)
		scene->connection = interface->connection;
	return err;
}

static int get_connection(struct scene *scene)
{
	const struct ddm_connection *connection;

	return ddm_connection_get(scene->w.ddm, scene->connection, &connection);
}

static int list_connections(struct scene *scene)
{
	return ddm_connection_list(scene->w.ddm, (ddm_connection_fn *)nothing,
				   NULL);
}

static int clear_connection(struct scene *scene)
{
	const struct ddm_interface *interface;
	int err = ddm_interface_get(scene->w.ddm, scene->line, &interface);

	return err ?: ddm_connection_clear(scene->w.ddm, interface->connection);
}

static int get_link(struct scene *scene)
{
	const struct ddm_link *link;

	return ddm_link_get(scene->w.ddm, scene->link, &link);
}

static int list_links(struct scene *scene)
{
	return ddm_link_list(scene->w.ddm, (ddm_link_fn *)nothing, NULL);
}

static int report_link(struct scene *scene, const char *port, uint32_t *id)
{
	const struct ddm_link *link;
	struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_USER_SET | DDM_LINK_PEER_SET |
		       DDM_LINK_STATE_SET | DDM_LINK_SPEED_SET,
		.user = "alice",
		.peer = "isp",
		.speed = 64000,
		.state = DDM_LINK_STATE_UP,
	};
	int err = ddm_link_report_new(scene->w.ddm, (uint32_t)scene->modem,
				      port, &request, &link);

	if (!err)
		*id = link->id;
	return err;
}

static int new_link(struct scene *scene)
{
	return report_link(scene, "ttyS1", &scene->made);
}

static int del_new_link(struct scene *scene)
{
	return ddm_link_del(scene->w.ddm, scene->made);
}

static int describe_link(struct scene *scene, const char *user, uint32_t state)
{
	struct ddm_link_request request = {
		.size = sizeof(request),
		.set = DDM_LINK_USER_SET | DDM_LINK_PEER_SET |
		       DDM_LINK_STATE_SET | DDM_LINK_SPEED_SET,
		.user = user,
		.peer = "isp",
		.speed = state == DDM_LINK_STATE_UP ? 64000 : 9600,
		.state = state,
	};

	return ddm_link_report_set(scene->w.ddm, scene->link, &request);
}

static int set_link(struct scene *scene)
{
	return describe_link(scene, "bob", DDM_LINK_STATE_DOWN);
}

static int reset_link(struct scene *scene)
{
	return describe_link(scene, "alice", DDM_LINK_STATE_UP);
}

static int del_link(struct scene *scene)
{
	return ddm_link_del(scene->w.ddm, scene->link);
}

static int new_old_link(struct scene *scene)
{
	return report_link(scene, "ttyS0", &scene->link);
}

static int hangup_link(struct scene *scene)
{
	return ddm_link_hangup(scene->w.ddm, scene->link);
}

static int register_listener(struct scene *scene)
{
	return ddm_listener_register(scene->w.ddm, scene->fd, 0, 0);
}

static int deregister_listener(struct scene *scene)
{
	return ddm_listener_deregister(scene->w.ddm, scene->fd);
}

/* Not as libddm asks, which is for records */
static int dump_events(struct scene *scene)
{
	return raw_dump(scene->raw, raw_begin(scene->raw, DDM_CMD_EVENT_GET),
			NULL, NULL);
}

static int list_events(struct scene *scene)
{
	return ddm_event_list(scene->w.ddm, 0, 0, 0, (ddm_event_fn *)nothing,
			      NULL);
}

static int bind_dialer(struct scene *scene)
{
	return ddm_dialer_bind(scene->w.ddm, 0);
}

static int unbind_dialer(struct scene *scene)
{
	return ddm_dialer_unbind(scene->w.ddm, 0);
}

/* One that gives every device an interface, lo and all */
static int new_rule(struct scene *scene)
{
	struct ddm_rule rule = {
		.size = sizeof(rule),
		.preference = 100,
		.action = DDM_RULE_ACTION_TRACK,
		.type = -1,
		.kind = "",
		.device = "",
	};

	return ddm_rule_new(scene->w.ddm, &rule, NULL);
}

static int del_rule(struct scene *scene)
{
	return ddm_rule_del(scene->w.ddm, 100);
}

static int get_rule(struct scene *scene)
{
	struct nlmsghdr *nlh = raw_begin(scene->raw, DDM_CMD_RULE_GET);

	mnl_attr_put_u32(nlh, DDM_A_RULE_PREFERENCE, 100);
	return raw_do(scene->raw, nlh);
}

static int list_rules(struct scene *scene)
{
	return ddm_rule_list(scene->w.ddm, (ddm_rule_fn *)nothing, NULL);
}

/* ---------------------------------------------------------------- events -- */

static int add_device(struct scene *scene)
{
	int ifindex = netdev_add(scene->w.rtnl, "wg1", "wireguard");

	if (ifindex > 0)
		scene->made = (uint32_t)ifindex;
	return ifindex > 0 ? 0 : ifindex;
}

static int del_device(struct scene *scene)
{
	return netdev_del(scene->w.rtnl, (int)scene->made);
}

static int del_cable(struct scene *scene)
{
	return netdev_del(scene->w.rtnl, scene->cable);
}

static int add_cable(struct scene *scene)
{
	scene->cable = netdev_add(scene->w.rtnl, "cable0", "dummy");
	return scene->cable > 0 ? 0 : scene->cable;
}

static int up_tunnel(struct scene *scene)
{
	return netdev_up(scene->w.rtnl, scene->tunnel);
}

static int down_tunnel(struct scene *scene)
{
	return netdev_down(scene->w.rtnl, scene->tunnel);
}

static int up_cable(struct scene *scene)
{
	return netdev_up(scene->w.rtnl, scene->cable);
}

static int down_cable(struct scene *scene)
{
	return netdev_down(scene->w.rtnl, scene->cable);
}

static int lose_carrier(struct scene *scene)
{
	return netdev_carrier_now(scene->w.rtnl, scene->cable, false);
}

static int get_carrier(struct scene *scene)
{
	return netdev_carrier_now(scene->w.rtnl, scene->cable, true);
}

static int up_without_carrier(struct scene *scene)
{
	return up_cable(scene) ?: lose_carrier(scene);
}

static int get_carrier_and_down(struct scene *scene)
{
	return get_carrier(scene) ?: down_cable(scene);
}

static int add_tun(struct scene *scene)
{
	scene->tun = netdev_tun("retyped0", false);
	return scene->tun < 0 ? scene->tun : 0;
}

static int del_tun(struct scene *scene)
{
	return close(scene->tun) ? -errno : 0;
}

/* To one that has an interface by the rules */
static int retype_tun(struct scene *scene)
{
	return netdev_tun_type(scene->tun, ARPHRD_RAWHDLC);
}

static int rename_tunnel(struct scene *scene)
{
	return netdev_rename(scene->w.rtnl, scene->tunnel, "renamed0");
}

static int rename_back(struct scene *scene)
{
	return netdev_rename(scene->w.rtnl, scene->tunnel, "wg0");
}

/* Leaves the name of one interface and takes that of another */
static int rename_over(struct scene *scene)
{
	return netdev_rename(scene->w.rtnl, scene->tunnel, "later0");
}

static int bind_later(struct scene *scene)
{
	struct ddm_interface_request request = { .name = "Later",
						 .set = DDM_INTERFACE_DEVICE_SET,
						 .device = "later0" };
	int err;

	scene->made = make(&scene->w, &request, &err);
	return err;
}

static int unbind_later(struct scene *scene)
{
	return rename_back(scene) ?: del_made(scene);
}

static int move_away(struct scene *scene)
{
	return netdev_move(scene->w.rtnl, scene->tunnel, scene->away);
}

/* By a socket of the other namespace */
static int move_back(struct scene *scene)
{
	struct rtnl *rtnl;
	int err = -ENOMEM;

	if (setns(scene->away, CLONE_NEWNET))
		return -errno;
	rtnl = rtnl_open();
	if (rtnl) {
		err = netdev_move(rtnl, (int)if_nametoindex("wg0"),
				  scene->home);
		rtnl_close(rtnl);
	}
	if (setns(scene->home, CLONE_NEWNET))
		return -errno;
	scene->tunnel = (int)if_nametoindex("wg0");
	return err;
}

static int new_namespace(struct scene *scene)
{
	(void)scene;
	return unshare(CLONE_NEWNET) ? -errno : 0;
}

static int go_home(struct scene *scene)
{
	return setns(scene->home, CLONE_NEWNET) ? -errno : 0;
}

static int up_and_down(struct scene *scene)
{
	return up_tunnel(scene) ?: down_tunnel(scene);
}

#define STEP(n, p, a, u)                                                  \
	{                                                                 \
		.name = n, .prepare = p, .act = a, .undo = u, .least = 1, \
	}

/* Dumps fill buffers that are not the module's; the others only let go. */
#define STEP_OF_NONE(n, p, a, u)                             \
	{                                                    \
		.name = n, .prepare = p, .act = a, .undo = u \
	}

static const struct step requests[] = {
	STEP("service-get", NULL, get_service, NULL),
	STEP("service-set", NULL, pause_service, run_service),
	STEP("interface-get", NULL, get_interface, NULL),
	STEP_OF_NONE("interface-get dump", NULL, list_interfaces, NULL),
	STEP("interface-new", NULL, new_interface, del_made),
	STEP("interface-new, of a dynamic one", NULL, keep_dynamic, del_made),
	STEP("interface-set", NULL, set_interface, reset_interface),
	STEP("interface-set to another's device", NULL, set_device,
	     reset_interface),
	STEP("interface-del", NULL, del_interface, new_line),
	STEP("interface-connect, link", NULL, connect_link, disconnect_link),
	STEP("interface-disconnect, link", connect_link, disconnect_link, NULL),
	STEP("interface-connect, agent", drain, connect_agent, forget_attempt),
	STEP("interface-disconnect, agent", connect_and_read, disconnect_agent,
	     drain),
	STEP("dial-result, device", connect_and_read, say_device,
	     forget_device),
	STEP("dial-result, device to come", connect_and_read, say_other_device,
	     forget_attempt),
	STEP("dial-result, error", connect_and_read, say_error, forget_attempt),
	STEP("connection-get", connect_and_look, get_connection,
	     disconnect_link),
	STEP_OF_NONE("connection-get dump", connect_link, list_connections,
		     disconnect_link),
	STEP("connection-clear", connect_link, clear_connection,
	     disconnect_link),
	STEP("link-get", NULL, get_link, NULL),
	STEP_OF_NONE("link-get dump", NULL, list_links, NULL),
	STEP("link-new", NULL, new_link, del_new_link),
	STEP("link-set", NULL, set_link, reset_link),
	STEP("link-del", NULL, del_link, new_old_link),
	STEP("link-hangup", drain, hangup_link, drain),
	STEP("listener-register", NULL, register_listener, deregister_listener),
	STEP_OF_NONE("listener-deregister", register_listener,
		     deregister_listener, NULL),
	STEP("event-get, records", NULL, list_events, NULL),
	STEP_OF_NONE("event-get dump", NULL, dump_events, NULL),
	STEP("dialer-bind", unbind_dialer, bind_dialer, NULL),
	STEP_OF_NONE("dialer-unbind", NULL, unbind_dialer, bind_dialer),
	STEP("rule-get", new_rule, get_rule, del_rule),
	STEP_OF_NONE("rule-get dump", NULL, list_rules, NULL),
	STEP("rule-new", NULL, new_rule, del_rule),
	STEP("rule-del", new_rule, del_rule, NULL),
};

static const struct step events[] = {
	STEP("device comes", NULL, add_device, del_device),
	STEP("device goes", add_device, del_device, NULL),
	STEP("device of an interface goes", NULL, del_cable, add_cable),
	STEP("device of an interface comes", del_cable, add_cable, NULL),
	STEP("device goes up", NULL, up_tunnel, down_tunnel),
	STEP("device goes down", up_tunnel, down_tunnel, NULL),
	STEP("device loses its carrier", up_cable, lose_carrier,
	     get_carrier_and_down),
	STEP("device gets its carrier", up_without_carrier, get_carrier,
	     down_cable),
	STEP("device changes its type", add_tun, retype_tun, del_tun),
	{ .name = "device is renamed",
	  .act = rename_tunnel,
	  .undo = rename_back,
	  .later = up_and_down,
	  .least = 1 },
	STEP("device takes an interface's name", bind_later, rename_over,
	     unbind_later),
	STEP("device moves away", NULL, move_away, move_back),
	STEP("device moves in", move_away, move_back, NULL),
	STEP("namespace is made", NULL, new_namespace, go_home),
};

/* ------------------------------------------------------------- the tests -- */

FIXTURE(allocation)
{
	struct scene scene;
};

static int open_namespace(void)
{
	return open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
}

static int make_devices(struct scene *scene)
{
	char modem[IFNAMSIZ];
	int unit;

	scene->tunnel = netdev_add(scene->w.rtnl, "wg0", "wireguard");
	if (scene->tunnel < 0)
		return scene->tunnel;
	scene->ppp = netdev_ppp(&unit);
	if (scene->ppp < 0)
		return scene->ppp;
	snprintf(modem, sizeof(modem), "ppp%d", unit);
	scene->modem = (int)if_nametoindex(modem);
	return netdev_up(scene->w.rtnl, scene->modem) ?: add_cable(scene);
}

static int make_interfaces(struct scene *scene)
{
	struct ddm_interface_request call = {
		.name = "Call",
		.set = DDM_INTERFACE_METHOD_SET | DDM_INTERFACE_DEVICE_SET,
		.device = "",
		.method = DDM_METHOD_AGENT,
	};
	int err;

	scene->call = make(&scene->w, &call, &err);
	return err			   ?:
		       new_line(scene)	   ?:
		       new_old_link(scene) ?:
					     bind_dialer(scene);
}

FIXTURE_SETUP(allocation)
{
	struct scene *scene = &self->scene;
	struct fault_range code;

	ASSERT_EQ(0, unshare(CLONE_NEWNET));
	scene->away = open_namespace();
	ASSERT_LE(0, scene->away);
	ASSERT_ERR(0, world_enter(&scene->w));
	scene->home = open_namespace();
	ASSERT_LE(0, scene->home);
	scene->fd = event_fd();
	ASSERT_ERR(0, make_devices(scene));
	ASSERT_ERR(0, make_interfaces(scene));
	ASSERT_ERR(0, ddm_monitor_open(&scene->monitor, 0));
	scene->raw = raw_open(0);
	ASSERT_NE(NULL, scene->raw);
	ASSERT_TRUE(fault_module(&code));
	ASSERT_TRUE(fault_set_up(FAULT_SLAB, &code, NULL));
}

FIXTURE_TEARDOWN(allocation)
{
	fault_arm(0);
	ddm_monitor_close(self->scene.monitor);
	raw_close(self->scene.raw);
	close(self->scene.ppp);
	world_leave(&self->scene.w);
}

/**
 * struct tally - what became of the tries of a step
 * @failed: requests that were refused
 * @absorbed: it was done all the same
 * @dropped: a device was left out, and counted
 */
struct tally {
	unsigned int failed;
	unsigned int absorbed;
	unsigned int dropped;
};

static int undo(struct scene *scene, const struct step *step)
{
	return step->undo ? step->undo(scene) : 0;
}

/* Prints the lines of one picture that the other has not. */
static void tell_more(const char *word, const struct picture *one,
		      const struct picture *other)
{
	size_t i;

	for (i = 0; i < one->count; i++)
		if (!bsearch(one->lines[i], other->lines, other->count,
			     sizeof(other->lines[0]), compare))
			printf("#   %s: %s\n", word, one->lines[i]);
}

static bool same(const char *what, const struct picture *expected,
		 const struct picture *seen)
{
	if (expected->count == seen->count &&
	    !memcmp(expected->lines, seen->lines, sizeof(seen->lines)))
		return true;
	printf("# %s\n", what);
	tell_more("expected", expected, seen);
	tell_more("seen", seen, expected);
	return false;
}

/*
 * One try. Returns whether something failed in it; *ok tells whether all that
 * was promised of it is true.
 */
static bool try(struct scene *scene, const struct step *step, unsigned int nth,
		const struct picture *done, struct tally *tally, bool *ok)
{
	static struct picture before, after, start, end;
	bool hit;
	int err;

	*ok = false;
	if (take_picture(scene, &start))
		return false;
	err = step->prepare ? step->prepare(scene) : 0;
	if (err || take_picture(scene, &before)) {
		printf("# it could not be prepared: %s\n", err_text(err));
		return false;
	}
	if (!fault_arm(nth))
		return false;
	err = step->act(scene);
	hit = fault_disarm();
	if (hit && step->later)
		err = step->later(scene);
	if (take_picture(scene, &after))
		return false;
	*ok = true;
	if (err) {
		if (!hit)
			printf("# nothing failed, and yet: %s\n",
			       err_text(err));
		if (before.head != after.head)
			printf("# it failed, and %llu events are told\n",
			       (unsigned long long)(after.head - before.head));
		*ok = hit && before.head == after.head &&
		      before.dropped == after.dropped &&
		      same("it failed, and changed something", &before, &after);
		tally->failed++;
		err = step->act(scene);
		if (err) {
			printf("# the next try fails, too: %s\n",
			       err_text(err));
			*ok = false;
		}
	} else if (hit && after.dropped > before.dropped) {
		tally->dropped++;
	} else {
		*ok = !done || same("it was done otherwise", done, &after);
		tally->absorbed += hit;
	}
	err = undo(scene, step);
	if (err) {
		printf("# it could not be undone: %s\n", err_text(err));
		*ok = false;
	}
	/* a device that was left out gets an interface with its next name */
	if (after.dropped > before.dropped)
		err = mend(scene);
	if (err || take_picture(scene, &end) ||
	    !same("it was not undone wholly", &start, &end))
		*ok = false;
	return hit;
}

/* What the step leaves behind when nothing fails */
static bool rehearse(struct scene *scene, const struct step *step,
		     struct picture *done)
{
	int err = step->prepare ? step->prepare(scene) : 0;

	err = err ?: step->act(scene);
	err = err ?: take_picture(scene, done);
	err = err ?: undo(scene, step);
	if (err)
		printf("# not even without a failure: %s\n", err_text(err));
	return !err;
}

/* Adds to *failed how many allocations were made to fail. */
static bool try_all(struct scene *scene, const struct step *step,
		    unsigned int *failed)
{
	static struct picture done;
	struct tally tally = { 0 };
	unsigned int nth;
	bool ok = true;

	if (!rehearse(scene, step, &done)) {
		printf("# %s\n", step->name);
		return false;
	}
	for (nth = 1; nth < TRIES; nth++) {
		bool right, hit;

		hit = try(scene, step, nth, &done, &tally, &right);
		if (!right)
			printf("# %s, allocation %u\n", step->name, nth);
		ok = ok && right;
		if (!hit)
			break;
	}
	printf("# %-32s %u allocations: %u refusals, %u did without, %u devices left out\n",
	       step->name, nth - 1, tally.failed, tally.absorbed,
	       tally.dropped);
	*failed += nth - 1;
	if (nth - 1 < step->least)
		printf("# it is known to make %u\n", step->least);
	return ok && nth < TRIES && nth - 1 >= step->least;
}

static unsigned int counted_once(unsigned int failed)
{
	return access("/sys/kernel/debug/kmemleak", F_OK) ? failed : failed / 2;
}

TEST_F_TIMEOUT(allocation, request_fails_wholly_or_is_carried_out, 250)
{
	unsigned int failed = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(requests); i++)
		EXPECT_TRUE(try_all(&self->scene, &requests[i], &failed));
	EXPECT_LT(LEAST_OF_REQUESTS, counted_once(failed));
}

TEST_F_TIMEOUT(allocation, event_of_a_device_is_followed_or_counted, 250)
{
	unsigned int failed = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(events); i++)
		EXPECT_TRUE(try_all(&self->scene, &events[i], &failed));
	EXPECT_LT(LEAST_OF_EVENTS, counted_once(failed));
}

/* The journal is larger than a slab, and made when it is wanted first. */
TEST_F(allocation, nothing_begins_without_a_journal)
{
	const struct ddm_interface *interface;
	const struct ddm_service *service;
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET,
		.name = "Line",
	};
	struct fault_range code;
	struct world w;

	ASSERT_TRUE(fault_module(&code));
	ASSERT_TRUE(fault_set_up(FAULT_PAGES, &code, NULL));
	ASSERT_ERR(0, world_enter(&w));
	ASSERT_TRUE(fault_always(FAULT_PAGES, true));
	EXPECT_ERR(-ENOMEM, ddm_interface_new(w.ddm, &request, &interface));
	EXPECT_ERR(-ENOMEM, set_service(&w, DDM_SERVICE_STATE_PAUSED));
	EXPECT_LT(0, netdev_add(w.rtnl, "wg0", "wireguard"));
	ASSERT_TRUE(fault_always(FAULT_PAGES, false));

	ASSERT_ERR(0, ddm_service_get(w.ddm, &service));
	EXPECT_EQ(0, service->sequence);
	EXPECT_EQ(0, service->interfaces);
	EXPECT_EQ(1, service->dropped);
	EXPECT_EQ(DDM_SERVICE_STATE_RUNNING, service->state);
	EXPECT_ERR(0, ddm_interface_new(w.ddm, &request, &interface));
	world_leave(&w);
}

int main(int argc, char **argv)
{
	int skip = fault_skip();

	setvbuf(stdout, NULL, _IOLBF, 0);
	return skip ? skip : test_harness_run(argc, argv);
}
