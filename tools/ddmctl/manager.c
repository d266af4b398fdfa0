// SPDX-License-Identifier: GPL-2.0-only
/* Opens the manager, tells what it refused, and finds interfaces. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ddmctl.h"

int not_loaded(void)
{
	fputs("ddmctl: the module ddm is not loaded (\"modprobe ddm\" loads it)\n",
	      stderr);
	return STATUS_REFUSED;
}

int open_manager(struct control *control)
{
	int err = ddm_open(&control->ddm);

	if (!err)
		return STATUS_OK;
	if (err == -EUNATCH)
		return not_loaded();
	fprintf(stderr, "ddmctl: cannot reach the manager: %s\n",
		strerror(-err));
	return STATUS_REFUSED;
}

int refused(struct control *control, int err, const char *format, ...)
{
	const char *why = ddm_error(control->ddm);
	va_list args;

	fputs("ddmctl: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, ": %s\n", *why ? why : strerror(-err));
	return STATUS_REFUSED;
}

/* NAME, "name NAME" (for one that reads like a keyword) or "id NUMBER". */
int read_interface(struct control *control, struct interface_name *name)
{
	const char *word;
	uint64_t id;
	int status = need_word(control, "the name of the interface", &word);

	name->name = word;
	name->id = 0;
	if (status || !control->words_left)
		return status;
	if (!strcmp(word, "name")) {
		name->name = next_word(control);
	} else if (!strcmp(word, "id")) {
		status = read_number(control, "id", next_word(control),
				     UINT32_MAX, &id);
		name->name = NULL;
		name->id = (uint32_t)id;
	}
	return status;
}

/* For messages; a name is quoted, for it may hold anything. */
const char *interface_text(const struct interface_name *name)
{
	static char text[DDM_NAME_MAX + 32];

	if (name->name)
		snprintf(text, sizeof(text), "interface \"%s\"", name->name);
	else
		snprintf(text, sizeof(text), "interface id %" PRIu32, name->id);
	return text;
}

int find_interface(struct control *control, struct interface_name *name,
		   const struct ddm_interface **interface)
{
	int err;

	if (name->name)
		err = ddm_interface_find(control->ddm, name->name, interface);
	else
		err = ddm_interface_get(control->ddm, name->id, interface);
	if (err)
		return refused(control, err, "%s", interface_text(name));
	name->id = (*interface)->id;
	return STATUS_OK;
}
