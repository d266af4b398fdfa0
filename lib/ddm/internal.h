/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of libddm share. Nothing in here is seen by a program. */
#ifndef DDM_INTERNAL_H
#define DDM_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

/* Everything is compiled with hidden visibility, but what ddm.h declares. */
#pragma GCC visibility push(default)
#include <ddm.h>
#pragma GCC visibility pop

#define DDM_ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/*
 * Larger than any message. The kernel makes the parts of a dump as large as
 * this, and clears all of a part first, so more is dearer where there is little
 * to tell; with its own overhead the part is just below 16 KiB.
 */
#define DDM_RECEIVE_SIZE ((size_t)16000)
/* Larger than any request: a name, a device and the settings. */
#define DDM_REQUEST_SIZE ((size_t)16384)
/* Messages to the dialer kept while it makes other requests. */
#define DDM_DIAL_QUEUE_MAX 1024

/* How an attribute becomes a member of a public structure. */
enum ddm_kind {
	DDM_KIND_NONE, /* only named, in explanations */
	DDM_KIND_U32,
	DDM_KIND_U64,
	DDM_KIND_TEXT,
	DDM_KIND_ADDRESS6, /* 16 bytes */
	DDM_KIND_SET, /* presence makes an int 1 */
	DDM_KIND_CLEAR, /* presence makes an int 0 */
};

struct ddm_attribute {
	const char *name;
	uint16_t kind; /* enum ddm_kind */
	uint16_t offset; /* of the member */
};

/* An attribute set of the family: attributes[type] describes that type. */
struct ddm_layout {
	const struct ddm_attribute *attributes;
	size_t count;
};

#define DDM_LAYOUT(array)                                             \
	{                                                             \
		.attributes = (array), .count = DDM_ARRAY_SIZE(array) \
	}
#define DDM_NAMED(text)        \
	{                      \
		.name = (text) \
	}
#define DDM_MEMBER(text, type, member, how)             \
	{                                               \
		.name = (text), .kind = DDM_KIND_##how, \
		.offset = offsetof(struct type, member) \
	}

/* A message to the dialer that came when the handle was busy. */
struct ddm_dial_message {
	struct ddm_dial_message *next;
	struct nlmsghdr nlh[];
};

struct ddm {
	struct mnl_socket *socket;
	uint32_t portid;
	uint32_t seq;
	uint16_t family;
	uint32_t group; /* id of the multicast group "events" */

	bool by_id; /* the request names an object by its id, or a number */
	bool pinned; /* good for one load of the module only */
	bool reloaded; /* ids handed out before are void */
	bool watching; /* hears of families that come and go */
	bool unloaded; /* heard that ours went */
	bool overrun; /* may have missed hearing it */
	bool unfinished; /* a list that the kernel may still be at */
	bool stale; /* what the handle held is gone with the module */
	bool dialer;
	unsigned int listeners;

	struct ddm_dial_message *dials;
	struct ddm_dial_message **dials_end;
	unsigned int dials_count;
	bool dials_lost;

	const struct ddm_layout *layout; /* of the request */
	char *request;
	char *receive;
	char error[512];

	union {
		struct ddm_service service;
		struct ddm_interface interface;
		struct ddm_connection connection;
		struct ddm_link link;
	} reply;
};

/* A message of a reply; a value other than 0 ends the reading. */
typedef int ddm_message_fn(const struct nlmsghdr *nlh, void *data);

