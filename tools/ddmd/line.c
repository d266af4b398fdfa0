// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attempts: one request of the module is one or several tries of pppd. Before
 * a try, and before an end, the module is asked whether it is still wanted:
 * what was true when a timer was set, or a message sent, may not be any more.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "call.h"
#include "config.h"
#include "credentials.h"
#include "hours.h"
#include "kernel.h"
#include "line.h"
#include "log.h"
#include "loop.h"
#include "outcome.h"
#include "pppd.h"
#include "process.h"
#include "profile.h"
#include "script.h"
#include "turn.h"

/* A try that has less time than this is not worth it. */
#define TRY_MIN_MS 2000
/* Between two looks whether a pppd that stands ready takes packets again */
#define POKE_MS 1000
/* When an interface that is to be kept up cannot be dialled at this hour */
#define HOURS_AGAIN_MS 60000
/* Of pppd (pppd.h): the line is there */
#define PHASE_ESTABLISH 4

static struct line *lines;

struct line *line_first(void)
{
	return lines;
}

struct line *line_by_id(uint32_t id)
{
	struct line *line;

	for (line = lines; line && line->id != id;)
		line = line->next;
	return id ? line : NULL;
}

struct line *line_by_name(const char *name)
{
	struct line *line;

	for (line = lines; line && strcmp(line->name, name);)
		line = line->next;
	return line;
}

struct line *line_get(const char *name)
{
	struct line *line = line_by_name(name);

	if (line)
		return line;
	line = calloc(1, sizeof(*line));
	if (!line)
		return NULL;
	line->script_report = -1;
	line->name = strdup(name);
	if (!line->name) {
		free(line);
		return NULL;
	}
	line->next = lines;
	lines = line;
	return line;
}

void line_remove(struct line *line)
{
	struct line **at = &lines;

	while (*at != line)
		at = &(*at)->next;
	*at = line->next;
	if (line->call)
		line->call->line = NULL;
	process_forget(&line->script);
	loop_timer_remove(&line->script_patience);
	loop_timer_remove(&line->timer);
	loop_timer_remove(&line->keep);
	profile_free(line->wanted);
	profile_free(line->plan);
	credentials_end(line);
	free(line->settings);
	free(line->name);
	free(line);
}

const struct profile *line_plan(const struct line *line)
{
	return line->plan ? line->plan : line->wanted;
}

static uint32_t random_number(void)
{
	uint32_t number = 0;

	if (getrandom(&number, sizeof(number), GRND_NONBLOCK) < 0)
		number = (uint32_t)loop_now();
	return number;
}

static bool hours_now(const struct profile *plan)
{
	time_t now = time(NULL);
	struct tm tm;

	return localtime_r(&now, &tm) && hours_allow(plan->hours, &tm);
}

/* ------------------------------------------------------------ attempts -- */

static void try_again(void *data);
static void limit_over(void *data);
static void begin(struct line *line);
static void begin_standing(struct line *line);
static void is_up(struct line *line);
static void keep_after(struct line *line, uint32_t error);

/* Who had a turn may have it no more, so somebody else may. */
static void set_state(struct line *line, enum line_state state)
{
	if (line->state == LINE_DIALING || line->state == LINE_ENDING)
		turn_look();
	line->state = state;
}

/* The profile, and what a program said in the phone-book entry. */
static struct profile *new_plan(const struct line *line, const char *settings)
{
	struct profile *plan;

	plan = line->wanted ? profile_copy(line->wanted) :
			      profile_new(line->name);
	if (plan && settings && profile_apply_settings(plan, settings)) {
		profile_free(plan);
		plan = NULL;
	}
	return plan;
}

static bool make_plan(struct line *line)
{
	struct profile *plan = new_plan(line, line->settings);

	if (!plan)
		return false;
	profile_free(line->plan);
	line->plan = plan;
	return true;
}

/* Nobody waits for it any more, and what he left for it is good for no other. */
static void forget_request(struct line *line)
{
	line->request = 0;
	credentials_end(line);
}

/* Return: whether somebody waited for it still */
static bool tell_failure(struct line *line, uint32_t error)
{
	uint32_t request = line->request;

	loop_timer_remove(&line->timer);
	forget_request(line);
	if (!request || !kernel_result(request, error, NULL))
		return false;
	log_info("%s: not connected, error %u", line->name, error);
	return true;
}

