/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Credentials: files of root's that nobody else may read, with lines
 *
 *	user = NAME
 *	password = SECRET
 *
 * They are read when they are needed, and wiped after that.
 */
#ifndef DDMD_SECRET_H
#define DDMD_SECRET_H

#include <stdbool.h>

/* As much as pppd takes of each */
#define SECRET_MAX 255

struct secret {
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
void secret_wipe(struct secret *secret);

#endif
