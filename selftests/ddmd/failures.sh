#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Each way to fail has its own error, in the event and in the interface.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

last_error_is() { # INTERFACE ERROR
	local what name error
	while read -r what _ name _ _ error _; do
		[ "$what $name" != "interface $1" ] || break
	done < <("$watch" -n "${ns[cl]}" --snapshot)
	same "last error of $1" "$2" "$error"
}

pauses_of() { # INTERFACE
	grep -c "$1: error .* next try" "$tmp/ddmd.log"
}

has_paused() { [ "$(pauses_of "$1")" != 0 ]; }

hosts
follow cl
provider
pppoe_profile up
pppoe_profile mute 'credentials = @tmp/good.secret' 'timeout = 20s'
pppoe_profile again 'credentials = @tmp/good.secret' 'redial = 5' \
	'redial-pause = 100ms' 'redial-pause-max = 200ms'
pppoe_profile patient 'redial = 5' 'redial-pause = 30s'
pppoe_profile limited 'credentials = @tmp/good.secret'
begin 15
holds dialer_binds dialer || give_up 'no dialer'

holds first_call_is_connected connected up
ip_in cl link set cl0 down
holds cable_pulled_is_679 ends_with up disconnected 679
holds last_error_tells_it_too last_error_is up 679
# the kernel says that it is running up to a second later
ip_in cl link set cl0 up
holds cable_that_was_just_plugged_in_will_do connected up
signal_server TERM
holds server_that_hangs_up_is_629 ends_with up disconnected 629

connected up
ip_in ac link set ac0 nomaster 2> /dev/null
signal_server STOP
holds silent_server_is_829 ends_with up disconnected 829
signal_server KILL
within 60 no_pppds

connected up
kill -KILL "$(pppds)"
holds killed_pppd_is_noticed until_event cl disconnected:up 90
holds killed_pppd_is_forgotten within 60 no_records

stop provider
signal_server KILL
connect mute
holds no_server_is_678 ends_with mute connect-failed 678
holds last_error_of_a_failure_is_kept last_error_is mute 678
within 60 no_pppds

# The Ethernet device has no carrier: each try fails at once.
ip_in cl link set cl0 down
connect again 120000
holds no_carrier_is_679 ends_with again connect-failed 679
holds failure_of_the_line_is_tried_again same pauses 5 "$(pauses_of again)"
connect patient 600000
within 60 has_paused patient
disconnect patient
holds redial_can_be_given_up ends_with patient connect-failed 929
plug_in

# A server whose pppd goes away as soon as it was called
printf '#!/bin/sh\nsleep 1\nexit 1\n' > "$tmp/pppd"
chmod 755 "$tmp/pppd"
provider_program=$tmp/pppd provider
connect limited 120000
holds hung_up_in_mid_negotiation_is_628 ends_with limited connect-failed 628
finish
