// SPDX-License-Identifier: GPL-2.0-only
/*
 * Much at once, for long. Quiet rounds are accounted for: what happened was
 * told, or told to be lost, to every listener and reader. In between the module
 * is taken away and brought back under the same load. In the end as much memory
 * is in use as in the beginning.
 */
#include <libgen.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../ddm/load.h"
#include "../ddm/log.h"
#include "../ddm/netdev.h"
#include "../ddm/parameter.h"
#include "../ddm/raw.h"
#include "../ddm/world.h"

#define LISTENERS 1000
#define LISTENERS_A_SOCKET 100
#define LINES 16 /* devices whose transitions are counted */
#define AGENTS 8
#define ROUND_SECONDS 15
#define UNLOADS 5
/*
 * Memory that the kernel may keep for itself: KiB; it is about 1,000. One that
 * checks itself keeps what was freed, too, for a while; it has a search for
 * leaks in its place.
 */
#define SLACK (3072L * (long)slow())
/* Small enough that a reader who sleeps through a round is overtaken */
#define RING 256
/* Every type of event that is in the journal */
#define EVERY_EVENT ((2u << DDM_EVENT_TYPE_SERVICE) - 2)

static struct shared {
	uint32_t stop;
	uint64_t made; /* transitions of the lines */
	uint64_t did[8]; /* by disturber */
} * shared;

static int homes[2];
static int failures;
static uint64_t state;

static bool stopped(void)
{
	return __atomic_load_n(&shared->stop, __ATOMIC_ACQUIRE);
}

static uint32_t below(uint32_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % limit;
}

