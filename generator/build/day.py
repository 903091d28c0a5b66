"""The day of which an edition is, where none is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

EPOCH = "SOURCE_DATE_EPOCH"
"""The environment variable that reproducible builds set: seconds since 1970."""


def today(environment: Mapping[str, str]) -> str:
    """
    The day that decides what is published, where none is asked for. Raises ValueError for a variable that is no number.

    >>> today({"SOURCE_DATE_EPOCH": "1700000000"})
    '2023-11-14'
    """
    seconds = environment.get(EPOCH, "")
    if not seconds:
        return date.today().isoformat()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(seconds) from error
