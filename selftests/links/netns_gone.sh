#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A namespace is deleted with live interfaces in it. Nobody can watch it from
# within (that would keep it alive); what is seen is what it does to devices
# elsewhere, and that a new namespace begins anew.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_module veth wireguard dummy

netns x y
follow y
begin 5
act y new cross vy || give_up 'no interface'
batch x <<-END
	link add vx type veth peer name vy netns @y
	link set vx up
	link add wg0 type wireguard
	link add wg1 type wireguard
	link set wg1 netns @y
	link set wg0 up
	link add dum0 type dummy
	link set dum0 up
END
act x new line dum0
act x new waiting nowhere0
batch y <<-END
	link set vy up
	link set wg1 up
END
until_event y connected 10 2 || give_up 'not connected'
connected_in_x() {
	interface_is x wg0 connected && interface_is x line connected
}
holds namespace_has_live_interfaces connected_in_x
ip netns del "${ns[x]}"
holds its_end_is_seen_from_outside until_number y 8
holds device_across_is_gone events_of_are y cross <<-END
	interface-new cross disconnected - 0
	interface-change cross disconnected - 0
	connected cross connected - 0
	disconnected cross disconnected device-gone 608
	interface-change cross disconnected - 0
END
# A WireGuard device loses its sockets with the namespace that it came from.
holds wireguard_loses_its_carrier_with_its_origin events_of_are y wg1 <<-END
	interface-new wg1 disconnected - 0
	connected wg1 connected - 0
	disconnected wg1 unreachable no-carrier 679
END
netns x
begins_anew() { same snapshot 'sequence 0' "$("$watch" -n "${ns[x]}" --snapshot)"; }
holds new_namespace_begins_anew begins_anew
finish
