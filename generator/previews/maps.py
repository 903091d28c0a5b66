"""GeoJSON, or coordinates in columns, to the shapes of a map: projected, simplified, bounded."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.previews.column_names import naming
from generator.previews.labels import one_line
from generator.previews.limits import SHAPES, VERTICES
from generator.previews.profile import Map, Shape

WIDTH, HEIGHT = 960, 600
"""A map's units."""

MARGIN = 48

Point = tuple[float, float]
Path = list[Point]

GEOMETRIES = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}
DEPTHS = {"Point": 0, "MultiPoint": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}

Feature = tuple[str, list[Path], str]
"""Kind, paths in degrees, label."""


def position(value: object) -> Point | None:
    """A place in degrees; None for what is no place on earth."""
    if not isinstance(value, list) or len(value) < 2:
        return None
    x, y = value[0], value[1]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        return None
    return (float(x), float(y)) if -180 <= x <= 180 and -90 <= y <= 90 else None


def paths(value: object, depth: int) -> Iterator[Path]:
    """The paths of a geometry's coordinates; those of polygons are closed and still have their last point."""
    if not isinstance(value, list):
        return
    if depth == 0:
        value, depth = [value], 1
    if depth > 1:
        for item in value:
            yield from paths(item, depth - 1)
        return
    found = [place for item in value if (place := position(item))]
    if found and len(found) == len(value):
        yield found


def features(data: object) -> Iterator[Feature | None]:
    """Each feature with what it is called; None for one that has no place on earth."""
    if not isinstance(data, Mapping):
        return
    kind = data.get("type")
    if kind == "FeatureCollection":
        items = data.get("features")
        for item in items if isinstance(items, list) else []:
            yield from features(item) if isinstance(item, Mapping) else [None]
        return
    geometry = data.get("geometry") if kind == "Feature" else data
    label = label_of(data.get("properties")) if kind == "Feature" else ""
    found = list(geometries(geometry))
    if not found:
        yield None
        return
    # A collection of several kinds is of that which covers most.
    best = max((kind for kind, _ in found), key=("point", "line", "polygon").index)
    yield best, [path for kind, path in found if kind == best], label


def geometries(geometry: object, depth: int = 0) -> Iterator[tuple[str, Path]]:
    if not isinstance(geometry, Mapping) or depth > 4:
        return
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        parts = geometry.get("geometries")
        for part in parts if isinstance(parts, list) else []:
            yield from geometries(part, depth + 1)
    elif isinstance(kind, str) and kind in GEOMETRIES:
        places = geometry.get("coordinates")
        for part in places if kind == "MultiPoint" and isinstance(places, list) else [places]:
            for path in paths(part, DEPTHS[kind]):
                yield GEOMETRIES[kind], path


def label_of(properties: object) -> str:
    """What a feature is called: a property that is a name, else the first text."""
    if not isinstance(properties, Mapping):
        return ""
    texts = {str(key).casefold(): value for key, value in properties.items() if isinstance(value, str) and value}
    for name in naming()["label"]["names"]:
        for key, value in texts.items():
            if key == name or key.startswith(f"{name}_"):
                return one_line(value)
    return one_line(next(iter(texts.values()), ""))


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to a map's units: equal scales in both directions at the middle of the window."""

    west: float
    north: float
    across: float
    """Units a degree of longitude."""
    down: float

    @classmethod
    def of(cls, bbox: Sequence[float]) -> Projection:
        west, south, east, north = bbox
        return cls(west, north, WIDTH / (east - west), HEIGHT / (north - south))

    def __call__(self, place: Point) -> Point:
        return (place[0] - self.west) * self.across, (self.north - place[1]) * self.down


def window(places: Iterable[Point]) -> tuple[float, float, float, float]:
    """West, south, east, north around places, in the map's proportions, with a margin."""
    xs, ys = zip(*places, strict=True)
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    squeeze = max(math.cos(math.radians(middle_y)), 0.1)
    # Units a degree of latitude, so that all fits; a single place has some ground around it.
    least = 0.02
    across = max((max(xs) - min(xs)) * squeeze, least) / (WIDTH - 2 * MARGIN)
    down = max(max(ys) - min(ys), least) / (HEIGHT - 2 * MARGIN)
    scale = max(across, down)
    half_x, half_y = scale * WIDTH / 2 / squeeze, scale * HEIGHT / 2
    west, south, east, north = middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y
    return round(west, 5), round(south, 5), round(east, 5), round(north, 5)


def thin(path: Sequence[Point], tolerance: float) -> Path:
    """A path with fewer points, none of which was further from it than the tolerance (Douglas and Peucker)."""
    near: Path = []
    for point in path:  # points that fall on one another first, as the rest is slow on many
        if not near or abs(point[0] - near[-1][0]) + abs(point[1] - near[-1][1]) >= tolerance / 2:
            near.append(point)
    if len(near) < 3:
        return near
    kept = {0, len(near) - 1}
    todo = [(0, len(near) - 1)]
    while todo:
        first, last = todo.pop()
        far, distance = max(
            ((place, away(near[place], near[first], near[last])) for place in range(first + 1, last)),
            key=lambda found: found[1],
            default=(0, 0.0),
        )
        if distance > tolerance:
            kept.add(far)
            todo += [(first, far), (far, last)]
    return [near[place] for place in sorted(kept)]


