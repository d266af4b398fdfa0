// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operators write profiles, programs make interfaces: what one side knows the
 * other one gets. An operator's file is never written.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call.h"
#include "catalog.h"
#include "config.h"
#include "folder.h"
#include "kernel.h"
#include "line.h"
#include "log.h"
#include "profile.h"
#include "script.h"

static const char *text(const char *text_or_null)
{
	return text_or_null ? text_or_null : "";
}

/* ------------------------------------------------- profiles to interfaces -- */

static uint32_t method_of(const struct profile *profile)
{
	/* what a program made without naming a method is dialled by kind */
	if (profile->saved)
		return DDM_METHOD_AUTO;
	switch (profile->method) {
	case PROFILE_LINK:
		return DDM_METHOD_LINK;
	case PROFILE_NONE:
		return DDM_METHOD_NONE;
	}
	return DDM_METHOD_AGENT;
}

static void fill(const struct profile *profile,
		 struct ddm_interface_request *request)
{
	*request = (struct ddm_interface_request){
		.size = sizeof(*request),
		.set = DDM_INTERFACE_NAME_SET | DDM_INTERFACE_TYPE_SET |
		       DDM_INTERFACE_METHOD_SET | DDM_INTERFACE_ENABLED_SET,
		.name = profile->name,
		.type = profile->type,
		.device = profile->device,
		.method = method_of(profile),
		.enabled = (int)profile->enabled,
		.settings = profile->settings,
	};
	if (profile->device)
		request->set |= DDM_INTERFACE_DEVICE_SET;
	if (profile->settings)
		request->set |= DDM_INTERFACE_SETTINGS_SET;
}

/* What of it is not so yet; binding is refused while it is connected. */
static void change(struct line *line, const struct ddm_interface *now)
{
	const struct profile *wanted = line->wanted;
	struct ddm_interface_request request;
	uint32_t set = 0;
	int err;

	fill(wanted, &request);
	if (now->type != wanted->type)
		set |= DDM_INTERFACE_TYPE_SET;
	if (now->enabled != (int)wanted->enabled)
		set |= DDM_INTERFACE_ENABLED_SET;
	if (wanted->device && strcmp(text(now->device), wanted->device))
		set |= DDM_INTERFACE_DEVICE_SET;
	if (wanted->settings && strcmp(text(now->settings), wanted->settings))
		set |= DDM_INTERFACE_SETTINGS_SET;
	if (request.method != DDM_METHOD_AUTO && now->method != request.method)
		set |= DDM_INTERFACE_METHOD_SET;
	line->stale = false;
	if (!set)
		return;
	request.set = set;
	err = ddm_interface_set(kernel(), line->id, &request);
	if (err == -EBUSY) {
		line->stale = true;
		request.set &= ~(uint32_t)(DDM_INTERFACE_DEVICE_SET |
					   DDM_INTERFACE_METHOD_SET);
		err = request.set ?
			      ddm_interface_set(kernel(), line->id, &request) :
			      0;
	}
	if (err)
		log_warning("%s: %s", line->name, ddm_error(kernel()));
}

static void ensure(struct line *line)
{
	const struct ddm_interface *interface;
	struct ddm_interface_request request;
	int err;

	fill(line->wanted, &request);
	err = ddm_interface_new(kernel(), &request, &interface);
	if (!err) {
		line->id = interface->id;
		return;
	}
	if (err == -EEXIST)
		err = ddm_interface_find(kernel(), line->name, &interface);
	if (err) {
		log_error("%s: cannot make the interface: %s", line->name,
			  ddm_error(kernel()));
		return;
	}
	line->id = interface->id;
	change(line, interface);
}

/* ------------------------------------------------- interfaces to profiles -- */

/* A name that ddmd made up for one connection is not the operator's wish. */
static bool own_device(const struct ddm_interface *interface)
{
	char borrowed[32];

	snprintf(borrowed, sizeof(borrowed), "ddm%u", interface->id);
	return *text(interface->device) &&
	       strcmp(interface->device, interface->name) &&
	       strcmp(interface->device, borrowed);
}

static struct profile *profile_of(const struct ddm_interface *interface,
				  const struct profile *before)
{
	struct profile *profile;

	profile = before ? profile_copy(before) : profile_new(interface->name);
	if (!profile)
		return NULL;
	free(profile->name);
	free(profile->device);
	free(profile->settings);
	profile->saved = 1;
	profile->type = interface->type;
	profile->enabled = (uint32_t)interface->enabled;
	profile->name = strdup(interface->name);
	profile->device = own_device(interface) ? strdup(interface->device) :
						  NULL;
	profile->settings =
		*text(interface->settings) ? strdup(interface->settings) : NULL;
	if (profile->name)
		return profile;
	profile_free(profile);
	return NULL;
}

static const char *why_not(int err)
{
	return err == -EEXIST ? "the file is not ddmd's any more" :
				strerror(-err);
}

