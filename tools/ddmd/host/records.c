// SPDX-License-Identifier: GPL-2.0-only
/* What ddmd does not know stays zero; nothing is made up. */
#include <arpa/inet.h>
#include <string.h>

#include <raserror.h>

#include "../plugin-protocol.h"
#include "records.h"
#include "text.h"

/* What the structures hold where a protocol does not run. */
#define NOT_RUNNING ERROR_PPP_NO_PROTOCOLS_CONFIGURED

#define SHOW(to, from) mpr_wide_show(to, ARRAYSIZE(to), from)

static HANDLE handle(uint64_t number)
{
	return (HANDLE)(uintptr_t)number;
}

/* DOMAIN\user, where the domain has a length that a domain can have */
static void show_user(WCHAR *user, WCHAR *domain, const char *name)
{
	const char *slash = strchr(name, '\\');
	char first[DNLEN + 1] = "";
	size_t length = slash ? (size_t)(slash - name) : 0;

	if (length > 0 && length <= DNLEN && slash[1]) {
		memcpy(first, name, length);
		name = slash + 1;
	}
	mpr_wide_show(user, UNLEN + 1, name);
	if (domain)
		mpr_wide_show(domain, DNLEN + 1, first);
}

static void show_ipv4(WCHAR *to, uint32_t address)
{
	char text[INET_ADDRSTRLEN];

	if (!address)
		return;
	inet_ntop(AF_INET, &address, text, sizeof(text));
	mpr_wide_show(to, IPADDRESSLEN + 1, text);
}

/* Before IPCP is up, the address is the one that the peer is meant to get. */
static DWORD ipv4_error(const struct host_facts *facts)
{
	return facts->local4 || facts->remote4 ? NO_ERROR : NOT_RUNNING;
}

static DWORD ipv6_error(const struct host_facts *facts)
{
	return facts->protocols & DDM_PLUGIN_IPV6CP ? NO_ERROR : NOT_RUNNING;
}

static DWORD ccp_error(const struct host_facts *facts)
{
	return facts->protocols & DDM_PLUGIN_CCP ? NO_ERROR : NOT_RUNNING;
}

static void project_ipv4(PPP_IPCP_INFO *info, const struct host_facts *facts)
{
	info->dwError = ipv4_error(facts);
	show_ipv4(info->wszAddress, facts->local4);
	show_ipv4(info->wszRemoteAddress, facts->remote4);
}

static DWORD vj(const struct host_facts *facts)
{
	return facts->protocols & DDM_PLUGIN_VJ ? PPP_IPCP_VJ : 0;
}

static void project_ipv4_2(PPP_IPCP_INFO2 *info, const struct host_facts *facts)
{
	info->dwError = ipv4_error(facts);
	show_ipv4(info->wszAddress, facts->local4);
	show_ipv4(info->wszRemoteAddress, facts->remote4);
	info->dwOptions = vj(facts);
	info->dwRemoteOptions = vj(facts);
}

static void project_ipv6(PPP_IPV6_CP_INFO *info, const struct host_facts *facts)
{
	info->dwVersion = 1;
	info->dwSize = sizeof(*info);
	info->dwError = ipv6_error(facts);
	memcpy(info->bInterfaceIdentifier, facts->local6 + 8, 8);
	memcpy(info->bRemoteInterfaceIdentifier, facts->remote6 + 8, 8);
}

/* "Remote" is the protocol that the remote computer was authenticated with. */
static void project_lcp(PPP_LCP_INFO *info, const struct host_facts *facts)
{
	info->dwAuthenticationProtocol = facts->auth_own;
	info->dwAuthenticationData = facts->digest >> 8 & 0xff;
	info->dwRemoteAuthenticationProtocol = facts->auth;
	info->dwRemoteAuthenticationData = facts->digest & 0xff;
	if (!(facts->is & HOST_IS_MULTILINK))
		return;
	info->dwOptions = PPP_LCP_MULTILINK_FRAMING;
	info->dwRemoteOptions = PPP_LCP_MULTILINK_FRAMING;
}

