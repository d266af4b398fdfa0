// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Windows reports what PPP negotiated. Here a link agent tells it, or else the
 * kernel's addresses do; what neither knows stays zero.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>

#include <raserror.h>

#include "address.h"
#include "projection.h"
#include "snapshot.h"
#include "text.h"

/* What the structures hold where a protocol does not run. */
#define NOT_RUNNING ERROR_PPP_NO_PROTOCOLS_CONFIGURED

/**
 * struct ends - the two ends of a connection
 * @runs: the protocol has addresses at all
 * @local: own address
 * @remote: the other side's, zero if not known
 */
struct ends {
	bool runs;
	struct in6_addr local;
	struct in6_addr remote;
};

/* What the device has, of one family. */
static struct ends device_ends(const struct mpr_about *about,
			       const struct mpr_addresses *addresses,
			       int family)
{
	const struct mpr_address *address = mpr_addresses_find(
		addresses, about->connection.ifindex, family);
	struct ends ends = { 0 };

	if (!address)
		return ends;
	ends.runs = true;
	ends.local = address->local;
	ends.remote = address->remote;
	return ends;
}

/* An IPv4 address as if it were mapped, in the last four bytes. */
static void put_ipv4(struct in6_addr *to, const void *address)
{
	memcpy(&to->s6_addr[12], address, sizeof(struct in_addr));
}

/* Of a bundle, the link that negotiated for all may be any. */
static struct ends link_ends4(const struct mpr_link *link)
{
	struct ends ends = { 0 };

	while ((link = mpr_first_up(link)) && !link->link.local4 &&
	       !link->link.remote4)
		link = link->next;
	if (!link)
		return ends;
	ends.runs = true;
	put_ipv4(&ends.local, &link->link.local4);
	put_ipv4(&ends.remote, &link->link.remote4);
	return ends;
}

static struct ends ipv4_ends(const struct mpr_about *about,
			     const struct mpr_addresses *addresses)
{
	struct ends ends = link_ends4(about->links);

	return ends.runs ? ends : device_ends(about, addresses, AF_INET);
}

static struct ends link_ends6(const struct mpr_link *link)
{
	static const struct in6_addr none;
	struct ends ends = { 0 };

	for (; (link = mpr_first_up(link)); link = link->next) {
		memcpy(&ends.local, link->link.local6, sizeof(ends.local));
		memcpy(&ends.remote, link->link.remote6, sizeof(ends.remote));
		ends.runs = memcmp(&ends.local, &none, sizeof(none)) ||
			    memcmp(&ends.remote, &none, sizeof(none));
		if (ends.runs)
			break;
	}
	return ends;
}

static struct ends ipv6_ends(const struct mpr_about *about,
			     const struct mpr_addresses *addresses)
{
	struct ends ends = link_ends6(about->links);

	return ends.runs ? ends : device_ends(about, addresses, AF_INET6);
}

/* An address that is not known is an empty text. */
static void show_ipv4(WCHAR *to, const struct in6_addr *from)
{
	char text[INET_ADDRSTRLEN];
	struct in_addr address;

	memcpy(&address, &from->s6_addr[12], sizeof(address));
	if (!address.s_addr)
		return;
	inet_ntop(AF_INET, &address, text, sizeof(text));
	mpr_wide_from_utf8(to, IPADDRESSLEN + 1, text);
}

static void show_identifier(BYTE *to, const struct in6_addr *from)
{
	memcpy(to, &from->s6_addr[8], 8);
}

static DWORD running(bool runs)
{
	return runs ? NO_ERROR : NOT_RUNNING;
}

static void project_ipv4(PPP_IPCP_INFO2 *info, const struct mpr_about *about,
			 const struct mpr_addresses *addresses)
{
	const struct ends ends = ipv4_ends(about, addresses);

	info->dwError = running(ends.runs);
	show_ipv4(info->wszAddress, &ends.local);
	show_ipv4(info->wszRemoteAddress, &ends.remote);
}

static void project_ipv6(PPP_IPV6_CP_INFO *info, const struct mpr_about *about,
			 const struct mpr_addresses *addresses)
{
	const struct ends ends = ipv6_ends(about, addresses);

	info->dwVersion = 1;
	info->dwSize = sizeof(*info);
	info->dwError = running(ends.runs);
	show_identifier(info->bInterfaceIdentifier, &ends.local);
	show_identifier(info->bRemoteInterfaceIdentifier, &ends.remote);
}

static void project_lcp(PPP_LCP_INFO *info, const struct mpr_about *about)
{
	info->dwError = running(mpr_is_ppp(about));
	if (about->connection.links > 1) {
		info->dwOptions = PPP_LCP_MULTILINK_FRAMING;
		info->dwRemoteOptions = PPP_LCP_MULTILINK_FRAMING;
	}
}

void mpr_project(PPP_INFO *info, const struct mpr_about *about,
		 const struct mpr_addresses *addresses)
{
	const struct ends ends = ipv4_ends(about, addresses);

	info->nbf.dwError = NOT_RUNNING;
	info->ipx.dwError = NOT_RUNNING;
	info->at.dwError = NOT_RUNNING;
	info->ip.dwError = running(ends.runs);
	show_ipv4(info->ip.wszAddress, &ends.local);
	show_ipv4(info->ip.wszRemoteAddress, &ends.remote);
}

void mpr_project2(PPP_INFO_2 *info, const struct mpr_about *about,
		  const struct mpr_addresses *addresses)
{
	info->nbf.dwError = NOT_RUNNING;
	info->ipx.dwError = NOT_RUNNING;
	info->at.dwError = NOT_RUNNING;
	info->ccp.dwError = NOT_RUNNING;
	project_ipv4(&info->ip, about, addresses);
	project_lcp(&info->lcp, about);
}

void mpr_project3(PPP_INFO_3 *info, const struct mpr_about *about,
		  const struct mpr_addresses *addresses)
{
	info->nbf.dwError = NOT_RUNNING;
	info->ccp.dwError = NOT_RUNNING;
	project_ipv4(&info->ip, about, addresses);
	project_ipv6(&info->ipv6, about, addresses);
	project_lcp(&info->lcp, about);
}

/* Level 4 says of every connection what the other levels say of it. */
void mpr_project4(PROJECTION_INFO2 *info, const struct mpr_about *about,
		  const struct mpr_addresses *addresses)
{
	const struct ends ipv4 = ipv4_ends(about, addresses);
	const struct ends ipv6 = ipv6_ends(about, addresses);
	PPP_PROJECTION_INFO2 *ppp = &info->PppProjectionInfo;
	PPP_LCP_INFO lcp = { 0 };

	info->projectionInfoType = MPRAPI_PPP_PROJECTION_INFO_TYPE;
	ppp->dwIPv4NegotiationError = running(ipv4.runs);
	show_ipv4(ppp->wszAddress, &ipv4.local);
	show_ipv4(ppp->wszRemoteAddress, &ipv4.remote);
	ppp->IPv4SubInterfaceIndex = about->connection.ifindex;
	ppp->dwIPv6NegotiationError = running(ipv6.runs);
	show_identifier(ppp->bInterfaceIdentifier, &ipv6.local);
	show_identifier(ppp->bRemoteInterfaceIdentifier, &ipv6.remote);
	ppp->IPv6SubInterfaceIndex = about->connection.ifindex;
	project_lcp(&lcp, about);
	ppp->dwLcpError = lcp.dwError;
	ppp->dwLcpOptions = lcp.dwOptions;
	ppp->dwLcpRemoteOptions = lcp.dwRemoteOptions;
	ppp->dwCcpError = NOT_RUNNING;
}