#define CHECK(condition, format, ...)                                          \
	do {                                                                   \
		if (!(condition)) {                                            \
			printf("# %s: " format "\n", #condition, __VA_ARGS__); \
			failures++;                                            \
		}                                                              \
	} while (0)

/* ----------------------------------------------------------- disturbers -- */

/* Devices that somebody follows change their state, and nothing else. */
static void flap_lines(uint64_t *did)
{
	struct rtnl *rtnl = rtnl_open();
	int ifindex[LINES], i;
	bool up[LINES] = { false };
	char name[16];

	for (i = 0; i < LINES; i++) {
		snprintf(name, sizeof(name), "line%d", i);
		ifindex[i] = (int)if_nametoindex(name);
	}
	while (!stopped()) {
		i = (int)below(LINES);
		if (up[i] ? netdev_down(rtnl, ifindex[i]) :
			    netdev_up(rtnl, ifindex[i]))
			exit(1);
		up[i] = !up[i];
		__atomic_fetch_add(&shared->made, 1, __ATOMIC_RELEASE);
		++*did;
	}
	rtnl_close(rtnl);
}

/* Dumps that nobody reads to their end */
static void leave_dumps(uint64_t *did)
{
	static const uint8_t what[] = { DDM_CMD_INTERFACE_GET,
					DDM_CMD_EVENT_GET, DDM_CMD_RULE_GET };

	while (!stopped()) {
		struct raw *raw = raw_open(0);
		struct nlmsghdr *nlh;

		if (!raw) {
			usleep(10000);
			continue;
		}
		nlh = raw_begin(raw, what[below(3)]);
		if (!raw_send(raw, nlh, NLM_F_DUMP) && below(2))
			raw_receive(raw, NULL, NULL);
		raw_close(raw);
		++*did;
	}
}

/* A port id is used by one socket after the other, with listeners on each. */
static void reuse_ports(uint64_t *did)
{
	uint32_t portid = 0x7f000000;
	struct nlmsghdr *nlh;
	struct raw *raw;
	int fd, i;

	while (!stopped()) {
		raw = raw_open(portid);
		if (!raw) {
			usleep(1000);
			continue;
		}
		fd = event_fd();
		nlh = raw_begin(raw, DDM_CMD_LISTENER_REGISTER);
		mnl_attr_put_u32(nlh, DDM_A_LISTENER_EVENT_FD, (uint32_t)fd);
		raw_do(raw, nlh);
		for (i = 0; i < (int)below(3); i++) {
			nlh = raw_begin(raw, DDM_CMD_DIALER_BIND);
			raw_do(raw, nlh);
		}
		raw_close(raw);
		close(fd);
		++*did;
	}
}

static int ignore_dial(const struct ddm_dial *dial, void *data)
{
	*(uint32_t *)data = dial->request;
	return 0;
}

/* Attempts that are answered, given up, forgotten, or lose their dialer */
static void dial(uint64_t *did)
{
	const struct ddm_interface *interface;
	uint32_t id, request = 0;
	struct ddm *dialer, *caller;
	char name[16];
	int fd;

	while (!stopped()) {
		struct ddm_connect_request how = { .size = sizeof(how) };

		if (ddm_open(&dialer)) {
			usleep(10000);
			continue;
		}
		if (ddm_open(&caller)) {
			ddm_close(dialer);
			continue;
		}
		ddm_dialer_bind(dialer, 0);
		snprintf(name, sizeof(name), "agent%u", below(AGENTS));
		id = ddm_interface_find(caller, name, &interface) ?
			     0 :
			     interface->id;
		fd = event_fd();
		how.timeout = 1 + below(50);
		how.event_fd = fd;
		if (id && !ddm_interface_connect(caller, id, &how, NULL)) {
			ddm_dialer_read(dialer, ignore_dial, &request);
			switch (below(5)) {
			case 0:
				ddm_dial_result(dialer, request, 678, NULL);
				break;
			case 1:
				ddm_dial_result(dialer, request, 0, "line0");
				break;
			case 2:
				ddm_interface_disconnect(caller, id);
				break;
			case 3:
				readable(fd, 100);
				break;
			}
		}
		close(fd);
		++*did;
		/* the rest is closed by the end of this process */
		if (below(4) == 0)
			exit(0);
		ddm_close(dialer);
		ddm_close(caller);
	}
}

/* One that ends in the midst of it leaves all its sockets to the kernel. */
static void dial_and_die(uint64_t *did)
{
	int status;

	while (!stopped()) {
		pid_t pid = fork();

		if (!pid) {
			state += (uint64_t)getpid() << 20;
			dial(did);
			exit(0);
		}
		if (pid < 0 || waitpid(pid, &status, 0) < 0)
			exit(1);
		if (!WIFEXITED(status))
			exit(2);
	}
}

/* Namespaces are born, have interfaces and listeners, and die. */
static void live_and_die(uint64_t *did)
{
	while (!stopped()) {
		struct rtnl *rtnl;
		struct ddm *ddm;
		int fd = event_fd();

		if (unshare(CLONE_NEWNET))
			exit(1);
		rtnl = rtnl_open();
		if (!ddm_open(&ddm)) {
			struct world w = { .ddm = ddm, .rtnl = rtnl };
			int ifindex = netdev_add(rtnl, "wg0", "wireguard");

			ddm_listener_register(ddm, fd, 0, 0);
			if (ifindex > 0)
				netdev_up(rtnl, ifindex);
			make_named(&w, "other");
			set_service(&w, below(3));
			if (below(2))
				ddm_dialer_bind(ddm, 0);
			ddm_close(ddm);
		}
		rtnl_close(rtnl);
		close(fd);
		++*did;
	}
}

/* Devices get other names, and go to and fro. */
static void move(uint64_t *did)
{
	struct rtnl *rtnl[2];
	int here = 0, ifindex = 0, i;
	char name[16];

	for (i = 1; i >= 0; i--) {
		setns(homes[i], CLONE_NEWNET);
		rtnl[i] = rtnl_open();
	}
	netdev_add(rtnl[0], "mover0", "wireguard");
	while (!stopped()) {
		setns(homes[here], CLONE_NEWNET);
		for (ifindex = 0, i = 0; !ifindex && i < 4; i++) {
			snprintf(name, sizeof(name), "mover%d", i);
			ifindex = (int)if_nametoindex(name);
		}
		if (!ifindex)
			exit(1);
		snprintf(name, sizeof(name), "mover%u", below(4));
		switch (below(4)) {
		case 0:
			if (!netdev_move(rtnl[here], ifindex, homes[!here]))
				here = !here;
			break;
		case 1:
			netdev_rename(rtnl[here], ifindex, name);
			break;
		case 2:
			netdev_up(rtnl[here], ifindex);
			break;
		default:
			netdev_down(rtnl[here], ifindex);
		}
		++*did;
	}
	setns(homes[here], CLONE_NEWNET);
	netdev_del(rtnl[here], ifindex);
	rtnl_close(rtnl[0]);
	rtnl_close(rtnl[1]);
}

static char library[4096];

/* 64 threads on libmprapi, in a program of their own */
static void thread(uint64_t *did)
{
	char seconds[16];
	int status;

	while (!stopped()) {
		pid_t pid = fork();

		if (!pid) {
			snprintf(seconds, sizeof(seconds), "%d", 3);
			execl(library, library, seconds, NULL);
			exit(127);
		}
		if (pid < 0 || waitpid(pid, &status, 0) < 0 ||
		    !WIFEXITED(status) || WEXITSTATUS(status))
			exit(3);
		++*did;
	}
}

static const struct disturber {
	const char *name;
	void (*run)(uint64_t *did);
} disturbers[] = {
	{ "transitions", flap_lines },	  { "half-read dumps", leave_dumps },
	{ "reused ports", reuse_ports },  { "dials", dial_and_die },
	{ "namespaces", live_and_die },	  { "moves", move },
	{ "runs of 64 threads", thread },
};

static pid_t pids[ARRAY_SIZE(disturbers)];

static void begin(bool lines)
{
	size_t i;

	__atomic_store_n(&shared->stop, 0, __ATOMIC_RELEASE);
	for (i = 0; i < ARRAY_SIZE(disturbers); i++) {
		pids[i] = 0;
		if (!lines && disturbers[i].run == flap_lines)
			continue;
		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		pids[i] = fork();
		if (pids[i])
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setns(homes[0], CLONE_NEWNET);
		disturbers[i].run(&shared->did[i]);
		exit(0);
	}
}

static void end(void)
{
	int status;
	size_t i;

	__atomic_store_n(&shared->stop, 1, __ATOMIC_RELEASE);
	for (i = 0; i < ARRAY_SIZE(disturbers); i++) {
		if (!pids[i])
			continue;
		status = -1;
		waitpid(pids[i], &status, 0);
		CHECK(!status, "%s ended with 0x%x", disturbers[i].name,
		      (unsigned int)status);
	}
}

/* -------------------------------------------------------------- readers -- */

/* What a reader was told: events, those of the lines, and how many it lost */
struct reader {
	struct ddm_monitor *monitor;
	uint64_t told, lost, of_lines;
	const uint32_t *lines;
};

static int count_event(const struct ddm_event *event, void *data)
{
	struct reader *reader = data;
	int i;

	if (event->type == DDM_EVENT_TYPE_LOST) {
		reader->lost += event->lost;
		return 0;
	}
	reader->told++;
	if (event->type != DDM_EVENT_TYPE_CONNECTED &&
	    event->type != DDM_EVENT_TYPE_DISCONNECTED)
		return 0;
	for (i = 0; i < LINES; i++)
		reader->of_lines += event->interface == reader->lines[i];
	return 0;
}

static uint64_t sequence_of(struct ddm *ddm)
{
	const struct ddm_service *service;

	return ddm_service_get(ddm, &service) ? 0 : service->sequence;
}

/* Up to the last event, once nothing happens any more */
static void read_rest(struct reader *reader, uint64_t last)
{
	int64_t limit = now_ms() + 60000;

	while (ddm_monitor_sequence(reader->monitor) < last && now_ms() < limit)
		if (ddm_monitor_read(reader->monitor, count_event, reader) < 0)
			usleep(1000);
}

static void check_reader(const char *name, const struct reader *reader,
			 uint64_t first, uint64_t last)
{
	uint64_t made = shared->made;

	CHECK(reader->told + reader->lost == last - first,
	      "%s: %llu told, %llu lost, %llu happened", name,
	      (unsigned long long)reader->told,
	      (unsigned long long)reader->lost,
	      (unsigned long long)(last - first));
	CHECK(reader->of_lines <= made &&
		      made <= reader->of_lines + reader->lost,
	      "%s: %llu transitions told, %llu lost, %llu made", name,
	      (unsigned long long)reader->of_lines,
	      (unsigned long long)reader->lost, (unsigned long long)made);
}

/* ------------------------------------------------------------ listeners -- */

static struct ddm *owners[LISTENERS / LISTENERS_A_SOCKET];
static int fds[LISTENERS];

static void register_all(void)
{
	int i, err = 0;

	for (i = 0; i < LISTENERS; i++) {
		struct ddm **owner = &owners[i / LISTENERS_A_SOCKET];

		if (i % LISTENERS_A_SOCKET == 0)
			err = ddm_open(owner);
		fds[i] = event_fd();
		if (!err)
			err = ddm_listener_register(*owner, fds[i], EVERY_EVENT,
						    0);
		CHECK(!err, "listener %d: %s", i, err_text(err));
		if (err)
			return;
	}
}

/* An eventfd adds up: nothing was lost if nothing was signalled too seldom. */
static void check_listeners(uint64_t first, uint64_t last)
{
	unsigned int wrong = 0, i;
	uint64_t n = 0, seen;

	for (i = 0; i < LISTENERS; i++) {
		seen = counted(fds[i]);
		if (seen != last - first) {
			wrong++;
			n = seen;
		}
		close(fds[i]);
	}
	CHECK(!wrong, "%u listeners, one of them counted %llu of %llu events",
	      wrong, (unsigned long long)n, (unsigned long long)(last - first));
	for (i = 0; i < ARRAY_SIZE(owners); i++)
		ddm_close(owners[i]);
}

/* --------------------------------------------------------------- rounds -- */

static int make_homes(void)
{
	int i;

	for (i = 1; i >= 0; i--) {
		homes[i] = netns_new();
		if (homes[i] < 0)
			return homes[i];
	}
	return 0;
}

static void leave_homes(int outside)
{
	setns(outside, CLONE_NEWNET);
	close(homes[0]);
	close(homes[1]);
}

static int furnish(struct world *w, uint32_t *lines)
{
	struct ddm_interface_request agent = {
		.set = DDM_INTERFACE_METHOD_SET | DDM_INTERFACE_DEVICE_SET,
		.method = DDM_METHOD_AGENT,
		.device = "",
	};
	char name[16];
	int i, err;

	/* the first is what the threads of the library connect */
	for (i = 0; i < AGENTS; i++) {
		snprintf(name, sizeof(name), "agent%d", i);
		agent.name = name;
		if (!make(w, &agent, &err))
			return err;
	}
	for (i = 0; i < LINES; i++) {
		snprintf(name, sizeof(name), "line%d", i);
		if (netdev_add(w->rtnl, name, "dummy") < 0)
			return -ENODEV;
		lines[i] = make_named(w, name);
		if (!lines[i])
			return -ENOENT;
	}
	return 0;
}

static void watch(struct reader *quick, struct reader *slow, int64_t until)
{
	int64_t next = now_ms() + 1000;

	while (now_ms() < until) {
		readable(ddm_monitor_fd(quick->monitor), 100);
		ddm_monitor_read(quick->monitor, count_event, quick);
		if (now_ms() < next)
			continue;
		ddm_monitor_read(slow->monitor, count_event, slow);
		next = now_ms() + 1000;
	}
}

/* All that happens is accounted for. */
static void quiet_round(int64_t until)
{
	struct world w = { .netns = -1 };
	const struct ddm_service *service;
	uint32_t lines[LINES];
	struct reader quick = { .lines = lines }, slow = quick, sleeper = quick;
	uint64_t first, last;
	int err;

	w.rtnl = rtnl_open();
	err = ddm_open(&w.ddm);
	if (!err)
		err = furnish(&w, lines);
	CHECK(!err, "%s", err_text(err));
	if (err)
		return;
	register_all();
	first = sequence_of(w.ddm);
	err = ddm_monitor_open(&quick.monitor, first);
	if (!err)
		err = ddm_monitor_open(&slow.monitor, first);
	if (!err)
		err = ddm_monitor_open(&sleeper.monitor, first);
	CHECK(!err, "%s", err_text(err));
	if (err)
		return;
	ddm_monitor_receive_buffer(slow.monitor, 1);
	shared->made = 0;
	begin(true);
	watch(&quick, &slow, until);
	end();

	/* attempts that were forgotten run out within 50 ms each */
	usleep(300000);
	last = sequence_of(w.ddm);
	read_rest(&quick, last);
	read_rest(&slow, last);
	read_rest(&sleeper, last);
	check_reader("a reader", &quick, first, last);
	check_reader("a reader that slept", &sleeper, first, last);
	CHECK(sleeper.lost || last - first < RING, "%llu events, none lost",
	      (unsigned long long)(last - first));
	check_reader("a reader that was overrun", &slow, first, last);
	check_listeners(first, last);
	printf("# round: %llu events, %llu transitions; lost by the sleeper: %llu\n",
	       (unsigned long long)(last - first),
	       (unsigned long long)shared->made,
	       (unsigned long long)sleeper.lost);
	ddm_monitor_close(quick.monitor);
	ddm_monitor_close(slow.monitor);
	ddm_monitor_close(sleeper.monitor);
	if (!ddm_service_get(w.ddm, &service))
		CHECK(!service->listeners && !service->dialer &&
			      service->interfaces >= LINES + AGENTS,
		      "%u listeners, dialer %u, %u interfaces",
		      service->listeners, service->dialer, service->interfaces);
	ddm_close(w.ddm);
	rtnl_close(w.rtnl);
}

/* While others are at it, too */
static int insist(int (*act)(void), int busy)
{
	int64_t limit = now_ms() + 120000;
	int err;

	while ((err = act()) == busy && now_ms() < limit)
		usleep(500);
	return err;
}

/* It goes and comes while everybody uses it. */
static void stormy_round(void)
{
	int i, err;

	begin(false);
	for (i = 0; i < UNLOADS; i++) {
		usleep(200000);
		err = insist(take_away, -EAGAIN);
		/* whoever opens a handle brings it back by himself */
		CHECK(!err || err == -ENOENT, "%s", err_text(err));
		/* who brought it back was at it, and then it went again */
		err = insist(load, -EBUSY);
		CHECK(!err || err == -EEXIST, "%s", err_text(err));
	}
	end();
}

/* ----------------------------------------------------------------- memory -- */

static long read_number(const char *path, const char *key)
{
	FILE *file = fopen(path, "re");
	char line[256];
	long number = -1;

	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, key, strlen(key)))
			number = atol(line + strlen(key));
	if (file)
		fclose(file);
	return number;
}

