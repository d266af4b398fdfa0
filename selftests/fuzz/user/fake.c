// SPDX-License-Identifier: GPL-2.0-only
/* See fake.h. */
#include <errno.h>
#include <linux/ddm.h>
#include <poll.h>
#include <sanitizer/asan_interface.h>

#include "../../../lib/ddm/internal.h"
#include "fake.h"

#define FAMILY 0x21
#define PORTID 4711
/* How often a socket is empty before it is broken */
#define PATIENCE 4

struct input fake_input;
static unsigned int dry;

/* What the kernel sends in the place of an answer */
enum shape {
	SHAPE_RAW,
	SHAPE_OBJECT, /* of the family */
	SHAPE_ACK,
	SHAPE_DONE,
	SHAPE_ERROR,
	SHAPE_FAMILY, /* the controller tells of ours */
	SHAPE_NONE,
	SHAPE_OVERRUN,
	SHAPES
};

/* ------------------------------------------------------- libmnl's socket -- */

static int socket_stand_in;

struct mnl_socket *mnl_socket_open2(int bus, int flags)
{
	(void)bus;
	(void)flags;
	return (void *)&socket_stand_in;
}

int mnl_socket_bind(struct mnl_socket *nl, unsigned int groups, pid_t pid)
{
	(void)nl;
	(void)groups;
	(void)pid;
	return 0;
}

int mnl_socket_close(struct mnl_socket *nl)
{
	(void)nl;
	return 0;
}

int mnl_socket_get_fd(const struct mnl_socket *nl)
{
	(void)nl;
	return -1;
}

unsigned int mnl_socket_get_portid(const struct mnl_socket *nl)
{
	(void)nl;
	return PORTID;
}

int mnl_socket_setsockopt(const struct mnl_socket *nl, int type, void *buf,
			  socklen_t len)
{
	(void)nl;
	(void)type;
	(void)buf;
	(void)len;
	return 0;
}

ssize_t mnl_socket_sendto(const struct mnl_socket *nl, const void *buf,
			  size_t len)
{
	(void)nl;
	(void)buf;
	return (ssize_t)len;
}

/* The one who waits gets what there is. */
int poll(struct pollfd *fds, nfds_t count, int timeout)
{
	(void)timeout;
	for (nfds_t i = 0; i < count; i++)
		fds[i].revents = fds[i].events;
	return (int)count;
}

/* ------------------------------------------------------------- messages -- */

static void put_attributes(struct nlmsghdr *nlh, unsigned int depth)
{
	unsigned int count = take_byte(&fake_input) & 31;

	while (count-- && fake_input.left && nlh->nlmsg_len < 4096) {
		uint8_t type = take_byte(&fake_input);
		uint8_t size = take_byte(&fake_input);
		char payload[256] = "";

		if (type & 0x80 && depth < 3) {
			struct nlattr *nest =
				mnl_attr_nest_start(nlh, type & 0x7f);

			put_attributes(nlh, depth + 1);
			mnl_attr_nest_end(nlh, nest);
			continue;
		}
		/* a text, a number, or so many bytes */
		if (size >= 0xf0)
			size = size & 1 ? 4 : 8;
		take_bytes(&fake_input, payload, size);
		mnl_attr_put(nlh, type & 0x3f, size, payload);
	}
}

static void put_family(struct nlmsghdr *nlh, uint16_t id)
{
	struct nlattr *groups, *group;

	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, id);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, DDM_FAMILY_NAME);
	groups = mnl_attr_nest_start(nlh, CTRL_ATTR_MCAST_GROUPS);
	group = mnl_attr_nest_start(nlh, 1);
	mnl_attr_put_strz(nlh, CTRL_ATTR_MCAST_GRP_NAME, DDM_MCGRP_EVENTS);
	mnl_attr_put_u32(nlh, CTRL_ATTR_MCAST_GRP_ID, 7);
	mnl_attr_nest_end(nlh, group);
	mnl_attr_nest_end(nlh, groups);
}

