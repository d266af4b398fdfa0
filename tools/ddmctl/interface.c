// SPDX-License-Identifier: GPL-2.0-only
/* Interfaces: showing, making, changing and dialling them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "output.h"

enum {
	ID,
	NAME,
	STATE,
	DEVICE,
	KIND,
	METHOD,
	TYPE,
	CHANGED,
	ENABLED,
	DYNAMIC,
	IFINDEX,
	CONNECTION,
	CONNECTS,
	FAILURES,
	SEQUENCE,
	SETTINGS,
	LAST_ERROR,
	ERROR_TEXT,
	UNREACHABILITY,
	WHY,
};

static const struct column columns[] = {
	[ID] = { "id", COLUMN_NUMBER, 0 },
	[NAME] = { "name", 0, 0 },
	[STATE] = { "state", 0, 0 },
	[DEVICE] = { "device", 0, 0 },
	[KIND] = { "kind", 0, 0 },
	[METHOD] = { "method", 0, 0 },
	[TYPE] = { "type", COLUMN_DETAIL, 0 },
	[CHANGED] = { "changed", COLUMN_DETAIL, 0 },
	[ENABLED] = { "enabled", COLUMN_FLAG | COLUMN_DETAIL, 0 },
	[DYNAMIC] = { "dynamic", COLUMN_FLAG | COLUMN_DETAIL, 0 },
	[IFINDEX] = { "ifindex", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
	[CONNECTION] = { "connection", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
	[CONNECTS] = { "connects", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
	[FAILURES] = { "failures", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
	[SEQUENCE] = { "sequence", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
	[SETTINGS] = { "settings", COLUMN_DETAIL, 0 },
	[LAST_ERROR] = { "last_error", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
	[ERROR_TEXT] = { "error_text", COLUMN_DETAIL, 0 },
	[UNREACHABILITY] = { "unreachability", COLUMN_DETAIL, 0 },
	[WHY] = { "why", COLUMN_TEXT_ONLY, 0 },
};

/* "no-device,admin-disabled" */
static void list_unreachability(char *text, size_t size, uint32_t bits)
{
	const char *name;
	unsigned int bit;
	size_t used = 0;

	text[0] = '\0';
	for (bit = 0; bit < 32; bit++) {
		if (!(bits & UINT32_C(1) << bit))
			continue;
		name = ddm_unreachability_name(bit);
		used += (size_t)snprintf(text + used, size - used, "%s%s",
					 used ? "," : "",
					 name ? name : "unknown");
		if (used >= size)
			return;
	}
}

static void show_state(struct output *output,
		       const struct ddm_interface *interface)
{
	char bits[160], why[512];

	output_state(output, STATE, ddm_state_name(interface->state));
	list_unreachability(bits, sizeof(bits), interface->unreachability);
	output_text(output, UNREACHABILITY, bits);
	output_text(output, WHY, bits);
	if (!interface->last_error)
		return;
	output_number(output, LAST_ERROR, interface->last_error);
	output_text(output, ERROR_TEXT, error_text(interface->last_error));
	snprintf(why, sizeof(why), "%s%s%u: %s", bits, *bits ? ", " : "",
		 interface->last_error, error_text(interface->last_error));
	output_text(output, WHY, why);
}

static void show_interface(struct output *output,
			   const struct ddm_interface *interface)
{
	output_line(output);
	output_number(output, ID, interface->id);
	output_text(output, NAME, interface->name);
	show_state(output, interface);
	output_text(output, DEVICE, interface->device);
	output_text(output, KIND, interface->kind);
	output_text(output, METHOD, ddm_method_name(interface->method));
	output_text(output, TYPE, ddm_interface_type_name(interface->type));
	output_time(output, CHANGED, interface->changed);
	output_flag(output, ENABLED, interface->enabled);
	output_flag(output, DYNAMIC, interface->dynamic);
	if (interface->ifindex)
		output_number(output, IFINDEX, interface->ifindex);
	if (interface->connection)
		output_number(output, CONNECTION, interface->connection);
	output_number(output, CONNECTS, interface->connects);
	output_number(output, FAILURES, interface->failures);
	output_number(output, SEQUENCE, interface->sequence);
	output_text(output, SETTINGS, interface->settings);
}

