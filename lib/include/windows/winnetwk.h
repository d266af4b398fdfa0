/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Connections to named network resources (Windows Networking, WNet): the calls
 * that libmpr exports, their structures, all constants. libmpr is the Multiple
 * Provider Router: it hands a call to a network provider (npapi.h) that knows
 * the name, and tells notifyees before and after each attempt.
 *
 * What holds for all calls
 *  - They return NO_ERROR or an error code, and set the thread's last error to
 *    the same.
 *  - They may be made by any thread, also by providers and notifyees. Calls
 *    that go out to others (all but WNetGetLastError(), WNetCloseEnum() and
 *    WNetEnumResource()) may be nested four deep; a fifth is
 *    ERROR_EXTENDED_ERROR, where WNetGetLastError() has the code ERROR_BUSY
 *    and a text.
 *  - A thread is not cancelled (pthread_cancel()) in a call, but after it:
 *    whoever was asked before an attempt is told of its end.
 *  - Text is checked: what is longer than allowed or no valid text (A: UTF-8;
 *    W: surrogates, values over 0x10ffff) is refused as if the name did not
 *    exist. Names have at most MAX_PATH characters, without control characters.
 *  - A user's remembered connections are in $XDG_CONFIG_HOME/ddm/connections,
 *    by default ~/.config/ddm/connections.
 *
 * Sources: the Windows pages named at each call ("nf-winnetwk-..."),
 * winnetwk.h of mingw-w64.
 */
#ifndef MPRAPI_WINNETWK_H
#define MPRAPI_WINNETWK_H

#include <windef.h>
#include <winerror.h>
#include <wnnc.h>

/* dwScope */
#define RESOURCE_CONNECTED		0x00000001U
#define RESOURCE_GLOBALNET		0x00000002U
#define RESOURCE_REMEMBERED		0x00000003U
#define RESOURCE_RECENT			0x00000004U
#define RESOURCE_CONTEXT		0x00000005U

/* dwType */
#define RESOURCETYPE_ANY		0x00000000U
#define RESOURCETYPE_DISK		0x00000001U
#define RESOURCETYPE_PRINT		0x00000002U
#define RESOURCETYPE_RESERVED		0x00000008U
#define RESOURCETYPE_UNKNOWN		0xffffffffU

/* dwUsage */
#define RESOURCEUSAGE_CONNECTABLE	0x00000001U
#define RESOURCEUSAGE_CONTAINER		0x00000002U
#define RESOURCEUSAGE_NOLOCALDEVICE	0x00000004U
#define RESOURCEUSAGE_SIBLING		0x00000008U
#define RESOURCEUSAGE_ATTACHED		0x00000010U
#define RESOURCEUSAGE_ALL		(RESOURCEUSAGE_CONNECTABLE | \
					 RESOURCEUSAGE_CONTAINER | \
					 RESOURCEUSAGE_ATTACHED)
#define RESOURCEUSAGE_RESERVED		0x80000000U

/* dwDisplayType */
#define RESOURCEDISPLAYTYPE_GENERIC	0x00000000U
#define RESOURCEDISPLAYTYPE_DOMAIN	0x00000001U
#define RESOURCEDISPLAYTYPE_SERVER	0x00000002U
#define RESOURCEDISPLAYTYPE_SHARE	0x00000003U
#define RESOURCEDISPLAYTYPE_FILE	0x00000004U
#define RESOURCEDISPLAYTYPE_GROUP	0x00000005U
#define RESOURCEDISPLAYTYPE_NETWORK	0x00000006U
#define RESOURCEDISPLAYTYPE_ROOT	0x00000007U
#define RESOURCEDISPLAYTYPE_SHAREADMIN	0x00000008U
#define RESOURCEDISPLAYTYPE_DIRECTORY	0x00000009U
#define RESOURCEDISPLAYTYPE_TREE	0x0000000aU
#define RESOURCEDISPLAYTYPE_NDSCONTAINER 0x0000000bU

#define NETPROPERTY_PERSISTENT		1

