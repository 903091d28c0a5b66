"""Which files of a catalogue have previews, and what is found in them: remembered, else read by worker processes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from generator.model import Catalog, Dataset, Distribution
from generator.model.diagnostics import Diagnostic, Place, closest
from generator.model.digest import digest
from generator.previews import worker
from generator.previews.cache import Cache
from generator.previews.limits import LABEL, PREVIEWS
from generator.previews.profile import Packed, Problem, Profile
from generator.previews.worker import TABLES, TREES
from generator.previews.workers import Job, Key, ask_all, order_of

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


# ------------------------------------------------------------------- who looks


# ------------------------------------------------------------------- the backdrop
