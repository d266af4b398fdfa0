#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppds that go on without ddmd: what became of their calls meanwhile, and what
# becomes of them later, a ddmd that comes back hears from their plugins.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

# link_is DEVICE WHAT: state, the peer's address and the user of its link
link_is() {
	local device rest
	while read -r device rest; do
		[ "$device" = "$1" ] || continue
		[[ $rest == "$2"* ]] && return
	done < <("$root/build/ddmctl" -n "${ns[cl]}" -H \
		-o device,state,user,remote4 link | tr -s ' ')
	return 1
}

# Who waits for packets has its device up, and is not connected by that
waits() {
	interface_is cl lazy disconnected > /dev/null && link_is lazy down
}

knock() {
	inside cl ping -n -q -c 1 -W 1 -I lazy 10.9.0.1 > /dev/null 2>&1
	interface_is cl lazy connected > /dev/null
}

hosts
follow cl
provider
pppoe_profile kept
printf 'options = persist maxfail 0 holdoff 1\n' >> "$tmp/profiles/kept.ini"
pppoe_profile lazy 'credentials = @tmp/good.secret' "idle = $((10 * slow))s" \
	'redial-pause = 1s'
printf 'demand = yes\noptions = 10.9.9.1:10.9.0.1 ipcp-accept-local ipcp-accept-remote\n' \
	>> "$tmp/profiles/lazy.ini"
begin 20
holds dialer_binds dialer || give_up 'no dialer'

holds call_is_connected connected kept
pppd=$(pppd_of kept)
stop ddmd KILL
signal_server TERM
holds call_ends_without_a_dialer until_event cl disconnected:kept 60
holds pppd_dials_again_without_one until_event cl connected:kept 90
kept=$(connection_of kept)
holds dialer_comes_back dialer
holds it_hears_who_and_where within 60 link_is kept 'up 10.9.0.1 demo'
holds connection_stays is_connection kept "$kept"
signal_server TERM
holds it_hears_of_the_end ends_with kept disconnected 629
holds it_hears_of_the_next_call until_event cl connected:kept 90
holds all_is_one_pppd still pppd "$pppd" "$(pppd_of kept)"
disconnect kept
holds it_can_be_hung_up ends_with kept disconnected 929
holds persistent_pppd_is_gone_then within 60 test ! -d "/proc/$pppd"

within 60 ip_in cl link show dev lazy up > /dev/null
stop ddmd KILL
holds waiting_pppd_is_taken_over dialer
holds it_waits_on within 60 waits
within 60 knock
holds first_packet_is_told until_event cl connected:lazy 90
holds who_answered_is_told within 60 link_is lazy 'up 10.9.0.1 demo'
stop ddmd KILL
within 90 no_server_pppds
holds nobody_tells_of_a_call_that_ends_then interface_is cl lazy connected
holds another_dialer_is_there dialer
holds that_one_tells_that_it_was_idle ends_with lazy disconnected 828
within 60 knock
holds packets_dial_again until_event cl connected:lazy 90
finish
