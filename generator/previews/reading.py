"""Which files of a catalogue have previews, and what is found in them: remembered, else read by worker processes."""

from __future__ import annotations

import base64
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.model import Catalog, Dataset, Distribution
from generator.model.diagnostics import Diagnostic, Place, closest
from generator.previews import worker
from generator.previews.backdrop import GROUNDS, Backdrop
from generator.previews.limits import LABEL, PREVIEWS, SECONDS
from generator.previews.maps import features
from generator.previews.profile import Finding, Packed, Problem, Profile, unpack
from generator.previews.worker import TABLES, TREES, read_json
from generator.site.tasks import digest
from generator.source.files import is_inside

MAIN = "from generator.previews.worker import main; main()"

Key = tuple[str, str]
"""A dataset's id and a distribution's."""

Previews = Mapping[Key, Packed]


@cache
def version() -> str:
    """A digest of the programs that read files: what another version found is not what this one finds."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    installed = []
    if worker.has_tables():
        from importlib.metadata import version

        installed = [version("polars"), version("fastexcel")]
    return digest([file.read_bytes() for file in files], installed)


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
    return {"format": item.format, "chart": wanted, "tables": worker.has_tables()}


def readable(dataset: Dataset) -> Sequence[Distribution]:
    """The files that could have a preview."""
    files = [item for item in dataset.distribution if item.file and item.checksum and item.byte_size is not None]
    return [item for item in files if item.format in (*TABLES, *TREES)]


def jobs_of(folder: Path, dataset: Dataset) -> Iterator[Job]:
    for item in readable(dataset)[:PREVIEWS]:
        name = digest(version(), item.checksum, json.dumps(order_of(item)))
        yield Job(key=(dataset.id, item.id), item=item, path=folder / dataset.folder / item.file, name=name)


def read_previews(folder: Path, catalog: Catalog) -> tuple[Previews, list[Diagnostic]]:
    """What is in the files beside the metadata, and what is wrong with them."""
    jobs = [job for dataset in catalog.datasets.values() for job in jobs_of(folder, dataset)]
    diagnostics = []
    if not worker.has_tables() and any(job.item.format in TABLES for job in jobs):
        jobs = [job for job in jobs if job.item.format in TREES]
        diagnostics.append(Diagnostic.at(Place("portal.yaml"), "preview-unavailable"))
    if not jobs:
        return {}, diagnostics
    cache = Cache(folder)
    found = {job.key: entry for job in jobs if (entry := cache.read(job.name))}
    unknown = [job for job in jobs if job.key not in found]
    for job, entry in zip(unknown, ask_all(unknown), strict=True):
        found[job.key] = entry
        if entry.lasting:
            cache.write(job.name, entry)
    cache.prune({job.name for job in jobs})
    previews = {}
    for job in jobs:
        entry = found[job.key]
        if entry.data:
            previews[job.key] = Packed(entry.data)
            diagnostics += unknown_columns(job.item, previews[job.key].open())
        diagnostics += [locate(job.item, problem) for problem in entry.problems]
    return previews, diagnostics


def unknown_columns(item: Distribution, profile: Profile) -> Iterator[Diagnostic]:
    """Columns that are described and that the file does not have; of a table too wide to be read whole, none."""
    table = profile.table
    if not item.columns or not table or table.column_count > len(table.columns):
        return
    from generator.previews.columns import cut

    names = [column.name for column in table.columns]
    for column in item.columns:
        if cut(column.name, LABEL) not in names:
            place, meant = column.origin["name"], closest(column.name, filter(None, names))
            yield Diagnostic.at(place, "unknown-column", value=column.name, file=item.file, suggestion=meant)


def locate(item: Distribution, problem: Problem) -> Diagnostic:
    """A problem at the key of the YAML that it is about."""
    values = {"value": item.file, "format": item.format, **problem.values}
    if problem.key.startswith("chart.") and item.chart:
        key = problem.key.removeprefix("chart.")
        place = item.chart.origin.part(key, problem.values.get("value", ""))
    else:
        place = item.origin[problem.key]
    return Diagnostic.at(place, problem.code, **values)


# ------------------------------------------------------------------- what was found


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was found: problems, and the packed profile. `lasting` unless another day, or machine, might find more."""

    problems: tuple[Problem, ...] = ()
    data: bytes = b""
    lasting: bool = True


