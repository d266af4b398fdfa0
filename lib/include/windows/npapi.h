/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What plugs into the Multiple Provider Router (libmpr): notifyees, which hear
 * of every attempt to make or end a connection, and network providers, which
 * carry it out. Both are shared objects named in a configuration folder; see
 * Documentation/network-providers.md.
 *
 * The functions declared here, except WNetSetLastError(), are those that such
 * an object exports. Their linker names end in "__wchar16" when compiled with
 * -fshort-wchar: the router, whose text has 32-bit units, does not find them
 * then, and passes the object over.
 *
 * Text is always wide: where Windows' header says NETRESOURCE or LPTSTR, the
 * router passes NETRESOURCEW and LPWSTR, and so does this header, whether
 * UNICODE is defined or not.
 *
 * Sources: the Windows pages named at each function ("nf-npapi-..."), npapi.h
 * of mingw-w64.
 */
#ifndef MPRAPI_NPAPI_H
#define MPRAPI_NPAPI_H

#include <winnetwk.h>

typedef INT *LPINT;

/* winnt.h */
#ifndef MPRAPI_LUID_DEFINED
#define MPRAPI_LUID_DEFINED
typedef struct _LUID {
	DWORD LowPart;
	LONG HighPart;
} LUID, *PLUID;
#endif

/*
 * Notifyees
 */

/* NOTIFYINFO.dwNotifyStatus */
#define NOTIFY_PRE			0x00000001U
#define NOTIFY_POST			0x00000002U

/* Windows: ns-npapi-notifyinfo */
typedef struct _NOTIFYINFO {
	DWORD dwNotifyStatus;		/* NOTIFY_PRE or NOTIFY_POST */
	DWORD dwOperationStatus;	/* POST: what became of the attempt */
	LPVOID lpContext;		/* the notifyee's own, see below */
} NOTIFYINFO, *LPNOTIFYINFO;

/* Windows: ns-npapi-notifyadd */
typedef struct _NOTIFYADD {
	HWND hwndOwner;
	NETRESOURCEW NetResource;	/* dwType, lpLocalName, lpRemoteName */
	DWORD dwAddFlags;		/* CONNECT_TEMPORARY, INTERACTIVE, PROMPT,
					 * UPDATE_PROFILE, UPDATE_RECENT
					 */
} NOTIFYADD, *LPNOTIFYADD;

/* Windows: ns-npapi-notifycancel */
typedef struct _NOTIFYCANCEL {
	LPWSTR lpName;			/* local device or remote name */
	LPWSTR lpProvider;		/* POST of a success: who did it; else NULL */
	DWORD dwFlags;			/* CONNECT_UPDATE_PROFILE or 0 */
	BOOL fForce;
} NOTIFYCANCEL, *LPNOTIFYCANCEL;

MPRAPI_BEGIN_DECLS

/**
 * AddConnectNotify - exported by a notifyee: a connection is about to be made,
 *	or was tried
 * @lpNotifyInfo: dwNotifyStatus NOTIFY_PRE: before the attempt.
 *	dwOperationStatus is WN_SUCCESS, lpContext is NULL; setting it to
 *	anything else asks for the call after the attempt, and comes back there.
 *	NOTIFY_POST: after it. dwOperationStatus is the result of the attempt
 * @lpAddInfo: the connection
 *
 * Called in a process of the notifyee's own, which serves one process that
 * makes WNet calls; in any thread, several at a time. May make WNet calls.
 * Calls have a time limit (30 seconds, or that of the configuration).
 *
 * Return: in NOTIFY_PRE, WN_SUCCESS (or WN_RETRY): go on; any other code: do
 * not connect, and return this code to the caller. Then there is no call after
 * the attempt for this notifyee. In NOTIFY_POST, WN_RETRY: if the attempt has
 * failed, make another one; lpContext is kept for the call after that (a
 * notifyee that sets it to NULL gets none, and its WN_RETRY no effect). Any
 * other code has no effect. There are five more attempts at most: the sixth
 * WN_RETRY has no effect either, and no call follows, so in the call that says
 * it for the sixth time a notifyee has to give its context up.
 *
 * Windows: nf-npapi-addconnectnotify
 */
