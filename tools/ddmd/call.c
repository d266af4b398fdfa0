// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a pppd. Its links are told to the module before pppd takes the
 * device down, so that the end of a connection carries its true reason.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>

#include "admin.h"
#include "call.h"
#include "config.h"
#include "credentials.h"
#include "kernel.h"
#include "line.h"
#include "log.h"
#include "loop.h"
#include "outcome.h"
#include "plugin.h"
#include "pppd.h"
#include "process.h"
#include "record.h"
#include "secret.h"

/* How long the plugin's last word may follow the end of its process */
#define LAST_WORD_MS 500
/* pppd's phases that matter here (pppd.h) */
enum {
	PHASE_DEAD = 0,
	PHASE_SERIALCONN = 2,
	PHASE_DORMANT = 3,
	PHASE_ESTABLISH = 4,
	PHASE_DISCONNECT = 10,
	PHASE_HOLDOFF = 11,
	PHASE_MASTER = 12,
};

static struct call *calls;

struct call *call_first(void)
{
	return calls;
}

struct call *call_by_pid(pid_t pid)
{
	struct call *call;

	for (call = calls; call; call = call->next)
		if (call->process && process_pid(call->process) == pid)
			return call;
	return NULL;
}

static const char *name_of(const struct call *call)
{
	if (call->line)
		return call->line->name;
	return call->link.device[0] ? call->link.device : "a call";
}

/* --------------------------------------------------------- begin and end -- */

void call_save(const struct call *call)
{
	struct record record = { .ifindex = call->ifindex,
				 .link = call->link_id,
				 .epoch = call->epoch,
				 .was_up = call->was_up };

	record.pid = process_pid(call->process);
	record.started = process_started(record.pid);
	if (call->line)
		snprintf(record.name, sizeof(record.name), "%s",
			 call->line->name);
	if (record.started)
		record_save(&record);
}

static void forget(struct call *call)
{
	struct call **at = &calls;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	admin_forget(call);
	if (call->plugin)
		plugin_detach(call->plugin);
	if (call->line && call->line->call == call)
		call->line->call = NULL;
	loop_timer_remove(&call->patience);
	process_forget(&call->process);
	free(call);
}

/*
 * What is wrong with the Ethernet device below the call: no device, no carrier,
 * or 0. pppd would look for a server on a dead line until its time was over.
 */
static uint32_t line_trouble(const struct profile *plan)
{
	struct ethtool_value link = { .cmd = ETHTOOL_GLINK };
	struct ifreq request = { .ifr_data = (char *)&link };
	uint32_t trouble = 0;
	int fd;

	if (!plan || !plan->ethernet)
		return 0;
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return 0;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s",
		 plan->ethernet);
	/*
	 * IFF_RUNNING is up to a second late. A device that is down, which
	 * nobody but the operator will set up, has no carrier either.
	 */
	if (!ioctl(fd, SIOCETHTOOL, &request))
		trouble = link.data ? 0 : OUTCOME_ERROR_NO_CARRIER;
	else if (ioctl(fd, SIOCGIFFLAGS, &request))
		trouble = OUTCOME_ERROR_DEVICE_DOES_NOT_EXIST;
	else if (!(request.ifr_flags & IFF_RUNNING))
		trouble = OUTCOME_ERROR_NO_CARRIER;
	close(fd);
	return trouble;
}

static bool carrier_missing(const struct call *call)
{
	return call->line && line_trouble(line_plan(call->line));
}

/*
 * Whether pppd had to go on without the credentials that there are for it. What
 * the peer thought of that says nothing about them.
 */
static bool secret_was_late(const struct call *call)
{
	const struct profile *plan = call->line ? line_plan(call->line) : NULL;

	if (call->secret_late)
		return true;
	return (call->link.is & DDM_PLUGIN_IS_UNANSWERED) && plan &&
	       plan->credentials && !credentials_are_given(call->line);
}

/* How a peer sends somebody away who cannot prove who he is */
static bool sent_away(uint32_t error)
{
	return error == OUTCOME_ERROR_AUTHENTICATION_FAILURE ||
	       error == OUTCOME_ERROR_DISCONNECTION ||
	       error == OUTCOME_ERROR_REMOTE_DISCONNECTION;
}

