// SPDX-License-Identifier: GPL-2.0-only
/*
 * Members of the group are told every event as it happens, as the journal
 * tells it afterwards; what a member was too slow for, the journal has.
 */
#include <limits.h>
#include <sys/wait.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>

#include "parameter.h"
#include "raw.h"
#include "world.h"

#define NOBODY 65534

#ifndef NETLINK_LISTEN_ALL_NSID
#define NETLINK_LISTEN_ALL_NSID 8
#endif

FIXTURE(multicast)
{
	struct world w;
	struct raw *member;
	unsigned int journal_size;
};

static int join(struct raw *raw)
{
	int group = (int)raw->group;

	if (!raw->group)
		return -ENOENT;
	if (mnl_socket_setsockopt(raw->socket, NETLINK_ADD_MEMBERSHIP, &group,
				  sizeof(group)))
		return -errno;
	return 0;
}

FIXTURE_SETUP(multicast)
{
	self->journal_size = parameter_get("journal_size");
	ASSERT_NE(0, self->journal_size);
	ASSERT_ERR(0, world_enter(&self->w));
	self->member = raw_open(0);
	ASSERT_NE(NULL, self->member);
	ASSERT_ERR(0, join(self->member));
}

FIXTURE_TEARDOWN(multicast)
{
	EXPECT_NE(0, parameter_set("journal_size", self->journal_size));
	raw_close(self->member);
	world_leave(&self->w);
}

/* ------------------------------------------------------------- hearing -- */

/* What was heard: one datagram */
struct heard {
	char data[4096] __attribute__((aligned(NLMSG_ALIGNTO)));
	ssize_t length;
	int nsid; /* INT_MIN where none came with it */
};

/*
 * A datagram is there, or never will be: an event is delivered before the
 * system call that caused it returns. 0, or a negative errno.
 */
static int hear(int fd, struct heard *heard)
{
	char control[256] __attribute__((aligned(sizeof(long))));
	struct iovec iov = { heard->data, sizeof(heard->data) };
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg;

	heard->nsid = INT_MIN;
	heard->length = recvmsg(fd, &msg, MSG_DONTWAIT);
	if (heard->length < 0)
		return -errno;
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg))
		if (cmsg->cmsg_level == SOL_NETLINK &&
		    cmsg->cmsg_type == NETLINK_LISTEN_ALL_NSID)
			memcpy(&heard->nsid, CMSG_DATA(cmsg),
			       sizeof(heard->nsid));
	return 0;
}

static const struct nlmsghdr *message(const struct heard *heard)
{
	return (const void *)heard->data;
}

static uint64_t number_of(const struct heard *heard)
{
	return raw_number(message(heard), DDM_A_EVENT_SEQUENCE);
}

static const char *type_of(const struct heard *heard)
{
	return ddm_event_type_name(
		(uint32_t)raw_number(message(heard), DDM_A_EVENT_TYPE));
}

static const char *name_of(const struct heard *heard)
{
	const struct nlattr *attr = raw_attr(message(heard), DDM_A_EVENT_NAME);

	return attr ? mnl_attr_get_str(attr) : "";
}

/* Every attribute but padding, so that two messages can be compared as text. */
static void spell(const struct nlmsghdr *nlh, char *text, size_t size)
{
	const struct nlattr *attr;
	const uint8_t *byte;
	size_t used = 0;
	uint16_t left;

	text[0] = '\0';
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(attr) == DDM_A_EVENT_PAD)
			continue;
		used += (size_t)snprintf(text + used, size - used,
					 "%u:", mnl_attr_get_type(attr));
		byte = mnl_attr_get_payload(attr);
		for (left = mnl_attr_get_payload_len(attr); left && used < size;
		     left--)
			used += (size_t)snprintf(text + used, size - used,
						 "%02x", *byte++);
		if (used + 2 > size)
			return;
		text[used++] = ' ';
		text[used] = '\0';
	}
}

/* The event of this number, as event-get spells it */
static int spell_from_journal(struct raw *raw, uint64_t number, char *text,
			      size_t size)
{
	struct nlmsghdr *nlh = raw_begin(raw, DDM_CMD_EVENT_GET);
	int err;

	mnl_attr_put_u64(nlh, DDM_A_EVENT_SINCE, number - 1);
	err = raw_send(raw, nlh, 0);
	if (!err)
		err = raw_receive(raw, NULL, NULL);
	if (!err)
		spell((const void *)raw->answer, text, size);
	return err < 0 ? err : raw->err;
}

