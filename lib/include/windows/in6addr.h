/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The two internet addresses as structures of mprapi.h hold them, in network
 * byte order. They are types of their own, so that <netinet/in.h>, whose
 * in_addr and in6_addr have the same bytes, may be included as well:
 * inet_ntop() and memcpy() take either.
 *
 * Source: in6addr.h and inaddr.h of mingw-w64.
 */
#ifndef MPRAPI_IN6ADDR_H
#define MPRAPI_IN6ADDR_H

#include <windows.h>

typedef struct _MPRAPI_IN_ADDR {
	union {
		struct {
			UCHAR s_b1;
			UCHAR s_b2;
			UCHAR s_b3;
			UCHAR s_b4;
		} S_un_b;
		struct {
			USHORT s_w1;
			USHORT s_w2;
		} S_un_w;
		ULONG S_addr;
	} S_un;
} IN_ADDR, *PIN_ADDR, *LPIN_ADDR;

typedef struct _MPRAPI_IN6_ADDR {
	union {
		UCHAR Byte[16];
		USHORT Word[8];
	} u;
} IN6_ADDR, *PIN6_ADDR, *LPIN6_ADDR;

#endif
