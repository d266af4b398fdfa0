/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The basic Windows types with the sizes that Windows gives them, so that
 * structures of mprapi.h keep their layout: DWORD and LONG have 32 bits here
 * too, although "long" has 64. WCHAR is wchar_t.
 */
#ifndef MPRAPI_WINDEF_H
#define MPRAPI_WINDEF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if !defined(__GNUC__) || !defined(__SIZEOF_WCHAR_T__)
#error "these headers need the assembler names of GCC or Clang"
#endif

/*
 * Linker names.
 *
 * MPRAPI_SYMBOL: the MprAdmin calls keep their Windows names.
 * MPRAPI_WIN32: the Win32 base calls get the prefix "mpr_", so that a program
 * may link another Win32 layer as well.
 *
 * A program compiled with -fshort-wchar holds its text in 16-bit units, the
 * library in 32-bit ones. Its names end in "__wchar16", so that linking it
 * with a library of the other kind fails instead of exchanging garbage.
 */
#if __SIZEOF_WCHAR_T__ == 4
#define MPRAPI_LINKER_NAME(s)	__asm__(s) MPRAPI_VISIBLE
#elif __SIZEOF_WCHAR_T__ == 2
#define MPRAPI_LINKER_NAME(s)	__asm__(s "__wchar16") MPRAPI_VISIBLE
#else
#error "wchar_t has neither 16 nor 32 bits"
#endif
/* The library itself is compiled with everything else hidden. */
#define MPRAPI_VISIBLE		__attribute__((visibility("default")))
#define MPRAPI_SYMBOL(name)	MPRAPI_LINKER_NAME(#name)
#define MPRAPI_WIN32(name)	MPRAPI_LINKER_NAME("mpr_" #name)

#ifdef __cplusplus
#define MPRAPI_BEGIN_DECLS	extern "C" {
#define MPRAPI_END_DECLS	}
#else
#define MPRAPI_BEGIN_DECLS
#define MPRAPI_END_DECLS
#endif

/* One calling convention is all that Linux has. */
#ifndef WINAPI
#define WINAPI
#endif
#ifndef APIENTRY
#define APIENTRY		WINAPI
#endif
#ifndef CALLBACK
#define CALLBACK
#endif

#ifndef VOID
#define VOID			void
#endif
#ifndef CONST
#define CONST			const
#endif
#ifndef TRUE
#define TRUE			1
#endif
#ifndef FALSE
#define FALSE			0
#endif

#define MAX_PATH		260

typedef int			BOOL;
typedef int			WINBOOL;
typedef int			INT;
typedef int			LONG;
typedef short			SHORT;
typedef char			CHAR;
typedef wchar_t			WCHAR;
typedef unsigned char		BYTE;
typedef unsigned char		UCHAR;
typedef unsigned char		BOOLEAN;
typedef unsigned short		WORD;
typedef unsigned short		USHORT;
typedef unsigned int		UINT;
typedef unsigned int		ULONG;
typedef unsigned int		DWORD;
typedef long long		LONGLONG;
typedef long long		LONG64;
typedef long long		INT64;
typedef unsigned long long	ULONGLONG;
typedef unsigned long long	ULONG64;
typedef unsigned long long	DWORD64;
typedef unsigned long long	DWORDLONG;
typedef unsigned long long	UINT64;
typedef int			INT32;
typedef unsigned int		UINT32;
typedef unsigned short		UINT16;
typedef unsigned char		UINT8;
typedef intptr_t		INT_PTR;
typedef intptr_t		LONG_PTR;
typedef uintptr_t		UINT_PTR;
typedef uintptr_t		ULONG_PTR;
typedef uintptr_t		DWORD_PTR;
typedef size_t			SIZE_T;

