"""
The clone holds all of git's history, so that the dates of last update are right.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic, Place


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    dated = any("modified" not in dataset.origin for dataset in catalog.datasets.values())
    if catalog.shallow_history and dated:
        yield Diagnostic.at(Place("datasets"), "shallow-history")
