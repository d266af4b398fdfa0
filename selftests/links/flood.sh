#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Fifty ups and downs as fast as they can be asked for: each one is told.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_module wireguard

times=50

netns a
follow a
begin 4
{
	echo link add wg0 type wireguard
	for ((i = 0; i < times; i++)); do
		echo link set wg0 up
		echo link set wg0 down
	done
} | batch a || give_up 'no WireGuard'
expected() {
	local i
	echo interface-new wg0 disconnected - 0
	for ((i = 0; i < times; i++)); do
		echo connected wg0 connected - 0
		echo disconnected wg0 disconnected device-down 628
	done
}
holds every_up_and_down_is_one_transition events_are a < <(expected)
ids_rise() {
	awk '$2 == "connected" { if ($7 <= last) exit 1; last = $7; n++ }
		$2 == "disconnected" && $7 != last { exit 1 }
		END { exit n != '"$times"' }' "$tmp/a.events"
}
holds each_has_a_connection_of_its_own ids_rise
connects() {
	local what name connects
	while read -r what _ name _ _ _ _ _ _ _ _ _ connects _; do
		[ "$what $name" = 'interface wg0' ] || continue
		same 'connects of wg0' "$times" "$connects"
		return
	done < <("$watch" -n "${ns[a]}" --snapshot)
	return 1
}
holds interface_counts_its_connections connects
holds afterwards_the_state_is_true interface_is a wg0 disconnected - 0
finish
