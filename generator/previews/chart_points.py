"""A table's columns to a chart's points, as the publisher asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from generator.model.diagnostics import closest
from generator.previews.columns import cut
from generator.previews.frames import Frame
from generator.previews.limits import BARS, LABEL, POINTS, SERIES
from generator.previews.profile import Chart, Problem
from generator.previews.profile import Series as Line
from generator.previews.scales import ORDERED, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The chart that is asked for; `series` is the column whose values part the rows into series, or nothing."""

    kind: str
    x: str
    y: tuple[str, ...]
    series: str = ""


def make_chart(frame: Frame, request: Request) -> tuple[Chart | None, list[Problem]]:
    problems = []
    columns: dict[str, int] = {}
    wanted = [("x", request.x), *(("y", name) for name in request.y)]
    wanted += [("series", request.series)] if request.series else []
    for key, name in wanted:
        place = find(frame, name)
        if place is None:
            values = {"value": name, "suggestion": closest(name, filter(None, frame.names))}
            problems.append(Problem(code="chart-column", key=f"chart.{key}", values=values))
            continue
        columns[name] = place
        numeric = frame.kinds[place] in ("integer", "number", "year", "empty")
        if key == "y" and not numeric:
            problems.append(Problem(code="chart-not-numbers", key="chart.y", values={"value": name}))
    if request.kind == "scatter" and request.x in columns and frame.kinds[columns[request.x]] not in ORDERED:
        problems.append(Problem(code="chart-not-numbers", key="chart.x", values={"value": request.x}))
    if problems or not request.y:
        return None, problems
    return draw_points(frame, request, columns), []


def find(frame: Frame, name: str) -> int | None:
    """A column's place by its name, however its spaces and lines were written."""
    wanted = cut(name, LABEL)
    return frame.names.index(wanted) if wanted in frame.names else None


def draw_points(frame: Frame, request: Request, columns: Mapping[str, int]) -> Chart:
    place = columns[request.x]
    kind = frame.kinds[place]
    ordered = frame.values[place] if kind in ORDERED else None
    xs: Sequence[Any] = (ordered if ordered is not None else frame.columns[place]).to_list()
    groups = frame.columns[columns[request.series]].to_list() if request.series else None
    points: dict[str, list[tuple[Any, float | None]]] = {}
    for name in request.y:
        numbers = frame.values[columns[name]]
        ys = numbers.to_list() if numbers is not None else [None] * len(xs)
        for row, (x, y) in enumerate(zip(xs, ys, strict=True)):
            if x is None:
                continue
            if groups is None:
                label = cut(name, LABEL)
            elif groups[row] is None:
                continue
            else:
                label = cut(groups[row], LABEL) if len(request.y) == 1 else f"{cut(groups[row], LABEL)} – {name}"
            points.setdefault(label, []).append((x, y))
    names = sorted(points, key=lambda name: -sum(abs(y or 0) for _, y in points[name])) if groups else list(points)
    kept = sorted(names[:SERIES], key=list(points).index)
    made = Chart(
        kind=request.kind,
        x=cut(request.x, LABEL),
        x_kind=kind,
        xs=(),
        series=(),
        unit=cut(request.y[0], LABEL) if len(request.y) == 1 else "",
        left_out=len(names) - len(kept),
    )

    def said(x: Any) -> str:
        return text_of(kind, x) if ordered is not None else cut(x, LABEL)

    if request.kind == "scatter":
        return scatter(made, kept, points, said)
    sums: dict[str, dict[Any, float]] = {}
    added = False
    for name in kept:
        sums[name] = {}
        for x, y in points[name]:
            if y is not None:
                added = added or x in sums[name]
                sums[name][x] = sums[name].get(x, 0.0) + y
    places = list(dict.fromkeys(x for name in kept for x, _ in points[name]))
    total = len(places)
    if ordered is not None:
        places.sort()
    elif request.kind == "bar" and total > BARS:  # the largest, in the file's order
        largest = set(sorted(places, key=lambda x: -sum(abs(sums[name].get(x, 0)) for name in kept))[:BARS])
        places = [x for x in places if x in largest]
    places = places[:POINTS]
    series = tuple(Line(name=name, values=tuple(tidy(sums[name].get(x)) for x in places)) for name in kept)
    return replace(made, xs=tuple(map(said, places)), series=series, added=added, cut=total - len(places))


def tidy(value: float | None) -> float | None:
    """A sum without the dust of binary fractions; nothing for one too large to be a number."""
    return None if value is None or not isfinite(value) else float(f"{value:.12g}")


def scatter(
    made: Chart, kept: Sequence[str], points: Mapping[str, Sequence[tuple[Any, Any]]], said: Callable[[Any], str]
) -> Chart:
    """Each pair is a point of its own."""
    pairs = [(name, x, y) for name in kept for x, y in points[name] if y is not None]
    left = pairs
    if len(pairs) > POINTS:
        left = [pairs[round(place * (len(pairs) - 1) / (POINTS - 1))] for place in range(POINTS)]
    series = tuple(Line(name=name, values=tuple(y if name == of else None for of, _, y in left)) for name in kept)
    return replace(made, xs=tuple(said(x) for _, x, _ in left), series=series, cut=len(pairs) - len(left))
