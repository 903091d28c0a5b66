"""Feeds that are too large for those who take them, known when they are written."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from generator.model.diagnostics import Diagnostic, Place
from generator.standards.feeds import find_feed

MEGABYTE = 1_000_000


def size_warnings(sizes: Mapping[str, int]) -> Iterator[Diagnostic]:
    """
    A warning for each feed that a harvester would refuse for its size; `sizes` are bytes by artifact path.

    >>> [warning.place.path for warning in size_warnings({"data.json": 12_345_678, "catalog.ttl": 10**7})]
    ['data.json']
    """
    for path, size in sorted(sizes.items()):
        row = find_feed(path)
        if row and row.limit and size > row.limit["megabytes"] * MEGABYTE:
            rounded = math.ceil(size / MEGABYTE)
            yield Diagnostic.at(
                Place(path), "feed-too-large", size=rounded, limit=row.limit["megabytes"], reader=row.limit["reader"]
            )
