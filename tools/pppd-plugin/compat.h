/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pppd 2.4.9 and 2.5 as one: the rest of the plugin is written against the
 * names of 2.5, and whatever differs between the two is here and nowhere else.
 */
#ifndef DDM_PLUGIN_COMPAT_H
#define DDM_PLUGIN_COMPAT_H

#include <linux/ppp_defs.h>

#if __has_include(<pppd/pppdconf.h>)

#include <pppd/pppdconf.h>
#include <pppd/pppd.h>
#include <pppd/fsm.h>
#include <pppd/lcp.h>
#include <pppd/ipcp.h>
#include <pppd/eui64.h>
#include <pppd/ipv6cp.h>
#include <pppd/ccp.h>
#include <pppd/chap.h>
#include <pppd/upap.h>
#include <pppd/multilink.h>
#include <pppd/options.h>

#define DDM_PLUGIN_VERSION_SYMBOL PPPD_VERSION

/*
 * pppd still has these, but since 2.5 its headers do not show them. Weak, so
 * that a pppd that hides them loads the plugin all the same.
 */
#define PPPD_HIDDEN __attribute__((weak))
extern char user[MAXNAMELEN] PPPD_HIDDEN;
extern bool demand PPPD_HIDDEN;
extern bool multilink PPPD_HIDDEN;
extern char *bundle_name PPPD_HIDDEN;
extern char *connect_script PPPD_HIDDEN;
extern int baud_rate PPPD_HIDDEN;
int get_secret(int unit, char *client, char *server, char *secret,
	       int *secret_len, int am_server) PPPD_HIDDEN;
#define HAVE(symbol) (&(symbol) != NULL)

#else /* 2.4.9 */

/* as Debian builds it */
#define INET6
#define HAVE_MULTILINK
#include <pppd/pppd.h>
#include <pppd/fsm.h>
#include <pppd/lcp.h>
#include <pppd/ipcp.h>
#include <pppd/eui64.h>
#include <pppd/ipv6cp.h>
#include <pppd/ccp.h>
#include <pppd/chap-new.h>
#include <pppd/upap.h>
#include <string.h>

#define DDM_PLUGIN_VERSION_SYMBOL VERSION
#define HAVE(symbol) 1

#define NF_PID_CHANGE (&pidchange)
#define NF_PHASE_CHANGE (&phasechange)
#define NF_EXIT (&exitnotify)
#define NF_SIGNALED (&sigreceived)
#define NF_IP_UP (&ip_up_notifier)
#define NF_IP_DOWN (&ip_down_notifier)
#define NF_IPV6_UP (&ipv6_up_notifier)
#define NF_IPV6_DOWN (&ipv6_down_notifier)
#define NF_AUTH_UP (&auth_up_notifier)
#define NF_FORK (&fork_notifier)

#define ppp_add_notify(list, function, context) \
	add_notifier(list, function, context)
#define ppp_add_options(options) add_options(options)
#define ppp_timeout(function, arg, s, us) timeout(function, arg, s, us)
#define ppp_status() (status)
#define ppp_ifunit() (ifunit)
#define ppp_ifname() ((const char *)ifname)
#define ppp_pppdevnam() ((const char *)ppp_devnam)
#define ppp_get_remote_number() ((const char *)remote_number)
#define ppp_remote_name() ((const char *)remote_name)
#define ppp_persist() (persist)
#define mp_on() (doing_multilink)
#define mp_master() (multilink_master)

typedef struct pppd_stats ppp_link_stats_st;

static inline const char *ppp_peer_authname(char *buf, size_t size)
{
	strlcpy(buf, peer_authname, size);
	return buf;
}

static inline int ppp_get_link_stats(ppp_link_stats_st *stats)
{
	update_link_stats(ifunit);
	*stats = link_stats;
	return link_stats_valid;
}

#endif

#ifndef PPP_EAP
#define PPP_EAP 0xc227
#endif
#ifndef PPP_ECP
#define PPP_ECP 0x8053
#endif

static inline int pppd_is_demand(void)
{
	return HAVE(demand) && demand;
}

static inline int pppd_has_connect_script(void)
{
	return HAVE(connect_script) && connect_script;
}

static inline const char *pppd_bundle_name(void)
{
	return HAVE(bundle_name) ? bundle_name : NULL;
}

static inline int pppd_baud_rate(void)
{
	return HAVE(baud_rate) ? baud_rate : 0;
}

/* Our own name, MAXNAMELEN characters that may be changed, or NULL */
static inline char *pppd_user(void)
{
	return HAVE(user) ? user : NULL;
}

/* May links be bundled? NULL where that cannot be known or changed */
static inline bool *pppd_multilink(void)
{
	return HAVE(multilink) ? &multilink : NULL;
}

/* What pppd loads: the version that it was built for, and what it calls. */
#define PPPD_EXPORT __attribute__((visibility("default")))
extern PPPD_EXPORT char pppd_version[];
PPPD_EXPORT void plugin_init(void);

#endif
