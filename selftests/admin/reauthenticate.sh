#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A peer that has to prove itself again and again (CHAP): the administration
# DLLs are asked each time, and may end the call that way.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin

# Two pings of 100 bytes, each with 28 of header; a reauthentication was before
counted() {
	[ "$(field received 'first reauthentication')" -ge 256 ] &&
		[ "$(field seconds 'first reauthentication')" -ge 2 ]
}

cable
follow cl
admin_ddmd ac first || give_up 'no ddmd'
provider require-chap chap-interval 2
begin 6
client client 0
until_event cl connected 90 || give_up 'no call'
holds dll_is_asked_each_time until_noted 'first reauthentication user=demo' 2
holds call_goes_on ping_all cl 10.9.0.1 2 100
forget_notes
until_noted 'first reauthentication user=demo'
holds it_has_the_counters_of_then counted
orders 'first refuse reauthentication'
holds refusal_ends_the_call until_event cl disconnected 90
holds peer_is_told grep -qE 'CHAP authentication failed|LCP terminated by peer' \
	"$tmp/client.log"
until_noted 'first connection-hangup'
holds end_is_told_once noted 1 'first connection-hangup'
stop ddmd
finish
