#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""coverage.py TREE REASONS FOLDER...: add up what gcov has counted below TREE, in
however many programs a source was built into. gcovr wants to find the folder that
each was compiled in, and drops those for which it cannot. Programs are built with
different optimization: only lines count that each of them has.

Sources of the FOLDERs (lib, tools, kmod) for which nothing counted have 0 %. Fails
if a file below 90 % has no reason in REASONS, or if there are no sources."""
import json
import os
import subprocess
import sys

# Where the module is built
MODULE = "build/kmod-debug/"


# gcov fails where two sources of one program have the same name, such as those of
# the libraries in a program with a sanitizer: what others count of them will do.
def counts(data):
    said = subprocess.run(
        ["gcov", "--json-format", "--stdout", "--branch-probabilities", data],
        capture_output=True, check=False).stdout
    for line in said.splitlines():
        if line.strip():
            yield json.loads(line)


def sources(tree, folders):
    for wanted in folders:
        for folder, _, names in os.walk(os.path.join(tree, wanted)):
            for name in names:
                # compiled with the module, and no part of it
                if name.endswith(".c") and not name.endswith(".mod.c"):
                    yield os.path.relpath(os.path.join(folder, name), tree)


def main(tree, reasons, *wanted):
    tree = os.path.realpath(tree)
    why = {}
    with open(reasons, encoding="utf-8") as file:
        for line in file:
            name, _, reason = line.rstrip("\n").partition("\t")
            why[name] = reason
    lines, branches, common = {}, {}, {}
    for folder, _, names in os.walk(tree):
        if "/build/vm" in folder:
            continue
        for name in names:
            if not name.endswith(".gcda"):
                continue
            for unit in counts(os.path.join(folder, name)):
                where = unit.get("current_working_directory", tree)
                for source in unit["files"]:
                    path = os.path.realpath(os.path.join(where, source["file"]))
                    path = os.path.relpath(path, tree).removeprefix(MODULE)
                    if path.split("/")[0] not in wanted:
                        continue
                    here = {line["line_number"] for line in source["lines"]}
                    common[path] = common.get(path, here) & here
                    for line in source["lines"]:
                        key = (path, line["line_number"])
                        lines[key] = lines.get(key, 0) + line["count"]
                        for i, branch in enumerate(line["branches"]):
                            if branch.get("throw"):
                                continue
                            at = key + (i,)
                            branches[at] = branches.get(at, 0) + branch["count"]
    lines, branches = ({key: count for key, count in counted.items() if key[1] in common[key[0]]}
                       for counted in (lines, branches))
    return table(set(sources(tree, wanted)), lines, branches, why)


def table(expected, lines, branches, why):
    files, folders, bad = {name: [0, 0, 0, 0] for name in expected}, {}, not expected
    for kind, counted in ((0, lines), (2, branches)):
        for key, count in counted.items():
            for name, where in ((key[0], files), (os.path.dirname(key[0]), folders)):
                sums = where.setdefault(name, [0, 0, 0, 0])
                sums[kind] += count > 0
                sums[kind + 1] += 1
    print(f"{'file':40} {'lines':>6} {'branches':>8}")
    for name, (seen, all_lines, taken, all_branches) in sorted(files.items()):
        percent = 100 * seen / max(all_lines, 1)
        reason = ""
        if percent < 90:
            reason = why.get(name, "BELOW 90 %, WITHOUT A REASON")
            bad += name not in why
        print(f"{name:40} {percent:6.1f} {100 * taken / max(all_branches, 1):8.1f}  {reason}")
    print()
    for name, (seen, all_lines, taken, all_branches) in sorted(folders.items()):
        print(f"{name:40} {100 * seen / all_lines:6.1f} "
              f"{100 * taken / max(all_branches, 1):8.1f}  of {all_lines} lines")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