static void save(struct line *line, const struct ddm_interface *interface)
{
	struct profile *profile = profile_of(interface, line->wanted);
	int err = profile ? 0 : -ENOMEM;

	if (profile && line->wanted && profile_same(profile, line->wanted)) {
		profile_free(profile);
		return;
	}
	if (!err)
		err = folder_make(config.profiles, 0755);
	if (!err)
		err = profile_save(profile, config.profiles);
	if (err) {
		log_warning("%s: cannot be saved in %s: %s", line->name,
			    config.profiles, why_not(err));
		profile_free(profile);
		return;
	}
	profile_free(line->wanted);
	line->wanted = profile;
	log_debug("%s: saved as %s", line->name, profile->file);
}

static void unsave(struct line *line)
{
	int err;

	if (!line->wanted || !line->wanted->saved)
		return;
	err = profile_remove(line->wanted->file);
	if (err)
		log_warning("%s: not removed: %s", line->wanted->file,
			    why_not(err));
	profile_free(line->wanted);
	line->wanted = NULL;
}

/* The interface has another name now. */
static void rename_line(struct line *line, const char *name)
{
	char *copy = strdup(name);

	if (!copy)
		return;
	if (line->wanted && !line->wanted->saved)
		log_warning("%s is called %s now; its profile says otherwise",
			    line->name, name);
	unsave(line);
	free(line->name);
	line->name = copy;
	if (line->call)
		call_save(line->call);
	if (line->script && !line->script_ends)
		script_save(line, line->state != LINE_DIALING);
}

/* Its file is gone: the interface was there because of it. */
static void drop(struct line *line)
{
	int err = ddm_interface_del(kernel(), line->id);

	if (!err)
		log_info("%s: deleted, its profile is gone", line->name);
	else if (err == -EBUSY)
		log_info("%s: its profile is gone, deleted when it is over",
			 line->name);
	else
		log_warning("%s: its profile is gone, the interface is not: %s",
			    line->name, ddm_error(kernel()));
}

static void take_interface(const struct ddm_interface *interface)
{
	struct line *line = line_by_id(interface->id);

	if (interface->dynamic)
		return;
	if (line && strcmp(line->name, interface->name))
		rename_line(line, interface->name);
	line = line_get(interface->name);
	if (!line)
		return;
	/* one that was made since is not the one that was to go */
	if (line->id != interface->id)
		line->dropped = false;
	line->id = interface->id;
	line->seen = true;
	if (line->dropped) {
		if (interface->state != DDM_STATE_CONNECTED &&
		    interface->state != DDM_STATE_CONNECTING)
			drop(line);
	} else if (!line->wanted || line->wanted->saved) {
		if (config.save && !line->unsaved)
			save(line, interface);
	} else if (interface->enabled != (int)line->wanted->enabled) {
		log_info("%s: %s by a program; its profile says otherwise",
			 line->name,
			 interface->enabled ? "enabled" : "disabled");
	}
}

void catalog_changed(uint32_t id)
{
	const struct ddm_interface *interface;
	struct line *line;

	if (!kernel() || ddm_interface_get(kernel(), id, &interface))
		return;
	take_interface(interface);
	line = line_by_id(id);
	if (line && line->stale && line->wanted &&
	    interface->state != DDM_STATE_CONNECTED)
		ensure(line);
}

void catalog_ended(const struct line *line)
{
	if (line->stale || line->dropped)
		catalog_changed(line->id);
}

/* Lines of interfaces that are gone, once nothing runs in them any more */
static void sweep(void)
{
	struct line *line, *next;

	for (line = line_first(); line; line = next) {
		next = line->next;
		if (!line->id && !line->wanted && line->state == LINE_IDLE &&
		    !line->call && !line->script)
			line_remove(line);
	}
}

void catalog_removed(uint32_t id)
{
	struct line *line = line_by_id(id);

	if (!line)
		return;
	line_deleted(line);
	if (line->wanted && !line->wanted->saved)
		log_warning(
			"%s: deleted by a program; its profile makes it again when ddmd starts or reloads",
			line->name);
	unsave(line);
	sweep();
}

/* ------------------------------------------------------------ both ways -- */

struct seen {
	struct ddm_interface *list;
	size_t count;
};

static int note_id(const struct ddm_interface *interface, void *data)
{
	struct seen *seen = data;
	struct ddm_interface *list;

	if (interface->dynamic)
		return 0;
	list = realloc(seen->list, (seen->count + 1) * sizeof(*list));
	if (!list)
		return -ENOMEM;
	list[seen->count++].id = interface->id;
	seen->list = list;
	return 0;
}

/* A callback of a list may not ask for more: ids first, then each. */
static void take_interfaces(void)
{
	const struct ddm_interface *interface;
	struct seen seen = { 0 };
	size_t i;

	if (ddm_interface_list(kernel(), 0, note_id, &seen, NULL))
		log_warning("cannot read the interfaces: %s",
			    ddm_error(kernel()));
	for (i = 0; i < seen.count; i++)
		if (!ddm_interface_get(kernel(), seen.list[i].id, &interface))
			take_interface(interface);
	free(seen.list);
}

/* Of another module, every number is void, and tells nothing. */
static bool same_module(void)
{
	const struct ddm_service *service;

	return !ddm_service_get(kernel(), &service) &&
	       service->epoch == kernel_epoch();
}

