#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Holds the Windows-named headers against the tables of what Windows has, and
# the error texts against the headers. Runs on the build machine, needs no
# module. CC and CXX name the compilers; V=1 shows the generated programs.

# Tests are called by their names; lists are split on purpose.
# shellcheck disable=SC2317,SC2086
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
include=$top/lib/include/windows
data=$top/selftests/data
CC=${CC:-gcc}
CXX=${CXX:-g++}
warnings="-Wall -Wextra -Wpedantic -Werror"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# --- What is left out ---

# DELETE: a right that no call asks for, under a name that programs use.
# NERR_...: lmerr.h, for the user administration calls of a later issue;
# NERR_InvalidComputer has a text already and is in winerror.h.
extra_left_out='^(DELETE|NERR_Success|NERR_UserNotFound|NERR_BASE)$'

# --- The calls that the libraries export, with the types of the pages ---

calls="
DWORD MprAdminServerConnect LPWSTR,HANDLE*
VOID MprAdminServerDisconnect HANDLE
BOOL MprAdminIsServiceRunning LPWSTR
DWORD MprAdminBufferFree LPVOID
DWORD MprAdminGetErrorString DWORD,LPWSTR*
DWORD MprAdminInterfaceCreate HANDLE,DWORD,LPBYTE,HANDLE*
DWORD MprAdminInterfaceGetHandle HANDLE,LPWSTR,HANDLE*,BOOL
DWORD MprAdminInterfaceDelete HANDLE,HANDLE
DWORD MprAdminInterfaceGetInfo HANDLE,HANDLE,DWORD,LPBYTE*
DWORD MprAdminInterfaceSetInfo HANDLE,HANDLE,DWORD,LPBYTE
DWORD MprAdminInterfaceEnum HANDLE,DWORD,LPBYTE*,DWORD,LPDWORD,LPDWORD,LPDWORD
DWORD MprAdminInterfaceConnect HANDLE,HANDLE,HANDLE,BOOL
DWORD MprAdminInterfaceDisconnect HANDLE,HANDLE
DWORD MprAdminConnectionEnum HANDLE,DWORD,LPBYTE*,DWORD,LPDWORD,LPDWORD,LPDWORD
DWORD MprAdminConnectionGetInfo HANDLE,DWORD,HANDLE,LPBYTE*
DWORD MprAdminConnectionClearStats HANDLE,HANDLE
DWORD MprAdminPortEnum HANDLE,DWORD,HANDLE,LPBYTE*,DWORD,LPDWORD,LPDWORD,LPDWORD
DWORD MprAdminPortGetInfo HANDLE,DWORD,HANDLE,LPBYTE*
DWORD MprAdminPortClearStats HANDLE,HANDLE
DWORD MprAdminPortReset HANDLE,HANDLE
DWORD MprAdminPortDisconnect HANDLE,HANDLE
DWORD MprAdminRegisterConnectionNotification HANDLE,HANDLE
DWORD MprAdminDeregisterConnectionNotification HANDLE,HANDLE
DWORD WNetAddConnectionA LPCSTR,LPCSTR,LPCSTR
DWORD WNetAddConnectionW LPCWSTR,LPCWSTR,LPCWSTR
DWORD WNetAddConnection2A LPNETRESOURCEA,LPCSTR,LPCSTR,DWORD
DWORD WNetAddConnection2W LPNETRESOURCEW,LPCWSTR,LPCWSTR,DWORD
DWORD WNetAddConnection3A HWND,LPNETRESOURCEA,LPCSTR,LPCSTR,DWORD
DWORD WNetAddConnection3W HWND,LPNETRESOURCEW,LPCWSTR,LPCWSTR,DWORD
DWORD WNetCancelConnectionA LPCSTR,BOOL
DWORD WNetCancelConnectionW LPCWSTR,BOOL
DWORD WNetCancelConnection2A LPCSTR,DWORD,BOOL
DWORD WNetCancelConnection2W LPCWSTR,DWORD,BOOL
DWORD WNetGetConnectionA LPCSTR,LPSTR,LPDWORD
DWORD WNetGetConnectionW LPCWSTR,LPWSTR,LPDWORD
DWORD WNetRestoreConnectionA HWND,LPCSTR
DWORD WNetRestoreConnectionW HWND,LPCWSTR
DWORD WNetOpenEnumA DWORD,DWORD,DWORD,LPNETRESOURCEA,LPHANDLE
DWORD WNetOpenEnumW DWORD,DWORD,DWORD,LPNETRESOURCEW,LPHANDLE
DWORD WNetEnumResourceA HANDLE,LPDWORD,LPVOID,LPDWORD
DWORD WNetEnumResourceW HANDLE,LPDWORD,LPVOID,LPDWORD
DWORD WNetCloseEnum HANDLE
DWORD WNetGetLastErrorA LPDWORD,LPSTR,DWORD,LPSTR,DWORD
DWORD WNetGetLastErrorW LPDWORD,LPWSTR,DWORD,LPWSTR,DWORD
VOID WNetSetLastErrorA DWORD,LPSTR,LPSTR
VOID WNetSetLastErrorW DWORD,LPWSTR,LPWSTR
"
call_names() { awk 'NF { print $2 }' <<< "$calls" | sort; }

