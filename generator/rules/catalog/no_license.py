"""
A dataset has a licence, or each of its distributions has one.

Bad:

    license:

Good:

    license: cc-by-4.0
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        items = dataset.distribution
        told = "license" in dataset.origin or (items and all("license" in item.origin for item in items))
        if not told and dataset.offered:
            yield Diagnostic.at(dataset.origin.place, "no-license")
