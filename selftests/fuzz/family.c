// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzes the family: takes the policies from the running kernel, sends what is
 * valid, nearly valid and broken, as several people at once, while devices and
 * namespaces come and go. Where the kernel has KCOV, what reached new code of
 * the module is kept, and goes on from there.
 */
#include <grp.h>
#include <linux/genetlink.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../ddm/log.h"
#include "../ddm/netdev.h"
#include "../ddm/raw.h"
#include "../ddm/world.h"

#define ATTRIBUTES 64
#define MESSAGE_MAX 16384
#define CORPUS_MAX 4096
#define SOCKETS 6
#define FDS 8
#define COVERAGE_BITS (1u << 20)
#define KCOV_ENTRIES (64 << 10)

/* ------------------------------------------------------- shared by all -- */

static struct shared {
	uint32_t stop;
	uint64_t messages;
	uint64_t accepted;
	uint64_t devices;
	uint64_t namespaces;
	uint64_t kept;
	uint64_t refused[4096]; /* by errno */
	uint32_t covered;
	uint8_t coverage[COVERAGE_BITS / 8];
} * shared;

static void add(uint64_t *counter)
{
	__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

static bool stopped(void)
{
	return __atomic_load_n(&shared->stop, __ATOMIC_RELAXED);
}

/* ------------------------------------------------------------- chances -- */

static uint64_t state;

static uint64_t draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1dULL;
}

static uint32_t below(uint32_t limit)
{
	return (uint32_t)(draw() >> 33) % limit;
}

static bool once_in(uint32_t times)
{
	return !below(times);
}

/* ------------------------------------------------------------ policies -- */

struct attribute {
	bool is_there;
	uint32_t type; /* enum netlink_attribute_type */
	uint64_t min, max, mask;
	uint32_t min_length, max_length;
};

struct policy {
	struct attribute attributes[ATTRIBUTES];
};

static struct policy policies[256];
static int policy_of[2][256]; /* of do and dump, -1 without one */
static uint8_t commands[256];
static unsigned int command_count;

