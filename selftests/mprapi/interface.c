// SPDX-License-Identifier: GPL-2.0-only
/* Interfaces through mprapi.h: create, find, change, list, delete. */
#include "fixture.h"

TEST_F(router, tracked_device_is_an_interface)
{
	MPR_INTERFACE_0 info = look(self->server, self->wg);

	EXPECT_EQ(0, wcscmp(info.wszInterfaceName, L"wg0"));
	EXPECT_EQ(self->wg, info.hInterface);
	EXPECT_EQ(TRUE, info.fEnabled);
	EXPECT_EQ(ROUTER_IF_TYPE_FULL_ROUTER, info.dwIfType);
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED, info.dwConnectionState);
	EXPECT_EQ(0, info.fUnReachabilityReasons);
	EXPECT_EQ(0, info.dwLastError);
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  await_state(self->server, self->wg,
			      ROUTER_IF_STATE_CONNECTED));
	ASSERT_EQ(0, run("ip link del wg0"));
	EXPECT_EQ(NULL, find_interface(self->server, L"wg0"));
}

TEST_F(router, created_interface_is_bound_to_the_device_of_its_name)
{
	HANDLE handle;

	ASSERT_EQ(0, run("ip link add eth7 type dummy"));
	/* Ethernet is not tracked by itself. */
	EXPECT_EQ(NULL, find_interface(self->server, L"eth7"));
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"eth7", &handle));
	EXPECT_EQ(handle, find_interface(self->server, L"eth7"));
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED,
		  look(self->server, handle).dwConnectionState);
	ASSERT_EQ(0, run("ip link set eth7 up"));
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED,
		  await_state(self->server, handle, ROUTER_IF_STATE_CONNECTED));
}

TEST_F(router, name_of_256_characters_of_any_script_is_kept)
{
	static const wchar_t samples[] = { 'x', 0xfc, 0x4e2d, 0x1f4de };
	WCHAR name[MAX_INTERFACE_NAME_LEN + 1] = { 0 };
	MPR_INTERFACE_0 info;
	HANDLE handle;
	size_t i;

	for (i = 0; i < ARRAYSIZE(samples); i++) {
		wmemset(name, samples[i], MAX_INTERFACE_NAME_LEN);
		ASSERT_EQ(NO_ERROR, create_level0(self->server, name, &handle));
		info = look(self->server, handle);
		EXPECT_EQ(0, wcscmp(info.wszInterfaceName, name));
		EXPECT_EQ(handle, find_interface(self->server, name));
		EXPECT_EQ(NO_ERROR,
			  MprAdminInterfaceDelete(self->server, handle));
	}
}

TEST_F(router, names_are_compared_exactly)
{
	HANDLE first, second;

	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"Branch", &first));
	EXPECT_EQ(ERROR_INTERFACE_ALREADY_EXISTS,
		  create_level0(self->server, L"Branch", &second));
	EXPECT_EQ(NULL, second);
	EXPECT_EQ(NULL, find_interface(self->server, L"branch"));
	EXPECT_EQ(NULL, find_interface(self->server, L"Branch "));
	EXPECT_EQ(NO_ERROR, create_level0(self->server, L"branch", &second));
	EXPECT_NE(first, second);
	EXPECT_EQ(first, find_interface(self->server, L"Branch"));
}

TEST_F(router, what_is_no_name_is_the_name_of_no_interface)
{
	WCHAR longest[MAX_INTERFACE_NAME_LEN + 50] = { 0 };
	WCHAR broken[] = { 'a', (WCHAR)0xd800, 0 };
	WCHAR empty[] = L"", control[] = L"a\nb", unknown[] = L"nothing";
	WCHAR *names[] = { longest, broken, empty, control, unknown };
	HANDLE handle;
	size_t i;

	wmemset(longest, L'x', ARRAYSIZE(longest) - 1);
	for (i = 0; i < ARRAYSIZE(names); i++) {
		handle = (HANDLE)1;
		EXPECT_EQ(ERROR_NO_SUCH_INTERFACE,
			  MprAdminInterfaceGetHandle(self->server, names[i],
						     &handle, TRUE));
		EXPECT_EQ(NULL, handle);
	}
	EXPECT_EQ(ERROR_INVALID_PARAMETER,
		  create_level0(self->server, control, &handle));
}

