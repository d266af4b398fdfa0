/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef WNET_LOG_H
#define WNET_LOG_H

/*
 * Tell the operator what the caller does not hear of: a configuration file, a
 * provider or a notifyee that is passed over. Goes to the system's log, and to
 * the standard error if DDM_MPR_DEBUG is in the environment. Keeps errno.
 */
void wnet_log(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