/* dwFlags of WNetAddConnection2() and 3() */
#define CONNECT_UPDATE_PROFILE		0x00000001U	/* remember it */
#define CONNECT_UPDATE_RECENT		0x00000002U
#define CONNECT_TEMPORARY		0x00000004U	/* do not remember it */
#define CONNECT_INTERACTIVE		0x00000008U	/* may ask the user */
#define CONNECT_PROMPT			0x00000010U	/* shall ask the user */
#define CONNECT_NEED_DRIVE		0x00000020U
#define CONNECT_REFCOUNT		0x00000040U
#define CONNECT_REDIRECT		0x00000080U	/* find a local device */
#define CONNECT_LOCALDRIVE		0x00000100U
#define CONNECT_CURRENT_MEDIA		0x00000200U	/* do not dial */
#define CONNECT_DEFERRED		0x00000400U
#define CONNECT_COMMANDLINE		0x00000800U
#define CONNECT_CMD_SAVECRED		0x00001000U
#define CONNECT_CRED_RESET		0x00002000U
#define CONNECT_RESERVED		0xff000000U

/* Windows: ns-winnetwk-netresourcew */
typedef struct _NETRESOURCEA {
	DWORD dwScope;
	DWORD dwType;
	DWORD dwDisplayType;
	DWORD dwUsage;
	LPSTR lpLocalName;	/* local device; NULL or "": none */
	LPSTR lpRemoteName;	/* the resource, in its provider's syntax */
	LPSTR lpComment;
	LPSTR lpProvider;	/* its provider; NULL or "": found by name */
} NETRESOURCEA, *LPNETRESOURCEA;

typedef struct _NETRESOURCEW {
	DWORD dwScope;
	DWORD dwType;
	DWORD dwDisplayType;
	DWORD dwUsage;
	LPWSTR lpLocalName;
	LPWSTR lpRemoteName;
	LPWSTR lpComment;
	LPWSTR lpProvider;
} NETRESOURCEW, *LPNETRESOURCEW;

typedef struct _CONNECTDLGSTRUCTA {
	DWORD cbStructure;
	HWND hwndOwner;
	LPNETRESOURCEA lpConnRes;
	DWORD dwFlags;
	DWORD dwDevNum;
} CONNECTDLGSTRUCTA, *LPCONNECTDLGSTRUCTA;

typedef struct _CONNECTDLGSTRUCTW {
	DWORD cbStructure;
	HWND hwndOwner;
	LPNETRESOURCEW lpConnRes;
	DWORD dwFlags;
	DWORD dwDevNum;
} CONNECTDLGSTRUCTW, *LPCONNECTDLGSTRUCTW;

#define CONNDLG_RO_PATH			0x00000001U
#define CONNDLG_CONN_POINT		0x00000002U
#define CONNDLG_USE_MRU			0x00000004U
#define CONNDLG_HIDE_BOX		0x00000008U
#define CONNDLG_PERSIST			0x00000010U
#define CONNDLG_NOT_PERSIST		0x00000020U

typedef struct _DISCDLGSTRUCTA {
	DWORD cbStructure;
	HWND hwndOwner;
	LPSTR lpLocalName;
	LPSTR lpRemoteName;
	DWORD dwFlags;
} DISCDLGSTRUCTA, *LPDISCDLGSTRUCTA;

typedef struct _DISCDLGSTRUCTW {
	DWORD cbStructure;
	HWND hwndOwner;
	LPWSTR lpLocalName;
	LPWSTR lpRemoteName;
	DWORD dwFlags;
} DISCDLGSTRUCTW, *LPDISCDLGSTRUCTW;

#define DISC_UPDATE_PROFILE		0x00000001U
#define DISC_NO_FORCE			0x00000040U

#define UNIVERSAL_NAME_INFO_LEVEL	0x00000001U
#define REMOTE_NAME_INFO_LEVEL		0x00000002U

typedef struct _UNIVERSAL_NAME_INFOA {
	LPSTR lpUniversalName;
} UNIVERSAL_NAME_INFOA, *LPUNIVERSAL_NAME_INFOA;

typedef struct _UNIVERSAL_NAME_INFOW {
	LPWSTR lpUniversalName;
} UNIVERSAL_NAME_INFOW, *LPUNIVERSAL_NAME_INFOW;

