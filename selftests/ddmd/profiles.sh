#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Operators' profiles are their own: whatever programs make, and whatever is
# wrong with a file, ddmd neither writes nor removes it.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
[ -x "$ddmd" ] || skip_all 'ddmd is not built'
need_module wireguard

# When it was made: not again since
number_of() { # INTERFACE
	local what number name
	while read -r what number name _; do
		[ "$what $name" != "interface $1" ] || echo "$number"
	done < <("$watch" -n "${ns[cl]}" --snapshot)
}

times_read() { grep -c 'configuration read again' "$tmp/ddmd.log"; }

read_again() { [ "$(times_read)" -gt "$1" ]; }

reload_and_wait() {
	local before
	before=$(times_read)
	reload
	within 60 read_again "$before"
}

spoil() { # FILE...
	local file
	for file; do
		printf '[dial]\nmethod = script\n[script]\nconnect = typo\n' |
			tee "$tmp/$file.spoilt" > "$tmp/profiles/$file.ini"
	done
}

# as_spoilt FILE...: still
as_spoilt() {
	local file
	for file; do
		same "$file.ini" "$(< "$tmp/$file.spoilt")" \
			"$(< "$tmp/profiles/$file.ini")" || return
	done
}

linked() { # FILE...
	local file
	for file; do
		printf '[dial]\nmethod = link\n' | profile "$file"
	done
}

netns cl
mkdir -p "$tmp/profiles" "$tmp/run"
follow cl
linked wg1 wg2
printf '[interface]\nname = Branch office\n' | profile branch
cp "$tmp/profiles/branch.ini" "$tmp/theirs"
ip_in cl link add wg1 type wireguard
begin 17
holds dialer_binds dialer || give_up 'no dialer'
act cl new branch
holds interface_with_their_files_name_is_saved_elsewhere \
	within 60 test -s "$tmp/profiles/branch-1.ini"
act cl del branch
holds what_was_saved_is_removed within 60 test ! -e "$tmp/profiles/branch-1.ini"
holds their_file_is_as_it_was cmp "$tmp/theirs" "$tmp/profiles/branch.ini"

wg2=$(number_of wg2)
connected wg1
spoil wg1 wg2
holds profile_that_makes_no_sense_is_read reload_and_wait
holds it_deletes_no_interface still number "$wg2" "$(number_of wg2)"
holds it_ends_no_connection is_connected wg1
holds it_is_not_written as_spoilt wg1 wg2
stop ddmd
dialer
reload_and_wait
holds nor_by_a_ddmd_that_begins as_spoilt wg1 wg2
holds nor_is_it_saved_elsewhere same saved '' \
	"$(cd "$tmp/profiles" && ls -d wg?-*.ini 2> /dev/null)"

linked wg1 wg2
reload_and_wait
mv "$tmp/profiles" "$tmp/gone"
holds folder_that_went_is_a_mistake reload_and_wait
holds it_deletes_nothing still number "$wg2" "$(number_of wg2)"
mv "$tmp/gone" "$tmp/profiles"
mv "$tmp/profiles/wg1.ini" "$tmp/away"
reload_and_wait
holds profile_that_went_ends_no_connection is_connected wg1
holds it_is_not_written_again test ! -e "$tmp/profiles/wg1.ini"
disconnect wg1
holds connection_ends_as_ever ends_with wg1 disconnected 929
holds its_interface_goes_then until_event cl interface-del:wg1

printf '[dial]\nmethod = script\ntimeout = 2min\n[script]\nconnect = /bin/false\n' |
	profile patient
reload_and_wait
connect patient
holds attempt_may_take_as_long_as_its_profile_says within 60 \
	grep -q 'patient: asked to connect within 121000 ms' "$tmp/ddmd.log"
finish
