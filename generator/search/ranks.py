"""How recent documents are, beside each other: a byte a document, to order what is worth the same to lunr."""

from __future__ import annotations

from collections.abc import Sequence

from generator.search.packing import Columns

FEWEST, MOST = 8, 256

FINENESS = 320_000
"""Levels times documents: the larger the catalogue, the fewer levels, so that it stays a small file."""


def encode_ranks(dates: Sequence[str]) -> Columns:
    """
    By document a level from 0, the most recent, to 255; as many documents in each, the same date in the same.

    Written as the step from the one before, which is small: most are of the same publisher, and then older.

    >>> [list(column) for column in encode_ranks(["2024", "2020", "2024", "2022"])]
    [[0, 192, 64, 128]]
    """
    levels = max(FEWEST, min(MOST, FINENESS // max(1, len(dates))))
    level_of: dict[str, int] = {}
    for place, date in enumerate(sorted(dates, reverse=True)):
        level_of.setdefault(date, place * levels // len(dates) * (256 // levels))
    column, before = bytearray(), 0
    for level in map(level_of.__getitem__, dates):
        column.append((level - before) % 256)
        before = level
    return (bytes(column),)
