// SPDX-License-Identifier: GPL-2.0-only
/*
 * An administration DLL that misbehaves as ordered, in the callout named:
 * "trouble crash CALLOUT", "trouble sleep CALLOUT", "trouble exit CALLOUT",
 * "trouble leak CALLOUT", "trouble call CALLOUT" (what it must not: MprAdmin
 * functions).
 */
#include <pthread.h>
#include <time.h>

#include "note.h"

#define NAME "trouble"
/* Seconds; on Windows it would be for ever. */
#define AT_ONCE 5

static int ordered(const char *what, const char *callout)
{
	char order[128];

	snprintf(order, sizeof(order), "%s %s", what, callout);
	return note_ordered(NAME, order);
}

static void call(const char *callout)
{
	MPR_SERVER_HANDLE server = NULL;
	struct timespec before, after;
	LPBYTE buffer = NULL;
	DWORD read, total, first, second;

	clock_gettime(CLOCK_MONOTONIC, &before);
	first = MprAdminServerConnect(NULL, &server);
	second = MprAdminConnectionEnum(server, 0, &buffer, 4096, &read, &total,
					NULL);
	clock_gettime(CLOCK_MONOTONIC, &after);
	NOTE("%s called-back in=%s connect=%u enum=%u at-once=%d\n", NAME,
	     callout, first, second, after.tv_sec - before.tv_sec < AT_ONCE);
}

/* As most do, it takes it for granted that there is memory. */
static void leak(void)
{
	for (;;)
		*(volatile char *)malloc(1 << 20) = 1;
}

static void misbehave(const char *callout)
{
	volatile int *volatile nowhere = NULL;

	NOTE_CALL(NAME, callout);
	if (ordered("crash", callout))
		*nowhere = 0;
	if (ordered("leak", callout))
		leak();
	if (ordered("exit", callout))
		exit(3);
	if (ordered("call", callout))
		call(callout);
	while (ordered("sleep", callout))
		pause();
}

/* Not in a callout: this is allowed. */
static void *call_from_thread(void *arg)
{
	MPR_SERVER_HANDLE server = NULL;

	NOTE("%s called-from-thread connect=%u\n", NAME,
	     MprAdminServerConnect(NULL, &server));
	return arg;
}

DWORD APIENTRY MprAdminInitializeDll(VOID)
{
	pthread_t thread;

	misbehave("initialize");
	if (ordered("thread", "initialize") &&
	    !pthread_create(&thread, NULL, call_from_thread, NULL))
		pthread_detach(thread);
	return note_ordered(NAME, "fail initialize") ? ERROR_NOT_SUPPORTED :
						       NO_ERROR;
}

DWORD APIENTRY MprAdminTerminateDll(VOID)
{
	misbehave("terminate");
	return NO_ERROR;
}

BOOL APIENTRY MprAdminAcceptNewConnection2(RAS_CONNECTION_0 *zero,
					   RAS_CONNECTION_1 *one,
					   RAS_CONNECTION_2 *two)
{
	(void)zero, (void)one, (void)two;
	misbehave("accept-connection");
	return TRUE;
}

VOID APIENTRY MprAdminConnectionHangupNotification2(RAS_CONNECTION_0 *zero,
						    RAS_CONNECTION_1 *one,
						    RAS_CONNECTION_2 *two)
{
	(void)zero, (void)one, (void)two;
	misbehave("connection-hangup");
}

BOOL APIENTRY MprAdminAcceptNewLink(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	(void)zero, (void)one;
	misbehave("accept-link");
	return TRUE;
}

VOID APIENTRY MprAdminLinkHangupNotification(RAS_PORT_0 *zero, RAS_PORT_1 *one)
{
	(void)zero, (void)one;
	misbehave("link-hangup");
}
