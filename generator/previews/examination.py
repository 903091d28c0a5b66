"""From a file to what its page can show, whatever is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.previews import formats
from generator.previews.content import Document, Features
from generator.previews.formats import preview_formats
from generator.previews.maps import NAMES, coordinate_columns, from_columns, make_map
from generator.previews.profile import Finding, Problem, Profile
from generator.previews.trees import grow_tree
from generator.text.slugs import slugify

if TYPE_CHECKING:
    from generator.previews.frames import Frame


def examine(path: Path, code: str, chart: Mapping[str, Any] | None = None, tables: bool = True) -> Finding:
    """What is in a file of a format. Whatever is wrong with it is a problem, never an exception."""
    try:
        size, format = path.stat().st_size, preview_formats()[code]
        if size == 0:
            return Finding(problems=(Problem(code="data-file-empty"),))
        if format.most and size > format.most:
            values = {"limit": str(format.most // 1_000_000)}
            return Finding(problems=(Problem(code="data-file-too-large", values=values),))
        found = to_finding(format.read(path), chart, tables)
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


def to_finding(content: formats.Content, chart: Mapping[str, Any] | None, tables: bool) -> Finding:
    if isinstance(content, Document):
        return Finding(profile=Profile(tree=grow_tree(content.value)))
    if isinstance(content, Features):
        return examine_features(content, chart, tables)
    return examine_frame(content, chart)


def examine_frame(frame: Frame, chart: Mapping[str, Any] | None) -> Finding:
    """A table, with a map where columns hold coordinates."""
    profile, problems = profile_frame(frame, chart)
    coordinates = coordinate_columns([slugify(name) for name in frame.names], frame.kinds)
    if coordinates:
        x, y = (frame.values[place] for place in coordinates)
        assert x is not None and y is not None
        profile = replace(profile, map=make_map(from_columns(x.to_list(), y.to_list(), point_labels(frame))))
    return Finding(profile=profile, problems=(*frame.problems, *problems))


def point_labels(frame: Frame) -> Sequence[str | None]:
    """What the points of a table are called: a column of names, else the first of texts."""
    slugs = [slugify(name) for name in frame.names]
    texts = [place for place, kind in enumerate(frame.kinds) if kind in ("string", "code")]
    named = [place for name in NAMES for place in texts if slugs[place] == name or slugs[place].startswith(f"{name}-")]
    labels: list[str | None] = frame.columns[(named or texts)[0]].to_list() if texts else [None] * frame.read
    return labels


def profile_frame(frame: Frame, chart: Mapping[str, Any] | None) -> tuple[Profile, Sequence[Problem]]:
    from generator.previews.chart_points import Request, make_chart
    from generator.previews.frames import describe

    frame.recognize_all()
    drawn = None
    problems: list[Problem] = []
    if chart:
        request = Request(kind=chart["kind"], x=chart["x"], y=tuple(chart["y"]), series=chart["series"])
        drawn, problems = make_chart(frame, request)
    return Profile(table=describe(frame), chart=drawn), problems


def examine_features(content: Features, chart: Mapping[str, Any] | None, tables: bool) -> Finding:
    """A map, and a table of what is known of its features."""
    drawn, rows = make_map(content.features), content.attributes
    if drawn is None:
        return Finding(problems=(Problem(code="bad-coordinates" if rows else "data-file-empty"),))
    if not (rows and tables and formats.has_tables()):
        return Finding(profile=Profile(map=drawn))
    from generator.previews.objects import from_objects

    profile, problems = profile_frame(from_objects(rows, row_count=len(rows)), chart)
    table = profile.table if profile.table and profile.table.columns else None
    return Finding(profile=Profile(map=drawn, table=table, chart=profile.chart), problems=tuple(problems))
