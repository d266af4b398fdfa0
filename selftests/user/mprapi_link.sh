#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the linker sees of libmprapi: names that clash with nobody's, and a
# program with 16-bit text that does not link. CC and CXX name the compilers;
# MPRAPI_LIBDIR is where the libraries were built.
# Tests are called by their names; lists are split on purpose.
# shellcheck disable=SC2317,SC2086
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
lib=${MPRAPI_LIBDIR:-$top/build}
CC=${CC:-cc}
CXX=${CXX:-c++}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

include="-I$top/lib/include/windows"
# What a program needs, and libddm behind it.
libraries="-L$lib -lmprapi -Wl,-rpath-link,$lib"

cat > calls.c << 'END'
#include <mprapi.h>
#include <mprevent.h>

int main(void)
{
	HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL), server;

	SetEvent(event);
	if (WaitForSingleObject(event, 0) || mpr_event_fd(event) < 0)
		return 1;
	if (MprAdminServerConnect(NULL, &server))
		return 2;
	MprAdminServerDisconnect(server);
	return !CloseHandle(event);
}
END

# Another Win32 layer, with functions of the same names and other meanings.
cat > layer.c << 'END'
int SetEvent(int a, int b) { return a + b; }
int CloseHandle(void) { return 7; }
unsigned int GetLastError(void) { return 99; }
END

number=0
failed=0

check()
{
	local name=$1

	number=$((number + 1))
	if "$name" > log 2>&1; then
		echo "ok $number $name"
	else
		sed 's/^/# /' log
		echo "not ok $number $name"
		failed=1
	fi
}

a_program_links_and_runs()
{
	$CC $include calls.c $libraries -o calls && LD_LIBRARY_PATH=$lib ./calls
}

a_cxx_program_links_and_runs()
{
	cp calls.c calls.cpp &&
		$CXX $include calls.cpp $libraries -o calls-cxx &&
		LD_LIBRARY_PATH=$lib ./calls-cxx
}

base_symbols_are_prefixed()
{
	$CC $include -c calls.c -o calls.o && nm -u calls.o > undefined &&
		grep -q ' mpr_SetEvent$' undefined &&
		grep -q ' mpr_event_fd$' undefined &&
		grep -q ' MprAdminServerConnect$' undefined &&
		! grep -v -E ' (mpr_|MprAdmin|_GLOBAL_OFFSET_TABLE_)' undefined
}

another_win32_layer_may_be_linked()
{
	$CC $include calls.c layer.c $libraries -o both &&
		LD_LIBRARY_PATH=$lib ./both
}

short_wchar_program_does_not_link()
{
	$CC $include -fshort-wchar -c calls.c -o short.o || return 1
	if $CC short.o $libraries -o short 2> errors; then
		echo "it links"
		return 1
	fi
	cat errors
	# Every call is missing, not only those with text.
	grep -q 'mpr_SetEvent__wchar16' errors &&
		grep -q 'MprAdminServerDisconnect__wchar16' errors
}

only_documented_names_are_exported()
{
	nm -D --defined-only "$lib/libmprapi.so" |
		sed -n 's/.* [TDBR] \([A-Za-z0-9_]*\).*/\1/p' | sort > exported
	{
		grep -hoE 'MPRAPI_SYMBOL\([A-Za-z0-9]+\)' \
			"$top/lib/include/windows/mprapi.h" |
			sed 's/.*(\(.*\))/\1/'
		grep -hoE 'MPRAPI_WIN32\([A-Za-z0-9_]+\)' \
			"$top"/lib/include/windows/{synchapi,winbase,mprevent}.h |
			sed 's/.*(\(.*\))/mpr_\1/'
	} | sort > declared
	[ -s exported ] && diff declared exported
}

exports_are_versioned()
{
	nm -D --defined-only "$lib/libmprapi.so" | grep ' T ' > symbols &&
		! grep -v '@@MPRAPI_1\.' symbols
}

# A static program shares one name space with all of the archive.
archive_has_no_names_of_others()
{
	nm -g --defined-only "$lib/libmprapi.a" |
		sed -n 's/.* [A-Z] //p' > globals
	[ -s globals ] && ! grep -v -E '^(mpr_|MprAdmin)' globals
}

# Constructors run in programs that only link us.
nothing_runs_before_main()
{
	readelf -WS "$lib/libmprapi.a" > sections &&
		! grep -E '\.(init_array|ctors|preinit_array)' sections
}

tests="a_program_links_and_runs a_cxx_program_links_and_runs
	base_symbols_are_prefixed another_win32_layer_may_be_linked
	short_wchar_program_does_not_link only_documented_names_are_exported
	exports_are_versioned archive_has_no_names_of_others
	nothing_runs_before_main"

echo "TAP version 13"
echo "1..$(echo $tests | wc -w)"
for test in $tests; do
	check "$test"
done
exit $failed
