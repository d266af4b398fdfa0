#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What analyzers think of user space. They are wrong at times: what was looked
# at and found to be right is in known.tsv, with the reason. Anything else fails.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# Left out: what is the kernel's style (strcmp() as a condition), what needs
# Annex K, and what the sanitizers see better.
tidy_checks='-*,bugprone-*,clang-analyzer-*,misc-redundant-expression,misc-misplaced-const'
tidy_checks+=',-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier'
tidy_checks+=',-bugprone-narrowing-conversions,-bugprone-assignment-in-if-condition'
tidy_checks+=',-bugprone-implicit-widening-of-multiplication-result'
tidy_checks+=',-bugprone-suspicious-string-compare,-bugprone-sizeof-expression'
tidy_checks+=',-clang-analyzer-security.insecureAPI.*,-clang-analyzer-valist.Uninitialized'

# FILE:LINE: ... [CHECK] of standard input, but what is known
unknown() {
	sed -nE "s,^($root/)?([^:]+):[0-9]+.*(warning|error|style|performance|portability)[: ].*\[(-W)?([^]=]+)\]\$,\2\t\5,p" |
		sort -u | comm -23 - <(known) | sed 's/\t/: /'
}

# did_not_run NAME STATUS FILE: what it said of it, for silence is no praise then
did_not_run() {
	echo "$1 ended with $2:"
	tail -n 20 "$3"
	return 1
}

# As the Makefile compiles them: what it would run, for the compiler's options
commands() {
	make -n user B="$work/none" CC=cc 2> /dev/null | sed -nE 's/^cc (.*) -c -o [^ ]+ ([^ ]+\.c)$/\2 \1/p'
}

tidy() {
	local file flags said
	while read -r file flags; do
		eval "set -- $flags" # quoted for a shell, as make prints them
		clang-tidy --quiet -checks="$tidy_checks" "$file" -- "$@" >> "$work/tidy" 2> "$work/said" ||
			did_not_run "clang-tidy of $file" $? "$work/said" || return
	done < <(commands)
	[ "$(commands | wc -l)" -gt 50 ] || { echo 'no files were found'; return 1; }
	said=$(unknown < "$work/tidy")
	[ -z "$said" ] && return
	cat "$work/tidy"
	echo "$said"
	return 1
}

# Leaks are left to the address sanitizer, for gcc 12 sees them where a pointer
# is stored through another one.
analyzer() {
	local said
	make -s user B="$work/analyzer" CC=gcc \
		CFLAGS='-O2 -fanalyzer -Wno-analyzer-malloc-leak -Wno-analyzer-file-leak' 2> "$work/said" || return 1
	said=$(sed -E 's/ \[CWE-[0-9]+\]//' "$work/said" | unknown)
	[ -z "$said" ] && return
	cat "$work/said"
	echo "$said"
	return 1
}

cppcheck_says() {
	local said
	cppcheck --enable=warning,portability,performance --std=c11 --quiet \
		-Iuapi -Ilib/include -Ilib/include/windows -Ilib/mprapi -Ilib/mpr -Itools/ddmd \
		--suppress=missingIncludeSystem --template='{file}:{line}: {severity}: {message} [{id}]' \
		lib tools > "$work/said" 2>&1 || did_not_run cppcheck $? "$work/said" || return
	said=$(unknown < "$work/said")
	[ -z "$said" ] && return
	cat "$work/said"
	return 1
}

# Its own status where it found something, the program's where it did not
under_valgrind() { # PROGRAM
	local status=0
	valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
		--child-silent-after-fork=yes "$1" > "$work/out" 2>&1 || status=$?
	[ "$status" != 0 ] || return 0
	echo "== $1: status $status"
	grep -E '^(==[0-9]+==|not ok|# )' "$work/out" | head -30
	return 1
}

# The tests that need no module, but those that have a sanitizer inside, and
# those that measure how long something takes
valgrind_says() {
	local program status=0 count=0
	make -s -C selftests/user && make -s -C selftests/ddmd/unit && make -s -C selftests/mpr || return 1
	for program in build/selftests/{user,ddmd-unit,mpr}/*; do
		case $program in
		*.asan | *.tsan | */event_hammer | */hammer) continue ;;
		esac
		count=$((count + 1))
		under_valgrind "$program" || status=1
	done
	[ "$count" -gt 10 ] || { echo "only $count programs were found"; return 1; }
	return "$status"
}

plan 4
check clang_tidy_has_nothing_new_to_say tidy
check gcc_analyzer_has_nothing_new_to_say analyzer
check cppcheck_has_nothing_new_to_say cppcheck_says
check valgrind_is_silent valgrind_says
finish
