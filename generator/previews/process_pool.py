"""Processes that read files, so that a file that stops one stops nothing else."""

from __future__ import annotations

import base64
import json
import os
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.model import Distribution
from generator.previews import formats
from generator.previews.cache import CachedFinding
from generator.previews.limits import SECONDS
from generator.previews.profile import Finding, Problem, unpack
from generator.source.programs import python_command

MAIN = "from generator.previews.reader_process import main; main()"

Key = tuple[str, str]
"""A dataset's id and a distribution's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to be read; `name` is that of what was found in the cache."""

    key: Key
    item: Distribution
    path: Path
    name: str

    @property
    def order(self) -> Mapping[str, Any]:
        return order_of(self.item) | {"path": str(self.path)}


def order_of(item: Distribution) -> dict[str, Any]:
    """What, besides the file, decides what is found."""
    chart = item.chart
    wanted = {"kind": chart.kind, "x": chart.x, "y": chart.y, "series": chart.series} if chart else None
    types = {column.name: column.type for column in item.columns if column.name and column.type}
    return {"format": item.format, "chart": wanted, "types": types, "tables": formats.has_tables()}


def ask_all(jobs: Sequence[Job]) -> list[CachedFinding]:
    """What workers find, in the jobs' order."""
    if not jobs:
        return []
    count = max(1, min(os.cpu_count() or 1, len(jobs) // 8))
    idle: queue.SimpleQueue[ReaderProcess] = queue.SimpleQueue()
    for _ in range(count):
        idle.put(ReaderProcess())

    def ask(job: Job) -> CachedFinding:
        reader = idle.get()
        try:
            return reader.ask(job.order, SECONDS)
        finally:
            idle.put(reader)

    try:
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(ask, jobs))
    finally:
        for _ in range(count):
            idle.get().stop()


class ReaderProcess:
    """A process that reads files, started when there is one to read, and anew when it is gone."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            python_command(MAIN), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ask(self, order: Mapping[str, Any], seconds: float) -> CachedFinding:
        process = self.process = self.process or self.start()
        assert process.stdin and process.stdout
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer.endswith(b"\n"):
            self.stop()
            return CachedFinding(problems=(Problem(code="data-file-too-slow"),), lasting=False)
        problems, blob = json.loads(answer)
        told = unpack(Finding, json.dumps({"profile": asdict(Finding())["profile"], "problems": problems}).encode())
        return CachedFinding(problems=told.problems, data=base64.b64decode(blob))

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None