/* An attempt to keep it up may have fallen due while it was not idle. */
static void become_idle(struct line *line)
{
	bool due = line->keep_due;

	set_state(line, LINE_IDLE);
	line->keep_due = false;
	if (due)
		line_keep(line);
}

static void give_up(struct line *line, uint32_t error)
{
	/* the event of it plans the next one */
	if (tell_failure(line, error))
		line->keep_due = false;
	become_idle(line);
}

/* As the module has it now, whatever its events have told by then */
static bool has_state(const struct line *line, uint32_t state)
{
	const struct ddm_interface *interface;

	return kernel() && line->id &&
	       !ddm_interface_get(kernel(), line->id, &interface) &&
	       interface->state == state;
}

/* Whether the module waits for our attempt still. */
static bool still_wanted(const struct line *line)
{
	return line->request && has_state(line, DDM_STATE_CONNECTING);
}

static void failed(struct line *line, uint32_t error)
{
	const struct profile *plan = line->plan;
	int64_t pause;

	line->error = error;
	line->failures++;
	pause = outcome_pause(outcome_cause(error), line->failures,
			      plan->redial_pause, plan->redial_pause_max,
			      random_number());
	if (line->failures > plan->redial || pause < 0 ||
	    loop_now() + (uint64_t)pause + TRY_MIN_MS > line->limit) {
		give_up(line, error);
		return;
	}
	log_info("%s: error %u, next try in %lld ms", line->name, error,
		 (long long)pause);
	set_state(line, LINE_PAUSE);
	loop_timer_set(&line->timer, (uint64_t)pause, try_again, line);
}

static uint64_t time_left(const struct line *line)
{
	return line->limit > loop_now() ? line->limit - loop_now() : 0;
}

static void try_once(struct line *line)
{
	uint32_t error;

	set_state(line, LINE_DIALING);
	loop_timer_set(&line->timer, time_left(line), limit_over, line);
	if (line->plan->method == PROFILE_SCRIPT)
		error = script_start(line, false);
	else
		error = call_dial(line);
	if (error)
		failed(line, error);
}

/* A turn may take long to come, and the time limit of the attempt runs on. */
static void wait_for_turn(struct line *line)
{
	set_state(line, LINE_WAITING);
	loop_timer_set(&line->timer, time_left(line), limit_over, line);
	turn_wait(line);
}

static void try_again(void *data)
{
	wait_for_turn(data);
}

/* Stop the program that connects, and have the other one clean up after it. */
static void stop_script(struct line *line)
{
	if (line->script_ends)
		return;
	line->undo = true;
	script_stop(line);
}

/* Return: whether the program that disconnects runs now */
static bool undo(struct line *line)
{
	bool due = line->undo && line->plan && line->plan->disconnect_script;

	line->undo = false;
	return due && !script_start(line, true);
}

static void end_what_runs(struct line *line, uint32_t error)
{
	/* it may have said that it had succeeded, and the device is on its way */
	line->undo = line->state == LINE_DIALING &&
		     line->plan->method == PROFILE_SCRIPT;
	if (line->state == LINE_STANDING)
		loop_timer_remove(&line->timer);
	set_state(line, LINE_ENDING);
	if (line->call)
		call_end(line->call, error);
	else if (line->script)
		stop_script(line);
	else if (!undo(line))
		become_idle(line);
}

/* What an attempt that took too long died of */
static uint32_t limit_error(const struct line *line)
{
	if (line->state == LINE_WAITING)
		return line->error ? line->error :
				     OUTCOME_ERROR_PORT_NOT_AVAILABLE;
	if (line->call && line->call->heard &&
	    line->call->link.phase < PHASE_ESTABLISH)
		return OUTCOME_ERROR_NO_ANSWER;
	return OUTCOME_ERROR_PPP_TIMEOUT;
}

static void limit_over(void *data)
{
	uint32_t error = limit_error(data);
	struct line *line = data;

	/* it may be connected since, and that not be heard of yet */
	if (!tell_failure(line, error) && has_state(line, DDM_STATE_CONNECTED))
		is_up(line);
	else
		end_what_runs(line, error);
}

