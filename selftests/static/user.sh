#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# User space as a whole: warnings, exported symbols, installing, Windows.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

compiles_in_silence() { # COMPILER
	make -s user B="$work/$1" CC="$1" CFLAGS='-O2 -Werror'
}

# Every exported symbol has a version and a name of ours
symbols_are_versioned() {
	local library
	for library in libddm libmprapi libmpr; do
		nm -D --defined-only "$work/gcc/$library.so.0" | awk '$2 != "A" { print $3 }' > "$work/symbols"
		[ -s "$work/symbols" ] || { echo "$library exports nothing"; return 1; }
		! grep -vE '^(ddm_[a-z_]+@@DDM|(MprAdmin|mpr_)[A-Za-z0-9_]+@@MPRAPI|(WNet|mpr_)[A-Za-z0-9_]+@@MPR)_(1\.[0-9]+|PRIVATE)$' "$work/symbols" || return 1
	done
}

needs_libmnl_alone() {
	local library
	for library in libddm libmprapi; do
		! readelf -d "$work/gcc/$library.so.0" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
			grep -vE '^(libc\.so\.6|ld-linux.*|libmnl\.so\.0)$' || return 1
	done
}

no_executable_stack_and_all_bound() {
	local file programs=("$work"/gcc/{ddmctl,ddmd,ddm-admin-host,ddm-notify-host})
	for file in "$work"/gcc/{*.so.0,providers/ddm.so,pppd-plugin/ddm.so} "${programs[@]}"; do
		readelf -W -l "$file" | grep -q 'GNU_STACK .* RW ' || { echo "$file: stack"; return 1; }
		readelf -d "$file" | grep -q 'BIND_NOW' || { echo "$file: not bound now"; return 1; }
		readelf -W -l "$file" | grep -q GNU_RELRO || { echo "$file: no relro"; return 1; }
		nm -D "$file" | grep -q '__stack_chk_fail' || { echo "$file: stack is not protected"; return 1; }
		nm -D "$file" | grep -q '_chk@' || { echo "$file: sources are not fortified"; return 1; }
	done
	for file in "${programs[@]}"; do
		readelf -h "$file" | grep -q 'Type: *DYN' || { echo "$file: at a fixed address"; return 1; }
	done
}

# As the README says: pkg-config gives all that a program needs
installs_and_links() {
	local stage=$work/stage
	make -s install-user B="$work/gcc" DESTDIR="$stage" PREFIX=/usr || return 1
	export PKG_CONFIG_SYSROOT_DIR=$stage PKG_CONFIG_LIBDIR=$stage/usr/lib/pkgconfig:/usr/lib/x86_64-linux-gnu/pkgconfig:/usr/lib/pkgconfig
	# shellcheck disable=SC2046 # words are what pkg-config is for
	gcc -o "$work/list" tools/examples/list.c $(pkg-config --cflags --libs mprapi) &&
		gcc -o "$work/list-static" tools/examples/list.c $(pkg-config --cflags mprapi) \
			"$stage/usr/lib/libmprapi.a" "$stage/usr/lib/libddm.a" -lmnl -pthread &&
		printf '#include <ddm.h>\nint main(void){struct ddm *d;return ddm_open(&d)==1;}\n' > "$work/c.c" &&
		gcc -o "$work/c" "$work/c.c" $(pkg-config --cflags --libs libddm) &&
		g++ -x c++ -fsyntax-only "$work/c.c" $(pkg-config --cflags libddm) || return 1
	# it runs: without the module the answer is a documented error
	LD_LIBRARY_PATH=$stage/usr/lib "$work/list" 2>&1 | grep -q 'error 903' || return 1
	make -s uninstall DESTDIR="$stage" PREFIX=/usr || return 1
	! find "$stage" -type f -o -type l | grep .
}

