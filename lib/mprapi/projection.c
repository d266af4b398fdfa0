// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Windows reports what PPP negotiated. Here the kernel's addresses tell the
 * same of IPv4 and IPv6; what only the PPP daemon knows stays zero.
 */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include <raserror.h>

#include "projection.h"
#include "text.h"

/* What the structures hold where a protocol does not run. */
#define NOT_RUNNING ERROR_PPP_NO_PROTOCOLS_CONFIGURED

static const struct ifaddrs *find_address(const struct ifaddrs *addresses,
					  const char *device, int family)
{
	for (; addresses; addresses = addresses->ifa_next)
		if (addresses->ifa_addr &&
		    addresses->ifa_addr->sa_family == family &&
		    !strcmp(addresses->ifa_name, device))
			return addresses;
	return NULL;
}

static void put_ipv4(WCHAR *to, const struct sockaddr *address)
{
	const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;
	char text[INET_ADDRSTRLEN];

	if (!address || address->sa_family != AF_INET)
		return;
	inet_ntop(AF_INET, &ipv4->sin_addr, text, sizeof(text));
	mpr_wide_from_utf8(to, IPADDRESSLEN + 1, text);
}

static void project_ipv4(PPP_IPCP_INFO *info, const struct ifaddrs *addresses,
			 const char *device)
{
	const struct ifaddrs *found = find_address(addresses, device, AF_INET);

	info->dwError = found ? NO_ERROR : NOT_RUNNING;
	if (!found)
		return;
	put_ipv4(info->wszAddress, found->ifa_addr);
	if (found->ifa_flags & IFF_POINTOPOINT)
		put_ipv4(info->wszRemoteAddress, found->ifa_dstaddr);
}

static void project_ipv4_2(PPP_IPCP_INFO2 *info,
			   const struct ifaddrs *addresses, const char *device)
{
	PPP_IPCP_INFO first = { 0 };

	project_ipv4(&first, addresses, device);
	info->dwError = first.dwError;
	memcpy(info->wszAddress, first.wszAddress, sizeof(first.wszAddress));
	memcpy(info->wszRemoteAddress, first.wszRemoteAddress,
	       sizeof(first.wszRemoteAddress));
}

static void project_ipv6(PPP_IPV6_CP_INFO *info,
			 const struct ifaddrs *addresses, const char *device)
{
	const struct ifaddrs *found = find_address(addresses, device, AF_INET6);
	const struct sockaddr_in6 *ipv6;

	info->dwVersion = 1;
	info->dwSize = sizeof(*info);
	info->dwError = found ? NO_ERROR : NOT_RUNNING;
	if (!found)
		return;
	ipv6 = (const struct sockaddr_in6 *)found->ifa_addr;
	memcpy(info->bInterfaceIdentifier, &ipv6->sin6_addr.s6_addr[8],
	       sizeof(info->bInterfaceIdentifier));
}

void mpr_project(PPP_INFO *info, const struct ifaddrs *addresses,
		 const char *device)
{
	info->nbf.dwError = NOT_RUNNING;
	info->ipx.dwError = NOT_RUNNING;
	info->at.dwError = NOT_RUNNING;
	project_ipv4(&info->ip, addresses, device);
}

void mpr_project2(PPP_INFO_2 *info, const struct ifaddrs *addresses,
		  const char *device)
{
	info->nbf.dwError = NOT_RUNNING;
	info->ipx.dwError = NOT_RUNNING;
	info->at.dwError = NOT_RUNNING;
	info->ccp.dwError = NOT_RUNNING;
	project_ipv4_2(&info->ip, addresses, device);
}

void mpr_project3(PPP_INFO_3 *info, const struct ifaddrs *addresses,
		  const char *device)
{
	info->nbf.dwError = NOT_RUNNING;
	info->ccp.dwError = NOT_RUNNING;
	project_ipv4_2(&info->ip, addresses, device);
	project_ipv6(&info->ipv6, addresses, device);
}