static uint32_t refusal(const struct line *line)
{
	const struct profile *plan = line->plan;

	if (plan->method != PROFILE_PPPD && plan->method != PROFILE_SCRIPT)
		return OUTCOME_ERROR_INTERFACE_CONFIGURATION;
	if (!hours_now(plan))
		return OUTCOME_ERROR_DIALOUT_HOURS;
	return line->unusable ? OUTCOME_ERROR_NO_CREDENTIALS : 0;
}

/* Return: whether it can be dialled; otherwise it was told that it cannot */
static bool prepare(struct line *line)
{
	uint32_t error = OUTCOME_ERROR_PORT_NOT_AVAILABLE;

	if (make_plan(line))
		error = refusal(line);
	if (error)
		give_up(line, error);
	return !error;
}

static void begin(struct line *line)
{
	line->failures = 0;
	line->error = 0;
	if (!prepare(line))
		return;
	if (loop_now() + line->plan->timeout < line->limit)
		line->limit = loop_now() + line->plan->timeout;
	if (line->plan->method == PROFILE_PPPD && line->plan->demand)
		begin_standing(line);
	else
		wait_for_turn(line);
}

static void try_first(struct line *line)
{
	/* the profile, and the hour, may be others by now */
	if (!prepare(line))
		return;
	if (line->plan->method == PROFILE_SCRIPT && credentials_are_given(line))
		log_warning("%s: a script gets no user name and no password",
			    line->name);
	/* an interface that is bound to no name takes that of the attempt */
	if (kernel_result(line->request, 0, line->device))
		try_once(line);
	else
		give_up(line, OUTCOME_ERROR_PORT_NOT_AVAILABLE);
}

void line_turn(struct line *line)
{
	if (line->failures ? still_wanted(line) : line->request != 0) {
		if (line->failures)
			try_once(line);
		else
			try_first(line);
		return;
	}
	forget_request(line);
	loop_timer_remove(&line->timer);
	become_idle(line);
}

static void take_request(struct line *line, const struct ddm_dial *dial)
{
	uint32_t margin = dial->timeout / 10;

	if (margin > LINE_MARGIN_MS)
		margin = LINE_MARGIN_MS;
	line->id = dial->interface;
	line->request = dial->request;
	line->limit = loop_now() + dial->timeout - margin;
	if (dial->device[0])
		snprintf(line->device, sizeof(line->device), "%s",
			 dial->device);
	else
		snprintf(line->device, sizeof(line->device), "ddm%u",
			 dial->interface);
	free(line->settings);
	line->settings = strdup(dial->settings);
	line->unusable = !credentials_begin(line);
	log_debug("%s: asked to connect within %u ms", line->name,
		  dial->timeout);
}

/* A pppd that waits has been told already what it may ask for. */
static bool fits_standing(const struct line *line)
{
	const struct profile *plan = line_plan(line);

	if (line->unusable)
		return false;
	if (!credentials_are_given(line))
		return true;
	return plan && plan->credentials && pppd_has_plugin();
}

static void wait_for_standing(struct line *line);

/* A pppd that paused after an end took no notice of the packet; look again. */
static void look_at_standing(void *data)
{
	struct line *line = data;
	uint32_t request = line->request;

	if (loop_now() < line->limit) {
		if (line->call && call_sleeps(line->call))
			call_poke(line->call);
		wait_for_standing(line);
		return;
	}
	forget_request(line);
	kernel_result(request, limit_error(line), NULL);
	if (line->call)
		call_hang_up(line->call, OUTCOME_ERROR_PPP_TIMEOUT);
}

static void wait_for_standing(struct line *line)
{
	uint64_t left = time_left(line);

	loop_timer_set(&line->timer, left < POKE_MS ? left : POKE_MS,
		       look_at_standing, line);
}

static void dial_standing(struct line *line)
{
	uint32_t request = line->request;

	if (!fits_standing(line)) {
		forget_request(line);
		kernel_result(request, OUTCOME_ERROR_NO_CREDENTIALS, NULL);
		return;
	}
	kernel_result(request, 0, line->device);
	wait_for_standing(line);
	call_poke(line->call);
}

