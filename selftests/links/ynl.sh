#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own generic netlink client drives the family with nothing but
# uapi/ddm.yaml: every get and dump, a subscription, acts, and refusals.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool pppd
need_module dummy ppp_generic

python=/usr/bin/python3
client=$source/tools/net/ynl/cli.py
schema=$source/Documentation/netlink/genetlink-legacy.yaml
for spec in "$here/ddm.yaml" "$here/../../uapi/ddm.yaml"; do
	[ ! -e "$spec" ] || break
done
"$python" -c 'import yaml, jsonschema' 2> /dev/null ||
	skip_all 'needs python3-yaml and python3-jsonschema of /usr/bin/python3'

# ynl ARGUMENT...: leaves what it printed in said
ynl() {
	ask "$@"
	answer
}

ask() {
	printf '%q ' --spec "$spec" --output-json "$@" >&"$ynl_in"
	echo >&"$ynl_in"
}

# Until the client has come to its end, or has subscribed
answer() {
	local line
	said=
	while IFS= read -rt $((60 * slow)) -u "$ynl_out" line; do
		case $line in
		'= '*) return "${line#= }" ;;
		subscribed) return ;;
		*) said+=${line# }$'\n' ;;
		esac
	done
	give_up 'the client does not answer'
}

# shows PATTERN...: all of them are in what was said, in that order
shows() {
	local pattern=
	while [ $# != 0 ]; do
		pattern+="*$1"
		shift
	done
	# shellcheck disable=SC2053 # a pattern
	[[ $said = $pattern* ]] && return
	say "wanted $pattern*, the client said:"
	say_lines "$said"
	return 1
}

# Each of these runs the client and looks at what it says.
does() { client_says --do "$@"; }
dumps() { client_says --dump "$@"; }
client_says() { # --do|--dump OPERATION JSON PATTERN...
	local mode=$1 operation=$2 json=$3
	shift 3
	if ! ynl --no-schema "$mode" "$operation" --json "$json"; then
		say "$operation $json was refused:"
		say_lines "$said"
		return 1
	fi
	shows "$@"
}
refuses() { # OPERATION JSON PATTERN...
	local operation=$1 json=$2
	shift 2
	if ynl --no-schema --do "$operation" --json "$json"; then
		say "$operation $json was not refused"
		return 1
	fi
	shows "$@"
}

# Acts come from elsewhere: the client of 6.12 stumbles over an event that comes
# while it waits for a reply.
hears() { # "ACT..." PATTERN...
	local acts=$1
	shift
	ask --no-schema --subscribe events --sleep 1
	answer
	# shellcheck disable=SC2086 # words
	act a $acts
	echo >&"$ynl_in"
	answer && shows "$@"
}
# number KEY: of what was said
number() { [[ $said =~ \"$1\":\ ([0-9]+) ]] && echo "${BASH_REMATCH[1]}"; }

netns a
begin 39
mkfifo "$tmp/in" "$tmp/out"
exec {ynl_in}<> "$tmp/in" {ynl_out}<> "$tmp/out"
nsenter --net="/run/netns/${ns[a]}" "$python" "$here/ynl.py" "$client" \
	< "$tmp/in" > "$tmp/out" 2> "$tmp/ynl.log" &
pid[ynl]=$!

# A PPP device without a call, for its links
spawn_inside pppd a pppd nodetach noauth nodefaultroute noipv6 demand unit 0 \
	10.8.0.1:10.8.0.2 pty true

specification_is_valid() {
	ynl --schema "$schema" --do service-get && shows '"state": "running"'
}
holds specification_satisfies_the_kernels_schema specification_is_valid

holds service_get does service-get '{}' '"state": "running"' '"epoch": '
epoch=$(number epoch)
holds service_get_of_this_epoch does service-get "{\"epoch\": $epoch}" \
	'"state": "running"'
holds service_get_of_another_epoch_is_refused refuses service-get \
	'{"epoch": 1}' 'the epoch is over' '.epoch'

ip_in a link add dum0 type dummy
holds interface_new does interface-new \
	'{"name": "line", "device": "dum0", "type": "dedicated", "settings": "x=y"}' \
	'"name": "line"' '"type": "dedicated"' '"state": "disconnected"' \
	'"device": "dum0"' '"method": "link"' '"kind": "dummy"' '"settings": "x=y"'
id=$(number id)
holds interface_get_by_id does interface-get "{\"id\": $id}" '"name": "line"'
holds interface_get_by_name does interface-get '{"name": "line"}' \
	"\"id\": $id," '"connects": 0'
within 20 interface_is a ppp0 connected > /dev/null
holds interface_dump dumps interface-get '{"detail": true}' '"name": "' \
	'"snapshot": ' '"kind": "' '"name": "' '"kind": "'
holds interface_set does interface-set \
	"{\"id\": $id, \"enabled\": 0}" null

holds disabled_interface_is_not_connected refuses interface-connect \
	"{\"id\": $id}" 'Network is down' 'the interface is disabled'
ynl --no-schema --do interface-set --json "{\"id\": $id, \"enabled\": 1}"
holds interface_connect does interface-connect '{"name": "line"}' \
	"\"id\": $id," '"state": "connected"' '"connection": '
[[ $said =~ \"connection\":\ ([0-9]+) ]]
connection=${BASH_REMATCH[1]-0}

holds connection_get does connection-get "{\"id\": $connection}" \
	"\"id\": $connection" '"name": "line"' '"device": "dum0"' '"rx-bytes": 0'
holds connection_dump dumps connection-get '{}' "\"id\": $connection"
holds connection_clear does connection-clear "{\"id\": $connection}" null

ifindex=$(ip_in a -j link show ppp0)
[[ $ifindex =~ \"ifindex\":([0-9]+) ]]
holds link_new does link-new \
	"{\"ifindex\": ${BASH_REMATCH[1]}, \"port\": \"tty1\", \"state\": \"up\"}" \
	'"port": "tty1"' '"state": "up"'
link=$(number id)
holds link_get does link-get "{\"id\": $link}" '"port": "tty1"'
holds link_set does link-set "{\"id\": $link, \"state\": \"down\"}" null
holds link_dump dumps link-get '{}' '"port": "tty1"' '"state": "down"'

holds interface_disconnect does interface-disconnect "{\"id\": $id}" null
holds interface_disconnect_twice_is_refused refuses interface-disconnect \
	"{\"id\": $id}" 'the interface is not connected'
holds subscriber_hears_a_connect hears 'connect line' \
	'"name": "event-ntf"' '"type": "connecting"' '"name": "line"' \
	'"name": "event-ntf"' '"type": "connected"' '"state": "connected"'
holds subscriber_hears_a_disconnect hears 'disconnect line' \
	'"name": "event-ntf"' '"type": "disconnected"' '"name": "line"' \
	'"reason": "requested"' '"error": 929' '"duration": '
holds event_get does event-get '{"since": 1}' '"sequence": 2'
holds event_dump dumps event-get "{\"interface\": $id}" \
	'"type": "interface-new"' '"type": "connecting"' '"type": "connected"' \
	'"type": "disconnected"'
holds event_records does event-get '{"since": 1, "records": true}' \
	'"record": ' '"values": \[2, ' '"name": "' '"since": '
holds event_dump_with_a_mask dumps event-get \
	'{"mask": ["link-up", "link-down"]}' '"type": "link-up"' '"type": "link-down"'

holds rule_new does rule-new \
	'{"preference": 7, "action": "ignore", "device": "ppp*"}' '"preference": 7'
holds rule_get does rule-get '{"preference": 7}' '"action": "ignore"' \
	'"device": "ppp\*"'
holds rule_dump dumps rule-get '{}' '"preference": 7' '"kind": "wireguard"'
holds rule_del does rule-del '{"preference": 7}' null

holds service_set does service-set '{"state": "paused", "max-listeners": 9}' null
holds service_was_set does service-get '{}' '"state": "paused"' \
	'"max-listeners": 9'
holds paused_service_refuses_to_connect refuses interface-connect \
	"{\"id\": $id}" 'Host is down' 'the service is paused'
holds value_out_of_range_is_named refuses service-set '{"max-listeners": 0}' \
	"'bad-attr': '.max-listeners'"
holds missing_attribute_is_named refuses interface-connect '{}' \
	'neither id nor name is given' "'miss-type': '"
holds unknown_name_is_named refuses interface-get '{"name": "nobody"}' \
	'No such file' 'there is no such interface' "'bad-attr': '.name'"
holds unknown_id_is_named refuses interface-get '{"id": 4711}' \
	'Stale file handle' 'there is no such interface' "'bad-attr': '.id'"
holds too_long_a_device_is_named refuses interface-new \
	'{"name": "x", "device": "1234567890123456"}' "'bad-attr': '.device'"
holds interface_del does interface-del "{\"id\": $id}" null
finish