typedef struct _REMOTE_NAME_INFOA {
	LPSTR lpUniversalName;
	LPSTR lpConnectionName;
	LPSTR lpRemainingPath;
} REMOTE_NAME_INFOA, *LPREMOTE_NAME_INFOA;

typedef struct _REMOTE_NAME_INFOW {
	LPWSTR lpUniversalName;
	LPWSTR lpConnectionName;
	LPWSTR lpRemainingPath;
} REMOTE_NAME_INFOW, *LPREMOTE_NAME_INFOW;

#define WNFMT_MULTILINE			0x01U
#define WNFMT_ABBREVIATED		0x02U
#define WNFMT_INENUM			0x10U
#define WNFMT_CONNECTION		0x20U

typedef struct _NETINFOSTRUCT {
	DWORD cbStructure;
	DWORD dwProviderVersion;
	DWORD dwStatus;
	DWORD dwCharacteristics;
	ULONG_PTR dwHandle;
	WORD wNetType;
	DWORD dwPrinters;
	DWORD dwDrives;
} NETINFOSTRUCT, *LPNETINFOSTRUCT;

#define NETINFO_DLL16			0x00000001U
#define NETINFO_DISKRED			0x00000004U
#define NETINFO_PRINTERRED		0x00000008U

typedef struct _NETCONNECTINFOSTRUCT {
	DWORD cbStructure;
	DWORD dwFlags;		/* WNCON_... */
	DWORD dwSpeed;		/* in 100 bit/s */
	DWORD dwDelay;		/* in milliseconds */
	DWORD dwOptDataSize;	/* in bytes */
} NETCONNECTINFOSTRUCT, *LPNETCONNECTINFOSTRUCT;

#define WNCON_FORNETCARD		0x00000001U
#define WNCON_NOTROUTED			0x00000002U
#define WNCON_SLOWLINK			0x00000004U
#define WNCON_DYNAMIC			0x00000008U

#define RP_LOGON			0x01U
#define RP_INIFILE			0x02U
#define PP_DISPLAYERRORS		0x01U

/* Codes of providers and notifyees, each one of winerror.h. */
#define WN_SUCCESS			NO_ERROR
#define WN_NO_ERROR			NO_ERROR
#define WN_NOT_SUPPORTED		ERROR_NOT_SUPPORTED
#define WN_CANCEL			ERROR_CANCELLED
#define WN_RETRY			ERROR_RETRY
#define WN_NET_ERROR			ERROR_UNEXP_NET_ERR
#define WN_MORE_DATA			ERROR_MORE_DATA
#define WN_BAD_POINTER			ERROR_INVALID_ADDRESS
#define WN_BAD_VALUE			ERROR_INVALID_PARAMETER
#define WN_BAD_USER			ERROR_BAD_USERNAME
#define WN_BAD_PASSWORD			ERROR_INVALID_PASSWORD
#define WN_ACCESS_DENIED		ERROR_ACCESS_DENIED
#define WN_FUNCTION_BUSY		ERROR_BUSY
#define WN_WINDOWS_ERROR		ERROR_UNEXP_NET_ERR
#define WN_OUT_OF_MEMORY		ERROR_NOT_ENOUGH_MEMORY
#define WN_NO_NETWORK			ERROR_NO_NETWORK
#define WN_EXTENDED_ERROR		ERROR_EXTENDED_ERROR
#define WN_BAD_LEVEL			ERROR_INVALID_LEVEL
#define WN_BAD_HANDLE			ERROR_INVALID_HANDLE
#define WN_NOT_INITIALIZING		ERROR_ALREADY_INITIALIZED
#define WN_NO_MORE_DEVICES		ERROR_NO_MORE_DEVICES
#define WN_NOT_CONNECTED		ERROR_NOT_CONNECTED
#define WN_OPEN_FILES			ERROR_OPEN_FILES
#define WN_DEVICE_IN_USE		ERROR_DEVICE_IN_USE
#define WN_BAD_NETNAME			ERROR_BAD_NET_NAME
#define WN_BAD_LOCALNAME		ERROR_BAD_DEVICE
#define WN_ALREADY_CONNECTED		ERROR_ALREADY_ASSIGNED
#define WN_DEVICE_ERROR			ERROR_GEN_FAILURE
#define WN_CONNECTION_CLOSED		ERROR_CONNECTION_UNAVAIL
#define WN_NO_NET_OR_BAD_PATH		ERROR_NO_NET_OR_BAD_PATH
#define WN_BAD_PROVIDER			ERROR_BAD_PROVIDER
#define WN_CANNOT_OPEN_PROFILE		ERROR_CANNOT_OPEN_PROFILE
#define WN_BAD_PROFILE			ERROR_BAD_PROFILE
#define WN_BAD_DEV_TYPE			ERROR_BAD_DEV_TYPE
#define WN_DEVICE_ALREADY_REMEMBERED	ERROR_DEVICE_ALREADY_REMEMBERED
#define WN_CONNECTED_OTHER_PASSWORD	ERROR_CONNECTED_OTHER_PASSWORD
#define WN_CONNECTED_OTHER_PASSWORD_DEFAULT \
					ERROR_CONNECTED_OTHER_PASSWORD_DEFAULT
