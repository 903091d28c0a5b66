"""A table's columns to a chart's points, as the publisher asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum, isfinite
from typing import Any

from generator.model.diagnostics import closest
from generator.previews.frames import Frame
from generator.previews.kinds import Recognized, even_digits
from generator.previews.labels import one_line
from generator.previews.limits import BARS, NAME, POINTS, SERIES
from generator.previews.moments import zone_in
from generator.previews.profile import ChartProfile, Problem
from generator.previews.profile import Series as Line
from generator.previews.scales import ORDERED, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The chart that is asked for; `series` is the column whose values part the rows into series, or nothing."""

    kind: str
    x: str
    y: tuple[str, ...]
    series: str = ""

    @property
    def columns(self) -> Iterator[tuple[str, str]]:
        """The columns that are asked for, each with the key that names it."""
        yield "x", self.x
        yield from (("y", name) for name in self.y)
        if self.series:
            yield "series", self.series


@dataclass(frozen=True, slots=True)
class Point:
    """Where a row stands: the value of x (a text where x has no order), its text, and its value, if it has one."""

    x: Any
    text: str
    y: float | None


@dataclass(slots=True)
class ChartGroup:
    """A series: the points of its rows, in their order; `part` and `column` are as Series has them."""

    column: str
    part: str = ""
    digits: int = -1
    points: list[Point] = field(default_factory=list)


def make_chart(frame: Frame, request: Request) -> tuple[ChartProfile | None, list[Problem]]:
    problems = []
    columns: dict[str, int] = {}
    for key, name in request.columns:
        places = frame.places(name)
        if len(places) != 1:
            problems.append(no_column(frame, f"chart.{key}", name, len(places)))
            continue
        columns[name] = places[0]
        if key == "y" and frame.kinds[places[0]] not in ("integer", "number", "year", "empty"):
            problems.append(Problem(code="chart-not-numbers", key="chart.y", values={"value": name}))
    if request.kind == "scatter" and request.x in columns and frame.kinds[columns[request.x]] not in ORDERED:
        problems.append(Problem(code="chart-not-numbers", key="chart.x", values={"value": request.x}))
    if problems or not request.y:
        return None, problems
    return draw_points(frame, request, columns), []


def no_column(frame: Frame, key: str, name: str, count: int) -> Problem:
    """A name that no column bears, or several do: which one is meant is not for us to guess."""
    if count:
        return Problem(code="chart-column-twins", key=key, values={"value": name, "count": str(count)})
    suggestion = closest(name, filter(None, frame.names))
    return Problem(code="chart-column", key=key, values={"value": name, "suggestion": suggestion})


def draw_points(frame: Frame, request: Request, columns: Mapping[str, int]) -> ChartProfile:
    x = frame.found[columns[request.x]]
    groups = list(group_rows(frame, request, columns))
    made = ChartProfile(
        kind=request.kind,
        x=one_line(request.x, NAME),
        x_kind=x.kind,
        xs=(),
        series=(),
        x_digits=digits_of(x),
        y=tuple(one_line(name, NAME) for name in request.y),
        parting=one_line(request.series, NAME),
        left_out=tuple(one_line(name_series(group, len(request.y))) for group in groups[SERIES:]),
    )
    zone = zone_in(x.texts.drop_nulls()) if x.kind == "datetime" else ""
    draw = scatter if request.kind == "scatter" else lines
    return draw(made, groups[:SERIES], zone)


def name_series(group: ChartGroup, columns: int) -> str:
    """A series by its part, its column, or both where there are several of both."""
    return " – ".join(filter(None, (group.part, group.column if columns > 1 or not group.part else "")))


def digits_of(column: Recognized) -> int:
    return even_digits(column.texts.drop_nulls()) if column.kind == "number" else -1


