/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the pppd plugin and ddmd say to each other, over one SOCK_SEQPACKET
 * connection for each pppd. The plugin speaks, ddmd answers, nothing else.
 *
 *  - Connect to the path in the environment variable DDM_SOCKET, or to
 *    DDM_PLUGIN_SOCKET. ddmd takes root only, and knows the process by the
 *    socket (SO_PEERCRED), so a child that pppd forks must not use it.
 *  - One packet, one message, of exactly sizeof(struct ddm_plugin_message)
 *    bytes. Every message has the whole link in it, as far as it is known then:
 *    a message that was lost or not sent costs nothing but time.
 *  - A message with a serial other than 0 is answered by one struct
 *    ddm_plugin_answer with that serial, after ddmd has carried it out: when
 *    the answer is there, the kernel knows. Answers may come late, so discard
 *    those with another serial. A message with serial 0 is not answered.
 *  - The plugin limits its waits itself (DDM_PLUGIN_WAIT_* are advice). ddmd
 *    that is not there is logged once, and pppd goes on as without the plugin;
 *    but what a missing verdict means is said in DDM_PLUGIN_HELLO's answer. It
 *    connects again at the next message, and looks every few seconds whether
 *    it can, with a HELLO first: a new ddmd adopts the link that way, as it is
 *    then.
 *  - ddmd that is there and does not answer in time keeps its connection: what
 *    was sent is heard in the end. For some time it is told things and not
 *    waited for, but no call is taken before it has answered HELLO: one that
 *    it has not answered when the limit of verdicts is over is refused.
 *  - ddmd that wants to be asked about other things ends the connection, and
 *    is greeted anew. What it was asked by then it answers before; what it did
 *    not hear any more is said again at once.
 *  - To hang up, ddmd signals the process: SIGTERM ends pppd, SIGHUP ends the
 *    call (persist and demand go on). There is no message for it.
 *  - A connection that ends without an EXIT is a pppd that was killed, or one
 *    that ran out of patience: ddmd looks at the process to know which.
 *
 * Integers are in the byte order of the machine, addresses in network order.
 * Texts end with a NUL and are otherwise as pppd has them. 0 and "" mean not
 * known, if nothing else is said.
 */
#ifndef DDMD_PLUGIN_PROTOCOL_H
#define DDMD_PLUGIN_PROTOCOL_H

#include <stdint.h>

#define DDM_PLUGIN_VERSION 1
#define DDM_PLUGIN_SOCKET "/run/ddm/plugin.sock"

/* Environment of a pppd that ddmd started (absent otherwise) */
#define DDM_PLUGIN_ENV_SOCKET "DDM_SOCKET"
#define DDM_PLUGIN_ENV_REQUEST "DDM_REQUEST" /* decimal, request number */
#define DDM_PLUGIN_ENV_INTERFACE "DDM_INTERFACE" /* decimal, interface id */

/*
 * Milliseconds that are worth waiting for an answer. Where many calls come and
 * go at once, ddmd waits for the kernel's lock of network devices as they do.
 */
#define DDM_PLUGIN_WAIT_KERNEL 8000 /* HELLO, DEVICE, UP, DOWN, EXIT */
#define DDM_PLUGIN_WAIT_END 2000 /* the same, of a pppd that was told to end */
/* HELLO and SECRET of a call of ddmd's, which ends it when its time is over */
#define DDM_PLUGIN_WAIT_OWN 60000
#define DDM_PLUGIN_WAIT_VERDICT \
	30000 /* ASK, ADDRESS, unless HELLO's answer
				       * has another limit */

