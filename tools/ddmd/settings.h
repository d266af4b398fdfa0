/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text that the module keeps with an interface: lines of "key=value",
 * where a value writes \ as \\ and a line feed as \n; a key may come more than
 * once. libmprapi puts the phone-book entry there.
 */
#ifndef DDMD_SETTINGS_H
#define DDMD_SETTINGS_H

/**
 * settings_next - read a line
 * @cursor: at the first line at first, moved behind the one that was read
 * @key: receives the key
 * @value: receives the value; both are the caller's to free
 *
 * Lines that are none are passed over. Return: 1, 0 at the end, or -ENOMEM.
 */
int settings_next(const char **cursor, char **key, char **value);

/**
 * settings_add - append a line
 * @settings: replaced; NULL counts as empty
 *
 * Return: 0, -ENOMEM, or -E2BIG: the module keeps no more
 */
int settings_add(char **settings, const char *key, const char *value);

#endif
