#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The module's source: generated files, warnings, style.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# Compiled anew: what is up to date would have nothing to say
builds_in_silence() { # KERNEL
	rm -rf "build/kmod-$1-W1-C2"
	selftests/vm/kbuild "$1" W=1 C=2 2> "$work/said" > /dev/null || return 1
	cat "$work/said"
	[ ! -s "$work/said" ]
}

clang_builds_in_silence() { # KERNEL
	rm -rf "build/kmod-$1-clang-W1"
	selftests/vm/kbuild "$1" --clang W=1 2> "$work/said" > /dev/null || return 1
	cat "$work/said"
	[ ! -s "$work/said" ]
}

# Version tests belong into compat.h, and nowhere else
ifdefs_are_in_compat() {
	! grep -nE '^#[[:space:]]*if.*(LINUX_VERSION|KERNEL_VERSION)' kmod/*.[ch] | grep -v '^kmod/compat.h'
}

# Not asked: what only code inside the kernel's tree has, how tracepoints and
# tables of operations are written there, and generated code.
checkpatch() {
	local src
	src=$(selftests/vm/source)
	# shellcheck disable=SC2046 # file names of this tree have no blanks
	perl "$src/scripts/checkpatch.pl" --no-tree --strict --quiet --show-types \
		--max-line-length=100 --no-summary \
		--ignore FILE_PATH_CHANGES,OPEN_ENDED_LINE,MACRO_ARG_REUSE \
		--ignore LINUX_VERSION_CODE,CONSTANT_COMPARISON \
		-f $(tree 'kmod/*.c' 'kmod/*.h' | grep -vE 'netlink-gen|trace.h')
}

plan 7
check generated_files_match_the_specification uapi/generate --check
check module_builds_in_silence_on_6.1 builds_in_silence 6.1
check module_builds_in_silence_on_6.12 builds_in_silence 6.12
check module_builds_with_clang_on_6.1 clang_builds_in_silence 6.1
check module_builds_with_clang_on_6.12 clang_builds_in_silence 6.12
check version_tests_are_in_compat_alone ifdefs_are_in_compat
check checkpatch_is_silent silent checkpatch
finish