/* What the kernel cannot give back: KiB. Namespaces end by a worker of theirs. */
static long memory_in_use(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);

	usleep(1000000);
	if (fd >= 0 && write(fd, "3", 1) < 0)
		perror("drop_caches");
	close(fd);
	return read_number("/proc/meminfo", "SUnreclaim:") +
	       read_number("/proc/meminfo", "VmallocUsed:") +
	       read_number("/proc/meminfo", "Percpu:");
}

static int descriptors(void)
{
	int i, n = 0;

	for (i = 0; i < 4096; i++)
		n += fcntl(i, F_GETFD) >= 0;
	return n;
}

static void put_away(void)
{
	int64_t limit = now_ms() + 60000;
	long references = 0;

	while ((references = read_number(MODULE "/refcnt", "")) > 0 &&
	       now_ms() < limit)
		usleep(10000);
	CHECK(references <= 0, "%ld references to the module", references);
	CHECK(!insist(take_away, -EAGAIN), "the module stays, %ld references",
	      references);
	CHECK(access("/sys/kernel/slab/ddm_interface/objects", F_OK) ||
		      read_number("/sys/kernel/slab/ddm_interface/objects",
				  "") <= 0,
	      "%s", "interfaces are left");
}

/* ----------------------------------------------------------------- main -- */

