"""What a measure finds, beside what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; without a verdict, something to know beside it."""

    what: str
    at: str
    found: str
    bar: str = ""
    good: bool | None = None


Rows = Iterator[Row]
