/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every test begins with: a network namespace of its own with a handle
 * of libddm and an rtnetlink socket in it, and ways to say in a word what is
 * expected: states and events are compared as text, so that a failure shows
 * both sides.
 */
#ifndef SELFTESTS_DDM_WORLD_H
#define SELFTESTS_DDM_WORLD_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <net/if.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <ddm.h>

#include "../slow.h"
#include <kselftest_harness.h>

#include "netdev.h"

/* Longest wait for what must happen, in ms: an emulated machine may stand still. */
#define PATIENCE (20000 * (int)slow())

struct world {
	struct ddm *ddm;
	struct rtnl *rtnl;
	int netns; /* the one that the test was started in */
};

/* Root and the module are needed; whoever lacks them skips. */
static inline int world_possible(void)
{
	struct ddm *ddm;
	int err;

	if (geteuid()) {
		puts("TAP version 13\n1..0 # SKIP needs root");
		return KSFT_SKIP;
	}
	err = ddm_open(&ddm);
	if (err) {
		printf("TAP version 13\n1..0 # SKIP needs the module ddm (%s)\n",
		       strerror(-err));
		return KSFT_SKIP;
	}
	ddm_close(ddm);
	return 0;
}

#define WORLD_MAIN                                                 \
	int main(int argc, char **argv)                            \
	{                                                          \
		int skip = world_possible();                       \
                                                                   \
		setvbuf(stdout, NULL, _IOLBF, 0);                  \
		return skip ? skip : test_harness_run(argc, argv); \
	}

static inline int world_enter(struct world *world)
{
	world->netns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (world->netns < 0 || unshare(CLONE_NEWNET))
		return -errno;
	world->rtnl = rtnl_open();
	if (!world->rtnl)
		return -errno;
	return ddm_open(&world->ddm);
}

static inline void world_leave(struct world *world)
{
	ddm_close(world->ddm);
	rtnl_close(world->rtnl);
	if (world->netns > 0)
		close(world->netns);
}

/* A fixture that is a world and no more */
#define WORLD_FIXTURE(name)                           \
	FIXTURE(name)                                 \
	{                                             \
		struct world w;                       \
	};                                            \
	FIXTURE_SETUP(name)                           \
	{                                             \
		ASSERT_ERR(0, world_enter(&self->w)); \
	}                                             \
	FIXTURE_TEARDOWN(name)                        \
	{                                             \
		world_leave(&self->w);                \
	}                                             \
	typedef int name##_is_a_world

/* "0", "EINVAL" and so on, of a negative errno */
static inline const char *err_text(int err)
{
	const char *text = err > 0 ? NULL : strerrorname_np(-err);

	return text ? text : "no errno";
}

#define EXPECT_ERR(expected, seen) \
	EXPECT_STREQ(err_text(expected), err_text(seen))
#define ASSERT_ERR(expected, seen) \
	ASSERT_STREQ(err_text(expected), err_text(seen))

/* A part of a text, of which the whole is shown when it is not in it */
#define EXPECT_HAS(part, text)                                  \
	do {                                                    \
		const char *text_ = (text);                     \
                                                                \
		EXPECT_NE(NULL, strstr(text_, part))            \
		TH_LOG("\"%s\" is not in \"%s\"", part, text_); \
	} while (0)

static inline int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ll + ts.tv_nsec / 1000000;
}

static inline bool readable(int fd, int ms)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	return poll(&pfd, 1, ms) == 1 && (pfd.revents & POLLIN);
}