static void read_attribute(const struct nlattr *nest, struct attribute *a)
{
	const struct nlattr *attr;

	a->is_there = true;
	a->max = UINT64_MAX;
	mnl_attr_for_each_nested(attr, nest)
	{
		switch (mnl_attr_get_type(attr)) {
		case NL_POLICY_TYPE_ATTR_TYPE:
			a->type = mnl_attr_get_u32(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_S:
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
			a->min = mnl_attr_get_u64(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_S:
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
			a->max = mnl_attr_get_u64(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MIN_LENGTH:
			a->min_length = mnl_attr_get_u32(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MAX_LENGTH:
			a->max_length = mnl_attr_get_u32(attr);
			break;
		case NL_POLICY_TYPE_ATTR_MASK:
			a->mask = mnl_attr_get_u64(attr);
			break;
		}
	}
}

static void read_policy(const struct nlattr *nest)
{
	struct policy *policy = &policies[mnl_attr_get_type(nest) & 255];
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
	{
		unsigned int type = mnl_attr_get_type(attr);

		if (type < ATTRIBUTES)
			read_attribute(attr, &policy->attributes[type]);
	}
}

static void read_command(const struct nlattr *nest)
{
	uint8_t command = (uint8_t)mnl_attr_get_type(nest);
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
	{
		if (mnl_attr_get_type(attr) == CTRL_ATTR_POLICY_DO)
			policy_of[0][command] = (int)mnl_attr_get_u32(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_POLICY_DUMP)
			policy_of[1][command] = (int)mnl_attr_get_u32(attr);
	}
	commands[command_count++ & 255] = command;
}

static int read_message(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr, *nest;

	(void)data;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		uint16_t type = mnl_attr_get_type(attr);

		if (type != CTRL_ATTR_OP_POLICY && type != CTRL_ATTR_POLICY)
			continue;
		mnl_attr_for_each_nested(nest, attr)
		{
			if (type == CTRL_ATTR_POLICY)
				read_policy(nest);
			else
				read_command(nest);
		}
	}
	return 0;
}

static int learn_policies(void)
{
	struct raw *raw = raw_open(0);
	struct nlmsghdr *nlh;
	int err;

	if (!raw)
		return -errno;
	memset(policy_of, -1, sizeof(policy_of));
	nlh = raw_begin(raw, CTRL_CMD_GETPOLICY);
	nlh->nlmsg_type = GENL_ID_CTRL;
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, raw->family);
	err = raw_dump(raw, nlh, read_message, NULL);
	raw_close(raw);
	return err ? err : command_count ? 0 : -ENOENT;
}

/* ------------------------------------------------------------ messages -- */

static int fds[FDS];

static const char *const names[] = { "d0",   "d1",   "d2",	"wg0", "wg1",
				     "ppp0", "ppp1", "Filiale", "x",   "" };

static uint64_t draw_number(const struct attribute *a)
{
	uint64_t number;

	switch (below(8)) {
	case 0:
		return a->min;
	case 1:
		return a->max;
	case 2:
		return below(3) << 24 | below(8);
	case 3:
		number = draw();
		break;
	default:
		number = below(24);
	}
	if (a->mask)
		return number & a->mask;
	if (number < a->min || number > a->max)
		number = a->min + (a->max > a->min ? below(4) : 0);
	return number;
}

static size_t draw_text(const struct attribute *a, char *text)
{
	size_t length, i;

	if (!once_in(8) && a->max_length) {
		const char *name = names[below(ARRAY_SIZE(names))];

		length = strlen(name) < a->max_length ? strlen(name) :
							a->max_length;
		memcpy(text, name, length);
	} else {
		length = once_in(4) ? a->max_length : below(a->max_length + 1);
		if (length > 9000)
			length = 9000;
		for (i = 0; i < length; i++)
			text[i] = (char)('a' + below(26));
	}
	text[length] = '\0';
	return length + 1;
}

/* What the policy allows. Returns its length. */
static size_t draw_payload(const struct attribute *a, char *payload)
{
	uint64_t number = draw_number(a);
	int32_t fd;

	switch (a->type) {
	case NL_ATTR_TYPE_FLAG:
		return 0;
	case NL_ATTR_TYPE_S32:
		fd = once_in(4) ? (int32_t)below(12) : fds[below(FDS)];
		memcpy(payload, &fd, sizeof(fd));
		return sizeof(fd);
	case NL_ATTR_TYPE_U64:
		memcpy(payload, &number, 8);
		return 8;
	case NL_ATTR_TYPE_NUL_STRING:
	case NL_ATTR_TYPE_STRING:
		return draw_text(a, payload);
	case NL_ATTR_TYPE_BINARY:
		number = a->max_length ? a->max_length : a->min_length;
		memset(payload, (int)draw(), number & 255);
		return number & 255;
	default:
		memcpy(payload, &number, 4);
		return 4;
	}
}

enum fault {
	NO_FAULT,
	LENGTH, /* of an attribute's payload */
	VALUE,
	UNENDED, /* a text without its NUL */
	TWICE,
	UNKNOWN, /* an attribute that there is none */
	NESTED, /* it claims to be */
	TAIL, /* bytes behind the last attribute */
	HEADER,
	FAULTS
};

static void put(struct nlmsghdr *nlh, uint16_t type, size_t length,
		const void *payload)
{
	if (nlh->nlmsg_len + length + 64 < MESSAGE_MAX)
		mnl_attr_put(nlh, type, length, payload);
}

static void put_one(struct nlmsghdr *nlh, uint16_t type,
		    const struct attribute *a, enum fault fault)
{
	char payload[10240] = "";
	size_t length = draw_payload(a, payload);
	uint64_t wrong;

	switch (fault) {
	case LENGTH:
		length = below(once_in(8) ? 9000 : 20);
		break;
	case VALUE:
		wrong = once_in(2) ? a->max + 1 : a->min - 1;
		if (length <= 8)
			memcpy(payload, &wrong, length);
		break;
	case UNENDED:
		length -= length > 0;
		break;
	case NESTED:
		type |= NLA_F_NESTED;
		break;
	case TWICE:
		put(nlh, type, length, payload);
		break;
	default:
		break;
	}
	put(nlh, type, length, payload);
}

static void compose(struct nlmsghdr *nlh, bool dump, enum fault fault)
{
	struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	int policy = policy_of[dump][genl->cmd];
	unsigned int type, faulty = below(ATTRIBUTES), density = below(4);
	uint64_t junk = draw();

	for (type = 1; policy >= 0 && type < ATTRIBUTES; type++) {
		struct attribute *a = &policies[policy & 255].attributes[type];

		if (!a->is_there || (density && !once_in(density)))
			continue;
		put_one(nlh, (uint16_t)type, a,
			type >= faulty ? fault : NO_FAULT);
		if (type >= faulty)
			fault = NO_FAULT;
	}
	if (fault == UNKNOWN)
		put(nlh, (uint16_t)below(200), below(9), &junk);
	if (fault == TAIL) {
		memcpy(mnl_nlmsg_get_payload_tail(nlh), &junk, 4);
		nlh->nlmsg_len += 1 + below(4);
	}
	if (fault == HEADER) {
		nlh->nlmsg_flags |= (uint16_t)draw();
		genl->version = (uint8_t)draw();
		genl->reserved = (uint16_t)draw();
	}
}

/* --------------------------------------------------------------- corpus -- */

struct kept {
	uint32_t length;
	uint8_t *bytes;
};

static struct kept corpus[CORPUS_MAX];
static unsigned int corpus_count;

static void keep(const struct nlmsghdr *nlh)
{
	struct kept *place =
		&corpus[corpus_count < CORPUS_MAX ? corpus_count++ :
						    below(CORPUS_MAX)];

	free(place->bytes);
	place->length = nlh->nlmsg_len;
	place->bytes = malloc(place->length);
	if (!place->bytes)
		exit(1);
	memcpy(place->bytes, nlh, place->length);
	add(&shared->kept);
}

/* One that was kept, with some bytes changed behind the headers */
static void mutate(struct nlmsghdr *nlh)
{
	const struct kept *one = &corpus[below(corpus_count)];
	unsigned int changes = 1 + below(4);
	const size_t head = NLMSG_HDRLEN;

	memcpy(nlh, one->bytes, one->length);
	while (changes-- && one->length > head)
		((uint8_t *)nlh)[head + below((uint32_t)(one->length - head))] =
			(uint8_t)(once_in(2) ? draw() : below(24));
}

static void scramble(struct nlmsghdr *nlh)
{
	uint8_t *payload = mnl_nlmsg_get_payload(nlh);
	uint32_t length = below(128), i;

	for (i = 0; i < length; i++)
		payload[i + GENL_HDRLEN] = (uint8_t)draw();
	nlh->nlmsg_len = (uint32_t)(NLMSG_HDRLEN + below(length + 8));
}

static void build(struct raw *raw)
{
	struct nlmsghdr *nlh = raw_begin(raw, 0);
	struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	bool dump;

	genl->cmd = once_in(40) ? (uint8_t)draw() :
				  commands[below(command_count)];
	dump = policy_of[1][genl->cmd] >= 0 ? once_in(2) : once_in(20);
	nlh->nlmsg_flags = NLM_F_REQUEST | (once_in(4) ? 0 : NLM_F_ACK) |
			   (dump ? NLM_F_DUMP : 0);
	switch (below(16)) {
	case 0:
		scramble(nlh);
		break;
	case 1:
	case 2:
	case 3:
		if (corpus_count) {
			mutate(nlh);
			nlh->nlmsg_type = raw->family;
			break;
		}
		/* fall through */
	case 4:
	case 5:
	case 6:
		compose(nlh, dump, 1 + below(FAULTS - 1));
		break;
	default:
		compose(nlh, dump, NO_FAULT);
	}
	nlh->nlmsg_seq = ++raw->seq;
}

/* ----------------------------------------------------------------- KCOV -- */

#define KCOV_INIT _IOR('c', 1, unsigned long)
#define KCOV_ENABLE _IO('c', 100)

static unsigned long *cover;
static unsigned long module_begin, module_end;

static void find_module(void)
{
	char line[512], name[64];
	unsigned long size, address;
	FILE *file = fopen("/proc/modules", "re");

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "%63s %lu %*s %*s %*s %lx", name, &size,
			   &address) == 3 &&
		    !strcmp(name, "ddm")) {
			module_begin = address;
			module_end = address + size;
		}
	if (file)
		fclose(file);
}

