// SPDX-License-Identifier: GPL-2.0-only
/*
 * The family: what its messages hold, who may send which, and what a refusal
 * says. Policies and the table of operations are generated from uapi/ddm.yaml.
 */
#include <linux/eventfd.h>
#include <linux/rtnetlink.h>
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/ipv6.h>
#include <net/sock.h>

#include "attr.h"
#include "compat.h"
#include "ddm.h"
#include "journal.h"
#include "netlink-gen.h"

static struct genl_family ddm_family;

/* The family is going, or gone */
static bool closing;

/* Where a dump is; the same for all, each uses what it needs */
struct dump_state {
	unsigned long next;
	u64 snapshot;
	bool begun;
};

static struct dump_state *dump_state(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct dump_state) > sizeof(cb->ctx));

	return (struct dump_state *)cb->ctx;
}

/*
 * Old kernels know no other sign that there is more to come. At the end it is
 * 0, whatever was written: then the end goes into the same message.
 */
static int dump_result(const struct sk_buff *skb, int err)
{
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}

static bool may_see_all(struct sk_buff *skb, struct net *net)
{
	return netlink_ns_capable(skb, net->user_ns, CAP_NET_ADMIN);
}

/* A refusal that names the attribute that should have been there */
#define MISSING(info, attribute, message)                   \
	({                                                  \
		NL_SET_ERR_MSG((info)->extack, message);    \
		(void)GENL_REQ_ATTR_CHECK(info, attribute); \
		-EINVAL;                                    \
	})

/*
 * Enough for most, and with what the kernel adds the smallest that it has: every
 * byte is cleared when it is allocated, on kernels that are hardened that way.
 */
#define REPLY_SIZE 320

/* Made before anything is changed: a request that fails has changed nothing. */
static struct sk_buff *reply_new(void)
{
	return genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
}

static int reply_send(struct sk_buff *msg, struct genl_info *info, int err)
{
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	return genlmsg_reply(msg, info);
}

static int put_string(struct sk_buff *skb, int attribute, const char *s)
{
	return s[0] ? nla_put_string(skb, attribute, s) : 0;
}

static int put_u32(struct sk_buff *skb, int attribute, u32 value)
{
	return value ? nla_put_u32(skb, attribute, value) : 0;
}

/* ------------------------------------------------------------- service -- */

/* Limits of a namespace, and what they are where none is set */
static const struct {
	int attribute;
	size_t offset;
	const unsigned int *parameter;
} limits[] = {
	{ DDM_A_SERVICE_MAX_INTERFACES,
	  offsetof(struct ddm_net, max_interfaces), &ddm_max_interfaces },
	{ DDM_A_SERVICE_MAX_LISTENERS, offsetof(struct ddm_net, max_listeners),
	  &ddm_max_listeners },
	{ DDM_A_SERVICE_MAX_SOCKET_LISTENERS,
	  offsetof(struct ddm_net, max_socket_listeners),
	  &ddm_max_socket_listeners },
};

static struct ddm_limit *limit_of(struct ddm_net *dn, int i)
{
	return (void *)dn + limits[i].offset;
}

static int service_fill(struct sk_buff *skb, struct ddm_net *dn)
{
	u32 size;
	u64 oldest = ddm_journal_oldest(dn, &size);
	u64 uptime =
		div_u64(ktime_get_boottime_ns() - dn->started, NSEC_PER_MSEC);
	int i;

	if (nla_put_u32(skb, DDM_A_SERVICE_STATE, dn->state) ||
	    nla_put_u64_64bit(skb, DDM_A_SERVICE_SEQUENCE,
			      atomic64_read(&dn->head), DDM_A_SERVICE_PAD) ||
	    nla_put_u64_64bit(skb, DDM_A_SERVICE_OLDEST, oldest,
			      DDM_A_SERVICE_PAD) ||
	    nla_put_u64_64bit(skb, DDM_A_SERVICE_EPOCH, dn->epoch,
			      DDM_A_SERVICE_PAD) ||
	    nla_put_u64_64bit(skb, DDM_A_SERVICE_UPTIME, uptime,
			      DDM_A_SERVICE_PAD) ||
	    nla_put_u32(skb, DDM_A_SERVICE_INTERFACES, dn->count) ||
	    nla_put_u32(skb, DDM_A_SERVICE_CONNECTIONS, dn->connected) ||
	    nla_put_u32(skb, DDM_A_SERVICE_LINKS, dn->link_count) ||
	    nla_put_u32(skb, DDM_A_SERVICE_LISTENERS, dn->listener_count) ||
	    nla_put_u32(skb, DDM_A_SERVICE_JOURNAL_SIZE, size) ||
	    put_u32(skb, DDM_A_SERVICE_DROPPED, dn->dropped))
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(limits); i++)
		if (nla_put_u32(skb, limits[i].attribute,
				ddm_limit(limit_of(dn, i),
					  READ_ONCE(*limits[i].parameter))))
			return -EMSGSIZE;
	return dn->dialer ? nla_put_u32(skb, DDM_A_SERVICE_DIALER,
					dn->dialer->portid) :
			    0;
}

int ddm_nl_service_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr *epoch = info->attrs[DDM_A_SERVICE_EPOCH];
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (epoch && nla_get_u64(epoch) != dn->epoch) {
		NL_SET_ERR_MSG_ATTR(info->extack, epoch, "the epoch is over");
		return -ESTALE;
	}
	msg = reply_new();
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &ddm_family, 0, DDM_CMD_SERVICE_GET);
	/* the dialer may go while it is looked at */
	mutex_lock(&dn->lock);
	err = service_fill(msg, dn);
	mutex_unlock(&dn->lock);
	genlmsg_end(msg, hdr);
	return reply_send(msg, info, err);
}

/*
 * The parameters protect the machine from whoever has a user namespace of his
 * own, and with it the right to ask here: only the machine's own administrator
 * goes beyond them. Nobody is kept from lowering what is set. @parameters keeps
 * what they were: they may change meanwhile.
 */
static int limits_check(struct sk_buff *skb, struct genl_info *info,
			struct ddm_net *dn, u32 *parameters)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		struct nlattr *limit = info->attrs[limits[i].attribute];
		u32 parameter = READ_ONCE(*limits[i].parameter);

		parameters[i] = parameter;
		if (!limit ||
		    nla_get_u32(limit) <=
			    max(ddm_limit(limit_of(dn, i), parameter),
				parameter) ||
		    netlink_capable(skb, CAP_NET_ADMIN))
			continue;
		NL_SET_ERR_MSG_ATTR(
			info->extack, limit,
			"more than the module's parameter needs CAP_NET_ADMIN in the initial user namespace");
		return -EPERM;
	}
	return 0;
}

/* One that is not beyond the parameter follows it when it is lowered. */
static void limits_set(struct genl_info *info, struct ddm_net *dn,
		       const u32 *parameters)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		struct nlattr *attr = info->attrs[limits[i].attribute];
		struct ddm_limit *limit = limit_of(dn, i);

		if (!attr)
			continue;
		limit->value = nla_get_u32(attr);
		limit->beyond = limit->value > parameters[i];
	}
}

int ddm_nl_service_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr **attrs = info->attrs;
	u32 parameters[ARRAY_SIZE(limits)];
	int err;

	mutex_lock(&dn->lock);
	err = limits_check(skb, info, dn, parameters);
	if (err)
		goto unlock;
	/* the event needs a journal to go to */
	err = ddm_journal_reserve(dn, dn->count);
	if (err)
		goto unlock;
	limits_set(info, dn, parameters);
	if (attrs[DDM_A_SERVICE_STATE])
		ddm_service_set_state(dn,
				      nla_get_u32(attrs[DDM_A_SERVICE_STATE]));
unlock:
	mutex_unlock(&dn->lock);
	return err;
}

/* ----------------------------------------------------------- interface -- */

/* What every message about an interface may hold, but for the name */
#define INTERFACE_SIZE                                             \
	(nla_total_size(sizeof(u32)) * 6 + nla_total_size(0) * 2 + \
	 nla_total_size_64bit(sizeof(u64)) * 2)
/* What detail adds, but for kind and settings */
#define DETAIL_SIZE                                                   \
	(nla_total_size(IFNAMSIZ) + nla_total_size(sizeof(u32)) * 3 + \
	 nla_total_size_64bit(sizeof(u64)) * 2)

static int interface_fill_detail(struct sk_buff *skb, struct ddm_net *dn,
				 const struct ddm_view *view,
				 struct sk_buff *request)
{
	struct net_device *dev =
		view->ifindex ? dev_get_by_index_rcu(dn->net, view->ifindex) :
				NULL;
	const char *kind = dev ? ddm_kind_name(dev) : "";
	size_t kind_length = strlen(kind), settings_length;
	void *at = skb_tail_pointer(skb);

	settings_length = view->settings_length &&
					  may_see_all(request, dn->net) ?
				  view->settings_length :
				  0;
	if (skb_tailroom(skb) < DETAIL_SIZE + nla_total_size(kind_length + 1) +
					nla_total_size(settings_length + 1))
		return -EMSGSIZE;

	at = ddm_attr_text_set(at, DDM_A_INTERFACE_DEVICE, view->device,
			       strlen(view->device));
	at = ddm_attr_u32(at, DDM_A_INTERFACE_METHOD, view->method);
	at = ddm_attr_text_set(at, DDM_A_INTERFACE_KIND, kind, kind_length);
	at = ddm_attr_u64(at, DDM_A_INTERFACE_SEQUENCE, view->sequence,
			  DDM_A_INTERFACE_PAD);
	at = ddm_attr_u32(at, DDM_A_INTERFACE_CONNECTS, view->connects);
	at = ddm_attr_u32(at, DDM_A_INTERFACE_FAILURES, view->failures);
	at = ddm_attr_u64(at, DDM_A_INTERFACE_CHANGED, view->changed,
			  DDM_A_INTERFACE_PAD);
	at = ddm_attr_text_set(at, DDM_A_INTERFACE_SETTINGS, view->settings,
			       settings_length);
	__skb_put(skb, (u8 *)at - skb_tail_pointer(skb));
	return 0;
}

