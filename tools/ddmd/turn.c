// SPDX-License-Identifier: GPL-2.0-only
/*
 * A machine that is busy with too many calls at once answers none of them in
 * time. Who has a turn is read off the lines; a count could be lost.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "line.h"
#include "log.h"
#include "loop.h"
#include "turn.h"

/* Later than now, so that what is ready to be read is read in between */
#define SOON_MS 1

static struct loop_timer *due;
static uint64_t last_place;
static bool full;

/*
 * Loop time at which it is over, 0 if @line has none. What takes longer waits
 * for its peer, and is no work for this machine.
 */
static uint64_t turn_end(const struct line *line)
{
	uint64_t end = line->turn_since + config.turn;

	if (line->state != LINE_DIALING && line->state != LINE_ENDING)
		return 0;
	return line->turn_since && end > loop_now() ? end : 0;
}

/**
 * struct turns - what the lines say
 * @taken: how many have a turn
 * @over: loop time at which the first of these is over
 * @first: who waits longest, or NULL
 */
struct turns {
	uint32_t taken;
	uint64_t over;
	struct line *first;
};

static void count(struct turns *turns)
{
	struct line *line;
	uint64_t end;

	*turns = (struct turns){ .over = UINT64_MAX };
	for (line = line_first(); line; line = line->next) {
		end = turn_end(line);
		if (end) {
			turns->taken++;
			if (end < turns->over)
				turns->over = end;
		} else if (line->state == LINE_WAITING &&
			   (!turns->first ||
			    line->place < turns->first->place)) {
			turns->first = line;
		}
	}
}

static void tell_full(bool now, uint32_t taken)
{
	if (now && !full)
		log_info(
			"%u calls are being dialled, others wait for their turn",
			taken);
	full = now;
}

/* One at a time: those that have begun want to be heard meanwhile. */
static void give(void *data)
{
	struct turns turns;

	(void)data;
	count(&turns);
	if (!turns.first) {
		tell_full(false, turns.taken);
		return;
	}
	if (config.calls_at_once && turns.taken >= config.calls_at_once) {
		tell_full(true, turns.taken);
		loop_timer_set(&due, turns.over - loop_now(), give, NULL);
		return;
	}
	turns.first->turn_since = loop_now();
	line_turn(turns.first);
	turn_look();
}

void turn_wait(struct line *line)
{
	line->place = ++last_place;
	turn_look();
}

void turn_look(void)
{
	loop_timer_set(&due, SOON_MS, give, NULL);
}

void turn_stop(void)
{
	loop_timer_remove(&due);
}
