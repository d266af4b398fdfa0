/* SPDX-License-Identifier: GPL-2.0-only */
/* The event loop: descriptors, timers and signals, all in one thread. */
#ifndef DDMD_LOOP_H
#define DDMD_LOOP_H

#include <stdint.h>

typedef void loop_fn(void *data);

struct loop_watch;
struct loop_timer;

/* Prepare the loop. Return: 0 or a negative errno. */
int loop_init(void);
/* Run callbacks until loop_stop(). */
void loop_run(void);
void loop_stop(void);
/* Milliseconds of a clock that never goes back, as of this round. */
uint64_t loop_now(void);

/**
 * loop_watch_add - have @fn called while @fd is readable or has ended
 *
 * Return: the watch, or NULL. It does not own @fd.
 */
struct loop_watch *loop_watch_add(int fd, loop_fn *fn, void *data);
/* Sets *@watch to NULL. @fd may be closed right afterwards. */
void loop_watch_remove(struct loop_watch **watch);

/**
 * loop_timer_set - have @fn called once, in @milliseconds
 * @timer: NULL at first; a running one begins anew
 */
void loop_timer_set(struct loop_timer **timer, uint64_t milliseconds,
		    loop_fn *fn, void *data);
/* Whether it was set and has not run out. */
int loop_timer_runs(const struct loop_timer *timer);
/* Sets *@timer to NULL. */
void loop_timer_remove(struct loop_timer **timer);

/* Have @fn called for a signal. Return: 0 or a negative errno. */
int loop_signal(int signal, void (*fn)(int signal));

#endif
