// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The phone-book entry of an interface: one table names every member of
 * MPR_INTERFACE_1, _2 and _3 that is kept, and how it is written.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ddm.h>
#include <mprapi.h>

#include "settings.h"
#include "text.h"

/* More than a text of DDM_SETTINGS_MAX bytes can hold of each. */
#define MAX_LIST DDM_SETTINGS_MAX
#define MAX_BLOB (DDM_SETTINGS_MAX / 2)
#define MAX_ADDRESSES (DDM_SETTINGS_MAX / 2)

struct field;

/* Where decoded lists and data go, behind the caller's structure. */
struct arena {
	unsigned char *next;
};

typedef DWORD put_fn(const struct field *field, const unsigned char *info,
		     struct mpr_string *out);
typedef void take_fn(const struct field *field, unsigned char *info,
		     const char *settings, struct arena *arena);

struct field_kind {
	put_fn *put;
	take_fn *take;
};

/**
 * struct field - a member that is kept
 * @key: its name in the settings
 * @kind: how it is written
 * @offset: of the member
 * @size: its bytes
 * @count: offset of the DWORD that counts what a pointer points to
 */
struct field {
	const char *key;
	const struct field_kind *kind;
	size_t offset;
	size_t size;
	size_t count;
};

static void put_line(struct mpr_string *out, const char *key, const char *value)
{
	mpr_string_add(out, key);
	mpr_string_add(out, "=");
	for (; *value; value++) {
		if (*value == '\\')
			mpr_string_add(out, "\\\\");
		else if (*value == '\n')
			mpr_string_add(out, "\\n");
		else
			mpr_string_add_bytes(out, value, 1);
	}
	mpr_string_add(out, "\n");
}

/* The line after @line, or the end of the text. */
static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line ? line + 1 : line;
}

static bool has_key(const char *line, const char *key)
{
	size_t length = strlen(key);

	return !strncmp(line, key, length) && line[length] == '=';
}

/*
 * The value of the next line with @key, into a buffer of DDM_SETTINGS_MAX + 1
 * bytes. @cursor is at a line, and goes behind the one found.
 */
static bool take_value(const char **cursor, const char *key, char *value)
{
	const char *line = *cursor, *from, *end;
	size_t used = 0;

	while (*line && !has_key(line, key))
		line = next_line(line);
	*cursor = next_line(line);
	if (!*line)
		return false;
	from = line + strlen(key) + 1;
	end = line + strcspn(line, "\n");
	for (; from < end && used < DDM_SETTINGS_MAX; from++) {
		char c = *from;

		if (c == '\\' && from + 1 < end) {
			from++;
			c = *from == 'n' ? '\n' : *from;
		}
		value[used++] = c;
	}
	value[used] = '\0';
	return true;
}

static void *arena_take(struct arena *arena, size_t size, size_t alignment)
{
	uintptr_t at = (uintptr_t)arena->next;
	unsigned char *taken = arena->next + (-at & (alignment - 1));

	arena->next = taken + size;
	return taken;
}

static DWORD get_dword(const unsigned char *info, size_t offset)
{
	DWORD value;

	memcpy(&value, info + offset, sizeof(value));
	return value;
}

static void set_dword(unsigned char *info, size_t offset, DWORD value)
{
	memcpy(info + offset, &value, sizeof(value));
}

static const void *get_pointer(const unsigned char *info, size_t offset)
{
	const void *pointer;

	memcpy(&pointer, info + offset, sizeof(pointer));
	return pointer;
}

static void set_pointer(unsigned char *info, size_t offset, const void *value)
{
	memcpy(info + offset, &value, sizeof(value));
}

/* A number, written in hexadecimal where it holds bits. */

static DWORD put_number(const struct field *field, const unsigned char *info,
			struct mpr_string *out)
{
	DWORD value = get_dword(info, field->offset);

	if (value)
		mpr_string_add_format(out, "%s=%u\n", field->key, value);
	return NO_ERROR;
}

static DWORD put_bits(const struct field *field, const unsigned char *info,
		      struct mpr_string *out)
{
	DWORD value = get_dword(info, field->offset);

