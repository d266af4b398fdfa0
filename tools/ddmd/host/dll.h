/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One administration DLL: which callouts it has, in which of their versions,
 * and calling them. The host is one thread, so is everything here.
 */
#ifndef DDMD_HOST_DLL_H
#define DDMD_HOST_DLL_H

#include <stdbool.h>
#include <stddef.h>

#include <mprapi.h>

#include "protocol.h"

struct dll;

/**
 * dll_load - load a DLL, initialize it, see what it has
 * @path: of the .so
 * @why: receives a sentence if that failed
 * @size: bytes at @why
 *
 * Return: the DLL, or NULL: it cannot be loaded, lacks what it must have, or
 * its initialization failed
 */
struct dll *dll_load(const char *path, char *why, size_t size);

/* dll_terminate - MprAdminTerminateDll; the code stays loaded */
void dll_terminate(struct dll *dll);

/* dll_has - does it have this callout? */
bool dll_has(const struct dll *dll, enum host_callout callout);

/**
 * dll_call - call it
 * @request: what, and what about
 * @reply: value, and of addresses, code, address and release are filled in
 *
 * Nothing is called, and the value is yes, if it does not have the callout.
 */
void dll_call(const struct dll *dll, const struct host_request *request,
	      struct host_reply *reply);

#endif
