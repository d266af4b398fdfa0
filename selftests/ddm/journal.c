// SPDX-License-Identifier: GPL-2.0-only
/*
 * No transition is lost silently: every event has a number, the numbers have
 * no gap, and who comes too late is told exactly how many are gone.
 */
#include <pthread.h>

#include "parameter.h"
#include "raw.h"
#include "world.h"

#define TRANSITIONS (20000 / slow())
#define RING_FIRST 1024 /* the ring that the first interface gets */
#define RING_PER_INTERFACE 4

WORLD_FIXTURE(journal);

/* So many real ups and downs */
static int flap(struct world *w, int ifindex, unsigned int transitions)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < transitions && !err; i++)
		err = i & 1 ? netdev_down(w->rtnl, ifindex) :
			      netdev_up(w->rtnl, ifindex);
	return err;
}

/* So many events that cost little: the interface is disabled and enabled */
static int change(struct world *w, uint32_t id, unsigned int events)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < events && !err; i++)
		err = set_enabled(w, id, i & 1);
	return err;
}

/**
 * struct account - what a reader of the journal was told
 * @next: number that the next event must have
 * @events: events told
 * @lost: events told to be lost
 * @lost_times: in how many pieces
 * @gaps: numbers that were not as they had to be
 * @connected: balance of CONNECTED and DISCONNECTED
 * @state: of the last event
 */
struct account {
	uint64_t next;
	uint64_t events;
	uint64_t lost;
	unsigned int lost_times;
	unsigned int gaps;
	int connected;
	uint32_t state;
};

static int account_one(const struct ddm_event *event, void *data)
{
	struct account *account = data;

	if (event->type == DDM_EVENT_TYPE_LOST) {
		account->lost += event->lost;
		account->lost_times++;
		account->gaps += event->sequence + 1 !=
				 account->next + event->lost;
	} else {
		account->events++;
		account->gaps += event->sequence != account->next;
		account->connected += event->type == DDM_EVENT_TYPE_CONNECTED;
		account->connected -= event->type ==
				      DDM_EVENT_TYPE_DISCONNECTED;
		account->state = event->state;
	}
	account->next = event->sequence + 1;
	return 0;
}

static int account_since(struct world *w, uint64_t since,
			 struct account *account)
{
	memset(account, 0, sizeof(*account));
	account->next = since + 1;
	return ddm_event_list(w->ddm, since, 0, 0, account_one, account);
}

TEST_F(journal, numbers_begin_at_one_and_have_no_gap)
{
	struct account account;
	int a = netdev_add(self->w.rtnl, "a", "dummy");
	int b = netdev_add(self->w.rtnl, "b", "dummy");

	ASSERT_EQ(0, head(&self->w));
	ASSERT_NE(0, make_named(&self->w, "a"));
	ASSERT_NE(0, make_named(&self->w, "b"));
	ASSERT_EQ(0, flap(&self->w, a, 30));
	ASSERT_EQ(0, flap(&self->w, b, 30));

	ASSERT_ERR(0, account_since(&self->w, 0, &account));
	EXPECT_EQ(0, account.gaps);
	EXPECT_EQ(0, account.lost);
	EXPECT_EQ(62, account.events);
	EXPECT_EQ(62, head(&self->w));
}

TEST_F(journal, since_and_filters_are_applied)
{
	struct world *w = &self->w;
	int a = netdev_add(w->rtnl, "a", "dummy");
	uint32_t id_a = make_named(w, "a"), id_b;
	uint64_t since;

	netdev_add(w->rtnl, "b", "dummy");
	id_b = make_named(w, "b");
	ASSERT_NE(0, id_a);
	ASSERT_NE(0, id_b);
	since = head(w);
	EXPECT_STREQ("", story_since(w, since, 0));
	EXPECT_STREQ("", story_since(w, since + 1000, 0));

	ASSERT_EQ(0, flap(w, a, 2));
	ASSERT_EQ(0, change(w, id_b, 1));
	EXPECT_STREQ(
		"connected, disconnected device-down 628, interface-change",
		story_since(w, since, 0));
	EXPECT_STREQ("disconnected device-down 628, interface-change",
		     story_since(w, since + 1, 0));
	EXPECT_STREQ("connected, disconnected device-down 628",
		     story_since(w, since, id_a));
	EXPECT_STREQ("interface-change", story_since(w, since, id_b));
	EXPECT_STREQ("", story_since(w, since, 4711));
	EXPECT_STREQ("", story_since(w, UINT64_MAX, 0));
}

