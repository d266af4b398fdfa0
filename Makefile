# SPDX-License-Identifier: GPL-2.0-only
# The Demand-Dial Manager: `make help` lists what can be made.

VERSION := 0.1.0
ABI := 0

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
SBINDIR ?= $(PREFIX)/sbin
MANDIR ?= $(PREFIX)/share/man
SYSCONFDIR ?= /etc
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions
LIBEXECDIR ?= $(PREFIX)/libexec/ddm
UNITDIR ?= $(PREFIX)/lib/systemd/system
DOCDIR ?= $(PREFIX)/share/doc/ddm
KDIR ?= /lib/modules/$(shell uname -r)/build
B ?= build

CC ?= gcc
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
HARDENING ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fcf-protection
LDFLAGS ?= -Wl,-z,relro,-z,now -Wl,--as-needed
WARNINGS ?= -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes

# pppd looks for plugins in a folder named after its version, and in no other.
PPPD_VERSION ?= $(shell sed -n 's/^#define[[:space:]]*VERSION[[:space:]]*"\(.*\)"/\1/p' \
		/usr/include/pppd/patchlevel.h 2>/dev/null)
PPPDDIR ?= /usr/lib/pppd/$(PPPD_VERSION)

base-flags = -std=gnu11 -D_GNU_SOURCE $(WARNINGS) -Iuapi -Ilib/include -MMD -MP
# Programs are loaded at any address, whatever the compiler's own habit is.
program-flags = $(base-flags) -fPIE
lib-flags = $(base-flags) -fPIC -fvisibility=hidden -pthread

mnl-cflags := $(shell $(PKG_CONFIG) --cflags libmnl 2>/dev/null)
mnl-libs := $(or $(shell $(PKG_CONFIG) --libs libmnl 2>/dev/null),-lmnl)
cols-cflags := $(shell $(PKG_CONFIG) --cflags smartcols 2>/dev/null)
cols-libs := $(or $(shell $(PKG_CONFIG) --libs smartcols 2>/dev/null),-lsmartcols)

