/* SPDX-License-Identifier: GPL-2.0-only */
/* Which credentials an attempt has, and how they get to pppd. */
#ifndef DDMD_CREDENTIALS_H
#define DDMD_CREDENTIALS_H

#include <stdbool.h>

#include "secret.h"

struct line;

/**
 * credentials_begin - an attempt begins: take what its caller has left for it
 * @line: its id is known
 *
 * Return: false if there are some that cannot be used; logged
 */
bool credentials_begin(struct line *line);
/* The attempt is over, whatever came of it. */
void credentials_end(struct line *line);

/**
 * credentials_find - those that count now
 * @secret: receives them; wipe it. What it has not, pppd's own options say.
 *
 * Return: false if the profile names some that cannot be read; logged
 */
bool credentials_find(const struct line *line, struct secret *secret);

/* Whether the caller left some. */
bool credentials_are_given(const struct line *line);

/**
 * credentials_pipe - what pppd has to read as options when it starts
 * @fd: receives a descriptor, -1 if it needs none
 *
 * Return: false if there are no credentials where there should be
 */
bool credentials_pipe(const struct line *line, int *fd);

#endif
