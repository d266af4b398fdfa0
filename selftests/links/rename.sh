#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A dynamic interface follows its device's name; one that was created is bound
# to a name, and loses a device that no longer bears it.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_module wireguard dummy

netns a
follow a
begin 6

ip_in a link add wg0 type wireguard
ip_in a link set wg0 name office
holds dynamic_interface_follows_its_device events_are a <<-END
	interface-new wg0 disconnected - 0
	interface-change office disconnected - 0
END
act a new branch wg1
ip_in a link set office name wg1
holds device_goes_to_the_interface_made_for_its_name events_are a <<-END
	interface-new branch disconnected - 0
	interface-del office disconnected - 0
	interface-change branch disconnected - 0
END
ip_in a link set wg1 name wg2
holds created_interface_loses_a_renamed_device events_are a <<-END
	interface-change branch disconnected - 0
	interface-new wg2 disconnected - 0
END
ip_in a link set wg2 name wg1
ip_in a link set wg1 up
holds it_gets_it_back events_are a <<-END
	interface-del wg2 disconnected - 0
	interface-change branch disconnected - 0
	connected branch connected - 0
END

# Kernels before 6.2 do not rename a device that is up.
if ip_in a link set wg1 name wg3 2> "$tmp/rename.log"; then
	holds rename_while_up_ends_its_connection events_are a <<-END
		disconnected branch disconnected device-renamed 608
		interface-change branch disconnected - 0
		interface-new wg3 disconnected - 0
		connected wg3 connected - 0
	END
	ip_in a link set wg3 name wg4
	holds dynamic_rename_while_up_keeps_the_connection events_are a <<-END
		interface-change wg4 connected - 0
	END
else
	holds refused_rename_while_up_tells_nothing events_are a < /dev/null
	holds refused_rename_while_up_keeps_the_connection interface_is a branch connected
fi
finish
