#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ddmctl against the real module: what it shows, does, tells and refuses.
# shellcheck disable=SC2317 # tests are called by name
set -u
here=$(dirname "$(realpath "$0")")
tree=$(realpath "$here/../..")
# shellcheck source=ktap.sh
. "$here/ktap.sh"
ddmctl=${DDMCTL:-$tree/build/ddmctl}
in_namespace="unshare --net --mount"

wan_made() { # [WORD...]: an interface on a dummy device
	ok ip link add wan0 type dummy
	ok "$ddmctl" interface add wan0 "$@"
}

# One property of an interface, or of the service. (To start jq takes long in an
# emulated machine, so JSON is read only where it is what is tested.)
of() { # NAME KEY
	"$ddmctl" -H -o "$2" interface show "$1" | xargs
}

of_service() { # KEY
	"$ddmctl" -o "$1" service show | sed 's/^.* //'
}

# Up and down so many times, in one process.
toggle() { # DEVICE TIMES
	local i

	for ((i = 0; i < $2; i++)); do
		printf 'link set %s up\nlink set %s down\n' "$1" "$1"
	done | ip -batch -
}

# A monitor in the background: $monitor is its process, $dir/told what it says,
# $sequence the number of the last event before it.
monitor_started() { # [OPTION...]
	"$ddmctl" monitor "$@" > "$dir/told" 2> "$dir/errors" &
	monitor=$!
	await grep -q subscribed "$dir/told"
	sequence=$(grep -oE 'sequence"?[ :]+[0-9]+' "$dir/told" | head -1 | grep -oE '[0-9]+')
}

lines_told() { # NUMBER
	[[ $(wc -l < "$dir/told") -ge $1 ]]
}

# The numbers in the JSON lines told after "subscribed" leave no gap; a lost
# event stands for as many as it says.
no_gap() { # [NUMBER]: the last event before
	jq -se --argjson first $((${1-$sequence} + 1)) '
		map(select(.event != "subscribed")) |
		reduce .[] as $e ({next: $first, good: true};
			.good = (.good and ($e.sequence ==
				.next - 1 + (if $e.event == "lost" then $e.lost else 1 end)))
			| .next = $e.sequence + 1) | .good' "$dir/told" > /dev/null ||
		{ echo "gap after ${1-$sequence} in:"; head -5 "$dir/told"; return 1; } >&9
}

test_interface_is_added_shown_changed_and_deleted() {
	wan_made type client settings "phone book"
	same "$(of wan0 type)" client
	same "$(of wan0 device)" wan0
	same "$(of wan0 method)" link
	same "$(of wan0 kind)" dummy
	same "$(of wan0 settings)" "phone book"
	same "$(of wan0 enabled)" yes
	ok "$ddmctl" interface set wan0 name office disable settings ""
	same "$(of office enabled)" no
	same "$(of office settings)" ""
	same "$(of office unreachability)" admin-disabled
	has "$("$ddmctl" interface show id "$(of office id)")" office unreachable admin-disabled
	ok "$ddmctl" interface del office
	has "$(ends_with 1 "$ddmctl" interface show office 2>&1)" office "no such interface"
}

test_connect_waits_and_says_how_it_went() {
	wan_made
	has "$(ok "$ddmctl" interface connect wan0)" wan0 connected
	same "$(of wan0 state)" connected
	has "$(ends_with 1 "$ddmctl" interface connect wan0 2>&1)" wan0 "connected already"
	ok "$ddmctl" interface disconnect wan0
	same "$(of wan0 state)" disconnected
	has "$(ends_with 1 "$ddmctl" interface disconnect wan0 2>&1)" wan0 "not connected"
}

test_failed_attempt_is_told_by_number_and_text() {
	local error

	# a tun device that nobody has attached to gets no carrier
	ok ip tuntap add wan0 mode tun
	ok "$ddmctl" interface add wan0
	error=$(ends_with 1 "$ddmctl" interface connect wan0 --timeout 0.3 2>&1)
	has "$error" wan0 "718: "
	same "$(of wan0 last_error)" 718
	has "$("$ddmctl" interface show wan0)" unreachable 718
}

