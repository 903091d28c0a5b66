"""The orders other than by relevance in which results are shown: a file each, fetched when a reader asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.search.analyzer import fold
from generator.search.packing import Columns, planes


def encode_orders(titles: Mapping[str, str], recent: Iterable[str]) -> Mapping[str, Columns]:
    """
    Each document's place in each order, by the names that the directory has for the files.

    `titles` are by id, in the order of the documents; `recent` has the ids, the most recent first.
    """
    newest = {key: place for place, key in enumerate(recent)}
    by_title = sorted(titles, key=lambda key: (fold(titles[key]).split(), newest[key]))
    alphabet = {key: place for place, key in enumerate(by_title)}
    largest = max(len(newest) - 1, 1)
    return {
        "order-date": list(planes([newest[key] for key in titles], largest)),
        "order-title": list(planes([alphabet[key] for key in titles], largest)),
    }
