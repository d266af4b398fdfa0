// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pppd plugin: only pppd knows what becomes of a call, so it tells ddmd,
 * and asks it before a call that was taken may carry traffic.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "compat.h"
#include "link.h"
#include "talk.h"

char pppd_version[] = DDM_PLUGIN_VERSION_SYMBOL;

/* Seconds between two looks whether ddmd is still, or again, there. */
#define LOOK 5
/* Seconds in which a ddmd that did not answer is told, and not waited for. */
#define SULK 30
/* Protocol numbers of those that a refused call must not open */
#define IS_NETWORK(number) \
	((number) < 0xc000 || (number) == PPP_CCP || (number) == PPP_ECP)
#define MAX_PROTOCOLS 32

static char *socket_option;
static int limit_option;
static bool required_option;
static bool incoming_option;
static bool outgoing_option;

static option_t options[] = {
	{ .name = "ddm-socket",
	  .type = o_string,
	  .addr = &socket_option,
	  .description = "Socket of ddmd",
	  .flags = OPT_PRIV },
	{ .name = "ddm-limit",
	  .type = o_int,
	  .addr = &limit_option,
	  .description = "Longest wait for a verdict of ddmd, milliseconds",
	  .flags = OPT_PRIV },
	{ .name = "ddm-required",
	  .type = o_bool,
	  .addr = &required_option,
	  .description = "No call without ddmd",
	  .flags = OPT_PRIV | 1 },
	{ .name = "ddm-incoming",
	  .type = o_bool,
	  .addr = &incoming_option,
	  .description = "This pppd takes calls",
	  .flags = 1 },
	{ .name = "ddm-outgoing",
	  .type = o_bool,
	  .addr = &outgoing_option,
	  .description = "This pppd makes calls",
	  .flags = 1 },
	{ .name = NULL }
};

/**
 * struct state - of the talk with ddmd
 * @begun: pppd has read its options and is the process that it will be
 * @greeted: this connection has had its HELLO
 * @complained: it was logged that ddmd is not there
 * @wants: flags of HELLO's last answer, 0 before the first
 * @verdict_limit: milliseconds
 * @late: it did not answer in time, and has not since
 * @sulk_until: not waited for before, unless a verdict needs it
 * @signalled: pppd was told to end the call, so nobody may wait any longer
 * @device: the unit was told
 * @refused: this call
 * @address: that ddmd gave the peer, 0 if it gave none
 * @switched_off: by a refusal, by index into pppd's table of protocols
 * @multilink_off: likewise
 */
static struct {
	int begun;
	int greeted;
	int complained;
	uint32_t wants;
	unsigned int verdict_limit;
	int late;
	time_t sulk_until;
	volatile int signalled;
	int device;
	int refused;
	uint32_t address;
	unsigned char switched_off[MAX_PROTOCOLS];
	int multilink_off;
} state;

/* What was in pppd's hooks before */
static int (*old_establish)(int fd);
static void (*old_lcp_down)(fsm *f);
static void (*old_open[2])(int unit);
static void (*old_choose)(uint32_t *address);
static int (*old_allowed)(uint32_t address);

/* ------------------------------------------------------------- talk -- */

static const char *socket_path(void)
{
	const char *path = socket_option ? socket_option : link_socket();

	return path ? path : DDM_PLUGIN_SOCKET;
}

static time_t clock_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void complain(int error)
{
	if (error == -ETIMEDOUT) {
		state.late = 1;
		state.sulk_until = clock_seconds() + SULK;
	}
	if (error == -EINTR || state.complained)
		return;
	state.complained = 1;
	warn("ddm: ddmd at %s: %s", socket_path(), strerror(-error));
}

static void praise(void)
{
	state.late = 0;
	if (state.complained)
		notice("ddm: ddmd is there again");
	state.complained = 0;
}

