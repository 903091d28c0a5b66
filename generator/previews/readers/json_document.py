"""JSON: a map where it is a collection of features, a table where it is rows, and the structure of its value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.previews.content import Document, Features, Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.json_rows import find_rows
from generator.previews.maps import GEOMETRIES, attributes_of, features, has_geometries, projection_of

TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN')
"""Texts, and what JSON has no word for."""


def read(path: Path, format: PreviewFormat) -> Features | Document:
    value = read_json(path)
    if isinstance(value, dict) and is_geographic(value):
        return to_features(value)
    return Document(value, *find_rows(value))


def is_geographic(value: Mapping[str, Any]) -> bool:
    """Whether an object is what GeoJSON calls a collection, a feature or a geometry."""
    kind = value.get("type")
    return kind == "FeatureCollection" or (kind == "Feature" and "geometry" in value) or is_geometry(value)


def is_geometry(value: Mapping[str, Any]) -> bool:
    return value.get("type") in (*GEOMETRIES, "GeometryCollection") and (
        "coordinates" in value or "geometries" in value
    )


def to_features(value: object) -> Features:
    return Features(
        features=features(value),
        attributes=attributes_of(value),
        located=has_geometries(value),
        projection=projection_of(value),
    )


def read_json(path: Path) -> Any:
    """A JSON file's value."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("data-file-syntax", line=error.object.count(b"\n", 0, error.start) + 1) from error
    return parse(text)


class NotJson(ValueError):
    """A number that JSON does not know."""


def refuse_constant(constant: str) -> None:
    raise NotJson(constant)


def parse(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise Unreadable("data-file-syntax", line=error.lineno) from error
    except NotJson as error:
        place = next(found.start() for found in TOKENS.finditer(text) if found[0][0] != '"')
        raise Unreadable("data-file-not-a-number", line=text.count("\n", 0, place) + 1, number=str(error)) from error
    except (RecursionError, ValueError) as error:  # a number of thousands of digits, or a list in a list in a list…
        raise Unreadable("data-file-broken") from error
