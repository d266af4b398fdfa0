/* SPDX-License-Identifier: GPL-2.0-only */
/* One printer of events, for the journal and the monitor. */
#ifndef DDMCTL_EVENT_H
#define DDMCTL_EVENT_H

#include "output.h"

int open_events(struct control *control, struct output **output,
		enum output_form form);
void show_event(struct output *output, const struct ddm_event *event);
/* Something that the journal does not hold: only a word, a number, a text. */
void show_notice(struct output *output, const char *word, uint64_t sequence,
		 const char *text);

#endif
