"""
A dataset is not updated before its release.

Bad:

    issued: 2024-05-01
    modified: 2023-01-01

Good:

    issued: 2023
    modified: 2023-01-01
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog, Dataset, Distribution
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        items: list[Dataset | Distribution] = [dataset, *dataset.distribution]
        for item in items:
            length = min(len(item.issued), len(item.modified), 10)
            if "modified" in item.origin and item.issued[:length] > item.modified[:length]:
                dates = {"issued": item.issued, "modified": item.modified}
                yield Diagnostic.at(item.origin["issued"], "issued-after-modified", **dates)
