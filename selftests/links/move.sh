#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A device that goes to another namespace while it is up leaves one and enters
# the other. The kernel sets it down first and does not say why.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_module wireguard dummy

netns a b
follow a b
begin 7
act a new line dum0 || give_up 'no interface'
batch a <<-END
	link add wg0 type wireguard
	link add dum0 type dummy
	link set wg0 up
	link set dum0 up
	link set wg0 netns @b
	link set dum0 netns @b
END
holds moved_devices_leave events_are a <<-END
	interface-new line disconnected - 0
	interface-new wg0 disconnected - 0
	interface-change line disconnected - 0
	connected wg0 connected - 0
	connected line connected - 0
	disconnected wg0 disconnected device-down 628
	interface-del wg0 disconnected - 0
	disconnected line disconnected device-down 628
	interface-change line disconnected - 0
END
holds created_interface_stays interfaces_are a line
holds tracked_device_enters_down events_are b <<-END
	interface-new wg0 disconnected - 0
END
ip_in b link set wg0 up
holds it_is_connected_where_it_is_now interface_is b wg0 connected
batch b <<-END
	link set dum0 up
	link set wg0 netns @a
	link set dum0 netns @a
END
holds untracked_device_is_nobodys events_are b <<-END
	connected wg0 connected - 0
	disconnected wg0 disconnected device-down 628
	interface-del wg0 disconnected - 0
END
ip_in a link set dum0 up
holds devices_that_come_back_are_found events_are a <<-END
	interface-new wg0 disconnected - 0
	interface-change line disconnected - 0
	connected line connected - 0
END
new_id() {
	local ids
	ids=$(awk '$2 == "connected" { print $7 }' "$tmp/a.events" | sort -u | wc -l)
	same 'connections of a' 3 "$ids"
}
holds connection_after_the_move_is_a_new_one new_id
finish
