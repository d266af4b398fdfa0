#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""report.py [--check] [--some] KERNEL PACKAGE LOG: a table of what bench told.

Writes results/KERNEL.json (with --some, only the figures that were counted
change in it); with --check it compares with that file instead.
"""

import json
import os
import sys

RESULTS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "results")
TOLERANCE = 1.03


def read_log(path, kernel):
    """Figures of a run, with their ratio to the peer."""
    figures = []
    with open(path, encoding="utf-8") as log:
        for line in log:
            if not line.startswith("{"):
                continue
            told = json.loads(line)
            peer = told["peer"]
            figures.append({
                "figure": told["figure"],
                "kernel": kernel,
                "unit": told["unit"],
                "ours": told["ours"],
                "peer": peer,
                "ratio": round(told["ours"] / peer, 4) if peer else None,
                "limit": told["limit"],
            })
    return figures


def read_results(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)["figures"]
    except FileNotFoundError:
        return []


def text(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def missed(figure):
    return figure["limit"] is not None and figure["ours"] > figure["limit"]


def print_table(figures):
    print(f"{'figure':28}{'unit':32}{'ours':>12}{'peer':>14}{'ratio':>8}{'limit':>12}")
    for f in figures:
        print(f"{f['figure']:28}{f['unit']:32}{text(f['ours']):>12}"
              f"{text(f['peer']):>14}{text(f['ratio']):>8}{text(f['limit']):>12}"
              f"{'  missed' if missed(f) else ''}")


def merge(old, new):
    """The old figures, replaced by the new ones where there are any."""
    fresh = {f["figure"]: f for f in new}
    kept = [fresh.pop(f["figure"], f) for f in old]
    return kept + [f for f in new if f["figure"] in fresh]


def write(path, figures):
    rows = ",\n".join("  " + json.dumps(f) for f in figures)
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"figures": [\n' + rows + "\n]}\n")


def compare(figures, before):
    """Complaints about figures that miss their limit or have become worse."""
    known = {f["figure"]: f for f in before}
    for f in figures:
        old = known.get(f["figure"])
        # a limit that was missed when the results were made is known
        if missed(f) and not (old and missed(old)):
            yield f"{f['figure']}: {f['ours']} is more than the limit {f['limit']}"
        if not old or old["kernel"] != f["kernel"]:
            continue
        # small figures are differences of large ones: boots differ by as much
        if f["ours"] > max(old["ours"] * TOLERANCE, old["ours"] + 10):
            yield f"{f['figure']}: {f['ours']}, it was {old['ours']}"


def main(arguments):
    check = "--check" in arguments
    some = "--some" in arguments
    name, package, log = [a for a in arguments if not a.startswith("--")]
    path = os.path.join(RESULTS, name + ".json")
    figures = read_log(log, package)
    print(f"Linux {package}")
    print_table(figures)
    before = read_results(path)
    if not check:
        write(path, merge(before, figures) if some else figures)
        return not figures
    complaints = list(compare(figures, before))
    for complaint in complaints:
        print("bench-check:", complaint)
    return bool(complaints) or not figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
