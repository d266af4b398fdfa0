#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ddmctl's command line, help and manual: what needs neither root nor module.
# shellcheck disable=SC2317 # tests are called by name
set -u
here=$(dirname "$(realpath "$0")")
tree=$(realpath "$here/../..")
# shellcheck source=../tools/ktap.sh
. "$here/../tools/ktap.sh"
ddmctl=${DDMCTL:-$tree/build/ddmctl}
objects=(interface connection link rule event monitor service)

test_help_lists_every_object() {
	local object help

	help=$(ok "$ddmctl" help)
	has "$help" "${objects[@]}"
	same "$("$ddmctl" --help)" "$help"
	for object in "${objects[@]}"; do
		help=$(ok "$ddmctl" "$object" help)
		has "$help" "Usage: ddmctl [OPTIONS] $object"
		same "$("$ddmctl" help "$object")" "$help"
		same "$("$ddmctl" "$object" --help)" "$help"
	done
}

# LINE | what standard error must name
wrong_lines='
|object
nonsense|nonsense
interface nonsense|nonsense
interface d wan|ambiguous
service st|ambiguous
interface connect|name
interface connect wan extra|extra
interface connect wan --timeout soon|soon
interface connect wan --timeout 0|0
interface connect wan --timeout 999999|999999
interface add|name
interface add wan type modem|modem
interface add wan type|type
interface add wan method x|x
interface add wan m|m
interface add wan device a device b|device
interface add wan enable disable|disable
interface add wan colour blue|colour
interface set wan|set
interface show id x|x
interface show id 4294967296|4294967296
interface show wan extra|extra
interface show --since 3|--since
interface show --columns name,nonsense|nonsense
interface show --columns=|columns
interface show --columns ,name|column
interface show --nonsense|--nonsense
interface show --netns|--netns
interface show --color=blue|blue
connection clear|name
connection nonsense|nonsense
link show wan extra|extra
link hangup|id
link hangup first|first
link hangup 1 extra|extra
rule add|track
rule add maybe|maybe
rule add track preference 0|0
rule add track preference 70000|70000
rule add track type modem|modem
rule del|preference
rule del first|first
event show --events nonsense|nonsense
event show --events conn|ambiguous
event show --since -1|-1
monitor extra|extra
monitor --count few|few
service show extra|extra
service set|set
service set max-interfaces many|many
'

test_wrong_lines_are_refused_and_the_word_is_named() {
	local line part error

	while IFS='|' read -r line part; do
		[[ -n $part ]] || continue
		echo "ddmctl $line"
		# shellcheck disable=SC2086
		error=$(ends_with 2 "$ddmctl" $line 2>&1 > "$dir/out")
		has "$error" "$part" "ddmctl: " "help"
		same "$(cat "$dir/out")" ""
	done <<< "$wrong_lines"
}

test_options_may_stand_anywhere() {
	local error

	for line in "-n /nowhere/at/all interface show" "interface -n/nowhere/at/all show" \
		"interface show --netns=/nowhere/at/all"; do
		# shellcheck disable=SC2086
		error=$(POSIXLY_CORRECT=1 ends_with 1 "$ddmctl" $line 2>&1)
		has "$error" "/nowhere/at/all"
	done
	# after -- there are none
	has "$(ends_with 2 "$ddmctl" interface connect -- 2>&1)" "name of the interface"
}

test_version_is_printed() {
	has "$(ok "$ddmctl" -V)" "ddmctl "
}

test_manual_is_well_formed_and_complete() {
	local page=$tree/tools/ddmctl/ddmctl.8 option text word

	command -v groff > /dev/null || { echo "groff is missing"; exit 4; }
	same "$(groff -man -ww -z -Tutf8 "$page" 2>&1)" ""
	text=$(groff -man -Tascii -P-c -P-b -P-u "$page")
	for option in $(for o in "${objects[@]}"; do "$ddmctl" "$o" help; done |
		grep -oE -- '--[a-z-]+' | sort -u); do
		has "$text" "$option"
	done
	for word in add set del connect disconnect clear show pause resume stop start \
		max-interfaces max-listeners max-socket-listeners; do
		has "$text" "$word"
	done
}

complete_line() { # WORD... -> offers for the last one
	# shellcheck disable=SC2034
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
	_ddmctl
	echo "${COMPREPLY[*]}"
}

test_completion_offers_what_may_follow() {
	# shellcheck source=../../tools/ddmctl/ddmctl.bash-completion
	. "$tree/tools/ddmctl/ddmctl.bash-completion"
	same "$(complete_line "$ddmctl" inter)" "interface"
	same "$(complete_line "$ddmctl" interface d)" "del disconnect"
	same "$(complete_line "$ddmctl" -j i con)" "connect"
	same "$(complete_line "$ddmctl" interface add wan me)" "method"
	same "$(complete_line "$ddmctl" interface add wan method a)" "auto agent"
	same "$(complete_line "$ddmctl" interface connect --no)" "--no-wait"
	same "$(complete_line "$ddmctl" monitor -e connected,disc)" "connected,disconnected"
	same "$(complete_line "$ddmctl" rule add t)" "track"
	same "$(complete_line "$ddmctl" service p)" "pause"
	has "$(complete_line "$ddmctl" monitor --)" --since --json --receive-buffer
}

[[ -x $ddmctl ]] || skip_all "ddmctl is not built"
run_tests "$0" "$@"
