#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppd's option ifname. pppd 2.4 makes pppN and renames it, 2.5 makes the device
# with its name; either way the interface ends up with the name that was asked
# for, and an interface that was created for that name gets its device.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool pppd ping
need_module ppp_async

netns a b
follow a b
begin 6

# Version 2.5 renames nothing.
began='interface-new wan0 disconnected - 0'
taken_over=
if [[ $(pppd --version 2>&1) = *2.4.* ]]; then
	began='interface-new ppp0 disconnected - 0
	interface-change wan0 disconnected - 0'
	taken_over='interface-new ppp1 disconnected - 0
	interface-del ppp1 disconnected - 0'
fi

act a new office office0
call dynamic 0 10.8.0.1:10.8.0.2 ifname wan0
call created 1 10.8.1.1:10.8.1.2 ifname office0
until_event a connected 30 2 || give_up 'no connection'
holds renamed_ppp_is_known_by_its_new_name interface_is a wan0 connected
holds created_interface_gets_the_renamed_device interface_is a office connected
ping_all a 10.8.0.2 2 500
stop dynamic
stop created
until_event a disconnected 30 2
until_event b interface-del 30 2

holds rename_by_pppd_is_no_transition events_of_are a 'ppp0 wan0' <<-END
	$began
	connected wan0 connected - 0
	disconnected wan0 disconnected device-down 628
	interface-del wan0 disconnected - 0
END
holds renamed_device_goes_over_to_its_interface events_of_are a 'ppp1 office' <<-END
	interface-new office disconnected - 0
	$taken_over
	interface-change office disconnected - 0
	connected office connected - 0
	disconnected office disconnected device-down 628
	interface-change office disconnected - 0
END
holds counters_survive_the_rename counted a wan0 "$(pinged 2 500)"
holds created_interface_outlives_its_device interfaces_are a office
finish
