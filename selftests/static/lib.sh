# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For the checks of the tree itself: each is a command, KTAP tells its fate.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number=0 failures=0

plan() { printf 'TAP version 13\n1..%d\n' "$1"; }

# NAME COMMAND...: passes if the command does, shows its output if not
check() {
	local name=$1
	shift
	number=$((number + 1))
	if "$@" > "$work/output" 2>&1; then
		echo "ok $number $name"
	else
		sed 's/^/# /' "$work/output"
		echo "not ok $number $name"
		failures=$((failures + 1))
	fi
}

# Like a command, but saying anything is failing too
silent() {
	"$@" > "$work/said" 2>&1
	local status=$?
	cat "$work/said"
	[ "$status" = 0 ] && [ ! -s "$work/said" ]
}

# Of known.tsv, "file<tab>check" of each line that has a reason, in an order
known() { awk -F '\t' '$3 != "" { print $1 "\t" $2 }' selftests/static/known.tsv | sort -u; }

finish() { [ "$failures" = 0 ]; exit; }

# Files of the tree, committed or about to be
tree() { git ls-files -co --exclude-standard -- "$@"; }
