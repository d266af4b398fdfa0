// SPDX-License-Identifier: GPL-2.0-only
/*
 * ddmctl's command line, with a manager that answers anything. Words are the
 * texts up to an empty one, the rest is what the manager answers.
 */
#include <getopt.h>

#include "fake.h"

#define WORDS_MAX 16

int ddmctl_main(int argc, char **argv);

/* Other namespaces are not for the fuzzer to enter. */
int setns(int fd, int type)
{
	(void)fd;
	(void)type;
	return -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	char *words[WORDS_MAX + 2] = { strdup("ddmctl") };
	int count = 1, i, status;
	char *argv[WORDS_MAX + 2];

	while (input.left && count <= WORDS_MAX) {
		words[count] = take_text(&input);
		if (!*words[count++])
			break;
	}
	/* getopt_long() moves them about */
	memcpy(argv, words, sizeof(argv));
	fake_begin(&input);
	optind = 0;
	status = ddmctl_main(count, argv);
	PROMISE(status >= 0 && status <= 2);
	for (i = 0; i < count; i++)
		free(words[i]);
	return 0;
}
