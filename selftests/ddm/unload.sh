#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# unload.sh: the tests that take the module away, when all others are over.
# Leaves it loaded, whatever became of them.
program=${OUTPUT:-$(dirname "$0")/../../build/selftests/ddm}-tools/unload

skip() {
	echo 'TAP version 13'
	echo "1..0 # SKIP $*"
	exit 4
}

[ "$(id -u)" = 0 ] || skip 'needs root'
[ -d /sys/module/ddm ] || skip 'needs the module ddm to be loaded'
[ -x "$program" ] || skip 'its program is not built: make -C selftests/ddm'

"$program"
status=$?
if ! [ -d /sys/module/ddm ]; then
	if [ -n "${DDM_KO-}" ]; then insmod "$DDM_KO"; else modprobe ddm; fi || status=1
fi
exit "$status"
