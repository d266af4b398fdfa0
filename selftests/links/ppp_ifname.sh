#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppd's option ifname. pppd 2.4 makes pppN and renames it, 2.5 makes the device
# with its name; either way the interface ends up with the name that was asked
# for, and an interface that was created for that name gets its device.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_root
need_tool pppd ping
need_module ppp_async

netns a b
follow a b
begin 5

act a new office office0
call dynamic 0 10.8.0.1:10.8.0.2 ifname wan0
call created 1 10.8.1.1:10.8.1.2 ifname office0
until_event a connected 30 2 || give_up 'no connection'
holds renamed_ppp_is_known_by_its_new_name interface_is a wan0 connected
holds created_interface_gets_the_renamed_device interface_is a office connected
holds both_names_and_no_other interfaces_are a office wan0
ping_all a 10.8.0.2 2 500
stop dynamic
stop created
until_event a disconnected:wan0
until_event a disconnected:office
until_event a interface-del:wan0
event_before() { # TYPE:NAME TYPE:NAME: was the first told before the second?
	awk -v first="$1" -v second="$2" '
		$2 ":" $3 == first { seen = 1 }
		$2 ":" $3 == second { exit !seen }' "$tmp/a.events"
}
holds counters_survive_the_rename same wan0 "$(pinged 2 500)" \
	"$(event_counters a wan0)"
office_waits_for_its_device() {
	catch_up a && interface_is a office disconnected
}
holds created_interface_outlives_its_device office_waits_for_its_device
finish