ddm-objects := $(patsubst %.c,$(B)/%.o,$(wildcard lib/ddm/*.c))
mprapi-objects := $(patsubst %.c,$(B)/%.o,$(wildcard lib/mprapi/*.c))
ddmctl-objects := $(patsubst %.c,$(B)/%.o,$(wildcard tools/ddmctl/*.c)) \
		  $(B)/lib/mprapi/error_text.o
ddmd-objects := $(patsubst %.c,$(B)/%.o,$(wildcard tools/ddmd/*.c) \
		tools/ddmd/host/client.c tools/ddmd/host/server.c tools/ddmd/host/process.c)
admin-host-objects := $(patsubst %.c,$(B)/%.o,$(addprefix tools/ddmd/host/,main.c \
		dll.c records.c callout.c)) $(B)/lib/mprapi/text.o
plugin-sources := $(wildcard tools/pppd-plugin/*.c)
mpr-objects := $(patsubst %.c,$(B)/%.o,$(wildcard lib/mpr/*.c)) \
	       $(addprefix $(B)/lib/mprapi/,text.o handle.o)
notify-host-objects := $(patsubst %.c,$(B)/%.o,$(wildcard lib/mpr/notify-host/*.c))
provider-objects := $(patsubst %.c,$(B)/%.o,$(wildcard lib/mpr/providers/ddm/*.c)) \
		    $(B)/lib/mprapi/text.o
examples := $(patsubst tools/examples/%.c,$(B)/examples/%,\
		$(filter-out %/callout.c,$(wildcard tools/examples/*.c))) $(B)/examples/callout.so

.PHONY: all user module install install-user uninstall demo check bench bench-check fuzz fuzz-user clean help FORCE check-debug check-newest check-kernels soak analyze coverage check-many
.DELETE_ON_ERROR:

all: user module

help:
	@echo 'make            module for the running kernel, libraries, tools'
	@echo 'make user       libraries, tools and examples alone'
	@echo 'make module     module alone (KDIR=$(KDIR))'
	@echo 'make install    all of it (DESTDIR, PREFIX=$(PREFIX))'
	@echo 'make install-user  all but the module'
	@echo 'make uninstall  remove that again, but for your own configuration'
	@echo 'make demo       see it work in a virtual machine; installs what it needs'
	@echo 'make check      build and run every test; installs what it needs'
	@echo 'make fuzz       fuzz the module in a debug kernel (FUZZ_SECONDS=600, FUZZ_SEED=, FUZZ_KERNEL=debug)'
	@echo 'make fuzz-user  fuzz what parses in user space (FUZZ_SECONDS=60 each, FUZZ_TARGETS=)'
	@echo 'make check-kernels  run every test of make check that needs the module on both 6.1 and 6.12'
	@echo 'make check-newest  run the tests of the module and the libraries on the kernel of Debian sid'
	@echo 'make check-debug  run the tests of the module in a kernel that checks itself'
	@echo 'make soak       load for half an hour, accounted for (SOAK_SECONDS=1800, SOAK_KERNEL=6.12)'
	@echo 'make analyze    what compilers, clang-tidy, cppcheck and valgrind think of user space'
	@echo 'make coverage   lines and branches that the tests reach'
	@echo 'make check-many 200 calls in a row, 50 sessions at once; takes a quarter of an hour'
	@echo 'make bench      count instructions and bytes: tables, charts; installs what it needs'
	@echo 'make bench-check  compare the quick figures with limits and committed results'
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
      $(B)/libmpr.so.$(ABI) $(B)/libddm.pc $(B)/mprapi.pc $(B)/mpr.pc $(B)/ddmctl \
      $(B)/ddmd $(B)/ddm-admin-host $(B)/ddm-notify-host $(B)/pppd-plugin/ddm.so \
      $(B)/providers/ddm.so $(B)/providers/bind.so $(examples)

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

$(B)/lib/mpr/%.o: lib/mpr/%.c
	@mkdir -p $(@D)
	$(CC) $(lib-flags) -Ilib/include/windows -Ilib/mprapi -Ilib/mpr \
		-DMPR_CONFDIR='"$(SYSCONFDIR)/ddm"' \
		-DMPR_HOST='"$(LIBEXECDIR)/ddm-notify-host"' $(HARDENING) $(CFLAGS) -c -o $@ $<

# Shared only: providers and the program need the same one. The last error is
# libmprapi's, so its object must not be in here.
$(B)/libmpr.so.$(ABI): $(mpr-objects) $(B)/libmprapi.so.$(ABI) lib/mpr/libmpr.map
	$(CC) -shared $(LDFLAGS) $(CFLAGS) -pthread -Wl,-soname,$(@F) \
		-Wl,--version-script=lib/mpr/libmpr.map -Wl,-z,defs \
		-o $@ $(mpr-objects) -L$(B) -lmprapi
	ln -sf $(@F) $(B)/libmpr.so

$(B)/ddm-notify-host: $(notify-host-objects) $(B)/libmpr.so.$(ABI)
	$(CC) -pie $(LDFLAGS) $(CFLAGS) -pthread -o $@ $(notify-host-objects) \
		-L$(B) -lmpr -Wl,-rpath-link,$(B) -Wl,-rpath,'$$ORIGIN'

$(B)/providers/ddm.so: $(provider-objects) $(B)/libmpr.so.$(ABI) $(B)/libddm.so.$(ABI)
	@mkdir -p $(@D)
	$(CC) -shared $(LDFLAGS) $(CFLAGS) -Wl,-z,defs -o $@ $(provider-objects) \
		-L$(B) -lmpr -lmprapi -lddm

$(B)/providers/%.so: tools/examples/providers/%.c $(B)/libmpr.so.$(ABI)
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Ilib/include/windows $(CFLAGS) -fPIC \
		-shared $(LDFLAGS) -Wl,-z,defs -o $@ $< -L$(B) -lmpr -Wl,-rpath-link,$(B)

# Made anew each time: where they point to is said on the command line.
$(B)/libddm.pc: lib/ddm/libddm.pc.in FORCE
$(B)/mprapi.pc: lib/mprapi/mprapi.pc.in FORCE
$(B)/mpr.pc: lib/mpr/mpr.pc.in FORCE
$(B)/%.pc:
	@mkdir -p $(@D)
	@sed 's,@PREFIX@,$(PREFIX),; s,@LIBDIR@,$(LIBDIR),; s,@INCLUDEDIR@,$(INCLUDEDIR),; s,@VERSION@,$(VERSION),' $< > $@

# ---------------------------------------------------------------- tools --

$(B)/tools/ddmctl/%.o: tools/ddmctl/%.c
	@mkdir -p $(@D)
	$(CC) $(program-flags) -Ilib/mprapi -Ilib/include/windows -DVERSION='"$(VERSION)"' $(cols-cflags) $(HARDENING) $(CFLAGS) -c -o $@ $<

$(B)/ddmctl: $(ddmctl-objects) $(B)/libddm.a
	$(CC) -pie $(LDFLAGS) $(CFLAGS) -o $@ $^ $(mnl-libs) $(cols-libs)

$(B)/tools/ddmd/host/%.o: tools/ddmd/host/%.c
	@mkdir -p $(@D)
	$(CC) $(program-flags) -fvisibility=hidden -pthread -Ilib/include/windows -Ilib/mprapi \
		$(HARDENING) $(CFLAGS) -c -o $@ $<

$(B)/tools/ddmd/%.o: tools/ddmd/%.c
	@mkdir -p $(@D)
	$(CC) $(program-flags) -Itools/ddmd -DVERSION='"$(VERSION)"' \
		-DLIBEXEC='"$(LIBEXECDIR)"' -DPPPDDIR='"$(PPPDDIR)"' $(HARDENING) $(CFLAGS) -c -o $@ $<

$(B)/ddmd: $(ddmd-objects) $(B)/libddm.a
	$(CC) -pie $(LDFLAGS) $(CFLAGS) -o $@ $^ $(mnl-libs) -linih -luv

$(B)/ddm-admin-host: $(admin-host-objects)
	$(CC) -pie $(LDFLAGS) $(CFLAGS) -pthread -Wl,--export-dynamic-symbol=mpr_in_callout -o $@ $^ -ldl

$(B)/pppd-plugin/ddm.so: $(plugin-sources) $(wildcard tools/pppd-plugin/*.h tools/ddmd/plugin-protocol.h)
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE $(WARNINGS) -fPIC -fvisibility=hidden $(HARDENING) $(CFLAGS) \
		-shared -Wl,-z,relro,-z,now -o $@ $(plugin-sources)

$(B)/examples/%: tools/examples/%.c $(B)/libmprapi.so.$(ABI)
	@mkdir -p $(@D)
	$(CC) -std=c11 -Wall -Wextra -Ilib/include/windows $(CFLAGS) $(LDFLAGS) -o $@ $< \
		-L$(B) -lmprapi -Wl,-rpath,'$$ORIGIN/..'

# An administration DLL needs nothing but the headers.
$(B)/examples/%.so: tools/examples/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -Wall -Wextra -Ilib/include/windows $(CFLAGS) -fPIC -shared $(LDFLAGS) -o $@ $<

# -------------------------------------------------------------- install --

libraries := libddm libmprapi libmpr
pc-files := libddm.pc mprapi.pc mpr.pc

install: all
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules_install
	$(MAKE) install-user
	-depmod -a

install-user: user
	install -d $(addprefix $(DESTDIR),$(LIBDIR)/pkgconfig $(LIBDIR)/ddm/providers \
		$(INCLUDEDIR)/linux $(INCLUDEDIR)/mprapi $(SBINDIR) $(LIBEXECDIR) $(PPPDDIR) \
		$(UNITDIR) $(DOCDIR) $(MANDIR)/man5 $(MANDIR)/man8 $(COMPLETIONDIR))
	for l in $(libraries); do \
		install -m 755 $(B)/$$l.so.$(ABI) $(DESTDIR)$(LIBDIR)/ && \
		ln -sf $$l.so.$(ABI) $(DESTDIR)$(LIBDIR)/$$l.so || exit 1; done
	install -m 644 $(B)/libddm.a $(B)/libmprapi.a $(DESTDIR)$(LIBDIR)/
	install -m 644 $(addprefix $(B)/,$(pc-files)) $(DESTDIR)$(LIBDIR)/pkgconfig/
	install -m 755 $(B)/providers/ddm.so $(DESTDIR)$(LIBDIR)/ddm/providers/
	install -d $(addprefix $(DESTDIR)$(SYSCONFDIR)/ddm/,interfaces.d providers.d notify.d)
	sed 's,@LIBDIR@,$(LIBDIR),' lib/mpr/providers/ddm/10-ddm.conf.in > \
		$(DESTDIR)$(SYSCONFDIR)/ddm/providers.d/10-ddm.conf
	install -m 644 lib/include/ddm.h $(DESTDIR)$(INCLUDEDIR)/
	install -m 644 uapi/linux/ddm.h $(DESTDIR)$(INCLUDEDIR)/linux/
	install -m 644 lib/include/windows/*.h $(DESTDIR)$(INCLUDEDIR)/mprapi/
	install -m 755 $(B)/ddmctl $(B)/ddmd $(DESTDIR)$(SBINDIR)/
	install -m 755 $(B)/ddm-admin-host $(B)/ddm-notify-host $(DESTDIR)$(LIBEXECDIR)/
	install -m 755 $(B)/pppd-plugin/ddm.so $(DESTDIR)$(PPPDDIR)/
	sed 's,/usr/local/sbin/,$(SBINDIR)/,' tools/ddmd/ddmd.service > $(DESTDIR)$(UNITDIR)/ddmd.service
	install -m 644 tools/ddmd/examples/* $(wildcard Documentation/*.md) $(DESTDIR)$(DOCDIR)/
	install -m 644 $(wildcard tools/*/*.8) $(DESTDIR)$(MANDIR)/man8/
	install -m 644 $(wildcard tools/*/*.5) $(DESTDIR)$(MANDIR)/man5/
	install -m 644 tools/ddmctl/ddmctl.bash-completion $(DESTDIR)$(COMPLETIONDIR)/ddmctl
	$(if $(DESTDIR),,-ldconfig)

uninstall:
	rm -f $(addprefix $(DESTDIR)$(LIBDIR)/,$(foreach l,$(libraries),$(l).so $(l).so.$(ABI) $(l).a) \
		$(addprefix pkgconfig/,$(pc-files)))
	rm -f $(DESTDIR)$(INCLUDEDIR)/ddm.h $(DESTDIR)$(INCLUDEDIR)/linux/ddm.h
	rm -rf $(addprefix $(DESTDIR),$(INCLUDEDIR)/mprapi $(LIBEXECDIR) $(DOCDIR))
	rm -f $(DESTDIR)$(LIBDIR)/ddm/providers/ddm.so
	# what operators have put there is theirs
	-rmdir $(DESTDIR)$(LIBDIR)/ddm/providers $(DESTDIR)$(LIBDIR)/ddm
	rm -f $(addprefix $(DESTDIR)$(SBINDIR)/,ddmctl ddmd) $(DESTDIR)$(PPPDDIR)/ddm.so \
		$(DESTDIR)$(UNITDIR)/ddmd.service $(DESTDIR)$(COMPLETIONDIR)/ddmctl
	rm -f $(DESTDIR)$(SYSCONFDIR)/ddm/providers.d/10-ddm.conf
	rm -f $(foreach m,$(notdir $(wildcard tools/*/*.[58])),$(DESTDIR)$(MANDIR)/man$(patsubst .%,%,$(suffix $(m)))/$(m))
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