/* The record of the event that @nlh tells has the same numbers and name. */
static void expect_same_record(struct __test_metadata *_metadata,
			       struct raw *raw, const struct nlmsghdr *nlh)
{
	uint64_t number = raw_number(nlh, DDM_A_EVENT_SEQUENCE);
	struct nlmsghdr *request = raw_begin(raw, DDM_CMD_EVENT_GET);
	const struct nlattr *record, *attr, *name, *values = NULL;
	const char *text = "";
	uint64_t value;
	uint16_t i, n;

	mnl_attr_put_u64(request, DDM_A_EVENT_SINCE, number - 1);
	mnl_attr_put(request, DDM_A_EVENT_RECORDS, 0, NULL);
	ASSERT_ERR(0, raw_send(raw, request, 0));
	ASSERT_ERR(0, raw_receive(raw, NULL, NULL));
	record = raw_attr((const void *)raw->answer, DDM_A_EVENT_RECORD);
	ASSERT_NE(NULL, record);
	mnl_attr_for_each_nested(attr, record)
	{
		if (mnl_attr_get_type(attr) == DDM_A_RECORD_VALUES)
			values = attr;
		else if (mnl_attr_get_type(attr) == DDM_A_RECORD_NAME)
			text = mnl_attr_get_str(attr);
	}
	ASSERT_NE(NULL, values);
	n = mnl_attr_get_payload_len(values) / sizeof(value);
	ASSERT_LE(DDM_A_EVENT_ERROR, n + DDM_A_EVENT_SEQUENCE - 1);
	for (i = 0; i + DDM_A_EVENT_SEQUENCE <= DDM_A_EVENT_MAX; i++) {
		uint16_t attribute = i + DDM_A_EVENT_SEQUENCE;

		value = 0;
		if (i < n)
			memcpy(&value,
			       (char *)mnl_attr_get_payload(values) +
				       i * sizeof(value),
			       sizeof(value));
		EXPECT_EQ(attribute == DDM_A_EVENT_NAME ?
				  0 :
				  raw_number(nlh, attribute),
			  value)
		{
			TH_LOG("element %u of the record of event %llu", i,
			       (unsigned long long)number);
		}
	}
	name = raw_attr(nlh, DDM_A_EVENT_NAME);
	EXPECT_STREQ(name ? mnl_attr_get_str(name) : "", text);
}

/*
 * A link of a PPP unit comes and goes. Returns a descriptor that owns the unit,
 * or an error: there may be no PPP here.
 */
static int cause_link_events(struct __test_metadata *_metadata, struct world *w)
{
	const struct ddm_link *link;
	int unit, fd = netdev_ppp(&unit);
	uint32_t ifindex;
	char name[16];

	if (fd < 0)
		return fd;
	snprintf(name, sizeof(name), "ppp%d", unit);
	ifindex = if_nametoindex(name);
	EXPECT_ERR(0, netdev_up(w->rtnl, (int)ifindex));
	EXPECT_ERR(0, ddm_link_new(w->ddm, ifindex, "port", DDM_LINK_STATE_UP,
				   &link));
	EXPECT_ERR(0, ddm_link_del(w->ddm, link->id));
	return fd;
}

/* Interface, attempt, connection, service: an event of every other kind */
static void cause_every_event(struct __test_metadata *_metadata,
			      struct world *w)
{
	int device = netdev_add(w->rtnl, "wan", "dummy");
	int tun = netdev_tun("tun7", true);
	uint32_t id, tun_id;

	ASSERT_LT(0, device);
	ASSERT_LE(0, tun);
	close(tun);
	id = make_named(w, "wan");
	tun_id = make_named(w, "tun7");
	ASSERT_NE(0, id);
	ASSERT_NE(0, tun_id);
	ASSERT_ERR(0, set_enabled(w, id, 0));
	ASSERT_ERR(0, set_enabled(w, id, 1));
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, id, NULL, NULL));
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, id));
	ASSERT_ERR(0, ddm_interface_connect(w->ddm, tun_id, NULL, NULL));
	ASSERT_ERR(0, ddm_interface_disconnect(w->ddm, tun_id));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_PAUSED));
	ASSERT_ERR(0, set_service(w, DDM_SERVICE_STATE_RUNNING));
}

