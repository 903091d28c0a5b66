"""Years, months, days and moments, and how long something lasts."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from babel.dates import get_month_names

from generator.source.nodes import Node
from generator.source.ranges.context import Context, scalar
from generator.standards import Property, vocabulary
from generator.text.speech import locale_of
from generator.text.strings import LANGUAGES

# XML Schema's moments lie within 14 hours of universal time.
ZONE = r"Z|[+-](?:(?:0\d|1[0-3]):?[0-5]\d|14:?00)"
DATE = re.compile(
    rf"(\d{{4}})(?:-(\d\d)(?:-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d(?:\.\d+)?)?({ZONE})?)?)?)?", re.ASCII
)
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
MONTH_NUMBER = r"0?[1-9]|1[0-2]"
# XML Schema's, which has no weeks.
DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)


def read_date(node: Node, row: Property, context: Context) -> str | None:
    """A year, a month, a date or a date and time, as ISO 8601 writes them."""
    text = scalar(node, row, context)
    if not text:
        return None
    match = DATE.fullmatch(text)
    if match and is_real(match[1], match[2], match[3]):
        return text.replace(" ", "T")
    context.report(
        node.place,
        "bad-date" if not match else "impossible-date",
        value=text,
        property=row.name,
        suggestion=mend_date(text),
    )
    return None


def read_precise(pattern: str, code: str, node: Node, row: Property, context: Context) -> str | None:
    """A date of one precision; another is reported with the diagnostic `code`."""
    found = read_date(node, row, context)
    if found and not re.fullmatch(pattern, found):
        context.report(node.place, code, value=found, property=row.name)
        return None
    return found


read_day = partial(read_precise, r"\d{4}-\d\d-\d\d", "not-a-day")
read_month = partial(read_precise, r"\d{4}-\d\d", "not-a-month")
read_year = partial(read_precise, r"\d{4}", "not-a-year")


def is_real(year: str, month: str | None, day: str | None) -> bool:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def mend_date(text: str) -> str:
    """
    The ISO date that a common spelling stands for; nothing when it could be two.

    >>> mend_date("20/04/2020"), mend_date("2015/4/27"), mend_date("03/04/2020")
    ('2020-04-20', '2015-04-27', '')
    """
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        if int(day) <= 12 and day != month:
            return ""
    else:
        return ""
    return f"{year}-{int(month):02}-{int(day):02}" if is_real(year, month, day) else ""


def read_month_number(node: Node, row: Property, context: Context) -> int | None:
    """A month of every year, by its number."""
    text = scalar(node, row, context)
    if not text:
        return None
    if re.fullmatch(MONTH_NUMBER, text, re.ASCII):
        return int(text)
    context.report(node.place, "bad-month-number", value=text, suggestion=named_month(text))
    return None


def named_month(name: str) -> str:
    """
    The number of the month that a name stands for in a language of the program; nothing when it is no month's.

    >>> named_month("Mai"), named_month("september"), named_month("été")
    ('5', '9', '')
    """
    numbers = {
        said.casefold(): str(number)
        for language in LANGUAGES
        for number, said in get_month_names("wide", locale=locale_of(language)).items()
    }
    return numbers.get(name.casefold(), "")


def read_duration(node: Node, row: Property, context: Context) -> str | None:
    """A duration as ISO 8601 writes it."""
    text = scalar(node, row, context)
    if text and not DURATION.fullmatch(text):
        context.report(node.place, "bad-duration", value=text, suggestion=mend_duration(text))
        return None
    return text or None


def mend_duration(text: str) -> str:
    """
    The ISO duration that a frequency's name, or weeks, stand for; nothing when it is neither.

    >>> mend_duration("p1d"), mend_duration("P2W"), mend_duration("monthly"), mend_duration("souvent")
    ('P1D', 'P14D', 'P1M', '')
    """
    if DURATION.fullmatch(text.upper()):
        return text.upper()
    if weeks := re.fullmatch(r"P(\d{1,8})W", text.upper()):
        return f"P{int(weeks[1]) * 7}D"
    frequency = vocabulary("frequencies").find(text)
    every = str(frequency.facts.get("iso8601", "")).removeprefix("R/") if frequency else ""
    return every if DURATION.fullmatch(every) else ""