	if (value)
		mpr_string_add_format(out, "%s=0x%08x\n", field->key, value);
	return NO_ERROR;
}

static void take_number(const struct field *field, unsigned char *info,
			const char *settings, struct arena *arena)
{
	char value[DDM_SETTINGS_MAX + 1], *end;
	unsigned long number;

	(void)arena;
	if (!take_value(&settings, field->key, value))
		return;
	errno = 0;
	number = strtoul(value, &end, 0);
	if (end != value && !*end && !errno && number <= UINT32_MAX)
		set_dword(info, field->offset, (DWORD)number);
}

static const struct field_kind number_kind = { put_number, take_number };
static const struct field_kind bits_kind = { put_bits, take_number };

/* An address in network byte order, in the member itself. */

static DWORD put_address(const struct field *field, const unsigned char *info,
			 struct mpr_string *out)
{
	static const unsigned char none[16];
	const unsigned char *bytes = info + field->offset;
	char text[INET6_ADDRSTRLEN];

	if (memcmp(bytes, none, field->size)) {
		inet_ntop(field->size == 4 ? AF_INET : AF_INET6, bytes, text,
			  sizeof(text));
		put_line(out, field->key, text);
	}
	return NO_ERROR;
}

static void take_address(const struct field *field, unsigned char *info,
			 const char *settings, struct arena *arena)
{
	char value[DDM_SETTINGS_MAX + 1];
	unsigned char bytes[16];

	(void)arena;
	if (take_value(&settings, field->key, value) &&
	    inet_pton(field->size == 4 ? AF_INET : AF_INET6, value, bytes) == 1)
		memcpy(info + field->offset, bytes, field->size);
}

static const struct field_kind address_kind = { put_address, take_address };

/* IPv6 addresses behind a pointer. */

static DWORD put_addresses(const struct field *field, const unsigned char *info,
			   struct mpr_string *out)
{
	const IN6_ADDR *addresses = get_pointer(info, field->offset);
	DWORD count = get_dword(info, field->count), i;
	char text[INET6_ADDRSTRLEN];

	if (count && (!addresses || count > MAX_ADDRESSES))
		return ERROR_INVALID_PARAMETER;
	for (i = 0; i < count; i++) {
		inet_ntop(AF_INET6, &addresses[i], text, sizeof(text));
		put_line(out, field->key, text);
	}
	return NO_ERROR;
}

static void take_addresses(const struct field *field, unsigned char *info,
			   const char *settings, struct arena *arena)
{
	IN6_ADDR *addresses = arena_take(arena, 0, sizeof(void *));
	char value[DDM_SETTINGS_MAX + 1];
	DWORD count = 0;

	while (take_value(&settings, field->key, value))
		if (inet_pton(AF_INET6, value, &addresses[count]) == 1)
			count++;
	arena_take(arena, count * sizeof(*addresses), 1);
	set_dword(info, field->count, count);
	if (count)
		set_pointer(info, field->offset, addresses);
}

static const struct field_kind addresses_kind = { put_addresses,
						  take_addresses };

/* Text in an array of the structure. */

static DWORD put_text(const struct field *field, const unsigned char *info,
		      struct mpr_string *out)
{
	const WCHAR *wide = (const WCHAR *)(info + field->offset);
	size_t limit = field->size / sizeof(*wide) - 1;
	char text[MPR_UTF8_SIZE(MAX_INTERFACE_NAME_LEN)];
	ssize_t length;

	length = mpr_utf8_from_wide(text, sizeof(text), wide, limit);
	if (length < 0)
		return ERROR_INVALID_PARAMETER;
	if (length)
		put_line(out, field->key, text);
	return NO_ERROR;
}

static void take_text(const struct field *field, unsigned char *info,
		      const char *settings, struct arena *arena)
{
	WCHAR *wide = (WCHAR *)(info + field->offset);
	char value[DDM_SETTINGS_MAX + 1];

	(void)arena;
	if (take_value(&settings, field->key, value) &&
	    mpr_wide_from_utf8(wide, field->size / sizeof(*wide), value) < 0)
		memset(wide, 0, field->size);
}

static const struct field_kind text_kind = { put_text, take_text };

