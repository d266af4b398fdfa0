/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MPR_ERRNO_MAP_H
#define MPR_ERRNO_MAP_H

#include <windows.h>

/**
 * mpr_error_of - the Win32 error for what libddm returned
 * @error: a positive errno
 *
 * Return: the error; ERROR_GEN_FAILURE for one that ddm.h does not promise
 */
DWORD mpr_error_of(int error);

#endif
