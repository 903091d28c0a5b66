"""When a dataset's next update is due. Whether it is late today is for a script to say, as a build knows no clock."""

from __future__ import annotations

from datetime import date, timedelta

from generator.standards import vocabulary


def due_date(modified: str, frequency: str) -> str:
    """
    The day by which a dataset is to be updated again; nothing when no update is ever due, or the last one unknown.

    A month or a year of update counts from its last day, as nobody knows better.

    >>> due_date("2026-03-09", "monthly"), due_date("2026-02", "weekly"), due_date("2026-03-09", "irregular")
    ('2026-04-09', '2026-03-07', '')
    """
    days = vocabulary("frequencies")[frequency].facts.get("days") if frequency else None
    if not modified or not days:
        return ""
    try:
        return (last_day(modified) + timedelta(days)).isoformat()
    except OverflowError:
        return ""


def last_day(iso: str) -> date:
    """
    The last day of an ISO 8601 year, month or date.

    >>> last_day("2024-02").isoformat(), last_day("2024").isoformat()
    ('2024-02-29', '2024-12-31')
    """
    if len(iso) >= 10:
        return date.fromisoformat(iso[:10])
    year, month = (int(iso[:4]), int(iso[5:7] or 12)) if len(iso) > 4 else (int(iso), 12)
    return (date(year, month, 28) + timedelta(4)).replace(day=1) - timedelta(1)
