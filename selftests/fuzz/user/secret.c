// SPDX-License-Identifier: GPL-2.0-only
/* Credentials as ddmd reads them. */
#include "fuzz.h"
#include "../../../tools/ddmd/secret.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct secret secret;
	char path[300];
	bool there;

	snprintf(path, sizeof(path), "%s/credentials", work_folder());
	write_input(path, data, size);
	there = secret_read(path, &secret);
	PROMISE(there == !!secret.user[0]);
	PROMISE(there || !secret.password[0]);
	PROMISE(strlen(secret.user) <= SECRET_MAX);
	PROMISE(strlen(secret.password) <= SECRET_MAX);
	secret_wipe(&secret);
	return 0;
}