# --- Helpers ---

# compile OUT FILE [FLAG...]: as C11, messages to $work/messages.
compile()
{
	local out=$1 file=$2

	shift 2
	[ -z "${V:-}" ] || sed 's/^/# /' "$file"
	$CC -std=c11 -I"$include" $warnings "$@" -o "$out" "$file" \
		> "$work/messages" 2>&1 || { head -30 "$work/messages"; return 1; }
}

# Compiles and runs a generated program; what it prints are the faults.
compile_and_run()
{
	compile "$work/prog" "$@" && "$work/prog"
}

# rows TABLE: the rows without the heading.
rows() { tail -n +2 "$data/$1"; }

includes()
{
	local header

	for header in windows mprapi mprerror raserror lmcons ras npapi; do
		echo "#include <$header.h>"
	done
	echo '#include <stdio.h>'
}

# --- Constants ---

# constants_program LEAST: reads rows of name and value, makes a program that
# compares, and wants to have seen so many: no table passes that was cut.
constants_program()
{
	includes
	cat <<-'END'
	static int faults, checked;

	static void check(const char *name, long long is, long long should)
	{
		checked++;
		if (is == should)
			return;
		printf("%s is %lld, should be %lld\n", name, is, should);
		faults++;
	}

	int main(void)
	{
	END
	awk -F'\t' '{ printf "\tcheck(\"%s\", (long long)(%s), %sLL);\n",
		      $1, $1, $2 }'
	cat <<-END
		printf("checked %d constants of $1\n", checked);
		return faults || checked < $1;
	}
	END
}

constants_match_the_table()
{
	rows mprapi-constants.tsv | constants_program 535 > "$work/constants.c"
	compile_and_run "$work/constants.c"
}

# lmcons.h, ras.h, winnetwk.h, wnnc.h, winerror.h, winnt.h and what only newer
# SDKs have.
extra_constants_match_the_table()
{
	echo "left out: $extra_left_out"
	rows mprapi-constants-extra.tsv |
		awk -F'\t' -v left_out="$extra_left_out" '$1 !~ left_out' |
		constants_program 450 > "$work/constants.c"
	compile_and_run "$work/constants.c"
}

# --- Layout ---