static int show_next(const struct ddm_interface *interface, void *data)
{
	show_interface(data, interface);
	return 0;
}

static int show_all(struct control *control, struct output *output)
{
	int err = ddm_interface_list(control->ddm, 1, show_next, output, NULL);

	return err ? refused(control, err, "interfaces") : STATUS_OK;
}

static int show_one(struct control *control, struct output *output,
		    struct interface_name *name)
{
	const struct ddm_interface *interface;
	int status = find_interface(control, name, &interface);

	if (!status)
		show_interface(output, interface);
	return status;
}

static int show(struct control *control)
{
	bool one = control->words_left;
	bool list = one && control->options & OPTION_DETAILS;
	struct interface_name name;
	struct output *output;
	int status = STATUS_OK;

	if (one)
		status = read_interface(control, &name);
	if (!status)
		status = no_more_words(control);
	if (!status)
		status = output_open(control, &output, "interfaces", columns,
				     ARRAY_SIZE(columns),
				     list ? OUTPUT_LIST : OUTPUT_TABLE);
	if (status)
		return status;
	status = open_manager(control);
	if (!status)
		status = one ? show_one(control, output, &name) :
			       show_all(control, output);
	return output_close(output, status);
}

/* "enable" and "disable" share a bit, for they contradict each other. */
static const struct keyword keywords[] = {
	{ "name", DDM_INTERFACE_NAME_SET },
	{ "type", DDM_INTERFACE_TYPE_SET },
	{ "device", DDM_INTERFACE_DEVICE_SET },
	{ "method", DDM_INTERFACE_METHOD_SET },
	{ "settings", DDM_INTERFACE_SETTINGS_SET },
	{ "enable", DDM_INTERFACE_ENABLED_SET },
	{ "disable", DDM_INTERFACE_ENABLED_SET },
	{ NULL, 0 },
};

static int read_value(struct control *control, const struct keyword *keyword,
		      struct ddm_interface_request *request)
{
	const char *word;
	int status;

	if (keyword->bit == DDM_INTERFACE_ENABLED_SET) {
		request->enabled = !strcmp(keyword->name, "enable");
		return STATUS_OK;
	}
	status = need_word(control, keyword->name, &word);
	if (status)
		return status;
	switch (keyword->bit) {
	case DDM_INTERFACE_NAME_SET:
		request->name = word;
		break;
	case DDM_INTERFACE_TYPE_SET:
		status = read_name(control, "type", word,
				   ddm_interface_type_name, 0, &request->type);
		break;
	case DDM_INTERFACE_DEVICE_SET:
		request->device = word;
		break;
	case DDM_INTERFACE_METHOD_SET:
		status = read_name(control, "method", word, ddm_method_name, 0,
				   &request->method);
		break;
	case DDM_INTERFACE_SETTINGS_SET:
		request->settings = word;
		break;
	}
	return status;
}

static int read_request(struct control *control,
			struct ddm_interface_request *request)
{
	const struct keyword *keyword;
	int status;

	for (;;) {
		status = read_keyword(control, keywords, &request->set,
				      &keyword);
		if (status || !keyword)
			return status;
		status = read_value(control, keyword, request);
		if (status)
			return status;
	}
}

static int add(struct control *control)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET,
	};
	int err, status = need_word(control, "the name of the interface",
				    &request.name);

	if (!status)
		status = read_request(control, &request);
	if (!status)
		status = open_manager(control);
	if (status)
		return status;
	err = ddm_interface_new(control->ddm, &request, NULL);
	if (err)
		return refused(control, err, "interface \"%s\" cannot be made",
			       request.name);
	return STATUS_OK;
}

/* Read NAME, and find it. With @request, also what is to be set. */
static int begin(struct control *control, struct interface_name *name,
		 struct ddm_interface_request *request)
{
	const struct ddm_interface *interface;
	int status = read_interface(control, name);

