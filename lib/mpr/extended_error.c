// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A provider's own errors have no place among Windows' codes: it leaves code
 * and text here, and the caller of the WNet call picks them up.
 */
#include <npapi.h>

#include "call.h"
#include "extended_error.h"
#include "text.h"

/* As much as Windows' page recommends callers to have room for. */
#define TEXT_ROOM 256

static __thread struct {
	DWORD code;
	wchar_t text[TEXT_ROOM];
	wchar_t name[TEXT_ROOM];
} last;

/* Room for at least the NUL. */
static void cut(wchar_t *to, size_t room, const wchar_t *from)
{
	while (from && *from && room > 1) {
		*to++ = *from++;
		room--;
	}
	*to = L'\0';
}

/* No character is cut in two. What is no character becomes a question mark. */
static void cut_utf8(char *to, size_t room, const wchar_t *from)
{
	for (; *from; from++) {
		wchar_t one[] = { *from, L'\0' };
		char bytes[MPR_UTF8_SIZE(1)];
		ssize_t size = mpr_utf8_from_wide(bytes, sizeof(bytes), one, 1);

		if (size < 0) {
			bytes[0] = '?';
			size = 1;
		}
		if ((size_t)size >= room)
			break;
		memcpy(to, bytes, (size_t)size);
		to += size;
		room -= (size_t)size;
	}
	*to = '\0';
}

void wnet_extended_error(DWORD code, const wchar_t *text)
{
	last.code = code;
	cut(last.text, TEXT_ROOM, text);
	cut(last.name, TEXT_ROOM, L"Multiple Provider Router");
}

VOID WINAPI WNetSetLastErrorW(DWORD err, LPWSTR lpError, LPWSTR lpProviders)
{
	last.code = err;
	cut(last.text, TEXT_ROOM, lpError);
	cut(last.name, TEXT_ROOM, lpProviders);
}

VOID WINAPI WNetSetLastErrorA(DWORD err, LPSTR lpError, LPSTR lpProviders)
{
	last.code = err;
	mpr_wide_show(last.text, TEXT_ROOM, lpError ? lpError : "");
	mpr_wide_show(last.name, TEXT_ROOM, lpProviders ? lpProviders : "");
}

DWORD WINAPI WNetGetLastErrorW(LPDWORD lpError, LPWSTR lpErrorBuf,
			       DWORD nErrorBufSize, LPWSTR lpNameBuf,
			       DWORD nNameBufSize)
{
	if (!lpError || !lpErrorBuf || !nErrorBufSize || !lpNameBuf ||
	    !nNameBufSize)
		return ERROR_INVALID_ADDRESS;
	*lpError = last.code;
	cut(lpErrorBuf, nErrorBufSize, last.text);
	cut(lpNameBuf, nNameBufSize, last.name);
	return NO_ERROR;
}

DWORD WINAPI WNetGetLastErrorA(LPDWORD lpError, LPSTR lpErrorBuf,
			       DWORD nErrorBufSize, LPSTR lpNameBuf,
			       DWORD nNameBufSize)
{
	if (!lpError || !lpErrorBuf || !nErrorBufSize || !lpNameBuf ||
	    !nNameBufSize)
		return ERROR_INVALID_ADDRESS;
	*lpError = last.code;
	cut_utf8(lpErrorBuf, nErrorBufSize, last.text);
	cut_utf8(lpNameBuf, nNameBufSize, last.name);
	return NO_ERROR;
}
