#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""charts.py: draw results/FIGURE.svg of results/KERNEL.json, with gnuplot."""

import glob
import json
import os
import subprocess
import sys

RESULTS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "results")

# Bars of a kernel side by side; the limit is what the first may reach.
SCRIPT = """
set terminal svg size 560,320 font 'sans-serif,12' background '#ffffff'
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
                figures.setdefault(figure["figure"], []).append(figure)
    return figures


def cell(value, least):
    if value is None:
        return "NaN"
    return max(value, least)


def draw(name, figures):
    shown = [c for c in COLOURS if any(f[c] is not None for f in figures)]
    values = [f[c] for f in figures for c in shown if f[c] and f[c] > 0]
    # where one bar would hide the others
    log = bool(values) and max(values) > 50 * min(values)
    least = min(values) / 2 if log else 0
    rows = "\n".join(
        " ".join([f'"{f["kernel"]}"'] + [str(cell(f[c], least)) for c in shown])
        for f in figures)
    bars = ", ".join(
        f"$data using {i}{':xtic(1)' if i == 2 else ''} title '{c}' lc rgb '{COLOURS[c]}'"
        for i, c in enumerate(shown, 2))
    script = SCRIPT.format(
        output=os.path.join(RESULTS, name + ".svg"), title=name, unit=figures[0]["unit"],
        scale="set logscale y; set yrange [*:*]" if log else "", rows=rows, bars=bars)
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def main():
    for name, figures in read().items():
        draw(name, figures)


if __name__ == "__main__":
    sys.exit(main())
