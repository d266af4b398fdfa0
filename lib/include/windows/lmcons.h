/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The lengths of user, domain and computer names that mprapi.h builds its
 * text fields from, and the rest of Windows' lmcons.h values. Lengths count
 * characters without the terminating NUL.
 *
 * Source: lmcons.h of mingw-w64.
 */
#ifndef MPRAPI_LMCONS_H
#define MPRAPI_LMCONS_H

#include <windows.h>

#define CNLEN				15
#define LM20_CNLEN			15
#define DNLEN				CNLEN
#define LM20_DNLEN			LM20_CNLEN
#define UNCLEN				(CNLEN + 2)
#define LM20_UNCLEN			(LM20_CNLEN + 2)
#define NNLEN				80
#define LM20_NNLEN			12
#define RMLEN				(UNCLEN + 1 + NNLEN)
#define LM20_RMLEN			(LM20_UNCLEN + 1 + LM20_NNLEN)
#define SNLEN				80
#define LM20_SNLEN			15
#define STXTLEN				256
#define LM20_STXTLEN			63
#define PATHLEN				256
#define LM20_PATHLEN			256
#define DEVLEN				80
#define LM20_DEVLEN			8
#define EVLEN				16
#define UNLEN				256
#define LM20_UNLEN			20
#define GNLEN				UNLEN
#define LM20_GNLEN			LM20_UNLEN
#define PWLEN				256
#define LM20_PWLEN			14
#define SHPWLEN				8
#define CLTYPE_LEN			12
#define MAXCOMMENTSZ			256
#define LM20_MAXCOMMENTSZ		48
#define QNLEN				NNLEN
#define LM20_QNLEN			LM20_NNLEN
#define ALERTSZ				128
#define MAXDEVENTRIES			32
#define NETBIOS_NAME_LEN		16

/* As a preferred length: everything in one buffer. */
#define MAX_PREFERRED_LENGTH		((DWORD)-1)

#define CRYPT_KEY_LEN			7
#define CRYPT_TXT_LEN			8
#define ENCRYPTED_PWLEN			16
#define SESSION_PWLEN			24
#define SESSION_CRYPT_KLEN		21

#define PARMNUM_ALL			0
#define PARM_ERROR_UNKNOWN		((DWORD)-1)
#define PARM_ERROR_NONE			0
#define PARMNUM_BASE_INFOLEVEL		1000

#define PLATFORM_ID_DOS			300
#define PLATFORM_ID_OS2			400
#define PLATFORM_ID_NT			500
#define PLATFORM_ID_OSF			600
#define PLATFORM_ID_VMS			700

#define MAX_LANMAN_MESSAGE_ID		5899

#endif
