/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Requests about one interface, for reading (interface.c) and dialling. */
#ifndef DDM_INTERFACE_H
#define DDM_INTERFACE_H

#include "internal.h"

extern const struct ddm_layout ddm_interface_layout;

int ddm_interface_command(struct ddm *ddm, uint8_t command, uint32_t id,
			  struct nlmsghdr **nlh);
int ddm_interface_reply(struct ddm *ddm, struct nlmsghdr *nlh,
			const struct ddm_interface **out);

#endif
