#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pppd's plugin compiles in silence for both pppds: 2.4.9, whose headers this
# Debian installs, and 2.5, whose headers are those of the next Debian. They are
# fetched once, by apt, into the cache; nothing is installed.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

next=trixie
cache=${DDM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ddm}
headers=$cache/ppp-dev-$next

fetch() {
	mkdir -p "$cache"
	selftests/vm/other-debian "$next" ppp-dev "$work/ppp-dev" || return
	[ -e "$work/ppp-dev/usr/include/pppd/pppdconf.h" ] ||
		{ echo "ppp-dev of $next is not pppd 2.5"; return 1; }
	# two that fetch at a time must not spoil each other's
	mv -T "$work/ppp-dev" "$headers" 2> /dev/null || [ -e "$headers" ]
}

compiles() { # COMPILER [OPTION...]
	local compiler=$1 source
	shift
	for source in tools/pppd-plugin/*.c; do
		silent "$compiler" -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror \
			"$@" -O2 -fPIC -c -o "$work/plugin.o" "$source" || return
	done
}

# What it is is seen first, so that it is not the installed one that is compiled against
compiles_for_next() { # COMPILER
	[ -e "$headers" ] || fetch || { echo "ppp-dev of $next cannot be fetched"; return 1; }
	echo '#include <pppd/pppdconf.h>
	PPPD_VERSION' | gcc -I "$headers/usr/include" -E -P - | grep -q '"2\.5' ||
		{ echo "$headers is not of pppd 2.5"; return 1; }
	compiles "$1" -I "$headers/usr/include"
}

plan 4
check plugin_compiles_for_pppd_2_4_9_with_gcc compiles gcc
check plugin_compiles_for_pppd_2_4_9_with_clang compiles clang
check plugin_compiles_for_pppd_2_5_with_gcc compiles_for_next gcc
check plugin_compiles_for_pppd_2_5_with_clang compiles_for_next clang
finish