fuzz:
	@selftests/vm/deps
	@$(MAKE) --no-print-directory -s -C selftests/fuzz family
	@selftests/vm/run --kernel $(or $(FUZZ_KERNEL),debug) --smp 2 --name fuzz \
		--timeout $$(($(or $(FUZZ_SECONDS),600) + 600)) -- sh -c 'modprobe ddm && \
		build/selftests/fuzz/family -t $(or $(FUZZ_SECONDS),600) $(addprefix -s ,$(FUZZ_SEED))'

soak:
	@selftests/vm/deps
	@$(MAKE) --no-print-directory -s -C selftests/soak
	@selftests/vm/run --kernel $(or $(SOAK_KERNEL),6.12) --smp 2 --name soak \
		--timeout $$(($(or $(SOAK_SECONDS),1800) + 900)) -- sh -c 'modprobe ddm && \
		build/selftests/soak/soak $(or $(SOAK_SECONDS),1800) && \
		build/selftests/soak-parts/library.tsan 60'

fuzz-user:
	@selftests/vm/deps build check
	@selftests/fuzz/user.sh $(or $(FUZZ_SECONDS),60) $(FUZZ_TARGETS)

check-debug:
	@selftests/vm/deps build vm check debug
	@selftests/check-debug

# In make check each of the two has one half of the slow ones.
check-kernels:
	@selftests/vm/deps
	@$(MAKE) --no-print-directory -s user
	@$(MAKE) --no-print-directory -s -C selftests
	@for kernel in 6.1 6.12; do \
		echo "== $$kernel"; \
		selftests/vm/hwsim $$kernel > /dev/null && \
		selftests/vm/run --kernel $$kernel --name check-kernels-$$kernel --timeout 3600 -- \
			selftests/guest || exit 1; \
	done

