#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0-only
"""charts.py: draw results/FIGURE.svg of results/KERNEL.json, with gnuplot."""

import glob
import json
import os
import subprocess
import sys

from report import RESULTS, missed, read_missed

# Bars of a kernel side by side; the limit is what the first may reach.
SCRIPT = """
set terminal svg size 640,360 font 'sans-serif,12' background '#ffffff'
set output '{output}'
set title '{title}' noenhanced
set ylabel '{unit}' noenhanced
set style data histograms
set style histogram clustered gap 1.5
set style fill solid 0.9 border -1
set yrange [0:*]
{scale}
set grid ytics
set key top right
set xtics noenhanced
set xlabel "{note}" noenhanced textcolor rgb '#b03030' font ',10'
$data << EOD
{rows}
EOD
plot {bars}
"""

COLOURS = {"ours": "#2a6fb0", "peer": "#b0b0b0", "limit": "#e0a030"}


def read():
    """Figures by name, in the order in which they were told."""
    figures = {}
    for path in sorted(glob.glob(os.path.join(RESULTS, "*.json"))):
        with open(path, encoding="utf-8") as file:
            for figure in json.load(file)["figures"]:
                kernel = os.path.basename(path)[:-len(".json")]
                figures.setdefault(figure["figure"], {})[kernel] = figure
    return figures


def cell(value, least):
    if value is None:
        return "NaN"
    return max(value, least)


def note(name, kernels, known):
    """What stops a figure, and where, if it misses."""
    where = {}
    for kernel, figure in kernels.items():
        if missed(figure):
            where.setdefault(known[kernel].get(name, "?"), []).append(kernel)
    return "\\n".join(f"misses on {' and '.join(on)}:\\n{why}" for why, on in where.items())


def draw(name, kernels, known):
    figures = kernels.values()
    shown = [c for c in COLOURS if any(f[c] is not None for f in figures)]
    values = [f[c] for f in figures for c in shown if f[c] and f[c] > 0]
    # where one bar would hide the others
    log = bool(values) and max(values) > 50 * min(values)
    least = min(values) / 2 if log else 0
    rows = "\n".join(
        " ".join([f'"Linux {kernel}"'] + [str(cell(f[c], least)) for c in shown])
        for kernel, f in kernels.items())
    bars = ", ".join(
        f"$data using {i}{':xtic(1)' if i == 2 else ''} title '{c}' lc rgb '{COLOURS[c]}'"
        for i, c in enumerate(shown, 2))
    script = SCRIPT.format(
        output=os.path.join(RESULTS, name + ".svg"), title=name, unit=next(iter(figures))["unit"],
        scale="set logscale y; set yrange [*:*]" if log else "", rows=rows, bars=bars,
        note=note(name, kernels, known))
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def main():
    figures = read()
    known = {kernel: read_missed(kernel)
             for kernels in figures.values() for kernel in kernels}
    for name, kernels in figures.items():
        draw(name, kernels, known)


if __name__ == "__main__":
    sys.exit(main())
