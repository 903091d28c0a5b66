"""Geometries in WKT and GeoJSON: whether a text is one, and the box around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
WKT = re.compile(r"\s*([A-Za-z]+)\s*(?:[Zz]\s*)?(\(.*\))\s*", re.DOTALL)
POINT = re.compile(rf"({NUMBER})\s+({NUMBER})(?:\s+{NUMBER})?")

# How deep the points of a kind lie, and how many make the innermost list.
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
KINDS = {name.upper(): name for name in DEPTHS}

Box = tuple[float, float, float, float]


def box_of(text: str) -> Box | None:
    """
    West, south, east, north of a geometry in CRS84; None for what is none, or is nowhere on Earth.

    >>> box_of("POLYGON((-74 45, -73 45, -73 46, -74 45))"), box_of('{"type": "Point", "coordinates": [-74, 45.5]}')
    ((-74.0, 45.0, -73.0, 46.0), (-74.0, 45.5, -74.0, 45.5))
    >>> box_of("POLYGON((-74 45, -73 45, -73 46))"), box_of("POINT(45.5 -740)"), box_of("Montréal")
    (None, None, None)
    """
    points = points_of(text)
    if not points:
        return None
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    west, south, east, north = min(longitudes), min(latitudes), max(longitudes), max(latitudes)
    return (west, south, east, north) if -180 <= west <= east <= 180 and -90 <= south <= north <= 90 else None


def is_box(text: str) -> bool:
    """
    Whether a geometry is no more than the box around it.

    >>> is_box("POLYGON((1 2, 3 2, 3 4, 1 4, 1 2))"), is_box("POLYGON((1 2, 3 2, 3 4, 1 2))"), is_box("POINT(1 2)")
    (True, False, False)
    """
    points, box = points_of(text), box_of(text)
    corners = {(x, y) for x in box[::2] for y in box[1::2]} if box else set()
    return len(corners) == 4 and set(points) == corners and len(points) == 5


def points_of(text: str) -> list[tuple[float, float]]:
    """The points of a geometry; none when it is none."""
    kind, coordinates = read_geojson(text) if text.lstrip()[:1] == "{" else read_wkt(text)
    if kind not in DEPTHS:
        return []
    lines = list(lines_of(coordinates, DEPTHS[kind]))
    if not lines or not all(is_line(line, kind) for line in lines):
        return []
    return [(float(point[0]), float(point[1])) for line in lines for point in line]


def read_geojson(text: str) -> tuple[str, Any]:
    """GeoJSON's kind and coordinates."""
    try:
        value = json.loads(text, parse_int=float)
    except (ValueError, RecursionError):
        return "", None
    return str(value.get("type")), value.get("coordinates")


def read_wkt(text: str) -> tuple[str, Any]:
    """WKT's kind and coordinates, nested as GeoJSON nests them."""
    match = WKT.fullmatch(text)
    kind = KINDS.get(match[1].upper(), "") if match else ""
    if match is None or not kind:
        return "", None
    listed = POINT.sub(lambda found: f"[{float(found[1])!r},{float(found[2])!r}]", match[2])
    try:
        value = json.loads(listed.replace("(", "[").replace(")", "]"))
    except (ValueError, RecursionError):
        return "", None
    if kind == "Point":
        return kind, value[0] if len(value) == 1 else None
    # Each point of a MULTIPOINT may stand in parentheses of its own.
    return kind, [item[0] if kind == "MultiPoint" and is_list(item[0]) else item for item in value]


def lines_of(value: Any, depth: int) -> Iterator[list[Any]]:
    """The innermost lists of points; what is nested otherwise gives a list that is none."""
    if depth <= 1:
        yield [value] if depth == 0 else value
    elif is_list(value) and value:
        for item in value:
            yield from lines_of(item, depth - 1)
    else:
        yield []


def is_line(line: Any, kind: str) -> bool:
    """Whether it has points, as many as its kind takes, and a ring ends where it began."""
    if not is_list(line) or len(line) < LEAST.get(kind, 1) or not all(map(is_point, line)):
        return False
    return "Polygon" not in kind or line[0] == line[-1]


def is_point(value: Any) -> bool:
    return is_list(value) and 2 <= len(value) <= 3 and all(type(part) is float and isfinite(part) for part in value)


def is_list(value: Any) -> bool:
    return isinstance(value, list)
