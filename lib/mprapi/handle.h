/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The table behind every HANDLE of the library that stands for an object of
 * this process: events and router connections.
 */
#ifndef MPR_HANDLE_H
#define MPR_HANDLE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <windows.h>

enum mpr_handle_type {
	MPR_HANDLE_FREE,
	MPR_HANDLE_EVENT,
	MPR_HANDLE_SERVER,
};

/**
 * struct mpr_object - what a handle stands for; first member of each object
 * @references: handles, calls and waits that use it now
 * @release: frees it; called once, without locks, by whoever drops the last
 *	reference
 */
struct mpr_object {
	atomic_uint references;
	void (*release)(struct mpr_object *object);
};

void mpr_object_init(struct mpr_object *object,
		     void (*release)(struct mpr_object *object));
struct mpr_object *mpr_object_get(struct mpr_object *object);
/* For tables that hold no reference: NULL if the object is about to go. */
struct mpr_object *mpr_object_get_unless_zero(struct mpr_object *object);
void mpr_object_put(struct mpr_object *object);

/**
 * mpr_handle_alloc - make a handle
 * @type: the object's kind, not MPR_HANDLE_FREE
 * @access: rights, kept for mpr_handle_get()
 * @object: the object; on success the caller's reference becomes the handle's
 * @handle: takes the handle, which is never NULL nor INVALID_HANDLE_VALUE
 *
 * Context: any thread.
 * Return: NO_ERROR, ERROR_TOO_MANY_OPEN_FILES when the table is full,
 * ERROR_NOT_ENOUGH_MEMORY
 */
DWORD mpr_handle_alloc(enum mpr_handle_type type, DWORD access,
		       struct mpr_object *object, HANDLE *handle);

/**
 * mpr_handle_get - the object behind a handle
 * @handle: anything at all
 * @type: the kind it has to be
 * @access: takes the handle's rights; may be NULL
 *
 * Context: any thread.
 * Return: a reference to the object, to be put, or NULL if @handle is not a
 * living handle of that kind
 */
struct mpr_object *mpr_handle_get(HANDLE handle, enum mpr_handle_type type,
				  DWORD *access);

/**
 * mpr_handle_close - end a handle
 * @handle: anything at all
 * @type: the kind it has to be
 *
 * Context: any thread.
 * Return: the handle's reference, to be put by the caller, or NULL as above
 */
struct mpr_object *mpr_handle_close(HANDLE handle, enum mpr_handle_type type);

/* For fork: no other thread is inside the table while these two are held. */
void mpr_handle_table_lock(void);
void mpr_handle_table_unlock(void);

#endif
