#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What a reader of the tree expects of every file.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# Generated files are as the generator writes them, tracepoints and the
# columns of the Windows headers as their readers know them.
formatted() {
	tree '*.c' '*.h' |
		grep -vE '^(kmod/netlink-gen\.[ch]|kmod/trace\.h|uapi/linux/ddm\.h|lib/include/windows/.*)$' |
		xargs clang-format --dry-run -Werror
}

scripts() {
	tree | while read -r file; do
		case $file in *.sh) echo "$file"; continue ;; esac
		head -c 64 "$file" 2> /dev/null | head -1 | grep -qaE '^#!.*(sh|bash)$' && echo "$file"
	done
	true
}

shellchecked() {
	# shellcheck disable=SC2046 # file names of this tree have no blanks
	shellcheck -x $(scripts)
}

licensed() {
	! tree | grep -vE '^(LICENSE|README.md|lib/COPYING.LESSER|.*/(config|settings)|tools/ddmd/examples/.*|Documentation/.*\.md|\.gitignore|\.clang-format|\.shellcheckrc|.*\.md|.*\.tsv|selftests/bench/results/.*|.*\.gitignore)$' |
		xargs grep -L 'SPDX-License-Identifier:' | grep .
}

no_foreign_files() {
	! tree | grep -E '(^|/)(kselftest(_harness)?\.h|ktap_helpers\.sh|ynl[-_]gen[-_]c\.py|checkpatch\.pl)$'
}

no_private_paths() {
	local w=work f=farm
	! tree | xargs grep -nIE "(^|[^A-Za-z0-9_.-])/($w|$f)/"
}

plan 5
check c_is_formatted_by_the_kernels_rules formatted
check shellcheck_is_silent shellchecked
check every_file_names_its_licence licensed
check nothing_of_the_kernels_tree_is_committed no_foreign_files
check no_path_of_one_machine_is_named no_private_paths
finish