/* Of this process. Without it, the fuzzer is blind, and no worse otherwise. */
static bool open_eyes(void)
{
	int fd = open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC);

	if (fd < 0 || !module_begin)
		return false;
	if (ioctl(fd, KCOV_INIT, KCOV_ENTRIES))
		return false;
	cover = mmap(NULL, KCOV_ENTRIES * sizeof(*cover),
		     PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (cover == MAP_FAILED || ioctl(fd, KCOV_ENABLE, 0)) {
		cover = NULL;
		return false;
	}
	return true;
}

static void look_from_here(void)
{
	if (cover)
		__atomic_store_n(&cover[0], 0, __ATOMIC_RELAXED);
}

static bool is_new(unsigned long pc)
{
	uint32_t at = (uint32_t)(pc - module_begin) % COVERAGE_BITS;
	uint8_t bit = (uint8_t)(1u << (at & 7));

	return !(__atomic_fetch_or(&shared->coverage[at / 8], bit,
				   __ATOMIC_RELAXED) &
		 bit);
}

static bool saw_something_new(void)
{
	unsigned long count, i;
	bool any = false;

	if (!cover)
		return false;
	count = __atomic_load_n(&cover[0], __ATOMIC_RELAXED);
	for (i = 1; i <= count && i < KCOV_ENTRIES; i++) {
		unsigned long pc = cover[i];

		if (pc < module_begin || pc >= module_end || !is_new(pc))
			continue;
		__atomic_fetch_add(&shared->covered, 1, __ATOMIC_RELAXED);
		any = true;
	}
	return any;
}

