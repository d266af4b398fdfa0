#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A device that is destroyed while it is up: its connection ends with it, with
# the counters that it had, and the kernel's reason.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool ping
need_module wireguard dummy

netns a
follow a
begin 4
act a new line dum0 || give_up 'no interface'
batch a <<-END
	link add wg0 type wireguard
	link add dum0 type dummy
	addr add 10.3.0.1/24 dev dum0
	link set wg0 up
	link set dum0 up
END
inside a ping -q -c 2 -i 0.05 -W 0.1 -s 72 10.3.0.2 > /dev/null
batch a <<-END
	link del wg0
	link del dum0
END
holds destroyed_device_is_device_gone events_are a <<-END
	interface-new line disconnected - 0
	interface-new wg0 disconnected - 0
	interface-change line disconnected - 0
	connected wg0 connected - 0
	connected line connected - 0
	disconnected wg0 disconnected device-gone 608
	interface-del wg0 disconnected - 0
	disconnected line disconnected device-gone 608
	interface-change line disconnected - 0
END
holds its_last_counters_are_told counted a line "0 $((2 * 114)) 0 2"
holds created_interface_remains interfaces_are a line
ip_in a link add dum0 type dummy
ip_in a link set dum0 up
holds new_device_of_that_name_is_its_device events_are a <<-END
	interface-change line disconnected - 0
	connected line connected - 0
END
finish
