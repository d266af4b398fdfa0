// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every message has the whole link in it, so there is one place that gathers
 * it, from pppd's variables and from the channel itself.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <linux/if_pppox.h>
#include <linux/ppp-ioctl.h>

#include "compat.h"
#include "link.h"

int link_direction;

/* What pppd does not keep, or not where a plugin can find it */
static struct {
	int pid;
	uint32_t request;
	uint32_t interface;
	int phase;
	int channel;
	int up;
	int authenticated;
	int unanswered;
	int last_status;
	uint32_t protocols;
	uint32_t remote4;
	time_t since;
	char *socket;
	char port[64];
	char media[32];
} known = { .channel = -1 };

static time_t seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec;
}

/* pppd may be set-user-id: then the environment is the caller's. */
static char *take_from_environment(const char *name)
{
	const char *text = secure_getenv(name);
	char *copy = text ? strdup(text) : NULL;

	unsetenv(name);
	return copy;
}

static uint32_t take_number(const char *name)
{
	char *text = take_from_environment(name);
	uint32_t number = text ? (uint32_t)strtoul(text, NULL, 10) : 0;

	free(text);
	return number;
}

void link_begin(void)
{
	known.request = take_number(DDM_PLUGIN_ENV_REQUEST);
	known.interface = take_number(DDM_PLUGIN_ENV_INTERFACE);
	known.socket = take_from_environment(DDM_PLUGIN_ENV_SOCKET);
}

const char *link_socket(void)
{
	return known.socket;
}

static void name_pppox(const struct sockaddr_pppox *address)
{
	const struct sockaddr_pppol2tp *l2tp = (const void *)address;

	switch (address->sa_protocol) {
	case PX_PROTO_OE:
		strcpy(known.media, "PPPoE");
		snprintf(known.port, sizeof(known.port), "%.15s:%u",
			 address->sa_addr.pppoe.dev,
			 ntohs(address->sa_addr.pppoe.sid));
		return;
	case PX_PROTO_OL2TP:
		strcpy(known.media, "L2TP");
		snprintf(known.port, sizeof(known.port), "l2tp:%u:%u",
			 l2tp->pppol2tp.s_tunnel, l2tp->pppol2tp.s_session);
		return;
	case PX_PROTO_PPTP:
		strcpy(known.media, "PPTP");
		snprintf(known.port, sizeof(known.port), "pptp:%u",
			 address->sa_addr.pptp.call_id);
		return;
	}
}

static void name_tty(const char *name)
{
	if (!strncmp(name, "/dev/", 5))
		name += 5;
	strlcpy(known.port, name, sizeof(known.port));
	strcpy(known.media, strncmp(name, "pts/", 4) ? "Serial" : "Pty");
}

void link_established(int fd)
{
	struct sockaddr_storage address = { 0 };
	socklen_t size = sizeof(address);

	if (ioctl(fd, PPPIOCGCHAN, &known.channel))
		known.channel = -1;
	known.port[0] = 0;
	known.media[0] = 0;
	if (!getsockname(fd, (struct sockaddr *)&address, &size) &&
	    address.ss_family == AF_PPPOX)
		name_pppox((const void *)&address);
	if (!known.port[0])
		name_tty(ppp_pppdevnam());
}

void link_gone(void)
{
	known.channel = -1;
	known.protocols = 0;
	known.authenticated = 0;
}

/* pppd forgets it before it waits again, and is asked later */
void link_keep_status(void)
{
	known.last_status = ppp_status();
}

void link_set_phase(int now)
{
	known.phase = now;
}

static int exit_status(void)
{
	return known.phase == PHASE_DORMANT || known.phase == PHASE_HOLDOFF ?
		       known.last_status :
		       (int)ppp_status();
}

void link_set_protocol(uint32_t protocol, int up)
{
	if (up)
		known.protocols |= protocol;
	else
		known.protocols &= ~protocol;
}

void link_set_up(int up)
{
	if (up && !known.up)
		known.since = seconds();
	known.up = up;
}

void link_set_authenticated(void)
{
	known.authenticated = 1;
}

void link_set_unanswered(int unanswered)
{
	known.unanswered = unanswered;
}

void link_set_pid(int pid)
{
	known.pid = pid;
}

void link_set_remote4(uint32_t address)
{
	known.remote4 = address;
}

int link_is_ddmds(void)
{
	return known.interface != 0;
}

int link_is_up(void)
{
	return known.up;
}

uint32_t link_protocols(void)
{
	return known.protocols;
}

static int asks_peer(const lcp_options *options)
{
	return options->neg_upap || options->neg_chap || options->neg_eap;
}

/*
 * pppd knows no direction. Who wants the peer to say who it is, or waits for it
 * to speak first, takes calls; who runs a script to connect makes them.
 */
static int incoming(void)
{
	const lcp_options *wanted = &lcp_wantoptions[0];

	if (link_direction != DIRECTION_GUESS)
		return link_direction == DIRECTION_INCOMING;
	if (known.request)
		return 0;
	if (pppd_has_connect_script() || pppd_is_demand())
		return 0;
	return asks_peer(wanted) || wanted->silent || wanted->passive;
}

int link_is_incoming(void)
{
	return incoming();
}