/* -------------------------------------------------------------- sending -- */

static struct raw *sockets[SOCKETS];

static void count_answer(const struct nlmsghdr *nlh)
{
	int err;

	if (nlh->nlmsg_type != NLMSG_ERROR ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(err))
		return;
	memcpy(&err, mnl_nlmsg_get_payload(nlh), sizeof(err));
	if (!err)
		add(&shared->accepted);
	else if (err < 0 && err > -4096)
		add(&shared->refused[-err]);
}

/* Take what is there; a dump is sometimes left half-read. */
static void drain(struct raw *raw)
{
	unsigned int parts = once_in(8) ? below(3) : 64;
	ssize_t n;
	int left;

	while (parts--) {
		const struct nlmsghdr *nlh = (const void *)raw->answer;

		n = recv(raw_fd(raw), raw->answer, sizeof(raw->answer),
			 MSG_DONTWAIT);
		if (n <= 0)
			return;
		for (left = (int)n; mnl_nlmsg_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left))
			count_answer(nlh);
	}
}

static void send_one(void)
{
	struct raw **place = &sockets[below(SOCKETS)];
	const struct nlmsghdr *nlh;
	size_t length;

	if (*place && once_in(50)) {
		raw_close(*place);
		*place = NULL;
	}
	if (!*place)
		*place = raw_open(0);
	if (!*place)
		return;
	build(*place);
	nlh = (const void *)(*place)->request;
	length = nlh->nlmsg_len;
	look_from_here();
	if (send(raw_fd(*place), nlh, length, MSG_DONTWAIT) >= 0)
		drain(*place);
	if (saw_something_new())
		keep(nlh);
	add(&shared->messages);
}

static void close_sockets(void)
{
	unsigned int i;

	for (i = 0; i < SOCKETS; i++) {
		raw_close(sockets[i]);
		sockets[i] = NULL;
	}
}

