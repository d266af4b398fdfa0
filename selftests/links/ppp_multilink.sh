#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Two pppd make one bundle of two links over ptys. The kernel tells nobody of
# links, so what is seen is one device and one connection.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool pppd ping
need_module ppp_async

# The end points name the bundle in pppd's data base, which the machine shares.
bundle() { printf 'multilink endpoint local:%s.%02x.%02x' "$1" \
	$(($$ >> 8 & 255)) $(($$ & 255)); }

# A link of the bundle: the same unit, the same ends
link() {
	# shellcheck disable=SC2046 # words
	call "$1" 5 10.8.1.1:10.8.1.2 $(bundle 01)
}

netns a b
follow a b
begin 5

# shellcheck disable=SC2034 # used by call
peer_options=$(bundle 03)
link first
until_event a connected || give_up 'no connection'
link second
within 30 grep -q 'attached to' "$tmp/second.log" ||
	give_up 'the second link did not join'
holds bundle_with_two_links_is_connected_once events_are a <<-END
	interface-new ppp5 disconnected - 0
	connected ppp5 connected - 0
END
ping_all a 10.8.1.2 4 1400
holds bundle_counts_packets_once same ppp5 "$(pinged 4 1400)" \
	"$(connection_counters a ppp5)"
stop second
ping_all a 10.8.1.2 1 100
holds bundle_outlives_a_link events_are a < /dev/null
stop first
until_event a interface-del
holds bundle_ends_with_its_last_link events_are a <<-END
	disconnected ppp5 disconnected device-down 628
	interface-del ppp5 disconnected - 0
END
holds bundle_counters_hold_both_links counted a ppp5 \
	"$((4 * 1428 + 128)) $((4 * 1428 + 128)) 5 5"
finish
