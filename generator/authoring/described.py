"""What a data file tells of the dataset that it is: format, columns, the period and the area that it covers."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.model import Distribution
from generator.previews.formats import installed_version, preview_formats
from generator.previews.process_pool import Job, ask_all
from generator.previews.profile import ColumnProfile, Packed, Problem, Profile, Table
from generator.standards import vocabulary

MOMENTS = ("date", "yearmonth", "datetime", "year")
"""The types of columns that tell when."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """
    The values of a dataset that its file tells, and what was wrong in reading it.

    `period` is the name of the column that the period comes from.
    """

    format: str
    columns: Sequence[Mapping[str, Any]] = ()
    temporal: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    spatial: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def describe(file: Path) -> Described:
    """Read a data file as previews do, in a process of its own."""
    term = vocabulary("formats").find(posixpath.splitext(file.name)[1].removeprefix("."))
    format_ = term.code if term else ""
    preview = preview_formats().get(format_)
    if preview is None or not all(map(installed_version, preview.needs)):
        return Described(format=format_)
    item = Distribution(id="file", file=file.name, format=format_)
    (entry,) = ask_all([Job(key=("", "file"), item=item, path=file.absolute(), name="")])
    profile = Packed(entry.data).open() if entry.data else Profile()
    table = profile.table
    whole = table is None or (table.exact and table.read == table.row_count)
    temporal, period = find_period(table) if table and whole else ({}, "")
    return Described(
        format=format_,
        columns=tuple(describe_column(column) for column in table.columns if column.name) if table else (),
        temporal=temporal,
        period=period,
        spatial=find_area(profile, whole),
        problems=entry.problems,
    )


def describe_column(column: ColumnProfile) -> Mapping[str, Any]:
    """A column with its type; numbers that name things are texts, and an empty column has no type."""
    kind = "string" if column.kind == "code" else column.kind
    return {"name": column.name, **({"type": kind} if kind in vocabulary("column-types").terms else {})}


def find_period(table: Table) -> tuple[Mapping[str, str], str]:
    """The first and last moment of the one column of dates, or of the one that names periods; nothing of several."""
    columns = [column for column in table.columns if column.kind in MOMENTS and column.low and column.high]
    if len(columns) != 1:
        return {}, ""
    (column,) = columns
    return {"start": column.low[:10], "end": column.high[:10]}, column.name


def find_area(profile: Profile, whole: bool) -> Mapping[str, Any]:
    """The box around all places of a file; nothing where some of them are nowhere on earth, or were not read."""
    if profile.map is None or profile.map.skipped or not whole:
        return {}
    return {"bbox": [format(value, ".12g") for value in profile.map.extent]}
