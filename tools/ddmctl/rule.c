// SPDX-License-Identifier: GPL-2.0-only
/* Rules: which devices are tracked by themselves. */
#include <net/if_arp.h>
#include <stdio.h>
#include <string.h>

#include "output.h"

/* Newer than the headers of some systems that this is built on. */
#define TYPE_RAWIP 519

enum {
	PREFERENCE,
	ACTION,
	TYPE,
	KIND,
	DEVICE,
	TYPE_NUMBER,
};

static const struct column columns[] = {
	[PREFERENCE] = { "preference", COLUMN_NUMBER, 0 },
	[ACTION] = { "action", 0, 0 },
	[TYPE] = { "type", 0, 0 },
	[KIND] = { "kind", 0, 0 },
	[DEVICE] = { "device", 0, 0 },
	[TYPE_NUMBER] = { "type_number", COLUMN_NUMBER | COLUMN_DETAIL, 0 },
};

static const struct {
	const char *name;
	int32_t type;
} types[] = {
	{ "ethernet", ARPHRD_ETHER }, { "ppp", ARPHRD_PPP },
	{ "hdlc", ARPHRD_HDLC },      { "rawip", TYPE_RAWIP },
	{ "ipip", ARPHRD_TUNNEL },    { "ip6tnl", ARPHRD_TUNNEL6 },
	{ "sit", ARPHRD_SIT },	      { "gre", ARPHRD_IPGRE },
	{ "none", ARPHRD_NONE },
};

static void show_type(struct output *output, int32_t type)
{
	size_t i;

	if (type < 0)
		return;
	output_number(output, TYPE_NUMBER, (uint64_t)type);
	output_number(output, TYPE, (uint64_t)type);
	for (i = 0; i < ARRAY_SIZE(types); i++)
		if (types[i].type == type)
			output_text(output, TYPE, types[i].name);
}

static int show_rule(const struct ddm_rule *rule, void *data)
{
	struct output *output = data;

	output_line(output);
	output_number(output, PREFERENCE, rule->preference);
	output_text(output, ACTION, ddm_rule_action_name(rule->action));
	show_type(output, rule->type);
	output_text(output, KIND, rule->kind);
	output_text(output, DEVICE, rule->device);
	return 0;
}

static int show(struct control *control)
{
	struct output *output;
	int err, status = no_more_words(control);

	if (!status)
		status = output_open(control, &output, "rules", columns,
				     ARRAY_SIZE(columns), OUTPUT_TABLE);
	if (status)
		return status;
	status = open_manager(control);
	if (!status) {
		err = ddm_rule_list(control->ddm, show_rule, output);
		if (err)
			status = refused(control, err, "rules");
	}
	return output_close(output, status);
}

enum {
	HAS_PREFERENCE = 0x1,
	HAS_TYPE = 0x2,
	HAS_KIND = 0x4,
	HAS_DEVICE = 0x8,
};

static int read_preference(struct control *control, const char *word,
			   uint32_t *preference)
{
	uint64_t number;
	int status = read_number(control, "preference", word,
				 DDM_RULE_PREFERENCE_MAX, &number);

	if (!status && !number)
		return usage_error(control, "preference 0 is not possible");
	*preference = (uint32_t)number;
	return status;
}

static int read_type(struct control *control, const char *word, int32_t *type)
{
	uint64_t number;
	size_t i;
	int status;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if (!strcmp(types[i].name, word)) {
			*type = types[i].type;
			return STATUS_OK;
		}
	status = read_number(control, "device type", word, UINT16_MAX, &number);
	*type = (int32_t)number;
	return status;
}

static int read_value(struct control *control, uint32_t bit, const char *word,
		      struct ddm_rule *rule)
{
	switch (bit) {
	case HAS_PREFERENCE:
		return read_preference(control, word, &rule->preference);
	case HAS_TYPE:
		return read_type(control, word, &rule->type);
	case HAS_KIND:
		rule->kind = word;
		break;
	case HAS_DEVICE:
		rule->device = word;
		break;
	}
	return STATUS_OK;
}

static int read_rule(struct control *control, struct ddm_rule *rule)
{
	static const struct keyword keywords[] = {
		{ "preference", HAS_PREFERENCE },
		{ "type", HAS_TYPE },
		{ "kind", HAS_KIND },
		{ "device", HAS_DEVICE },
		{ NULL, 0 },
	};
	const struct keyword *keyword;
	const char *word;
	uint32_t seen = 0;
	int status = need_word(control, "track or ignore", &word);

	if (!status)
		status = read_name(control, "action", word,
				   ddm_rule_action_name, 0, &rule->action);
	while (!status) {
		status = read_keyword(control, keywords, &seen, &keyword);
		if (status || !keyword)
			break;
		status = need_word(control, keyword->name, &word);
		if (!status)
			status = read_value(control, keyword->bit, word, rule);
	}
	return status;
}

static int add(struct control *control)
{
	struct ddm_rule rule = { .size = sizeof(rule), .type = -1 };
	int err, status = read_rule(control, &rule);

	if (!status)
		status = open_manager(control);
	if (status)
		return status;
	err = ddm_rule_new(control->ddm, &rule, NULL);
	return err ? refused(control, err, "the rule cannot be made") :
		     STATUS_OK;
}

static int del(struct control *control)
{
	uint32_t preference = 0;
	const char *word;
	int err, status = need_word(control, "the preference of the rule",
				    &word);

	/* As ip rule: "del preference N" and "del N". */
	if (!status && !strcmp(word, "preference"))
		status = need_word(control, "preference", &word);
	if (!status)
		status = read_preference(control, word, &preference);
	if (!status)
		status = no_more_words(control);
	if (!status)
		status = open_manager(control);
	if (status)
		return status;
	err = ddm_rule_del(control->ddm, preference);
	return err ? refused(control, err, "rule %u", preference) : STATUS_OK;
}

const struct command rule_commands[] = {
	{ "show", "list", "", "all rules, in the order in which they are tried",
	  OPTIONS_SHOW, show },
	{ "add", "create",
	  "{track | ignore} [preference N] [type TYPE] [kind KIND]\n"
	  "      [device NAME | device BEGINNING*]",
	  "add a rule; without a preference, before all others", 0, add },
	{ "del", "delete", "[preference] N", "delete a rule", 0, del },
	{ 0 },
};
