/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The constants of Windows' ras.h that mprapi.h gives second names to. The
 * Ras* calls of that header belong to a dial-up client, not to a router's
 * administration; they are not here.
 *
 * Source: ras.h of mingw-w64.
 */
#ifndef MPRAPI_RAS_H
#define MPRAPI_RAS_H

#include <lmcons.h>

/* Longest texts, in characters without the terminating NUL. */
#define RAS_MaxDeviceType		16
#define RAS_MaxPhoneNumber		128
#define RAS_MaxIpAddress		15
#define RAS_MaxIpxAddress		21
#define RAS_MaxEntryName		256
#define RAS_MaxDeviceName		128
#define RAS_MaxCallbackNumber		RAS_MaxPhoneNumber
#define RAS_MaxAreaCode			10
#define RAS_MaxPadType			32
#define RAS_MaxX25Address		200
#define RAS_MaxFacilities		200
#define RAS_MaxUserData			200
#define RAS_MaxReplyMessage		1024
#define RAS_MaxDnsSuffix		256

/* Encryption of the data that a connection carries. */
#define ET_None				0
#define ET_Require			1
#define ET_RequireMax			2
#define ET_Optional			3

/* Which kinds of tunnel a VPN connection tries, in which order. */
#define VS_Default			0
#define VS_PptpOnly			1
#define VS_PptpFirst			2
#define VS_L2tpOnly			3
#define VS_L2tpFirst			4

/* Options of a phone-book entry. */
#define RASEO_UseCountryAndAreaCodes	0x00000001
#define RASEO_SpecificIpAddr		0x00000002
#define RASEO_SpecificNameServers	0x00000004
#define RASEO_IpHeaderCompression	0x00000008
#define RASEO_RemoteDefaultGateway	0x00000010
#define RASEO_DisableLcpExtensions	0x00000020
#define RASEO_TerminalBeforeDial	0x00000040
#define RASEO_TerminalAfterDial		0x00000080
#define RASEO_ModemLights		0x00000100
#define RASEO_SwCompression		0x00000200
#define RASEO_RequireEncryptedPw	0x00000400
#define RASEO_RequireMsEncryptedPw	0x00000800
#define RASEO_RequireDataEncryption	0x00001000
#define RASEO_NetworkLogon		0x00002000
#define RASEO_UseLogonCredentials	0x00004000
#define RASEO_PromoteAlternates		0x00008000
#define RASEO_SecureLocalFiles		0x00010000
#define RASEO_RequireEAP		0x00020000
#define RASEO_RequirePAP		0x00040000
#define RASEO_RequireSPAP		0x00080000
#define RASEO_Custom			0x00100000
#define RASEO_PreviewPhoneNumber	0x00200000
#define RASEO_SharedPhoneNumbers	0x00800000
#define RASEO_PreviewUserPw		0x01000000
#define RASEO_PreviewDomain		0x02000000
#define RASEO_ShowDialingProgress	0x04000000
#define RASEO_RequireCHAP		0x08000000
#define RASEO_RequireMsCHAP		0x10000000
#define RASEO_RequireMsCHAP2		0x20000000
#define RASEO_RequireW95MSCHAP		0x40000000
#define RASEO_CustomScript		0x80000000

/* Network protocols that an entry negotiates. */
#define RASNP_NetBEUI			0x00000001
#define RASNP_Ipx			0x00000002
#define RASNP_Ip			0x00000004

/* Kinds of entry. */
#define RASET_Phone			1
#define RASET_Vpn			2
#define RASET_Direct			3
#define RASET_Internet			4
#define RASET_Broadband			5

/* How the links of a multilink entry are dialled. */
#define RASEDM_DialAll			1
#define RASEDM_DialAsNeeded		2

/* Idle time after which an entry hangs up, besides a number of seconds. */
#define RASIDS_Disabled			0xffffffff
#define RASIDS_UseGlobalValue		0

/*
 * Kinds of device, as text: wide whatever UNICODE says, as every structure that
 * holds one is.
 */
#define RASDT_Modem			L"modem"
#define RASDT_Isdn			L"isdn"
#define RASDT_X25			L"x25"
#define RASDT_Vpn			L"vpn"
#define RASDT_Pad			L"pad"
#define RASDT_Generic			L"GENERIC"
#define RASDT_Serial			L"SERIAL"
#define RASDT_FrameRelay		L"FRAMERELAY"
#define RASDT_Atm			L"ATM"
#define RASDT_Sonet			L"SONET"
#define RASDT_SW56			L"SW56"
#define RASDT_Irda			L"IRDA"
#define RASDT_Parallel			L"PARALLEL"
#define RASDT_PPPoE			L"PPPoE"

#endif
