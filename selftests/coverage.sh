#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# coverage.sh [--all | --module] [PROGRAM...]: which lines and branches the tests
# reach. In a copy of the tree that is built for gcov, runs the tests of user
# space, and those for a machine with the module in one: all that selftests/guest
# runs but load and links, with --all also those of ddmd, administration DLLs and
# libmpr; or just the PROGRAMs that are named.
#
# With --all or --module, the module's tests and those with links run in the debug
# kernel, too, the only one that counts for the module (see vm/debug-kernel); with
# --module nothing else.
#
# Prints a table of all files and folders, which build/coverage/table keeps, and
# fails if a file below 90 % of lines has no reason in static/coverage.tsv; and if
# a test failed, or did not run: what is counted then is less than there is.
set -u
tree=$(cd "$(dirname "$0")/.." && pwd)
out=$tree/build/coverage
copy=$out/tree

all='' module='' user=1
failed=()
case ${1-} in
--all) all=1 module=1; shift ;;
--module) module=1 user=; shift ;;
esac

rm -rf "$out"
mkdir -p "$copy"
(cd "$tree" && git ls-files -co --exclude-standard -z | xargs -0 cp --parents -t "$copy") || exit 1
cd "$copy" || exit 1
# what is not a repository has no list of files; none of these tests needs one
mkdir -p build

# -fprofile-update=atomic for programs with threads. Optimized, branches that
# nobody wrote would count.
flags='-O0 -g --coverage -fprofile-update=atomic'

build() {
	export CFLAGS=$flags
	make -s user HARDENING= CFLAGS="$flags" || return 1
	cc -O2 -c -o build/exit.o selftests/coverage_exit.c || return 1
	export LDLIBS="-Wl,--wrap=_exit $copy/build/exit.o"
	make -s -C selftests/ddm && make -s -C selftests/libddm && make -s -C selftests/mprapi || return 1
	make -s -C selftests/user hammers= && make -s -C selftests/ddmd/unit && make -s -C selftests/ddmd || return 1
	make -s -C selftests/links && make -s -C selftests/admin || return 1
	LDFLAGS=$LDLIBS make -s -C selftests/mpr
}

guest_programs() {
	local program
	local programs=(build/selftests/{ddm,libddm,mprapi}/* selftests/tools/*.sh)
	[ -z "$all" ] || programs+=(selftests/{ddmd,admin,mpr}/*.sh)
	for program in "${programs[@]}"; do
		case $program in
		*/lib.sh | */ktap.sh | */many.sh | */link.sh | */race | */journal | */multicast | *.o) continue ;;
		esac
		[ -x "$program" ] && [ -f "$program" ] && echo "$program"
	done
}

# What it reached is written to the host, for its own copy of the tree is lost.
in_machine() {
	local programs=("$@")
	[ $# != 0 ] || mapfile -t programs < <(guest_programs)
	# shellcheck disable=SC2016 # for the guest's shell
	selftests/vm/run --name coverage --timeout 2400 -- sh -c '
		modprobe ddm || exit 1
		export GCOV_PREFIX=$DDM_OUT/gcov
		exec selftests/run-tests --log "$DDM_OUT/tests" "$@"' sh "${programs[@]}"
	local status=$?
	cp -r "build/vm/coverage/out/gcov$copy/." . && return "$status"
}

# What the kernel counted, it keeps when the module goes. The tests of links need
# no user space that counts.
in_debug_machine() {
	local folder=build/kmod-debug/kmod
	echo 'GCOV_PROFILE := y' >> Kbuild
	selftests/vm/debug-kernel > /dev/null && selftests/vm/kbuild debug > /dev/null || return
	[ -n "$user" ] || make -s user || return
	make -s -C selftests/ddm && make -s -C selftests/fault && make -s -C selftests/links || return
	# shellcheck disable=SC2016 # for the guest's shell
	selftests/vm/run --kernel debug --name coverage-module --timeout 1800 -- sh -c '
		selftests/guest ddm fault links
		status=$?
		cd "/sys/kernel/debug/gcov/$0" || exit 1
		for file in *.gcda; do
			cat "$file" > "$DDM_OUT/$file" || exit
		done
		exit "$status"' "$copy/$folder"
	local status=$?
	mv build/vm/coverage-module/out/*.gcda "$folder/" && return "$status"
}

here() {
	local programs
	mapfile -t programs < <(find build/selftests/{user,ddmd-unit,mpr,admin} -maxdepth 1 \
		-type f -perm -1 ! -name '*.tsan' ! -name '*.asan' | sort)
	selftests/run-tests --log "$out/host" selftests/user/ddmctl_usage.sh "${programs[@]}"
}

# step NAME WHAT COMMAND...: all it prints goes into NAME.log
step() {
	local log=$out/$1.log
	echo "coverage: $2" >&2
	shift 2
	"$@" > "$log" 2>&1 || failed+=("$log")
	tail -1 "$log" >&2
}

folders=()
if [ -n "$user" ]; then
	echo "coverage: building" >&2
	build > "$out/build.log" 2>&1 || { tail -20 "$out/build.log" >&2; exit 1; }
	step guest 'in a machine' in_machine "$@"
	step host here here
	folders+=(lib tools)
fi
if [ -n "$module" ]; then
	step module 'in the debug kernel' in_debug_machine
	folders+=(kmod)
fi
selftests/coverage.py . "$tree/selftests/static/coverage.tsv" "${folders[@]}" | tee "$out/table"
status=${PIPESTATUS[0]}
[ ${#failed[@]} = 0 ] && exit "$status"
printf 'coverage: failed, or not run: see %s\n' "${failed[@]}" >&2
exit 1
