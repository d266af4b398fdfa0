#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppd's option demand keeps the device up between calls, so the device alone
# says nothing of a call. As long as no link agent speaks for it, up counts as
# connected: a documented limit. An agent (here pppd's own scripts stand in for
# it) makes it true.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool pppd ping
need_module ppp_async

# What pppd runs when the call is up, and when it is down
script() { # up|down
	cat > "$tmp/$1" <<-END
		#!/bin/sh
		exec $watch link $id $1
	END
	chmod +x "$tmp/$1"
}

netns a b
follow a
begin 9

call plain 0 10.8.0.1:10.8.0.2 demand
call spoken 1 10.8.1.1:10.8.1.2 demand \
	ip-up-script "$tmp/up" ip-down-script "$tmp/down"
until_event a connected 30 2 || give_up 'no device'
holds demand_without_agent_counts_as_connected_before_any_call \
	interface_is a ppp0 connected
id=$(inside a "$watch" claim ppp1 tty1 down)
holds agent_that_has_no_call_ends_that until_event a disconnected:ppp1 5
script up
script down
holds demand_with_agent_waits_disconnected interface_is a ppp1 disconnected

# A packet makes the call; whether it survives that is up to pppd.
for address in 10.8.0.2 10.8.1.2; do
	spawn_inside "ping-$address" a ping -c 1 -W 1 "$address"
done
holds call_is_told_by_the_agent until_event a connected:ppp1
answers() { inside a ping -c 1 -W 1 "$1" > "$tmp/ping.log"; }
within 20 answers 10.8.0.2 || give_up 'the call without an agent is not up'
within 20 answers 10.8.1.2 || give_up 'the call with an agent is not up'
before=$(connection_counters a ppp1)
ping_all a 10.8.1.2 3 300
after=$(connection_counters a ppp1)
holds counters_are_those_of_the_call same ppp1 "$(pinged 3 300)" \
	"$(minus "$after" "$before")"

kill -HUP "${pid[plain]}" "${pid[spoken]}"
holds hang_up_is_told_by_the_agent until_event a disconnected:ppp1
holds counters_of_the_event_are_the_last_ones counted a ppp1 "$after"
stop plain
stop spoken
until_event a interface-del:ppp1
holds demand_without_agent_is_one_long_connection events_of_are a ppp0 <<-END
	interface-new ppp0 disconnected - 0
	connected ppp0 connected - 0
	disconnected ppp0 disconnected device-down 628
	interface-del ppp0 disconnected - 0
END
holds demand_with_agent_follows_its_link events_of_are a ppp1 <<-END
	interface-new ppp1 disconnected - 0
	connected ppp1 connected - 0
	disconnected ppp1 disconnected link-lost 629
	link-up ppp1 disconnected - 0
	connected ppp1 connected - 0
	link-down ppp1 connected - 0
	disconnected ppp1 disconnected link-lost 629
	interface-del ppp1 disconnected - 0
END
finish
