#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A WireGuard device, which nobody created an interface for: it is found, it is
# connected while it is up, and it can be dialled.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool wg ping
need_module veth wireguard

# Two ends, a and b, each with its key, over a veth pair
set_up() {
	local key
	for key in a b; do
		(umask 077 && wg genkey > "$tmp/$key.key")
		wg pubkey < "$tmp/$key.key" > "$tmp/$key.pub"
	done
	batch a <<-END
		link add va type veth peer name vb netns @b
		addr add 10.7.0.1/24 dev va
		link set va up
		link add wg0 type wireguard
		addr add 10.6.0.1/24 dev wg0
	END
	batch b <<-END
		addr add 10.7.0.2/24 dev vb
		link set vb up
		link add wg0 type wireguard
		addr add 10.6.0.2/24 dev wg0
		link set wg0 up
	END
	inside a wg set wg0 listen-port 5555 private-key "$tmp/a.key" \
		peer "$(< "$tmp/b.pub")" allowed-ips 10.6.0.2/32 \
		endpoint 10.7.0.2:5556
	inside b wg set wg0 listen-port 5556 private-key "$tmp/b.key" \
		peer "$(< "$tmp/a.pub")" allowed-ips 10.6.0.1/32 \
		endpoint 10.7.0.1:5555
}

# A record adds a header and padding, and the driver counts its hand-shakes.
hold_at_least() { # COUNTERS COUNTERS
	local less=$1 more=$2 difference
	difference=$(minus "$more" "$less")
	[[ $difference != *-* ]] && return
	say "$more, and at least $less was sent"
	return 1
}

now() { echo "${EPOCHREALTIME/./}"; } # microseconds

lasted() { # LEAST MOST, of the last connection of wg0
	event_of a disconnected:wg0 || return
	local us=$((event[7] * 1000))
	# Milliseconds are cut off.
	[ "$us" -ge $(($1 - 1000)) ] && [ "$us" -le "$2" ] && return
	say "lasted $us us, not $1 to $2"
	return 1
}

netns a b
follow a b
begin 10
set_up || give_up 'no WireGuard'

before=$(now)
ip_in a link set wg0 up
until_event a connected:wg0
up=$(now)
ping_all a 10.6.0.2 5 84 || give_up 'WireGuard does not work'
first=$(device_counters a wg0)
live=$(connection_counters a wg0)
holds wireguard_live_counters_are_the_devices same wg0 "$first" "$live"
down=$(now)
ip_in a link set wg0 down
after=$(now)
holds wireguard_up_and_down_are_one_connection events_are a <<-END
	interface-new wg0 disconnected - 0
	connected wg0 connected - 0
	disconnected wg0 disconnected device-down 628
END
holds duration_is_true lasted $((down - up)) $((after - before))
holds wireguard_counters_are_the_devices counted a wg0 "$first"
holds wireguard_counters_hold_what_was_sent hold_at_least "$(pinged 5 84)" "$first"

act a connect wg0
ping_all a 10.6.0.2 3 1000
second=$(device_counters a wg0)
act a disconnect wg0
holds wireguard_is_dialled_by_its_device events_are a <<-END
	connecting wg0 connecting - 0
	connected wg0 connected - 0
	disconnected wg0 disconnected requested 929
END
holds second_connection_counts_from_its_own_beginning counted a wg0 \
	"$(minus "$second" "$first")"
holds hang_up_is_the_last_error interface_is a wg0 disconnected - 929
event_of a disconnected:wg0
second_id=${event[6]}
holds peer_saw_no_transition_but_its_own events_are b <<-END
	interface-new wg0 disconnected - 0
	connected wg0 connected - 0
END
connections_differ() {
	local ids
	ids=$(awk '$2 == "connected" { print $7 }' "$tmp/a.events" | sort -u | wc -l)
	same 'different connection ids' 2 "$ids" && [ "$second_id" != 0 ]
}
holds each_connection_has_its_own_id connections_differ
finish
