/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A call: one pppd process, started by us or not, and the link that its plugin
 * tells of. What the plugin says is told to the module here.
 */
#ifndef DDMD_CALL_H
#define DDMD_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "plugin-protocol.h"

struct host_leg;
struct line;
struct loop_timer;
struct plugin;
struct process;

/**
 * struct call_totals - what the connection carried, as its end told it
 */
struct call_totals {
	bool known;
	uint64_t rx_bytes;
	uint64_t tx_bytes;
	uint64_t rx_packets;
	uint64_t tx_packets;
	uint64_t milliseconds;
};

/**
 * struct call - a pppd
 * @next: in the list of all
 * @process: watched by pidfd
 * @line: that started it, or NULL
 * @plugin: connection of its plugin, or NULL
 * @link: the last that was heard
 * @heard: something was
 * @ifindex: network device, 0 if not known
 * @link_id: in the module, 0 if it has none
 * @epoch: of the module that gave that number
 * @port: that it has there, "" if not known
 * @up: between UP and DOWN
 * @was_up: at some time
 * @why: code of an end that we bring about, 0 if it is not our doing
 * @dialled: pppd has begun to dial since it last waited for a packet
 * @secret_late: pppd asked for it, and went on without it
 * @last_status: pppd's exit status as it was at the end of the last call
 * @exited: the process is gone, what it left to say is not
 * @status: as process_fn has it
 * @totals: of the connection that has ended
 * @leg: what administration DLLs know it as, or NULL
 * @asked: the message that they have not answered yet
 * @patience: until SIGKILL, or until the plugin's last word
 */
struct call {
	struct call *next;
	struct process *process;
	struct line *line;
	struct plugin *plugin;
	struct ddm_plugin_link link;
	bool heard;
	uint32_t ifindex;
	uint32_t link_id;
	uint64_t epoch;
	char port[sizeof(((struct ddm_plugin_link *)NULL)->port)];
	bool up;
	bool was_up;
	uint32_t why;
	bool dialled;
	bool secret_late;
	int last_status;
	bool exited;
	int status;
	struct call_totals totals;
	struct host_leg *leg;
	struct ddm_plugin_answer asked;
	struct loop_timer *patience;
};

struct call *call_first(void);
struct call *call_by_pid(pid_t pid);

/**
 * call_dial - start pppd for a line
 *
 * Uses @line->plan and @line->device. Return: 0, or the error that the attempt
 * has failed with; logged.
 */
uint32_t call_dial(struct line *line);

/* For a plugin of a pppd that we do not know; NULL if it is gone already. */
struct call *call_take(pid_t pid);

/* Write down what the next ddmd has to know, as after a change of its line. */
void call_save(const struct call *call);
/* Those that an earlier ddmd knew and that are still there. */
void call_adopt_all(void);

/**
 * call_hear - carry out a message of its plugin
 *
 * Return: true if @answer is complete, false if it comes later by
 * plugin_answer()
 */
bool call_hear(struct call *call, const struct ddm_plugin_message *message,
	       struct ddm_plugin_answer *answer);
/* Its plugin's connection has ended. */
void call_unheard(struct call *call);

/* Look up what the module knows of one that was adopted. */
void call_settle(struct call *call);

/* End pppd; @error is what the module is told. */
void call_end(struct call *call, uint32_t error);
/* End the call, but not a pppd that persists. */
void call_hang_up(struct call *call, uint32_t error);
/* The connection over a device has ended. */
void call_connection_ended(uint32_t ifindex, const struct call_totals *totals);
/* All calls whose device it is. Return: whether there were any */
bool call_end_device(uint32_t ifindex, uint32_t error);
/* The call that has this link of the module; others of its bundle go on.
 * Return: whether there is one */
bool call_end_link(uint32_t link, uint32_t error);
/* Whether a standing pppd waits for a packet, and dials when it gets one. */
bool call_sleeps(const struct call *call);
/* Have a standing pppd dial, by sending a packet into its device. */
void call_poke(const struct call *call);
/* The module is there, perhaps another one: tell it of links it has not. */
void call_report_all(void);
/* ddmd ends: end all, or forget those that are over without our doing. */
void call_end_all(bool hang_up);
/* Those that go on; after admin_end() */
void call_forget_all(void);

#endif
