/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The router administration API of Windows (Routing and Remote Access, RRAS):
 * its constants and structures, all of them, and the calls that libmprapi
 * exports. The router is the kernel module ddm of the caller's network
 * namespace; ERROR_DDM_NOT_RUNNING means that it is not loaded or that its
 * service is stopped.
 *
 * Sources: the Windows pages named at each call and type ("nf-mprapi-..."),
 * mprapi.h of mingw-w64 10 and, where that is older, the Windows SDK metadata.
 *
 * Versions. Windows hides what is newer than the system a program is written
 * for; here everything is there, whatever WINVER and _WIN32_WINNT say. Three
 * sets of names had more than one layout over time. Plain names mean, each
 * time, what a program finds that uses them today:
 *
 *   MPRAPI_ADMIN_DLL_CALLBACKS is the newest form. mingw-w64 10 knows one that
 *	lacks two pointers; -DMPRAPI_MINGW_COMPAT gives the name to that one.
 *   IKEV2_CONFIG_PARAMS, L2TP_CONFIG_PARAMS, MPRAPI_TUNNEL_CONFIG_PARAMS,
 *   MPR_SERVER_EX, MPR_SERVER_SET_CONFIG_EX are the forms of Windows Server
 *	2008 R2, which go with object revision 1. The newest SDK gives these
 *	names to newer forms; so does -DMPRAPI_SDK10_NAMES. Each newer form
 *	has a name of its own as well (MPR_SERVER_EX1 and so on).
 *
 * Text. WCHAR is wchar_t. Compiled with -fshort-wchar, every structure has the
 * size and the offsets that Windows' 64-bit compilers give it; with the native
 * 32-bit wchar_t only the text fields are wider. Lengths of text fields count
 * characters and leave out the terminating NUL.
 */
#ifndef MPRAPI_MPRAPI_H
#define MPRAPI_MPRAPI_H

#include <windows.h>
#include <in6addr.h>
#include <lmcons.h>
#include <ras.h>
#include <wincrypt.h>

/* The name of the service. */
#define RRAS_SERVICE_NAME			L"RemoteAccess"

typedef HANDLE MPR_SERVER_HANDLE;	/* a router */
typedef HANDLE RAS_SERVER_HANDLE;	/* the same router, for RAS calls */
typedef HANDLE MIB_SERVER_HANDLE;

/* Transports: network protocols that the router forwards. */
#define PID_IPX					0x0000002b
#define PID_IP					0x00000021
#define PID_IPV6				0x00000057
#define PID_NBF					0x0000003f
#define PID_ATALK				0x00000029

/* Longest texts, in characters. */
#define MAX_INTERFACE_NAME_LEN			256
#define MAX_TRANSPORT_NAME_LEN			40
#define MAX_MEDIA_NAME				16
#define MAX_PORT_NAME				16
#define MAX_DEVICE_NAME				128
#define MAX_PHONE_NUMBER_LEN			128
#define MAX_DEVICETYPE_NAME			16
#define IPADDRESSLEN				15
#define IPXADDRESSLEN				22
#define ATADDRESSLEN				32
#define MAXIPADRESSLEN				64

/*
 * Interfaces
 */

/* Windows: ne-mprapi-router_interface_type */
typedef enum _ROUTER_INTERFACE_TYPE {
	ROUTER_IF_TYPE_CLIENT,		/* one dialled-in user */
	ROUTER_IF_TYPE_HOME_ROUTER,
	ROUTER_IF_TYPE_FULL_ROUTER,	/* demand-dial, to another router */
	ROUTER_IF_TYPE_DEDICATED,	/* always on: LAN card, leased line */
	ROUTER_IF_TYPE_INTERNAL,	/* shared by all dialled-in users */
	ROUTER_IF_TYPE_LOOPBACK,
	ROUTER_IF_TYPE_TUNNEL1,
	ROUTER_IF_TYPE_DIALOUT,
	ROUTER_IF_TYPE_MAX		/* how many there are */
} ROUTER_INTERFACE_TYPE;

/* Windows: ne-mprapi-router_connection_state */
typedef enum _ROUTER_CONNECTION_STATE {
	ROUTER_IF_STATE_UNREACHABLE,	/* see MPR_INTERFACE_... for why */
	ROUTER_IF_STATE_DISCONNECTED,	/* may be connected */
	ROUTER_IF_STATE_CONNECTING,
	ROUTER_IF_STATE_CONNECTED
} ROUTER_CONNECTION_STATE;

/* Why an interface is unreachable. Windows page: Unreachability Reasons */
#define MPR_INTERFACE_OUT_OF_RESOURCES		0x00000001
#define MPR_INTERFACE_ADMIN_DISABLED		0x00000002
#define MPR_INTERFACE_CONNECTION_FAILURE	0x00000004 /* dwLastError */
#define MPR_INTERFACE_SERVICE_PAUSED		0x00000008
#define MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION	0x00000010
#define MPR_INTERFACE_NO_MEDIA_SENSE		0x00000020
#define MPR_INTERFACE_NO_DEVICE			0x00000040

#define MPR_MaxDeviceType			RAS_MaxDeviceType
#define MPR_MaxPhoneNumber			RAS_MaxPhoneNumber
#define MPR_MaxIpAddress			RAS_MaxIpAddress
#define MPR_MaxIpxAddress			RAS_MaxIpxAddress
#define MPR_MaxEntryName			RAS_MaxEntryName
#define MPR_MaxDeviceName			RAS_MaxDeviceName
#define MPR_MaxCallbackNumber			RAS_MaxCallbackNumber
#define MPR_MaxAreaCode				RAS_MaxAreaCode
#define MPR_MaxPadType				RAS_MaxPadType
#define MPR_MaxX25Address			RAS_MaxX25Address
#define MPR_MaxFacilities			RAS_MaxFacilities
#define MPR_MaxUserData				RAS_MaxUserData

/* dwfOptions of MPR_INTERFACE_2 and _3 */
#define MPRIO_SpecificIpAddr			RASEO_SpecificIpAddr
#define MPRIO_SpecificNameServers		RASEO_SpecificNameServers
#define MPRIO_IpHeaderCompression		RASEO_IpHeaderCompression
#define MPRIO_RemoteDefaultGateway		RASEO_RemoteDefaultGateway
#define MPRIO_DisableLcpExtensions		RASEO_DisableLcpExtensions
#define MPRIO_SwCompression			RASEO_SwCompression
#define MPRIO_RequireEncryptedPw		RASEO_RequireEncryptedPw
#define MPRIO_RequireMsEncryptedPw		RASEO_RequireMsEncryptedPw
#define MPRIO_RequireDataEncryption		RASEO_RequireDataEncryption
#define MPRIO_NetworkLogon			RASEO_NetworkLogon
#define MPRIO_UseLogonCredentials		RASEO_UseLogonCredentials
#define MPRIO_PromoteAlternates			RASEO_PromoteAlternates
#define MPRIO_SecureLocalFiles			RASEO_SecureLocalFiles
#define MPRIO_RequireEAP			RASEO_RequireEAP
#define MPRIO_RequirePAP			RASEO_RequirePAP
#define MPRIO_RequireSPAP			RASEO_RequireSPAP
#define MPRIO_SharedPhoneNumbers		RASEO_SharedPhoneNumbers
#define MPRIO_RequireMachineCertificates	0x01000000
#define MPRIO_UsePreSharedKeyForIkev2Initiator	0x02000000
#define MPRIO_UsePreSharedKeyForIkev2Responder	0x04000000
#define MPRIO_RequireCHAP			RASEO_RequireCHAP
#define MPRIO_RequireMsCHAP			RASEO_RequireMsCHAP
#define MPRIO_RequireMsCHAP2			RASEO_RequireMsCHAP2
#define MPRIO_IpSecPreSharedKey			0x80000000

/* dwfNetProtocols */
#define MPRNP_Ipx				RASNP_Ipx
#define MPRNP_Ip				RASNP_Ip
#define MPRNP_Ipv6				0x00000008

/* szDeviceType */
#define MPRDT_Modem				RASDT_Modem
#define MPRDT_Isdn				RASDT_Isdn
#define MPRDT_X25				RASDT_X25
#define MPRDT_Vpn				RASDT_Vpn
#define MPRDT_Pad				RASDT_Pad
#define MPRDT_Generic				RASDT_Generic
#define MPRDT_Serial				RASDT_Serial
#define MPRDT_FrameRelay			RASDT_FrameRelay
#define MPRDT_Atm				RASDT_Atm
#define MPRDT_Sonet				RASDT_Sonet
#define MPRDT_SW56				RASDT_SW56
#define MPRDT_Irda				RASDT_Irda
#define MPRDT_Parallel				RASDT_Parallel

/* dwType */
#define MPRET_Phone				RASET_Phone
#define MPRET_Vpn				RASET_Vpn
#define MPRET_Direct				RASET_Direct

/* dwDialMode */
#define MPRDM_DialFirst				0
#define MPRDM_DialAll				RASEDM_DialAll
#define MPRDM_DialAsNeeded			RASEDM_DialAsNeeded

/* dwIdleDisconnectSeconds */
#define MPRIDS_Disabled				RASIDS_Disabled
#define MPRIDS_UseGlobalValue			RASIDS_UseGlobalValue

/* dwEncryptionType */
#define MPR_ET_None				ET_None
#define MPR_ET_Require				ET_Require
#define MPR_ET_RequireMax			ET_RequireMax
#define MPR_ET_Optional				ET_Optional

/* dwVpnStrategy */
#define MPR_VS_Default				VS_Default
#define MPR_VS_PptpOnly				VS_PptpOnly
#define MPR_VS_PptpFirst			VS_PptpFirst
#define MPR_VS_L2tpOnly				VS_L2tpOnly
#define MPR_VS_L2tpFirst			VS_L2tpFirst
#define MPR_VS_Ikev2Only			7
#define MPR_VS_Ikev2First			8

/* Windows: ns-mprapi-mpr_interface_0 */
typedef struct _MPR_INTERFACE_0 {
	WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
	HANDLE hInterface;		/* ignored in what a caller passes */
	BOOL fEnabled;			/* FALSE: disabled by an operator */
	ROUTER_INTERFACE_TYPE dwIfType;
	ROUTER_CONNECTION_STATE dwConnectionState;	/* read only */
	DWORD fUnReachabilityReasons;	/* MPR_INTERFACE_... bits, read only */
	DWORD dwLastError;		/* of the last attempt; 0: no error */
} MPR_INTERFACE_0, *PMPR_INTERFACE_0;

/* Windows: ns-mprapi-mpr_ipinip_interface_0 */
typedef struct _MPR_IPINIP_INTERFACE_0 {
	WCHAR wszFriendlyName[MAX_INTERFACE_NAME_LEN + 1];
	GUID Guid;
} MPR_IPINIP_INTERFACE_0, *PMPR_IPINIP_INTERFACE_0;

/* Windows: ns-mprapi-mpr_interface_1. As _0 up to dwLastError. */
typedef struct _MPR_INTERFACE_1 {
	WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
	HANDLE hInterface;
	BOOL fEnabled;
	ROUTER_INTERFACE_TYPE dwIfType;
	ROUTER_CONNECTION_STATE dwConnectionState;
	DWORD fUnReachabilityReasons;
	DWORD dwLastError;
	/*
	 * When the interface may be dialled: strings "d HH:MM-HH:MM ...", d the
	 * day of the week with Sunday 0, one NUL after each and a second one
	 * after the last.
	 */
	LPWSTR lpwsDialoutHoursRestriction;
} MPR_INTERFACE_1, *PMPR_INTERFACE_1;

/* Windows: ns-mprapi-mpr_interface_2. As _0 up to dwLastError. */
typedef struct _MPR_INTERFACE_2 {
	WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
	HANDLE hInterface;
	BOOL fEnabled;
	ROUTER_INTERFACE_TYPE dwIfType;
	ROUTER_CONNECTION_STATE dwConnectionState;
	DWORD fUnReachabilityReasons;
	DWORD dwLastError;
	DWORD dwfOptions;		/* MPRIO_... bits */
	WCHAR szLocalPhoneNumber[RAS_MaxPhoneNumber + 1]; /* number or host */
	PWCHAR szAlternates;		/* more: NUL after each, one more
					   at the end */
	DWORD ipaddr;			/* IPv4: own address, needs
					   MPRIO_SpecificIpAddr */
	DWORD ipaddrDns;		/* this and the next three need
					   MPRIO_SpecificNameServers */
	DWORD ipaddrDnsAlt;
	DWORD ipaddrWins;
	DWORD ipaddrWinsAlt;
	DWORD dwfNetProtocols;		/* MPRNP_... bits */
	WCHAR szDeviceType[MPR_MaxDeviceType + 1];	/* MPRDT_... */
	WCHAR szDeviceName[MPR_MaxDeviceName + 1];
	WCHAR szX25PadType[MPR_MaxPadType + 1];
	WCHAR szX25Address[MPR_MaxX25Address + 1];
	WCHAR szX25Facilities[MPR_MaxFacilities + 1];
	WCHAR szX25UserData[MPR_MaxUserData + 1];
	DWORD dwChannels;		/* reserved */
	DWORD dwSubEntries;		/* of a multilink; 0 when setting */
	DWORD dwDialMode;		/* MPRDM_... */
	DWORD dwDialExtraPercent;	/* DialAsNeeded: one link more above
					   this use, in percent ... */
	DWORD dwDialExtraSampleSeconds;	/* ... for so many seconds */
	DWORD dwHangUpExtraPercent;	/* DialAsNeeded: one link less below
					   this use, in percent ... */
	DWORD dwHangUpExtraSampleSeconds;	/* ... for so many seconds */
	DWORD dwIdleDisconnectSeconds;	/* or MPRIDS_... */
	DWORD dwType;			/* MPRET_... */
	DWORD dwEncryptionType;		/* MPR_ET_... */
	DWORD dwCustomAuthKey;		/* EAP vendor */
	DWORD dwCustomAuthDataSize;	/* bytes at lpbCustomAuthData */
	LPBYTE lpbCustomAuthData;
	GUID guidId;			/* of the phone-book entry, read only */
	DWORD dwVpnStrategy;		/* MPR_VS_... */
} MPR_INTERFACE_2, *PMPR_INTERFACE_2;

