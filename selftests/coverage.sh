#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# coverage.sh [--all] [PROGRAM...]: which lines and branches of user space the
# tests reach. In a copy of the tree that is built for gcov, runs the tests of
# user space, and those for a machine with the module in one: all that selftests/
# guest runs but load and links, with --all also those of ddmd, administration
# DLLs and libmpr; or just the PROGRAMs that are named.
#
# Writes build/coverage/{index.html,files.csv}, prints a table of all files, and
# fails if one below 90 % of lines has no reason in static/coverage.tsv.
set -u
tree=$(cd "$(dirname "$0")/.." && pwd)
out=$tree/build/coverage
copy=$out/tree

all=
if [ "${1-}" = --all ]; then
	all=1
	shift
fi

rm -rf "$out"
mkdir -p "$copy"
(cd "$tree" && git ls-files -co --exclude-standard -z | xargs -0 cp --parents -t "$copy") || exit 1
cd "$copy" || exit 1
# what is not a repository has no list of files; none of these tests needs one
mkdir -p build

# -fprofile-update=atomic for programs with threads. Optimized, branches that
# nobody wrote would count.
flags='-O0 -g --coverage -fprofile-update=atomic'
export CFLAGS=$flags

build() {
	make -s user HARDENING= CFLAGS="$flags" || return 1
	cc -O2 -c -o build/exit.o selftests/coverage_exit.c || return 1
	export LDLIBS="-Wl,--wrap=_exit $copy/build/exit.o"
	make -s -C selftests/ddm && make -s -C selftests/libddm && make -s -C selftests/mprapi || return 1
	unset LDLIBS
	make -s -C selftests/user hammers= && make -s -C selftests/ddmd/unit || return 1
	make -s -C selftests/links && make -s -C selftests/admin && make -s -C selftests/mpr
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
	cp -r "build/vm/coverage/out/gcov$copy/." . 2> /dev/null
}

report() {
	gcovr --root . --filter '(lib|tools)/' --exclude 'tools/(demo|examples|pppd-plugin)/' \
		--exclude-throw-branches \
		--csv "$out/files.csv" --html-details "$out/index.html" --print-summary \
		--gcov-ignore-parse-errors . > "$out/summary" 2> "$out/gcovr.log" ||
		{ tail -5 "$out/gcovr.log"; return 1; }
	awk -F, -v reasons="$tree/selftests/static/coverage.tsv" '
		BEGIN { while ((getline line < reasons) > 0) { split(line, part, "\t"); why[part[1]] = part[2] } }
		NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
		{
			lines = 100 * $column["line_percent"]
			branches = 100 * $column["branch_percent"]
			low = lines < 90
			printf "%-36s %6.1f %6.1f%s\n", $1, lines, branches,
				low ? "  " (why[$1] ? why[$1] : "BELOW 90 %") : ""
			missing += low && !why[$1]
		}
		END { exit missing != 0 }' "$out/files.csv"
}

echo "coverage: building" >&2
build > "$out/build.log" 2>&1 || { tail -20 "$out/build.log" >&2; exit 1; }
echo "coverage: in a machine" >&2
in_machine "$@" > "$out/guest.log" 2>&1
tail -1 "$out/guest.log" >&2
echo "coverage: here" >&2
mapfile -t programs < <(find build/selftests/{user,ddmd-unit,mpr,admin} -maxdepth 1 -type f \
	-perm -1 ! -name '*.tsan' ! -name '*.asan' | sort)
selftests/run-tests --log "$out/host" selftests/user/ddmctl_usage.sh "${programs[@]}" \
	> "$out/host.log" 2>&1
tail -1 "$out/host.log" >&2
printf '%-36s %6s %6s\n' file lines branches
report
status=$?
tail -4 "$out/summary"
exit "$status"
