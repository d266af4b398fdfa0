#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What tells good from bad is told good from bad: programs that lie, die or say
# nothing are counted as failures, and a machine whose kernel warned has failed.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# told STATUS COUNTS [LINE...]: run-tests of a program with these LINES, of which
# what begins with ! is a command, ends with STATUS and "N passed, N failed ..."
told() {
	local status=$1 counts=$2 line
	shift 2
	{
		echo '#!/bin/bash'
		for line; do
			case $line in
			!*) echo "${line#!}" ;;
			*) printf 'echo %q\n' "$line" ;;
			esac
		done
	} > "$work/program"
	chmod 755 "$work/program"
	ends_with "$status" "$counts" selftests/run-tests --log "$work/log" "$work/program"
}

# ends_with STATUS LAST-LINE COMMAND...
ends_with() {
	local want=$1 last=$2 status=0
	shift 2
	"$@" > "$work/said" 2>&1 || status=$?
	cat "$work/said"
	[ "$status $(tail -n 1 "$work/said")" = "$want $last" ] && return
	echo "status $status, expected $want and \"$last\""
	return 1
}

all_passed() { told 0 '2 passed, 0 failed, 1 skipped' 1..3 'ok 1 a' 'ok 2 b # SKIP no b' 'ok 3 c'; }

failed() { told 1 '1 passed, 1 failed, 0 skipped' 1..2 'ok 1 a' 'not ok 2 b' '!exit 1'; }

skipped() {
	told 0 '0 passed, 0 failed, 1 skipped' '1..0 # SKIP no modem' '!exit 4' &&
		told 0 '0 passed, 0 failed, 1 skipped' 1..1 'ok 1 a # SKIP no a' '!exit 4'
}

# All it planned was told of, too, when the second one dies
died() {
	# shellcheck disable=SC2016 # the program's shell
	told 1 '1 passed, 1 failed, 0 skipped' 1..3 'ok 1 a' '!kill -SEGV $$' &&
		told 1 '1 passed, 1 failed, 0 skipped' 1..1 'ok 1 a' '!kill -SEGV $$'
}

broken_plan() {
	told 1 '2 passed, 1 failed, 0 skipped' 1..3 'ok 1 a' 'ok 2 b' &&
		told 1 '2 passed, 1 failed, 0 skipped' 1..1 'ok 1 a' 'ok 2 b' &&
		told 1 '1 passed, 1 failed, 0 skipped' 1..0 'ok 1 a' &&
		told 1 '1 passed, 1 failed, 0 skipped' 'ok 1 a'
}

nothing_told() {
	local status
	for status in 0 1 4; do
		told 1 '0 passed, 1 failed, 0 skipped' "!exit $status" &&
			told 1 '0 passed, 1 failed, 0 skipped' 1..7 "!exit $status" &&
			told 1 '0 passed, 1 failed, 0 skipped' 1..0 "!exit $status" &&
			told 1 '0 passed, 1 failed, 0 skipped' '1..0 # SKIP' "!exit $status" ||
			return
	done
}

exited_otherwise() {
	told 1 '1 passed, 1 failed, 0 skipped' 1..1 'ok 1 a' '!exit 3' &&
		told 1 '1 passed, 1 failed, 0 skipped' 1..1 'ok 1 a' '!exit 4' &&
		told 1 '0 passed, 1 failed, 1 skipped' '1..0 # SKIP no modem' '!exit 1'
}

not_in_time() {
	TEST_TIMEOUT=1 told 1 '1 passed, 1 failed, 0 skipped' 1..1 'ok 1 a' '!sleep 10'
}

no_program() {
	ends_with 2 'run-tests: no program was named' selftests/run-tests --log "$work/log" &&
		told 1 '0 passed, 1 failed, 0 skipped' '!exec /none'
}

script_without_tests() {
	# shellcheck disable=SC2016 # the script's shell
	printf '#!/bin/bash\n. %q\nrun_tests "$0" "$@"\n' "$root/selftests/tools/ktap.sh" > "$work/empty.sh"
	chmod 755 "$work/empty.sh"
	ends_with 1 '0 passed, 1 failed, 0 skipped' selftests/run-tests --log "$work/log" "$work/empty.sh"
}

# Refused before anything is loaded
machine_tests_missing() {
	local there=$work/tree/selftests
	mkdir -p "$there/links"
	cp selftests/guest "$there/"
	ends_with 2 'guest: linsk has no test' "$there/guest" linsk || return
	: > "$there/links/new.sh"
	ends_with 2 'guest: selftests/links/new.sh cannot be run' "$there/guest" links
}

