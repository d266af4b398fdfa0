#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# \\ddm\NAME without a dialer: a WireGuard device, which the module dials by
# itself. Connecting, cancelling, open files, lists, what is remembered.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool wg setpriv
need_module wireguard

set_up() {
	batch a <<-END
		link add wg0 type wireguard
		addr add 10.6.0.1/24 dev wg0
	END
	inside a wg set wg0 private-key <(wg genkey) peer "$(wg genkey | wg pubkey)" \
		allowed-ips 10.6.0.2/32
}

heard_both() { # WHAT STATUS: all three before, all three after
	local who lines=
	for who in a b c; do
		lines+="$who pre $1 status 0 none"$'\n'
	done
	for who in a b c; do
		lines+="$who post $1 status $2 context"$'\n'
	done
	heard <<< "$lines"
}

added='add \\ddm\wg0 local - type 1 flags 0 owner 0'

# A socket with a peer, through wg0, as long as the shell lives
talk() {
	spawn_inside talk a bash -c 'exec 9<> /dev/udp/10.6.0.2/9 && echo up >&2 && exec sleep 1000'
	within 10 grep -q up "$tmp/talk.log"
}

open_files_need_force() {
	talk || return
	returns 2401 a cancel '\\ddm\wg0' && interface_is a wg0 connected &&
		returns 0 a cancel wg0 0 1 && interface_is a wg0 disconnected
	local status=$?
	stop talk KILL
	return $status
}

refused_with_text() {
	ctl a interface set wg0 disable || return
	says $'ddm: 916: The interface is disabled.\n1208' a add '\\ddm\wg0'
	local status=$?
	ctl a interface set wg0 enable
	return $status
}

others_may_not() {
	local got
	# still root, so that a tree that only root can read will do
	got=$(inside a setpriv --bounding-set=-all --inh-caps=-all \
		env MPR_TEST_LOG=/dev/null "$parts/wnet" add '\\ddm\wg0' 2>&1)
	same 'code' 5 "${got##*$'\n'}"
}

remembered_and_restored() {
	returns 0 a add '\\ddm\wg0' '' 1 &&
		says $'wg0 \\\\ddm\\wg0 ddm\n0' a list remembered &&
		returns 0 a cancel wg0 && returns 1201 a get wg0 || return
	rm -f "$MPR_TEST_LOG"
	ctl a connections restore || return
	interface_is a wg0 connected && heard < /dev/null || return
	# What is there is as good as restored.
	ctl a connections restore
}

# Up, and when it was hung up by somebody else
remembered_are_shown() {
	local table json
	table=$(ctl a -H connections show) || return
	same table 'wg0 \\ddm\wg0 ddm connected' "$(tr -s ' ' <<< "${table% }")" || return
	ctl a interface disconnect wg0 &&
		interface_is a wg0 disconnected &&
		json=$(ctl a -j connections show) || return
	same state disconnected "$(jq -r '.connections[0].state' <<< "$json")" &&
		same remote '\\ddm\wg0' "$(jq -r '.connections[0].remote' <<< "$json")" &&
		ctl a connections restore && interface_is a wg0 connected
}

forgotten() {
	ctl a connections forget wg0 && interface_is a wg0 disconnected &&
		says 0 a list remembered && ctl a connections restore &&
		interface_is a wg0 disconnected
}

netns a
follow a
set_up
chmod 755 "$tmp" "$tmp/conf" "$tmp"/conf/*
until_event a interface-new
begin 22
holds adding_dials_the_interface returns 0 a add '\\ddm\wg0'
holds interface_is_connected interface_is a wg0 connected
holds notifyees_hear_of_adding heard_both "$added" 0
holds connection_is_found_by_its_device says $'\\\\ddm\\wg0\n0' a get wg0
holds connection_is_listed says $'wg0 \\\\ddm\\wg0 ddm\n0' a list connected
holds second_user_shares_it returns 0 a add '\\DDM\wg0'
holds device_is_assigned_once returns 85 a add '\\ddm\wg0' wg0
holds device_has_the_interfaces_name returns 1200 a add '\\ddm\wg0' X:
rm -f "$MPR_TEST_LOG"
holds cancelling_hangs_up returns 0 a cancel '\\ddm\wg0'
holds interface_is_disconnected interface_is a wg0 disconnected
holds notifyees_hear_of_cancelling heard <<-'END'
	a pre cancel \\ddm\wg0 flags 0 force 0 by - status 0 none
	b pre cancel \\ddm\wg0 flags 0 force 0 by - status 0 none
	c pre cancel \\ddm\wg0 flags 0 force 0 by - status 0 none
	a post cancel \\ddm\wg0 flags 0 force 0 by ddm status 0 context
	b post cancel \\ddm\wg0 flags 0 force 0 by ddm status 0 context
	c post cancel \\ddm\wg0 flags 0 force 0 by ddm status 0 context
END
holds nothing_to_cancel_is_not_connected returns 2250 a cancel wg0
holds unknown_interfaces_are_nobodys returns 1203 a add '\\ddm\nobody'
holds current_media_does_not_dial returns 1201 a add '\\ddm\wg0' '' 0x200
holds refusal_of_the_manager_is_told_in_words refused_with_text
holds unprivileged_are_refused others_may_not
holds unused_credentials_are_accepted returns 0 a add '\\ddm\wg0' wg0 0 me secret
holds unused_credentials_are_wiped nothing_left
holds open_files_are_kept_without_force open_files_need_force
holds remembered_is_restored_without_notifications remembered_and_restored
holds remembered_connections_are_shown remembered_are_shown
holds forgotten_is_not_restored forgotten
finish
