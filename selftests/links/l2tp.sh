#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# L2TP through the kernel (pppol2tp): xl2tpd as concentrator and as client. To
# the module it is one more PPP device.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_tool xl2tpd pppd ping
need_module veth l2tp_ppp

xl2tpd_in() { # PROCESS NETNS CONFIGURATION
	spawn_inside "$1" "$2" xl2tpd -D -c "$3" -p "$tmp/$1.pid" -C "$tmp/$1.ctl"
}

set_up() {
	batch s <<-END
		link add vs type veth peer name vc netns @c
		addr add 10.5.0.1/24 dev vs
		link set vs up
	END
	batch c <<-END
		addr add 10.5.0.2/24 dev vc
		link set vc up
	END
	# It puts nodetach and the like among pppd's arguments itself.
	printf '%s\n' "${ppp_options[@]:1}" > "$tmp/options"
	cat > "$tmp/server.conf" <<-END
		[global]
		[lns default]
		ip range = 10.4.0.2-10.4.0.9
		local ip = 10.4.0.1
		require authentication = no
		pppoptfile = $tmp/options
	END
	cat > "$tmp/client.conf" <<-END
		[global]
		[lac x]
		lns = 10.5.0.1
		autodial = yes
		redial = yes
		redial timeout = 1
		require authentication = no
		pppoptfile = $tmp/options
	END
	xl2tpd_in server s "$tmp/server.conf"
	xl2tpd_in client c "$tmp/client.conf"
}

netns s c
follow s c
begin 6
set_up
until_event c connected 60 || give_up 'no L2TP session'
until_event s connected 10
holds l2tp_is_tracked_on_both_ends interface_is s ppp0 connected
ping_all c 10.4.0.1 3 400
holds l2tp_live_counters_are_what_was_sent same ppp0 "$(pinged 3 400)" \
	"$(connection_counters c ppp0)"
stop client
until_event c interface-del
until_event s interface-del
holds l2tp_end_of_the_client_is_told events_are c <<-END
	interface-new ppp0 disconnected - 0
	connected ppp0 connected - 0
	disconnected ppp0 disconnected device-down 628
	interface-del ppp0 disconnected - 0
END
holds l2tp_server_tells_of_it_too events_are s <<-END
	interface-new ppp0 disconnected - 0
	connected ppp0 connected - 0
	disconnected ppp0 disconnected device-down 628
	interface-del ppp0 disconnected - 0
END
holds l2tp_counters_are_what_was_sent counted c ppp0 "$(pinged 3 400)"
holds l2tp_both_ends_count_the_same counted s ppp0 "$(pinged 3 400)"
finish