	if (!status)
		status = request ? read_request(control, request) :
				   no_more_words(control);
	if (!status && request && !request->set)
		status = usage_error(control, "what is to be set is missing");
	if (!status)
		status = open_manager(control);
	return status ? status : find_interface(control, name, &interface);
}

static int set(struct control *control)
{
	struct ddm_interface_request request = { .size = sizeof(request) };
	struct interface_name name;
	int err, status = begin(control, &name, &request);

	if (status)
		return status;
	err = ddm_interface_set(control->ddm, name.id, &request);
	if (err)
		return refused(control, err, "%s cannot be changed",
			       interface_text(&name));
	return STATUS_OK;
}

static int del(struct control *control)
{
	struct interface_name name;
	int err, status = begin(control, &name, NULL);

	if (status)
		return status;
	err = ddm_interface_del(control->ddm, name.id);
	if (err)
		return refused(control, err, "%s cannot be deleted",
			       interface_text(&name));
	return STATUS_OK;
}

static int tell_failure(struct interface_name *name, uint32_t error)
{
	fprintf(stderr, "ddmctl: %s did not connect: %u: %s\n",
		interface_text(name), error, error_text(error));
	return STATUS_REFUSED;
}

/* Begin, and tell what can be told at once. */
static int connect_only(struct control *control, struct interface_name *name)
{
	const struct ddm_connect_request request = {
		.size = sizeof(request),
		.timeout = control->timeout,
		.event_fd = -1,
	};
	const struct ddm_interface *interface;
	int err = ddm_interface_connect(control->ddm, name->id, &request,
					&interface);

	if (err)
		return refused(control, err, "%s cannot be connected",
			       interface_text(name));
	if (interface->last_error)
		return tell_failure(name, interface->last_error);
	printf("%s %s\n", interface->name, ddm_state_name(interface->state));
	return STATUS_OK;
}

static int connect_and_wait(struct control *control,
			    struct interface_name *name)
{
	uint32_t error;
	int err = ddm_interface_connect_wait(control->ddm, name->id,
					     control->timeout, &error);

	if (err == -ECONNREFUSED)
		return tell_failure(name, error);
	if (err)
		return refused(control, err, "%s cannot be connected",
			       interface_text(name));
	printf("%s connected\n", interface_text(name));
	return STATUS_OK;
}

static int connect(struct control *control)
{
	struct interface_name name;
	int status = begin(control, &name, NULL);

	if (status)
		return status;
	if (control->options & OPTION_NO_WAIT)
		return connect_only(control, &name);
	return connect_and_wait(control, &name);
}

static int disconnect(struct control *control)
{
	struct interface_name name;
	int err, status = begin(control, &name, NULL);

	if (status)
		return status;
	err = ddm_interface_disconnect(control->ddm, name.id);
	if (err)
		return refused(control, err, "%s cannot be disconnected",
			       interface_text(&name));
	return STATUS_OK;
}

#define PROPERTIES                                                    \
	"[type TYPE] [device DEVICE] [method auto|none|link|agent]\n" \
	"      [settings TEXT] [enable|disable]"

const struct command interface_commands[] = {
	{ "show", "list", "[NAME | id ID]", "one interface, or all of them",
	  OPTIONS_SHOW, show },
	{ "add", "create", "NAME " PROPERTIES,
	  "create an interface, or make a dynamic one lasting", 0, add },
	{ "set", "change", "{NAME | id ID} [name NAME] " PROPERTIES,
	  "change an interface", 0, set },
	{ "del", "delete", "{NAME | id ID}", "delete an interface", 0, del },
	{ "connect", "up", "{NAME | id ID}",
	  "connect an interface, and wait for the outcome",
	  OPTION_TIMEOUT | OPTION_NO_WAIT, connect },
	{ "disconnect", "down", "{NAME | id ID}",
	  "hang up, or give up an attempt", 0, disconnect },
	{ 0 },
};
