"""Which row of a table names its columns, when people write lines above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LOOKED_AT = 100
"""Rows that are looked at."""

ABOVE = 30
"""Rows that may stand above the header."""

FIGURE = r"[+\-\u2212]?[\d \u00a0\u202f]*\d[\d.,]*(?:[eE][+-]?\d+)?\s?%?"
DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?"
TYPED = re.compile(rf"{FIGURE}|{DATE}|\d{{1,2}}:\d\d(?::\d\d)?")
"""Cells that are figures, dates or hours."""

YEAR = re.compile(r"(?:1[89]|20)\d\d")

Row = Sequence[str]


def is_typed(cell: str) -> bool:
    """
    Whether a cell is a figure, a date or an hour rather than a name.

    >>> is_typed("-12,5"), is_typed("2024-05-01"), is_typed("Date"), is_typed("")
    (True, True, False, False)
    """
    return TYPED.fullmatch(cell.strip()) is not None


def filled(row: Row) -> int:
    """The cells of a row without the empty ones at its end."""
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)


def usual_width(rows: Sequence[Row]) -> int:
    """How many cells most rows have."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def names_columns(row: Row, width: int) -> bool:
    """Whether a row names so many columns, each by a text or a year."""
    return filled(row) == len(row) == width and all(cell.strip() for cell in row) and not any(map(is_value, row))


def is_value(cell: str) -> bool:
    return is_typed(cell) and not YEAR.fullmatch(cell.strip())


def find_header(rows: Sequence[Row]) -> int:
    """
    Where the row stands that names the columns: first, unless it is shorter than most and a later one names them all.

    A header that stands there again, right below itself, is not yet data.

    >>> find_header([["Population"], ["ville", "pop"], ["A", "10"], ["B", "20"]]), find_header([["a", "b"], ["1", "2"]])
    (1, 0)
    """
    rows = rows[:LOOKED_AT]
    width = usual_width(rows)
    place = 0
    if rows and width > 1 and filled(rows[0]) < width:
        below = (n for n, row in enumerate(rows[:ABOVE]) if n and names_columns(row, width))
        found = next(below, 0)
        above_are_short = all(filled(row) < width for row in rows[:found])
        place = found if found + 1 < len(rows) and above_are_short else 0
    while place + 2 < len(rows) and rows[place + 1] == rows[place] and filled(rows[place]) > 1:
        place += 1
    return place
