// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One datagram of a netlink socket. In place of mnl_socket_recvfrom(), which
 * cannot be told not to block and does not say who the sender was.
 */
#include <errno.h>
#include <sys/socket.h>

#include "internal.h"

/*
 * Never blocks: the kernel works on a request inside send(), so its answer, or
 * the next part of a dump, is in the socket before we ask for it. -EAGAIN
 * means that there is none.
 */
int ddm_receive(struct ddm *ddm, size_t *length)
{
	struct sockaddr_nl from = { 0 };
	struct iovec iov = { .iov_base = ddm->receive,
			     .iov_len = DDM_RECEIVE_SIZE };
	struct msghdr msg = { .msg_name = &from,
			      .msg_namelen = sizeof(from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1 };
	int fd = mnl_socket_get_fd(ddm->socket);
	ssize_t n;

	do {
		msg.msg_namelen = sizeof(from);
		n = recvmsg(fd, &msg, MSG_DONTWAIT);
		if (n < 0 && errno != EINTR)
			return -errno;
		/* Other processes may write to us; only the kernel counts. */
	} while (n < 0 || from.nl_pid != 0);

	if (msg.msg_flags & MSG_TRUNC)
		return -EMSGSIZE;
	*length = (size_t)n;
	return 0;
}