TEST_F(router, create_makes_a_tracked_interface_last)
{
	HANDLE handle;

	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"wg0", &handle));
	EXPECT_EQ(self->wg, handle);
	ASSERT_EQ(0, run("ip link del wg0"));
	EXPECT_EQ(handle, find_interface(self->server, L"wg0"));
	/* Whoever dials it may make the device again. */
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED,
		  look(self->server, handle).dwConnectionState);
}

TEST_F(router, state_in_the_callers_structure_is_ignored)
{
	MPR_INTERFACE_0 info = {
		.wszInterfaceName = L"odd",
		.hInterface = (HANDLE)0x1234,
		.fEnabled = 77,
		.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
		.dwConnectionState = ROUTER_IF_STATE_CONNECTED,
		.fUnReachabilityReasons = 0xffff,
		.dwLastError = 5,
	};
	HANDLE handle;

	ASSERT_EQ(NO_ERROR, MprAdminInterfaceCreate(self->server, 0,
						    (LPBYTE)&info, &handle));
	info = look(self->server, handle);
	EXPECT_EQ(handle, info.hInterface);
	EXPECT_EQ(TRUE, info.fEnabled);
	EXPECT_NE(ROUTER_IF_STATE_CONNECTED, info.dwConnectionState);
	EXPECT_EQ(0, info.dwLastError);
	/* A rename is not among what SetInfo does. */
	wcscpy(info.wszInterfaceName, L"other");
	info.dwIfType = ROUTER_IF_TYPE_DIALOUT;
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceSetInfo(self->server, handle, 0,
						     (LPBYTE)&info));
	info = look(self->server, handle);
	EXPECT_EQ(0, wcscmp(info.wszInterfaceName, L"odd"));
	EXPECT_EQ(ROUTER_IF_TYPE_FULL_ROUTER, info.dwIfType);
}

TEST_F(router, disabling_forbids_the_next_connection_only)
{
	MPR_INTERFACE_0 info;

	ASSERT_EQ(0, run("ip link set wg0 up"));
	set_enabled(self->server, self->wg, FALSE);
	info = look(self->server, self->wg);
	EXPECT_EQ(FALSE, info.fEnabled);
	EXPECT_EQ(ROUTER_IF_STATE_CONNECTED, info.dwConnectionState);
	ASSERT_EQ(0, run("ip link set wg0 down"));
	EXPECT_EQ(ROUTER_IF_STATE_UNREACHABLE,
		  await_state(self->server, self->wg,
			      ROUTER_IF_STATE_UNREACHABLE));
	info = look(self->server, self->wg);
	EXPECT_EQ(MPR_INTERFACE_ADMIN_DISABLED, info.fUnReachabilityReasons);
	set_enabled(self->server, self->wg, TRUE);
	EXPECT_EQ(ROUTER_IF_STATE_DISCONNECTED,
		  look(self->server, self->wg).dwConnectionState);
}

TEST_F(router, delete_says_why_not)
{
	HANDLE handle;

	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"wg0", &handle));
	ASSERT_EQ(0, run("ip link set wg0 up"));
	EXPECT_EQ(ERROR_INTERFACE_CONNECTED,
		  MprAdminInterfaceDelete(self->server, handle));
	ASSERT_EQ(0, run("ip link set wg0 down"));
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceDelete(self->server, handle));
	EXPECT_EQ(ERROR_INVALID_HANDLE,
		  MprAdminInterfaceDelete(self->server, handle));
	EXPECT_EQ((DWORD)-1, look(self->server, handle).dwLastError);
	EXPECT_EQ(ERROR_INVALID_HANDLE,
		  MprAdminInterfaceDelete(self->server, (HANDLE)0xfffffff));
}

TEST_F(router, interface_of_a_device_cannot_be_deleted)
{
	EXPECT_EQ(ERROR_NOT_SUPPORTED,
		  MprAdminInterfaceDelete(self->server, self->wg));
	EXPECT_EQ(self->wg, find_interface(self->server, L"wg0"));
}

TEST_F(router, unknown_handles_are_invalid)
{
	HANDLE unknown = (HANDLE)0x7654321;
	MPR_INTERFACE_0 info = { 0 };
	LPBYTE buffer = (LPBYTE)1;
	DWORD level;

	for (level = 0; level < 4; level++)
		EXPECT_EQ(ERROR_INVALID_HANDLE,
			  MprAdminInterfaceGetInfo(self->server, unknown, level,
						   &buffer));
	EXPECT_EQ(NULL, buffer);
	EXPECT_EQ(ERROR_INVALID_HANDLE,
		  MprAdminInterfaceSetInfo(self->server, unknown, 0,
					   (LPBYTE)&info));
}