static const char *story_of_types(struct world *w, uint64_t since,
				  uint32_t mask)
{
	struct story story = { 0 };
	int err = ddm_event_list(w->ddm, since, 0, mask, story_add, &story);

	return err ? err_text(err) : story.text ? story.text : "";
}

TEST_F(journal, mask_selects_types)
{
	struct world *w = &self->w;
	int a = netdev_add(w->rtnl, "a", "dummy");

	ASSERT_NE(0, make_named(w, "a"));
	ASSERT_EQ(0, flap(w, a, 3));
	EXPECT_STREQ("connected, connected",
		     story_of_types(w, 0,
				    DDM_EVENT_BIT(DDM_EVENT_TYPE_CONNECTED)));
	EXPECT_STREQ(
		"interface-new, disconnected device-down 628",
		story_of_types(
			w, 0,
			DDM_EVENT_BIT(DDM_EVENT_TYPE_INTERFACE_NEW) |
				DDM_EVENT_BIT(DDM_EVENT_TYPE_DISCONNECTED)));
	EXPECT_STREQ("", story_of_types(w, 0,
					DDM_EVENT_BIT(DDM_EVENT_TYPE_SERVICE)));
}

TEST_F(journal, one_event_can_be_asked_for)
{
	struct raw *raw = raw_open(0);
	struct nlmsghdr *nlh;
	uint32_t id;

	ASSERT_NE(NULL, raw);
	EXPECT_ERR(-ENOENT, raw_do(raw, raw_begin(raw, DDM_CMD_EVENT_GET)));
	id = make_named(&self->w, "a");
	ASSERT_EQ(0, change(&self->w, id, 3));

	nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, 2);
	ASSERT_ERR(0, raw_send(raw, nlh, 0));
	ASSERT_ERR(0, raw_receive(raw, NULL, NULL));
	nlh = (void *)raw->answer;
	EXPECT_EQ(DDM_CMD_EVENT_GET, raw_command(nlh));
	EXPECT_EQ(3, raw_number(nlh, DDM_A_EVENT_SEQUENCE));
	EXPECT_EQ(id, raw_number(nlh, DDM_A_EVENT_INTERFACE));

	nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, 4);
	EXPECT_ERR(-ENOENT, raw_do(raw, nlh));
	EXPECT_STREQ("there is no such event yet", raw->message);
	/* the number before the last that can be, and the last */
	nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, UINT64_MAX - 1);
	EXPECT_ERR(-ENOENT, raw_do(raw, nlh));
	nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, UINT64_MAX);
	EXPECT_ERR(-ENOENT, raw_do(raw, nlh));
	raw_close(raw);
}

/**
 * struct records - an answer with records
 * @count: how many records
 * @first: number of the first's event
 * @last: of the last's
 * @name: of the last
 */
struct records {
	unsigned int count;
	uint64_t first;
	uint64_t last;
	char name[DDM_NAME_MAX + 1];
};

/* Ask for the records after @since; returns the answer, or NULL. */
static const struct nlmsghdr *ask_records(struct raw *raw, uint64_t since,
					  struct records *records)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	const struct nlattr *attr, *part;

	memset(records, 0, sizeof(*records));
	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, since);
	mnl_attr_put(nlh, DDM_A_EVENT_RECORDS, 0, NULL);
	if (raw_send(raw, nlh, 0) || raw_receive(raw, NULL, NULL))
		return NULL;
	nlh = (void *)raw->answer;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(attr) != DDM_A_EVENT_RECORD)
			continue;
		mnl_attr_for_each_nested(part, attr)
		{
			if (mnl_attr_get_type(part) == DDM_A_RECORD_NAME)
				strcpy(records->name, mnl_attr_get_str(part));
			if (mnl_attr_get_type(part) != DDM_A_RECORD_VALUES)
				continue;
			memcpy(&records->last, mnl_attr_get_payload(part),
			       sizeof(records->last));
		}
		if (!records->count++)
			records->first = records->last;
	}
	return nlh;
}

