/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * An interface's dialling settings, as the module keeps them for us: lines of
 * "key=value" in UTF-8, where a value writes \ as \\ and a line feed as \n. A
 * key may come more than once. What is zero or empty has no line. Lines whose
 * keys are not in our tables belong to somebody else and are kept.
 */
#ifndef MPR_SETTINGS_H
#define MPR_SETTINGS_H

#include <stddef.h>
#include <windows.h>

#include "mpr_string.h"

/**
 * mpr_settings_encode - settings from a caller's structure
 * @level: 0 ... 3, the structure is MPR_INTERFACE_@level
 * @info: the structure
 * @old: the settings so far; those that the level knows are replaced
 * @out: takes the new ones
 *
 * Return: NO_ERROR, ERROR_NOT_ENOUGH_MEMORY, or ERROR_INVALID_PARAMETER: a
 * text without its end or that is no valid text, a pointer missing where there
 * is a count, or more than DDM_SETTINGS_MAX bytes in all
 */
DWORD mpr_settings_encode(DWORD level, const void *info, const char *old,
			  struct mpr_string *out);

/* Bytes behind the structure that mpr_settings_decode() may need. */
size_t mpr_settings_room(const char *settings);

/**
 * mpr_settings_decode - fill in a structure for a caller
 * @level: 0 ... 3
 * @settings: the settings; a value that makes no sense counts as not there
 * @info: a zeroed structure MPR_INTERFACE_@level
 * @room: zeroed memory of mpr_settings_room() bytes for what it points to,
 *	aligned as malloc() does
 */
void mpr_settings_decode(DWORD level, const char *settings, void *info,
			 void *room);

#endif
