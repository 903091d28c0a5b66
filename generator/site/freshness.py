"""When a dataset's next update is due. Whether it is late today is for a script to say, as a build knows no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from generator.model import Dataset
from generator.standards import vocabulary
from generator.text.speech import Speech

YEAR = 12
"""How many months there are to choose from: who names them all has no season."""


def due_date(modified: str, frequency: str, months: Sequence[int] = ()) -> str:
    """
    The day by which a dataset is to be updated again; nothing when no update is ever due, or the last one unknown.

    A month or a year of update counts from its last day, as nobody knows better. `months` are those of its season.

    >>> due_date("2026-03-09", "monthly"), due_date("2026-02", "weekly"), due_date("2026-03-09", "irregular")
    ('2026-04-09', '2026-03-07', '')
    >>> due_date("2026-09-28", "weekly", (5, 6, 7, 8, 9))
    '2027-05-08'
    """
    days = vocabulary("frequencies")[frequency].facts.get("days") if frequency else None
    if not modified or not days:
        return ""
    try:
        return in_season(last_day(modified) + timedelta(days), days, months).isoformat()
    except (OverflowError, ValueError):  # past the last year that there is
        return ""


def in_season(day: date, days: int, months: Sequence[int]) -> date:
    """
    The day, if it is in season; else as many days after the next season opens, or the last of that season.

    >>> in_season(date(2026, 12, 3), 366, (6,)).isoformat(), in_season(date(2026, 6, 3), 366, (6,)).isoformat()
    ('2027-06-30', '2026-06-03')
    """
    if not months or day.month in months:
        return day
    opening = next_month(day)
    while opening.month not in months:
        opening = next_month(opening)
    closing = opening
    while closing.month in months:
        closing = next_month(closing)
    return min(opening + timedelta(days), closing - timedelta(1))


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(31)).replace(day=1)


def runs_of_months(months: Sequence[int]) -> list[tuple[int, int]]:
    """
    The first and the last of the months that follow one another, also from December to January; none for a whole year.

    >>> runs_of_months((5, 6, 7, 9)), runs_of_months((1, 2, 11, 12)), runs_of_months(range(1, 13))
    ([(5, 7), (9, 9)], [(11, 2)], [])
    """
    chosen = sorted(set(months))
    if len(chosen) == YEAR:
        return []
    firsts = [month for month in chosen if (month - 2) % YEAR + 1 not in chosen]
    lasts = [month for month in chosen if month % YEAR + 1 not in chosen]
    return [(first, next((last for last in lasts if last >= first), lasts[0])) for first in firsts]


def standing(modified: str, frequency: str, day: str, months: Sequence[int] = ()) -> str:
    """
    Where a dataset stands on a day by what was promised: `current`, `late`, `free` (no update is due), `unpromised` (no
    frequency was said) or `undated`.

    >>> standing("2026-03-09", "monthly", "2026-04-09"), standing("2026-03-09", "monthly", "2026-04-10")
    ('current', 'late')
    >>> standing("2026", "irregular", "2026-04-09"), standing("2026", "", ""), standing("", "monthly", "")
    ('free', 'unpromised', 'undated')
    >>> [standing("2026-08-01", "weekly", day, (5, 6, 7, 8, 9)) for day in ("2026-09-30", "2026-12-01")]
    ['late', 'current']
    """
    if not frequency:
        return "unpromised"
    if not vocabulary("frequencies")[frequency].facts.get("days"):
        return "free"
    if not modified:
        return "undated"
    due = due_date(modified, frequency, months)
    is_season = not months or int(day[5:7]) in months
    return "late" if due and due < day and is_season else "current"


STANDINGS = ("current", "late", "free", "unpromised", "undated")
"""All that `standing` tells, in the order in which pages show it."""


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


def rhythm(speech: Speech, frequency: str, months: Sequence[int]) -> str:
    """How often a dataset is updated, and in which months of the year, in words; nothing where nobody says."""
    if not frequency:
        return ""
    said = speech.label(vocabulary("frequencies")[frequency].title)
    spans = [
        speech.say("site.freshness.span", start=speech.month(first), end=speech.month(last))
        if first != last
        else speech.month(first)
        for first, last in runs_of_months(months)
    ]
    return speech.say("site.freshness.seasonal", rhythm=said, months=speech.enumerate(spans)) if spans else said


def older_files(dataset: Dataset) -> str:
    """The date of the latest of a dataset's files, where the dataset has another that is later."""
    newest = max((item.modified for item in dataset.distribution), default="")
    return newest if newest and comes_after(dataset.modified, newest) else ""


def later_record(dataset: Dataset) -> str:
    """When the description of a dataset changed, if the data did not change since."""
    is_later = comes_after(dataset.record_modified, dataset.data_modified)
    return dataset.record_modified if is_later and dataset.data_modified else ""


def comes_after(date: str, other: str) -> bool:
    """
    Whether a date is later than another, as far as both go.

    >>> comes_after("2026-03-09", "2026-03"), comes_after("2026-03-09", "2026-02"), comes_after("", "2026")
    (False, True, False)
    """
    length = min(len(date), len(other), 10)
    return date[:length] > other[:length]
