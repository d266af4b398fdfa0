// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One request and all of its answer. In place of mnl_cb_run(), which leaves an
 * interrupted dump in the socket and ignores the error that a dump ends with.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "internal.h"

struct exchange {
	const struct nlmsghdr *request;
	bool one; /* a single message is all of the answer */
	bool told; /* fn was called */
	ddm_message_fn *fn;
	void *data;
	int stop; /* what fn ended the reading with */
};

/* Begin a request. It is sent by ddm_ack(), ddm_reply() or ddm_dump(). */
struct nlmsghdr *ddm_command(struct ddm *ddm, uint8_t command,
			     const struct ddm_layout *layout)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(ddm->request);
	struct genlmsghdr *genl;

	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = command;
	genl->version = DDM_FAMILY_VERSION;
	ddm->layout = layout;
	ddm->by_id = false;
	return nlh;
}

void ddm_put_id(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t type,
		uint32_t id)
{
	mnl_attr_put_u32(nlh, type, id);
	ddm->by_id = true;
}

/* A message that answers nothing. */
static void take_notice(struct ddm *ddm, const struct nlmsghdr *nlh)
{
	uint16_t family;

	if (nlh->nlmsg_type == ddm->family)
		ddm_dial_queue(ddm, nlh);
	else if (ddm_family_news(nlh, &family) == DDM_FAMILY_WENT)
		ddm->unloaded |= family == ddm->family;
}

/* The kernel had to drop something that was for this socket. */
static void take_overrun(struct ddm *ddm)
{
	ddm->overrun = true;
	ddm->dials_lost |= ddm->dialer;
}

/*
 * Take one message. Returns 1 when it was the last of the answer, 0 when there
 * is more to come, or the error that the answer is.
 */
static int take_message(struct ddm *ddm, struct exchange *x,
			const struct nlmsghdr *nlh)
{
	int err;

	if (!nlh->nlmsg_seq) {
		take_notice(ddm, nlh);
		return 0;
	}
	if (nlh->nlmsg_seq != ddm->seq || nlh->nlmsg_pid != ddm->portid)
		return 0;

	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
		err = ddm_explain(ddm, x->request, nlh);
		return err ? err : 1;
	}
	if (nlh->nlmsg_type != x->request->nlmsg_type ||
	    nlh->nlmsg_len < sizeof(*nlh) + sizeof(struct genlmsghdr))
		return 0;
	/*
	 * NLM_F_DUMP_INTR is not looked at. Cursors are ids and sequence
	 * numbers, so whatever came and went meanwhile, no other object is
	 * skipped or told twice; and a list says which event it is true for.
	 */
	if (x->fn && !x->stop) {
		x->told = true;
		x->stop = x->fn(nlh, x->data);
	}
	return x->one;
}

static int take_datagram(struct ddm *ddm, struct exchange *x, size_t length)
{
	const struct nlmsghdr *nlh = (const void *)ddm->receive;
	int left = (int)length;
	int done = 0;

	for (; !done && ddm_message_ok(nlh, left);
	     nlh = ddm_message_next(nlh, &left))
		done = take_message(ddm, x, nlh);
	return done;
}

static int take_answer(struct ddm *ddm, struct exchange *x)
{
	size_t length;
	int ret;

	for (;;) {
		ret = ddm_receive(ddm, &length);
		if (ret == -ENOBUFS) {
			take_overrun(ddm);
			continue;
		}
		if (ret == -EAGAIN)
			return ddm_fail(
				ddm, -ENOBUFS,
				"the kernel's answer was lost for want of memory");
		if (ret)
			return ddm_fail(ddm, ret,
					"cannot read the kernel's answer");
		ret = take_datagram(ddm, x, length);
		if (ret)
			return ret < 0 ? ret : 0;
	}
}

/* A list that is not told to its end: the kernel may be in the middle of it. */
static bool stays_unfinished(int err)
{
	return err == -ENOBUFS || err == -EMSGSIZE || err == -EBUSY;
}

static int exchange(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t flags,
		    struct exchange *x)
{
	int err;

	if (!++ddm->seq)
		ddm->seq = 1;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ddm->seq;
	x->request = nlh;
	x->one = !(flags & (NLM_F_ACK | NLM_F_DUMP));
	x->told = false;
	x->stop = 0;

	if (send(mnl_socket_get_fd(ddm->socket), nlh, nlh->nlmsg_len, 0) < 0)
		return ddm_fail(ddm, -errno, "cannot send to the kernel");
	err = take_answer(ddm, x);
	if (flags & NLM_F_DUMP)
		ddm->unfinished = stays_unfinished(err);
	return err;
}

/* A request to any family: of the module's fate it takes no account. */
int ddm_exchange(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t flags,
		 ddm_message_fn *fn, void *data)
{
	struct exchange x = { .fn = fn, .data = data };
	int err = exchange(ddm, nlh, flags, &x);

	return err ? err : x.stop;
}

