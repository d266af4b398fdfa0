#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A PPPoE call through \\ddm\office, with a user name and a password that only
# the caller knows, and the notifications printed. The dialer is a stand-in.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool pppd pppoe-server ping
need_module veth ppp_async pppoe
if [ -z "${DDM_VM-}" ]; then
	skip_all 'writes /etc/ppp/pap-secrets: for a virtual machine'
fi

# Nothing that pppd's own files would have to quote, and a backslash for ours
password='open\sesame'

set_up() {
	batch ac <<-END
		link add ac0 type veth peer name cl0 netns @cl
		link set ac0 up
	END
	ip_in cl link set cl0 up
	mkdir -p /etc/ppp
	: > /etc/ppp/options
	(umask 077 && printf '%s\n' "me * 'open\\\\sesame' *" > /etc/ppp/pap-secrets)
	printf '%s\n' require-pap "${ppp_options[@]}" | grep -vx noauth > "$tmp/options"
	spawn_inside server ac pppoe-server -F -I ac0 -L 10.9.0.1 -R 10.9.0.11 \
		-N 8 -O "$tmp/options" -q "$(command -v pppd)"
	ctl cl interface add office device ppp7 method agent || return
	spawn_inside dialer cl "$parts/dialer" cl0
	within 10 grep -q bound "$tmp/dialer.log"
}

told() { # WHAT STATUS
	heard <<-END
		a pre $1 status 0 none
		b pre $1 status 0 none
		c pre $1 status 0 none
		a post $1 status $2 context
		b post $1 status $2 context
		c post $1 status $2 context
	END
}

# Neither where notifyees write, nor where the provider wrote
no_trace() {
	! grep -qa sesame "$MPR_TEST_LOG" && nothing_left
}

office='add \\ddm\office local - type 1 flags 0 owner 0'

netns ac cl
follow cl
set_up || give_up 'no dialer'
begin 14
holds dial_by_name_is_a_connection returns 0 cl add '\\ddm\office' '' 0 me "$password"
holds interface_is_connected interface_is cl office connected
holds credentials_are_wiped no_trace
holds dial_is_notified told "$office" 0
holds credentials_reached_the_dialer grep -q 'credentials of me' "$tmp/dialer.log"
holds traffic_passes ping_all cl 10.9.0.1 2 100 -I ppp7
holds connection_has_its_name says $'\\\\ddm\\office\n0' cl get office
holds hang_up_by_name returns 0 cl cancel '\\ddm\office'
holds interface_is_disconnected interface_is cl office disconnected
rm -f "$MPR_TEST_LOG"
within 10 grep -q 'pppd ended' "$tmp/dialer.log"
holds wrong_password_is_a_logon_failure returns 1326 cl add '\\ddm\office' '' 0 me wrong
holds failure_is_notified told "$office" 1326
holds failed_credentials_are_wiped nothing_left
holds refusing_notifyee_keeps_the_line_free returns 1223 cl add '\\ddm\office;b=refuse1223'
holds refusal_is_notified_to_those_before heard <<-'END'
	a pre add \\ddm\office local - type 1 flags 0 owner 0 status 0 none
	b pre add \\ddm\office local - type 1 flags 0 owner 0 status 0 none
	a post add \\ddm\office local - type 1 flags 0 owner 0 status 1223 context
END
finish
