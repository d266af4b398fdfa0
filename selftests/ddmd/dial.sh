#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A connect call dials PPPoE through pppd, and says truly how it went.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd

# What a process in that namespace gets that connects like a plugin
greet() { # NAMESPACE
	# the message: version 1, type HELLO, serial 1, and nothing known
	inside "$1" /usr/bin/python3 - "$tmp/plugin.sock" <<-'END'
		import socket, struct, sys
		s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
		s.settimeout(10)
		s.connect(sys.argv[1])
		try:
		    s.send(struct.pack("HHIII", 1, 1, 1, 0, 0).ljust(1096, b"\0"))
		    print(len(s.recv(4096)))
		except OSError:
		    print(0)
	END
}

hosts
follow cl
provider
pppoe_profile ppp5
pppoe_profile wrong 'credentials = @tmp/bad.secret' 'redial = 3' \
	'redial-pause = 1s'
pppoe_profile missing 'credentials = @tmp/none.secret'
pppoe_profile night 'credentials = @tmp/good.secret' \
	"hours = $(date -d '+3 days' +%w)"
profile 'the world' <<-END
	[interface]
	name = The whole world
	[pppd]
	ethernet = cl0
	options = user demo password "open sesame" noccp novj noipv6
	options = ip-up-script /bin/true ip-down-script /bin/true
END
profile nothing <<-END
	[dial]
	redial = 2
END
begin 14
holds dialer_binds dialer || give_up 'no dialer'

holds plugin_is_answered same bytes 536 "$(greet cl)"
holds plugin_of_another_namespace_is_not same bytes 0 "$(greet ac)"
holds connect_dials_pppoe connected ppp5
holds traffic_flows ping_all cl 10.9.0.1 2 100
holds password_is_in_no_argument_or_log no_trace_of 'open sesame'
disconnect ppp5
holds disconnect_hangs_up ends_with ppp5 disconnected 929
holds pppd_is_gone within 60 no_pppds

holds name_that_no_device_can_have_is_dialled connected 'The whole world'
disconnect 'The whole world'
until_event cl 'disconnected:The\040whole\040world' 90

connect wrong
holds refused_password_is_691_and_not_tried_again ends_with wrong connect-failed 691
connect missing
holds credentials_that_are_not_there_are_909 ends_with missing connect-failed 909
connect night
holds hours_refuse_with_944 ends_with night connect-failed 944

# At night nobody is there to connect it again when the provider is in order.
pppoe_profile wrong 'credentials = @tmp/bad.secret' 'persistent = yes' \
	'redial-pause = 1s' 'redial-pause-max = 3s'
reload
holds line_that_is_kept_up_is_refused ends_with wrong connect-failed 691
credentials bad demo 'open sesame'
holds it_is_tried_again_and_let_in until_event cl connected:wrong 90
finish
