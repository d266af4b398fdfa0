/* SPDX-License-Identifier: GPL-2.0-only */
/* The programs of method script. */
#ifndef DDMD_SCRIPT_H
#define DDMD_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

struct line;

/**
 * script_start - run the program that connects, or that disconnects
 *
 * None of @line may run. line_script_ended() follows. Return: 0, or the error of
 * the failure; logged.
 */
uint32_t script_start(struct line *line, bool ends);
/* End it, politely first. */
void script_stop(struct line *line);
/* Write down what the next ddmd has to know of one that connects. */
void script_save(const struct line *line, bool was_up);
/* Those that an earlier ddmd started and that are still there. */
void script_adopt_all(void);

#endif
