// SPDX-License-Identifier: GPL-2.0-only
/* The manager itself. */
#include <inttypes.h>
#include <stdio.h>

#include "output.h"

enum {
	STATE,
	SEQUENCE,
	OLDEST,
	INTERFACES,
	CONNECTIONS,
	LINKS,
	LISTENERS,
	DIALER,
	DROPPED,
	UPTIME,
	JOURNAL_SIZE,
	MAX_INTERFACES,
	MAX_LISTENERS,
	MAX_SOCKET_LISTENERS,
	EPOCH,
};

static const struct column columns[] = {
	[STATE] = { "state", 0, 0 },
	[SEQUENCE] = { "sequence", COLUMN_NUMBER, 0 },
	[OLDEST] = { "oldest", COLUMN_NUMBER, 0 },
	[INTERFACES] = { "interfaces", COLUMN_NUMBER, 0 },
	[CONNECTIONS] = { "connections", COLUMN_NUMBER, 0 },
	[LINKS] = { "links", COLUMN_NUMBER, 0 },
	[LISTENERS] = { "listeners", COLUMN_NUMBER, 0 },
	[DIALER] = { "dialer", COLUMN_NUMBER, 0 },
	[DROPPED] = { "dropped", COLUMN_NUMBER, 0 },
	[UPTIME] = { "uptime", COLUMN_NUMBER, 0 },
	[JOURNAL_SIZE] = { "journal_size", COLUMN_NUMBER, 0 },
	[MAX_INTERFACES] = { "max_interfaces", COLUMN_NUMBER, 0 },
	[MAX_LISTENERS] = { "max_listeners", COLUMN_NUMBER, 0 },
	[MAX_SOCKET_LISTENERS] = { "max_socket_listeners", COLUMN_NUMBER, 0 },
	/* A random number that JSON readers would round: text. */
	[EPOCH] = { "epoch", 0, 0 },
};

static void show_service(struct output *output,
			 const struct ddm_service *service)
{
	const struct {
		unsigned int column;
		uint64_t number;
	} numbers[] = {
		{ SEQUENCE, service->sequence },
		{ OLDEST, service->oldest },
		{ INTERFACES, service->interfaces },
		{ CONNECTIONS, service->connections },
		{ LINKS, service->links },
		{ LISTENERS, service->listeners },
		{ JOURNAL_SIZE, service->journal_size },
		{ MAX_INTERFACES, service->max_interfaces },
		{ MAX_LISTENERS, service->max_listeners },
		{ MAX_SOCKET_LISTENERS, service->max_socket_listeners },
	};
	char epoch[24];
	size_t i;

	output_line(output);
	output_state(output, STATE, ddm_service_state_name(service->state));
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		output_number(output, numbers[i].column, numbers[i].number);
	if (service->dialer)
		output_number(output, DIALER, service->dialer);
	output_number(output, DROPPED, service->dropped);
	output_duration(output, UPTIME, service->uptime);
	snprintf(epoch, sizeof(epoch), "%" PRIu64, service->epoch);
	output_text(output, EPOCH, epoch);
}

static int show(struct control *control)
{
	const struct ddm_service *service;
	struct output *output;
	int status = no_more_words(control);
	int err;

	if (!status)
		status = output_open(control, &output, "service", columns,
				     ARRAY_SIZE(columns), OUTPUT_LIST);
	if (status)
		return status;
	status = open_manager(control);
	if (!status) {
		err = ddm_service_get(control->ddm, &service);
		if (err)
			status = refused(control, err, "the manager");
		else
			show_service(output, service);
	}
	return output_close(output, status);
}

static int change(struct control *control,
		  const struct ddm_service_request *request)
{
	int status = open_manager(control);
	int err;

	if (status)
		return status;
	err = ddm_service_set(control->ddm, request);
	return err ? refused(control, err, "the manager") : STATUS_OK;
}

static int change_state(struct control *control, uint32_t state)
{
	const struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_STATE_SET,
		.state = state,
	};
	int status = no_more_words(control);

	return status ? status : change(control, &request);
}

static int start(struct control *control)
{
	return change_state(control, DDM_SERVICE_STATE_RUNNING);
}

static int stop(struct control *control)
{
	return change_state(control, DDM_SERVICE_STATE_STOPPED);
}

static int pause_dialling(struct control *control)
{
	return change_state(control, DDM_SERVICE_STATE_PAUSED);
}

static int set(struct control *control)
{
	static const struct keyword keywords[] = {
		{ "max-interfaces", DDM_SERVICE_MAX_INTERFACES_SET },
		{ "max-listeners", DDM_SERVICE_MAX_LISTENERS_SET },
		{ "max-socket-listeners",
		  DDM_SERVICE_MAX_SOCKET_LISTENERS_SET },
		{ NULL, 0 },
	};
	struct ddm_service_request request = { .size = sizeof(request) };
	const struct keyword *keyword;
	const char *word;
	uint64_t number;
	int status;

	for (;;) {
		status =
			read_keyword(control, keywords, &request.set, &keyword);
		if (status || !keyword)
			break;
		status = need_word(control, keyword->name, &word);
		if (!status)
			status = read_number(control, keyword->name, word,
					     UINT32_MAX, &number);
		if (status)
			break;
		if (keyword->bit == DDM_SERVICE_MAX_INTERFACES_SET)
			request.max_interfaces = (uint32_t)number;
		else if (keyword->bit == DDM_SERVICE_MAX_LISTENERS_SET)
			request.max_listeners = (uint32_t)number;
		else
			request.max_socket_listeners = (uint32_t)number;
	}
	if (!status && !request.set)
		status = usage_error(control, "what is to be set is missing");
	return status ? status : change(control, &request);
}

const struct command service_commands[] = {
	{ "show", "list", "", "state, limits and numbers", OPTIONS_SHOW, show },
	{ "start", NULL, "", "start a stopped service", 0, start },
	{ "stop", NULL, "", "refuse everything, devices are still followed", 0,
	  stop },
	{ "pause", NULL, "", "dial no more", 0, pause_dialling },
	{ "resume", "continue", "", "dial again", 0, start },
	{ "set", NULL,
	  "[max-interfaces N] [max-listeners N] [max-socket-listeners N]",
	  "change the limits of the network namespace", 0, set },
	{ 0 },
};
