/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * KTAP for tests that need neither root nor the module: a table of functions,
 * each named after the promise it checks. A failed check ends its test and
 * says what was seen; the tests after it still run.
 */
#ifndef SELFTESTS_USER_KTAP_H
#define SELFTESTS_USER_KTAP_H

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct ktap_test {
	const char *name;
	void (*run)(void);
};

#define KTAP_TEST(function)         \
	{                           \
#function, function \
	}

/* Threads of a test may fail as well. */
static atomic_bool ktap_failed;
static const char *ktap_skipped;

/* Leave the test: it cannot be done here, for a reason that is told. */
#define KTAP_SKIP(reason)                \
	do {                             \
		ktap_skipped = (reason); \
		return;                  \
	} while (0)

/* Not with the address sanitizer: it mistakes what a cancelled stack holds. */
#ifndef __SANITIZE_ADDRESS__
#define KTAP_CAN_CANCEL
#endif

#define KTAP_FAIL(...)                                   \
	do {                                             \
		printf("# %s:%d: ", __FILE__, __LINE__); \
		printf(__VA_ARGS__);                     \
		putchar('\n');                           \
		ktap_failed = 1;                         \
	} while (0)

/* Both sides are shown when they differ. */
#define EXPECT_EQ(seen, expected)                                              \
	do {                                                                   \
		unsigned long long seen_ = (unsigned long long)(seen);         \
		unsigned long long expected_ = (unsigned long long)(expected); \
                                                                               \
		if (seen_ != expected_) {                                      \
			KTAP_FAIL("%s is %llu (0x%llx), expected %s = %llu",   \
				  #seen, seen_, seen_, #expected, expected_);  \
			return;                                                \
		}                                                              \
	} while (0)

#define EXPECT_TRUE(condition)                               \
	do {                                                 \
		if (!(condition)) {                          \
			KTAP_FAIL("not so: %s", #condition); \
			return;                              \
		}                                            \
	} while (0)

#define EXPECT_STR(seen, expected)                                        \
	do {                                                              \
		const char *seen_ = (seen), *expected_ = (expected);      \
                                                                          \
		if (!seen_ || strcmp(seen_, expected_)) {                 \
			KTAP_FAIL("%s is \"%s\", expected \"%s\"", #seen, \
				  seen_ ? seen_ : "(null)", expected_);   \
			return;                                           \
		}                                                         \
	} while (0)

/* Leave the test if a helper that it called has failed. */
#define EXPECT_NO_FAILURE()      \
	do {                     \
		if (ktap_failed) \
			return;  \
	} while (0)

static inline int ktap_run(const struct ktap_test *tests, size_t count)
{
	size_t i, failures = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("TAP version 13\n1..%zu\n", count);
	for (i = 0; i < count; i++) {
		ktap_failed = 0;
		ktap_skipped = NULL;
		tests[i].run();
		failures += ktap_failed;
		printf("%s %zu %s%s%s\n", ktap_failed ? "not ok" : "ok", i + 1,
		       tests[i].name, ktap_skipped ? " # SKIP " : "",
		       ktap_skipped ? ktap_skipped : "");
	}
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define KTAP_MAIN(tests)                                                    \
	int main(void)                                                      \
	{                                                                   \
		return ktap_run(tests, sizeof(tests) / sizeof((tests)[0])); \
	}

#endif