/*
 * Fills a message about an interface, for get, dump and replies alike; RCU held.
 * @request is that of who wants detail, or NULL.
 */
static int interface_fill(struct sk_buff *skb,
			  const struct ddm_interface *iface, void *hdr,
			  struct sk_buff *request, u64 snapshot)
{
	struct ddm_view view;
	void *at;

	if (!hdr)
		return -EMSGSIZE;

	ddm_interface_view(iface, &view);
	if (skb_tailroom(skb) <
	    INTERFACE_SIZE + nla_total_size(view.name_length + 1))
		goto cancel;

	at = skb_tail_pointer(skb);
	at = ddm_attr_u32(at, DDM_A_INTERFACE_ID, view.id);
	at = ddm_attr_text(at, DDM_A_INTERFACE_NAME, view.name,
			   view.name_length);
	at = ddm_attr_u32(at, DDM_A_INTERFACE_TYPE, view.type);
	at = ddm_attr_u32(at, DDM_A_INTERFACE_STATE, view.state);
	at = ddm_attr_u32_set(at, DDM_A_INTERFACE_UNREACHABILITY,
			      view.unreachability);
	at = ddm_attr_u32_set(at, DDM_A_INTERFACE_LAST_ERROR, view.last_error);
	at = ddm_attr_u32_set(at, DDM_A_INTERFACE_IFINDEX, view.ifindex);
	at = ddm_attr_flag(at, DDM_A_INTERFACE_DISABLED, view.disabled);
	at = ddm_attr_flag(at, DDM_A_INTERFACE_DYNAMIC, view.dynamic);
	if (snapshot)
		at = ddm_attr_u64(at, DDM_A_INTERFACE_SNAPSHOT, snapshot - 1,
				  DDM_A_INTERFACE_PAD);
	if (view.connection)
		at = ddm_attr_u64(at, DDM_A_INTERFACE_CONNECTION,
				  view.connection, DDM_A_INTERFACE_PAD);
	__skb_put(skb, (u8 *)at - skb_tail_pointer(skb));
	if (request && interface_fill_detail(skb, iface->dn, &view, request))
		goto cancel;

	genlmsg_end(skb, hdr);
	return 0;

cancel:
	genlmsg_cancel(skb, hdr);
	return -EMSGSIZE;
}

/* Room for the longest name and settings */
#define REPLY_LONG (GENLMSG_DEFAULT_SIZE + DDM_SETTINGS_MAX)

/* Fills @msg and sends it; it is gone either way, unless it is too small. */
static int interface_reply_try(struct sk_buff *msg, struct sk_buff *request,
			       struct genl_info *info, u8 cmd, u32 id)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct ddm_interface *iface;
	int err = -ESTALE;

	rcu_read_lock();
	iface = xa_load(&dn->interfaces, id);
	if (iface)
		err = interface_fill(msg, iface,
				     genlmsg_put_reply(msg, info, &ddm_family,
						       0, cmd),
				     request, 0);
	rcu_read_unlock();
	if (!iface)
		NL_SET_ERR_MSG(info->extack,
			       "the interface was deleted meanwhile");
	return err == -EMSGSIZE ? err : reply_send(msg, info, err);
}

/*
 * As above, and it is gone in any case: name or settings may have been changed
 * since there was room for them.
 */
static int interface_reply(struct sk_buff *msg, struct sk_buff *request,
			   struct genl_info *info, u8 cmd, u32 id)
{
	int err = interface_reply_try(msg, request, info, cmd, id);

	if (err != -EMSGSIZE)
		return err;
	nlmsg_free(msg);
	msg = genlmsg_new(REPLY_LONG, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	err = interface_reply_try(msg, request, info, cmd, id);
	if (err == -EMSGSIZE)
		nlmsg_free(msg);
	return err;
}

/* Room for all that there is to tell of an interface now */
static struct sk_buff *interface_reply_new(struct ddm_net *dn, u32 id)
{
	struct ddm_interface *iface;
	size_t size = REPLY_SIZE;
	struct ddm_text *settings;

	rcu_read_lock();
	iface = xa_load(&dn->interfaces, id);
	if (iface) {
		size += rcu_dereference(iface->name)->length;
		settings = rcu_dereference(iface->settings);
		size += settings ? settings->length : 0;
	}
	rcu_read_unlock();
	return genlmsg_new(size, GFP_KERNEL);
}

/* Finds the interface that a request names by id or by name; RCU held */
static struct ddm_interface *interface_find(struct ddm_net *dn,
					    struct genl_info *info)
{
	struct nlattr *by_id = info->attrs[DDM_A_INTERFACE_ID];
	struct nlattr *by_name = info->attrs[DDM_A_INTERFACE_NAME];
	struct ddm_interface *iface;
	int err;

	if (!by_id && !by_name)
		return ERR_PTR(MISSING(info, DDM_A_INTERFACE_ID,
				       "neither id nor name is given"));
	if (by_id && by_name) {
		NL_SET_ERR_MSG_ATTR(info->extack, by_name,
				    "both id and name are given");
		return ERR_PTR(-EINVAL);
	}

	iface = by_id ? xa_load(&dn->interfaces, nla_get_u32(by_id)) :
			ddm_interface_by_name(dn, nla_data(by_name));
	if (iface)
		return iface;

	err = by_name ? ddm_name_check(nla_data(by_name), info->extack) : 0;
	if (err) {
		NL_SET_BAD_ATTR(info->extack, by_name);
		return ERR_PTR(err);
	}
	NL_SET_ERR_MSG_ATTR(info->extack, by_id ?: by_name,
			    "there is no such interface");
	return ERR_PTR(by_id ? -ESTALE : -ENOENT);
}

/* Finds the id of that interface */
static int interface_named(struct genl_info *info, u32 *id)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct ddm_interface *iface;
	int err;

	err = ddm_service_check(dn, info->extack);
	if (err)
		return err;
	rcu_read_lock();
	iface = interface_find(dn, info);
	if (IS_ERR(iface))
		err = PTR_ERR(iface);
	else
		*id = iface->id;
	rcu_read_unlock();
	return err;
}

int ddm_nl_interface_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	size_t size = REPLY_SIZE;
	struct ddm_interface *iface;
	struct sk_buff *msg;
	int err;

	err = ddm_service_check(dn, info->extack);
	if (err)
		return err;
	for (;;) {
		msg = genlmsg_new(size, GFP_KERNEL);
		if (!msg)
			return -ENOMEM;
		rcu_read_lock();
		iface = interface_find(dn, info);
		if (IS_ERR(iface))
			err = PTR_ERR(iface);
		else
			err = interface_fill(
				msg, iface,
				genlmsg_put_reply(msg, info, &ddm_family, 0,
						  DDM_CMD_INTERFACE_GET),
				skb, 0);
		rcu_read_unlock();
		if (err != -EMSGSIZE || size == REPLY_LONG)
			return reply_send(msg, info, err);
		/* it has long settings, or a long name */
		nlmsg_free(msg);
		size = REPLY_LONG;
	}
}

/*
 * The first part has to hold any interface, and later ones too: a list ends where
 * one does not fit. Short forms are never as long.
 */
int ddm_nl_interface_get_start(struct netlink_callback *cb)
{
	if (nla_get_flag(ddm_dump_attrs(cb)[DDM_A_INTERFACE_DETAIL]))
		cb->min_dump_alloc = REPLY_LONG;
	return 0;
}

int ddm_nl_interface_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb)
{
	struct ddm_net *dn = ddm_net(sock_net(skb->sk));
	struct dump_state *state = dump_state(cb);
	struct nlattr **attrs = ddm_dump_attrs(cb);
	bool detail, first = true;
	XA_STATE(xas, &dn->interfaces, state->next);
	struct ddm_interface *iface;
	int err;

	err = ddm_service_check(dn, cb->extack);
	if (err)
		return err;
	if (attrs[DDM_A_INTERFACE_ID] || attrs[DDM_A_INTERFACE_NAME]) {
		NL_SET_ERR_MSG_ATTR(cb->extack,
				    attrs[DDM_A_INTERFACE_ID] ?:
					    attrs[DDM_A_INTERFACE_NAME],
				    "a dump takes no id and no name");
		return -EINVAL;
	}
	if (!state->begun) {
		state->begun = true;
		/* plus one: 0 stands for no snapshot to tell */
		state->snapshot = atomic64_read_acquire(&dn->head) + 1;
	}
	detail = nla_get_flag(attrs[DDM_A_INTERFACE_DETAIL]);

	cb->seq = READ_ONCE(dn->generation);
	rcu_read_lock();
	xas_for_each(&xas, iface, ULONG_MAX) {
		void *hdr;

		if (xas_retry(&xas, iface))
			continue;
		hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
				  cb->nlh->nlmsg_seq, &ddm_family, NLM_F_MULTI,
				  DDM_CMD_INTERFACE_GET);
		if (hdr)
			genl_dump_check_consistent(cb, hdr);
		err = interface_fill(skb, iface, hdr, detail ? cb->skb : NULL,
				     first ? state->snapshot : 0);
		if (err)
			break;
		first = false;
		state->next = xas.xa_index + 1;
	}
	rcu_read_unlock();
	return dump_result(skb, err);
}

static const char *string_of(struct nlattr *attr)
{
	return attr ? nla_data(attr) : NULL;
}

static int int_of(struct nlattr *attr)
{
	return attr ? (int)nla_get_u32(attr) : -1;
}

