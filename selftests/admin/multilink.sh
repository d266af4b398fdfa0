#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Two links over ptys make one call: asked for once, each link by itself, and
# told when the last link is gone. ddmd with its DLLs has the side in b.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin

# The end points name the bundle in pppd's data base, which the machine shares.
bundle() { printf 'multilink endpoint local:%s.%02x.%02x' "$1" \
	$(($$ >> 8 & 255)) $(($$ & 255)); }

link() { # PROCESS
	# shellcheck disable=SC2046 # words
	call "$1" 5 10.8.1.1:10.8.1.2 $(bundle 01) user demo password secret
}

# Numbers of the links that are up in b
links_up() {
	inside b "$root/build/ddmctl" -H -o id,state link show |
		awk '$2 == "up" { print $1 }' | sort -n | xargs
}

links_up_are() { [ "$(links_up)" = "$1" ]; }

two_links_up() { [ "$(links_up | wc -w)" = 2 ]; }

hang_up() { # LINK
	inside b "$root/build/ddmctl" link hangup "$1"
}

netns a b
follow a b
admin_ddmd b first refuse || give_up 'no ddmd'
# shellcheck disable=SC2034 # used by call
peer_options="$(bundle 03) auth require-chap plugin $plugin ddm-socket $tmp/plugin.sock"
begin 22
forget_notes
link first
until_event b connected 90 || give_up 'no connection'
holds first_link_is_a_connection callouts_are <<-END
	first accept-connection
	refuse accept-connection
	first accept-link
	refuse accept-link
END
forget_notes
link second
within 90 grep -q 'attached to' "$tmp/second.log" ||
	give_up 'the second link did not join'
until_event b link-up 90
holds second_link_is_asked_for_by_itself callouts_are <<-END
	first accept-link
	refuse accept-link
END
first_connection=$(field connection 'first accept-link')
ping_all a 10.8.1.2 6 1400
forget_notes

stop second
until_noted 'refuse link-hangup'
holds lost_link_is_told callouts_are <<-END
	first link-hangup
	refuse link-hangup
END
holds bundle_outlives_it ping_all a 10.8.1.2 2 200
holds it_is_still_one_connection interface_is b ppp55 connected

orders 'refuse refuse links'
forget_notes
link third
until_noted 'refuse accept-link'
wait "${pid[third]}"
unset "pid[third]"
holds refused_link_is_told_in_order grep -q \
	'LCP terminated by peer (Call refused)' "$tmp/third.log"
holds refused_link_never_joined same 'links up' 2 "$(happened b link-up)"
holds bundle_lives_on ping_all a 10.8.1.2 2 200
holds refused_link_has_no_hangup noted 0 hangup
orders

forget_notes
stop first
until_noted 'refuse connection-hangup'
holds last_link_ends_the_connection callouts_are <<-END
	first link-hangup
	refuse link-hangup
	first connection-hangup
	refuse connection-hangup
END
sent=$((6 * 1428 + 4 * 228))
holds bytes_are_those_of_all_links traffic_is 'first connection-hangup' $sent $sent
holds it_was_the_same_connection still connection "$first_connection" \
	"$(field connection 'first connection-hangup')"
until_event b interface-del 90
holds module_saw_one_connection same connections 1 "$(happened b connected)"
holds that_is_told_once noted 1 'first connection-hangup'

# The router itself hangs one link up, and then the other
link first
until_event b connected 90 || give_up 'no other connection'
link second
holds another_bundle_has_two_links within 90 two_links_up
read -r one other < <(links_up)
forget_notes
hang_up "$one"
until_noted 'refuse link-hangup'
holds link_that_is_hung_up_is_told callouts_are <<-END
	first link-hangup
	refuse link-hangup
END
holds it_goes_alone within 90 links_up_are "$other"
holds the_connection_stays ping_all a 10.8.1.2 2 200
hang_up "$other"
until_noted 'refuse connection-hangup'
holds hangup_of_both_is_told_in_order callouts_are <<-END
	first link-hangup
	refuse link-hangup
	first link-hangup
	refuse link-hangup
	first connection-hangup
	refuse connection-hangup
END
holds module_saw_it_end until_event b interface-del 90
holds module_saw_two_connections same connections 2 "$(happened b connected)"
wait "${pid[first]}" "${pid[second]}"
unset "pid[first]" "pid[second]"
stop ddmd
holds nothing_more_is_told noted 1 'first connection-hangup'
finish
