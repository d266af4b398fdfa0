// SPDX-License-Identifier: GPL-2.0-only
/*
 * One table names every key of a profile, and how it is read, written, copied
 * and compared.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ddm.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hours.h"
#include "ini_file.h"
#include "log.h"
#include "profile.h"
#include "settings.h"
#include "words.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
/* Names that are tried for a file */
#define NAMES_MAX 1000

enum kind {
	KIND_TEXT,
	KIND_LIST, /* may come again; its lines are kept with line feeds */
	KIND_NUMBER,
	KIND_TIME, /* milliseconds, written with a unit */
	KIND_SECONDS,
	KIND_WORD, /* one of @words, by number */
};

struct field {
	const char *section;
	const char *key;
	enum kind kind;
	size_t offset;
	const char *const *words;
	const char *(*check)(const char *value);
};

static const char *const yes_no[] = { "no", "yes", NULL };
static const char *const methods[] = { "pppd", "script", "link", "none", NULL };
static const char *const types[] = { "client",	  "home-router", "full-router",
				     "dedicated", "internal",	 "loopback",
				     "tunnel1",	  "dialout",	 NULL };

static const char *check_device(const char *value)
{
	return strlen(value) <= DDM_DEVICE_MAX && !strpbrk(value, "/: \t") ?
		       NULL :
		       "not the name of a network device";
}

static const char *check_name(const char *value)
{
	return *value && strlen(value) <= DDM_NAME_MAX ?
		       NULL :
		       "not a name of 1 to 256 characters";
}

static const char *check_words(const char *value)
{
	return words_check(value);
}

static const char *check_program(const char *value)
{
	const char *wrong = words_check(value);

	if (wrong)
		return wrong;
	return *value == '/' ? NULL : "not an absolute path of a program";
}

static const char *check_peer(const char *value)
{
	return *value && *value != '/' && !strstr(value, "..") ?
		       NULL :
		       "not the name of a file in /etc/ppp/peers";
}

#define FIELD(section, key, kind, member, words, check)                      \
	{                                                                    \
		section, key, KIND_##kind, offsetof(struct profile, member), \
			words, check                                         \
	}

static const struct field fields[] = {
	FIELD("interface", "name", TEXT, name, NULL, check_name),
	FIELD("interface", "type", WORD, type, types, NULL),
	FIELD("interface", "enabled", WORD, enabled, yes_no, NULL),
	FIELD("interface", "device", TEXT, device, NULL, check_device),
	FIELD("interface", "saved", WORD, saved, yes_no, NULL),
	FIELD("dial", "method", WORD, method, methods, NULL),
	FIELD("dial", "timeout", TIME, timeout, NULL, NULL),
	FIELD("dial", "redial", NUMBER, redial, NULL, NULL),
	FIELD("dial", "redial-pause", TIME, redial_pause, NULL, NULL),
	FIELD("dial", "redial-pause-max", TIME, redial_pause_max, NULL, NULL),
	FIELD("dial", "hours", LIST, hours, NULL, hours_check),
	FIELD("dial", "persistent", WORD, persistent, yes_no, NULL),
	FIELD("dial", "credentials", TEXT, credentials, NULL, NULL),
	FIELD("dial", "idle", SECONDS, idle, NULL, NULL),
	FIELD("pppd", "peer", TEXT, peer, NULL, check_peer),
	FIELD("pppd", "ethernet", TEXT, ethernet, NULL, check_device),
	FIELD("pppd", "service", TEXT, service, NULL, NULL),
	FIELD("pppd", "concentrator", TEXT, concentrator, NULL, NULL),
	FIELD("pppd", "tty", TEXT, tty, NULL, NULL),
	FIELD("pppd", "speed", NUMBER, speed, NULL, NULL),
	FIELD("pppd", "demand", WORD, demand, yes_no, NULL),
	FIELD("pppd", "options", LIST, options, NULL, check_words),
	FIELD("script", "connect", TEXT, connect_script, NULL, check_program),
	FIELD("script", "disconnect", TEXT, disconnect_script, NULL,
	      check_program),
};

#define PHONE_BOOK "phone-book"
/* Key of a line of it whose own key would be something else in a file */
#define ANY_LINE "line"
/* libinih cuts longer keys off. */
#define KEY_MAX 40

/* Those of struct profile that are not in a file, or have their own form */
static const size_t other_texts[] = {
	offsetof(struct profile, file),
	offsetof(struct profile, settings),
};