# Of a kernel that Debian's release will have one day; make check has the others
check-newest:
	@selftests/vm/deps build vm check newest
	@$(MAKE) --no-print-directory -s user
	@$(MAKE) --no-print-directory -s -C selftests
	@selftests/vm/run --kernel newest --name check-newest --timeout 1800 -- \
		selftests/guest ddm libddm mprapi links

# Slow, and with opinions: beside make check, not in it
analyze:
	@selftests/vm/deps build check analyze
	@selftests/static/analyze.sh

coverage:
	@selftests/vm/deps build vm check debug
	@selftests/coverage.sh --all

# Of make check there is a small form; this one wants a machine of its own.
check-many:
	@selftests/vm/deps build vm
	@$(MAKE) --no-print-directory -s user
	@$(MAKE) --no-print-directory -s -C selftests/links
	@$(MAKE) --no-print-directory -s -C selftests/admin
	@for kernel in 6.1 6.12; do \
		echo "== $$kernel"; \
		selftests/vm/run --kernel $$kernel --name check-many-$$kernel --timeout 3600 -- \
			sh -c 'modprobe ddm && CALLS=200 SESSIONS=50 TEST_TIMEOUT=3500 \
				selftests/run-tests --log $$DDM_OUT/tests \
				selftests/ddmd/many.sh selftests/admin/many.sh' || exit 1; \
	done

bench:
	@selftests/vm/deps build vm bench
	@selftests/bench/run

bench-check:
	@selftests/vm/deps build vm
	@selftests/bench/run --check

clean:
	rm -rf $(B)
	-test ! -e $(KDIR)/Makefile || $(MAKE) -s -C $(KDIR) M=$(CURDIR) clean

-include $(wildcard $(B)/lib/*/*.d $(B)/lib/*/*/*.d $(B)/lib/*/*/*/*.d $(B)/tools/*/*.d $(B)/tools/*/*/*.d)
