// SPDX-License-Identifier: LGPL-2.1-or-later
/* Eventfds that the kernel signals for as long as the handle is open. */
#include <errno.h>

#include "internal.h"

static const struct ddm_attribute attributes[] = {
	[DDM_A_LISTENER_EVENT_FD] = DDM_NAMED("event-fd"),
	[DDM_A_LISTENER_MASK] = DDM_NAMED("mask"),
	[DDM_A_LISTENER_INTERFACE] = DDM_NAMED("interface"),
};

static const struct ddm_layout layout = DDM_LAYOUT(attributes);

int ddm_listener_register(struct ddm *ddm, int fd, uint32_t mask,
			  uint32_t interface)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (fd < 0)
		return ddm_fail(ddm, -EBADF, "%d is no descriptor", fd);
	err = ddm_family_watch(ddm);
	if (err)
		return err;

	nlh = ddm_command(ddm, DDM_CMD_LISTENER_REGISTER, &layout);
	mnl_attr_put_u32(nlh, DDM_A_LISTENER_EVENT_FD, (uint32_t)fd);
	/* the module refuses bits of types that it does not know */
	if (mask == DDM_EVENT_MASK_ALL)
		mask = DDM_EVENT_BIT(DDM_EVENT_TYPE_SERVICE + 1) - 1;
	if (mask)
		mnl_attr_put_u32(nlh, DDM_A_LISTENER_MASK, mask);
	if (interface != DDM_ANY_INTERFACE)
		ddm_put_id(ddm, nlh, DDM_A_LISTENER_INTERFACE, interface);
	err = ddm_ack(ddm, nlh);
	if (!err)
		ddm->listeners++;
	return err;
}

int ddm_listener_deregister(struct ddm *ddm, int fd)
{
	struct nlmsghdr *nlh;
	int err = ddm_enter(ddm);

	if (err)
		return err;
	if (fd < 0)
		return ddm_fail(ddm, -EBADF, "%d is no descriptor", fd);
	nlh = ddm_command(ddm, DDM_CMD_LISTENER_DEREGISTER, &layout);
	mnl_attr_put_u32(nlh, DDM_A_LISTENER_EVENT_FD, (uint32_t)fd);
	err = ddm_ack(ddm, nlh);
	if (!err && ddm->listeners)
		ddm->listeners--;
	return err;
}
