"""How recent documents are, beside each other: a byte a document, to order what is worth the same to lunr."""

from __future__ import annotations

from collections.abc import Sequence

from generator.search.packing import Columns

LEVELS = 32
"""Few, so that it is a small file; the documents of a publisher stand in order even within a level."""


def encode_ranks(dates: Sequence[str]) -> Columns:
    """
    By document a level, 0 the most recent; as many documents in each, the same date in the same.

    Beside the one before it, as most documents are of the same publisher, and then older.

    >>> encode_ranks(["2024", "2020", "2024", "2022"])
    (b'\\x00\\x18\\xe8\\x10',)
    """
    order = sorted(dates, reverse=True)
    levels: dict[str, int] = {}
    for place, date in enumerate(order):
        levels.setdefault(date, place * LEVELS // len(order))
    column, before = bytearray(), 0
    for level in map(levels.__getitem__, dates):
        column.append((level - before) % 256)
        before = level
    return (bytes(column),)