/* Windows: ns-mprapi-mpr_interface_3. As _2 up to dwVpnStrategy. */
typedef struct _MPR_INTERFACE_3 {
	WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
	HANDLE hInterface;
	BOOL fEnabled;
	ROUTER_INTERFACE_TYPE dwIfType;
	ROUTER_CONNECTION_STATE dwConnectionState;
	DWORD fUnReachabilityReasons;
	DWORD dwLastError;
	DWORD dwfOptions;
	WCHAR szLocalPhoneNumber[RAS_MaxPhoneNumber + 1];
	PWCHAR szAlternates;
	DWORD ipaddr;
	DWORD ipaddrDns;
	DWORD ipaddrDnsAlt;
	DWORD ipaddrWins;
	DWORD ipaddrWinsAlt;
	DWORD dwfNetProtocols;
	WCHAR szDeviceType[MPR_MaxDeviceType + 1];
	WCHAR szDeviceName[MPR_MaxDeviceName + 1];
	WCHAR szX25PadType[MPR_MaxPadType + 1];
	WCHAR szX25Address[MPR_MaxX25Address + 1];
	WCHAR szX25Facilities[MPR_MaxFacilities + 1];
	WCHAR szX25UserData[MPR_MaxUserData + 1];
	DWORD dwChannels;
	DWORD dwSubEntries;
	DWORD dwDialMode;
	DWORD dwDialExtraPercent;
	DWORD dwDialExtraSampleSeconds;
	DWORD dwHangUpExtraPercent;
	DWORD dwHangUpExtraSampleSeconds;
	DWORD dwIdleDisconnectSeconds;
	DWORD dwType;
	DWORD dwEncryptionType;
	DWORD dwCustomAuthKey;
	DWORD dwCustomAuthDataSize;
	LPBYTE lpbCustomAuthData;
	GUID guidId;
	DWORD dwVpnStrategy;
	ULONG AddressCount;		/* addresses at ipv6addr */
	IN6_ADDR ipv6addrDns;
	IN6_ADDR ipv6addrDnsAlt;
	IN6_ADDR *ipv6addr;
} MPR_INTERFACE_3, *PMPR_INTERFACE_3;

/* Windows: ns-mprapi-mpr_device_0 */
typedef struct _MPR_DEVICE_0 {
	WCHAR szDeviceType[MPR_MaxDeviceType + 1];	/* MPRDT_... */
	WCHAR szDeviceName[MPR_MaxDeviceName + 1];
} MPR_DEVICE_0, *PMPR_DEVICE_0;

/* Windows: ns-mprapi-mpr_device_1 */
typedef struct _MPR_DEVICE_1 {
	WCHAR szDeviceType[MPR_MaxDeviceType + 1];
	WCHAR szDeviceName[MPR_MaxDeviceName + 1];
	WCHAR szLocalPhoneNumber[MPR_MaxPhoneNumber + 1];
	PWCHAR szAlternates;		/* NUL after each, one more at the end */
} MPR_DEVICE_1, *PMPR_DEVICE_1;

/* Windows: ns-mprapi-mpr_credentialsex_0, the data of an EAP method */
typedef struct _MPR_CREDENTIALSEX_0 {
	DWORD dwSize;			/* bytes at lpbCredentialsInfo */
	LPBYTE lpbCredentialsInfo;
} MPR_CREDENTIALSEX_0, *PMPR_CREDENTIALSEX_0;

/* Windows: ns-mprapi-mpr_credentialsex_1, a pre-shared key */
typedef struct _MPR_CREDENTIALSEX_1 {
	DWORD dwSize;			/* bytes; setting 0 removes the key */
	LPBYTE lpbCredentialsInfo;
} MPR_CREDENTIALSEX_1, *PMPR_CREDENTIALSEX_1;

/* Windows: ns-mprapi-mpr_transport_0 */
typedef struct _MPR_TRANSPORT_0 {
	DWORD dwTransportId;		/* PID_... */
	HANDLE hTransport;
	WCHAR wszTransportName[MAX_TRANSPORT_NAME_LEN + 1];
} MPR_TRANSPORT_0, *PMPR_TRANSPORT_0;

/* Windows: ns-mprapi-mpr_iftransport_0 */
typedef struct _MPR_IFTRANSPORT_0 {
	DWORD dwTransportId;		/* PID_... */
	HANDLE hIfTransport;
	WCHAR wszIfTransportName[MAX_TRANSPORT_NAME_LEN + 1];
} MPR_IFTRANSPORT_0, *PMPR_IFTRANSPORT_0;

/* Windows: ns-mprapi-mpr_filter_0 */
typedef struct _MPR_FILTER_0 {
	union {
		BOOL fEnabled;		/* mingw-w64 */
		BOOL fEnable;		/* SDK */
	};
} MPR_FILTER_0, *PMPR_FILTER_0;

/*
 * The server
 */

/* Windows: ns-mprapi-mpr_server_0 */
typedef struct _MPR_SERVER_0 {
	BOOL fLanOnlyMode;		/* TRUE: no demand-dial manager */
	DWORD dwUpTime;			/* seconds since the router started */
	DWORD dwTotalPorts;
	DWORD dwPortsInUse;
} MPR_SERVER_0, *PMPR_SERVER_0;

/* dw...PortFlags */
#define MPR_ENABLE_RAS_ON_DEVICE		0x00000001
#define MPR_ENABLE_ROUTING_ON_DEVICE		0x00000002

/* Windows: ns-mprapi-mpr_server_1 */
typedef struct _MPR_SERVER_1 {
	DWORD dwNumPptpPorts;
	DWORD dwPptpPortFlags;
	DWORD dwNumL2tpPorts;
	DWORD dwL2tpPortFlags;
} MPR_SERVER_1, *PMPR_SERVER_1;

/* Windows: ns-mprapi-mpr_server_2 */
typedef struct _MPR_SERVER_2 {
	DWORD dwNumPptpPorts;
	DWORD dwPptpPortFlags;
	DWORD dwNumL2tpPorts;
	DWORD dwL2tpPortFlags;
	DWORD dwNumSstpPorts;
	DWORD dwSstpPortFlags;
} MPR_SERVER_2, *PMPR_SERVER_2;

/*
 * Ports: the physical or virtual legs of connections
 */

/* Windows: ne-mprapi-ras_port_condition */
typedef enum _RAS_PORT_CONDITION {
	RAS_PORT_NON_OPERATIONAL,
	RAS_PORT_DISCONNECTED,
	RAS_PORT_CALLING_BACK,
	RAS_PORT_LISTENING,
	RAS_PORT_AUTHENTICATING,
	RAS_PORT_AUTHENTICATED,
	RAS_PORT_INITIALIZING
} RAS_PORT_CONDITION;

/* Windows: ne-mprapi-ras_hardware_condition */
typedef enum _RAS_HARDWARE_CONDITION {
	RAS_HARDWARE_OPERATIONAL,
	RAS_HARDWARE_FAILURE
} RAS_HARDWARE_CONDITION;

/* Windows: ns-mprapi-ras_port_0 */
typedef struct _RAS_PORT_0 {
	HANDLE hPort;
	HANDLE hConnection;		/* the connection that uses the port */
	RAS_PORT_CONDITION dwPortCondition;
	DWORD dwTotalNumberOfCalls;	/* so far */
	DWORD dwConnectDuration;	/* seconds */
	WCHAR wszPortName[MAX_PORT_NAME + 1];
	WCHAR wszMediaName[MAX_MEDIA_NAME + 1];
	WCHAR wszDeviceName[MAX_DEVICE_NAME + 1];
	WCHAR wszDeviceType[MAX_DEVICETYPE_NAME + 1];
} RAS_PORT_0, *PRAS_PORT_0;

/* Windows: ns-mprapi-ras_port_1 */
typedef struct _RAS_PORT_1 {
	HANDLE hPort;
	HANDLE hConnection;
	RAS_HARDWARE_CONDITION dwHardwareCondition;
	DWORD dwLineSpeed;		/* bits per second */
	DWORD dwBytesXmited;
	DWORD dwBytesRcved;
	DWORD dwFramesXmited;
	DWORD dwFramesRcved;
	DWORD dwCrcErr;
	DWORD dwTimeoutErr;
	DWORD dwAlignmentErr;
	DWORD dwHardwareOverrunErr;
	DWORD dwFramingErr;
	DWORD dwBufferOverrunErr;
	DWORD dwCompressionRatioIn;	/* percent: compressed / plain size */
	DWORD dwCompressionRatioOut;
} RAS_PORT_1, *PRAS_PORT_1;

/* SDK metadata; as RAS_PORT_0 and _1 together, with 64-bit counters */
typedef struct _RAS_PORT_2 {
	HANDLE hPort;
	HANDLE hConnection;
	DWORD dwConn_State;
	WCHAR wszPortName[MAX_PORT_NAME + 1];
	WCHAR wszMediaName[MAX_MEDIA_NAME + 1];
	WCHAR wszDeviceName[MAX_DEVICE_NAME + 1];
	WCHAR wszDeviceType[MAX_DEVICETYPE_NAME + 1];
	RAS_HARDWARE_CONDITION dwHardwareCondition;
	DWORD dwLineSpeed;		/* bits per second */
	DWORD dwCrcErr;
	DWORD dwSerialOverRunErrs;
	DWORD dwTimeoutErr;
	DWORD dwAlignmentErr;
	DWORD dwHardwareOverrunErr;
	DWORD dwFramingErr;
	DWORD dwBufferOverrunErr;
	DWORD dwCompressionRatioIn;	/* percent: compressed / plain size */
	DWORD dwCompressionRatioOut;
	DWORD dwTotalErrors;
	ULONGLONG ullBytesXmited;
	ULONGLONG ullBytesRcved;
	ULONGLONG ullFramesXmited;
	ULONGLONG ullFramesRcved;
	ULONGLONG ullBytesTxUncompressed;
	ULONGLONG ullBytesTxCompressed;
	ULONGLONG ullBytesRcvUncompressed;
	ULONGLONG ullBytesRcvCompressed;
} RAS_PORT_2, *PRAS_PORT_2;

/*
 * What PPP agreed on. dwError of each protocol: 0, or why it was not agreed on;
 * addresses are text.
 */

/* Windows: ns-mprapi-ppp_nbfcp_info */
typedef struct _PPP_NBFCP_INFO {
	DWORD dwError;
	WCHAR wszWksta[NETBIOS_NAME_LEN + 1];
} PPP_NBFCP_INFO;

/* Windows: ns-mprapi-ppp_ipcp_info */
typedef struct _PPP_IPCP_INFO {
	DWORD dwError;
	WCHAR wszAddress[IPADDRESSLEN + 1];
	WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
} PPP_IPCP_INFO;

/* dwOptions of PPP_IPCP_INFO2: Van Jacobson header compression */
#define PPP_IPCP_VJ				0x00000001

/* Windows: ns-mprapi-ppp_ipcp_info2 */
typedef struct _PPP_IPCP_INFO2 {
	DWORD dwError;
	WCHAR wszAddress[IPADDRESSLEN + 1];
	WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
	DWORD dwOptions;
	DWORD dwRemoteOptions;
} PPP_IPCP_INFO2;

/* Windows: ns-mprapi-ppp_ipxcp_info */
typedef struct _PPP_IPXCP_INFO {
	DWORD dwError;
	WCHAR wszAddress[IPXADDRESSLEN + 1];
} PPP_IPXCP_INFO;

/* Windows: ns-mprapi-ppp_atcp_info */
typedef struct _PPP_ATCP_INFO {
	DWORD dwError;
	WCHAR wszAddress[ATADDRESSLEN + 1];
} PPP_ATCP_INFO;

