// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tells a script what the manager of a namespace tells: events one a line,
 * present objects one a line, and the few acts that the tests of links need.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ddm.h"

static const char usage_text[] =
	"watch [-n NETNS] [--since N] [--until TYPE[:NAME]] [--count N] [--timeout S]\n"
	"    print events as they happen, one a line:\n"
	"      sequence type name state reason error connection duration rx-bytes\n"
	"      tx-bytes rx-packets tx-packets ifindex link service-state lost\n"
	"    --since N   first those after number N; without it, from now on\n"
	"    --until     end after the event of this type (and interface)\n"
	"    --count N   end after the Nth of them\n"
	"    --timeout S end with status 1 after so many seconds\n"
	"watch [-n NETNS] --journal [--since N]\n"
	"    print the events that the journal holds\n"
	"watch [-n NETNS] --snapshot\n"
	"    print what there is:\n"
	"      sequence NUMBER\n"
	"      interface id name state unreachability last-error ifindex device\n"
	"        kind method enabled dynamic connects failures connection\n"
	"      connection id name device duration rx-bytes tx-bytes rx-packets\n"
	"        tx-packets links\n"
	"      link id interface ifindex port state\n"
	"watch [-n NETNS] new NAME [DEVICE] | del NAME\n"
	"watch [-n NETNS] connect NAME [MILLISECONDS] | disconnect NAME\n"
	"watch [-n NETNS] claim DEVICE PORT up|down    print the link's id\n"
	"watch [-n NETNS] link ID up|down|gone\n"
	"\n"
	"What is absent is told as -, white space and backslashes in a name as \\ooo.\n"
	"Exit status: 0, 1 if it failed or timed out, 2 for a wrong command line.\n";

/* How events are followed, and when that ends. */
struct until {
	const char *type; /* NULL: never */
	const char *name; /* NULL: any */
	uint64_t left; /* matching events still wanted */
	int64_t deadline; /* CLOCK_MONOTONIC in ms, -1: none */
};

static int fail(const char *what, int err, const char *why)
{
	fprintf(stderr, "watch: %s: %s%s%s\n", what, strerror(-err),
		why && *why ? ": " : "", why ? why : "");
	return 1;
}

static int usage(const char *why)
{
	fprintf(stderr, "watch: %s; --help tells more\n", why);
	return 2;
}

/* -------------------------------------------------------------- output -- */

static void print_text(const char *text)
{
	putchar(' ');
	if (!text || !*text)
		putchar('-');
	for (; text && *text; text++) {
		if ((unsigned char)*text <= ' ' || *text == '\\')
			printf("\\%03o", (unsigned int)*text);
		else
			putchar(*text);
	}
}

/* A value of an enumeration, or its number where libddm has no word for it */
static void print_word(const char *word, uint32_t value)
{
	if (word)
		print_text(word);
	else
		printf(" %" PRIu32, value);
}

static void print_event(const struct ddm_event *event)
{
	const char *type = ddm_event_type_name(event->type);

	printf("%" PRIu64, event->sequence);
	print_word(type, event->type);
	print_text(event->name);
	print_word(ddm_state_name(event->state), event->state);
	if (event->reason)
		print_word(ddm_reason_name(event->reason), event->reason);
	else
		print_text("-");
	printf(" %" PRIu32 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64
	       " %" PRIu64 " %" PRIu64 " %" PRIu32 " %" PRIu32,
	       event->error, event->connection, event->duration,
	       event->rx_bytes, event->tx_bytes, event->rx_packets,
	       event->tx_packets, event->ifindex, event->link);
	if (event->type == DDM_EVENT_TYPE_SERVICE)
		print_word(ddm_service_state_name(event->service_state),
			   event->service_state);
	else
		print_text("-");
	printf(" %" PRIu64 "\n", event->lost);
}

static void print_unreachability(uint32_t bits)
{
	const char *separator = " ";
	unsigned int bit;

	if (!bits)
		print_text("-");
	for (bit = 0; bit < 32; bit++) {
		if (!(bits & UINT32_C(1) << bit))
			continue;
		printf("%s%s", separator, ddm_unreachability_name(bit) ?: "?");
		separator = ",";
	}
}

static int print_interface(const struct ddm_interface *iface, void *data)
{
	(void)data;
	printf("interface %" PRIu32, iface->id);
	print_text(iface->name);
	print_word(ddm_state_name(iface->state), iface->state);
	print_unreachability(iface->unreachability);
	printf(" %" PRIu32 " %" PRIu32, iface->last_error, iface->ifindex);
	print_text(iface->device);
	print_text(iface->kind);
	print_word(ddm_method_name(iface->method), iface->method);
	printf(" %d %d %" PRIu32 " %" PRIu32 " %" PRIu64 "\n", iface->enabled,
	       iface->dynamic, iface->connects, iface->failures,
	       iface->connection);
	return 0;
}

