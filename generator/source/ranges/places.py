"""Places on Earth, in degrees."""

from __future__ import annotations

import json
import re
from typing import Any

from generator.source.nodes import Mapping_, Node, Scalar, Sequence
from generator.source.ranges.context import Context
from generator.source.ranges.geometry import box_of
from generator.standards import Property

NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]+)?")


def read_bbox(node: Node, row: Property, context: Context) -> tuple[float, ...] | None:
    """West, south, east, north in degrees."""
    degrees = read_degrees(node, 4)
    if len(degrees) == 4:
        west, south, east, north = degrees
        if -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90:
            return degrees
    context.report(node.place, "bad-bbox", value=written(node))
    return None


def read_point(node: Node, row: Property, context: Context) -> tuple[float, ...] | None:
    """Longitude and latitude in degrees."""
    degrees = read_degrees(node, 2)
    if len(degrees) == 2 and abs(degrees[0]) <= 180 and abs(degrees[1]) <= 90:
        return degrees
    context.report(node.place, "bad-point", value=written(node))
    return None


def read_geometry(node: Node, row: Property, context: Context) -> str | None:
    """WKT or GeoJSON, as a text; GeoJSON may be written as YAML."""
    text = node.value.strip() if isinstance(node, Scalar) else json.dumps(json_value(node), separators=(",", ":"))
    if text and box_of(text) is None:
        context.report(node.place, "bad-geometry", value=text if len(text) <= 60 else text[:59] + "…")
        return None
    return text or None


def read_degrees(node: Node, count: int) -> tuple[float, ...]:
    """The numbers of a list of so many; empty for anything else."""
    words = [item.value for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
    return tuple(map(float, words)) if len(words) == count and all(map(NUMBER.fullmatch, words)) else ()


def written(node: Node) -> str:
    if isinstance(node, Sequence):
        return ", ".join(item.value for item in node.items if isinstance(item, Scalar))
    return node.value if isinstance(node, Scalar) else ""


def json_value(node: Node) -> Any:
    """What YAML wrote, as JSON has it."""
    if isinstance(node, Mapping_):
        return {key: json_value(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [json_value(item) for item in node.items]
    assert isinstance(node, Scalar)
    return float(node.value) if NUMBER.fullmatch(node.value) else node.value