static void fill(struct ddm_plugin_message *message, enum ddm_plugin_type type,
		 uint32_t flags)
{
	memset(message, 0, offsetof(struct ddm_plugin_message, link));
	message->type = (uint16_t)type;
	message->flags = flags;
	link_describe(&message->link);
}

static unsigned int verdict_limit(uint32_t wanted)
{
	if (limit_option > 0)
		return (unsigned int)limit_option;
	return wanted ? wanted : DDM_PLUGIN_WAIT_VERDICT;
}

/* Nobody may wait long for a verdict once pppd was told to end the call. */
static const volatile int *stop_of(unsigned int limit)
{
	return limit > DDM_PLUGIN_WAIT_KERNEL ? &state.signalled : NULL;
}

/* ddmd is there if it has made the call; without it there is no secret. */
static unsigned int own_limit(void)
{
	if (state.signalled)
		return DDM_PLUGIN_WAIT_END;
	return link_is_ddmds() ? DDM_PLUGIN_WAIT_OWN : DDM_PLUGIN_WAIT_KERNEL;
}

static int greet(unsigned int limit)
{
	struct ddm_plugin_message message;
	struct ddm_plugin_answer answer;
	int result;

	fill(&message, DDM_PLUGIN_HELLO, 0);
	result = talk_ask(&message, limit, &answer, stop_of(limit));
	if (result)
		return result;
	state.greeted = 1;
	state.wants = answer.flags;
	state.verdict_limit = verdict_limit(answer.limit);
	praise();
	return 0;
}

static int sulks(unsigned int limit)
{
	return state.late && limit <= DDM_PLUGIN_WAIT_KERNEL &&
	       clock_seconds() < state.sulk_until;
}

/* Return: 0 when there is a connection, with a HELLO on its way at least */
static int connect_ddmd(unsigned int limit)
{
	int result;

	switch (talk_alive()) {
	case TALK_HEARD:
		praise();
		return 0;
	case TALK_SILENT:
		return 0;
	}
	state.greeted = 0;
	if (sulks(limit))
		return -ETIMEDOUT;
	result = talk_open(socket_path(), limit, stop_of(limit));
	if (result)
		complain(result);
	return result;
}

/*
 * Return: 0 when there is a ddmd that has answered a HELLO; -ETIMEDOUT, -EINTR:
 * there is one, and it has not
 */
static int reach(unsigned int limit)
{
	int result;

	if (!state.begun)
		return -ENOTCONN;
	result = connect_ddmd(limit);
	if (result || state.greeted)
		return result;
	if (sulks(limit))
		return -ETIMEDOUT;
	result = greet(limit);
	if (result == -EPIPE && !connect_ddmd(limit))
		result = greet(limit);
	if (result)
		complain(result);
	return result;
}

/*
 * Once more, if the connection ended before: ddmd ends it to be greeted anew
 * when it wants to be asked about other things.
 */
static int exchange(enum ddm_plugin_type type, uint32_t flags,
		    unsigned int limit, struct ddm_plugin_answer *answer,
		    const volatile int *stop)
{
	struct ddm_plugin_message message;
	int result;

	fill(&message, type, flags);
	result = talk_ask(&message, limit, answer, stop);
	if (result != -EPIPE || reach(limit))
		return result;
	fill(&message, type, flags);
	return talk_ask(&message, limit, answer, stop);
}

static void tell(enum ddm_plugin_type type)
{
	struct ddm_plugin_message message;

	reach(DDM_PLUGIN_WAIT_KERNEL);
	if (!talk_alive())
		return;
	fill(&message, type, 0);
	talk_tell(&message);
}

static int ask(enum ddm_plugin_type type, uint32_t flags, unsigned int limit,
	       struct ddm_plugin_answer *answer)
{
	int result = reach(limit);

	if (result)
		return result;
	result = exchange(type, flags, limit, answer, stop_of(limit));
	if (result)
		complain(result);
	else
		praise();
	return result;
}

/*
 * For what the kernel must know before pppd goes on, signals or not. A ddmd
 * that is late hears it all the same, and its answer shows that it is back.
 */
