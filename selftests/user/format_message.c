// SPDX-License-Identifier: GPL-2.0-only
/* FormatMessage and LocalFree as programs use them on the codes they get. */
#include <string.h>
#include <wchar.h>
#include <windows.h>
#include <mprerror.h>

#include "ktap.h"

#define LANGUAGE MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT)

static char *text_of(DWORD code, DWORD flags)
{
	static char text[512];

	text[0] = '\0';
	FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM |
			       FORMAT_MESSAGE_IGNORE_INSERTS | flags,
		       NULL, code, LANGUAGE, text, sizeof(text), NULL);
	return text;
}

static void codes_of_all_headers_have_a_text(void)
{
	static const DWORD codes[] = { NO_ERROR,
				       ERROR_ACCESS_DENIED,
				       ERROR_INVALID_HANDLE,
				       ERROR_INVALID_PARAMETER,
				       600,
				       691,
				       ERROR_DDM_NOT_RUNNING,
				       ERROR_INTERFACE_DISABLED,
				       RPC_S_INVALID_BINDING };
	size_t i;

	for (i = 0; i < ARRAYSIZE(codes); i++) {
		const char *text = text_of(codes[i], 0);
		size_t length = strlen(text);

		if (length < 4 || strcmp(text + length - 2, "\r\n"))
			KTAP_FAIL("code %u has the text \"%s\"", codes[i],
				  text);
	}
}

static void allocated_text_is_freed_with_localfree(void)
{
	WCHAR *wide = NULL;
	DWORD length;

	length = FormatMessageW(
		FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM |
			FORMAT_MESSAGE_FROM_HMODULE |
			FORMAT_MESSAGE_IGNORE_INSERTS,
		NULL, ERROR_ACCESS_DENIED, 0, (LPWSTR)&wide, 300, NULL);
	EXPECT_TRUE(length && wide);
	EXPECT_EQ(wcslen(wide), length);
	/* nSize is the least size of the buffer. */
	wide[299] = L'x';
	EXPECT_TRUE(!LocalFree(wide));
	EXPECT_TRUE(!LocalFree(NULL));
}

static void unknown_code_is_reported(void)
{
	char text[8] = "as was", *allocated = text;

	EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 0xdeadbeef,
				 0, text, sizeof(text), NULL),
		  0);
	EXPECT_EQ(GetLastError(), ERROR_MR_MID_NOT_FOUND);
	EXPECT_STR(text, "as was");
	EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM |
					 FORMAT_MESSAGE_ALLOCATE_BUFFER,
				 NULL, 0xdeadbeef, 0, (LPSTR)&allocated, 0,
				 NULL),
		  0);
	EXPECT_TRUE(!allocated);
}

static void small_buffer_is_not_overrun(void)
{
	const char *whole = text_of(ERROR_ACCESS_DENIED, 0);
	DWORD length = (DWORD)strlen(whole);
	char text[512];

	memset(text, 'x', sizeof(text));
	EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL,
				 ERROR_ACCESS_DENIED, 0, text, length, NULL),
		  0);
	EXPECT_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
	EXPECT_EQ(text[0], 'x');
	EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL,
				 ERROR_ACCESS_DENIED, 0, text, length + 1,
				 NULL),
		  length);
	EXPECT_EQ(text[length + 1], 'x');
}

static void bad_arguments_are_refused(void)
{
	static const struct {
		DWORD flags;
		const char *source;
		DWORD language, error;
	} cases[] = {
		{ 0, "x", 0, ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING, NULL, 0,
		  ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_FROM_SYSTEM, "x",
		  0, ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING, "\xff", 0,
		  ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING, "%1", 0,
		  ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING, "%1!q!", 0,
		  ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING, "%1!99999d!", 0,
		  ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING, "%1!d", 0,
		  ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_STRING, "%", 0, ERROR_INVALID_PARAMETER },
		{ FORMAT_MESSAGE_FROM_HMODULE, NULL, 0,
		  ERROR_RESOURCE_TYPE_NOT_FOUND },
		{ FORMAT_MESSAGE_FROM_SYSTEM, NULL, MAKELANGID(0x07, 1),
		  ERROR_RESOURCE_LANG_NOT_FOUND },
	};
	char text[100];
	size_t i;

	for (i = 0; i < ARRAYSIZE(cases); i++) {
		SetLastError(0);
		EXPECT_EQ(FormatMessageA(cases[i].flags, cases[i].source, 5,
					 cases[i].language, text, sizeof(text),
					 NULL),
			  0);
		if (GetLastError() != cases[i].error)
			KTAP_FAIL("case %zu: error %u, expected %u", i,
				  GetLastError(), cases[i].error);
	}
	EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 5, 0, NULL,
				 0, NULL),
		  0);
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
}

static const char *format(const char *source, DWORD flags,
			  const DWORD_PTR *array)
{
	static char text[512];

	if (!FormatMessageA(FORMAT_MESSAGE_FROM_STRING |
				    FORMAT_MESSAGE_ARGUMENT_ARRAY | flags,
			    source, 0, 0, text, sizeof(text), (va_list *)array))
		snprintf(text, sizeof(text), "error %u", GetLastError());
	return text;
}

