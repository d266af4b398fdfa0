#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Only so many calls are dialled at a time. Who waits for his turn has a time
# limit, can hang up, and learns that ddmd ends, as who is being dialled.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd

settings() { # CALLS-AT-ONCE TURN
	printf '[pppd]\noutput = yes\nplugin = %s\n' "$plugin"
	printf '[ddmd]\ngrace = 3\ncalls-at-once = %s\nturn = %s\n' "$1" "$2"
} > "$tmp/ddmd.conf"

# A server whose answers wait until there is a file "go"
hesitant() {
	cat <<-END
		#!/bin/sh
		until [ -e "$tmp/go" ]; do sleep 0.2; done
		exec $(command -v pppd) "\$@"
	END
} > "$tmp/hesitant"

line_profile() { # FILE [LINE...]
	pppoe_profile "$1" 'credentials = @tmp/good.secret' "${@:2}"
	echo 'options = lcp-max-configure 1000' >> "$tmp/profiles/$1.ini"
}

# dialled_are INTERFACE...: each has a pppd, and nobody else
dialled_are() {
	local name
	[ "$(pppds | wc -w)" = $# ] || return
	for name; do
		[ "$(pppd_of "$name")" ] || return
	done
}

are_dialled() {
	within 60 dialled_are "$@" && return
	say "pppds that should be of $*:"
	for name in $(pppds); do
		tr '\0' ' ' < "/proc/$name/cmdline"
		echo
	done | sed 's/^/#   /'
	return 1
}

never_dialled() { ! grep -E "(^| )$1: pppd [0-9]+ dials" "$tmp/ddmd.log"; }

connect_all() { # INTERFACE...
	local name
	for name; do
		connect "$name" 900000 || return
	done
}

hosts
follow cl
hesitant
chmod +x "$tmp/hesitant"
provider_program=$tmp/hesitant
provider
settings 2 3600
for i in 0 1 2 3 4 5; do line_profile "line$i" 'timeout = 15min'; done
line_profile hasty 'timeout = 5s'
begin 16
holds dialer_binds dialer || give_up 'no dialer'

connect_all line0 line1 line2 line3 line4 line5 hasty
holds so_many_are_dialled_at_once are_dialled line0 line1
holds time_limit_runs_while_a_call_waits ends_with hasty connect-failed 633
holds nobody_else_was_dialled_meanwhile dialled_are line0 line1
disconnect line5
holds waiting_call_is_hung_up_at_once ends_with line5 connect-failed 929
holds the_others_wait_on dialled_are line0 line1
disconnect line0
holds dialling_call_is_hung_up ends_with line0 connect-failed 929
holds the_next_one_follows are_dialled line1 line2

settings 3 3600
reload
holds reload_raises_the_limit are_dialled line1 line2 line3
sed -i 's/cl0/none0/' "$tmp/profiles/line4.ini"
settings 3 1
reload
holds long_call_keeps_nobody_waiting ends_with line4 connect-failed 608
holds profile_counts_as_it_is_then never_dialled line4
connect line0 900000
holds limit_is_for_a_time_only are_dialled line0 line1 line2 line3

: > "$tmp/go"
holds all_are_connected_in_the_end until_event cl connected 300 4
holds who_hung_up_was_never_dialled never_dialled line5
for i in 0 1 2 3; do disconnect "line$i"; done
until_event cl disconnected 90 4
within 60 no_pppds

rm "$tmp/go"
settings 1 3600
reload
connect_all line1 line2
are_dialled line1
stop ddmd
holds end_of_ddmd_ends_waiting ends_with line2 connect-failed 903
holds no_call_is_left within 60 no_pppds
finish
