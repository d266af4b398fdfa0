# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the tests with real links share: KTAP, network namespaces of their own,
# processes that are ended whatever happens, and events that are waited for
# and compared. Sourced, never run.
#
# Starting a program is what takes time in an emulated machine, so a namespace
# is followed by one watch for the whole script, and the shell reads its lines.
set -uo pipefail

skip_all() {
	echo 'TAP version 13'
	echo "1..0 # SKIP $*"
	exit 4
}

[ "$EUID" = 0 ] || skip_all 'needs root'
[ -d /sys/module/ddm ] || skip_all 'needs the module ddm to be loaded'

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
for out in "${OUTPUT-}" "$here" "$here/../../build/selftests"; do
	[ -x "$out/watch" ] && break
done
out=$(cd "$out" 2> /dev/null && pwd)
watch=$out/watch
source=$out/source
ktap=$source/tools/testing/selftests/kselftest/ktap_helpers.sh
if [ ! -x "$watch" ] || [ ! -r "$ktap" ]; then
	skip_all 'needs what make -C selftests/links builds'
fi
# shellcheck disable=SC1090 # the kernel's, not ours
. "$ktap"

LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH

# How many times slower the kernel is that checks itself
slow=${DDM_SLOW:-1}

# Set by netns, spawn and follow: name -> namespace, process id, descriptor,
# and how many events were read, held against the journal, and compared.
declare -A ns pid watch_fd seen checked compared
tmp=$(mktemp -d) || exit 1
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'show_logs; exit 143' TERM

# ---------------------------------------------------------------- KTAP --

say() { printf '# %s\n' "$@"; }

say_lines() { printf %s "$1" | sed 's/^/#   /'; }

# begin TESTS: says the plan; what the test needs was asked for before.
begin() {
	ktap_print_header
	ktap_set_plan "$1"
}

finish() {
	[ "$KTAP_CNT_FAIL" = 0 ] || show_logs
	ktap_finished
}

# The links are not up, there is nothing left to test.
give_up() {
	show_logs
	ktap_exit_fail_msg "$*"
}

show_logs() {
	local log
	for log in "$tmp"/*.log "$tmp"/*.events; do
		[ -s "$log" ] || continue
		say "${log##*/}:"
		tail -n 30 "$log" | sed 's/^/#   /'
	done
}

# holds PROMISE COMMAND...: the command says why when it fails.
holds() {
	local promise=$1
	shift
	if "$@"; then
		ktap_test_pass "$promise"
	else
		ktap_test_fail "$promise"
	fi
}

# ------------------------------------------------------- what is needed --

need_tool() {
	local tool
	for tool; do
		command -v "$tool" > /dev/null || skip_all "needs $tool"
	done
}