/* What RAS_CONNECTION_0 and RAS_CONNECTION_EX have alike, but where. */
#define FILL_CALL(to, facts)                                                \
	do {                                                                \
		(to)->hConnection = handle((facts)->connection);            \
		(to)->hInterface = handle((facts)->interface);              \
		(to)->dwConnectDuration = (facts)->total.seconds;           \
		(to)->dwInterfaceType =                                     \
			(ROUTER_INTERFACE_TYPE)(facts)->interface_type;     \
		if ((facts)->is & HOST_IS_PPP)                              \
			(to)->dwConnectionFlags = RAS_FLAGS_PPP_CONNECTION; \
		SHOW((to)->wszInterfaceName, (facts)->interface_name);      \
		show_user((to)->wszUserName, (to)->wszLogonDomain,          \
			  (facts)->user);                                   \
		SHOW((to)->wszRemoteComputer, (facts)->peer);               \
	} while (0)

/* Counters are the low 32 bits, and wrap as they do on Windows. */
#define FILL_TRAFFIC(to, from)                                       \
	do {                                                         \
		(to)->dwBytesXmited = (DWORD)(from)->tx_bytes;       \
		(to)->dwBytesRcved = (DWORD)(from)->rx_bytes;        \
		(to)->dwFramesXmited = (DWORD)(from)->tx_packets;    \
		(to)->dwFramesRcved = (DWORD)(from)->rx_packets;     \
		(to)->dwCrcErr = (from)->crc_errors;                 \
		(to)->dwTimeoutErr = (from)->timeout_errors;         \
		(to)->dwAlignmentErr = (from)->alignment_errors;     \
		(to)->dwHardwareOverrunErr = (from)->overrun_errors; \
		(to)->dwFramingErr = (from)->framing_errors;         \
		(to)->dwBufferOverrunErr = (from)->buffer_errors;    \
	} while (0)

static void fill_level1(RAS_CONNECTION_1 *to, const struct host_facts *facts)
{
	to->hConnection = handle(facts->connection);
	to->hInterface = handle(facts->interface);
	to->PppInfo.nbf.dwError = NOT_RUNNING;
	to->PppInfo.ipx.dwError = NOT_RUNNING;
	to->PppInfo.at.dwError = NOT_RUNNING;
	project_ipv4(&to->PppInfo.ip, facts);
	FILL_TRAFFIC(to, &facts->total);
}

/* The number of the call makes it unlike others of the same ddmd. */
static GUID guid(const struct host_facts *facts)
{
	GUID made = {
		.Data1 = (ULONG)facts->connection,
		.Data2 = (USHORT)(facts->epoch >> 16),
		.Data3 = (USHORT)facts->epoch,
	};

	memcpy(made.Data4, &facts->connection, sizeof(made.Data4));
	return made;
}

static void fill_level2(RAS_CONNECTION_2 *to, const struct host_facts *facts)
{
	to->hConnection = handle(facts->connection);
	show_user(to->wszUserName, NULL, facts->user);
	to->dwInterfaceType = (ROUTER_INTERFACE_TYPE)facts->interface_type;
	to->guid = guid(facts);
	to->PppInfo2.nbf.dwError = NOT_RUNNING;
	to->PppInfo2.ipx.dwError = NOT_RUNNING;
	to->PppInfo2.at.dwError = NOT_RUNNING;
	to->PppInfo2.ccp.dwError = ccp_error(facts);
	project_ipv4_2(&to->PppInfo2.ip, facts);
	project_lcp(&to->PppInfo2.lcp, facts);
}

static void fill_level3(RAS_CONNECTION_3 *to, const struct host_facts *facts)
{
	to->dwVersion = 1;
	to->dwSize = sizeof(*to);
	to->hConnection = handle(facts->connection);
	show_user(to->wszUserName, NULL, facts->user);
	to->dwInterfaceType = (ROUTER_INTERFACE_TYPE)facts->interface_type;
	to->guid = guid(facts);
	to->PppInfo3.nbf.dwError = NOT_RUNNING;
	to->PppInfo3.ccp.dwError = ccp_error(facts);
	project_ipv4_2(&to->PppInfo3.ip, facts);
	project_ipv6(&to->PppInfo3.ipv6, facts);
	project_lcp(&to->PppInfo3.lcp, facts);
	to->rasQuarState = RAS_QUAR_STATE_NORMAL;
}