/* Windows: ns-mprapi-ppp_ipv6_cp_info */
typedef struct _PPP_IPV6_CP_INFO {
	DWORD dwVersion;
	DWORD dwSize;			/* bytes of this structure */
	DWORD dwError;
	BYTE bInterfaceIdentifier[8];
	BYTE bRemoteInterfaceIdentifier[8];
	DWORD dwOptions;
	DWORD dwRemoteOptions;
	BYTE bPrefix[8];
	DWORD dwPrefixLength;		/* bits */
} PPP_IPV6_CP_INFO, *PPPP_IPV6_CP_INFO;

/* Compression algorithms */
#define RASCCPCA_STAC				0x00000005
#define RASCCPCA_MPPC				0x00000006

/* dwOptions of PPP_CCP_INFO */
#define PPP_CCP_COMPRESSION			0x00000001
#define PPP_CCP_ENCRYPTION40BITOLD		0x00000010
#define PPP_CCP_ENCRYPTION40BIT			0x00000020
#define PPP_CCP_ENCRYPTION128BIT		0x00000040
#define PPP_CCP_ENCRYPTION56BIT			0x00000080
#define PPP_CCP_HISTORYLESS			0x01000000

/* Windows: ns-mprapi-ppp_ccp_info */
typedef struct _PPP_CCP_INFO {
	DWORD dwError;
	DWORD dwCompressionAlgorithm;
	DWORD dwOptions;
	DWORD dwRemoteCompressionAlgorithm;
	DWORD dwRemoteOptions;
} PPP_CCP_INFO;

/* dwAuthenticationProtocol of PPP_LCP_INFO */
#define PPP_LCP_PAP				0xc023
#define PPP_LCP_SPAP				0xc027
#define PPP_LCP_CHAP				0xc223
#define PPP_LCP_EAP				0xc227

/* dwAuthenticationData, where the protocol is CHAP */
#define PPP_LCP_CHAP_MD5			0x05
#define PPP_LCP_CHAP_MS				0x80
#define PPP_LCP_CHAP_MSV2			0x81

/* dwOptions of PPP_LCP_INFO; the ciphers serve IKEv2 too */
#define PPP_LCP_MULTILINK_FRAMING		0x00000001
#define PPP_LCP_PFC				0x00000002
#define PPP_LCP_ACFC				0x00000004
#define PPP_LCP_SSHF				0x00000008
#define PPP_LCP_DES_56				0x00000010
#define PPP_LCP_3_DES				0x00000020
#define PPP_LCP_AES_128				0x00000040
#define PPP_LCP_AES_256				0x00000080
#define PPP_LCP_AES_192				0x00000100
#define PPP_LCP_GCM_AES_128			0x00000200
#define PPP_LCP_GCM_AES_192			0x00000400
#define PPP_LCP_GCM_AES_256			0x00000800

/* Windows: ns-mprapi-ppp_lcp_info */
typedef struct _PPP_LCP_INFO {
	DWORD dwError;
	DWORD dwAuthenticationProtocol;
	DWORD dwAuthenticationData;
	DWORD dwRemoteAuthenticationProtocol;
	DWORD dwRemoteAuthenticationData;
	DWORD dwTerminateReason;	/* always 0 */
	DWORD dwRemoteTerminateReason;	/* always 0 */
	DWORD dwOptions;
	DWORD dwRemoteOptions;
	DWORD dwEapTypeId;		/* where the protocol is EAP */
	DWORD dwRemoteEapTypeId;
} PPP_LCP_INFO;

/* Windows: ns-mprapi-ppp_info */
typedef struct _PPP_INFO {
	PPP_NBFCP_INFO nbf;
	PPP_IPCP_INFO ip;
	PPP_IPXCP_INFO ipx;
	PPP_ATCP_INFO at;
} PPP_INFO;

/* Windows: ns-mprapi-ppp_info_2 */
typedef struct _PPP_INFO_2 {
	PPP_NBFCP_INFO nbf;
	PPP_IPCP_INFO2 ip;
	PPP_IPXCP_INFO ipx;
	PPP_ATCP_INFO at;
	PPP_CCP_INFO ccp;
	PPP_LCP_INFO lcp;
} PPP_INFO_2;

/* Windows: ns-mprapi-ppp_info_3 */
typedef struct _PPP_INFO_3 {
	PPP_NBFCP_INFO nbf;
	PPP_IPCP_INFO2 ip;
	PPP_IPV6_CP_INFO ipv6;
	PPP_CCP_INFO ccp;
	PPP_LCP_INFO lcp;
} PPP_INFO_3;

/*
 * Connections
 */

/* dwConnectionFlags */
#define RAS_FLAGS_PPP_CONNECTION		0x00000001
#define RAS_FLAGS_MESSENGER_PRESENT		0x00000002
#define RAS_FLAGS_QUARANTINE_PRESENT		0x00000008
#define RAS_FLAGS_ARAP_CONNECTION		0x00000010 /* before Windows 7 */
#define RAS_FLAGS_IKEV2_CONNECTION		0x00000010 /* since Windows 7 */
#define RAS_FLAGS_DORMANT			0x00000020

/* Windows: ne-mprapi-ras_quarantine_state */
typedef enum _RAS_QUARANTINE_STATE {
	RAS_QUAR_STATE_NORMAL,
	RAS_QUAR_STATE_QUARANTINE,
	RAS_QUAR_STATE_PROBATION,
	RAS_QUAR_STATE_NOT_CAPABLE
} RAS_QUARANTINE_STATE;

/* Windows: ns-mprapi-ras_connection_0 */
typedef struct _RAS_CONNECTION_0 {
	HANDLE hConnection;
	HANDLE hInterface;		/* the interface it runs on */
	DWORD dwConnectDuration;	/* seconds */
	ROUTER_INTERFACE_TYPE dwInterfaceType;
	DWORD dwConnectionFlags;	/* RAS_FLAGS_... bits, at least one */
	WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
	WCHAR wszUserName[UNLEN + 1];
	WCHAR wszLogonDomain[DNLEN + 1];
	WCHAR wszRemoteComputer[NETBIOS_NAME_LEN + 1];
} RAS_CONNECTION_0, *PRAS_CONNECTION_0;

/* Windows: ns-mprapi-ras_connection_1 */
typedef struct _RAS_CONNECTION_1 {
	HANDLE hConnection;
	HANDLE hInterface;
	PPP_INFO PppInfo;
	DWORD dwBytesXmited;
	DWORD dwBytesRcved;
	DWORD dwFramesXmited;
	DWORD dwFramesRcved;
	DWORD dwCrcErr;
	DWORD dwTimeoutErr;
	DWORD dwAlignmentErr;
	DWORD dwHardwareOverrunErr;
	DWORD dwFramingErr;
	DWORD dwBufferOverrunErr;
	DWORD dwCompressionRatioIn;	/* percent: compressed / plain size */
	DWORD dwCompressionRatioOut;
} RAS_CONNECTION_1, *PRAS_CONNECTION_1;

/* Windows: ns-mprapi-ras_connection_2 */
typedef struct _RAS_CONNECTION_2 {
	HANDLE hConnection;
	WCHAR wszUserName[UNLEN + 1];
	ROUTER_INTERFACE_TYPE dwInterfaceType;
	GUID guid;			/* of the connection */
	PPP_INFO_2 PppInfo2;
} RAS_CONNECTION_2, *PRAS_CONNECTION_2;

/* Windows: ns-mprapi-ras_connection_3 */
typedef struct _RAS_CONNECTION_3 {
	DWORD dwVersion;
	DWORD dwSize;			/* bytes of this structure */
	HANDLE hConnection;
	WCHAR wszUserName[UNLEN + 1];
	ROUTER_INTERFACE_TYPE dwInterfaceType;
	GUID guid;
	PPP_INFO_3 PppInfo3;
	RAS_QUARANTINE_STATE rasQuarState;
	FILETIME timer;			/* in state PROBATION: its time */
} RAS_CONNECTION_3, *PRAS_CONNECTION_3;

/*
 * Objects with a header: revision, type and size of the whole are set by the
 * caller before the call.
 */
#define MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1		0x01
#define MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1	0x01
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_1		0x01
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_2		0x02
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_3		0x03
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_4		0x04
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_5		0x05
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_1	0x01
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_2	0x02
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_3	0x03
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_4	0x04
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_5	0x05
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1	0x01
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_2	0x02
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3	0x03

/* Windows: ne-mprapi-mprapi_object_type */
typedef enum _MPRAPI_OBJECT_TYPE {
	MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT = 1,
	MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT = 2,
	MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT = 3,
	MPRAPI_OBJECT_TYPE_AUTH_VALIDATION_OBJECT = 4,
	MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT = 5,
	MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT = 6
} MPRAPI_OBJECT_TYPE, *PMPRAPI_OBJECT_TYPE;

/* Windows: ns-mprapi-mprapi_object_header */
typedef struct _MPRAPI_OBJECT_HEADER {
	UCHAR revision;			/* MPRAPI_..._REVISION_... */
	UCHAR type;			/* MPRAPI_OBJECT_TYPE_... */
	USHORT size;			/* bytes of the whole object */
} MPRAPI_OBJECT_HEADER, *PMPRAPI_OBJECT_HEADER;

/* Windows: ns-mprapi-auth_validation_ex */
typedef struct _AUTH_VALIDATION_EX {
	MPRAPI_OBJECT_HEADER Header;
	HANDLE hRasConnection;
	WCHAR wszUserName[UNLEN + 1];
	WCHAR wszLogonDomain[DNLEN + 1];
	DWORD AuthInfoSize;		/* bytes at AuthInfo */
	BYTE AuthInfo[1];		/* the first of AuthInfoSize */
} AUTH_VALIDATION_EX, *PAUTH_VALIDATION_EX;

/* Windows: ns-mprapi-ppp_projection_info */
typedef struct _PPP_PROJECTION_INFO {
	DWORD dwIPv4NegotiationError;
	WCHAR wszAddress[IPADDRESSLEN + 1];
	WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
	DWORD dwIPv4Options;
	DWORD dwIPv4RemoteOptions;
	ULONG64 IPv4SubInterfaceIndex;
	DWORD dwIPv6NegotiationError;
	BYTE bInterfaceIdentifier[8];
	BYTE bRemoteInterfaceIdentifier[8];
	BYTE bPrefix[8];
	DWORD dwPrefixLength;		/* bits */
	ULONG64 IPv6SubInterfaceIndex;
	DWORD dwLcpError;
	DWORD dwAuthenticationProtocol;
	DWORD dwAuthenticationData;
	DWORD dwRemoteAuthenticationProtocol;
	DWORD dwRemoteAuthenticationData;
	DWORD dwLcpTerminateReason;
	DWORD dwLcpRemoteTerminateReason;
	DWORD dwLcpOptions;
	DWORD dwLcpRemoteOptions;
	DWORD dwEapTypeId;
	DWORD dwRemoteEapTypeId;
	DWORD dwCcpError;
	DWORD dwCompressionAlgorithm;
	DWORD dwCcpOptions;
	DWORD dwRemoteCompressionAlgorithm;
	DWORD dwCcpRemoteOptions;
} PPP_PROJECTION_INFO, *PPPP_PROJECTION_INFO;

/* SDK metadata; adds the EAP method inside a tunnelled EAP method */
typedef struct _PPP_PROJECTION_INFO2 {
	DWORD dwIPv4NegotiationError;
	WCHAR wszAddress[IPADDRESSLEN + 1];
	WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
	DWORD dwIPv4Options;
	DWORD dwIPv4RemoteOptions;
	ULONG64 IPv4SubInterfaceIndex;
	DWORD dwIPv6NegotiationError;
	BYTE bInterfaceIdentifier[8];
	BYTE bRemoteInterfaceIdentifier[8];
	BYTE bPrefix[8];
	DWORD dwPrefixLength;		/* bits */
	ULONG64 IPv6SubInterfaceIndex;
	DWORD dwLcpError;
	DWORD dwAuthenticationProtocol;
	DWORD dwAuthenticationData;
	DWORD dwRemoteAuthenticationProtocol;
	DWORD dwRemoteAuthenticationData;
	DWORD dwLcpTerminateReason;
	DWORD dwLcpRemoteTerminateReason;
	DWORD dwLcpOptions;
	DWORD dwLcpRemoteOptions;
	DWORD dwEapTypeId;
	DWORD dwEmbeddedEAPTypeId;
	DWORD dwRemoteEapTypeId;
	DWORD dwCcpError;
	DWORD dwCompressionAlgorithm;
	DWORD dwCcpOptions;
	DWORD dwRemoteCompressionAlgorithm;
	DWORD dwCcpRemoteOptions;
} PPP_PROJECTION_INFO2, *PPPP_PROJECTION_INFO2;

/* dwAuthenticationProtocol of the next two */
#define MPRAPI_IKEV2_AUTH_USING_CERT		1
#define MPRAPI_IKEV2_AUTH_USING_EAP		2

