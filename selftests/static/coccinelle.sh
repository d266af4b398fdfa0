#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the kernel's own Coccinelle scripts think of the module. What was looked
# at and found to be right is in known.tsv, with the reason: that must be said,
# and nothing else.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# What it cannot read it says nothing of
reads_all() {
	local file
	for file in kmod/*.c; do
		spatch --parse-c "$file" 2>&1 | grep -q 'nb bad = 0 ' || { echo "$file"; return 1; }
	done
}

# Without those written in OCaml, which would need its compiler: of one driver
# the one, and what sparse tells the other.
scripts() {
	find "$(selftests/vm/source)/scripts/coccinelle" -name '*.cocci' \
		-exec grep -L '@initialize:ocaml@' {} +
}

# SCRIPT: into a file with its name; it tells its own options. It reports in the
# Python of the package that it is from, whatever other one is there.
ask() {
	local out options
	out=said/$(basename "$1" .cocci)
	options=$(sed -n 's,^// Options:,,p' "$1" | head -n 1)
	# shellcheck disable=SC2086 # words they are
	spatch --python /usr/bin/python3 -D report --very-quiet --cocci-file "$1" $options \
		--dir kmod > "$out" 2> "$out.err" ||
		{ echo "$1: did not run"; cat "$out.err"; } >> "$out"
	rm "$out.err"
}

ask_all() {
	local script
	while read -r script; do
		[ "$(jobs -pr | wc -l)" -lt "$(nproc)" ] || wait -n
		ask "$script" &
	done
	wait
}

# "file<tab>script" of all that was said, in an order
reports() {
	local out
	for out in "$work"/said/*; do
		sed -nE "s,^(--- )?([^ :]+\.(c|h|cocci))[:[:space:]].*,\2\t${out##*/},p" "$out"
	done | sort -u
}

# With one mistake more than the module has: who does not see it saw nothing
nothing_new() {
	mkdir "$work/said"
	cp -r kmod "$work"
	printf 'void f(void *p)\n{\n\tif (p)\n\t\tkfree(p);\n}\n' > "$work/kmod/mistake.c"
	{
		printf 'kmod/mistake.c\tifnullfree\n'
		known | grep '^kmod/'
	} | sort -u > "$work/known"
	scripts > "$work/scripts"
	(cd "$work" && ask_all < scripts)
	reports | diff "$work/known" - && return
	cat "$work"/said/*
	return 1
}

plan 2
check coccinelle_reads_the_module reads_all
check coccinelle_has_nothing_new_to_say nothing_new
finish
