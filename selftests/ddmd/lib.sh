# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154 # what links/lib.sh and the scripts use
# A provider and a router that dials it with ddmd: namespaces ac and cl, a
# cable ac0-cl0, a PPPoE server that wants a password, ddmd in cl.
# shellcheck source=../links/lib.sh
. "${BASH_SOURCE[0]%/*}/../links/lib.sh"

root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
ddmd=${DDMD:-$root/build/ddmd}
# With the plugin if PLUGIN says so, and by itself when it was built.
plugin=${PLUGIN:-$root/build/pppd-plugin/ddm.so}
[ -e "$plugin" ] || plugin=none

need_ddmd() {
	[ -x "$ddmd" ] || skip_all 'ddmd is not built'
	need_tool pppd pppoe-server ping
	need_module veth ppp_async pppoe
}

need_plugin() {
	[ "$plugin" != none ] || skip_all "pppd's plugin is not built"
}

# provider: the server. provider_program is what it starts instead of pppd,
# provider_auth how callers prove who they are.
provider() {
	# a caller on a busy machine may be slow
	printf '%s\n' "${provider_auth[@]:-require-pap}" "${ppp_options[@]}" \
		'lcp-max-configure 90' 'ipcp-max-configure 90' |
		grep -vx noauth > "$tmp/provider.options"
	spawn_inside provider ac pppoe-server -F -I ac0 -L 10.9.0.1 \
		-R 10.9.0.11 -N 60 -O "$tmp/provider.options" \
		-q "${provider_program:-$(command -v pppd)}"
}

# The cable is there again: it takes a moment until the device knows
plug_in() {
	ip_in cl link set cl0 up
	within 60 cable_is_there
}

cable_is_there() { ip_in cl link show dev cl0 | grep -q "state UP"; }

# hosts: both namespaces and the cable, and who may call
hosts() {
	cable
	mkdir -p /etc/ppp "$tmp/profiles" "$tmp/run"
	: > /etc/ppp/options
	(umask 077 && echo '"demo" * "open sesame" *' > /etc/ppp/pap-secrets)
	credentials good demo 'open sesame'
	credentials bad demo 'let me in'
}

credentials() { # NAME USER PASSWORD
	(umask 077 && printf 'user = %s\npassword = %s\n' "$2" "$3" \
		> "$tmp/$1.secret")
}

# profile FILE: from the standard input; @tmp stands for the folder
profile() {
	sed "s,@tmp,$tmp,g; s/^[[:blank:]]*//" > "$tmp/profiles/$1.ini"
}

# pppoe_profile FILE [LINE...]: lines of [dial]. Where none limits it, an attempt
# may take longer than the tests wait for it.
pppoe_profile() {
	local name=$1
	shift
	{
		printf '[dial]\n'
		printf '%s\n' "${@:-credentials = @tmp/good.secret}"
		[[ $* == *'timeout ='* ]] ||
			printf 'timeout = %smin\n' $((5 * slow))
		printf '[pppd]\nethernet = cl0\n'
		printf 'options = noccp novj noipv6 nodefaultroute\n'
		printf 'options = lcp-echo-interval %s lcp-echo-failure 3\n' \
			"${echo_interval:-$((4 * slow))}"
		printf 'options = ip-up-script /bin/true ip-down-script /bin/true\n'
	} | profile "$name"
}

# dialer: start ddmd, which is ready when it has bound
dialer() {
	if [ ! -e "$tmp/ddmd.conf" ]; then
		printf '[pppd]\noutput = yes\nplugin = %s\n' "$plugin" \
			> "$tmp/ddmd.conf"
		printf '[ddmd]\ngrace = 3\n' >> "$tmp/ddmd.conf"
	fi
	spawn_inside ddmd cl "$ddmd" --verbose --config "$tmp/ddmd.conf" \
		--profiles "$tmp/profiles" --socket "$tmp/plugin.sock" \
		--run "$tmp/run"
	within 60 dialer_bound
}

dialer_bound() {
	ctl cl -j service | grep -q '"dialer": *[1-9]'
}

# Where modprobe finds the module, the kernel may have loaded it by itself: it
# does when ddmd asks for the family.
load_module() {
	if [ "${DDM_KO-}" ]; then
		insmod "$DDM_KO" || [ -d /sys/module/ddm ]
	else
		modprobe ddm
	fi
}

reload() {
	kill -HUP "${pid[ddmd]}"
}

connect() { # INTERFACE [MILLISECONDS]
	act cl connect "$@"
}

disconnect() {
	act cl disconnect "$1"
}

connected() { # INTERFACE: connect it and wait
	connect "$1" && until_event cl "connected:${1// /\\040}" 90
}

# ends_with INTERFACE TYPE ERROR: what is told of it next has that error
ends_with() {
	until_event cl "$2:$1" "${4:-90}" || return
	same "error of $1" "$3" "${event[5]}"
}

is_connected() { interface_is cl "$1" connected; }

connection_of() { # INTERFACE
	local what id name
	while read -r what id name _; do
		[ "$what $name" != "connection $1" ] || echo "$id"
	done < <("$watch" -n "${ns[cl]}" --snapshot)
}

is_connection() { # INTERFACE ID
	still "connection of $1" "$2" "$(connection_of "$1")"
}

pppds_in() { # NAMESPACE
	local process name
	for process in $(ip netns pids "${ns[$1]}"); do
		read -r name 2> /dev/null < "/proc/$process/comm" || continue
		[ "$name" != pppd ] || echo "$process"
	done
}

pppds() { pppds_in cl; }

# no_trace_of PATTERN [FILE...]: neither in these, nor in ddmd's log, nor in an
# argument or the environment of ddmd or a pppd. What cannot be read is no proof.
no_trace_of() {
	local process file read=0
	for process in $(pppds) "${pid[ddmd]}"; do
		for file in "/proc/$process/"{cmdline,environ}; do
			lacks "$1" "$file" && ((++read)) && continue
			# a child of pppd may have ended meanwhile
			[ -d "/proc/$process" ] || continue
			return 1
		done
	done
	# at least ddmd and one pppd
	[ "$read" -ge 4 ] || { say 'no pppd'; return 1; }
	for file in "$tmp/ddmd.log" "${@:2}"; do
		lacks "$1" "$file" || return
	done
}

lacks() { # PATTERN FILE
	grep -aqe "$1" "$2" 2> /dev/null
	[ $? = 1 ] && return
	say "$1 is in $2, or that cannot be read"
	return 1
}

server_pppds() { pppds_in ac; }

no_server_pppds() { [ -z "$(server_pppds)" ]; }

signal_server() { # SIGNAL
	local process
	for process in $(server_pppds); do
		kill -s "$1" "$process" 2> /dev/null
	done
	true
}

no_pppds() { [ -z "$(pppds)" ]; }

no_records() { [ -z "$(ls "$tmp/run/calls")" ]; }

# pppd_of INTERFACE: its process, as its arguments tell
pppd_of() {
	local process
	for process in $(pppds); do
		! tr '\0' ' ' < "/proc/$process/cmdline" | grep -q " ipparam $1 " ||
			echo "$process"
	done
}