static char **text_of(const struct profile *profile, size_t offset)
{
	return (char **)((char *)profile + offset);
}

static uint32_t *number_of(const struct profile *profile, size_t offset)
{
	return (uint32_t *)((char *)profile + offset);
}

static bool is_text(const struct field *field)
{
	return field->kind == KIND_TEXT || field->kind == KIND_LIST;
}

/* -------------------------------------------------------------- reading -- */

static const char *set_text(char **place, const char *value)
{
	char *copy = strdup(value);

	if (!copy)
		return "out of memory";
	free(*place);
	*place = copy;
	return NULL;
}

static const char *add_line(char **place, const char *value)
{
	char *text;

	if (!*place)
		return set_text(place, value);
	if (asprintf(&text, "%s\n%s", *place, value) < 0)
		return "out of memory";
	free(*place);
	*place = text;
	return NULL;
}

static const char *set_word(uint32_t *place, const char *value,
			    const char *const *words)
{
	uint32_t i;

	for (i = 0; words[i]; i++)
		if (!strcmp(words[i], value)) {
			*place = i;
			return NULL;
		}
	return words == yes_no ? "neither yes nor no" : "not a known word";
}

static const char *set_number(uint32_t *place, const char *value)
{
	unsigned long long number;
	char *end;

	errno = 0;
	number = strtoull(value, &end, 10);
	if (!isdigit((unsigned char)*value) || *end || errno ||
	    number > INT32_MAX)
		return "not a number";
	*place = (uint32_t)number;
	return NULL;
}

static const char *set_field(struct profile *profile, const struct field *field,
			     const char *value)
{
	const char *wrong = field->check ? field->check(value) : NULL;
	uint32_t *number = number_of(profile, field->offset);
	char **text = text_of(profile, field->offset);

	if (wrong)
		return wrong;
	switch (field->kind) {
	case KIND_TEXT:
		return set_text(text, value);
	case KIND_LIST:
		return add_line(text, value);
	case KIND_NUMBER:
		return set_number(number, value);
	case KIND_TIME:
		return ini_time(number, value, 1);
	case KIND_SECONDS:
		return ini_time(number, value, 1000);
	case KIND_WORD:
		return set_word(number, value, field->words);
	}
	return NULL;
}

static const char *take_entry(struct profile *profile, const char *key,
			      const char *value)
{
	return settings_add(&profile->settings, key, value) ?
		       "the phone-book entry is too long" :
		       NULL;
}

static const char *take_any_line(struct profile *profile, const char *value)
{
	char *key = strdup(value), *equals = key ? strchr(key, '=') : NULL;
	const char *wrong = key ? "not a line of a phone-book entry" :
				  "out of memory";

	if (equals && equals > key) {
		*equals = '\0';
		wrong = take_entry(profile, key, equals + 1);
	}
	free(key);
	return wrong;
}

static const char *take(const char *section, const char *key, const char *value,
			void *data)
{
	struct profile *profile = data;
	size_t i;

	if (!strcmp(section, PHONE_BOOK))
		return strcmp(key, ANY_LINE) ? take_entry(profile, key, value) :
					       take_any_line(profile, value);
	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (!strcmp(section, fields[i].section) &&
		    !strcmp(key, fields[i].key))
			return set_field(profile, &fields[i], value);
	return "no such key in this section";
}

struct profile *profile_new(const char *name)
{
	struct profile *profile = calloc(1, sizeof(*profile));

	if (!profile)
		return NULL;
	profile->type = DDM_INTERFACE_TYPE_FULL_ROUTER;
	profile->enabled = 1;
	profile->timeout = PROFILE_TIMEOUT_MS;
	profile->redial_pause = 5000;
	profile->redial_pause_max = 300000;
	profile->name = strdup(name);
	if (profile->name)
		return profile;
	free(profile);
	return NULL;
}

static struct profile *named_by_file(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = strdup(slash ? slash + 1 : path);
	struct profile *profile;
	char *dot;

	if (!name)
		return NULL;
	dot = strrchr(name, '.');
	if (dot && dot != name)
		*dot = '\0';
	profile = profile_new(name);
	free(name);
	return profile;
}

