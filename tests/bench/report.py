"""Measures as a Markdown table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from tests.bench.contenders import Result
from tests.bench.measure import LOOPS, MEGA, Cost

COLUMNS = (
    "build",
    "seconds",
    "CPU seconds",
    "memory, tree MB",
    "memory, largest MB",
    "pages",
    "pages a second",
    "output MB",
    "ratio",
    "CPU ratio",
    "loop",
)


def table(rows: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(size: int, rounds: Sequence[Mapping[str, Result]]) -> str:
    """One line a build: the medians of all rounds, and the medians of each round's ratio to its first build."""
    rounds = [with_sum(found) for found in rounds]
    names = list(rounds[0])
    first = names[0]
    rows = [row(name, [found[name] for found in rounds], [found[first] for found in rounds]) for name in names]
    loops = [found[name].cost.loop for found in rounds for name in names]
    return "\n\n".join((heading(size, len(rounds), median(loops)), table(rows)))


def heading(size: int, rounds: int, loop: float) -> str:
    passes = "one run" if rounds == 1 else f"medians of {rounds} runs in turn"
    return (
        f"**{size:,} datasets**, {passes}; {os.cpu_count()} cores, Python {platform.python_version()},"
        f" {platform.machine()}; a loop of {LOOPS:,} additions takes {loop:.2f} s."
    )


def with_sum(found: Mapping[str, Result]) -> dict[str, Result]:
    """Hugo's pages with Pagefind's search are what Vitrine does alone."""
    whole = dict(found)
    if {"Hugo", "Pagefind"} <= found.keys():
        hugo, pagefind = found["Hugo"], found["Pagefind"]
        cost = Cost(
            seconds=hugo.cost.seconds + pagefind.cost.seconds,
            cpu=hugo.cost.cpu + pagefind.cost.cpu,
            memory=max(hugo.cost.memory, pagefind.cost.memory),
            largest=max(hugo.cost.largest, pagefind.cost.largest),
            loop=max(hugo.cost.loop, pagefind.cost.loop),
        )
        name = "Hugo, then Pagefind"
        whole[name] = Result(name=name, cost=cost, pages=hugo.pages, size=hugo.size + pagefind.size)
    return whole


def row(name: str, runs: Sequence[Result], firsts: Sequence[Result]) -> list[str]:
    costs = [run.cost for run in runs]
    seconds = median(cost.seconds for cost in costs)
    pairs = [(run.cost, first.cost) for run, first in zip(runs, firsts, strict=True)]
    return [
        name,
        f"{seconds:.1f}",
        f"{median(cost.cpu for cost in costs):.1f}",
        f"{median(cost.memory for cost in costs) / MEGA:,.0f}",
        f"{median(cost.largest for cost in costs) / MEGA:,.0f}",
        f"{runs[-1].pages:,}",
        f"{runs[-1].pages / seconds:,.0f}" if runs[-1].rendered else "–",
        f"{runs[-1].size / MEGA:,.0f}",
        f"{median(cost.seconds / first.seconds for cost, first in pairs):.2f}",
        f"{median(cost.cpu / first.cpu for cost, first in pairs):.2f}",
        f"{median(cost.loop for cost in costs):.2f}",
    ]


NOTES = """\
Seconds are wall clock, CPU seconds user and system of all processes. Memory, tree: the peak of all processes together,
shared pages counted once, sampled ten times a second; largest: the exact peak of the largest process. Ratios are to the
first line, within each run; loop is the calibration loop just before each build. Vitrine ran with --jobs {jobs}; its
builds hold pages, search and feeds, where Hugo has pages and one feed, in French, and Pagefind the search. In Vitrine's
portal {left_out}.
"""
