#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ddmd may stop, be killed, and come back: links that are up stay up and are
# taken over, who waits for an attempt is told at once.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

fails_at_once() { # INTERFACE ERROR
	local begin=$EPOCHREALTIME
	stop ddmd KILL
	ends_with "$1" connect-failed "$2" || return
	begin=$((${EPOCHREALTIME/[.,]/} - ${begin/[.,]/}))
	# its own limit is an hour
	[ "$begin" -lt 60000000 ] && return
	say "it took $begin microseconds"
	return 1
}

exists() { interface_is cl "$1" "${2:-disconnected}"; }

gone() { # INTERFACE
	local what name
	while read -r what _ name _; do
		[ "$what $name" != "interface $1" ] || return 1
	done < <("$watch" -n "${ns[cl]}" --snapshot)
}

pppd_count() { [ "$(pppds | wc -w)" = "$1" ]; }

hosts
follow cl
provider
pppoe_profile one
pppoe_profile two
pppoe_profile three 'credentials = @tmp/good.secret' 'timeout = 1h'
# where nobody answers, however long it asks
sed -i 's/cl0/cl1/; /^\[pppd\]/a options = pppoe-padi-attempts 1000' \
	"$tmp/profiles/three.ini"
batch ac <<-END
	link add ac1 type veth peer name cl1 netns @cl
	link set ac1 up
END
ip_in cl link set cl1 up
begin 21
holds dialer_binds dialer || give_up 'no dialer'
connected one || give_up 'no connection'
connected two || give_up 'no second connection'
one=$(connection_of one)

connect three 3600000
within 60 pppd_count 3
holds death_in_mid_dial_ends_the_attempt_at_once fails_at_once three 903
holds death_leaves_connections ping_all cl 10.9.0.1 2 100 -I one
holds killed_dialer_can_be_started_again dialer
holds dial_that_nobody_waits_for_is_ended within 60 pppd_count 2
holds connection_is_the_same is_connection one "$one"
disconnect one
holds adopted_call_is_hung_up ends_with one disconnected 929
holds its_pppd_is_gone within 60 pppd_count 1

two=$(connection_of two)
stop ddmd
holds end_leaves_connections ping_all cl 10.9.0.1 2 100 -I two
holds dialer_begins_again dialer
pppoe_profile four
rm "$tmp/profiles/three.ini"
reload
holds profile_that_came_makes_an_interface within 60 exists four
holds profile_that_went_deletes_it within 60 gone three
holds reload_drops_nothing is_connection two "$two"

act cl new made
holds made_interface_is_saved within 60 test -s "$tmp/profiles/made.ini"
act cl del made
holds deleted_interface_is_forgotten within 60 test ! -e "$tmp/profiles/made.ini"
act cl new 'made again'
within 60 test -s "$tmp/profiles/made%20again.ini"
stop ddmd
act cl del 'made again'
holds saved_interface_comes_back dialer
holds saved_interface_is_there within 60 exists 'made\040again'

# the new dialer hears what the plugin of an old call has to say
signal_server TERM
holds adopted_call_tells_why_it_ends ends_with two disconnected 629
holds nothing_is_left within 60 no_pppds
holds records_are_gone within 60 no_records

stop ddmd
printf '[pppd]\nprogram = /nonexistent\n' > "$tmp/ddmd.conf"
dialer
connect four
holds pppd_that_cannot_be_started_is_633 ends_with four connect-failed 633
finish
