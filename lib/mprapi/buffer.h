/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The blocks that MprAdminBufferFree takes. */
#ifndef MPR_BUFFER_H
#define MPR_BUFFER_H

#include <stdbool.h>
#include <windows.h>

/**
 * mpr_buffer_hand_out - make a block one that MprAdminBufferFree knows
 * @block: from malloc(); freed if this fails
 * @out: takes it
 *
 * Context: any thread.
 * Return: NO_ERROR or ERROR_NOT_ENOUGH_MEMORY
 */
DWORD mpr_buffer_hand_out(void *block, LPBYTE *out);

/* For fork: nobody hands out or frees in between. */
void mpr_buffers_lock(void);
void mpr_buffers_unlock(void);

#endif