static uint32_t what_it_is(void)
{
	uint32_t is = 0;

	if (incoming())
		is |= DDM_PLUGIN_IS_INCOMING;
	if (lcp_gotoptions[0].neg_mrru && lcp_hisoptions[0].neg_mrru)
		is |= DDM_PLUGIN_IS_MULTILINK;
	if (mp_master())
		is |= DDM_PLUGIN_IS_MASTER;
	if (pppd_is_demand())
		is |= DDM_PLUGIN_IS_DEMAND;
	if (ppp_persist())
		is |= DDM_PLUGIN_IS_PERSIST;
	if (known.up)
		is |= DDM_PLUGIN_IS_UP;
	if (known.authenticated && asks_peer(&lcp_gotoptions[0]))
		is |= DDM_PLUGIN_IS_AUTHENTICATED;
	if (known.unanswered)
		is |= DDM_PLUGIN_IS_UNANSWERED;
	return is;
}

static uint32_t authentication(const lcp_options *options)
{
	if (options->neg_eap)
		return PPP_EAP;
	if (options->neg_chap)
		return PPP_CHAP;
	return options->neg_upap ? PPP_PAP : 0;
}

static uint32_t digest(const lcp_options *options)
{
	return options->neg_chap && !options->neg_eap ?
		       CHAP_DIGEST(options->chap_mdtype) :
		       0;
}

static uint32_t agreed_protocols(void)
{
	uint32_t agreed = known.protocols;

	if (ccp_fsm[0].state == OPENED) {
		agreed |= DDM_PLUGIN_CCP;
		if (ccp_gotoptions[0].mppe)
			agreed |= DDM_PLUGIN_MPPE;
	}
	if ((agreed & DDM_PLUGIN_IPCP) && ipcp_gotoptions[0].neg_vj)
		agreed |= DDM_PLUGIN_VJ;
	return agreed;
}

static void link_local(uint8_t *address, const eui64_t *id)
{
	if (!(id->e32[0] | id->e32[1]))
		return;
	address[0] = 0xfe;
	address[1] = 0x80;
	memcpy(address + 8, id, 8);
}

/* Before IPCP is up, what is meant to be: a verdict is asked for then. */
static void describe_addresses(struct ddm_plugin_link *link)
{
	if (known.protocols & DDM_PLUGIN_IPCP) {
		link->local4 = ipcp_gotoptions[0].ouraddr;
		link->remote4 = ipcp_hisoptions[0].hisaddr;
	} else {
		link->local4 = ipcp_wantoptions[0].ouraddr;
		link->remote4 = known.remote4 ? known.remote4 :
						ipcp_wantoptions[0].hisaddr;
	}
	if (known.protocols & DDM_PLUGIN_IPV6CP) {
		link_local(link->local6, &ipv6cp_gotoptions[0].ourid);
		link_local(link->remote6, &ipv6cp_hisoptions[0].hisid);
	}
}

/* pppd counts for the device, and a bundle's has the traffic of all its links */
static void describe_traffic(struct ddm_plugin_link *link)
{
	ppp_link_stats_st stats;

	if (!known.up)
		return;
	link->seconds = (uint32_t)(seconds() - known.since);
	if (mp_on() || !if_nametoindex(ppp_ifname()) ||
	    !ppp_get_link_stats(&stats))
		return;
	link->rx_bytes = stats.bytes_in;
	link->tx_bytes = stats.bytes_out;
	link->rx_packets = stats.pkts_in;
	link->tx_packets = stats.pkts_out;
}

static void put(char *to, size_t size, const char *text)
{
	strlcpy(to, text ? text : "", size);
}

/* The peer's name, its end point and the name given here tell bundles apart. */
static void describe_bundle(struct ddm_plugin_link *link)
{
	const lcp_options *his = &lcp_hisoptions[0];
	const char *given = pppd_bundle_name();

	if (!(link->is & DDM_PLUGIN_IS_MULTILINK))
		return;
	link->mrru = (uint32_t)his->mrru;
	snprintf(link->bundle, sizeof(link->bundle), "%.120s/%s%s%.60s",
		 link->peer,
		 his->neg_endpoint ?
			 epdisc_to_str((struct epdisc *)&his->endpoint) :
			 "",
		 given ? "/" : "", given ? given : "");
}

static void describe_names(struct ddm_plugin_link *link)
{
	char name[MAXNAMELEN] = "";

	ppp_peer_authname(name, sizeof(name));
	put(link->peer, sizeof(link->peer), name[0] ? name : ppp_remote_name());
	put(link->number, sizeof(link->number), ppp_get_remote_number());
	if (link->is & DDM_PLUGIN_IS_INCOMING)
		put(link->user, sizeof(link->user), name);
	else if (link->auth_own)
		put(link->user, sizeof(link->user), pppd_user());
}

void link_describe(struct ddm_plugin_link *link)
{
	const lcp_options *his = &lcp_hisoptions[0];

	memset(link, 0, sizeof(*link));
	link->pid = known.pid;
	link->request = known.request;
	link->interface = known.interface;
	link->is = what_it_is();
	link->phase = (uint32_t)known.phase;
	link->status = (uint32_t)exit_status();
	link->unit = ppp_ifunit();
	link->channel = known.channel;
	link->protocols = agreed_protocols();
	link->auth = authentication(&lcp_gotoptions[0]);
	link->auth_own = authentication(his);
	link->digest = digest(&lcp_gotoptions[0]) | digest(his) << 8;
	if (!strcmp(known.media, "Serial"))
		link->speed = (uint32_t)pppd_baud_rate();
	link->mtu = his->neg_mru ? (uint32_t)his->mru : PPP_MRU;
	if (link->unit >= 0)
		put(link->device, sizeof(link->device), ppp_ifname());
	put(link->port, sizeof(link->port), known.port);
	put(link->media, sizeof(link->media), known.media);
	describe_addresses(link);
	describe_traffic(link);
	describe_names(link);
	describe_bundle(link);
}