need_module() {
	local module missing=()
	for module; do
		[ -d "/sys/module/$module" ] || missing+=("$module")
	done
	[ ${#missing[@]} = 0 ] || modprobe -aq "${missing[@]}" && return
	for module in "${missing[@]}"; do
		modprobe -q "$module" ||
			skip_all "needs the kernel module $module"
	done
}

# ------------------------------------------- namespaces and processes --

# netns NAME...: creates them, without IPv6, whose own traffic would be counted.
netns() {
	local name
	for name; do
		ns[$name]=ddm-$$-$name
		echo "netns add ${ns[$name]}"
	done > "$tmp/batch"
	ip -batch "$tmp/batch" || give_up 'no network namespaces'
	for name; do
		# shellcheck disable=SC2016 # for the other shell
		inside "$name" sh -c 'cd /proc/sys/net/ipv6/conf 2> /dev/null || exit 0
			echo 1 > all/disable_ipv6; echo 1 > default/disable_ipv6'
	done
}

inside() {
	local name=$1
	shift
	nsenter --net="/run/netns/${ns[$name]}" "$@"
}

# ctl NAME WORD...: ddmctl
ctl() {
	inside "$1" "${DDMCTL:-$here/../../build/ddmctl}" "${@:2}"
}

# ip_in NAME ARGUMENT...
ip_in() {
	local name=$1
	shift
	ip -n "${ns[$name]}" "$@"
}

# cable: namespaces ac, the server's, and cl, with devices ac0-cl0 between them
cable() {
	netns ac cl
	batch ac <<-END
		link add ac0 type veth peer name cl0 netns @cl
		link set ac0 up
	END
	ip_in cl link set cl0 up
}

# batch NAME: the lines of the standard input, as arguments of ip there. @x
# stands for the namespace x.
batch() {
	local line name
	while read -r line; do
		for name in "${!ns[@]}"; do
			line=${line//@$name/${ns[$name]}}
		done
		echo "$line"
	done > "$tmp/batch"
	ip_in "$1" -batch "$tmp/batch"
}

# spawn PROCESS COMMAND...: in the background, its output in a log.
spawn() {
	local name=$1
	shift
	"$@" > "$tmp/$name.log" 2>&1 < /dev/null &
	pid[$name]=$!
}

# spawn_inside PROCESS NETNS COMMAND...
spawn_inside() {
	local name=$1 where=$2
	shift 2
	spawn "$name" nsenter --net="/run/netns/${ns[$where]}" "$@"
}

# stop PROCESS [SIGNAL]: and wait until it is gone.
stop() {
	kill -s "${2:-TERM}" "${pid[$1]}" 2> /dev/null
	wait "${pid[$1]}" 2> /dev/null
	unset "pid[$1]"
}

# --------------------------------------------------------------- pppd --

# A request that is made again while its answer is on the way makes both ends,
# where they are slow, begin anew once they are connected.
ppp_restart=$((slow > 1 ? 5 : 1))

# What every pppd here is told: counters that are easy to foresee, no scripts
# of the machine's own, a lost packet sent again soon.
# shellcheck disable=SC2034 # for the scripts
ppp_options=(nodetach noauth nodefaultroute noccp novj noipv6
	lcp-restart "$ppp_restart" ipcp-restart "$ppp_restart"
	ip-up-script /bin/true ip-down-script /bin/true)

# call PROCESS UNIT LOCAL:REMOTE [OPTION...]: a pppd in namespace a that calls
# one in b over a pair of ptys. The other end has another unit, 50 higher:
# pppd's data base knows of no namespaces.
call() {
	local name=$1 unit=$2 addresses=$3
	shift 3
	# shellcheck disable=SC2154 # netns a b
	spawn_inside "$name" a pppd "${ppp_options[@]}" local unit "$unit" \
		"$addresses" "$@" pty "exec nsenter --net=/run/netns/${ns[b]} \
		pppd notty ${ppp_options[*]} local unit $((unit + 50)) ${peer_options-}"
}

# ------------------------------------------------------------- the end --

cleanup() {
	local status=$? name left
	trap - EXIT
	for name in "${!pid[@]}"; do
		kill "${pid[$name]}" 2> /dev/null
	done
	for name in "${!watch_fd[@]}"; do
		unfollow "$name"
	done
	for name in "${!ns[@]}"; do
		[ -e "/run/netns/${ns[$name]}" ] || continue
		# What pppd and the servers started is not our child.
		if [ "$status" != 0 ]; then
			left=$(ip netns pids "${ns[$name]}" 2> /dev/null)
			# shellcheck disable=SC2086 # a list
			[ -z "$left" ] || kill -KILL $left 2> /dev/null
		fi
		echo "netns del ${ns[$name]}"
	done > "$tmp/batch"
	wait
	[ ! -s "$tmp/batch" ] || ip -batch "$tmp/batch"
	rm -rf "$tmp"
	exit "$status"
}

# within SECONDS COMMAND...: until it succeeds. Where an event can be waited
# for, until_event is better.
within() {
	local end=$((SECONDS + $1 * slow))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return
		pause 0.1
	done
	true
}

# Without starting a program: nobody ever writes into this pipe.
pause() {
	[ "${never-}" ] || exec {never}<> <(:)
	read -rt "$1" -u "$never"
}

# -------------------------------------------------------------- events --

# follow NAME...: from now on, and from the first event on.
follow() {
	local name fd line
	for name; do
		exec {fd}< <(exec "$watch" -n "${ns[$name]}" --since 0)
		pid[watch-$name]=$!
		watch_fd[$name]=$fd
		seen[$name]=0
		checked[$name]=0
		compared[$name]=0
		: > "$tmp/$name.events"
		read -rt $((30 * slow)) -u "$fd" line || give_up "cannot follow $name"
	done
}

unfollow() {
	local fd=${watch_fd[$1]}
	kill "${pid[watch-$1]}" 2> /dev/null
	wait "${pid[watch-$1]}" 2> /dev/null
	exec {fd}<&-
	unset "pid[watch-$1]" "watch_fd[$1]"
}

# next_event NAME SECONDS: reads one into the array event.
next_event() {
	read -rt "$2" -u "${watch_fd[$1]}" -a event || return
	seen[$1]=${event[0]}
	echo "${event[*]}" >> "$tmp/$1.events"
}

# until_event NAME TYPE[:INTERFACE] [SECONDS [COUNT]]: it stays in the array
# event. Events before it are read, too, and none is read twice.
until_event() {
	local wanted=$2 end=$((SECONDS + ${3:-30} * slow)) count=${4:-1}
	local left
	while ((count > 0)); do
		left=$((end - SECONDS))
		if [ "$left" -le 0 ] || ! next_event "$1" "$left"; then
			say "no $wanted in $1 within $((${3:-30} * slow)) seconds"
			return 1
		fi
		case $wanted in
		"${event[1]}" | "${event[1]}:${event[2]}") ((count--)) ;;
		esac
	done
}

# until_number NAME NUMBER [SECONDS]: the event of that number
until_number() {
	local end=$((SECONDS + ${3:-30} * slow))
	local left
	while ((seen[$1] < $2)); do
		left=$((end - SECONDS))
		if [ "$left" -le 0 ] || ! next_event "$1" "$left"; then
			say "no event $2 in $1 within $((${3:-30} * slow)) seconds"
			return 1
		fi
	done
}

# catch_up NAME: reads what has happened until now, and holds it against the
# journal: the same events, number for number, field for field. Only names may
# differ, of interfaces that were renamed or are gone. No number is missing.
catch_up() {
	local text journal=() told=() i
	text=$("$watch" -n "${ns[$1]}" --journal --since "${checked[$1]}") || return
	[ "$text" ] || return 0
	mapfile -t journal <<< "$text"
	until_number "$1" $((checked[$1] + ${#journal[@]})) 10 || return
	mapfile -t -s "${checked[$1]}" told < "$tmp/$1.events"
	for i in "${!journal[@]}"; do
		((++checked[$1]))
		[ "${journal[i]%% *}" = "${checked[$1]}" ] &&
			same_but_name "${told[i]-}" "${journal[i]}" && continue
		say "$1: event ${checked[$1]} was told as" "${told[i]-}" \
			'and the journal says' "${journal[i]}"
		return 1
	done
}

same_but_name() { # LINE LINE
	local -a told journal
	read -ra told <<< "$1"
	read -ra journal <<< "$2"
	unset 'told[2]' 'journal[2]'
	[ "${told[*]}" = "${journal[*]}" ]
}

# events_are NAME: those since the last time, and no other, are the lines of
# the standard input: "type name state reason error".
events_are() {
	local type name state reason error got=
	catch_up "$1" || return
	while read -r _ type name state reason error _; do
		got+="$type $name $state $reason $error"$'\n'
	done < <(tail -n "+$((compared[$1] + 1))" "$tmp/$1.events")
	compared[$1]=${seen[$1]}
	same_events "$1" "$got"
}

# events_of_are NAME "INTERFACE...": all events of these interfaces since the
# beginning; for what happens at a time with something else.
events_of_are() {
	local type name state reason error got=
	catch_up "$1" || return
	while read -r _ type name state reason error _; do
		[[ " $2 " != *" $name "* ]] ||
			got+="$type $name $state $reason $error"$'\n'
	done < "$tmp/$1.events"
	same_events "$1" "$got"
}

same_events() { # NAME GOT, what is wanted comes on the standard input
	local line wanted=
	while read -r line; do
		[ -z "$line" ] || wanted+=$line$'\n'
	done
	[ "$2" != "$wanted" ] || return 0
	say "$1: wanted (<) and seen (>) events"
	diff <(printf %s "$wanted") <(printf %s "$2") | sed 's/^/#   /'
	return 1
}

no_events() { # NAME, which was not followed
	local sequence
	sequence=$("$watch" -n "${ns[$1]}" --snapshot)
	same "events of $1" 'sequence 0' "$sequence"
}

# event_of NAME TYPE[:INTERFACE]: the last such one that was read, into event.
event_of() {
	local number type name rest found=
	while read -r number type name rest; do
		case $2 in
		"$type" | "$type:$name") found="$number $type $name $rest" ;;
		esac
	done < "$tmp/$1.events"
	[ "$found" ] || { say "$1: there was no event $2"; return 1; }
	# shellcheck disable=SC2206 # words
	event=($found)
}

# ------------------------------------------------------------- counters --

# COUNTERS are "rx-bytes tx-bytes rx-packets tx-packets".

device_counters() { # NAME DEVICE
	local text number='([0-9]+)'
	text=$(ip_in "$1" -j -s link show dev "$2") || return
	[[ $text =~ \"rx\":\{\"bytes\":$number,\"packets\":$number ]] || return
	set -- "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
	[[ $text =~ \"tx\":\{\"bytes\":$number,\"packets\":$number ]] || return
	echo "$1 ${BASH_REMATCH[1]} $2 ${BASH_REMATCH[2]}"
}

# counted NAME INTERFACE COUNTERS: those of its last DISCONNECTED, which has
# happened
counted() {
	catch_up "$1" && event_of "$1" "disconnected:$2" || return
	same "$2" "$3" "${event[*]:8:4}"
}

# Of the present connection of an interface
connection_counters() { # NAME INTERFACE
	"$watch" -n "${ns[$1]}" --snapshot |
		while read -r what _ name _ _ counters; do
			[ "$what $name" = "connection $2" ] || continue
			echo "${counters% *}"
		done
}

# minus COUNTERS COUNTERS: what was counted in between
minus() {
	# shellcheck disable=SC2086 # four words each
	set -- $1 $2
	echo "$(($1 - $5)) $(($2 - $6)) $(($3 - $7)) $(($4 - $8))"
}

# same WHAT WANTED GOT
same() {
	[ "$2" = "$3" ] && return
	say "$1: wanted $2, got $3"
	return 1
}

# still WHAT BEFORE NOW: the same, and not nothing both times
still() {
	[ -n "$2" ] && same "$@" && return
	[ -n "$2" ] || say "$1: there was none before"
	return 1
}

# ping_all NAME ADDRESS COUNT SIZE [OPTION...]: all answered
ping_all() {
	local name=$1 address=$2 count=$3 size=$4
	shift 4
	inside "$name" ping -n -q -i 0.05 -W 10 -c "$count" -s "$size" "$@" \
		"$address" > "$tmp/ping" 2>&1 && return
	say "$name: $address does not answer"
	sed 's/^/#   /' "$tmp/ping"
	return 1
}

# pinged COUNT SIZE [HEADER]: the counters of that, with what a device adds
pinged() {
	local bytes=$(($1 * ($2 + 28 + ${3:-0})))
	echo "$bytes $bytes $1 $1"
}

# ------------------------------------------------------------ snapshot --

# interface_is NAME INTERFACE STATE [UNREACHABILITY [LAST-ERROR]]
interface_is() {
	local what name state why error
	while read -r what _ name state why error _; do
		[ "$what $name" = "interface $2" ] || continue
		same "$2" "$3 ${4:--} ${5:-$error}" "$state $why $error"
		return
	done < <("$watch" -n "${ns[$1]}" --snapshot)
	say "$1: there is no interface $2"
	return 1
}

# interfaces_are NAME [INTERFACE...]: these and no other, in the order of ids
interfaces_are() {
	local name=$1 what interface got=
	shift
	while read -r what _ interface _; do
		[ "$what" != interface ] || got+=" $interface"
	done < <("$watch" -n "${ns[$name]}" --snapshot)
	same "interfaces of $name" " $*" "${got:- }"
}

act() { # NAME ACT...
	local name=$1
	shift
	"$watch" -n "${ns[$name]}" "$@"
}
