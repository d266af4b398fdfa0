/* SPDX-License-Identifier: GPL-2.0-only */
/* What differs between the supported kernels, 6.1 and later, and nothing else. */
#ifndef DDM_COMPAT_H
#define DDM_COMPAT_H

#include <linux/eventfd.h>
#include <linux/fs.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <linux/version.h>
#include <net/genetlink.h>

/* 6.1: no formatted messages (6.2 has them). The format alone still tells. */
#ifndef NL_SET_ERR_MSG_FMT
#define NL_SET_ERR_MSG_FMT(extack, fmt, ...) \
	do {                                 \
		(void)(0, ##__VA_ARGS__);    \
		NL_SET_ERR_MSG(extack, fmt); \
	} while (0)
#endif

/* Before 6.8 the number to add is an argument. It is a function, so there is
 * no name to probe for.
 */
static inline void ddm_eventfd_signal(struct eventfd_ctx *ctx)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
	eventfd_signal(ctx);
#else
	eventfd_signal(ctx, 1);
#endif
}

/*
 * A file that is still open, from a place that is not emptied before it ends; NULL
 * if it is being closed. Before 6.7 the place is not looked at again.
 */
static inline struct file *ddm_file_get(struct file **place)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	return get_file_active(place);
#else
	struct file *file = READ_ONCE(*place);

	return file && get_file_rcu(file) ? file : NULL;
#endif
}

/* Before 6.6 a dump keeps its attributes in genl_dumpit_info itself. */
static inline struct nlattr **ddm_dump_attrs(struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	return genl_info_dump(cb)->attrs;
#else
	return (struct nlattr **)genl_dumpit_info(cb)->attrs;
#endif
}

/*
 * A cache of its own: one that is merged with others does not notice at its end
 * that an object was leaked. Before 6.5 the flag is missing; a cache with a
 * region for user copies (of which we make none) is not merged either.
 */
static inline struct kmem_cache *ddm_cache_create(const char *name, size_t size)
{
#ifdef SLAB_NO_MERGE
	return kmem_cache_create(name, size, 0, SLAB_NO_MERGE, NULL);
#else
	return kmem_cache_create_usercopy(name, size, 0, 0, 0, 1, NULL);
#endif
}

#endif /* DDM_COMPAT_H */
