// SPDX-License-Identifier: GPL-2.0-only
/* libuv, as far as ddmd needs it, without the asynchronous end of handles. */
#include <stdlib.h>
#include <uv.h>

#include "log.h"
#include "loop.h"

struct loop_watch {
	uv_poll_t poll;
	loop_fn *fn;
	void *data;
};

struct loop_timer {
	uv_timer_t timer;
	loop_fn *fn;
	void *data;
};

static uv_loop_t loop;

int loop_init(void)
{
	return uv_loop_init(&loop);
}

void loop_run(void)
{
	uv_run(&loop, UV_RUN_DEFAULT);
}

void loop_stop(void)
{
	uv_stop(&loop);
}

uint64_t loop_now(void)
{
	return uv_now(&loop);
}

static void forget(uv_handle_t *handle)
{
	/* the handle is the first member of what was allocated */
	free(handle);
}

static void watch_ready(uv_poll_t *poll, int status, int events)
{
	struct loop_watch *watch = poll->data;

	(void)status; /* the callback's read tells better */
	(void)events;
	watch->fn(watch->data);
}

struct loop_watch *loop_watch_add(int fd, loop_fn *fn, void *data)
{
	struct loop_watch *watch = calloc(1, sizeof(*watch));

	if (!watch)
		return NULL;
	watch->fn = fn;
	watch->data = data;
	if (uv_poll_init(&loop, &watch->poll, fd)) {
		free(watch);
		return NULL;
	}
	watch->poll.data = watch;
	if (uv_poll_start(&watch->poll, UV_READABLE | UV_DISCONNECT,
			  watch_ready)) {
		uv_close((uv_handle_t *)&watch->poll, forget);
		return NULL;
	}
	return watch;
}

void loop_watch_remove(struct loop_watch **watch)
{
	if (!*watch)
		return;
	uv_close((uv_handle_t *)&(*watch)->poll, forget);
	*watch = NULL;
}

static void timer_over(uv_timer_t *handle)
{
	struct loop_timer *timer = handle->data;

	timer->fn(timer->data);
}

void loop_timer_set(struct loop_timer **place, uint64_t milliseconds,
		    loop_fn *fn, void *data)
{
	struct loop_timer *timer = *place;

	if (!timer) {
		timer = calloc(1, sizeof(*timer));
		if (!timer) {
			/* going on without a time limit would hang */
			log_error("out of memory");
			abort();
		}
		uv_timer_init(&loop, &timer->timer);
		timer->timer.data = timer;
		*place = timer;
	}
	timer->fn = fn;
	timer->data = data;
	uv_update_time(&loop);
	uv_timer_start(&timer->timer, timer_over, milliseconds, 0);
}

int loop_timer_runs(const struct loop_timer *timer)
{
	return timer && uv_is_active((const uv_handle_t *)&timer->timer);
}

void loop_timer_remove(struct loop_timer **timer)
{
	if (!*timer)
		return;
	uv_close((uv_handle_t *)&(*timer)->timer, forget);
	*timer = NULL;
}

static void signal_came(uv_signal_t *handle, int signal)
{
	void (*fn)(int signal) = (void (*)(int))handle->data;

	fn(signal);
}

int loop_signal(int signal, void (*fn)(int signal))
{
	uv_signal_t *handle = calloc(1, sizeof(*handle));

	if (!handle)
		return UV_ENOMEM;
	uv_signal_init(&loop, handle);
	handle->data = (void *)fn;
	return uv_signal_start(handle, signal_came, signal);
}
