# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the tests of \\ddm\NAME share: libmpr as it is installed, with its
# notify host, the provider ddm and the notifyees a, b and c, which write into
# one file what they hear.
# A script that dials with ddmd has it already.
if ! declare -F until_event > /dev/null; then
	# shellcheck source=../links/lib.sh
	. "${BASH_SOURCE[0]%/*}/../links/lib.sh"
fi

root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
build=${MPR_BUILD:-$root/build}
parts=$build/selftests/mpr-plugins

for part in "$build"/{libmpr.so.0,ddm-notify-host,ddmctl,providers/ddm.so} \
	"$parts"/{wnet,notifyee-a.so}; do
	[ -e "$part" ] || skip_all "$part is not built"
done

export LD_LIBRARY_PATH=$build
export DDM_MPR_CONFDIR=$tmp/conf DDM_MPR_HOST=$build/ddm-notify-host
export MPR_TEST_LOG=$tmp/calls.log XDG_CONFIG_HOME=$tmp/config

mkdir -p "$tmp"/conf/{notify.d,providers.d} "$tmp/config"
printf 'name=ddm\npath=%s\n' "$build/providers/ddm.so" \
	> "$tmp/conf/providers.d/10-ddm.conf"
for part in a b c; do
	echo "path=$parts/notifyee-$part.so" > "$tmp/conf/notify.d/$part.conf"
done

# wnet NAME WORD...: a call from a namespace
wnet() {
	local name=$1
	shift
	inside "$name" "$parts/wnet" "$@"
}

# returns CODE NAME WORD...: the last line that wnet prints
returns() {
	local wanted=$1 got
	shift
	got=$(wnet "$@" 2>&1)
	same "wnet $*" "$wanted" "${got##*$'\n'}" && return
	say "$got"
	return 1
}

# says TEXT NAME WORD...: all that wnet prints
says() {
	local wanted=$1
	shift
	same "wnet $*" "$wanted" "$(wnet "$@" 2>&1)"
}

# heard: what the notifyees heard since the last time is the standard input.
# It is printed, for a reader of the test's output.
heard() {
	local wanted got
	wanted=$(sed 's/^[[:blank:]]*//; /^$/d')
	got=$(cat "$MPR_TEST_LOG" 2> /dev/null)
	rm -f "$MPR_TEST_LOG"
	[ -z "$got" ] || echo "# notified: ${got//$'\n'/$'\n'# notified: }"
	same 'notifications' "$wanted" "$got"
}

# nothing_left: no credentials are lying about.
nothing_left() {
	local left
	left=$(find /run/ddm/credentials -type f 2> /dev/null)
	same 'credentials left' '' "$left"
}
