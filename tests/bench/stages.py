"""
Where a build's time goes: stage by stage, artifact by artifact, and by function.

Run in a process of its own, so that no cache is warm: `python -m tests.bench.stages PORTAL OUTPUT [functions]`.
"""

from __future__ import annotations

import cProfile
import functools
import io
import pstats
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.build import pipeline, reading
from generator.build.output import Output
from tests.bench.measure import MEGA, peak_bytes
from tests.bench.report import table

# What the pipeline and its reading call, by stage.
STAGES = {
    "read_source": "read",
    "structure_catalog": "structure",
    "check_reading": "check: files",
    "check_plan": "check: plan",
    "read_theme": "theme",
    "read_profiles": "previews",
    "plan_pages": "plan: pages",
    "plan_feeds": "plan: feeds",
    "plan_search": "plan: search",
    "render_all": "render",
}
WRITING = {
    "__enter__": "delete what is older",
    "write": "write",
    "keep": "keep",
    "copy": "write",
    "publish": "publish",
    "__exit__": "delete what is older",
}
TOP = 25


class Stopwatch:
    """Time by stage; while an inner stage runs, the outer one stands still."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.peaks: dict[str, int] = {}
        self.calls: defaultdict[str, int] = defaultdict(int)
        self._names = ["other"]
        self._since = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._switch()
        self._names.append(name)
        try:
            yield
        finally:
            self._switch()
            self._names.pop()

    def _switch(self) -> None:
        now = time.perf_counter()
        name = self._names[-1]
        self.seconds[name] += now - self._since
        self.peaks[name] = peak_bytes(resource.getrusage(resource.RUSAGE_SELF))
        self._since = now

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with its time, that of what it yields included, on the stage's account."""

        @functools.wraps(function)
        def timed(*arguments: Any, **options: Any) -> Any:
            self.calls[name] += 1
            with self.stage(name):
                value = function(*arguments, **options)
            return self.watch(name, value) if isinstance(value, Iterator) else value

        return timed

    def watch(self, name: str, items: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while True:
            with self.stage(name):
                item = next(items, end)
            if item is end:
                return
            yield item


def watch_pipeline(watch: Stopwatch) -> None:
    """Put the stopwatch between the pipeline and what it calls."""
    for function, name in STAGES.items():
        for module in (pipeline, reading):
            if hasattr(module, function):
                setattr(module, function, watch.wrap(name, getattr(module, function)))
    for method, name in WRITING.items():
        setattr(Output, method, watch.wrap(name, getattr(Output, method)))
    for method in ("__init__", "fresh", "is_current", "write"):
        if hasattr(pipeline.Ledger, method):
            setattr(pipeline.Ledger, method, watch.wrap("ledger", getattr(pipeline.Ledger, method)))
    for name in ("dataset_digests", "collections", "digest", "catalog_digest"):
        inner = vars(pipeline.Site).get(name)
        if isinstance(inner, functools.cached_property):
            inner.func = watch.wrap(f"plan: {name}", inner.func)


def watch_task(watch: Stopwatch, item: Any) -> Any:
    """An artifact of the plan with a stage of its own for each kind."""
    if not hasattr(item, "render"):  # a file to copy
        return item
    kind = f"render: {item.render.__module__.removeprefix('generator.')}.{item.render.__name__}"
    return replace(item, render=watch.wrap(kind, item.render))


def time_stages(portal: Path, output: Path) -> str:
    watch = Stopwatch()
    watch_pipeline(watch)
    started = time.perf_counter()
    found = pipeline.read_portal(portal)
    found = replace(found, plan=[watch_task(watch, item) for item in found.plan])
    summary = pipeline.build(found, output, jobs=1)
    with watch.stage("other"):
        pass
    total = time.perf_counter() - started
    rows = [
        [
            name,
            f"{seconds:.2f}",
            f"{100 * seconds / total:.0f}%",
            f"{watch.calls[name]:,}" if watch.calls[name] else "",
            f"{watch.peaks[name] / MEGA:,.0f}",
        ]
        for name, seconds in watch.seconds.items()
        if seconds >= 0.005
    ]
    rows.append(["**whole**", f"{total:.2f}", "", "", ""])
    what = f"{summary.datasets:,} datasets, {summary.files:,} files, one job"
    return f"{what}:\n\n{table(rows, ('stage', 'seconds', 'share', 'calls', 'memory peak so far, MB'))}"


def profile(portal: Path, output: Path) -> str:
    """cProfile's two views; it slows small functions most, so that shares are rough."""
    profiler = cProfile.Profile()
    profiler.enable()
    pipeline.build(pipeline.read_portal(portal), output, jobs=1)
    profiler.disable()
    text = io.StringIO()
    statistics = pstats.Stats(profiler, stream=text)
    statistics.sort_stats("tottime").print_stats(TOP)
    statistics.sort_stats("cumulative").print_stats(2 * TOP)
    return shorten(text.getvalue().splitlines())


def shorten(lines: Iterable[str]) -> str:
    said = (re.sub(r"/\S*/(site-packages|python3\.\d+|main)/", "", line.rstrip()) for line in lines)
    return "```\n" + "\n".join(line for line in said if line) + "\n```"


def main(portal: str, output: str, *what: str) -> None:
    print((profile if "functions" in what else time_stages)(Path(portal), Path(output)))


if __name__ == "__main__":
    main(*sys.argv[1:])
