// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of media, see media.h. */
#include <strings.h>

#include "media.h"

static const struct mpr_media media[] = {
	/* What link agents say */
	{ "PPPoE", RASDT_PPPoE, RDT_PPPoE },
	{ "PPTP", RASDT_Vpn, RDT_Tunnel_Pptp },
	{ "L2TP", RASDT_Vpn, RDT_Tunnel_L2tp },
	{ "SSTP", RASDT_Vpn, RDT_Tunnel_Sstp },
	{ "PPPoA", RASDT_Atm, RDT_Atm },
	{ "ATM", RASDT_Atm, RDT_Atm },
	{ "ISDN", RASDT_Isdn, RDT_Isdn },
	{ "Modem", RASDT_Modem, RDT_Modem },
	{ "Serial", RASDT_Serial, RDT_Serial },
	{ "IrDA", RASDT_Irda, RDT_Irda },
	/* Kinds of net devices */
	{ "wwan", RASDT_Modem, RDT_Modem },
	{ "l2tpeth", RASDT_Vpn, RDT_Tunnel_L2tp },
	{ "wireguard", RASDT_Vpn, RDT_Other },
	{ "ovpn", RASDT_Vpn, RDT_Other },
	{ "tun", RASDT_Vpn, RDT_Other },
	{ "ipip", RASDT_Vpn, RDT_Other },
	{ "ip6tnl", RASDT_Vpn, RDT_Other },
	{ "sit", RASDT_Vpn, RDT_Other },
	{ "gre", RASDT_Vpn, RDT_Other },
	{ "ip6gre", RASDT_Vpn, RDT_Other },
	{ "gretap", RASDT_Vpn, RDT_Other },
	{ "ip6gretap", RASDT_Vpn, RDT_Other },
	{ "vti", RASDT_Vpn, RDT_Other },
	{ "vti6", RASDT_Vpn, RDT_Other },
	{ "xfrm", RASDT_Vpn, RDT_Other },
};

static const struct mpr_media other = { "", RASDT_Generic, RDT_Other };

const struct mpr_media *mpr_media_find(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAYSIZE(media); i++)
		if (!strcasecmp(media[i].word, word))
			return &media[i];
	return &other;
}
