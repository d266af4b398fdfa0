#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Many calls one after the other, and many at once: each is told, and nothing
# stays behind. CALLS and SESSIONS say how many.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
calls=${CALLS:-200}
sessions=${SESSIONS:-50}
# a machine that is busy with all of them must not be taken for a dead line
echo_interval=60

descriptors() { find "/proc/${pid[ddmd]}/fd" -mindepth 1 | wc -l; }

one_after_the_other() {
	local i
	for ((i = 0; i < calls; i++)); do
		connect "line0" && until_event cl connected:line0 60 &&
			disconnect line0 &&
			ends_with line0 disconnected 929 &&
			within 20 no_pppds && continue
		say "in call $i"
		return 1
	done
}

# Those that ran into the server's limits would be told as failures.
all_at_once() {
	local i
	for ((i = 0; i < sessions; i++)); do
		connect "line$i" 300000 || return
	done
	until_event cl connected 300 "$sessions"
}

all_hung_up() {
	local i
	for ((i = 0; i < sessions; i++)); do
		disconnect "line$i" || return
	done
	until_event cl disconnected 120 "$sessions" && within 60 no_pppds
}

only_these_devices() {
	local left
	left=$(ip_in cl -o link show type ppp | wc -l)
	same 'PPP devices' 0 "$left"
}

hosts
follow cl
provider
for ((i = 0; i < sessions; i++)); do
	pppoe_profile "line$i" 'credentials = @tmp/good.secret' 'timeout = 5min'
done
begin 10
holds dialer_binds dialer || give_up 'no dialer'
connected line0 && disconnect line0 && until_event cl disconnected:line0 20
within 20 no_pppds
before=$(descriptors)

holds calls_in_a_row_are_all_told one_after_the_other
holds no_descriptor_is_left same descriptors "$before" "$(descriptors)"
holds sessions_at_once_are_all_connected all_at_once
holds a_session_of_many_works ping_all cl 10.9.0.1 2 100 -I line$((sessions - 1))
holds sessions_at_once_are_all_hung_up all_hung_up
holds no_descriptor_is_left_of_many same descriptors "$before" "$(descriptors)"
holds no_device_is_left only_these_devices
holds no_record_is_left no_records
holds no_event_was_lost catch_up cl
finish
