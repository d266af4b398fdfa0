/* SPDX-License-Identifier: GPL-2.0-only */
/* The socket where pppd's plugins find us. */
#ifndef DDMD_PLUGIN_H
#define DDMD_PLUGIN_H

#include <stdbool.h>
#include <sys/types.h>

#include "plugin-protocol.h"

struct plugin;

/* Return: 0 or a negative errno */
int plugin_listen(void);
void plugin_close_all(void);
/* Those that take calls learn what they are to ask for by a new connection. */
void plugin_greet_again(void);
/* Its call is gone: what it still says is not listened to. */
void plugin_detach(struct plugin *plugin);
/* Hear all that it has said until now; its call may be over afterwards. */
void plugin_drain(struct plugin *plugin);
/* The plugin of @pid that nothing was heard of yet, or NULL */
struct plugin *plugin_unheard(pid_t pid);
/* Send an answer that was not ready at once. Return: whether it could be */
bool plugin_answer(struct plugin *plugin, struct ddm_plugin_answer *answer);

#endif
