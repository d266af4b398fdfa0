/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What only /proc knows about an eventfd. */
#ifndef MPR_EVENTFD_INFO_H
#define MPR_EVENTFD_INFO_H

#include <stdbool.h>

/* An eventfd whose read takes the whole counter, not 1 (EFD_SEMAPHORE). */
bool mpr_is_plain_eventfd(int fd);

/* Whether both descriptors are one eventfd. */
bool mpr_is_same_eventfd(int a, int b);

#endif