class Cache:
    """What was found in files, by digest, in the portal's cache folder. What can't be kept is found again."""

    def __init__(self, portal: Path) -> None:
        self.folder = portal / ".cache" / "vitrine" / "previews"

    def read(self, name: str) -> Entry | None:
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        mark, _, rest = content.partition(b"\n")
        if mark.decode("ascii", "replace") != sha256(rest).hexdigest():
            return None
        problems, _, data = rest.partition(b"\n")
        return Entry(problems=unpack(Finding, problems).problems, data=data)

    def write(self, name: str, entry: Entry) -> None:
        problems = json.dumps({"profile": asdict(Finding())["profile"], "problems": list(map(asdict, entry.problems))})
        content = problems.encode() + b"\n" + entry.data
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new = self.folder / f".{name}.{os.getpid()}"
            new.write_bytes(f"{sha256(content).hexdigest()}\n".encode() + content)
            new.replace(self.folder / name)
        except OSError:
            return

    def prune(self, names: set[str]) -> None:
        """Forget files that are gone."""
        try:
            for file in self.folder.iterdir():
                if file.name not in names and not file.name.startswith("."):
                    file.unlink(missing_ok=True)
        except OSError:
            return


# ------------------------------------------------------------------- who looks


def ask_all(jobs: Sequence[Job]) -> list[Entry]:
    """What workers find, in the jobs' order."""
    if not jobs:
        return []
    count = max(1, min(os.cpu_count() or 1, len(jobs) // 8))
    idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    for _ in range(count):
        idle.put(Worker())

    def ask(job: Job) -> Entry:
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


class Worker:
    """A process that reads files, started when there is one to read, and anew when it is gone."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return subprocess.Popen(
            [sys.executable, "-c", MAIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def ask(self, order: Mapping[str, Any], seconds: float) -> Entry:
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
            return Entry(problems=(Problem(code="data-file-too-slow"),), lasting=False)
        problems, blob = json.loads(answer)
        told = unpack(Finding, json.dumps({"profile": asdict(Finding())["profile"], "problems": problems}).encode())
        return Entry(problems=told.problems, data=base64.b64decode(blob))

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None


# ------------------------------------------------------------------- the backdrop


def read_backdrop(folder: Path, catalog: Catalog) -> tuple[Backdrop, list[Diagnostic]]:
    """The GeoJSON that the portal names, if it names one."""
    portal = catalog.portal
    if not portal.backdrop:
        return Backdrop(), []
    path = folder / portal.backdrop
    place = portal.origin["backdrop"]
    if not is_inside(folder, portal.backdrop):
        return Backdrop(), [Diagnostic.at(place, "missing-file", path=portal.backdrop)]
    data, problem = read_json(path)
    kept = []
    if problem is None:
        items = data.get("features", []) if isinstance(data, dict) else []
        for item in items if isinstance(items, list) else []:
            properties = item.get("properties") if isinstance(item, dict) else None
            properties = properties if isinstance(properties, dict) else {}
            ground = properties.get("kind")
            for feature in features(item):
                if feature and ground in GROUNDS:
                    shape, paths, _ = feature
                    name = properties.get("name")
                    kept.append((ground, shape, name if isinstance(name, str) else "", tuple(map(tuple, paths))))
        if not kept:
            problem = Problem(code="data-file-broken")
    if problem:
        values = {"value": portal.backdrop, "format": "GeoJSON", **problem.values}
        return Backdrop(), [Diagnostic.at(place, problem.code, **values)]
    return Backdrop(digest(kept), tuple(kept)), []
