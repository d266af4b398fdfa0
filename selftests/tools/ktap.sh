# SPDX-License-Identifier: GPL-2.0-only
# KTAP for shell tests: a test is a function test_NAME, and fails when it
# returns other than 0. What it printed is shown then. Each runs in a network
# namespace of its own, in a process of its own, with a folder of its own ($dir).
# shellcheck shell=bash

# Longest wait for what must happen, in seconds.
patience=$((20 * ${DDM_SLOW:-1}))

# Wait until a command succeeds.
await() {
	local end=$((SECONDS + patience))

	until "$@"; do
		((SECONDS < end)) || { echo "waited in vain for: $*" >&9; return 1; }
		sleep 0.02
	done
}

# What fails in a $( ) that is an argument is lost on the caller: the mark is what
# the test fails by then.
wrong() {
	echo "$*" >&9
	: > "$dir/failed"
	return 1
}

# Run a command that must succeed, must end with a status, print a text.
ok() {
	"$@" || wrong "status $?: $*"
}

ends_with() { # STATUS COMMAND...
	local want=$1 status=0

	shift
	"$@" || status=$?
	[[ $status = "$want" ]] || wrong "status $status, not $want: $*"
}

same() { # SEEN EXPECTED
	[[ $1 == "$2" ]] || { printf 'saw      "%s"\nexpected "%s"\n' "$1" "$2" >&9; return 1; }
}

has() { # TEXT PART...
	local text=$1 part

	shift
	for part; do
		[[ $text == *"$part"* ]] || { printf 'no "%s" in "%s"\n' "$part" "$text" >&9; return 1; }
	done
}

lacks() { # TEXT PART
	[[ $1 != *"$2"* ]] || { printf '"%s" is in "%s"\n' "$2" "$1" >&9; return 1; }
}

skip_all() {
	printf 'TAP version 13\n1..0 # SKIP %s\n' "$1"
	exit 4
}

# A test is over, wherever it left.
leave() {
	local status=$?

	jobs -p | xargs -r kill 2> /dev/null || true
	[[ ! -e $dir/failed ]] || status=1
	rm -rf "$dir"
	exit "$status"
}

# Run all test_* functions of the script, or the one named by --one.
run_tests() {
	local self=$1 tests test failed=0 n=0 output status

	shift
	if [[ ${1-} = --one ]]; then
		exec 9>&1 # for complaints, also of what is run in $()
		dir=$(mktemp -d)
		trap leave EXIT
		"test_$2"
		exit
	fi
	# in the order in which they are written
	mapfile -t tests < <(sed -n 's/^test_\([a-z0-9_]*\)() {.*/\1/p' "$self")
	((${#tests[@]})) || { echo "no test_ in $self"; exit 1; }
	printf 'TAP version 13\n1..%d\n' ${#tests[@]}
	for test in "${tests[@]}"; do
		status=0
		output=$(${in_namespace-} bash -e "$self" --one "$test" 2>&1) || status=$?
		n=$((n + 1))
		case $status in
		0) echo "ok $n $test" ;;
		4) echo "ok $n $test # SKIP ${output##*$'\n'}" ;;
		*)
			failed=1
			[[ -z $output ]] || echo "# ${output//$'\n'/$'\n'# }"
			echo "not ok $n $test"
			;;
		esac
	done
	exit $failed
}
