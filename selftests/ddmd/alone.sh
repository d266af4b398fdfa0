#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ddmd keeps its place: no second one takes its calls and its socket, and where
# there are more pppds than it has descriptors it waits for better times.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin
need_tool perl

# refused OPTION...: another one, which is to see that it is not alone
refused() {
	inside cl timeout $((30 * slow)) "$ddmd" --config "$tmp/ddmd.conf" \
		--profiles "$tmp/profiles" "$@" 2> "$tmp/second.log"
	same status 3 "$?"
}

socket() { stat -c %i "$tmp/plugin.sock"; }

# limit_of PROCESS: how many files it may open, and may at most
limit_of() { awk '/^Max open files/ { print $4, $5 }' "/proc/$1/limits"; }

descriptors() { find "/proc/${pid[ddmd]}/fd" -mindepth 1 | wc -l; }
all_are_used() { [ "$(descriptors)" -ge 95 ]; }
some_are_left() { [ "$(descriptors)" -lt 60 ]; }

# As many plugins that say nothing, until they are killed
crowd() { # COUNT
	# shellcheck disable=SC2016 # perl's
	spawn_inside crowd cl perl -MSocket -e '
		for (1 .. $ARGV[1]) {
			my $s;
			socket($s, AF_UNIX, SOCK_SEQPACKET, 0) &&
				connect($s, pack_sockaddr_un($ARGV[0])) || die $!;
			push @all, $s;
		}
		sleep 1000' "$tmp/plugin.sock" "$1"
}

# Hundredths of a second that it has worked
work() { awk '{ print $14 + $15 }' "/proc/${pid[ddmd]}/stat"; }

is_idle() {
	local before
	before=$(work)
	sleep 2
	before=$(($(work) - before))
	[ "$before" -lt 60 ] && return
	say "it worked for $before hundredths of two seconds"
	return 1
}

hosts
follow cl
provider
pppoe_profile one
pppoe_profile two
begin 16
holds dialer_binds dialer || give_up 'no dialer'
connected one || give_up 'no connection'
one=$(connection_of one) socket=$(socket)
holds second_dialer_is_refused refused --run "$tmp/run" --socket "$tmp/other.sock"
holds it_says_why grep -q "another ddmd is running with $tmp/run" "$tmp/second.log"
holds socket_that_is_used_is_not_taken refused --run "$tmp/other" --socket "$tmp/plugin.sock"
holds socket_is_the_same still socket "$socket" "$(socket)"
holds connection_is_the_same is_connection one "$one"
holds its_record_is_there test -f "$tmp/run/calls/$(pppd_of one)"

stop ddmd KILL
printf '#!/bin/sh\nulimit -S -n 64\nulimit -H -n 96\nexec %s "$@"\n' "$ddmd" > "$tmp/ddmd"
chmod 755 "$tmp/ddmd"
ddmd=$tmp/ddmd
holds death_gives_the_place_up dialer
holds it_uses_all_descriptors_that_it_may same limit '96 96' "$(limit_of "${pid[ddmd]}")"
holds connection_stays is_connection one "$one"
mv "$tmp/profiles" "$tmp/moved"
act cl new made
holds folder_for_interfaces_is_made within 60 test -s "$tmp/profiles/made.ini"
rm -r "$tmp/profiles"
mv "$tmp/moved" "$tmp/profiles"
crowd 130
holds crowd_takes_all_descriptors within 60 all_are_used
holds dialer_without_descriptors_is_idle is_idle
holds it_tells_of_it_once same times 1 "$(grep -c 'no pppd can report' "$tmp/ddmd.log")"
stop crowd KILL
within 60 some_are_left
holds calls_can_be_made_again connected two
holds pppd_has_the_usual_limit same limit '64 96' "$(limit_of "$(pppd_of two)")"
finish
