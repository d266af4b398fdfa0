/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Each call takes two descriptors and more, so ddmd uses all that it is
 * allowed. Programs that it starts have the limit that it was started with:
 * some of them still use select().
 */
#ifndef DDMD_DESCRIPTORS_H
#define DDMD_DESCRIPTORS_H

/* Take as many as there may be. */
void descriptors_take(void);
/* Before, and after, a program is started */
void descriptors_lend(void);
void descriptors_take_back(void);

#endif