typedef void			*PVOID;
typedef void			*LPVOID;
typedef const void		*LPCVOID;
typedef BOOL			*PBOOL;
typedef BOOL			*LPBOOL;
typedef BYTE			*PBYTE;
typedef BYTE			*LPBYTE;
typedef UCHAR			*PUCHAR;
typedef WORD			*PWORD;
typedef WORD			*LPWORD;
typedef DWORD			*PDWORD;
typedef DWORD			*LPDWORD;
typedef INT			*PINT;
typedef UINT			*PUINT;
typedef LONG			*PLONG;
typedef LONG			*LPLONG;
typedef ULONG			*PULONG;
typedef USHORT			*PUSHORT;
typedef CHAR			*PCHAR;
typedef CHAR			*PSTR;
typedef CHAR			*LPSTR;
typedef const CHAR		*PCSTR;
typedef const CHAR		*LPCSTR;
typedef WCHAR			*PWCHAR;
typedef WCHAR			*PWSTR;
typedef WCHAR			*LPWSTR;
typedef const WCHAR		*PCWSTR;
typedef const WCHAR		*LPCWSTR;

/* A handle is a number that the library looks up, never a pointer. */
typedef void			*HANDLE;
typedef HANDLE			*PHANDLE;
typedef HANDLE			*LPHANDLE;
typedef HANDLE			HLOCAL;
typedef HANDLE			HGLOBAL;
typedef HANDLE			HMODULE;
typedef HANDLE			HINSTANCE;
typedef HANDLE			HWND;

#define INVALID_HANDLE_VALUE	((HANDLE)(LONG_PTR)-1)

#ifdef UNICODE
typedef WCHAR			TCHAR;
#define MPRAPI_TEXT(quote)	L##quote
#else
typedef CHAR			TCHAR;
#define MPRAPI_TEXT(quote)	quote
#endif
typedef TCHAR			*PTSTR;
typedef TCHAR			*LPTSTR;
typedef const TCHAR		*PCTSTR;
typedef const TCHAR		*LPCTSTR;
#ifndef TEXT
#define TEXT(quote)		MPRAPI_TEXT(quote)
#endif

typedef struct _FILETIME {
	DWORD dwLowDateTime;
	DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

typedef union _LARGE_INTEGER {
	struct {
		DWORD LowPart;
		LONG HighPart;
	} u;
	LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
	struct {
		DWORD LowPart;
		DWORD HighPart;
	} u;
	ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

#ifndef GUID_DEFINED
#define GUID_DEFINED
typedef struct _GUID {
	ULONG Data1;
	USHORT Data2;
	USHORT Data3;
	UCHAR Data4[8];
} GUID;
#endif
typedef GUID			*LPGUID;
typedef const GUID		*LPCGUID;

typedef struct _SECURITY_ATTRIBUTES {
	DWORD nLength;
	LPVOID lpSecurityDescriptor;
	BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(p)	((void)(p))
#endif
#ifndef ARRAYSIZE
#define ARRAYSIZE(a)		(sizeof(a) / sizeof((a)[0]))
#endif
#ifndef ZeroMemory
#define ZeroMemory(to, size)	memset((to), 0, (size))
#define FillMemory(to, size, byte)	memset((to), (byte), (size))
#define CopyMemory(to, from, size)	memcpy((to), (from), (size))
#define MoveMemory(to, from, size)	memmove((to), (from), (size))
#endif

#define LOWORD(l)		((WORD)((DWORD_PTR)(l) & 0xffff))
#define HIWORD(l)		((WORD)((DWORD_PTR)(l) >> 16 & 0xffff))
#define LOBYTE(w)		((BYTE)((DWORD_PTR)(w) & 0xff))
#define HIBYTE(w)		((BYTE)((DWORD_PTR)(w) >> 8 & 0xff))

/* Language ids, as callers of FormatMessage write them (winnt.h). */
#define MAKELANGID(p, s)	((WORD)((WORD)(s) << 10 | (WORD)(p)))
#define PRIMARYLANGID(id)	((WORD)((WORD)(id) & 0x3ff))
#define SUBLANGID(id)		((WORD)((WORD)(id) >> 10))
#define LANG_NEUTRAL		0x00
#define LANG_ENGLISH		0x09
#define SUBLANG_NEUTRAL		0x00
#define SUBLANG_DEFAULT		0x01
#define SUBLANG_SYS_DEFAULT	0x02
#define SUBLANG_ENGLISH_US	0x01

#endif
