# SPDX-License-Identifier: GPL-2.0-only
# The Demand-Dial Manager: `make help` lists what can be made.

VERSION := 0.1.0
ABI := 0

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
SBINDIR ?= $(PREFIX)/sbin
MANDIR ?= $(PREFIX)/share/man
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions
KDIR ?= /lib/modules/$(shell uname -r)/build
B ?= build

CC ?= gcc
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
HARDENING ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fcf-protection
LDFLAGS ?= -Wl,-z,relro,-z,now -Wl,--as-needed
WARNINGS ?= -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes

base-flags = -std=gnu11 -D_GNU_SOURCE $(WARNINGS) -Iuapi -Ilib/include -MMD -MP
lib-flags = $(base-flags) -fPIC -fvisibility=hidden -pthread

mnl-cflags := $(shell $(PKG_CONFIG) --cflags libmnl 2>/dev/null)
mnl-libs := $(or $(shell $(PKG_CONFIG) --libs libmnl 2>/dev/null),-lmnl)
cols-cflags := $(shell $(PKG_CONFIG) --cflags smartcols 2>/dev/null)
cols-libs := $(or $(shell $(PKG_CONFIG) --libs smartcols 2>/dev/null),-lsmartcols)

ddm-objects := $(patsubst %.c,$(B)/%.o,$(wildcard lib/ddm/*.c))
mprapi-objects := $(patsubst %.c,$(B)/%.o,$(wildcard lib/mprapi/*.c))
ddmctl-objects := $(patsubst %.c,$(B)/%.o,$(wildcard tools/ddmctl/*.c)) \
		  $(B)/lib/mprapi/error_text.o
examples := $(patsubst tools/examples/%.c,$(B)/examples/%,$(wildcard tools/examples/*.c))

.PHONY: all user module install install-user uninstall demo check clean help FORCE
.DELETE_ON_ERROR:

all: user module

help:
	@echo 'make            module for the running kernel, libraries, tools'
	@echo 'make user       libraries, tools and examples alone'
	@echo 'make module     module alone (KDIR=$(KDIR))'
	@echo 'make install    all of it (DESTDIR, PREFIX=$(PREFIX))'
	@echo 'make demo       see it work in a virtual machine; installs what it needs'
	@echo 'make check      build and run every test; installs what it needs'
	@echo 'make clean      remove $(B)/'

# --------------------------------------------------------------- module --

module:
	@test -e $(KDIR)/Makefile || { \
		echo "ddm: no kernel headers in $(KDIR)." >&2; \
		echo "ddm: install linux-headers-$$(uname -r), name another folder with KDIR=, or 'make user'." >&2; \
		exit 1; }
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

# ------------------------------------------------------------ libraries --

user: $(B)/libddm.so.$(ABI) $(B)/libddm.a $(B)/libmprapi.so.$(ABI) $(B)/libmprapi.a \
      $(B)/libddm.pc $(B)/mprapi.pc $(B)/ddmctl $(examples)

$(B)/lib/ddm/%.o: lib/ddm/%.c
	@mkdir -p $(@D)
	$(CC) $(lib-flags) $(mnl-cflags) $(HARDENING) $(CFLAGS) -c -o $@ $<

$(B)/lib/mprapi/%.o: lib/mprapi/%.c
	@mkdir -p $(@D)
	$(CC) $(lib-flags) -Ilib/include/windows $(HARDENING) $(CFLAGS) -c -o $@ $<

$(B)/libddm.so.$(ABI): $(ddm-objects) lib/ddm/libddm.map
	$(CC) -shared $(LDFLAGS) $(CFLAGS) -Wl,-soname,$(@F) \
		-Wl,--version-script=lib/ddm/libddm.map -Wl,-z,defs \
		-o $@ $(ddm-objects) $(mnl-libs)
	ln -sf $(@F) $(B)/libddm.so

# Only libmnl is needed beside libc: libddm is inside, its symbols hidden.
$(B)/libmprapi.so.$(ABI): $(mprapi-objects) $(B)/libddm.a lib/mprapi/libmprapi.map
	$(CC) -shared $(LDFLAGS) $(CFLAGS) -pthread -Wl,-soname,$(@F) \
		-Wl,--version-script=lib/mprapi/libmprapi.map -Wl,-z,defs \
		-o $@ $(mprapi-objects) $(B)/libddm.a $(mnl-libs)
	ln -sf $(@F) $(B)/libmprapi.so

$(B)/libddm.a: $(ddm-objects)
	rm -f $@
	$(AR) rcs $@ $^

$(B)/libmprapi.a: $(mprapi-objects)
	rm -f $@
	$(AR) rcs $@ $^

# Made anew each time: where they point to is said on the command line.
$(B)/libddm.pc: lib/ddm/libddm.pc.in FORCE
$(B)/mprapi.pc: lib/mprapi/mprapi.pc.in FORCE
$(B)/%.pc:
	@mkdir -p $(@D)
	@sed 's,@PREFIX@,$(PREFIX),; s,@LIBDIR@,$(LIBDIR),; s,@INCLUDEDIR@,$(INCLUDEDIR),; s,@VERSION@,$(VERSION),' $< > $@

# ---------------------------------------------------------------- tools --

$(B)/tools/ddmctl/%.o: tools/ddmctl/%.c
	@mkdir -p $(@D)
	$(CC) $(base-flags) -Ilib/mprapi -Ilib/include/windows -DVERSION='"$(VERSION)"' $(cols-cflags) $(HARDENING) $(CFLAGS) -c -o $@ $<

$(B)/ddmctl: $(ddmctl-objects) $(B)/libddm.a
	$(CC) $(LDFLAGS) $(CFLAGS) -o $@ $^ $(mnl-libs) $(cols-libs)

$(B)/examples/%: tools/examples/%.c $(B)/libmprapi.so.$(ABI)
	@mkdir -p $(@D)
	$(CC) -std=c11 -Wall -Wextra -Ilib/include/windows $(CFLAGS) $(LDFLAGS) -o $@ $< \
		-L$(B) -lmprapi -Wl,-rpath,'$$ORIGIN/..'

# -------------------------------------------------------------- install --

install: all
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules_install
	$(MAKE) install-user
	-depmod -a

install-user: user
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)/linux \
		$(DESTDIR)$(INCLUDEDIR)/mprapi $(DESTDIR)$(SBINDIR) \
		$(DESTDIR)$(MANDIR)/man8 $(DESTDIR)$(COMPLETIONDIR)
	install -m 755 $(B)/libddm.so.$(ABI) $(B)/libmprapi.so.$(ABI) $(DESTDIR)$(LIBDIR)/
	ln -sf libddm.so.$(ABI) $(DESTDIR)$(LIBDIR)/libddm.so
	ln -sf libmprapi.so.$(ABI) $(DESTDIR)$(LIBDIR)/libmprapi.so
	install -m 644 $(B)/libddm.a $(B)/libmprapi.a $(DESTDIR)$(LIBDIR)/
	install -m 644 $(B)/libddm.pc $(B)/mprapi.pc $(DESTDIR)$(LIBDIR)/pkgconfig/
	install -m 644 lib/include/ddm.h $(DESTDIR)$(INCLUDEDIR)/
	install -m 644 uapi/linux/ddm.h $(DESTDIR)$(INCLUDEDIR)/linux/
	install -m 644 lib/include/windows/*.h $(DESTDIR)$(INCLUDEDIR)/mprapi/
	install -m 755 $(B)/ddmctl $(DESTDIR)$(SBINDIR)/
	install -m 644 tools/ddmctl/ddmctl.8 $(DESTDIR)$(MANDIR)/man8/
	install -m 644 tools/ddmctl/ddmctl.bash-completion $(DESTDIR)$(COMPLETIONDIR)/ddmctl
	$(if $(DESTDIR),,-ldconfig)

uninstall:
	rm -f $(addprefix $(DESTDIR)$(LIBDIR)/,libddm.so libddm.so.$(ABI) libddm.a \
		libmprapi.so libmprapi.so.$(ABI) libmprapi.a pkgconfig/libddm.pc pkgconfig/mprapi.pc)
	rm -f $(DESTDIR)$(INCLUDEDIR)/ddm.h $(DESTDIR)$(INCLUDEDIR)/linux/ddm.h
	rm -rf $(DESTDIR)$(INCLUDEDIR)/mprapi
	rm -f $(DESTDIR)$(SBINDIR)/ddmctl $(DESTDIR)$(MANDIR)/man8/ddmctl.8 \
		$(DESTDIR)$(COMPLETIONDIR)/ddmctl
	rm -f $(foreach d,updates extra,$(DESTDIR)/lib/modules/$$(uname -r)/$(d)/ddm.ko*)
	$(if $(DESTDIR),,-depmod -a; ldconfig)

# -------------------------------------------------------- demo and tests --

demo:
	@selftests/vm/deps build vm
	@$(MAKE) --no-print-directory -s user
	@tools/demo/run

check:
	@selftests/vm/deps
	@selftests/check

clean:
	rm -rf $(B)
	-test ! -e $(KDIR)/Makefile || $(MAKE) -s -C $(KDIR) M=$(CURDIR) clean

-include $(wildcard $(B)/lib/*/*.d $(B)/tools/*/*.d)
