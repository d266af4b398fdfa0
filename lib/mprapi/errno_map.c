// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The one table from the errors of ddm.h to those of the Windows pages. A call
 * whose page knows a better word for one of them says so where it calls.
 */
#include <errno.h>
#include <stddef.h>

#include <mprerror.h>
#include <raserror.h>

#include "errno_map.h"

static const struct {
	int error;
	DWORD code;
} map[] = {
	{ 0, NO_ERROR },
	{ EUNATCH, ERROR_DDM_NOT_RUNNING }, /* no module */
	{ ESHUTDOWN, ERROR_DDM_NOT_RUNNING }, /* service stopped */
	{ ENOLINK, ERROR_DDM_NOT_RUNNING }, /* no dialer */
	{ EPERM, ERROR_ACCESS_DENIED },
	{ EACCES, ERROR_ACCESS_DENIED },
	{ ENOMEM, ERROR_NOT_ENOUGH_MEMORY },
	{ ENOBUFS, ERROR_NOT_ENOUGH_MEMORY },
	{ EMFILE, ERROR_NOT_ENOUGH_MEMORY },
	{ ENFILE, ERROR_NOT_ENOUGH_MEMORY },
	{ ENOSPC, ERROR_NOT_ENOUGH_MEMORY }, /* no listener more */
	{ EUSERS, ERROR_MAX_WAN_INTERFACE_LIMIT },
	{ EINVAL, ERROR_INVALID_PARAMETER },
	{ EBADF, ERROR_INVALID_PARAMETER },
	{ ERANGE, ERROR_INVALID_PARAMETER },
	{ ESTALE, ERROR_INVALID_HANDLE }, /* no such interface id */
	{ ENOENT, ERROR_NO_SUCH_INTERFACE }, /* no such name */
	{ ENXIO, ERROR_INVALID_PORT_HANDLE }, /* no such link */
	{ EEXIST, ERROR_INTERFACE_ALREADY_EXISTS },
	{ EADDRINUSE, ERROR_INTERFACE_CONFIGURATION },
	{ EBUSY, ERROR_INTERFACE_CONNECTED },
	{ EOPNOTSUPP, ERROR_NOT_SUPPORTED },
	{ EHOSTDOWN, ERROR_SERVICE_IS_PAUSED },
	{ ENETDOWN, ERROR_INTERFACE_DISABLED },
	{ ENODEV, ERROR_INTERFACE_HAS_NO_DEVICES },
	{ EALREADY, ERROR_ALREADY_CONNECTING },
	{ EISCONN, ERROR_ALREADY_CONNECTED },
	{ ENOTCONN, ERROR_INTERFACE_NOT_CONNECTED },
};

DWORD mpr_error_of(int error)
{
	size_t i;

	for (i = 0; i < ARRAYSIZE(map); i++)
		if (map[i].error == error)
			return map[i].code;
	return ERROR_GEN_FAILURE;
}
