/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading the journal in place: a reader who was asleep has thousands to read. */
#ifndef DDM_JOURNAL_H
#define DDM_JOURNAL_H

#include "ddm.h"

static inline struct ddm_event *journal_slot(struct ddm_journal *journal,
					     u64 number)
{
	return &journal->slots[number & (journal->size - 1)];
}

/*
 * Whether an event that was put into this ring is there. The slot of the event
 * after the newest may be being written.
 */
static inline bool journal_reaches(const struct ddm_journal *journal, u64 head,
				   u64 number)
{
	return head - number < journal->size - 1;
}

static inline u64 journal_oldest(const struct ddm_journal *journal, u64 head)
{
	u64 reach = journal->size - 1;

	return max(journal->first, head >= reach ? head - reach + 1 : 1);
}

/**
 * ddm_journal_next - read the next event
 * @dn: the namespace
 * @cursor: number of the event that is wanted; moved on
 * @event: receives it
 *
 * When that event is gone, cursor->lost says how many are, cursor->next is the
 * oldest that is left, and the event that is returned is that one.
 *
 * Context: RCU held.
 * Return: false when there is no event (yet).
 */
static inline bool ddm_journal_next(struct ddm_net *dn,
				    struct ddm_cursor *cursor,
				    struct ddm_event *event)
{
	struct ddm_journal *journal;
	u64 head, oldest;

	for (;;) {
		journal = rcu_dereference(dn->journal);
		head = atomic64_read_acquire(&dn->head);
		if (!journal || cursor->next > head)
			return false;

		if (cursor->next < journal->first ||
		    !journal_reaches(journal, head, cursor->next)) {
			oldest = journal_oldest(journal, head);
			cursor->lost += oldest - cursor->next;
			cursor->next = oldest;
		}
		/* torn if the writer laps us; seen and thrown away below */
		data_race(*event = *journal_slot(journal, cursor->next));
		/* pairs with the barrier before the writer takes a slot over */
		smp_rmb();
		/* Lapped, or the ring was replaced: what was read may be torn */
		if (journal_reaches(journal, atomic64_read(&dn->head),
				    cursor->next) &&
		    journal == rcu_access_pointer(dn->journal)) {
			cursor->next++;
			return true;
		}
	}
}

#endif /* DDM_JOURNAL_H */
