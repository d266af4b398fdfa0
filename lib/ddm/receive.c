// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One datagram of a netlink socket. In place of mnl_socket_recvfrom(), which
 * cannot be told not to block and does not say who the sender was.
 */
#include <errno.h>
#include <sys/socket.h>

#include "internal.h"

/*
 * Connect a socket to the kernel: others, who could write to it otherwise, are
 * refused. Sets errno.
 */
int ddm_receive_begin(struct ddm *ddm)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	return connect(mnl_socket_get_fd(ddm->socket), (void *)&kernel,
		       sizeof(kernel));
}

/*
 * Never blocks: the kernel works on a request inside send(), so its answer, or
 * the next part of a dump, is in the socket before we ask for it. -EAGAIN
 * means that there is none.
 */
int ddm_receive(struct ddm *ddm, size_t *length)
{
	int fd = mnl_socket_get_fd(ddm->socket);
	struct sockaddr_nl from = { .nl_pid = 0 };
	socklen_t from_size;
	ssize_t n;

	do {
		from_size = sizeof(from);
		/*
		 * MSG_TRUNC: tell the whole length, even of what had no room.
		 * Whoever may act here can still write to a group that the
		 * socket is a member of: only the kernel counts.
		 */
		n = recvfrom(fd, ddm->receive, DDM_RECEIVE_SIZE,
			     MSG_DONTWAIT | MSG_TRUNC,
			     ddm->watching ? (void *)&from : NULL,
			     ddm->watching ? &from_size : NULL);
		if (n < 0 && errno != EINTR)
			return -errno;
	} while (n < 0 || from.nl_pid != 0);

	if ((size_t)n > DDM_RECEIVE_SIZE)
		return -EMSGSIZE;
	*length = (size_t)n;
	return 0;
}