#define WN_NO_MORE_ENTRIES		ERROR_NO_MORE_ITEMS
#define WN_NOT_CONTAINER		ERROR_NOT_CONTAINER
#define WN_NOT_AUTHENTICATED		ERROR_NOT_AUTHENTICATED
#define WN_NOT_LOGGED_ON		ERROR_NOT_LOGGED_ON
#define WN_NOT_VALIDATED		ERROR_NO_LOGON_SERVERS

MPRAPI_BEGIN_DECLS

/**
 * WNetAddConnection3W - connect to a network resource
 * @hwndOwner: handed to the provider with CONNECT_INTERACTIVE, else ignored.
 *	NULL: as WNetAddConnection2W()
 * @lpNetResource: the resource:
 *	lpRemoteName	its name, needed
 *	lpLocalName	the local device to connect to it, NULL or "" for none. F:
 *			and LPT1 and the like count as upper case
 *	lpProvider	the only provider to be asked; NULL or "": each in the
 *			order of the configuration, until one knows the name
 *	dwType		RESOURCETYPE_ANY, _DISK or _PRINT; many providers want
 *			one of the latter two with lpLocalName
 *	The other members are ignored
 * @lpPassword: NULL: the user's default; "": none. At most 256 characters
 * @lpUserName: NULL: the provider's default user. At most 272 characters
 * @dwFlags: CONNECT_...:
 *	UPDATE_PROFILE	remember the connection once it is there, if it has a
 *			local device (also one that the provider chose)
 *	TEMPORARY	do not, whatever the other flags say
 *	REDIRECT	without lpLocalName: take the first free device of Z: ...
 *			C: that the provider accepts
 *	INTERACTIVE, PROMPT, CURRENT_MEDIA, DEFERRED, COMMANDLINE, CMD_SAVECRED,
 *	CRED_RESET	are the provider's
 *	UPDATE_RECENT, NEED_DRIVE, REFCOUNT, LOCALDRIVE	have no effect
 *
 * Before the attempt every notifyee is asked, in order; one may refuse. After
 * it, successful or not, those that asked for it are told. The password is
 * copied for the provider only, and wiped.
 *
 * Return: NO_ERROR, what a refusing notifyee returned, what the provider
 * returned, or
 *   ERROR_INVALID_PARAMETER	@lpNetResource is NULL, dwType or @dwFlags is
 *				none of these
 *   ERROR_BAD_NET_NAME		lpRemoteName is missing or no valid name
 *   ERROR_BAD_DEVICE		lpLocalName is no valid name
 *   ERROR_BAD_DEV_TYPE		dwType is RESOURCETYPE_ANY with CONNECT_REDIRECT;
 *				or not that of the device and the resource
 *   ERROR_INVALID_PASSWORD, ERROR_BAD_USERNAME	too long or no valid text
 *   ERROR_INVALID_ADDRESS	CONNECT_REDIRECT found no local device
 *   ERROR_BAD_PROVIDER		there is no provider lpProvider
 *   ERROR_NOT_SUPPORTED	that provider makes no connections
 *   ERROR_NO_NETWORK		there is no provider at all; a provider's network
 *				is not there and no other knows the name
 *   ERROR_NO_NET_OR_BAD_PATH	no provider knows the name
 *   ERROR_CANNOT_OPEN_PROFILE, ERROR_BAD_PROFILE
 *				the remembered connections cannot be read. After
 *				a successful attempt: they cannot be written; the
 *				connection is there then, and stays
 *   ERROR_DEVICE_ALREADY_REMEMBERED	for lpLocalName another resource is
 *				remembered
 *   ERROR_EXTENDED_ERROR	WNetGetLastError() has the provider's own error,
 *				or tells that calls are nested too deep
 *   ERROR_NOT_ENOUGH_MEMORY
 *
 * Windows: nf-winnetwk-wnetaddconnection3w
 */
