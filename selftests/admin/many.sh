#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Many calls at once (SESSIONS, at most 60): all administration DLLs are asked
# about each and told of its end once, with its own bytes; then nothing is left.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin
sessions=${SESSIONS:-10}
cache=/sys/kernel/slab/ddm_interface

hosts() { pgrep -P "${pid[ddmd]}"; }

# Descriptors of ddmd and of what runs the DLLs, processes, devices, objects
resources() {
	local process
	for process in "${pid[ddmd]}" $(hosts); do
		find "/proc/$process/fd" -mindepth 1 | wc -l
	done
	ip netns pids "${ns[ac]}" | wc -l
	ip netns pids "${ns[cl]}" | wc -l
	ip_in ac -o link show type ppp | wc -l
	ip_in cl -o link show type ppp | wc -l
	# those that are free count as used until then
	[ ! -w $cache/shrink ] || { echo 1 > $cache/shrink; cat $cache/objects; }
}

resources_are() {
	left=$(resources | tr '\n' ' ')
	[ "$left" = "$1" ]
}

nothing_is_left() {
	within 90 resources_are "$before" ||
		same 'descriptors, processes, devices, objects' "$before" "$left"
}

handles() { # PATTERN
	sed -n "s/^$1 connection=\([^ ]*\).*/\1/p" "$DDM_TEST_NOTES" | sort
}

# By each DLL once, and for the connections that were accepted
each_once() { # CALLOUT
	local dll accepted
	accepted=$(handles 'third accept-connection' | uniq)
	same 'connections accepted' "$sessions" "$(wc -w <<< "$accepted")" || return
	for dll in first refuse third; do
		same "$dll $1" "$accepted" "$(handles "$dll $1")" || return
	done
}

# Sessions and not events: one may negotiate its addresses anew, and be told twice
connections_are() { # NETNS COUNT
	[ "$("$watch" -n "${ns[$1]}" --snapshot | grep -c '^connection ')" = "$2" ]
}

call_all() {
	local i
	for ((i = 0; i < sessions; i++)); do
		client "client$i" "$i" lcp-restart 3 ipcp-restart 3
	done
	within 240 connections_are ac "$sessions" &&
		within 240 connections_are cl "$sessions" && return
	say "of $sessions sessions these could not be:"
	grep -l 'Call refused' "$tmp"/client*.log | sed 's/^/#   refused: /'
	return 1
}

# A packet of another size in each
use_all() {
	local i
	wanted=
	for ((i = 0; i < sessions; i++)); do
		ping_all cl 10.9.0.1 1 $((100 + i)) -I "ppp$i" || return
		wanted+="$((128 + i)) $((128 + i))"$'\n'
	done
}

hang_up_all() {
	local i
	for ((i = 0; i < sessions; i++)); do
		kill "${pid[client$i]}" 2> /dev/null
	done
	within 240 connections_are ac 0
}

bytes_are_true() {
	same 'bytes' "${wanted%$'\n'}" "$(sed -n \
		's/^first connection-hangup .* sent=\([0-9]*\) received=\([0-9]*\) .*/\1 \2/p' \
		"$DDM_TEST_NOTES" | sort -n)"
}

show_time() {
	local fields
	read -ra fields < "/proc/${pid[ddmd]}/stat"
	say "ddmd took $((fields[13] + fields[14])) ticks for $sessions calls"
}

cable
follow ac cl
admin_ddmd ac first refuse third || give_up 'no ddmd'
# one processor for all of them is no reason to refuse any
provider require-pap ddm-limit 120000
begin 10
client warm-up 0
until_event ac connected 90 || give_up 'no call'
stop warm-up
until_noted 'third connection-hangup'
until_event ac interface-del 90
until_event cl interface-del 90
# the server's pppd goes after its device
within 90 no_calls || give_up 'a pppd stays'
forget_notes
before=$(resources | tr '\n' ' ')
holds all_are_let_in call_all
holds each_was_asked_about_once each_once accept-connection
holds each_link_was_asked_about_once each_once accept-link
holds all_can_be_used use_all
holds all_end hang_up_all
within 90 enough_noted 'third connection-hangup' "$sessions"
holds each_link_was_told_once each_once link-hangup
holds each_was_told_once each_once connection-hangup
holds each_was_told_its_own_bytes bytes_are_true
for ((i = 0; i < sessions; i++)); do
	wait "${pid[client$i]}"
done
holds nothing_is_left nothing_is_left
show_time
stop provider
stop ddmd
holds no_interface_is_left within 90 interfaces_are ac
finish