static void make_fds(void)
{
	int i;

	for (i = 0; i < FDS; i++)
		fds[i] =
			i == FDS - 1 ?
				open("/dev/null", O_RDWR | O_CLOEXEC) :
				eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK |
						   (i & 1 ? EFD_SEMAPHORE : 0));
}

/* -------------------------------------------------------------- devices -- */

static int homes[2]; /* namespaces that all know */
static int ppp[2] = { -1, -1 };

static void play_with_ppp(void)
{
	int *fd = &ppp[below(2)], unit = -1;

	if (*fd >= 0)
		close(*fd);
	*fd = once_in(3) ? -1 : netdev_ppp(&unit);
}

static void play_with_device(struct rtnl *rtnl)
{
	const char *name = names[below(5)];
	int ifindex = (int)if_nametoindex(name);

	add(&shared->devices);
	if (!ifindex) {
		netdev_add(rtnl, name, *name == 'w' ? "wireguard" : "dummy");
		return;
	}
	switch (below(9)) {
	case 0:
		netdev_del(rtnl, ifindex);
		break;
	case 1:
		netdev_rename(rtnl, ifindex, names[below(5)]);
		break;
	case 2:
		netdev_move(rtnl, ifindex, homes[below(2)]);
		break;
	case 3:
		netdev_carrier(rtnl, ifindex, once_in(2));
		break;
	case 4:
		netdev_dormant(rtnl, ifindex, once_in(2));
		break;
	case 5:
		play_with_ppp();
		break;
	case 6:
		netdev_down(rtnl, ifindex);
		break;
	default:
		netdev_up(rtnl, ifindex);
	}
}

/* --------------------------------------------------------------- people -- */

static void be_administrator(void)
{
	while (!stopped())
		send_one();
}

static void be_nobody(void)
{
	if (setgroups(0, NULL) || setgid(65534) || setuid(65534))
		exit(1);
	/* most of it is refused at once, and would be all that is sent */
	while (!stopped()) {
		send_one();
		usleep(500);
	}
}

/* One who owns a namespace, and is nobody outside; devices are his own. */
static void be_owner(void)
{
	struct rtnl *rtnl;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		exit(0); /* not every system lets them */
	rtnl = rtnl_open();
	while (!stopped()) {
		send_one();
		if (rtnl && once_in(8))
			play_with_device(rtnl);
	}
	rtnl_close(rtnl);
}

/* One who goes from namespace to namespace, into new ones too */
static void be_wanderer(void)
{
	struct rtnl *rtnl = NULL;

	while (!stopped()) {
		if (once_in(100)) {
			rtnl_close(rtnl);
			if (once_in(2) ? unshare(CLONE_NEWNET) :
					 setns(homes[below(2)], CLONE_NEWNET))
				exit(1);
			if (once_in(2))
				close_sockets();
			rtnl = rtnl_open();
			add(&shared->namespaces);
		}
		if (rtnl && once_in(8))
			play_with_device(rtnl);
		send_one();
	}
	rtnl_close(rtnl);
}

static void be_hardware(void)
{
	struct rtnl *rtnl[2];
	unsigned int i;

	for (i = 0; i < 2; i++) {
		setns(homes[i], CLONE_NEWNET);
		rtnl[i] = rtnl_open();
		if (!rtnl[i])
			exit(1);
	}
	while (!stopped()) {
		i = below(2);
		setns(homes[i], CLONE_NEWNET);
		play_with_device(rtnl[i]);
	}
	for (i = 0; i < 2; i++)
		rtnl_close(rtnl[i]);
}

static const struct person {
	const char *name;
	void (*be)(void);
} people[] = {
	{ "administrator", be_administrator },
	{ "nobody", be_nobody },
	{ "owner", be_owner },
	{ "wanderer", be_wanderer },
	{ "hardware", be_hardware },
};

static pid_t start(unsigned int which, uint64_t seed)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* of each his own chances, whoever else is there */
	state = (seed + 1) * 0x9e3779b97f4a7c15ULL + which;
	draw();
	make_fds();
	if (setns(homes[0], CLONE_NEWNET))
		exit(1);
	open_eyes();
	people[which].be();
	close_sockets();
	exit(0);
}

