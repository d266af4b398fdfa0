/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a caller of the router administration API needs of the Windows base:
 * types, error codes, event objects, waits, error texts. Nothing else of
 * Windows is here, so that a program may take the rest from elsewhere.
 */
#ifndef MPRAPI_WINDOWS_H
#define MPRAPI_WINDOWS_H

#include <windef.h>
#include <winerror.h>
#include <synchapi.h>
#include <winbase.h>

#endif
