#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppd that waits for a packet: the first one dials, idleness hangs up, and a
# connect call dials, too. Both are told, although the device stays up.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

ping_once() { inside cl ping -n -q -c 1 -W 1 10.9.0.1 > /dev/null 2>&1; }

no_pppd_of() { [ -z "$(pppd_of "$1")" ]; }

# Another day: it may not be dialled now
other_day() {
	sed -i "/^\[dial\]/a hours = $((($(date +%w) + 3) % 7))" \
		"$tmp/profiles/lazy.ini"
}

pppd_is_another() { # INTERFACE PID
	local now
	now=$(pppd_of "$1")
	[ -n "$now" ] && [ "$now" != "$2" ]
}

device_is_up() { ip_in cl link show dev "$1" up 2> /dev/null | grep -q .; }

hosts
follow cl
provider
pppoe_profile lazy 'credentials = @tmp/good.secret' "idle = $((10 * slow))s" \
	'redial-pause = 3s'
printf 'demand = yes\noptions = 10.9.9.1:10.9.0.1 ipcp-accept-local ipcp-accept-remote\n' \
	>> "$tmp/profiles/lazy.ini"
pppoe_profile always 'credentials = @tmp/good.secret' 'persistent = yes' \
	'redial-pause = 500ms' 'redial-pause-max = 1s'
begin 29
holds dialer_binds dialer || give_up 'no dialer'
holds persistent_interface_is_connected_by_itself until_event cl connected:always 90
holds waiting_device_is_up within 60 device_is_up lazy
holds waiting_is_not_being_connected interface_is cl lazy disconnected

connect lazy
holds connect_call_dials until_event cl connected:lazy 90
disconnect lazy
holds it_can_be_hung_up ends_with lazy disconnected 929
# pppd pauses then, and takes no packet
within 30 grep -q 'Connection terminated' "$tmp/ddmd.log"
connect lazy
disconnect lazy
holds attempt_of_the_pause_can_be_cancelled ends_with lazy connect-failed 929

ip_in cl route replace 10.9.0.1 dev lazy
within 60 ping_once
holds first_packet_dials until_event cl connected:lazy 90
holds idleness_hangs_up ends_with lazy disconnected 828
holds device_stays_up device_is_up lazy

connected lazy
disconnect lazy
until_event cl disconnected:lazy 90
connect lazy
holds pause_keeps_no_attempt_waiting until_event cl connected:lazy 90
disconnect lazy
until_event cl disconnected:lazy 90
holds pppd_waits_on within 60 device_is_up lazy

# What counts is what is so now, not what pppd was told when it began
ctl cl interface set lazy disable
holds disabled_interface_stands_no_more within 60 no_pppd_of lazy
ctl cl interface set lazy enable
holds enabled_it_stands_again within 60 device_is_up lazy
ctl cl service pause
holds paused_service_dials_for_no_packet within 60 no_pppd_of lazy
ctl cl service resume
holds running_it_does_again within 60 device_is_up lazy
first=$(pppd_of lazy)
sed -i "s/^idle = .*/idle = $((11 * slow))s/" "$tmp/profiles/lazy.ini"
reload
holds profile_that_changed_is_used within 60 pppd_is_another lazy "$first"
connect lazy
holds attempt_that_is_faster_waits_for_it until_event cl connected:lazy 90
ctl cl interface set lazy disable
holds call_that_is_up_goes_on interface_is cl lazy connected
disconnect lazy
until_event cl disconnected:lazy 90
holds it_stands_no_more_after_it within 30 no_pppd_of lazy
ctl cl interface set lazy enable
within 60 device_is_up lazy

kill -KILL "$(pppd_of always)"
holds lost_connection_is_made_again until_event cl connected:always 90
disconnect always
until_event cl disconnected:always 90

stop provider
connect lazy 20000
holds failure_of_a_waiting_pppd_is_told ends_with lazy connect-failed 678
holds it_waits_on device_is_up lazy
# it would have been dialled again long ago
holds what_an_operator_hung_up_stays_down interface_is cl always disconnected

other_day
reload
holds hours_that_came_end_the_waiting within 60 no_pppd_of lazy
sed -i '/^hours/d' "$tmp/profiles/lazy.ini"
reload
holds hours_that_went_begin_it within 60 device_is_up lazy
stop ddmd
other_day
dialer
holds ddmd_that_begins_looks_at_the_hour within 60 no_pppd_of lazy
stop ddmd
sed -i '/^hours/d' "$tmp/profiles/lazy.ini"
dialer
within 60 device_is_up lazy
holds what_stands_ready_can_be_deleted ctl cl interface del lazy
holds pppd_ends_with_it within 60 no_pppd_of lazy
finish
