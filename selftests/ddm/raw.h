/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages of the family as they are on the wire: for what libddm would never
 * send, and for what it would hide.
 */
#ifndef SELFTESTS_DDM_RAW_H
#define SELFTESTS_DDM_RAW_H

#include <stdint.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/ddm.h>

/**
 * struct raw - a socket of generic netlink
 * @socket: the socket
 * @portid: its port id
 * @family: id of the family
 * @group: id of its multicast group
 * @seq: sequence number of the last request
 * @err: the last answer: a negative errno or 0
 * @message: explanation in it, "" if none
 * @offset: of the attribute that it names in the request, 0 if none
 * @missing: type of the attribute that it misses, 0 if none
 * @messages: how many messages came before it
 * @parts: in how many pieces a dump came
 * @interrupted: it said that it was interrupted
 * @unaddressed: write as a program does that takes the socket for a file: then
 *               the rights of who opened it count, too
 */
struct raw {
	struct mnl_socket *socket;
	uint32_t portid;
	uint16_t family;
	uint32_t group;
	uint32_t seq;
	int err;
	char message[256];
	uint32_t offset;
	uint32_t missing;
	unsigned int messages;
	unsigned int parts;
	int interrupted;
	int unaddressed;
	char request[65536];
	char answer[65536];
};

/* A message of an answer. Returns nonzero to stop reading. */
typedef int raw_fn(const struct nlmsghdr *nlh, void *data);

/* @portid 0 lets the kernel choose. NULL on failure, errno says how. */
struct raw *raw_open(uint32_t portid);
void raw_close(struct raw *raw);
int raw_fd(const struct raw *raw);

struct nlmsghdr *raw_begin(struct raw *raw, uint8_t command);
/* Send it and read all of its answer. Returns raw->err. */
int raw_do(struct raw *raw, struct nlmsghdr *nlh);
int raw_dump(struct raw *raw, struct nlmsghdr *nlh, raw_fn *fn, void *data);
/* The steps of these, for who wants to stop in between */
int raw_send(struct raw *raw, struct nlmsghdr *nlh, uint16_t flags);
/* Read one datagram. Returns 1 at the end of the answer, 0 before, or an errno. */
int raw_receive(struct raw *raw, raw_fn *fn, void *data);

/* The attribute of a message of the family, NULL if it has none */
const struct nlattr *raw_attr(const struct nlmsghdr *nlh, uint16_t type);
uint64_t raw_number(const struct nlmsghdr *nlh, uint16_t type);
uint8_t raw_command(const struct nlmsghdr *nlh);

#endif
