// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hosts of administration DLLs that reply anything, or die; and what a host
 * makes of any facts. The clock is the fuzzer's.
 */
#include <sys/socket.h>
#include <wchar.h>

#include "fuzz.h"
#include "../../../tools/ddmd/host/client.c"
#include "../../../tools/ddmd/host/records.h"

#define LEGS 4
#define SERVERS 2

/* --------------------------------------------------------------- process -- */

static struct host {
	int fd; /* the host's end, -1 if there is none */
	pid_t pid;
	bool ended;
} all_hosts[SERVERS];

static struct host *host_of(pid_t pid)
{
	return &all_hosts[pid - 1];
}

int host_process_start(struct host_process *process, const char *program,
		       uint32_t grace, uint32_t memory, char *const *dlls)
{
	int pair[2], i;

	(void)program;
	(void)grace;
	(void)memory;
	PROMISE(dlls[0]);
	for (i = 0; i < SERVERS && all_hosts[i].pid; i++)
		;
	if (i == SERVERS)
		return -EAGAIN;
	PROMISE(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair));
	all_hosts[i] = (struct host){ .fd = pair[1], .pid = i + 1 };
	*process = (struct host_process){ .pid = i + 1,
					  .pidfd = -1,
					  .fd = pair[0] };
	return 0;
}

void host_process_hang_up(struct host_process *process)
{
	if (process->fd >= 0)
		close(process->fd);
	process->fd = -1;
}

bool host_process_has_ended(const struct host_process *process)
{
	return process->pid && host_of(process->pid)->ended;
}

int host_process_reap(struct host_process *process, int kill)
{
	struct host *host;

	(void)kill;
	if (!process->pid)
		return 0;
	host = host_of(process->pid);
	host_process_hang_up(process);
	close(host->fd);
	*host = (struct host){ .fd = -1 };
	process->pid = 0;
	return 11;
}

/* ------------------------------------------------------------------ legs -- */

static struct leg {
	struct host_leg *leg;
	unsigned int asked, told;
} legs[LEGS];

static struct input input;

static void verdict(bool accepted, uint32_t remote4, void *data)
{
	struct leg *leg = data;

	(void)accepted;
	(void)remote4;
	leg->told++;
	PROMISE(leg->told <= leg->asked);
}

static void log_nothing(enum host_priority priority, const char *text)
{
	PROMISE(priority <= HOST_INFO && text);
}

static void fill_facts(struct host_facts *facts)
{
	memset(facts, 0, sizeof(*facts));
	facts->bundle[0] = (char)(take_byte(&input) & 3);
	facts->remote4 = take_byte(&input);
}

static void ask_something(struct hosts *hosts, unsigned int i, uint8_t what)
{
	struct leg *leg = &legs[i];
	struct host_facts facts;
	int err;

	fill_facts(&facts);
	if (what & 1)
		err = host_leg_ask(hosts, &leg->leg, &facts, verdict, leg);
	else if (what & 2 && leg->leg)
		err = host_leg_reauthenticate(hosts, leg->leg, &facts, verdict,
					      leg);
	else
		err = host_leg_address(hosts, &leg->leg, &facts, verdict, leg);
	leg->asked += !err;
}

/* A packet from a host; what the kernel would have no room for is left out. */
static void reply(unsigned int i, bool raw)
{
	struct host_reply packet = { .what = take_byte(&input) };
	size_t size = sizeof(packet);

	if (!all_hosts[i].pid)
		return;
	packet.dll = take_byte(&input);
	if (packet.dll == 0xff)
		packet.dll = UINT32_MAX;
	packet.value = take_byte(&input);
	packet.provides = (uint32_t)take_number(&input, 2);
	packet.release = take_byte(&input);
	packet.address = take_byte(&input);
	memset(packet.text, 'x', sizeof(packet.text));
	if (raw)
		size = take_byte(&input) + 1;
	send(all_hosts[i].fd, &packet, size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void step(struct hosts *hosts, uint64_t *now)
{
	static const char *const dlls[] = { "/a.so", "/b.so", NULL };
	uint8_t what = take_byte(&input);
	unsigned int i = what >> 4, works = 1000;
	struct host_list lists[] = {
		{ "one", dlls, 1000, 0, what & 0x10 },
		{ "two", dlls, 1000, 0, what & 0x20 },
	};
	struct host_facts facts;

	switch (what & 7) {
	case 0:
		ask_something(hosts, i % LEGS, what >> 6);
		break;
	case 1:
		fill_facts(&facts);
		host_leg_end(hosts, &legs[i % LEGS].leg,
			     what & 0x80 ? &facts : NULL);
		break;
	case 2:
	case 3:
		reply(i % SERVERS, false);
		break;
	case 4:
		reply(i % SERVERS, true);
		break;
	case 5:
		all_hosts[i % SERVERS].ended = true;
		break;
	case 6:
		*now += 100 * take_byte(&input);
		break;
	case 7:
		hosts_set(hosts, lists, (what >> 6) % 3);
		break;
	}
	while (work(hosts, *now) && --works)
		;
	/* it comes to rest, whatever a host says */
	PROMISE(works);
}

static void try_client(void)
{
	struct hosts *hosts = hosts_new("/nonexistent", log_nothing);
	unsigned int i, steps = 100;
	uint64_t now = 1000000;

	PROMISE(hosts);
	memset(legs, 0, sizeof(legs));
	while (input.left && steps--)
		step(hosts, &now);
	hosts->closing = true;
	free_rest(hosts);
	for (i = 0; i < LEGS; i++)
		host_leg_end(NULL, &legs[i].leg, NULL);
	close(hosts->timer);
	close(hosts->epoll);
	free((char *)hosts->program);
	free(hosts);
	for (i = 0; i < SERVERS; i++)
		PROMISE(!all_hosts[i].pid);
}

/* --------------------------------------------------------------- records -- */

#define END(text) ((text)[sizeof(text) - 1] = '\0')

static void try_records(void)
{
	struct connection_records connection;
	struct address_records address;
	struct port_records port;
	struct host_facts facts;
	size_t offset, size;

	memset(&facts, 0, sizeof(facts));
	while (input.left) {
		offset = take_number(&input, 2) % sizeof(facts);
		size = take_byte(&input);
		if (size > sizeof(facts) - offset)
			size = sizeof(facts) - offset;
		take_bytes(&input, (char *)&facts + offset, size);
	}
	END(facts.interface_name);
	END(facts.device);
	END(facts.user);
	END(facts.peer);
	END(facts.port_name);
	END(facts.media);
	END(facts.number);
	END(facts.bundle);
	connection_records_fill(&connection, &facts);
	port_records_fill(&port, &facts, facts.port & 1);
	address_records_fill(&address, &facts);
	PROMISE(wcslen(address.user) <= UNLEN);
	PROMISE(wcslen(address.port) <= MAX_PORT_NAME);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input = (struct input){ data, size };
	if (take_byte(&input) & 1)
		try_client();
	else
		try_records();
	return 0;
}