# With nothing said, as the README says: pppd looks in one folder, whatever
# PREFIX is. What was built for another one will do.
installs_where_it_is_looked_for() {
	local stage=$work/local
	make -s install-user B="$work/gcc" DESTDIR="$stage" || return 1
	set -- "$stage"/usr/lib/pppd/[0-9]*/ddm.so
	[ -e "$1" ] || { find "$stage" -name ddm.so; return 1; }
	[ -d "$stage/etc/ddm/interfaces.d" ] || return 1
	make -s uninstall DESTDIR="$stage" || return 1
	! find "$stage" -type f -o -type l | grep .
}

# With ddmd where it lies here: systemd looks for what is to be started.
unit_is_understood() {
	local stage=$work/local
	command -v systemd-analyze > /dev/null || return 0
	make -s install-user B="$work/gcc" DESTDIR="$stage" || return 1
	sed "s,^ExecStart=,&$stage," "$stage"/usr/local/lib/systemd/system/ddmd.service \
		> "$work/ddmd.service" || return 1
	silent systemd-analyze verify --man=no "$work/ddmd.service"
}

unit_names() { # KEY WORD...
	local word
	for word in "${@:2}"; do
		grep "^$1=" tools/ddmd/ddmd.service | grep -qw -- "$word" && continue
		echo "$1 of the unit does not name $word"
		return 1
	done
}

folders_of_ddmd() { # /run or /etc: its own there, by what is written in it
	grep -aoE "$1/[a-z]+" "$work/gcc/ddmd" | grep -v /ppp | sort -u | sed 's,.*/,,'
}

# What ddmd uses itself, and its pppds (sockets of PPPoE, DHCP by a script)
unit_lets_ddmd_work() {
	local made kept families
	made=$(folders_of_ddmd /run) kept=$(folders_of_ddmd /etc)
	families=$(grep -ohE 'socket(pair)?\(AF_[A-Z0-9]+' tools/ddmd/*.c tools/ddmd/host/*.c \
		tools/pppd-plugin/*.c | sed 's/.*(//' | sort -u)
	[ -n "$made" ] && [ -n "$kept" ] && [ -n "$families" ] || return 1
	# shellcheck disable=SC2086 # words
	unit_names RuntimeDirectory $made && unit_names ConfigurationDirectory $kept &&
		unit_names RestrictAddressFamilies $families AF_NETLINK AF_PPPOX AF_PACKET &&
		unit_names CapabilityBoundingSet CAP_NET_ADMIN CAP_NET_RAW CAP_KILL &&
		unit_names RuntimeDirectoryPreserve yes && unit_names KillMode process || return 1
	# says that it is ready, and that it is alive, if asked to
	unit_names Type notify && grep -q NOTIFY_SOCKET "$work/gcc/ddmd" &&
		unit_names WatchdogSec '[0-9]*' && grep -q WATCHDOG_USEC "$work/gcc/ddmd"
}

compiles_for_windows() {
	local file kind
	for file in tools/examples/*.c; do
		kind=-mconsole
		case $file in */callout.c) kind=-shared ;; esac
		x86_64-w64-mingw32-gcc -std=c11 -Wall -Wextra -Werror -DUNICODE "$kind" \
			-o "$work/a.exe" "$file" -lmprapi || return 1
		[ "$(wc -l < "$file")" -lt 100 ] || { echo "$file: 100 lines or more"; return 1; }
	done
}

man_pages_are_clean() {
	local page
	for page in $(tree '*.[1-8]'); do
		silent mandoc -T lint -W warning "$page" || return 1
	done
}

plan 11
check user_space_compiles_in_silence_with_gcc compiles_in_silence gcc
check user_space_compiles_in_silence_with_clang compiles_in_silence clang
check every_exported_symbol_is_ours_and_versioned symbols_are_versioned
check libraries_need_libmnl_alone needs_libmnl_alone
check libraries_and_programs_are_hardened no_executable_stack_and_all_bound
check installed_libraries_link_by_pkg_config installs_and_links
check what_is_installed_is_where_it_is_looked_for installs_where_it_is_looked_for
check unit_is_understood_by_systemd unit_is_understood
check unit_lets_ddmd_do_what_it_does unit_lets_ddmd_work
check examples_compile_for_windows_too compiles_for_windows
check man_pages_are_clean man_pages_are_clean
finish