# half_of N: what guest would run, a line each
half_of() {
	(cd "$work/halves" && DDM_KO=none PATH=$PWD/bin:$PATH selftests/guest --half "$1")
}

slow_tests_in_halves() {
	local there=$work/halves program slow
	mkdir -p "$there/bin"
	mapfile -t slow < <(sed -n '/^slow=(/,/^)/p' selftests/guest | grep -oE '(build|selftests)/[^[:space:]]+')
	[ "${#slow[@]}" -gt 2 ] || return
	for program in "${slow[@]}" selftests/run-tests bin/insmod \
		build/selftests/{ddm,trace,libddm,fuzz,soak}/soak \
		selftests/{tools,links,ddmd,admin,mpr}/quick.sh; do
		mkdir -p "$there/${program%/*}"
		echo '#!/bin/true' > "$there/$program"
		chmod 755 "$there/$program"
	done
	# shellcheck disable=SC2016 # the script's shell
	printf '#!/bin/sh\nshift 2\nprintf "%%s\\n" "$@"\n' > "$there/selftests/run-tests"
	cp selftests/guest "$there/selftests/"
	ends_with 2 'guest: --half wants 1 or 2' "$there/selftests/guest" --half 3 || return
	half_of 1 | sort > "$work/half1"
	half_of 2 | sort > "$work/half2"
	# each slow one once, all others twice
	cat "$work/half1" "$work/half2"
	grep -q /quick.sh "$work/half1" || return
	comm -3 "$work/half1" "$work/half2" | tr -d '\t' | sort |
		cmp - <(printf '%s\n' "${slow[@]}" | sort) || return
	[ "$(comm -23 "$work/half1" "$work/half2" | wc -l)" = $((${#slow[@]} / 2)) ] || return
	chmod 644 "$there/${slow[0]}"
	ends_with 2 "guest: there is no ${slow[0]} to be in a half" "$there/selftests/guest" --half 1
}

# covers STATUS PART: what coverage.py says of the tree in $work/cover, with
# reasons for the files that are named there
covers() {
	local status=0
	selftests/coverage.py "$work/cover" "$work/reasons" lib > "$work/table" 2>&1 || status=$?
	cat "$work/table"
	[ "$status" = "$1" ] && grep -qE "$2" "$work/table"
}

coverage_counts() {
	mkdir -p "$work/cover/lib"
	: > "$work/reasons"
	covers 1 '^file' || return # no sources
	echo 'int main(void) { return 0; }' > "$work/cover/lib/run.c"
	covers 1 '^lib/run.c +0.0.*WITHOUT A REASON' || return # no counts
	(cd "$work/cover" && gcc --coverage -o run lib/run.c && ./run) || return
	covers 0 '^lib/run.c +100.0' || return
	echo 'int never(void) { return 0; }' > "$work/cover/lib/never.c"
	covers 1 '^lib/never.c +0.0.*WITHOUT A REASON' || return
	printf 'lib/never.c\tit need not be\n' > "$work/reasons"
	covers 0 '^lib/never.c +0.0 .*it need not be'
}

# The command itself is content
kernel_warned() {
	local status=0
	selftests/vm/run --no-module --name check-warning -- \
		sh -c 'echo "<4>WARNING: on purpose" > /dev/kmsg' 2>&1 || status=$?
	grep 'WARNING: on purpose' build/vm/check-warning/dmesg || return
	[ "$status" = 125 ] || { echo "it ended with $status"; return 1; }
}

plan 14
check those_that_pass_are_counted all_passed
check those_that_fail_are_counted failed
check those_that_are_skipped_for_a_reason_are_counted skipped
check program_that_is_killed_has_failed died
check program_that_breaks_its_plan_has_failed broken_plan
check program_that_tells_of_nothing_has_failed nothing_told
check program_that_exits_otherwise_than_it_says_has_failed exited_otherwise
check program_that_takes_too_long_has_failed not_in_time
check no_program_is_an_error no_program
check script_without_tests_has_failed script_without_tests
check tests_missing_in_a_machine_are_an_error machine_tests_missing
check slow_tests_are_run_in_one_half_each slow_tests_in_halves
check file_that_nothing_counted_is_not_covered coverage_counts
check machine_whose_kernel_warned_has_failed kernel_warned
finish
