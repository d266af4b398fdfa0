// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Programs pass garbage, closed handles and handles of another kind. A handle
 * is therefore a number that is looked up: slot, and a generation that tells
 * one use of the slot from the next.
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "cancel.h"
#include "handle.h"

/* A handle's value: generation, index, and two zero bits as on Windows. */
#define LOW_BITS 2
#define INDEX_BITS 18
#define GENERATION_BITS 12
#define MAX_SLOTS (1U << INDEX_BITS)
#define MAX_GENERATION ((1U << GENERATION_BITS) - 1)

/*
 * Freed slots queue up, and the table grows rather than let the queue get
 * shorter than this: a value comes back after MIN_FREE * MAX_GENERATION
 * (about four million) other handles at the earliest.
 */
#define MIN_FREE 1024
#define NO_SLOT UINT32_MAX

static_assert(LOW_BITS + INDEX_BITS + GENERATION_BITS == 32,
	      "programs may keep a handle in 32 bits");

struct slot {
	struct mpr_object *object;
	DWORD access;
	uint32_t next_free;
	uint16_t generation;
	uint8_t type;
};

/* table_lock protects everything here. */
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot *slots;
static uint32_t slot_count;
static uint32_t free_head = NO_SLOT;
static uint32_t free_tail = NO_SLOT;
static uint32_t free_count;

void mpr_object_init(struct mpr_object *object,
		     void (*release)(struct mpr_object *object))
{
	atomic_init(&object->references, 1);
	object->release = release;
}

struct mpr_object *mpr_object_get(struct mpr_object *object)
{
	atomic_fetch_add_explicit(&object->references, 1, memory_order_relaxed);
	return object;
}

struct mpr_object *mpr_object_get_unless_zero(struct mpr_object *object)
{
	unsigned int seen = atomic_load(&object->references);

	while (seen)
		if (atomic_compare_exchange_weak(&object->references, &seen,
						 seen + 1))
			return object;
	return NULL;
}

void mpr_object_put(struct mpr_object *object)
{
	int state;

	if (atomic_fetch_sub_explicit(&object->references, 1,
				      memory_order_acq_rel) != 1)
		return;
	state = mpr_cancel_disable();
	object->release(object);
	mpr_cancel_restore(state);
}

static HANDLE handle_value(uint32_t index)
{
	uint32_t value = (uint32_t)slots[index].generation << INDEX_BITS |
			 index;

	return (HANDLE)(uintptr_t)(value << LOW_BITS);
}

static void append_free(uint32_t index)
{
	slots[index].next_free = NO_SLOT;
	if (free_tail == NO_SLOT)
		free_head = index;
	else
		slots[free_tail].next_free = index;
	free_tail = index;
	free_count++;
}

static uint32_t take_free(void)
{
	uint32_t index = free_head;

	free_head = slots[index].next_free;
	if (free_head == NO_SLOT)
		free_tail = NO_SLOT;
	free_count--;
	return index;
}

static DWORD grow(void)
{
	uint32_t count = slot_count ? 2 * slot_count : 2 * MIN_FREE;
	struct slot *more;

	if (slot_count == MAX_SLOTS)
		return ERROR_TOO_MANY_OPEN_FILES;
	more = realloc(slots, count * sizeof(*more));
	if (!more)
		return ERROR_NOT_ENOUGH_MEMORY;
	slots = more;
	for (; slot_count < count; slot_count++) {
		slots[slot_count] = (struct slot){ .generation = 1 };
		append_free(slot_count);
	}
	return NO_ERROR;
}

static struct slot *find(HANDLE handle, enum mpr_handle_type type)
{
	uintptr_t value = (uintptr_t)handle;
	struct slot *slot;
	uint32_t index;

	if (value > UINT32_MAX || value & ((1U << LOW_BITS) - 1))
		return NULL;
	value >>= LOW_BITS;
	index = (uint32_t)value & (MAX_SLOTS - 1);
	if (index >= slot_count)
		return NULL;
	slot = &slots[index];
	if (slot->type != type || slot->generation != value >> INDEX_BITS)
		return NULL;
	return slot;
}

DWORD mpr_handle_alloc(enum mpr_handle_type type, DWORD access,
		       struct mpr_object *object, HANDLE *handle)
{
	DWORD error = NO_ERROR;
	uint32_t index;

	pthread_mutex_lock(&table_lock);
	if (free_count < MIN_FREE)
		error = grow();
	if (free_count) {
		index = take_free();
		slots[index].object = object;
		slots[index].access = access;
		slots[index].type = (uint8_t)type;
		*handle = handle_value(index);
		error = NO_ERROR;
	}
	pthread_mutex_unlock(&table_lock);
	return error;
}

struct mpr_object *mpr_handle_get(HANDLE handle, enum mpr_handle_type type,
				  DWORD *access)
{
	struct mpr_object *object = NULL;
	struct slot *slot;

	pthread_mutex_lock(&table_lock);
	slot = find(handle, type);
	if (slot) {
		object = mpr_object_get(slot->object);
		if (access)
			*access = slot->access;
	}
	pthread_mutex_unlock(&table_lock);
	return object;
}

struct mpr_object *mpr_handle_close(HANDLE handle, enum mpr_handle_type type)
{
	struct mpr_object *object = NULL;
	struct slot *slot;

	pthread_mutex_lock(&table_lock);
	slot = find(handle, type);
	if (slot) {
		object = slot->object;
		slot->object = NULL;
		slot->type = MPR_HANDLE_FREE;
		slot->generation = slot->generation == MAX_GENERATION ?
					   1 :
					   slot->generation + 1;
		append_free((uint32_t)(slot - slots));
	}
	pthread_mutex_unlock(&table_lock);
	return object;
}

void mpr_handle_table_lock(void)
{
	pthread_mutex_lock(&table_lock);
}

void mpr_handle_table_unlock(void)
{
	pthread_mutex_unlock(&table_lock);
}
