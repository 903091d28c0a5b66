"""Dates of other portals, whichever way a catalogue writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

NUMBERED = re.compile(r"\s*[\"'‘’]?(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?!\d)(.*)", re.DOTALL)


TIME = re.compile(r"[T ]\d{1,2}:\d\d.*", re.DOTALL)


class Day(NamedTuple):
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

    def read(self, text: str) -> Day | None:
        """
        The date that a text opens with; None when it has none, or one that could be two.

        >>> DayOrder(["20/04/2020"]).read("05/01/2020")
        Day(iso='2020-01-05', guess='order')
        >>> DayOrder([]).read("05/01/2020"), DayOrder([]).read("2015/4/27"), DayOrder([]).read("2020-03-28T15:22:22Z")
        (None, Day(iso='2015-04-27', guess=''), Day(iso='2020-03-28', guess=''))
        """
        if short := re.fullmatch(r"\s*([0-9]{4})(-[0-9]{2})?\s*", text):
            return Day(text.strip()) if to_day(short[1], (short[2] or "-1")[1:], "1", "") else None
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


def to_day(year: str, month: str, day: str, guess: str) -> Day | None:
    try:
        return Day(date(int(year), int(month), int(day)).isoformat(), guess)
    except ValueError:
        return None
