/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What becomes of the library in a child of fork(). */
#ifndef MPR_FORK_H
#define MPR_FORK_H

/*
 * Have fork() find no lock taken. For whoever may be the first to take one: by
 * a call of a program's, as nothing of the library runs before main().
 */
void mpr_fork_prepare(void);

#endif