static struct outcome outcome_of(const struct call *call, int status)
{
	struct outcome outcome =
		outcome_of_pppd(status, call->was_up, carrier_missing(call));

	if (status == PROCESS_STATUS_UNKNOWN || status >= PROCESS_KILLED) {
		outcome.error = call->was_up ? OUTCOME_ERROR_DISCONNECTION :
					       OUTCOME_ERROR_UNKNOWN;
		outcome.text = status >= PROCESS_KILLED ? "pppd was killed" :
							  "pppd is gone";
	}
	if (!call->was_up && sent_away(outcome.error) &&
	    secret_was_late(call)) {
		outcome.error = OUTCOME_ERROR_PPP_TIMEOUT;
		outcome.text = "pppd did not get the credentials in time";
	}
	if (call->why) {
		outcome.error = call->why;
		outcome.text = "hung up";
	}
	outcome.cause = outcome_cause(outcome.error);
	return outcome;
}

static void report_gone(struct call *call, uint32_t error)
{
	/* they are told of counters, which end with the connection */
	if (call->up)
		admin_link_down(call);
	if (call->link_id && kernel())
		ddm_link_report_del(kernel(), call->link_id, error);
	call->link_id = 0;
	call->up = false;
}

static void finish(struct call *call)
{
	struct outcome outcome = outcome_of(call, call->status);
	struct line *line = call->line;

	log_debug("%s: pppd %d ended: %s (status %d, error %u)", name_of(call),
		  (int)process_pid(call->process), outcome.text, call->status,
		  outcome.error);
	report_gone(call, outcome.error);
	record_remove(process_pid(call->process));
	forget(call);
	if (line)
		line_call_ended(line, outcome.error, outcome.text);
}

static void patience_over(void *data)
{
	struct call *call = data;

	if (call->exited) {
		finish(call);
		return;
	}
	log_warning("%s: pppd %d does not end: killed", name_of(call),
		    (int)process_pid(call->process));
	process_signal(call->process, SIGKILL);
}

static void process_ended(int status, void *data)
{
	struct call *call = data;
	struct plugin *plugin = call->plugin;

	call->exited = true;
	if (status != PROCESS_STATUS_UNKNOWN || !call->heard)
		call->status = status;
	/* a busy ddmd may not even have seen yet that it has something to say */
	if (!plugin)
		plugin = plugin_unheard(process_pid(call->process));
	if (!plugin) {
		finish(call);
		return;
	}
	/* a descriptor that stays readable would call us again and again */
	process_quiet(call->process);
	loop_timer_set(&call->patience, LAST_WORD_MS, patience_over, call);
	/* it has said all that it will, so a busy ddmd need not miss any of it */
	plugin_drain(plugin);
}

void call_unheard(struct call *call)
{
	if (call->exited)
		finish(call);
}

static struct call *new_call(void)
{
	struct call *call = calloc(1, sizeof(*call));

	if (!call)
		return NULL;
	call->status = PROCESS_STATUS_UNKNOWN;
	call->next = calls;
	calls = call;
	return call;
}

struct call *call_take(pid_t pid)
{
	struct call *call = new_call();

	if (!call)
		return NULL;
	if (process_adopt(pid, 0, process_ended, call, &call->process)) {
		forget(call);
		return NULL;
	}
	call_save(call);
	return call;
}

/* ------------------------------------------------------------- dialling -- */

static int start_pppd(struct call *call, const struct words *arguments,
		      int secret)
{
	struct words environment = { 0 };
	struct line *line = call->line;
	int err;

	words_add_format(&environment, "%s=%s", DDM_PLUGIN_ENV_SOCKET,
			 config.socket);
	words_add_format(&environment, "%s=%u", DDM_PLUGIN_ENV_REQUEST,
			 line->request);
	words_add_format(&environment, "%s=%u", DDM_PLUGIN_ENV_INTERFACE,
			 line->id);
	err = environment.failed ?
		      -ENOMEM :
		      process_start(arguments, &environment, secret,
				    !config.pppd_output, process_ended, call,
				    &call->process);
	words_free(&environment);
	return err;
}

