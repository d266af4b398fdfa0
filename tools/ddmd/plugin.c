// SPDX-License-Identifier: GPL-2.0-only
/* One connection a pppd. What it says is checked here, and used in call.c. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "call.h"
#include "config.h"
#include "folder.h"
#include "log.h"
#include "loop.h"
#include "plugin.h"

/* How long a listener without descriptors is left alone */
#define PAUSE_MS 1000

struct plugin {
	struct plugin *next;
	int fd;
	pid_t pid; /* who connected */
	struct loop_watch *watch;
	struct call *call;
	bool anew; /* it is to connect again: nothing more comes this way */
};

static int listener = -1;
static struct stat own; /* its path */
static struct stat home; /* its namespace */
static struct loop_watch *listener_watch;
static struct loop_timer *listener_pause;
static struct plugin *plugins;

static void disconnect(struct plugin *plugin)
{
	struct plugin **at = &plugins;
	struct call *call = plugin->call;

	while (*at != plugin)
		at = &(*at)->next;
	*at = plugin->next;
	loop_watch_remove(&plugin->watch);
	close(plugin->fd);
	if (call && call->plugin == plugin) {
		call->plugin = NULL;
		call_unheard(call);
	}
	free(plugin);
}

static void read_plugin(void *data);

/* Whether it waits for a verdict, which has to come by this connection. */
static bool is_asking(const struct plugin *plugin)
{
	return plugin->call && plugin->call->asked.type;
}

/* Its end was seen, and left for later: see it once more. */
static void end_soon(struct plugin *plugin)
{
	if (plugin->anew && !plugin->watch && !is_asking(plugin))
		plugin->watch = loop_watch_add(plugin->fd, read_plugin, plugin);
}

void plugin_detach(struct plugin *plugin)
{
	plugin->call = NULL;
	end_soon(plugin);
}

bool plugin_answer(struct plugin *plugin, struct ddm_plugin_answer *answer)
{
	bool sent;

	answer->version = DDM_PLUGIN_VERSION;
	/* it never waits: one that does not read gets nothing more */
	sent = send(plugin->fd, answer, sizeof(*answer),
		    MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
	if (!sent)
		log_debug("pppd %d: no answer possible: %s", (int)plugin->pid,
			  strerror(errno));
	explicit_bzero(answer, sizeof(*answer));
	end_soon(plugin);
	return sent;
}

#define END(text) ((text)[sizeof(text) - 1] = '\0')

/* Nothing that comes from outside is used before it is known to be sound. */
static void sanitize(struct ddm_plugin_link *link)
{
	END(link->device);
	END(link->port);
	END(link->media);
	END(link->number);
	END(link->bundle);
	END(link->user);
	END(link->peer);
}

static void attach(struct plugin *plugin,
		   const struct ddm_plugin_message *message)
{
	struct call *call = call_by_pid(plugin->pid);

	if (!call && message->link.pid > 0)
		call = call_by_pid(message->link.pid);
	if (!call)
		call = call_take(message->link.pid > 0 ? message->link.pid :
							 plugin->pid);
	plugin->call = call;
	if (!call)
		return;
	/* one that connected again, or a child of it: the last that spoke counts */
	if (call->plugin)
		plugin_detach(call->plugin);
	call->plugin = plugin;
}

static void take_message(struct plugin *plugin,
			 struct ddm_plugin_message *message)
{
	struct ddm_plugin_answer answer = {
		.type = message->type,
		.serial = message->serial,
		.value = 1,
	};

	sanitize(&message->link);
	if (!plugin->call)
		attach(plugin, message);
	/* without a call the process is gone: nobody waits for an answer */
	if (plugin->call && call_hear(plugin->call, message, &answer) &&
	    message->serial && !plugin_answer(plugin, &answer) &&
	    message->type == DDM_PLUGIN_SECRET)
		plugin->call->secret_late = true;
	explicit_bzero(&answer, sizeof(answer));
}

/* Return: whether there may be more; otherwise @plugin may be gone, too */
static bool read_one(struct plugin *plugin)
{
	struct ddm_plugin_message message;
	ssize_t length;

	length = recv(plugin->fd, &message, sizeof(message),
		      MSG_DONTWAIT | MSG_TRUNC);
	if (length < 0 && errno == EINTR)
		return true;
	if (length < 0 && errno == EAGAIN)
		return false;
	if (length == 0 && plugin->anew && is_asking(plugin)) {
		loop_watch_remove(&plugin->watch);
		return false;
	}
	if (length <= 0) {
		disconnect(plugin);
		return false;
	}
	if (length != sizeof(message) ||
	    message.version != DDM_PLUGIN_VERSION) {
		log_warning("pppd %d has a plugin of another version",
			    (int)plugin->pid);
		disconnect(plugin);
		return false;
	}
	take_message(plugin, &message);
	return true;
}

/* One at a time, so that all get their turn. */
static void read_plugin(void *data)
{
	read_one(data);
}

void plugin_drain(struct plugin *plugin)
{
	while (read_one(plugin))
		;
}

static int namespace_of(int socket, struct stat *stat)
{
	int fd = ioctl(socket, SIOCGSKNS), err;

	if (fd < 0)
		return -errno;
	err = fstat(fd, stat) ? -errno : 0;
	close(fd);
	return err;
}

/*
 * A connection belongs to the namespace of the socket that connected. Looking
 * into /proc needs more privilege over a pppd that is not confined as we are.
 */
static bool same_namespace(int fd)
{
	struct stat theirs;

	return !namespace_of(fd, &theirs) && theirs.st_dev == home.st_dev &&
	       theirs.st_ino == home.st_ino;
}

static const char *refuse(int fd, const struct ucred *cred)
{
	if (cred->uid != 0 && cred->uid != geteuid())
		return "not root";
	if (!same_namespace(fd))
		return "in another network namespace";
	return NULL;
}

static void accept_plugin(void *data);

static void listen_again(void *data)
{
	(void)data;
	listener_watch = loop_watch_add(listener, accept_plugin, NULL);
	if (!listener_watch)
		loop_timer_set(&listener_pause, PAUSE_MS, listen_again, NULL);
}

/*
 * Who waits in the socket's queue makes it readable all the time. Without a
 * descriptor nothing comes of that but work.
 */
static void pause_listening(int error)
{
	static bool told;

	if ((error != EMFILE && error != ENFILE) || !listener_watch)
		return;
	if (!told)
		log_error("no pppd can report links until another ends: %s",
			  strerror(error));
	told = true;
	loop_watch_remove(&listener_watch);
	loop_timer_set(&listener_pause, PAUSE_MS, listen_again, NULL);
}

/*
 * One more is needed to see who it is: who waits is better off than who is
 * turned away. Return: the connection or a negative errno
 */
static int accept_with_spare(void)
{
	int spare = fcntl(listener, F_DUPFD_CLOEXEC, 0), fd;

	if (spare < 0)
		return -errno;
	fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0)
		fd = -errno;
	close(spare);
	return fd;
}

