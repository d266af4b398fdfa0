// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a profile means to pppd. The operator's own words come last: pppd lets
 * the last one count. Only what somebody said for one attempt comes later.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "log.h"
#include "plugin_folder.h"
#include "pppd.h"

/* Without it calls work, so only the log tells what is missing. */
static bool find_plugin(void)
{
	static bool told;
	char path[512];
	bool there;

	snprintf(path, sizeof(path), "%s/ddm.so", plugin_folder(config.pppd));
	there = !access(path, R_OK);
	if (!there && !told && !access(config.pppd, X_OK)) {
		log_warning(
			"there is no %s: without the plugin nobody knows why calls end",
			path);
		told = true;
	}
	return there;
}

bool pppd_has_plugin(void)
{
	if (!config.plugin[0] || !strcmp(config.plugin, "none"))
		return false;
	return strcmp(config.plugin, "auto") || find_plugin();
}

static void add_plugin(struct words *words)
{
	if (!pppd_has_plugin())
		return;
	words_add(words, "plugin");
	words_add(words,
		  strcmp(config.plugin, "auto") ? config.plugin : "ddm.so");
}

static void add_option(struct words *words, const char *option,
		       const char *value)
{
	if (!value)
		return;
	words_add(words, option);
	words_add(words, value);
}

/* pppd's option unit needs no renaming, but makes names of one form only. */
static void add_device(struct words *words, const char *device)
{
	const char *number = device + 3;

	if (!strncmp(device, "ppp", 3) && isdigit((unsigned char)*number) &&
	    number[strspn(number, "0123456789")] == '\0' &&
	    (*number != '0' || !number[1]))
		add_option(words, "unit", number);
	else
		add_option(words, "ifname", device);
}

static void add_line(struct words *words, const struct profile *profile)
{
	if (profile->ethernet) {
		add_option(words, "plugin", config.pppoe_plugin);
		add_option(words, "rp_pppoe_service", profile->service);
		add_option(words, "rp_pppoe_ac", profile->concentrator);
		words_add(words, "noipdefault");
	} else if (profile->tty) {
		words_add(words, profile->tty);
		if (profile->speed)
			words_add_format(words, "%u", profile->speed);
		words_add(words, "lock");
	}
}

static void add_habits(struct words *words, const struct profile *profile)
{
	/* a peer that goes away silently is noticed in half a minute */
	static const char habits[] =
		"nodetach noauth hide-password lcp-echo-interval 10 lcp-echo-failure 3";

	words_split(words, habits);
	add_option(words, "ipparam", profile->name);
	if (profile->idle) {
		words_add(words, "idle");
		words_add_format(words, "%u", profile->idle);
	}
	if (profile->demand) {
		words_add(words, "demand");
		words_add(words, "holdoff");
		words_add_format(words, "%u",
				 (profile->redial_pause + 999) / 1000);
		/* it never gives up */
		words_split(words, "maxfail 0");
	}
}

/* A call that cannot be encrypted ends, then, before anything goes over it. */
static void add_encryption(struct words *words, const struct profile *profile)
{
	if (profile->encryption & PROFILE_REQUIRES_STRONG)
		words_add(words, "require-mppe-128");
	else if (profile->encryption)
		words_add(words, "require-mppe");
}

static void add_file(struct words *words, int fd)
{
	if (fd < 0)
		return;
	words_add(words, "file");
	words_add_format(words, "/proc/self/fd/%d", fd);
}

const char *pppd_arguments(const struct profile *profile, const char *device,
			   int secret_fd, bool overrides, struct words *words)
{
	if (!profile->peer && !profile->ethernet && !profile->tty &&
	    !profile->options)
		return "it says neither peer, ethernet, tty nor options";
	words_add(words, config.pppd);
	add_habits(words, profile);
	add_option(words, "call", profile->peer);
	add_line(words, profile);
	add_device(words, device);
	add_plugin(words);
	if (!overrides)
		add_file(words, secret_fd);
	if (profile->options)
		words_split(words, profile->options);
	add_encryption(words, profile);
	if (overrides)
		add_file(words, secret_fd);
	/* the plugin looks at its options when it reads this one */
	if (profile->ethernet)
		words_add_format(words, "nic-%s", profile->ethernet);
	return words->failed ? "out of memory" : NULL;
}
