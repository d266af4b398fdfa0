#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# An interface that was created before its device: it waits for it, gets it,
# dials it, and loses it again.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool ping
need_module dummy

netns a
follow a
begin 6
act a new backup dum0 || give_up 'no interface'
refused() { # WORDS COMMAND...
	local words=$1 said
	shift
	if said=$("$@" 2>&1); then
		say "$* was not refused"
		return 1
	fi
	[[ $said = *"$words"* ]] || { say "refused with: $said"; return 1; }
}
holds nothing_to_dial_is_refused refused 'no dialer' act a connect backup
ip_in a link add dum0 type dummy
ip_in a addr add 10.3.0.1/24 dev dum0
holds interface_gets_its_device interface_is a backup disconnected
act a connect backup
holds device_is_up_when_connect_returns interface_is a backup connected
holds connected_twice_is_refused refused 'connected already' act a connect backup
# Nobody answers: it drops what it gets.
inside a ping -q -c 3 -i 0.05 -W 0.1 -s 100 10.3.0.2 > /dev/null
act a disconnect backup
holds what_was_sent_is_counted_and_nothing_else counted a backup \
	"0 $((3 * 142)) 0 3"
ip_in a link del dum0
holds created_interface_dials_its_device events_are a <<-END
	interface-new backup disconnected - 0
	interface-change backup disconnected - 0
	connecting backup connecting - 0
	connected backup connected - 0
	disconnected backup disconnected requested 929
	interface-change backup disconnected - 0
END
finish