# layout_program LEAST WHICH [LEAVE-OUT...]: compares with the table, and wants to
# have checked so many at the least. WHICH is "short" (all sizes and offsets), or
# "native" (text wider, nothing else). A structure with a suffix (X#mingw10) is
# looked at only if WHICH is "short#suffix".
layout_program()
{
	local least=$1 which=${2%%#*} suffix=

	[[ $2 != *#* ]] || suffix=${2#*#}
	shift 2
	includes
	cat <<-'END'
	#include <stddef.h>
	#include <string.h>

	static int faults, checked, text, widened;

	static void check(const char *what, const char *is_a, size_t is,
			  size_t should)
	{
		checked++;
		if (is == should)
			return;
		printf("%s: %s is %zu, should be %zu\n", what, is_a, is, should);
		faults++;
	}

	/* Windows' names tell: wszName and szName are text, pointers have 8. */
	static int named_text(const char *field, size_t size)
	{
		return size > 8 && (!strncmp(field, "wsz", 3) ||
				    !strncmp(field, "sz", 2));
	}

	#define M(s, f)		(((s *)NULL)->f)
	#define WIDE(s, f, size) \
		__builtin_types_compatible_p(__typeof__(M(s, f)), \
					     WCHAR[(size) < 2 ? 1 : (size) / 2])
	/* GCC's class of structures; Clang gives unions the same or the next. */
	#define RECORD(s, f)	(__builtin_classify_type(M(s, f)) == 12 || \
				 __builtin_classify_type(M(s, f)) == 13)

	#define SHORT_SIZE(s, size)	check(#s, "size", sizeof(s), size)
	#define SHORT_ALIGN(s, size)	check(#s, "alignment", _Alignof(s), size)
	#define SHORT_FIELD(s, f, offset, size) do { \
		check(#s "." #f, "offset", offsetof(s, f), offset); \
		check(#s "." #f, "size", sizeof(M(s, f)), size); \
	} while (0)
	#define SHORT_END(s, size)	((void)0)

	#define NATIVE_SIZE(s, size)	(widened = 0)
	#define NATIVE_ALIGN(s, size)	((void)0)
	#define NATIVE_FIELD(s, f, offset, size) do { \
		check(#s "." #f, "being text", WIDE(s, f, size), \
		      named_text(#f, size)); \
		if (WIDE(s, f, size)) { \
			check(#s "." #f, "text size", sizeof(M(s, f)), \
			      (size) / 2 * sizeof(WCHAR)); \
			text++, widened++; \
		} else if (RECORD(s, f)) { \
			widened++; \
		} else { \
			check(#s "." #f, "size", sizeof(M(s, f)), size); \
		} \
		if (!widened) \
			check(#s "." #f, "offset", offsetof(s, f), offset); \
	} while (0)
	#define NATIVE_END(s, size) do { \
		if (!widened) \
			check(#s, "size", sizeof(s), size); \
	} while (0)

	int main(void)
	{
		(void)widened;
		(void)named_text;
	END
	rows mprapi-layout.tsv | awk -F'\t' -v which="${which^^}" \
		-v suffix="$suffix" -v left_out="$*" '
	BEGIN { split(left_out, names, /[ \t\n]+/); for (i in names) skip[names[i]] }
	function end() { if (s) printf "\t%s_END(%s, %s);\n", which, s, size }
	$1 in skip { next }
	{ variant = "" }
	$1 ~ /#/ { variant = substr($1, index($1, "#") + 1);
		   if (variant != suffix) next
		   sub(/#.*/, "", $1) }
	$2 == "sizeof" { end(); s = $1; size = $4
			 printf "\t%s_SIZE(%s, %s);\n", which, $1, $4; next }
	$2 == "alignof" { printf "\t%s_ALIGN(%s, %s);\n", which, $1, $4; next }
	{ printf "\t%s_FIELD(%s, %s, %s, %s);\n", which, $1, $2, $3, $4 }
	END { end() }'
	cat <<-END
		printf("checked %d sizes and offsets, %d of text\n", checked, text);
		if ("$which"[0] == 'n' && !text) {
			printf("found no text at all\n");
			return 1;
		}
		return faults || checked < $least;
	}
	END
}

layouts_match_the_table()
{
	layout_program 1522 short > "$work/layout.c"
	compile_and_run "$work/layout.c" -fshort-wchar $m64
}

# The form of mingw-w64 10: only the callouts' structure differs.
layouts_match_the_table_of_mingw10()
{
	layout_program 1518 short#mingw10 MPRAPI_ADMIN_DLL_CALLBACKS > "$work/layout.c"
	compile_and_run "$work/layout.c" -fshort-wchar $m64 -DMPRAPI_MINGW_COMPAT
}

# The names as the newest SDK uses them.
layouts_match_the_table_of_sdk10()
{
	local old new

	layout_program 1482 short#sdk10 IKEV2_CONFIG_PARAMS L2TP_CONFIG_PARAMS \
		MPRAPI_TUNNEL_CONFIG_PARAMS MPR_SERVER_EX \
		MPR_SERVER_SET_CONFIG_EX > "$work/layout.c"
	for old in L2TP_CONFIG_PARAMS MPRAPI_TUNNEL_CONFIG_PARAMS \
		   MPR_SERVER_EX MPR_SERVER_SET_CONFIG_EX; do
		new=${old}1
		echo "_Static_assert(__builtin_types_compatible_p($old, $new)," \
		     "\"$old is $new\");"
	done >> "$work/layout.c"
	compile_and_run "$work/layout.c" -fshort-wchar $m64 -DMPRAPI_SDK10_NAMES
}

every_suffix_in_the_table_is_tested()
{
	local suffixes

	suffixes=$(rows mprapi-layout.tsv | cut -f1 | sed -n 's/.*#//p' |
		sort -u | tr '\n' ' ')
	[ "$suffixes" = "mingw10 sdk10 " ] || {
		echo "the table has these forms: $suffixes"
		return 1
	}
}

native_layout_only_widens_text()
{
	layout_program 1527 native > "$work/layout.c"
	compile_and_run "$work/layout.c"
}

# --- Compilers ---

all_headers()
{
	local header

	for header in "$include"/*.h; do
		echo "#include <$(basename "$header")>"
	done
}

# Every header, in both orders and twice, by one compiler.
compiles_with()
{
	local compiler=$1 std language width

	case $compiler in
	*++*)	language=c++ std="c++11 c++17 c++20" ;;
	*)	language=c std="c11 c17 gnu11" ;;
	esac
	{
		all_headers
		all_headers | tac
	} > "$work/all.c"
	for std in $std; do
		for width in -fno-short-wchar -fshort-wchar; do
			$compiler -x $language -std=$std $width -I"$include" \
				$warnings -Wconversion -Wshadow \
				-fsyntax-only "$work/all.c" \
				> "$work/messages" 2>&1 || {
				echo "$compiler -std=$std $width:"
				head -30 "$work/messages"
				return 1
			}
		done
	done
}

every_header_is_self_sufficient()
{
	local header language fault=0

	for header in "$include"/*.h; do
		for language in "c -std=c11" "c++ -std=c++11"; do
			printf '#include <%s>\nextern int filler;\n' \
				"$(basename "$header")" > "$work/one.c"
			$CC -x $language -I"$include" $warnings -fsyntax-only \
				"$work/one.c" > "$work/messages" 2>&1 && continue
			echo "$header as $language:"
			head -10 "$work/messages"
			fault=1
		done
	done
	return $fault
}

# A program of Linux includes these as well, before or after.
headers_live_with_those_of_linux()
{
	local others order

	others=$(printf '#include <%s>\n' errno.h fcntl.h netdb.h netinet/in.h \
		arpa/inet.h sys/socket.h net/if.h poll.h sys/eventfd.h wchar.h \
		signal.h unistd.h linux/genetlink.h linux/if_link.h)
	for order in before after; do
		{
			echo '#define _GNU_SOURCE'
			[ $order = after ] || echo "$others"
			all_headers
			echo "$others"
		} > "$work/both.c"
		compile "$work/both.o" "$work/both.c" -c || return 1
	done
}

# --- Calls ---

calls_have_the_documented_types()
{
	{
		echo '#include <mprapi.h>'
		echo '#include <npapi.h>'
		awk 'NF { n = $2; sub(/^MprAdmin/, "", n)
			  printf "%s (*take_%s)(%s) = %s;\n",
				 $1, n, $3, $2 }' <<< "$calls"
	} > "$work/calls.c"
	compile "$work/calls.o" "$work/calls.c" -c
}

exactly_these_calls_are_declared()
{
	printf '#include <%s>\n' mprapi.h npapi.h | $CC -E -P -x c -I"$include" - |
		tr '\n' ' ' | grep -oE '\<(Mpr|Ras|WNet)[A-Za-z0-9]+ *\(' |
		tr -d ' (' | sort -u > "$work/declared"
	call_names | diff - "$work/declared" | sed -n \
		-e 's/^< /not declared: /p' -e 's/^> /declared too: /p'
	call_names | cmp -s - "$work/declared"
}

# Notifyees and providers export these, and the router looks them up.
plugin_functions_have_the_types_of_their_pointers()
{
	local names

	names=$(sed -nE 's/.*\(WINAPI \*PF_([A-Za-z0-9]+)\).*/\1/p' \
		"$include/npapi.h")
	{
		echo '#include <npapi.h>'
		for name in $names; do
			echo "PF_$name take_$name = $name;"
		done
	} > "$work/plugin.c"
	compile "$work/plugin.o" "$work/plugin.c" -c || return 1
	echo "compared $(wc -w <<< "$names")"
	[ "$(wc -w <<< "$names")" -eq 28 ]
}

# A program with 16-bit text must not link with a library with 32-bit text.
linker_names_tell_the_width_of_text()
{
	local compiler suffix width

	calls_have_the_documented_types || return 1
	for compiler in "$CC -x c" "$CXX -x c++"; do
		for width in -fno-short-wchar -fshort-wchar; do
			suffix=
			[ $width != -fshort-wchar ] || suffix=__wchar16
			$compiler $width -I"$include" -c -o "$work/calls.o" \
				"$work/calls.c" || return 1
			nm -u "$work/calls.o" | awk '{ print $NF }' |
				grep -E 'Mpr|WNet' | sort > "$work/undefined"
			call_names | sed "s/\$/$suffix/" | sort |
				diff - "$work/undefined" || {
				echo "$compiler $width: other names than these"
				return 1
			}
		done
	done
}

# --- Error texts ---

code_names='((ERROR|WARNING|RPC_S|RPC_X|NERR)_[A-Za-z0-9_]+|PENDING|NO_ERROR)'

# The names of error codes that a header defines.
codes_of()
{
	sed -nE "s/^#define[ \t]+${code_names}[ \t].*/\1/p" "$include/$1"
}

# error_program MODE: MODE "codes" looks each code of the headers up, "table"
# walks the table.
error_program()
{
	includes
	echo '#include <string.h>'
	echo '#include "error_text.h"'
	if [ "$1" = codes ]; then
		echo 'static const struct { DWORD code; const char *name; } c[] = {'
		{ codes_of mprerror.h; codes_of raserror.h; codes_of winerror.h; } |
			sed 's/.*/{ &, "&" },/'
		cat <<-'END'
		};

		int main(void)
		{
			const unsigned int n = sizeof(c) / sizeof(c[0]);
			int faults = 0;

			for (unsigned int i = 0; i < n; i++) {
				if (mpr_error_text(c[i].code))
					continue;
				printf("%s (%u) has no text\n", c[i].name,
				       c[i].code);
				faults++;
			}
			printf("looked %u codes up\n", n);
			return faults || n < 400;
		}
		END
		return
	fi
	cat <<-'END'
	#define MPR_ERROR(code, text)	{ code, #code, text },
	static const struct { DWORD code; const char *name, *text; } t[] = {
	#include "errors.def"
	};

	static int sentence(const char *s)
	{
		size_t n = strlen(s);

		return n > 10 && n < 160 && s[n - 1] == '.' &&
		       !strpbrk(s, "\r\n\t%") && !strstr(s, "  ") &&
		       ((s[0] >= 'A' && s[0] <= 'Z'));
	}

	int main(void)
	{
		const unsigned int n = sizeof(t) / sizeof(t[0]);
		DWORD last = t[n - 1].code;
		unsigned int known = 0;
		int faults = 0;

		for (unsigned int i = 0; i < n; i++) {
			const char *found = mpr_error_text(t[i].code);

			if (i && t[i].code <= t[i - 1].code)
				faults++, printf("%s is not after %s\n",
						 t[i].name, t[i - 1].name);
			if (!sentence(t[i].text))
				faults++, printf("%s: no sentence: %s\n",
						 t[i].name, t[i].text);
			if (!found || strcmp(found, t[i].text))
				faults++, printf("%s: found %s\n", t[i].name,
						 found ? found : "nothing");
		}
		for (DWORD code = 0; code <= last + 1000; code++)
			known += !!mpr_error_text(code);
		if (known != n)
			faults++, printf("%u codes have texts, the table has %u\n",
					 known, n);
		if (mpr_error_text((DWORD)-1))
			faults++, printf("the last code has a text\n");
		printf("looked at %u texts\n", n);
		return faults != 0;
	}
	END
}

error_texts_run()
{
	error_program "$1" > "$work/errors.c"
	compile_and_run "$work/errors.c" -I"$top/lib/mprapi" -Wconversion \
		"$top/lib/mprapi/error_text.c"
}

every_error_code_has_a_text() { error_texts_run codes; }
error_table_is_sorted_unique_and_in_sentences() { error_texts_run table; }

# --- Run ---

m64=$(echo 'int x;' | $CC -m64 -x c -fsyntax-only - 2> /dev/null && echo -m64)
command -v "${CC%% *}" > /dev/null || {
	echo "TAP version 13"
	echo "1..0 # SKIP no compiler $CC"
	exit 4
}

tests="constants_match_the_table extra_constants_match_the_table
	layouts_match_the_table layouts_match_the_table_of_mingw10
	layouts_match_the_table_of_sdk10 every_suffix_in_the_table_is_tested
	native_layout_only_widens_text
	compiles_with:gcc compiles_with:g++ compiles_with:clang
	compiles_with:clang++
	every_header_is_self_sufficient headers_live_with_those_of_linux
	calls_have_the_documented_types exactly_these_calls_are_declared
	plugin_functions_have_the_types_of_their_pointers
	linker_names_tell_the_width_of_text every_error_code_has_a_text
	error_table_is_sorted_unique_and_in_sentences"

number=0 failed=0
echo "TAP version 13"
echo "1..$(wc -w <<< "$tests")"
for test in $tests; do
	number=$((number + 1))
	name=${test%%:*} argument=
	if [[ $test = *:* ]]; then
		argument=${test#*:}
		if ! command -v "$argument" > /dev/null; then
			echo "ok $number headers_compile_with_$argument # SKIP" \
			     "no $argument here"
			continue
		fi
	fi
	output=$($name $argument 2>&1) && verdict="ok" || verdict="not ok"
	[ "$verdict" = ok ] || failed=1
	[ -z "$output" ] || printf '# %s\n' "${output//$'\n'/$'\n# '}"
	[ -z "$argument" ] || name=headers_compile_with_$argument
	echo "$verdict $number $name"
done
exit $failed