static int spec_of(struct genl_info *info, struct ddm_spec *spec)
{
	struct nlattr **attrs = info->attrs;
	int err;

	spec->name = string_of(attrs[DDM_A_INTERFACE_NAME]);
	spec->device = string_of(attrs[DDM_A_INTERFACE_DEVICE]);
	spec->settings = string_of(attrs[DDM_A_INTERFACE_SETTINGS]);
	spec->type = int_of(attrs[DDM_A_INTERFACE_TYPE]);
	spec->method = int_of(attrs[DDM_A_INTERFACE_METHOD]);
	spec->enabled = int_of(attrs[DDM_A_INTERFACE_ENABLED]);

	err = ddm_service_check(ddm_net(genl_info_net(info)), info->extack);
	if (err || !spec->name)
		return err;
	err = ddm_name_check(spec->name, info->extack);
	if (err)
		NL_SET_BAD_ATTR(info->extack, attrs[DDM_A_INTERFACE_NAME]);
	return err;
}

/* The attribute that a refusal of create or change is about */
static void mark_bad(struct genl_info *info, int err)
{
	int attribute = err == -EEXIST ? DDM_A_INTERFACE_NAME :
					 DDM_A_INTERFACE_DEVICE;

	if ((err == -EEXIST || err == -EADDRINUSE || err == -EINVAL) &&
	    info->attrs[attribute])
		NL_SET_BAD_ATTR(info->extack, info->attrs[attribute]);
}

static void evaluate_name(struct ddm_net *dn, const char *device)
{
	struct net_device *dev =
		device[0] ? __dev_get_by_name(dn->net, device) : NULL;

	if (dev)
		ddm_netdev_evaluate(dn, dev);
}

int ddm_nl_interface_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct ddm_interface *iface;
	struct ddm_spec spec;
	struct sk_buff *msg;
	u32 id = 0;
	int err;

	err = spec_of(info, &spec);
	if (err)
		return err;
	if (!spec.name)
		return MISSING(info, DDM_A_INTERFACE_NAME, "name is missing");
	msg = genlmsg_new(REPLY_LONG, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	mutex_lock(&dn->lock);
	err = ddm_interface_create(dn, &spec, &iface, info->extack);
	if (!err) {
		id = iface->id;
		evaluate_name(dn, iface->device);
	}
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	if (err) {
		mark_bad(info, err);
		nlmsg_free(msg);
		return err;
	}
	return interface_reply(msg, skb, info, DDM_CMD_INTERFACE_NEW, id);
}

int ddm_nl_interface_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct ddm_interface *iface;
	struct ddm_spec spec;
	char old[IFNAMSIZ];
	int err;

	err = spec_of(info, &spec);
	if (err)
		return err;
	if (!info->attrs[DDM_A_INTERFACE_ID])
		return MISSING(info, DDM_A_INTERFACE_ID, "id is missing");

	rtnl_lock();
	mutex_lock(&dn->lock);
	iface = xa_load(&dn->interfaces,
			nla_get_u32(info->attrs[DDM_A_INTERFACE_ID]));
	if (!iface) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[DDM_A_INTERFACE_ID],
				    "there is no such interface");
		err = -ESTALE;
		goto unlock;
	}
	memcpy(old, iface->device, sizeof(old));
	err = ddm_interface_change(iface, &spec, info->extack);
	if (err) {
		mark_bad(info, err);
		goto unlock;
	}
	if (spec.device) {
		evaluate_name(dn, old);
		evaluate_name(dn, spec.device);
	}
unlock:
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	return err;
}

static int interface_delete(struct ddm_net *dn, u32 id,
			    struct netlink_ext_ack *extack)
{
	struct ddm_interface *iface = xa_load(&dn->interfaces, id);
	struct net_device *dev = NULL;

	if (!iface) {
		NL_SET_ERR_MSG(extack, "there is no such interface");
		return -ESTALE;
	}
	if (iface->dynamic) {
		NL_SET_ERR_MSG(
			extack,
			"the interface is dynamic and goes with its device");
		return -EOPNOTSUPP;
	}
	if (iface->connection) {
		NL_SET_ERR_MSG(extack, "the interface is connected");
		return -EBUSY;
	}
	if (iface->ifindex)
		dev = __dev_get_by_index(dn->net, iface->ifindex);
	if (dev)
		ddm_interface_unbind(iface, dev, DDM_REASON_DELETED);
	ddm_interface_remove(iface, DDM_REASON_DELETED);
	if (dev)
		ddm_netdev_evaluate(dn, dev);
	return 0;
}

int ddm_nl_interface_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	u32 id;
	int err;

	err = interface_named(info, &id);
	if (err)
		return err;
	rtnl_lock();
	mutex_lock(&dn->lock);
	err = interface_delete(dn, id, info->extack);
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	return err;
}

static struct eventfd_ctx *waiter_of(struct genl_info *info)
{
	struct nlattr *fd = info->attrs[DDM_A_INTERFACE_EVENT_FD];
	struct eventfd_ctx *ctx;

	if (!fd)
		return NULL;
	ctx = eventfd_ctx_fdget(nla_get_s32(fd));
	if (IS_ERR(ctx))
		NL_SET_ERR_MSG_ATTR(info->extack, fd,
				    "event-fd is not an eventfd");
	return ctx;
}

/* 6.1 has no policy for a range as large as this */
static int timeout_of(struct nlattr *attr, u32 *timeout,
		      struct netlink_ext_ack *extack)
{
	*timeout = attr ? nla_get_u32(attr) : 0;
	if (*timeout <= DDM_TIMEOUT_MAX)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "timeout is longer than a day");
	return -ERANGE;
}

int ddm_nl_interface_connect_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct eventfd_ctx *waiter;
	struct sk_buff *msg;
	u32 timeout;
	u32 id;
	int err;

	err = interface_named(info, &id) ?:
		      timeout_of(info->attrs[DDM_A_INTERFACE_TIMEOUT], &timeout,
				 info->extack);
	if (err)
		return err;
	msg = interface_reply_new(ddm_net(genl_info_net(info)), id);
	if (!msg)
		return -ENOMEM;
	waiter = waiter_of(info);
	err = IS_ERR(waiter) ?
		      PTR_ERR(waiter) :
		      ddm_dial_connect(dn, id, timeout, waiter, info->extack);
	if (err) {
		if (!IS_ERR_OR_NULL(waiter))
			eventfd_ctx_put(waiter);
		nlmsg_free(msg);
		return err;
	}
	return interface_reply(msg, skb, info, DDM_CMD_INTERFACE_CONNECT, id);
}

int ddm_nl_interface_disconnect_doit(struct sk_buff *skb,
				     struct genl_info *info)
{
	u32 id;
	int err = interface_named(info, &id);

	return err   ?:
		       ddm_dial_disconnect(ddm_net(genl_info_net(info)), id,
					   info->extack);
}

/* ---------------------------------------------------------- connection -- */

static int connection_fill(struct sk_buff *skb, struct ddm_net *dn,
			   const struct ddm_view *view, void *hdr)
{
	u64 counters[DDM_COUNTERS] = {};
	u64 duration = div_u64(ktime_get_boottime_ns() - view->start_boot,
			       NSEC_PER_MSEC);
	struct net_device *dev;
	int i;

	if (!hdr)
		return -EMSGSIZE;

	dev = dev_get_by_index_rcu(dn->net, view->ifindex);
	if (dev)
		ddm_counters_read(dev, view->base, counters);
	if (nla_put_u64_64bit(skb, DDM_A_CONNECTION_ID, view->connection,
			      DDM_A_CONNECTION_PAD) ||
	    nla_put_u32(skb, DDM_A_CONNECTION_INTERFACE, view->id) ||
	    nla_put_string(skb, DDM_A_CONNECTION_NAME, view->name) ||
	    nla_put_u32(skb, DDM_A_CONNECTION_TYPE, view->type) ||
	    nla_put_u32(skb, DDM_A_CONNECTION_IFINDEX, view->ifindex) ||
	    put_string(skb, DDM_A_CONNECTION_DEVICE, view->device) ||
	    nla_put_u64_64bit(skb, DDM_A_CONNECTION_START, view->start,
			      DDM_A_CONNECTION_PAD) ||
	    nla_put_u64_64bit(skb, DDM_A_CONNECTION_DURATION, duration,
			      DDM_A_CONNECTION_PAD) ||
	    put_u32(skb, DDM_A_CONNECTION_LINKS, view->links_up) ||
	    put_string(skb, DDM_A_CONNECTION_KIND,
		       dev ? ddm_kind_name(dev) : ""))
		goto cancel;
	for (i = 0; i < DDM_COUNTERS; i++)
		if (nla_put_u64_64bit(skb, DDM_A_CONNECTION_RX_BYTES + i,
				      counters[i], DDM_A_CONNECTION_PAD))
			goto cancel;
	genlmsg_end(skb, hdr);
	return 0;

cancel:
	genlmsg_cancel(skb, hdr);
	return -EMSGSIZE;
}

static int no_connection(struct genl_info *info)
{
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[DDM_A_CONNECTION_ID],
			    "there is no such connection");
	return -ENOTCONN;
}

static int connection_check(struct ddm_net *dn, struct genl_info *info)
{
	if (!info->attrs[DDM_A_CONNECTION_ID])
		return MISSING(info, DDM_A_CONNECTION_ID, "id is missing");
	return ddm_service_check(dn, info->extack);
}

int ddm_nl_connection_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct ddm_interface *iface;
	struct ddm_view view = {};
	struct sk_buff *msg;
	u64 id;
	int err;

	err = connection_check(dn, info);
	if (err)
		return err;
	msg = reply_new();
	if (!msg)
		return -ENOMEM;

	id = nla_get_u64(info->attrs[DDM_A_CONNECTION_ID]);
	rcu_read_lock();
	iface = ddm_interface_by_connection(dn, id);
	if (iface)
		ddm_connection_view(iface, &view);
	if (iface && view.connection == id)
		err = connection_fill(
			msg, dn, &view,
			genlmsg_put_reply(msg, info, &ddm_family, 0,
					  DDM_CMD_CONNECTION_GET));
	else
		err = no_connection(info);
	rcu_read_unlock();
	return reply_send(msg, info, err);
}