DWORD WINAPI AddConnectNotify(LPNOTIFYINFO lpNotifyInfo, LPNOTIFYADD lpAddInfo)
	MPRAPI_SYMBOL(AddConnectNotify);

/**
 * CancelConnectNotify - exported by a notifyee: a connection is about to be
 *	ended, or that was tried
 * @lpNotifyInfo: as in AddConnectNotify()
 * @lpCancelInfo: the connection
 *
 * Return: as AddConnectNotify()
 *
 * Windows: nf-npapi-cancelconnectnotify
 */
DWORD WINAPI CancelConnectNotify(LPNOTIFYINFO lpNotifyInfo,
				 LPNOTIFYCANCEL lpCancelInfo)
	MPRAPI_SYMBOL(CancelConnectNotify);

typedef DWORD (WINAPI *PF_AddConnectNotify)(LPNOTIFYINFO lpNotifyInfo,
					    LPNOTIFYADD lpAddInfo);
typedef DWORD (WINAPI *PF_CancelConnectNotify)(LPNOTIFYINFO lpNotifyInfo,
					       LPNOTIFYCANCEL lpCancelInfo);

/*
 * Network providers. The router uses NPGetCaps(), NPAddConnection(),
 * NPAddConnection3(), NPCancelConnection(), NPGetConnection(), NPOpenEnum(),
 * NPEnumResource() and NPCloseEnum(); the others are declared for providers
 * that have them for other systems.
 */

/* NPGetCaps(): which kind of information, and its values */
#define WNNC_SPEC_VERSION		0x00000001U
#define WNNC_SPEC_VERSION51		0x00050001U
#define WNNC_NET_TYPE			0x00000002U
#define WNNC_NET_NONE			0x00000000U
#define WNNC_DRIVER_VERSION		0x00000003U
#define WNNC_USER			0x00000004U
#define WNNC_USR_GETUSER		0x00000001U
#define WNNC_CONNECTION			0x00000006U
#define WNNC_CON_ADDCONNECTION		0x00000001U
#define WNNC_CON_CANCELCONNECTION	0x00000002U
#define WNNC_CON_GETCONNECTIONS		0x00000004U
#define WNNC_CON_ADDCONNECTION3		0x00000008U
#define WNNC_CON_GETPERFORMANCE		0x00000040U
#define WNNC_CON_DEFER			0x00000080U
#define WNNC_DIALOG			0x00000008U
#define WNNC_DLG_DEVICEMODE		0x00000001U
#define WNNC_DLG_PROPERTYDIALOG		0x00000020U
#define WNNC_DLG_SEARCHDIALOG		0x00000040U
#define WNNC_DLG_FORMATNETWORKNAME	0x00000080U
#define WNNC_DLG_PERMISSIONEDITOR	0x00000100U
#define WNNC_DLG_GETRESOURCEPARENT	0x00000200U
#define WNNC_DLG_GETRESOURCEINFORMATION	0x00000800U
#define WNNC_ADMIN			0x00000009U
#define WNNC_ADM_GETDIRECTORYTYPE	0x00000001U
#define WNNC_ADM_DIRECTORYNOTIFY	0x00000002U
#define WNNC_ENUMERATION		0x0000000bU
#define WNNC_ENUM_GLOBAL		0x00000001U
#define WNNC_ENUM_LOCAL			0x00000002U
#define WNNC_ENUM_CONTEXT		0x00000004U
#define WNNC_ENUM_SHAREABLE		0x00000008U
#define WNNC_START			0x0000000cU
#define WNNC_WAIT_FOR_START		0x00000001U

/**
 * NPGetCaps - exported by a provider: what it can do; the one export that it
 *	has to have
 * @ndex: WNNC_...
 *
 * The router asks for WNNC_CONNECTION and WNNC_ENUMERATION, each time it is
 * about to use an export that these tell of.
 *
 * Return: a value or a bit mask; 0: none of it
 *
 * Windows: nf-npapi-npgetcaps
 */
DWORD WINAPI NPGetCaps(DWORD ndex) MPRAPI_SYMBOL(NPGetCaps);