TEST_F(multicast, every_event_is_told_in_order_as_the_journal_tells_it)
{
	char heard_text[2048], journal_text[2048];
	struct world *w = &self->w;
	struct raw *raw = raw_open(0);
	uint32_t types = 0;
	struct heard heard;
	uint64_t next;
	int ppp;

	ASSERT_NE(NULL, raw);
	ppp = cause_link_events(_metadata, w);
	if (ppp < 0)
		SKIP(return, "no /dev/ppp: %s", strerror(-ppp));
	cause_every_event(_metadata, w);
	for (next = 1; !hear(raw_fd(self->member), &heard); next++) {
		const struct nlmsghdr *nlh = message(&heard);

		/* alone in its datagram, an answer to nothing */
		EXPECT_EQ(heard.length, (ssize_t)NLMSG_ALIGN(nlh->nlmsg_len));
		EXPECT_EQ(self->member->family, nlh->nlmsg_type);
		EXPECT_EQ(0, nlh->nlmsg_seq);
		EXPECT_EQ(0, nlh->nlmsg_pid);
		EXPECT_EQ(DDM_CMD_EVENT_NTF, raw_command(nlh));
		ASSERT_EQ(next, number_of(&heard));
		types |= DDM_EVENT_BIT(raw_number(nlh, DDM_A_EVENT_TYPE));
		spell(nlh, heard_text, sizeof(heard_text));
		ASSERT_ERR(0, spell_from_journal(raw, next, journal_text,
						 sizeof(journal_text)));
		EXPECT_STREQ(journal_text, heard_text);
		expect_same_record(_metadata, raw, nlh);
	}
	EXPECT_EQ(head(w), next - 1);
	/* each but lost, which is none of the journal's, and an end, which comes now */
	EXPECT_EQ(0x7fe & ~DDM_EVENT_BIT(DDM_EVENT_TYPE_INTERFACE_DEL), types);
	close(ppp);
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ("interface-del", type_of(&heard));
	EXPECT_EQ(next, number_of(&heard));
	raw_close(raw);
}

TEST_F(multicast, end_of_an_interface_is_told_with_its_name)
{
	struct world *w = &self->w;
	uint32_t id = make_named(w, "Zweigstelle Köln");
	struct heard heard;

	ASSERT_NE(0, id);
	ASSERT_ERR(0, ddm_interface_del(w->ddm, id));
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ("interface-new", type_of(&heard));
	EXPECT_STREQ("Zweigstelle Köln", name_of(&heard));
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ("interface-del", type_of(&heard));
	EXPECT_STREQ("Zweigstelle Köln", name_of(&heard));
	EXPECT_EQ(id, raw_number(message(&heard), DDM_A_EVENT_INTERFACE));
}

TEST_F(multicast, longest_name_is_told_whole)
{
	char name[DDM_NAME_MAX + 1];
	struct heard heard;
	uint32_t id;
	int i;

	/* 256 characters of four bytes each */
	for (i = 0; i < DDM_NAME_MAX; i += 4)
		memcpy(name + i, "\xf0\x9d\x94\xb8", 4);
	name[DDM_NAME_MAX] = '\0';
	id = make_named(&self->w, name);
	ASSERT_NE(0, id);
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ(name, name_of(&heard));
	ASSERT_ERR(0, ddm_interface_del(self->w.ddm, id));
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ("interface-del", type_of(&heard));
	EXPECT_STREQ(name, name_of(&heard));
}

TEST_F(multicast, every_member_is_told_and_who_left_is_not)
{
	int group = (int)self->member->group;
	struct raw *second = raw_open(0);
	struct raw *other = raw_open(0);
	struct heard heard;

	ASSERT_NE(NULL, second);
	ASSERT_NE(NULL, other);
	ASSERT_ERR(0, join(second));
	ASSERT_NE(0, make_named(&self->w, "a"));
	EXPECT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_EQ(1, number_of(&heard));
	EXPECT_ERR(0, hear(raw_fd(second), &heard));
	EXPECT_EQ(1, number_of(&heard));
	EXPECT_ERR(-EAGAIN, hear(raw_fd(other), &heard));

	ASSERT_EQ(0, mnl_socket_setsockopt(self->member->socket,
					   NETLINK_DROP_MEMBERSHIP, &group,
					   sizeof(group)));
	ASSERT_NE(0, make_named(&self->w, "b"));
	EXPECT_ERR(-EAGAIN, hear(raw_fd(self->member), &heard));
	EXPECT_ERR(0, hear(raw_fd(second), &heard));
	EXPECT_EQ(2, number_of(&heard));
	raw_close(second);
	raw_close(other);
}