static void inserts_are_put_in(void)
{
	const DWORD_PTR array[] = { 4,
				    2,
				    (DWORD_PTR) "Bill",
				    (DWORD_PTR) "Bob",
				    6,
				    (DWORD_PTR) "Bill",
				    (DWORD_PTR)L"w\u00efde",
				    (DWORD_PTR)-5,
				    0xdeadbeef12345678 };

	/* The example of the Windows page. */
	EXPECT_STR(format("%1!*.*s! %4 %5!*s!", 0, array), "  Bi Bob   Bill");
	EXPECT_STR(format("%4!-6s!|%3!.3s!|", 0, array), "Bob   |Bil|");
	EXPECT_STR(format("%7!ls! %7!ws! %7!S! %7!6.2S!", 0, array),
		   "w\xc3\xaf"
		   "de w\xc3\xaf"
		   "de w\xc3\xaf"
		   "de     w\xc3\xaf");
	EXPECT_STR(format("%8!d! %8!04hx! %9!I64x! %9!X! %2!u!", 0, array),
		   "-5 fffb deadbeef12345678 12345678 2");
	EXPECT_STR(format("%4%%%n%t%!%.%r%0gone", 0, array), "Bob%\r\n\t!.\r");
	EXPECT_STR(format("%4 %1!d!%n", FORMAT_MESSAGE_IGNORE_INSERTS, array),
		   "%4 %1!d!\r\n");
	EXPECT_STR(format("a\nb\r\nc", 0, array), "a\r\nb\r\nc");
	EXPECT_STR(format("a\r\nb%n", FORMAT_MESSAGE_MAX_WIDTH_MASK, array),
		   "a b\r\n");
}

static const char *format_list(const char *source, ...)
{
	static char text[512];
	va_list list;
	DWORD length;

	va_start(list, source);
	length = FormatMessageA(FORMAT_MESSAGE_FROM_STRING, source, 0, 0, text,
				sizeof(text), &list);
	va_end(list);
	return length ? text : "error";
}

static void argument_list_is_read_in_any_order(void)
{
	EXPECT_STR(format_list("%3 %1!d! %2 %1!d!", (DWORD_PTR)7, "two",
			       "three"),
		   "three 7 two 7");
}

static void wide_form_takes_wide_inserts(void)
{
	const DWORD_PTR array[] = { (DWORD_PTR)L"wan\u00e9", (DWORD_PTR) "up" };
	WCHAR text[64];

	EXPECT_EQ(FormatMessageW(FORMAT_MESSAGE_FROM_STRING |
					 FORMAT_MESSAGE_ARGUMENT_ARRAY,
				 L"%1 %2!hs! %2!S!", 0, 0, text,
				 ARRAYSIZE(text), (va_list *)array),
		  10);
	EXPECT_TRUE(!wcscmp(text, L"wan\u00e9 up up"));
}

static void line_end_becomes_a_space(void)
{
	const char *text =
		text_of(ERROR_ACCESS_DENIED, FORMAT_MESSAGE_MAX_WIDTH_MASK);

	EXPECT_EQ(text[strlen(text) - 1], ' ');
	EXPECT_TRUE(!strpbrk(text, "\r\n"));
}

static void overlong_text_is_an_error(void)
{
	const DWORD_PTR array[] = { 4000 };
	static char source[20 * 10 + 1];
	char *text;
	size_t i;

	for (i = 0; i < 20; i++)
		memcpy(source + i * 10, "%1!04000d!", 10);
	EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_STRING |
					 FORMAT_MESSAGE_ALLOCATE_BUFFER |
					 FORMAT_MESSAGE_ARGUMENT_ARRAY,
				 source, 0, 0, (LPSTR)&text, 0,
				 (va_list *)array),
		  0);
	EXPECT_EQ(GetLastError(), ERROR_MORE_DATA);
}

static void localalloc_fills_with_zeros_if_asked(void)
{
	char *memory = LocalAlloc(LPTR, 100);

	EXPECT_TRUE(memory && !memory[0] && !memory[99]);
	LocalFree(memory);
	EXPECT_TRUE(!LocalAlloc(0x2, 100));
	EXPECT_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
	EXPECT_TRUE(!LocalAlloc(LPTR, (SIZE_T)-1 / 2));
	EXPECT_EQ(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
}

static const struct ktap_test tests[] = {
	KTAP_TEST(codes_of_all_headers_have_a_text),
	KTAP_TEST(allocated_text_is_freed_with_localfree),
	KTAP_TEST(unknown_code_is_reported),
	KTAP_TEST(small_buffer_is_not_overrun),
	KTAP_TEST(bad_arguments_are_refused),
	KTAP_TEST(inserts_are_put_in),
	KTAP_TEST(argument_list_is_read_in_any_order),
	KTAP_TEST(wide_form_takes_wide_inserts),
	KTAP_TEST(line_end_becomes_a_space),
	KTAP_TEST(overlong_text_is_an_error),
	KTAP_TEST(localalloc_fills_with_zeros_if_asked),
};

KTAP_MAIN(tests)
