// SPDX-License-Identifier: GPL-2.0-only
/* libddm against a kernel that answers anything: every call, and the monitor. */
#include <errno.h>
#include <sanitizer/asan_interface.h>

#include "../../../lib/ddm/internal.h"
#include "fake.h"

/* Every text that a caller is given ends, and every byte of it may be read. */
static size_t sum;

static void use(const char *text)
{
	if (text)
		sum += strlen(text);
}

static int take_interface(const struct ddm_interface *one, void *data)
{
	(void)data;
	use(one->name);
	use(one->device);
	use(one->kind);
	use(one->settings);
	return 0;
}

static int take_connection(const struct ddm_connection *one, void *data)
{
	(void)data;
	use(one->name);
	use(one->device);
	return 0;
}

static int take_link(const struct ddm_link *one, void *data)
{
	(void)data;
	use(one->port);
	use(one->user);
	use(one->peer);
	use(one->media);
	return 0;
}

static int take_rule(const struct ddm_rule *one, void *data)
{
	(void)data;
	use(one->kind);
	use(one->device);
	return 0;
}

static int take_event(const struct ddm_event *one, void *data)
{
	(void)data;
	use(one->name);
	return 0;
}

static int take_dial(const struct ddm_dial *one, void *data)
{
	(void)data;
	use(one->name);
	use(one->device);
	use(one->settings);
	return 0;
}

static void one_interface(struct ddm *ddm)
{
	const struct ddm_interface *one;

	if (!ddm_interface_get(ddm, 1, &one))
		take_interface(one, NULL);
	if (!ddm_interface_find(ddm, "a", &one))
		take_interface(one, NULL);
}

static void new_interface(struct ddm *ddm)
{
	const struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET,
		.name = "a",
	};
	const struct ddm_interface *one;

	if (!ddm_interface_new(ddm, &request, &one))
		take_interface(one, NULL);
	ddm_interface_del(ddm, 1);
}

static void interfaces(struct ddm *ddm)
{
	uint64_t sequence;

	ddm_interface_list(ddm, 1, take_interface, NULL, &sequence);
	ddm_interface_list(ddm, 0, take_interface, NULL, NULL);
}

static void connect_interface(struct ddm *ddm)
{
	uint32_t error;

	ddm_interface_connect_wait(ddm, 1, 10, &error);
}

static void one_connection(struct ddm *ddm)
{
	const struct ddm_connection *one;

	if (!ddm_connection_get(ddm, 1, &one))
		take_connection(one, NULL);
}

static void connections(struct ddm *ddm)
{
	ddm_connection_list(ddm, take_connection, NULL);
}

static void links(struct ddm *ddm)
{
	const struct ddm_link *one;

	if (!ddm_link_get(ddm, 1, &one))
		take_link(one, NULL);
	ddm_link_list(ddm, take_link, NULL);
}

static void rules(struct ddm *ddm)
{
	const struct ddm_rule rule = { .size = sizeof(rule), .type = -1 };
	uint32_t preference;

	ddm_rule_list(ddm, take_rule, NULL);
	ddm_rule_new(ddm, &rule, &preference);
}

static void events(struct ddm *ddm)
{
	ddm_event_list(ddm, 0, 0, DDM_EVENT_MASK_ALL, take_event, NULL);
}

static void service(struct ddm *ddm)
{
	const struct ddm_service *one;

	ddm_service_get(ddm, &one);
}

static void dialer(struct ddm *ddm)
{
	int i;

	ddm_dialer_bind(ddm, 0);
	for (i = 0; i < 3; i++)
		ddm_dialer_read(ddm, take_dial, NULL);
	ddm_dial_result(ddm, 1, 0, "a");
	ddm_dialer_unbind(ddm, 0);
}

static void listener(struct ddm *ddm)
{
	ddm_listener_register(ddm, 0, 0, 0);
	ddm_listener_deregister(ddm, 0);
}

static void open_one(struct ddm *ddm)
{
	struct ddm *other;

	(void)ddm;
	if (!ddm_open(&other))
		ddm_close(other);
}

static void monitor(struct ddm *ddm)
{
	struct ddm_monitor *monitor;
	uint64_t before;
	int i, told;

	(void)ddm;
	if (ddm_monitor_open(&monitor, take_byte(&fake_input)))
		return;
	for (i = 0; i < 4; i++) {
		before = ddm_monitor_sequence(monitor);
		told = ddm_monitor_read(monitor, take_event, NULL);
		/* nothing told, nothing moved on, unless numbers begin anew */
		PROMISE(told || ddm_monitor_sequence(monitor) == before ||
			!ddm_monitor_sequence(monitor));
		use(ddm_monitor_error(monitor));
	}
	ddm_monitor_close(monitor);
}

static void (*const calls[])(struct ddm *ddm) = {
	one_interface,	new_interface, interfaces, connect_interface,
	one_connection, connections,   links,	   rules,
	events,		service,       dialer,	   listener,
	open_one,	monitor,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct input input = { data, size };
	struct ddm *ddm = fake_handle();
	unsigned int left = 4;

	fake_begin(&input);
	while (fake_input.left && left--) {
		calls[take_byte(&fake_input) % DDM_ARRAY_SIZE(calls)](ddm);
		use(ddm_error(ddm));
	}
	ASAN_UNPOISON_MEMORY_REGION(ddm->receive, DDM_RECEIVE_SIZE);
	ddm_close(ddm);
	return 0;
}
