/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MPR_SERVER_NAME_H
#define MPR_SERVER_NAME_H

#include <stdbool.h>
#include <stdio.h>
#include <windows.h>

/**
 * mpr_is_this_computer - does a server name mean the computer we run on?
 * @name: NULL, "", ".", "localhost", a loopback address, the host name with or
 *	without its domain; each with or without leading "\\", in any case
 */
bool mpr_is_this_computer(LPCWSTR name);

/**
 * mpr_hosts_have - is a full name one of this computer's, by /etc/hosts?
 * @hosts: that file
 * @name: the name
 * @host: what gethostname() says
 *
 * It is if its line has a loopback address, as Debian writes it, or has the
 * host's own name too, as it writes it with a fixed address.
 */
bool mpr_hosts_have(FILE *hosts, const char *name, const char *host);

#endif
