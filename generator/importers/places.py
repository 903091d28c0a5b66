"""
Areas as other portals spell them: WKT, GeoJSON, GML, DCMI's boxes, four numbers, pairs of them, or a name.

Coordinates never become a name, and a box that can't be where it says is no box: the report tells of both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any, NamedTuple

from generator.authoring.report import Report

NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
NUMBERS = re.compile(rf"\s*{NUMBER}(?:(?:\s*[,;]\s*|\s+){NUMBER})*\s*")
COMMA_NUMBERS = re.compile(r"\s*[-+]?\d+(?:,\d+)?(?:\s*;\s*[-+]?\d+(?:,\d+)?){3}\s*")
WKT = re.compile(
    r"\s*(?:<(?P<iri>[^<>]*)>)?\s*(?:SRID=(?P<srid>\d+);)?\s*(?P<kind>[A-Z]+?(?:2D|3D)?)"
    r"\s*(?:ZM?|M)?\s*(?:(?P<empty>EMPTY)|(?P<shape>\(.*\)))\s*",
    re.IGNORECASE | re.DOTALL,
)
KINDS = """
    POINT MULTIPOINT LINESTRING MULTILINESTRING POLYGON MULTIPOLYGON GEOMETRYCOLLECTION ENVELOPE BBOX BOX BOX2D BOX3D
    CIRCULARSTRING COMPOUNDCURVE CURVEPOLYGON MULTICURVE MULTISURFACE POLYHEDRALSURFACE TIN TRIANGLE
