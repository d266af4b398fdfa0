/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Hanging up, and waiting until it is done. The caller's reference to the
 * router goes if its thread is cancelled meanwhile: it must hold no other.
 */
#ifndef MPR_HANGUP_H
#define MPR_HANGUP_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

struct mpr_server;

/**
 * mpr_interface_hang_up - end an interface's connection or attempt
 * @server: the router, not locked
 * @interface: the interface
 *
 * Return: as MprAdminInterfaceDisconnect()
 */
DWORD mpr_interface_hang_up(struct mpr_server *server, uint32_t interface);

/**
 * mpr_link_hang_up - hang a link up
 * @server: the router, not locked
 * @interface: the interface that has it
 * @link: the link
 * @wait: it is in use, wait until it is not
 *
 * Return: NO_ERROR, ERROR_INVALID_PORT_HANDLE if there is no such link,
 * ERROR_TIMEOUT if the dialer did not do it in time, or another error
 */
DWORD mpr_link_hang_up(struct mpr_server *server, uint32_t interface,
		       uint32_t link, bool wait);

#endif