static int tell(int number, const char *name)
{
	const char *line = failures ? "not " : "";
	int bad = failures != 0;

	printf("%sok %d %s\n", line, number, name);
	failures = 0;
	return bad;
}

static void run(int64_t until, int outside)
{
	int64_t round_end;
	unsigned int rounds = 0;
	long before = 0, now = 0;
	int open_before = descriptors(), err;

	do {
		CHECK(!loaded() || !insist(take_away, -EAGAIN), "%s",
		      "it is in the way");
		CHECK(!load(), "%s", "it cannot be loaded");
		parameter_set("journal_size", RING);
		err = make_homes();
		CHECK(!err, "%s", err_text(err));
		if (err)
			break;
		round_end = now_ms() + ROUND_SECONDS * 1000;
		if (rounds & 1)
			stormy_round();
		else
			quiet_round(round_end);
		leave_homes(outside);
		if (!loaded())
			load();
		put_away();
		now = memory_in_use();
		/* of each kind one, to have what the kernel keeps for good */
		if (rounds == 1)
			before = now;
		rounds++;
	} while (now_ms() < until || rounds < 3);
	printf("# %u rounds, memory %ld KiB after two, %ld in the end\n",
	       rounds, before, now);
	CHECK(rounds >= 3, "%u rounds", rounds);
	CHECK(now - before < SLACK, "%ld KiB more", now - before);
	CHECK(descriptors() == open_before, "%d descriptors, %d before",
	      descriptors(), open_before);
}

