#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A pppd that goes on after each call (persist) takes one after the other: the
# administration DLLs are asked about each, whatever became of those before.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin

netns a b
follow b
admin_ddmd b first refuse || give_up 'no ddmd'
begin 12
forget_notes

# It starts its caller itself, again and again.
server() {
	spawn_inside server b pppd "${ppp_options[@]}" "${patient[@]}" local unit 7 \
		10.8.7.1:10.8.7.2 auth require-pap persist holdoff 1 maxfail 0 \
		plugin "$plugin" ddm-socket "$tmp/plugin.sock" ddm-incoming \
		pty "exec nsenter --net=/run/netns/${ns[a]} pppd notty ${ppp_options[*]} \
			local unit 57 user demo password secret"
}

differ() { # HANDLE HANDLE
	[ -n "$1" ] && [ -n "$2" ] && [ "$1" != "$2" ] && return
	say "handles \"$1\" and \"$2\""
	return 1
}

next_caller() {
	local caller
	mapfile -t caller < <(pgrep -f '^pppd notty .* unit 57')
	[ ${#caller[@]} != 0 ] || give_up 'no caller'
	kill "${caller[@]}"
}

orders 'refuse refuse connection demo'
server
holds each_caller_is_asked_about until_noted 'refuse accept-connection' 3
holds who_is_refused_is_not_mentioned_again noted 0 'hangup\|accept-link'
orders
holds next_caller_is_let_in until_event b connected 90
until_noted 'refuse accept-link'
holds its_link_was_asked_about noted 1 'first accept-link'

forget_notes
next_caller
until_noted 'refuse accept-link'
holds end_and_next_call_are_told callouts_are <<-END
	first link-hangup
	refuse link-hangup
	first connection-hangup
	refuse connection-hangup
	first accept-connection
	refuse accept-connection
	first accept-link
	refuse accept-link
END
holds they_are_two_connections differ "$(field connection 'first connection-hangup')" \
	"$(field connection 'first accept-connection')"
until_event b connected 90
forget_notes
stop server
holds end_of_pppd_is_told_once until_noted 'refuse connection-hangup'
stop ddmd
holds nothing_more_is_told noted 1 'first connection-hangup'

# The pppd that has greeted a ddmd without DLLs asks when there are some
cp "$tmp/ddmd.conf" "$tmp/with.conf"
: > "$tmp/ddmd.conf"
start_ddmd b
forget_notes
server
holds without_dlls_callers_are_let_in until_event b connected 90
orders 'refuse refuse connection demo'
cp "$tmp/with.conf" "$tmp/ddmd.conf"
before=$(pgrep -f '^pppd notty .* unit 57')
kill -HUP "${pid[ddmd]}"
within 90 notes_have 'refuse initialize'
holds call_that_is_up_goes_on still caller "$before" "$(pgrep -f '^pppd notty .* unit 57')"
next_caller
holds reload_has_the_next_one_asked_about until_noted 'refuse accept-connection'
holds its_answer_counts noted 0 'accept-link'
finish