static int print_connection(const struct ddm_connection *connection, void *data)
{
	(void)data;
	printf("connection %" PRIu64, connection->id);
	print_text(connection->name);
	print_text(connection->device);
	printf(" %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64
	       " %" PRIu32 "\n",
	       connection->duration, connection->rx_bytes, connection->tx_bytes,
	       connection->rx_packets, connection->tx_packets,
	       connection->links);
	return 0;
}

static int print_link(const struct ddm_link *link, void *data)
{
	(void)data;
	printf("link %" PRIu32 " %" PRIu32 " %" PRIu32, link->id,
	       link->interface, link->ifindex);
	print_text(link->port);
	print_word(ddm_link_state_name(link->state), link->state);
	putchar('\n');
	return 0;
}

/* -------------------------------------------------------------- events -- */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int take_event(const struct ddm_event *event, void *data)
{
	const char *type = ddm_event_type_name(event->type);
	struct until *until = data;

	print_event(event);
	if (!until->type || !type || strcmp(type, until->type))
		return 0;
	if (until->name && strcmp(event->name, until->name))
		return 0;
	return --until->left == 0;
}

static int poll_time(const struct until *until)
{
	int64_t left;

	if (until->deadline < 0)
		return -1;
	left = until->deadline - now_ms();
	if (left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}

static int follow(uint64_t since, struct until *until)
{
	struct ddm_monitor *monitor;
	int err = ddm_monitor_open(&monitor, since);
	struct pollfd poller;

	if (err)
		return fail("cannot follow events", err, NULL);
	/* A reader without --since knows by this line that nothing is missed. */
	printf("# after %" PRIu64 "\n", ddm_monitor_sequence(monitor));
	poller.fd = ddm_monitor_fd(monitor);
	poller.events = POLLIN;
	for (;;) {
		uint64_t left = until->left;
		int ready = poll(&poller, 1, poll_time(until));

		if (!ready) {
			fprintf(stderr, "watch: timed out\n");
			err = -ETIMEDOUT;
			break;
		}
		err = ddm_monitor_read(monitor, take_event, until);
		if (left && !until->left)
			break;
		if (err < 0 && err != -EUNATCH) {
			fail("cannot read events", err,
			     ddm_monitor_error(monitor));
			break;
		}
	}
	ddm_monitor_close(monitor);
	return err < 0;
}

static int print_journal(struct ddm *ddm, uint64_t since)
{
	struct until never = { 0 };
	int err;

	if (since == DDM_SINCE_NOW)
		since = 0;
	err = ddm_event_list(ddm, since, DDM_ANY_INTERFACE, DDM_EVENT_MASK_ALL,
			     take_event, &never);
	return err ? fail("cannot read the journal", err, ddm_error(ddm)) : 0;
}

static int print_snapshot(struct ddm *ddm)
{
	uint64_t sequence;
	int err;

	err = ddm_interface_list(ddm, 1, print_interface, NULL, &sequence);
	if (!err)
		err = ddm_connection_list(ddm, print_connection, NULL);
	if (!err)
		err = ddm_link_list(ddm, print_link, NULL);
	if (err)
		return fail("cannot read what there is", err, ddm_error(ddm));
	printf("sequence %" PRIu64 "\n", sequence);
	return 0;
}

/* ---------------------------------------------------------------- acts -- */

static int find(struct ddm *ddm, const char *name, uint32_t *id)
{
	const struct ddm_interface *iface;
	int err = ddm_interface_find(ddm, name, &iface);

	if (!err)
		*id = iface->id;
	return err;
}

static int act_new(struct ddm *ddm, char **args)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_NAME_SET,
		.name = args[0],
		.device = args[1],
	};

	if (args[1])
		request.set |= DDM_INTERFACE_DEVICE_SET;
	return ddm_interface_new(ddm, &request, NULL);
}

static int act_del(struct ddm *ddm, char **args)
{
	uint32_t id = 0;
	int err = find(ddm, args[0], &id);

	return err ? err : ddm_interface_del(ddm, id);
}

static int act_connect(struct ddm *ddm, char **args)
{
	struct ddm_connect_request request = {
		.size = sizeof(request),
		.event_fd = -1,
	};
	uint32_t id = 0;
	int err = find(ddm, args[0], &id);

	if (args[1])
		request.timeout = (uint32_t)strtoul(args[1], NULL, 0);
	return err ? err : ddm_interface_connect(ddm, id, &request, NULL);
}