/* Strings, each with a NUL, and one NUL more at the end. */

static DWORD put_list(const struct field *field, const unsigned char *info,
		      struct mpr_string *out)
{
	const WCHAR *wide = get_pointer(info, field->offset);
	char text[MPR_UTF8_SIZE(MAX_INTERFACE_NAME_LEN)];
	size_t left = MAX_LIST, length;

	while (wide && *wide) {
		if (mpr_utf8_from_wide(text, sizeof(text), wide,
				       MAX_INTERFACE_NAME_LEN) < 0)
			return ERROR_INVALID_PARAMETER;
		length = wcslen(wide) + 1;
		if (length > left)
			return ERROR_INVALID_PARAMETER;
		put_line(out, field->key, text);
		left -= length;
		wide += length;
	}
	return NO_ERROR;
}

static void take_list(const struct field *field, unsigned char *info,
		      const char *settings, struct arena *arena)
{
	WCHAR *list = arena_take(arena, 0, sizeof(void *)), *at = list;
	char value[DDM_SETTINGS_MAX + 1];
	ssize_t length;

	while (take_value(&settings, field->key, value)) {
		length = mpr_wide_from_utf8(at, strlen(value) + 1, value);
		if (length > 0)
			at += length + 1;
	}
	*at++ = L'\0';
	arena_take(arena, (size_t)(at - list) * sizeof(*list), 1);
	if (*list)
		set_pointer(info, field->offset, list);
}

static const struct field_kind list_kind = { put_list, take_list };

/* Bytes behind a pointer. */

static DWORD put_bytes(const struct field *field, const unsigned char *info,
		       struct mpr_string *out)
{
	const unsigned char *bytes = get_pointer(info, field->offset);
	DWORD count = get_dword(info, field->count), i;

	if (!count)
		return NO_ERROR;
	if (!bytes || count > MAX_BLOB)
		return ERROR_INVALID_PARAMETER;
	mpr_string_add_format(out, "%s=", field->key);
	for (i = 0; i < count; i++)
		mpr_string_add_format(out, "%02x", bytes[i]);
	mpr_string_add(out, "\n");
	return NO_ERROR;
}

static void take_bytes(const struct field *field, unsigned char *info,
		       const char *settings, struct arena *arena)
{
	unsigned char *bytes = arena_take(arena, 0, 1);
	char value[DDM_SETTINGS_MAX + 1];
	const char *at = value;
	DWORD count = 0;

	if (!take_value(&settings, field->key, value))
		return;
	while (sscanf(at, "%2hhx", &bytes[count]) == 1 && at[1]) {
		count++;
		at += 2;
	}
	arena_take(arena, count, 1);
	set_dword(info, field->count, count);
	if (count)
		set_pointer(info, field->offset, bytes);
}

static const struct field_kind bytes_kind = { put_bytes, take_bytes };

#define SIZE_OF(type, member) sizeof(((type *)NULL)->member)
#define FIELD(key, kind, type, member)                       \
	{                                                    \
		(key), &kind##_kind, offsetof(type, member), \
			SIZE_OF(type, member), 0             \
	}
#define COUNTED(key, kind, type, member, count)                      \
	{                                                            \
		(key), &kind##_kind, offsetof(type, member),         \
			SIZE_OF(type, member), offsetof(type, count) \
	}
#define ENTRY(key, kind, member) FIELD(key, kind, MPR_INTERFACE_3, member)

static const struct field level1_fields[] = {
	FIELD("hours", list, MPR_INTERFACE_1, lpwsDialoutHoursRestriction),
};

