#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A DLL crashes, sleeps for ever, calls back: calls that are up stay up, the
# call in question gets what the configuration says, later ones are as before.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin
limit=2

refused() {
	within 30 grep -q 'LCP terminated by peer (Call refused)' "$tmp/client.log"
}

try_call() { # PROCESS that must be gone afterwards
	client client 1
	refused || return
	wait "${pid[client]}" || :
}

other_call_is_up() { ping_all cl 10.9.0.1 2 100 -I ppp0; }

cable
follow cl
admin_ddmd ac first trouble || give_up 'no ddmd'
provider require-pap
begin 15
client other 0
until_event cl connected 60 || give_up 'no call'

orders 'trouble crash accept-connection'
holds crash_refuses try_call
holds crash_is_reported grep -q \
	'trouble.so: MprAdminAcceptNewConnection crashed (Segmentation fault)' \
	"$tmp/ddmd.log"
holds host_is_there_again within 20 enough_noted 'first initialize' 2
holds crash_takes_no_call_down other_call_is_up

orders 'trouble sleep accept-link'
holds sleep_refuses try_call
holds sleep_is_reported grep -q \
	'trouble.so: MprAdminAcceptNewLink has not returned within 2000 ms' \
	"$tmp/ddmd.log"
holds sleep_takes_no_call_down other_call_is_up

orders 'trouble call accept-connection'
client client 1
holds call_is_let_in until_event cl connected:ppp1 60
holds callback_gets_an_error_at_once grep -q \
	'trouble called-back in=accept-connection connect=1131 enum=1131 seconds=0' \
	"$DDM_TEST_NOTES"
stop client
until_event cl disconnected:ppp1 20

orders 'trouble crash connection-hangup'
forget_notes
stop other
holds crash_in_the_hangup_is_reported within 20 grep -q \
	'trouble.so: MprAdminConnectionHangupNotification crashed' "$tmp/ddmd.log"
holds dll_before_it_was_told noted 1 'first connection-hangup'

without_verdict=accept
orders
stop ddmd
admin_ddmd ac trouble first
orders 'trouble sleep accept-connection'
forget_notes
client client 1
holds let_in_without_verdict_if_so_configured until_event cl connected:ppp1 60
holds dll_after_it_was_asked noted 1 'first accept-connection'
stop client
until_noted 'first connection-hangup'

# pppd does not wait for a ddmd that stands still
stop_signal() { kill -STOP "${pid[ddmd]}"; }
orders
stop_signal
client client 1
holds pppd_lives_without_answers until_event cl connected:ppp1 60
kill -CONT "${pid[ddmd]}"
stop client
holds ddmd_ends stop ddmd
finish
