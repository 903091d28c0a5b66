"""Dates of other portals, whichever way a catalogue writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from generator.authoring.report import Report
from generator.source.ranges.dates import DATE, is_real

NUMBERED = re.compile(r"\s*[\"'‘’]?(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?!\d)(.*)", re.DOTALL)


TIME = re.compile(r"[T ]\d{1,2}:\d\d.*", re.DOTALL)


class ReadDay(NamedTuple):
    """A date as ISO 8601 writes it; `guess` is empty, `order` (day or month first) or `rest` (words after it)."""

    iso: str
    guess: str = ""


class DayOrder:
    """Whether a catalogue writes the day or the month first, as its own unambiguous dates tell."""

    def __init__(self, dates: Iterable[str]) -> None:
        self.day_first = self.month_first = 0
        for text in dates:
            match = NUMBERED.fullmatch(text)
            if match and len(match[4]) == 4:
                self.day_first += int(match[1]) > 12
                self.month_first += int(match[3]) > 12

    def read(self, text: str) -> ReadDay | None:
        """
        The date that a text opens with; None when it has none, or one that could be two.

        >>> DayOrder(["20/04/2020"]).read("05/01/2020")
        ReadDay(iso='2020-01-05', guess='order')
        >>> DayOrder([]).read("05/01/2020"), DayOrder([]).read("2015/4/27"), DayOrder([]).read("2020-03-28T15:22:22Z")
        (None, ReadDay(iso='2015-04-27', guess=''), ReadDay(iso='2020-03-28', guess=''))
        """
        if short := re.fullmatch(r"\s*([0-9]{4})(-[0-9]{2})?\s*", text):
            return ReadDay(text.strip()) if to_day(short[1], (short[2] or "-1")[1:], "1", "") else None
        if solid := re.fullmatch(r"\s*((?:1[6-9]|20|21)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*", text, re.ASCII):
            return to_day(solid[1], solid[2], solid[3], "")
        match = NUMBERED.fullmatch(text)
        if not match:
            return None
        first, separator, second, third, rest = match.groups()
        guess = "rest" if rest.strip(" '\"’.;,") and not TIME.fullmatch(rest) else ""
        if len(first) == 4:
            return to_day(first, second, third, guess)
        if len(third) != 4:
            return None
        if int(first) > 12 or first == second:
            return to_day(third, second, first, guess)
        if int(second) > 12:
            return to_day(third, first, second, guess)
        # The point parts days from months in countries that write the day first, and nowhere else.
        day_first = self.day_first > self.month_first or (separator == "." and not self.month_first)
        if day_first:
            return to_day(third, second, first, guess or "order")
        if self.month_first > self.day_first:
            return to_day(third, first, second, guess or "order")
        return None

    def moment(self, text: str) -> ReadDay | None:
        """
        A year, month, day or moment; midnight is how a day is written by who has only moments.

        >>> DayOrder([]).moment("2020-03-28 15:22:22.101Z").iso, DayOrder([]).moment("2020-03-28T00:00:00+00:00").iso
        ('2020-03-28T15:22:22Z', '2020-03-28')
        """
        text = text.strip()
        text = re.sub(r"^(\d{4}(?:-\d\d){0,2})(?:Z|[+-]\d\d:\d\d)$", r"\1", text)
        text = re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", text.replace(" ", "T", 1) if text[4:5] == "-" else text)
        text = re.sub(r"T00:00(?::00)?(?:Z|[+-]\d\d:?\d\d)?$", "", text)
        match = DATE.fullmatch(text)
        return ReadDay(text) if match and is_real(match[1], match[2], match[3]) else self.read(text)


def to_day(year: str, month: str, day: str, guess: str) -> ReadDay | None:
    try:
        return ReadDay(date(int(year), int(month), int(day)).isoformat(), guess)
    except ValueError:
        return None


def take_date(report: Report, read: Callable[[str], ReadDay | None], subject: str, text: str) -> str:
    """A date, as `DayOrder.read` or `DayOrder.moment` reads it; told where it was supposed or can't be read."""
    if not text.strip():
        return ""
    day = read(text)
    if day is None:
        report.tell("left-out.date", subject, text.strip())
        return ""
    if day.guess:
        report.tell(f"guessed.date-{day.guess}", subject, f"{text.strip()} → {day.iso}")
    return day.iso
