"""Areas as other portals spell them, as bounding boxes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

POINT = re.compile(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s+(-?\d+(?:\.\d+)?(?:e-?\d+)?)(?:\s+-?\d+(?:\.\d+)?)?", re.IGNORECASE)
WKT = re.compile(
    r"\s*(?:<(?P<crs>[^<>]*)>)?\s*(?:SRID=\d+;)?\s*(?P<kind>POINT|LINESTRING|POLYGON|MULTI\w+|GEOMETRY\w+|ENVELOPE|BBOX)"
    r"\s*Z?\s*(?P<shape>\(.*\))\s*",
    re.IGNORECASE | re.DOTALL,
)
NUMBERS = re.compile(r"\s*-?\d+(?:\.\d+)?(?:\s*[,;\s]\s*-?\d+(?:\.\d+)?){3}\s*")


def read_geometry(text: str) -> list[float]:
    """
    The box around a geometry in WKT or GeoJSON, or of four numbers; empty when there is none.

    One that is cut in two at the antimeridian, as our own feeds do, becomes one that crosses it.

    >>> read_geometry("POLYGON((-74 45.4,-73 45.4,-73 46,-74 46,-74 45.4))"), read_geometry("-74,45.4,-73,46")
    ([-74, 45.4, -73, 46], [-74, 45.4, -73, 46])
    >>> read_geometry("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(45.4 -74)"), read_geometry("Montréal")
    ([-74, 45.4, -74, 45.4], [])
    >>> read_geometry("MULTIPOLYGON(((170 -20,180 -20,180 -10,170 -20)),((-180 -20,-170 -20,-170 -10,-180 -20)))")
    [170, -20, -170, -10]
    """
    if text.lstrip()[:1] in ("{", "["):
        return read_box(text)
    if NUMBERS.fullmatch(text):
        west, south, east, north = (number(part) for part in re.findall(r"-?\d+(?:\.\d+)?", text))
        return box(west, south, east, north)
    match = WKT.fullmatch(text)
    if match is None:
        return []
    if match["kind"].upper() in ("ENVELOPE", "BBOX"):
        sides = [number(part) for part in re.findall(r"-?\d+(?:\.\d+)?", match["shape"])]
        return box(sides[0], sides[3], sides[1], sides[2]) if len(sides) == 4 else []
    points = [(number(x), number(y)) for x, y in POINT.findall(match["shape"])]
    # EPSG's own 4326 puts the latitude first; who leaves the system out means CRS84.
    if re.search(r"EPSG/0/4326|EPSG:+4326", match["crs"] or ""):
        points = [(x, y) for y, x in points]
    if not points:
        return []
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    if (west, east) == (-180, 180) and len(points) > 5 and match["kind"].upper() == "MULTIPOLYGON":
        rest = [x for x, _ in points if abs(x) != 180]
        eastern, western = [x for x in rest if x > 0], [x for x in rest if x < 0]
        if rest and eastern and western and not any(abs(x) < 1e-9 for x in rest):
            west, east = min(eastern), max(western)
    return box(west, south, east, north)


def number(text: str) -> float:
    value = float(text)
    return int(value) if value == int(value) else value


def box(west: float, south: float, east: float, north: float) -> list[float]:
    """The box, when there is such a place on Earth."""
    there = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    return [west, south, east, north] if there else []


def read_box(value: Any) -> list[float]:
    """
    The bounding box of GeoJSON, or of four numbers; empty when there is none.

    >>> read_box('{"type": "Polygon", "coordinates": [[[-74, 45.4], [-73, 45.4], [-73, 46], [-74, 45.4]]]}')
    [-74, 45.4, -73, 46]
    """
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    if isinstance(value, dict):
        value = value.get("bbox") or value.get("coordinates")
    points = list(pairs_of(value))
    if not points and isinstance(value, list) and len(value) == 4 and all(is_number(part) for part in value):
        points = [(value[0], value[1]), (value[2], value[3])]
    if not points:
        return []
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    fits = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return [round(part, 6) for part in (west, south, east, north)] if fits else []


def pairs_of(value: Any) -> Iterable[tuple[float, float]]:
    """The points of GeoJSON's nested coordinates."""
    if not isinstance(value, list):
        return
    if 2 <= len(value) <= 3 and all(is_number(part) for part in value):
        yield value[0], value[1]
        return
    for part in value:
        yield from pairs_of(part)


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
