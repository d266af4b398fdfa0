// SPDX-License-Identifier: GPL-2.0-only
/*
 * dialer DEVICE: carries dial requests out with pppd over PPPoE on that device,
 * with the user name and password that whoever connects has left for it. No
 * more than that: stands in for the real one where it is not to be tested.
 */
#include <ddm.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define AUTHENTICATION_FAILED 19 /* pppd's exit status */
#define ERROR_AUTHENTICATION_FAILURE 691
#define ERROR_NO_ANSWER 678

static struct ddm *ddm;
static const char *ethernet;
static pid_t pppd;
static uint32_t request;

/* "key=value" lines with \\ and \n escaped, see network-providers.md */
static void take_line(char *line, const char *key, char *value, size_t size)
{
	size_t length = strlen(key), used = 0;
	const char *c = line + length;

	if (strncmp(line, key, length))
		return;
	for (; *c && *c != '\n' && used + 1 < size; c++) {
		if (*c == '\\')
			c++;
		value[used++] = *c == 'n' && c[-1] == '\\' ? '\n' : *c;
	}
	value[used] = '\0';
}

static void take_credentials(uint32_t interface, char *user, char *password,
			     size_t size)
{
	struct stat status;
	char path[128], line[2048];
	FILE *stream;

	*user = *password = '\0';
	if (stat("/proc/self/ns/net", &status))
		return;
	snprintf(path, sizeof(path), "/run/ddm/credentials/%lu.%u",
		 (unsigned long)status.st_ino, interface);
	stream = fopen(path, "re");
	if (!stream) {
		printf("no credentials\n");
		return;
	}
	while (fgets(line, sizeof(line), stream)) {
		take_line(line, "user=", user, size);
		take_line(line, "password=", password, size);
	}
	fclose(stream);
	unlink(path);
	printf("credentials of %s\n", user);
}

static void run_pppd(const struct ddm_dial *dial)
{
	char user[512], password[512];

	take_credentials(dial->interface, user, password, sizeof(user));
	pppd = fork();
	if (pppd)
		return;
	execlp("pppd", "pppd", "plugin", "pppoe.so", ethernet, "nodetach",
	       "noauth", "nodefaultroute", "noipdefault", "noccp", "novj",
	       "noipv6", "lcp-restart", "1", "ipcp-restart", "1",
	       "ip-up-script", "/bin/true", "ip-down-script", "/bin/true",
	       "ifname", dial->device, "user", user, "password", password,
	       NULL);
	_exit(127);
}

static int act(const struct ddm_dial *dial, void *data)
{
	(void)data;
	printf("%s %s\n", dial->hangup ? "hang up" : "dial", dial->name);
	fflush(stdout);
	if (dial->hangup && pppd > 0)
		kill(pppd, SIGTERM);
	if (!dial->hangup && !pppd) {
		request = dial->request;
		run_pppd(dial);
	}
	return 0;
}

/* Its end is an answer, if one is still waited for. */
static void look_after_pppd(void)
{
	int status;

	if (!pppd || waitpid(pppd, &status, WNOHANG) != pppd)
		return;
	pppd = 0;
	printf("pppd ended with %d\n", WEXITSTATUS(status));
	ddm_dial_result(ddm, request,
			WEXITSTATUS(status) == AUTHENTICATION_FAILED ?
				ERROR_AUTHENTICATION_FAILURE :
				ERROR_NO_ANSWER,
			NULL);
}

int main(int argc, char **argv)
{
	struct pollfd kernel = { .events = POLLIN };

	if (argc != 2 || ddm_open(&ddm) || ddm_dialer_bind(ddm, 0)) {
		fprintf(stderr, "dialer: %s\n", ddm ? ddm_error(ddm) : "?");
		return 1;
	}
	ethernet = argv[1];
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("bound\n");
	kernel.fd = ddm_dialer_fd(ddm);
	for (;;) {
		if (poll(&kernel, 1, 100) < 0 && errno != EINTR)
			return 1;
		if (ddm_dialer_read(ddm, act, NULL) == -EUNATCH)
			return 0;
		look_after_pppd();
	}
}