/* Answer after answer, each no longer than is promised */
TEST_F(journal, records_come_until_there_are_no_more)
{
	struct raw *raw = raw_open(0);
	const struct nlmsghdr *nlh;
	unsigned int answers = 0;
	struct records records;
	uint64_t since = 0;
	uint32_t id;

	ASSERT_NE(NULL, raw);
	nlh = ask_records(raw, 0, &records);
	ASSERT_NE(NULL, nlh);
	EXPECT_EQ(0, records.count);
	EXPECT_EQ(NULL, raw_attr(nlh, DDM_A_EVENT_MORE));

	id = make_named(&self->w, "a");
	ASSERT_EQ(0, change(&self->w, id, 499));
	do {
		nlh = ask_records(raw, since, &records);
		ASSERT_NE(NULL, nlh);
		ASSERT_NE(0, records.count);
		EXPECT_GE(16000, nlh->nlmsg_len);
		EXPECT_EQ(since + 1, records.first);
		EXPECT_EQ(since + records.count, records.last);
		EXPECT_STREQ("a", records.name);
		EXPECT_EQ(records.last, raw_number(nlh, DDM_A_EVENT_SINCE));
		since = records.last;
		answers++;
	} while (raw_attr(nlh, DDM_A_EVENT_MORE));
	EXPECT_EQ(500, since);
	EXPECT_LT(1, answers);

	nlh = ask_records(raw, since, &records);
	ASSERT_NE(NULL, nlh);
	EXPECT_EQ(0, records.count);
	EXPECT_EQ(500, raw_number(nlh, DDM_A_EVENT_SINCE));
	EXPECT_EQ(NULL, raw_attr(nlh, DDM_A_EVENT_MORE));
	/* there is no event with such a number, and none after it */
	nlh = ask_records(raw, UINT64_MAX, &records);
	ASSERT_NE(NULL, nlh);
	EXPECT_EQ(0, records.count);
	EXPECT_EQ(NULL, raw_attr(nlh, DDM_A_EVENT_MORE));
	raw_close(raw);
}

TEST_F(journal, record_has_the_longest_name_whole)
{
	char name[DDM_NAME_MAX + 1] = "";
	struct raw *raw = raw_open(0);
	const struct nlmsghdr *nlh;
	struct records records;
	unsigned int i;

	/* 256 characters of four bytes */
	for (i = 0; i < DDM_NAME_MAX / 4; i++)
		memcpy(name + 4 * i, "\U0001f4de", 5);
	ASSERT_NE(NULL, raw);
	ASSERT_NE(0, make_named(&self->w, name));
	nlh = ask_records(raw, 0, &records);
	ASSERT_NE(NULL, nlh);
	EXPECT_EQ(1, records.count);
	EXPECT_STREQ(name, records.name);
	EXPECT_EQ(NULL, raw_attr(nlh, DDM_A_EVENT_MORE));
	raw_close(raw);
}

static int keep_name(const struct ddm_event *event, void *data)
{
	strcpy(data, event->name);
	return 0;
}

TEST_F(journal, event_of_a_deleted_interface_has_its_name)
{
	struct world *w = &self->w;
	char name[DDM_NAME_MAX + 1] = "?";
	uint32_t id = make_named(w, "Zweigstelle Köln");

	ASSERT_NE(0, id);
	ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	ASSERT_ERR(0,
		   ddm_event_list(w->ddm, 0, id,
				  DDM_EVENT_BIT(DDM_EVENT_TYPE_INTERFACE_NEW),
				  keep_name, name));
	EXPECT_STREQ("Zweigstelle Köln", name);
	ASSERT_ERR(0,
		   ddm_event_list(w->ddm, 0, id,
				  DDM_EVENT_BIT(DDM_EVENT_TYPE_INTERFACE_DEL),
				  keep_name, name));
	EXPECT_STREQ("Zweigstelle Köln", name);
}