void line_dial(struct line *line, const struct ddm_dial *dial)
{
	take_request(line, dial);
	line->held = false;
	switch (line->state) {
	case LINE_STANDING:
		dial_standing(line);
		return;
	case LINE_ENDING:
		return; /* begun when that is over */
	case LINE_IDLE:
	case LINE_PAUSE:
	case LINE_WAITING:
		/* a program that connects may outlive its connection */
		if (line->script)
			end_what_runs(line, OUTCOME_ERROR_DISCONNECTION);
		else
			begin(line);
		return;
	case LINE_DIALING:
	case LINE_UP:
		/* the module has no connection: whatever runs is of no use */
		loop_timer_remove(&line->timer);
		end_what_runs(line, OUTCOME_ERROR_DISCONNECTION);
		if (line->state == LINE_IDLE)
			begin(line);
		return;
	}
}

/* -------------------------------------------------------------- hang up -- */

/* Whether the connection that is to be hung up is the present one. */
static bool still_connected(const struct ddm_dial *dial)
{
	const struct ddm_interface *interface;

	return kernel() &&
	       !ddm_interface_get(kernel(), dial->interface, &interface) &&
	       interface->state == DDM_STATE_CONNECTED &&
	       (!dial->ifindex || interface->ifindex == dial->ifindex);
}

/* Return: whether the line has a program that is run, or stopped, for it */
static bool hang_up_script(struct line *line, const struct ddm_dial *dial)
{
	if (!line->plan && !make_plan(line))
		return false;
	snprintf(line->device, sizeof(line->device), "%s", dial->device);
	if (line->script) {
		stop_script(line);
		return true;
	}
	line->undo = true;
	if (!undo(line))
		return false;
	set_state(line, LINE_ENDING);
	return true;
}

static void hang_up_connection(struct line *line, const struct ddm_dial *dial)
{
	const uint32_t error = OUTCOME_ERROR_INTERFACE_DISCONNECTED;
	bool any;

	if (!still_connected(dial))
		return;
	if (line->state != LINE_STANDING) {
		line->held = true;
		if (line->call || line->script)
			set_state(line, LINE_ENDING);
	}
	any = dial->ifindex && call_end_device(dial->ifindex, error);
	if (line->script)
		hang_up_script(line, dial);
	if (any || line->script)
		return;
	if (line->call) {
		call_end(line->call, error);
		return;
	}
	if (!hang_up_script(line, dial))
		log_warning("%s: nothing here can hang it up", line->name);
}

void line_hang_up(struct line *line, const struct ddm_dial *dial)
{
	if (!dial->request) {
		hang_up_connection(line, dial);
		return;
	}
	/* of an attempt that is over: a later one goes on */
	if (dial->request != line->request)
		return;
	forget_request(line);
	loop_timer_remove(&line->timer);
	if (line->state == LINE_STANDING)
		call_hang_up(line->call, OUTCOME_ERROR_INTERFACE_DISCONNECTED);
	else if (line->state != LINE_ENDING)
		end_what_runs(line, OUTCOME_ERROR_INTERFACE_DISCONNECTED);
}

void line_orphaned(struct line *line)
{
	forget_request(line);
	line->id = 0;
	loop_timer_remove(&line->keep);
	if (line->state == LINE_PAUSE || line->state == LINE_WAITING)
		set_state(line, LINE_IDLE);
	if (line->state == LINE_DIALING)
		end_what_runs(line, OUTCOME_ERROR_DDM_NOT_RUNNING);
	loop_timer_remove(&line->timer);
}

void line_deleted(struct line *line)
{
	forget_request(line);
	line->id = 0;
	loop_timer_remove(&line->keep);
	if (line->state == LINE_ENDING || (!line->call && !line->script))
		return;
	loop_timer_remove(&line->timer);
	end_what_runs(line, OUTCOME_ERROR_INTERFACE_DISCONNECTED);
}

void line_end_all(void)
{
	struct line *line;

	for (line = lines; line; line = line->next) {
		if (line->state != LINE_DIALING)
			continue;
		if (line->script)
			process_signal_group(line->script, SIGTERM);
		else if (line->call)
			process_signal(line->call->process, SIGTERM);
	}
}

/* -------------------------------------------------------- what happened -- */

static void is_up(struct line *line)
{
	if (line->script && !line->script_ends)
		script_save(line, true);
	forget_request(line);
	line->failures = 0;
	line->turn_since = 0;
	loop_timer_remove(&line->timer);
	if (line->state != LINE_STANDING && line->state != LINE_ENDING)
		set_state(line, LINE_UP);
}

