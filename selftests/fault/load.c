// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading the module while each allocation of its start fails once: that fails,
 * leaves nothing, and can be done again. Left out is what the kernel's loader
 * does before; and the making of a slab, of which 6.12 complains aloud when it
 * fails, and in which it loses a name.
 */
#include <sys/syscall.h>

#include "fault.h"
#include "world.h"

#define TRIES 1000

/* Requests under way, such as the kernel's own, hold it for a moment. */
static int unload(void)
{
	int64_t end = now_ms() + PATIENCE;
	int err;

	do
		err = syscall(SYS_delete_module, "ddm", O_NONBLOCK) ? -errno :
								      0;
	while (err == -EAGAIN && now_ms() < end);
	return err;
}

static int load(int fd)
{
	return syscall(SYS_finit_module, fd, "", 0) ? -errno : 0;
}

static bool loaded(void)
{
	return !access("/sys/module/ddm/refcnt", F_OK);
}

/* Nothing of a load that failed may be left. */
static const char *left_over(void)
{
	if (loaded())
		return "the module";
	if (!access("/sys/module/ddm", F_OK))
		return "/sys/module/ddm";
	if (!access("/sys/kernel/slab/ddm_interface", F_OK))
		return "the slab ddm_interface";
	return "";
}

FIXTURE(load)
{
	int fd;
};

FIXTURE_SETUP(load)
{
	const char *path = getenv("DDM_KO");
	struct fault_range init, loud;

	if (!path)
		SKIP(return, "DDM_KO does not say where the module is");
	self->fd = open(path, O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, self->fd);
	ASSERT_TRUE(fault_function("do_init_module", &init));
	ASSERT_TRUE(fault_function("__kmem_cache_create_args", &loud));
	ASSERT_TRUE(fault_set_up(FAULT_SLAB, &init, &loud));
	if (loaded()) {
		ASSERT_ERR(0, unload());
	}
}

FIXTURE_TEARDOWN(load)
{
	fault_arm(0);
	if (!loaded()) {
		EXPECT_ERR(0, load(self->fd));
	}
	close(self->fd);
}

TEST_F_TIMEOUT(load, load_that_lacks_memory_leaves_nothing, 250)
{
	unsigned int nth, refused = 0;
	bool hit = true;
	int err;

	for (nth = 1; hit && nth < TRIES; nth++) {
		ASSERT_TRUE(fault_arm(nth));
		err = load(self->fd);
		hit = fault_disarm();
		if (err) {
			ASSERT_TRUE(hit)
			TH_LOG("without a failure: %s", err_text(err));
			refused++;
			ASSERT_STREQ("", left_over())
			TH_LOG("allocation %u: %s", nth, err_text(err));
		} else {
			ASSERT_ERR(0, unload());
			ASSERT_STREQ("", left_over());
		}
	}
	EXPECT_FALSE(hit);
	printf("# %u allocations, %u refusals\n", nth - 2, refused);
	EXPECT_LT(0, refused);
}

int main(int argc, char **argv)
{
	int skip = fault_skip();

	setvbuf(stdout, NULL, _IOLBF, 0);
	return skip ? skip : test_harness_run(argc, argv);
}
