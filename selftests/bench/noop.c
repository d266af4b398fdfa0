// SPDX-License-Identifier: GPL-2.0-only
/* The least that pppd can run as its script ip-up, see told.c. */
int main(void)
{
	return 0;
}
