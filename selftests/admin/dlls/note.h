/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the test DLLs share: one line a callout, into the file that the
 * environment variable DDM_TEST_NOTES names, "name callout field=value ...".
 * And orders for them, lines of the file that DDM_TEST_ORDERS names.
 */
#ifndef SELFTESTS_ADMIN_NOTE_H
#define SELFTESTS_ADMIN_NOTE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mprapi.h>
#include <mprerror.h>

/* In one write, so that lines of several processes do not mix. */
#define NOTE(...)                                                         \
	do {                                                              \
		char text_[1024];                                         \
		int size_ = snprintf(text_, sizeof(text_), __VA_ARGS__);  \
		const char *path_ = getenv("DDM_TEST_NOTES");             \
		int fd_ = open(path_ ? path_ : "/dev/null",               \
			       O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, \
			       0600);                                     \
                                                                          \
		if (fd_ < 0 || write(fd_, text_, (size_t)size_) != size_) \
			abort();                                          \
		close(fd_);                                               \
	} while (0)

#define NOTE_CALL(name, call) NOTE("%s %s\n", name, call)

#define NOTE_CONNECTION(name, call, zero, one)                                 \
	NOTE("%s %s connection=%#llx user=%ls domain=%ls peer=%ls "            \
	     "interface=%ls handle=%llu seconds=%u flags=%u sent=%u "          \
	     "received=%u out=%u in=%u local=%ls remote=%ls\n",                \
	     name, call, (unsigned long long)(uintptr_t)(zero)->hConnection,   \
	     (zero)->wszUserName, (zero)->wszLogonDomain,                      \
	     (zero)->wszRemoteComputer, (zero)->wszInterfaceName,              \
	     (unsigned long long)(uintptr_t)(zero)->hInterface,                \
	     (zero)->dwConnectDuration, (zero)->dwConnectionFlags,             \
	     (one)->dwBytesXmited, (one)->dwBytesRcved, (one)->dwFramesXmited, \
	     (one)->dwFramesRcved, (one)->PppInfo.ip.wszAddress,               \
	     (one)->PppInfo.ip.wszRemoteAddress)

#define NOTE_LINK(name, call, zero, one)                                       \
	NOTE("%s %s connection=%#llx port=%ls media=%ls type=%ls "             \
	     "condition=%u hport=%#llx speed=%u calls=%u received=%u\n",       \
	     name, call, (unsigned long long)(uintptr_t)(zero)->hConnection,   \
	     (zero)->wszPortName, (zero)->wszMediaName, (zero)->wszDeviceType, \
	     (zero)->dwPortCondition,                                          \
	     (unsigned long long)(uintptr_t)(zero)->hPort, (one)->dwLineSpeed, \
	     (zero)->dwTotalNumberOfCalls, (one)->dwBytesRcved)

/* note_ordered - is this among the orders? Prints NAME ORDER to compare. */
static inline int note_ordered(const char *name, const char *order)
{
	const char *path = getenv("DDM_TEST_ORDERS");
	FILE *file = path ? fopen(path, "re") : NULL;
	char wanted[320], line[320];
	int found = 0;

	if (!file)
		return 0;
	snprintf(wanted, sizeof(wanted), "%s %s", name, order);
	while (!found && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = 0;
		found = !strcmp(line, wanted);
	}
	fclose(file);
	return found;
}

#endif
