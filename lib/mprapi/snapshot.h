/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Interfaces, their connections and their links, read and joined: what is told
 * of a connection or a port is in all three.
 */
#ifndef MPR_SNAPSHOT_H
#define MPR_SNAPSHOT_H

#include <ddm.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * struct mpr_link - a link
 * @link: itself
 * @next: the next of its interface, by rising id
 */
struct mpr_link {
	struct ddm_link link;
	const struct mpr_link *next;
};

/**
 * struct mpr_about - an interface and what belongs to it
 * @interface: itself, without its settings
 * @connection: its connection; id 0 if it is not connected
 * @links: the first of its links, up or not, NULL if no link agent tells of any
 */
struct mpr_about {
	struct ddm_interface interface;
	struct ddm_connection connection;
	const struct mpr_link *links;
};

/**
 * struct mpr_snapshot - all of them
 * @interfaces: by rising id
 * @interface_count: how many
 * @interface_room: how many @interfaces has memory for
 * @links: by rising id
 * @link_count: how many
 * @link_room: how many @links has memory for
 * @only: id of the one interface that is wanted, 0 for all
 */
struct mpr_snapshot {
	struct mpr_about *interfaces;
	size_t interface_count;
	size_t interface_room;
	struct mpr_link *links;
	size_t link_count;
	size_t link_room;
	uint32_t only;
};

/**
 * mpr_snapshot_read - read it
 * @snapshot: filled in, also after an error; for mpr_snapshot_free()
 * @ddm: the connection to the manager
 * @only: id of an interface, or 0 for all
 *
 * Return: 0, -ESTALE if there is no interface @only, or an error of ddm.h
 */
int mpr_snapshot_read(struct mpr_snapshot *snapshot, struct ddm *ddm,
		      uint32_t only);

/**
 * mpr_snapshot_read_connections - read what belongs to connections
 * @snapshot: filled in, also after an error; for mpr_snapshot_free()
 * @ddm: the connection to the manager
 *
 * Costs what there is of connections, not of interfaces: only those are in
 * @snapshot that are connected, with their id, name, type, ifindex, device and
 * kind alone, and with those of their links that are up (and maybe others).
 *
 * Return: 0 or an error of ddm.h
 */
int mpr_snapshot_read_connections(struct mpr_snapshot *snapshot,
				  struct ddm *ddm);
void mpr_snapshot_free(struct mpr_snapshot *snapshot);

/* NULL if there is no such interface. */
const struct mpr_about *mpr_snapshot_find(const struct mpr_snapshot *snapshot,
					  uint32_t interface);

/* Is it a PPP device? Only those have links. */
bool mpr_is_ppp(const struct mpr_about *about);

/* The first of @link and those after it that is up, or NULL. */
const struct mpr_link *mpr_first_up(const struct mpr_link *link);

#endif