/* Return: whether there may be more */
static bool accept_one(void)
{
	struct ucred cred = { 0 };
	socklen_t size = sizeof(cred);
	struct plugin *plugin;
	const char *why;
	int fd;

	fd = accept_with_spare();
	if (fd < 0) {
		pause_listening(-fd);
		return false;
	}
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &size))
		why = "nobody";
	else
		why = refuse(fd, &cred);
	plugin = why ? NULL : calloc(1, sizeof(*plugin));
	if (plugin)
		plugin->watch = loop_watch_add(fd, read_plugin, plugin);
	if (!plugin || !plugin->watch) {
		log_warning("process %d may not report links: %s",
			    (int)cred.pid, why ? why : "out of memory");
		free(plugin);
		close(fd);
		return true;
	}
	plugin->fd = fd;
	plugin->pid = cred.pid;
	plugin->next = plugins;
	plugins = plugin;
	return true;
}

static void accept_plugin(void *data)
{
	(void)data;
	accept_one();
}

struct plugin *plugin_unheard(pid_t pid)
{
	struct plugin *plugin;

	while (accept_one())
		;
	for (plugin = plugins; plugin; plugin = plugin->next)
		if (plugin->pid == pid && !plugin->call)
			return plugin;
	return NULL;
}

/* What a ddmd that was killed has left there answers nobody. */
static bool is_taken(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
			0);
	bool taken;

	if (fd < 0)
		return false;
	taken = !connect(fd, (const struct sockaddr *)address,
			 sizeof(*address)) ||
		(errno != ECONNREFUSED && errno != ENOENT);
	close(fd);
	return taken;
}

static int bind_listener(const struct sockaddr_un *address)
{
	mode_t mask;
	int err;

	if (is_taken(address))
		return -EADDRINUSE;
	unlink(address->sun_path);
	mask = umask(0177);
	err = bind(listener, (const struct sockaddr *)address,
		   sizeof(*address));
	umask(mask);
	if (err || listen(listener, 128) || stat(address->sun_path, &own))
		return -errno;
	return 0;
}

/* Another one's may be in its place by now. */
static void unlink_own(void)
{
	struct stat now;

	if (!stat(config.socket, &now) && now.st_dev == own.st_dev &&
	    now.st_ino == own.st_ino)
		unlink(config.socket);
}

int plugin_listen(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int err;

	if (strlen(config.socket) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, config.socket);
	listener = socket(AF_UNIX,
			  SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (listener < 0)
		return -errno;
	folder_make_for(config.socket, 0755);
	err = bind_listener(&address);
	if (err)
		return err;
	/* who may not ask has no other either: nothing is the same then */
	namespace_of(listener, &home);
	listener_watch = loop_watch_add(listener, accept_plugin, NULL);
	return listener_watch ? 0 : -ENOMEM;
}

/*
 * What they have said by now is heard and answered; what they say from now on
 * fails, so they connect again and say it then.
 */
void plugin_greet_again(void)
{
	struct plugin *plugin;

	for (plugin = plugins; plugin; plugin = plugin->next) {
		if (!plugin->call ||
		    !(plugin->call->link.is & DDM_PLUGIN_IS_INCOMING))
			continue;
		plugin->anew = true;
		shutdown(plugin->fd, SHUT_RD);
	}
}

void plugin_close_all(void)
{
	while (plugins)
		disconnect(plugins);
	loop_watch_remove(&listener_watch);
	loop_timer_remove(&listener_pause);
	if (listener >= 0) {
		close(listener);
		unlink_own();
	}
	listener = -1;
}
