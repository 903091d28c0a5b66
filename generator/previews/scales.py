"""Values that have an order: canonical texts to numbers, and back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

ORDERED = ("integer", "number", "year", "yearmonth", "date", "datetime")
"""Kinds that have a range."""

NUMERIC = ("integer", "number")
"""Kinds whose values are amounts."""

CANONICAL = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?")
"""A number as programs write it."""

DAY, MOMENT = date(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)

ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


def number_of(kind: str, text: str) -> float:
    """
    A canonical text of an ordered kind as a number: days and seconds since 1970, months since the year 0.

    >>> number_of("date", "1970-01-02"), number_of("yearmonth", "2025-12"), number_of("datetime", "1970-01-01T00:01")
    (1, 24311, 60.0)
    >>> number_of("datetime", "1970-01-01T00:00-05:00"), number_of("integer", "12345678901234567")
    (18000.0, 12345678901234567)
    """
    if kind == "date":
        return (date.fromisoformat(text) - DAY).days
    if kind == "yearmonth":
        return int(text[:4]) * 12 + int(text[5:7]) - 1
    if kind == "datetime":
        moment = datetime.fromisoformat(text)
        return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - MOMENT).total_seconds()
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def zone_of(text: str) -> str:
    """
    The zone of a canonical moment: an offset, Z, or nothing where the clock on the wall is meant.

    >>> zone_of("2026-01-31T08:00-05:00"), zone_of("2026-01-31T08:00")
    ('-05:00', '')
    """
    found = ZONE.search(text[10:])
    return found[0] if found else ""


def text_of(kind: str, value: float, zone: str = "") -> str:
    """
    A number of an ordered kind as a canonical text; a moment in a zone.

    >>> text_of("date", 0), text_of("yearmonth", 24311), text_of("integer", 12.0), text_of("datetime", 60)
    ('1970-01-01', '2025-12', '12', '1970-01-01T00:01')
    >>> text_of("datetime", 18090.25, "-05:00"), text_of("datetime", 5, "Z"), text_of("number", 0.5)
    ('1970-01-01T00:01:30.25-05:00', '1970-01-01T00:00:05Z', '0.5')
    """
    if kind == "date":
        return (DAY + timedelta(days=value)).isoformat()
    if kind == "yearmonth":
        return f"{int(value) // 12:04}-{int(value) % 12 + 1:02}"
    if kind == "datetime":
        moment = MOMENT + timedelta(microseconds=round(value * 1e6))
        if ZONE.fullmatch(zone) and zone != "Z":
            hours, minutes = int(zone[1:3]), int(zone[4:6])
            away = timedelta(hours=hours, minutes=minutes)
            moment = moment.astimezone(timezone(-away if zone[0] == "-" else away))
        text = moment.replace(tzinfo=None).isoformat()
        text = text.rstrip("0") if "." in text else text.removesuffix(":00") if len(text) == 19 else text
        return text + zone
    return str(int(value)) if value == int(value) else repr(value)
