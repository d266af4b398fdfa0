#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Ethernet is followed once an interface was created for it: it is connected
# while it is up and has a carrier, which for veth is its peer being up.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool ping
need_module veth

line='Leased line'
word='Leased\040line' # as watch tells it

netns a b
follow a
begin 10
batch a <<-END
	link add va address 02:00:00:00:00:0a type veth peer address 02:00:00:00:00:0b name vb netns @b
	addr add 10.7.0.1/24 dev va
END
ip_in b addr add 10.7.0.2/24 dev vb
holds ethernet_is_not_tracked_by_itself interfaces_are a
act a new "$line" va || give_up 'no interface'
holds created_interface_has_its_device interface_is a "$word" disconnected
act a connect "$line" 200 || give_up 'connect refused'
holds attempt_without_carrier_times_out until_event a connect-failed 10
holds then_it_is_unreachable_for_want_of_carrier interface_is a "$word" \
	unreachable connection-failure,no-media-sense 718
act a connect "$line"
ip_in b link set vb up
holds connecting_waits_for_the_carrier until_event a connected
# ARP's frames would be counted, and it asks again when it likes
ip_in a neigh add 10.7.0.2 lladdr 02:00:00:00:00:0b dev va nud permanent
ip_in b neigh add 10.7.0.1 lladdr 02:00:00:00:00:0a dev vb nud permanent
before=$(connection_counters a "$word")
ping_all a 10.7.0.2 3 100
after=$(connection_counters a "$word")
holds ethernet_counts_its_headers same "$line" "$(pinged 3 100 14)" \
	"$(minus "$after" "$before")"
ip_in b link set vb down
holds peer_down_is_told until_event a disconnected
holds lost_carrier_keeps_the_counters counted a "$word" "$after"
ip_in b link set vb up
until_event a connected
act a disconnect "$line"
ip_in a link set va up
until_event a connected
ip_in a link set va down
holds carrier_and_up_together_are_the_connection events_are a <<-'END'
	interface-new Leased\040line disconnected - 0
	connecting Leased\040line connecting - 0
	interface-change Leased\040line connecting - 0
	connect-failed Leased\040line unreachable timeout 718
	connecting Leased\040line connecting - 0
	connected Leased\040line connected - 0
	disconnected Leased\040line unreachable no-carrier 679
	connected Leased\040line connected - 0
	disconnected Leased\040line disconnected requested 929
	connected Leased\040line connected - 0
	disconnected Leased\040line disconnected device-down 628
END
holds device_without_interface_cost_the_peer_nothing no_events b
finish
