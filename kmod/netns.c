// SPDX-License-Identifier: GPL-2.0-only
/*
 * One manager for each network namespace: its birth, its state, its end.
 */
#include <linux/random.h>

#include "ddm.h"

unsigned int ddm_net_id;

static int __net_init netns_init(struct net *net)
{
	struct ddm_net *dn = ddm_net(net);
	int err;

	dn->net = net;
	mutex_init(&dn->lock);
	seqcount_init(&dn->seq);
	xa_init_flags(&dn->links, XA_FLAGS_ACCOUNT);
	xa_init_flags(&dn->ghosts, XA_FLAGS_ACCOUNT);
	INIT_LIST_HEAD(&dn->listeners);
	INIT_LIST_HEAD(&dn->watchers);
	INIT_LIST_HEAD(&dn->owners);
	ddm_dials_init(dn);
	ddm_rules_init(dn);
	/* 0 stands for none of these */
	dn->epoch = get_random_u64() | 1;
	dn->generation = 1;
	dn->next_id = 1;
	dn->next_link = 1;
	dn->next_request = 1;
	dn->started = ktime_get_boottime_ns();
	dn->state = DDM_SERVICE_STATE_RUNNING;

	err = ddm_interfaces_init(dn);
	if (err)
		mutex_destroy(&dn->lock);
	return err;
}

/*
 * Nothing is reported: either the namespace ends, then its devices and sockets
 * are gone, or the module is unloaded, then nothing has happened to them. Who
 * waits is woken, to find the family gone.
 */
static void __net_exit netns_exit(struct net *net)
{
	struct ddm_net *dn = ddm_net(net);

	mutex_lock(&dn->lock);
	ddm_listeners_signal_all(dn);
	mutex_unlock(&dn->lock);

	ddm_dials_free(dn);
	mutex_lock(&dn->lock);
	ddm_owners_free(dn);
	mutex_unlock(&dn->lock);

	ddm_interfaces_free(dn);
	xa_destroy(&dn->links);
	xa_destroy(&dn->ghosts);
	ddm_rules_free(dn);
	ddm_journal_free(dn);
	mutex_destroy(&dn->lock);
}

static struct pernet_operations netns_ops = {
	.init = netns_init,
	.exit = netns_exit,
	.id = &ddm_net_id,
	.size = sizeof(struct ddm_net),
};

int ddm_netns_init(void)
{
	return register_pernet_subsys(&netns_ops);
}

void ddm_netns_exit(void)
{
	unregister_pernet_subsys(&netns_ops);
}

/**
 * ddm_service_check - refuse what a stopped service does not do
 * @dn: the namespace
 * @extack: explains the refusal
 *
 * Context: any; what begins something asks with ddm_net.lock held.
 * Return: 0 or -ESHUTDOWN.
 */
int ddm_service_check(struct ddm_net *dn, struct netlink_ext_ack *extack)
{
	if (READ_ONCE(dn->state) != DDM_SERVICE_STATE_STOPPED)
		return 0;
	NL_SET_ERR_MSG(extack, "the service is stopped in this namespace");
	return -ESHUTDOWN;
}

/**
 * ddm_service_set_state - run, pause or stop the manager
 * @dn: the namespace
 * @state: enum ddm_service_state
 *
 * Context: ddm_net.lock held, let go of and taken again, ddm_journal_reserve()
 * done, may sleep.
 */
void ddm_service_set_state(struct ddm_net *dn, u32 state)
{
	struct ddm_event event = {
		.type = DDM_EVENT_TYPE_SERVICE,
		.state = state,
	};

	lockdep_assert_held(&dn->lock);

	if (dn->state == state)
		return;
	WRITE_ONCE(dn->state, state);
	ddm_journal_tell(dn, NULL, &event);
	/* who waits must not wait for ever */
	if (state == DDM_SERVICE_STATE_STOPPED) {
		ddm_dials_stop(dn);
		ddm_dials_end(dn);
		ddm_listeners_signal_all(dn);
	}
}
