// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interfaces, connections and links joined, see snapshot.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "snapshot.h"

/* Room for one element more. */
static int grow(void **list, size_t size, size_t count, size_t *room)
{
	size_t more = 2 * *room + 8;
	void *longer;

	if (count < *room)
		return 0;
	longer = realloc(*list, more * size);
	if (!longer)
		return -ENOMEM;
	*list = longer;
	*room = more;
	return 0;
}

static int add_interface(const struct ddm_interface *from, void *data)
{
	struct mpr_snapshot *snapshot = data;
	void *list = snapshot->interfaces;
	struct mpr_about *about;

	if (grow(&list, sizeof(*about), snapshot->interface_count,
		 &snapshot->interface_room))
		return -ENOMEM;
	snapshot->interfaces = list;
	about = &snapshot->interfaces[snapshot->interface_count++];
	*about = (struct mpr_about){ .interface = *from };
	about->interface.name = strdup(from->name);
	about->interface.device = strdup(from->device);
	about->interface.kind = strdup(from->kind);
	about->interface.settings = "";
	if (!about->interface.name || !about->interface.device ||
	    !about->interface.kind)
		return -ENOMEM;
	return 0;
}

static int add_link(const struct ddm_link *from, void *data)
{
	struct mpr_snapshot *snapshot = data;
	void *list = snapshot->links;
	struct ddm_link *link;

	if (grow(&list, sizeof(struct mpr_link), snapshot->link_count,
		 &snapshot->link_room))
		return -ENOMEM;
	snapshot->links = list;
	link = &snapshot->links[snapshot->link_count++].link;
	*link = *from;
	link->port = strdup(from->port);
	link->user = strdup(from->user);
	link->peer = strdup(from->peer);
	link->media = strdup(from->media);
	if (!link->port || !link->user || !link->peer || !link->media)
		return -ENOMEM;
	return 0;
}

static int compare_ids(const void *key, const void *element)
{
	uint32_t id = *(const uint32_t *)key;
	const struct mpr_about *about = element;

	return (id > about->interface.id) - (id < about->interface.id);
}

static struct mpr_about *find(const struct mpr_snapshot *snapshot, uint32_t id)
{
	if (!snapshot->interface_count)
		return NULL;
	return bsearch(&id, snapshot->interfaces, snapshot->interface_count,
		       sizeof(*snapshot->interfaces), compare_ids);
}

static int add_connection(const struct ddm_connection *from, void *data)
{
	struct mpr_about *about = find(data, from->interface);

	if (!about)
		return 0;
	about->connection = *from;
	about->connection.name = about->interface.name;
	about->connection.device = about->interface.device;
	about->connection.kind = about->interface.kind;
	return 0;
}

/* Backwards, so that each interface has its links by rising id. */
static void join_links(struct mpr_snapshot *snapshot)
{
	struct mpr_about *about;
	struct mpr_link *link;
	size_t i;

	for (i = snapshot->link_count; i; i--) {
		link = &snapshot->links[i - 1];
		about = find(snapshot, link->link.interface);
		link->next = about ? about->links : NULL;
		if (about)
			about->links = link;
	}
}

/* An interface of which only that is known that its connection tells. */
static int add_connected(const struct ddm_connection *from, void *data)
{
	const struct ddm_interface interface = {
		.id = from->interface,
		.name = from->name,
		.type = from->type,
		.ifindex = from->ifindex,
		.device = from->device,
		.kind = from->kind,
	};
	int result = add_interface(&interface, data);

	return result ? result : add_connection(from, data);
}

static bool has_links(const struct mpr_snapshot *snapshot)
{
	size_t i;

	for (i = 0; i < snapshot->interface_count; i++)
		if (snapshot->interfaces[i].connection.links)
			return true;
	return false;
}

int mpr_snapshot_read_connections(struct mpr_snapshot *snapshot,
				  struct ddm *ddm)
{
	int result;

	*snapshot = (struct mpr_snapshot){ 0 };
	result = ddm_connection_list(ddm, add_connected, snapshot);
	if (!result && has_links(snapshot))
		result = ddm_link_list(ddm, add_link, snapshot);
	join_links(snapshot);
	return result;
}

static int read_all(struct mpr_snapshot *snapshot, struct ddm *ddm)
{
	int result;

	result = ddm_interface_list(ddm, 1, add_interface, snapshot, NULL);
	if (!result)
		result = ddm_link_list(ddm, add_link, snapshot);
	if (!result)
		result = ddm_connection_list(ddm, add_connection, snapshot);
	return result;
}

/* It may have ended meanwhile. */
static int read_connection(struct mpr_snapshot *snapshot, struct ddm *ddm,
			   uint64_t id)
{
	const struct ddm_connection *connection;
	int result = ddm_connection_get(ddm, id, &connection);

	if (result)
		return result == -ENOTCONN ? 0 : result;
	return add_connection(connection, snapshot);
}

static int read_only(struct mpr_snapshot *snapshot, struct ddm *ddm)
{
	const struct ddm_interface *interface;
	uint64_t connection;
	int result;

	result = ddm_interface_get(ddm, snapshot->only, &interface);
	if (result)
		return result;
	connection = interface->connection;
	result = add_interface(interface, snapshot);
	if (!result && mpr_is_ppp(&snapshot->interfaces[0]))
		result = ddm_link_list_of(ddm, snapshot->only, add_link,
					  snapshot);
	if (!result && connection)
		result = read_connection(snapshot, ddm, connection);
	return result;
}

int mpr_snapshot_read(struct mpr_snapshot *snapshot, struct ddm *ddm,
		      uint32_t only)
{
	int result;

	*snapshot = (struct mpr_snapshot){ .only = only };
	result = only ? read_only(snapshot, ddm) : read_all(snapshot, ddm);
	join_links(snapshot);
	return result;
}

void mpr_snapshot_free(struct mpr_snapshot *snapshot)
{
	size_t i;

	for (i = 0; i < snapshot->interface_count; i++) {
		const struct ddm_interface *interface =
			&snapshot->interfaces[i].interface;

		free((char *)interface->name);
		free((char *)interface->device);
		free((char *)interface->kind);
	}
	for (i = 0; i < snapshot->link_count; i++) {
		const struct ddm_link *link = &snapshot->links[i].link;

		free((char *)link->port);
		free((char *)link->user);
		free((char *)link->peer);
		free((char *)link->media);
	}
	free(snapshot->interfaces);
	free(snapshot->links);
}

const struct mpr_about *mpr_snapshot_find(const struct mpr_snapshot *snapshot,
					  uint32_t interface)
{
	return find(snapshot, interface);
}

bool mpr_is_ppp(const struct mpr_about *about)
{
	return !strcmp(about->interface.kind, "ppp");
}

const struct mpr_link *mpr_first_up(const struct mpr_link *link)
{
	while (link && link->link.state != DDM_LINK_STATE_UP)
		link = link->next;
	return link;
}