/* Types of message. [a]: ask for an answer, somebody must not go on before. */
enum ddm_plugin_type {
	/*
	 * First of all, once pppd has read its options. [a] Answer: flags is
	 * what ddmd wants to be asked, limit the time limit of verdicts.
	 */
	DDM_PLUGIN_HELLO = 1,
	/* link.phase changed; sent for every phase */
	DDM_PLUGIN_PHASE,
	/*
	 * The unit exists and is not up yet (in demand mode: before the
	 * interface is set up; in multilink: before the link joins). [a] ddmd
	 * claims the device: from now on it counts as connected only by UP.
	 */
	DDM_PLUGIN_DEVICE,
	/*
	 * pppd is about to call a peer that wants to know who it is. [a] value 1,
	 * user ("" for that of the options) and secret; value 0, ddmd has none.
	 * Asked once a call.
	 */
	DDM_PLUGIN_SECRET,
	/*
	 * The peer was authenticated (or needed not to be), no network protocol
	 * runs yet; flags is what is asked, DDM_PLUGIN_ASK_*. [a] Answer: value
	 * enum ddm_plugin_verdict.
	 */
	DDM_PLUGIN_ASK,
	/*
	 * Which address the peer gets; link.remote4 is what pppd would give it
	 * or the peer wishes. [a] Answer: value enum ddm_plugin_verdict,
	 * remote4 the address, 0 for as pppd thinks.
	 */
	DDM_PLUGIN_ADDRESS,
	/*
	 * The link is in use: the first network protocol is up, or the link has
	 * joined its bundle. Again, when another protocol came up or an address
	 * changed. [a]
	 */
	DDM_PLUGIN_UP,
	/*
	 * The link is not in use any more, pppd may go on (persist, demand).
	 * Before the device goes down. link.status says why. [a]
	 */
	DDM_PLUGIN_DOWN,
	/* pppd exits with link.status; implies DOWN. [a] */
	DDM_PLUGIN_EXIT,
};

/* flags of HELLO's answer: what is to be asked. flags of ASK: what is asked. */
#define DDM_PLUGIN_ASK_LINK 0x1 /* may this link be? */
#define DDM_PLUGIN_ASK_CONNECTION 0x2 /* may this call be (first link)? */
#define DDM_PLUGIN_ASK_REAUTHENTICATION 0x4 /* authenticated once more */
#define DDM_PLUGIN_ASK_ADDRESS 0x8 /* send ADDRESS */
/* flags of HELLO's answer: no verdict in time lets in rather than refuses */
#define DDM_PLUGIN_LET_IN 0x100
/* flags of HELLO's answer: ddmd has a secret for this call, send SECRET */
#define DDM_PLUGIN_HAS_SECRET 0x200
/* flags of SECRET's answer: it is for this call alone */
#define DDM_PLUGIN_ONCE 0x400

enum ddm_plugin_verdict {
	DDM_PLUGIN_REFUSE = 0,
	DDM_PLUGIN_ACCEPT = 1,
};

/* bits of ddm_plugin_link.is */
#define DDM_PLUGIN_IS_INCOMING 0x1 /* the call was taken, not made */
#define DDM_PLUGIN_IS_MULTILINK 0x2 /* multilink was agreed on */
#define DDM_PLUGIN_IS_MASTER 0x4 /* made the bundle's unit */
#define DDM_PLUGIN_IS_DEMAND 0x8
#define DDM_PLUGIN_IS_PERSIST 0x10
#define DDM_PLUGIN_IS_UP 0x20 /* between UP and DOWN */
#define DDM_PLUGIN_IS_AUTHENTICATED 0x40 /* the peer proved who it is */
#define DDM_PLUGIN_IS_UNANSWERED 0x80 /* ddmd's call, and no secret in time */

/* bits of ddm_plugin_link.protocols: what is up, or was agreed on */
#define DDM_PLUGIN_IPCP 0x1
#define DDM_PLUGIN_IPV6CP 0x2
#define DDM_PLUGIN_CCP 0x4
#define DDM_PLUGIN_MPPE 0x8
#define DDM_PLUGIN_VJ 0x10