static int act_disconnect(struct ddm *ddm, char **args)
{
	uint32_t id = 0;
	int err = find(ddm, args[0], &id);

	return err ? err : ddm_interface_disconnect(ddm, id);
}

static uint32_t link_state(const char *word)
{
	return strcmp(word, "up") ? DDM_LINK_STATE_DOWN : DDM_LINK_STATE_UP;
}

static int act_claim(struct ddm *ddm, char **args)
{
	unsigned int ifindex = if_nametoindex(args[0]);
	const struct ddm_link *link;
	int err;

	if (!ifindex)
		return -errno;
	err = ddm_link_new(ddm, ifindex, args[1], link_state(args[2]), &link);
	if (!err)
		printf("%" PRIu32 "\n", link->id);
	return err;
}

static int act_link(struct ddm *ddm, char **args)
{
	uint32_t id = (uint32_t)strtoul(args[0], NULL, 0);

	if (!strcmp(args[1], "gone"))
		return ddm_link_del(ddm, id);
	return ddm_link_set(ddm, id, link_state(args[1]));
}

static const struct act {
	const char *name;
	int (*run)(struct ddm *ddm, char **args);
	int min, max;
} acts[] = {
	{ "new", act_new, 1, 2 },
	{ "del", act_del, 1, 1 },
	{ "connect", act_connect, 1, 2 },
	{ "disconnect", act_disconnect, 1, 1 },
	{ "claim", act_claim, 3, 3 },
	{ "link", act_link, 2, 2 },
};

static int act(struct ddm *ddm, int count, char **words)
{
	size_t i;
	int err;

	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		if (strcmp(acts[i].name, words[0]))
			continue;
		if (count - 1 < acts[i].min || count - 1 > acts[i].max)
			return usage("wrong number of arguments");
		err = acts[i].run(ddm, words + 1);
		return err < 0 ? fail(words[0], err, ddm_error(ddm)) : 0;
	}
	return usage("no such act");
}

/* ---------------------------------------------------------------- main -- */

static int enter_netns(const char *name)
{
	char path[PATH_MAX];
	int fd, err = 0;

	snprintf(path, sizeof(path), "/run/netns/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET) < 0)
		err = -errno;
	if (fd >= 0)
		close(fd);
	return err;
}

struct options {
	uint64_t since;
	struct until until;
	int journal, snapshot;
};

static void parse_until(struct until *until, char *text)
{
	char *colon = strchr(text, ':');

	until->type = text;
	if (colon) {
		*colon = '\0';
		until->name = colon + 1;
	}
}

static int parse(int argc, char **argv, struct options *options)
{
	static const struct option longs[] = {
		{ "netns", required_argument, NULL, 'n' },
		{ "since", required_argument, NULL, 's' },
		{ "until", required_argument, NULL, 'u' },
		{ "count", required_argument, NULL, 'c' },
		{ "timeout", required_argument, NULL, 't' },
		{ "journal", no_argument, NULL, 'j' },
		{ "snapshot", no_argument, NULL, 'p' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option, err;

	while ((option = getopt_long(argc, argv, "+n:s:u:c:t:jph", longs,
				     NULL)) >= 0) {
		switch (option) {
		case 'n':
			err = enter_netns(optarg);
			if (err)
				return fail(optarg, err, NULL);
			break;
		case 's':
			options->since = strtoull(optarg, NULL, 0);
			break;
		case 'u':
			parse_until(&options->until, optarg);
			break;
		case 'c':
			options->until.left = strtoull(optarg, NULL, 0);
			break;
		case 't':
			options->until.deadline =
				now_ms() +
				(int64_t)(strtod(optarg, NULL) * 1000);
			break;
		case 'j':
			options->journal = 1;
			break;
		case 'p':
			options->snapshot = 1;
			break;
		case 'h':
			fputs(usage_text, stdout);
			exit(0);
		default:
			return 2;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct options options = {
		.since = DDM_SINCE_NOW,
		.until = { .left = 1, .deadline = -1 },
	};
	struct ddm *ddm;
	int status, err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	status = parse(argc, argv, &options);
	if (status)
		return status;
	if (optind == argc && !options.journal && !options.snapshot)
		return follow(options.since, &options.until);

	err = ddm_open(&ddm);
	if (err)
		return fail("cannot reach the manager", err, NULL);
	if (options.journal)
		status = print_journal(ddm, options.since);
	else if (options.snapshot)
		status = print_snapshot(ddm);
	else
		status = act(ddm, argc - optind, argv + optind);
	ddm_close(ddm);
	return status;
}
