#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""coverage.py TREE REASONS: add up what gcov has counted below TREE, in however
many programs a source was built into. gcovr wants to find the folder that each
was compiled in, and drops those for which it cannot. Programs are built with
different optimization: only lines count that each of them has."""
import json
import os
import subprocess
import sys

# Where the module is built
MODULE = "build/kmod-debug/"


def counts(data):
    said = subprocess.run(
        ["gcov", "--json-format", "--stdout", "--branch-probabilities", data],
        capture_output=True, check=False).stdout
    for line in said.splitlines():
        if line.strip():
            yield json.loads(line)


def main(tree, reasons):
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
                    if not path.startswith(("lib/", "tools/", "kmod/")):
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
    return table(lines, branches, why)


def table(lines, branches, why):
    files, folders, bad = {}, {}, 0
    for kind, counted in ((0, lines), (2, branches)):
        for key, count in counted.items():
            for name, where in ((key[0], files), (os.path.dirname(key[0]), folders)):
                sums = where.setdefault(name, [0, 0, 0, 0])
                sums[kind] += count > 0
                sums[kind + 1] += 1
    print(f"{'file':40} {'lines':>6} {'branches':>8}")
    for name, (seen, all_lines, taken, all_branches) in sorted(files.items()):
        percent = 100 * seen / all_lines
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
    sys.exit(main(sys.argv[1], sys.argv[2]))
