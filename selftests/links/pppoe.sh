#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# PPPoE through the kernel over veth. Three sessions at once, since a call is
# mostly waiting; one is hung up by the client, one by the server, and for the
# last one the cable is pulled.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool pppd pppoe-server ping
need_module veth ppp_async pppoe

dial() { # UNIT
	spawn_inside "client$1" cl pppd plugin pppoe.so cl0 \
		"${ppp_options[@]}" noipdefault unit "$1"
}

# The server gives each session an address and a pppd of its own, which has
# the address among its arguments.
hang_up_at_server() { # INTERFACE
	local text file words
	text=$(ip_in cl -4 -o addr show dev "$1")
	[[ $text =~ inet\ ([0-9.]+) ]] || return
	for file in /proc/[0-9]*/cmdline; do
		{ mapfile -d '' words < "$file"; } 2> /dev/null
		case "${words[*]-} " in
		*pppd\ *" 10.9.0.1:${BASH_REMATCH[1]} "*)
			file=${file%/cmdline}
			kill "${file#/proc/}"
			return ;;
		esac
	done
	say "no pppd of the server has ${BASH_REMATCH[1]}"
	return 1
}

ends_as() { # INTERFACE
	until_event cl "interface-del:$1" 30 || return
	events_of_are cl "$1" <<-END
		interface-new $1 disconnected - 0
		connected $1 connected - 0
		disconnected $1 disconnected device-down 628
		interface-del $1 disconnected - 0
	END
}

cable
follow ac cl
begin 8
printf '%s\n' "${ppp_options[@]}" > "$tmp/options"
spawn_inside server ac pppoe-server -F -I ac0 -L 10.9.0.1 -R 10.9.0.11 -N 8 \
	-O "$tmp/options"
for unit in 0 1 2; do
	dial $unit
done
until_event cl connected 60 3 || give_up 'no PPPoE session'
until_event ac connected 10 3

ping_all cl 10.9.0.1 3 200 -I ppp0
ping_all cl 10.9.0.1 2 1464 -I ppp1
stop client0
holds pppoe_hung_up_by_client_is_told ends_as ppp0
holds pppoe_counters_are_what_was_sent counted cl ppp0 "$(pinged 3 200)"
holds pppoe_server_tells_of_it_too until_event ac disconnected 10
holds pppoe_others_stay_connected interface_is cl ppp2 connected

hang_up_at_server ppp1
holds pppoe_hung_up_by_server_is_told ends_as ppp1
holds pppoe_full_packets_are_counted counted cl ppp1 "$(pinged 2 1464)"

ip_in cl link set cl0 down
holds pppoe_pulled_cable_is_told ends_as ppp2
holds pppoe_unused_session_counts_nothing counted cl ppp2 '0 0 0 0'
finish