int ddm_nl_connection_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb)
{
	struct ddm_net *dn = ddm_net(sock_net(skb->sk));
	struct dump_state *state = dump_state(cb);
	struct ddm_interface *iface;
	unsigned long id;
	int err;

	err = ddm_service_check(dn, cb->extack);
	if (err)
		return err;
	if (ddm_dump_attrs(cb)[DDM_A_CONNECTION_ID]) {
		NL_SET_ERR_MSG_ATTR(cb->extack,
				    ddm_dump_attrs(cb)[DDM_A_CONNECTION_ID],
				    "a dump takes no id");
		return -EINVAL;
	}

	rcu_read_lock();
	xa_for_each_start(&dn->interfaces, id, iface, state->next) {
		struct ddm_view view;

		ddm_connection_view(iface, &view);
		if (view.connection)
			err = connection_fill(
				skb, dn, &view,
				genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
					    cb->nlh->nlmsg_seq, &ddm_family,
					    NLM_F_MULTI,
					    DDM_CMD_CONNECTION_GET));
		if (err)
			break;
		state->next = id + 1;
	}
	rcu_read_unlock();
	return dump_result(skb, err);
}

int ddm_nl_connection_clear_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct ddm_interface *iface;
	struct net_device *dev;
	int err;

	err = connection_check(dn, info);
	if (err)
		return err;

	rtnl_lock();
	mutex_lock(&dn->lock);
	iface = ddm_interface_by_connection(
		dn, nla_get_u64(info->attrs[DDM_A_CONNECTION_ID]));
	dev = iface ? __dev_get_by_index(dn->net, iface->ifindex) : NULL;
	if (dev)
		ddm_connection_clear(iface, dev);
	else
		err = no_connection(info);
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	return err;
}

/* ---------------------------------------------------------------- link -- */

/* What a link agent said of a link, read whole; RCU held */
static int link_fill_facts(struct sk_buff *skb, const struct ddm_link *link,
			   bool all)
{
	struct ddm_net *dn = link->interface->dn;
	struct ddm_text *user = rcu_dereference(link->user);
	struct ddm_text *peer = rcu_dereference(link->peer);
	struct ddm_link_facts facts;
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&dn->seq);
		facts = link->facts;
	} while (read_seqcount_retry(&dn->seq, seq));

	if (put_string(skb, DDM_A_LINK_MEDIA, facts.media) ||
	    put_u32(skb, DDM_A_LINK_INCOMING, facts.incoming) ||
	    put_u32(skb, DDM_A_LINK_SPEED, facts.speed))
		return -EMSGSIZE;
	if ((facts.local4 &&
	     nla_put_in_addr(skb, DDM_A_LINK_LOCAL4, facts.local4)) ||
	    (facts.remote4 &&
	     nla_put_in_addr(skb, DDM_A_LINK_REMOTE4, facts.remote4)))
		return -EMSGSIZE;
	if ((!ipv6_addr_any(&facts.local6) &&
	     nla_put_in6_addr(skb, DDM_A_LINK_LOCAL6, &facts.local6)) ||
	    (!ipv6_addr_any(&facts.remote6) &&
	     nla_put_in6_addr(skb, DDM_A_LINK_REMOTE6, &facts.remote6)))
		return -EMSGSIZE;
	if (!all)
		return 0;
	return put_string(skb, DDM_A_LINK_USER, user ? user->text : "") ?:
		       put_string(skb, DDM_A_LINK_PEER, peer ? peer->text : "");
}

static int link_fill(struct sk_buff *skb, const struct ddm_link *link,
		     void *hdr, bool all)
{
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, DDM_A_LINK_ID, link->id) ||
	    nla_put_u32(skb, DDM_A_LINK_INTERFACE, link->interface_id) ||
	    nla_put_u32(skb, DDM_A_LINK_IFINDEX, link->ifindex) ||
	    nla_put_string(skb, DDM_A_LINK_PORT, link->port) ||
	    nla_put_u32(skb, DDM_A_LINK_STATE, READ_ONCE(link->state)) ||
	    nla_put_u64_64bit(skb, DDM_A_LINK_CHANGED, READ_ONCE(link->changed),
			      DDM_A_LINK_PAD) ||
	    link_fill_facts(skb, link, all)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/* Fills @msg and sends it; it is gone either way */
static int link_reply(struct sk_buff *msg, struct sk_buff *request,
		      struct genl_info *info, u8 cmd, u32 id)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	bool all = may_see_all(request, dn->net);
	struct ddm_link *link;
	int err = -ENXIO;

	rcu_read_lock();
	link = xa_load(&dn->links, id);
	if (link)
		err = link_fill(
			msg, link,
			genlmsg_put_reply(msg, info, &ddm_family, 0, cmd), all);
	rcu_read_unlock();
	if (!link)
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[DDM_A_LINK_ID],
				    "there is no such link");
	return reply_send(msg, info, err);
}

static int link_named(struct genl_info *info)
{
	if (!info->attrs[DDM_A_LINK_ID])
		return MISSING(info, DDM_A_LINK_ID, "id is missing");
	return 0;
}

static int link_check(struct ddm_net *dn, struct genl_info *info)
{
	return link_named(info) ?: ddm_service_check(dn, info->extack);
}

int ddm_nl_link_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *msg;
	int err;

	err = link_check(ddm_net(genl_info_net(info)), info);
	if (err)
		return err;
	if (info->attrs[DDM_A_LINK_INTERFACE]) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[DDM_A_LINK_INTERFACE],
				    "only a dump takes an interface");
		return -EINVAL;
	}
	msg = reply_new();
	if (!msg)
		return -ENOMEM;
	return link_reply(msg, skb, info, DDM_CMD_LINK_GET,
			  nla_get_u32(info->attrs[DDM_A_LINK_ID]));
}

/* What a dump of links is limited to: one interface, which is there, or all */
static int link_dump_check(struct ddm_net *dn, struct nlattr **attrs,
			   struct netlink_ext_ack *extack)
{
	struct nlattr *interface = attrs[DDM_A_LINK_INTERFACE];

	if (attrs[DDM_A_LINK_ID]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[DDM_A_LINK_ID],
				    "a dump takes no id");
		return -EINVAL;
	}
	if (interface && !xa_load(&dn->interfaces, nla_get_u32(interface))) {
		NL_SET_ERR_MSG_ATTR(extack, interface,
				    "there is no such interface");
		return -ESTALE;
	}
	return 0;
}

int ddm_nl_link_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct ddm_net *dn = ddm_net(sock_net(skb->sk));
	struct dump_state *state = dump_state(cb);
	bool all = netlink_ns_capable(cb->skb, dn->net->user_ns, CAP_NET_ADMIN);
	struct nlattr **attrs = ddm_dump_attrs(cb);
	struct nlattr *interface = attrs[DDM_A_LINK_INTERFACE];
	struct ddm_link *link;
	unsigned long id;
	int err;

	err = ddm_service_check(dn, cb->extack);
	/* if the interface goes meanwhile, its links do */
	if (!err && !state->begun)
		err = link_dump_check(dn, attrs, cb->extack);
	if (err)
		return err;
	state->begun = true;

	rcu_read_lock();
	xa_for_each_start(&dn->links, id, link, state->next) {
		if (interface && link->interface_id != nla_get_u32(interface))
			continue;
		err = link_fill(skb, link,
				genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
					    cb->nlh->nlmsg_seq, &ddm_family,
					    NLM_F_MULTI, DDM_CMD_LINK_GET),
				all);
		if (err)
			break;
		state->next = id + 1;
	}
	rcu_read_unlock();
	return dump_result(skb, err);
}

static void link_spec_of(struct nlattr **attrs, struct ddm_link_spec *spec)
{
	struct ddm_link_facts *facts = &spec->facts;

	memset(spec, 0, sizeof(*spec));
	spec->user = string_of(attrs[DDM_A_LINK_USER]);
	spec->peer = string_of(attrs[DDM_A_LINK_PEER]);
	if (attrs[DDM_A_LINK_MEDIA]) {
		nla_strscpy(facts->media, attrs[DDM_A_LINK_MEDIA],
			    sizeof(facts->media));
		spec->set |= DDM_LINK_MEDIA;
	}
	if (attrs[DDM_A_LINK_INCOMING]) {
		facts->incoming = nla_get_u32(attrs[DDM_A_LINK_INCOMING]);
		spec->set |= DDM_LINK_INCOMING;
	}
	if (attrs[DDM_A_LINK_SPEED]) {
		facts->speed = nla_get_u32(attrs[DDM_A_LINK_SPEED]);
		spec->set |= DDM_LINK_SPEED;
	}
	if (attrs[DDM_A_LINK_LOCAL4]) {
		facts->local4 = nla_get_in_addr(attrs[DDM_A_LINK_LOCAL4]);
		spec->set |= DDM_LINK_LOCAL4;
	}
	if (attrs[DDM_A_LINK_REMOTE4]) {
		facts->remote4 = nla_get_in_addr(attrs[DDM_A_LINK_REMOTE4]);
		spec->set |= DDM_LINK_REMOTE4;
	}
	if (attrs[DDM_A_LINK_LOCAL6]) {
		facts->local6 = nla_get_in6_addr(attrs[DDM_A_LINK_LOCAL6]);
		spec->set |= DDM_LINK_LOCAL6;
	}
	if (attrs[DDM_A_LINK_REMOTE6]) {
		facts->remote6 = nla_get_in6_addr(attrs[DDM_A_LINK_REMOTE6]);
		spec->set |= DDM_LINK_REMOTE6;
	}
}

