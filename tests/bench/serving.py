"""What a preview takes: from the command to the first page, and from a saved file to the bytes of its page."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from tests.bench.measure import MEGA, cpu_of, peak_of

PATIENCE = 600.0
SAVES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """
    Seconds, and those of CPU, until the first page at a first start and at the next; seconds from a save to its page;
    peak in bytes.
    """

    first: float
    first_cpu: float
    again: float
    again_cpu: float
    saved: float
    checked: float
    memory: int


def serving_line(size: int, found: Serving) -> str:
    return (
        f"**`vitrine serve`, {size:,} datasets, French and English**: first page {found.first:.1f} s after the first"
        f" start ({found.first_cpu:.1f} of CPU) and {found.again:.1f} s after the next ({found.again_cpu:.1f}), all"
        f" checked {found.checked:.1f} s after it; a saved file to the bytes of its page {found.saved:.2f} s (median of"
        f" {SAVES}); {found.memory / MEGA:,.0f} MB at most."
    )


def measure_serving(portal: Path) -> Serving:
    """The figures of a portal of the bench, of which one dataset is saved several times, and restored."""
    shutil.rmtree(portal / ".cache", ignore_errors=True)
    starts: list[tuple[float, float]] = []
    for _ in range(2):
        started = time.perf_counter()
        with command(portal) as (address, log, process):
            httpx.get(address, timeout=PATIENCE).raise_for_status()
            starts.append((time.perf_counter() - started, cpu_of(process.pid)))
            wait_for(log, r"\d datasets? read")
            checked = time.perf_counter() - started
            saves = list(time_saves(portal, address)) if len(starts) == 2 else []
            memory = peak_of(process.pid)
    (first, first_cpu), (again, again_cpu) = starts
    return Serving(
        first=first,
        first_cpu=first_cpu,
        again=again,
        again_cpu=again_cpu,
        saved=median(saves),
        checked=checked,
        memory=memory,
    )


@contextmanager
def command(portal: Path) -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    """`vitrine serve` with its address, and the file that has what it says."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        arguments = ["serve", "--portal", str(portal), "--port", "0", "--lang", "en"]
        with log.open("wb") as stream:
            process = subprocess.Popen([sys.executable, "-m", "generator.cli", *arguments], stderr=stream)
        try:
            yield wait_for(log, r"(http://\S+)")[1], log, process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def wait_for(log: Path, pattern: str) -> re.Match[str]:
    end = time.monotonic() + PATIENCE
    while not (found := re.search(pattern, log.read_text(encoding="utf-8"))):
        if time.monotonic() > end:
            raise TimeoutError(pattern)
        time.sleep(0.005)
    return found


def time_saves(portal: Path, address: str) -> Iterator[float]:
    """Each save of a dataset, until the browser that follows has its page."""
    file = sorted((portal / "datasets").glob("*.yaml"))[1]
    text = file.read_text(encoding="utf-8")
    with (
        httpx.Client(base_url=address, timeout=PATIENCE) as client,
        httpx.stream("GET", f"{address}__vitrine__/events", timeout=PATIENCE) as events,
    ):
        news = (line for line in events.iter_lines() if line.startswith("data:"))
        next(news)
        try:
            for number in range(SAVES):
                started = time.perf_counter()
                file.write_text(text.replace('title: "', f'title: "Mesure {number} ', 1), encoding="utf-8")
                while f"Mesure {number} " not in client.get(f"dataset/{file.stem}/").text:
                    next(news)
                yield time.perf_counter() - started
        finally:
            file.write_text(text, encoding="utf-8")