TEST_F(router, dialling_settings_come_back_as_they_were_set)
{
	static WCHAR alternates[] = L"second\0\\third = \x4e2d\nline\0";
	static BYTE eap[] = { 0, 1, 0xfe, 0xff, '\n' };
	IN6_ADDR addresses[2] = { 0 };
	MPR_INTERFACE_3 set = {
		.wszInterfaceName = L"branch office",
		.fEnabled = TRUE,
		.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
		.dwfOptions = MPRIO_RequireEAP | MPRIO_IpSecPreSharedKey,
		.szLocalPhoneNumber = L"vpn.example.org \\ #1",
		.szAlternates = alternates,
		.ipaddr = 0x0100a8c0,
		.ipaddrDns = 0x01010101,
		.dwfNetProtocols = MPRNP_Ip | MPRNP_Ipv6,
		.szX25Address = L"12345",
		.dwDialMode = MPRDM_DialAsNeeded,
		.dwDialExtraPercent = 75,
		.dwIdleDisconnectSeconds = MPRIDS_Disabled,
		.dwType = MPRET_Vpn,
		.dwEncryptionType = MPR_ET_RequireMax,
		.dwCustomAuthKey = 13,
		.dwCustomAuthDataSize = sizeof(eap),
		.lpbCustomAuthData = eap,
		.dwVpnStrategy = MPR_VS_Ikev2First,
		.AddressCount = 2,
		.ipv6addr = addresses,
	};
	MPR_INTERFACE_3 *got;
	MPR_INTERFACE_2 *two;
	HANDLE handle;

	wcscpy(set.szDeviceType, MPRDT_Vpn);
	set.ipv6addrDns.u.Byte[15] = 1;
	addresses[0].u.Byte[0] = 0xfd;
	addresses[1].u.Byte[15] = 9;
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceCreate(self->server, 3,
						    (LPBYTE)&set, &handle));
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceGetInfo(self->server, handle, 3,
						     (LPBYTE *)&got));
	EXPECT_EQ(0, wcscmp(got->wszInterfaceName, set.wszInterfaceName));
	EXPECT_EQ(handle, got->hInterface);
	EXPECT_EQ(set.dwfOptions, got->dwfOptions);
	EXPECT_EQ(0, wcscmp(got->szLocalPhoneNumber, set.szLocalPhoneNumber));
	EXPECT_EQ(0, memcmp(got->szAlternates, alternates,
			    sizeof(alternates) - sizeof(WCHAR)));
	EXPECT_EQ(set.ipaddr, got->ipaddr);
	EXPECT_EQ(set.ipaddrDns, got->ipaddrDns);
	EXPECT_EQ(0, got->ipaddrWins);
	EXPECT_EQ(set.dwfNetProtocols, got->dwfNetProtocols);
	EXPECT_EQ(0, wcscmp(got->szDeviceType, MPRDT_Vpn));
	EXPECT_EQ(0, wcscmp(got->szX25Address, L"12345"));
	EXPECT_EQ(set.dwDialMode, got->dwDialMode);
	EXPECT_EQ(75, got->dwDialExtraPercent);
	EXPECT_EQ(MPRIDS_Disabled, got->dwIdleDisconnectSeconds);
	EXPECT_EQ(MPRET_Vpn, got->dwType);
	EXPECT_EQ(MPR_ET_RequireMax, got->dwEncryptionType);
	EXPECT_EQ(13, got->dwCustomAuthKey);
	ASSERT_EQ(sizeof(eap), got->dwCustomAuthDataSize);
	EXPECT_EQ(0, memcmp(got->lpbCustomAuthData, eap, sizeof(eap)));
	EXPECT_EQ(MPR_VS_Ikev2First, got->dwVpnStrategy);
	ASSERT_EQ(2, got->AddressCount);
	EXPECT_EQ(0, memcmp(got->ipv6addr, addresses, sizeof(addresses)));
	EXPECT_EQ(1, got->ipv6addrDns.u.Byte[15]);
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(got));

	/* Level 2 leaves alone what only level 3 knows. */
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceGetInfo(self->server, handle, 2,
						     (LPBYTE *)&two));
	EXPECT_EQ(0, wcscmp(two->szLocalPhoneNumber, set.szLocalPhoneNumber));
	wcscpy(two->szLocalPhoneNumber, L"new");
	two->szAlternates = NULL;
	two->dwCustomAuthDataSize = 0;
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceSetInfo(self->server, handle, 2,
						     (LPBYTE)two));
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(two));
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceGetInfo(self->server, handle, 3,
						     (LPBYTE *)&got));
	EXPECT_EQ(0, wcscmp(got->szLocalPhoneNumber, L"new"));
	EXPECT_EQ(NULL, got->szAlternates);
	EXPECT_EQ(NULL, got->lpbCustomAuthData);
	EXPECT_EQ(2, got->AddressCount);
	EXPECT_EQ(1, got->ipv6addrDns.u.Byte[15]);
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(got));
}

