/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Credentials: files of root's that nobody else may read, with lines
 *
 *	user = NAME
 *	password = SECRET
 *
 * They are read when they are needed, and wiped after that. Those that somebody
 * leaves for one attempt are files, too, but written by a program.
 */
#ifndef DDMD_SECRET_H
#define DDMD_SECRET_H

#include <stdbool.h>

/* As much as pppd takes of each */
#define SECRET_MAX 255

struct secret {
	bool has_user;
	bool has_password;
	char user[SECRET_MAX + 1];
	char password[SECRET_MAX + 1];
};

/**
 * secret_read - read a file
 * @reference: a path, or a name: a systemd credential, otherwise a file in
 *	/etc/ddm/credentials
 * @secret: receives them; wipe it
 *
 * Return: true, or false: logged, without any of its content
 */
bool secret_read(const char *reference, struct secret *secret);

/**
 * secret_take - read and remove a file that was left for one attempt
 * @path: it has "key=value" lines, see Documentation/network-providers.md
 * @secret: receives what it has; wipe it
 *
 * Return: true, also if there is no such file; false: logged, without any of
 * its content
 */
bool secret_take(const char *path, struct secret *secret);
void secret_wipe(struct secret *secret);

#endif
