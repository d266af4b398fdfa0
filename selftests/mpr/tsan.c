// SPDX-License-Identifier: GPL-2.0-only
/* What the thread sanitizer takes for a race, and is none. */

const char *__tsan_default_suppressions(void);

/*
 * A thread that ends gives back the memory of threads that ended before, once
 * their stacks together are beyond what glibc keeps (40 MiB). glibc's own lock
 * orders that, which the sanitizer does not see. With stacks of 64 MiB
 * (ulimit -s 65536) every host of a notifyee meets it.
 */
const char *__tsan_default_suppressions(void)
{
	return "race:_dl_deallocate_tls\n";
}
