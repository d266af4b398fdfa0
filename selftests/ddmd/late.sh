#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A ddmd that is too busy to hand out the secret of a call: the peer refuses a
# caller who cannot prove who he is, and that is not told as a wrong password,
# which would end all further tries.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

# A pppd that begins when there is a file "go"
slow_pppd() {
	cat <<-END
		#!/bin/sh
		until [ -e "$tmp/go" ]; do sleep 0.2; done
		exec $(command -v pppd) "\$@"
	END
} > "$tmp/slow-pppd"

dialling() {
	[[ $(grep -E 'one: pppd [0-9]+ dials' "$tmp/ddmd.log") =~ pppd\ ([0-9]+) ]]
}

has_ended() { ! readlink "/proc/$1/exe" > /dev/null; }

logged() { grep -q -- "$1" "$tmp/ddmd.log"; }

hosts
follow cl
provider
pppoe_profile one 'credentials = @tmp/good.secret' 'timeout = 15min' \
	'redial = 1' 'redial-pause = 1s'
slow_pppd
chmod +x "$tmp/slow-pppd"
printf '[pppd]\noutput = yes\nprogram = %s\nplugin = %s\n' \
	"$tmp/slow-pppd" "$plugin" > "$tmp/ddmd.conf"
begin 4
holds dialer_binds dialer || give_up 'no dialer'
connect one 900000
within 60 dialling || give_up 'nobody dials'
pppd=${BASH_REMATCH[1]}
kill -STOP "${pid[ddmd]}"
: > "$tmp/go"
holds pppd_goes_on_without_a_secret within 240 has_ended "$pppd"
kill -CONT "${pid[ddmd]}"
holds that_is_no_wrong_password within 60 logged 'one: error 718, next try'
holds next_try_has_the_secret until_event cl connected:one 90
finish
