"""JSON: a map where it is a collection of features, else the structure of its value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator.previews.content import Document, Features, Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.maps import attributes_of, features


def read(path: Path, format: PreviewFormat) -> Features | Document:
    value = read_json(path)
    is_collection = isinstance(value, dict) and value.get("type") == "FeatureCollection"
    return to_features(value) if is_collection else Document(value)


def to_features(value: object) -> Features:
    return Features(features=features(value), attributes=attributes_of(value))


def read_json(path: Path) -> Any:
    """A JSON file's value."""
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("data-file-syntax", line=error.object.count(b"\n", 0, error.start) + 1) from error
    except json.JSONDecodeError as error:
        raise Unreadable("data-file-syntax", line=error.lineno) from error
    except (RecursionError, ValueError) as error:  # a number of thousands of digits, or a list in a list in a list…
        raise Unreadable("data-file-broken") from error
