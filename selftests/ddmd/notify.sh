#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ddmd tells the supervisor that started it how it is: sd_notify(3), datagrams to
# the socket that NOTIFY_SOCKET names. One of perl's takes systemd's place.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
[ -x "$ddmd" ] || skip_all 'ddmd is not built'
need_tool perl

# supervisor SOCKET: a line a datagram, milliseconds and text; what begins with @
# is abstract, which is the network namespace's
supervisor() {
	# shellcheck disable=SC2016 # perl's
	spawn_inside supervisor cl perl -MSocket -MTime::HiRes=time -e '
		$| = 1;
		my ($name, $s) = ($ARGV[0] =~ s/^@/\0/r);
		socket($s, AF_UNIX, SOCK_DGRAM, 0) &&
			bind($s, pack_sockaddr_un($name)) || die $!;
		printf("%d listens\n", time * 1000);
		while (defined recv($s, my $text, 4096, 0)) {
			printf("%d %s\n", time * 1000, $text);
		}' "$1"
	within 60 is_told listens 1
}

# All but the watchdog's, which come in between
told() { sed 's/^[0-9]* //' "$tmp/supervisor.log" | grep -vx 'WATCHDOG=1'; }

is_told() { # TEXT TIMES
	[ "$(grep -cE "^[0-9]+ $1\$" "$tmp/supervisor.log")" -ge "$2" ]
}

told_last() { [ "$(told | tail -n "$#")" = "$(printf '%s\n' "$@")" ]; }

# supervised SOCKET [MICROSECONDS]
supervised() {
	NOTIFY_SOCKET=$1 WATCHDOG_USEC=${2-0} dialer
}

# Half of the time that it has got, and in no case all of it: 4 seconds
watchdog_is_fed() {
	within 30 is_told WATCHDOG=1 4 || return
	awk -v most=$((4000 * slow)) '
		$2 != "WATCHDOG=1" { next }
		last && ($1 - last < 1900 || $1 - last >= most) {
			print "# after " $1 - last " ms"
			bad = 1
		}
		{ last = $1 }
		END { exit bad }' "$tmp/supervisor.log"
}

netns cl
mkdir -p "$tmp/profiles" "$tmp/run"
begin 11
supervisor "$tmp/notify" || give_up 'no supervisor'
supervised "$tmp/notify" 4000000 || give_up 'no dialer'
holds it_tells_that_it_is_ready within 60 is_told READY=1 1
holds it_tells_that_it_can_dial within 60 is_told 'STATUS=Ready to dial' 1
reload
holds it_tells_that_it_reads_again_and_has within 60 told_last RELOADING=1 READY=1
rmmod ddm
holds it_tells_that_the_module_went within 60 is_told 'STATUS=Waiting for the module' 1
load_module
holds it_tells_that_the_module_came within 60 \
	told_last 'STATUS=Waiting for the module' 'STATUS=Ready to dial'
holds watchdog_is_fed_in_time watchdog_is_fed
stop ddmd
holds it_tells_that_it_ends within 60 told_last STOPPING=1

stop supervisor
supervisor "@ddm-$$" || give_up 'no supervisor'
holds abstract_socket_will_do supervised "@ddm-$$"
within 60 is_told READY=1 1
holds it_is_ready_there_too same ready 1 "$(told | grep -cx READY=1)"
holds no_watchdog_is_fed_that_nobody_wants same fed 0 "$(grep -c WATCHDOG "$tmp/supervisor.log")"
stop ddmd
stop supervisor
holds supervisor_that_went_stops_nobody supervised "$tmp/notify"
finish
