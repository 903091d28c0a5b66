"""The command line of `make bench`: options through `make bench BENCH="--sizes 1000 --runs 3"`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tests.bench.contenders import CACHE, PROJECT, SHARED, VITRINE, Bench, Result, say
from tests.bench.measure import Failed
from tests.bench.portal import LEFT_OUT
from tests.bench.report import NOTES, report
from tests.bench.serving import measure_serving, serving_line

BUILDERS = ("vitrine", "hugo", "pagefind", "registers")
ONLY = (*BUILDERS, "serve")
ALONE = {"registers"}
"""What needs no corpus and no peers."""
LARGE = 5000
"""From so many datasets on, one run is enough."""


def sizes_of(context: click.Context, option: click.Parameter, value: str) -> list[int]:
    try:
        sizes = [int(word) for word in value.split(",")]
    except ValueError:
        raise click.BadParameter("numbers with commas between them, as in 1000,10000") from None
    if min(sizes) < 1:
        raise click.BadParameter("a corpus has one dataset or more")
    return sizes


@click.command()
@click.option("--sizes", default="1000,10000", show_default=True, callback=sizes_of, help="How many datasets.")
@click.option("--only", multiple=True, type=click.Choice(ONLY), help="Leave the others out; may be repeated.")
@click.option("--runs", type=click.IntRange(min=1), help=f"Runs in turn. [default: 3, one from {LARGE} datasets on]")
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, help="Vitrine's. [default: cores]")
@click.option("--warm/--no-warm", default=True, help="Also build with nothing, then one dataset, changed.")
@click.option("--profile", "profiled", is_flag=True, help="Instead: where Vitrine's time goes, with one job.")
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, help="The folder of corpus.py.")
def bench(
    sizes: list[int], only: tuple[str, ...], runs: int | None, jobs: int, warm: bool, profiled: bool, shared: Path
) -> None:
    """Measure builds of large catalogues, beside Hugo and Pagefind, and previews; figures go to standard output."""
    if set(only or ONLY) - ALONE and not (shared / "corpus.py").is_file():
        say(f"The bench needs its corpus: there is no {shared / 'corpus.py'}. Say where with --shared FOLDER.")
        sys.exit(2)
    CACHE.mkdir(parents=True, exist_ok=True)
    tools = Bench(shared=shared, jobs=jobs)
    try:
        for size in sizes:
            if profiled:
                profile(tools, size)
            else:
                build_all(tools, size, only, warm, runs or (1 if size >= LARGE else 3))
                if not only or "serve" in only:
                    print(serving_line(size, measure_serving(tools.portal(size, ("fr", "en")))), end="\n\n", flush=True)
    except Failed as error:
        say(str(error))
        sys.exit(1)
    if not profiled:
        print(NOTES.format(jobs=jobs, left_out=LEFT_OUT))


def build_all(tools: Bench, size: int, only: tuple[str, ...], warm: bool, rounds: int) -> None:
    """The builders' table."""
    chosen = [name for name in BUILDERS if name in (only or BUILDERS)]
    if chosen:
        found = [run_all(tools, size, chosen, warm, f"{n + 1}/{rounds}") for n in range(rounds)]
        print(report(size, found), end="\n\n", flush=True)


def run_all(tools: Bench, size: int, chosen: Sequence[str], warm: bool, number: str) -> dict[str, Result]:
    """One round: each contender once."""
    if set(chosen) - ALONE:
        tools.install_peers()
    runs = {
        "vitrine": lambda: tools.run_vitrine(size, warm),
        "hugo": lambda: tools.run_hugo(size),
        "pagefind": lambda: tools.run_pagefind(size),
        "registers": lambda: tools.run_registers(size),
    }
    found = {}
    for name in chosen:
        for result in runs[name]():
            say(f"  {size:,} datasets, run {number}: {result.name}, {result.cost.seconds:.1f} s")
            found[result.name] = result
    return found


def profile(tools: Bench, size: int) -> None:
    for name, languages in VITRINE.items():
        folder = tools.portal(size, languages)
        site = CACHE / f"profile-{size}"
        print(f"\n**{name}**, ", end="", flush=True)
        for what in ([], ["functions"]):
            shutil.rmtree(site, ignore_errors=True)
            shutil.rmtree(folder / ".cache", ignore_errors=True)
            command = [sys.executable, "-m", "tests.bench.stages", str(folder), str(site), *what]
            if code := subprocess.run(command, cwd=PROJECT, check=False).returncode:
                raise Failed(command, code, "")
            print(flush=True)


if __name__ == "__main__":
    bench(prog_name="python -m tests.bench")
