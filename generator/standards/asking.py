"""What is held of answers that addresses give, and how they are asked: `answer-statuses.yaml` and `asking.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from generator.standards import read_rows


@cache
def asking(code: str) -> Mapping[str, Any]:
    """A row of `asking.yaml`; KeyError for a code that it lacks."""
    rows: Mapping[str, Mapping[str, Any]] = {row["code"]: row for row in read_rows("asking")}
    return rows[code]


@cache
def meanings() -> Mapping[str, str]:
    """A status, or the class of those without a row of their own, to `answers`, `fails` or `untold`."""
    return {row["code"]: row["means"] for row in read_rows("answer-statuses")}


def row_of(status: str) -> str:
    """
    The row that a status is in; nothing for what is no status.

    >>> row_of("404"), row_of("503"), row_of("999"), row_of("dns"), row_of("1")
    ('404', '5xx', '4xx', 'dns', '')
    """
    if status in meanings():
        return status
    whole = f"{status[0]}xx" if len(status) == 3 and status.isdecimal() and status.isascii() else ""
    return whole if whole in meanings() or not whole else "4xx"
