# SPDX-License-Identifier: GPL-2.0-only
# Included by the Makefile here. What unload.sh runs lies apart from the other
# programs: whoever runs all of those must not have the module taken away.
tools := $(OUTPUT)-tools

EXTRA_CLEAN += $(tools)

$(shell mkdir -p $(tools))

all: $(tools)/unload

$(tools)/unload: $(OUTPUT)/unload.o $(shared) $(libddm)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
