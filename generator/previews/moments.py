"""Dates, months and moments as people write them, to days, months and seconds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import polars as pl

Converter = Callable[[pl.Series], pl.Series]

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def to_days(column: pl.Series, style: str) -> pl.Series:
    """Days since 1970; null for what is no day of the calendar."""
    found = column.str.to_date(style, strict=False)
    there = found.is_between(FIRST, LAST).fill_null(False)
    return found.zip_with(there, pl.Series("", [None], dtype=pl.Date)).cast(pl.Int32).cast(pl.Int64)


def days_of(column: pl.Series) -> pl.Series:
    return to_days(column.str.replace_all("/", "-", literal=True), "%Y-%m-%d")


def compact_dates(column: pl.Series) -> pl.Series:
    return to_days(column, "%Y%m%d")


def slashed_days(day_first: bool) -> Converter:
    style = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    return lambda column: to_days(column.str.replace_all("[.-]", "/"), style)


def slashed_moments(day_first: bool) -> Converter:
    """Seconds since 1970 of a date with slashes and an hour."""

    def convert(column: pl.Series) -> pl.Series:
        parts = column.str.extract_groups(r"^(\S+?)[T ](\d{1,2}):(\d\d)(?::(\d\d))?$").struct.unnest()
        days, hours, minutes, seconds = (parts[name] for name in parts.columns)
        hours, minutes, seconds = (part.fill_null("0").cast(pl.Float64) for part in (hours, minutes, seconds))
        return slashed_days(day_first)(days) * 86_400.0 + hours * 3_600 + minutes * 60 + seconds

    return convert


def months(column: pl.Series) -> pl.Series:
    """Months since the year 0, all of one length."""
    parts = column.str.split("-").list
    years, in_year = (parts.get(place, null_on_oob=True).cast(pl.Int64) for place in (0, 1))
    return years * 12 + in_year - 1


def moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    text = re.sub(r"\s?UTC$", "Z", text.replace(",", "."))
    text = re.sub(r"\s([+-]\d\d(?::?\d\d)?)$", r"\1", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def moments(column: pl.Series) -> pl.Series:
    """Seconds since 1970 with their fractions: in UTC where there is a zone, else as the clock on the wall has them."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    seconds = []
    for text in column.to_list():
        found = moment(text)
        aware = found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
        seconds.append(None if aware is None else (aware - start).total_seconds())
    return pl.Series("", seconds, dtype=pl.Float64)


ZONED = r"(?:Z|UTC|[+-]\d\d(?::?\d\d)?)$"


def is_zoned(there: pl.Series) -> bool | None:
    """Whether all moments have a zone, or none; None where some have and others have not."""
    zoned = there.str.slice(10).str.contains(ZONED)
    return True if zoned.all() else None if zoned.any() else False


def zone_in(there: pl.Series) -> str:
    """
    The zone in which a column's moments are said: the one that they all have, UTC where they have several.

    >>> here, there = "2026-01-01T00:00-05:00", "2026-01-01T00:00+01:00"
    >>> zone_in(pl.Series([here])), zone_in(pl.Series([here, there]))
    ('-05:00', 'Z')
    """
    if not len(there) or not is_zoned(there):
        return ""
    offsets = {found.utcoffset() for text in there.to_list() if (found := moment(text))}
    if len(offsets) != 1:
        return "Z"
    minutes = round(next(iter(offsets)).total_seconds() / 60)  # type: ignore[union-attr]
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "Z"
