#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A tun device has a carrier while a program holds it. It is followed when an
# interface was created for it.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_module tun

hold() { spawn_inside holder a "$out/tun" tun0; }

netns a
follow a
begin 6
ip_in a tuntap add dev tun0 mode tun || give_up 'no tun device'
holds tun_is_not_tracked_by_itself interfaces_are a
act a new tun0 || give_up 'no interface'
ip_in a link set tun0 up
holds tun_that_nobody_holds_has_no_carrier interface_is a tun0 unreachable \
	no-media-sense
hold
holds tun_is_connected_when_it_is_attached until_event a connected
stop holder
holds tun_is_disconnected_when_it_is_let_go until_event a disconnected
hold
until_event a connected
ip_in a link del tun0
stop holder
holds tun_follows_its_holder events_are a <<-END
	interface-new tun0 disconnected - 0
	interface-change tun0 unreachable - 0
	connected tun0 connected - 0
	disconnected tun0 unreachable no-carrier 679
	connected tun0 connected - 0
	disconnected tun0 disconnected device-gone 608
	interface-change tun0 disconnected - 0
END

# One that goes with its holder
hold
until_event a interface-change
ip_in a link set tun0 up
until_event a connected
stop holder KILL
until_event a interface-change
holds tun_goes_with_its_holder events_are a <<-END
	interface-change tun0 disconnected - 0
	connected tun0 connected - 0
	disconnected tun0 disconnected device-gone 608
	interface-change tun0 disconnected - 0
END
finish