void line_call_up(struct line *line)
{
	is_up(line);
}

void line_call_waits(struct line *line, uint32_t error)
{
	uint32_t request = line->request;

	if (line->state != LINE_STANDING || !request)
		return;
	forget_request(line);
	loop_timer_remove(&line->timer);
	kernel_result(request, error, NULL);
}

static void next_after_end(struct line *line)
{
	set_state(line, LINE_IDLE);
	line->keep_due = false;
	if (line->request && still_wanted(line)) {
		begin(line);
		return;
	}
	forget_request(line);
	line_keep(line);
}

void line_call_ended(struct line *line, uint32_t error, const char *why)
{
	switch (line->state) {
	case LINE_DIALING:
		log_info("%s: %s (error %u)", line->name, why, error);
		failed(line, error);
		break;
	case LINE_STANDING:
		log_warning(
			"%s: pppd, which was to wait for packets, ended: %s",
			line->name, why);
		set_state(line, LINE_IDLE);
		if (line->request)
			give_up(line, error);
		keep_after(line, error);
		break;
	case LINE_UP:
		log_info("%s: %s (error %u)", line->name, why, error);
		become_idle(line);
		break;
	case LINE_ENDING:
		next_after_end(line);
		break;
	case LINE_IDLE:
	case LINE_PAUSE:
	case LINE_WAITING:
		break;
	}
}

void line_script_ended(struct line *line, uint32_t error)
{
	if (line->state == LINE_ENDING) {
		if (!undo(line))
			next_after_end(line);
		return;
	}
	/* success is the device that comes up; the module sees it */
	if (error && line->state == LINE_DIALING)
		failed(line, error);
}

void line_adopt_script(struct line *line, bool was_up)
{
	line->state = was_up ? LINE_IDLE : LINE_DIALING;
}

/* One that has had its connection may make the next one by itself. */
static void settle_script(struct line *line)
{
	const struct ddm_interface *interface;

	if (line->request)
		return;
	if (line->id && !ddm_interface_get(kernel(), line->id, &interface)) {
		free(line->settings);
		line->settings = strdup(interface->settings);
	}
	if (!make_plan(line) || has_state(line, DDM_STATE_CONNECTED))
		return;
	if (line->state != LINE_DIALING && (line->id || line->wanted))
		return;
	/* it dials for somebody who was told that it failed, or for nothing */
	log_info("%s: its script is not wanted any more", line->name);
	end_what_runs(line, OUTCOME_ERROR_DDM_NOT_RUNNING);
}

void line_settle(struct line *line)
{
	struct call *call = line->call;

	/* it may have ended since it was taken over */
	if (line->script || (line->state == LINE_DIALING && !call))
		settle_script(line);
	if (!call || line->state != LINE_IDLE)
		return;
	call_settle(call);
	if (has_state(line, DDM_STATE_CONNECTED)) {
		set_state(line, LINE_UP);
	} else if (call->was_up) {
		/* it ends, or dials again, by itself: it was not told to end */
		set_state(line, LINE_UP);
		line->keep_due = true;
	} else if (!line->wanted || !line->wanted->demand) {
		/* it dials for somebody who was told that it failed */
		log_info("%s: pppd %d is not wanted any more", line->name,
			 (int)process_pid(call->process));
		end_what_runs(line, OUTCOME_ERROR_DDM_NOT_RUNNING);
	}
	if (line->state != LINE_ENDING && line->wanted && line->wanted->demand)
		set_state(line, LINE_STANDING);
}

void line_look(struct line *line)
{
	if (has_state(line, DDM_STATE_CONNECTED))
		is_up(line);
	else if (line->state != LINE_UP ||
		 has_state(line, DDM_STATE_CONNECTING))
		return;
	else if (line->call)
		line->keep_due = true;
	else
		set_state(line, LINE_IDLE);
}

/* ------------------------------------------------------------ kept up -- */

static void keep_over(void *data)
{
	struct line *line = data;

	/* the event of an end may be here long before pppd is gone */
	line->keep_due = line->state != LINE_IDLE;
	line_keep(line);
}

