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
        return from_floats(column)
    if isinstance(kind, pl.Datetime):
        return from_moments(column, kind.time_zone)
    if isinstance(kind, pl.Duration):
        return pl.Series("", [duration_text(value) for value in column], dtype=pl.String)
    if kind == pl.Time:
        return column.dt.strftime("%H:%M:%S%.f").str.strip_suffix(".000000000").str.strip_suffix("000000")
    if kind == pl.Binary or kind == pl.Object:
        return pl.Series("", [None if value is None else octets_text(value) for value in column], dtype=pl.String)
    if isinstance(kind, pl.Decimal):
        texts = column.cast(pl.String, strict=False)
        return texts.str.replace(r"(\.\d*?)0+$", "$1").str.strip_suffix(".") if kind.scale else texts
    if kind.is_nested():
        return pl.Series("", [nested_text(value) for value in column], dtype=pl.String)
    return column if kind == pl.String else column.cast(pl.String, strict=False)


def from_floats(column: pl.Series) -> pl.Series:
    single = column.dtype == pl.Float32
    column = column.fill_nan(None)
    there = column.drop_nulls()
    if len(there) and (there == there.round()).all() and (there.abs() < 1e15).all():
        return column.cast(pl.Int64).cast(pl.String)
    # A number of four octets has seven digits; those that four more octets would show are not in the file.
    values = [None if value is None else float(f"{value:.7g}") if single else value for value in column]
    return pl.Series("", [None if value is None else to_text(value) for value in values], dtype=pl.String)


def from_moments(column: pl.Series, zone: str | None) -> pl.Series:
    texts = column.dt.strftime("%Y-%m-%dT%H:%M:%S%.f").str.replace(r"\.0+$", "").str.replace(r"(\.\d*?)0+$", "$1")
    there = texts.drop_nulls()
    if zone is None and there.str.ends_with("T00:00:00").all():
        return texts.str.slice(0, 10)
    if zone is None:
        return texts
    return texts + column.dt.strftime("%:z").str.replace(r"^\+00:00$", "Z")


def duration_text(value: Any) -> str | None:
    """Hours, minutes and seconds; the hours may be more than a day's."""
    if value is None:
        return None
    seconds, rest = divmod(abs(value.total_seconds()), 1)
    fraction = f"{rest:.6f}"[1:].rstrip("0").rstrip(".")
    sign = "-" if value.total_seconds() < 0 else ""
    return f"{sign}{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}{fraction}"


def octets_text(value: object) -> str:
    return f"0x{value.hex()}" if isinstance(value, bytes) else str(value)


def nested_text(value: object) -> str | None:
    if value is None:
        return None
    plain = value.to_list() if isinstance(value, pl.Series) else value
    return json.dumps(plain, ensure_ascii=False, default=str)