/* ------------------------------------------------- who and from where -- */

/* What a process without any privilege hears; its exit status. */
static int hear_as_nobody(int ready, int go)
{
	struct heard heard;
	struct raw *raw;
	char byte;

	if (setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		return 2;
	raw = raw_open(0);
	if (!raw || join(raw))
		return 3;
	if (write(ready, "", 1) != 1 || read(go, &byte, 1) != 1)
		return 4;
	if (hear(raw_fd(raw), &heard))
		return 5;
	return strcmp(type_of(&heard), "interface-new") ||
			       strcmp(name_of(&heard), "a") ?
		       6 :
		       0;
}

TEST_F(multicast, listening_needs_no_privilege)
{
	int ready[2], go[2], status;
	pid_t child;
	char byte;

	ASSERT_EQ(0, pipe2(ready, O_CLOEXEC));
	ASSERT_EQ(0, pipe2(go, O_CLOEXEC));
	child = fork();
	ASSERT_LE(0, child);
	if (!child)
		_exit(hear_as_nobody(ready[1], go[0]));
	close(ready[1]);
	close(go[0]);
	/* nothing comes where it ended too early: its status says why */
	if (read(ready[0], &byte, 1) == 1) {
		EXPECT_NE(0, make_named(&self->w, "a"));
		EXPECT_EQ(1, write(go[1], "", 1));
	}
	ASSERT_EQ(child, waitpid(child, &status, 0));
	EXPECT_EQ(0, status);
}

TEST_F(multicast, other_namespaces_are_not_heard)
{
	struct world other = { 0 };
	struct heard heard;
	struct raw *there;

	ASSERT_ERR(0, world_enter(&other));
	there = raw_open(0);
	ASSERT_NE(NULL, there);
	ASSERT_ERR(0, join(there));
	ASSERT_NE(0, make_named(&other, "there"));
	EXPECT_ERR(-EAGAIN, hear(raw_fd(self->member), &heard));
	ASSERT_NE(0, make_named(&self->w, "here"));
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ("here", name_of(&heard));
	EXPECT_EQ(1, number_of(&heard));
	EXPECT_EQ(INT_MIN, heard.nsid);
	ASSERT_ERR(0, hear(raw_fd(there), &heard));
	EXPECT_STREQ("there", name_of(&heard));
	EXPECT_EQ(1, number_of(&heard));
	EXPECT_ERR(-EAGAIN, hear(raw_fd(there), &heard));
	raw_close(there);
	world_leave(&other);
}

/* Let another namespace be known by a number in that of the caller. */
static int name_namespace(int netns, int nsid)
{
	char request[256], answer[4096];
	struct mnl_socket *socket =
		mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(request);
	struct rtgenmsg *rtgen =
		mnl_nlmsg_put_extra_header(nlh, sizeof(*rtgen));
	int ret = -1;

	rtgen->rtgen_family = AF_UNSPEC;
	nlh->nlmsg_type = RTM_NEWNSID;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	mnl_attr_put_u32(nlh, NETNSA_FD, (uint32_t)netns);
	mnl_attr_put_u32(nlh, NETNSA_NSID, (uint32_t)nsid);
	if (!socket)
		return -errno;
	if (!mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) &&
	    mnl_socket_sendto(socket, nlh, nlh->nlmsg_len) >= 0)
		ret = (int)mnl_socket_recvfrom(socket, answer, sizeof(answer));
	if (ret >= 0)
		ret = mnl_cb_run(answer, (size_t)ret, 0, 0, NULL, NULL);
	ret = ret < 0 ? -errno : 0;
	mnl_socket_close(socket);
	return ret;
}