def away(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from a segment."""
    x, y = end[0] - start[0], end[1] - start[1]
    length = x * x + y * y
    along = ((point[0] - start[0]) * x + (point[1] - start[1]) * y) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - along * x, point[1] - start[1] - along * y)


def simplify(found: Sequence[Sequence[Path]], tolerance: float, limit: int) -> list[list[Path]]:
    """Groups of paths, thinned until they have no more vertices than the limit."""
    while True:
        thinned = [[thin(path, tolerance) for path in group] for group in found]
        if sum(len(path) for group in thinned for path in group) <= limit or tolerance > WIDTH:
            return thinned
        found, tolerance = thinned, 2 * tolerance


def draw(path: Sequence[Point], closed: bool) -> str:
    """
    An SVG path, in steps from point to point; a single point is a line of no length, which a round end makes a dot.

    >>> draw([(1.04, 2)], False), draw([(0, 0), (1, 0.5), (2.25, 1)], True)
    ('M1 2h0', 'M0 0l1 .5 1.2 .5z')
    """
    places = [(round(10 * x), round(10 * y)) for x, y in path]
    start = f"M{units(places[0][0])} {units(places[0][1])}"
    if len(places) == 1:
        return f"{start}h0"
    steps = [f"{units(x - a)} {units(y - b)}" for (a, b), (x, y) in pairwise(places) if (a, b) != (x, y)]
    return f"{start}l{' '.join(steps) or '0 0'}{'z' if closed else ''}"


def units(tenths: int) -> str:
    """
    >>> units(10), units(-5), units(0)
    ('1', '-.5', '0')
    """
    text = f"{tenths / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def make_map(found: Iterable[Feature | None]) -> Map | None:
    """The map of features; None when none of them has a place on earth."""
    kept: list[Feature] = []
    places: set[Point] = set()
    skipped = 0
    counts: Counter[str] = Counter()
    for item in found:
        if item is None:
            skipped += 1
            continue
        counts[item[0]] += len(item[1]) if item[0] == "point" else 1
        if item[0] == "point":  # measured again and again at the same place, say
            if places.issuperset(path[0] for path in item[1]):
                continue
            places.update(path[0] for path in item[1])
        kept.append(item)
    if not kept:
        return None
    kept = across_the_line(kept)
    extent = box_around(place for _, group, _ in kept for path in group for place in path)
    bbox = window(place for _, group, _ in kept for path in group for place in path)
    if len(kept) > SHAPES:  # evenly, so that the whole of the ground is still covered
        kept = [kept[round(place * (len(kept) - 1) / (SHAPES - 1))] for place in range(SHAPES)]
    projection = Projection.of(bbox)
    drawn = simplify([[list(map(projection, path)) for path in group] for _, group, _ in kept], 0.4, VERTICES)
    shapes = []
    for (kind, _, label), group in zip(kept, drawn, strict=True):
        if kind == "polygon":  # rings too small to be seen; the largest stays
            group = [ring for ring in group if len(ring) > 3] or group[:1]
        shapes.append(Shape(kind=kind, path="".join(draw(path, kind == "polygon") for path in group), label=label))
    order = ("polygon", "line", "point")
    return Map(
        bbox=bbox,
        shapes=tuple(sorted(shapes, key=lambda shape: order.index(shape.kind))),
        counts=tuple((kind, counts[kind]) for kind in ("point", "line", "polygon") if counts[kind]),
        shown=sum(len(group) if kind == "point" else 1 for kind, group, _ in kept),
        skipped=skipped,
        extent=extent,
    )


def box_around(places: Iterable[Point]) -> tuple[float, ...]:
    """
    West, south, east and north of places, of which some may lie past the antimeridian.

    >>> box_around([(170, -20), (190, -10)]), box_around([(-73.5, 45.5)])
    ((170, -20, -170, -10), (-73.5, 45.5, -73.5, 45.5))
    """
    xs, ys = zip(*places, strict=True)
    west, east = (x - 360 if x > 180 else x for x in (min(xs), max(xs)))
    return west, min(ys), east, max(ys)


def across_the_line(kept: list[Feature]) -> list[Feature]:
    """Features on both sides of the 180th meridian, the western ones a turn further: together, not a world apart."""
    xs = [x for _, group, _ in kept for path in group for x, _ in path]
    turned = [x + 360 if x < 0 else x for x in xs]
    if max(xs) - min(xs) <= 180 or max(turned) - min(turned) >= 180:
        return kept
    return [
        (kind, [[(x + 360 if x < 0 else x, y) for x, y in path] for path in group], label)
        for kind, group, label in kept
    ]


WORLD = ("crs84", "4326", "4979", "crs83")
"""How names of reference systems end in which GeoJSON's coordinates are longitudes and latitudes."""


def projection_of(data: object) -> str:
    """The reference system that a file names (as GeoJSON of 2008 could), where it is not that of degrees."""
    crs = data.get("crs") if isinstance(data, Mapping) else None
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if not isinstance(name, str) or name.casefold().endswith(WORLD):
        return ""
    found = re.search(r"([A-Za-z]+)[:/]+(?:[\d.]*[:/]+)?(\w+)$", name)
    return one_line(f"{found[1].upper()}:{found[2]}" if found else name)


def items_of(data: Any) -> list[Any]:
    """The features of a collection, or the only one."""
    if not isinstance(data, Mapping):
        return []
    items = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    return items if isinstance(items, list) else []


def attributes_of(data: Any) -> list[Mapping[str, Any]]:
    """What is known of each feature, as rows of a table."""
    rows = [item.get("properties") for item in items_of(data) if isinstance(item, Mapping)]
    return [row if isinstance(row, Mapping) else {} for row in rows]


def has_geometries(data: Any) -> bool:
    """Whether any feature says where it is, in whatever way."""
    return any(item.get("geometry") or item.get("coordinates") for item in items_of(data) if isinstance(item, Mapping))