/**
 * struct ddm_plugin_link - all that pppd knows of its link
 * @pid: of pppd now (it changes when pppd detaches)
 * @request: from the environment, 0 for a call that ddmd did not ask for
 * @interface: from the environment, 0 likewise
 * @is: DDM_PLUGIN_IS_*
 * @phase: pppd's phase, 0 (dead) to 12 (master)
 * @status: pppd's exit status as it would be now; while it waits (phases
 *	dormant and holdoff), that of the call before
 * @unit: PPP unit number, -1 while there is none
 * @channel: PPP channel index, -1 while there is none
 * @protocols: DDM_PLUGIN_IPCP and so on
 * @auth: PPP protocol number of what the peer was asked for (0xc023 PAP, 0xc223
 *	CHAP, 0xc227 EAP), 0 for none
 * @auth_own: the same, of what the peer asked us for
 * @speed: bits per second
 * @mtu: of the link
 * @mrru: agreed reassembly unit, 0 without multilink
 * @local4: own IPv4 address
 * @remote4: the peer's
 * @local6: own IPv6 address (link-local of the agreed identifier)
 * @remote6: the peer's
 * @rx_bytes: so far in this call, as far as pppd knows; so the next
 * @tx_bytes: likewise
 * @rx_packets: likewise
 * @tx_packets: likewise
 * @seconds: that the call has lasted
 * @digest: of CHAP, the algorithm (5 MD5, 0x80 MS-CHAP, 0x81 MS-CHAPv2): of
 *	@auth in the low byte, of @auth_own in the next
 * @device: name of the network device, of a bundle's link that of the bundle
 * @port: tty without /dev/, or what stands for one (PPPoE: Ethernet device,
 *	a colon, and the session number in decimal)
 * @media: PPPoE, PPTP, L2TP, Serial, or what fits
 * @number: remote number or address of the caller (pppd's remotenumber)
 * @bundle: name of the bundle, as pppd tells links by it
 * @user: who was authenticated here: of a call that was taken the peer's name
 *	as it was proved, of one that was made our own name
 * @peer: name of the other side, as it calls itself
 */
struct ddm_plugin_link {
	int32_t pid;
	uint32_t request;
	uint32_t interface;
	uint32_t is;
	uint32_t phase;
	uint32_t status;
	int32_t unit;
	int32_t channel;
	uint32_t protocols;
	uint32_t auth;
	uint32_t auth_own;
	uint32_t speed;
	uint32_t mtu;
	uint32_t mrru;
	uint32_t local4;
	uint32_t remote4;
	uint8_t local6[16];
	uint8_t remote6[16];
	uint64_t rx_bytes;
	uint64_t tx_bytes;
	uint64_t rx_packets;
	uint64_t tx_packets;
	uint32_t seconds;
	uint32_t digest;
	char device[16];
	char port[64];
	char media[32];
	char number[64];
	char bundle[256];
	char user[256];
	char peer[256];
};

/**
 * struct ddm_plugin_message - from the plugin
 * @version: DDM_PLUGIN_VERSION; another one is disconnected
 * @type: enum ddm_plugin_type
 * @serial: chosen by the plugin, 0 if no answer is wanted
 * @flags: of ASK, what is asked
 * @reserved: 0
 * @link: all of it, in every message
 */
struct ddm_plugin_message {
	uint16_t version;
	uint16_t type;
	uint32_t serial;
	uint32_t flags;
	uint32_t reserved;
	struct ddm_plugin_link link;
};

/**
 * struct ddm_plugin_answer - from ddmd
 * @version: DDM_PLUGIN_VERSION
 * @type: of the message that is answered
 * @serial: likewise
 * @value: depends on the type, 1 where nothing is said
 * @flags: of HELLO and SECRET
 * @limit: of HELLO, milliseconds that a verdict may take
 * @remote4: of ADDRESS
 * @user: of SECRET
 * @secret: of SECRET; clear it from memory once it was used
 */
struct ddm_plugin_answer {
	uint16_t version;
	uint16_t type;
	uint32_t serial;
	uint32_t value;
	uint32_t flags;
	uint32_t limit;
	uint32_t remote4;
	char user[256];
	char secret[256];
};

#endif
