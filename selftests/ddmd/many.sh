#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Many calls one after the other, and many at once: each is told, and nothing
# stays behind, in ddmd, in the system or in the kernel. CALLS and SESSIONS say
# how many; make check-many has 200 and 50. A kernel that checks itself needs
# minutes for each call, and finds what is left behind by itself.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
calls=10 sessions=6
[ "${DDM_SLOW:-1}" = 1 ] || { calls=3 sessions=3; }
calls=${CALLS:-$calls}
sessions=${SESSIONS:-$sessions}
# a machine that is busy with all of them must not be taken for a dead line
echo_interval=60
patience=$((60 + sessions * 6))

descriptors() { find "/proc/${pid[ddmd]}/fd" -mindepth 1 | wc -l; }
descriptors_are() { [ "$(descriptors)" = "$1" ]; }

# Processes of both namespaces; those that nobody waited for are in none
processes() {
	ip netns pids "${ns[cl]}" | wc -l
	ip netns pids "${ns[ac]}" | wc -l
}
processes_are() { [ "$(processes)" = "$1" ]; }
zombies() { grep -sh "^PPid:.${pid[ddmd]}$" /proc/[0-9]*/status; }
no_zombies() { [ -z "$(zombies)" ]; }

# Kilobytes that the kernel, and that ddmd, has allocated
kernel_memory() {
	local key value sum=0
	echo 3 > /proc/sys/vm/drop_caches
	while read -r key value _; do
		case $key in
		SUnreclaim: | KernelStack: | PageTables: | Percpu: | VmallocUsed:)
			((sum += value)) ;;
		esac
	done < /proc/meminfo
	echo "$sum"
}
ddmd_memory() { awk '/^VmData:/ { print $2 }' "/proc/${pid[ddmd]}/status"; }

# grew_less WHAT BEFORE KILOBYTES: what is freed later must not count
is_less() { [ "$("$1")" -le "$2" ]; }
grew_less() {
	within 60 is_less "$1" $(($2 + $3)) && return
	say "$1: $2 kB before, $("$1") kB after, $3 kB more would be fine"
	return 1
}

one_after_the_other() { # COUNT
	local i
	for ((i = 0; i < $1; i++)); do
		# the journal has no room for all of it
		((i % 20)) || catch_up cl || return
		connect line0 300000 && until_event cl connected:line0 300 &&
			disconnect line0 &&
			ends_with line0 disconnected 929 && continue
		say "in call $i"
		return 1
	done
	within "$patience" no_pppds
}

all_at_once() {
	local i
	for ((i = 0; i < sessions; i++)); do
		connect "line$i" 900000 || return
	done
	until_event cl connected "$patience" "$sessions" && catch_up cl
}

all_hung_up() {
	local i
	for ((i = 0; i < sessions; i++)); do
		disconnect "line$i" || return
	done
	until_event cl disconnected "$patience" "$sessions" && catch_up cl &&
		within "$patience" no_pppds
}

no_failure() { ! grep ' connect-failed ' "$tmp/cl.events"; }

# Those that PPP makes for itself, and what the module knows of them
nothing_is_left() {
	local left
	left=$(ip_in cl -o link show type ppp | wc -l)
	same 'PPP devices' 0 "$left" || return
	left=$("$watch" -n "${ns[cl]}" --snapshot |
		grep -cE '^(link|connection) ')
	same 'links and connections' 0 "$left"
}

hosts
follow cl
provider
for ((i = 0; i < sessions; i++)); do
	pppoe_profile "line$i" 'credentials = @tmp/good.secret' 'timeout = 15min'
done
# most of the time of a call that is alone, it waits to ask a new server again
echo 'options = lcp-restart 1 lcp-max-configure 90' >> "$tmp/profiles/line0.ini"
begin 15
holds dialer_binds dialer || give_up 'no dialer'
# what is allocated once, and stays, is there after the first of each
one_after_the_other 3 || give_up "no calls"
{ all_at_once && all_hung_up; } || give_up "no sessions"
within "$patience" no_server_pppds
files=$(descriptors) running=$(processes)
kernel=$(kernel_memory) heap=$(ddmd_memory)

holds calls_in_a_row_are_all_told one_after_the_other "$calls"
holds no_descriptor_is_left within 60 descriptors_are "$files"
holds sessions_at_once_are_all_connected all_at_once
holds a_session_of_many_works ping_all cl 10.9.0.1 2 100 -I line$((sessions - 1))
holds sessions_at_once_are_all_hung_up all_hung_up
holds no_attempt_failed no_failure
holds no_descriptor_is_left_of_many within 60 descriptors_are "$files"
holds no_child_is_left within 60 no_zombies
holds no_process_is_left within "$patience" processes_are "$running"
holds no_device_link_or_connection_is_left nothing_is_left
holds no_record_is_left no_records
holds no_event_was_lost catch_up cl
# of each call that leaks as much as a kilobyte, for the noise the rest
holds kernel_keeps_no_memory grew_less kernel_memory "$kernel" $((512 + calls + sessions))
holds dialer_keeps_no_memory grew_less ddmd_memory "$heap" 264
finish
