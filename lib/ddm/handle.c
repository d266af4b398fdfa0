// SPDX-License-Identifier: LGPL-2.1-or-later
/* The life of a handle, and the checks that every call begins with. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "internal.h"

int ddm_socket_open(struct ddm *ddm)
{
	int on = 1;
	int err;

	ddm->socket = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!ddm->socket)
		return -errno;
	if (mnl_socket_bind(ddm->socket, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    ddm_receive_begin(ddm) < 0) {
		err = -errno;
		mnl_socket_close(ddm->socket);
		ddm->socket = NULL;
		return err;
	}
	ddm->portid = mnl_socket_get_portid(ddm->socket);

	/* Kernels from 4.12 on know both; without them only words are lost. */
	mnl_socket_setsockopt(ddm->socket, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(ddm->socket, NETLINK_CAP_ACK, &on, sizeof(on));
	return 0;
}

int ddm_allocate(struct ddm **out)
{
	struct ddm *ddm = calloc(1, sizeof(*ddm));

	if (!ddm)
		return -ENOMEM;
	ddm->dials_end = &ddm->dials;
	ddm->request = malloc(DDM_REQUEST_SIZE);
	ddm->receive = malloc(DDM_RECEIVE_SIZE);
	if (!ddm->request || !ddm->receive) {
		ddm_close(ddm);
		return -ENOMEM;
	}
	*out = ddm;
	return 0;
}

static int open_handle(struct ddm **out, bool load)
{
	struct ddm *ddm;
	int err;

	if (!out)
		return -EINVAL;
	*out = NULL;
	err = ddm_allocate(&ddm);
	if (err)
		return err;
	err = ddm_socket_open(ddm);
	if (!err)
		err = ddm_family_open(ddm, load);
	if (err) {
		ddm_close(ddm);
		return err;
	}
	*out = ddm;
	return 0;
}

int ddm_open(struct ddm **out)
{
	return open_handle(out, true);
}

int ddm_open_loaded(struct ddm **out)
{
	return open_handle(out, false);
}

void ddm_close(struct ddm *ddm)
{
	if (!ddm)
		return;
	if (ddm->socket)
		mnl_socket_close(ddm->socket);
	ddm_dial_forget(ddm);
	free(ddm->receive);
	free(ddm->request);
	free(ddm);
}

const char *ddm_error(const struct ddm *ddm)
{
	return ddm ? ddm->error : "";
}

/* Note why a call fails, and return @err. */
int ddm_fail(struct ddm *ddm, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(ddm->error, sizeof(ddm->error), format, args);
	va_end(args);
	return err;
}

/* What tells a socket's network namespace from others; 0 if nobody knows */
static uint64_t netns_cookie(const struct mnl_socket *socket)
{
	uint64_t cookie = 0;
	socklen_t size = sizeof(cookie);

	return getsockopt(mnl_socket_get_fd(socket), SOL_SOCKET,
			  SO_NETNS_COOKIE, &cookie, &size) ?
		       0 :
		       cookie;
}

static bool same_netns(const struct mnl_socket *a, const struct mnl_socket *b)
{
	return netns_cookie(a) && netns_cookie(a) == netns_cookie(b);
}

/*
 * A list of which a part was lost may stay unfinished in the kernel, which
 * makes no other for the same socket. So have another socket; but only where
 * nothing lives as long as the old one, and in the namespace that the handle
 * was opened in, whichever the calling thread is in by now.
 */
static void renew_socket(struct ddm *ddm)
{
	struct mnl_socket *old = ddm->socket;
	uint32_t portid = ddm->portid;
	bool watching = ddm->watching;

	if (ddm_holds(ddm) || ddm_socket_open(ddm) < 0) {
		ddm->socket = old;
		return;
	}
	ddm->watching = false;
	if (!same_netns(old, ddm->socket) ||
	    (watching && ddm_family_watch(ddm) < 0)) {
		mnl_socket_close(ddm->socket);
		ddm->socket = old;
		ddm->portid = portid;
		ddm->watching = watching;
		return;
	}
	mnl_socket_close(old);
	ddm->unfinished = false;
	/* what was told between the two it missed */
	ddm->overrun = watching;
}

/* Begin a public call. */
int ddm_enter(struct ddm *ddm)
{
	if (!ddm)
		return -EINVAL;
	if (ddm->unfinished)
		renew_socket(ddm);
	ddm->error[0] = '\0';
	return 0;
}

int ddm_pin(struct ddm *ddm)
{
	int err = ddm_enter(ddm);

	if (!err)
		err = ddm_family_watch(ddm);
	if (!err)
		ddm->pinned = true;
	return err;
}

int ddm_check_text(struct ddm *ddm, const char *what, const char *text,
		   size_t min, size_t max)
{
	size_t length;

	if (!text)
		return ddm_fail(ddm, -EINVAL, "%s is missing", what);
	length = strnlen(text, max + 1);
	if (length < min)
		return ddm_fail(ddm, -EINVAL, "%s is empty", what);
	if (length > max)
		return ddm_fail(ddm, -EINVAL, "%s is longer than %zu bytes",
				what, max);
	return 0;
}

/*
 * Take over a request that begins with its size. One of a newer caller is
 * taken too, as long as it uses nothing that this version does not know.
 */
int ddm_take_request(struct ddm *ddm, void *known, size_t known_size,
		     const void *request)
{
	const unsigned char *bytes = request;
	size_t size, i;

	if (!request)
		return ddm_fail(ddm, -EINVAL, "the request is missing");
	memcpy(&size, request, sizeof(size));
	if (size < known_size)
		return ddm_fail(ddm, -EINVAL,
				"size of the request is %zu, not %zu", size,
				known_size);
	if (size > DDM_REQUEST_SIZE)
		return ddm_fail(ddm, -EINVAL,
				"size of the request is %zu, the limit is %zu",
				size, DDM_REQUEST_SIZE);
	for (i = known_size; i < size; i++)
		if (bytes[i])
			return ddm_fail(
				ddm, -EINVAL,
				"the request uses members that this version of libddm does not know");
	memcpy(known, request, known_size);
	return 0;
}

/* Whether something in the kernel lives as long as the handle's socket. */
bool ddm_holds(const struct ddm *ddm)
{
	return ddm->dialer || ddm->listeners;
}