/**
 * NPAddConnection3 - exported by a provider: make a connection
 * @hwndOwner: the caller's, with CONNECT_INTERACTIVE; else NULL
 * @lpNetResource: dwType, lpLocalName and lpRemoteName are valid. All text is
 *	the router's copy, for the time of the call
 * @lpPassword: NULL: the default; "": none. Wiped after the call
 * @lpUserName: NULL: the default
 * @dwFlags: as WNetAddConnection3W() got them. Flags that it does not know, a
 *	provider ignores
 *
 * Called in the process and the thread of the WNet call, with no lock held.
 *
 * Return: WN_SUCCESS, or a code. The search goes on with the next provider
 * after WN_BAD_NETNAME, ERROR_BAD_NETPATH, WN_BAD_VALUE and WN_BAD_LEVEL (not
 * mine), and after WN_NO_NETWORK, WN_NOT_SUPPORTED and WN_FUNCTION_BUSY (not
 * now; the first such is the result if nobody takes the name). Any other code
 * ends it: the name is this provider's.
 *
 * Windows: nf-npapi-npaddconnection3
 */
DWORD WINAPI NPAddConnection3(HWND hwndOwner, LPNETRESOURCEW lpNetResource,
			      LPWSTR lpPassword, LPWSTR lpUserName,
			      DWORD dwFlags)
	MPRAPI_SYMBOL(NPAddConnection3);

/**
 * NPAddConnection - exported by a provider without NPAddConnection3()
 *
 * Windows: nf-npapi-npaddconnection
 */
DWORD WINAPI NPAddConnection(LPNETRESOURCEW lpNetResource, LPWSTR lpPassword,
			     LPWSTR lpUserName)
	MPRAPI_SYMBOL(NPAddConnection);

/**
 * NPCancelConnection - exported by a provider: end a connection
 * @lpName: a local device, or a remote name
 * @fForce: also if it is in use
 *
 * Return: WN_SUCCESS, or a code. The search goes on after WN_NOT_CONNECTED,
 * WN_BAD_LOCALNAME and those of NPAddConnection3().
 *
 * Windows: nf-npapi-npcancelconnection
 */
DWORD WINAPI NPCancelConnection(LPWSTR lpName, BOOL fForce)
	MPRAPI_SYMBOL(NPCancelConnection);

/**
 * NPGetConnection - exported by a provider: what a local device is connected to
 * @lpLocalName: the device
 * @lpRemoteName: takes the remote name
 * @lpnBufferLen: characters there; takes how many are needed with WN_MORE_DATA
 *
 * Return: WN_SUCCESS, WN_MORE_DATA, or a code. The search goes on as in
 * NPCancelConnection().
 *
 * Windows: nf-npapi-npgetconnection
 */
DWORD WINAPI NPGetConnection(LPWSTR lpLocalName, LPWSTR lpRemoteName,
			     LPDWORD lpnBufferLen)
	MPRAPI_SYMBOL(NPGetConnection);

/**
 * NPOpenEnum - exported by a provider: begin to list
 * @dwScope: RESOURCE_CONNECTED
 * @dwType: RESOURCETYPE_...
 * @dwUsage: 0
 * @lpNetResource: NULL
 * @lphEnum: takes a handle of the provider's own
 *
 * Windows: nf-npapi-npopenenum
 */
DWORD WINAPI NPOpenEnum(DWORD dwScope, DWORD dwType, DWORD dwUsage,
			LPNETRESOURCEW lpNetResource, LPHANDLE lphEnum)
	MPRAPI_SYMBOL(NPOpenEnum);

/**
 * NPEnumResource - exported by a provider: go on listing
 *
 * As WNetEnumResourceW(), WN_NO_MORE_ENTRIES at the end.
 *
 * Windows: nf-npapi-npenumresource
 */
DWORD WINAPI NPEnumResource(HANDLE hEnum, LPDWORD lpcCount, LPVOID lpBuffer,
			    LPDWORD lpBufferSize)
	MPRAPI_SYMBOL(NPEnumResource);

/**
 * NPCloseEnum - exported by a provider: end listing
 *
 * Windows: nf-npapi-npcloseenum
 */
DWORD WINAPI NPCloseEnum(HANDLE hEnum) MPRAPI_SYMBOL(NPCloseEnum);