/* One socket for all namespaces, as a manager of many routers wants it */
TEST_F(multicast, socket_that_listens_to_all_namespaces_is_told_which)
{
	int here = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), there,
	    on = 1;
	struct world other = { 0 };
	struct heard heard;

	ASSERT_LE(0, here);
	ASSERT_EQ(0, setsockopt(raw_fd(self->member), SOL_NETLINK,
				NETLINK_LISTEN_ALL_NSID, &on, sizeof(on)));
	ASSERT_ERR(0, world_enter(&other));
	there = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, there);

	/* a namespace without a number is none that can be told */
	ASSERT_NE(0, make_named(&other, "unnumbered"));
	EXPECT_ERR(-EAGAIN, hear(raw_fd(self->member), &heard));

	ASSERT_EQ(0, setns(here, CLONE_NEWNET));
	ASSERT_ERR(0, name_namespace(there, 4711));
	ASSERT_NE(0, make_named(&other, "there"));
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ("there", name_of(&heard));
	EXPECT_EQ(2, number_of(&heard));
	EXPECT_EQ(4711, heard.nsid);

	ASSERT_NE(0, make_named(&self->w, "here"));
	ASSERT_ERR(0, hear(raw_fd(self->member), &heard));
	EXPECT_STREQ("here", name_of(&heard));
	EXPECT_EQ(1, number_of(&heard));
	EXPECT_EQ(INT_MIN, heard.nsid);
	close(here);
	close(there);
	world_leave(&other);
}

/* --------------------------------------------------- too slow a member -- */

/* So many events that cost little, of one interface */
static int change(struct world *w, uint32_t id, unsigned int events)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < events && !err; i++)
		err = set_enabled(w, id, i & 1);
	return err;
}

TEST_F(multicast, full_socket_says_so_and_stops_nobody_else)
{
	struct raw *quick = raw_open(0);
	uint64_t next = 1, last = 0;
	struct heard heard;
	int bytes = 1, err;
	uint32_t id;

	ASSERT_NE(NULL, quick);
	ASSERT_ERR(0, join(quick));
	/* the kernel rounds it up to what two or three events need */
	ASSERT_EQ(0, setsockopt(raw_fd(self->member), SOL_SOCKET, SO_RCVBUF,
				&bytes, sizeof(bytes)));
	id = make_named(&self->w, "a");
	ASSERT_NE(0, id);
	ASSERT_ERR(0, change(&self->w, id, 50));

	EXPECT_ERR(-ENOBUFS, hear(raw_fd(self->member), &heard));
	while (!hear(raw_fd(self->member), &heard)) {
		EXPECT_EQ(last + 1, number_of(&heard));
		last = number_of(&heard);
	}
	EXPECT_GT(51, last);
	while (!(err = hear(raw_fd(quick), &heard))) {
		EXPECT_EQ(next++, number_of(&heard));
	}
	EXPECT_ERR(-EAGAIN, err);
	EXPECT_EQ(52, next);
	raw_close(quick);
}

/**
 * struct account - what a monitor told
 * @next: number that the next event must have
 * @told: events told
 * @lost: events told to be lost
 * @gaps: numbers that were not as they had to be
 * @types: bits of the types told
 */
struct account {
	uint64_t next;
	uint64_t told;
	uint64_t lost;
	unsigned int gaps;
	uint32_t types;
};

static int account_one(const struct ddm_event *event, void *data)
{
	struct account *account = data;

	account->types |= DDM_EVENT_BIT(event->type);
	if (event->type == DDM_EVENT_TYPE_LOST) {
		account->gaps += event->sequence + 1 !=
				 account->next + event->lost;
		account->lost += event->lost;
	} else {
		account->gaps += event->sequence != account->next;
		account->told++;
	}
	account->next = event->sequence + 1;
	return 0;
}

/* Read while there is something; the number of calls, or an error */
static int read_all(struct ddm_monitor *monitor, struct account *account)
{
	int calls, told;

	for (calls = 0; readable(ddm_monitor_fd(monitor), 0); calls++) {
		told = ddm_monitor_read(monitor, account_one, account);
		if (told < 0)
			return told;
	}
	return calls;
}

TEST_F(multicast, monitor_that_was_overrun_tells_every_event_once_and_in_order)
{
	struct account account = { .next = 1 };
	struct ddm_monitor *monitor;
	struct world *w = &self->w;
	uint32_t id;
	int round;

	ASSERT_ERR(0, ddm_monitor_open(&monitor, DDM_SINCE_NOW));
	ASSERT_ERR(0, ddm_monitor_receive_buffer(monitor, 1));
	id = make_named(w, "a");
	ASSERT_NE(0, id);
	/* overrun, caught up, followed without haste, overrun again */
	for (round = 0; round < 3; round++) {
		ASSERT_ERR(0, change(w, id, 200));
		ASSERT_LT(0, read_all(monitor, &account));
		EXPECT_EQ(head(w), ddm_monitor_sequence(monitor));
		ASSERT_ERR(0, change(w, id, 1));
		ASSERT_LT(0, read_all(monitor, &account));
		EXPECT_EQ(head(w), ddm_monitor_sequence(monitor));
	}
	EXPECT_EQ(1 + 3 * 201, account.told);
	EXPECT_EQ(0, account.gaps);
	EXPECT_EQ(0, account.lost);
	EXPECT_FALSE(readable(ddm_monitor_fd(monitor), 0));
	ddm_monitor_close(monitor);
}