DWORD WINAPI WNetAddConnection3W(HWND hwndOwner, LPNETRESOURCEW lpNetResource,
				 LPCWSTR lpPassword, LPCWSTR lpUserName,
				 DWORD dwFlags)
	MPRAPI_SYMBOL(WNetAddConnection3W);

/** WNetAddConnection3A - as WNetAddConnection3W(), text in UTF-8 */
DWORD WINAPI WNetAddConnection3A(HWND hwndOwner, LPNETRESOURCEA lpNetResource,
				 LPCSTR lpPassword, LPCSTR lpUserName,
				 DWORD dwFlags)
	MPRAPI_SYMBOL(WNetAddConnection3A);

/**
 * WNetAddConnection2W - as WNetAddConnection3W() without an owner window
 *
 * Windows: nf-winnetwk-wnetaddconnection2w
 */
DWORD WINAPI WNetAddConnection2W(LPNETRESOURCEW lpNetResource,
				 LPCWSTR lpPassword, LPCWSTR lpUserName,
				 DWORD dwFlags)
	MPRAPI_SYMBOL(WNetAddConnection2W);

/** WNetAddConnection2A - as WNetAddConnection2W(), text in UTF-8 */
DWORD WINAPI WNetAddConnection2A(LPNETRESOURCEA lpNetResource,
				 LPCSTR lpPassword, LPCSTR lpUserName,
				 DWORD dwFlags)
	MPRAPI_SYMBOL(WNetAddConnection2A);

/**
 * WNetAddConnectionW - connect, and remember the connection
 * @lpRemoteName: the resource
 * @lpPassword: NULL: the user's default; "": none
 * @lpLocalName: the local device, NULL or "" for none
 *
 * As WNetAddConnection2W() with CONNECT_UPDATE_PROFILE and any type.
 *
 * Windows: nf-winnetwk-wnetaddconnectionw
 */
DWORD WINAPI WNetAddConnectionW(LPCWSTR lpRemoteName, LPCWSTR lpPassword,
				LPCWSTR lpLocalName)
	MPRAPI_SYMBOL(WNetAddConnectionW);

/** WNetAddConnectionA - as WNetAddConnectionW(), text in UTF-8 */
DWORD WINAPI WNetAddConnectionA(LPCSTR lpRemoteName, LPCSTR lpPassword,
				LPCSTR lpLocalName)
	MPRAPI_SYMBOL(WNetAddConnectionA);

/**
 * WNetCancelConnection2W - end a connection
 * @lpName: a local device, or the remote name of a connection
 * @dwFlags: 0, or CONNECT_UPDATE_PROFILE: forget the connection of this local
 *	device, too. Without effect where @lpName is a remote name
 * @fForce: also if it is in use
 *
 * A remembered connection that is not connected is forgotten successfully. The
 * notifyees are asked and told as in WNetAddConnection3W().
 *
 * Return: NO_ERROR, what a refusing notifyee returned, what the provider
 * returned, or
 *   ERROR_INVALID_PARAMETER	@lpName is NULL, or unknown @dwFlags
 *   ERROR_NOT_CONNECTED	no provider has a connection of this name, or it
 *				is no name
 *   ERROR_OPEN_FILES		it is in use, and @fForce is FALSE
 *   ERROR_DEVICE_IN_USE	it is in use in a way that forbids its end
 *   ERROR_NO_NETWORK		there is no provider at all
 *   ERROR_CANNOT_OPEN_PROFILE, ERROR_BAD_PROFILE
 *				the remembered connections cannot be read (then
 *				nothing was done) or written
 *   ERROR_EXTENDED_ERROR, ERROR_NOT_ENOUGH_MEMORY
 *
 * Windows: nf-winnetwk-wnetcancelconnection2w
 */
