/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What administration DLLs are told of a call, in ddmd's words. ddmd fills it
 * in, the host makes RAS_... structures of it; it goes between the two as it is.
 */
#ifndef DDMD_HOST_FACTS_H
#define DDMD_HOST_FACTS_H

#include <stdint.h>

/* bits of host_facts.is */
#define HOST_IS_PPP 0x1
#define HOST_IS_MULTILINK 0x2

/**
 * struct host_traffic - counters, of a connection or of one link
 * @seconds: since it came up
 */
struct host_traffic {
	uint64_t rx_bytes;
	uint64_t tx_bytes;
	uint64_t rx_packets;
	uint64_t tx_packets;
	uint32_t crc_errors;
	uint32_t timeout_errors;
	uint32_t alignment_errors;
	uint32_t overrun_errors;
	uint32_t framing_errors;
	uint32_t buffer_errors;
	uint32_t seconds;
	uint32_t reserved;
};

/**
 * struct host_facts - a call and one link of it
 * @connection: hConnection, the same in every callout about one call: what
 *	the first question about it had, or if that was 0, a number that
 *	client.c chooses
 * @port: hPort, likewise of one link
 * @interface: id of the interface, 0 where it has none yet
 * @interface_type: ROUTER_INTERFACE_TYPE
 * @is: HOST_IS_*
 * @protocols: DDM_PLUGIN_IPCP and so on: agreed on
 * @auth: PPP protocol number that the peer was authenticated with, 0 for none
 * @auth_own: likewise, that we were authenticated with
 * @digest: of CHAP, the algorithm: of @auth in the low byte, of @auth_own in
 *	the next
 * @speed: of the link, bits per second, 0 if not known
 * @calls: times that the interface connected, this one included once it has
 * @epoch: of the ddmd that numbered the call: another one uses the numbers again
 * @local4: own address, network order, 0 if none; so the others
 * @remote4: what the peer has or is to get
 * @total: of the connection
 * @link: of the link
 * @interface_name: friendly name, "" where there is no interface yet
 * @device: network device
 * @user: authenticated user, may have the form DOMAIN\user
 * @peer: name of the other computer
 * @port_name: tty, or what stands for one
 * @media: PPPoE, Serial and so on
 * @number: of the caller
 * @bundle: what links of one call have in common, "" if it can have one only
 */
struct host_facts {
	uint64_t connection;
	uint64_t port;
	uint32_t interface;
	uint32_t interface_type;
	uint32_t is;
	uint32_t protocols;
	uint32_t auth;
	uint32_t auth_own;
	uint32_t digest;
	uint32_t speed;
	uint32_t calls;
	uint32_t epoch;
	uint32_t local4;
	uint32_t remote4;
	uint8_t local6[16];
	uint8_t remote6[16];
	struct host_traffic total;
	struct host_traffic link;
	char interface_name[1028]; /* 256 characters of UTF-8 */
	char device[16];
	char user[256];
	char peer[256];
	char port_name[64];
	char media[32];
	char number[64];
	char bundle[256];
};

#endif
