#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Three administration DLLs are asked about calls over PPPoE, in their order,
# and told of the end once, with what was really sent.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin
export DDM_TEST_ADDRESS=10.9.0.77

address_is() { # ADDRESS
	ip_in cl -4 addr show dev ppp0 | grep -qF "inet $1 peer 10.9.0.1" && return
	ip_in cl -4 addr show dev ppp0 | sed 's/^/#   /'
	return 1
}

# The peer hears it from LCP rather than from a silent line.
refused_in_order() {
	within 90 grep -q 'LCP terminated by peer (Call refused)' "$tmp/client.log"
}

# As long as the module says, in whole seconds
duration_is() { # PATTERN MILLISECONDS
	local seconds
	seconds=$(field seconds "$1")
	[ "$seconds" ] && [ $((seconds * 1000)) -le $(($2 + 1000)) ] &&
		[ $((seconds * 1000)) -ge $(($2 - 2000)) ] && return
	say "$1: $seconds seconds, the module has $2 ms"
	return 1
}

# What the end of a call is told by
hangups() {
	cat <<-END
		first link-hangup
		refuse link-hangup
		third link-hangup
		first connection-hangup
		refuse connection-hangup
		third connection-hangup
	END
}

# The socket that listens has company.
plugin_is_back() {
	[ "$(inside ac grep -c "$tmp/plugin.sock" /proc/net/unix)" -gt 1 ]
}

same_connection() {
	still connection "$(field connection "$1")" "$(field connection "$2")"
}

cable
follow cl ac
admin_ddmd ac first refuse third || give_up 'no ddmd'
provider require-chap
begin 23
holds dlls_begin_in_order callouts_are <<-END
	first initialize
	refuse initialize
	third initialize
END
forget_notes

client client 0
until_event cl connected 90 || give_up 'no call'
until_event ac connected 90
holds dlls_are_asked_in_order callouts_are <<-END
	third get-address
	first accept-connection
	refuse accept-connection
	third accept-connection
	first accept-link
	refuse accept-link
	third accept-link
END
holds user_is_named same user demo "$(field user 'first accept-connection')"
holds port_is_named grep -qE 'first accept-link .* port=pts/[0-9]+ media=Pty ' \
	"$DDM_TEST_NOTES"
holds question_names_the_interface same interface ppp0 \
	"$(field interface 'first accept-connection')"
holds dll_gives_the_address address_is 10.9.0.77
holds structures_have_that_address same remote 10.9.0.77 \
	"$(field remote 'first accept-connection')"

ping_all cl 10.9.0.1 5 300
ping_all cl 10.9.0.1 3 1200
sent=$((5 * 328 + 3 * 1228))
forget_notes
stop client
until_noted 'third release-address'
holds dlls_are_told_once_and_in_order callouts_are \
	< <(hangups && echo 'third release-address')
holds hangup_has_true_bytes traffic_is 'first connection-hangup' $sent $sent
holds table_form_has_them_too traffic_is 'refuse connection-hangup' $sent $sent
until_event ac disconnected 90
holds link_has_them_too same calls,received "1 $sent" \
	"$(field calls 'first link-hangup') $(field received 'first link-hangup')"
holds hangup_has_the_duration duration_is 'first connection-hangup' "${event[7]}"
holds hangup_names_the_user same user demo "$(field user 'first connection-hangup')"
holds hangup_names_the_interface same interface ppp0 \
	"$(field interface 'first connection-hangup')"

orders 'refuse refuse connection demo'
forget_notes
client client 0
holds refused_peer_is_told_in_order refused_in_order
over client
holds who_comes_after_the_refusing_one_is_not_asked callouts_are <<-END
	third get-address
	first accept-connection
	refuse accept-connection
	third release-address
END
holds refused_call_is_not_told_as_over noted 0 hangup
orders
forget_notes
client client 0
holds call_after_a_refused_one_is_let_in until_event cl connected 90
stop client
until_noted 'third release-address'
holds connection_has_one_handle same_connection 'first accept-connection' \
	'first connection-hangup'

forget_notes
client client 0 password wrong
over client
holds wrong_password_is_nobodys_business noted 0 .

stop ddmd
holds dlls_end callouts_are <<-END
	third terminate
	refuse terminate
	first terminate
END

start_ddmd ac
until_noted 'third initialize'
client client 0
until_event cl connected 90
forget_notes
stop ddmd
holds end_of_ddmd_is_no_end_of_a_call noted 0 'hangup\|release-address'
start_ddmd ac
until_noted 'third initialize'
within 90 plugin_is_back
forget_notes
stop client
until_noted 'third connection-hangup'
holds end_of_a_call_is_told_by_the_next_ddmd callouts_are < <(hangups)
finish