uint32_t call_dial(struct line *line)
{
	struct words arguments = { 0 };
	const char *wrong;
	uint32_t trouble;
	struct call *call;
	int secret, err;

	trouble = line_trouble(line->plan);
	if (trouble)
		return trouble;
	if (!credentials_pipe(line, &secret))
		return OUTCOME_ERROR_NO_CREDENTIALS;
	wrong = pppd_arguments(line->plan, line->device, secret < 0 ? -1 : 3,
			       credentials_are_given(line), &arguments);
	call = wrong ? NULL : new_call();
	err = -ENOMEM;
	if (call) {
		call->line = line;
		err = start_pppd(call, &arguments, secret);
	}
	words_free(&arguments);
	if (secret >= 0)
		close(secret);
	if (!err) {
		line->call = call;
		call_save(call);
		log_debug("%s: pppd %d dials", line->name,
			  (int)process_pid(call->process));
		return 0;
	}
	if (call)
		forget(call);
	log_error("%s: cannot start pppd: %s", line->name,
		  wrong ? wrong : strerror(-err));
	return wrong ? OUTCOME_ERROR_INTERFACE_CONFIGURATION :
		       OUTCOME_ERROR_PORT_NOT_AVAILABLE;
}

void call_end(struct call *call, uint32_t error)
{
	if (!call->why)
		call->why = error;
	if (call->exited)
		return;
	process_signal(call->process, SIGTERM);
	if (!loop_timer_runs(call->patience))
		loop_timer_set(&call->patience, config.grace, patience_over,
			       call);
}

void call_hang_up(struct call *call, uint32_t error)
{
	call->why = error;
	process_signal(call->process, SIGHUP);
}

void call_connection_ended(uint32_t ifindex, const struct call_totals *totals)
{
	struct call *call;

	for (call = calls; call; call = call->next)
		if (call->ifindex == ifindex)
			call->totals = *totals;
}

/*
 * What stands ready, or persists, goes on by itself and is not ended by a
 * hang-up. One of ours that dialled again by itself was not hung up.
 */
static bool goes_on(const struct call *call)
{
	if (call->link.is & DDM_PLUGIN_IS_DEMAND)
		return true;
	return !call->line && (call->link.is & DDM_PLUGIN_IS_PERSIST);
}

bool call_end_device(uint32_t ifindex, uint32_t error)
{
	struct call *call, *next;
	bool any = false;

	for (call = calls; call; call = next) {
		next = call->next;
		if (call->ifindex != ifindex)
			continue;
		any = true;
		if (goes_on(call))
			call_hang_up(call, error);
		else
			call_end(call, error);
	}
	return any;
}

/* The pppd that made the device of a bundle would end all of it. */
static bool carries_others(const struct call *call)
{
	const struct call *other;

	if (!(call->link.is & DDM_PLUGIN_IS_MASTER))
		return false;
	for (other = calls; other; other = other->next)
		if (other != call && other->ifindex == call->ifindex &&
		    other->up)
			return true;
	return false;
}

bool call_end_link(uint32_t link, uint32_t error)
{
	struct call *call;

	for (call = calls; call && call->link_id != link;)
		call = call->next;
	if (!call || !link)
		return false;
	if (goes_on(call) || carries_others(call))
		call_hang_up(call, error);
	else
		call_end(call, error);
	return true;
}

bool call_sleeps(const struct call *call)
{
	return call->link.phase == PHASE_DORMANT;
}

void call_poke(const struct call *call)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	char device[IF_NAMESIZE] = "";
	struct ifreq request = { 0 };
	int fd;

	if (!if_indextoname(call->ifindex, device))
		return;
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	memcpy(request.ifr_name, device, sizeof(device));
	if (!ioctl(fd, SIOCGIFDSTADDR, &request))
		memcpy(&to, &request.ifr_dstaddr, sizeof(to));
	to.sin_port = htons(9); /* discard */
	setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, sizeof(device));
	if (sendto(fd, "", 1, MSG_DONTWAIT, (struct sockaddr *)&to,
		   sizeof(to)) < 0)
		log_warning("%s: cannot wake pppd: %s", name_of(call),
			    strerror(errno));
	close(fd);
}

/* --------------------------------------------------- what the plugin says -- */

