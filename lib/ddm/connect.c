// SPDX-License-Identifier: LGPL-2.1-or-later
/* Connecting and disconnecting an interface, and waiting for the outcome. */
#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "interface.h"

int ddm_interface_connect(struct ddm *ddm, uint32_t id,
			  const struct ddm_connect_request *request,
			  const struct ddm_interface **interface)
{
	struct ddm_connect_request known = { .event_fd = -1 };
	struct nlmsghdr *nlh = NULL;
	int err;

	if (interface)
		*interface = NULL;
	err = ddm_interface_command(ddm, DDM_CMD_INTERFACE_CONNECT, id, &nlh);
	if (!err && request)
		err = ddm_take_request(ddm, &known, sizeof(known), request);
	if (err)
		return err;
	if (known.timeout > DDM_TIMEOUT_MAX)
		return ddm_fail(ddm, -EINVAL,
				"timeout is longer than %u milliseconds",
				DDM_TIMEOUT_MAX);
	if (known.event_fd < -1)
		return ddm_fail(ddm, -EBADF, "event_fd %d is no descriptor",
				known.event_fd);

	if (known.timeout)
		mnl_attr_put_u32(nlh, DDM_A_INTERFACE_TIMEOUT, known.timeout);
	if (known.event_fd >= 0)
		mnl_attr_put_u32(nlh, DDM_A_INTERFACE_EVENT_FD,
				 (uint32_t)known.event_fd);
	return ddm_interface_reply(ddm, nlh, interface);
}

/* An attempt of ours. */
struct attempt {
	uint32_t id;
	uint64_t sequence; /* of the first event that can be its end */
	uint32_t connects; /* the interface's counts when it had begun */
	uint32_t failures;
	bool ended;
	bool failed;
	uint32_t error;
};

static int take_event(const struct ddm_event *event, void *data)
{
	struct attempt *attempt = data;

	/* LOST: the journal no longer reaches back to it. */
	attempt->ended = event->type != DDM_EVENT_TYPE_LOST;
	attempt->failed = event->type == DDM_EVENT_TYPE_CONNECT_FAILED;
	attempt->error = event->error;
	return 1;
}

static int fail_attempt(struct ddm *ddm, struct attempt *attempt,
			uint32_t error)
{
	attempt->failed = true;
	attempt->error = error;
	return ddm_fail(ddm, -ECONNREFUSED, "the attempt failed (error %u)",
			error);
}

/* Without the journal: what became of the interface since. */
static int ask_interface(struct ddm *ddm, struct attempt *attempt)
{
	const struct ddm_interface *interface;
	int err = ddm_interface_get(ddm, attempt->id, &interface);

	if (err)
		return err;
	if (interface->connects != attempt->connects ||
	    interface->state == DDM_STATE_CONNECTED)
		return 0;
	if (interface->failures != attempt->failures ||
	    interface->state != DDM_STATE_CONNECTING)
		return fail_attempt(ddm, attempt, interface->last_error);
	return -EAGAIN;
}

/* -EAGAIN: it has not ended. */
static int ask_outcome(struct ddm *ddm, struct attempt *attempt)
{
	const uint32_t mask = DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECTED) |
			      DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECT_FAILED);
	int err;

	err = ddm_event_list(ddm, attempt->sequence - 1, attempt->id, mask,
			     take_event, attempt);
	if (err < 0)
		return err;
	if (!attempt->ended)
		return ask_interface(ddm, attempt);
	return attempt->failed ? fail_attempt(ddm, attempt, attempt->error) : 0;
}

static int wait_for(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	uint64_t count;

	while (poll(&poll_fd, 1, -1) < 0)
		if (errno != EINTR)
			return -errno;
	if (read(fd, &count, sizeof(count)) < 0 && errno != EAGAIN)
		return -errno;
	return 0;
}

static int connect_and_wait(struct ddm *ddm, uint32_t id, uint32_t timeout,
			    int fd, struct attempt *attempt)
{
	const struct ddm_connect_request request = {
		.size = sizeof(request),
		.timeout = timeout,
		.event_fd = fd,
	};
	const struct ddm_interface *interface;
	int err = ddm_interface_connect(ddm, id, &request, &interface);

	if (err)
		return err;
	if (interface->state == DDM_STATE_CONNECTED)
		return 0;
	*attempt = (struct attempt){
		.id = id,
		.sequence = interface->sequence ? interface->sequence : 1,
		.connects = interface->connects,
		.failures = interface->failures,
	};
	do {
		err = wait_for(fd);
		if (!err)
			err = ask_outcome(ddm, attempt);
	} while (err == -EAGAIN);
	return err;
}

int ddm_interface_connect_wait(struct ddm *ddm, uint32_t id, uint32_t timeout,
			       uint32_t *error)
{
	struct attempt attempt = { 0 };
	int fd, err = ddm_enter(ddm);

	if (error)
		*error = 0;
	if (err)
		return err;
	fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0)
		return ddm_fail(ddm, -errno, "cannot make an eventfd");
	err = connect_and_wait(ddm, id, timeout, fd, &attempt);
	close(fd);
	if (error && attempt.failed)
		*error = attempt.error;
	/* It went, and came back before we could ask. */
	if (err == -ESTALE && ddm->reloaded)
		err = -EUNATCH;
	return err;
}

int ddm_interface_disconnect(struct ddm *ddm, uint32_t id)
{
	struct nlmsghdr *nlh = NULL;
	int err = ddm_interface_command(ddm, DDM_CMD_INTERFACE_DISCONNECT, id,
					&nlh);

	return err ? err : ddm_ack(ddm, nlh);
}