"""
# Systems in degrees whose authority puts the latitude first.
LATITUDE_FIRST = re.compile(r"EPSG\D*(?:[\d.]+\D)?(?:4326|4258|4269)$")
CORNERS = re.compile(r"<(?:\w+:)?(lowerCorner|upperCorner|pos|posList|coordinates)\b[^>]*>([^<]*)<")
SYSTEM = re.compile(r"srsName\s*=\s*[\"']([^\"']*)")
PAIR = re.compile(r"\s*([a-z]+)\s*=\s*([^;]*)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://.*|(?:ftp|urn|info|geo|tag):\S+)", re.IGNORECASE | re.DOTALL)
NOTHING = re.compile(r"(?:[\W\d_]|nan|null|none|undefined|inf(?:inity)?|empty)*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2}")
DEPTH = 12
"""How deep coordinates may nest."""

Point = tuple[float, float]


class Area(NamedTuple):
    """
    One area: the `box` around it or its `name`, or the `address` that stands for it.

    `code` is what the report tells of it, with the text as it was `written`: why nothing came of it, or what was
    supposed.
    """

    box: tuple[float, ...] = ()
    name: str = ""
    address: str = ""
    code: str = ""
    written: str = ""


def read_areas(value: Any) -> list[Area]:
    """
    The areas that a text, or JSON, speaks of.

    >>> [area.box for area in read_areas("-74,45.4,-73,46")], read_areas("Montréal")[0].name
    ([(-74, 45.4, -73, 46)], 'Montréal')
    >>> [area.name for area in read_areas('["Laval", "Longueuil"]')], read_areas("POLYGON EMPTY")[0].code
    (['Laval', 'Longueuil'], 'left-out.empty-area')
    """
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return []
        if text[0] not in "{[":
            return [read_area(text)]
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return [Area(code="left-out.spatial", written=text)]
    if isinstance(value, list) and value and all(isinstance(item, (str, dict)) for item in value):
        return [area for item in value for area in read_areas(item)]
    if isinstance(value, Mapping) and "type" not in value:
        return read_record(value)
    return [] if value in (None, [], {}) else [read_json(value)]


def read_area(text: str) -> Area:
    """
    The area of a text that is no JSON.

    >>> read_area("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(45.4 -74)").box
    (-74, 45.4, -74, 45.4)
    >>> read_area("ENVELOPE(-74, -73, 46, 45.4)").box, read_area("BOX(-74 45.4,-73 46)").box
    ((-74, 45.4, -73, 46), (-74, 45.4, -73, 46))
    >>> read_area("name=Laval; northlimit=46; southlimit=45.4; eastlimit=-73; westlimit=-74")[:2]
    ((-74, 45.4, -73, 46), 'Laval')
    >>> read_area("NaN,NaN,NaN,NaN").code, read_area("500000,3900000,520000,3920000").code
    ('left-out.empty-area', 'left-out.impossible-area')
    """
    if COMMA_NUMBERS.fullmatch(text):
        return of_numbers([part.replace(",", ".") for part in text.split(";")], text)
    if NUMBERS.fullmatch(text):
        return of_numbers(re.findall(NUMBER, text), text)
    match = WKT.fullmatch(text)
    if match and match["kind"].upper() in KINDS.split():
        return read_wkt(match, text)
    if text.startswith("<"):
        return read_gml(text)
    pairs = [match for part in text.split(";") if (match := PAIR.fullmatch(part))]
    if len(pairs) > 1:
        return read_dcmi({pair[1].lower(): pair[2].strip() for pair in pairs}, text)
    if ADDRESS.fullmatch(text):
        if point := re.fullmatch(rf"geo:({NUMBER}),({NUMBER})(?:[,;].*)?", text, re.IGNORECASE):
            return around([(float(point[2]), float(point[1]))], text)
        return Area(address=text, code="left-out.place-address", written=text)
    if NOTHING.fullmatch(text):
        digits = re.search(r"\d", text)
        return Area(code="left-out.spatial" if digits else "left-out.empty-area", written=text)
    # What has digits and no word, as 45°30′N 73°35′W, is no name.
    if not WORD.search(text) or "{{" in text:
        return Area(code="left-out.spatial", written=text)
    return Area(name=" ".join(text.split()), written=text)


def read_wkt(match: re.Match[str], text: str) -> Area:
    system = match["iri"] or ""
    kind = match["kind"].upper()
    if match["empty"]:
        return Area(code="left-out.empty-area", written=text)
    if not in_degrees(system, match["srid"] or ""):
        return Area(code="left-out.impossible-area", written=text)
    if kind == "ENVELOPE":
        sides = [float(part) for part in re.findall(NUMBER, match["shape"])]
        return of_sides(sides[0], sides[3], sides[1], sides[2], text) if len(sides) == 4 else unread(text)
    if kind in ("BBOX", "BOX", "BOX2D") and len(sides := re.findall(NUMBER, match["shape"])) == 4:
        west, south, east, north = map(float, sides)
        return of_sides(west, south, east, north, text)
    points = []
    for part in re.split(r"[(),]+", match["shape"]):
        words = part.split()
        if len(words) >= 2 and all(re.fullmatch(NUMBER, word) for word in words[:2]):
            points.append((float(words[0]), float(words[1])))
        elif words and not re.fullmatch(r"[A-Za-z]+|Z|M|ZM", words[0]):
            return unread(text)
    if LATITUDE_FIRST.search(system):
        points = [(x, y) for y, x in points]
    return around(points, text)


def in_degrees(system: str, number: str) -> bool:
    """Whether a reference system is one of longitudes and latitudes; one that is not stated is."""
    return (not system or "CRS84" in system or bool(LATITUDE_FIRST.search(system))) and (
        number in ("", "0", "4326", "4258", "4269")
    )


def read_gml(text: str) -> Area:
    """
    >>> read_area("<gml:Envelope srsName='urn:ogc:def:crs:EPSG::4326'><gml:lowerCorner>45 -74</gml:lowerCorner>"
    ...   "<gml:upperCorner>46 -73</gml:upperCorner></gml:Envelope>").box
    (-74, 45, -73, 46)
    """
    system = next(iter(SYSTEM.findall(text)), "")
    numbers = [float(part) for _, words in CORNERS.findall(text) for part in re.findall(NUMBER, words)]
    if not numbers or len(numbers) % 2:
        return Area(code="left-out.spatial", written=text)
    if not in_degrees(system, "") and system.rpartition(":")[2] not in ("4326", "4258", "4269"):
        return Area(code="left-out.impossible-area", written=text)
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    # Only the long names put the latitude first: `EPSG:4326` alone is read the other way.
    latitude_first = LATITUDE_FIRST.search(system) and not re.fullmatch(r"EPSG:\d+", system)
    return around([(x, y) for y, x in points] if latitude_first else points, text)


def read_dcmi(pairs: Mapping[str, str], text: str) -> Area:
    """DCMI Box and Point, and its Period of areas: `name=…; northlimit=…`."""
    sides = [pairs.get(side, "") for side in ("westlimit", "southlimit", "eastlimit", "northlimit")]
    point = [pairs.get("east", ""), pairs.get("north", "")]
    name = pairs.get("name", "")
    if all(re.fullmatch(NUMBER, side) for side in sides):
        west, south, east, north = map(float, sides)
        return of_sides(west, south, east, north, text)._replace(name=name)
    if all(re.fullmatch(NUMBER, side) for side in point):
        return around([(float(point[0]), float(point[1]))], text)._replace(name=name)
    return Area(name=name, written=text) if name else Area(code="left-out.spatial", written=text)


def read_record(value: Mapping[str, Any]) -> list[Area]:
    """An area that is described by keys: its box, its geometry, its names."""
    low = {str(key).rpartition(":")[2].casefold(): item for key, item in value.items()}
    shapes = [low[key] for key in ("bbox", "geometry", "coordinates", "centroid") if low.get(key)]
    areas = [area for shape in shapes for area in read_areas(shape)]
    found = next((area for area in areas if area.box), next(iter(areas), Area()))
    names = (low.get(key) for key in ("name", "preflabel", "label", "title", "geographicname"))
    name = next((text for text in names if isinstance(text, str) and read_areas(text)[:1] and WORD.search(text)), "")
    if not found.box and not name and not found.code:
        return [unread(json.dumps(value, ensure_ascii=False))]
    return [found._replace(name=found.name or name)]


def read_json(value: Any) -> Area:
    """
    The box around GeoJSON, around Elasticsearch's envelope, around pairs of numbers, or of four numbers.

    >>> read_json({"type": "Polygon", "coordinates": [[[-74, 45.4], [-73, 45.4], [-73, 46], [-74, 45.4]]]}).box
    (-74, 45.4, -73, 46)
    >>> read_json([[35.01, -81.02], [35.51, -80.59]])[::3]
    ((-81.02, 35.01, -80.59, 35.51), 'guessed.latitude-first')
    """
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        box = value.get("bbox")
        if isinstance(box, list) and len(box) in (4, 6) and all(map(is_number, box)):
            return of_sides(box[0], box[1], box[len(box) // 2], box[len(box) // 2 + 1], text)
        points = list(points_of(value, DEPTH))
        if str(value.get("type")).casefold() in ("envelope", "bbox") and len(points) == 2:
            (west, one), (east, other) = points
            return of_sides(west, min(one, other), east, max(one, other), text)
        return around(points, text) if points else Area(code="left-out.empty-area", written=text)
    if isinstance(value, list) and value and all(map(is_number, value)):
        return of_numbers([repr(part) for part in value], text)
    points = list(points_of(value, DEPTH))
    if len(points) == 2:
        return of_pairs(points, text)
    return around(points, text) if points else unread(text)


def points_of(value: Any, depth: int) -> Iterator[Point]:
    """The points of GeoJSON's nested coordinates, features and geometries."""
    if depth == 0:
        return
    if isinstance(value, dict):
        for key in ("coordinates", "geometry", "geometries", "features"):
            yield from points_of(value.get(key), depth - 1)
    elif isinstance(value, list):
        if 2 <= len(value) <= 4 and all(map(is_number, value)):
            yield value[0], value[1]
            return
        for part in value:
            yield from points_of(part, depth - 1)


