/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a port runs over, in the words and numbers that Windows has for it. */
#ifndef MPR_MEDIA_H
#define MPR_MEDIA_H

#include <mprapi.h>

/**
 * struct mpr_media - a medium
 * @word: as a link agent calls it, or the kind of a net device
 * @type: the device type of ports and interfaces
 * @number: the same as a number
 */
struct mpr_media {
	const char *word;
	const WCHAR *type;
	RASDEVICETYPE number;
};

/* Never NULL; upper and lower case are the same. */
const struct mpr_media *mpr_media_find(const char *word);

#endif
