// SPDX-License-Identifier: GPL-2.0-only
/*
 * tun DEVICE: holds a tun device, as the program behind one does, until it is
 * killed.
 */
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	int fd;

	if (argc != 2 || strlen(argv[1]) >= sizeof(request.ifr_name)) {
		fprintf(stderr, "usage: tun DEVICE\n");
		return 2;
	}
	strcpy(request.ifr_name, argv[1]);
	fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request) < 0) {
		perror(argv[1]);
		return 1;
	}
	pause();
	return 0;
}
