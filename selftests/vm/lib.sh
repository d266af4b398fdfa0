# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034
# What the scripts of this folder share: where things lie, messages, locks and
# apt. Sourced, never run.

LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH

vm_dir=$(dirname "$(realpath "$0")")
tree=$(realpath "$vm_dir/../..")
cache=${DDM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ddm}

say() { echo "vm/${0##*/}: $*" >&2; }
die() { say "$*"; exit 1; }

# The comment block at the top of the script, without its licence line.
usage() { sed -n '/^# SPDX/d;2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

# need PROGRAM...: from the packages of deps, or of its group $group
need() {
	for need_tool; do
		command -v "$need_tool" > /dev/null ||
			die "$need_tool is missing: run selftests/vm/deps${group:+ $group} first"
	done
}

# lock FILE: held until the script ends; waits, because the one who holds it
# is making just what the caller wants. Descriptor 9 must not leak into
# processes that outlive the script.
lock() {
	mkdir -p "${1%/*}"
	exec 9> "$1"
	flock 9
}

unlock() { exec 9>&-; }

# The same inside the small Debian that the newest kernel's headers came with
build_in_sid() {
	build_sid=$1/sid
	build_release=$(cat "$1/release")
	build_folder=$2
	shift 2
	as_root mkdir -p "$build_sid/build"
	# shellcheck disable=SC2016 # the inner shell's
	as_root unshare -m sh -c '
		mount -t proc proc "$1/proc" && mount --bind "$2" "$1/build" || exit
		sid=$1
		shift 2
		exec chroot "$sid" make -s M=/build "$@"' \
		sh "$build_sid" "$build_folder" \
		-C "/usr/src/linux-headers-$build_release" "$@" 9>&- 2>&1 |
		sed -u "s,/build/,,g" >&2
}

# build_module KERNEL FOLDER MAKE-ARGUMENT...: runs Kbuild in FOLDER for the
# kernel in the folder KERNEL. For scripts with a pipefail.
#
# Type data for BPF would need pahole, and the guest has no use for it.
# The headers' own Makefile includes its sibling by the path it would have if
# it were installed: so make is given the sibling. What is said of a source
# does not name the folder.
build_module() {
	if [ -e "$1/sid" ]; then
		build_in_sid "$@"
		return
	fi
	build_kernel=$1
	build_headers=$1/hdr/usr/src
	build_release=$(cat "$1/release")
	build_folder=$2
	shift 2
	for build_common in "$build_headers"/linux-headers-*-common/Makefile; do
		:
	done
	if [ -e "$build_kernel/hdr/build" ]; then
		build_arch=$(cat "$build_kernel/arch" 2> /dev/null || :)
		set -- -C "$build_kernel/hdr/build" ${build_arch:+"ARCH=$build_arch"} "$@"
	else
		set -- -C "$build_headers/linux-headers-$build_release" \
			-f "$build_common" CONFIG_DEBUG_INFO_BTF_MODULES= "$@"
	fi
	make -s CC=gcc-12 M="$build_folder" "$@" 9>&- 2>&1 |
		sed -u "s,$build_folder/,,g" >&2
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo > /dev/null; then
		sudo "$@"
	else
		say "this needs root (or sudo): $*"
		return 1
	fi
}

apt_update() {
	say "reading Debian's package lists"
	as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
}

# apt_fetch DIR PACKAGE...: the .deb files, into DIR. The lists may be missing
# or so old that the mirror has dropped the file they name, hence the second
# try. As root, apt would warn that its own user cannot write to DIR.
apt_fetch() {
	apt_fetch_dir=$1
	shift
	apt_fetch_once "$@" 2> /dev/null && return
	apt_update || return
	apt_fetch_once "$@" || { say "apt could not fetch $*"; return 1; }
}

apt_fetch_once() (
	cd "$apt_fetch_dir" || exit
	set -- -qq download "$@"
	[ "$(id -u)" != 0 ] || set -- -o APT::Sandbox::User=root "$@"
	apt-get "$@" > /dev/null
)

# fetched DIR PACKAGE: the file that apt_fetch got, whose name holds a version.
fetched() {
	for fetched_deb in "$1/$2"_*.deb; do
		[ -e "$fetched_deb" ] && echo "$fetched_deb" && return
	done
	say "no package $2 in $1"
	return 1
}
