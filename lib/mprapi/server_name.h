/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MPR_SERVER_NAME_H
#define MPR_SERVER_NAME_H

#include <stdbool.h>
#include <windows.h>

/**
 * mpr_is_this_computer - does a server name mean the computer we run on?
 * @name: NULL, "", ".", "localhost", a loopback address, the host name with or
 *	without its domain; each with or without leading "\\", in any case
 */
bool mpr_is_this_computer(LPCWSTR name);

#endif
