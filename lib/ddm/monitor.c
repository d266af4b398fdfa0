// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Events as they happen, without gaps: multicast messages as long as their
 * numbers follow one another, and the journal whenever they do not.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "internal.h"

/* Events told in one call, so that a flood leaves the caller its turn. */
#define MANY 4096

struct ddm_monitor {
	struct ddm *sub; /* subscribed, never asks */
	struct ddm *ddm; /* asks, hears nothing */
	uint64_t last; /* number of the last event told */
	bool behind; /* the journal is to be read before anything else */
	bool anew; /* to be told before that: numbering began anew */
	bool gone; /* the module is not loaded */

	/* of the call under way */
	ddm_event_fn *fn;
	void *data;
	int told;
	int stop; /* what fn wants the call to return */
};

/* Make the descriptor readable, by an answer to a message that says nothing. */
static void wake(struct ddm_monitor *monitor)
{
	struct nlmsghdr nlh = {
		.nlmsg_len = sizeof(nlh),
		.nlmsg_type = NLMSG_NOOP,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
		.nlmsg_seq = 1,
	};

	/* It fails only if the socket is full, and so readable anyway. */
	mnl_socket_sendto(monitor->sub->socket, &nlh, sizeof(nlh));
}

static int join(struct ddm_monitor *monitor)
{
	uint32_t group = monitor->ddm->group;

	if (!mnl_socket_setsockopt(monitor->sub->socket, NETLINK_ADD_MEMBERSHIP,
				   &group, sizeof(group)))
		return 0;
	if (errno == ENOENT || errno == EINVAL)
		return -EUNATCH; /* gone again */
	return -errno;
}

static int position(struct ddm_monitor *monitor, uint64_t since)
{
	const struct ddm_service *service;
	int err = ddm_service_get(monitor->ddm, &service);

	if (err)
		return err;
	if (since == DDM_SINCE_NOW) {
		monitor->last = service->sequence;
		return 0;
	}
	/* A number not reached yet is one of another load of the module. */
	monitor->anew = since > service->sequence;
	monitor->last = monitor->anew ? 0 : since;
	monitor->behind = monitor->anew || service->sequence != since;
	if (monitor->behind)
		wake(monitor);
	return 0;
}

/*
 * Nothing may fall between two steps: first hear of reloads, then find the
 * family, then hear of events, then look at where the journal is.
 */
static int open_sockets(struct ddm_monitor *monitor)
{
	int err = ddm_allocate(&monitor->sub);

	if (!err)
		err = ddm_socket_open(monitor->sub);
	if (!err)
		err = ddm_family_watch(monitor->sub);
	if (!err)
		err = ddm_open(&monitor->ddm);
	if (!err)
		err = join(monitor);
	return err;
}

int ddm_monitor_open(struct ddm_monitor **out, uint64_t since)
{
	struct ddm_monitor *monitor;
	int err;

	if (!out)
		return -EINVAL;
	*out = NULL;
	monitor = calloc(1, sizeof(*monitor));
	if (!monitor)
		return -ENOMEM;
	err = open_sockets(monitor);
	if (!err) {
		/* Numbers do not outlive the module: no silent retries. */
		monitor->ddm->pinned = true;
		err = position(monitor, since);
	}
	if (err) {
		ddm_monitor_close(monitor);
		return err == -ESTALE ? -EUNATCH : err;
	}
	*out = monitor;
	return 0;
}

void ddm_monitor_close(struct ddm_monitor *monitor)
{
	if (!monitor)
		return;
	ddm_close(monitor->ddm);
	ddm_close(monitor->sub);
	free(monitor);
}

int ddm_monitor_fd(const struct ddm_monitor *monitor)
{
	return monitor ? mnl_socket_get_fd(monitor->sub->socket) : -1;
}

uint64_t ddm_monitor_sequence(const struct ddm_monitor *monitor)
{
	return monitor ? monitor->last : 0;
}

const char *ddm_monitor_error(const struct ddm_monitor *monitor)
{
	return monitor ? ddm_error(monitor->ddm) : "";
}

int ddm_monitor_receive_buffer(struct ddm_monitor *monitor, int bytes)
{
	int fd;

	if (!monitor)
		return -EINVAL;
	monitor->ddm->error[0] = '\0';
	if (bytes < 0)
		return ddm_fail(monitor->ddm, -EINVAL, "%d is no size", bytes);
	fd = mnl_socket_get_fd(monitor->sub->socket);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes)) < 0)
		return ddm_fail(monitor->ddm, -errno,
				"cannot set the size of the socket's buffer");
	return 0;
}

static void tell(struct ddm_monitor *monitor, const struct ddm_event *event)
{
	monitor->last = event->sequence;
	monitor->told++;
	monitor->stop = monitor->fn(event, monitor->data);
}

