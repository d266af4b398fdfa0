#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppd that waits for a packet: the first one dials, idleness hangs up, and a
# connect call dials, too. Both are told, although the device stays up.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

ping_once() { inside cl ping -n -q -c 1 -W 1 10.9.0.1 > /dev/null 2>&1; }

device_is_up() { ip_in cl link show dev "$1" up 2> /dev/null | grep -q .; }

hosts
follow cl
provider
pppoe_profile lazy 'credentials = @tmp/good.secret' 'idle = 10s' \
	'redial-pause = 1s'
printf 'demand = yes\noptions = 10.9.9.1:10.9.0.1 ipcp-accept-local ipcp-accept-remote\n' \
	>> "$tmp/profiles/lazy.ini"
pppoe_profile always 'credentials = @tmp/good.secret' 'persistent = yes' \
	'redial-pause = 500ms' 'redial-pause-max = 1s'
begin 14
holds dialer_binds dialer || give_up 'no dialer'
holds persistent_interface_is_connected_by_itself until_event cl connected:always 90
holds waiting_device_is_up within 60 device_is_up lazy
holds waiting_is_not_being_connected interface_is cl lazy disconnected

ip_in cl route replace 10.9.0.1 dev lazy
ping_once
holds first_packet_dials until_event cl connected:lazy 90
holds idleness_hangs_up ends_with lazy disconnected 828
holds device_stays_up device_is_up lazy

connect lazy
holds connect_call_dials until_event cl connected:lazy 90
disconnect lazy
holds it_can_be_hung_up ends_with lazy disconnected 929
holds pppd_waits_on within 60 device_is_up lazy

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
finish
