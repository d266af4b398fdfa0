// SPDX-License-Identifier: GPL-2.0-only
/*
 * ddmctl: the operator's tool of the Demand-Dial Manager. Options, objects and
 * commands are tables; the help is made from them.
 */
#include <getopt.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ddmctl.h"

static const struct object objects[] = {
	{ "interface", "demand-dial and WAN interfaces", interface_commands,
	  false },
	{ "connection", "connections that are up", connection_commands, false },
	{ "connections", "remembered connections of the user",
	  connections_commands, false },
	{ "link", "links (ports) of PPP devices", link_commands, false },
	{ "rule", "which devices are tracked by themselves", rule_commands,
	  false },
	{ "event", "what has happened (the journal)", event_commands, false },
	{ "monitor", "what happens, as it happens", monitor_commands, true },
	{ "service", "the manager itself", service_commands, false },
};

static int take_netns(struct control *control, const char *value)
{
	control->netns = value;
	return STATUS_OK;
}

static int take_color(struct control *control, const char *value)
{
	/* of -c=never, getopt leaves the sign */
	if (value && *value == '=')
		value++;
	if (!value || !strcmp(value, "always"))
		control->color = true;
	else if (!strcmp(value, "never"))
		control->color = false;
	else if (strcmp(value, "auto"))
		return usage_error(control,
				   "color \"%s\" is not auto, always or never",
				   value);
	return STATUS_OK;
}

static int take_columns(struct control *control, const char *value)
{
	control->columns = value;
	return STATUS_OK;
}

static int take_timeout(struct control *control, const char *value)
{
	return read_seconds(control, value, &control->timeout);
}

static int take_since(struct control *control, const char *value)
{
	return read_number(control, "since", value, DDM_SINCE_NOW - 1,
			   &control->since);
}

static int take_interface(struct control *control, const char *value)
{
	control->interface = value;
	return STATUS_OK;
}

static int take_events(struct control *control, const char *value)
{
	return read_events(control, value, &control->mask);
}

static int take_count(struct control *control, const char *value)
{
	return read_number(control, "count", value, UINT64_MAX,
			   &control->count);
}

static int take_receive_buffer(struct control *control, const char *value)
{
	uint64_t bytes;
	int status =
		read_number(control, "receive-buffer", value, INT_MAX, &bytes);

	control->receive_buffer = (int)bytes;
	return status;
}

static const struct {
	const char *name;
	char letter;
	int has_value;
	unsigned int bit;
	const char *value;
	const char *summary;
	int (*take)(struct control *control, const char *value);
} options[] = {
	{ "netns", 'n', required_argument, OPTION_NETNS, "NETNS",
	  "in that network namespace", take_netns },
	{ "json", 'j', no_argument, OPTION_JSON, NULL, "print JSON", NULL },
	{ "details", 'd', no_argument, OPTION_DETAILS, NULL, "show everything",
	  NULL },
	{ "columns", 'o', required_argument, OPTION_COLUMNS, "LIST",
	  "show these columns (the keys of the JSON output)", take_columns },
	{ "no-headings", 'H', no_argument, OPTION_NO_HEADINGS, NULL,
	  "print no headings", NULL },
	{ "color", 'c', optional_argument, OPTION_COLOR, "auto|always|never",
	  "colours (auto: on a terminal)", take_color },
	{ "timeout", 't', required_argument, OPTION_TIMEOUT, "SECONDS",
	  "time limit of the attempt", take_timeout },
	{ "no-wait", 'w', no_argument, OPTION_NO_WAIT, NULL,
	  "begin only, do not wait for the outcome", NULL },
	{ "since", 's', required_argument, OPTION_SINCE, "NUMBER",
	  "only events after this number", take_since },
	{ "interface", 'i', required_argument, OPTION_INTERFACE, "NAME",
	  "only events of this interface", take_interface },
	{ "events", 'e', required_argument, OPTION_EVENTS, "LIST",
	  "only events of these types", take_events },
	{ "count", 'C', required_argument, OPTION_COUNT, "NUMBER",
	  "end after so many events", take_count },
	{ "receive-buffer", 'b', required_argument, OPTION_RECEIVE_BUFFER,
	  "BYTES", "size of the socket's buffer", take_receive_buffer },
	{ "help", 'h', no_argument, OPTION_HELP, NULL, "print this", NULL },
	{ "version", 'V', no_argument, OPTION_VERSION, NULL,
	  "print the version", NULL },
};

static void print_options(unsigned int wanted)
{
	char text[64];
	size_t i;

	puts("\nOptions:");
	for (i = 0; i < ARRAY_SIZE(options); i++) {
		const char *value = options[i].value;
		bool optional = options[i].has_value == optional_argument;

		if (!(options[i].bit & wanted))
			continue;
		snprintf(text, sizeof(text), "-%c, --%s%s%s%s",
			 options[i].letter, options[i].name,
			 !value	  ? "" :
			 optional ? "[=" :
				    " ",
			 value ? value : "", optional ? "]" : "");
		printf("  %-34s %s\n", text, options[i].summary);
	}
}

static int print_help(void)
{
	size_t i;

	puts("Usage: ddmctl [OPTIONS] OBJECT [COMMAND] ...\n\nObjects:");
	for (i = 0; i < ARRAY_SIZE(objects); i++)
		printf("  %-12s %s\n", objects[i].name, objects[i].summary);
	puts("\n\"ddmctl OBJECT help\" tells its commands. Objects and commands may be\n"
	     "abbreviated; without a command, an object is shown.");
	print_options(OPTIONS_ALWAYS | OPTIONS_SHOW);
	return STATUS_OK;
}

