#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""report.py [--check] [--some] KERNEL PACKAGE LOG: a table of what bench told.

Writes results/KERNEL.json (with --some, only the figures that were counted
change in it); with --check it compares with that file instead. A figure that
misses its limit has what stops it in missed.tsv: figure, kernel or "any", why.
"""

import json
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
RESULTS = os.path.join(HERE, "results")
MISSED = os.path.join(HERE, "missed.tsv")
TOLERANCE = 1.03
# of a kernel that is not the one of the results: Debian's have updates
OTHER_TOLERANCE = 1.1


def read_log(path, kernel):
    """Figures of a run, with their ratio to the peer, and the groups that began."""
    figures = []
    groups = []
    with open(path, encoding="utf-8") as log:
        for line in log:
            if line.startswith("group "):
                groups.append(line.split()[1])
            if not line.startswith("{"):
                continue
            told = json.loads(line)
            peer = told["peer"]
            figures.append({
                "figure": told["figure"],
                "group": told["group"],
                "kernel": kernel,
                "unit": told["unit"],
                "ours": told["ours"],
                "peer": peer,
                "ratio": round(told["ours"] / peer, 4) if peer else None,
                "limit": told["limit"],
            })
    return figures, groups


def read_results(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)["figures"]
    except FileNotFoundError:
        return []


def read_missed(kernel):
    """What stops the figures that are known to miss on a kernel, by figure."""
    with open(MISSED, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line[0] != "#"]
    return {figure: why for figure, where, why in rows if where in ("any", kernel)}


def text(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def missed(figure):
    return figure["limit"] is not None and figure["ours"] > figure["limit"]


def print_table(figures, known):
    print(f"{'figure':28}{'unit':32}{'ours':>12}{'peer':>14}{'ratio':>8}{'limit':>12}")
    for f in figures:
        print(f"{f['figure']:28}{f['unit']:32}{text(f['ours']):>12}"
              f"{text(f['peer']):>14}{text(f['ratio']):>8}{text(f['limit']):>12}"
              f"{'  missed' if missed(f) else ''}")
    for f in filter(missed, figures):
        print(f"missed: {f['figure']}: {known.get(f['figure'], 'missed.tsv does not say why')}")


def merge(old, new):
    """The old figures, replaced by the new ones where there are any."""
    fresh = {f["figure"]: f for f in new}
    kept = [fresh.pop(f["figure"], f) for f in old]
    return kept + [f for f in new if f["figure"] in fresh]


def write(path, figures):
    rows = ",\n".join("  " + json.dumps(f) for f in figures)
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"figures": [\n' + rows + "\n]}\n")


def unexplained(figures, known):
    """Complaints about figures that miss their limit, and nobody says why."""
    for f in figures:
        if missed(f) and f["figure"] not in known:
            yield f"{f['figure']}: {f['ours']} is more than the limit {f['limit']}"


def lost(figures, groups, before):
    """Complaints about figures that their group used to tell."""
    counted = {f["figure"] for f in figures}
    for old in before:
        if old.get("group") in groups and old["figure"] not in counted:
            yield f"{old['figure']}: group {old['group']} no longer tells it"


def compare(figures, before):
    """Complaints about figures that have become worse."""
    old_figures = {f["figure"]: f for f in before}
    for f in figures:
        old = old_figures.get(f["figure"])
        if not old:
            yield f"{f['figure']}: the results do not have it: make bench"
            continue
        tolerance = TOLERANCE if old["kernel"] == f["kernel"] else OTHER_TOLERANCE
        # small figures are differences of large ones: boots differ by as much
        if f["ours"] > max(old["ours"] * tolerance, old["ours"] + 10):
            yield f"{f['figure']}: {f['ours']}, it was {old['ours']}"


def main(arguments):
    check = "--check" in arguments
    some = "--some" in arguments
    name, package, log = [a for a in arguments if not a.startswith("--")]
    path = os.path.join(RESULTS, name + ".json")
    figures, groups = read_log(log, package)
    print(f"Linux {package}")
    known = read_missed(name)
    print_table(figures, known)
    before = read_results(path)
    complaints = list(unexplained(figures, known))
    complaints += lost(figures, groups, before)
    if check:
        for kernel in sorted({f["kernel"] for f in before} - {package}):
            print(f"bench: the results are of {kernel}, make bench counts anew")
        complaints += compare(figures, before)
    else:
        write(path, merge(before, figures) if some else figures)
    for complaint in complaints:
        print("bench:", complaint)
    return bool(complaints) or not figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