DWORD WINAPI WNetCancelConnection2W(LPCWSTR lpName, DWORD dwFlags, BOOL fForce)
	MPRAPI_SYMBOL(WNetCancelConnection2W);

/** WNetCancelConnection2A - as WNetCancelConnection2W(), text in UTF-8 */
DWORD WINAPI WNetCancelConnection2A(LPCSTR lpName, DWORD dwFlags, BOOL fForce)
	MPRAPI_SYMBOL(WNetCancelConnection2A);

/**
 * WNetCancelConnectionW - as WNetCancelConnection2W() with CONNECT_UPDATE_PROFILE
 *
 * The counterpart of WNetAddConnectionW(), which remembers.
 *
 * Windows: nf-winnetwk-wnetcancelconnectionw
 */
DWORD WINAPI WNetCancelConnectionW(LPCWSTR lpName, BOOL fForce)
	MPRAPI_SYMBOL(WNetCancelConnectionW);

/** WNetCancelConnectionA - as WNetCancelConnectionW(), text in UTF-8 */
DWORD WINAPI WNetCancelConnectionA(LPCSTR lpName, BOOL fForce)
	MPRAPI_SYMBOL(WNetCancelConnectionA);

/**
 * WNetGetConnectionW - the resource that a local device is connected to
 * @lpLocalName: the device
 * @lpRemoteName: takes the name; may be NULL if *@lpnLength is 0
 * @lpnLength: characters at @lpRemoteName; takes how many are needed, with the
 *	NUL, if they are too few
 *
 * Return: NO_ERROR or
 *   ERROR_BAD_DEVICE		@lpLocalName is NULL, empty or no valid name
 *   ERROR_INVALID_PARAMETER	@lpnLength is NULL, or @lpRemoteName with a length
 *   ERROR_MORE_DATA		the buffer is too small
 *   ERROR_NOT_CONNECTED	the device is not connected
 *   ERROR_CONNECTION_UNAVAIL	it is not connected now, but remembered; the
 *				remembered name is in the buffer if it fits
 *   ERROR_NO_NETWORK		there is no provider at all
 *   ERROR_NO_NET_OR_BAD_PATH	no provider has it, but the network of one is
 *				not there
 *   ERROR_EXTENDED_ERROR, ERROR_NOT_ENOUGH_MEMORY
 *
 * Windows: nf-winnetwk-wnetgetconnectionw
 */
DWORD WINAPI WNetGetConnectionW(LPCWSTR lpLocalName, LPWSTR lpRemoteName,
				LPDWORD lpnLength)
	MPRAPI_SYMBOL(WNetGetConnectionW);

/** WNetGetConnectionA - as WNetGetConnectionW(), text in UTF-8, lengths in bytes */
DWORD WINAPI WNetGetConnectionA(LPCSTR lpLocalName, LPSTR lpRemoteName,
				LPDWORD lpnLength)
	MPRAPI_SYMBOL(WNetGetConnectionA);

/**
 * WNetRestoreConnectionW - connect remembered connections
 * @hwndParent: handed to the provider
 * @lpDevice: the local device; NULL: all that are remembered, one after the
 *	other, whatever became of those before
 *
 * No notifyee hears of it. No user is prompted. Those that are connected
 * already count as restored if @lpDevice is NULL.
 *
 * Return: NO_ERROR, the provider's code (the first of several), or
 *   ERROR_BAD_DEVICE		no connection of @lpDevice is remembered
 *   ERROR_CANNOT_OPEN_PROFILE, ERROR_BAD_PROFILE, and those of
 *   WNetAddConnection3W()
 *
 * Windows: nf-winnetwk-wnetrestoreconnectionw (Windows exports it up to XP)
 */
DWORD WINAPI WNetRestoreConnectionW(HWND hwndParent, LPCWSTR lpDevice)
	MPRAPI_SYMBOL(WNetRestoreConnectionW);

