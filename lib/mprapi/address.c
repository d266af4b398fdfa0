// SPDX-License-Identifier: LGPL-2.1-or-later
/* Addresses of net devices, see address.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>

#include "address.h"

/* As large a piece of a list as the kernel sends */
#define PIECE 32768

int mpr_address_reader_open(struct mpr_address_reader *reader)
{
	const struct timeval patience = { .tv_sec = 10 };
	const int on = 1;
	int error;

	*reader = (struct mpr_address_reader){ 0 };
	reader->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (reader->fd < 0)
		return -errno;
	/* strict: the kernel leaves out what was not asked for */
	if (!setsockopt(reader->fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on,
			sizeof(on)) &&
	    !setsockopt(reader->fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
			sizeof(patience)))
		return 0;
	error = errno;
	mpr_address_reader_close(reader);
	return -error;
}

void mpr_address_reader_close(struct mpr_address_reader *reader)
{
	if (reader->fd >= 0)
		close(reader->fd);
	reader->fd = -1;
}

static int request(struct mpr_address_reader *reader, uint32_t ifindex)
{
	struct {
		struct nlmsghdr nlh;
		struct ifaddrmsg message;
	} request = {
		.nlh = { .nlmsg_len = sizeof(request),
			 .nlmsg_type = RTM_GETADDR,
			 .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
			 .nlmsg_seq = ++reader->seq },
		.message = { .ifa_family = AF_UNSPEC, .ifa_index = ifindex },
	};
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	ssize_t sent;

	sent = sendto(reader->fd, &request, sizeof(request), 0,
		      (const struct sockaddr *)&kernel, sizeof(kernel));
	return sent < 0 ? -errno : 0;
}

/* Room for one more, all zero; NULL if there is no memory. */
static struct mpr_address *add(struct mpr_addresses *addresses)
{
	size_t more = 2 * addresses->room + 8;
	struct mpr_address *longer, *address;

	if (addresses->count == addresses->room) {
		longer = realloc(addresses->list, more * sizeof(*longer));
		if (!longer)
			return NULL;
		addresses->list = longer;
		addresses->room = more;
	}
	address = &addresses->list[addresses->count++];
	memset(address, 0, sizeof(*address));
	return address;
}

static int note_attribute(const struct nlattr *attr, void *data)
{
	const struct nlattr **attrs = data;

	if (mnl_attr_get_type(attr) <= IFA_LOCAL)
		attrs[mnl_attr_get_type(attr)] = attr;
	return MNL_CB_OK;
}

static void put(struct in6_addr *to, const struct nlattr *from)
{
	size_t length = mnl_attr_get_payload_len(from);

	if (length <= sizeof(*to))
		memcpy(&to->s6_addr[sizeof(*to) - length],
		       mnl_attr_get_payload(from), length);
}

static int add_address(struct mpr_addresses *addresses,
		       const struct nlmsghdr *nlh)
{
	const struct ifaddrmsg *message = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attrs[IFA_LOCAL + 1] = { 0 };
	struct mpr_address *address;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*message))
		return 0;
	if (mnl_attr_parse(nlh, sizeof(*message), note_attribute, attrs) < 0 ||
	    !attrs[IFA_ADDRESS])
		return 0;
	address = add(addresses);
	if (!address)
		return -ENOMEM;
	address->ifindex = message->ifa_index;
	address->family = message->ifa_family;
	/* of a line with two ends, IFA_ADDRESS is the other one's */
	put(&address->remote, attrs[IFA_ADDRESS]);
	put(&address->local,
	    attrs[IFA_LOCAL] ? attrs[IFA_LOCAL] : attrs[IFA_ADDRESS]);
	if (!memcmp(&address->local, &address->remote, sizeof(address->local)))
		memset(&address->remote, 0, sizeof(address->remote));
	return 0;
}

/* Both begin with it: an error message, and the end of a list. */
static int error_of(const struct nlmsghdr *nlh)
{
	int error = 0;

	if (mnl_nlmsg_get_payload_len(nlh) >= sizeof(error))
		memcpy(&error, mnl_nlmsg_get_payload(nlh), sizeof(error));
	return error < 0 ? error : 0;
}

/* Return: 1 to go on, 0 at the end, or a negative errno */
static int take_piece(struct mpr_addresses *addresses, const char *piece,
		      int length, uint32_t seq)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)piece;
	int result = 1;

	for (; result > 0 && mnl_nlmsg_ok(nlh, length);
	     nlh = mnl_nlmsg_next(nlh, &length)) {
		/* of an earlier list, of which nobody read the end */
		if (nlh->nlmsg_seq != seq)
			continue;
		if (nlh->nlmsg_type == NLMSG_DONE ||
		    nlh->nlmsg_type == NLMSG_ERROR)
			result = error_of(nlh);
		else if (nlh->nlmsg_type == RTM_NEWADDR &&
			 add_address(addresses, nlh))
			result = -ENOMEM;
	}
	return result;
}

static int take_all(struct mpr_addresses *addresses,
		    const struct mpr_address_reader *reader)
{
	struct sockaddr_nl from = { 0 };
	char *piece = malloc(PIECE);
	socklen_t size;
	ssize_t length;
	int result = piece ? 1 : -ENOMEM;

	while (result > 0) {
		size = sizeof(from);
		length = recvfrom(reader->fd, piece, PIECE, 0,
				  (struct sockaddr *)&from, &size);
		if (length < 0 && errno != EINTR)
			result = -errno;
		else if (length >= 0 && !from.nl_pid) /* the kernel's */
			result = take_piece(addresses, piece, (int)length,
					    reader->seq);
	}
	free(piece);
	return result;
}

int mpr_addresses_read(struct mpr_addresses *addresses,
		       struct mpr_address_reader *reader, uint32_t ifindex)
{
	int result;

	*addresses = (struct mpr_addresses){ 0 };
	result = request(reader, ifindex);
	if (!result)
		result = take_all(addresses, reader);
	if (result)
		addresses->count = 0;
	/* a device that has just gone has none */
	return result == -ENODEV ? 0 : result;
}

void mpr_addresses_free(struct mpr_addresses *addresses)
{
	free(addresses->list);
}

const struct mpr_address *
mpr_addresses_find(const struct mpr_addresses *addresses, uint32_t ifindex,
		   int family)
{
	size_t i;

	for (i = 0; i < addresses->count; i++)
		if (addresses->list[i].ifindex == ifindex &&
		    addresses->list[i].family == family)
			return &addresses->list[i];
	return NULL;
}