static int link_add(struct ddm_net *dn, struct genl_info *info, u32 *id)
{
	struct nlattr *ifindex = info->attrs[DDM_A_LINK_IFINDEX];
	struct nlattr *state = info->attrs[DDM_A_LINK_STATE];
	struct net_device *dev =
		__dev_get_by_index(dn->net, nla_get_u32(ifindex));
	struct ddm_interface *iface =
		dev ? xa_load(&dn->by_ifindex, dev->ifindex) : NULL;
	struct ddm_link_spec spec;
	struct ddm_link *link;

	if (!iface) {
		NL_SET_ERR_MSG_ATTR(
			info->extack, ifindex,
			"there is no such device, or it has no interface");
		return -ENODEV;
	}
	link_spec_of(info->attrs, &spec);
	link = ddm_link_add(iface, dev, nla_data(info->attrs[DDM_A_LINK_PORT]),
			    state ? nla_get_u32(state) : DDM_LINK_STATE_DOWN,
			    &spec, info->extack);
	if (IS_ERR(link)) {
		if (PTR_ERR(link) == -EEXIST)
			NL_SET_BAD_ATTR(info->extack,
					info->attrs[DDM_A_LINK_PORT]);
		else if (PTR_ERR(link) == -EOPNOTSUPP)
			NL_SET_BAD_ATTR(info->extack, ifindex);
		return PTR_ERR(link);
	}
	*id = link->id;
	return 0;
}

int ddm_nl_link_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct sk_buff *msg;
	u32 id;
	int err;

	/* taken from agents even while stopped: so is PPP followed */
	if (!info->attrs[DDM_A_LINK_IFINDEX])
		return MISSING(info, DDM_A_LINK_IFINDEX, "ifindex is missing");
	if (!info->attrs[DDM_A_LINK_PORT])
		return MISSING(info, DDM_A_LINK_PORT, "port is missing");
	if (!*(char *)nla_data(info->attrs[DDM_A_LINK_PORT])) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[DDM_A_LINK_PORT],
				    "port is empty");
		return -EINVAL;
	}
	msg = reply_new();
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	mutex_lock(&dn->lock);
	err = link_add(dn, info, &id);
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	return link_reply(msg, skb, info, DDM_CMD_LINK_NEW, id);
}

static u16 link_error_of(struct genl_info *info)
{
	struct nlattr *error = info->attrs[DDM_A_LINK_ERROR];

	return error ? nla_get_u32(error) : 0;
}

static int link_set(struct ddm_link *link, struct net_device *dev,
		    struct genl_info *info)
{
	struct nlattr *state = info->attrs[DDM_A_LINK_STATE];
	struct ddm_link_spec spec;
	int err;

	link_spec_of(info->attrs, &spec);
	err = ddm_link_describe(link, &spec);
	if (!err && state)
		ddm_link_set(link, dev, nla_get_u32(state),
			     link_error_of(info));
	return err;
}

static int link_remove(struct ddm_link *link, struct net_device *dev,
		       struct genl_info *info)
{
	ddm_link_remove(link, dev, link_error_of(info));
	return 0;
}

/* Does something to the link that a request names, even while stopped */
static int link_change(struct genl_info *info,
		       int (*change)(struct ddm_link *, struct net_device *,
				     struct genl_info *))
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct net_device *dev;
	struct ddm_link *link;
	int err;

	err = link_named(info);
	if (err)
		return err;

	rtnl_lock();
	mutex_lock(&dn->lock);
	link = xa_load(&dn->links, nla_get_u32(info->attrs[DDM_A_LINK_ID]));
	dev = link ? __dev_get_by_index(dn->net, link->ifindex) : NULL;
	if (dev) {
		err = change(link, dev, info);
	} else {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[DDM_A_LINK_ID],
				    "there is no such link");
		err = -ENXIO;
	}
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	return err;
}

int ddm_nl_link_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return link_change(info, link_set);
}

int ddm_nl_link_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return link_change(info, link_remove);
}

int ddm_nl_link_hangup_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr *id = info->attrs[DDM_A_LINK_ID];
	struct ddm_link *link;
	int err;

	err = link_check(dn, info);
	if (err)
		return err;

	mutex_lock(&dn->lock);
	link = xa_load(&dn->links, nla_get_u32(id));
	if (link) {
		err = ddm_dial_hangup_link(link, info->extack);
		if (err == -EOPNOTSUPP)
			NL_SET_BAD_ATTR(info->extack, id);
	} else {
		NL_SET_ERR_MSG_ATTR(info->extack, id, "there is no such link");
		err = -ENXIO;
	}
	mutex_unlock(&dn->lock);
	return err;
}

/* ------------------------------------------------------------ listener -- */

int ddm_nl_listener_register_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr *fd = info->attrs[DDM_A_LISTENER_EVENT_FD];
	struct nlattr *mask = info->attrs[DDM_A_LISTENER_MASK];
	struct nlattr *interface = info->attrs[DDM_A_LISTENER_INTERFACE];
	int err;

	if (!fd)
		return MISSING(info, DDM_A_LISTENER_EVENT_FD,
			       "event-fd is missing");

	mutex_lock(&dn->lock);
	if (interface && !xa_load(&dn->interfaces, nla_get_u32(interface))) {
		NL_SET_ERR_MSG_ATTR(info->extack, interface,
				    "there is no such interface");
		err = -ESTALE;
	} else {
		err = ddm_listener_add(
			dn, NETLINK_CB(skb).sk, info->snd_portid,
			nla_get_s32(fd),
			mask ? nla_get_u32(mask) : DDM_EVENT_MASK_DEFAULT,
			interface ? nla_get_u32(interface) : 0, info->extack);
		if (err == -EBADF || err == -EINVAL)
			NL_SET_BAD_ATTR(info->extack, fd);
	}
	mutex_unlock(&dn->lock);
	return err;
}

int ddm_nl_listener_deregister_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr *fd = info->attrs[DDM_A_LISTENER_EVENT_FD];
	int err;

	err = ddm_service_check(dn, info->extack);
	if (err)
		return err;
	if (!fd)
		return MISSING(info, DDM_A_LISTENER_EVENT_FD,
			       "event-fd is missing");

	mutex_lock(&dn->lock);
	err = ddm_listener_del(dn, NETLINK_CB(skb).sk, nla_get_s32(fd));
	mutex_unlock(&dn->lock);
	if (err == -ENOENT)
		NL_SET_ERR_MSG_ATTR(
			info->extack, fd,
			"this eventfd is not registered with this socket");
	else if (err)
		NL_SET_ERR_MSG_ATTR(info->extack, fd,
				    "event-fd is not an eventfd");
	return err;
}

/* --------------------------------------------------------------- event -- */

/* Everything an event may hold but the name */
#define EVENT_SIZE                               \
	(nla_total_size_64bit(sizeof(u64)) * 9 + \
	 nla_total_size(sizeof(u32)) * 9)

static bool event_names_interface(const struct ddm_event *event)
{
	return event->type == DDM_EVENT_TYPE_INTERFACE_NEW ||
	       event->type == DDM_EVENT_TYPE_INTERFACE_DEL;
}

/*
 * The name of its interface, "" if nobody knows it any more; RCU held. That of
 * an interface that is gone is put into @gone.
 */
static const char *event_name(struct ddm_net *dn, const struct ddm_event *event,
			      char gone[DDM_EVENT_NAME], size_t *length)
{
	struct ddm_interface *iface;
	const struct ddm_name *name;

	if (event_names_interface(event) && event->name[0]) {
		*length = strlen(event->name);
		return event->name;
	}
	*length = 0;
	if (!event->interface)
		return "";
	iface = xa_load(&dn->interfaces, event->interface);
	if (iface) {
		name = rcu_dereference(iface->name);
		*length = name->length;
		return name->text;
	}
	ddm_journal_name(dn, event->interface, gone, DDM_EVENT_NAME);
	*length = strlen(gone);
	return gone;
}

static void *event_put_interface(void *at, const struct ddm_event *event,
				 const char *name, size_t length)
{
	at = ddm_attr_u32(at, DDM_A_EVENT_INTERFACE, event->interface);
	if (length)
		at = ddm_attr_text(at, DDM_A_EVENT_NAME, name, length);
	at = ddm_attr_u32_set(at, DDM_A_EVENT_IFINDEX, event->ifindex);
	at = ddm_attr_u32(at, DDM_A_EVENT_STATE, event->state);
	at = ddm_attr_u32_set(at, DDM_A_EVENT_REASON, event->reason);
	at = ddm_attr_u32_set(at, DDM_A_EVENT_ERROR, event->error);
	if (event->connection)
		at = ddm_attr_u64(at, DDM_A_EVENT_CONNECTION, event->connection,
				  DDM_A_EVENT_PAD);
	return at;
}

static void *event_put_end(void *at, const struct ddm_event *event)
{
	int i;

	at = ddm_attr_u64(at, DDM_A_EVENT_DURATION,
			  ddm_duration_unpack(event->duration),
			  DDM_A_EVENT_PAD);
	for (i = 0; i < DDM_EVENT_COUNTERS; i++)
		at = ddm_attr_u64(at, DDM_A_EVENT_RX_BYTES + i,
				  event->counters[i], DDM_A_EVENT_PAD);
	return at;
}

