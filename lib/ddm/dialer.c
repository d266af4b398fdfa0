// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The dialer's side of dialling. The kernel sends its requests to the socket
 * that the dialer bound, so they may come between a request and its answer.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define MEMBER(text, member, how) DDM_MEMBER(text, ddm_dial, member, how)

static const struct ddm_attribute attributes[] = {
	[DDM_A_DIAL_REQUEST] = MEMBER("request", request, U32),
	[DDM_A_DIAL_INTERFACE] = MEMBER("interface", interface, U32),
	[DDM_A_DIAL_NAME] = MEMBER("name", name, TEXT),
	[DDM_A_DIAL_DEVICE] = MEMBER("device", device, TEXT),
	[DDM_A_DIAL_SETTINGS] = MEMBER("settings", settings, TEXT),
	[DDM_A_DIAL_TIMEOUT] = MEMBER("timeout", timeout, U32),
	[DDM_A_DIAL_ERROR] = DDM_NAMED("error"),
	[DDM_A_DIAL_IFINDEX] = MEMBER("ifindex", ifindex, U32),
	[DDM_A_DIAL_LINK] = MEMBER("link", link, U32),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);

static uint8_t command_of(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	return genl->cmd;
}

/* Keep a message from the family that answers nothing, if it is for a dialer. */
void ddm_dial_queue(struct ddm *ddm, const struct nlmsghdr *nlh)
{
	struct ddm_dial_message *message;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(struct genlmsghdr) ||
	    (command_of(nlh) != DDM_CMD_DIAL_NTF &&
	     command_of(nlh) != DDM_CMD_HANGUP_NTF))
		return;
	message = NULL;
	if (ddm->dials_count < DDM_DIAL_QUEUE_MAX)
		message = malloc(sizeof(*message) + nlh->nlmsg_len);
	if (!message) {
		ddm->dials_lost = true;
		return;
	}
	message->next = NULL;
	memcpy(message->nlh, nlh, nlh->nlmsg_len);
	*ddm->dials_end = message;
	ddm->dials_end = &message->next;
	ddm->dials_count++;
}

static struct ddm_dial_message *take_first(struct ddm *ddm)
{
	struct ddm_dial_message *message = ddm->dials;

	if (!message)
		return NULL;
	ddm->dials = message->next;
	if (!ddm->dials)
		ddm->dials_end = &ddm->dials;
	ddm->dials_count--;
	return message;
}

void ddm_dial_forget(struct ddm *ddm)
{
	struct ddm_dial_message *message;

	while ((message = take_first(ddm)))
		free(message);
	ddm->dials_lost = false;
}

int ddm_dialer_bind(struct ddm *ddm, uint32_t timeout)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (timeout > DDM_TIMEOUT_MAX)
		return ddm_fail(ddm, -EINVAL,
				"timeout is longer than %u milliseconds",
				DDM_TIMEOUT_MAX);
	err = ddm_family_watch(ddm);
	if (err)
		return err;
	nlh = ddm_command(ddm, DDM_CMD_DIALER_BIND, &layout);
	if (timeout)
		mnl_attr_put_u32(nlh, DDM_A_DIAL_TIMEOUT, timeout);
	err = ddm_ack(ddm, nlh);
	if (!err)
		ddm->dialer = true;
	return err;
}

int ddm_dialer_unbind(struct ddm *ddm, uint32_t error)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	nlh = ddm_command(ddm, DDM_CMD_DIALER_UNBIND, &layout);
	if (error)
		mnl_attr_put_u32(nlh, DDM_A_DIAL_ERROR, error);
	err = ddm_ack(ddm, nlh);
	if (!err) {
		ddm->dialer = false;
		ddm_dial_forget(ddm);
	}
	return err;
}

int ddm_dialer_fd(const struct ddm *ddm)
{
	return ddm && ddm->socket ? mnl_socket_get_fd(ddm->socket) : -1;
}

static int tell(const struct ddm_dial_message *message, ddm_dial_fn *fn,
		void *data)
{
	struct ddm_dial dial = { .name = "", .device = "", .settings = "" };

	dial.hangup = command_of(message->nlh) == DDM_CMD_HANGUP_NTF;
	ddm_decode(message->nlh, &layout, &dial);
	return fn(&dial, data);
}

int ddm_dialer_read(struct ddm *ddm, ddm_dial_fn *fn, void *data)
{
	struct ddm_dial_message *message;
	int told = 0;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (!fn)
		return ddm_fail(ddm, -EINVAL, "the callback is NULL");
	err = ddm_drain(ddm);
	if (err)
		return err;

	while ((message = take_first(ddm))) {
		err = tell(message, fn, data);
		free(message);
		if (err)
			return err;
		told++;
	}
	if (ddm->unloaded || ddm->stale)
		return ddm_family_again(ddm);
	if (ddm->dials_lost) {
		ddm->dials_lost = false;
		return ddm_fail(ddm, -ENOBUFS, "requests to dial were lost");
	}
	return told;
}

int ddm_dial_result(struct ddm *ddm, uint32_t request, uint32_t error,
		    const char *device)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (!err && device)
		err = ddm_check_text(ddm, "device", device, 1, DDM_DEVICE_MAX);
	if (err)
		return err;
	if (!request)
		return ddm_fail(ddm, -ENOENT, "no request has the number 0");
	nlh = ddm_command(ddm, DDM_CMD_DIAL_RESULT, &layout);
	ddm_put_id(ddm, nlh, DDM_A_DIAL_REQUEST, request);
	if (error)
		mnl_attr_put_u32(nlh, DDM_A_DIAL_ERROR, error);
	if (device)
		mnl_attr_put_strz(nlh, DDM_A_DIAL_DEVICE, device);
	return ddm_ack(ddm, nlh);
}
