"""JSON's objects as the rows of a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from generator.previews.frames import Frame, name_columns
from generator.previews.limits import CELLS, COLUMNS, SHOWN_ROWS


def to_text(value: object) -> str | None:
    """A JSON value as a cell."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value if abs(value) < 1e15 else 0):
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def from_objects(objects: Sequence[Mapping[str, Any]], **facts: Any) -> Frame:
    """Objects as rows: each key a column, in the order in which the keys come."""
    names = list(dict.fromkeys(key for item in objects for key in item))
    kept = objects[: max(SHOWN_ROWS, CELLS // max(len(names), 1))]
    columns = [pl.Series("", [to_text(item.get(name)) for item in kept], dtype=pl.String) for name in names[:COLUMNS]]
    return Frame(names=name_columns(names), columns=columns, column_count=len(names), typed=True, **facts)