TEST_F(router, dial_out_hours_survive_other_settings)
{
	static WCHAR hours[] = L"1 08:00-12:00 13:00-17:00\0002 08:00-12:00\0";
	MPR_INTERFACE_1 one = {
		.wszInterfaceName = L"hours",
		.fEnabled = FALSE,
		.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
		.lpwsDialoutHoursRestriction = hours,
	};
	MPR_INTERFACE_2 two = { .fEnabled = TRUE,
				.szLocalPhoneNumber = L"5551234" };
	MPR_INTERFACE_1 *got;
	HANDLE handle;

	ASSERT_EQ(NO_ERROR, MprAdminInterfaceCreate(self->server, 1,
						    (LPBYTE)&one, &handle));
	EXPECT_EQ(FALSE, look(self->server, handle).fEnabled);
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceSetInfo(self->server, handle, 2,
						     (LPBYTE)&two));
	EXPECT_EQ(TRUE, look(self->server, handle).fEnabled);
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceGetInfo(self->server, handle, 1,
						     (LPBYTE *)&got));
	ASSERT_NE(NULL, got->lpwsDialoutHoursRestriction);
	EXPECT_EQ(0, memcmp(got->lpwsDialoutHoursRestriction, hours,
			    sizeof(hours) - sizeof(WCHAR)));
	got->lpwsDialoutHoursRestriction = NULL;
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceSetInfo(self->server, handle, 1,
						     (LPBYTE)got));
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(got));
	ASSERT_EQ(NO_ERROR, MprAdminInterfaceGetInfo(self->server, handle, 1,
						     (LPBYTE *)&got));
	EXPECT_EQ(NULL, got->lpwsDialoutHoursRestriction);
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(got));
}

TEST_F(router, options_are_reported_as_the_server_sees_them)
{
	MPR_INTERFACE_2 *got;

	ASSERT_EQ(NO_ERROR, MprAdminInterfaceGetInfo(self->server, self->wg, 2,
						     (LPBYTE *)&got));
	EXPECT_EQ(MPRIO_RequireEncryptedPw | MPRIO_RequireMsEncryptedPw,
		  got->dwfOptions);
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(got));
}

TEST_F(router, other_kinds_of_interface_have_no_dialling_settings)
{
	MPR_INTERFACE_2 two = { 0 };
	HANDLE handle;
	LPBYTE buffer;
	DWORD level;
	MPR_INTERFACE_0 info = { .wszInterfaceName = L"out",
				 .fEnabled = TRUE,
				 .dwIfType = ROUTER_IF_TYPE_DIALOUT };

	ASSERT_EQ(NO_ERROR, MprAdminInterfaceCreate(self->server, 0,
						    (LPBYTE)&info, &handle));
	EXPECT_EQ(ROUTER_IF_TYPE_DIALOUT, look(self->server, handle).dwIfType);
	for (level = 1; level < 4; level++)
		EXPECT_EQ(ERROR_INVALID_LEVEL,
			  MprAdminInterfaceGetInfo(self->server, handle, level,
						   &buffer));
	EXPECT_EQ(ERROR_INVALID_LEVEL,
		  MprAdminInterfaceSetInfo(self->server, handle, 2,
					   (LPBYTE)&two));
}

TEST_F(router, buffer_is_freed_once)
{
	LPBYTE buffer;

	ASSERT_EQ(NO_ERROR,
		  MprAdminInterfaceGetInfo(self->server, self->wg, 0, &buffer));
	EXPECT_EQ(ERROR_INVALID_PARAMETER, MprAdminBufferFree(buffer + 8));
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(buffer));
	EXPECT_EQ(ERROR_INVALID_PARAMETER, MprAdminBufferFree(buffer));
}

#define MANY 25

