/* SPDX-License-Identifier: GPL-2.0-only */
/* The structures that callouts get, made of what ddmd knows. */
#ifndef DDMD_HOST_RECORDS_H
#define DDMD_HOST_RECORDS_H

#include <stdbool.h>

#include <mprapi.h>

#include "facts.h"

/* All that a connection callout of any version may be given */
struct connection_records {
	RAS_CONNECTION_0 level0;
	RAS_CONNECTION_1 level1;
	RAS_CONNECTION_2 level2;
	RAS_CONNECTION_3 level3;
	RAS_CONNECTION_EX ex;
};

struct port_records {
	RAS_PORT_0 level0;
	RAS_PORT_1 level1;
};

/* address: in network order, as inet_addr() has it; 0 for none */
struct address_records {
	WCHAR user[UNLEN + 1];
	WCHAR port[MAX_PORT_NAME + 1];
	DWORD address;
};

void connection_records_fill(struct connection_records *records,
			     const struct host_facts *facts);
/* @up: the link is in use, or about to be; otherwise it has gone */
void port_records_fill(struct port_records *records,
		       const struct host_facts *facts, bool up);
void address_records_fill(struct address_records *records,
			  const struct host_facts *facts);

#endif
