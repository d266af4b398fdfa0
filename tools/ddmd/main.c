// SPDX-License-Identifier: GPL-2.0-only
/* ddmd, the dialer: options, signals, and what the module tells to whom. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "admin.h"
#include "call.h"
#include "catalog.h"
#include "config.h"
#include "descriptors.h"
#include "folder.h"
#include "kernel.h"
#include "line.h"
#include "log.h"
#include "loop.h"
#include "notify.h"
#include "outcome.h"
#include "plugin.h"
#include "pppd.h"
#include "script.h"
#include "turn.h"

/* Another ddmd is running */
#define EXIT_TAKEN 3

/* --------------------------------------------------- what the module tells -- */

static void keep_all(void)
{
	struct line *line;

	for (line = line_first(); line; line = line->next)
		line_keep(line);
}

static void look_at_all(void)
{
	struct line *line;

	for (line = line_first(); line; line = line->next)
		line_look(line);
	keep_all();
}

static void came(void)
{
	struct line *line;

	catalog_sync();
	call_report_all();
	for (line = line_first(); line; line = line->next)
		line_settle(line);
	look_at_all();
	notify("STATUS=Ready to dial");
}

static void went(void)
{
	struct line *line;

	for (line = line_first(); line; line = line->next)
		line_orphaned(line);
	notify("STATUS=Waiting for the module");
}

/* An interface that nobody has told us of has just been made. */
static struct line *line_of(const struct ddm_dial *dial)
{
	struct line *line = line_by_id(dial->interface);

	if (line || dial->hangup)
		return line;
	catalog_changed(dial->interface);
	line = line_by_id(dial->interface);
	return line ? line : line_get(dial->name);
}

/* The module records why: what ends with it was asked for. */
static void hang_up_link(const struct ddm_dial *dial)
{
	log_debug("%s: hang up link %u", dial->name, dial->link);
	if (!call_end_link(dial->link, OUTCOME_ERROR_INTERFACE_DISCONNECTED))
		log_warning("%s: nothing here can hang up its link %u",
			    dial->name, dial->link);
}

static void dial(const struct ddm_dial *dial)
{
	struct line *line;

	if (dial->hangup && dial->link) {
		hang_up_link(dial);
		return;
	}
	line = line_of(dial);
	log_debug("%s: %s, request %u", dial->name,
		  dial->hangup ? "hang up" : "dial", dial->request);
	if (line && dial->hangup)
		line_hang_up(line, dial);
	else if (line)
		line_dial(line, dial);
	else if (dial->hangup && dial->ifindex)
		call_end_device(dial->ifindex,
				OUTCOME_ERROR_INTERFACE_DISCONNECTED);
}

static void tell_end(const struct ddm_event *event)
{
	const struct call_totals totals = {
		.known = true,
		.rx_bytes = event->rx_bytes,
		.tx_bytes = event->tx_bytes,
		.rx_packets = event->rx_packets,
		.tx_packets = event->tx_packets,
		.milliseconds = event->duration,
	};

	if (event->ifindex)
		call_connection_ended(event->ifindex, &totals);
}

static void event(const struct ddm_event *event)
{
	struct line *line;

	switch (event->type) {
	case DDM_EVENT_TYPE_LOST:
		catalog_sync();
		look_at_all();
		return;
	case DDM_EVENT_TYPE_SERVICE:
		keep_all();
		return;
	case DDM_EVENT_TYPE_INTERFACE_DEL:
		catalog_removed(event->interface);
		return;
	case DDM_EVENT_TYPE_INTERFACE_NEW:
	case DDM_EVENT_TYPE_INTERFACE_CHANGE:
		catalog_changed(event->interface);
		break;
	case DDM_EVENT_TYPE_DISCONNECTED:
		tell_end(event);
		break;
	}
	line = line_by_id(event->interface);
	if (!line)
		return;
	line_event(line, event);
	if (event->type == DDM_EVENT_TYPE_DISCONNECTED ||
	    event->type == DDM_EVENT_TYPE_CONNECT_FAILED)
		catalog_ended(line);
}

static const struct kernel_calls calls = {
	.came = came,
	.went = went,
	.dial = dial,
	.event = event,
};

/* -------------------------------------------------------------- signals -- */

/* What a plugin is told when it greets, of a call that comes in */
static uint64_t wishes(void)
{
	const struct ddm_plugin_link link = { .is = DDM_PLUGIN_IS_INCOMING };

	return (uint64_t)admin_limit() << 32 | admin_flags(&link);
}