/* What says nothing to who carries the attempts out */
static void warn_of_idle_keys(const struct profile *profile)
{
	const bool pppd = profile->method == PROFILE_PPPD;
	const struct {
		const char *key;
		bool idle;
	} keys[] = {
		{ "idle", profile->idle && !pppd },
		{ "credentials", profile->credentials && !pppd },
		{ "hours", profile->hours && profile->method == PROFILE_LINK &&
				   !profile->persistent },
		{ "redial",
		  profile->redial && (profile->method == PROFILE_LINK ||
				      (pppd && profile->demand)) },
		{ "persistent",
		  profile->persistent && profile->method == PROFILE_NONE },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].idle)
			log_warning("%s: %s has no effect with method %s%s",
				    profile->file, keys[i].key,
				    methods[profile->method],
				    pppd ? " and demand" : "");
}

struct profile *profile_read(const char *path, int *wrong)
{
	struct profile *profile = named_by_file(path);

	if (!profile || set_text(&profile->file, path)) {
		profile_free(profile);
		return NULL;
	}
	*wrong = ini_read(path, take, profile);
	if (*wrong < 0) {
		log_warning("%s: %s", path, strerror(-*wrong));
		*wrong = 1;
		profile->broken = true;
	} else if (profile->method == PROFILE_SCRIPT &&
		   !profile->connect_script) {
		log_warning("%s: method script needs connect in [script]",
			    path);
		++*wrong;
		profile->broken = true;
	} else {
		warn_of_idle_keys(profile);
	}
	return profile;
}

/* ------------------------------------------------- copying, comparing -- */

static bool copy_text(const struct profile *from, struct profile *to,
		      size_t offset)
{
	const char *text = *text_of(from, offset);

	*text_of(to, offset) = text ? strdup(text) : NULL;
	return !text || *text_of(to, offset);
}

struct profile *profile_copy(const struct profile *profile)
{
	struct profile *copy = malloc(sizeof(*copy));
	bool ok = true;
	size_t i;

	if (!copy)
		return NULL;
	*copy = *profile;
	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (is_text(&fields[i]))
			ok &= copy_text(profile, copy, fields[i].offset);
	for (i = 0; i < ARRAY_SIZE(other_texts); i++)
		ok &= copy_text(profile, copy, other_texts[i]);
	if (ok)
		return copy;
	profile_free(copy);
	return NULL;
}

static bool same_text(const struct profile *a, const struct profile *b,
		      size_t offset)
{
	const char *one = *text_of(a, offset), *other = *text_of(b, offset);

	return one && other ? !strcmp(one, other) : one == other;
}

bool profile_same(const struct profile *a, const struct profile *b)
{
	bool same = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (is_text(&fields[i]))
			same &= same_text(a, b, fields[i].offset);
		else
			same &= *number_of(a, fields[i].offset) ==
				*number_of(b, fields[i].offset);
	for (i = 0; i < ARRAY_SIZE(other_texts); i++)
		same &= same_text(a, b, other_texts[i]);
	return same;
}

void profile_free(struct profile *profile)
{
	size_t i;

	if (!profile)
		return;
	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (is_text(&fields[i]))
			free(*text_of(profile, fields[i].offset));
	for (i = 0; i < ARRAY_SIZE(other_texts); i++)
		free(*text_of(profile, other_texts[i]));
	free(profile);
}

/* --------------------------------------------------------------- saving -- */

/* As ini_write(), once for each line. */
static void write_list(FILE *file, const char *key, const char *list)
{
	char *copy = strdup(list), *line, *rest = copy;

	while (rest && (line = strsep(&rest, "\n")))
		ini_write(file, key, line);
	free(copy);
}

static void write_field(FILE *file, const struct profile *profile,
			const struct field *field)
{
	uint32_t number = *number_of(profile, field->offset);

	switch (field->kind) {
	case KIND_TEXT:
		ini_write(file, field->key, *text_of(profile, field->offset));
		break;
	case KIND_LIST:
		write_list(file, field->key, *text_of(profile, field->offset));
		break;
	case KIND_NUMBER:
		fprintf(file, "%s = %u\n", field->key, number);
		break;
	case KIND_TIME:
		fprintf(file, "%s = %ums\n", field->key, number);
		break;
	case KIND_SECONDS:
		fprintf(file, "%s = %us\n", field->key, number);
		break;
	case KIND_WORD:
		fprintf(file, "%s = %s\n", field->key, field->words[number]);
		break;
	}
}

static bool is_default(const struct profile *profile,
		       const struct profile *standard,
		       const struct field *field)
{
	if (is_text(field))
		return !*text_of(profile, field->offset);
	return *number_of(profile, field->offset) ==
	       *number_of(standard, field->offset);
}

