#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The module goes and comes while ddmd runs: calls that are up stay up, are
# told of to the new module, and can be hung up.
# shellcheck source=lib.sh
. "${BASH_SOURCE[0]%/*}/lib.sh"
need_ddmd
need_plugin

load() {
	if [ "${DDM_KO-}" ]; then insmod "$DDM_KO"; else modprobe ddm; fi
}

is_connected() { interface_is cl one connected > /dev/null; }

hosts
provider
pppoe_profile one
begin 6
holds dialer_binds dialer || give_up 'no dialer'
connect one
within 60 is_connected || give_up 'no connection'
holds module_can_go rmmod ddm
holds call_goes_on ping_all cl 10.9.0.1 2 100 -I one
load
holds dialer_binds_again within 60 dialer_bound
holds call_is_known_again within 60 is_connected
follow cl
disconnect one
holds it_can_be_hung_up ends_with one disconnected 929
finish
