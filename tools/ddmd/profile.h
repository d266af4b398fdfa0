/* SPDX-License-Identifier: GPL-2.0-only */
/* A profile: what the operator wants of one interface, from one file. */
#ifndef DDMD_PROFILE_H
#define DDMD_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a phone-book entry demands: MPPE, and with keys of 128 bits */
#define PROFILE_REQUIRES_ENCRYPTION 0x1
#define PROFILE_REQUIRES_STRONG 0x2

/* Of an attempt, where a profile says nothing */
#define PROFILE_TIMEOUT_MS 60000

enum profile_method {
	PROFILE_PPPD,
	PROFILE_SCRIPT,
	PROFILE_LINK, /* the module sets the device up itself */
	PROFILE_NONE, /* only followed */
};

/**
 * struct profile - one file, or what an interface without one amounts to
 * @file: its path, NULL if there is none
 * @name: of the interface
 * @type: enum ddm_interface_type
 * @enabled: may be dialled
 * @device: name of the network device, NULL to leave it to the module
 * @saved: ddmd wrote the file, and may write it again or remove it
 * @method: enum profile_method
 * @timeout: of an attempt, milliseconds
 * @redial: how often an attempt that failed is made again
 * @redial_pause: milliseconds before the first repetition, doubled each time
 * @redial_pause_max: milliseconds
 * @hours: when it may be dialled, see hours.h; NULL for always
 * @persistent: ddmd connects it, and again when it was lost
 * @credentials: where they are, see secret.h; NULL for none
 * @idle: seconds without traffic after which it is hung up, 0 for never
 * @peer: a file in /etc/ppp/peers, or NULL
 * @ethernet: Ethernet device for PPPoE, or NULL
 * @service: of PPPoE, or NULL for any
 * @concentrator: of PPPoE, or NULL for any
 * @tty: serial device, or NULL
 * @speed: of @tty, 0 to leave it as it is
 * @demand: pppd waits for a packet, then dials
 * @options: further words for pppd's command line, as in its files, or NULL
 * @connect_script: programs with their arguments, or NULL
 * @disconnect_script: likewise
 * @settings: the phone-book entry as libmprapi keeps it in the module
 * @encryption: PROFILE_REQUIRES_*, of the entry
 * @broken: the file says so little, or is so wrong, that nothing comes of it
 */
struct profile {
	char *file;
	char *name;
	uint32_t type;
	uint32_t enabled;
	char *device;
	uint32_t saved;
	uint32_t method;
	uint32_t timeout;
	uint32_t redial;
	uint32_t redial_pause;
	uint32_t redial_pause_max;
	char *hours;
	uint32_t persistent;
	char *credentials;
	uint32_t idle;
	char *peer;
	char *ethernet;
	char *service;
	char *concentrator;
	char *tty;
	uint32_t speed;
	uint32_t demand;
	char *options;
	char *connect_script;
	char *disconnect_script;
	char *settings;
	uint32_t encryption;
	bool broken;
};

/**
 * profile_new - a profile with every default
 *
 * Return: NULL if out of memory
 */
struct profile *profile_new(const char *name);

/**
 * profile_read - read a file
 * @wrong: receives the number of things that were wrong, each logged
 *
 * Of a file that cannot be read the name is all that is known: it is @broken.
 * Return: NULL if out of memory
 */
struct profile *profile_read(const char *path, int *wrong);

struct profile *profile_copy(const struct profile *profile);
bool profile_same(const struct profile *a, const struct profile *b);
void profile_free(struct profile *profile);

/**
 * profile_save - write a file, all of it or nothing
 * @folder: where
 *
 * If @profile->file is NULL, it is set to a name that no file had. Return: 0,
 * -EEXIST if somebody else has put a file of his own there, or another negative
 * errno.
 */
int profile_save(struct profile *profile, const char *folder);

/* Remove a file that was saved, if it still is one. Return: as profile_save() */
int profile_remove(const char *path);

/**
 * profile_apply_settings - fill in from a phone-book entry what is not set
 * @settings: as libmprapi writes it
 *
 * Return: 0 or -ENOMEM
 */
int profile_apply_settings(struct profile *profile, const char *settings);

#endif
