"""From a file to what its page can show, whatever is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.previews import formats
from generator.previews.column_names import fold_name
from generator.previews.content import Document, Features
from generator.previews.formats import preview_formats
from generator.previews.maps import make_map
from generator.previews.profile import Finding, Problem, Profile, pack, unpack
from generator.previews.trees import grow_tree

if TYPE_CHECKING:
    from generator.previews.frames import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """
    What a publisher says of a file: the chart to draw, the types of columns by their names.

    `tables` is whether tables can be made, `size` the octets of the file.
    """

    chart: Mapping[str, Any] | None = None
    types: Mapping[str, str] = field(default_factory=dict)
    tables: bool = True
    size: int = 0


def examine(
    path: Path,
    code: str,
    chart: Mapping[str, Any] | None = None,
    tables: bool = True,
    types: Mapping[str, str] | None = None,
) -> Finding:
    """What is in a file of a format. Whatever is wrong with it is a problem, never an exception."""
    try:
        size, format = path.stat().st_size, preview_formats()[code]
        if size == 0:
            return Finding(problems=(Problem(code="data-file-empty"),))
        if format.most and size > format.most:
            values = {"limit": str(format.most // 1_000_000)}
            return Finding(problems=(Problem(code="data-file-too-large", values=values),))
        wishes = Wishes(chart=chart, types=types or {}, tables=tables, size=size)
        found = unpack(Finding, pack(to_finding(format.read(path), wishes)))
        if chart and tables and not found.profile.table and not found.problems:
            return replace(found, problems=(Problem(code="chart-without-table", key="chart"),))
        return found
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Rust is no Exception
        problem = getattr(error, "problem", None)
        if isinstance(error, MemoryError):
            problem = Problem(code="data-file-too-slow")
        return Finding(problems=(problem or Problem(code="data-file-broken"),))


def to_finding(content: formats.Content, wishes: Wishes) -> Finding:
    if isinstance(content, Document):
        return examine_document(content, wishes)
    if isinstance(content, Features):
        return examine_features(content, wishes)
    return examine_frame(content, wishes)


def examine_frame(frame: Frame, wishes: Wishes) -> Finding:
    """A table, its chart, and a map where columns hold coordinates."""
    from generator.previews.chart_points import Request, make_chart
    from generator.previews.coordinates import find_coordinates, is_place, point_features
    from generator.previews.frames import describe, twins

    frame.recognize_all(wishes.types)
    drawn, problems = None, list[Problem]()
    if wishes.chart:
        asked = wishes.chart
        request = Request(kind=asked["kind"], x=asked["x"], y=tuple(asked["y"]), series=asked["series"])
        drawn, problems = make_chart(frame, request)
    coordinates = find_coordinates(frame)
    places = [place for place in range(len(frame.names)) if is_place(frame, place)]
    map = make_map(point_features(frame, coordinates)) if coordinates else None
    profile = Profile(table=describe(frame, wishes.size, places), chart=drawn, map=map)
    told = {fold_name(item.values["value"]) for item in problems if item.code == "chart-column-twins"}
    return Finding(profile=profile, problems=(*frame.problems, *twins(frame.names, told), *problems))


def examine_document(content: Document, wishes: Wishes) -> Finding:
    """The structure of a value, and the table that it holds."""
    tree = grow_tree(content.value)
    if not (content.rows and wishes.tables and formats.has_tables()):
        return Finding(profile=Profile(tree=tree))
    from generator.previews.objects import from_objects

    found = examine_frame(from_objects(content.rows, row_count=len(content.rows), path=content.path), wishes)
    return replace(found, profile=replace(found.profile, tree=tree))


def examine_features(content: Features, wishes: Wishes) -> Finding:
    """A map, and a table of what is known of its features, which stands where there is no map."""
    drawn, rows = None if content.projection else make_map(content.features), content.attributes
    problems: tuple[Problem, ...] = ()
    if content.projection:
        problems = (Problem(code="data-file-projection", values={"projection": content.projection}),)
    elif drawn is None and content.located and rows:
        problems = (Problem(code="bad-coordinates"),)
    elif drawn is None and not any(rows):
        return Finding(problems=(Problem(code="data-file-empty"),))
    if not (any(rows) and wishes.tables and formats.has_tables()):
        return Finding(profile=Profile(map=drawn), problems=problems)
    from generator.previews.objects import from_objects

    found = examine_frame(from_objects(rows, row_count=len(rows)), wishes)
    profile = replace(found.profile, map=drawn)
    return Finding(profile=profile, problems=(*problems, *found.problems))
