#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppd calls pppd over a pair of ptys: up, traffic, an orderly end; and an end
# by SIGKILL, where the kernel alone can tell what became of the connection.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool pppd ping
need_module ppp_async

tracked() {
	interface_is a ppp0 connected && interface_is a ppp1 connected
}

netns a b
follow a b
begin 9

# Both at once: most of what a call takes is waiting for an answer.
call orderly 0 10.8.0.1:10.8.0.2
call killed 1 10.8.1.1:10.8.1.2
until_event a connected 30 2 || give_up 'no connection'
holds ppp_is_tracked_without_being_created tracked

ping_all a 10.8.0.2 4 100
ping_all a 10.8.0.2 2 1000
sent="$((4 * 128 + 2 * 1028)) $((4 * 128 + 2 * 1028)) 6 6"
holds ppp_live_counters_are_what_was_sent same ppp0 "$sent" \
	"$(connection_counters a ppp0)"
stop orderly
until_event a interface-del
until_event b interface-del
holds ppp_orderly_end_is_device_down events_of_are a ppp0 <<-END
	interface-new ppp0 disconnected - 0
	connected ppp0 connected - 0
	disconnected ppp0 disconnected device-down 628
	interface-del ppp0 disconnected - 0
END
holds ppp_counters_of_the_event_are_what_was_sent counted a ppp0 "$sent"
holds ppp_peer_tells_the_same_but_mirrored counted b ppp50 "$sent"

ping_all a 10.8.1.2 3 50
stop killed KILL
holds killed_pppd_is_told_at_once until_event a disconnected:ppp1 5
until_event a interface-del:ppp1
holds killed_pppd_is_device_gone events_of_are a ppp1 <<-END
	interface-new ppp1 disconnected - 0
	connected ppp1 connected - 0
	disconnected ppp1 disconnected device-gone 608
	interface-del ppp1 disconnected - 0
END
holds killed_pppd_counters_are_what_was_sent counted a ppp1 "$(pinged 3 50)"
holds killed_pppd_leaves_no_interface interfaces_are a
finish
