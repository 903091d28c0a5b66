"""Whether what a record says meets a condition, on a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from typing import Any

from generator.model.content_types import Condition
from generator.model.pages import first_day

TIMES = ("past", "future")
"""The words of a condition whose answer changes with the day."""

WORDS = ("given", "absent", *TIMES)


def meets(condition: Condition, value_of: Callable[[str], Any], day: str = "") -> bool:
    """Whether each field of a condition holds one of its values; without a day nothing is past or to come."""
    return all(any(holds(word, value_of(name), day) for word in words) for name, words in condition.items())


def holds(word: str, value: Any, day: str) -> bool:
    """
    Whether a value is what one word of a condition asks for.

    >>> holds("past", "2026-05", "2026-05-31"), holds("past", "2026-05", "2026-06-01"), holds("given", False, "")
    (False, True, True)
    >>> holds("absent", (), ""), holds("a", ("a", "b"), ""), holds("true", True, "")
    (True, True, True)
    """
    missing = value in (None, "", ()) or value == {}
    if word in ("given", "absent"):
        return missing == (word == "absent")
    if word in TIMES:
        if missing or not day:
            return False
        return last_day(value) < day if word == "past" else first_day(value) > day
    if isinstance(value, bool):
        return word == str(value).lower()
    return word in value if isinstance(value, tuple) else not missing and word == str(value)


def last_day(date: str) -> str:
    """
    >>> last_day("2024"), last_day("2024-02"), last_day("2024-02-03T10:00")
    ('2024-12-31', '2024-02-29', '2024-02-03')
    """
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]}"
    return date[:10]