/* The module keeps text: what is no UTF-8 or no letter would be refused. */
static const char *plain(char *text)
{
	unsigned char *at = (unsigned char *)text;

	for (; *at; at++)
		if (*at < ' ' || *at >= 0x7f)
			*at = '?';
	return text;
}

static bool has_address6(const uint8_t *address)
{
	static const uint8_t none[16];

	return memcmp(address, none, sizeof(none));
}

/* @link: what @request points into, made plain here */
static void describe(const struct call *call, struct ddm_plugin_link *link,
		     struct ddm_link_request *request)
{
	*link = call->link;
	*request = (struct ddm_link_request){
		.size = sizeof(*request),
		.set = DDM_LINK_STATE_SET | DDM_LINK_INCOMING_SET |
		       DDM_LINK_USER_SET | DDM_LINK_PEER_SET |
		       DDM_LINK_MEDIA_SET,
		.state = call->up ? DDM_LINK_STATE_UP : DDM_LINK_STATE_DOWN,
		.incoming = !!(link->is & DDM_PLUGIN_IS_INCOMING),
		.user = plain(link->user),
		.peer = plain(link->peer),
		.media = plain(link->media),
		.speed = link->speed,
		.local4 = link->local4,
		.remote4 = link->remote4,
	};
	request->set |= link->speed ? DDM_LINK_SPEED_SET : 0;
	request->set |= link->local4 ? DDM_LINK_LOCAL4_SET : 0;
	request->set |= link->remote4 ? DDM_LINK_REMOTE4_SET : 0;
	memcpy(request->local6, link->local6, sizeof(request->local6));
	memcpy(request->remote6, link->remote6, sizeof(request->remote6));
	request->set |= has_address6(link->local6) ? DDM_LINK_LOCAL6_SET : 0;
	request->set |= has_address6(link->remote6) ? DDM_LINK_REMOTE6_SET : 0;
}

static int same_port(const struct ddm_link *link, void *data)
{
	struct call *call = data;

	if (link->ifindex != call->ifindex ||
	    strcmp(link->port, call->link.port))
		return 0;
	call->link_id = link->id;
	return 0;
}

static int report_new(struct call *call, const struct ddm_link_request *request)
{
	const struct ddm_link *link;
	int err;

	if (!call->link.port[0])
		snprintf(call->link.port, sizeof(call->link.port), "pppd-%d",
			 (int)process_pid(call->process));
	snprintf(call->port, sizeof(call->port), "%s", call->link.port);
	err = ddm_link_report_new(kernel(), call->ifindex, call->link.port,
				  request, &link);
	if (!err)
		call->link_id = link->id;
	/* an earlier ddmd told of it */
	if (err == -EEXIST && !ddm_link_list(kernel(), same_port, call) &&
	    call->link_id)
		err = ddm_link_report_set(kernel(), call->link_id, request);
	return err;
}

/* What an earlier ddmd called it */
static void find_port(struct call *call)
{
	const struct ddm_link *link;

	if (!call->port[0] && !ddm_link_get(kernel(), call->link_id, &link))
		snprintf(call->port, sizeof(call->port), "%s", link->port);
}

/*
 * A pppd that stands ready has a device, but no port until it dials, and then
 * each time another one. A port in the module has one name for ever.
 */
static void leave_port(struct call *call)
{
	if (!call->link_id || !call->link.port[0])
		return;
	find_port(call);
	if (!strcmp(call->port, call->link.port))
		return;
	ddm_link_report_del(kernel(), call->link_id,
			    outcome_of(call, call->last_status).error);
	call->link_id = 0;
}

/* Tell the module what is known, and whether the link is up. */
static void report(struct call *call)
{
	struct ddm_link_request request;
	struct ddm_plugin_link told;
	int err = -ENXIO;

	if (!kernel() || !call->ifindex)
		return;
	leave_port(call);
	describe(call, &told, &request);
	if (call->link_id)
		err = ddm_link_report_set(kernel(), call->link_id, &request);
	if (err == -ENXIO) {
		call->link_id = 0;
		err = report_new(call, &request);
	}
	call->epoch = kernel_epoch();
	/* a device that no rule matches has no interface: nobody asks for it */
	if (err)
		log_debug("%s: the module does not take its link: %s",
			  name_of(call), ddm_error(kernel()));
}