/**
 * WNetSetLastErrorW - for providers: explain a WN_EXTENDED_ERROR
 * @err: the provider's own code
 * @lpError: a text; NULL counts as empty. Cut off after 255 characters
 * @lpProviders: the provider's name, likewise
 *
 * The caller of the WNet call reads it with WNetGetLastError(). It is the
 * thread's, like the last error.
 *
 * Windows: nf-npapi-wnetsetlasterrorw
 */
VOID WINAPI WNetSetLastErrorW(DWORD err, LPWSTR lpError, LPWSTR lpProviders)
	MPRAPI_SYMBOL(WNetSetLastErrorW);

/** WNetSetLastErrorA - as WNetSetLastErrorW(), text in UTF-8 */
VOID WINAPI WNetSetLastErrorA(DWORD err, LPSTR lpError, LPSTR lpProviders)
	MPRAPI_SYMBOL(WNetSetLastErrorA);

typedef DWORD (WINAPI *PF_NPGetCaps)(DWORD ndex);
typedef DWORD (WINAPI *PF_NPAddConnection)(LPNETRESOURCEW lpNetResource,
					   LPWSTR lpPassword,
					   LPWSTR lpUserName);
typedef DWORD (WINAPI *PF_NPAddConnection3)(HWND hwndOwner,
					    LPNETRESOURCEW lpNetResource,
					    LPWSTR lpPassword,
					    LPWSTR lpUserName, DWORD dwFlags);
typedef DWORD (WINAPI *PF_NPCancelConnection)(LPWSTR lpName, BOOL fForce);
typedef DWORD (WINAPI *PF_NPGetConnection)(LPWSTR lpLocalName,
					   LPWSTR lpRemoteName,
					   LPDWORD lpnBufferLen);
typedef DWORD (WINAPI *PF_NPOpenEnum)(DWORD dwScope, DWORD dwType,
				      DWORD dwUsage,
				      LPNETRESOURCEW lpNetResource,
				      LPHANDLE lphEnum);
typedef DWORD (WINAPI *PF_NPEnumResource)(HANDLE hEnum, LPDWORD lpcCount,
					  LPVOID lpBuffer,
					  LPDWORD lpBufferSize);
typedef DWORD (WINAPI *PF_NPCloseEnum)(HANDLE hEnum);

/*
 * What follows, the router does not call (see above). Each is described on the
 * Windows page nf-npapi-NAME.
 */

/* dwLevel and results of NPGetConnection3() */
#define WNGETCON_CONNECTED		0x00000000U
#define WNGETCON_DISCONNECTED		0x00000001U

#define WNTYPE_DRIVE			1
#define WNTYPE_FILE			2
#define WNTYPE_PRINTER			3
#define WNTYPE_COMM			4

#define WNPS_FILE			0
#define WNPS_DIR			1
#define WNPS_MULT			2

#define WNSRCH_REFRESH_FIRST_LEVEL	0x00000001U

#define WNDT_NORMAL			0
#define WNDT_NETWORK			1

#define WNDN_MKDIR			1
#define WNDN_RMDIR			2
#define WNDN_MVDIR			3

#define WN_NETWORK_CLASS		0x00000001U
#define WN_CREDENTIAL_CLASS		0x00000002U
#define WN_PRIMARY_AUTHENT_CLASS	0x00000004U
#define WN_SERVICE_CLASS		0x00000008U

#define WN_VALID_LOGON_ACCOUNT		0x00000001U
#define WN_NT_PASSWORD_CHANGED		0x00000002U

#define WNPERMC_PERM			0x00000001U
#define WNPERMC_AUDIT			0x00000002U
#define WNPERMC_OWNER			0x00000004U

#define WNPERM_DLG_PERM			0
#define WNPERM_DLG_AUDIT		1
#define WNPERM_DLG_OWNER		2

DWORD WINAPI NPGetConnection3(LPCWSTR lpLocalName, DWORD dwLevel,
			      LPVOID lpBuffer, LPDWORD lpBufferSize)
	MPRAPI_SYMBOL(NPGetConnection3);
DWORD WINAPI NPGetConnectionPerformance(LPCWSTR lpRemoteName,
					LPNETCONNECTINFOSTRUCT lpNetConnectInfo)
	MPRAPI_SYMBOL(NPGetConnectionPerformance);
