"""Tim Berners-Lee's five stars of open data: how far a dataset has come, as far as its metadata can tell."""

from __future__ import annotations

from generator.model import Dataset, Distribution
from generator.standards import vocabulary

MOST = 4
"""The fifth star is for links to others' data, which no metadata tell."""


def stars_of(dataset: Dataset) -> int:
    """
    None without an open licence; then one for anything, two for what programs read, three in a free format, four where
    things have IRIs.
    """
    code = dataset.license.code if dataset.license else ""
    if not code or not vocabulary("licenses")[code].facts.get("open"):
        return 0
    return max((stars_of_file(item) for item in dataset.distribution), default=0)


def stars_of_file(item: Distribution) -> int:
    formats = vocabulary("formats")
    facts = formats[item.format].facts if item.format in formats else {}
    if facts.get("linked"):
        return 4
    if not facts.get("machineReadable"):
        return 1
    return 3 if facts.get("nonProprietary") else 2