static void project_ex(PPP_PROJECTION_INFO *to, const struct host_facts *facts)
{
	PPP_LCP_INFO lcp = { 0 };

	to->dwIPv4NegotiationError = ipv4_error(facts);
	show_ipv4(to->wszAddress, facts->local4);
	show_ipv4(to->wszRemoteAddress, facts->remote4);
	to->dwIPv4Options = vj(facts);
	to->dwIPv4RemoteOptions = vj(facts);
	to->dwIPv6NegotiationError = ipv6_error(facts);
	memcpy(to->bInterfaceIdentifier, facts->local6 + 8, 8);
	memcpy(to->bRemoteInterfaceIdentifier, facts->remote6 + 8, 8);
	project_lcp(&lcp, facts);
	to->dwAuthenticationProtocol = lcp.dwAuthenticationProtocol;
	to->dwAuthenticationData = lcp.dwAuthenticationData;
	to->dwRemoteAuthenticationProtocol = lcp.dwRemoteAuthenticationProtocol;
	to->dwRemoteAuthenticationData = lcp.dwRemoteAuthenticationData;
	to->dwLcpOptions = lcp.dwOptions;
	to->dwLcpRemoteOptions = lcp.dwRemoteOptions;
	to->dwCcpError = ccp_error(facts);
}

static void fill_ex(RAS_CONNECTION_EX *to, const struct host_facts *facts)
{
	to->Header.revision = MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1;
	to->Header.type = MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT;
	to->Header.size = sizeof(*to);
	FILL_CALL(to, facts);
	to->guid = guid(facts);
	to->rasQuarState = RAS_QUAR_STATE_NORMAL;
	FILL_TRAFFIC(to, &facts->total);
	to->ProjectionInfo.projectionInfoType = MPRAPI_PPP_PROJECTION_INFO_TYPE;
	project_ex(&to->ProjectionInfo.PppProjectionInfo, facts);
}

void connection_records_fill(struct connection_records *records,
			     const struct host_facts *facts)
{
	memset(records, 0, sizeof(*records));
	FILL_CALL(&records->level0, facts);
	fill_level1(&records->level1, facts);
	fill_level2(&records->level2, facts);
	fill_level3(&records->level3, facts);
	fill_ex(&records->ex, facts);
}

/* What Windows calls the kind of device, by what the link runs over */
static const struct {
	const char *media;
	const WCHAR *device_type;
} device_types[] = {
	{ "PPPoE", RASDT_PPPoE }, { "L2TP", RASDT_Vpn },
	{ "PPTP", RASDT_Vpn },	  { "Serial", RASDT_Serial },
	{ "ATM", RASDT_Atm },
};

static const WCHAR *device_type(const char *media)
{
	size_t i;

	for (i = 0; i < ARRAYSIZE(device_types); i++)
		if (!strcmp(media, device_types[i].media))
			return device_types[i].device_type;
	return RASDT_Generic;
}

void port_records_fill(struct port_records *records,
		       const struct host_facts *facts, bool up)
{
	RAS_PORT_0 *level0 = &records->level0;
	RAS_PORT_1 *level1 = &records->level1;

	memset(records, 0, sizeof(*records));
	level0->hPort = handle(facts->port);
	level0->hConnection = handle(facts->connection);
	level0->dwPortCondition = up ? RAS_PORT_AUTHENTICATED :
				       RAS_PORT_DISCONNECTED;
	level0->dwTotalNumberOfCalls = facts->calls;
	level0->dwConnectDuration = facts->link.seconds;
	SHOW(level0->wszPortName, facts->port_name);
	SHOW(level0->wszMediaName, facts->media);
	SHOW(level0->wszDeviceName, facts->device);
	wcscpy(level0->wszDeviceType, device_type(facts->media));
	level1->hPort = level0->hPort;
	level1->hConnection = level0->hConnection;
	level1->dwHardwareCondition = RAS_HARDWARE_OPERATIONAL;
	level1->dwLineSpeed = facts->speed;
	FILL_TRAFFIC(level1, &facts->link);
}

void address_records_fill(struct address_records *records,
			  const struct host_facts *facts)
{
	mpr_wide_show(records->user, ARRAYSIZE(records->user), facts->user);
	mpr_wide_show(records->port, ARRAYSIZE(records->port),
		      facts->port_name);
	records->address = facts->remote4;
}
