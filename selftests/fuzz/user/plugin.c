// SPDX-License-Identifier: GPL-2.0-only
/*
 * pppd plugins that say anything, in any order, to a ddmd whose calls and lines
 * are real; its processes, timers and the module are not.
 */
#include <ddm.h>

#include "fake.h"
#include "../../../tools/ddmd/plugin.c"
#include "../../../tools/ddmd/kernel.h"
#include "../../../tools/ddmd/line.h"
#include "../../../tools/ddmd/process.h"
#include "../../../tools/ddmd/turn.h"

#define PLUGINS 3
#define FIRST_PID 1000

/* ------------------------------------------------------------- processes -- */

struct process {
	struct process *next;
	pid_t pid;
	process_fn *fn;
	void *data;
	bool quiet;
};

static struct process *processes;
static pid_t last_pid = FIRST_PID;

static struct process *add_process(pid_t pid, process_fn *fn, void *data)
{
	struct process *process = calloc(1, sizeof(*process));

	PROMISE(process);
	*process = (struct process){
		.next = processes, .pid = pid, .fn = fn, .data = data
	};
	processes = process;
	return process;
}

int process_start(const struct words *argv, const struct words *environment,
		  int fd3, bool quiet, process_fn *fn, void *data,
		  struct process **process)
{
	(void)fd3;
	(void)quiet;
	PROMISE(argv->count && environment);
	*process = add_process(++last_pid, fn, data);
	return 0;
}

/* Some are gone by the time that they are looked for. */
int process_adopt(pid_t pid, uint64_t started, process_fn *fn, void *data,
		  struct process **process)
{
	(void)started;
	if (pid <= 0 || pid % 7 == 0)
		return -ESRCH;
	*process = add_process(pid, fn, data);
	return 0;
}

pid_t process_pid(const struct process *process)
{
	return process->pid;
}

uint64_t process_started(pid_t pid)
{
	return (uint64_t)pid;
}

void process_signal(const struct process *process, int signal)
{
	PROMISE(process && signal);
}

void process_signal_group(const struct process *process, int signal)
{
	PROMISE(process && signal);
}

void process_quiet(struct process *process)
{
	process->quiet = true;
}

void process_forget(struct process **process)
{
	struct process **at = &processes;

	if (!*process)
		return;
	while (*at != *process)
		at = &(*at)->next;
	*at = (*process)->next;
	free(*process);
	*process = NULL;
}

static void end_process(unsigned int which, int status)
{
	struct process *process = processes;

	while (process && which--)
		process = process->next;
	if (process && !process->quiet)
		process->fn(status, process->data);
}

/* ------------------------------------------------------------------ loop -- */

struct loop_timer {
	struct loop_timer *next;
	loop_fn *fn;
	void *data;
	bool runs;
};

static struct loop_timer *timers;
static uint64_t time_now;

struct loop_watch *loop_watch_add(int fd, loop_fn *fn, void *data)
{
	static int stand_in;

	(void)fd;
	(void)fn;
	(void)data;
	return (void *)&stand_in;
}

void loop_watch_remove(struct loop_watch **of)
{
	*of = NULL;
}

uint64_t loop_now(void)
{
	return time_now;
}

void loop_timer_set(struct loop_timer **timer, uint64_t milliseconds,
		    loop_fn *fn, void *data)
{
	(void)milliseconds;
	if (!*timer) {
		*timer = calloc(1, sizeof(**timer));
		PROMISE(*timer);
		(*timer)->next = timers;
		timers = *timer;
	}
	(*timer)->fn = fn;
	(*timer)->data = data;
	(*timer)->runs = true;
}

int loop_timer_runs(const struct loop_timer *timer)
{
	return timer && timer->runs;
}

void loop_timer_remove(struct loop_timer **timer)
{
	struct loop_timer **at = &timers;

	if (!*timer)
		return;
	while (*at != *timer)
		at = &(*at)->next;
	*at = (*timer)->next;
	free(*timer);
	*timer = NULL;
}

static void fire_timer(unsigned int which)
{
	struct loop_timer *timer = timers;

	while (timer && which--)
		timer = timer->next;
	if (!timer || !timer->runs)
		return;
	timer->runs = false;
	time_now += 1000;
	timer->fn(timer->data);
}

/* ---------------------------------------------------------------- module -- */

static struct ddm *handle;

struct ddm *kernel(void)
{
	return handle;
}

uint64_t kernel_epoch(void)
{
	return 1;
}

void kernel_catch_up(void)
{
}

bool kernel_result(uint32_t request, uint32_t error, const char *device)
{
	(void)device;
	return !(request + error & 1);
}

/* No device of this machine is to hear of it. */
unsigned int if_nametoindex(const char *name)
{
	return *name ? 100000 + (unsigned int)strlen(name) : 0;
}

void catalog_changed(uint32_t id)
{
	(void)id;
}

