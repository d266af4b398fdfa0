// SPDX-License-Identifier: GPL-2.0-only
/*
 * From what pppd's plugin says to what administration DLLs are asked and told;
 * host/ does the rest.
 */
#include <stdlib.h>
#include <string.h>

#include "admin.h"
#include "call.h"
#include "config.h"
#include "host/client.h"
#include "kernel.h"
#include "log.h"
#include "loop.h"
#include "plugin.h"

static struct hosts *hosts;
static struct loop_watch *watch;

static void log_host(enum host_priority priority, const char *text)
{
	if (priority == HOST_ERROR)
		log_error("%s", text);
	else if (priority == HOST_WARNING)
		log_warning("%s", text);
	else
		log_info("%s", text);
}

static void ready(void *data)
{
	(void)data;
	hosts_process(hosts);
}

static bool make_hosts(void)
{
	hosts = hosts_new(config.host, log_host);
	if (hosts)
		watch = loop_watch_add(hosts_fd(hosts), ready, NULL);
	return watch;
}

void admin_configure(void)
{
	struct host_list lists[CONFIG_LISTS_MAX];
	unsigned int i, count = 0;

	if (!hosts && !config.list_count)
		return;
	if (!hosts && !make_hosts()) {
		log_error("administration DLLs: out of memory");
		return;
	}
	for (i = 0; i < config.list_count; i++) {
		const struct config_list *list = &config.lists[i];

		if (list->dlls.count)
			lists[count++] = (struct host_list){
				.name = list->name,
				.dlls = (const char *const *)list->dlls.word,
				.limit = list->limit,
				.memory = list->memory,
				.let_in = list->let_in,
			};
	}
	if (hosts_set(hosts, lists, count))
		log_error("administration DLLs: out of memory");
}

void admin_end(void)
{
	loop_watch_remove(&watch);
	hosts_free(hosts);
	hosts = NULL;
}

static bool concerns(const struct ddm_plugin_link *link)
{
	return hosts && (link->is & DDM_PLUGIN_IS_INCOMING) &&
	       hosts_wanted(hosts);
}

uint32_t admin_flags(const struct ddm_plugin_link *link)
{
	uint32_t flags = DDM_PLUGIN_ASK_LINK | DDM_PLUGIN_ASK_CONNECTION;

	if (!concerns(link))
		return 0;
	if (hosts_wants_address(hosts))
		flags |= DDM_PLUGIN_ASK_ADDRESS;
	if (hosts_wants_reauthentication(hosts))
		flags |= DDM_PLUGIN_ASK_REAUTHENTICATION;
	if (hosts_lets_in(hosts))
		flags |= DDM_PLUGIN_LET_IN;
	return flags;
}

/*
 * A question takes two callouts, and waits for those before it. DLLs have limits
 * of their own, so this one is only for a ddmd that does not answer any more.
 */
uint32_t admin_limit(void)
{
	return hosts ? 2 * hosts_limit(hosts) + DDM_PLUGIN_WAIT_VERDICT : 0;
}

/* ---------------------------------------------------------------- facts -- */

#define COPY(to, from) \
	memcpy(to, from, sizeof(to) < sizeof(from) ? sizeof(to) : sizeof(from))

static void put_link(struct host_facts *facts,
		     const struct ddm_plugin_link *link)
{
	facts->is = HOST_IS_PPP;
	if (link->is & DDM_PLUGIN_IS_MULTILINK)
		facts->is |= HOST_IS_MULTILINK;
	facts->protocols = link->protocols;
	facts->auth = link->auth;
	facts->auth_own = link->auth_own;
	facts->digest = link->digest;
	facts->speed = link->speed;
	facts->local4 = link->local4;
	facts->remote4 = link->remote4;
	COPY(facts->local6, link->local6);
	COPY(facts->remote6, link->remote6);
	COPY(facts->device, link->device);
	COPY(facts->user, link->user);
	COPY(facts->peer, link->peer);
	COPY(facts->port_name, link->port);
	COPY(facts->media, link->media);
	COPY(facts->number, link->number);
	COPY(facts->bundle, link->bundle);
	facts->link.rx_bytes = link->rx_bytes;
	facts->link.tx_bytes = link->tx_bytes;
	facts->link.rx_packets = link->rx_packets;
	facts->link.tx_packets = link->tx_packets;
	facts->link.seconds = link->seconds;
}

static void put_totals(struct host_traffic *traffic,
		       const struct call_totals *totals)
{
	traffic->rx_bytes = totals->rx_bytes;
	traffic->tx_bytes = totals->tx_bytes;
	traffic->rx_packets = totals->rx_packets;
	traffic->tx_packets = totals->tx_packets;
	traffic->seconds = (uint32_t)(totals->milliseconds / 1000);
}