/* What the service says of the ring agrees with what can be read. */
TEST_F(journal, oldest_and_size_are_told)
{
	struct world *w = &self->w;
	const struct ddm_service *service;
	struct account account;
	uint32_t id;

	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(1, service->oldest);
	id = make_named(w, "a");
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(RING_FIRST - 1, service->journal_size);
	EXPECT_EQ(1, service->oldest);

	ASSERT_EQ(0, change(w, id, RING_FIRST - 2));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(1, service->oldest);
	ASSERT_ERR(0, account_since(w, 0, &account));
	EXPECT_EQ(RING_FIRST - 1, account.events);
	EXPECT_EQ(0, account.lost);

	ASSERT_EQ(0, change(w, id, 1));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(2, service->oldest);
	ASSERT_ERR(0, account_since(w, 0, &account));
	EXPECT_EQ(RING_FIRST - 1, account.events);
	EXPECT_EQ(1, account.lost);
	EXPECT_EQ(0, account.gaps);
	/* who asks for no number gets what there is, and nothing is missing */
	EXPECT_ERR(0, account_since(w, 1, &account));
	EXPECT_EQ(0, account.lost);
}

TEST_F(journal, lost_is_told_whatever_the_filter)
{
	struct world *w = &self->w;
	uint32_t id = make_named(w, "a");
	int ring = RING_FIRST - 1;
	char expected[32];

	ASSERT_EQ(0, change(w, id, RING_FIRST + 99));
	snprintf(expected, sizeof(expected), "lost %d",
		 RING_FIRST + 100 - ring);
	EXPECT_STREQ(expected, story_since(w, 0, 4711));
	EXPECT_STREQ(expected,
		     story_of_types(w, 0,
				    DDM_EVENT_BIT(DDM_EVENT_TYPE_SERVICE)));
}

struct spelled {
	char text[65536];
	size_t used;
};

static void spell(struct spelled *spelled, uint64_t sequence, uint64_t type,
		  uint64_t lost)
{
	spelled->used += (size_t)snprintf(spelled->text + spelled->used,
					  sizeof(spelled->text) - spelled->used,
					  "%llu:%llu:%llu ",
					  (unsigned long long)sequence,
					  (unsigned long long)type,
					  (unsigned long long)lost);
}

static int spell_event(const struct ddm_event *event, void *data)
{
	spell(data, event->sequence, event->type, event->lost);
	return 0;
}

static int spell_message(const struct nlmsghdr *nlh, void *data)
{
	spell(data, raw_number(nlh, DDM_A_EVENT_SEQUENCE),
	      raw_number(nlh, DDM_A_EVENT_TYPE),
	      raw_number(nlh, DDM_A_EVENT_LOST));
	return 0;
}

/* libddm reads records; who dumps is told the same. */
TEST_F(journal, dump_tells_what_records_tell)
{
	static const uint64_t sinces[] = { 0, 100, 500, 1122, 1200 };
	static struct spelled dump, list;
	struct raw *raw = raw_open(0);
	uint32_t id = make_named(&self->w, "a");
	struct nlmsghdr *nlh;
	unsigned int i;

	ASSERT_NE(NULL, raw);
	ASSERT_EQ(0, change(&self->w, id, RING_FIRST + 99));
	for (i = 0; i < 2 * ARRAY_SIZE(sinces); i++) {
		uint64_t since = sinces[i / 2];
		uint32_t interface = i & 1 ? 4711 : 0;

		memset(&dump, 0, sizeof(dump));
		memset(&list, 0, sizeof(list));
		ASSERT_ERR(0, ddm_event_list(self->w.ddm, since, interface, 0,
					     spell_event, &list));
		nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
		mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, since);
		if (interface)
			mnl_attr_put_u32(nlh, DDM_A_EVENT_INTERFACE, interface);
		ASSERT_ERR(0, raw_dump(raw, nlh, spell_message, &dump));
		EXPECT_STREQ(list.text, dump.text);
		EXPECT_EQ(since <= 100, !strncmp(list.text, "101:0:", 6))
		{
			TH_LOG("since %llu: %.20s", (unsigned long long)since,
			       list.text);
		}
	}
	raw_close(raw);
}

/**
 * struct line - what goes up and down while a reader sleeps
 * @id: its interface
 * @device: its device
 * @link: its link, or 0: then the device itself goes up and down
 */
struct line {
	uint32_t id;
	int device;
	uint32_t link;
};

static int line_set(struct world *w, const struct line *line, bool up)
{
	if (line->link)
		return ddm_link_set(w->ddm, line->link, up);
	return up ? netdev_up(w->rtnl, line->device) :
		    netdev_down(w->rtnl, line->device);
}

/*
 * The reader is a monitor whose socket overflows while it sleeps, and a
 * listener that is to be woken. Afterwards it must be able to account for
 * every transition, and the snapshot must be true.
 */