static void report(enum ddm_plugin_type type)
{
	unsigned int limit = state.signalled ? DDM_PLUGIN_WAIT_END :
					       DDM_PLUGIN_WAIT_KERNEL;
	struct ddm_plugin_answer answer;
	int late, result;

	reach(limit);
	if (!talk_alive())
		return;
	late = sulks(0);
	result = exchange(type, 0, late ? 0 : limit, &answer, NULL);
	if (!result)
		praise();
	else if (!late)
		complain(result);
}

/* pppd watches no descriptors for plugins. */
static void look(void *arg)
{
	(void)arg;
	reach(DDM_PLUGIN_WAIT_KERNEL);
	ppp_timeout(look, NULL, LOOK, 0);
}

static void begin(void)
{
	if (state.begun)
		return;
	state.begun = 1;
	link_set_pid(getpid());
	if (incoming_option || outgoing_option)
		link_direction = incoming_option ? DIRECTION_INCOMING :
						   DIRECTION_OUTGOING;
	/* who made this call has the credentials, and waits for it anyway */
	if (reach(own_limit()) == -ETIMEDOUT)
		link_set_unanswered(link_is_ddmds());
	ppp_timeout(look, NULL, LOOK, 0);
}

/* ---------------------------------------------------- device and link -- */

static void report_device(void)
{
	if (state.device || ppp_ifunit() < 0)
		return;
	state.device = 1;
	report(DDM_PLUGIN_DEVICE);
}

static void report_up(uint32_t protocol)
{
	link_set_protocol(protocol, 1);
	link_set_up(1);
	state.device = 1;
	report(DDM_PLUGIN_UP);
}

static void report_down(void)
{
	if (!link_is_up())
		return;
	report(DDM_PLUGIN_DOWN);
	link_set_up(0);
	link_set_protocol(link_protocols(), 0);
}

/* LCP outlives a network protocol only when that was closed by itself. */
static void protocol_down(uint32_t protocol)
{
	if (!link_is_up())
		return;
	link_set_protocol(protocol, 0);
	if (link_protocols())
		report(DDM_PLUGIN_UP);
	else
		report_down();
}

static void ip_up(void *context, int arg)
{
	(void)context, (void)arg;
	report_up(DDM_PLUGIN_IPCP);
}

static void ip_down(void *context, int arg)
{
	(void)context, (void)arg;
	protocol_down(DDM_PLUGIN_IPCP);
}

static void ipv6_up(void *context, int arg)
{
	(void)context, (void)arg;
	report_up(DDM_PLUGIN_IPV6CP);
}

static void ipv6_down(void *context, int arg)
{
	(void)context, (void)arg;
	protocol_down(DDM_PLUGIN_IPV6CP);
}

/* A later link of a bundle runs no network protocol of its own. */
static void joined(void)
{
	report_up(0);
}

/*
 * pppd's link_down notifier does not run on a call that was made, and comes
 * late; this is what every end of a link goes through first, in a bundle too.
 */
static void lcp_down(fsm *f)
{
	report_down();
	old_lcp_down(f);
}

static int establish(int fd)
{
	int result = old_establish(fd);

	if (result >= 0)
		link_established(fd);
	return result;
}

/* In multilink the unit is made after the phase has begun, just before this. */
static void open_ipcp(int unit)
{
	report_device();
	old_open[0](unit);
}

static void open_ipv6cp(int unit)
{
	report_device();
	old_open[1](unit);
}

/*
 * With demand the unit exists before any phase. LCP comes first in the table,
 * and its place for this is free; left there, pppd would ask the kernel to
 * switch LCP's packets off.
 */
static int demand_begins(int unit)
{
	(void)unit;
	lcp_protent.demand_conf = NULL;
	begin();
	report_device();
	return 1;
}

