// SPDX-License-Identifier: GPL-2.0-only
/*
 * The journal: every transition gets the next number and a slot in a ring
 * before anybody is woken. Readers take no lock and see when they were lapped.
 */
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "ddm.h"
#include "journal.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

/* The ring that the first interface of a namespace gets. */
#define JOURNAL_MIN 1024
/* Room for two ups and downs of every interface while nobody reads. */
#define JOURNAL_PER_INTERFACE 4

static u32 journal_limit(void)
{
	u32 limit = clamp_t(u32, READ_ONCE(ddm_journal_size), 16, 1 << 24);

	return roundup_pow_of_two(limit);
}

/* Whoever may make namespaces makes them grow: so they are accounted. */
static struct ddm_journal *journal_alloc(u32 size)
{
	struct ddm_journal *journal =
		kzalloc(sizeof(*journal), GFP_KERNEL_ACCOUNT);

	if (!journal)
		return NULL;
	journal->size = size;
	journal->slots = kvcalloc(size, sizeof(*journal->slots),
				  GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (journal->slots)
		return journal;
	kfree(journal);
	return NULL;
}

static void journal_free(struct ddm_journal *journal)
{
	kvfree(journal->slots);
	kfree(journal);
}

static void journal_free_rcu(struct rcu_head *rcu)
{
	journal_free(container_of(rcu, struct ddm_journal, rcu));
}

/* An event is about to be overwritten: whose name it kept has none any more. */
static void event_forget(struct ddm_net *dn, const struct ddm_event *event)
{
	if (event->type == DDM_EVENT_TYPE_INTERFACE_DEL)
		xa_erase(&dn->ghosts, event->interface);
}

/**
 * ddm_journal_reserve - see that the ring suits the number of interfaces
 * @dn: the namespace
 * @interfaces: how many there will be
 *
 * Growing is an attempt: with a ring in place, a failure only means that
 * readers who sleep are told sooner that they missed something.
 *
 * Context: ddm_net.lock held, may sleep.
 * Return: 0, or -ENOMEM if there is no ring at all.
 */
int ddm_journal_reserve(struct ddm_net *dn, u32 interfaces)
{
	struct ddm_journal *old, *new;
	u32 limit = journal_limit();
	u64 want, head, n;

	lockdep_assert_held(&dn->lock);

	old = rcu_dereference_protected(dn->journal,
					lockdep_is_held(&dn->lock));
	want = max_t(u64, JOURNAL_MIN, (u64)interfaces * JOURNAL_PER_INTERFACE);
	want = min_t(u64, roundup_pow_of_two(want), limit);
	if (old && old->size >= want)
		return 0;

	new = journal_alloc(want);
	if (!new)
		return old ? 0 : -ENOMEM;

	head = atomic64_read(&dn->head);
	new->first = old ? journal_oldest(old, head) : head + 1;
	for (n = new->first; n <= head; n++)
		*journal_slot(new, n) = *journal_slot(old, n);

	/* the one slot that readers could not use was not copied */
	if (old && new->first > old->first)
		event_forget(dn, journal_slot(old, head + 1));
	rcu_assign_pointer(dn->journal, new);
	if (old)
		call_rcu(&old->rcu, journal_free_rcu);
	return 0;
}

/**
 * ddm_journal_free - free the ring of a namespace that has no readers left
 * @dn: the namespace
 *
 * Context: process context.
 */
void ddm_journal_free(struct ddm_net *dn)
{
	struct ddm_journal *journal =
		rcu_dereference_protected(dn->journal, true);

	if (journal)
		journal_free(journal);
	RCU_INIT_POINTER(dn->journal, NULL);
}

/**
 * ddm_journal_tell - put an event into the journal, then tell everybody
 * @dn: the namespace
 * @iface: what it is about, or NULL
 * @event: type, reason and so on; interface and state are filled in here, time
 *         if it is 0
 *
 * Allocates nothing unless the multicast group has members.
 *
 * Context: ddm_net.lock held, may sleep.
 */
void ddm_journal_tell(struct ddm_net *dn, struct ddm_interface *iface,
		      struct ddm_event *event)
{
	struct ddm_journal *journal;
	u64 number;

	lockdep_assert_held(&dn->lock);