static void sleep_through(struct __test_metadata *_metadata, struct world *w,
			  const struct line *line, struct account *account)
{
	/* a link tells of itself, too; the last is an up */
	unsigned int per = line->link ? 2 : 1, times = TRANSITIONS / per + 1, i;
	const struct ddm_interface *interface;
	struct ddm_monitor *monitor;
	uint64_t before = head(w);
	int fd = event_fd(), told;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, DDM_SINCE_NOW));
	ASSERT_ERR(0, ddm_monitor_receive_buffer(monitor, 4096));
	ASSERT_ERR(0, ddm_listener_register(w->ddm, fd, 0, line->id));

	for (i = 0; i < times; i++)
		ASSERT_ERR(0, line_set(w, line, !(i & 1)));

	EXPECT_EQ(times, counted(fd));
	EXPECT_EQ(before + times * per, head(w));
	memset(account, 0, sizeof(*account));
	account->next = before + 1;
	while (readable(ddm_monitor_fd(monitor), 0)) {
		told = ddm_monitor_read(monitor, account_one, account);
		ASSERT_LE(0, told);
	}
	EXPECT_EQ(0, account->gaps);
	EXPECT_EQ(times * per, account->events + account->lost);
	EXPECT_EQ(head(w), ddm_monitor_sequence(monitor));
	EXPECT_EQ(DDM_STATE_CONNECTED, account->state);

	ASSERT_ERR(0, ddm_interface_get(w->ddm, line->id, &interface));
	EXPECT_EQ(DDM_STATE_CONNECTED, interface->state);
	EXPECT_EQ(times / 2 + 1, interface->connects);
	EXPECT_EQ(before + times * per, interface->sequence);
	ddm_monitor_close(monitor);
	TH_LOG("%u transitions: %llu read, %llu lost", times * per,
	       (unsigned long long)account->events,
	       (unsigned long long)account->lost);
}

TEST_F_TIMEOUT(journal, sleeping_reader_is_told_how_many_it_lost, 280)
{
	unsigned int old = parameter_set("journal_size", RING_FIRST);
	struct world *w = &self->w;
	struct account account;
	struct line line = { 0 };

	ASSERT_NE(0, old);
	line.device = netdev_add(w->rtnl, "wan", "dummy");
	line.id = make_named(w, "wan");
	parameter_set("journal_size", old);
	ASSERT_NE(0, line.id);
	sleep_through(_metadata, w, &line, &account);
	/* all that the ring holds was still to be read */
	EXPECT_LE(RING_FIRST - 1, account.events);
	EXPECT_LT(0, account.lost);
}

/* With the journal as it is by default, and interfaces enough for a large one */
TEST_F_TIMEOUT(journal, sleeping_reader_loses_nothing_in_a_large_ring, 280)
{
	const struct ddm_link *link;
	struct world *w = &self->w;
	struct account account;
	struct line line = { 0 };
	char name[16];
	int i, fd, unit;

	fd = netdev_ppp(&unit);
	if (fd < 0)
		SKIP(return, "no /dev/ppp: %s", strerror(-fd));
	for (i = 0; i < (int)TRANSITIONS / RING_PER_INTERFACE; i++) {
		snprintf(name, sizeof(name), "Zweig %d", i);
		ASSERT_NE(0, make_named(w, name));
	}
	snprintf(name, sizeof(name), "ppp%d", unit);
	line.device = (int)if_nametoindex(name);
	line.id = id_of(w, name);
	ASSERT_ERR(0, ddm_link_new(w->ddm, (uint32_t)line.device, "ttyS0",
				   DDM_LINK_STATE_DOWN, &link));
	line.link = link->id;
	ASSERT_ERR(0, netdev_up(w->rtnl, line.device));
	sleep_through(_metadata, w, &line, &account);
	EXPECT_EQ(0, account.lost);
	close(fd);
}

static int decode(const struct nlmsghdr *nlh, void *data)
{
	struct ddm_event event = {
		.sequence = raw_number(nlh, DDM_A_EVENT_SEQUENCE),
		.type = (uint32_t)raw_number(nlh, DDM_A_EVENT_TYPE),
		.lost = raw_number(nlh, DDM_A_EVENT_LOST),
		.state = (uint32_t)raw_number(nlh, DDM_A_EVENT_STATE),
	};

	return account_one(&event, data);
}