/* Plan the next attempt of an interface that is to be kept up. */
static void keep_after(struct line *line, uint32_t error)
{
	const struct profile *wanted = line->wanted;
	int64_t pause;

	if (!wanted || (!wanted->persistent && !wanted->demand))
		return;
	line->keep_failures++;
	pause = outcome_pause(outcome_cause(error), line->keep_failures,
			      wanted->redial_pause, wanted->redial_pause_max,
			      random_number());
	if (error == OUTCOME_ERROR_DIALOUT_HOURS)
		pause = HOURS_AGAIN_MS;
	/* no operator is there at night, and accounts are locked by haste */
	if (outcome_cause(error) == CAUSE_REFUSED)
		pause = wanted->redial_pause_max;
	if (pause < 0) {
		log_warning("%s: error %u, not dialled again by itself",
			    line->name, error);
		line->held = true;
		return;
	}
	loop_timer_set(&line->keep, (uint64_t)pause, keep_over, line);
}

/*
 * Requests come by a way of their own, and may be here before events that are
 * older than they are: what these tell is over then.
 */
static bool holds_still(const struct line *line, const struct ddm_event *event)
{
	const struct ddm_interface *interface;

	if (!kernel() || ddm_interface_get(kernel(), line->id, &interface))
		return event->type != DDM_EVENT_TYPE_CONNECTED;
	if (event->type == DDM_EVENT_TYPE_CONNECTED)
		return interface->state == DDM_STATE_CONNECTED &&
		       interface->connection == event->connection;
	return interface->state != DDM_STATE_CONNECTED &&
	       interface->state != DDM_STATE_CONNECTING;
}

void line_event(struct line *line, const struct ddm_event *event)
{
	switch (event->type) {
	case DDM_EVENT_TYPE_CONNECTED:
		if (!holds_still(line, event)) {
			/* it came and went, and its end is the next event */
			if (line->state == LINE_DIALING && !still_wanted(line))
				is_up(line);
			break;
		}
		line->keep_failures = 0;
		line->keep_due = false;
		line->held = false;
		is_up(line);
		break;
	case DDM_EVENT_TYPE_DISCONNECTED:
		if (line->state == LINE_UP && !line->call) {
			set_state(line, LINE_IDLE);
			line->keep_due = false;
		}
		/* fall through */
	case DDM_EVENT_TYPE_CONNECT_FAILED:
		/* a pppd that stands ready goes on by itself, if it still may */
		if (line->state == LINE_STANDING) {
			line_keep(line);
			break;
		}
		if (!holds_still(line, event))
			break;
		if (event->reason == DDM_REASON_REQUESTED)
			line->held = true;
		else
			keep_after(line, event->error);
		break;
	case DDM_EVENT_TYPE_INTERFACE_CHANGE:
		line_keep(line);
		break;
	}
}

/* What counts is the profile as it is now, not what pppd was started with. */
static bool allowed_now(const struct line *line,
			const struct ddm_interface *interface)
{
	struct profile *plan = new_plan(line, interface->settings);
	bool allowed = !plan || hours_now(plan);

	profile_free(plan);
	return allowed;
}

/* Return: why nothing is dialled at all now, 0 if it is */
static uint32_t service_trouble(void)
{
	const struct ddm_service *service;

	if (!kernel() || ddm_service_get(kernel(), &service))
		return 0;
	switch (service->state) {
	case DDM_SERVICE_STATE_STOPPED:
		return OUTCOME_ERROR_DDM_NOT_RUNNING;
	case DDM_SERVICE_STATE_PAUSED:
		return OUTCOME_ERROR_SERVICE_IS_PAUSED;
	}
	return 0;
}

/* Return: why a packet must not make it dial, 0 if it may */
static uint32_t standing_trouble(const struct line *line)
{
	const struct ddm_interface *interface;
	uint32_t trouble = service_trouble();

	if (line->renew)
		return OUTCOME_ERROR_INTERFACE_DISCONNECTED;
	/* these two forbid the next attempt, and end none */
	if (trouble == OUTCOME_ERROR_SERVICE_IS_PAUSED && line->request)
		trouble = 0;
	if (trouble)
		return trouble;
	if (!kernel() || ddm_interface_get(kernel(), line->id, &interface))
		return 0;
	if (!interface->enabled && !line->request)
		return OUTCOME_ERROR_INTERFACE_DISABLED;
	return allowed_now(line, interface) ? 0 : OUTCOME_ERROR_DIALOUT_HOURS;
}