DWORD WINAPI NPGetUniversalName(LPWSTR lpLocalPath, DWORD dwInfoLevel,
				LPVOID lpBuffer, LPDWORD lpBufferSize)
	MPRAPI_SYMBOL(NPGetUniversalName);
DWORD WINAPI NPGetUser(LPWSTR lpName, LPWSTR lpUserName, LPDWORD lpnBufferLen)
	MPRAPI_SYMBOL(NPGetUser);
DWORD WINAPI NPDeviceMode(HWND hParent) MPRAPI_SYMBOL(NPDeviceMode);
DWORD WINAPI NPSearchDialog(HWND hwndParent, LPNETRESOURCEW lpNetResource,
			    LPVOID lpBuffer, DWORD cbBuffer, LPDWORD lpnFlags)
	MPRAPI_SYMBOL(NPSearchDialog);
DWORD WINAPI NPGetResourceParent(LPNETRESOURCEW lpNetResource, LPVOID lpBuffer,
				 LPDWORD lpBufferSize)
	MPRAPI_SYMBOL(NPGetResourceParent);
DWORD WINAPI NPGetResourceInformation(LPNETRESOURCEW lpNetResource,
				      LPVOID lpBuffer, LPDWORD lpBufferSize,
				      LPWSTR *lplpSystem)
	MPRAPI_SYMBOL(NPGetResourceInformation);
DWORD WINAPI NPFormatNetworkName(LPWSTR lpRemoteName, LPWSTR lpFormattedName,
				 LPDWORD lpnLength, DWORD dwFlags,
				 DWORD dwAveCharPerLine)
	MPRAPI_SYMBOL(NPFormatNetworkName);
DWORD WINAPI NPGetPropertyText(DWORD iButton, DWORD nPropSel, LPWSTR lpName,
			       LPWSTR lpButtonName, DWORD nButtonNameLen,
			       DWORD nType)
	MPRAPI_SYMBOL(NPGetPropertyText);
DWORD WINAPI NPPropertyDialog(HWND hwndParent, DWORD iButtonDlg,
			      DWORD nPropSel, LPWSTR lpFileName, DWORD nType)
	MPRAPI_SYMBOL(NPPropertyDialog);
DWORD WINAPI NPGetDirectoryType(LPWSTR lpName, LPINT lpType, BOOL bFlushCache)
	MPRAPI_SYMBOL(NPGetDirectoryType);
DWORD WINAPI NPDirectoryNotify(HWND hwnd, LPWSTR lpDir, DWORD dwOper)
	MPRAPI_SYMBOL(NPDirectoryNotify);
DWORD WINAPI NPLogonNotify(PLUID lpLogonId, LPCWSTR lpAuthentInfoType,
			   LPVOID lpAuthentInfo,
			   LPCWSTR lpPreviousAuthentInfoType,
			   LPVOID lpPreviousAuthentInfo, LPWSTR lpStationName,
			   LPVOID StationHandle, LPWSTR *lpLogonScript)
	MPRAPI_SYMBOL(NPLogonNotify);
DWORD WINAPI NPPasswordChangeNotify(LPCWSTR lpAuthentInfoType,
				    LPVOID lpAuthentInfo,
				    LPCWSTR lpPreviousAuthentInfoType,
				    LPVOID lpPreviousAuthentInfo,
				    LPWSTR lpStationName, LPVOID StationHandle,
				    DWORD dwChangeInfo)
	MPRAPI_SYMBOL(NPPasswordChangeNotify);
DWORD WINAPI NPFMXGetPermCaps(LPWSTR lpDriveName)
	MPRAPI_SYMBOL(NPFMXGetPermCaps);
DWORD WINAPI NPFMXEditPerm(LPWSTR lpDriveName, HWND hwndFMX,
			   DWORD nDialogType)
	MPRAPI_SYMBOL(NPFMXEditPerm);
DWORD WINAPI NPFMXGetPermHelp(LPWSTR lpDriveName, DWORD nDialogType,
			      BOOL fDirectory, LPVOID lpFileNameBuffer,
			      LPDWORD lpBufferSize, LPDWORD lpnHelpContext)
	MPRAPI_SYMBOL(NPFMXGetPermHelp);