/** WNetRestoreConnectionA - as WNetRestoreConnectionW(), text in UTF-8 */
DWORD WINAPI WNetRestoreConnectionA(HWND hwndParent, LPCSTR lpDevice)
	MPRAPI_SYMBOL(WNetRestoreConnectionA);

/**
 * WNetOpenEnumW - begin to list connections
 * @dwScope: RESOURCE_CONNECTED: those that exist now, of all providers that
 *	can tell. RESOURCE_REMEMBERED: those that the user has remembered
 * @dwType: RESOURCETYPE_ANY, or DISK, PRINT or both
 * @dwUsage: ignored in these scopes
 * @lpNetResource: NULL in these scopes
 * @lphEnum: takes a handle, to be given up with WNetCloseEnum()
 *
 * The list is made now: what changes later does not change it.
 *
 * Return: NO_ERROR or
 *   ERROR_INVALID_PARAMETER	@dwScope or @dwType is none of Windows', @lphEnum
 *				is NULL, @lpNetResource is not NULL
 *   ERROR_NOT_SUPPORTED	RESOURCE_GLOBALNET, _CONTEXT, _RECENT: networks
 *				are not browsed, recent connections not kept
 *   ERROR_NO_NETWORK		there is no provider (RESOURCE_CONNECTED)
 *   ERROR_CANNOT_OPEN_PROFILE, ERROR_BAD_PROFILE	(RESOURCE_REMEMBERED)
 *   ERROR_EXTENDED_ERROR, ERROR_NOT_ENOUGH_MEMORY, ERROR_TOO_MANY_OPEN_FILES
 *
 * Windows: nf-winnetwk-wnetopenenumw
 */
DWORD WINAPI WNetOpenEnumW(DWORD dwScope, DWORD dwType, DWORD dwUsage,
			   LPNETRESOURCEW lpNetResource, LPHANDLE lphEnum)
	MPRAPI_SYMBOL(WNetOpenEnumW);

/** WNetOpenEnumA - as WNetOpenEnumW(); its handles are the same kind */
DWORD WINAPI WNetOpenEnumA(DWORD dwScope, DWORD dwType, DWORD dwUsage,
			   LPNETRESOURCEA lpNetResource, LPHANDLE lphEnum)
	MPRAPI_SYMBOL(WNetOpenEnumA);

/**
 * WNetEnumResourceW - go on listing
 * @hEnum: the list
 * @lpcCount: how many at most, (DWORD)-1 for as many as fit; takes how many
 * @lpBuffer: takes NETRESOURCEW structures, their text behind them
 * @lpBufferSize: bytes at @lpBuffer; takes the size that is needed if not even
 *	one fits
 *
 * Return: NO_ERROR: at least one; call again. ERROR_NO_MORE_ITEMS: the end. Or
 *   ERROR_MORE_DATA		not even one fits; nothing was taken from the list
 *   ERROR_INVALID_HANDLE	@hEnum is no list
 *   ERROR_INVALID_PARAMETER	a pointer is NULL or not aligned, or *@lpcCount is 0
 *
 * Windows: nf-winnetwk-wnetenumresourcew
 */
DWORD WINAPI WNetEnumResourceW(HANDLE hEnum, LPDWORD lpcCount, LPVOID lpBuffer,
			       LPDWORD lpBufferSize)
	MPRAPI_SYMBOL(WNetEnumResourceW);

/** WNetEnumResourceA - as WNetEnumResourceW(), NETRESOURCEA, text in UTF-8 */
DWORD WINAPI WNetEnumResourceA(HANDLE hEnum, LPDWORD lpcCount, LPVOID lpBuffer,
			       LPDWORD lpBufferSize)
	MPRAPI_SYMBOL(WNetEnumResourceA);

/**
 * WNetCloseEnum - give a list up
 * @hEnum: the list
 *
 * Return: NO_ERROR, or ERROR_INVALID_HANDLE: no list, or closed already
 *
 * Windows: nf-winnetwk-wnetcloseenum
 */
DWORD WINAPI WNetCloseEnum(HANDLE hEnum) MPRAPI_SYMBOL(WNetCloseEnum);