/* Windows: ns-mprapi-ikev2_projection_info */
typedef struct _IKEV2_PROJECTION_INFO {
	DWORD dwIPv4NegotiationError;
	WCHAR wszAddress[IPADDRESSLEN + 1];
	WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
	ULONG64 IPv4SubInterfaceIndex;
	DWORD dwIPv6NegotiationError;
	BYTE bInterfaceIdentifier[8];
	BYTE bRemoteInterfaceIdentifier[8];
	BYTE bPrefix[8];
	DWORD dwPrefixLength;		/* bits */
	ULONG64 IPv6SubInterfaceIndex;
	DWORD dwOptions;
	DWORD dwAuthenticationProtocol;
	DWORD dwEapTypeId;
	DWORD dwCompressionAlgorithm;
	DWORD dwEncryptionMethod;
} IKEV2_PROJECTION_INFO, *PIKEV2_PROJECTION_INFO;

/* SDK metadata */
typedef struct _IKEV2_PROJECTION_INFO2 {
	DWORD dwIPv4NegotiationError;
	WCHAR wszAddress[IPADDRESSLEN + 1];
	WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
	ULONG64 IPv4SubInterfaceIndex;
	DWORD dwIPv6NegotiationError;
	BYTE bInterfaceIdentifier[8];
	BYTE bRemoteInterfaceIdentifier[8];
	BYTE bPrefix[8];
	DWORD dwPrefixLength;		/* bits */
	ULONG64 IPv6SubInterfaceIndex;
	DWORD dwOptions;
	DWORD dwAuthenticationProtocol;
	DWORD dwEapTypeId;
	DWORD dwEmbeddedEAPTypeId;
	DWORD dwCompressionAlgorithm;
	DWORD dwEncryptionMethod;
} IKEV2_PROJECTION_INFO2, *PIKEV2_PROJECTION_INFO2;

/* projectionInfoType: which member of the union holds */
#define MPRAPI_PPP_PROJECTION_INFO_TYPE		1
#define MPRAPI_IKEV2_PROJECTION_INFO_TYPE	2

/* Windows: ns-mprapi-projection_info */
typedef struct _PROJECTION_INFO {
	UCHAR projectionInfoType;
	union {
		PPP_PROJECTION_INFO PppProjectionInfo;
		IKEV2_PROJECTION_INFO Ikev2ProjectionInfo;
	};
} PROJECTION_INFO, *PPROJECTION_INFO;

/* SDK metadata */
typedef struct _PROJECTION_INFO2 {
	UCHAR projectionInfoType;
	union {
		PPP_PROJECTION_INFO2 PppProjectionInfo;
		IKEV2_PROJECTION_INFO2 Ikev2ProjectionInfo;
	};
} PROJECTION_INFO2, *PPROJECTION_INFO2;

/* Windows: ns-mprapi-ras_connection_ex */
typedef struct _RAS_CONNECTION_EX {
	MPRAPI_OBJECT_HEADER Header;
	DWORD dwConnectDuration;	/* seconds */
	ROUTER_INTERFACE_TYPE dwInterfaceType;
	DWORD dwConnectionFlags;	/* RAS_FLAGS_... bits */
	WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
	WCHAR wszUserName[UNLEN + 1];
	WCHAR wszLogonDomain[DNLEN + 1];
	WCHAR wszRemoteComputer[NETBIOS_NAME_LEN + 1];
	GUID guid;			/* of the connection */
	RAS_QUARANTINE_STATE rasQuarState;
	FILETIME probationTime;
	DWORD dwBytesXmited;
	DWORD dwBytesRcved;
	DWORD dwFramesXmited;
	DWORD dwFramesRcved;
	DWORD dwCrcErr;
	DWORD dwTimeoutErr;
	DWORD dwAlignmentErr;
	DWORD dwHardwareOverrunErr;
	DWORD dwFramingErr;
	DWORD dwBufferOverrunErr;
	DWORD dwCompressionRatioIn;	/* percent: compressed / plain size */
	DWORD dwCompressionRatioOut;
	DWORD dwNumSwitchOvers;		/* IKEv2 mobility: moves so far */
	WCHAR wszRemoteEndpointAddress[MAXIPADRESSLEN + 1];
	WCHAR wszLocalEndpointAddress[MAXIPADRESSLEN + 1];
	PROJECTION_INFO ProjectionInfo;
	HANDLE hConnection;
	HANDLE hInterface;
} RAS_CONNECTION_EX, *PRAS_CONNECTION_EX;

/* MS-RRASM 2.2.1.1.16; of RAS_CONNECTION_4, whose page names the tunnels */
typedef enum _RASDEVICETYPE {
	RDT_Modem,
	RDT_X25,
	RDT_Isdn,
	RDT_Serial,
	RDT_FrameRelay,
	RDT_Atm,
	RDT_Sonet,
	RDT_Sw56,
	RDT_Tunnel_Pptp,
	RDT_Tunnel_L2tp,
	RDT_Irda,
	RDT_Parallel,
	RDT_Other,
	RDT_PPPoE,
	RDT_Tunnel_Sstp,
	RDT_Tunnel_Ikev2
} RASDEVICETYPE;

/* SDK metadata; as RAS_CONNECTION_EX with 64-bit byte counters, no header */
typedef struct _RAS_CONNECTION_4 {
	DWORD dwConnectDuration;	/* seconds */
	ROUTER_INTERFACE_TYPE dwInterfaceType;
	DWORD dwConnectionFlags;	/* RAS_FLAGS_... bits */
	WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
	WCHAR wszUserName[UNLEN + 1];
	WCHAR wszLogonDomain[DNLEN + 1];
	WCHAR wszRemoteComputer[NETBIOS_NAME_LEN + 1];
	GUID guid;			/* of the connection */
	RAS_QUARANTINE_STATE rasQuarState;
	FILETIME probationTime;
	FILETIME connectionStartTime;
	ULONGLONG ullBytesXmited;
	ULONGLONG ullBytesRcved;
	DWORD dwFramesXmited;
	DWORD dwFramesRcved;
	DWORD dwCrcErr;
	DWORD dwTimeoutErr;
	DWORD dwAlignmentErr;
	DWORD dwHardwareOverrunErr;
	DWORD dwFramingErr;
	DWORD dwBufferOverrunErr;
	DWORD dwCompressionRatioIn;	/* percent: compressed / plain size */
	DWORD dwCompressionRatioOut;
	DWORD dwNumSwitchOvers;		/* IKEv2 mobility: moves so far */
	WCHAR wszRemoteEndpointAddress[MAXIPADRESSLEN + 1];
	WCHAR wszLocalEndpointAddress[MAXIPADRESSLEN + 1];
	PROJECTION_INFO2 ProjectionInfo;
	HANDLE hConnection;
	HANDLE hInterface;
	DWORD dwDeviceType;		/* RDT_... */
} RAS_CONNECTION_4, *PRAS_CONNECTION_4;

/* Windows: ns-mprapi-ras_update_connection, for IKEv2 mobility */
typedef struct _RAS_UPDATE_CONNECTION {
	MPRAPI_OBJECT_HEADER Header;
	DWORD dwIfIndex;
	WCHAR wszLocalEndpointAddress[MAXIPADRESSLEN + 1];
	WCHAR wszRemoteEndpointAddress[MAXIPADRESSLEN + 1];
} RAS_UPDATE_CONNECTION, *PRAS_UPDATE_CONNECTION;

/*
 * Users of the remote-access server
 */

/* bfPrivilege: one of the first three, and perhaps the dial-in right */
#define RASPRIV_NoCallback			0x01
#define RASPRIV_AdminSetCallback		0x02
#define RASPRIV_CallerSetCallback		0x04
#define RASPRIV_DialinPrivilege			0x08
#define RASPRIV_CallbackType	(RASPRIV_NoCallback | \
				 RASPRIV_AdminSetCallback | \
				 RASPRIV_CallerSetCallback)

/* bfPrivilege2 */
#define RASPRIV2_DialinPolicy			0x01

/* Windows: ns-mprapi-ras_user_0 */
typedef struct _RAS_USER_0 {
	BYTE bfPrivilege;
	WCHAR wszPhoneNumber[MAX_PHONE_NUMBER_LEN + 1];
} RAS_USER_0, *PRAS_USER_0;

/* Windows: ns-mprapi-ras_user_1 */
typedef struct _RAS_USER_1 {
	BYTE bfPrivilege;
	WCHAR wszPhoneNumber[MAX_PHONE_NUMBER_LEN + 1];
	BYTE bfPrivilege2;
} RAS_USER_1, *PRAS_USER_1;

/*
 * Tunnels: what a server and an interface are set to
 */

/* setConfigForProtocols */
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP	0x00000001
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP	0x00000002
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP	0x00000004
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2	0x00000008
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE	0x00000010

/* dwTunnelConfigParamFlags: TunnelConfigParams holds */
#define MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS	0x01
#define MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS	0x01

/* dwFlags of MPR_IF_CUSTOMINFOEX0, 1, 2; none: remove the configuration */
#define MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2	0x01

/* dwConfigOptions */
#define DO_NOT_ALLOW_NO_AUTH			0
#define ALLOW_NO_AUTH				1

/* bytes of a certificate's hash */
#define MAX_SSTP_HASH_SIZE			32

/* Windows: ns-mprapi-router_custom_ikev2_policy0 */
typedef struct _ROUTER_CUSTOM_IKEv2_POLICY0 {
	DWORD dwIntegrityMethod;
	DWORD dwEncryptionMethod;
	DWORD dwCipherTransformConstant;
	DWORD dwAuthTransformConstant;
	DWORD dwPfsGroup;
	DWORD dwDhGroup;
} ROUTER_CUSTOM_IKEv2_POLICY0, *PROUTER_CUSTOM_IKEv2_POLICY0,
	ROUTER_CUSTOM_L2TP_POLICY0, *PROUTER_CUSTOM_L2TP_POLICY0;

/* Windows: ns-mprapi-mpr_cert_eku, an extended key usage */
typedef struct _MPR_CERT_EKU {
	DWORD dwSize;
	BOOL IsEKUOID;
	LPWSTR pwszEKU;
} MPR_CERT_EKU, *PMPR_CERT_EKU;

/* Windows: ne-mprapi-mpr_vpn_ts_type */
typedef enum _MPR_VPN_TS_TYPE {
	MPR_VPN_TS_IPv4_ADDR_RANGE = 7,
	MPR_VPN_TS_IPv6_ADDR_RANGE = 8
} MPR_VPN_TS_TYPE;

typedef union _MPRAPI_VPN_TS_ADDRESS {
	IN_ADDR v4;
	IN6_ADDR v6;
} MPRAPI_VPN_TS_ADDRESS;

/* SDK metadata. The union has no name there; "addr" is for who needs one. */
typedef struct _VPN_TS_IP_ADDRESS {
	USHORT Type;			/* which member holds */
	union {
		IN_ADDR v4;
		IN6_ADDR v6;
		MPRAPI_VPN_TS_ADDRESS addr;
	};
} VPN_TS_IP_ADDRESS, *PVPN_TS_IP_ADDRESS;

/* SDK metadata */
typedef struct _MPR_VPN_SELECTOR {
	MPR_VPN_TS_TYPE type;
	UCHAR protocolId;
	USHORT portStart;
	USHORT portEnd;
	USHORT tsPayloadId;
	VPN_TS_IP_ADDRESS addrStart;
	VPN_TS_IP_ADDRESS addrEnd;
} MPR_VPN_TRAFFIC_SELECTOR, *PMPR_VPN_TRAFFIC_SELECTOR;

/* SDK metadata */
typedef struct _MPR_VPN_TRAFFIC_SELECTORS {
	DWORD numTsi;			/* selectors at tsI */
	DWORD numTsr;			/* selectors at tsR */
	MPR_VPN_TRAFFIC_SELECTOR *tsI;
	MPR_VPN_TRAFFIC_SELECTOR *tsR;
} MPR_VPN_TRAFFIC_SELECTORS, *PMPR_VPN_TRAFFIC_SELECTORS;

