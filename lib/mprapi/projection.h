/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The "PPP projection" of a connection: which network protocols run over it,
 * with which addresses.
 */
#ifndef MPR_PROJECTION_H
#define MPR_PROJECTION_H

#include <mprapi.h>

struct mpr_about;
struct mpr_addresses;

/*
 * Each fills in a zeroed structure for the connection of @about. What a link
 * agent told counts; what it did not is looked for in @addresses.
 */
void mpr_project(PPP_INFO *info, const struct mpr_about *about,
		 const struct mpr_addresses *addresses);
void mpr_project2(PPP_INFO_2 *info, const struct mpr_about *about,
		  const struct mpr_addresses *addresses);
void mpr_project3(PPP_INFO_3 *info, const struct mpr_about *about,
		  const struct mpr_addresses *addresses);
void mpr_project4(PROJECTION_INFO2 *info, const struct mpr_about *about,
		  const struct mpr_addresses *addresses);

#endif
