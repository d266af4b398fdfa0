// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The order of things around an attempt: who is asked, who may refuse, who is
 * told what, and who may have it tried again.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "call.h"
#include "host.h"
#include "log.h"
#include "notify.h"

/* Windows 95 did not limit that; nobody would want to wait for ever. */
#define RETRIES_MAX 5

/**
 * struct wnet_told - what a notifyee knows of the operation
 * @host: where its context is valid; NULL: it does not wait for the end
 * @context: not 0 while it waits for the end
 * @again: it asked for another attempt, and is not asked about that one
 */
struct wnet_told {
	struct wnet_host *host;
	uint64_t context;
	bool again;
};

DWORD wnet_notifyees_open(struct wnet_notifyees *notifyees,
			  const struct wnet_notice *notice)
{
	DWORD error = wnet_plugins_read(WNET_NOTIFYEES, &notifyees->plugins);

	notifyees->told = NULL;
	notifyees->notice = notice;
	if (error)
		return error;
	notifyees->told =
		calloc(notifyees->plugins.count + 1, sizeof(*notifyees->told));
	if (notifyees->told)
		return NO_ERROR;
	wnet_plugins_free(&notifyees->plugins);
	return ERROR_NOT_ENOUGH_MEMORY;
}

static void forget(struct wnet_told *told)
{
	wnet_host_put(told->host);
	*told = (struct wnet_told){ 0 };
}

void wnet_notifyees_close(struct wnet_notifyees *notifyees)
{
	size_t i;

	for (i = 0; i < notifyees->plugins.count; i++)
		forget(&notifyees->told[i]);
	free(notifyees->told);
	wnet_plugins_free(&notifyees->plugins);
}

static void put_text(struct wnet_message *message, enum wnet_notice_text which,
		     const wchar_t *text)
{
	if (!text)
		return;
	message->given |= 1U << which;
	wcsncpy(message->text[which], text, MAX_PATH);
}

static void fill(struct wnet_message *message, const struct wnet_notice *notice)
{
	memset(message, 0, sizeof(*message));
	message->version = WNET_MESSAGE_VERSION;
	message->kind = notice->kind;
	message->owner = (uintptr_t)notice->owner;
	message->type = notice->type;
	message->flags = notice->flags;
	message->force = (uint32_t)notice->force;
	message->depth = wnet_depth();
	put_text(message, WNET_TEXT_LOCAL, notice->local);
	put_text(message, WNET_TEXT_REMOTE, notice->remote);
}

/* A host may have ended since the last call: then a new one is started, once. */
static struct wnet_host *call_fresh(const struct wnet_plugin *notifyee,
				    const struct wnet_message *message,
				    struct wnet_answer *answer)
{
	struct wnet_host *host;
	int attempts, err;

	for (attempts = 0; attempts < 2; attempts++) {
		host = wnet_host_get(notifyee->path);
		if (!host)
			return NULL;
		err = wnet_host_call(host, notifyee, message, answer);
		if (!err)
			return host;
		wnet_host_put(host);
		if (err != -ECONNRESET)
			return NULL;
	}
	wnet_log("notifyee %s is passed over: its host does not start",
		 notifyee->name);
	return NULL;
}

/* Not reaching it is no refusal. */
static DWORD ask(struct wnet_told *told, const struct wnet_plugin *notifyee,
		 const struct wnet_message *message)
{
	struct wnet_answer answer;
	struct wnet_host *host = call_fresh(notifyee, message, &answer);

	if (!host)
		return NO_ERROR;
	if (answer.result && answer.result != WN_RETRY) {
		wnet_host_put(host);
		return answer.result;
	}
	if (answer.context) {
		told->host = host;
		told->context = answer.context;
	} else {
		wnet_host_put(host);
	}
	return NO_ERROR;
}

static DWORD ask_all(struct wnet_notifyees *notifyees)
{
	struct wnet_message message;
	DWORD refusal = NO_ERROR;
	size_t i;

	fill(&message, notifyees->notice);
	message.status = NOTIFY_PRE;
	for (i = 0; i < notifyees->plugins.count && !refusal; i++) {
		struct wnet_told *told = &notifyees->told[i];

		if (told->again)
			told->again = false;
		else
			refusal = ask(told, &notifyees->plugins.list[i],
				      &message);
	}
	return refusal;
}

static void tell(struct wnet_told *told, const struct wnet_plugin *notifyee,
		 struct wnet_message *message)
{
	struct wnet_answer answer;

	message->context = told->context;
	if (!wnet_host_call(told->host, notifyee, message, &answer) &&
	    message->result && answer.result == WN_RETRY && answer.context) {
		told->context = answer.context;
		told->again = true;
	} else {
		forget(told);
	}
}

/* True: somebody wants another attempt. */
static bool tell_all(struct wnet_notifyees *notifyees, DWORD result,
		     const wchar_t *provider)
{
	struct wnet_message message;
	bool again = false;
	size_t i;

	fill(&message, notifyees->notice);
	message.status = NOTIFY_POST;
	message.result = result;
	put_text(&message, WNET_TEXT_PROVIDER, provider);
	for (i = 0; i < notifyees->plugins.count; i++) {
		struct wnet_told *told = &notifyees->told[i];

		if (told->context)
			tell(told, &notifyees->plugins.list[i], &message);
		again |= told->again;
	}
	return again;
}

DWORD wnet_notify(struct wnet_notifyees *notifyees,
		  DWORD (*attempt)(void *data),
		  const wchar_t *(*provider)(void *data), void *data)
{
	unsigned int retries;
	DWORD result;

	for (retries = 0;; retries++) {
		result = ask_all(notifyees);
		if (!result)
			result = attempt(data);
		if (!tell_all(notifyees, result,
			      result ? NULL : provider(data)) ||
		    retries == RETRIES_MAX)
			return result;
	}
}