/* --------------------------------------------------------------- plugins -- */

static int ends[PLUGINS];
static struct plugin *talking[PLUGINS];

static bool lives(const struct plugin *plugin)
{
	const struct plugin *one = plugins;

	while (one && one != plugin)
		one = one->next;
	return one;
}

static void connect_plugin(unsigned int i)
{
	int pair[2];

	if (talking[i] && lives(talking[i]))
		return;
	if (talking[i])
		close(ends[i]);
	PROMISE(!socketpair(AF_UNIX,
			    SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
			    pair));
	talking[i] = calloc(1, sizeof(*talking[i]));
	PROMISE(talking[i]);
	talking[i]->fd = pair[0];
	talking[i]->pid = FIRST_PID + 1 + (int)i;
	talking[i]->next = plugins;
	plugins = talking[i];
	ends[i] = pair[1];
}

/* Well-formed but for what the input says: few bytes make a message. */
static void compose(struct ddm_plugin_message *message)
{
	struct ddm_plugin_link *link = &message->link;
	unsigned int patches;
	size_t offset, size;

	memset(message, 0, sizeof(*message));
	message->version = DDM_PLUGIN_VERSION;
	message->type = take_byte(&fake_input) % 11;
	message->serial = take_byte(&fake_input);
	message->flags = take_byte(&fake_input);
	link->is = take_byte(&fake_input);
	link->phase = take_byte(&fake_input) & 15;
	link->status = take_byte(&fake_input);
	link->pid = FIRST_PID + take_byte(&fake_input) % 5;
	strcpy(link->device, "ppp0");
	strcpy(link->port, "tty0");
	link->bundle[0] = (char)(take_byte(&fake_input) & 1);
	patches = take_byte(&fake_input) & 7;
	while (patches--) {
		offset = take_number(&fake_input, 2) % sizeof(*message);
		size = take_byte(&fake_input);
		if (size > sizeof(*message) - offset)
			size = sizeof(*message) - offset;
		take_bytes(&fake_input, (char *)message + offset, size);
	}
}

static void hear_answers(unsigned int i)
{
	struct ddm_plugin_answer answer;

	while (recv(ends[i], &answer, sizeof(answer), MSG_DONTWAIT) ==
	       sizeof(answer)) {
		PROMISE(answer.version == DDM_PLUGIN_VERSION && answer.serial);
		PROMISE(memchr(answer.user, 0, sizeof(answer.user)));
		PROMISE(memchr(answer.secret, 0, sizeof(answer.secret)));
	}
}

static void speak(unsigned int i, bool raw)
{
	struct ddm_plugin_message message;
	size_t size = sizeof(message);

	connect_plugin(i);
	if (raw)
		size = take_bytes(&fake_input, &message,
				  take_byte(&fake_input));
	else
		compose(&message);
	if (raw && !size)
		return;
	PROMISE(send(ends[i], &message, size, MSG_DONTWAIT) == (ssize_t)size);
	read_plugin(talking[i]);
	hear_answers(i);
}

static void dial_line(void)
{
	const struct ddm_dial dial = {
		.hangup = take_byte(&fake_input) & 1,
		.request = take_byte(&fake_input),
		.interface = 1,
		.name = "a",
		.device = take_byte(&fake_input) & 1 ? "ppp0" : "",
		.settings = "device-type=PPPoE\ndevice-name=lo\n",
		.timeout = 1000,
	};
	struct line *line = line_get("a");

	PROMISE(line);
	line->id = 1;
	if (dial.hangup)
		line_hang_up(line, &dial);
	else
		line_dial(line, &dial);
}

static void step(void)
{
	uint8_t what = take_byte(&fake_input);
	unsigned int i = (what >> 4) % PLUGINS;

	switch (what & 7) {
	case 0:
	case 1:
	case 2:
		speak(i, false);
		break;
	case 3:
		speak(i, true);
		break;
	case 4:
		if (talking[i] && lives(talking[i]))
			disconnect(talking[i]);
		break;
	case 5:
		end_process(i, take_byte(&fake_input) - 1);
		break;
	case 6:
		fire_timer(i);
		break;
	case 7:
		dial_line();
		break;
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	config.run = work_folder();
	config.file = "/nonexistent";
	PROMISE(!config_read());
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct input input = { data, size };
	unsigned int i, steps = 64;
	struct line *line;

	fake_begin(&input);
	handle = fake_handle();
	last_pid = FIRST_PID;
	while (fake_input.left && steps--)
		step();
	plugin_close_all();
	call_end_all(true);
	line_end_all();
	while ((line = line_first())) {
		process_forget(&line->script);
		line_remove(line);
	}
	for (i = 0; i < PLUGINS; i++) {
		if (talking[i])
			close(ends[i]);
		talking[i] = NULL;
	}
	turn_stop();
	PROMISE(!processes && !timers);
	ddm_close(handle);
	return 0;
}