/* handle.c */
int ddm_socket_open(struct ddm *ddm);
int ddm_allocate(struct ddm **ddm);
int ddm_fail(struct ddm *ddm, int err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int ddm_enter(struct ddm *ddm);
int ddm_check_text(struct ddm *ddm, const char *what, const char *text,
		   size_t min, size_t max);
int ddm_take_request(struct ddm *ddm, void *known, size_t known_size,
		     const void *request);
bool ddm_holds(const struct ddm *ddm);

/* receive.c */
int ddm_receive_begin(struct ddm *ddm);
int ddm_receive(struct ddm *ddm, size_t *length);

/* request.c */
struct nlmsghdr *ddm_command(struct ddm *ddm, uint8_t command,
			     const struct ddm_layout *layout);
void ddm_put_id(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t type,
		uint32_t id);
int ddm_exchange(struct ddm *ddm, struct nlmsghdr *nlh, uint16_t flags,
		 ddm_message_fn *fn, void *data);
int ddm_ack(struct ddm *ddm, struct nlmsghdr *nlh);
int ddm_reply(struct ddm *ddm, struct nlmsghdr *nlh, void *object);
int ddm_request(struct ddm *ddm, struct nlmsghdr *nlh, ddm_message_fn *fn,
		void *data);
int ddm_dump(struct ddm *ddm, struct nlmsghdr *nlh, ddm_message_fn *fn,
	     void *data);
int ddm_drain(struct ddm *ddm);

/* explain.c */
int ddm_explain(struct ddm *ddm, const struct nlmsghdr *request,
		const struct nlmsghdr *answer);

/*
 * attribute.c
 *
 * A walk over attributes: while ((attr = ddm_attr_next(&walk))). In place of
 * libmnl's loops, which do not compile cleanly with -Wconversion.
 */
struct ddm_walk {
	const struct nlattr *next;
	ptrdiff_t room; /* bytes after the header of next, < 0 at the end */
};

/*
 * Whether a whole message is there. libmnl takes a length of 2 GiB and more to
 * be negative, and so to fit; and lists are long, so this and the step to the
 * next message are done in place.
 */
static inline bool ddm_message_ok(const struct nlmsghdr *nlh, int left)
{
	return left >= (int)sizeof(*nlh) && nlh->nlmsg_len >= sizeof(*nlh) &&
	       nlh->nlmsg_len <= (uint32_t)left;
}

/* After one that is whole; of the last the padding may be missing. */
static inline const struct nlmsghdr *
ddm_message_next(const struct nlmsghdr *nlh, int *left)
{
	int length = ((int)nlh->nlmsg_len + 3) & ~3;

	*left -= length;
	return (const void *)((const char *)nlh + length);
}

static inline struct ddm_walk ddm_walk_bytes(const void *first, const char *end)
{
	return (struct ddm_walk){
		.next = first,
		.room = end - (const char *)first -
			(ptrdiff_t)sizeof(struct nlattr),
	};
}

static inline struct ddm_walk ddm_walk_nested(const struct nlattr *nest)
{
	return ddm_walk_bytes(nest + 1, (const char *)nest + nest->nla_len);
}

struct ddm_walk ddm_walk(const struct nlmsghdr *nlh, size_t skip);

/*
 * The next attribute, or NULL at the end, or where the rest makes no sense.
 * Lists are long: what libmnl would do in four calls is done in place.
 */
static inline const struct nlattr *ddm_attr_next(struct ddm_walk *walk)
{
	const struct nlattr *attr = walk->next;
	size_t length, step;

	if (walk->room < 0)
		return NULL;
	length = attr->nla_len;
	/* one below that of the header is a payload beyond every end */
	if (length - sizeof(*attr) > (size_t)walk->room)
		return NULL;
	/* what fills the last one up may be missing */
	step = (length + 3) & ~(size_t)3;
	walk->room -= (ptrdiff_t)step;
	walk->next = (const void *)((const char *)attr + step);
	return attr;
}

void ddm_decode(const struct nlmsghdr *nlh, const struct ddm_layout *layout,
		void *object);
uint64_t ddm_attribute_number(const struct nlattr *attr);

/* The text of an attribute, "" when it has no end. */
static inline const char *ddm_attribute_text(const struct nlattr *attr)
{
	const char *text = (const char *)(attr + 1);
	size_t length = attr->nla_len - sizeof(*attr);

	return length && !text[length - 1] ? text : "";
}

/* family.c */
enum ddm_family_news {
	DDM_FAMILY_OTHER,
	DDM_FAMILY_CAME,
	DDM_FAMILY_WENT,
};

int ddm_family_open(struct ddm *ddm, bool load);
int ddm_family_again(struct ddm *ddm);
int ddm_family_watch(struct ddm *ddm);
enum ddm_family_news ddm_family_news(const struct nlmsghdr *nlh, uint16_t *id);

/* dialer.c */
void ddm_dial_queue(struct ddm *ddm, const struct nlmsghdr *nlh);
void ddm_dial_forget(struct ddm *ddm);

/* event.c */
void ddm_event_decode(const struct nlmsghdr *nlh, struct ddm_event *event);

#endif
