"""
A dataset that is gone has left a word: its file with `withdrawn`, or another's `formerly`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic, Place


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    known = {
        *catalog.datasets,
        *(former for dataset in catalog.datasets.values() for former in dataset.formerly),
    }
    for key, (path, date) in catalog.deleted.items():
        if key not in known:
            yield Diagnostic.at(Place(path), "deleted-dataset", value=key, date=date)