static bool is_plain(const char *key)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	size_t length = strlen(key);

	return length && length <= KEY_MAX && strspn(key, plain) == length &&
	       strcmp(key, ANY_LINE);
}

/*
 * A program chooses the key. It must not become another section of a file that
 * we run programs by.
 */
static int write_entry(FILE *file, const char *key, const char *value)
{
	char *line;

	if (is_plain(key)) {
		ini_write(file, key, value);
		return 0;
	}
	if (asprintf(&line, "%s=%s", key, value) < 0)
		return -ENOMEM;
	ini_write(file, ANY_LINE, line);
	free(line);
	return 0;
}

static int write_phone_book(FILE *file, const char *cursor)
{
	char *key, *value;
	int err = 0;

	if (!cursor || !*cursor)
		return 0;
	fputs("\n[" PHONE_BOOK "]\n", file);
	while (!err && (err = settings_next(&cursor, &key, &value)) > 0) {
		err = write_entry(file, key, value);
		free(key);
		free(value);
	}
	return err;
}

static int write_fields(FILE *file, const struct profile *profile)
{
	struct profile *standard = profile_new("");
	const char *section = "";
	size_t i;
	int err;

	if (!standard)
		return -ENOMEM;
	fputs("# ddmd saved this interface, which a program made; it writes the file again\n"
	      "# when the interface changes, and removes it with the interface.\n",
	      file);
	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		if (is_default(profile, standard, &fields[i]))
			continue;
		if (strcmp(section, fields[i].section)) {
			section = fields[i].section;
			fprintf(file, "\n[%s]\n", section);
		}
		write_field(file, profile, &fields[i]);
	}
	profile_free(standard);
	err = write_phone_book(file, profile->settings);
	return ferror(file) ? -EIO : err;
}

/* Of names that differ, file names differ; blanks and / are not in one. */
static char *file_for(const char *folder, const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	size_t size = strlen(folder) + 3 * strlen(name) + 8;
	uint32_t hash = 5381;
	char *path = malloc(size), *to, *begin;

	if (!path)
		return NULL;
	begin = to = path + sprintf(path, "%s/", folder);
	for (; *name; name++) {
		hash = hash * 33 + (unsigned char)*name;
		if (strchr(plain, *name))
			*to++ = *name;
		else
			to += sprintf(to, "%%%02X", (unsigned char)*name);
	}
	/* NAME_MAX, with room for a number, .ini and what mkostemp() adds */
	if (to - begin > 230)
		to = begin + 220 + sprintf(begin + 220, "-%08x", hash);
	strcpy(to, ".ini");
	return path;
}

static int write_file(const struct profile *profile, int fd)
{
	FILE *file = fdopen(fd, "w");
	int err;

	if (!file) {
		close(fd);
		return -ENOMEM;
	}
	err = write_fields(file, profile);
	if (!err && (fflush(file) || fsync(fd)))
		err = -errno;
	fclose(file);
	return err;
}

/* An operator may have made a file his own since it was read. */
static bool is_ours(const char *path)
{
	struct profile *profile;
	int wrong;
	bool ours;

	profile = profile_read(path, &wrong);
	ours = profile && !profile->broken && profile->saved;
	profile_free(profile);
	return ours;
}

static int replace(const char *temporary, const char *path)
{
	if (access(path, F_OK) && errno == ENOENT)
		return link(temporary, path) ? -errno : 0;
	if (!is_ours(path))
		return -EEXIST;
	return rename(temporary, path) ? -errno : 0;
}

/* Under a name that no other file has: name.ini, name-1.ini and so on */
static int place(const char *temporary, const char *wanted, char **path)
{
	int stem = (int)(strlen(wanted) - strlen(".ini"));
	unsigned int number;

	*path = strdup(wanted);
	for (number = 1; *path; number++) {
		if (!link(temporary, *path))
			return 0;
		if (errno != EEXIST || number > NAMES_MAX)
			return -errno;
		free(*path);
		if (asprintf(path, "%.*s-%u.ini", stem, wanted, number) < 0)
			*path = NULL;
	}
	return -ENOMEM;
}