TEST_F(journal, overrun_in_the_middle_of_a_dump_is_told)
{
	struct account account = { .next = 1 };
	struct raw *raw = raw_open(0);
	struct world *w = &self->w;
	uint32_t id = make_named(w, "a");
	struct nlmsghdr *nlh;
	int ret;

	ASSERT_NE(NULL, raw);
	ASSERT_EQ(0, change(w, id, RING_FIRST - 2));
	nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, 0);
	ASSERT_ERR(0, raw_send(raw, nlh, NLM_F_DUMP));
	ASSERT_EQ(0, raw_receive(raw, decode, &account));
	ASSERT_LT(0, account.events);
	ASSERT_GT(RING_FIRST / 2, account.events);

	ASSERT_EQ(0, change(w, id, 2 * RING_FIRST));
	do {
		ret = raw_receive(raw, decode, &account);
	} while (!ret);
	ASSERT_EQ(1, ret);
	EXPECT_ERR(0, raw->err);
	EXPECT_EQ(0, account.gaps);
	EXPECT_EQ(1, account.lost_times);
	EXPECT_EQ(head(w), account.events + account.lost);
	raw_close(raw);
}

TEST_F(journal, growing_ring_keeps_its_events)
{
	const unsigned int interfaces = RING_FIRST / RING_PER_INTERFACE;
	const struct ddm_service *service;
	struct account account;
	struct world *w = &self->w;
	uint32_t id = make_named(w, "a");
	char name[16];
	unsigned int i;

	for (i = 1; i < interfaces; i++) {
		snprintf(name, sizeof(name), "b%u", i);
		ASSERT_NE(0, make_named(w, name));
	}
	ASSERT_EQ(0, change(w, id, RING_FIRST - 1 - interfaces));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(RING_FIRST - 1, service->journal_size);
	EXPECT_EQ(1, service->oldest);

	ASSERT_NE(0, make_named(w, "one more"));
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(2 * RING_FIRST - 1, service->journal_size);
	ASSERT_EQ(0, change(w, id, RING_FIRST - 1));
	ASSERT_ERR(0, account_since(w, 0, &account));
	EXPECT_EQ(0, account.lost);
	EXPECT_EQ(0, account.gaps);
	EXPECT_EQ(2 * RING_FIRST - 1, account.events);
	EXPECT_EQ(head(w), account.events);
}

TEST_F(journal, ring_grows_no_further_than_its_limit)
{
	const struct ddm_service *service;
	struct world *w = &self->w;
	unsigned int old = parameter_set(
		"journal_size", 100); /* rounded up to a power of two */
	char name[16];
	int i;

	ASSERT_NE(0, old);
	for (i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "b%d", i);
		ASSERT_NE(0, make_named(w, name));
	}
	parameter_set("journal_size", old);
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	EXPECT_EQ(127, service->journal_size);
	EXPECT_EQ(300, service->sequence);
	EXPECT_EQ(174, service->oldest);
}

/* --------------------------------------------- snapshot and journal join -- */

#define DEVICES 20

struct toggler {
	uint32_t ids[DEVICES];
	int devices[DEVICES];
	unsigned int rounds;
	int err;
	bool stop;
};

/* Ups, downs, interfaces that come and go: with sockets of its own */
static void *toggle(void *data)
{
	struct toggler *toggler = data;
	struct world own = { 0 };
	unsigned int i, n;
	char name[16];

	own.rtnl = rtnl_open();
	toggler->err = own.rtnl ? ddm_open(&own.ddm) : -ENOMEM;
	for (n = 0; !toggler->err &&
		    !__atomic_load_n(&toggler->stop, __ATOMIC_ACQUIRE);
	     n++) {
		i = n * 7 % DEVICES;
		toggler->err =
			n / DEVICES & 1 ?
				netdev_down(own.rtnl, toggler->devices[i]) :
				netdev_up(own.rtnl, toggler->devices[i]);
		snprintf(name, sizeof(name), "come and go %u", n & 3);
		if (!id_of(&own, name))
			make_named(&own, name);
		else
			toggler->err =
				ddm_interface_del(own.ddm, id_of(&own, name));
	}
	toggler->rounds = n;
	ddm_close(own.ddm);
	rtnl_close(own.rtnl);
	return NULL;
}