	if (!event->time)
		event->time = ktime_get_real_ns();
	number = atomic64_read(&dn->head) + 1;
	if (iface) {
		u32 unreachability;

		event->interface = iface->id;
		if (!event->ifindex)
			event->ifindex = iface->ifindex;
		event->state = ddm_interface_state(iface, &unreachability);
		ddm_write_begin(dn);
		iface->sequence = number;
		iface->changed = event->time;
		ddm_write_end(dn);
	}

	journal = rcu_dereference_protected(dn->journal,
					    lockdep_is_held(&dn->lock));
	if (WARN_ON_ONCE(!journal))
		return;

	/*
	 * A reader that sees a byte of the new event also sees the head that
	 * was set before it, and so knows that the slot is being taken over.
	 */
	smp_wmb();
	event_forget(dn, journal_slot(journal, number));
	*journal_slot(journal, number) = *event;
	atomic64_set_release(&dn->head, number);

	trace_ddm_event(dn->net, event, number);
	ddm_listeners_signal(dn, event->type, event->interface);
	ddm_netlink_event(dn, iface, event, number);

	/* after everybody was woken; without memory, only a name is missing */
	if (event->type == DDM_EVENT_TYPE_INTERFACE_DEL && event->name[0])
		xa_store(&dn->ghosts, event->interface,
			 xa_mk_value(number & LONG_MAX), GFP_KERNEL);
}

/**
 * ddm_journal_read - as ddm_journal_next(), for who reads a single event
 * @dn: the namespace
 * @cursor: number of the event that is wanted; moved on
 * @event: receives it
 *
 * Context: any that may hold RCU.
 * Return: false when there is no event (yet).
 */
bool ddm_journal_read(struct ddm_net *dn, struct ddm_cursor *cursor,
		      struct ddm_event *event)
{
	bool found;

	rcu_read_lock();
	found = ddm_journal_next(dn, cursor, event);
	rcu_read_unlock();
	return found;
}

/**
 * ddm_journal_name - name of an interface that is gone
 * @dn: the namespace
 * @id: its id
 * @name: receives it, "" when the journal does not hold it (any more)
 * @size: size of @name
 *
 * Context: any that may hold RCU.
 */
void ddm_journal_name(struct ddm_net *dn, u32 id, char *name, size_t size)
{
	u64 head = atomic64_read_acquire(&dn->head);
	void *ghost = xa_load(&dn->ghosts, id);
	struct ddm_cursor cursor = {};
	struct ddm_event event;

	name[0] = '\0';
	if (!ghost)
		return;
	/* a value has a bit less than a number on some machines */
	cursor.next = head - ((head - xa_to_value(ghost)) & LONG_MAX);
	if (ddm_journal_read(dn, &cursor, &event) && !cursor.lost &&
	    event.type == DDM_EVENT_TYPE_INTERFACE_DEL && event.interface == id)
		strscpy(name, event.name, size);
}

/**
 * ddm_journal_oldest - number of the oldest event that can be read
 * @dn: the namespace
 * @size: receives how many events the ring holds
 *
 * Context: any that may hold RCU.
 */
u64 ddm_journal_oldest(struct ddm_net *dn, u32 *size)
{
	struct ddm_journal *journal;
	u64 oldest;

	rcu_read_lock();
	journal = rcu_dereference(dn->journal);
	*size = journal ? journal->size - 1 : 0;
	oldest = journal ? journal_oldest(journal,
					  atomic64_read_acquire(&dn->head)) :
			   1;
	rcu_read_unlock();
	return oldest;
}

/* A duration has 32 bits of a slot: milliseconds up to 24 days, then seconds. */
#define DURATION_SECONDS BIT(31)

u32 ddm_duration_pack(u64 ms)
{
	u64 seconds;

	if (ms < DURATION_SECONDS)
		return ms;
	seconds = div_u64(ms, MSEC_PER_SEC);
	return DURATION_SECONDS | min_t(u64, seconds, DURATION_SECONDS - 1);
}

u64 ddm_duration_unpack(u32 packed)
{
	if (packed & DURATION_SECONDS)
		return (u64)(packed & ~DURATION_SECONDS) * MSEC_PER_SEC;
	return packed;
}