/* ---------------------------------------------------------------- books -- */

static int failures;

static void check(bool holds, const char *what, uint64_t a, uint64_t b)
{
	if (holds)
		return;
	printf("# %s: %llu and %llu\n", what, (unsigned long long)a,
	       (unsigned long long)b);
	failures++;
}

struct tally {
	uint32_t interfaces, connected, dialling, connections, links;
	uint64_t last, lost;
	bool gap;
};

static int tally_interface(const struct ddm_interface *one, void *data)
{
	struct tally *tally = data;

	tally->interfaces++;
	tally->connected += one->state == DDM_STATE_CONNECTED;
	if (one->state == DDM_STATE_CONNECTED && !one->connection)
		tally->gap = true;
	return 0;
}

static int tally_connection(const struct ddm_connection *one, void *data)
{
	(void)one;
	((struct tally *)data)->connections++;
	return 0;
}

static int tally_link(const struct ddm_link *one, void *data)
{
	(void)one;
	((struct tally *)data)->links++;
	return 0;
}

static int tally_event(const struct ddm_event *event, void *data)
{
	struct tally *tally = data;
	uint64_t step = event->type == DDM_EVENT_TYPE_LOST ? event->lost : 1;

	tally->gap |= event->sequence != tally->last + step;
	tally->last = event->sequence;
	tally->lost += event->type == DDM_EVENT_TYPE_LOST ? event->lost : 0;
	return 0;
}

/* Who closed his socket left nothing behind, sooner or later. */
static const struct ddm_service *wait_for_quiet(struct ddm *ddm)
{
	const struct ddm_service *service = NULL;
	int64_t end = now_ms() + 60000;

	while (!ddm_service_get(ddm, &service) &&
	       (service->listeners || service->dialer) && now_ms() < end)
		usleep(10000);
	return service;
}

static void check_home(int home)
{
	struct tally tally = { 0 };
	const struct ddm_service *service;
	struct ddm_service_request run = {
		.size = sizeof(run),
		.set = DDM_SERVICE_STATE_SET,
		.state = DDM_SERVICE_STATE_RUNNING,
	};
	struct ddm *ddm;

	if (setns(home, CLONE_NEWNET) || ddm_open(&ddm)) {
		check(false, "the namespace cannot be entered", 0, 0);
		return;
	}
	ddm_service_set(ddm, &run);
	service = wait_for_quiet(ddm);
	check(service && !service->listeners, "listeners are left",
	      service ? service->listeners : 0, 0);
	check(service && !service->dialer, "a dialer is left",
	      service ? service->dialer : 0, 0);
	ddm_interface_list(ddm, 0, tally_interface, &tally, NULL);
	ddm_connection_list(ddm, tally_connection, &tally);
	ddm_link_list(ddm, tally_link, &tally);
	ddm_event_list(ddm, 0, DDM_ANY_INTERFACE, DDM_EVENT_MASK_ALL,
		       tally_event, &tally);
	if (!ddm_service_get(ddm, &service)) {
		check(service->interfaces == tally.interfaces, "interfaces",
		      service->interfaces, tally.interfaces);
		check(service->connections == tally.connections &&
			      tally.connected == tally.connections,
		      "connections", service->connections, tally.connected);
		check(service->links == tally.links, "links", service->links,
		      tally.links);
		check(service->sequence == tally.last, "last event",
		      service->sequence, tally.last);
		check(!tally.gap, "events have a gap before", tally.last,
		      tally.lost);
	}
	ddm_close(ddm);
}

static void check_log(int log)
{
	const char *line;

	while (*(line = log_trouble(log))) {
		printf("# log: %s", line);
		failures++;
	}
}

/* ----------------------------------------------------------------- main -- */