/* Fills a message about an event, for get, dump and notification alike */
static int event_fill(struct sk_buff *skb, const struct ddm_event *event,
		      u64 sequence, const char *name, size_t length, void *hdr)
{
	void *at;

	if (!hdr)
		return -EMSGSIZE;
	if (skb_tailroom(skb) < EVENT_SIZE + nla_total_size(length + 1)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}

	at = skb_tail_pointer(skb);
	at = ddm_attr_u64(at, DDM_A_EVENT_SEQUENCE, sequence, DDM_A_EVENT_PAD);
	at = ddm_attr_u32(at, DDM_A_EVENT_TYPE, event->type);
	at = ddm_attr_u64(at, DDM_A_EVENT_TIME, event->time, DDM_A_EVENT_PAD);
	if (event->type == DDM_EVENT_TYPE_SERVICE)
		at = ddm_attr_u32(at, DDM_A_EVENT_SERVICE_STATE, event->state);
	else
		at = event_put_interface(at, event, name, length);
	if (event->type == DDM_EVENT_TYPE_DISCONNECTED)
		at = event_put_end(at, event);
	else if (event->type == DDM_EVENT_TYPE_LINK_UP ||
		 event->type == DDM_EVENT_TYPE_LINK_DOWN)
		at = ddm_attr_u32(at, DDM_A_EVENT_LINK, event->link);
	__skb_put(skb, (u8 *)at - skb_tail_pointer(skb));
	genlmsg_end(skb, hdr);
	return 0;
}

static int event_fill_lost(struct sk_buff *skb, u64 lost, u64 last, void *hdr)
{
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u64_64bit(skb, DDM_A_EVENT_SEQUENCE, last,
			      DDM_A_EVENT_PAD) ||
	    nla_put_u32(skb, DDM_A_EVENT_TYPE, DDM_EVENT_TYPE_LOST) ||
	    nla_put_u64_64bit(skb, DDM_A_EVENT_LOST, lost, DDM_A_EVENT_PAD)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static bool event_wanted(const struct ddm_event *event, struct nlattr **attrs)
{
	struct nlattr *interface = attrs[DDM_A_EVENT_INTERFACE];
	struct nlattr *mask = attrs[DDM_A_EVENT_MASK];

	if (interface && nla_get_u32(interface) != event->interface)
		return false;
	return !mask || (nla_get_u32(mask) & BIT(event->type));
}

static u64 event_first(struct ddm_net *dn, struct nlattr **attrs)
{
	u64 since;
	u32 size;

	if (!attrs[DDM_A_EVENT_SINCE])
		return ddm_journal_oldest(dn, &size);
	since = nla_get_u64(attrs[DDM_A_EVENT_SINCE]);
	/* nothing comes after the last of all numbers */
	return since == U64_MAX ? since : since + 1;
}

/*
 * Records: all that came after a number in one answer, each an array of
 * numbers. Who was woken wants them, and mostly there is but one.
 */

/* The most bytes that an answer with records has, and that without headers */
#define RECORDS_MAX 16000
#define RECORDS_SIZE (RECORDS_MAX - NLMSG_HDRLEN - GENL_HDRLEN)
/* Room to ask for at first for each event */
#define RECORD_GUESS 192
/* Events to look at for one answer, so that a filter does not take for ever */
#define RECORDS_LOOKS 65536
/* What comes after the records */
#define RECORDS_END (nla_total_size_64bit(sizeof(u64)) + nla_total_size(0))

/* The last that an event of this type has */
static u32 record_last(u32 type)
{
	switch (type) {
	case DDM_EVENT_TYPE_LOST:
		return DDM_A_EVENT_LOST;
	case DDM_EVENT_TYPE_DISCONNECTED:
		return DDM_A_EVENT_TX_PACKETS;
	case DDM_EVENT_TYPE_LINK_UP:
	case DDM_EVENT_TYPE_LINK_DOWN:
		return DDM_A_EVENT_LINK;
	case DDM_EVENT_TYPE_SERVICE:
		return DDM_A_EVENT_SERVICE_STATE;
	default:
		return DDM_A_EVENT_ERROR;
	}
}

static __always_inline void record_set(void *values, u32 attribute, u64 value)
{
	memcpy(values + (attribute - DDM_A_EVENT_SEQUENCE) * sizeof(value),
	       &value, sizeof(value));
}

/* What an event has in place of, or after, what they all have */
static void record_more(void *values, const struct ddm_event *event, u32 last)
{
	int i;

	if (event->type == DDM_EVENT_TYPE_DISCONNECTED) {
		record_set(values, DDM_A_EVENT_DURATION,
			   ddm_duration_unpack(event->duration));
		for (i = 0; i < DDM_EVENT_COUNTERS; i++)
			record_set(values, DDM_A_EVENT_RX_BYTES + i,
				   event->counters[i]);
		return;
	}
	for (i = DDM_A_EVENT_ERROR + 1; i <= last; i++)
		record_set(values, i, 0);
	if (event->type == DDM_EVENT_TYPE_SERVICE) {
		record_set(values, DDM_A_EVENT_STATE, 0);
		record_set(values, DDM_A_EVENT_SERVICE_STATE, event->state);
	} else if (event->type != DDM_EVENT_TYPE_LOST) {
		record_set(values, DDM_A_EVENT_LINK, event->link);
	}
}

/* Each element is written: what was in the message before is nobody's. */
static void record_fill(void *values, const struct ddm_event *event,
			u64 sequence, u32 last)
{
	record_set(values, DDM_A_EVENT_SEQUENCE, sequence);
	record_set(values, DDM_A_EVENT_TYPE, event->type);
	record_set(values, DDM_A_EVENT_TIME, event->time);
	record_set(values, DDM_A_EVENT_INTERFACE, event->interface);
	record_set(values, DDM_A_EVENT_NAME, 0);
	record_set(values, DDM_A_EVENT_IFINDEX, event->ifindex);
	record_set(values, DDM_A_EVENT_STATE, event->state);
	record_set(values, DDM_A_EVENT_CONNECTION, event->connection);
	record_set(values, DDM_A_EVENT_REASON, event->reason);
	record_set(values, DDM_A_EVENT_ERROR, event->error);
	if (last != DDM_A_EVENT_ERROR)
		record_more(values, event, last);
}

/* Writes a record and moves *@at on; returns its values, NULL without room */
static __always_inline void *record_put(void **at, const void *end,
					const struct ddm_event *event,
					u64 sequence, const char *name,
					size_t length)
{
	u32 last = record_last(event->type);
	u32 size = (last - DDM_A_EVENT_SEQUENCE + 1) * sizeof(u64);
	u32 whole = nla_total_size(size) +
		    (length ? nla_total_size(length + 1) : 0);
	void *values = *at;

	if (end - *at < nla_total_size(whole))
		return NULL;
	*at += nla_total_size(whole);
	values = ddm_attr_begin(values, DDM_A_EVENT_RECORD | NLA_F_NESTED,
				whole);
	values = ddm_attr_begin(values, DDM_A_RECORD_VALUES, size);
	record_fill(values, event, sequence, last);
	ddm_attr_text_set(values + size, DDM_A_RECORD_NAME, name, length);
	return values;
}

static noinline bool record_put_lost(void **at, const void *end, u64 lost,
				     u64 last)
{
	static const struct ddm_event event = { .type = DDM_EVENT_TYPE_LOST };
	void *values = record_put(at, end, &event, last, "", 0);

	if (values)
		record_set(values, DDM_A_EVENT_LOST, lost);
	return values;
}

/**
 * struct look - a walk along the interfaces
 * @xas: where it is
 * @last: what was found there, or NULL
 */
struct look {
	struct xa_state xas;
	struct ddm_interface *last;
};

/* In a burst, the next is mostly the neighbour. RCU held since the first look. */
static struct ddm_interface *look_up(struct look *look, u32 id)
{
	struct ddm_interface *iface;

	if (look->last && look->last->id + 1 == id) {
		iface = xas_next_entry(&look->xas, id);
		if (!xas_retry(&look->xas, iface)) {
			look->last = iface;
			return iface;
		}
	}
	do {
		xas_set(&look->xas, id);
		iface = xas_load(&look->xas);
	} while (xas_retry(&look->xas, iface));
	look->last = iface;
	return iface;
}

/* An event that bears a name itself, or of an interface that is gone */
static noinline bool record_put_named(void **at, const void *end,
				      struct ddm_net *dn,
				      const struct ddm_event *event,
				      u64 sequence)
{
	char gone[DDM_EVENT_NAME];
	const char *name;
	size_t length;

	name = event_name(dn, event, gone, &length);
	return record_put(at, end, event, sequence, name, length);
}

static bool record_put_event(void **at, const void *end, struct ddm_net *dn,
			     struct look *look, const struct ddm_event *event,
			     u64 sequence)
{
	const struct ddm_interface *iface = NULL;
	const struct ddm_name *name;

	if (event->interface && !event_names_interface(event))
		iface = look_up(look, event->interface);
	if (!iface)
		return record_put_named(at, end, dn, event, sequence);
	name = rcu_dereference(iface->name);
	return record_put(at, end, event, sequence, name->text, name->length);
}

/*
 * Write records until there is no event any more, or something ends it sooner:
 * then there is more. @next is the event to go on with in either case. RCU held.
 */
static bool records_fill(void **at, const void *end, struct ddm_net *dn,
			 struct nlattr **attrs, u64 *next)
{
	bool all = !attrs[DDM_A_EVENT_INTERFACE] && !attrs[DDM_A_EVENT_MASK];
	struct look look = {
		.xas = __XA_STATE(&dn->interfaces, 0, 0, 0),
	};
	struct ddm_cursor cursor = { .next = *next };
	u32 left = RECORDS_LOOKS;
	struct ddm_event event;

	while (ddm_journal_next(dn, &cursor, &event)) {
		u64 number = cursor.next - 1;

		if (cursor.lost) {
			if (!record_put_lost(at, end, cursor.lost, number - 1))
				return true;
			cursor.lost = 0;
			*next = number;
		}
		if ((all || event_wanted(&event, attrs)) &&
		    !record_put_event(at, end, dn, &look, &event, number))
			return true;
		*next = cursor.next;
		if (!--left)
			return true;
	}
	return false;
}

/* Apart, because what the two keep on the stack is cleared first. */
static noinline int records_get(struct ddm_net *dn, struct genl_info *info)
{
	u64 first = event_first(dn, info->attrs), next = first;
	u64 head = atomic64_read(&dn->head);
	u64 waiting = head < first ? 0 : head - first + 1;
	size_t size =
		min_t(u64, waiting * RECORD_GUESS + RECORDS_END, RECORDS_SIZE);
	struct sk_buff *msg;
	void *hdr, *at;
	size_t room;
	bool more;

	for (;;) {
		msg = genlmsg_new(size, GFP_KERNEL);
		if (!msg)
			return -ENOMEM;
		hdr = genlmsg_put_reply(msg, info, &ddm_family, 0,
					DDM_CMD_EVENT_GET);
		room = min_t(size_t, skb_tailroom(msg), RECORDS_MAX - msg->len);
		at = skb_tail_pointer(msg);
		rcu_read_lock();
		more = records_fill(&at, at + room - RECORDS_END, dn,
				    info->attrs, &next);
		rcu_read_unlock();
		if (!more || next != first || size == RECORDS_SIZE)
			break;
		/* the first has a long name */
		nlmsg_free(msg);
		size = RECORDS_SIZE;
	}
	at = ddm_attr_u64(at, DDM_A_EVENT_SINCE, next - 1, DDM_A_EVENT_PAD);
	at = ddm_attr_flag(at, DDM_A_EVENT_MORE, more);
	__skb_put(msg, at - (void *)skb_tail_pointer(msg));
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

static noinline int event_get(struct ddm_net *dn, struct genl_info *info)
{
	struct ddm_cursor cursor = {};
	struct ddm_event event;
	char gone[DDM_EVENT_NAME];
	struct sk_buff *msg;
	const char *name;
	size_t length;
	void *hdr;
	int err;

	cursor.next = event_first(dn, info->attrs);
	do {
		if (!ddm_journal_read(dn, &cursor, &event)) {
			NL_SET_ERR_MSG(info->extack,
				       "there is no such event yet");
			return -ENOENT;
		}
	} while (!cursor.lost && !event_wanted(&event, info->attrs));

	msg = genlmsg_new(EVENT_SIZE + nla_total_size(DDM_NAME_MAX + 1),
			  GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &ddm_family, 0, DDM_CMD_EVENT_GET);
	rcu_read_lock();
	name = event_name(dn, &event, gone, &length);
	if (cursor.lost)
		err = event_fill_lost(msg, cursor.lost, cursor.next - 2, hdr);
	else
		err = event_fill(msg, &event, cursor.next - 1, name, length,
				 hdr);
	rcu_read_unlock();
	return reply_send(msg, info, err);
}

int ddm_nl_event_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	int err = ddm_service_check(dn, info->extack);

	if (err)
		return err;
	return info->attrs[DDM_A_EVENT_RECORDS] ? records_get(dn, info) :
						  event_get(dn, info);
}

static void *event_hdr(struct sk_buff *skb, struct netlink_callback *cb)
{
	return genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			   &ddm_family, NLM_F_MULTI, DDM_CMD_EVENT_GET);
}