/* Windows: ns-mprapi-router_ikev2_if_custom_config0 */
typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG0 {
	DWORD dwSaLifeTime;		/* seconds */
	DWORD dwSaDataSize;
	CERT_NAME_BLOB certificateName;
	ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG0, *PROUTER_IKEv2_IF_CUSTOM_CONFIG0;

/* SDK metadata */
typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG1 {
	DWORD dwSaLifeTime;		/* seconds */
	DWORD dwSaDataSize;
	CERT_NAME_BLOB certificateName;
	ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
	CRYPT_HASH_BLOB certificateHash;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG1, *PROUTER_IKEv2_IF_CUSTOM_CONFIG1;

/* SDK metadata */
typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG2 {
	DWORD dwSaLifeTime;		/* seconds */
	DWORD dwSaDataSize;
	CERT_NAME_BLOB certificateName;
	ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
	CRYPT_HASH_BLOB certificateHash;
	DWORD dwMmSaLifeTime;		/* seconds */
	MPR_VPN_TRAFFIC_SELECTORS vpnTrafficSelectors;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG2, *PROUTER_IKEv2_IF_CUSTOM_CONFIG2;

/* Windows: ns-mprapi-mpr_if_custominfoex0; header revision 1 */
typedef struct _MPR_IF_CUSTOMINFOEX0 {
	MPRAPI_OBJECT_HEADER Header;
	DWORD dwFlags;
	ROUTER_IKEv2_IF_CUSTOM_CONFIG0 customIkev2Config;
} MPR_IF_CUSTOMINFOEX0, *PMPR_IF_CUSTOMINFOEX0;

/* SDK metadata; header revision 2 */
typedef struct _MPR_IF_CUSTOMINFOEX1 {
	MPRAPI_OBJECT_HEADER Header;
	DWORD dwFlags;
	ROUTER_IKEv2_IF_CUSTOM_CONFIG1 customIkev2Config;
} MPR_IF_CUSTOMINFOEX1, *PMPR_IF_CUSTOMINFOEX1;

/* SDK metadata; header revision 3 */
typedef struct _MPR_IF_CUSTOMINFOEX2 {
	MPRAPI_OBJECT_HEADER Header;
	DWORD dwFlags;
	ROUTER_IKEv2_IF_CUSTOM_CONFIG2 customIkev2Config;
} MPR_IF_CUSTOMINFOEX2, *PMPR_IF_CUSTOMINFOEX2;

/* Windows: ns-mprapi-ikev2_tunnel_config_params */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS {
	DWORD dwIdleTimeout;		/* seconds */
	DWORD dwNetworkBlackoutTime;	/* seconds */
	DWORD dwSaLifeTime;		/* seconds */
	DWORD dwSaDataSizeForRenegotiation;
	DWORD dwConfigOptions;
	DWORD dwTotalCertificates;	/* names at certificateNames */
	CERT_NAME_BLOB *certificateNames;
} IKEV2_TUNNEL_CONFIG_PARAMS, *PIKEV2_TUNNEL_CONFIG_PARAMS;

/* Windows: ns-mprapi-ikev2_tunnel_config_params2 */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS2 {
	DWORD dwIdleTimeout;
	DWORD dwNetworkBlackoutTime;
	DWORD dwSaLifeTime;
	DWORD dwSaDataSizeForRenegotiation;
	DWORD dwConfigOptions;
	DWORD dwTotalCertificates;
	CERT_NAME_BLOB *certificateNames;
	CERT_NAME_BLOB machineCertificateName;
	DWORD dwEncryptionType;
	ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
} IKEV2_TUNNEL_CONFIG_PARAMS2, *PIKEV2_TUNNEL_CONFIG_PARAMS2;

/* Windows: ns-mprapi-ikev2_tunnel_config_params3 */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS3 {
	DWORD dwIdleTimeout;
	DWORD dwNetworkBlackoutTime;
	DWORD dwSaLifeTime;
	DWORD dwSaDataSizeForRenegotiation;
	DWORD dwConfigOptions;
	DWORD dwTotalCertificates;
	CERT_NAME_BLOB *certificateNames;
	CERT_NAME_BLOB machineCertificateName;
	DWORD dwEncryptionType;
	ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
	DWORD dwTotalEkus;		/* usages at certificateEKUs */
	MPR_CERT_EKU *certificateEKUs;
	CRYPT_HASH_BLOB machineCertificateHash;
} IKEV2_TUNNEL_CONFIG_PARAMS3, *PIKEV2_TUNNEL_CONFIG_PARAMS3;

/* Windows: ns-mprapi-ikev2_tunnel_config_params4 */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS4 {
	DWORD dwIdleTimeout;
	DWORD dwNetworkBlackoutTime;
	DWORD dwSaLifeTime;
	DWORD dwSaDataSizeForRenegotiation;
	DWORD dwConfigOptions;
	DWORD dwTotalCertificates;
	CERT_NAME_BLOB *certificateNames;
	CERT_NAME_BLOB machineCertificateName;
	DWORD dwEncryptionType;
	ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
	DWORD dwTotalEkus;
	MPR_CERT_EKU *certificateEKUs;
	CRYPT_HASH_BLOB machineCertificateHash;
	DWORD dwMmSaLifeTime;		/* seconds */
} IKEV2_TUNNEL_CONFIG_PARAMS4, *PIKEV2_TUNNEL_CONFIG_PARAMS4;

/* Windows: ns-mprapi-pptp_config_params */
typedef struct _PPTP_CONFIG_PARAMS {
	DWORD dwNumPorts;
	DWORD dwPortFlags;		/* MPR_ENABLE_... bits */
} PPTP_CONFIG_PARAMS, *PPPTP_CONFIG_PARAMS;

/* Windows: ns-mprapi-l2tp_config_params0 */
typedef struct _L2TP_CONFIG_PARAMS0 {
	DWORD dwNumPorts;
	DWORD dwPortFlags;
} L2TP_CONFIG_PARAMS0, *PL2TP_CONFIG_PARAMS0;

/* Windows: ns-mprapi-l2tp_tunnel_config_params1 */
typedef struct _L2TP_TUNNEL_CONFIG_PARAMS1 {
	DWORD dwIdleTimeout;		/* seconds */
	DWORD dwEncryptionType;
	DWORD dwSaLifeTime;		/* seconds */
	DWORD dwSaDataSizeForRenegotiation;
	ROUTER_CUSTOM_L2TP_POLICY0 *customPolicy;
} L2TP_TUNNEL_CONFIG_PARAMS1, *PL2TP_TUNNEL_CONFIG_PARAMS1;

/* Windows: ns-mprapi-l2tp_tunnel_config_params2 */
typedef struct _L2TP_TUNNEL_CONFIG_PARAMS2 {
	DWORD dwIdleTimeout;		/* seconds */
	DWORD dwEncryptionType;
	DWORD dwSaLifeTime;		/* seconds */
	DWORD dwSaDataSizeForRenegotiation;
	ROUTER_CUSTOM_L2TP_POLICY0 *customPolicy;
	DWORD dwMmSaLifeTime;		/* seconds */
} L2TP_TUNNEL_CONFIG_PARAMS2, *PL2TP_TUNNEL_CONFIG_PARAMS2;

/* Windows: ns-mprapi-l2tp_config_params1 */
typedef struct _L2TP_CONFIG_PARAMS1 {
	DWORD dwNumPorts;
	DWORD dwPortFlags;
	DWORD dwTunnelConfigParamFlags;
	L2TP_TUNNEL_CONFIG_PARAMS2 TunnelConfigParams;
} L2TP_CONFIG_PARAMS1, *PL2TP_CONFIG_PARAMS1;

/* Windows: ns-mprapi-gre_config_params0 */
typedef struct _GRE_CONFIG_PARAMS0 {
	DWORD dwNumPorts;
	DWORD dwPortFlags;
} GRE_CONFIG_PARAMS0, *PGRE_CONFIG_PARAMS0;

/* Windows: ns-mprapi-sstp_cert_info */
typedef struct _SSTP_CERT_INFO {
	BOOL isDefault;
	CRYPT_HASH_BLOB certBlob;
} SSTP_CERT_INFO, *PSSTP_CERT_INFO;

/* Windows: ns-mprapi-sstp_config_params */
typedef struct _SSTP_CONFIG_PARAMS {
	DWORD dwNumPorts;
	DWORD dwPortFlags;
	BOOL isUseHttps;
	DWORD certAlgorithm;
	SSTP_CERT_INFO sstpCertDetails;
} SSTP_CONFIG_PARAMS, *PSSTP_CONFIG_PARAMS;

/*
 * The two forms of IKEV2_CONFIG_PARAMS (see the top), under names of ours so
 * that the structures which embed them can be told apart.
 */
typedef struct _MPRAPI_IKEV2_CONFIG_PARAMS_WIN7 {
	DWORD dwNumPorts;
	DWORD dwPortFlags;
	DWORD dwTunnelConfigParamFlags;
	IKEV2_TUNNEL_CONFIG_PARAMS TunnelConfigParams;
} MPRAPI_IKEV2_CONFIG_PARAMS_WIN7;

typedef struct _MPRAPI_IKEV2_CONFIG_PARAMS_SDK10 {
	DWORD dwNumPorts;
	DWORD dwPortFlags;
	DWORD dwTunnelConfigParamFlags;
	IKEV2_TUNNEL_CONFIG_PARAMS4 TunnelConfigParams;
} MPRAPI_IKEV2_CONFIG_PARAMS_SDK10;

/* Windows: ns-mprapi-mprapi_tunnel_config_params0 */
typedef struct _MPRAPI_TUNNEL_CONFIG_PARAMS0 {
	MPRAPI_IKEV2_CONFIG_PARAMS_SDK10 IkeConfigParams;
	PPTP_CONFIG_PARAMS PptpConfigParams;
	L2TP_CONFIG_PARAMS1 L2tpConfigParams;
	SSTP_CONFIG_PARAMS SstpConfigParams;
} MPRAPI_TUNNEL_CONFIG_PARAMS0, *PMPRAPI_TUNNEL_CONFIG_PARAMS0;

/* Windows: ns-mprapi-mprapi_tunnel_config_params1 */
typedef struct _MPRAPI_TUNNEL_CONFIG_PARAMS1 {
	MPRAPI_IKEV2_CONFIG_PARAMS_SDK10 IkeConfigParams;
	PPTP_CONFIG_PARAMS PptpConfigParams;
	L2TP_CONFIG_PARAMS1 L2tpConfigParams;
	SSTP_CONFIG_PARAMS SstpConfigParams;
	GRE_CONFIG_PARAMS0 GREConfigParams;
} MPRAPI_TUNNEL_CONFIG_PARAMS1, *PMPRAPI_TUNNEL_CONFIG_PARAMS1;

/* Windows: ns-mprapi-mpr_server_ex0 */
typedef struct _MPR_SERVER_EX0 {
	MPRAPI_OBJECT_HEADER Header;
	DWORD fLanOnlyMode;
	DWORD dwUpTime;			/* seconds */
	DWORD dwTotalPorts;
	DWORD dwPortsInUse;
	DWORD Reserved;
	MPRAPI_TUNNEL_CONFIG_PARAMS0 ConfigParams;
} MPR_SERVER_EX0, *PMPR_SERVER_EX0;

/* Windows: ns-mprapi-mpr_server_ex1 */
typedef struct _MPR_SERVER_EX1 {
	MPRAPI_OBJECT_HEADER Header;
	DWORD fLanOnlyMode;
	DWORD dwUpTime;			/* seconds */
	DWORD dwTotalPorts;
	DWORD dwPortsInUse;
	DWORD Reserved;
	MPRAPI_TUNNEL_CONFIG_PARAMS1 ConfigParams;
} MPR_SERVER_EX1, *PMPR_SERVER_EX1;

/* Windows: ns-mprapi-mpr_server_set_config_ex0 */
typedef struct _MPR_SERVER_SET_CONFIG_EX0 {
	MPRAPI_OBJECT_HEADER Header;
	DWORD setConfigForProtocols;	/* MPRAPI_SET_CONFIG_... bits */
	MPRAPI_TUNNEL_CONFIG_PARAMS0 ConfigParams;
} MPR_SERVER_SET_CONFIG_EX0, *PMPR_SERVER_SET_CONFIG_EX0;

/* Windows: ns-mprapi-mpr_server_set_config_ex1 */
typedef struct _MPR_SERVER_SET_CONFIG_EX1 {
	MPRAPI_OBJECT_HEADER Header;
	DWORD setConfigForProtocols;
	MPRAPI_TUNNEL_CONFIG_PARAMS1 ConfigParams;
} MPR_SERVER_SET_CONFIG_EX1, *PMPR_SERVER_SET_CONFIG_EX1;

#ifdef MPRAPI_SDK10_NAMES

typedef MPRAPI_IKEV2_CONFIG_PARAMS_SDK10 IKEV2_CONFIG_PARAMS;
typedef L2TP_CONFIG_PARAMS1 L2TP_CONFIG_PARAMS;
typedef MPRAPI_TUNNEL_CONFIG_PARAMS1 MPRAPI_TUNNEL_CONFIG_PARAMS;
typedef MPR_SERVER_EX1 MPR_SERVER_EX;
typedef MPR_SERVER_SET_CONFIG_EX1 MPR_SERVER_SET_CONFIG_EX;

#else

typedef MPRAPI_IKEV2_CONFIG_PARAMS_WIN7 IKEV2_CONFIG_PARAMS;
typedef L2TP_CONFIG_PARAMS0 L2TP_CONFIG_PARAMS;

typedef struct _MPRAPI_TUNNEL_CONFIG_PARAMS {
	IKEV2_CONFIG_PARAMS IkeConfigParams;
	PPTP_CONFIG_PARAMS PptpConfigParams;
	L2TP_CONFIG_PARAMS L2tpConfigParams;
	SSTP_CONFIG_PARAMS SstpConfigParams;
} MPRAPI_TUNNEL_CONFIG_PARAMS;

typedef struct _MPR_SERVER_EX {
	MPRAPI_OBJECT_HEADER Header;
	DWORD fLanOnlyMode;
	DWORD dwUpTime;			/* seconds */
	DWORD dwTotalPorts;
	DWORD dwPortsInUse;
	DWORD Reserved;
	MPRAPI_TUNNEL_CONFIG_PARAMS ConfigParams;
} MPR_SERVER_EX;

typedef struct _MPR_SERVER_SET_CONFIG_EX {
	MPRAPI_OBJECT_HEADER Header;
	DWORD setConfigForProtocols;
	MPRAPI_TUNNEL_CONFIG_PARAMS ConfigParams;
} MPR_SERVER_SET_CONFIG_EX;

#endif

typedef IKEV2_CONFIG_PARAMS *PIKEV2_CONFIG_PARAMS;
typedef L2TP_CONFIG_PARAMS *PL2TP_CONFIG_PARAMS;
typedef MPRAPI_TUNNEL_CONFIG_PARAMS *PMPRAPI_TUNNEL_CONFIG_PARAMS;
typedef MPR_SERVER_EX *PMPR_SERVER_EX;
typedef MPR_SERVER_SET_CONFIG_EX *PMPR_SERVER_SET_CONFIG_EX;

/* The newest of three; MprAdminInterfaceSetCustomInfoEx takes each of them. */
typedef MPR_IF_CUSTOMINFOEX2 MPR_IF_CUSTOMINFOEX, *PMPR_IF_CUSTOMINFOEX;

/*
 * Administration DLLs: what the service calls in them. A structure that is
 * passed belongs to the service and is gone after the call. No call of this
 * header may be made from inside one of these.
 *
 * The functions themselves are a DLL's own and are not declared here; their
 * names are those of the pages, their types these.
 */

/* The DLL's revision: 2 if it has callouts that take RAS_CONNECTION_EX */
#define MPRAPI_ADMIN_DLL_VERSION_1		0x1
#define MPRAPI_ADMIN_DLL_VERSION_2		0x2

/* Windows: nc-mprapi-pmpradmingetipaddressforuser */
typedef DWORD (APIENTRY *PMPRADMINGETIPADDRESSFORUSER)(
	WCHAR *lpwszUserName, WCHAR *lpwszPortName, DWORD *lpdwIpAddress,
	BOOL *bNotifyRelease);

/* Windows: nc-mprapi-pmpradminreleaseipadress (so spelt) */
typedef VOID (APIENTRY *PMPRADMINRELEASEIPADRESS)(
	WCHAR *lpwszUserName, WCHAR *lpwszPortName, DWORD *lpdwIpAddress);

/* Windows: nc-mprapi-pmpradmingetipv6addressforuser */
typedef DWORD (APIENTRY *PMPRADMINGETIPV6ADDRESSFORUSER)(
	WCHAR *lpwszUserName, WCHAR *lpwszPortName, IN6_ADDR *lpdwIpv6Address,
	BOOL *bNotifyRelease);

/* Windows: nc-mprapi-pmpradminreleaseipv6addressforuser */
typedef VOID (APIENTRY *PMPRADMINRELEASEIPV6ADDRESSFORUSER)(
	WCHAR *lpwszUserName, WCHAR *lpwszPortName, IN6_ADDR *lpdwIpv6Address);

/* Windows: nc-mprapi-pmpradminacceptnewconnection, ...2, ...3, ...ex */
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWCONNECTION)(
	RAS_CONNECTION_0 *pRasConnection0, RAS_CONNECTION_1 *pRasConnection1);
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWCONNECTION2)(
	RAS_CONNECTION_0 *pRasConnection0, RAS_CONNECTION_1 *pRasConnection1,
	RAS_CONNECTION_2 *pRasConnection2);
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWCONNECTION3)(
	RAS_CONNECTION_0 *pRasConnection0, RAS_CONNECTION_1 *pRasConnection1,
	RAS_CONNECTION_2 *pRasConnection2, RAS_CONNECTION_3 *pRasConnection3);
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWCONNECTIONEX)(
	RAS_CONNECTION_EX *pRasConnection);

