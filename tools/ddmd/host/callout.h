/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A callout must not call MprAdmin functions. libmprapi asks the program that
 * it is loaded into whether the thread is in a callout, by mpr_in_callout().
 */
#ifndef DDMD_HOST_CALLOUT_H
#define DDMD_HOST_CALLOUT_H

void callout_enter(void);
void callout_leave(void);

/* For libmprapi: exported by the program. Return: not 0 in a callout */
int mpr_in_callout(void);

#endif