def of_numbers(words: list[str], text: str) -> Area:
    """A box of four numbers, west and south first, or a point of two; what could lie in two places is told."""
    numbers = [float(word) for word in words]
    if len(numbers) == 2:
        return of_pairs([(numbers[0], numbers[1])], text)
    if len(numbers) != 4:
        return unread(text)
    west, south, east, north = numbers
    found = of_sides(west, south, east, north, text)
    turned = of_sides(south, west, north, east, text)
    if found.box and turned.box and is_polar(found.box) and not is_polar(turned.box):
        return Area(code="left-out.doubtful-area", written=text)
    return found


def of_pairs(points: list[Point], text: str) -> Area:
    """
    A point or two corners that do not say which number comes first: the one reading that is on Earth and out of the
    far south, where hardly any data are.

    >>> of_pairs([(45.5, -73.6)], "")[::3], of_pairs([(-73.6, 45.5)], "")[::3], of_pairs([(48.8, 2.3)], "").code
    (((-73.6, 45.5, -73.6, 45.5), 'guessed.latitude-first'), ((-73.6, 45.5, -73.6, 45.5), ''), 'left-out.doubtful-area')
    """
    found, turned = around(points, text), around([(x, y) for y, x in points], text)
    if "left-out.empty-area" in (found.code, turned.code):
        return found
    likely = [area for area in (found, turned) if area.box and not is_polar(area.box)]
    if len(likely) == 1:
        return likely[0] if likely[0] is found else turned._replace(code="guessed.latitude-first")
    possible = [area for area in (found, turned) if area.box]
    return Area(code="left-out.doubtful-area", written=text) if possible else found