/* Channels and callbacks are final when the options have been read. */
static void wrap(void)
{
	if (the_channel->establish_ppp != establish) {
		old_establish = the_channel->establish_ppp;
		the_channel->establish_ppp = establish;
	}
	if (lcp_fsm[0].callbacks->down != lcp_down) {
		old_lcp_down = lcp_fsm[0].callbacks->down;
		lcp_fsm[0].callbacks->down = lcp_down;
	}
}

/* ------------------------------------------------------------ verdict -- */

/* A call that LCP is taking down must not bring up what it was refused for. */
static void switch_off(void)
{
	bool *bundles = pppd_multilink();
	int i;

	for (i = 0; i < MAX_PROTOCOLS && protocols[i]; i++) {
		if (!IS_NETWORK(protocols[i]->protocol) ||
		    !protocols[i]->enabled_flag)
			continue;
		protocols[i]->enabled_flag = 0;
		state.switched_off[i] = 1;
	}
	if (bundles && *bundles) {
		*bundles = 0;
		state.multilink_off = 1;
	}
}

static void switch_on(void)
{
	int i;

	for (i = 0; i < MAX_PROTOCOLS && protocols[i]; i++)
		if (state.switched_off[i])
			protocols[i]->enabled_flag = 1;
	if (state.multilink_off)
		*pppd_multilink() = 1;
	memset(state.switched_off, 0, sizeof(state.switched_off));
	state.multilink_off = 0;
	state.refused = 0;
	state.address = 0;
	link_set_remote4(0);
}

static void refuse(const char *why)
{
	state.refused = 1;
	notice("ddm: call refused: %s", why);
	lcp_close(0, "Call refused");
	switch_off();
}

/* Return: 1 let in, 0 refuse */
static int verdict(int result, const struct ddm_plugin_answer *answer)
{
	if (!result)
		return answer->value == DDM_PLUGIN_ACCEPT;
	warn("ddm: no verdict of ddmd: %s", strerror(-result));
	return !!(state.wants & DDM_PLUGIN_LET_IN);
}

static int address_found(void)
{
	struct ddm_plugin_answer answer;
	int result;

	if (!(state.wants & DDM_PLUGIN_ASK_ADDRESS) ||
	    !ipcp_protent.enabled_flag)
		return 1;
	result = ask(DDM_PLUGIN_ADDRESS, 0, state.verdict_limit, &answer);
	if (!verdict(result, &answer))
		return 0;
	if (!result && answer.remote4) {
		state.address = answer.remote4;
		link_set_remote4(answer.remote4);
	}
	return 1;
}

static int admitted(void)
{
	const uint32_t asked =
		state.wants & (DDM_PLUGIN_ASK_LINK | DDM_PLUGIN_ASK_CONNECTION);
	struct ddm_plugin_answer answer;

	if (!asked)
		return 1;
	return verdict(ask(DDM_PLUGIN_ASK, asked, state.verdict_limit, &answer),
		       &answer);
}

/*
 * A ddmd that is there, and too busy to say whether there are DLLs, is waited
 * for: many calls at once must not get in unasked.
 */
static int silent(int result)
{
	return (result == -ETIMEDOUT || result == -EINTR) && !state.wants &&
	       link_is_incoming();
}

static unsigned int greeting_limit(void)
{
	return link_is_incoming() ? verdict_limit(state.verdict_limit) :
				    DDM_PLUGIN_WAIT_KERNEL;
}

static void watch_reauthentication(void);

/* Runs on every link that reaches the network phase, authenticated or not. */
static void auth_up(void *context, int arg)
{
	int result;

	(void)context, (void)arg;
	link_set_authenticated();
	result = reach(greeting_limit());
	watch_reauthentication();
	if (result && required_option)
		refuse("ddmd is not there");
	else if (silent(result))
		refuse("ddmd does not answer");
	else if (!address_found())
		refuse("no address for this user");
	else if (!admitted())
		refuse("an administration DLL, or ddmd, said no");
}

static void choose(uint32_t *address)
{
	if (state.address)
		*address = state.address;
	else if (old_choose)
		old_choose(address);
}