/*
 * Windows: nc-mprapi-pmpradminconnectionhangupnotification, ...2, ...3, ...ex.
 * The SDK passes the last parameter of ...3 by value, although the function
 * that the page describes takes a pointer; here it is the pointer.
 */
typedef VOID (APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATION)(
	RAS_CONNECTION_0 *pRasConnection0, RAS_CONNECTION_1 *pRasConnection1);
typedef VOID (APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATION2)(
	RAS_CONNECTION_0 *pRasConnection0, RAS_CONNECTION_1 *pRasConnection1,
	RAS_CONNECTION_2 *pRasConnection2);
typedef VOID (APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATION3)(
	RAS_CONNECTION_0 *pRasConnection0, RAS_CONNECTION_1 *pRasConnection1,
	RAS_CONNECTION_2 *pRasConnection2, RAS_CONNECTION_3 *pRasConnection3);
typedef VOID (APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX)(
	RAS_CONNECTION_EX *pRasConnection);

/* Windows: nc-mprapi-pmpradminacceptreauthentication, ...ex */
typedef BOOL (APIENTRY *PMPRADMINACCEPTREAUTHENTICATION)(
	RAS_CONNECTION_0 *pRasConnection0, RAS_CONNECTION_1 *pRasConnection1,
	RAS_CONNECTION_2 *pRasConnection2, RAS_CONNECTION_3 *pRasConnection3);
typedef BOOL (APIENTRY *PMPRADMINACCEPTREAUTHENTICATIONEX)(
	RAS_CONNECTION_EX *pRasConnection);

/* Windows: nc-mprapi-pmpradminaccepttunnelendpointchangeex */
typedef BOOL (APIENTRY *PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX)(
	RAS_CONNECTION_EX *pRasConnection);

/* Windows: nc-mprapi-pmpradminrasvalidatepreauthenticatedconnectionex */
typedef DWORD (APIENTRY *PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX)(
	AUTH_VALIDATION_EX *pAuthInfo);

/* Windows: nc-mprapi-pmpradminacceptnewlink */
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWLINK)(
	RAS_PORT_0 *pRasPort0, RAS_PORT_1 *pRasPort1);

/* Windows: nc-mprapi-pmpradminlinkhangupnotification */
typedef VOID (APIENTRY *PMPRADMINLINKHANGUPNOTIFICATION)(
	RAS_PORT_0 *pRasPort0, RAS_PORT_1 *pRasPort1);

/* Windows: nc-mprapi-pmpradminterminatedll */
typedef DWORD (APIENTRY *PMPRADMINTERMINATEDLL)(VOID);

/*
 * Windows: ns-mprapi-mprapi_admin_dll_callbacks. What MprAdminInitializeDllEx
 * of a DLL fills in; NULL: no such callout. Two forms, see the top.
 */
#ifdef MPRAPI_MINGW_COMPAT

typedef struct _MPRAPI_ADMIN_DLL_CALLBACKS {
	UCHAR revision;			/* MPRAPI_ADMIN_DLL_VERSION_... */
	PMPRADMINGETIPADDRESSFORUSER lpfnMprAdminGetIpAddressForUser;
	PMPRADMINRELEASEIPADRESS lpfnMprAdminReleaseIpAddress;
	PMPRADMINGETIPV6ADDRESSFORUSER lpfnMprAdminGetIpv6AddressForUser;
	PMPRADMINRELEASEIPV6ADDRESSFORUSER lpfnMprAdminReleaseIpV6AddressForUser;
	PMPRADMINACCEPTNEWLINK lpfnRasAdminAcceptNewLink;
	PMPRADMINLINKHANGUPNOTIFICATION lpfnRasAdminLinkHangupNotification;
	PMPRADMINTERMINATEDLL lpfnRasAdminTerminateDll;
	PMPRADMINACCEPTNEWCONNECTIONEX lpfnRasAdminAcceptNewConnectionEx;
	PMPRADMINACCEPTREAUTHENTICATIONEX lpfnRasAdminAcceptReauthenticationEx;
	PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX
		lpfnRasAdminConnectionHangupNotificationEx;
} MPRAPI_ADMIN_DLL_CALLBACKS, *PMPRAPI_ADMIN_DLL_CALLBACKS;

#else

typedef struct _MPRAPI_ADMIN_DLL_CALLBACKS {
	UCHAR revision;			/* MPRAPI_ADMIN_DLL_VERSION_... */
	PMPRADMINGETIPADDRESSFORUSER lpfnMprAdminGetIpAddressForUser;
	PMPRADMINRELEASEIPADRESS lpfnMprAdminReleaseIpAddress;
	PMPRADMINGETIPV6ADDRESSFORUSER lpfnMprAdminGetIpv6AddressForUser;
	PMPRADMINRELEASEIPV6ADDRESSFORUSER lpfnMprAdminReleaseIpV6AddressForUser;
	PMPRADMINACCEPTNEWLINK lpfnRasAdminAcceptNewLink;
	PMPRADMINLINKHANGUPNOTIFICATION lpfnRasAdminLinkHangupNotification;
	PMPRADMINTERMINATEDLL lpfnRasAdminTerminateDll;
	PMPRADMINACCEPTNEWCONNECTIONEX lpfnRasAdminAcceptNewConnectionEx;
	PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX lpfnRasAdminAcceptEndpointChangeEx;
	PMPRADMINACCEPTREAUTHENTICATIONEX lpfnRasAdminAcceptReauthenticationEx;
	PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX
		lpfnRasAdminConnectionHangupNotificationEx;
	PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX
		lpfnRASValidatePreAuthenticatedConnectionEx;
} MPRAPI_ADMIN_DLL_CALLBACKS, *PMPRAPI_ADMIN_DLL_CALLBACKS;

#endif

/*
 * Calls
 *
 * Return: the calls return the error itself, NO_ERROR (0) for success, and
 * leave GetLastError() alone. Each lists what it returns and why. A call that
 * takes a server handle returns besides, as every one of them does:
 *   ERROR_INVALID_HANDLE	the server handle is garbage, or was given up
 *   ERROR_DDM_NOT_RUNNING	the module is not loaded, or its service stopped
 *   ERROR_NOT_ENOUGH_MEMORY	no memory here or in the kernel
 *   ERROR_POSSIBLE_DEADLOCK	this thread is in a callout of an
 *				administration DLL
 * Where the Windows pages leave open what happens, Documentation/decisions.md
 * says what was decided.
 *
 * Rights: looking needs none. Acting needs CAP_NET_ADMIN in the user namespace
 * that owns the network namespace; without it ERROR_ACCESS_DENIED. Names of
 * users and of remote computers are empty for who may not act.
 *
 * Threads: each call may be made from any thread, and several threads may use
 * one server handle at a time. None may be made from a signal handler, nor
 * from a callout of an administration DLL. A thread may be cancelled only in a
 * call that waits for the outcome of what it asked, see mprevent.h.
 *
 * Handles are numbers that the library looks up, and not for CloseHandle().
 * An interface's handle holds until the interface is deleted, a connection's
 * until the connection has ended, a port's until its link or its device is
 * gone, all in each process of the network namespace.
 *
 * Buffers that a call returns through an LPBYTE * are one block with all that
 * they point to, the caller's to free with MprAdminBufferFree(). A call that
 * fails stores NULL, and 0 for a count. Structures that a caller passes in stay the caller's
 * and are not used after the call.
 *
 * Enumerations return pages. A caller sets *lpdwResumeHandle to 0 and calls
 * again with what it finds there for as long as it gets ERROR_MORE_DATA; each
 * page, the last and those before, is a buffer of its own to be freed.
 */

MPRAPI_BEGIN_DECLS

/**
 * MprAdminServerConnect - get a handle to a router
 * @lpwsServerName: name of the router's computer, or NULL for this one
 * @phMprServer: takes the handle, for router and for RAS calls alike. To be
 *	given up with MprAdminServerDisconnect()
 *
 * The handle stands for the router of the network namespace that the calling
 * thread is in. It need not even run; see MprAdminIsServiceRunning(). A handle
 * is good for one load of the module: once that is removed, each call with the
 * handle says ERROR_DDM_NOT_RUNNING, also after the module is loaded again. A
 * child of fork() connects anew. If the module is not loaded, this call loads
 * it where that is allowed.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not ask the router at all
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the handle
 *   RPC_S_INVALID_BINDING	@phMprServer is NULL
 *   RPC_S_UNKNOWN_IF		@lpwsServerName names another computer, whose
 *				router this version cannot administer
 *
 * Windows: nf-mprapi-mpradminserverconnect
 */
DWORD WINAPI MprAdminServerConnect(LPWSTR lpwsServerName,
				   MPR_SERVER_HANDLE *phMprServer)
	MPRAPI_SYMBOL(MprAdminServerConnect);