/* Level 2 has the first of these, up to vpn-strategy. */
static const struct field level3_fields[] = {
	ENTRY("options", bits, dwfOptions),
	ENTRY("phone", text, szLocalPhoneNumber),
	ENTRY("alternate", list, szAlternates),
	ENTRY("address", address, ipaddr),
	ENTRY("dns", address, ipaddrDns),
	ENTRY("dns-alternate", address, ipaddrDnsAlt),
	ENTRY("wins", address, ipaddrWins),
	ENTRY("wins-alternate", address, ipaddrWinsAlt),
	ENTRY("protocols", bits, dwfNetProtocols),
	ENTRY("device-type", text, szDeviceType),
	ENTRY("device-name", text, szDeviceName),
	ENTRY("x25-pad-type", text, szX25PadType),
	ENTRY("x25-address", text, szX25Address),
	ENTRY("x25-facilities", text, szX25Facilities),
	ENTRY("x25-user-data", text, szX25UserData),
	ENTRY("channels", number, dwChannels),
	ENTRY("dial-mode", number, dwDialMode),
	ENTRY("dial-extra-percent", number, dwDialExtraPercent),
	ENTRY("dial-extra-seconds", number, dwDialExtraSampleSeconds),
	ENTRY("hang-up-extra-percent", number, dwHangUpExtraPercent),
	ENTRY("hang-up-extra-seconds", number, dwHangUpExtraSampleSeconds),
	ENTRY("idle-disconnect-seconds", number, dwIdleDisconnectSeconds),
	ENTRY("type", number, dwType),
	ENTRY("encryption", number, dwEncryptionType),
	ENTRY("eap-type", number, dwCustomAuthKey),
	COUNTED("eap-data", bytes, MPR_INTERFACE_3, lpbCustomAuthData,
		dwCustomAuthDataSize),
	ENTRY("vpn-strategy", number, dwVpnStrategy),
	ENTRY("dns6", address, ipv6addrDns),
	ENTRY("dns6-alternate", address, ipv6addrDnsAlt),
	COUNTED("address6", addresses, MPR_INTERFACE_3, ipv6addr, AddressCount),
};

#define LEVEL3_ONLY 3

static_assert(offsetof(MPR_INTERFACE_2, dwfOptions) ==
		      offsetof(MPR_INTERFACE_3, dwfOptions),
	      "one table for both");
static_assert(offsetof(MPR_INTERFACE_2, dwVpnStrategy) ==
		      offsetof(MPR_INTERFACE_3, dwVpnStrategy),
	      "one table for both");
static_assert(sizeof(ULONG) == sizeof(DWORD), "a count is a DWORD");

static const struct {
	const struct field *fields;
	size_t count;
} levels[] = {
	{ level1_fields, 0 },
	{ level1_fields, ARRAYSIZE(level1_fields) },
	{ level3_fields, ARRAYSIZE(level3_fields) - LEVEL3_ONLY },
	{ level3_fields, ARRAYSIZE(level3_fields) },
};

static bool level_has(DWORD level, const char *line)
{
	size_t i;

	for (i = 0; i < levels[level].count; i++)
		if (has_key(line, levels[level].fields[i].key))
			return true;
	return false;
}

static void keep_lines(DWORD level, const char *old, struct mpr_string *out)
{
	const char *line, *next;

	for (line = old; *line; line = next) {
		next = next_line(line);
		if (level_has(level, line))
			continue;
		mpr_string_add_bytes(out, line, (size_t)(next - line));
		if (next[-1] != '\n')
			mpr_string_add(out, "\n");
	}
}

DWORD mpr_settings_encode(DWORD level, const void *info, const char *old,
			  struct mpr_string *out)
{
	const struct field *field = levels[level].fields;
	const struct field *end = field + levels[level].count;
	DWORD error = NO_ERROR;

	mpr_string_add(out, "");
	for (; field < end && !error; field++)
		error = field->kind->put(field, info, out);
	keep_lines(level, old, out);
	if (out->failed)
		return ERROR_NOT_ENOUGH_MEMORY;
	return out->length > DDM_SETTINGS_MAX ? ERROR_INVALID_PARAMETER : error;
}

/* A byte of text becomes one wide character at most, or less than that. */
size_t mpr_settings_room(const char *settings)
{
	return (strlen(settings) + 1) * sizeof(WCHAR) +
	       ARRAYSIZE(level3_fields) * 2 * sizeof(void *);
}

void mpr_settings_decode(DWORD level, const char *settings, void *info,
			 void *room)
{
	const struct field *field = levels[level].fields;
	const struct field *end = field + levels[level].count;
	struct arena arena = { room };

	for (; field < end; field++)
		field->kind->take(field, info, settings, &arena);
}
