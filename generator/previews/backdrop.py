"""What lies below maps: the portal's own GeoJSON, cut to the window of each map."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic
from generator.model.digest import digest
from generator.previews.content import Unreadable
from generator.previews.limits import BACKDROP_VERTICES
from generator.previews.maps import HEIGHT, WIDTH, Path, Point, Projection, draw, features, simplify
from generator.previews.profile import Problem, seen
from generator.previews.readers.json_document import read_json
from generator.source.guard import is_inside

GROUNDS = ("land", "park", "water", "river", "road", "border", "place")
"""Kinds of ground, the lowest first."""

NAMES = 14
"""Places that are named on one map."""


GroundFeature = tuple[str, str, str, tuple[tuple[Point, ...], ...]]
"""Kind of ground, kind of shape, name, paths in degrees."""


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What lies below maps; `digest` is of all of it."""

    digest: str = ""
    features: tuple[GroundFeature, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Name:
    x: int
    y: int
    text: str


def ground_of(backdrop: Backdrop, bbox: Sequence[float], shrunk: float = 1) -> tuple[list[Ground], list[Name]]:
    """
    The backdrop of a map and the places named on it, with a window's width more on each side, for who moves on.

    Of a map that is shown `shrunk` times smaller, less is drawn.
    """
    projection = Projection.of(bbox)
    west, south, east, north = bbox
    wide = (2 * west - east, 2 * south - north, 2 * east - west, 2 * north - south)
    found: list[tuple[str, bool, list[Path]]] = []
    names: list[Name] = []
    turned = [(*rest, [[(x + 360, y) for x, y in path] for path in paths]) for *rest, paths in backdrop.features]
    for ground, shape, name, paths in (*backdrop.features, *(turned if east > 180 else ())):
        if ground == "place":
            x, y = projection(paths[0][0])
            names.append(Name(round(x), round(y), name))
            continue
        closed = shape == "polygon"
        clipped = [part for path in paths for part in clip(path, wide, closed)]
        if clipped:
            found.append((ground, closed, [[projection(place) for place in part] for part in clipped]))
    thinned = simplify([paths for _, _, paths in found], 0.6 * shrunk, BACKDROP_VERTICES)
    grounds = {
        ground: "".join(
            draw(path, closed)
            for (kind, closed, _), paths in zip(found, thinned, strict=True)
            if kind == ground
            for path in paths
            if len(path) > 1
        )
        for ground in GROUNDS
    }
    return [Ground(kind, path) for kind, path in grounds.items() if path], choose_names(names, shrunk)


def choose_names(names: Sequence[Name], shrunk: float) -> list[Name]:
    """Names in the window that do not stand on one another, the first ones first."""
    kept: list[Name] = []
    for name in names:
        inside = 0 < name.x < WIDTH - 40 and 24 < name.y < HEIGHT - 24
        free = all(abs(name.x - other.x) > 230 * shrunk or abs(name.y - other.y) > 44 * shrunk for other in kept)
        if inside and free and name.text and len(kept) < NAMES:
            kept.append(name)
    return kept


def clip(path: Sequence[Point], box: tuple[float, float, float, float], closed: bool) -> Iterator[Path]:
    """
    The parts of a path within a box.

    >>> list(clip([(-1, 1), (1, 1), (3, 1)], (0, 0, 2, 2), False))
    [[(0.0, 1.0), (1, 1), (2.0, 1.0)]]
    """
    if closed:
        ring = list(path)
        for axis, edge, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
            ring = cut_ring(ring, axis, edge, sign)
        if len(ring) > 2:
            yield ring
        return
    part: Path = []
    for start, end in pairwise(path):
        inside = cut_segment(start, end, box)
        if inside is None:
            continue
        if not part or part[-1] != inside[0]:
            if len(part) > 1:
                yield part
            part = [inside[0]]
        part.append(inside[1])
    if len(part) > 1:
        yield part


def cut_ring(ring: Path, axis: int, edge: float, sign: int) -> Path:
    """A ring without what lies beyond an edge (Sutherland and Hodgman)."""
    kept: Path = []
    for place, point in enumerate(ring):
        before = ring[place - 1]
        here, there = (point[axis] - edge) * sign >= 0, (before[axis] - edge) * sign >= 0
        if here != there:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if here:
            kept.append(point)
    return kept


def cut_segment(start: Point, end: Point, box: tuple[float, float, float, float]) -> tuple[Point, Point] | None:
    """The part of a segment within a box (Liang and Barsky)."""
    x, y = end[0] - start[0], end[1] - start[1]
    first, last = 0.0, 1.0
    for step, room in (
        (-x, start[0] - box[0]),
        (x, box[2] - start[0]),
        (-y, start[1] - box[1]),
        (y, box[3] - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None

    def at(share: float) -> Point:
        return start if share == 0 else end if share == 1 else (start[0] + share * x, start[1] + share * y)

    return at(first), at(last)


def read_backdrop(folder: pathlib.Path, catalog: Catalog) -> tuple[Backdrop, list[Diagnostic]]:
    """The GeoJSON that the portal names, if it names one."""
    portal = catalog.portal
    if not portal.backdrop:
        return Backdrop(), []
    path = folder / portal.backdrop
    place = portal.origin["backdrop"]
    if not is_inside(folder, portal.backdrop):
        return Backdrop(), [Diagnostic.at(place, "missing-file", path=portal.backdrop)]
    try:
        kept = list(ground_features(read_json(path)))
        problem = None if kept else Problem(code="data-file-broken")
    except Unreadable as error:
        problem = error.problem
    if problem:
        values = {"value": portal.backdrop, "format": "GeoJSON", **problem.values}
        return Backdrop(), [Diagnostic.at(place, problem.code, **values)]
    return Backdrop(digest(kept), tuple(kept)), []


def ground_features(data: object) -> Iterator[GroundFeature]:
    """The features whose property `kind` is a kind of ground."""
    items = data.get("features", []) if isinstance(data, dict) else []
    for item in items if isinstance(items, list) else []:
        properties = item.get("properties") if isinstance(item, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        ground, name = properties.get("kind"), properties.get("name")
        for feature in features(item):
            if feature and ground in GROUNDS:
                shape, paths, _ = feature
                yield ground, shape, seen(name) if isinstance(name, str) else "", tuple(map(tuple, paths))
