/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The counted block of bytes in which structures of mprapi.h hold the names
 * and hashes of certificates. Windows' wincrypt.h has much more; nothing of
 * it concerns a router's administration.
 *
 * Source: wincrypt.h of mingw-w64.
 */
#ifndef MPRAPI_WINCRYPT_H
#define MPRAPI_WINCRYPT_H

#include <windows.h>

typedef struct _CRYPTOAPI_BLOB {
	DWORD cbData;		/* bytes at pbData */
	BYTE *pbData;
} CRYPT_INTEGER_BLOB, *PCRYPT_INTEGER_BLOB, CRYPT_DATA_BLOB, *PCRYPT_DATA_BLOB,
	CERT_NAME_BLOB, *PCERT_NAME_BLOB, CRYPT_HASH_BLOB, *PCRYPT_HASH_BLOB;

#endif