/* Where the unit that was wanted is taken, pppd takes another one. */
static bool wrong_device(struct call *call)
{
	struct line *line = call->line;

	if (!line || !line->device[0] ||
	    !strcmp(line->device, call->link.device))
		return false;
	log_error("%s: the device %s is taken, pppd made %s", line->name,
		  line->device, call->link.device);
	call_end(call, OUTCOME_ERROR_PORT_NOT_AVAILABLE);
	return true;
}

static void hear_device(struct call *call)
{
	if (!call->link.device[0])
		return;
	call->ifindex = if_nametoindex(call->link.device);
	if (wrong_device(call))
		return;
	report(call);
	call_save(call);
}

static void hear_up(struct call *call)
{
	bool first = !call->up;

	/* first: a device with no link that is up is not connected */
	call->up = true;
	call->was_up = true;
	if (!call->ifindex)
		hear_device(call);
	if (first)
		call->totals.known = false;
	report(call);
	call_save(call);
	if (!first)
		return;
	admin_link_up(call);
	if (call->line)
		line_call_up(call->line);
}

static void hear_down(struct call *call)
{
	struct outcome outcome = outcome_of(call, (int)call->link.status);

	if (call->up)
		admin_link_down(call);
	call->up = false;
	if (call->link_id && kernel()) {
		const struct ddm_link_request request = {
			.size = sizeof(request),
			.set = DDM_LINK_STATE_SET | DDM_LINK_ERROR_SET,
			.state = DDM_LINK_STATE_DOWN,
			.error = outcome.error,
		};

		ddm_link_report_set(kernel(), call->link_id, &request);
	}
}

static void begin_dialling(struct call *call)
{
	/*
	 * What was hung up while pppd waited is no reason for the end of a call
	 * that comes later, unless pppd itself is about to end.
	 */
	if (!call->dialled && !loop_timer_runs(call->patience))
		call->why = 0;
	call->dialled = true;
}

static void hear_phase(struct call *call)
{
	bool was_up = call->was_up;
	struct outcome outcome;

	switch (call->link.phase) {
	case PHASE_SERIALCONN:
	case PHASE_ESTABLISH:
		begin_dialling(call);
		break;
	case PHASE_DEAD:
	case PHASE_DISCONNECT:
		/* pppd forgets it before it waits again */
		call->last_status = (int)call->link.status;
		/* with persist, the next caller is another one */
		if (!call->up)
			admin_forget(call);
		break;
	case PHASE_MASTER:
		/* its link is gone, and it stays for the others of the bundle */
		report_gone(call, outcome_of(call, call->last_status).error);
		break;
	case PHASE_DORMANT:
	case PHASE_HOLDOFF:
		if (!call->dialled)
			break;
		call->dialled = false;
		outcome = outcome_of(call, call->last_status);
		call->why = 0;
		call->was_up = false;
		/* after a call that was up, who waits wants the next one */
		if (call->line && !was_up)
			line_call_waits(call->line, outcome.error);
		break;
	}
}

static void hear_secret(const struct call *call,
			struct ddm_plugin_answer *answer)
{
	struct secret secret = { 0 };

	answer->value = 0;
	if (call->line && credentials_find(call->line, &secret) &&
	    secret.has_password) {
		answer->value = 1;
		if (credentials_are_given(call->line))
			answer->flags = DDM_PLUGIN_ONCE;
		memcpy(answer->user, secret.user, sizeof(answer->user));
		memcpy(answer->secret, secret.password, sizeof(answer->secret));
	}
	secret_wipe(&secret);
}

static bool phase_waits(uint32_t phase)
{
	return phase == PHASE_DORMANT || phase == PHASE_HOLDOFF;
}

/*
 * The plugin has found us again, or for the first time: its link may not be any
 * more what it was when a ddmd last heard of it.
 */
