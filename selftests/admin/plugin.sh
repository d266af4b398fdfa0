#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The plugin in pppds that ddmd did not start: calls made and taken, demand,
# pppd that is killed, ddmd that is not there, goes away and comes back.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin

# call with the plugin at this end; the other end has none
plugged() { # PROCESS UNIT ADDRESSES [OPTION...]
	local name=$1 unit=$2 addresses=$3
	shift 3
	call "$name" "$unit" "$addresses" plugin "$plugin" \
		ddm-socket "$tmp/plugin.sock" "$@"
}

links() { "$watch" -n "${ns[a]}" --snapshot | grep -c '^link '; }
links_are() { [ "$(links)" = "$1" ]; }

logged_once() { # PATTERN
	same "lines of $1" 1 "$(grep -c -- "$1" "$tmp/early.log")"
}

# Milliseconds from a command's start to its end, at most so many
takes_less() { # MILLISECONDS COMMAND...
	local limit=$1 begin=${EPOCHREALTIME/[.,]/}
	shift
	"$@" || return
	begin=$(((${EPOCHREALTIME/[.,]/} - begin) / 1000))
	[ "$begin" -lt "$limit" ] && return
	say "it took $begin ms: $*"
	return 1
}

netns a b
follow a
printf '[ddmd]\ngrace = 3\n' > "$tmp/ddmd.conf"
begin 22

plugged early 0 10.8.0.1:10.8.0.2
holds call_works_without_ddmd until_event a connected:ppp0 90
holds that_is_logged_once logged_once 'ddm: ddmd at .*: '
start_ddmd a || give_up 'no ddmd'
holds ddmd_that_comes_later_is_told within 90 links_are 1
holds that_changes_no_connection interface_is a ppp0 connected
holds ddmd_that_comes_later_is_logged within 90 grep -q \
	'ddm: ddmd is there again' "$tmp/early.log"

plugged late 1 10.8.1.1:10.8.1.2
until_event a connected:ppp1 90 || give_up 'no call'
ping_all a 10.8.1.2 3 100
stop late
holds hang_up_is_631_not_628 until_event a disconnected:ppp1 90
holds its_reason_is_the_link same 'reason and error' 'link-lost 631' \
	"${event[*]:4:2}"

plugged killed 2 10.8.2.1:10.8.2.2
until_event a connected:ppp2 90
stop killed KILL
holds killed_pppd_is_noticed until_event a disconnected:ppp2 90
until_event a interface-del:ppp2 90
holds killed_pppd_leaves_no_link within 90 links_are 1

plugged hung 3 10.8.3.1:10.8.3.2 lcp-echo-interval $((2 * slow)) lcp-echo-failure 4
until_event a connected:ppp3 90
mapfile -t peer < <(pgrep -f '^pppd notty .* unit 53')
kill -STOP "${peer[@]}"
holds peer_that_does_not_answer_is_829 until_event a disconnected:ppp3 90
holds its_error_is_that same error 829 "${event[5]}"
kill -KILL "${peer[@]}"
wait "${pid[hung]}"

# The device is up all the time: only the plugin knows of calls.
plugged demand 4 10.8.4.1:10.8.4.2 demand idle 3 persist holdoff 1
until_event a interface-new:ppp4 90
holds demand_waits_disconnected within 90 links_are 2
holds demand_was_never_told_connected interface_is a ppp4 disconnected
answers() { inside a ping -c 1 -W 1 10.8.4.2 > "$tmp/ping.log"; }
within 90 answers
holds first_packet_dials until_event a connected:ppp4 90
holds idle_time_out_hangs_up until_event a disconnected:ppp4 90
holds idle_is_the_error same error 828 "${event[5]}"
within 90 answers
holds next_packet_dials_again until_event a connected:ppp4 90
stop demand
until_event a interface-del:ppp4 90

stop ddmd KILL
holds ddmd_killed_leaves_the_call ping_all a 10.8.0.2 2 100
start_ddmd a
holds ddmd_restarted_has_the_link within 90 links_are 1
kill -STOP "${pid[ddmd]}"
holds pppd_does_not_wait_long_for_a_stopped_ddmd takes_less 60000 stop early
kill -CONT "${pid[ddmd]}"
holds ended_call_is_told_all_the_same until_event a disconnected:ppp0 90
holds nothing_is_left within 90 links_are 0
stop ddmd
finish
