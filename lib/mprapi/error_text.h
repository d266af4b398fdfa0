/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MPR_ERROR_TEXT_H
#define MPR_ERROR_TEXT_H

#include <windows.h>

/**
 * mpr_error_text - the sentence for an error code
 * @code: a code of winerror.h, raserror.h or mprerror.h
 *
 * Context: any thread; touches nothing that changes.
 * Return: a constant UTF-8 sentence in English, without a line break, or NULL
 * if the code is not known.
 */
const char *mpr_error_text(DWORD code);

#endif