static void catch_up(struct call *call)
{
	const struct ddm_plugin_link *link = &call->link;
	uint32_t ifindex = if_nametoindex(link->device);

	if (phase_waits(link->phase))
		call->last_status = (int)link->status;
	if (call->ifindex && call->ifindex != ifindex) {
		report_gone(call, outcome_of(call, call->last_status).error);
		call->ifindex = 0;
	}
	if (link->is & DDM_PLUGIN_IS_UP)
		hear_up(call);
	else if (call->up)
		hear_down(call);
	else
		hear_device(call);
	call->dialled = link->phase == PHASE_SERIALCONN ||
			(link->phase >= PHASE_ESTABLISH &&
			 link->phase <= PHASE_DISCONNECT);
	if (phase_waits(link->phase))
		call->was_up = false;
}

static void hear_hello(struct call *call, struct ddm_plugin_answer *answer)
{
	const struct profile *plan = call->line ? line_plan(call->line) : NULL;

	answer->flags = admin_flags(&call->link);
	answer->limit = admin_limit();
	if (plan && plan->credentials)
		answer->flags |= DDM_PLUGIN_HAS_SECRET;
}

/* pppd detaches by going on in a child. */
static void follow_process(struct call *call)
{
	pid_t pid = call->link.pid;
	struct process *process;

	if (pid <= 0 || pid == process_pid(call->process))
		return;
	if (process_adopt(pid, 0, process_ended, call, &process))
		return;
	record_remove(process_pid(call->process));
	process_forget(&call->process);
	loop_timer_remove(&call->patience);
	call->process = process;
	call->exited = false;
	call_save(call);
}

bool call_hear(struct call *call, const struct ddm_plugin_message *message,
	       struct ddm_plugin_answer *answer)
{
	call->link = message->link;
	call->heard = true;
	follow_process(call);
	switch (message->type) {
	case DDM_PLUGIN_HELLO:
		hear_hello(call, answer);
		catch_up(call);
		break;
	case DDM_PLUGIN_PHASE:
		hear_phase(call);
		break;
	case DDM_PLUGIN_DEVICE:
		hear_device(call);
		break;
	case DDM_PLUGIN_SECRET:
		hear_secret(call, answer);
		break;
	case DDM_PLUGIN_ASK:
	case DDM_PLUGIN_ADDRESS:
		return admin_ask(call, message, answer);
	case DDM_PLUGIN_UP:
		hear_up(call);
		break;
	case DDM_PLUGIN_DOWN:
		hear_down(call);
		break;
	case DDM_PLUGIN_EXIT:
		call->status = (int)call->link.status;
		report_gone(call, outcome_of(call, call->status).error);
		break;
	}
	return true;
}

/* ------------------------------------------------- beginnings and ends -- */

static void adopt(const struct record *record)
{
	struct call *call = call_by_pid(record->pid);

	if (!call) {
		call = new_call();
		if (!call)
			return;
		if (process_adopt(record->pid, record->started, process_ended,
				  call, &call->process)) {
			forget(call);
			record_remove(record->pid);
			return;
		}
	}
	call->ifindex = record->ifindex;
	call->link_id = record->link;
	call->epoch = record->epoch;
	call->was_up = record->was_up;
	if (record->name[0])
		call->line = line_get(record->name);
	if (call->line)
		call->line->call = call;
	log_info("%s: took over pppd %d", name_of(call), (int)record->pid);
}

void call_adopt_all(void)
{
	record_walk(RECORD_PPPD, adopt);
}

static int take_state(const struct ddm_link *link, void *data)
{
	struct call *call = data;

	if (link->id == call->link_id)
		call->up = link->state == DDM_LINK_STATE_UP;
	return 0;
}

void call_settle(struct call *call)
{
	if (call->link_id && kernel())
		ddm_link_list(kernel(), take_state, call);
}

void call_report_all(void)
{
	struct call *call;

	for (call = calls; call; call = call->next) {
		/* by now that number may be another's */
		if (call->epoch != kernel_epoch())
			call->link_id = 0;
		/* what one is that was taken over, its plugin tells soon */
		if (call->link_id || !call->heard)
			continue;
		if (call->up || call->ifindex)
			report(call);
		call_save(call);
	}
}

void call_end_all(bool hang_up)
{
	struct call *call, *next;

	for (call = calls; call; call = next) {
		next = call->next;
		if (hang_up && !call->exited)
			process_signal(call->process, SIGTERM);
		if (hang_up || call->exited || admin_will_refuse(call))
			forget(call);
	}
}

void call_forget_all(void)
{
	while (calls)
		forget(calls);
}