static void keep_on(void *data)
{
	struct line *line = data;

	loop_timer_remove(&line->keep);
	line_keep(line);
}

/* A pppd that stands ready would dial at any hour, and for whom it once was. */
static void look_whether_it_may_stand(struct line *line)
{
	uint32_t trouble;

	loop_timer_set(&line->keep, HOURS_AGAIN_MS, keep_on, line);
	if (line->call->up)
		return;
	trouble = standing_trouble(line);
	if (!trouble)
		return;
	loop_timer_remove(&line->keep);
	end_what_runs(line, trouble);
}

/*
 * Start a pppd that waits for packets. Return: 0, or the error that it could not
 * be started with
 */
static uint32_t stand(struct line *line, const struct ddm_interface *interface)
{
	uint32_t error;

	snprintf(line->device, sizeof(line->device), "%s", interface->device);
	free(line->settings);
	line->settings = strdup(interface->settings);
	if (!line->device[0]) {
		const struct ddm_interface_request request = {
			.size = sizeof(request),
			.set = DDM_INTERFACE_DEVICE_SET,
			.device = line->device,
		};

		snprintf(line->device, sizeof(line->device), "ddm%u", line->id);
		if (ddm_interface_set(kernel(), line->id, &request))
			log_warning("%s: %s", line->name, ddm_error(kernel()));
	}
	if (!make_plan(line))
		return OUTCOME_ERROR_PORT_NOT_AVAILABLE;
	line->renew = false;
	set_state(line, LINE_STANDING);
	error = call_dial(line);
	if (error) {
		set_state(line, LINE_IDLE);
		keep_after(line, error);
	} else {
		loop_timer_set(&line->keep, HOURS_AGAIN_MS, keep_on, line);
	}
	return error;
}

/*
 * An attempt comes before pppd stands. What was left for it is for this call,
 * and no option of a pppd that other calls use, too.
 */
static void begin_standing(struct line *line)
{
	uint32_t error = OUTCOME_ERROR_PORT_NOT_AVAILABLE;
	const struct ddm_interface *interface;
	struct secret once;

	if (!fits_standing(line)) {
		give_up(line, OUTCOME_ERROR_NO_CREDENTIALS);
		return;
	}
	once = line->once;
	credentials_end(line);
	if (!ddm_interface_get(kernel(), line->id, &interface))
		error = stand(line, interface);
	line->once = once;
	secret_wipe(&once);
	if (error)
		give_up(line, error);
	else
		dial_standing(line);
}

static void connect_by_itself(struct line *line)
{
	int err = ddm_interface_connect(kernel(), line->id, NULL, NULL);

	if (!err || err == -EALREADY || err == -EISCONN)
		return;
	log_debug("%s: %s", line->name, ddm_error(kernel()));
	/* disabled, paused, stopped: the event of its end comes back here */
	if (err != -ENETDOWN && err != -EHOSTDOWN && err != -ESHUTDOWN)
		keep_after(line, OUTCOME_ERROR_PORT_NOT_AVAILABLE);
}

void line_keep(struct line *line)
{
	const struct profile *wanted = line->wanted;
	const struct ddm_interface *interface;

	if (line->state == LINE_STANDING && line->call)
		look_whether_it_may_stand(line);
	if (!kernel() || !line->id || line->state != LINE_IDLE || line->call ||
	    line->held || !wanted || loop_timer_runs(line->keep) ||
	    (!wanted->persistent && !wanted->demand))
		return;
	/* connecting is refused then; and when it runs again, this comes anew */
	if (wanted->demand && service_trouble())
		return;
	if (ddm_interface_get(kernel(), line->id, &interface) ||
	    !interface->enabled || interface->state == DDM_STATE_CONNECTED ||
	    interface->state == DDM_STATE_CONNECTING)
		return;
	if (!allowed_now(line, interface))
		loop_timer_set(&line->keep, HOURS_AGAIN_MS, keep_over, line);
	else if (wanted->demand)
		stand(line, interface);
	else
		connect_by_itself(line);
}

void line_profile_changed(struct line *line)
{
	line->held = false;
	line->keep_failures = 0;
	loop_timer_remove(&line->keep);
	/* pppd was told of the old one, and does not end by itself */
	line->renew = line->state == LINE_STANDING && line->call;
	line_keep(line);
}
