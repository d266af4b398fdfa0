/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The thread's text behind an ERROR_EXTENDED_ERROR. */
#ifndef WNET_EXTENDED_ERROR_H
#define WNET_EXTENDED_ERROR_H

#include <windows.h>

/* An error of the router itself, of this thread. */
void wnet_extended_error(DWORD code, const wchar_t *text);

#endif
