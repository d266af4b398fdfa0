#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The module goes and comes while ddmd runs, and while it does not: calls that
# are up stay up, are told of to the new module, and can be hung up.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

# Requests that are under way hold it for a moment
unload() { within 20 rmmod ddm; }

# link_is_up DEVICE
link_is_up() {
	"$root/build/ddmctl" -n "${ns[cl]}" -H -o device,state link |
		grep -qE "^$1 +up"
}

hosts
provider
pppoe_profile one
pppoe_profile two
begin 12
holds dialer_binds dialer || give_up 'no dialer'
connect one
within 60 is_connected one || give_up 'no connection'
holds module_can_go unload
holds call_goes_on ping_all cl 10.9.0.1 2 100 -I one
load_module || give_up 'no module'
holds dialer_binds_again within 60 dialer_bound
holds call_is_known_again within 60 is_connected one

# Numbers of links begin anew: what was one's is the number of two then, which
# is the first that tells of itself
connect two
within 60 is_connected two || give_up 'no second connection'
stop ddmd KILL
first=$(pppd_of one)
kill -STOP "$first"
unload || give_up 'the module stays'
load_module || give_up 'no module'
holds dialer_comes_after_the_module dialer
holds first_that_tells_of_itself_is_known within 60 link_is_up two
kill -CONT "$first"
holds next_one_is_known_too within 60 link_is_up one
holds link_of_the_first_is_left_alone link_is_up two
holds both_are_connected is_connected two
follow cl
disconnect two
holds the_one_meant_is_hung_up ends_with two disconnected 929
disconnect one
holds it_can_be_hung_up ends_with one disconnected 929
finish