def around(points: Iterable[Point], text: str) -> Area:
    """
    The box around points; one that is cut in two at the antimeridian, or goes on beyond it, crosses it.

    >>> around([(170, -20), (190, -10)], "").box
    (170, -20, -170, -10)
    """
    found = [point for point in points if all(map(isfinite, point))]
    if not found:
        return Area(code="left-out.empty-area", written=text)
    longitudes = [x for x, _ in found]
    west, east = min(longitudes), max(longitudes)
    if (west, east) == (-180, 180):
        # Two halves that meet at the antimeridian leave a gap around Greenwich.
        inner = [x for x in longitudes if abs(x) != 180]
        eastern, western = [x for x in inner if x > 0], [x for x in inner if x < 0]
        if eastern and western and 0 not in inner and min(eastern) - max(western) > 180:
            west, east = min(eastern), max(western)
    elif 180 < east <= 360 and west >= 0:
        west, east = (west if west <= 180 else west - 360), east - 360
    return of_sides(west, min(y for _, y in found), east, max(y for _, y in found), text)


def of_sides(west: float, south: float, east: float, north: float, text: str) -> Area:
    """
    The box, where there is such a place: not beyond the poles, not half the world through swapped sides, not the point
    where both degrees are zero, which is what an empty form is saved as.

    >>> of_sides(178, -20, -178, -10, "").box, of_sides(-80.59, 35.01, -81.02, 35.51, "").code
    ((178, -20, -178, -10), 'left-out.impossible-area')
    """
    sides = (west, south, east, north)
    if not any(sides):
        return Area(code="left-out.empty-area", written=text)
    there = all(map(isfinite, sides)) and -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    if not there or (west > east and east + 360 - west > 180):
        return Area(code="left-out.impossible-area", written=text)
    return Area(box=tuple(map(shorten_place, sides)), written=text)


def is_polar(box: tuple[float, ...]) -> bool:
    """Whether a box lies wholly in the far south."""
    return box[3] < -60


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def shorten_place(value: float) -> float:
    return int(value) if value == int(value) else value


def unread(text: str) -> Area:
    return Area(code="left-out.spatial", written=text)


def take_areas(report: Report, subject: str, value: Any) -> list[Area]:
    """The areas of which something came; the rest, and what was supposed, is told."""
    areas = read_areas(value)
    for area in areas:
        if area.code:
            report.tell(area.code, subject, area.written)
    return [area for area in areas if area.box or area.name]