/* A disturber that could do nothing has disturbed nobody. */
static void check_disturbers(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(disturbers); i++) {
		printf("# %s: %llu\n", disturbers[i].name,
		       (unsigned long long)shared->did[i]);
		CHECK(shared->did[i], "%s", disturbers[i].name);
	}
}

int main(int argc, char **argv)
{
	struct rlimit limit = { 4096, 4096 };
	unsigned int seconds = 120;
	const char *wanted = getenv("SOAK_SECONDS");
	int skip, log, outside, bad;

	if (argc > 1)
		wanted = argv[1];
	if (wanted)
		seconds = (unsigned int)atoi(wanted);
	skip = world_possible();
	if (skip)
		return skip;
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("TAP version 13\n1..2");
	snprintf(library, sizeof(library), "%s-parts/library",
		 dirname(argv[0]));
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	outside = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (shared == MAP_FAILED || outside < 0 ||
	    setrlimit(RLIMIT_NOFILE, &limit))
		return 1;
	state = (uint64_t)time(NULL);
	printf("# seed %llu\n", (unsigned long long)state);
	log = log_open();
	run(now_ms() + 1000 * (int64_t)seconds, outside);
	check_disturbers();
	bad = tell(1, "books_balance_and_nothing_is_left");
	for (;;) {
		const char *line = log_trouble(log);

		if (!*line)
			break;
		CHECK(!*line, "%s", line);
	}
	bad += tell(2, "kernel_has_nothing_to_say");
	load();
	return bad != 0;
}