def group_rows(frame: Frame, request: Request, columns: Mapping[str, int]) -> Iterator[ChartGroup]:
    """The series of a chart, in the order in which the file has them: its columns, or the values of one."""
    x = frame.found[columns[request.x]]
    texts = x.texts.to_list()
    values = x.values.to_list() if x.kind in ORDERED and x.values is not None else texts
    parting = frame.found[columns[request.series]].texts.to_list() if request.series else None
    groups: dict[tuple[str | None, str], ChartGroup] = {}
    for name in request.y:
        numbers, digits = frame.found[columns[name]].values, digits_of(frame.found[columns[name]])
        ys = numbers.to_list() if numbers is not None else [None] * len(texts)
        for row, (value, text, y) in enumerate(zip(values, texts, ys, strict=True)):
            part = parting[row] if parting else ""
            if value is None or part is None:
                continue
            group = groups.setdefault((part, name), ChartGroup(name, part, digits))
            group.points.append(Point(value, text, y))
    # Both keys apart: two series whose names begin alike are two, however short they are said.
    yield from groups.values()


def lines(made: ChartProfile, groups: Sequence[ChartGroup], zone: str) -> ChartProfile:
    """Series over the same xs. Rows whose xs are equal as they are written are added up; others never."""
    ordered = made.x_kind in ORDERED and not all(isinstance(p.x, str) for group in groups for p in group.points)
    sums: list[dict[str, list[float | None]]] = [{} for _ in groups]
    xs: dict[str, Any] = {}
    for group, found in zip(groups, sums, strict=True):
        for point in group.points:
            xs.setdefault(point.text, point.x)
            found.setdefault(point.text, []).append(point.y)
    added = any(sum(y is not None for y in ys) > 1 for found in sums for ys in found.values())
    totals = [{text: total(ys) for text, ys in found.items()} for found in sums]
    places = sorted(xs, key=lambda text: xs[text]) if ordered else list(xs)
    count = len(places)
    if not ordered and made.kind == "bar" and count > BARS:
        size = {text: fsum(abs(found.get(text) or 0) for found in totals) for text in places}
        largest = {*sorted(places, key=lambda text: -size[text])[:BARS]}
        places = [text for text in places if text in largest]
    places = places[:POINTS]
    return replace(
        made,
        xs=tuple(text_of(made.x_kind, xs[text], zone) if ordered else one_line(text) for text in places),
        series=tuple(line(group, found, places) for group, found in zip(groups, totals, strict=True)),
        added=added,
        cut=count - len(places),
    )


def line(group: ChartGroup, found: Mapping[str, float | None], places: Sequence[str]) -> Line:
    gaps = tuple(n for n, text in enumerate(places) if text in found and found[text] is None)
    return replace(without_points(group), values=tuple(found.get(text) for text in places), gaps=gaps)


def without_points(group: ChartGroup) -> Line:
    column, part = one_line(group.column, NAME), one_line(group.part, NAME)
    return Line(column=column, part=part, values=(), digits=group.digits)


def total(ys: Sequence[float | None]) -> float | None:
    """A sum: exact of whole numbers, else without the dust of binary fractions; nothing for one too large."""
    there = [y for y in ys if y is not None]
    if not there:
        return None
    if all(isinstance(y, int) for y in there):
        return sum(there)
    try:
        found = fsum(there)
    except OverflowError:
        return None
    return float(f"{found:.15g}") if isfinite(found) else None


def scatter(made: ChartProfile, groups: Sequence[ChartGroup], zone: str) -> ChartProfile:
    """Each pair is a point of its own."""
    pairs = [(n, point) for n, group in enumerate(groups) for point in group.points if point.y is not None]
    left = pairs
    if len(pairs) > POINTS:
        left = [pairs[round(place * (len(pairs) - 1) / (POINTS - 1))] for place in range(POINTS)]
    series = tuple(
        replace(without_points(group), values=tuple(point.y if of == n else None for of, point in left))
        for n, group in enumerate(groups)
    )
    xs = tuple(text_of(made.x_kind, point.x, zone) for _, point in left)
    return replace(made, xs=xs, series=series, cut=len(pairs) - len(left))
