# SPDX-License-Identifier: GPL-2.0-only
"""Runs the kernel's generic YNL client again and again in one process.

Starting Python and reading the specification takes seconds in an emulated
machine. The arguments of one run are a line of the standard input; the answer
is what the client printed, each line after a space, and "= STATUS". A client that
subscribes and is told to sleep says "subscribed" and waits for a line instead.
"""

import contextlib
import io
import pickle
import runpy
import shlex
import sys
import time

import yaml

CLIENT = sys.argv[1]
read = {}


def load_once(stream):
    """In place of yaml.safe_load; much of the time goes there."""
    text = stream.read()
    if text not in read:
        read[text] = pickle.dumps(yaml.load(text, Loader=yaml.CSafeLoader))
    return pickle.loads(read[text])


def run(arguments):
    sys.argv = [CLIENT] + arguments
    try:
        runpy.run_path(CLIENT, run_name="__main__")
    except SystemExit as end:
        return end.code or 0
    except Exception as error:  # pylint: disable=broad-except
        print(f"{type(error).__name__}: {error}")
        return 1
    return 0


def main():
    yaml.safe_load = load_once
    sys.path.insert(0, CLIENT.rpartition("/")[0])
    # The client's exit() would close it.
    commands, sys.stdin = sys.stdin, None
    answers = sys.stdout

    def wait(_):
        print("subscribed", file=answers, flush=True)
        commands.readline()

    time.sleep = wait
    for line in iter(commands.readline, ""):
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = run(shlex.split(line))
        for answer in said.getvalue().splitlines():
            print("", answer)
        print("=", status, flush=True)


main()