/* Take what came by itself, without waiting for anything. */
int ddm_drain(struct ddm *ddm)
{
	const struct nlmsghdr *nlh;
	size_t length;
	int err, left;

	for (;;) {
		err = ddm_receive(ddm, &length);
		if (err == -EAGAIN)
			return 0;
		if (err == -ENOBUFS) {
			take_overrun(ddm);
			continue;
		}
		if (err)
			return ddm_fail(ddm, err, "cannot read the socket");

		left = (int)length;
		for (nlh = (const void *)ddm->receive;
		     ddm_message_ok(nlh, left);
		     nlh = ddm_message_next(nlh, &left))
			if (!nlh->nlmsg_seq)
				take_notice(ddm, nlh);
	}
}

/* Nothing is done by these: what the answer tells can still be thrown away. */
static bool only_reads(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	switch (genl->cmd) {
	case DDM_CMD_SERVICE_GET:
	case DDM_CMD_INTERFACE_GET:
	case DDM_CMD_CONNECTION_GET:
	case DDM_CMD_LINK_GET:
	case DDM_CMD_EVENT_GET:
	case DDM_CMD_RULE_GET:
		return true;
	}
	return false;
}

/*
 * Is it still the same load of the module, for a handle that holds something in
 * the kernel, or is pinned? Others learn of a reload from their request's
 * failure, because a new registration of the family has a new id (the kernel
 * hands ids out in a circle of a thousand), and pay nothing here.
 */
static int check_held(struct ddm *ddm)
{
	int err;

	if (!ddm->unloaded && !ddm->overrun && !ddm->stale)
		return 0;
	err = ddm_family_again(ddm);
	if (err && err != -ENOENT)
		return err;
	ddm->overrun = false;
	ddm->error[0] = '\0';
	return 0;
}

/* Before something is done, the news that the module went must be heard. */
static int check_before(struct ddm *ddm, const struct nlmsghdr *nlh)
{
	int err = 0;

	if (!ddm->watching)
		return 0;
	if (!only_reads(nlh))
		err = ddm_drain(ddm);
	return err ? err : check_held(ddm);
}

/* Ids and sequence numbers mean something else after a reload. */
static int check_ids(struct ddm *ddm)
{
	if (!ddm->reloaded || (!ddm->by_id && !ddm->pinned))
		return 0;
	return ddm_fail(
		ddm, -ESTALE,
		"the module was reloaded: ids and sequence numbers from before are void");
}

/*
 * The answer had no room among the news that nobody had taken. They are taken
 * now, and to read is no harm: ask again.
 */
static int ask_again(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t flags,
		     struct exchange *x)
{
	int err;

	ddm->error[0] = '\0';
	err = check_held(ddm);
	if (!err)
		err = check_ids(ddm);
	if (err)
		return err;
	nlh->nlmsg_type = ddm->family;
	return exchange(ddm, nlh, flags, x);
}

static int transact(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t flags,
		    ddm_message_fn *fn, void *data)
{
	struct exchange x = { .fn = fn, .data = data };
	int err;

	err = check_before(ddm, nlh);
	if (!err)
		err = check_ids(ddm);
	if (err)
		return err;

	nlh->nlmsg_type = ddm->family;
	err = exchange(ddm, nlh, flags, &x);
	if (err == -ENOBUFS && !x.told && only_reads(nlh))
		err = ask_again(ddm, nlh, flags, &x);
	if (err == -ENOENT && !ddm->error[0]) {
		/* The module explains its refusals: nobody was there. */
		err = ddm_family_again(ddm);
		if (!err)
			err = check_ids(ddm);
		if (err)
			return err;
		nlh->nlmsg_type = ddm->family;
		err = exchange(ddm, nlh, flags, &x);
	}
	/* who only read hears the news before the answer, which is of a new load */
	if (!err && ddm->watching && ddm->unloaded) {
		err = check_held(ddm);
		if (!err)
			err = check_ids(ddm);
	}
	return err ? err : x.stop;
}

/* Send a request that is answered by its outcome alone. */
int ddm_ack(struct ddm *ddm, struct nlmsghdr *nlh)
{
	return transact(ddm, nlh, NLM_F_ACK, NULL, NULL);
}

struct decoding {
	const struct ddm_layout *layout;
	void *object;
};

static int decode_reply(const struct nlmsghdr *nlh, void *data)
{
	const struct decoding *decoding = data;

	ddm_decode(nlh, decoding->layout, decoding->object);
	return 0;
}

/*
 * Send a request that is answered by one object. No acknowledgement is asked
 * for: the text of the object stays in the buffer until the next call.
 */
int ddm_reply(struct ddm *ddm, struct nlmsghdr *nlh, void *object)
{
	struct decoding decoding = { .layout = ddm->layout, .object = object };

	return transact(ddm, nlh, 0, decode_reply, &decoding);
}

/* Send a request that is answered by one message, whatever that holds. */
int ddm_request(struct ddm *ddm, struct nlmsghdr *nlh, ddm_message_fn *fn,
		void *data)
{
	return transact(ddm, nlh, 0, fn, data);
}

/* Send a request that is answered by any number of messages. */
int ddm_dump(struct ddm *ddm, struct nlmsghdr *nlh, ddm_message_fn *fn,
	     void *data)
{
	return transact(ddm, nlh, NLM_F_DUMP, fn, data);
}