static int print_object_help(const struct object *object)
{
	const struct command *command;
	unsigned int wanted = OPTIONS_ALWAYS;

	printf("Usage: ddmctl [OPTIONS] %s%s\n\n", object->name,
	       object->alone ? "" : " COMMAND ...");
	for (command = object->commands; command->name; command++) {
		printf("  %s%s%s\n      %s\n",
		       object->alone ? object->name : command->name,
		       *command->arguments ? " " : "", command->arguments,
		       command->summary);
		wanted |= command->options;
	}
	print_options(wanted);
	return STATUS_OK;
}

/* Make what getopt_long() wants of the table. */
static void list_options(struct option *list, char *letters)
{
	size_t i;

	/* Words come in order, whatever POSIXLY_CORRECT says. */
	letters = stpcpy(letters, "-:");
	for (i = 0; i < ARRAY_SIZE(options); i++) {
		list[i] = (struct option){ .name = options[i].name,
					   .has_arg = options[i].has_value,
					   .val = options[i].letter };
		*letters++ = options[i].letter;
		if (options[i].has_value != no_argument)
			*letters++ = ':';
		if (options[i].has_value == optional_argument)
			*letters++ = ':';
	}
	*letters = '\0';
	list[i] = (struct option){ 0 };
}

static int take_option(struct control *control, int letter)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(options); i++) {
		if (options[i].letter != letter)
			continue;
		control->options |= options[i].bit;
		return options[i].take ? options[i].take(control, optarg) :
					 STATUS_OK;
	}
	return STATUS_USAGE;
}

/* Take the options out of the line, and leave the words in @words. */
static int read_options(struct control *control, int argc, char **argv,
			char **words)
{
	struct option list[ARRAY_SIZE(options) + 1];
	char letters[3 * ARRAY_SIZE(options) + 3];
	int letter, status = STATUS_OK;

	list_options(list, letters);
	control->words = words;
	opterr = 0;
	while (!status &&
	       (letter = getopt_long(argc, argv, letters, list, NULL)) != -1) {
		if (letter == 1)
			words[control->words_left++] = optarg;
		else if (letter == ':')
			status = usage_error(control, "%s needs a value",
					     argv[optind - 1]);
		else if (letter == '?')
			status = usage_error(control, "what is \"%s\"?",
					     argv[optind - 1]);
		else
			status = take_option(control, letter);
	}
	while (!status && optind < argc)
		words[control->words_left++] = argv[optind++];
	return status;
}

static int find_object(struct control *control, const char *word)
{
	size_t i, length = strlen(word);

	for (i = 0; length && i < ARRAY_SIZE(objects); i++)
		if (!strncmp(objects[i].name, word, length)) {
			control->object = &objects[i];
			return STATUS_OK;
		}
	return usage_error(control, "there is no object \"%s\"", word);
}

/*
 * A command by the beginning of its name. Where that is ambiguous, showing is
 * meant if it may be: it does no harm.
 */
static int find_command(struct control *control, const char *word)
{
	const struct command *commands = control->object->commands;
	const struct command *command, *found = NULL;
	size_t length = strlen(word);
	unsigned int matches = 0;

	for (command = commands; length && command->name; command++) {
		bool whole = !strcmp(command->name, word) ||
			     (command->alias && !strcmp(command->alias, word));

		if (!whole && strncmp(command->name, word, length))
			continue;
		found = command;
		matches++;
		if (whole || command == commands) {
			matches = 1;
			break;
		}
	}
	if (matches > 1)
		return usage_error(control, "command \"%s\" is ambiguous",
				   word);
	if (!matches)
		return usage_error(control, "%s has no command \"%s\"",
				   control->object->name, word);
	control->command = found;
	return STATUS_OK;
}

static int check_options(struct control *control)
{
	unsigned int wrong = control->options & ~(unsigned int)OPTIONS_ALWAYS &
			     ~control->command->options;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		if (options[i].bit & wrong)
			return usage_error(control,
					   "--%s does not go with \"%s %s\"",
					   options[i].name,
					   control->object->name,
					   control->command->name);
	return STATUS_OK;
}

static int run_command(struct control *control)
{
	int status = STATUS_OK;

	control->command = control->object->commands;
	if (!control->object->alone && control->words_left)
		status = find_command(control, next_word(control));
	if (!status)
		status = check_options(control);
	if (!status && control->netns)
		status = enter_netns(control->netns);
	if (!status)
		status = control->command->run(control);
	ddm_close(control->ddm);
	return status;
}

static int run(struct control *control)
{
	const char *word;
	bool help = control->options & OPTION_HELP;
	int status;

	if (control->options & OPTION_VERSION) {
		puts("ddmctl " VERSION);
		return STATUS_OK;
	}
	word = next_word(control);
	if (word && !strcmp(word, "help")) {
		help = true;
		word = next_word(control);
	}
	if (!word && help)
		return print_help();
	if (!word)
		return usage_error(control, "an object is missing");
	status = find_object(control, word);
	if (status)
		return status;
	if (control->words_left && !strcmp(control->words[0], "help"))
		help = true;
	return help ? print_object_help(control->object) : run_command(control);
}

int main(int argc, char **argv)
{
	struct control control = { .since = DDM_SINCE_NOW };
	char **words = calloc((size_t)argc + 1, sizeof(*words));
	int status;

	if (!words)
		return STATUS_REFUSED;
	/* Names are UTF-8 whatever the locale. */
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8"))
		setlocale(LC_CTYPE, "C.UTF-8");
	control.color = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");

	status = read_options(&control, argc, argv, words);
	if (!status)
		status = run(&control);
	if (fflush(stdout) || ferror(stdout)) {
		perror("ddmctl: standard output");
		status = status ? status : STATUS_REFUSED;
	}
	free(words);
	return status;
}
