#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Methods script and link: what a program brings up is connected when the
# module sees it, and what it says of a failure is passed on.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
[ -x "$ddmd" ] || skip_all 'ddmd is not built'
need_module wireguard

program() { # NAME, from the standard input
	printf '#!/bin/sh\n' > "$tmp/$1"
	cat >> "$tmp/$1"
	chmod 755 "$tmp/$1"
}

scripted() { # NAME [LINE...]: lines of [dial]
	local name=$1
	shift
	{
		printf '[dial]\nmethod = script\n'
		printf '%s\n' "$@"
		printf '[script]\nconnect = @tmp/%s.up first "second word"\n' "$name"
		[ ! -e "$tmp/$name.down" ] ||
			printf 'disconnect = @tmp/%s.down\n' "$name"
	} | profile "$name"
}

tries_is() { same tries "$1" "$(wc -l < "$tmp/tries")"; }

# no_sleep NAME: it had begun, and has ended
no_sleep() {
	[ -s "$tmp/$1.pid" ] && no_process "$(cat "$tmp/$1.pid")"
}

no_process() { [ ! -d "/proc/$1" ]; }

netns cl
mkdir -p "$tmp/profiles" "$tmp/run"
follow cl
# shellcheck disable=SC2016
{
	program wg1.up <<-'END'
		echo "$1:$2:$DDM_ACTION:$DDM_NAME:$DDM_DEVICE" > "${0%.up}.seen"
		ip link add "$DDM_DEVICE" type wireguard && ip link set "$DDM_DEVICE" up
	END
	program wg1.down <<-'END'
		ip link del "$DDM_DEVICE"
	END
	program said.up <<-'END'
		echo 691 >&3
		exit 1
	END
	program silent.up <<-'END'
		echo >> "${0%/*}/tries"
		exit 7
	END
	program slow.up <<-'END'
		echo $$ > "${0%.up}.pid"
		exec sleep 1000
	END
	program patient.up < "$tmp/slow.up"
	program idle.up <<-'END'
		:
	END
	program idle.down <<-'END'
		echo "$DDM_ACTION" > "${0%.down}.seen"
	END
	program stuck.up < "$tmp/wg1.up"
	program stuck.down <<-'END'
		ip link del "$DDM_DEVICE"
		exec sleep 1000
	END
	# the first time it comes and goes before ddmd hears of either
	program flap.up <<-'END'
		ip link add "$DDM_DEVICE" type wireguard
		if [ ! -e "${0%.up}.seen" ]; then
			kill -STOP "$PPID"
			ip link set "$DDM_DEVICE" up
			ip link del "$DDM_DEVICE"
			: > "${0%.up}.seen"
			kill -CONT "$PPID"
			exit
		fi
		ip link set "$DDM_DEVICE" up
	END
	program early.up <<-'END'
		: > "${0%.up}.ran"
	END
	program early.down < "$tmp/idle.down"
	program stays.up <<-'END'
		echo $$ > "${0%.up}.pid"
		ip link add "$DDM_DEVICE" type wireguard && ip link set "$DDM_DEVICE" up
		exec sleep 1000
	END
	program stays.down <<-'END'
		# nobody may have reaped it
		first=/proc/$(cat "${0%.down}.pid")
		[ -z "$(tr -d '\0' < "$first/cmdline" 2> /dev/null)" ] || exit 1
		echo >> "${0%.down}.seen"
		ip link del "$DDM_DEVICE"
	END
}
scripted wg1
scripted said 'redial = 5' 'redial-pause = 10ms'
scripted silent 'redial = 2' 'redial-pause = 10ms'
# long enough to begin
scripted slow "timeout = $((4 * slow))s"
scripted patient 'timeout = 1h'
scripted idle "timeout = $((5 * slow))s"
scripted early 'timeout = 1h'
scripted stays
scripted stuck "timeout = $((15 * slow))s"
scripted flap "timeout = $((15 * slow))s" 'redial-pause = 100ms' 'persistent = yes'
printf '[dial]\nmethod = link\n' | profile wg2
ip_in cl link add wg2 type wireguard
begin 31
holds dialer_binds dialer || give_up 'no dialer'

holds script_connects connected wg1
holds it_knows_what_to_do same environment \
	'first:second word:connect:wg1:wg1' "$(cat "$tmp/wg1.seen")"
disconnect wg1
holds script_disconnects ends_with wg1 disconnected 929
holds it_can_do_so_again connected wg1
ip_in cl link del wg1
until_event cl disconnected:wg1 90

# Busy, ddmd reads a request before it hears of what came before that.
kill -STOP "${pid[ddmd]}"
connect wg1
ip_in cl link add wg1 type wireguard
ip_in cl link set wg1 up
until_event cl connected:wg1
ip_in cl link del wg1
until_event cl disconnected:wg1
connect wg1
kill -CONT "${pid[ddmd]}"
holds old_news_ends_no_attempt until_event cl connected:wg1 30
ip_in cl link del wg1
until_event cl disconnected:wg1 90

connect said
holds error_it_names_is_passed_on ends_with said connect-failed 691
connect silent
holds other_failures_are_635 ends_with silent connect-failed 635
holds they_are_tried_again tries_is 3
connect slow
holds time_limit_ends_it ends_with slow connect-failed 718
holds it_is_killed_then within 60 no_sleep slow
connect patient 3600000
until_event cl connecting:patient 90
disconnect patient
holds it_can_be_given_up ends_with patient connect-failed 929
connect idle
holds success_without_a_device_is_718 ends_with idle connect-failed 718
holds it_is_undone_then within 60 test -s "$tmp/idle.seen"
connect early 3600000
within 60 test -e "$tmp/early.ran"
disconnect early
holds cancelled_attempt_that_had_begun_is_929 ends_with early connect-failed 929
holds it_is_undone_too within 60 test -s "$tmp/early.seen"

holds script_may_stay connected stays
first=$(cat "$tmp/stays.pid")
ip_in cl link del stays
until_event cl disconnected:stays 90
holds connection_can_be_made_again connected stays
holds first_script_was_stopped within 60 no_process "$first"
disconnect stays
holds second_is_stopped_and_undone ends_with stays disconnected 929
holds persistent_one_that_flapped_is_connected within 60 is_connected flap
holds it_stays_again connected stays
next=$(cat "$tmp/stays.pid")
: > "$tmp/stays.seen"
stop ddmd KILL
holds another_ddmd_takes_it_over dialer
disconnect stays
holds it_hangs_up_what_stays ends_with stays disconnected 929
holds it_stops_and_undoes_it within 60 test -s "$tmp/stays.seen"
holds it_has_ended within 60 no_process "$next"
connected stays
last=$(cat "$tmp/stays.pid")
ip_in cl link del stays
until_event cl disconnected:stays 90
ctl cl interface del stays
holds interface_that_is_deleted_ends_it within 60 no_process "$last"
holds one_that_is_stuck_disconnects connected stuck
disconnect stuck
until_event cl disconnected:stuck 90
holds it_is_ended_and_the_next_attempt_goes_on connected stuck

holds link_method_needs_no_script connected wg2
disconnect wg2
holds link_method_hangs_up ends_with wg2 disconnected 929
finish
