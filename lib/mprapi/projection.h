/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The "PPP projection" of a connection: which network protocols run over it,
 * with which addresses.
 */
#ifndef MPR_PROJECTION_H
#define MPR_PROJECTION_H

#include <mprapi.h>

struct ifaddrs;

/*
 * Each fills in a zeroed structure for the net device @device from
 * @addresses, as getifaddrs(3) lists them; NULL for none.
 */
void mpr_project(PPP_INFO *info, const struct ifaddrs *addresses,
		 const char *device);
void mpr_project2(PPP_INFO_2 *info, const struct ifaddrs *addresses,
		  const char *device);
void mpr_project3(PPP_INFO_3 *info, const struct ifaddrs *addresses,
		  const char *device);

#endif
