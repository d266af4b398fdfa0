#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# MprAdminInterfaceConnect dials PPPoE through ddmd, by every row of its matrix,
# and dwLastError says what became of it, for each way to fail.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin
program=$root/build/selftests/ddmd/connect
[ -x "$program" ] || skip_all 'needs what make -C selftests/ddmd builds'
rows=(event-wait event wait start)

# says TEXT NAME ROW...: lines are shown with a comma
says() {
	local wanted=$1 seen
	shift
	seen=$(inside cl "$program" "$@" 2>&1)
	same "connect $*" "$wanted" "${seen//$'\n'/, }" && within 60 no_pppds
}

# all_fail ERROR NAME: who waits gets it as the outcome, all others read it
all_fail() {
	says "event-wait 600 failed $1, event 600 failed $1, wait $1 failed $1, start 600 failed $1" \
		"$2" "${rows[@]}"
}

stays() { # NAME: in the background, until it is connected
	spawn_inside stay cl "$program" "$1" stay
	within 90 grep -q . "$tmp/stay.log"
	same 'the beginning' 'stay 0 connected' "$(head -n 1 "$tmp/stay.log")"
}

stayed() { # ERROR
	within 90 grep -q ended "$tmp/stay.log"
	wait "${pid[stay]}"
	unset 'pid[stay]'
	same 'the end' "ended $1" "$(tail -n 1 "$tmp/stay.log")" &&
		within 60 no_pppds
}

hosts
provider
pppoe_profile office
pppoe_profile wrong 'credentials = @tmp/bad.secret'
pppoe_profile mute
sed -i '/^\[pppd\]/a options = pppoe-padi-timeout 1 pppoe-padi-attempts 2' \
	"$tmp/profiles/mute.ini"
pppoe_profile stubborn
printf 'options = 10.8.8.1:10.8.8.2 ipcp-max-failure 100000 ipcp-max-configure 100000\n' \
	>> "$tmp/profiles/stubborn.ini"
begin 12
holds dialer_binds dialer || give_up 'no dialer'
holds every_row_connects says 'event-wait 600 connected, event 600 connected, wait 0 connected, start 600 connected' \
	office "${rows[@]}"
holds wrong_password_is_691_in_every_row all_fail 691 wrong

holds session_is_there stays office
ip_in cl link set cl0 down
holds cable_pulled_in_mid_session_is_679 stayed 679
plug_in
holds next_session_is_there stays office
signal_server TERM
holds server_that_hangs_up_is_629 stayed 629
holds another_session_is_there stays office
signal_server STOP
holds server_that_falls_silent_is_829 stayed 829
signal_server KILL

# They would never agree on an address; it goes away when it knows who calls.
stop provider
provider_auth=(require-pap 'ipcp-max-failure 100000')
provider
# shellcheck disable=SC2016 # for the script
printf '#!/bin/sh\nkill "$PPID"\n' > /etc/ppp/auth-up
chmod 755 /etc/ppp/auth-up
holds hung_up_in_mid_negotiation_is_628_in_every_row all_fail 628 stubborn
rm /etc/ppp/auth-up
stop provider
signal_server KILL
holds no_server_is_678_in_every_row all_fail 678 mute
ip_in cl link set cl0 down
holds no_cable_is_679_in_every_row all_fail 679 mute
finish