static void put_connection(struct host_facts *facts,
			   const struct ddm_connection *connection)
{
	struct host_traffic *total = &facts->total;

	total->rx_bytes = connection->rx_bytes;
	total->tx_bytes = connection->tx_bytes;
	total->rx_packets = connection->rx_packets;
	total->tx_packets = connection->tx_packets;
	/* as libmprapi names them */
	total->crc_errors = (uint32_t)connection->rx_crc_errors;
	total->alignment_errors = (uint32_t)connection->rx_frame_errors;
	total->overrun_errors = (uint32_t)connection->rx_fifo_errors;
	total->buffer_errors = (uint32_t)connection->rx_over_errors;
	total->seconds = (uint32_t)(connection->duration / 1000);
}

/* Return: the connection that it has now, 0 for none */
static uint64_t put_interface(struct host_facts *facts, const struct call *call)
{
	const struct ddm_interface *interface;
	const struct ddm_link *link;

	if (!kernel() || !call->link_id ||
	    ddm_link_get(kernel(), call->link_id, &link) || !link->interface ||
	    ddm_interface_get(kernel(), link->interface, &interface))
		return 0;
	facts->interface = interface->id;
	facts->interface_type = interface->type;
	facts->calls = interface->connects;
	strncpy(facts->interface_name, interface->name,
		sizeof(facts->interface_name) - 1);
	return interface->connection;
}

/* Counters of a device that went by itself are in the event that told of it. */
static void put_traffic(struct host_facts *facts, const struct call *call)
{
	const struct ddm_connection *connection;
	uint64_t id;

	id = call->totals.known ? 0 : put_interface(facts, call);
	if (id && !ddm_connection_get(kernel(), id, &connection)) {
		put_connection(facts, connection);
		return;
	}
	kernel_catch_up();
	if (call->totals.known)
		put_totals(&facts->total, &call->totals);
	else
		facts->total = facts->link;
}

/* ------------------------------------------------------------ questions -- */

static void answered(bool accepted, uint32_t remote4, void *data)
{
	struct call *call = data;
	struct ddm_plugin_answer answer = call->asked;

	call->asked.type = 0;
	if (!call->plugin || !answer.type || !answer.serial)
		return;
	answer.value = accepted ? DDM_PLUGIN_ACCEPT : DDM_PLUGIN_REFUSE;
	answer.remote4 = remote4;
	plugin_answer(call->plugin, &answer);
}

static int ask(struct call *call, const struct ddm_plugin_message *message,
	       const struct host_facts *facts)
{
	if (message->type == DDM_PLUGIN_ADDRESS)
		return host_leg_address(hosts, &call->leg, facts, answered,
					call);
	if ((message->flags & DDM_PLUGIN_ASK_REAUTHENTICATION) && call->leg)
		return host_leg_reauthenticate(hosts, call->leg, facts,
					       answered, call);
	return host_leg_ask(hosts, &call->leg, facts, answered, call);
}

bool admin_ask(struct call *call, const struct ddm_plugin_message *message,
	       struct ddm_plugin_answer *answer)
{
	struct host_facts *facts;

	answer->value = DDM_PLUGIN_ACCEPT;
	if (!concerns(&call->link))
		return true;
	facts = calloc(1, sizeof(*facts));
	if (!facts) {
		answer->value = hosts_lets_in(hosts);
		return true;
	}
	put_link(facts, &call->link);
	if (message->flags & DDM_PLUGIN_ASK_REAUTHENTICATION)
		put_traffic(facts, call);
	else
		put_interface(facts, call);
	call->asked = *answer;
	if (ask(call, message, facts)) {
		call->asked.type = 0;
		answer->value = hosts_lets_in(hosts);
		free(facts);
		return true;
	}
	free(facts);
	return false;
}

bool admin_will_refuse(const struct call *call)
{
	return hosts && call->asked.type && !call->up && !hosts_lets_in(hosts);
}

void admin_link_up(struct call *call)
{
	struct host_facts *facts;

	if (!concerns(&call->link))
		return;
	facts = calloc(1, sizeof(*facts));
	if (!facts)
		return;
	put_link(facts, &call->link);
	/* if the device goes before its end is told, nobody could tell any more */
	put_interface(facts, call);
	/* one that was asked about has a leg; others are of an earlier ddmd */
	if (call->leg)
		host_leg_learn(call->leg, facts);
	else
		host_leg_adopt(hosts, &call->leg, facts);
	free(facts);
}

void admin_link_down(struct call *call)
{
	struct host_facts *facts;

	if (!call->leg)
		return;
	facts = calloc(1, sizeof(*facts));
	if (facts) {
		put_link(facts, &call->link);
		put_traffic(facts, call);
	}
	call->asked.type = 0;
	host_leg_end(hosts, &call->leg, facts);
	free(facts);
}

void admin_forget(struct call *call)
{
	call->asked.type = 0;
	if (call->leg)
		host_leg_end(hosts, &call->leg, NULL);
}