test_connect_without_waiting_only_begins() {
	ok ip tuntap add wan0 mode tun
	ok "$ddmctl" interface add wan0
	same "$(ok "$ddmctl" interface connect wan0 --no-wait --timeout 60)" "wan0 connecting"
	same "$(of wan0 state)" connecting
	has "$(ends_with 1 "$ddmctl" interface connect wan0 2>&1)" "connecting already"
	ok "$ddmctl" interface disconnect wan0
}

test_refusals_end_with_1_and_change_nothing() {
	local before

	wan_made
	before=$("$ddmctl" event show)
	for line in "interface connect nobody" "interface del nobody" "interface set nobody disable" \
		"interface show id 4711" "interface add wan0" "interface disconnect wan0" \
		"connection show wan0" "connection clear wan0" "connection show id 4711" \
		"link show nobody" "link hangup 4711" "rule del 4711" "interface set wan0 device a-name-that-is-too-long" \
		"event show --interface nobody"; do
		# shellcheck disable=SC2086
		has "$(ends_with 1 "$ddmctl" $line 2>&1)" "ddmctl: "
	done
	same "$("$ddmctl" event show)" "$before"
}

test_names_may_be_any_text() {
	local name='Büro "Süd" \ 1'

	ok "$ddmctl" interface add "$name" device ""
	has "$(LC_ALL=C "$ddmctl" interface show)" "$name"
	same "$(LC_ALL=C "$ddmctl" -j interface show | jq -r '.interfaces[0].name')" "$name"
	has "$("$ddmctl" -H -o name interface show)" "$name"
	# one that reads like a keyword
	ok "$ddmctl" interface add id device ""
	same "$("$ddmctl" -j interface show name id | jq -r '.interfaces[0].name')" id
	ok "$ddmctl" interface del name id
	has "$(ends_with 1 "$ddmctl" interface add "$(printf 'a\tb')" 2>&1)" control
	ok "$ddmctl" interface del "$name"
}

shows="interface connection link rule event service"

# Each is one object that holds one list, of the length that is expected.
all_lists() { # LENGTHS...
	local lengths

	lengths=$(jq -s 'map(to_entries | select(length == 1)[0].value | length) | join(" ")' -r "$dir/json")
	same "$lengths" "$*"
}

test_json_is_valid_for_every_show() {
	local object rules

	rules=$("$ddmctl" -H rule show | wc -l)
	for object in $shows; do
		ok "$ddmctl" "$object" show --json
	done > "$dir/json"
	all_lists 0 0 0 "$rules" 0 1
	wan_made
	ok "$ddmctl" interface connect wan0 > /dev/null
	for line in interface connection service "interface show wan0" "connection show wan0" \
		"connection show wan0 --details"; do
		# shellcheck disable=SC2086
		ok "$ddmctl" -j $line
	done > "$dir/json"
	all_lists 1 1 1 1 1 1
}

test_columns_can_be_chosen() {
	wan_made
	same "$("$ddmctl" -H -o state,name interface show | xargs)" "wan0 disconnected"
	same "$("$ddmctl" -j -o name interface show | jq -c .)" '{"interfaces":[{"name":"wan0"}]}'
	has "$("$ddmctl" interface show)" ID NAME STATE
	lacks "$("$ddmctl" -H interface show)" NAME
	has "$("$ddmctl" -d interface show wan0)" "CONNECTS" "full-router"
}

sent_at_least() { # PACKETS
	(($("$ddmctl" -H -o tx_packets connection show wan0) >= $1))
}

test_connection_is_counted_and_cleared() {
	wan_made
	same "$("$ddmctl" -H connection show)" ""
	ok "$ddmctl" interface connect wan0 > /dev/null
	ip address add 192.0.2.1/24 dev wan0
	ping -c 3 -i 0.2 -W 1 192.0.2.2 > /dev/null || true
	await sent_at_least 3
	same "$("$ddmctl" -H -o name,device connection show wan0 | xargs)" "wan0 wan0"
	ip link set wan0 arp off
	sysctl -q net.ipv6.conf.wan0.disable_ipv6=1 2> /dev/null || true
	ok "$ddmctl" connection clear wan0
	ends_with 1 sent_at_least 3
	has "$("$ddmctl" connection show)" wan0 " B"
}