static void reload(int signal)
{
	uint64_t before = wishes();
	int err;

	(void)signal;
	notify("RELOADING=1");
	err = config_read();
	if (err < 0)
		log_error("%s: %s; what was read before still counts",
			  config.file, strerror(-err));
	pppd_has_plugin();
	admin_configure();
	if (wishes() != before)
		plugin_greet_again();
	catalog_read();
	catalog_sync();
	keep_all();
	turn_look();
	log_info("configuration read again");
	notify("READY=1");
}

static void stop(int signal)
{
	(void)signal;
	loop_stop();
}

/* -------------------------------------------------------------- options -- */

static const char usage[] =
	"usage: ddmd [OPTION...]\n"
	"  -c, --config=FILE        configuration (/etc/ddm/ddmd.conf)\n"
	"  -p, --profiles=FOLDER    profiles (/etc/ddm/interfaces.d)\n"
	"  -s, --socket=PATH        where pppd's plugin connects (/run/ddm/plugin.sock)\n"
	"  -r, --run=FOLDER         what a restart has to know (/run/ddm)\n"
	"  -t, --test               check configuration and profiles, and exit\n"
	"  -v, --verbose            log each step\n"
	"  -V, --version\n"
	"  -h, --help\n"
	"ddmd stays in the foreground and logs to standard error; see ddmd(8).\n";

static const struct option options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "profiles", required_argument, NULL, 'p' },
	{ "socket", required_argument, NULL, 's' },
	{ "run", required_argument, NULL, 'r' },
	{ "test", no_argument, NULL, 't' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

/* Return: -1 to go on, or an exit status */
static int parse(int argc, char **argv, bool *test)
{
	int option;

	while ((option = getopt_long(argc, argv, "c:p:s:r:tvVh", options,
				     NULL)) != -1)
		switch (option) {
		case 'c':
			config.file = optarg;
			break;
		case 'p':
			config.profiles = optarg;
			break;
		case 's':
			config.socket = optarg;
			break;
		case 'r':
			config.run = optarg;
			break;
		case 't':
			*test = true;
			break;
		case 'v':
			log_verbose(true);
			break;
		case 'V':
			puts("ddmd " VERSION);
			return 0;
		case 'h':
			fputs(usage, stdout);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	if (optind == argc)
		return -1;
	fputs(usage, stderr);
	return 2;
}

/* Before anything is touched that another ddmd may be using */
static int take_place(void)
{
	int err = folder_make(config.run, 0755);

	if (!err)
		err = folder_lock(config.run);
	if (err == -EWOULDBLOCK)
		log_error("another ddmd is running with %s (see --run)",
			  config.run);
	else if (err)
		log_error("%s: %s", config.run, strerror(-err));
	return err;
}

static int begin(void)
{
	int err = loop_init();

	descriptors_take();
	/* no dump of memory that may hold a password */
	prctl(PR_SET_DUMPABLE, 0);
	signal(SIGPIPE, SIG_IGN);
	if (!err)
		err = loop_signal(SIGTERM, stop);
	if (!err)
		err = loop_signal(SIGINT, stop);
	if (!err)
		err = loop_signal(SIGHUP, reload);
	if (err) {
		log_error("cannot begin: %s", strerror(-err));
		return err;
	}
	err = plugin_listen();
	if (err == -EADDRINUSE)
		log_error("another ddmd listens at %s (see --socket)",
			  config.socket);
	else if (err)
		log_error("%s: %s", config.socket, strerror(-err));
	return err;
}

static void end(void)
{
	notify("STOPPING=1");
	/* who waits is told first, then calls end, or go on without us */
	kernel_end();
	turn_stop();
	line_end_all();
	/* of calls that go on, administration DLLs are told when they are over */
	call_end_all(config.hang_up);
	plugin_close_all();
	admin_end();
	call_forget_all();
}

/* Return: whether it failed; @status is what ddmd ends with then */
static bool status_of(int err, int *status)
{
	*status = err == -EWOULDBLOCK || err == -EADDRINUSE ? EXIT_TAKEN :
							      EXIT_FAILURE;
	return err;
}

int main(int argc, char **argv)
{
	bool test = false;
	int status = parse(argc, argv, &test);

	if (status >= 0)
		return status;
	status = config_read();
	if (status < 0) {
		log_error("%s: %s", config.file, strerror(-status));
		return EXIT_FAILURE;
	}
	if (test)
		return catalog_check() + status ? EXIT_FAILURE : EXIT_SUCCESS;
	if (status_of(take_place(), &status) || status_of(begin(), &status))
		return status;
	pppd_has_plugin();
	admin_configure();
	catalog_read();
	call_adopt_all();
	script_adopt_all();
	kernel_begin(&calls);
	notify_begin();
	notify("READY=1");
	loop_run();
	end();
	return EXIT_SUCCESS;
}
