#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every kind of tunnel that carries a WAN is tracked by default; what the
# drivers make by themselves in every namespace is not.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool ping
need_module veth ipip ip_gre sit ip_vti ip6_tunnel ip6_gre ip6_vti \
	xfrm_interface l2tp_eth l2tp_ip

carrying='ipip1 gre1 sit1'
# What is made without traffic
idle='vti1 tnl1 gresix1 vtisix1 xfrm1'

carry() { # NETNS LOCAL REMOTE: three tunnels, each with a net of its own
	batch "$1" <<-END
		addr add 10.7.0.$2/24 dev v
		addr add 10.7.1.$2/24 dev v
		link set v up
		link add ipip1 type ipip local 10.7.0.$2 remote 10.7.0.$3
		link add gre1 type gre local 10.7.0.$2 remote 10.7.0.$3
		link add sit1 type sit mode ipip local 10.7.1.$2 remote 10.7.1.$3
		addr add 10.1.1.$2/24 dev ipip1
		addr add 10.1.2.$2/24 dev gre1
		addr add 10.1.3.$2/24 dev sit1
		link set ipip1 up
		link set gre1 up
		link set sit1 up
	END
}

make_idle() {
	batch a <<-END
		link add vti1 type vti local 10.7.0.1 remote 10.7.0.2 key 1
		link add tnl1 type ip6tnl local fc00::1 remote fc00::2
		link add gresix1 type ip6gre local fc00::1 remote fc00::2
		link add vtisix1 type vti6 local fc00::1 remote fc00::2 key 1
		link add xfrm1 type xfrm dev lo if_id 1
		l2tp add tunnel tunnel_id 1 peer_tunnel_id 1 encap ip local 10.7.0.1 remote 10.7.0.2
		l2tp add session name l2e1 tunnel_id 1 session_id 1 peer_session_id 1
	END
}

life_of() { # DEVICE
	events_of_are a "$1" <<-END
		interface-new $1 disconnected - 0
		connected $1 connected - 0
		disconnected $1 disconnected device-down 628
		interface-del $1 disconnected - 0
	END
}

lives_of() { # DEVICE...
	local device
	for device; do
		life_of "$device" || return
	done
}

each() { # COMMANDS with @: for every tunnel of a
	local device
	# shellcheck disable=SC2086 # a list
	printf '%s\n' $carrying $idle l2e1 | while read -r device; do
		echo "${1//@/$device}"
	done | batch a
}

netns a b
follow a
begin 9

# What is there already. Left up, ip_vti0 would take what is for ipip1.
fallback='tunl0 gre0 sit0 ip_vti0 ip6tnl0 ip6gre0 ip6_vti0'
fallbacks_up() {
	local device
	for device in $fallback; do
		echo "link set $device up"
		echo "link set $device down"
	done | batch a
}
holds fallback_devices_can_be_set_up fallbacks_up
holds fallback_devices_are_ignored events_are a < /dev/null

ip_in a link add v type veth peer name v netns "${ns[b]}"
carry a 1 2 || give_up 'no tunnels'
carry b 2 1 || give_up 'no tunnels'
make_idle || give_up 'no tunnels'
# shellcheck disable=SC2086 # lists
holds every_kind_of_tunnel_is_tracked interfaces_are a $carrying $idle l2e1
net=0
for device in $carrying; do
	net=$((net + 1))
	ping_all a "10.1.$net.2" 2 $((100 * net))
done
each 'link set @ up'
each 'link set @ down'
net=0
for device in $carrying; do
	net=$((net + 1))
	holds "${device%1}_counters_are_what_was_sent" counted a "$device" \
		"$(pinged 2 $((100 * net)))"
done
{
	# shellcheck disable=SC2086 # lists
	printf 'link del %s\n' $carrying $idle
	echo l2tp del session tunnel_id 1 session_id 1
} | batch a
# shellcheck disable=SC2086 # lists
holds tunnels_with_traffic_are_followed_through_life lives_of $carrying
# shellcheck disable=SC2086 # lists
holds tunnels_without_traffic_are_followed_through_life lives_of $idle l2e1
holds nothing_is_left_of_them interfaces_are a
finish
