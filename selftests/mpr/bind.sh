#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The example of a provider that has nothing to do with dialling: it mounts.
# In a mount namespace of its own, so any machine will do that has root.
set -u
root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
build=${MPR_BUILD:-$root/build}
wnet=$build/selftests/mpr-plugins/wnet

skip_all() { printf 'TAP version 13\n1..0 # SKIP %s\n' "$1"; exit 4; }

for part in "$build/providers/bind.so" "$wnet"; do
	[ -e "$part" ] || skip_all "$part is not built"
done
if [ -z "${BIND_TEST-}" ]; then
	unshare -m true 2> /dev/null || skip_all 'needs a mount namespace'
	BIND_TEST=1 exec unshare -m "$0"
fi

tmp=$(mktemp -d)
trap 'umount -l "$tmp" 2> /dev/null; rm -rf "$tmp"' EXIT
mount -t tmpfs none "$tmp" 2> /dev/null || skip_all 'may not mount'
mount -t tmpfs none /run
mkdir -p "$tmp"/{conf/providers.d,source,target,config}
echo hello > "$tmp/source/file"
printf 'name=bind\npath=%s\n' "$build/providers/bind.so" > "$tmp/conf/providers.d/bind.conf"
export LD_LIBRARY_PATH=$build DDM_MPR_CONFDIR=$tmp/conf XDG_CONFIG_HOME=$tmp/config
remote='\\bind'${tmp//\//\\}'\source'

number=0 failed=0
holds() { # PROMISE WANTED WORD...
	local promise=$1 wanted=$2 got
	shift 2
	got=$("$@" 2>&1)
	number=$((number + 1))
	if [ "$got" = "$wanted" ]; then
		echo "ok $number $promise"
	else
		printf '# wanted %q, got %q\n' "$wanted" "$got"
		echo "not ok $number $promise"
		failed=1
	fi
}

printf 'TAP version 13\n1..13\n'
holds device_is_needed 1200 "$wnet" add "$remote"
holds folder_has_to_be_there 1203 "$wnet" add '\\bind\no\such'
holds place_has_to_be_there 1200 "$wnet" add "$remote" "$tmp/nowhere"
holds adding_mounts 0 "$wnet" add "$remote" "$tmp/target" 1
holds folder_is_seen_there hello cat "$tmp/target/file"
holds place_is_taken 85 "$wnet" add "$remote" "$tmp/target"
holds connection_is_found "$remote"$'\n0' "$wnet" get "$tmp/target"
exec 8< "$tmp/target/file"
holds open_files_keep_it 2401 "$wnet" cancel "$tmp/target"
exec 8<&-
holds cancelling_unmounts 0 "$wnet" cancel "$tmp/target"
holds folder_is_gone '' ls "$tmp/target"
holds remembered_is_restored 0 "$wnet" restore
exec 8< "$tmp/target/file"
holds force_ends_it_with_open_files 0 "$wnet" cancel "$tmp/target" 1 1
exec 8<&-
holds nothing_is_left 2250 "$wnet" cancel "$tmp/target"
exit $failed