/* Write what a step of the cursor found; on failure it is to be found again */
static int event_dump_one(struct sk_buff *skb, struct netlink_callback *cb,
			  struct ddm_net *dn, const struct ddm_cursor *cursor,
			  const struct ddm_event *event)
{
	u64 number = cursor->next - 1;
	char gone[DDM_EVENT_NAME];
	const char *name;
	size_t length;
	int err;

	if (cursor->lost) {
		err = event_fill_lost(skb, cursor->lost, number - 1,
				      event_hdr(skb, cb));
		if (err)
			return err;
		/* told; only the event itself is still to be written */
		dump_state(cb)->snapshot = number;
	}
	if (!event_wanted(event, ddm_dump_attrs(cb)))
		return 0;
	name = event_name(dn, event, gone, &length);
	return event_fill(skb, event, number, name, length, event_hdr(skb, cb));
}

int ddm_nl_event_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct ddm_net *dn = ddm_net(sock_net(skb->sk));
	struct dump_state *state = dump_state(cb);
	struct ddm_cursor cursor;
	struct ddm_event event;
	int err;

	err = ddm_service_check(dn, cb->extack);
	if (err)
		return err;
	if (ddm_dump_attrs(cb)[DDM_A_EVENT_RECORDS]) {
		NL_SET_ERR_MSG_ATTR(cb->extack,
				    ddm_dump_attrs(cb)[DDM_A_EVENT_RECORDS],
				    "a dump takes no records");
		return -EINVAL;
	}
	/* snapshot: number of the event to go on with */
	if (!state->begun) {
		state->begun = true;
		state->snapshot = event_first(dn, ddm_dump_attrs(cb));
	}

	for (;;) {
		cursor.next = state->snapshot;
		cursor.lost = 0;
		if (!ddm_journal_read(dn, &cursor, &event))
			break;
		rcu_read_lock();
		err = event_dump_one(skb, cb, dn, &cursor, &event);
		rcu_read_unlock();
		if (err)
			break;
		state->snapshot = cursor.next;
	}
	return dump_result(skb, err);
}

static noinline void event_multicast(struct ddm_net *dn,
				     const struct ddm_interface *iface,
				     const struct ddm_event *event,
				     u64 sequence)
{
	const struct ddm_name *name =
		iface ? rcu_dereference_protected(iface->name,
						  lockdep_is_held(&dn->lock)) :
			NULL;
	size_t length = name ? name->length : 0;
	struct sk_buff *msg;

	/* its id may belong to another family by now */
	if (READ_ONCE(closing))
		return;
	/* who misses it sees the gap in the numbers and reads the journal */
	msg = genlmsg_new(EVENT_SIZE + nla_total_size(length + 1), GFP_KERNEL);
	if (!msg)
		return;
	if (event_fill(msg, event, sequence, name ? name->text : "", length,
		       genlmsg_put(msg, 0, 0, &ddm_family, 0,
				   DDM_CMD_EVENT_NTF))) {
		nlmsg_free(msg);
		return;
	}
	genlmsg_multicast_netns(&ddm_family, dn->net, msg, 0, DDM_NLGRP_EVENTS,
				GFP_KERNEL);
}

/**
 * ddm_netlink_event - tell the members of the multicast group
 * @dn: the namespace
 * @iface: what it is about, or NULL
 * @event: the event
 * @sequence: its number
 *
 * Context: ddm_net.lock held, may sleep. Costs a look when there are none.
 */
void ddm_netlink_event(struct ddm_net *dn, const struct ddm_interface *iface,
		       const struct ddm_event *event, u64 sequence)
{
	lockdep_assert_held(&dn->lock);

	if (genl_has_listeners(&ddm_family, dn->net, DDM_NLGRP_EVENTS))
		event_multicast(dn, iface, event, sequence);
}

/* -------------------------------------------------------------- dialer -- */

/* Everything a message to the dialer may hold but name and settings */
#define DIAL_SIZE (nla_total_size(sizeof(u32)) * 5 + nla_total_size(IFNAMSIZ))

/*
 * A socket that is being closed gives its number up before owner.c hears of it:
 * the next with that number must not read what is meant for root. One whose file
 * is held does not begin to close.
 */
static int dialer_unicast(struct ddm_net *dn, struct sk_buff *msg)
{
	struct sock *sk = dn->dialer->sk;
	struct file *file = NULL;
	int err;

	read_lock_bh(&sk->sk_callback_lock);
	if (sk->sk_socket)
		file = ddm_file_get(&sk->sk_socket->file);
	read_unlock_bh(&sk->sk_callback_lock);
	if (!file) {
		nlmsg_free(msg);
		return -ENOBUFS;
	}
	err = genlmsg_unicast(dn->net, msg, dn->dialer->portid);
	fput(file);
	/* its receive buffer is full */
	return err ? -ENOBUFS : 0;
}

static int dialer_send(struct ddm_net *dn, const struct ddm_interface *iface,
		       u8 cmd, u32 request, u32 timeout, u32 link)
{
	struct sk_buff *msg;
	struct ddm_view view;
	void *hdr;
	int err;

	lockdep_assert_held(&dn->lock);

	/* its id may belong to another family by now */
	if (READ_ONCE(closing))
		return -ENOBUFS;

	rcu_read_lock();
	ddm_interface_view(iface, &view);
	/* under the lock neither name nor settings go away */
	rcu_read_unlock();
	msg = genlmsg_new(DIAL_SIZE + nla_total_size(view.name_length + 1) +
				  nla_total_size(view.settings_length + 1),
			  GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put(msg, 0, 0, &ddm_family, 0, cmd);

	err = nla_put_u32(msg, DDM_A_DIAL_INTERFACE, view.id)	      ?:
		      nla_put_string(msg, DDM_A_DIAL_NAME, view.name) ?:
		      put_u32(msg, DDM_A_DIAL_REQUEST, request)	      ?:
		      put_string(msg, DDM_A_DIAL_DEVICE, view.device) ?:
		      put_u32(msg, DDM_A_DIAL_TIMEOUT, timeout);
	if (!err && cmd == DDM_CMD_DIAL_NTF)
		err = put_string(msg, DDM_A_DIAL_SETTINGS, view.settings);
	if (!err && cmd == DDM_CMD_HANGUP_NTF)
		err = put_u32(msg, DDM_A_DIAL_IFINDEX, view.ifindex) ?:
			      put_u32(msg, DDM_A_DIAL_LINK, link);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);
	return dialer_unicast(dn, msg);
}

/**
 * ddm_netlink_dial - ask the dialer to connect an interface
 * @dn: the namespace; a dialer is bound
 * @iface: the interface
 * @request: number of the request
 * @timeout: time limit in milliseconds
 *
 * Context: ddm_net.lock held, may sleep.
 * Return: 0, -ENOMEM, -ENOBUFS.
 */
