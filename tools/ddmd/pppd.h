/* SPDX-License-Identifier: GPL-2.0-only */
/* pppd's command line. */
#ifndef DDMD_PPPD_H
#define DDMD_PPPD_H

#include <stdbool.h>

#include "profile.h"
#include "words.h"

/* Whether pppd is started with our plugin; says so once where it is missing. */
bool pppd_has_plugin(void);

/**
 * pppd_arguments - of a pppd that is to make @device
 * @words: receives them; never a user's name or a password
 * @secret_fd: a descriptor of pppd's with more options, or -1
 * @overrides: which count before the profile's
 *
 * Return: NULL, or why the profile cannot be dialled
 */
const char *pppd_arguments(const struct profile *profile, const char *device,
			   int secret_fd, bool overrides, struct words *words);

#endif