/**
 * MprAdminServerDisconnect - give up a server handle
 * @hMprServer: the handle; NULL, garbage and a handle that was given up
 *	already are ignored
 *
 * Events that were registered through the handle are deregistered. Buffers
 * that calls returned stay valid, and so do handles of interfaces and
 * connections.
 *
 * Windows: nf-mprapi-mpradminserverdisconnect
 */
VOID WINAPI MprAdminServerDisconnect(MPR_SERVER_HANDLE hMprServer)
	MPRAPI_SYMBOL(MprAdminServerDisconnect);

/**
 * MprAdminIsServiceRunning - does the router run?
 * @lpwsServerName: name of the router's computer, or NULL for this one
 *
 * A paused service runs. Asking does not have the module loaded, as
 * MprAdminServerConnect() does.
 *
 * Return: TRUE if it does. FALSE if it does not, if the caller may not ask, or
 * if @lpwsServerName names another computer.
 *
 * Windows: nf-mprapi-mpradminisservicerunning
 */
BOOL WINAPI MprAdminIsServiceRunning(LPWSTR lpwsServerName)
	MPRAPI_SYMBOL(MprAdminIsServiceRunning);

/**
 * MprAdminBufferFree - free what a call of this header returned
 * @pBuffer: the buffer, as the call stored it. Not a text of
 *	MprAdminGetErrorString(), which LocalFree() takes
 *
 * Return: NO_ERROR or
 *   ERROR_INVALID_PARAMETER	@pBuffer is NULL
 *
 * Windows: nf-mprapi-mpradminbufferfree
 */
DWORD WINAPI MprAdminBufferFree(LPVOID pBuffer)
	MPRAPI_SYMBOL(MprAdminBufferFree);

/**
 * MprAdminGetErrorString - the text of an error code
 * @dwError: a code of mprerror.h or raserror.h, or one of winerror.h that
 *	calls of this header return
 * @lpwsErrorString: takes the text: one English sentence without a line break,
 *	the caller's to free with LocalFree()
 *
 * Return: NO_ERROR or
 *   ERROR_INVALID_PARAMETER	@lpwsErrorString is NULL
 *   ERROR_MR_MID_NOT_FOUND	no text for this code
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the text
 * The page lists ERROR_ACCESS_DENIED too; nobody is denied this call here.
 *
 * Windows: nf-mprapi-mpradmingeterrorstring
 */
DWORD WINAPI MprAdminGetErrorString(DWORD dwError, LPWSTR *lpwsErrorString)
	MPRAPI_SYMBOL(MprAdminGetErrorString);

/**
 * MprAdminInterfaceCreate - create a demand-dial interface
 * @hMprServer: the router
 * @dwLevel: 0, 1, 2 or 3: @lpbBuffer is an MPR_INTERFACE_0, _1, _2 or _3
 * @lpbBuffer: name, type and settings. Handle, state, reasons and last error
 *	in it are ignored
 * @phInterface: takes the handle of the new interface
 *
 * The interface is bound to the net device that bears its name, unless another
 * one is. It lasts until it is deleted; where ddmd runs and keeps it
 * (save-interfaces), also over a restart of the machine, and otherwise until the
 * module is removed.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INTERFACE_ALREADY_EXISTS	the name is taken
 *   ERROR_INVALID_HANDLE	@hMprServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@lpbBuffer or @phInterface is NULL; the name is
 *				empty, too long or not valid text; the type
 *				is not one that can be created
 *   ERROR_MAX_WAN_INTERFACE_LIMIT	no interface more is allowed
 *   ERROR_NOT_ENOUGH_MEMORY	no memory
 *   ERROR_NOT_SUPPORTED	@dwLevel is none of these
 *
 * Windows: nf-mprapi-mpradmininterfacecreate
 */
DWORD WINAPI MprAdminInterfaceCreate(MPR_SERVER_HANDLE hMprServer,
				     DWORD dwLevel, LPBYTE lpbBuffer,
				     HANDLE *phInterface)
	MPRAPI_SYMBOL(MprAdminInterfaceCreate);

/**
 * MprAdminInterfaceGetHandle - find an interface by its name
 * @hMprServer: the router
 * @lpwsInterfaceName: the name
 * @phInterface: takes the handle
 * @fIncludeClientInterfaces: FALSE: interfaces of type ROUTER_IF_TYPE_CLIENT
 *	are not looked at. TRUE: they are, and the first found is taken
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not ask the router
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hMprServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@phInterface is NULL
 *   ERROR_NO_SUCH_INTERFACE	no interface has that name; none can have it,
 *				it being empty, too long or not valid text
 *   RPC_S_INVALID_BINDING	@hMprServer is NULL
 *   RPC_X_NULL_REF_POINTER	@lpwsInterfaceName is NULL
 *
 * Windows: nf-mprapi-mpradmininterfacegethandle
 */
DWORD WINAPI MprAdminInterfaceGetHandle(MPR_SERVER_HANDLE hMprServer,
					LPWSTR lpwsInterfaceName,
					HANDLE *phInterface,
					BOOL fIncludeClientInterfaces)
	MPRAPI_SYMBOL(MprAdminInterfaceGetHandle);

/**
 * MprAdminInterfaceDelete - delete a demand-dial interface
 * @hMprServer: the router
 * @hInterface: the interface; the handle is dead afterwards
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INTERFACE_CONNECTED	the interface is connected; disconnect it first
 *   ERROR_INVALID_HANDLE	@hInterface is no interface, or @hMprServer is
 *				not a server handle
 *   ERROR_NOT_SUPPORTED	the interface was not created: it is there as
 *				long as its device is
 *
 * Windows: nf-mprapi-mpradmininterfacedelete
 */
DWORD WINAPI MprAdminInterfaceDelete(MPR_SERVER_HANDLE hMprServer,
				     HANDLE hInterface)
	MPRAPI_SYMBOL(MprAdminInterfaceDelete);

/**
 * MprAdminInterfaceGetInfo - state and settings of an interface
 * @hMprServer: the router
 * @hInterface: the interface
 * @dwLevel: 0, 1, 2 or 3
 * @lplpbBuffer: takes an MPR_INTERFACE_0, _1, _2 or _3, to be freed with
 *	MprAdminBufferFree()
 *
 * After an asynchronous MprAdminInterfaceConnect() this tells the outcome:
 * connected, or dwLastError says why not.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not ask the router
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hInterface is no interface, or @hMprServer is
 *				not a server handle
 *   ERROR_INVALID_LEVEL	the interface has no such information: its type
 *				is not ROUTER_IF_TYPE_FULL_ROUTER
 *   ERROR_INVALID_PARAMETER	@lplpbBuffer is NULL
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the buffer
 *   ERROR_NOT_SUPPORTED	@dwLevel is none of these
 *
 * Windows: nf-mprapi-mpradmininterfacegetinfo
 */
DWORD WINAPI MprAdminInterfaceGetInfo(MPR_SERVER_HANDLE hMprServer,
				      HANDLE hInterface, DWORD dwLevel,
				      LPBYTE *lplpbBuffer)
	MPRAPI_SYMBOL(MprAdminInterfaceGetInfo);

/**
 * MprAdminInterfaceSetInfo - change the settings of an interface
 * @hMprServer: the router
 * @hInterface: the interface
 * @dwLevel: 0, 1, 2 or 3: @lpbBuffer is an MPR_INTERFACE_0, _1, _2 or _3
 * @lpbBuffer: the settings. Level 0 sets fEnabled, level 1 the hours as well,
 *	levels 2 and 3 the dialling settings too. State fields are ignored
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hInterface is no interface, or @hMprServer is
 *				not a server handle
 *   ERROR_INVALID_LEVEL	the interface has no such settings: its type is
 *				not ROUTER_IF_TYPE_FULL_ROUTER
 *   ERROR_INVALID_PARAMETER	@lpbBuffer is NULL, or a setting is not valid
 *   ERROR_NOT_ENOUGH_MEMORY	no memory
 *   ERROR_NOT_SUPPORTED	@dwLevel is none of these
 *
 * Windows: nf-mprapi-mpradmininterfacesetinfo
 */
DWORD WINAPI MprAdminInterfaceSetInfo(MPR_SERVER_HANDLE hMprServer,
				      HANDLE hInterface, DWORD dwLevel,
				      LPBYTE lpbBuffer)
	MPRAPI_SYMBOL(MprAdminInterfaceSetInfo);

/**
 * MprAdminInterfaceEnum - list the interfaces
 * @hMprServer: the router
 * @dwLevel: 0
 * @lplpbBuffer: takes an array of MPR_INTERFACE_0, to be freed with
 *	MprAdminBufferFree()
 * @dwPrefMaxLen: about how many bytes to return, (DWORD)-1 for all there is
 * @lpdwEntriesRead: takes the number of structures in the buffer
 * @lpdwTotalEntries: takes the number that could be read from where this call
 *	began, these included
 * @lpdwResumeHandle: where to begin, 0 for the beginning; takes where to go on,
 *	0 if there is no more. NULL: begin at the beginning, and no going on
 *
 * Return: NO_ERROR: the last page. ERROR_MORE_DATA: a page, and there is more;
 * call again. Or
 *   ERROR_ACCESS_DENIED	the caller may not ask the router
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hMprServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@lplpbBuffer, @lpdwEntriesRead or
 *				@lpdwTotalEntries is NULL
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the buffer
 *   ERROR_NOT_SUPPORTED	@dwLevel is not 0
 *
 * Windows: nf-mprapi-mpradmininterfaceenum
 */
DWORD WINAPI MprAdminInterfaceEnum(MPR_SERVER_HANDLE hMprServer, DWORD dwLevel,
				   LPBYTE *lplpbBuffer, DWORD dwPrefMaxLen,
				   LPDWORD lpdwEntriesRead,
				   LPDWORD lpdwTotalEntries,
				   LPDWORD lpdwResumeHandle)
	MPRAPI_SYMBOL(MprAdminInterfaceEnum);

/**
 * MprAdminInterfaceConnect - connect a demand-dial interface
 * @hMprServer: the router
 * @hInterface: the interface
 * @hEvent: an event that is signalled when the attempt is over, whether it
 *	succeeded or not; NULL for none
 * @fSynchronous: looked at if @hEvent is NULL: TRUE waits for the end of the
 *	attempt, FALSE does not
 *
 *   hEvent	fSynchronous	returns
 *   an event	any		PENDING at once; the event tells the end
 *   NULL	TRUE		the outcome, when the attempt is over. There is
 *				no time limit but the attempt's own
 *   NULL	FALSE		PENDING at once; the end is told by
 *				MprAdminInterfaceGetInfo() and by registered
 *				events
 * A refusal comes at once in all three, and leaves the event alone; but an
 * interface whose device is destroyed during the call is refused with
 * ERROR_NO_SUCH_INTERFACE after an attempt that may signal it. The event
 * may be closed as soon as the call has returned, and serve other attempts at
 * the same time. The call does not reset it.
 *
 * Return: NO_ERROR: connected. PENDING (raserror.h): the attempt has begun. Or
 *   ERROR_ACCESS_DENIED	the caller may not act, or @hEvent lacks
 *				EVENT_MODIFY_STATE
 *   ERROR_ALREADY_CONNECTED	the interface is connected already
 *   ERROR_ALREADY_CONNECTING	an attempt is under way
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run, or the
 *				dialer that this interface needs
 *   ERROR_INTERFACE_DISABLED	the interface is disabled
 *   ERROR_INTERFACE_HAS_NO_DEVICES	there is no device for it
 *   ERROR_INVALID_HANDLE	@hInterface is no interface, or @hMprServer is
 *				not a server handle
 *   ERROR_INVALID_PARAMETER	@hEvent is garbage, was closed, or is a handle
 *				of another kind
 *   ERROR_SERVICE_IS_PAUSED	the demand-dial service is paused
 * and, waiting for the end, why the attempt failed: mostly a code of
 * raserror.h or mprerror.h, the same that dwLastError then holds.
 *
 * Windows: nf-mprapi-mpradmininterfaceconnect
 */
DWORD WINAPI MprAdminInterfaceConnect(MPR_SERVER_HANDLE hMprServer,
				      HANDLE hInterface, HANDLE hEvent,
				      BOOL fSynchronous)
	MPRAPI_SYMBOL(MprAdminInterfaceConnect);

/**
 * MprAdminInterfaceDisconnect - disconnect a demand-dial interface
 * @hMprServer: the router
 * @hInterface: the interface
 *
 * An attempt under way is given up, and fails with
 * ERROR_INTERFACE_DISCONNECTED. The connection is over when the call returns;
 * for that it may have to wait for the dialer.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run, or the
 *				dialer that would hang up
 *   ERROR_INTERFACE_HAS_NO_DEVICES	the interface is only followed, nothing
 *				can hang it up
 *   ERROR_INTERFACE_NOT_CONNECTED	the interface is neither connected nor
 *				connecting
 *   ERROR_INVALID_HANDLE	@hInterface is no interface, or @hMprServer is
 *				not a server handle
 *   ERROR_TIMEOUT		the dialer was told, but has not hung up for 30
 *				seconds
 *
 * Windows: nf-mprapi-mpradmininterfacedisconnect
 */
