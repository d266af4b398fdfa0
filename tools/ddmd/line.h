/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line: what ddmd knows and does about one interface. The module decides
 * whether it is connected; a line carries out what the module asks for.
 */
#ifndef DDMD_LINE_H
#define DDMD_LINE_H

#include <ddm.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "secret.h"

/* The module's own limit comes this much later than ours, at the most. */
#define LINE_MARGIN_MS 1000

struct call;
struct loop_timer;
struct process;
struct profile;

enum line_state {
	LINE_IDLE, /* nothing runs */
	LINE_PAUSE, /* an attempt failed, the next one follows */
	LINE_WAITING, /* a try is due, and others are being dialled (turn.h) */
	LINE_DIALING, /* pppd or the script was started */
	LINE_UP, /* the module says connected */
	LINE_STANDING, /* pppd waits for a packet (demand) */
	LINE_ENDING, /* was told to end, and has not */
};

/**
 * struct line - of one interface that was created
 * @next: in the list of all
 * @name: of the interface
 * @id: of the interface, 0 while it is not in the module
 * @wanted: as in the operator's file, NULL if there is none
 * @plan: @wanted and the phone-book entry, for the present attempt
 * @state: enum line_state
 * @request: number of the attempt that the module waits for, 0 if none
 * @device: name of the network device that the attempt makes
 * @settings: phone-book entry of the attempt
 * @once: credentials that somebody has left for this attempt
 * @unusable: such were there, and they were no good
 * @limit: loop time at which the attempt must have been reported
 * @place: among those that wait for their turn, the lowest is first
 * @turn_since: loop time at which the try began, 0 if it keeps nobody waiting
 * @failures: of this attempt
 * @error: of the last failure
 * @call: pppd that we started, or NULL
 * @script: program of a script method that runs, or NULL
 * @script_report: where it may name an error, -1 if none runs
 * @script_ends: which is the one that disconnects
 * @undo: that one is to run when the one that connects has ended
 * @script_patience: until it is killed
 * @timer: next repetition, or end of the attempt
 * @keep: next attempt of a persistent interface, or of a standing pppd
 * @keep_failures: in a row
 * @keep_due: the next attempt waits only until pppd is gone
 * @held: an operator hung it up, or it is hopeless: not kept up
 * @stale: the module refused a change while it was connected
 * @unsaved: an operator is at work in its file: not saved elsewhere
 * @renew: what stands ready was started with what does not count any more
 * @dropped: its file is gone: the interface goes when it is over
 * @seen: mark of a walk over all
 */
struct line {
	struct line *next;
	char *name;
	uint32_t id;
	struct profile *wanted;
	struct profile *plan;
	enum line_state state;
	uint32_t request;
	char device[IF_NAMESIZE];
	char *settings;
	struct secret once;
	bool unusable;
	uint64_t limit;
	uint64_t place;
	uint64_t turn_since;
	unsigned int failures;
	uint32_t error;
	struct call *call;
	struct process *script;
	int script_report;
	bool script_ends;
	bool undo;
	struct loop_timer *script_patience;
	struct loop_timer *timer;
	struct loop_timer *keep;
	unsigned int keep_failures;
	bool keep_due;
	bool held;
	bool stale;
	bool unsaved;
	bool renew;
	bool dropped;
	bool seen;
};

/* All lines, to walk over. */
struct line *line_first(void);
struct line *line_by_id(uint32_t id);
struct line *line_by_name(const char *name);
/* Made if it does not exist; NULL if out of memory. */
struct line *line_get(const char *name);
/* Nothing of it may run. */
void line_remove(struct line *line);

/* The module asks to connect, or to hang up. */
void line_dial(struct line *line, const struct ddm_dial *dial);
void line_hang_up(struct line *line, const struct ddm_dial *dial);
/* By turn.h: @line may be dialled now. */
void line_turn(struct line *line);
/* ddmd ends: what dials dials for nobody. */
void line_end_all(void);
/* What happened to the interface, by the module's events. */
void line_event(struct line *line, const struct ddm_event *event);
/* The module is gone: so are requests, and who waited for them. */
void line_orphaned(struct line *line);
/* The interface is gone: what runs for it would bring up what nobody wants. */
void line_deleted(struct line *line);

/* A script of an earlier ddmd goes on; whether it once had its connection */
void line_adopt_script(struct line *line, bool was_up);
/* What an earlier ddmd started was taken over: is it still wanted? */
void line_settle(struct line *line);
/* Events were missed: is it what they would have told? */
void line_look(struct line *line);
/* Look whether it has to be connected by itself, or to stand ready, or no more. */
void line_keep(struct line *line);
/* The profile changed or went: what runs goes on, the next attempt uses it. */
void line_profile_changed(struct line *line);

/* By its call: pppd ended with @error, or is in use, or waits again. */
void line_call_ended(struct line *line, uint32_t error, const char *why);
void line_call_up(struct line *line);
void line_call_waits(struct line *line, uint32_t error);

/* By its script */
void line_script_ended(struct line *line, uint32_t error);

/* Settings that count now: profile and phone-book entry; NULL if none. */
const struct profile *line_plan(const struct line *line);

#endif