static int allowed(uint32_t address)
{
	if (state.refused)
		return 0;
	if (state.address)
		return address == state.address;
	return old_allowed ? old_allowed(address) : -1;
}

/* -------------------------------------------------------- credentials -- */

/*
 * A peer may want to see them again during the call, when ddmd may be away, or
 * know others, because these were for this call alone. pppd that dials again
 * asks again, and goes by these only while there is no ddmd.
 */
static struct {
	int known;
	int asked;
	int once;
	char secret[MAXSECRETLEN];
	int user_changed;
	char user_before[MAXNAMELEN];
} kept;

static void forget_secret(void)
{
	if (kept.user_changed)
		strlcpy(pppd_user(), kept.user_before, MAXNAMELEN);
	explicit_bzero(&kept, sizeof(kept));
}

static void keep_secret(const struct ddm_plugin_answer *answer)
{
	kept.known = 1;
	kept.asked = 1;
	kept.once = !!(answer->flags & DDM_PLUGIN_ONCE);
	strlcpy(kept.secret, answer->secret, sizeof(kept.secret));
	if (!answer->user[0] || !pppd_user())
		return;
	kept.user_changed = 1;
	strlcpy(kept.user_before, pppd_user(), sizeof(kept.user_before));
	strlcpy(pppd_user(), answer->user, MAXNAMELEN);
}

static void ask_for_secret(void)
{
	struct ddm_plugin_answer answer;
	int result;

	if (!(state.wants & DDM_PLUGIN_HAS_SECRET))
		return;
	result = ask(DDM_PLUGIN_SECRET, 0, own_limit(), &answer);
	link_set_unanswered(result == -ETIMEDOUT);
	if (result)
		return;
	forget_secret();
	answer.secret[sizeof(answer.secret) - 1] = 0;
	answer.user[sizeof(answer.user) - 1] = 0;
	if (answer.value == 1)
		keep_secret(&answer);
	explicit_bzero(&answer, sizeof(answer));
}

/* Return: 1 and the secret, or -1: pppd's own files may have one */
static int secret(char *buffer)
{
	if (!kept.asked)
		ask_for_secret();
	if (!kept.known)
		return -1;
	strlcpy(buffer, kept.secret, MAXSECRETLEN);
	return 1;
}

static void end_secret(void)
{
	kept.asked = 0;
	if (kept.once)
		forget_secret();
}

/* Without a buffer pppd only wants to know whether PAP is worth offering. */
static int pap_secret(char *name, char *buffer)
{
	(void)name;
	if (!buffer)
		return state.wants & DDM_PLUGIN_HAS_SECRET ? 1 : -1;
	return secret(buffer);
}

static int chap_secret(char *name, char *buffer)
{
	(void)name;
	return secret(buffer);
}

static int chap_check(void)
{
	return 1;
}

/*
 * Only for calls that ddmd made: pppd asks no files any more for CHAP when
 * there is such a hook.
 */
static void offer_secret(void)
{
	if (!(state.wants & DDM_PLUGIN_HAS_SECRET))
		return;
	/* now, while no peer waits for it: ddmd may be busy with many calls */
	if (!kept.asked)
		ask_for_secret();
	if (!pap_passwd_hook)
		pap_passwd_hook = pap_secret;
	if (!chap_passwd_hook)
		chap_passwd_hook = chap_secret;
	if (!chap_check_hook)
		chap_check_hook = chap_check;
}

/* --------------------------------------------------- reauthentication -- */

/*
 * What pppd itself does, plus the question. pppd tells a plugin of the first
 * authentication only; a later one is a client that proves itself once more.
 */