static bool create_many(HANDLE server)
{
	WCHAR name[32];
	HANDLE handle;
	int i;

	for (i = 0; i < MANY; i++) {
		swprintf(name, ARRAYSIZE(name), L"interface %d", i);
		if (create_level0(server, name, &handle))
			return false;
	}
	return true;
}

/* Reads all pages; returns how many interfaces, 0 if a count is wrong. */
static DWORD read_pages(HANDLE server, DWORD length, DWORD *pages)
{
	DWORD resume = 0, read, total, seen = 0, error;
	HANDLE last = NULL;
	LPBYTE buffer;

	*pages = 0;
	do {
		MPR_INTERFACE_0 *list;
		DWORD i;

		error = MprAdminInterfaceEnum(server, 0, &buffer, length, &read,
					      &total, &resume);
		if (error && error != ERROR_MORE_DATA)
			return 0;
		list = (MPR_INTERFACE_0 *)buffer;
		for (i = 0; i < read; i++) {
			if (list[i].hInterface <= last)
				return 0;
			last = list[i].hInterface;
		}
		MprAdminBufferFree(buffer);
		/* MANY, wg0, less what earlier pages had. */
		if (total != MANY + 1 - seen || !read)
			return 0;
		seen += read;
		++*pages;
		if ((error == ERROR_MORE_DATA) != (resume != 0))
			return 0;
	} while (error == ERROR_MORE_DATA);
	return seen;
}

TEST_F(router, enumeration_pages_add_up)
{
	const DWORD size = sizeof(MPR_INTERFACE_0);
	DWORD pages;

	ASSERT_TRUE(create_many(self->server));
	EXPECT_EQ(MANY + 1, read_pages(self->server, (DWORD)-1, &pages));
	EXPECT_EQ(1, pages);
	EXPECT_EQ(MANY + 1, read_pages(self->server, 4 * size, &pages));
	EXPECT_EQ((MANY + 1 + 3) / 4, pages);
	EXPECT_EQ(MANY + 1, read_pages(self->server, 4 * size + 100, &pages));
	EXPECT_EQ((MANY + 1 + 3) / 4, pages);
	/* Too little for one is one, or callers would never get to the end. */
	EXPECT_EQ(MANY + 1, read_pages(self->server, 1, &pages));
	EXPECT_EQ(MANY + 1, pages);
	EXPECT_EQ(MANY + 1, read_pages(self->server, 0, &pages));
	EXPECT_EQ(MANY + 1,
		  read_pages(self->server, (MANY + 1) * size, &pages));
	EXPECT_EQ(1, pages);
}

TEST_F(router, enumeration_without_a_resume_handle_is_one_page)
{
	DWORD read, total;
	LPBYTE buffer;

	ASSERT_TRUE(create_many(self->server));
	EXPECT_EQ(ERROR_MORE_DATA,
		  MprAdminInterfaceEnum(self->server, 0, &buffer,
					2 * sizeof(MPR_INTERFACE_0), &read,
					&total, NULL));
	EXPECT_EQ(2, read);
	EXPECT_EQ(MANY + 1, total);
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(buffer));
}

TEST_F(router, pages_survive_what_comes_and_goes_between_them)
{
	DWORD resume = 0, read, total;
	HANDLE new_one;
	LPBYTE buffer;

	ASSERT_TRUE(create_many(self->server));
	ASSERT_EQ(ERROR_MORE_DATA,
		  MprAdminInterfaceEnum(self->server, 0, &buffer,
					10 * sizeof(MPR_INTERFACE_0), &read,
					&total, &resume));
	/* The last of the page, one of the first, and one that is to come. */
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceDelete(
				    self->server,
				    ((MPR_INTERFACE_0 *)buffer)[9].hInterface));
	EXPECT_EQ(NO_ERROR, MprAdminInterfaceDelete(
				    self->server,
				    ((MPR_INTERFACE_0 *)buffer)[3].hInterface));
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceDelete(self->server,
					  find_interface(self->server,
							 L"interface 24")));
	MprAdminBufferFree(buffer);
	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"late", &new_one));
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceEnum(self->server, 0, &buffer, (DWORD)-1,
					&read, &total, &resume));
	EXPECT_EQ(MANY + 1 - 10, read);
	EXPECT_EQ(read, total);
	EXPECT_EQ(0, resume);
	EXPECT_EQ(new_one, ((MPR_INTERFACE_0 *)buffer)[read - 1].hInterface);
	EXPECT_EQ(NO_ERROR, MprAdminBufferFree(buffer));
}