static inline int event_fd(void)
{
	return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

/* What an eventfd has counted up to now */
static inline uint64_t counted(int fd)
{
	uint64_t n = 0;

	return read(fd, &n, sizeof(n)) == sizeof(n) ? n : 0;
}

/* ---------------------------------------------------------------- text -- */

/* "connected", "unreachable no-device service-paused" and so on */
static inline const char *state_text(const struct ddm_interface *interface)
{
	static char text[256];
	size_t used;
	unsigned int bit;

	used = (size_t)snprintf(text, sizeof(text), "%s",
				ddm_state_name(interface->state));
	for (bit = 0; bit < 32; bit++)
		if (interface->unreachability & 1u << bit)
			used += (size_t)snprintf(text + used,
						 sizeof(text) - used, " %s",
						 ddm_unreachability_name(bit));
	return text;
}

static inline const char *state_of(struct world *w, uint32_t id)
{
	const struct ddm_interface *interface;
	int err = ddm_interface_get(w->ddm, id, &interface);

	return err ? err_text(err) : state_text(interface);
}

static inline const char *state_named(struct world *w, const char *name)
{
	const struct ddm_interface *interface;
	int err = ddm_interface_find(w->ddm, name, &interface);

	return err ? err_text(err) : state_text(interface);
}

/* Id of an interface, 0 if there is none of this name */
static inline uint32_t id_of(struct world *w, const char *name)
{
	const struct ddm_interface *interface;

	return ddm_interface_find(w->ddm, name, &interface) ? 0 : interface->id;
}

struct story {
	char *text;
	size_t used;
	size_t size;
};

/* "connected", "disconnected requested 929", "lost 7" and so on */
static inline int story_add(const struct ddm_event *event, void *data)
{
	struct story *story = data;
	char line[128];
	size_t used;

	used = (size_t)snprintf(line, sizeof(line), "%s%s",
				story->used ? ", " : "",
				ddm_event_type_name(event->type));
	if (event->reason)
		used += (size_t)snprintf(line + used, sizeof(line) - used,
					 " %s", ddm_reason_name(event->reason));
	if (event->error)
		used += (size_t)snprintf(line + used, sizeof(line) - used,
					 " %u", event->error);
	if (event->type == DDM_EVENT_TYPE_LOST)
		used += (size_t)snprintf(line + used, sizeof(line) - used,
					 " %llu",
					 (unsigned long long)event->lost);
	if (story->used + used + 1 > story->size) {
		story->size = 2 * story->size + used + 1;
		story->text = realloc(story->text, story->size);
		if (!story->text)
			return -ENOMEM;
	}
	memcpy(story->text + story->used, line, used + 1);
	story->used += used;
	return 0;
}

/* What happened after an event, of one interface or of all. Not freed. */
static inline const char *story_since(struct world *w, uint64_t since,
				      uint32_t id)
{
	struct story story = { 0 };
	int err = ddm_event_list(w->ddm, since, id, DDM_EVENT_MASK_ALL,
				 story_add, &story);

	return err ? err_text(err) : story.text ? story.text : "";
}

/* Number of the newest event */
static inline uint64_t head(struct world *w)
{
	const struct ddm_service *service;

	return ddm_service_get(w->ddm, &service) ? UINT64_MAX :
						   service->sequence;
}

/* ---------------------------------------------------------- conditions -- */

/* Wait until an interface is in a state. Returns the one it is in at the end. */
static inline const char *wait_state(struct world *w, uint32_t id,
				     const char *state)
{
	int64_t end = now_ms() + PATIENCE;
	int fd = event_fd();
	const char *seen;

	ddm_listener_register(w->ddm, fd, 0x7fe, id);
	for (;;) {
		counted(fd);
		seen = state_of(w, id);
		if (!strcmp(seen, state) || now_ms() > end)
			break;
		readable(fd, 1000);
	}
	ddm_listener_deregister(w->ddm, fd);
	close(fd);
	return seen;
}

/* The last event of a kind about an interface; NULL if there was none. */
struct event_search {
	struct ddm_event event;
	bool found;
};

static inline int event_search_one(const struct ddm_event *event, void *data)
{
	struct event_search *search = data;

	search->event = *event;
	search->event.name = "";
	search->found = true;
	return 0;
}

static inline bool last_event(struct world *w, uint32_t id, uint32_t type,
			      struct ddm_event *event)
{
	struct event_search search = { .found = false };

	ddm_event_list(w->ddm, 0, id, DDM_EVENT_BIT(type), event_search_one,
		       &search);
	*event = search.event;
	return search.found;
}

/* ------------------------------------------------------------- requests -- */

#define NAME_SET .set = DDM_INTERFACE_NAME_SET

/* Create an interface. Returns its id, or 0 and *err. */
static inline uint32_t
make(struct world *w, const struct ddm_interface_request *members, int *err)
{
	struct ddm_interface_request request = *members;
	const struct ddm_interface *interface;

	request.size = sizeof(request);
	request.set |= DDM_INTERFACE_NAME_SET;
	*err = ddm_interface_new(w->ddm, &request, &interface);
	return *err ? 0 : interface->id;
}

/* An interface bound to the device of its name */
static inline uint32_t make_named(struct world *w, const char *name)
{
	struct ddm_interface_request request = { .name = name };
	int err;

	return make(w, &request, &err);
}

static inline int set_method(struct world *w, uint32_t id, uint32_t method)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_METHOD_SET,
		.method = method,
	};

	return ddm_interface_set(w->ddm, id, &request);
}

static inline int set_enabled(struct world *w, uint32_t id, int enabled)
{
	struct ddm_interface_request request = {
		.size = sizeof(request),
		.set = DDM_INTERFACE_ENABLED_SET,
		.enabled = enabled,
	};

	return ddm_interface_set(w->ddm, id, &request);
}

static inline int set_service(struct world *w, uint32_t state)
{
	struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_STATE_SET,
		.state = state,
	};

	return ddm_service_set(w->ddm, &request);
}

#endif
