// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Callers free what they should not: a pointer into a block, a block for the
 * second time, memory of their own. A set of the living blocks tells.
 */
#include <pthread.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>

#include <mprapi.h>

#include "buffer.h"
#include "fork.h"

/* blocks_lock protects the set. */
static pthread_mutex_t blocks_lock = PTHREAD_MUTEX_INITIALIZER;
static void *blocks;

static int compare(const void *a, const void *b)
{
	return ((uintptr_t)a > (uintptr_t)b) - ((uintptr_t)a < (uintptr_t)b);
}

DWORD mpr_buffer_hand_out(void *block, LPBYTE *out)
{
	void *node;

	mpr_fork_prepare();
	pthread_mutex_lock(&blocks_lock);
	node = tsearch(block, &blocks, compare);
	pthread_mutex_unlock(&blocks_lock);
	if (!node) {
		free(block);
		return ERROR_NOT_ENOUGH_MEMORY;
	}
	*out = block;
	return NO_ERROR;
}

DWORD WINAPI MprAdminBufferFree(LPVOID pBuffer)
{
	void *node;

	if (!pBuffer)
		return ERROR_INVALID_PARAMETER;
	mpr_fork_prepare();
	pthread_mutex_lock(&blocks_lock);
	node = tdelete(pBuffer, &blocks, compare);
	pthread_mutex_unlock(&blocks_lock);
	if (!node)
		return ERROR_INVALID_PARAMETER;
	free(pBuffer);
	return NO_ERROR;
}

void mpr_buffers_lock(void)
{
	pthread_mutex_lock(&blocks_lock);
}

void mpr_buffers_unlock(void)
{
	pthread_mutex_unlock(&blocks_lock);
}