MPRAPI_END_DECLS

typedef DWORD (WINAPI *PF_NPGetConnection3)(LPCWSTR lpLocalName, DWORD dwLevel,
					    LPVOID lpBuffer,
					    LPDWORD lpBufferSize);
typedef DWORD (WINAPI *PF_NPGetConnectionPerformance)(
	LPCWSTR lpRemoteName, LPNETCONNECTINFOSTRUCT lpNetConnectInfo);
typedef DWORD (WINAPI *PF_NPGetUniversalName)(LPWSTR lpLocalPath,
					      DWORD dwInfoLevel,
					      LPVOID lpBuffer,
					      LPDWORD lpnBufferSize);
typedef DWORD (WINAPI *PF_NPGetUser)(LPWSTR lpName, LPWSTR lpUserName,
				     LPDWORD lpnBufferLen);
typedef DWORD (WINAPI *PF_NPDeviceMode)(HWND hParent);
typedef DWORD (WINAPI *PF_NPSearchDialog)(HWND hwndParent,
					  LPNETRESOURCEW lpNetResource,
					  LPVOID lpBuffer, DWORD cbBuffer,
					  LPDWORD lpnFlags);
typedef DWORD (WINAPI *PF_NPGetResourceParent)(LPNETRESOURCEW lpNetResource,
					       LPVOID lpBuffer,
					       LPDWORD lpBufferSize);
typedef DWORD (WINAPI *PF_NPGetResourceInformation)(
	LPNETRESOURCEW lpNetResource, LPVOID lpBuffer, LPDWORD lpBufferSize,
	LPWSTR *lplpSystem);
typedef DWORD (WINAPI *PF_NPFormatNetworkName)(LPWSTR lpRemoteName,
					       LPWSTR lpFormattedName,
					       LPDWORD lpnLength,
					       DWORD dwFlags,
					       DWORD dwAveCharPerLine);
typedef DWORD (WINAPI *PF_NPGetPropertyText)(DWORD iButton, DWORD nPropSel,
					     LPWSTR lpName,
					     LPWSTR lpButtonName,
					     DWORD nButtonNameLen,
					     DWORD nType);
typedef DWORD (WINAPI *PF_NPPropertyDialog)(HWND hwndParent, DWORD iButtonDlg,
					    DWORD nPropSel, LPWSTR lpFileName,
					    DWORD nType);
typedef DWORD (WINAPI *PF_NPGetDirectoryType)(LPWSTR lpName, LPINT lpType,
					      BOOL bFlushCache);
typedef DWORD (WINAPI *PF_NPDirectoryNotify)(HWND hwnd, LPWSTR lpDir,
					     DWORD dwOper);
typedef DWORD (WINAPI *PF_NPLogonNotify)(
	PLUID lpLogonId, LPCWSTR lpAuthentInfoType, LPVOID lpAuthentInfo,
	LPCWSTR lpPreviousAuthentInfoType, LPVOID lpPreviousAuthentInfo,
	LPWSTR lpStationName, LPVOID StationHandle, LPWSTR *lpLogonScript);
typedef DWORD (WINAPI *PF_NPPasswordChangeNotify)(
	LPCWSTR lpAuthentInfoType, LPVOID lpAuthentInfo,
	LPCWSTR lpPreviousAuthentInfoType, LPVOID lpPreviousAuthentInfo,
	LPWSTR lpStationName, LPVOID StationHandle, DWORD dwChangeInfo);
typedef DWORD (WINAPI *PF_NPFMXGetPermCaps)(LPWSTR lpDriveName);
typedef DWORD (WINAPI *PF_NPFMXEditPerm)(LPWSTR lpDriveName, HWND hwndFMX,
					 DWORD nDialogType);
typedef DWORD (WINAPI *PF_NPFMXGetPermHelp)(LPWSTR lpDriveName,
					    DWORD nDialogType, BOOL fDirectory,
					    LPVOID lpFileNameBuffer,
					    LPDWORD lpBufferSize,
					    LPDWORD lpnHelpContext);

#ifdef UNICODE
#define WNetSetLastError	WNetSetLastErrorW
#else
#define WNetSetLastError	WNetSetLastErrorA
#endif

#endif
