"""
The catalogue holds a dataset. (An empty one is published all the same.)
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    if not catalog.datasets:
        yield Diagnostic.at(catalog.origin.place, "empty-catalog")
