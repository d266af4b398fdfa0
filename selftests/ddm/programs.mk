# SPDX-License-Identifier: GPL-2.0-only
# Builds $(TEST_GEN_PROGS), each of its own source, $(common) of this folder and
# libddm: for the Makefiles here, in ../libddm and in ../fault.
here := $(tree)/selftests/ddm
KSELFTEST_DIR ?= $(shell $(tree)/selftests/vm/source)/tools/testing/selftests

CFLAGS += -Wall -Wextra -O2 -g -isystem $(KSELFTEST_DIR) -I$(here) \
	  -I$(tree)/uapi -I$(tree)/lib/include
LDLIBS += -lmnl -lpthread

OVERRIDE_TARGETS := 1
include $(KSELFTEST_DIR)/lib.mk

$(shell mkdir -p $(OUTPUT))

shared := $(patsubst %.c,$(OUTPUT)/%.o,$(common))
libddm := $(patsubst $(tree)/lib/ddm/%.c,$(OUTPUT)/ddm-%.o,$(wildcard $(tree)/lib/ddm/*.c))
headers := $(wildcard *.h $(here)/*.h) $(tree)/lib/include/ddm.h $(tree)/uapi/linux/ddm.h

$(OUTPUT)/ddm-%.o: $(tree)/lib/ddm/%.c $(wildcard $(tree)/lib/ddm/*.h) $(headers)
	$(CC) $(CFLAGS) -c $< -o $@

$(shared): $(OUTPUT)/%.o: $(here)/%.c $(headers)
	$(CC) $(CFLAGS) -c $< -o $@

$(OUTPUT)/%.o: %.c $(headers)
	$(CC) $(CFLAGS) -c $< -o $@

$(TEST_GEN_PROGS): $(OUTPUT)/%: $(OUTPUT)/%.o $(shared) $(libddm)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