#define VIEW_MAX 4096

/* States by id, 0xff for those that do not exist */
struct view {
	uint8_t state[VIEW_MAX];
	unsigned int lost;
};

static int view_interface(const struct ddm_interface *interface, void *data)
{
	struct view *view = data;

	if (interface->id < VIEW_MAX)
		view->state[interface->id] = (uint8_t)interface->state;
	return 0;
}

static int view_event(const struct ddm_event *event, void *data)
{
	struct view *view = data;

	view->lost += event->type == DDM_EVENT_TYPE_LOST;
	if (event->interface && event->interface < VIEW_MAX)
		view->state[event->interface] =
			event->type == DDM_EVENT_TYPE_INTERFACE_DEL ?
				0xff :
				(uint8_t)event->state;
	return 0;
}

TEST_F_TIMEOUT(journal, snapshot_and_events_after_it_give_the_present, 60)
{
	struct toggler toggler = { 0 };
	struct world *w = &self->w;
	static struct view joined, now;
	pthread_t thread;
	uint64_t since;
	char name[16];
	int i, rounds;

	for (i = 0; i < DEVICES; i++) {
		snprintf(name, sizeof(name), "d%d", i);
		toggler.devices[i] = netdev_add(w->rtnl, name, "dummy");
		ASSERT_LT(0, toggler.devices[i]);
		toggler.ids[i] = make_named(w, name);
		ASSERT_NE(0, toggler.ids[i]);
	}
	for (rounds = 0; rounds < 5; rounds++) {
		memset(&joined, 0xff, sizeof(joined));
		joined.lost = 0;
		toggler.stop = false;
		ASSERT_EQ(0, pthread_create(&thread, NULL, toggle, &toggler));
		for (i = 0; i < 10; i++)
			ASSERT_ERR(0, ddm_interface_list(w->ddm, i & 1,
							 view_interface,
							 &joined, &since));
		memset(&joined, 0xff, sizeof(joined));
		joined.lost = 0;
		ASSERT_ERR(0, ddm_interface_list(w->ddm, 0, view_interface,
						 &joined, &since));
		usleep(20000); /* so that something happens after it, not for it to be right */
		__atomic_store_n(&toggler.stop, true, __ATOMIC_RELEASE);
		pthread_join(thread, NULL);
		ASSERT_ERR(0, toggler.err);
		ASSERT_LT(0, toggler.rounds);

		ASSERT_ERR(0, ddm_event_list(w->ddm, since, 0, 0, view_event,
					     &joined));
		ASSERT_EQ(0, joined.lost);
		memset(&now, 0xff, sizeof(now));
		now.lost = 0;
		ASSERT_ERR(0, ddm_interface_list(w->ddm, 0, view_interface,
						 &now, NULL));
		for (i = 0; i < VIEW_MAX; i++)
			ASSERT_EQ(now.state[i], joined.state[i])
			{
				TH_LOG("interface %d, round %d", i, rounds);
			}
	}
}

/* A reader that is lapped again and again is told something true each time. */
TEST_F_TIMEOUT(journal, reader_overtaken_all_the_time_still_accounts_for_all,
	       60)
{
	unsigned int old = parameter_set("journal_size", 16);
	struct toggler toggler = { 0 };
	struct account account = { .next = 1 };
	struct world *w = &self->w;
	pthread_t thread;
	char name[16];
	int i;

	ASSERT_NE(0, old);
	for (i = 0; i < DEVICES; i++) {
		snprintf(name, sizeof(name), "d%d", i);
		toggler.devices[i] = netdev_add(w->rtnl, name, "dummy");
		make_named(w, name);
	}
	parameter_set("journal_size", old);
	ASSERT_EQ(0, pthread_create(&thread, NULL, toggle, &toggler));
	for (i = 0; i < 300; i++)
		ASSERT_ERR(0, ddm_event_list(w->ddm, account.next - 1, 0, 0,
					     account_one, &account));
	__atomic_store_n(&toggler.stop, true, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);
	ASSERT_ERR(0, ddm_event_list(w->ddm, account.next - 1, 0, 0,
				     account_one, &account));
	EXPECT_EQ(0, account.gaps);
	EXPECT_LT(0, account.events);
	EXPECT_EQ(head(w), account.events + account.lost);
}

WORLD_MAIN
