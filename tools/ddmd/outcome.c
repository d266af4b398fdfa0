// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two tables: pppd's exit codes, and what to do after each error. ddmd(8)
 * shows the first to operators; keep them the same.
 */
#include <stddef.h>

#include "outcome.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* By exit status; @up where the call had been up, the same if 0. */
static const struct {
	uint16_t error;
	uint16_t up;
	const char *text;
} exits[] = {
	[0] = { 629, 0, "the peer ended the call" },
	[1] = { 635, 0, "a fatal error" },
	[2] = { 912, 0, "wrong options" },
	[3] = { 5, 0, "pppd is not root" },
	[4] = { 711, 0, "the kernel has no PPP" },
	[5] = { 631, 0, "it was told to end" },
	[6] = { 633, 0, "the port is in use" },
	[7] = { 797, 0, "the port cannot be opened" },
	[8] = { 678, 0, "no answer" },
	[9] = { 651, 0, "the pty command could not be run" },
	[10] = { 732, 0, "PPP negotiation failed" },
	[11] = { 919, 0, "the peer did not prove who it is" },
	[12] = { 828, 0, "idle" },
	[13] = { 932, 0, "the time limit of the call is reached" },
	[14] = { 619, 0, "the peer will call back" },
	[15] = { 721, 829, "the peer does not respond" },
	[16] = { 628, 629, "the line was hung up" },
	[17] = { 737, 0, "the line is looped back" },
	[18] = { 651, 0, "the init script failed" },
	[19] = { 691, 0, "the peer refused our credentials" },
	[20] = { 932, 0, "the traffic limit is reached" },
	[21] = { 649, 0, "the caller's number is not allowed" },
};

static const struct {
	uint16_t error;
	enum cause cause;
} causes[] = {
	{ 5, CAUSE_FINAL },	{ 646, CAUSE_REFUSED }, { 647, CAUSE_REFUSED },
	{ 648, CAUSE_REFUSED }, { 649, CAUSE_REFUSED }, { 691, CAUSE_REFUSED },
	{ 711, CAUSE_FINAL },	{ 737, CAUSE_FINAL },	{ 909, CAUSE_FINAL },
	{ 912, CAUSE_FINAL },	{ 916, CAUSE_FINAL },	{ 917, CAUSE_FINAL },
	{ 918, CAUSE_FINAL },	{ 919, CAUSE_FINAL },	{ 920, CAUSE_FINAL },
	{ 921, CAUSE_FINAL },	{ 922, CAUSE_FINAL },	{ 923, CAUSE_FINAL },
	{ 924, CAUSE_FINAL },	{ 944, CAUSE_WANTED },	{ 619, CAUSE_WANTED },
	{ 828, CAUSE_WANTED },	{ 631, CAUSE_WANTED },	{ 926, CAUSE_WANTED },
	{ 929, CAUSE_WANTED },	{ 932, CAUSE_WANTED },	{ 628, CAUSE_PEER },
	{ 629, CAUSE_PEER },	{ 719, CAUSE_PEER },	{ 732, CAUSE_PEER },
	{ 734, CAUSE_PEER },
};

enum cause outcome_cause(uint32_t error)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(causes); i++)
		if (causes[i].error == error)
			return causes[i].cause;
	return CAUSE_LINE;
}

struct outcome outcome_of_pppd(int status, bool was_up, bool no_carrier)
{
	struct outcome outcome = { 0 };

	if (status < 0 || (size_t)status >= ARRAY_SIZE(exits))
		status = 1;
	outcome.error = exits[status].error;
	outcome.text = exits[status].text;
	if (was_up && exits[status].up)
		outcome.error = exits[status].up;
	if (no_carrier && (status == 8 || status == 15 || status == 16)) {
		outcome.error = OUTCOME_ERROR_NO_CARRIER;
		outcome.text = "no carrier";
	}
	outcome.cause = outcome_cause(outcome.error);
	return outcome;
}

/* Doubled each time, and a quarter of it left to chance. */
int64_t outcome_pause(enum cause cause, unsigned int failures, uint32_t first,
		      uint32_t max, uint32_t random)
{
	uint64_t pause = first;

	if (cause == CAUSE_FINAL || cause == CAUSE_REFUSED ||
	    cause == CAUSE_WANTED)
		return -1;
	/* a peer that sends us away may lock us out if we are quick */
	if (cause == CAUSE_PEER)
		failures++;
	for (; failures > 1 && pause < max; failures--)
		pause *= 2;
	if (pause > max)
		pause = max;
	return (int64_t)(pause - pause * (random % 256) / 1024);
}
