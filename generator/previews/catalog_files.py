"""Which files of a catalogue have previews, and what is found in them: remembered, else read by worker processes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from generator.model import Catalog, Dataset, Distribution
from generator.model.diagnostics import Diagnostic, Place, closest
from generator.model.digest import digest
from generator.previews import formats
from generator.previews.cache import CachedFinding
from generator.previews.column_names import fold_name
from generator.previews.formats import preview_formats
from generator.previews.limits import PREVIEWS
from generator.previews.process_pool import Job, Key, ask_all, order_of
from generator.previews.profile import Branch, Packed, Problem, Profile
from generator.source.store import open_shelf

Profiles = Mapping[Key, Packed]


@cache
def version() -> str:
    """A digest of the programs that read files: what another version found is not what this one finds."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    packages = sorted({name for row in preview_formats().values() for name in row.needs})
    return digest([file.read_bytes() for file in files], [formats.installed_version(name) for name in packages])


def readable(dataset: Dataset) -> Sequence[Distribution]:
    """The files that could have a preview."""
    files = [item for item in dataset.distribution if item.file and item.checksum and item.byte_size is not None]
    return [item for item in files if item.format in preview_formats()]


def jobs_of(folder: Path, dataset: Dataset) -> Iterator[Job]:
    for item in readable(dataset)[:PREVIEWS]:
        name = digest(version(), item.checksum, json.dumps(order_of(item)))
        yield Job(key=(dataset.id, item.id), item=item, path=folder / dataset.folder / item.file, name=name)


def read_profiles(folder: Path, catalog: Catalog, whole: bool = True) -> tuple[Profiles, list[Diagnostic]]:
    """
    What is in the files beside the metadata, and what is wrong with them. Of a catalogue that is not the `whole` of its
    portal, what is known of other files is kept.
    """
    jobs = [job for dataset in catalog.datasets.values() for job in jobs_of(folder, dataset)]
    diagnostics = []
    possible = [job for job in jobs if all(map(formats.installed_version, preview_formats()[job.item.format].needs))]
    if len(possible) < len(jobs):
        jobs = possible
        diagnostics.append(Diagnostic.at(Place("portal.yaml"), "preview-unavailable"))
    if not jobs:
        return {}, diagnostics
    shelf = open_shelf(folder, "previews")
    found = {job.key: CachedFinding.read(kept) for job in jobs if (kept := shelf.recall(job.name))}
    unknown = [job for job in jobs if job.key not in found]
    for job, entry in zip(unknown, ask_all(unknown), strict=True):
        found[job.key] = entry
        if entry.lasting:
            shelf[job.name] = entry.written()
    if whole:
        shelf.prune()
    shelf.save()
    profiles = {}
    for job in jobs:
        entry = found[job.key]
        if entry.data:
            profiles[job.key] = Packed(entry.data)
            diagnostics += unknown_columns(job.item, profiles[job.key].open())
        diagnostics += [locate(job.item, problem) for problem in entry.problems]
    return profiles, diagnostics


def unknown_columns(item: Distribution, profile: Profile) -> Iterator[Diagnostic]:
    """Columns that are described and that the file does not have; of one too large to be read whole, none."""
    names = known_names(profile) if item.columns else None
    if names is None:
        return
    known = {fold_name(name) for name in names}
    for column in item.columns:
        if fold_name(column.name) not in known:
            place, meant = column.origin["name"], closest(column.name, filter(None, names))
            yield Diagnostic.at(place, "unknown-column", value=column.name, file=item.file, suggestion=meant)


def known_names(profile: Profile) -> list[str] | None:
    """The columns of a table, or the keys of a structure that is none; nothing where they were not all read."""
    if table := profile.table:
        return [column.name for column in table.columns] if table.column_count <= len(table.columns) else None
    keys = list(branches(profile.tree)) if profile.tree else []
    return [branch.key for branch in keys if branch.key] if keys and not any(branch.more for branch in keys) else None


def branches(branch: Branch) -> Iterator[Branch]:
    yield branch
    for child in branch.children:
        yield from branches(child)


def locate(item: Distribution, problem: Problem) -> Diagnostic:
    """A problem at the key of the YAML that it is about."""
    values = {"value": item.file, "format": item.format, **problem.values}
    if problem.key.startswith("chart.") and item.chart:
        key = problem.key.removeprefix("chart.")
        place = item.chart.origin.part(key, problem.values.get("value", ""))
    elif problem.key == "columns":
        named = fold_name(problem.values["column"])
        place = next(column.origin["type"] for column in item.columns if fold_name(column.name) == named)
    else:
        place = item.origin[problem.key]
    return Diagnostic.at(place, problem.code, **values)