DWORD WINAPI MprAdminInterfaceDisconnect(MPR_SERVER_HANDLE hMprServer,
					 HANDLE hInterface)
	MPRAPI_SYMBOL(MprAdminInterfaceDisconnect);

/**
 * MprAdminConnectionEnum - list the active connections
 * @hRasServer: the router
 * @dwLevel: 0, 1, 2, 3, or 4, which the protocol (MS-RRASM) has besides
 * @lplpbBuffer: takes an array of RAS_CONNECTION_0, _1, _2, _3 or _4, to be
 *	freed with MprAdminBufferFree()
 * @dwPrefMaxLen: about how many bytes to return, (DWORD)-1 for all there is
 * @lpdwEntriesRead: takes the number of structures in the buffer
 * @lpdwTotalEntries: takes the number that could be read from where this call
 *	began, these included
 * @lpdwResumeHandle: where to begin, 0 for the beginning; takes where to go on,
 *	0 if there is no more. NULL: begin at the beginning, and no going on
 *
 * Return: NO_ERROR: the last page. ERROR_MORE_DATA: a page, and there is more;
 * call again. Or
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hRasServer is not a server handle
 *   ERROR_INVALID_LEVEL	@dwLevel is none of these
 *   ERROR_INVALID_PARAMETER	@lplpbBuffer, @lpdwEntriesRead or
 *				@lpdwTotalEntries is NULL
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the buffer
 *   RPC_S_INVALID_BINDING	@hRasServer is NULL
 *
 * Windows: nf-mprapi-mpradminconnectionenum
 */
DWORD WINAPI MprAdminConnectionEnum(RAS_SERVER_HANDLE hRasServer,
				    DWORD dwLevel, LPBYTE *lplpbBuffer,
				    DWORD dwPrefMaxLen,
				    LPDWORD lpdwEntriesRead,
				    LPDWORD lpdwTotalEntries,
				    LPDWORD lpdwResumeHandle)
	MPRAPI_SYMBOL(MprAdminConnectionEnum);

/**
 * MprAdminConnectionGetInfo - tell about a connection
 * @hRasServer: the router
 * @dwLevel: 0, 1, 2, 3 or 4
 * @hConnection: the connection, as an enumeration returned it
 * @lplpbBuffer: takes a RAS_CONNECTION_0, _1, _2, _3 or _4, to be freed with
 *	MprAdminBufferFree()
 *
 * User, domain and remote computer are what a link agent (the PPP daemon's
 * plugin) reports; where none does they are empty. A user DOMAIN\name is told
 * as the two. A call that was taken over an interface of its own has the type
 * ROUTER_IF_TYPE_CLIENT. Addresses are those that were negotiated, or else
 * those of the net device.
 *
 * Return: NO_ERROR or
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INTERFACE_NOT_CONNECTED	@hConnection is not a connection, or not
 *				one any longer
 *   ERROR_INVALID_HANDLE	@hRasServer is not a server handle
 *   ERROR_INVALID_LEVEL	@dwLevel is none of these
 *   ERROR_INVALID_PARAMETER	@hConnection or @lplpbBuffer is NULL
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the buffer
 *   RPC_S_INVALID_BINDING	@hRasServer is NULL
 *
 * Windows: nf-mprapi-mpradminconnectiongetinfo
 */
DWORD WINAPI MprAdminConnectionGetInfo(RAS_SERVER_HANDLE hRasServer,
				       DWORD dwLevel, HANDLE hConnection,
				       LPBYTE *lplpbBuffer)
	MPRAPI_SYMBOL(MprAdminConnectionGetInfo);

/**
 * MprAdminConnectionClearStats - set the counters of a connection to zero
 * @hRasServer: the router
 * @hConnection: the connection
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hRasServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@hConnection is not a connection, or not one
 *				any longer
 *   RPC_S_INVALID_BINDING	@hRasServer is NULL
 *
 * Windows: nf-mprapi-mpradminconnectionclearstats
 */
DWORD WINAPI MprAdminConnectionClearStats(RAS_SERVER_HANDLE hRasServer,
					  HANDLE hConnection)
	MPRAPI_SYMBOL(MprAdminConnectionClearStats);

/**
 * MprAdminPortEnum - list ports
 * @hRasServer: the router
 * @dwLevel: 0
 * @hConnection: a connection: the ports that it uses. INVALID_HANDLE_VALUE: all
 *	ports, those not in use included
 * @lplpbBuffer: takes an array of RAS_PORT_0, to be freed with
 *	MprAdminBufferFree()
 * @dwPrefMaxLen: about how many bytes to return, (DWORD)-1 for all there is
 * @lpdwEntriesRead: takes the number of structures in the buffer
 * @lpdwTotalEntries: takes the number that could be read from where this call
 *	began, these included
 * @lpdwResumeHandle: where to begin, 0 for the beginning; takes where to go on,
 *	0 if there is no more. NULL: begin at the beginning, and no going on
 *
 * Each link that a link agent reports of a PPP device is a port; a multilink
 * connection has several. The net device of any other interface is one port,
 * as long as it exists.
 *
 * Return: NO_ERROR: the last page. ERROR_MORE_DATA: a page, and there is more;
 * call again. Or
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hConnection is NULL, not a connection, or not
 *				one any longer, or @hRasServer is not a server
 *				handle
 *   ERROR_INVALID_PARAMETER	@lplpbBuffer, @lpdwEntriesRead or
 *				@lpdwTotalEntries is NULL
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the buffer
 *   ERROR_NOT_SUPPORTED	@dwLevel is not 0
 * The page lists ERROR_ACCESS_DENIED too; nobody is denied this call here.
 *
 * Windows: nf-mprapi-mpradminportenum
 */
DWORD WINAPI MprAdminPortEnum(RAS_SERVER_HANDLE hRasServer, DWORD dwLevel,
			      HANDLE hConnection, LPBYTE *lplpbBuffer,
			      DWORD dwPrefMaxLen, LPDWORD lpdwEntriesRead,
			      LPDWORD lpdwTotalEntries,
			      LPDWORD lpdwResumeHandle)
	MPRAPI_SYMBOL(MprAdminPortEnum);

/**
 * MprAdminPortGetInfo - tell about a port
 * @hRasServer: the router
 * @dwLevel: 0 or 1
 * @hPort: the port, as an enumeration returned it
 * @lplpbBuffer: takes a RAS_PORT_0 or _1, to be freed with
 *	MprAdminBufferFree()
 *
 * hConnection is NULL while the port is not in use. wszPortName is the link's
 * port (a tty, a PPPoE session), or the net device where that is the port;
 * wszDeviceName is the net device. dwTotalNumberOfCalls counts the connections
 * of the interface. The counters are those of the connection while it has one
 * port; what goes over one of several is not counted, and reads as 0.
 *
 * Return: NO_ERROR or
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hRasServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@lplpbBuffer is NULL
 *   ERROR_INVALID_PORT_HANDLE	@hPort is NULL, not a port, or not one any
 *				longer (raserror.h)
 *   ERROR_NOT_ENOUGH_MEMORY	no memory for the buffer
 *   ERROR_NOT_SUPPORTED	@dwLevel is none of these
 * The page lists ERROR_ACCESS_DENIED too; nobody is denied this call here.
 *
 * Windows: nf-mprapi-mpradminportgetinfo
 */
DWORD WINAPI MprAdminPortGetInfo(RAS_SERVER_HANDLE hRasServer, DWORD dwLevel,
				 HANDLE hPort, LPBYTE *lplpbBuffer)
	MPRAPI_SYMBOL(MprAdminPortGetInfo);

/**
 * MprAdminPortClearStats - set the counters of a port to zero
 * @hRasServer: the router
 * @hPort: the port
 *
 * They are those of its connection, so MprAdminConnectionGetInfo() shows zero
 * as well. A port that is not in use has none, and needs nothing cleared.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hRasServer is not a server handle
 *   ERROR_NOT_SUPPORTED	one of several ports of a connection, which has
 *				no counters of its own
 *   RPC_S_INVALID_BINDING	@hRasServer is NULL; @hPort is NULL, not a port,
 *				or not one any longer
 *
 * Windows: nf-mprapi-mpradminportclearstats
 */
DWORD WINAPI MprAdminPortClearStats(RAS_SERVER_HANDLE hRasServer, HANDLE hPort)
	MPRAPI_SYMBOL(MprAdminPortClearStats);

/**
 * MprAdminPortReset - reset the device on a port
 * @hRasServer: the router
 * @hPort: the port
 *
 * What is on the port is hung up as by MprAdminPortDisconnect(), which closes
 * the device or ends the daemon. A port that is not in use is as it should be already.
 *
 * Return: NO_ERROR or, as MprAdminPortDisconnect(),
 *   ERROR_ACCESS_DENIED, ERROR_DDM_NOT_RUNNING,
 *   ERROR_INTERFACE_HAS_NO_DEVICES, ERROR_INVALID_HANDLE,
 *   ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED, ERROR_TIMEOUT
 *
 * Windows: nf-mprapi-mpradminportreset
 */
DWORD WINAPI MprAdminPortReset(RAS_SERVER_HANDLE hRasServer, HANDLE hPort)
	MPRAPI_SYMBOL(MprAdminPortReset);

/**
 * MprAdminPortDisconnect - hang a port up
 * @hRasServer: the router
 * @hPort: the port
 *
 * One of several ports of a connection has left it when the call returns; the
 * others go on. A connection that has but this port is over, and an attempt
 * under way is given up, as by MprAdminInterfaceDisconnect(). What is not in use
 * yet (a further link that joins, a call that is being taken) has been told to
 * give up when the call returns.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run, or the
 *				dialer that would hang up
 *   ERROR_INTERFACE_HAS_NO_DEVICES	the interface is only followed, nothing
 *				can hang it up
 *   ERROR_INVALID_HANDLE	@hRasServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@hRasServer is NULL; @hPort is NULL, not a port,
 *				or not one any longer
 *   ERROR_NOT_SUPPORTED	the connection has other ports too, and its
 *				interface is not one that a dialer dials
 *   ERROR_PORT_NOT_CONNECTED	the port is not in use (raserror.h)
 *   ERROR_TIMEOUT		the dialer was told, but has not hung up for 30
 *				seconds
 *
 * Windows: nf-mprapi-mpradminportdisconnect
 */
DWORD WINAPI MprAdminPortDisconnect(RAS_SERVER_HANDLE hRasServer, HANDLE hPort)
	MPRAPI_SYMBOL(MprAdminPortDisconnect);

/**
 * MprAdminRegisterConnectionNotification - be told of connects and disconnects
 * @hMprServer: the router
 * @hEventNotification: an event that is to be signalled whenever an interface
 *	connects or disconnects
 *
 * The signal says that something changed, not what. Several changes may come
 * as one signal, none goes without one: reset the event (an auto-reset event
 * does so itself), then read the state with MprAdminInterfaceEnum() or
 * MprAdminConnectionEnum().
 *
 * It lasts until the event is deregistered or @hMprServer is given up.
 * Registering it again changes nothing. It is signalled once more when the
 * service stops or the module is removed.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act, or the handle of the
 *				event lacks EVENT_MODIFY_STATE
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hMprServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@hEventNotification is NULL, garbage, was
 *				closed, or is a handle of another kind
 *   ERROR_NOT_ENOUGH_MEMORY	no memory, or no listener more is allowed
 *
 * Windows: nf-mprapi-mpradminregisterconnectionnotification
 */
DWORD WINAPI MprAdminRegisterConnectionNotification(MPR_SERVER_HANDLE hMprServer,
						    HANDLE hEventNotification)
	MPRAPI_SYMBOL(MprAdminRegisterConnectionNotification);

/**
 * MprAdminDeregisterConnectionNotification - be told no longer
 * @hMprServer: the router that the event was registered with
 * @hEventNotification: the event
 *
 * After the call the event is not signalled any more. It stays open, and keeps
 * a signal that it got before.
 *
 * Return: NO_ERROR or
 *   ERROR_ACCESS_DENIED	the caller may not act
 *   ERROR_DDM_NOT_RUNNING	the demand-dial manager does not run
 *   ERROR_INVALID_HANDLE	@hMprServer is not a server handle
 *   ERROR_INVALID_PARAMETER	@hEventNotification is NULL, garbage, was
 *				closed, is a handle of another kind, or was not
 *				registered
 *
 * Windows: nf-mprapi-mpradminderegisterconnectionnotification
 */
DWORD WINAPI
MprAdminDeregisterConnectionNotification(MPR_SERVER_HANDLE hMprServer,
					 HANDLE hEventNotification)
	MPRAPI_SYMBOL(MprAdminDeregisterConnectionNotification);

MPRAPI_END_DECLS

#endif
