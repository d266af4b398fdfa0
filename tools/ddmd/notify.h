/* SPDX-License-Identifier: GPL-2.0-only */
/* Words to the supervisor that started us, if it listens (sd_notify(3)). */
#ifndef DDMD_NOTIFY_H
#define DDMD_NOTIFY_H

void notify(const char *state);
/* Keep its watchdog quiet as long as the loop goes round. */
void notify_begin(void);

#endif
