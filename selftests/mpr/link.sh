#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the linker sees of libmpr. CC names the compiler; MPR_BUILD is where the
# libraries were built. Tests are called by their names.
# shellcheck disable=SC2317,SC2086
set -u
root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
build=${MPR_BUILD:-$root/build}
CC=${CC:-cc}

skip_all() { printf 'TAP version 13\n1..0 # SKIP %s\n' "$1"; exit 4; }

for tool in "$CC" nm readelf; do
	command -v "$tool" > /dev/null || skip_all "needs $tool"
done
[ -e "$build/libmpr.so" ] || skip_all 'libmpr is not built'
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

include="-I$root/lib/include/windows"
libraries="-L$build -lmpr -lmprapi -Wl,-rpath-link,$build"
export LD_LIBRARY_PATH=$build DDM_MPR_CONFDIR=$work

cat > calls.c << 'END'
#include <windows.h>
#include <npapi.h>

int main(void)
{
	NETRESOURCEW resource = { .lpRemoteName = (LPWSTR)L"\\\\ddm\\x" };

	/* The error is the thread's own, whichever library sets it. */
	return WNetAddConnection2W(&resource, NULL, NULL, 0) != ERROR_NO_NETWORK ||
	       GetLastError() != ERROR_NO_NETWORK;
}
END

a_program_links_and_runs() { $CC $include calls.c $libraries -o calls && ./calls; }

short_wchar_program_does_not_link()
{
	! $CC $include -fshort-wchar calls.c $libraries -o short 2> errors &&
		cat errors && grep -q WNetAddConnection2W__wchar16 errors
}

only_documented_names_are_exported()
{
	nm -D --defined-only "$build/libmpr.so" |
		sed -n 's/.* [TDBR] \(.*\)@@MPR_1\.0$/\1/p' | sort > exported
	grep -hoE 'MPRAPI_SYMBOL\(WNet[A-Za-z0-9]+\)' \
		"$root"/lib/include/windows/{winnetwk,npapi}.h |
		sed 's/.*(\(.*\))/\1/' | sort > declared
	[ -s exported ] && diff declared exported || return
	# And one for the host, which is nobody else's.
	nm -D --defined-only "$build/libmpr.so" | grep ' T ' | grep -v '@@MPR_1\.0$' > private
	cat private
	[ "$(awk '{ print $3 }' private)" = mpr_set_depth@@MPR_PRIVATE ]
}

providers_export_what_the_router_looks_for()
{
	nm -D --defined-only "$build/providers/ddm.so" | awk '{ print $3 }' | sort > exported
	printf '%s\n' NPAddConnection NPAddConnection3 NPCancelConnection NPCloseEnum \
		NPEnumResource NPGetCaps NPGetConnection NPOpenEnum | diff - exported
}

nothing_runs_before_main()
{
	readelf -WS "$build"/lib/mpr/*.o > sections &&
		! grep -E '\.(init_array|ctors|preinit_array)' sections
}

tests="a_program_links_and_runs short_wchar_program_does_not_link
	only_documented_names_are_exported
	providers_export_what_the_router_looks_for nothing_runs_before_main"
number=0 failed=0
printf 'TAP version 13\n1..%d\n' "$(echo $tests | wc -w)"
for test in $tests; do
	number=$((number + 1))
	if "$test" > log 2>&1; then
		echo "ok $number $test"
	else
		sed 's/^/# /' log
		echo "not ok $number $test"
		failed=1
	fi
done
exit $failed
