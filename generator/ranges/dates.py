"""Years, months, days and moments."""

from __future__ import annotations

import re
from datetime import date

from generator.ranges.context import Context, scalar
from generator.source.nodes import Node
from generator.standards import Property

DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")


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
