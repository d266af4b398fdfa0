// SPDX-License-Identifier: GPL-2.0-only
/* Events as they happen. Ends only when it is told to. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "event.h"

/* What the callback ends the reading with; a count never reaches these. */
enum {
	GO_ON = 0,
	ENOUGH = INT_MAX,
	FAILED = INT_MAX - 1, /* standard output does not take any more */
};

struct watch {
	struct control *control;
	struct ddm_monitor *monitor;
	struct output *output;
	uint32_t interface; /* that bears the name asked for, 0 while none does */
	uint64_t told;
};

/*
 * Of the interface asked for? By its name, so that one that comes into being
 * later is told too; and by the id it was seen with, for names change.
 */
static bool is_of_interface(struct watch *watch, const struct ddm_event *event)
{
	const char *name = watch->control->interface;

	if (!name)
		return true;
	if (event->interface && !strcmp(event->name, name))
		watch->interface = event->interface;
	return event->interface && event->interface == watch->interface;
}

static int tell(const struct ddm_event *event, void *data)
{
	struct watch *watch = data;
	uint32_t mask = watch->control->mask;

	if (event->type == DDM_EVENT_TYPE_LOST) {
		if (!event->lost)
			watch->interface = 0;
	} else if (!is_of_interface(watch, event) ||
		   (mask && (event->type >= 32 ||
			     !(mask & DDM_EVENT_BIT(event->type))))) {
		return GO_ON;
	}
	show_event(watch->output, event);
	if (output_flush(watch->output))
		return FAILED;
	return ++watch->told == watch->control->count ? ENOUGH : GO_ON;
}

/* A line about the monitor itself. */
static int note(struct watch *watch, const char *word, const char *text)
{
	uint64_t sequence = ddm_monitor_sequence(watch->monitor);

	if (watch->control->options & OPTION_JSON) {
		show_notice(watch->output, word, sequence, text);
		return output_flush(watch->output);
	}
	printf("%s, sequence %" PRIu64 "\n", text, sequence);
	return fflush(stdout) ? STATUS_REFUSED : STATUS_OK;
}

/* What to do after a reading that ended with @ret. */
static int after_reading(struct watch *watch, int ret, int *before)
{
	int was = *before;

	*before = ret < 0 ? ret : 0;
	if (ret >= 0 || ret == was || ret == -ENOMEM || ret == -ENOBUFS)
		return STATUS_OK;
	if (ret == -EUNATCH)
		return note(watch, "unloaded",
			    "the module was unloaded, waiting for it");
	if (ret == -ESHUTDOWN)
		return note(watch, "stopped",
			    "the service is stopped, waiting for it");
	fprintf(stderr, "ddmctl: monitor: %s\n",
		ddm_monitor_error(watch->monitor));
	return STATUS_REFUSED;
}

static int read_on(struct watch *watch)
{
	struct pollfd fd = { .fd = ddm_monitor_fd(watch->monitor),
			     .events = POLLIN };
	int ret, before = 0, status = STATUS_OK;

	while (!status) {
		if (poll(&fd, 1, -1) < 0 && errno != EINTR) {
			perror("ddmctl: poll");
			return STATUS_REFUSED;
		}
		ret = ddm_monitor_read(watch->monitor, tell, watch);
		if (ret == ENOUGH)
			return STATUS_OK;
		if (ret == FAILED)
			return STATUS_REFUSED;
		status = after_reading(watch, ret, &before);
	}
	return status;
}

/* Where the interface is now, if it is there at all. */
static int find_now(struct control *control, struct watch *watch)
{
	const struct ddm_interface *interface;
	int err;

	if (!control->interface)
		return STATUS_OK;
	err = open_manager(control);
	if (err)
		return err;
	err = ddm_interface_find(control->ddm, control->interface, &interface);
	if (!err)
		watch->interface = interface->id;
	else if (err != -ENOENT)
		return refused(control, err, "interface \"%s\"",
			       control->interface);
	return STATUS_OK;
}

static int subscribe(struct control *control, struct watch *watch)
{
	int err = ddm_monitor_open(&watch->monitor, control->since);

	if (err == -EUNATCH)
		return not_loaded();
	if (err) {
		fprintf(stderr, "ddmctl: cannot subscribe: %s\n",
			strerror(-err));
		return STATUS_REFUSED;
	}
	if (control->receive_buffer)
		err = ddm_monitor_receive_buffer(watch->monitor,
						 control->receive_buffer);
	if (err) {
		fprintf(stderr, "ddmctl: %s\n",
			ddm_monitor_error(watch->monitor));
		return STATUS_REFUSED;
	}
	return find_now(control, watch);
}

static int monitor(struct control *control)
{
	struct watch watch = { .control = control };
	int status = no_more_words(control);

	if (!status)
		status = open_events(control, &watch.output, OUTPUT_STREAM);
	if (status)
		return status;
	status = subscribe(control, &watch);
	if (!status)
		status = note(&watch, "subscribed", "subscribed");
	if (!status)
		status = read_on(&watch);
	ddm_monitor_close(watch.monitor);
	return output_close(watch.output, status);
}

const struct command monitor_commands[] = {
	{ "monitor", NULL, "", "tell events as they happen, until interrupted",
	  OPTIONS_EVENT | OPTION_COUNT | OPTION_RECEIVE_BUFFER, monitor },
	{ 0 },
};