test_journal_is_shown_since_a_number_and_by_kind() {
	wan_made
	ok "$ddmctl" interface connect wan0 > /dev/null
	ok "$ddmctl" interface disconnect wan0
	ok "$ddmctl" interface add other device ""
	same "$("$ddmctl" -H -o event event show -i wan0 -e connected,disconnected | xargs)" \
		"connected disconnected"
	local last
	last=$(of_service sequence)
	same "$("$ddmctl" -H -o name event show --since $((last - 1)) | xargs)" other
	same "$("$ddmctl" -H event show --since "$last")" ""
	has "$("$ddmctl" event show)" "requested after" "connection "
}

test_monitor_says_when_it_is_subscribed_and_tells_all() {
	wan_made
	monitor_started
	same "$(head -1 "$dir/told")" "subscribed, sequence $(of_service sequence)"
	toggle wan0 3
	await lines_told 7
	same "$(awk 'NR > 1 { printf "%s ", $3 }' "$dir/told")" \
		"connected disconnected connected disconnected connected disconnected "
	kill "$monitor"
}

test_monitor_prints_one_json_object_a_line() {
	wan_made
	monitor_started --json
	toggle wan0 2
	await lines_told 5
	same "$(jq -c 'type' "$dir/told" | sort | uniq -c | xargs)" "5 object"
	same "$(wc -l < "$dir/told")" 5
	no_gap
	same "$(jq -rs '.[-1] | "\(.event) \(.name) \(.reason) \(.error)"' "$dir/told")" \
		"disconnected wan0 device-down 628"
	kill "$monitor"
}

test_monitor_tells_only_what_was_asked_for() {
	monitor_started -i wan0 -e connected,interface-del --count 2
	ok "$ddmctl" interface add other device ""
	wan_made
	ok "$ddmctl" interface connect wan0 > /dev/null
	ok "$ddmctl" interface disconnect wan0
	ok "$ddmctl" interface del other
	ok "$ddmctl" interface del wan0
	ok wait "$monitor"
	same "$(awk 'NR > 1 { printf "%s %s ", $3, $4 }' "$dir/told")" "connected wan0 interface-del wan0 "
}

test_monitor_begins_with_the_journal_if_asked() {
	wan_made
	toggle wan0 2
	monitor_started --json --since 1
	toggle wan0 1
	await grep -q "\"sequence\":$(of_service sequence)," "$dir/told"
	no_gap 1
	kill "$monitor"
}

test_monitor_recovers_from_an_overrun() {
	wan_made
	monitor_started --json --receive-buffer 0
	kill -STOP "$monitor"
	toggle wan0 200
	kill -CONT "$monitor"
	await lines_told 401
	no_gap
	lacks "$(cat "$dir/told")" '"event":"lost"'
	kill "$monitor"
}

test_monitor_says_how_many_events_are_lost() {
	local size

	wan_made
	size=$(of_service journal_size)
	monitor_started --json --receive-buffer 0
	kill -STOP "$monitor"
	toggle wan0 "$size"
	kill -CONT "$monitor"
	await grep -q "\"sequence\":$((2 * size + sequence))," "$dir/told"
	no_gap
	ok jq -se 'map(select(.event == "lost").lost) | add > 0' "$dir/told" > /dev/null
	has "$("$ddmctl" event show)" "lost " " events"
	kill "$monitor"
}

test_monitor_goes_on_when_the_service_stops_and_starts() {
	wan_made
	monitor_started
	ok "$ddmctl" service stop
	has "$(ends_with 1 "$ddmctl" interface show 2>&1)" stopped
	has "$(ok "$ddmctl" service show)" stopped
	ok "$ddmctl" service start
	toggle wan0 1
	await lines_told 5
	has "$(cat "$dir/told")" "stopped" "running" "connected"
	kill "$monitor"
}

test_monitor_survives_a_reload_of_the_module() {
	[[ -n ${DDM_KO-} ]] || { echo "DDM_KO does not say where the module is"; exit 4; }
	wan_made
	monitor_started
	await rmmod ddm
	await grep -q "module was unloaded" "$dir/told"
	ok insmod "$DDM_KO"
	ok "$ddmctl" interface add again device ""
	await grep -q again "$dir/told"
	has "$(cat "$dir/told")" "numbers begin anew"
	kill "$monitor"
}