static int save_as(struct profile *profile, const char *path, char *temporary)
{
	/* its mode is 0600: it holds what is kept from others in the module */
	int fd = mkostemp(temporary, O_CLOEXEC);
	char *placed = NULL;
	int err;

	if (fd < 0)
		return -errno;
	err = write_file(profile, fd);
	if (!err && profile->file)
		err = replace(temporary, path);
	else if (!err)
		err = place(temporary, path, &placed);
	unlink(temporary);
	if (!err && placed)
		profile->file = placed;
	else
		free(placed);
	return err;
}

int profile_save(struct profile *profile, const char *folder)
{
	char *path, *temporary = NULL;
	int err = -ENOMEM;

	path = profile->file ? strdup(profile->file) :
			       file_for(folder, profile->name);
	if (path && asprintf(&temporary, "%s.XXXXXX", path) >= 0)
		err = save_as(profile, path, temporary);
	free(temporary);
	free(path);
	return err;
}

int profile_remove(const char *path)
{
	if (access(path, F_OK))
		return errno == ENOENT ? 0 : -errno;
	if (!is_ours(path))
		return -EEXIST;
	return unlink(path) ? -errno : 0;
}

/* ----------------------------------------------------- phone-book entry -- */

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/*
 * A program says it, and for pppd it is a bare word, which may be an option as
 * well as a file. Of /dev/tty..., those with a number alone are consoles.
 */
static const char *check_serial(const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-.:+/";
	const char *base = begins(name, "/dev/") ? name + 5 : name;

	if (name[strspn(name, plain)] || strstr(name, ".."))
		return "not the name of a serial device";
	if (begins(base, "tty") && isalpha((unsigned char)base[3]) &&
	    !strchr(base, '/'))
		return NULL;
	if (!strcmp(name, "/dev/modem") || begins(name, "/dev/serial/"))
		return NULL;
	return "not the name of a serial device";
}

static const char *entry_device(struct profile *profile, const char *type,
				const char *name)
{
	const char *(*check)(const char *value);
	const char *wrong;
	char **place;

	if (!type || !name || profile->peer || profile->ethernet ||
	    profile->tty)
		return NULL;
	/* RASDT_PPPoE, RASDT_Modem, RASDT_Serial of ras.h */
	if (!strcasecmp(type, "PPPoE")) {
		check = check_device;
		place = &profile->ethernet;
	} else if (!strcasecmp(type, "modem") || !strcasecmp(type, "serial")) {
		check = check_serial;
		place = &profile->tty;
	} else {
		return NULL;
	}
	wrong = check(name);
	if (!wrong)
		return set_text(place, name);
	log_warning("%s: device-name of the phone-book entry: %s",
		    profile->name, wrong);
	return NULL;
}

/* MPRIO_RequireDataEncryption in dwfOptions, and dwEncryptionType */
static uint32_t entry_encryption(const char *key, const char *value)
{
	if (!strcmp(key, "options"))
		return strtoul(value, NULL, 16) & 0x1000 ?
			       PROFILE_REQUIRES_ENCRYPTION :
			       0;
	if (strcmp(key, "encryption"))
		return 0;
	if (!strcmp(value, "1"))
		return PROFILE_REQUIRES_ENCRYPTION;
	return strcmp(value, "2") ? 0 : PROFILE_REQUIRES_STRONG;
}

static const char *entry_line(struct profile *profile, const char *key,
			      const char *value, bool own_hours)
{
	if (!strcmp(key, "hours") && !own_hours)
		return add_line(&profile->hours, value);
	if (!strcmp(key, "idle-disconnect-seconds") && !profile->idle)
		set_number(&profile->idle, value);
	profile->encryption |= entry_encryption(key, value);
	/* of PPPoE, the phone number is the name of the service */
	if (!strcmp(key, "phone") && !profile->service)
		return set_text(&profile->service, value);
	return NULL;
}

int profile_apply_settings(struct profile *profile, const char *settings)
{
	bool own_hours = profile->hours;
	char *type = NULL, *name = NULL, *key, *value;
	const char *wrong = NULL;

	while (!wrong && settings_next(&settings, &key, &value) > 0) {
		if (!strcmp(key, "device-type"))
			wrong = set_text(&type, value);
		else if (!strcmp(key, "device-name"))
			wrong = set_text(&name, value);
		else
			wrong = entry_line(profile, key, value, own_hours);
		free(key);
		free(value);
	}
	if (!wrong)
		wrong = entry_device(profile, type, name);
	free(type);
	free(name);
	return wrong ? -ENOMEM : 0;
}
