#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A PPPoE call through \\ddm\office, with a user name and a password that only
# the caller knows, and the notifications printed. ddmd dials.
# shellcheck source=../ddmd/lib.sh
. "${BASH_SOURCE[0]%/*}/../ddmd/lib.sh"
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin
if [ -z "${DDM_VM-}" ]; then
	skip_all 'writes /etc/ppp/pap-secrets: for a virtual machine'
fi

# What the profile does not know, and ddmd has to pass on as it is
password='open \se"same'

# What the server knows, in pppd's own way of quoting
accounts() {
	(umask 077 && printf '%s\n' '"me" * "open \\se\"same" *' \
		'"demo" * "open sesame" *' | tee /etc/ppp/pap-secrets \
		> /etc/ppp/chap-secrets)
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

# Neither where notifyees write, nor where the provider wrote, nor in a log, an
# argument or an environment
no_trace() {
	no_trace_of 'se.*same' "$MPR_TEST_LOG" && nothing_left
}

dial() { # NAME [USER PASSWORD]
	wnet cl add "\\\\ddm\\$1" '' 0 "${@:2}"
}

dials() { # CODE NAME [USER PASSWORD]
	returns "$1" cl add "\\\\ddm\\$2" '' 0 "${@:3}"
}

hang_up() {
	returns 0 cl cancel "\\\\ddm\\$1" && within 60 no_pppds
}

tries() { # as ddmd's log has them
	grep -c "$1: pppd .* dials" "$tmp/ddmd.log"
}

was_tried() { [ "$(tries "$1")" -ge "$2" ]; }

# In the same attempt they serve again: the server comes when two tries are over
server_comes_late() {
	local attempt
	stop provider
	dial again me "$password" > "$tmp/again.log" 2>&1 &
	attempt=$!
	within 120 was_tried again 3 || return
	provider
	wait "$attempt"
	same 'late server' 0 "$(tail -n 1 "$tmp/again.log")"
}

# The peer wants to see them again and again; whoever left them is gone.
proves_again() {
	local before
	before=$(grep -c 'rcvd \[CHAP Challenge' "$tmp/ddmd.log")
	within 60 asked_more_than $((before + 2)) &&
		ping_all cl 10.9.0.1 2 100 -I ppp7
}

asked_more_than() {
	[ "$(grep -c 'rcvd \[CHAP Challenge' "$tmp/ddmd.log")" -gt "$1" ]
}

office='add \\ddm\office local - type 1 flags 0 owner 0'

hosts
accounts
follow cl
provider
pppoe_profile office 'redial = 0'
printf 'options = debug\n[interface]\ndevice = ppp7\n' >> "$tmp/profiles/office.ini"
pppoe_profile own
pppoe_profile again 'redial = 20' 'redial-pause = 500ms' \
	'redial-pause-max = 1s'
sed -i '/^\[pppd\]/a options = pppoe-padi-timeout 1 pppoe-padi-attempts 1' \
	"$tmp/profiles/again.ini"
begin 21
holds dialer_binds dialer || give_up 'no dialer'
holds dial_by_name_is_a_connection dials 0 office me "$password"
holds interface_is_connected interface_is cl office connected
holds credentials_are_in_no_file_argument_or_log no_trace
holds dial_is_notified told "$office" 0
holds traffic_passes ping_all cl 10.9.0.1 2 100 -I ppp7
holds connection_has_its_name says $'\\\\ddm\\office\n0' cl get office
holds hang_up_by_name hang_up office
holds interface_is_disconnected interface_is cl office disconnected
rm -f "$MPR_TEST_LOG"
holds wrong_password_is_a_logon_failure dials 1326 office me wrong
holds failure_is_notified told "$office" 1326
holds failed_credentials_are_wiped nothing_left
holds attempt_after_it_does_not_know_them dials 1208 office
holds refusing_notifyee_keeps_the_line_free returns 1223 cl add '\\ddm\office;b=refuse1223'
rm -f "$MPR_TEST_LOG"

holds they_win_over_those_of_the_profile dials 1326 own me wrong
holds password_alone_wins_too dials 1326 own '' wrong
holds profile_is_used_without_them dials 0 own
hang_up own
holds every_try_of_the_attempt_has_them server_comes_late
hang_up again

stop provider
provider_auth=(require-chap 'chap-interval 1')
provider
holds chap_is_dialled_as_well dials 0 office me "$password"
holds peer_may_ask_again proves_again
hang_up office

rm -f "$MPR_TEST_LOG"
returns 1223 cl add '\\ddm\office;b=refuse1223'
holds refusal_is_notified_to_those_before heard <<-'END'
	a pre add \\ddm\office local - type 1 flags 0 owner 0 status 0 none
	b pre add \\ddm\office local - type 1 flags 0 owner 0 status 0 none
	a post add \\ddm\office local - type 1 flags 0 owner 0 status 1223 context
END
finish
