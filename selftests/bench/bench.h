/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the figures are made with: a clock that counts instructions, a world of
 * its own for each group of figures, and rtnetlink, the peer. A step that
 * fails ends the program: a figure is whole or missing.
 */
#ifndef BENCH_H
#define BENCH_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ddm.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* No peer, or no limit. */
#define NONE NAN

/* measure.c */

typedef void action(void *data);

uint64_t now(void);
/* The same of this process alone, whatever ran beside it or slept. */
double work(void);
/* Wait, which costs nothing here, for what the kernel still has to do. */
void settle(unsigned int milliseconds);
/* Median of what @act costs; @undo runs after each, uncounted; may be NULL. */
double count(action *act, action *undo, void *data, unsigned int times);
double median(double *values, size_t n);
/* Tell that the figures of a group follow: one that does not is missed. */
void group_begin(const char *name);
/* Tell a figure. @limit is the most that @ours may be, in the same unit. */
void report(const char *figure, const char *unit, double ours, double peer,
	    double limit);
void check(bool ok, const char *what);
/* Of libddm's calls. */
void done(struct ddm *ddm, int err, const char *what);

/* world.c: the namespace that the caller is alone in */

void module_load(const char *parameters);
void module_unload(void);
struct ddm *manager(void);
/* Follow devices of this name (or beginning and asterisk), whatever kind. */
void track(struct ddm *ddm, const char *device);
/* Make interfaces that have no device: NAME0, NAME1 and so on. */
void interfaces_new(struct ddm *ddm, const char *name, unsigned int n);
void setting(const char *path, const char *value);

/* rtnl.c */

struct rtnl;

struct rtnl *rtnl_open(void);
void rtnl_close(struct rtnl *rtnl);
/* Make dummy devices: NAME0, NAME1 and so on. Returns the first's index. */
int rtnl_add(struct rtnl *rtnl, const char *name, unsigned int n);
void rtnl_del(struct rtnl *rtnl, int ifindex);
void rtnl_set(struct rtnl *rtnl, int ifindex, bool up);
/* IFLA_LINKMODE, of which the kernel tells when it changes */
void rtnl_mode(struct rtnl *rtnl, int ifindex, uint8_t mode);
/* Returns the index. */
int rtnl_find(struct rtnl *rtnl, const char *name);

struct rtnl_list {
	unsigned int links;
	unsigned int up;
	size_t bytes;
};

/* List all links: name, index and flags are taken out of each message. */
void rtnl_list(struct rtnl *rtnl, struct rtnl_list *list);

/* A listener of RTNLGRP_LINK; @buffer is its receive buffer, 0 for default */
struct rtnl *rtnl_listen(int buffer);
/* Read what came. Returns the messages, or -1 if some were lost. */
int rtnl_read(struct rtnl *rtnl);
/* Wait for the next message and read it. Returns 1. */
int rtnl_wait(struct rtnl *rtnl);
int rtnl_fd(const struct rtnl *rtnl);

/* bare.c */

struct bare;

struct bare_list {
	unsigned int interfaces;
	size_t bytes;
	unsigned int size; /* of the last one's message */
};

struct bare *bare_open(void);
/* Fetch the list of interfaces and step from message to message. */
void bare_list(struct bare *bare, struct bare_list *list);

/* follow.c */

/* Sessions come up one after the other, and programs look on. */
struct storm {
	struct rtnl *rtnl;
	int first; /* index of the first device */
	unsigned int sessions;
	unsigned int rate; /* sessions a second */
	unsigned int followers;
	unsigned int pause; /* milliseconds from being woken to looking */
	enum { BY_EVENTFD, BY_RTNETLINK } way;
};

/* What the followers cost, their own work and that of being told. */
double follow(const struct storm *storm);

/* The figures, one function for each group. */
typedef void figures(void);

figures listener_figures, list_figures, find_figures, change_figures;
figures device_figures, memory_figures, burst_figures, scale_figures;
figures enumerate_figures, notification_figures, storm_figures, told_figures;
figures untracked_figures;

#endif
