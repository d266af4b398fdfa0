/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints: every event, every dial request, every wake-up. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM ddm

#if !defined(DDM_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define DDM_TRACE_H

#include <linux/tracepoint.h>

#include "ddm.h"

TRACE_EVENT(ddm_event,
	TP_PROTO(const struct net *net, const struct ddm_event *event, u64 sequence),
	TP_ARGS(net, event, sequence),
	TP_STRUCT__entry(
		__field(unsigned int, netns)
		__field(u64, sequence)
		__field(u64, connection)
		__field(u32, interface)
		__field(u32, ifindex)
		__field(u8, type)
		__field(u8, state)
		__field(u8, reason)
		__field(u16, error)
	),
	TP_fast_assign(
		__entry->netns = net->ns.inum;
		__entry->sequence = sequence;
		__entry->connection = event->connection;
		__entry->interface = event->interface;
		__entry->ifindex = event->ifindex;
		__entry->type = event->type;
		__entry->state = event->state;
		__entry->reason = event->reason;
		__entry->error = event->error;
	),
	TP_printk("netns=%u seq=%llu type=%u interface=%u ifindex=%u state=%u connection=%llu reason=%u error=%u",
		  __entry->netns, __entry->sequence, __entry->type,
		  __entry->interface, __entry->ifindex, __entry->state,
		  __entry->connection, __entry->reason, __entry->error)
);

TRACE_EVENT(ddm_dial,
	TP_PROTO(const struct net *net, u32 interface, u32 request, u32 link, bool hangup, int result),
	TP_ARGS(net, interface, request, link, hangup, result),
	TP_STRUCT__entry(
		__field(unsigned int, netns)
		__field(u32, interface)
		__field(u32, request)
		__field(u32, link)
		__field(bool, hangup)
		__field(int, result)
	),
	TP_fast_assign(
		__entry->netns = net->ns.inum;
		__entry->interface = interface;
		__entry->request = request;
		__entry->link = link;
		__entry->hangup = hangup;
		__entry->result = result;
	),
	TP_printk("netns=%u interface=%u request=%u link=%u hangup=%d result=%d",
		  __entry->netns, __entry->interface, __entry->request,
		  __entry->link, __entry->hangup, __entry->result)
);

TRACE_EVENT(ddm_wake,
	TP_PROTO(const struct ddm_net *dn, const struct ddm_listener *listener,
		 u32 type, u32 interface),
	TP_ARGS(dn, listener, type, interface),
	TP_STRUCT__entry(
		__field(unsigned int, netns)
		__field(u32, portid)
		__field(u32, type)
		__field(u32, interface)
	),
	TP_fast_assign(
		__entry->netns = dn->net->ns.inum;
		__entry->portid = listener->owner->portid;
		__entry->type = type;
		__entry->interface = interface;
	),
	TP_printk("netns=%u portid=%u type=%u interface=%u",
		  __entry->netns, __entry->portid, __entry->type,
		  __entry->interface)
);

#endif /* DDM_TRACE_H */

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH kmod
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
