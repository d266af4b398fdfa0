/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel whose answers are the fuzzer's, in place of libmnl's socket and of
 * libddm's receive.c. A message is given bytes, or is built of well-formed
 * attributes with contents from the input.
 */
#ifndef FAKE_H
#define FAKE_H

#include "fuzz.h"

struct ddm;

/* Where answers come from; when it has run out, reading fails for good. */
extern struct input fake_input;
void fake_begin(const struct input *input);

/* A handle that has found the family already. */
struct ddm *fake_handle(void);

#endif
