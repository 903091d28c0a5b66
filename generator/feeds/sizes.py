"""Feeds that are too large for those who take them, known when they are written."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from generator.model.diagnostics import Diagnostic, Place

MEGABYTE = 1_000_000

# How much the known reader of a feed takes, by the file's name: data.gov's validator and ckanext-dcat.
LIMITS = {
    "data.json": (10, "data.gov"),
    "dcat-us-3.json": (10, "data.gov"),
    "catalog.jsonld": (50, "ckanext-dcat"),
    "catalog.ttl": (50, "ckanext-dcat"),
    "catalog.rdf": (50, "ckanext-dcat"),
}


def size_warnings(sizes: Mapping[str, int]) -> Iterator[Diagnostic]:
    """
    A warning for each feed that a harvester would refuse for its size; `sizes` are bytes by artifact path.

    >>> [warning.place.path for warning in size_warnings({"data.json": 12_345_678, "catalog.ttl": 10**7})]
    ['data.json']
    """
    for path, size in sorted(sizes.items()):
        limit, reader = LIMITS.get(path.rpartition("/")[2], (0, ""))
        if limit and size > limit * MEGABYTE:
            rounded = math.ceil(size / MEGABYTE)
            yield Diagnostic.at(Place(path), "feed-too-large", size=rounded, limit=limit, reader=reader)