test_namespace_can_be_named() {
	local other

	ok mount -t tmpfs none /run
	ok ip netns add far
	ok ip netns exec far ip link add wan1 type dummy
	ok "$ddmctl" -n far interface add wan1
	same "$("$ddmctl" --netns far -H -o name interface show | xargs)" wan1
	same "$("$ddmctl" -H interface show)" ""
	has "$(ok "$ddmctl" interface connect wan1 -n far)" connected
	other=$(ends_with 1 "$ddmctl" -n nowhere interface show 2>&1)
	has "$other" nowhere "No such file"
	# shellcheck source=../../tools/ddmctl/ddmctl.bash-completion
	. "$tree/tools/ddmctl/ddmctl.bash-completion"
	COMP_WORDS=("$ddmctl" -n far interface connect w) COMP_CWORD=5 COMPREPLY=()
	_ddmctl || true
	same "${COMPREPLY[*]}" wan1
	ip netns del far
}

test_rules_decide_what_is_tracked() {
	local preference

	ok ip link add lan0 type dummy
	same "$("$ddmctl" -H interface show)" ""
	ok "$ddmctl" rule add track kind dummy device 'lan*'
	has "$("$ddmctl" interface show)" lan0
	same "$(of lan0 dynamic)" yes
	preference=$("$ddmctl" -H -o preference rule show | head -1 | xargs)
	has "$("$ddmctl" rule show | sed -n 2p)" track dummy 'lan*'
	has "$(ends_with 1 "$ddmctl" rule add ignore preference "$preference" 2>&1)" preference
	ok "$ddmctl" rule del "$preference"
	same "$("$ddmctl" -H interface show)" ""
	ok "$ddmctl" rule add ignore type ppp preference 1
	has "$("$ddmctl" rule show)" ppp ignore
}

test_service_is_paused_resumed_and_limited() {
	wan_made
	ok "$ddmctl" service pause
	has "$(ends_with 1 "$ddmctl" interface connect wan0 2>&1)" paused
	ok "$ddmctl" service resume
	has "$(ok "$ddmctl" interface connect wan0)" connected
	ok "$ddmctl" service set max-interfaces 1 max-listeners 7
	same "$(of_service max_interfaces) $(of_service max_listeners)" "1 7"
	has "$(ends_with 1 "$ddmctl" interface add more device "" 2>&1)" max_interfaces
}

test_colour_is_for_terminals() {
	local escape=$'\033['

	wan_made
	lacks "$("$ddmctl" interface show)" "$escape"
	has "$("$ddmctl" --color=always service show)" "$escape"
	lacks "$("$ddmctl" -c -j service show)" "$escape"
	command -v script > /dev/null || { echo "script is missing"; exit 4; }
	has "$(script -qec "$ddmctl service show" /dev/null)" "$escape"
	lacks "$(script -qec "$ddmctl --color=never service show" /dev/null)" "$escape"
	lacks "$(NO_COLOR=1 script -qec "$ddmctl service show" /dev/null)" "$escape"
}

test_output_that_cannot_be_written_is_an_error() {
	wan_made
	has "$(ends_with 1 "$ddmctl" interface show 2>&1 > /dev/full)" "standard output"
	has "$(ends_with 1 timeout "$patience" "$ddmctl" monitor --since 0 2>&1 > /dev/full)" "standard output"
}

test_anybody_may_look_but_not_act() {
	local as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all)

	wan_made settings secret
	for object in $shows; do
		ok "${as_nobody[@]}" "$ddmctl" "$object" show > /dev/null
	done
	lacks "$("${as_nobody[@]}" "$ddmctl" -j interface show wan0)" secret
	for line in "interface connect wan0" "interface add other" "interface del wan0" \
		"rule add track" "service stop"; do
		# shellcheck disable=SC2086
		has "$(ends_with 1 "${as_nobody[@]}" "$ddmctl" $line 2>&1)" CAP_NET_ADMIN
	done
}

[[ -x $ddmctl ]] || skip_all "ddmctl is not built"
((EUID == 0)) || skip_all "needs root"
[[ -d /sys/module/ddm ]] || skip_all "needs the module ddm"
command -v jq > /dev/null || skip_all "needs jq"
run_tests "$0" "$@"
