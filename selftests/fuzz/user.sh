#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# user.sh [SECONDS [TARGET...]]: run libFuzzer's targets, each so long (6 by
# default). What was learned is kept in build/, and is where the next run
# begins. FUZZ_SEED gives a run's seed.
set -u
tree=$(cd "$(dirname "$0")/../.." && pwd)
programs=$tree/build/selftests/fuzz-user
state=$tree/build/fuzz
seconds=${1:-${FUZZ_SECONDS:-6}}
seed=${FUZZ_SEED:-$((RANDOM * 32768 + RANDOM + 1))}
shift

make -s -C "$tree/selftests/fuzz" || exit 1
work=$(mktemp -d "${TMPDIR:-/dev/shm}/ddm-fuzz.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
export FUZZ_WORK=$work

# Where libFuzzer would take long to find the beginning
seeds() { # TARGET FOLDER
	case $1 in
	profile) cp "$tree"/tools/ddmd/examples/*.ini "$2" ;;
	config)
		cp "$tree"/tools/ddmd/examples/ddmd.conf "$2"
		printf '[admin a]\ndll = /a.so\ntime-limit = 3\nwithout-verdict = accept\n' > "$2/admin"
		;;
	words)
		printf 'a "b c" \\d' > "$2/words"
		printf 'Mon-Fri,0 08:00-12:00 22:00-06:00' > "$2/hours"
		;;
	entry)
		printf '\1%s\n' phone=a\\nb hours='1 08:00-09:00' idle-disconnect-seconds=3 \
			device-type=PPPoE device-name=eth0 > "$2/entry"
		printf '\0[pppd]=x\nconnect=/x\n a=b\n;c=d\na:b=c\n=e\nf=\n' > "$2/odd"
		;;
	secret) printf 'user = "a"\npassword = b\n' > "$2/secret" ;;
	text) printf '\5a\303\244\342\202\254\360\237\230\200' > "$2/text" ;;
	format) printf '\1a%%1!-8.3s!%%2!08d!%%n%%%%%%3!*.*x!%%0' > "$2/format" ;;
	remember) printf '[P:]\nremote=\\\\ddm\\a\nprovider=d\ntype=1\nuser=u\n' > "$2/remember" ;;
	plugins) printf 'name=a\npath=/a.so\ntime-limit=3\n' > "$2/plugins" ;;
	ddmctl)
		local words
		for words in 'interface show -d -j' 'interface add a device b method link' \
			'interface set a name b enabled no' 'connect a -t 3' 'event -s 0 -e connected' \
			'rule add track type 1 kind x device d*' 'service set limit 3' 'link' \
			'connection show 1 -o id,name' 'monitor -C 3' 'interface connect id 1 -w'; do
			# shellcheck disable=SC2086
			printf '%s\0' $words '' > "$2/${words// /_}"
		done
		;;
	esac
}

# What was found once is tried each time.
found() { # TARGET FOLDER
	local target hex number=0
	while IFS=$'\t' read -r target hex _; do
		[ "$target" = "$1" ] || continue
		number=$((number + 1))
		xxd -r -p <<< "$hex" > "$2/found-$number"
	done < "$tree/selftests/fuzz/found.tsv"
}

# libFuzzer's own log says where and how; what it is doing is of no interest
run() { # TARGET
	local corpus=$state/corpus/$1 seeds=$work/seeds-$1 status
	mkdir -p "$corpus" "$state/found" "$seeds"
	seeds "$1" "$seeds"
	found "$1" "$seeds"
	ASAN_OPTIONS=allocator_may_return_null=1:detect_stack_use_after_return=1 \
		nice "$programs/$1" -max_total_time="$seconds" -seed="$seed" -max_len=2048 \
		-timeout=20 -rss_limit_mb=1024 -malloc_limit_mb=256 -close_fd_mask=3 \
		-artifact_prefix="$state/found/$1-" -print_final_stats=1 \
		"$corpus" "$seeds" > "$work/$1.log" 2>&1
	status=$?
	grep -E '^(#[0-9]+.*DONE|stat::number_of_executed_units)' "$work/$1.log" | sed 's/^/# /'
	[ "$status" = 0 ] || grep -vE '^#[0-9]+' "$work/$1.log" | head -60 | sed 's/^/# /'
	rm -rf "${work:?}"/[0-9]*
	return "$status"
}

if [ $# = 0 ]; then
	cd "$programs" && set -- *
fi
echo 'TAP version 13'
echo "1..$#"
echo "# seed $seed, $seconds s each"
number=0 failures=0
for target; do
	number=$((number + 1))
	if run "$target"; then
		echo "ok $number fuzz_$target"
	else
		echo "not ok $number fuzz_$target"
		failures=$((failures + 1))
	fi
done
[ "$failures" = 0 ]
