# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154 # what links/lib.sh and the scripts use
# A provider that takes PPPoE calls, with ddmd and administration DLLs:
# namespaces ac and cl, a cable ac0-cl0, ddmd in ac. The DLLs note what they
# are called for (dlls/note.h).
# shellcheck source=../links/lib.sh
. "${BASH_SOURCE[0]%/*}/../links/lib.sh"

root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
ddmd=${DDMD:-$root/build/ddmd}
host=$root/build/ddm-admin-host
plugin=${PLUGIN:-$root/build/pppd-plugin/ddm.so}
dlls=$root/build/selftests/admin-dlls

need_admin() {
	local file
	for file in "$ddmd" "$host" "$plugin" "$dlls/first.so"; do
		[ -e "$file" ] || skip_all "${file#"$root"/} is not built"
	done
	need_tool pppd pppoe-server ping
	need_module veth ppp_async pppoe
	export DDM_TEST_NOTES=$tmp/notes.log DDM_TEST_ORDERS=$tmp/orders
	: > "$DDM_TEST_NOTES"
	: > "$DDM_TEST_ORDERS"
	rm -f /var/run/pppd2.tdb /run/pppd2.tdb
	mkdir -p /etc/ppp "$tmp/profiles" "$tmp/run"
	: > /etc/ppp/options
	(umask 077 && echo '"demo" * "secret" *' |
		tee /etc/ppp/pap-secrets > /etc/ppp/chap-secrets)
}

# admin_ddmd NETNS DLL...: ddmd with these, ready for calls
admin_ddmd() {
	local where=$1 dll ready
	shift
	{
		printf '[admin]\nhost = %s\ntime-limit = %s\n' "$host" "${limit:-30}"
		printf 'without-verdict = %s\n' "${without_verdict:-refuse}"
		for dll; do
			printf 'dll = %s/%s.so\n' "$dlls" "$dll"
		done
	} > "$tmp/ddmd.conf"
	start_ddmd "$where"
	within 90 notes_have "${*: -1} initialize"
}

start_ddmd() { # NETNS
	spawn_inside ddmd "$1" "$ddmd" --verbose --config "$tmp/ddmd.conf" \
		--profiles "$tmp/profiles" --socket "$tmp/plugin.sock" \
		--run "$tmp/run"
	within 90 test -S "$tmp/plugin.sock"
}

# Neither end gives up while the other, or a DLL, takes its time
patient=(lcp-max-configure 90 ipcp-max-configure 90 pap-timeout 120
	pap-max-authreq 60 chap-max-challenge 60)

# provider [OPTION...]: the server; further options for its pppd
provider() {
	printf '%s\n' "plugin $plugin" "ddm-socket $tmp/plugin.sock" "$@" \
		"${ppp_options[@]}" "${patient[@]}" | grep -vx noauth \
		> "$tmp/options"
	spawn_inside provider ac pppoe-server -F -I ac0 -L 10.9.0.1 \
		-R 10.9.0.11 -N 60 -O "$tmp/options" -q "$(command -v pppd)"
}

# client PROCESS UNIT [OPTION...]: calls the provider
client() {
	local name=$1 unit=$2
	shift 2
	spawn_inside "$name" cl pppd plugin pppoe.so cl0 "${ppp_options[@]}" \
		"${patient[@]}" pppoe-padi-attempts 10 noipdefault \
		unit "$unit" user demo password secret "$@"
}

orders() { printf '%s\n' "$@" > "$DDM_TEST_ORDERS"; }

# no_calls: nor any pppd that ddmd knows of
no_calls() { [ -z "$(ls "$tmp/run/calls")" ]; }

# over PROCESS: it has ended by itself, and its call here, too
over() {
	wait "${pid[$1]}"
	unset "pid[$1]"
	within 90 no_calls && return
	say 'a call stays'
	return 1
}

# ---------------------------------------------------------------- notes --

# Callouts so far: "first accept-connection", one a line, without fields
callouts() { cut -d ' ' -f 1,2 "$DDM_TEST_NOTES"; }

notes_have() { grep -qF -- "$1" "$DDM_TEST_NOTES"; }

# noted TIMES PATTERN: exactly so often, until now
noted() {
	same "times of $2" "$1" "$(grep -c -- "$2" "$DDM_TEST_NOTES")"
}

# until_noted PATTERN [TIMES]
until_noted() {
	within 90 enough_noted "$1" "${2:-1}" && return
	say "not noted: $1"
	return 1
}

enough_noted() { [ "$(grep -c -- "$1" "$DDM_TEST_NOTES")" -ge "$2" ]; }

forget_notes() { : > "$DDM_TEST_NOTES"; }

# callouts_are: those since the last forget_notes are the lines of the standard
# input
callouts_are() {
	sed 's/^[[:blank:]]*//; /^$/d' > "$tmp/wanted"
	callouts | diff "$tmp/wanted" - > "$tmp/diff" && return
	say 'wanted (<) and seen (>) callouts'
	sed 's/^/#   /' "$tmp/diff"
	return 1
}

# field NAME PATTERN: of the last note that has the pattern
field() {
	local word
	for word in $(grep -- "$2" "$DDM_TEST_NOTES" | tail -n 1); do
		case $word in "$1="*) echo "${word#*=}" ;; esac
	done
}

# traffic_is PATTERN SENT RECEIVED: bytes, as the note says
traffic_is() {
	same "bytes of $1" "$2 $3" "$(field sent "$1") $(field received "$1")"
}

# happened NAME TYPE: how often, as far as events were read
happened() { awk -v type="$2" '$2 == type' "$tmp/$1.events" | wc -l; }
