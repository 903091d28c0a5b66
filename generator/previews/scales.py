"""Values that have an order: canonical texts to numbers, and back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

ORDERED = ("integer", "number", "year", "yearmonth", "date", "datetime")
"""Kinds that have a range."""

DAY, MOMENT = date(1970, 1, 1), datetime(1970, 1, 1)


def number_of(kind: str, text: str) -> float:
    """
    A canonical text of an ordered kind as a number: days and seconds since 1970, months since the year 0.

    >>> number_of("date", "1970-01-02"), number_of("yearmonth", "2025-12"), number_of("datetime", "1970-01-01T00:01")
    (1.0, 24311.0, 60.0)
    """
    if kind == "date":
        return float((date.fromisoformat(text) - DAY).days)
    if kind == "yearmonth":
        return float(int(text[:4]) * 12 + int(text[5:7]) - 1)
    if kind == "datetime":
        return (datetime.fromisoformat(text) - MOMENT).total_seconds()
    return float(text)


def text_of(kind: str, value: float) -> str:
    """
    A number of an ordered kind as a canonical text.

    >>> text_of("date", 0), text_of("yearmonth", 24311), text_of("integer", 12.0), text_of("datetime", 60)
    ('1970-01-01', '2025-12', '12', '1970-01-01T00:01')
    """
    if kind == "date":
        return (DAY + timedelta(days=value)).isoformat()
    if kind == "yearmonth":
        return f"{int(value) // 12:04}-{int(value) % 12 + 1:02}"
    if kind == "datetime":
        return (MOMENT + timedelta(seconds=value)).isoformat()[:16]
    return str(int(value)) if value == int(value) else repr(value)
