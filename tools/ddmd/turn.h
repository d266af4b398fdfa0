/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Turns: only so many calls are dialled at a time (calls-at-once of ddmd.conf),
 * the others wait, in the order in which they were asked for.
 */
#ifndef DDMD_TURN_H
#define DDMD_TURN_H

struct line;

/* @line, which is LINE_WAITING from now on, comes after all that wait. */
void turn_wait(struct line *line);

/* Something has changed: soon, look whose turn it is, and call line_turn(). */
void turn_look(void);

/* Nobody gets a turn any more: ddmd ends. */
void turn_stop(void);

#endif
