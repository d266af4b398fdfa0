/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a pppd looks for plugins that are called by name. */
#ifndef DDMD_PLUGIN_FOLDER_H
#define DDMD_PLUGIN_FOLDER_H

/**
 * plugin_folder - of the pppd that @program is now
 *
 * Return: the folder, until the next call; where the program does not tell (a
 * script that runs pppd), that of the pppd which ddmd was built for
 */
const char *plugin_folder(const char *program);

#endif