/* Whether it was deleted, and that was not heard of */
static bool is_gone(const struct line *line)
{
	const struct ddm_interface *interface;

	return line->id && !line->seen &&
	       ddm_interface_get(kernel(), line->id, &interface) == -ESTALE &&
	       same_module();
}

/* The module knows no profiles: its limit is that of the most patient one. */
static void set_time_limit(void)
{
	uint32_t longest = PROFILE_TIMEOUT_MS;
	const struct line *line;

	for (line = line_first(); line; line = line->next)
		if (line->wanted && line->wanted->timeout > longest)
			longest = line->wanted->timeout;
	if (longest > DDM_TIMEOUT_MAX - LINE_MARGIN_MS)
		longest = DDM_TIMEOUT_MAX - LINE_MARGIN_MS;
	kernel_time_limit(longest + LINE_MARGIN_MS);
}

void catalog_sync(void)
{
	struct line *line;

	set_time_limit();
	if (!kernel())
		return;
	for (line = line_first(); line; line = line->next) {
		line->seen = false;
		if (line->wanted)
			ensure(line);
	}
	take_interfaces();
	for (line = line_first(); line; line = line->next)
		if (is_gone(line))
			line_deleted(line);
	sweep();
}

static struct line *line_of_file(const char *path)
{
	struct line *line;

	for (line = line_first(); line; line = line->next)
		if (line->wanted && !strcmp(line->wanted->file, path))
			return line;
	return NULL;
}

/* Somebody is at work in it: what was read of it before stays as it is. */
static void keep(const struct profile *profile)
{
	struct line *line = line_of_file(profile->file);

	log_warning("%s: not used%s", profile->file,
		    line ? ", what it said before counts" : "");
	if (line)
		line->seen = true;
	else
		line = line_get(profile->name);
	if (!line)
		return;
	line->unsaved = true;
	line->dropped = false;
}

/* Return: how much is wrong; @profile is used up */
static int take_profile(struct profile *profile)
{
	struct line *line = line_get(profile->name);

	if (!line || line->seen) {
		log_warning("%s: another profile has the name %s",
			    profile->file, profile->name);
		profile_free(profile);
		return 1;
	}
	line->seen = true;
	line->dropped = false;
	line->unsaved = false;
	if (line->wanted && profile_same(line->wanted, profile)) {
		profile_free(profile);
		return 0;
	}
	profile_free(line->wanted);
	line->wanted = profile;
	line_profile_changed(line);
	return 0;
}

static int is_profile(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot && !strcmp(dot, ".ini");
}

/* Return: how much is wrong */
static int read_files(struct dirent **entries, int count,
		      struct profile **profiles)
{
	char path[4096];
	int i, wrong, all = 0;

	for (i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", config.profiles,
			 entries[i]->d_name);
		wrong = 1;
		profiles[i] = profile_read(path, &wrong);
		all += wrong;
	}
	return all;
}

/* An operator's counts before one that ddmd saved, whatever it is called. */
static int take_profiles(struct profile **profiles, int count)
{
	struct line *line;
	int i, wrong = 0;

	for (line = line_first(); line; line = line->next) {
		line->seen = false;
		line->unsaved = false;
	}
	for (i = 0; i < count; i++) {
		if (!profiles[i] || !profiles[i]->broken)
			continue;
		keep(profiles[i]);
		profile_free(profiles[i]);
		profiles[i] = NULL;
	}
	for (i = 0; i < count; i++)
		if (profiles[i] && !profiles[i]->saved) {
			wrong += take_profile(profiles[i]);
			profiles[i] = NULL;
		}
	for (i = 0; i < count; i++)
		if (profiles[i])
			wrong += take_profile(profiles[i]);
	return wrong;
}

int catalog_check(void)
{
	struct profile **profiles;
	struct dirent **entries = NULL;
	int count, i, wrong = -ENOMEM;

	count = scandir(config.profiles, &entries, is_profile, alphasort);
	if (count < 0 && errno == ENOENT)
		count = 0;
	if (count < 0) {
		log_error("%s: %s", config.profiles, strerror(errno));
		return -errno;
	}
	profiles = calloc((size_t)count + 1, sizeof(*profiles));
	if (profiles) {
		wrong = read_files(entries, count, profiles);
		wrong += take_profiles(profiles, count);
	}
	for (i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
	free(profiles);
	return wrong;
}

static bool folder_went(void)
{
	const struct line *line;

	for (line = line_first(); line && !line->wanted;)
		line = line->next;
	if (!line || !access(config.profiles, F_OK) || errno != ENOENT)
		return false;
	log_warning("%s is not there: what was read of it before still counts",
		    config.profiles);
	return true;
}

void catalog_read(void)
{
	struct line *line;

	/* a folder that cannot be read, or went, is no reason to drop anything */
	if (folder_went() || catalog_check() < 0)
		return;
	for (line = line_first(); line; line = line->next) {
		if (!line->wanted || line->seen)
			continue;
		profile_free(line->wanted);
		line->wanted = NULL;
		line->dropped = true;
		if (line->id && kernel())
			drop(line);
	}
}
