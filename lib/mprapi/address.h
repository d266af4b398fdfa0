/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Addresses of net devices, read over a socket of one's own: getifaddrs() would
 * read those of the network namespace that the calling thread happens to be in.
 */
#ifndef MPR_ADDRESS_H
#define MPR_ADDRESS_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct mpr_address - an address of a net device
 * @ifindex: the device
 * @family: AF_INET or AF_INET6
 * @local: own address; an IPv4 address is in the last four bytes
 * @remote: the other side's, zero where there is no such thing
 */
struct mpr_address {
	uint32_t ifindex;
	int family;
	struct in6_addr local;
	struct in6_addr remote;
};

/**
 * struct mpr_addresses - all of them, or those of one device
 * @list: by device as the kernel lists them
 * @count: how many
 * @room: how many @list has memory for
 */
struct mpr_addresses {
	struct mpr_address *list;
	size_t count;
	size_t room;
};

/**
 * struct mpr_address_reader - what they are read over
 * @fd: socket of rtnetlink, -1 if there is none
 * @seq: number of the last request
 */
struct mpr_address_reader {
	int fd;
	uint32_t seq;
};

/**
 * mpr_address_reader_open - begin to be able to read addresses
 * @reader: filled in
 *
 * It stays in the namespace that the calling thread is in now. Return: 0 or a
 * negative errno
 */
int mpr_address_reader_open(struct mpr_address_reader *reader);
void mpr_address_reader_close(struct mpr_address_reader *reader);

/**
 * mpr_addresses_read - read them
 * @addresses: filled in, empty after an error; for mpr_addresses_free()
 * @reader: in use by nobody else
 * @ifindex: a device, or 0 for all
 *
 * Of those that come and go meanwhile, some are told. Return: 0 or a negative
 * errno
 */
int mpr_addresses_read(struct mpr_addresses *addresses,
		       struct mpr_address_reader *reader, uint32_t ifindex);
void mpr_addresses_free(struct mpr_addresses *addresses);

/* The first one of a device, or NULL. */
const struct mpr_address *
mpr_addresses_find(const struct mpr_addresses *addresses, uint32_t ifindex,
		   int family);

#endif
