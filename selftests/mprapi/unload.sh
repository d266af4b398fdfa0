#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# unload.sh: the tests that take the module away, apart from all others.
exec "${OUTPUT:-$(dirname "$0")/../../build/selftests/mprapi}-unload/reload"