int ddm_netlink_dial(struct ddm_net *dn, const struct ddm_interface *iface,
		     u32 request, u32 timeout)
{
	return dialer_send(dn, iface, DDM_CMD_DIAL_NTF, request, timeout, 0);
}

/**
 * ddm_netlink_hangup - ask the dialer to hang an interface up
 * @dn: the namespace; a dialer is bound
 * @iface: the interface
 * @request: number of the request to give up, 0 to end the connection
 * @link: id of the one link of the connection to hang up, 0 for all
 *
 * Context: ddm_net.lock held, may sleep.
 * Return: 0, -ENOMEM, -ENOBUFS.
 */
int ddm_netlink_hangup(struct ddm_net *dn, const struct ddm_interface *iface,
		       u32 request, u32 link)
{
	return dialer_send(dn, iface, DDM_CMD_HANGUP_NTF, request, 0, link);
}

int ddm_nl_dialer_bind_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	u32 timeout;
	int err;

	err = timeout_of(info->attrs[DDM_A_DIAL_TIMEOUT], &timeout,
			 info->extack);
	if (err)
		return err;
	mutex_lock(&dn->lock);
	err = ddm_dialer_bind(dn, NETLINK_CB(skb).sk, info->snd_portid, timeout,
			      info->extack);
	mutex_unlock(&dn->lock);
	return err;
}

int ddm_nl_dialer_unbind_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr *error = info->attrs[DDM_A_DIAL_ERROR];
	u32 code = error ? nla_get_u32(error) : 0;
	struct ddm_owner *owner;
	int err;

	err = ddm_service_check(dn, info->extack);
	if (err)
		return err;
	mutex_lock(&dn->lock);
	owner = dn->dialer;
	if (owner && owner->sk == NETLINK_CB(skb).sk) {
		ddm_dialer_release(dn, code ?: DDM_ERROR_DDM_NOT_RUNNING);
		ddm_owner_put(dn, owner);
		ddm_dials_end(dn);
	} else {
		NL_SET_ERR_MSG(info->extack, "this socket is not the dialer");
		err = -ENOENT;
	}
	mutex_unlock(&dn->lock);
	return err;
}

int ddm_nl_dial_result_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr *request = info->attrs[DDM_A_DIAL_REQUEST];
	struct nlattr *error = info->attrs[DDM_A_DIAL_ERROR];
	const char *device = string_of(info->attrs[DDM_A_DIAL_DEVICE]);
	int err;

	err = ddm_service_check(dn, info->extack);
	if (err)
		return err;
	if (!request)
		return MISSING(info, DDM_A_DIAL_REQUEST, "request is missing");

	rtnl_lock();
	mutex_lock(&dn->lock);
	err = ddm_dial_result(dn, NETLINK_CB(skb).sk, nla_get_u32(request),
			      error ? nla_get_u32(error) : 0, device,
			      info->extack);
	if (!err && device)
		evaluate_name(dn, device);
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	return err;
}

/* ---------------------------------------------------------------- rule -- */

static int rule_fill(struct sk_buff *skb, const struct ddm_rule *rule,
		     void *hdr)
{
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, DDM_A_RULE_PREFERENCE, rule->preference) ||
	    nla_put_u32(skb, DDM_A_RULE_ACTION, rule->action) ||
	    put_string(skb, DDM_A_RULE_KIND, rule->kind) ||
	    put_string(skb, DDM_A_RULE_DEVICE, rule->device) ||
	    (rule->type >= 0 &&
	     nla_put_u32(skb, DDM_A_RULE_TYPE, rule->type))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static const struct ddm_rule *rule_find(const struct ddm_rules *rules,
					u32 preference)
{
	u32 i;

	for (i = 0; i < rules->count; i++)
		if (rules->rule[i].preference == preference)
			return &rules->rule[i];
	return NULL;
}

/* Fills @msg and sends it; it is gone either way */
static int rule_reply(struct sk_buff *msg, struct genl_info *info, u8 cmd,
		      u32 preference)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	const struct ddm_rule *rule;
	int err = -ENOENT;

	rcu_read_lock();
	rule = rule_find(ddm_rules_get(dn), preference);
	if (rule)
		err = rule_fill(msg, rule,
				genlmsg_put_reply(msg, info, &ddm_family, 0,
						  cmd));
	rcu_read_unlock();
	if (!rule)
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[DDM_A_RULE_PREFERENCE],
				    "there is no such rule");
	return reply_send(msg, info, err);
}

static int rule_check(struct ddm_net *dn, struct genl_info *info)
{
	if (!info->attrs[DDM_A_RULE_PREFERENCE])
		return MISSING(info, DDM_A_RULE_PREFERENCE,
			       "preference is missing");
	return ddm_service_check(dn, info->extack);
}

int ddm_nl_rule_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *msg;
	int err;

	err = rule_check(ddm_net(genl_info_net(info)), info);
	if (err)
		return err;
	msg = reply_new();
	if (!msg)
		return -ENOMEM;
	return rule_reply(msg, info, DDM_CMD_RULE_GET,
			  nla_get_u32(info->attrs[DDM_A_RULE_PREFERENCE]));
}

int ddm_nl_rule_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct ddm_net *dn = ddm_net(sock_net(skb->sk));
	struct dump_state *state = dump_state(cb);
	const struct ddm_rules *rules;
	int err;
	u32 i;

	err = ddm_service_check(dn, cb->extack);
	if (err)
		return err;
	if (ddm_dump_attrs(cb)[DDM_A_RULE_PREFERENCE]) {
		NL_SET_ERR_MSG_ATTR(cb->extack,
				    ddm_dump_attrs(cb)[DDM_A_RULE_PREFERENCE],
				    "a dump takes no preference");
		return -EINVAL;
	}

	rcu_read_lock();
	rules = ddm_rules_get(dn);
	for (i = 0; i < rules->count && !err; i++) {
		if (rules->rule[i].preference < state->next)
			continue;
		err = rule_fill(skb, &rules->rule[i],
				genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
					    cb->nlh->nlmsg_seq, &ddm_family,
					    NLM_F_MULTI, DDM_CMD_RULE_GET));
		if (!err)
			state->next = rules->rule[i].preference + 1;
	}
	rcu_read_unlock();
	return dump_result(skb, err);
}

static int rule_of(struct genl_info *info, struct ddm_rule *rule)
{
	struct nlattr **attrs = info->attrs;

	memset(rule, 0, sizeof(*rule));
	if (!attrs[DDM_A_RULE_ACTION])
		return MISSING(info, DDM_A_RULE_ACTION, "action is missing");
	rule->action = nla_get_u32(attrs[DDM_A_RULE_ACTION]);
	if (attrs[DDM_A_RULE_PREFERENCE])
		rule->preference = nla_get_u32(attrs[DDM_A_RULE_PREFERENCE]);
	rule->type = -1;
	if (attrs[DDM_A_RULE_TYPE]) {
		/* dev->type has 16 bits; 6.1 has no policy for that range */
		if (nla_get_u32(attrs[DDM_A_RULE_TYPE]) > U16_MAX) {
			NL_SET_ERR_MSG_ATTR(info->extack,
					    attrs[DDM_A_RULE_TYPE],
					    "type is larger than 65535");
			return -ERANGE;
		}
		rule->type = nla_get_u32(attrs[DDM_A_RULE_TYPE]);
	}
	if (attrs[DDM_A_RULE_KIND])
		nla_strscpy(rule->kind, attrs[DDM_A_RULE_KIND],
			    sizeof(rule->kind));
	if (attrs[DDM_A_RULE_DEVICE])
		nla_strscpy(rule->device, attrs[DDM_A_RULE_DEVICE],
			    sizeof(rule->device));
	return 0;
}

int ddm_nl_rule_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct ddm_rule rule;
	struct sk_buff *msg;
	int err;

	err = ddm_service_check(dn, info->extack) ?: rule_of(info, &rule);
	if (err)
		return err;
	msg = reply_new();
	if (!msg)
		return -ENOMEM;

	rtnl_lock();
	mutex_lock(&dn->lock);
	err = ddm_rule_add(dn, &rule, info->extack);
	if (!err)
		ddm_netdev_evaluate_all(dn);
	else if (err == -EEXIST)
		NL_SET_BAD_ATTR(info->extack,
				info->attrs[DDM_A_RULE_PREFERENCE]);
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	return rule_reply(msg, info, DDM_CMD_RULE_NEW, rule.preference);
}

int ddm_nl_rule_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct ddm_net *dn = ddm_net(genl_info_net(info));
	struct nlattr *preference = info->attrs[DDM_A_RULE_PREFERENCE];
	int err;

	err = rule_check(dn, info);
	if (err)
		return err;

	rtnl_lock();
	mutex_lock(&dn->lock);
	err = ddm_rule_del(dn, nla_get_u32(preference));
	if (!err)
		ddm_netdev_evaluate_all(dn);
	mutex_unlock(&dn->lock);
	rtnl_unlock();
	if (err == -ENOENT)
		NL_SET_ERR_MSG_ATTR(info->extack, preference,
				    "there is no such rule");
	return err;
}

/* -------------------------------------------------------------- family -- */

/* No flags: watching needs no privilege, user names are never sent there. */
static const struct genl_multicast_group ddm_groups[] = {
	[DDM_NLGRP_EVENTS] = { .name = DDM_MCGRP_EVENTS, },
};

static struct genl_family ddm_family __ro_after_init = {
	.name = DDM_FAMILY_NAME,
	.version = DDM_FAMILY_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = ddm_nl_ops,
	.n_ops = ARRAY_SIZE(ddm_nl_ops),
	.mcgrps = ddm_groups,
	.n_mcgrps = ARRAY_SIZE(ddm_groups),
};

int __init ddm_netlink_init(void)
{
	return genl_register_family(&ddm_family);
}

void ddm_netlink_exit(void)
{
	WRITE_ONCE(closing, true);
	genl_unregister_family(&ddm_family);
}
