// SPDX-License-Identifier: GPL-2.0-only
/* Three handles: requests to dial, events, and what we ask ourselves. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "log.h"
#include "loop.h"

#define AGAIN_MS 1000

static const struct kernel_calls *calls;
static struct ddm *asking, *dialing;
static struct ddm_monitor *monitor;
static struct loop_watch *dial_watch, *event_watch;
static struct loop_timer *again, *soon;
static int last_error;
static uint64_t epoch;
static uint32_t time_limit;

static void try_open(void *data);

static void close_all(void)
{
	loop_watch_remove(&dial_watch);
	loop_watch_remove(&event_watch);
	loop_timer_remove(&soon);
	ddm_monitor_close(monitor);
	ddm_close(dialing);
	ddm_close(asking);
	monitor = NULL;
	dialing = NULL;
	asking = NULL;
}

static void lost(const char *what, int err)
{
	log_warning("%s: %s", what, strerror(-err));
	close_all();
	calls->went();
	loop_timer_set(&again, AGAIN_MS, try_open, NULL);
}

/* A request that waits until the handle that brought it is free again. */
struct waiting {
	struct waiting *next;
	struct ddm_dial dial;
	char text[];
};

static const char *keep_text(char **to, const char *text)
{
	const char *kept = *to;

	*to = stpcpy(*to, text) + 1;
	return kept;
}

static int take_dial(const struct ddm_dial *dial, void *data)
{
	struct waiting ***end = data, *waiting;
	char *to;

	waiting = malloc(sizeof(*waiting) + strlen(dial->name) +
			 strlen(dial->device) + strlen(dial->settings) + 3);
	if (!waiting)
		return 0; /* the module's time limit ends it */
	waiting->next = NULL;
	waiting->dial = *dial;
	to = waiting->text;
	waiting->dial.name = keep_text(&to, dial->name);
	waiting->dial.device = keep_text(&to, dial->device);
	waiting->dial.settings = keep_text(&to, dial->settings);
	**end = waiting;
	*end = &waiting->next;
	return 0;
}

static void read_dials(void *data)
{
	struct waiting *first = NULL, **end = &first, *next;
	int err;

	(void)data;
	if (!dialing)
		return;
	err = ddm_dialer_read(dialing, take_dial, &end);
	if (err == -ENOBUFS)
		log_warning("requests to dial were lost");
	else if (err < 0 && err != -EAGAIN)
		lost("the dialer's place is gone", err);
	for (; first; first = next) {
		next = first->next;
		if (dialing)
			calls->dial(&first->dial);
		free(first);
	}
}

static int take_event(const struct ddm_event *event, void *data)
{
	(void)data;
	calls->event(event);
	return 0;
}

static void read_events(void *data)
{
	int err;

	(void)data;
	err = ddm_monitor_read(monitor, take_event, NULL);
	if (err < 0 && err != -ESHUTDOWN && err != -EAGAIN)
		lost("no more events", err);
}

void kernel_catch_up(void)
{
	if (monitor)
		read_events(NULL);
}

static int read_epoch(void)
{
	const struct ddm_service *service;
	int err = ddm_service_get(asking, &service);

	if (!err)
		epoch = service->epoch;
	return err;
}

static int open_all(void)
{
	int err;

	err = ddm_open(&asking);
	if (!err)
		err = read_epoch();
	if (!err)
		err = ddm_open(&dialing);
	if (!err)
		err = ddm_monitor_open(&monitor, DDM_SINCE_NOW);
	if (!err)
		err = ddm_dialer_bind(dialing, time_limit);
	if (err)
		return err;
	dial_watch = loop_watch_add(ddm_dialer_fd(dialing), read_dials, NULL);
	event_watch =
		loop_watch_add(ddm_monitor_fd(monitor), read_events, NULL);
	return dial_watch && event_watch ? 0 : -ENOMEM;
}

static const char *explain(int err)
{
	switch (err) {
	case -EUNATCH:
		return "the module ddm is not loaded";
	case -EBUSY:
		return "another dialer is bound in this network namespace";
	case -ESHUTDOWN:
		return "the service is stopped";
	}
	return strerror(-err);
}

static void try_open(void *data)
{
	int err = open_all();

	(void)data;
	if (!err) {
		last_error = 0;
		calls->came();
		return;
	}
	close_all();
	if (err != last_error)
		log_warning("waiting: %s", explain(err));
	last_error = err;
	loop_timer_set(&again, AGAIN_MS, try_open, NULL);
}

void kernel_begin(const struct kernel_calls *with)
{
	calls = with;
	try_open(NULL);
}

void kernel_end(void)
{
	loop_timer_remove(&again);
	close_all();
}

struct ddm *kernel(void)
{
	return asking;
}

uint64_t kernel_epoch(void)
{
	return epoch;
}

/* Who asks may receive requests, too, which make the socket look empty. */
static void read_dials_soon(void)
{
	loop_timer_set(&soon, 0, read_dials, NULL);
}

void kernel_time_limit(uint32_t milliseconds)
{
	if (time_limit == milliseconds)
		return;
	time_limit = milliseconds;
	if (!dialing)
		return;
	if (ddm_dialer_bind(dialing, time_limit))
		log_warning("cannot set the time limit of attempts: %s",
			    ddm_error(dialing));
	read_dials_soon();
}

bool kernel_result(uint32_t request, uint32_t error, const char *device)
{
	int err;

	if (!dialing)
		return false;
	err = ddm_dial_result(dialing, request, error, device);
	read_dials_soon();
	if (!err)
		return true;
	if (err != -ENOENT)
		log_warning("cannot report on request %u: %s", request,
			    ddm_error(dialing));
	return false;
}
