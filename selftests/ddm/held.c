// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device that is gone, and that somebody still holds. The kernel tells of its
 * end every second until he lets go; its index is free for another device then,
 * and the memory of its counters may be anybody's.
 */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/ppp-ioctl.h>
#include <netpacket/packet.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "world.h"

/* Twice the time after which the end is told again, and something more */
#define AGAIN_US 2500000

WORLD_FIXTURE(held);

/**
 * struct holder - a thread that sends to a device, and waits for room
 * @socket: whose buffer is full
 * @ifindex: the device, held while it waits
 * @task: the thread's id
 */
struct holder {
	int socket;
	int ifindex;
	pid_t task;
};

static ssize_t send_to(int socket, int ifindex, int flags)
{
	static const char data[1000];
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_IP),
		.sll_ifindex = ifindex,
		.sll_halen = 6,
	};

	return sendto(socket, data, sizeof(data), flags, (struct sockaddr *)&to,
		      sizeof(to));
}

static void *hold(void *data)
{
	struct holder *holder = data;

	__atomic_store_n(&holder->task, (pid_t)syscall(SYS_gettid),
			 __ATOMIC_RELEASE);
	send_to(holder->socket, holder->ifindex, 0);
	return NULL;
}

static char state_of_task(pid_t task)
{
	char path[64], text[256] = "", *end;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", task);
	file = fopen(path, "re");
	if (!file)
		return '?';
	if (!fgets(text, sizeof(text), file))
		text[0] = 0;
	fclose(file);
	end = strrchr(text, ')');
	return end && end[1] ? end[2] : '?';
}

static bool sleeps(const pid_t *task)
{
	int64_t end = now_ms() + PATIENCE;
	pid_t id;

	while (now_ms() < end) {
		id = __atomic_load_n(task, __ATOMIC_ACQUIRE);
		if (id && state_of_task(id) == 'S')
			return true;
		usleep(1000);
	}
	return false;
}

/*
 * A PPP unit in the mode that pppd's "demand" uses: what is sent through it lies
 * in a queue until pppd reads it, and is charged to who sent it meanwhile.
 */
static int full_socket(struct world *w, int *ppp)
{
	int unit, flags, least = 1, i;
	int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons(ETH_P_IP));
	char name[IF_NAMESIZE];

	*ppp = netdev_ppp(&unit);
	if (fd < 0 || *ppp < 0 || ioctl(*ppp, PPPIOCGFLAGS, &flags))
		return -1;
	flags |= SC_LOOP_TRAFFIC;
	snprintf(name, sizeof(name), "ppp%d", unit);
	if (ioctl(*ppp, PPPIOCSFLAGS, &flags) ||
	    netdev_up(w->rtnl, (int)if_nametoindex(name)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &least, sizeof(least)))
		return -1;
	for (i = 0; i < 100; i++)
		if (send_to(fd, (int)if_nametoindex(name), MSG_DONTWAIT) < 0)
			return errno == EAGAIN ? fd : -1;
	return -1;
}

struct deletion {
	struct rtnl *rtnl;
	int ifindex;
};

/* It returns when nobody holds the device any more. */
static void *delete (void *data)
{
	struct deletion *deletion = data;

	netdev_del(deletion->rtnl, deletion->ifindex);
	return NULL;
}

static bool is_gone(int ifindex)
{
	int64_t end = now_ms() + PATIENCE;
	char name[IF_NAMESIZE];

	while (if_indextoname((unsigned int)ifindex, name)) {
		if (now_ms() > end)
			return false;
		usleep(1000);
	}
	return true;
}

TEST_F_TIMEOUT(held, end_that_is_told_again_is_not_that_of_another_device, 120)
{
	struct world *w = &self->w;
	struct holder holder = { 0 };
	struct deletion deletion;
	pthread_t holds, deletes;
	uint64_t since;
	uint32_t id;
	int ppp;

	holder.socket = full_socket(w, &ppp);
	ASSERT_LE(0, holder.socket);
	holder.ifindex = netdev_add(w->rtnl, "dead0", "dummy");
	ASSERT_LT(0, holder.ifindex);
	ASSERT_ERR(0, netdev_up(w->rtnl, holder.ifindex));
	ASSERT_EQ(0, pthread_create(&holds, NULL, hold, &holder));
	ASSERT_TRUE(sleeps(&holder.task));

	deletion.ifindex = holder.ifindex;
	deletion.rtnl = rtnl_open();
	ASSERT_NE(NULL, deletion.rtnl);
	ASSERT_EQ(0, pthread_create(&deletes, NULL, delete, &deletion));
	ASSERT_TRUE(is_gone(holder.ifindex));
	ASSERT_EQ(holder.ifindex,
		  netdev_add_at(w->rtnl, "live0", "dummy", holder.ifindex));
	ASSERT_ERR(0, netdev_up(w->rtnl, holder.ifindex));
	id = make_named(w, "live0");
	ASSERT_NE(0, id);
	ASSERT_STREQ("connected", state_of(w, id));
	since = head(w);
	usleep(AGAIN_US);
	/* or this was no test */
	EXPECT_EQ('S', state_of_task(holder.task));
	EXPECT_STREQ("connected", state_of(w, id));
	EXPECT_STREQ("", story_since(w, since, id));

	close(ppp);
	pthread_join(holds, NULL);
	pthread_join(deletes, NULL);
	rtnl_close(deletion.rtnl);
	close(holder.socket);
	ASSERT_ERR(0, netdev_del(w->rtnl, holder.ifindex));
	EXPECT_HAS("disconnected device-gone", story_since(w, since, id));
}

WORLD_MAIN