static void report(uint64_t seed, unsigned int seconds)
{
	int err;

	printf("# seed %llu, %u s: %llu messages, %llu accepted, %llu changes of devices, %llu of namespaces\n",
	       (unsigned long long)seed, seconds,
	       (unsigned long long)shared->messages,
	       (unsigned long long)shared->accepted,
	       (unsigned long long)shared->devices,
	       (unsigned long long)shared->namespaces);
	if (shared->covered)
		printf("# %u places of the module reached, %llu messages kept for it\n",
		       shared->covered, (unsigned long long)shared->kept);
	else
		puts("# no KCOV: it went blind");
	fputs("# refused:", stdout);
	for (err = 1; err < 4096; err++)
		if (shared->refused[err])
			printf(" %s %llu", err_text(-err),
			       (unsigned long long)shared->refused[err]);
	putchar('\n');
}

/* A minute's run sends forty times as many, a busy debug kernel's three times. */
#define FEW_MESSAGES 1000

/* Who sends nothing, is only refused, or cannot see, does not fuzz. */
static void check_work(void)
{
	unsigned int few = FEW_MESSAGES / slow();

	check(shared->messages > few, "too few messages", shared->messages,
	      few);
	check(shared->accepted, "messages, none accepted", shared->messages,
	      shared->accepted);
	if (!access("/sys/kernel/debug/kcov", F_OK))
		check(shared->covered, "blind, and there is KCOV",
		      shared->covered, shared->kept);
}

static bool play(uint64_t seed, unsigned int seconds, const char *only)
{
	pid_t pids[ARRAY_SIZE(people)] = { 0 };
	int64_t end = now_ms() + 1000 * (int64_t)seconds;
	bool all_ended = true;
	unsigned int i;
	int status;

	for (i = 0; i < ARRAY_SIZE(people); i++)
		if (!only || !strcmp(only, people[i].name))
			pids[i] = start(i, seed);
	while (now_ms() < end)
		usleep(100000);
	__atomic_store_n(&shared->stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < ARRAY_SIZE(people); i++) {
		if (pids[i] <= 0 || waitpid(pids[i], &status, 0) < 0 ||
		    (WIFEXITED(status) && !WEXITSTATUS(status)))
			continue;
		printf("# %s ended with 0x%x\n", people[i].name, status);
		all_ended = false;
	}
	return all_ended;
}

static int make_homes(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		homes[i] = netns_new();
		if (homes[i] < 0)
			return homes[i];
	}
	return 0;
}

static int tell(int number, bool ok, const char *name)
{
	printf("%sok %d %s\n", ok ? "" : "not ", number, name);
	return !ok;
}

static int usage(void)
{
	fputs("usage: family [-t SECONDS] [-s SEED] [-p PERSON]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const char *wanted = getenv("FUZZ_SECONDS");
	unsigned int seconds = wanted ? (unsigned int)atoi(wanted) : 60;
	uint64_t seed = (uint64_t)time(NULL);
	const char *only = NULL;
	int option, skip, bad, err, log;

	while ((option = getopt(argc, argv, "t:s:p:")) != -1) {
		if (option == 't')
			seconds = (unsigned int)strtoul(optarg, NULL, 0);
		else if (option == 's')
			seed = strtoull(optarg, NULL, 0);
		else if (option == 'p')
			only = optarg;
		else
			return usage();
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	skip = world_possible();
	if (skip)
		return skip;
	puts("TAP version 13\n1..4");
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	err = learn_policies();
	if (!err)
		err = make_homes();
	if (shared == MAP_FAILED || err) {
		printf("Bail out! %s\n", err_text(err));
		return 1;
	}
	log = log_open();
	find_module();
	printf("# seed %llu\n", (unsigned long long)seed);
	bad = tell(1, play(seed, seconds, only), "nobody_is_stuck_or_killed");
	report(seed, seconds);
	/* of one alone, each may lack something */
	if (!only)
		check_work();
	bad += tell(2, !failures, "there_was_work_and_it_was_seen");
	failures = 0;
	check_home(homes[0]);
	check_home(homes[1]);
	bad += tell(3, !failures, "books_hold_after_fuzzing");
	failures = 0;
	check_log(log);
	bad += tell(4, !failures, "kernel_has_nothing_to_say");
	return bad != 0;
}
