"""GeoJSON: a map, and a table of what is known of its features."""

from __future__ import annotations

from pathlib import Path

from generator.previews.content import Features, Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.readers.json_document import read_json, to_features


def read(path: Path, format: PreviewFormat) -> Features:
    value = read_json(path)
    if not isinstance(value, dict):
        raise Unreadable("data-file-broken")
    return to_features(value)