TEST_F(multicast, monitor_replays_what_came_after_a_number)
{
	struct account account = { .next = 31 };
	struct ddm_monitor *monitor;
	struct world *w = &self->w;
	uint32_t id = make_named(w, "a");

	ASSERT_ERR(0, change(w, id, 99));
	ASSERT_EQ(100, head(w));
	ASSERT_ERR(0, ddm_monitor_open(&monitor, 30));
	ASSERT_TRUE(readable(ddm_monitor_fd(monitor), 0));
	ASSERT_LT(0, read_all(monitor, &account));
	EXPECT_EQ(70, account.told);
	/* and goes on with what happens */
	ASSERT_ERR(0, change(w, id, 5));
	ASSERT_LT(0, read_all(monitor, &account));
	EXPECT_EQ(75, account.told);
	EXPECT_EQ(0, account.gaps);
	EXPECT_EQ(0, account.lost);
	EXPECT_EQ(105, ddm_monitor_sequence(monitor));
	ddm_monitor_close(monitor);
}

TEST_F(multicast, monitor_can_replay_all_or_nothing)
{
	struct account all = { .next = 1 }, none = { .next = 101 };
	struct ddm_monitor *monitor;
	struct world *w = &self->w;
	uint32_t id = make_named(w, "a");

	ASSERT_ERR(0, change(w, id, 99));
	ASSERT_ERR(0, ddm_monitor_open(&monitor, 0));
	ASSERT_LT(0, read_all(monitor, &all));
	EXPECT_EQ(100, all.told);
	EXPECT_EQ(0, all.gaps);
	ddm_monitor_close(monitor);

	ASSERT_ERR(0, ddm_monitor_open(&monitor, DDM_SINCE_NOW));
	EXPECT_EQ(0, read_all(monitor, &none));
	EXPECT_EQ(0, none.told);
	ASSERT_ERR(0, change(w, id, 1));
	ASSERT_LT(0, read_all(monitor, &none));
	EXPECT_EQ(1, none.told);
	EXPECT_EQ(0, none.gaps);
	ddm_monitor_close(monitor);
}

TEST_F(multicast, monitor_is_told_how_many_the_ring_no_longer_has)
{
	struct account account = { .next = 1 };
	const struct ddm_service *service;
	struct ddm_monitor *monitor;
	struct world *w = &self->w;
	uint64_t size;
	uint32_t id;

	ASSERT_NE(0, parameter_set("journal_size", 16));
	ASSERT_ERR(0, ddm_monitor_open(&monitor, DDM_SINCE_NOW));
	ASSERT_ERR(0, ddm_monitor_receive_buffer(monitor, 1));
	id = make_named(w, "a");
	ASSERT_NE(0, id);
	ASSERT_ERR(0, ddm_service_get(w->ddm, &service));
	size = service->journal_size;
	ASSERT_GE(16, size);

	ASSERT_ERR(0, change(w, id, 500));
	ASSERT_LT(0, read_all(monitor, &account));
	EXPECT_EQ(0, account.gaps);
	EXPECT_EQ(501, account.told + account.lost);
	EXPECT_EQ(502, account.next);
	/* what the ring holds is told, and the little that the socket held */
	EXPECT_LE(size, account.told);
	EXPECT_LT(400, account.lost);
	TH_LOG("%llu told, %llu lost, the ring holds %llu",
	       (unsigned long long)account.told,
	       (unsigned long long)account.lost, (unsigned long long)size);

	account.lost = 0;
	account.told = 0;
	ASSERT_ERR(0, change(w, id, 1));
	ASSERT_LT(0, read_all(monitor, &account));
	EXPECT_EQ(1, account.told);
	EXPECT_EQ(0, account.lost);
	EXPECT_EQ(0, account.gaps);
	ddm_monitor_close(monitor);
}

WORLD_MAIN
