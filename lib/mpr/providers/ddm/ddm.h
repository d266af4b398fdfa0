/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the provider "ddm" share. */
#ifndef DDM_PROVIDER_H
#define DDM_PROVIDER_H

#include <mprapi.h>
#include <npapi.h>
#include <stdbool.h>

/**
 * ddm_credentials_leave - lay a user name and a password out for the dialer
 * @interface: the interface that is about to be connected
 * @user: NULL: the dialer's own setting
 * @password: likewise
 * @fd: takes the file, -1 if both are NULL and nothing was left
 *
 * Return: WN_SUCCESS; WN_FUNCTION_BUSY: somebody else connects this interface;
 * WN_ACCESS_DENIED: only root can; WN_BAD_USER, WN_BAD_PASSWORD: no valid text;
 * WN_OUT_OF_MEMORY, WN_WINDOWS_ERROR
 */
DWORD ddm_credentials_leave(HANDLE interface, const wchar_t *user,
			    const wchar_t *password, int *fd);

/* Overwrite and remove them, whether the dialer took them or not. */
void ddm_credentials_wipe(HANDLE interface, int fd);

/* Does a process of this network namespace have a connection through it? */
bool ddm_in_use(const wchar_t *interface_name);

#endif