/**
 * WNetGetLastErrorW - what a provider said of its last error, in this thread
 * @lpError: takes the provider's code
 * @lpErrorBuf: takes its text, cut off if need be
 * @nErrorBufSize: characters there
 * @lpNameBuf: takes the provider's name, cut off if need be
 * @nNameBufSize: characters there
 *
 * To be called after ERROR_EXTENDED_ERROR. Does not touch the last error.
 *
 * Return: NO_ERROR (code 0 and empty texts if there was none), or
 * ERROR_INVALID_ADDRESS: a pointer is NULL or a size is 0
 *
 * Windows: nf-winnetwk-wnetgetlasterrorw
 */
DWORD WINAPI WNetGetLastErrorW(LPDWORD lpError, LPWSTR lpErrorBuf,
			       DWORD nErrorBufSize, LPWSTR lpNameBuf,
			       DWORD nNameBufSize)
	MPRAPI_SYMBOL(WNetGetLastErrorW);

/** WNetGetLastErrorA - as WNetGetLastErrorW(), text in UTF-8, sizes in bytes */
DWORD WINAPI WNetGetLastErrorA(LPDWORD lpError, LPSTR lpErrorBuf,
			       DWORD nErrorBufSize, LPSTR lpNameBuf,
			       DWORD nNameBufSize)
	MPRAPI_SYMBOL(WNetGetLastErrorA);

MPRAPI_END_DECLS

#ifdef UNICODE
typedef NETRESOURCEW NETRESOURCE;
typedef LPNETRESOURCEW LPNETRESOURCE;
typedef CONNECTDLGSTRUCTW CONNECTDLGSTRUCT;
typedef LPCONNECTDLGSTRUCTW LPCONNECTDLGSTRUCT;
typedef DISCDLGSTRUCTW DISCDLGSTRUCT;
typedef LPDISCDLGSTRUCTW LPDISCDLGSTRUCT;
typedef UNIVERSAL_NAME_INFOW UNIVERSAL_NAME_INFO;
typedef LPUNIVERSAL_NAME_INFOW LPUNIVERSAL_NAME_INFO;
typedef REMOTE_NAME_INFOW REMOTE_NAME_INFO;
typedef LPREMOTE_NAME_INFOW LPREMOTE_NAME_INFO;
#define WNetAddConnection	WNetAddConnectionW
#define WNetAddConnection2	WNetAddConnection2W
#define WNetAddConnection3	WNetAddConnection3W
#define WNetCancelConnection	WNetCancelConnectionW
#define WNetCancelConnection2	WNetCancelConnection2W
#define WNetEnumResource	WNetEnumResourceW
#define WNetGetConnection	WNetGetConnectionW
#define WNetGetLastError	WNetGetLastErrorW
#define WNetOpenEnum		WNetOpenEnumW
#define WNetRestoreConnection	WNetRestoreConnectionW
#else
typedef NETRESOURCEA NETRESOURCE;
typedef LPNETRESOURCEA LPNETRESOURCE;
typedef CONNECTDLGSTRUCTA CONNECTDLGSTRUCT;
typedef LPCONNECTDLGSTRUCTA LPCONNECTDLGSTRUCT;
typedef DISCDLGSTRUCTA DISCDLGSTRUCT;
typedef LPDISCDLGSTRUCTA LPDISCDLGSTRUCT;
typedef UNIVERSAL_NAME_INFOA UNIVERSAL_NAME_INFO;
typedef LPUNIVERSAL_NAME_INFOA LPUNIVERSAL_NAME_INFO;
typedef REMOTE_NAME_INFOA REMOTE_NAME_INFO;
typedef LPREMOTE_NAME_INFOA LPREMOTE_NAME_INFO;
#define WNetAddConnection	WNetAddConnectionA
#define WNetAddConnection2	WNetAddConnection2A
#define WNetAddConnection3	WNetAddConnection3A
#define WNetCancelConnection	WNetCancelConnectionA
#define WNetCancelConnection2	WNetCancelConnection2A
#define WNetEnumResource	WNetEnumResourceA
#define WNetGetConnection	WNetGetConnectionA
#define WNetGetLastError	WNetGetLastErrorA
#define WNetOpenEnum		WNetOpenEnumA
#define WNetRestoreConnection	WNetRestoreConnectionA
#endif

#endif
