"""Periods as other portals write them: with two ends, with one, as ISO intervals, several in one text, or no period."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from generator.authoring.report import Report
from generator.importers.dates import DayOrder, ReadDay
from generator.standards import fold_code, vocabulary

# What stands where a period has no end.
OPEN = """
    .. … - – — ? present now today current currently ongoing onwards onward to-date date présent present-day
    aujourd'hui aujourd’hui maintenant actuel actuellement heute jetzt laufend aktuell presente actualidad attuale oggi
    heden nykyhetki
"""
# What stands between the two ends, the surest first.
BETWEEN = (
    r"\s*/\s*",
    r"\s+(?:to|until|till|through|thru|up to|à|au|jusqu['’](?:à|au)|bis|al|hasta|a|fino a|tot|kuni)\s+",
    r"\s*(?:--|–|—|…|\.\.)\s*",
    r"\s+-\s*|\s*-\s+",
)
BEFORE = re.compile(r"^(?:from|since|between|du|de|depuis|dès|von|seit|ab|del|desde|dal|da|van)\s+", re.IGNORECASE)
DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:\d+H)?(?:\d+M)?(?:[\d.]+S)?)?",
    re.IGNORECASE,
)
REPEATED = re.compile(r"R\d*/(?:(?P<start>[^/]+)/)?(?P<every>P[^/]+)(?:/[^/]+)?", re.IGNORECASE)


class Period(NamedTuple):
    """
    One period, or the frequency that stood in its place; `code` is what the report tells of the text `written`.

    >>> Period(start="2018", end="2018").values
    {'start': '2018', 'end': '2018'}
    """

    start: str = ""
    end: str = ""
    frequency: str = ""
    code: str = ""
    written: str = ""

    @property
    def values(self) -> dict[str, str]:
        return {key: value for key, value in (("start", self.start), ("end", self.end)) if value}


def read_periods(text: str, days: DayOrder) -> list[Period]:
    """
    The periods of a text, each with its own ends.

    >>> [period.values for period in read_periods("2010;2012", DayOrder([]))]
    [{'start': '2010', 'end': '2010'}, {'start': '2012', 'end': '2012'}]
    """
    parts = [part.strip() for part in re.split(r"\s*[;\n]\s*", text) if part.strip()]
    if len(parts) == 1 and re.fullmatch(r"\d{4}(?:\s*,\s*\d{4})+", parts[0]):
        parts = re.split(r"\s*,\s*", parts[0])
    pairs = [dict([part.split("=", 1)]) for part in parts if re.match(r"(?:start|end|name|scheme)=", part)]
    if pairs and len(pairs) == len(parts):
        # DCMI Period: `name=…; start=…; end=…`.
        known = {key.strip(): value.strip() for pair in pairs for key, value in pair.items()}
        return [read_ends(known.get("start", ""), known.get("end", ""), text, days)]
    return [read_period(part, days) for part in parts]


def read_period(text: str, days: DayOrder) -> Period:
    """
    >>> read = lambda text: read_period(text, DayOrder([]))
    >>> read("1988-12").values, read("2011-01-01 to 2012-12-31").values, read("2007- present").values
    ({'start': '1988-12', 'end': '1988-12'}, {'start': '2011-01-01', 'end': '2012-12-31'}, {'start': '2007'})
    >>> read("R/P1Y").frequency, read("R/2000-01-01/P1Y")[:3]
    ('annual', ('2000-01-01', '', 'annual'))
    >>> read("01/01/2015-12/31/2019").values, read("2010-03-01/05").values
    ({'start': '2015-01-01', 'end': '2019-12-31'}, {'start': '2010-03-01', 'end': '2010-03-05'})
    >>> read("2000/P2Y").values, read("P1Y/2010-01-01").values
    ({'start': '2000', 'end': '2001'}, {'start': '2009-01-01', 'end': '2010-01-01'})
    """
    if repeated := REPEATED.fullmatch(text):
        return read_repeated(repeated, text, days)
    if DURATION.fullmatch(text):
        return Period(code="left-out.date", written=text)
    bare = BEFORE.sub("", text)
    if match := re.fullmatch(r"(\d{4})\s*-\s*(\d{4})", bare):
        return read_ends(match[1], match[2], text, days)
    if match := re.fullmatch(r"(\d{1,4}([/.])\d{1,2}\2\d{1,4})\s*-\s*(\d{1,4}([/.])\d{1,2}\4\d{1,4})", bare):
        return read_ends(match[1], match[3], text, days)
    for between in BETWEEN:
        ends = re.split(between, bare, flags=re.IGNORECASE)
        if len(ends) == 2 and any(is_end(end, days) for end in ends):
            return read_ends(ends[0], ends[1], text, days)
    whole = days.moment(bare)
    if whole and whole.guess != "rest":
        return Period(whole.iso, whole.iso if bare == text else "", code=guessed(whole), written=text)
    return Period(code="left-out.date", written=text)


def is_end(text: str, days: DayOrder) -> bool:
    return days.moment(text) is not None


def read_repeated(match: re.Match[str], text: str, days: DayOrder) -> Period:
    """What repeats for ever is how often the data are renewed."""
    frequency = vocabulary("frequencies").find(match["every"])
    start = days.moment(match["start"]) if match["start"] else None
    if frequency is None:
        return Period(start.iso if start else "", code="left-out.frequency", written=text)
    return Period(start.iso if start else "", "", frequency.code, "guessed.frequency", text)


def read_ends(first: str, last: str, text: str, days: DayOrder) -> Period:
    """A period of two ends, one of which may be open, a length, or the last numbers of the other."""
    first, last = first.strip(), last.strip()
    order = days if days.day_first or days.month_first else DayOrder([first, last])
    if DURATION.fullmatch(last) and (start := order.moment(first)):
        return Period(start.iso, later(start.iso, last), written=text)
    if DURATION.fullmatch(first) and (end := order.moment(last)):
        return Period(earlier(end.iso, first), end.iso, written=text)
    start = None if has_open_end(first) else order.moment(first)
    last = complete(start.iso if start else "", last)
    end = None if has_open_end(last) else order.moment(last)
    if (start is None and not has_open_end(first)) or (end is None and not has_open_end(last)):
        return Period(start.iso if start else "", end.iso if end else "", code="left-out.date", written=text)
    if start and end and is_after(start.iso, end.iso):
        return Period(code="left-out.reversed-period", written=text)
    guess = next((guessed(day) for day in (start, end) if day and day.guess), "")
    return Period(start.iso if start else "", end.iso if end else "", code=guess, written=text)


def is_after(start: str, end: str) -> bool:
    """
    Whether a start comes after an end, as far as both are written.

    >>> is_after("2020-05", "2020"), is_after("2021", "2020-12")
    (False, True)
    """
    length = min(len(start), len(end), 10)
    return start[:length] > end[:length]


def has_open_end(text: str) -> bool:
    return not text or {fold_code(text), fold_code(text).strip(".,")} & set(OPEN.split()) != set()


def guessed(day: ReadDay) -> str:
    return f"guessed.date-{day.guess}" if day.guess else ""


def complete(start: str, end: str) -> str:
    """
    ISO 8601 lets an end leave out what it shares with the start.

    >>> complete("2010-03-01", "05"), complete("2010-03-01", "04-05"), complete("2010-03", "05"), complete("2010", "11")
    ('2010-03-05', '2010-04-05', '2010-05', '11')
    """
    begun = re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", start)
    if begun and re.fullmatch(r"\d\d(?:-\d\d)?", end) and len(end) < len(start) - 4:
        return start[: -len(end)] + end
    return end


def later(start: str, length: str) -> str:
    """
    The last day, month or year of a length that begins with another; nothing when the calendar has no such day.

    >>> later("2000-01-01", "P1Y"), later("2000-01-31", "P1M"), later("2000", "P1Y"), later("2000-01-15T00:45Z", "P1W")
    ('2000-12-31', '2000-02-28', '2000', '2000-01-22T00:45Z')
    """
    day = moved(start, length, 1)
    if day is None or len(start) > 10:
        return f"{day.isoformat()}{start[10:]}" if day else ""
    try:
        return (day - timedelta(days=1)).isoformat()[: len(start)]
    except OverflowError:
        return ""


def earlier(end: str, length: str) -> str:
    day = moved(end, length, -1)
    return f"{day.isoformat()}{end[10:]}"[: len(end)] if day else ""


def moved(moment: str, length: str, sign: int) -> date | None:
    """The day that lies so far from another; a month without such a day gives its last."""
    match = DURATION.fullmatch(length)
    year, month, day = (int(part) for part in (moment[:10] + "-01-01").split("-")[:3])
    years, months, weeks, count = (int(part or 0) for part in match.groups()) if match else (0, 0, 0, 0)
    whole = year * 12 + month - 1 + sign * (years * 12 + months)
    try:
        year, month = divmod(whole, 12)
        day = min(day, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, day) + sign * timedelta(days=weeks * 7 + count)
    except (ValueError, OverflowError):
        return None


def take_periods(report: Report, days: DayOrder, subject: str, text: str) -> tuple[list[dict[str, str]], str]:
    """The periods of a text as a publisher writes them, and the frequency that stood in their place; the rest told."""
    periods = read_periods(text, days)
    for period in periods:
        if period.code:
            found = "/".join(filter(None, (period.start, period.end))) or period.frequency
            arrow = f" → {found}" if period.code.startswith("guessed.") and found else ""
            report.tell(period.code, subject, f"{period.written}{arrow}")
    frequency = next((period.frequency for period in periods if period.frequency), "")
    return [period.values for period in periods if period.values], frequency