TEST_F(router, nothing_to_enumerate_is_no_error)
{
	DWORD resume = 0, read = 5, total = 5;
	LPBYTE buffer = (LPBYTE)1;

	ASSERT_EQ(0, run("ip link del wg0"));
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceEnum(self->server, 0, &buffer, (DWORD)-1,
					&read, &total, &resume));
	EXPECT_EQ(NULL, buffer);
	EXPECT_EQ(0, read);
	EXPECT_EQ(0, total);
	EXPECT_EQ(0, resume);
}

TEST_F(router, looking_needs_no_privilege_acting_does)
{
	MPR_INTERFACE_0 info;
	DWORD read, total;
	HANDLE handle;
	LPBYTE buffer;

	ASSERT_EQ(NO_ERROR, create_level0(self->server, L"mine", &handle));
	ASSERT_TRUE(give_up_privileges());
	info = look(self->server, handle);
	EXPECT_EQ(0, wcscmp(info.wszInterfaceName, L"mine"));
	EXPECT_EQ(self->wg, find_interface(self->server, L"wg0"));
	EXPECT_EQ(NO_ERROR,
		  MprAdminInterfaceEnum(self->server, 0, &buffer, (DWORD)-1,
					&read, &total, NULL));
	EXPECT_EQ(2, read);
	MprAdminBufferFree(buffer);
	EXPECT_TRUE(MprAdminIsServiceRunning(NULL));
	EXPECT_EQ(ERROR_ACCESS_DENIED,
		  MprAdminInterfaceSetInfo(self->server, handle, 0,
					   (LPBYTE)&info));
	EXPECT_EQ(ERROR_ACCESS_DENIED,
		  MprAdminInterfaceDelete(self->server, handle));
	EXPECT_EQ(ERROR_ACCESS_DENIED,
		  create_level0(self->server, L"new", &handle));
	EXPECT_EQ(ERROR_ACCESS_DENIED,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL, TRUE));
	EXPECT_EQ(ERROR_ACCESS_DENIED,
		  MprAdminInterfaceDisconnect(self->server, self->wg));
	EXPECT_EQ(ERROR_ACCESS_DENIED, MprAdminRegisterConnectionNotification(
					       self->server, self->event));
}

TEST_F(router, stopped_service_does_not_run)
{
	DWORD read, total;
	HANDLE handle;
	LPBYTE buffer;

	EXPECT_TRUE(MprAdminIsServiceRunning(NULL));
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_PAUSED));
	EXPECT_TRUE(MprAdminIsServiceRunning(NULL));
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_STOPPED));
	EXPECT_FALSE(MprAdminIsServiceRunning(NULL));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminInterfaceEnum(self->server, 0, &buffer, (DWORD)-1,
					&read, &total, NULL));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  create_level0(self->server, L"new", &handle));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING,
		  MprAdminInterfaceConnect(self->server, self->wg, NULL,
					   FALSE));
	EXPECT_EQ(ERROR_DDM_NOT_RUNNING, MprAdminRegisterConnectionNotification(
						 self->server, self->event));
	ASSERT_EQ(0, set_service(DDM_SERVICE_STATE_RUNNING));
	EXPECT_EQ(NO_ERROR, create_level0(self->server, L"new", &handle));
}

TEST_F(router, limit_of_interfaces_is_reported)
{
	const struct ddm_service_request request = {
		.size = sizeof(request),
		.set = DDM_SERVICE_MAX_INTERFACES_SET,
		.max_interfaces = 2,
	};
	struct ddm *ddm;
	HANDLE handle;

	ASSERT_EQ(0, ddm_open(&ddm));
	ASSERT_EQ(0, ddm_service_set(ddm, &request));
	EXPECT_EQ(NO_ERROR, create_level0(self->server, L"second", &handle));
	EXPECT_EQ(ERROR_MAX_WAN_INTERFACE_LIMIT,
		  create_level0(self->server, L"third", &handle));
	EXPECT_EQ(NULL, handle);
	ddm_close(ddm);
}

TEST_F(router, handle_stands_for_the_namespace_it_was_made_in)
{
	HANDLE other;

	ASSERT_TRUE(new_namespace());
	EXPECT_EQ(self->wg, find_interface(self->server, L"wg0"));
	ASSERT_EQ(NO_ERROR, MprAdminServerConnect(NULL, &other));
	EXPECT_EQ(NULL, find_interface(other, L"wg0"));
	MprAdminServerDisconnect(other);
}

TEST_HARNESS_MAIN
