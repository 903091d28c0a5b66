"""Columns that a library has read with their types, as canonical texts."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from generator.previews.frames import Frame, name_columns
from generator.previews.limits import COLUMNS
from generator.previews.objects import to_text


def from_polars(frame: pl.DataFrame, **facts: Any) -> Frame:
    """A table of typed columns."""
    columns = [to_texts(frame[name]) for name in frame.columns[:COLUMNS]]
    return Frame(names=name_columns(frame.columns), columns=columns, typed=True, **facts)


def to_texts(column: pl.Series) -> pl.Series:
    """A column as canonical texts: midnight is a date, a whole number has no point."""
    kind = column.dtype
    if kind.is_float():
        column = column.fill_nan(None)
        there = column.drop_nulls()
        if len(there) and (there == there.round()).all() and (there.abs() < 1e15).all():
            return column.cast(pl.Int64).cast(pl.String)
        return pl.Series("", [None if value is None else to_text(value) for value in column], dtype=pl.String)
    if kind == pl.Datetime:
        texts = column.dt.strftime("%Y-%m-%dT%H:%M:%S")
        there = texts.drop_nulls()
        return texts.str.slice(0, 10) if there.str.ends_with("T00:00:00").all() else texts
    if kind == pl.String:
        return column
    if kind == pl.Binary or kind == pl.Object:
        return pl.Series("", [None if value is None else "…" for value in column], dtype=pl.String)
    if kind.is_nested():
        return pl.Series("", [nested_text(value) for value in column], dtype=pl.String)
    return column.cast(pl.String, strict=False)


def nested_text(value: object) -> str | None:
    if value is None:
        return None
    plain = value.to_list() if isinstance(value, pl.Series) else value
    return json.dumps(plain, ensure_ascii=False, default=str)[:1000]
