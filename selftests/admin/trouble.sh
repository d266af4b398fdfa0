#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A DLL crashes, sleeps for ever, calls back: calls that are up stay up, the
# call in question gets what the configuration says, later ones are as before.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin
limit=$((3 * slow))

refused() {
	within 90 grep -q 'LCP terminated by peer (Call refused)' "$tmp/client.log"
}

try_call() { # PROCESS that must be gone afterwards
	client client 1
	refused || return
	wait "${pid[client]}"
	unset "pid[client]"
}

other_call_is_up() { ping_all cl 10.9.0.1 2 100 -I ppp0; }

cable
follow cl
admin_ddmd ac first trouble || give_up 'no ddmd'
# the longest that pppd waits for a ddmd that does not answer
provider require-pap ddm-limit $((10000 * slow))
begin 22
client other 0
until_event cl connected 90 || give_up 'no call'

orders 'trouble crash accept-connection'
holds crash_refuses try_call
holds crash_is_reported grep -q \
	'trouble.so: MprAdminAcceptNewConnection crashed (Segmentation fault)' \
	"$tmp/ddmd.log"
holds host_is_there_again within 90 enough_noted 'first initialize' 2
holds crash_takes_no_call_down other_call_is_up

orders 'trouble leak accept-connection'
holds leak_refuses try_call
holds leak_ends_the_host_alone same crashes 2 \
	"$(grep -c 'AcceptNewConnection crashed' "$tmp/ddmd.log")"
holds leak_takes_no_call_down other_call_is_up

orders 'trouble sleep accept-link'
holds sleep_refuses try_call
holds sleep_is_reported grep -q \
	"trouble.so: MprAdminAcceptNewLink has not returned within ${limit}000 ms" \
	"$tmp/ddmd.log"
holds sleep_takes_no_call_down other_call_is_up

orders 'trouble call accept-connection'
client client 1
holds call_is_let_in until_event cl connected:ppp1 90
holds callback_gets_an_error_at_once grep -q \
	'trouble called-back in=accept-connection connect=1131 enum=1131 at-once=1' \
	"$DDM_TEST_NOTES"
stop client
until_event cl disconnected:ppp1 90

orders 'trouble crash connection-hangup'
forget_notes
stop other
holds crash_in_the_hangup_is_reported within 90 grep -q \
	'trouble.so: MprAdminConnectionHangupNotification crashed' "$tmp/ddmd.log"
holds dll_before_it_was_told noted 1 'first connection-hangup'

without_verdict=accept
orders
stop ddmd
admin_ddmd ac trouble first
orders 'trouble sleep accept-connection'
forget_notes
client client 1
holds let_in_without_verdict_if_so_configured until_event cl connected:ppp1 90
holds dll_after_it_was_asked noted 1 'first accept-connection'
stop client
until_noted 'first connection-hangup'

# Whether there are DLLs cannot be known then, so nobody gets in unasked.
orders
client other 0
until_event cl connected:ppp0 90
forget_notes
kill -STOP "${pid[ddmd]}"
holds ddmd_that_stands_still_lets_nobody_in try_call
holds it_takes_no_call_down other_call_is_up
kill -CONT "${pid[ddmd]}"
client client 1
holds next_call_is_let_in until_event cl connected:ppp1 90
holds it_was_asked_about noted 1 'first accept-connection'
stop client
stop other
holds all_ends_are_told until_noted 'first connection-hangup' 2
holds ddmd_ends stop ddmd
finish