static int verify(char *name, char *own_name, int id,
		  struct chap_digest_type *digest, unsigned char *challenge,
		  unsigned char *response, char *message, int space)
{
	char secret[MAXSECRETLEN];
	struct ddm_plugin_answer answer;
	int size;
	int good;

	if (!get_secret(0, name, own_name, secret, &size, 1)) {
		warn("No CHAP secret found for authenticating %q", name);
		return 0;
	}
	good = digest->verify_response(id, name, (unsigned char *)secret, size,
				       challenge, response, message, space);
	explicit_bzero(secret, sizeof(secret));
	if (!good || !link_is_up() ||
	    !(state.wants & DDM_PLUGIN_ASK_REAUTHENTICATION))
		return good;
	return verdict(ask(DDM_PLUGIN_ASK, DDM_PLUGIN_ASK_REAUTHENTICATION,
			   state.verdict_limit, &answer),
		       &answer);
}

static void watch_reauthentication(void)
{
	if ((state.wants & DDM_PLUGIN_ASK_REAUTHENTICATION) &&
	    !chap_verify_hook && HAVE(get_secret))
		chap_verify_hook = verify;
}

/* ------------------------------------------------------------- phases -- */

static void link_ended(void)
{
	link_keep_status();
	report_down();
	end_secret();
	switch_on();
	link_gone();
	/* where the unit goes with the link, the next call has another */
	if (ppp_ifunit() < 0 || !pppd_is_demand())
		state.device = 0;
}

static void phase_changed(void *context, int now)
{
	(void)context;
	/* before the options are read, and in dryrun, nobody wants to know */
	if (now == PHASE_INITIALIZE)
		return;
	link_set_phase(now);
	switch (now) {
	case PHASE_SERIALCONN:
		state.signalled = 0;
		begin();
		wrap();
		offer_secret();
		watch_reauthentication();
		break;
	case PHASE_DORMANT:
		state.signalled = 0;
		begin();
		break;
	case PHASE_ESTABLISH:
		report_device();
		break;
	case PHASE_DISCONNECT:
	case PHASE_DEAD:
		link_ended();
		break;
	}
	tell(DDM_PLUGIN_PHASE);
}

/* Runs in the process that ends; the one that goes on has the connection too. */
static void pid_changed(void *context, int pid)
{
	(void)context;
	link_set_pid(pid);
	if (state.begun)
		tell(DDM_PLUGIN_PHASE);
}

static void forked(void *context, int arg)
{
	(void)context, (void)arg;
	/* else a script would keep the connection of a pppd that was killed */
	talk_close();
	state.begun = 0;
}

/* In a signal handler */
static void signalled(void *context, int signal)
{
	(void)context;
	if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP)
		state.signalled = 1;
}

static void exits(void *context, int arg)
{
	(void)context, (void)arg;
	if (state.begun)
		report(DDM_PLUGIN_EXIT);
	talk_close();
}

static void add_notifiers(void)
{
	ppp_add_notify(NF_PHASE_CHANGE, phase_changed, NULL);
	ppp_add_notify(NF_PID_CHANGE, pid_changed, NULL);
	ppp_add_notify(NF_FORK, forked, NULL);
	ppp_add_notify(NF_SIGNALED, signalled, NULL);
	ppp_add_notify(NF_EXIT, exits, NULL);
	ppp_add_notify(NF_AUTH_UP, auth_up, NULL);
	ppp_add_notify(NF_IP_UP, ip_up, NULL);
	ppp_add_notify(NF_IP_DOWN, ip_down, NULL);
	ppp_add_notify(NF_IPV6_UP, ipv6_up, NULL);
	ppp_add_notify(NF_IPV6_DOWN, ipv6_down, NULL);
}

void plugin_init(void)
{
	link_begin();
	ppp_add_options(options);
	add_notifiers();
	multilink_join_hook = joined;
	old_choose = ip_choose_hook;
	ip_choose_hook = choose;
	old_allowed = allowed_address_hook;
	allowed_address_hook = allowed;
	lcp_protent.demand_conf = demand_begins;
	old_open[0] = ipcp_protent.open;
	ipcp_protent.open = open_ipcp;
	old_open[1] = ipv6cp_protent.open;
	ipv6cp_protent.open = open_ipv6cp;
}