static void tell_anew(struct ddm_monitor *monitor)
{
	struct ddm_event event = { .type = DDM_EVENT_TYPE_LOST, .name = "" };
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	event.time = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	monitor->anew = false;
	tell(monitor, &event);
}

/*
 * The module was loaded again: subscribe again, and begin with its first
 * event. The request handle has found, or finds here, its new id.
 */
static int start_anew(struct ddm_monitor *monitor)
{
	struct ddm *ddm = monitor->ddm;
	int err = 0;

	monitor->gone = true;
	if (!ddm->reloaded || ddm->unloaded)
		err = ddm_family_again(ddm);
	if (!err)
		err = join(monitor);
	if (err)
		return err == -EUNATCH ? 0 : err;
	ddm->reloaded = false;
	monitor->gone = false;
	monitor->last = 0;
	monitor->anew = true;
	monitor->behind = true;
	return 0;
}

static int take_journal_event(const struct ddm_event *event, void *data)
{
	struct ddm_monitor *monitor = data;

	if (event->sequence > monitor->last)
		tell(monitor, event);
	return monitor->stop;
}

static int catch_up(struct ddm_monitor *monitor)
{
	int err;

	if (monitor->anew)
		tell_anew(monitor);
	if (monitor->stop)
		return 0;
	err = ddm_event_list(monitor->ddm, monitor->last, DDM_ANY_INTERFACE,
			     DDM_EVENT_MASK_ALL, take_journal_event, monitor);
	if (monitor->stop)
		return 0;
	if (err == -EUNATCH || err == -ESTALE)
		return start_anew(monitor);
	if (!err)
		monitor->behind = false;
	return err;
}

static void take_event(struct ddm_monitor *monitor, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	struct ddm_event event;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*genl) ||
	    genl->cmd != DDM_CMD_EVENT_NTF)
		return;
	ddm_event_decode(nlh, &event);
	if (event.sequence == monitor->last + 1)
		tell(monitor, &event);
	else if (event.sequence > monitor->last)
		monitor->behind = true;
}

static int take_message(struct ddm_monitor *monitor, const struct nlmsghdr *nlh)
{
	uint16_t family = 0;

	if (nlh->nlmsg_type == monitor->ddm->family) {
		/* What comes while behind is in the journal too. */
		if (monitor->stop)
			monitor->behind = true;
		if (!monitor->behind && !monitor->gone)
			take_event(monitor, nlh);
		return 0;
	}

	switch (ddm_family_news(nlh, &family)) {
	case DDM_FAMILY_WENT:
		monitor->gone |= family == monitor->ddm->family;
		break;
	case DDM_FAMILY_CAME:
		if (monitor->gone || family != monitor->ddm->family)
			return start_anew(monitor);
		break;
	case DDM_FAMILY_OTHER:
		break;
	}
	return 0;
}

/* Take what the socket has. */
static int take_socket(struct ddm_monitor *monitor)
{
	const struct nlmsghdr *nlh;
	size_t length;
	int err, left;

	while (!monitor->stop && monitor->told < MANY) {
		err = ddm_receive(monitor->sub, &length);
		if (err == -EAGAIN)
			return 0;
		if (err == -ENOBUFS) {
			/* Maybe it was the news that it is back. */
			monitor->behind = true;
			err = monitor->gone ? start_anew(monitor) : 0;
			if (err)
				return err;
			continue;
		}
		if (err)
			return ddm_fail(monitor->ddm, err,
					"cannot read the socket");

		left = (int)length;
		for (nlh = (const void *)monitor->sub->receive;
		     !err && ddm_message_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left))
			err = take_message(monitor, nlh);
		if (err)
			return err;
	}
	return 0;
}

static int take_all(struct ddm_monitor *monitor)
{
	int err;

	do {
		err = take_socket(monitor);
		if (err || monitor->stop || monitor->gone || !monitor->behind)
			return err;
		err = catch_up(monitor);
	} while (!err && !monitor->stop && monitor->told < MANY);
	return err;
}

int ddm_monitor_read(struct ddm_monitor *monitor, ddm_event_fn *fn, void *data)
{
	int err;

	if (!monitor)
		return -EINVAL;
	err = ddm_enter(monitor->ddm);
	if (err)
		return err;
	if (!fn)
		return ddm_fail(monitor->ddm, -EINVAL, "the callback is NULL");
	monitor->fn = fn;
	monitor->data = data;
	monitor->told = 0;
	monitor->stop = 0;

	err = take_all(monitor);
	/* A stopped service tells by an event when it goes on. */
	if (monitor->behind && !monitor->gone && err != -ESHUTDOWN)
		wake(monitor);
	if (monitor->stop)
		return monitor->stop;
	if (!err && monitor->gone)
		err = ddm_fail(monitor->ddm, -EUNATCH,
			       "the module ddm is not loaded");
	return err ? err : monitor->told;
}
