// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * ddm-notify-host: the process of one notifyee. It calls what the router asks
 * for, each call in a thread, and ends when the router does.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <npapi.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "call.h"
#include "message.h"

/**
 * struct call - a call under way
 * @message: what was asked
 * @socket: where the answer goes
 */
struct call {
	struct wnet_message message;
	int socket;
};

/* Written before there are threads that read it. */
static PF_AddConnectNotify add_notify;
static PF_CancelConnectNotify cancel_notify;
static char problem[sizeof(((struct wnet_answer *)NULL)->problem)];

/* A hung notifyee must not outlive the program that asked it. */
static void *watch_router(void *unused)
{
	struct pollfd router = { .fd = WNET_HOST_FD };

	(void)unused;
	while (poll(&router, 1, -1) <= 0)
		continue;
	_exit(0);
}

static bool start_thread(void *(*run)(void *data), void *data)
{
	pthread_attr_t attributes;
	pthread_t thread;
	bool started;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	started = !pthread_create(&thread, &attributes, run, data);
	pthread_attr_destroy(&attributes);
	return started;
}

/*
 * The notifyee's output must not get into the program's, nor the terminal's
 * signals to the notifyee: it has to hear the end of what it heard begin.
 */
static void leave_terminal(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	if (fcntl(STDERR_FILENO, F_GETFD) < 0 && null >= 0)
		dup2(null, STDERR_FILENO);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	fcntl(WNET_HOST_FD, F_SETFD, FD_CLOEXEC);
}

static void *find(void *object, const char *name)
{
	void *address = dlsym(object, name);

	if (!address)
		snprintf(problem, sizeof(problem), "it does not export %s",
			 name);
	return address;
}

static void load(const char *path)
{
	void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	if (!object) {
		snprintf(problem, sizeof(problem), "%s", dlerror());
		return;
	}
	*(void **)&cancel_notify = find(object, "CancelConnectNotify");
	*(void **)&add_notify = find(object, "AddConnectNotify");
}

static wchar_t *text(struct wnet_message *message, enum wnet_notice_text which)
{
	message->text[which][MAX_PATH] = L'\0';
	return message->given & 1U << which ? message->text[which] : NULL;
}

static DWORD call_add(struct wnet_message *message, NOTIFYINFO *info)
{
	NOTIFYADD add = {
		.hwndOwner = (HWND)(uintptr_t)message->owner,
		.NetResource = { .dwType = message->type,
				 .lpLocalName = text(message, WNET_TEXT_LOCAL),
				 .lpRemoteName =
					 text(message, WNET_TEXT_REMOTE) },
		.dwAddFlags = message->flags,
	};

	return add_notify(info, &add);
}

static DWORD call_cancel(struct wnet_message *message, NOTIFYINFO *info)
{
	NOTIFYCANCEL cancel = {
		.lpName = text(message, WNET_TEXT_REMOTE),
		.lpProvider = text(message, WNET_TEXT_PROVIDER),
		.dwFlags = message->flags,
		.fForce = (BOOL)message->force,
	};

	return cancel_notify(info, &cancel);
}

static void call_notifyee(struct wnet_message *message,
			  struct wnet_answer *answer)
{
	NOTIFYINFO info = {
		.dwNotifyStatus = message->status,
		.dwOperationStatus = message->result,
		.lpContext = (void *)(uintptr_t)message->context,
	};

	mpr_set_depth(message->depth);
	answer->result = message->kind == WNET_NOTICE_ADD ?
				 call_add(message, &info) :
				 call_cancel(message, &info);
	answer->context = (uintptr_t)info.lpContext;
}

static void *serve(void *data)
{
	struct call *call = data;
	struct wnet_answer answer = { .version = WNET_MESSAGE_VERSION };

	if (add_notify && cancel_notify) {
		answer.loaded = 1;
		call_notifyee(&call->message, &answer);
	} else {
		memcpy(answer.problem, problem, sizeof(problem));
	}
	send(call->socket, &answer, sizeof(answer), MSG_NOSIGNAL);
	close(call->socket);
	free(call);
	return NULL;
}

/* The descriptor of a packet, -1 if it brought none. */
static int taken_socket(struct msghdr *packet)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(packet);
	int socket = -1;

	if (header && header->cmsg_level == SOL_SOCKET &&
	    header->cmsg_type == SCM_RIGHTS &&
	    header->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&socket, CMSG_DATA(header), sizeof(socket));
	return socket;
}

/* False: the router is gone. A call that is dropped is seen at its socket. */
static bool take_call(void)
{
	struct call *call = calloc(1, sizeof(*call));
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr header;
	} rights;
	struct iovec data;
	struct msghdr packet = { .msg_iov = &data,
				 .msg_iovlen = 1,
				 .msg_control = rights.bytes,
				 .msg_controllen = sizeof(rights.bytes) };
	ssize_t size;

	if (!call)
		return false;
	data = (struct iovec){ &call->message, sizeof(call->message) };
	do
		size = recvmsg(WNET_HOST_FD, &packet, MSG_CMSG_CLOEXEC);
	while (size < 0 && errno == EINTR);
	call->socket = size > 0 ? taken_socket(&packet) : -1;
	if (size == sizeof(call->message) && call->socket >= 0 &&
	    call->message.version == WNET_MESSAGE_VERSION &&
	    start_thread(serve, call))
		return true;
	if (call->socket >= 0)
		close(call->socket);
	free(call);
	return size > 0;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr,
			"ddm-notify-host is started by libmpr, which runs a notifyee in it.\n");
		return 2;
	}
	leave_terminal();
	if (!start_thread(watch_router, NULL))
		return 1;
	load(argv[1]);
	while (take_call())
		continue;
	return 0;
}