/* With the words that a refusal may come with */
static void put_error(struct nlmsghdr *nlh, int error, bool done)
{
	struct nlmsgerr head = { .error = error };
	uint8_t flags = take_byte(&fake_input);

	nlh->nlmsg_flags = take_byte(&fake_input) & 1 ? NLM_F_CAPPED : 0;
	head.msg.nlmsg_len = (uint32_t)take_number(&fake_input, 1);
	memcpy(mnl_nlmsg_put_extra_header(nlh,
					  done ? sizeof(int) : sizeof(head)),
	       &head, done ? sizeof(int) : sizeof(head));
	if (flags & 1) {
		nlh->nlmsg_flags |= NLM_F_ACK_TLVS;
		put_attributes(nlh, 0);
	}
}

static size_t build(struct ddm *ddm, enum shape shape, char *buffer)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
	uint8_t how = take_byte(&fake_input);
	struct genlmsghdr *genl;

	nlh->nlmsg_seq = how & 1 ? 0 : ddm->seq;
	nlh->nlmsg_pid = ddm->portid;
	switch (shape) {
	case SHAPE_ACK:
	case SHAPE_ERROR:
		nlh->nlmsg_type = NLMSG_ERROR;
		put_error(nlh, shape == SHAPE_ACK ? 0 : -take_byte(&fake_input),
			  false);
		break;
	case SHAPE_DONE:
		nlh->nlmsg_type = NLMSG_DONE;
		put_error(nlh, -(how >> 1), true);
		break;
	default:
		nlh->nlmsg_type = shape == SHAPE_FAMILY ? GENL_ID_CTRL :
							  ddm->family;
		genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
		genl->cmd = take_byte(&fake_input);
		if (shape == SHAPE_FAMILY && how & 2)
			put_family(nlh, how & 4 ? FAMILY : FAMILY + 1);
		else
			put_attributes(nlh, 0);
	}
	return nlh->nlmsg_len;
}

/* What is behind the datagram in the buffer is nobody's business. */
static size_t deliver(struct ddm *ddm, const char *datagram, size_t size)
{
	memcpy(ddm->receive, datagram, size);
	ASAN_POISON_MEMORY_REGION(ddm->receive + size, DDM_RECEIVE_SIZE - size);
	return size;
}

int ddm_receive_begin(struct ddm *ddm)
{
	(void)ddm;
	return 0;
}

int ddm_receive(struct ddm *ddm, size_t *length)
{
	char datagram[16384] __attribute__((aligned(4))) = "";
	size_t size = 0;
	uint8_t control, shape;

	ASAN_UNPOISON_MEMORY_REGION(ddm->receive, DDM_RECEIVE_SIZE);
	if (!fake_input.left)
		return ++dry > PATIENCE ? -EIO : -EAGAIN;
	/* up to four messages a datagram */
	control = take_byte(&fake_input);
	do {
		shape = (control & 0xf) % SHAPES;
		if (shape == SHAPE_NONE)
			return -EAGAIN;
		if (shape == SHAPE_OVERRUN)
			return -ENOBUFS;
		if (shape == SHAPE_RAW)
			size += NLMSG_ALIGN(take_bytes(&fake_input,
						       datagram + size,
						       take_byte(&fake_input)));
		else
			size += NLMSG_ALIGN(build(ddm, shape, datagram + size));
		control >>= 4;
	} while (control && size < sizeof(datagram) / 4);
	*length = deliver(ddm, datagram, size);
	return 0;
}

void fake_begin(const struct input *input)
{
	fake_input = *input;
	dry = 0;
}

struct ddm *fake_handle(void)
{
	struct ddm *ddm;

	PROMISE(!ddm_allocate(&ddm));
	PROMISE(!ddm_socket_open(ddm));
	ddm->family = FAMILY;
	ddm->group = 7;
	return ddm;
}
