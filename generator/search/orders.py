"""The orders other than by relevance in which results are shown: a file each, fetched when a reader asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.search.analyzer import fold
from generator.search.packing import Columns


def encode_orders(titles: Mapping[str, str], recent: Iterable[str]) -> Mapping[str, Columns]:
    """
    Each document's place in each order, by the names that the directory has for the files.

    `titles` are by id, in the order of the documents; `recent` has the ids, the most recent first.
    """
    newest = {key: place for place, key in enumerate(recent)}
    by_title = sorted(titles, key=lambda key: (fold(titles[key]).split(), newest[key]))
    alphabet = {key: place for place, key in enumerate(by_title)}
    return {
        "order-date": planes([newest[key] for key in titles]),
        "order-title": planes([alphabet[key] for key in titles]),
    }


def planes(numbers: Sequence[int]) -> Columns:
    """
    The lowest byte of every number, then the next byte of every number.

    >>> planes([1, 258])
    [b'\\x01\\x02', b'\\x00\\x01']
    """
    width = (max(numbers, default=0).bit_length() + 7) // 8
    return [bytes(number >> (8 * byte) & 0xFF for number in numbers) for byte in range(width or 1)]
