#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Fifty calls at once, each asked about and told of once; then nothing is left.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_admin
calls=50

descriptors() { find "/proc/${pid[ddmd]}/fd" -mindepth 1 | wc -l; }
descriptors_are() { [ "$(descriptors)" = "$1" ]; }

# Each connection that was let in was told as over, by the same handle.
each_once() { # PATTERN
	local handles
	handles=$(grep -- "$1" "$DDM_TEST_NOTES" | grep -o 'connection=[^ ]*')
	same "handles of $1" "$calls $calls" \
		"$(wc -l <<< "$handles") $(sort -u <<< "$handles" | wc -l)"
}

cable
follow ac
admin_ddmd ac first refuse third || give_up 'no ddmd'
provider require-pap
begin 7
before=$(descriptors)
for ((i = 0; i < calls; i++)); do
	client "client$i" "$i" lcp-restart 3 pppoe-padi-attempts 10
done
holds all_are_let_in until_event ac connected 200 $calls
holds each_was_asked_about_once each_once 'third accept-connection'
for ((i = 0; i < calls; i++)); do
	kill "${pid[client$i]}" 2> /dev/null
done
holds all_end until_event ac disconnected 120 $calls
until_noted 'third connection-hangup' $calls
holds each_was_told_once each_once 'first connection-hangup'
holds each_link_was_told_once noted $calls 'refuse link-hangup'
for ((i = 0; i < calls; i++)); do
	wait "${pid[client$i]}"
done
holds no_descriptor_is_left within 30 descriptors_are "$before"
stop provider
holds no_interface_is_left within 30 interfaces_are ac
stop ddmd
finish
