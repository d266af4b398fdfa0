// SPDX-License-Identifier: GPL-2.0-only
/*
 * A network provider that mounts folders: \\bind\srv\data, connected to the
 * local device /mnt/data, is the folder /srv/data bound there. Has nothing to
 * do with dialling, which is the point: a provider may be anything.
 *
 * Configuration, /etc/ddm/providers.d/50-bind.conf:
 *	name=bind
 *	path=/usr/local/lib/ddm/providers/bind.so
 *
 * Which connections there are, symbolic links in FOLDER tell, from the local
 * device (its slashes turned round) to the folder. They go with the machine's
 * mounts, when it is restarted.
 */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <limits.h>
#include <npapi.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#define PREFIX L"\\\\bind\\"
#define PREFIX_LENGTH (sizeof(PREFIX) / sizeof(wchar_t) - 1)
#define FOLDER "/run/ddm-bind"

/* Whatever the caller's locale is. */
static int convert(const char *to_code, const char *from_code, const void *from,
		   size_t from_size, void *to, size_t to_size)
{
	iconv_t converter = iconv_open(to_code, from_code);
	char *in = (char *)from, *out = to;
	size_t left;

	if (converter == (iconv_t)-1)
		return -1;
	left = iconv(converter, &in, &from_size, &out, &to_size);
	iconv_close(converter);
	return left == (size_t)-1 ? -1 : 0;
}

static int to_utf8(char *to, size_t size, const wchar_t *from)
{
	return convert("UTF-8", "WCHAR_T", from,
		       (wcslen(from) + 1) * sizeof(*from), to, size);
}

static void swap(char *text, char from, char to)
{
	while ((text = strchr(text, from)))
		*text++ = to;
}

/* The link of a local device. Only absolute paths are devices here. */
static int link_of(char *name, size_t size, const wchar_t *local)
{
	if (!local || *local != L'/' || wcschr(local, L'\\') ||
	    to_utf8(name, size, local) || strlen(name) > NAME_MAX)
		return -1;
	swap(name, '/', '\\');
	return 0;
}

static int open_folder(void)
{
	if (mkdir(FOLDER, 0755) && errno != EEXIST)
		return -1;
	return open(FOLDER, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* What has no code among those of networks is told as text. */
static DWORD wn_code(int err)
{
	char name[] = "bind", text[128];

	switch (err) {
	case EACCES:
	case EPERM:
		return WN_ACCESS_DENIED;
	case EEXIST:
		return WN_ALREADY_CONNECTED;
	case EBUSY:
		return WN_OPEN_FILES;
	case ENOENT:
	case ENOTDIR:
		return WN_BAD_LOCALNAME;
	case ENOMEM:
		return WN_OUT_OF_MEMORY;
	default:
		snprintf(text, sizeof(text), "%s", strerrordesc_np(err));
		WNetSetLastErrorA((DWORD)err, text, name);
		return WN_EXTENDED_ERROR;
	}
}

DWORD WINAPI NPGetCaps(DWORD ndex)
{
	switch (ndex) {
	case WNNC_SPEC_VERSION:
		return WNNC_SPEC_VERSION51;
	case WNNC_CONNECTION:
		return WNNC_CON_ADDCONNECTION | WNNC_CON_CANCELCONNECTION |
		       WNNC_CON_GETCONNECTIONS;
	default:
		return 0;
	}
}

/* The link is made first: who has it may mount. */
static DWORD bind_folder(const char *source, const wchar_t *local,
			 const char *name)
{
	char target[PATH_MAX];
	int folder = open_folder(), err = 0;

	if (folder < 0)
		return wn_code(errno);
	if (to_utf8(target, sizeof(target), local) ||
	    symlinkat(source, folder, name)) {
		err = errno;
	} else if (mount(source, target, NULL, MS_BIND, NULL)) {
		err = errno;
		unlinkat(folder, name, 0);
	}
	close(folder);
	return err ? wn_code(err) : WN_SUCCESS;
}

DWORD WINAPI NPAddConnection(LPNETRESOURCEW lpNetResource, LPWSTR lpPassword,
			     LPWSTR lpUserName)
{
	const wchar_t *remote = lpNetResource->lpRemoteName;
	char name[PATH_MAX], source[PATH_MAX];
	struct stat status;

	(void)lpPassword;
	(void)lpUserName;
	if (wcsncmp(remote, PREFIX, PREFIX_LENGTH) || !remote[PREFIX_LENGTH])
		return WN_BAD_NETNAME;
	/* "\srv\data" becomes "/srv/data". */
	if (to_utf8(source, sizeof(source), remote + PREFIX_LENGTH - 1))
		return WN_BAD_NETNAME;
	swap(source, '\\', '/');
	if (stat(source, &status) || !S_ISDIR(status.st_mode))
		return WN_BAD_NETNAME;
	if (link_of(name, sizeof(name), lpNetResource->lpLocalName))
		return WN_BAD_LOCALNAME;
	return bind_folder(source, lpNetResource->lpLocalName, name);
}

/* The folder that a device is connected to, in the form of a remote name. */
static int read_link(const wchar_t *local, char *remote, size_t size)
{
	char name[PATH_MAX];
	ssize_t length;
	int folder;

	if (link_of(name, sizeof(name), local))
		return -1;
	folder = open_folder();
	length = folder < 0 ? -1 : readlinkat(folder, name, remote, size - 1);
	if (folder >= 0)
		close(folder);
	if (length < 0)
		return -1;
	remote[length] = '\0';
	swap(remote, '/', '\\');
	return 0;
}

DWORD WINAPI NPCancelConnection(LPWSTR lpName, BOOL fForce)
{
	char remote[PATH_MAX], target[PATH_MAX], name[PATH_MAX];
	int folder;

	if (read_link(lpName, remote, sizeof(remote)) ||
	    to_utf8(target, sizeof(target), lpName) ||
	    link_of(name, sizeof(name), lpName))
		return WN_NOT_CONNECTED;
	/* EINVAL: somebody else has unmounted it. */
	if (umount2(target, fForce ? MNT_DETACH : 0) && errno != EINVAL)
		return wn_code(errno);
	folder = open_folder();
	if (folder >= 0) {
		unlinkat(folder, name, 0);
		close(folder);
	}
	return WN_SUCCESS;
}

DWORD WINAPI NPGetConnection(LPWSTR lpLocalName, LPWSTR lpRemoteName,
			     LPDWORD lpnBufferLen)
{
	wchar_t wide[PATH_MAX];
	char remote[PATH_MAX];
	DWORD needed;

	if (read_link(lpLocalName, remote, sizeof(remote)) ||
	    convert("WCHAR_T", "UTF-8", remote, strlen(remote) + 1, wide,
		    sizeof(wide)))
		return WN_NOT_CONNECTED;
	/* The backslash that begins the path ends the prefix. */
	needed = (DWORD)(PREFIX_LENGTH + wcslen(wide));
	if (*lpnBufferLen < needed) {
		*lpnBufferLen = needed;
		return WN_MORE_DATA;
	}
	wcscpy(lpRemoteName, PREFIX);
	wcscat(lpRemoteName, wide + 1);
	return WN_SUCCESS;
}
